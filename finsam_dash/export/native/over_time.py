"""The share over time, with its interval and the lines that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.share_rows import FULL_SCALE
from finsam_dash.charts.time_axis import runs
from finsam_dash.export.native.parts import PALETTE, Axis, Point, PointChart, PointSeries
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_parts import Benchmark, TrendPoint
from finsam_dash.wording.numbers import format_value
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import PRELIMINARY, format_target_label


def _year_of(point: TrendPoint, *, at_end: bool) -> float:
    """Where the point stands on an axis of years: its middle, or its last month for a window of twelve."""
    end = point.period.end
    if at_end:
        return end.year + (end.month - 0.5) / 12
    start = point.period.start
    return start.year + (start.month - 1 + point.period.month_count / 2) / 12


def build_trend_chart(
    points: Sequence[TrendPoint],
    rolling: Sequence[TrendPoint] = (),
    target: float | None = None,
    benchmark: Benchmark | None = None,
    *,
    riket: Sequence[TrendPoint] = (),
) -> PointChart | None:
    """The share over time, with its interval and the lines it is held against; None without two known points.

    `riket` is riket's own share, period by period.
    """
    main = [point for point in (rolling or points) if isinstance(point.value, Measured)]
    if len(main) < 2:
        return None
    periods = [point.period for point in (points or rolling)]
    first = min(_year_of(point, at_end=bool(rolling)) for point in main)
    low = min(min(period.start.year for period in periods), int(first))
    high = max(period.end.year for period in periods) + 1
    series = _list_band(points, main) if rolling else _list_intervals(main)
    labels = []
    for level, name, colour, dash in _list_levels(target, benchmark):
        ends = (Point(float(low), level), Point(float(high), level))
        series.append(PointSeries(name, ends, line=colour, dash=dash))
        labels.append((level, name, False))
    if national := [point for point in riket if isinstance(point.value, Measured)]:
        path = tuple(Point(_year_of(point, at_end=False), _share(point)) for point in national)
        series.append(PointSeries("Riket", path, line=PALETTE.riket, width=1.25, dash="dash"))
        last = national[-1]
        labels.append((_share(last), f"Riket {format_value(last.value, Unit.ANDEL)}", False))
    latest = main[-1]
    labels.append((_share(latest), format_value(latest.value, Unit.ANDEL), True))
    series.extend(_list_lines(rolling or points, at_end=bool(rolling)))
    series.append(PointSeries("Etiketter", _stack_labels(labels, float(high))))
    # LibreOffice drops points of later series beyond those of the first; the others stay in order, so that lines lie
    # behind points.
    longest = max(series, key=lambda one: len(one.points))
    series.sort(key=lambda one: one is not longest)
    return PointChart(
        tuple(series),
        Axis(low, high, 1, "0"),
        Axis(0, FULL_SCALE, 0.2),
        right_label=max((label for _, label, _ in labels), key=len),
    )


def _list_band(points: Sequence[TrendPoint], rolling: Sequence[TrendPoint]) -> list[PointSeries]:
    """Single months behind the line of twelve, and the two edges of its interval."""
    series = []
    if singles := [point for point in points if isinstance(point.value, Measured)]:
        path = tuple(Point(_year_of(point, at_end=False), _share(point)) for point in singles)
        series.append(PointSeries("Enskilda månader", path, marker="circle", size=3, colour=PALETTE.context))
    for name, read in (("Nedre gräns, 95 %", "lower"), ("Övre gräns, 95 %", "upper")):
        edge = tuple(
            Point(_year_of(point, at_end=True), getattr(point.value, read))
            for point in rolling
            if getattr(point.value, read) is not None
        )
        if edge:
            series.append(PointSeries(name, edge, line=PALETTE.uncertainty, width=0.75))
    return series


def _list_lines(points: Sequence[TrendPoint], *, at_end: bool) -> Iterator[PointSeries]:
    """The share itself, broken where it is not known, and dotted from its last settled point where it is preliminary.

    `at_end`: a window of twelve months, a line; else each period is a point on it.
    """
    name = "Rullande 12 månader" if at_end else "Utfall"
    for run in runs(points, lambda point: isinstance(point.value, Measured)):
        settled = next((index for index, point in enumerate(run) if point.preliminary), len(run))
        late = run[max(0, settled - 1) :] if settled < len(run) else []
        for part, added, is_late in ((run[:settled], "", False), (late, f", {PRELIMINARY}", True)):
            if part:
                yield PointSeries(
                    name + added,
                    tuple(Point(_year_of(point, at_end=at_end), _share(point)) for point in part),
                    marker="" if at_end and len(part) > 1 else "circle",
                    line=PALETTE.data,
                    width=1.75 if at_end else 1.0,
                    dash="sysDot" if is_late else "solid",
                )


def _list_intervals(points: Sequence[TrendPoint]) -> list[PointSeries]:
    """A thick line a point, from one end of its interval to the other."""
    series = []
    for point in points:
        value = point.value
        if isinstance(value, Measured) and value.lower is not None and value.upper is not None:
            place = _year_of(point, at_end=False)
            ends = (Point(place, value.lower), Point(place, value.upper))
            name = f"95 %-intervall, {format_period(point.period)}"
            series.append(PointSeries(name, ends, line=PALETTE.uncertainty, width=4.0))
    return series


def _list_levels(
    target: float | None, benchmark: Benchmark | None
) -> Iterator[tuple[float, str, str, Literal["solid", "dash"]]]:
    """The level lines that there are, with name, colour and dash."""
    if target is not None:
        yield target, format_target_label(target), PALETTE.target, "solid"
    if benchmark is not None and benchmark.value is not None:
        yield benchmark.value, benchmark_label(benchmark), PALETTE.riket, "dash"


def _stack_labels(labels: Sequence[tuple[float, str, bool]], x: float) -> tuple[Point, ...]:
    """The labels at the right edge, each at its level or moved up until it clears the one below."""
    places: list[Point] = []
    for level, text, bold in sorted(labels):
        lowest = places[-1].y + _LABEL_GAP if places else 0.0
        places.append(Point(x, max(level, lowest), text, bold))
    return tuple(places)


_LABEL_GAP = 0.075
"""A line of text as a part of the plot's height."""


def _share(point: TrendPoint) -> float:
    assert isinstance(point.value, Measured)
    return point.value.value
