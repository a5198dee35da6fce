"""Native charts in a förbund's own colour: outcome and uncertainty change, target, riket and "titta här" never do."""

from __future__ import annotations

from finsam_dash.charts.theme import Palette, judge_accent
from finsam_dash.export.native import Axis, BarChart, BarSeries, Point, PointChart, PointSeries
from finsam_dash.export.painting import paint_chart

OWN = judge_accent("#6A2C91").palette
AXIS = Axis(0, 1, 0.1)


def points(colour: str, line: str = "") -> PointSeries:
    return PointSeries("a", (Point(0.5, 1.0),), colour=colour, line=line)


def test_outcome_and_uncertainty_take_the_own_colour_and_nothing_else_does() -> None:
    default = Palette()
    assert (OWN.data, OWN.uncertainty) != (default.data, default.uncertainty)
    chart = PointChart(
        (points(default.data, default.uncertainty), points(default.look_here, default.target),
         points("#FFFFFF", default.riket)), AXIS, AXIS,
    )  # fmt: skip
    painted = paint_chart(chart, OWN)
    assert isinstance(painted, PointChart)
    assert [(one.colour, one.line) for one in painted.series] == [
        (OWN.data, OWN.uncertainty), (default.look_here, default.target), ("#FFFFFF", default.riket),
    ]  # fmt: skip
    assert paint_chart(chart, default) == chart


def test_bars_and_lines_are_painted() -> None:
    default = Palette()
    chart = BarChart(
        ("jan",), (BarSeries("Nya", (3,), default.data), BarSeries("Ut", (-2,), default.context)),
        (BarSeries("Pågående", (9,), default.text),),
    )  # fmt: skip
    painted = paint_chart(chart, OWN)
    assert isinstance(painted, BarChart)
    assert [one.colour for one in (*painted.bars, *painted.lines)] == [OWN.data, default.context, default.text]
