"""Charts that Office can edit, as plain data: points, bars, lines and labels, without any library's words.

Sizes are points. Every number comes from the Report; a value that is hidden or missing has no number here at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.share_rows import drawn_shares, scale_end
from finsam_dash.charts.theme import Palette
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Gender, Measured, Unit, Value
from finsam_dash.report.content_comparison import Funnel
from finsam_dash.report.content_insats import FlowCategory, FlowMonth, RecruitmentStep
from finsam_dash.report.content_parts import Benchmark, DotRow, TrendPoint
from finsam_dash.stats.funnel import limit_line
from finsam_dash.wording.labels import format_row_label
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.numbers import format_sign, format_value, format_value_counts
from finsam_dash.wording.periods import format_month_short, format_period
from finsam_dash.wording.sentences import format_target_label
from finsam_dash.wording.slides import GoalPicture

PALETTE = Palette()
ROW_POINTS = 22.0
LONGEST_NAME = 18


@dataclass(frozen=True)
class Point:
    """One point. `label` is written beside it."""

    x: float
    y: float
    label: str = ""
    bold: bool = False


@dataclass(frozen=True)
class PointSeries:
    """Points of one kind. `side` is where labels stand.

    `marker` "" draws none, "ring" leaves no room for labels; `line` is the colour of a joining line, "" draws none.
    """

    name: str
    points: tuple[Point, ...]
    marker: Literal["", "circle", "ring"] = ""
    size: int = 7
    colour: str = PALETTE.data
    side: Literal["l", "r", "t", "b", "ctr"] = "r"
    line: str = ""
    width: float = 1.5
    dash: Literal["solid", "dash", "sysDot"] = "solid"


@dataclass(frozen=True)
class Axis:
    """One axis. `hidden` draws its line without numbers; `number_format` is Excel's."""

    low: float
    high: float
    step: float
    number_format: str = "0\\ %"
    hidden: bool = False


@dataclass(frozen=True)
class PointChart:
    """A chart of points in two directions. `rows` is how many rows of text it needs room for; 0 for a plain plot.

    `bare` draws no axes and fills its frame: pictures in the rows of a table.
    """

    series: tuple[PointSeries, ...]
    x: Axis
    y: Axis
    rows: int = 0
    left_label: str = ""
    right_label: str = ""
    bare: bool = False


@dataclass(frozen=True)
class BarSeries:
    """A number a category, None where there is none to show; `labels` stand at the bars' ends.

    `hatched` are the places of preliminary numbers, drawn in stripes.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    labels: tuple[str, ...] = ()
    hatched: tuple[int, ...] = ()


@dataclass(frozen=True)
class BarChart:
    """Bars over categories, lying for few categories with long names; `lines` are drawn over the same axis."""

    categories: tuple[str, ...]
    bars: tuple[BarSeries, ...]
    lines: tuple[BarSeries, ...] = ()
    lying: bool = False
    stacked: bool = False


NativeChart = PointChart | BarChart


def list_numbers(chart: NativeChart) -> list[float]:
    """Every number that the chart's workbook holds beside places on a hidden axis; the tests read them back."""
    if isinstance(chart, BarChart):
        return [value for series in (*chart.bars, *chart.lines) for value in series.values if value is not None]
    return [point.x if chart.y.hidden else point.y for series in chart.series for point in series.points]


def wrap_name(name: str) -> str:
    """The name on two lines where it is longer than eighteen characters; Office would else break it anywhere."""
    if len(name) <= LONGEST_NAME or " " not in name:
        return name
    places = [place for place, letter in enumerate(name) if letter == " "]
    best = min(places, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:best]}\n{name[best + 1 :]}"


def _row_label(row: DotRow) -> str:
    return format_row_label(row.label, row.klass, row.period if row.label in set(Gender) else None)


def build_dot_chart(
    rows: Sequence[DotRow], benchmark: Benchmark | None = None, palette: Palette = PALETTE, *, only_chart: bool = False
) -> PointChart | None:
    """Rows under each other with interval, own target and riket's line; None where no row has anything to draw.

    `only_chart`: no other share is in view, so that the scale may end at 50 %. The names come first: LibreOffice drops
    the points of later series beyond those of the first.
    """
    if not any(isinstance(row.value, Measured) or row.target is not None for row in rows):
        return None
    places: dict[int, int] = {}
    headings: list[tuple[int, str]] = []
    group, count = "", 0
    for row in rows:
        if row.group != group:
            group = row.group
            if group:
                headings.append((count, group))
                count += 1
        places[id(row)] = count
        count += 1
    drawn = [share for row in rows for share in drawn_shares(row.value)]
    drawn += [row.target for row in rows if row.target is not None]
    if benchmark is not None and benchmark.value is not None:
        drawn.append(benchmark.value)
    end = scale_end(drawn, only_chart)
    heights = {key: count - place - 0.5 for key, place in places.items()}

    def flagged(row: DotRow) -> bool:
        return row.look_here and isinstance(row.value, Measured)

    labels = [Point(0.0, heights[id(row)], wrap_name(_row_label(row)), flagged(row)) for row in rows]
    labels += [Point(0.0, count - place - 0.5, wrap_name(name), bold=True) for place, name in headings]
    names = tuple(sorted(labels, key=lambda point: -point.y))
    texts = tuple(
        Point(
            end,
            heights[id(row)],
            f"{format_value(row.value, Unit.ANDEL)}   {format_value_counts(row.value)}"
            if isinstance(row.value, Measured)
            else format_sign(row.value),
            flagged(row),
        )
        for row in rows
    )
    series = [PointSeries("Insats", names, side="l"), PointSeries("Andel och antal", texts, side="r")]
    series += _list_benchmark(rows, heights, benchmark, palette)
    points: dict[str, list[Point]] = {"Utfall": [], "Utfall, titta här": [], "Andel utan antal": []}
    for row in rows:
        if not isinstance(row.value, Measured):
            continue
        kind = "Andel utan antal" if row.value.denominator is None else "Utfall"
        points["Utfall, titta här" if flagged(row) and kind == "Utfall" else kind].append(
            Point(row.value.value, heights[id(row)])
        )
    for row in rows:
        if isinstance(row.value, Measured) and row.value.lower is not None and row.value.upper is not None:
            ends = (Point(row.value.lower, heights[id(row)]), Point(row.value.upper, heights[id(row)]))
            name = f"95 %-intervall, {_row_label(row)}"
            series.append(PointSeries(name, ends, line=palette.uncertainty, width=4.0))
    for row in rows:
        if row.target is not None:
            ends = (Point(row.target, heights[id(row)] + 0.35), Point(row.target, heights[id(row)] - 0.35))
            series.append(PointSeries(f"Mål, {_row_label(row)}", ends, line=palette.target, width=2.0))
    for name, colour, size in (("Utfall", palette.data, 8), ("Utfall, titta här", palette.look_here, 9)):
        if points[name]:
            series.append(PointSeries(name, tuple(points[name]), marker="circle", colour=colour, size=size))
    if hollow := tuple(points["Andel utan antal"]):
        series.append(PointSeries("Andel utan antal", hollow, marker="ring", side="ctr", colour=palette.data))
    if len(rows) == 1:
        # LibreOffice writes no labels at all where the first series is a single point.
        series.sort(key=lambda one: len(one.points) == 1)
    return PointChart(
        tuple(series),
        Axis(0, end, end / 2 if only_chart or end < 1 else 0.2),
        Axis(0, count, 1, hidden=True),
        rows=count,
        left_label=max((line for point in names for line in point.label.split("\n")), key=len),
        right_label=max((point.label for point in texts), key=len),
    )


def _list_benchmark(
    rows: Sequence[DotRow], heights: dict[int, float], benchmark: Benchmark | None, palette: Palette
) -> list[PointSeries]:
    if benchmark is None or benchmark.value is None:
        return []
    runs: list[list[float]] = []
    unbroken = False
    for row in rows:
        if row.compared:
            if unbroken:
                runs[-1].append(heights[id(row)])
            else:
                runs.append([heights[id(row)]])
        unbroken = row.compared
    is_target = benchmark.kind == "target"
    return [
        PointSeries(
            benchmark_label(benchmark),
            (
                Point(benchmark.value, run[0] + 0.5, benchmark_label(benchmark) if number == 0 else ""),
                Point(benchmark.value, run[-1] - 0.5),
            ),
            side="t",
            line=palette.target if is_target else palette.riket,
            width=1.5 if is_target else 1.25,
            dash="solid" if is_target else "dash",
        )
        for number, run in enumerate(runs)
    ]


def build_goal_chart(goals: Sequence[GoalPicture | None], palette: Palette = PALETTE) -> PointChart:
    """A goal a row on the scale 0-100 %: interval, target and outcome, to lie over a column of a table of goals.

    A row of the table without a picture is None and keeps its place.
    """
    count = len(goals)
    rows = [(place, count - place + 0.5, goal) for place, goal in enumerate(goals, start=1) if goal is not None]
    base = [
        PointSeries(f"Skala, rad {place}", (Point(0.0, y), Point(1.0, y)), line=palette.axis, width=1.0)
        for place, y, _ in rows
    ]
    marks = [
        PointSeries(f"Tecken, rad {place}", (Point(0.0, y, format_sign(goal.value)),), side="r")
        for place, y, goal in rows
        if not isinstance(goal.value, Measured)
    ]
    intervals, points = [], []
    for place, y, goal in rows:
        value = goal.value
        if not isinstance(value, Measured):
            continue
        if value.lower is not None and value.upper is not None:
            ends = (Point(value.lower, y), Point(value.upper, y))
            intervals.append(PointSeries(f"95 %-intervall, rad {place}", ends, line=palette.uncertainty, width=4.0))
        colour = palette.look_here if goal.look_here else palette.data
        points.append(
            PointSeries(f"Utfall, rad {place}", (Point(value.value, y),), marker="circle", colour=colour, size=7)
        )
        if value.denominator is None:
            hollow = (Point(value.value, y),)
            points.append(
                PointSeries(f"Andel utan antal, rad {place}", hollow, marker="circle", colour="#FFFFFF", size=4)
            )
    targets = [
        PointSeries(
            f"Mål, rad {place}",
            (Point(goal.target, y + 0.36), Point(goal.target, y - 0.36)),
            line=palette.target,
            width=1.75,
        )
        for place, y, goal in rows
    ]
    series = (*base, *marks, *intervals, *targets, *points)
    return PointChart(series, Axis(0, 1, 0.5, hidden=True), Axis(0, count, 1, hidden=True), rows=count, bare=True)


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
    palette: Palette = PALETTE,
    *,
    riket: Sequence[TrendPoint] = (),
) -> PointChart | None:
    """The share over time, with its interval and the lines it is held against; None without two known points.

    `riket` is riket's own share, period by period.
    """
    main = [point for point in (rolling or points) if isinstance(point.value, Measured)]
    if len(main) < 2:
        return None
    shown = [point for point in (*points, *rolling, *riket) if isinstance(point.value, Measured)]
    drawn = [share for point in shown for share in drawn_shares(point.value)]
    drawn += [target] if target is not None else []
    end = scale_end(drawn, only_chart=False)
    first = min(_year_of(point, at_end=bool(rolling)) for point in main)
    periods = [point.period for point in (points or rolling)]
    low = min(min(period.start.year for period in periods), int(first))
    high = max(period.end.year for period in periods) + 1
    series = []
    singles = [point for point in points if isinstance(point.value, Measured)]
    if rolling:
        if singles:
            series.append(
                PointSeries(
                    "Enskilda månader",
                    tuple(Point(_year_of(point, at_end=False), _share(point)) for point in singles),
                    marker="circle",
                    size=3,
                    colour=palette.context,
                )
            )
        for name, read in (("Nedre gräns, 95 %", "lower"), ("Övre gräns, 95 %", "upper")):
            edge = tuple(
                Point(_year_of(point, at_end=True), getattr(point.value, read))
                for point in main
                if getattr(point.value, read) is not None
            )
            if edge:
                series.append(PointSeries(name, edge, line=palette.uncertainty, width=0.75))
    else:
        for point in main:
            value = point.value
            if isinstance(value, Measured) and value.lower is not None and value.upper is not None:
                place = _year_of(point, at_end=False)
                ends = (Point(place, value.lower), Point(place, value.upper))
                name = f"95 %-intervall, {format_period(point.period)}"
                series.append(PointSeries(name, ends, line=palette.uncertainty, width=4.0))
    labels: list[tuple[float, str, bool]] = []
    for level, label, colour, dash in (
        (target, format_target_label(target) if target is not None else "", palette.target, "solid"),
        (
            benchmark.value if benchmark else None,
            benchmark_label(benchmark) if benchmark and benchmark.value is not None else "",
            palette.riket,
            "dash",
        ),
    ):
        if level is not None:
            ends = (Point(float(low), level), Point(float(high), level))
            series.append(PointSeries(label, ends, line=colour, dash=dash))  # type: ignore[arg-type]
            labels.append((level, label, False))
    national = [point for point in riket if isinstance(point.value, Measured)]
    if national:
        path = tuple(Point(_year_of(point, at_end=False), _share(point)) for point in national)
        series.append(PointSeries("Riket", path, line=palette.riket, width=1.25, dash="dash"))
        last = national[-1]
        labels.append((_share(last), f"Riket {format_value(last.value, Unit.ANDEL)}", False))
    latest = main[-1]
    labels.append((_share(latest), format_value(latest.value, Unit.ANDEL), True))
    series.append(
        PointSeries(
            "Rullande 12 månader" if rolling else "Utfall",
            tuple(Point(_year_of(point, at_end=bool(rolling)), _share(point)) for point in main),
            marker="" if rolling else "circle",
            line=palette.data,
            width=1.75 if rolling else 1.0,
        )
    )
    series.append(PointSeries("Etiketter", _stack_labels(labels, float(high), end)))
    # LibreOffice drops points of later series beyond those of the first; the others stay in order, so that lines lie
    # behind points.
    longest = max(series, key=lambda one: len(one.points))
    series.sort(key=lambda one: one is not longest)
    return PointChart(
        tuple(series),
        Axis(low, high, 1, "0"),
        Axis(0, end, 0.2 if end == 1 else 0.1),
        right_label=max((label for _, label, _ in labels), key=len),
    )


def _stack_labels(labels: Sequence[tuple[float, str, bool]], x: float, end: float) -> tuple[Point, ...]:
    """The labels at the right edge, each at its level or moved up until it clears the one below."""
    places: list[Point] = []
    for level, text, bold in sorted(labels):
        lowest = places[-1].y + _LABEL_GAP * end if places else 0.0
        places.append(Point(x, max(level, lowest), text, bold))
    return tuple(places)


_LABEL_GAP = 0.075
"""A line of text as a part of the plot's height."""


def build_funnel_chart(funnel: Funnel, palette: Palette = PALETTE) -> PointChart | None:
    """Each insats at its size and share, between the limits of chance; None without a line or a known share."""
    center = funnel.center.value
    known = [
        (point, point.value.denominator, point.value.value)
        for point in funnel.points
        if isinstance(point.value, Measured) and point.value.denominator
    ]
    if center is None or not known:
        return None
    step = next(
        step for step in (10, 20, 50, 100, 200, 500, 1000, 2000) if max(n for _, n, _ in known) * 1.1 <= step * 6
    )
    end = step * math.ceil(max(n for _, n, _ in known) * 1.1 / step)
    limits = limit_line(center, end, SMALLEST_N, _LIMIT_POINTS)
    series = [
        PointSeries(
            f"{name}, {side}",
            tuple(Point(limit.n, getattr(getattr(limit, band), edge)) for limit in limits),
            line=palette.axis,
            width=1.0,
            dash=dash,  # type: ignore[arg-type]
        )
        for name, band, dash in (("99,8 %", "outer", "solid"), ("95 %", "inner", "sysDot"))
        for side, edge in (("undre", "lower"), ("övre", "upper"))
    ]
    label = benchmark_label(funnel.center)
    ends = (Point(SMALLEST_N, center), Point(end, center, label))
    series.append(PointSeries(label, ends, line=palette.riket, width=1.25, dash="dash"))
    for name, outside, colour, size in (
        ("Insatser", False, palette.data, 7),
        ("Insatser utanför 99,8 %", True, palette.look_here, 9),
    ):
        points = tuple(Point(n, share, point.label, outside) for point, n, share in known if point.outside == outside)
        if points:
            series.append(PointSeries(name, points, marker="circle", colour=colour, size=size))
    return PointChart(tuple(series), Axis(0, end, step, "0"), Axis(0, 1, 0.2), right_label=label)


_LIMIT_POINTS = 40


def _share(point: TrendPoint) -> float:
    assert isinstance(point.value, Measured)
    return point.value.value


def _number(value: Value) -> float | None:
    return value.value if isinstance(value, Measured) else None


def build_flow_chart(months: Sequence[FlowMonth], palette: Palette = PALETTE) -> BarChart | None:
    """New up, left down, pågående as a line, month by month; None where no month is known."""
    if not any(isinstance(month.nya, Measured) or isinstance(month.avslutade, Measured) for month in months):
        return None
    left = [_number(month.avslutade) for month in months]
    soft = tuple(index for index, month in enumerate(months) if month.preliminary)
    return BarChart(
        # Three letters: LibreOffice writes every label and breaks a longer one in two.
        tuple(
            f"{format_month_short(month.period.start.month)[:3]} {month.period.start.year % 100:02d}"
            for month in months
        ),
        (
            BarSeries("Nya", tuple(_number(month.nya) for month in months), palette.data, hatched=soft),
            BarSeries(
                "Avslutade", tuple(None if value is None else -value for value in left), palette.context, hatched=soft
            ),
        ),
        (BarSeries("Pågående vid månadens början", tuple(_number(month.pagaende) for month in months), palette.text),),
        stacked=True,
    )


def build_forsorjning_chart(categories: Sequence[FlowCategory], palette: Palette = PALETTE) -> BarChart | None:
    """Persons in each försörjning before and after, lying bars; None where none is known."""
    if not any(isinstance(one.before, Measured) or isinstance(one.after, Measured) for one in categories):
        return None
    return BarChart(
        tuple(category.label for category in categories),
        (
            BarSeries(
                "Före",
                tuple(_number(category.before) for category in categories),
                palette.context,
                tuple(format_value(category.before, Unit.ANTAL) for category in categories),
            ),
            BarSeries(
                "Efter",
                tuple(_number(category.after) for category in categories),
                palette.data,
                tuple(format_value(category.after, Unit.ANTAL) for category in categories),
            ),
        ),
        lying=True,
    )


def build_recruitment_chart(steps: Sequence[RecruitmentStep], palette: Palette = PALETTE) -> BarChart | None:
    """Persons in each step, lying bars from above; None where none is known."""
    if not any(isinstance(step.count, Measured) for step in steps):
        return None
    return BarChart(
        tuple(capitalise(step.label) for step in steps),
        (
            BarSeries(
                "Antal personer",
                tuple(_number(step.count) for step in steps),
                palette.data,
                tuple(format_value(step.count, Unit.ANTAL) for step in steps),
            ),
        ),
        lying=True,
    )
