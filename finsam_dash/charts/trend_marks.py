"""The marks of a chart over time: months, the rolling line and its field, outcomes, target and riket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.theme import Theme
from finsam_dash.charts.time_axis import find_ends, middle, month_number, runs
from finsam_dash.model import Measured, Period, Unit
from finsam_dash.report.content_parts import Benchmark, TrendPoint
from finsam_dash.wording.numbers import NO_BREAK, format_interval, format_share_value, format_value
from finsam_dash.wording.periods import format_period, format_period_months
from finsam_dash.wording.sentences import PRELIMINARY, format_target_label

FIELD_OPACITY: Final = 0.3


def draw_levels(
    figure: Drawing, shown: Sequence[Period], target: float | None, benchmark: Benchmark | None, theme: Theme
) -> None:
    """The target's line and the benchmark's over the whole of the periods shown."""
    medium, palette = theme.medium, theme.palette
    first, last = find_ends(shown)
    across = [first - 0.5, last + 0.6]
    if benchmark is not None and benchmark.value is not None:
        figure.add_scatter(
            x=across, y=[benchmark.value] * 2, mode="lines", name=benchmark_label(benchmark), hoverinfo="skip",
            line={"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash},
        )  # fmt: skip
    if target is not None:
        figure.add_scatter(
            x=across, y=[target] * 2, mode="lines", name=format_target_label(target), hoverinfo="skip",
            line={"color": palette.target, "width": medium.target},
        )  # fmt: skip


def draw_riket(figure: Drawing, riket: Sequence[TrendPoint], theme: Theme, *, with_label: bool) -> None:
    """Riket's published values: diamonds on a dashed line; two for one year stand above each other.

    `with_label` names the latest where it stands: in the margin it would belong to a later year.
    """
    measured = [(point, point.value) for point in riket if isinstance(point.value, Measured)]
    if not measured:
        return
    medium, palette = theme.medium, theme.palette
    if with_label:
        point, value = measured[-1]
        figure.add_annotation(
            x=middle(point.period), y=max(got.value for other, got in measured if other.period == point.period),
            yanchor="bottom", yshift=medium.point, text=f"Riket {format_value(value, Unit.ANDEL)}",
            font={"size": medium.tick, "color": palette.text},
        )  # fmt: skip
    figure.add_scatter(
        x=[middle(point.period) for point, _ in measured], y=[value.value for _, value in measured],
        mode="lines+markers", name="Riket", cliponaxis=False,
        line={"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash},
        marker={"symbol": "diamond", "color": palette.riket, "size": medium.point * 0.8},
        text=[f"<b>Riket {format_period(point.period)}</b><br>{format_share_value(got)}" for point, got in measured],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _hover(point: TrendPoint, heading: str) -> str:
    lines = [f"<b>{heading}</b>", format_share_value(point.value)]
    if isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None:
        lines.append(f"95{NO_BREAK}%-intervall {format_interval(point.value.lower, point.value.upper)}")
    return "<br>".join(lines + ([PRELIMINARY] if point.preliminary else []))


def _hover_rolling(point: TrendPoint) -> str:
    return _hover(point, f"12 månader t.o.m. {format_period_months(point.period.months()[-1])}")


def draw_months(figure: Drawing, points: Sequence[TrendPoint], theme: Theme) -> None:
    """Single months as small grey points."""
    measured = [(point, point.value) for point in points if isinstance(point.value, Measured)]
    if not measured:
        return
    figure.add_scatter(
        x=[middle(point.period) for point, _ in measured], y=[value.value for _, value in measured], mode="markers",
        name="Enskilda månader",
        marker={"symbol": "circle", "size": theme.medium.month_point, "color": theme.palette.context},
        text=[_hover(point, format_period(point.period)) for point, _ in measured],
        hovertemplate="%{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def _month_of(point: TrendPoint) -> int:
    # A rolling value belongs to the month in which its twelve months end.
    return month_number(point.period.end)


def draw_field(figure: Drawing, rolling: Sequence[TrendPoint], theme: Theme) -> None:
    """The interval of the rolling line as a pale field, broken where the line is."""

    def has_interval(point: TrendPoint) -> bool:
        return isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None

    for run in runs(rolling, has_interval):
        xs = [_month_of(point) for point in run]
        lower = [point.value.lower for point in run if isinstance(point.value, Measured)]
        upper = [point.value.upper for point in run if isinstance(point.value, Measured)]
        figure.add_scatter(
            x=[*xs, *reversed(xs), xs[0]], y=[*upper, *reversed(lower), upper[0]], mode="lines", fill="toself",
            name="95 %-intervall", fillcolor=see_through(theme.palette.uncertainty, FIELD_OPACITY),
            line={"color": theme.palette.uncertainty, "width": max(1.0, theme.medium.axis)}, hoverinfo="skip",
        )  # fmt: skip


def draw_rolling(figure: Drawing, rolling: Sequence[TrendPoint], theme: Theme) -> None:
    """Rolling twelve months as a line, dotted where a month in them is preliminary."""
    medium, palette = theme.medium, theme.palette
    for run in runs(rolling, lambda point: isinstance(point.value, Measured)):
        settled = next((index for index, point in enumerate(run) if point.preliminary), len(run))
        # The dotted part starts at the last settled point, so that the line is whole.
        parts = ((run[:settled], "solid"), (run[max(0, settled - 1) :] if settled < len(run) else [], "dot"))
        for part, dash in parts:
            if not part:
                continue
            figure.add_scatter(
                x=[_month_of(point) for point in part],
                y=[point.value.value for point in part if isinstance(point.value, Measured)],
                mode="lines" if len(part) > 1 else "markers",
                name="Rullande 12 månader" + (f", {PRELIMINARY}" if dash == "dot" else ""),
                line={"color": palette.data, "width": medium.line, "dash": dash},
                marker={"color": palette.data, "size": medium.line * 2},
                text=[_hover_rolling(point) for point in part],
                hovertemplate="%{text}<extra></extra>", cliponaxis=False,
            )  # fmt: skip


def draw_outcomes(figure: Drawing, points: Sequence[TrendPoint], theme: Theme, *, with_bars: bool) -> None:
    """The periods themselves as points on a thin line, each with its interval where `with_bars`; a ring has no n."""
    medium, palette = theme.medium, theme.palette
    measured = [(point, point.value) for point in points if isinstance(point.value, Measured)]
    bars = [
        (middle(point.period), value.lower, value.upper)
        for point, value in measured
        if with_bars and value.lower is not None and value.upper is not None
    ]
    if bars:
        figure.add_scatter(
            x=[x for place, _, _ in bars for x in (place, place, None)],
            y=[y for _, lower, upper in bars for y in (lower, upper, None)],
            mode="lines", name="95 %-intervall", hoverinfo="skip", cliponaxis=False,
            line={"color": palette.uncertainty, "width": medium.bar},
        )  # fmt: skip
    for run in runs(points, lambda point: isinstance(point.value, Measured)):
        figure.add_scatter(
            x=[middle(point.period) for point in run],
            y=[point.value.value for point in run if isinstance(point.value, Measured)],
            mode="lines", name="Utfall, linje", hoverinfo="skip",
            line={"color": palette.data, "width": max(1.0, medium.line / 2)},
        )  # fmt: skip
    for ring in (False, True):
        chosen = [(point, value) for point, value in measured if (value.denominator is None) == ring]
        if not chosen:
            continue
        style: dict[str, object] = (
            {"symbol": "circle-open", "color": palette.data, "size": medium.point, "line": {"width": medium.ring}}
            if ring
            else {
                "symbol": "circle",
                "color": palette.data,
                "size": medium.point + medium.halo,
                "line": {"color": palette.background, "width": medium.halo},
            }
        )
        figure.add_scatter(
            x=[middle(point.period) for point, _ in chosen], y=[value.value for _, value in chosen], mode="markers",
            name="Andel utan antal" if ring else "Utfall", marker=style,
            text=[_hover(point, format_period(point.period)) for point, _ in chosen],
            hovertemplate="%{text}<extra></extra>", cliponaxis=False,
        )  # fmt: skip
