"""Shares with intervals, a row each: beside their names, or as pictures in the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.share_rows import drawn_shares, scale_end
from finsam_dash.export.native.parts import PALETTE, Axis, Point, PointChart, PointSeries
from finsam_dash.model import Gender, Measured, Unit
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.wording.labels import format_row_label
from finsam_dash.wording.numbers import format_sign, format_value, format_value_counts
from finsam_dash.wording.slides import GoalPicture

LONGEST_NAME = 18


def _wrap_name(name: str) -> str:
    """The name on two lines where it is longer than eighteen characters; Office would else break it anywhere."""
    if len(name) <= LONGEST_NAME or " " not in name:
        return name
    places = [place for place, letter in enumerate(name) if letter == " "]
    best = min(places, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:best]}\n{name[best + 1 :]}"


def _row_label(row: DotRow) -> str:
    return format_row_label(row.label, row.klass, row.period if row.label in set(Gender) else None)


def build_dot_chart(
    rows: Sequence[DotRow], benchmark: Benchmark | None = None, *, only_chart: bool = False
) -> PointChart | None:
    """Rows under each other with interval, own target and riket's line; None where no row has an outcome.

    `only_chart`: no other share is in view, so that the scale may end at 50 %. The names come first: LibreOffice drops
    the points of later series beyond those of the first.
    """
    if not any(isinstance(row.value, Measured) for row in rows):
        return None
    drawn = [share for row in rows for share in drawn_shares(row.value)]
    drawn += [row.target for row in rows if row.target is not None]
    if benchmark is not None and benchmark.value is not None:
        drawn.append(benchmark.value)
    end = scale_end(drawn, only_chart)
    heights, headings, count = _place_rows(rows)
    labels = [Point(0.0, heights[id(row)], _wrap_name(_row_label(row)), _is_flagged(row)) for row in rows]
    labels += [Point(0.0, height, _wrap_name(name), bold=True) for name, height in headings]
    names = tuple(sorted(labels, key=lambda point: -point.y))
    texts = tuple(Point(end, heights[id(row)], _row_text(row), _is_flagged(row)) for row in rows)
    series = [
        PointSeries("Insats", names, side="l"),
        PointSeries("Andel och antal", texts, side="r"),
        *_list_benchmark(rows, heights, benchmark),
        *_list_intervals(rows, heights),
        *_list_targets(rows, heights),
        *_list_outcomes(rows, heights),
    ]
    if len(rows) == 1:
        # LibreOffice writes no labels at all where the first series is a single point.
        series.sort(key=lambda one: len(one.points) == 1)
    return PointChart(
        tuple(series),
        Axis(0, end, end / 2 if only_chart else 0.2),
        Axis(0, count, 1, hidden=True),
        rows=count,
        left_label=max((line for point in names for line in point.label.split("\n")), key=len),
        right_label=max((point.label for point in texts), key=len),
    )


def _is_flagged(row: DotRow) -> bool:
    return row.look_here and isinstance(row.value, Measured)


def _row_text(row: DotRow) -> str:
    if not isinstance(row.value, Measured):
        return format_sign(row.value)
    return f"{format_value(row.value, Unit.ANDEL)}   {format_value_counts(row.value)}"


def _place_rows(rows: Sequence[DotRow]) -> tuple[dict[int, float], list[tuple[str, float]], int]:
    """How high each row (by id) and each group's name stand, the first at the top, and how many lines they take."""
    lines: list[DotRow | str] = []
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            if group:
                lines.append(group)
        lines.append(row)
    places = [(line, len(lines) - number - 0.5) for number, line in enumerate(lines)]
    heights = {id(line): height for line, height in places if isinstance(line, DotRow)}
    return heights, [(line, height) for line, height in places if isinstance(line, str)], len(lines)


def _list_intervals(rows: Sequence[DotRow], heights: dict[int, float]) -> Iterator[PointSeries]:
    for row in rows:
        if isinstance(row.value, Measured) and row.value.lower is not None and row.value.upper is not None:
            ends = (Point(row.value.lower, heights[id(row)]), Point(row.value.upper, heights[id(row)]))
            name = f"95 %-intervall, {_row_label(row)}"
            yield PointSeries(name, ends, line=PALETTE.uncertainty, width=4.0)


def _list_targets(rows: Sequence[DotRow], heights: dict[int, float]) -> Iterator[PointSeries]:
    for row in rows:
        if row.target is not None:
            ends = (Point(row.target, heights[id(row)] + 0.35), Point(row.target, heights[id(row)] - 0.35))
            yield PointSeries(f"Mål, {_row_label(row)}", ends, line=PALETTE.target, width=2.0)


def _list_outcomes(rows: Sequence[DotRow], heights: dict[int, float]) -> Iterator[PointSeries]:
    """The outcomes, those to look at in their own colour, and as rings those that are known without counts."""
    plain: list[Point] = []
    flagged: list[Point] = []
    hollow: list[Point] = []
    for row in rows:
        if isinstance(row.value, Measured):
            kind = hollow if row.value.denominator is None else flagged if row.look_here else plain
            kind.append(Point(row.value.value, heights[id(row)]))
    if plain:
        yield PointSeries("Utfall", tuple(plain), marker="circle", colour=PALETTE.data, size=8)
    if flagged:
        yield PointSeries("Utfall, titta här", tuple(flagged), marker="circle", colour=PALETTE.look_here, size=9)
    if hollow:
        yield PointSeries("Andel utan antal", tuple(hollow), marker="ring", side="ctr", colour=PALETTE.data)


def _list_benchmark(
    rows: Sequence[DotRow], heights: dict[int, float], benchmark: Benchmark | None
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
            line=PALETTE.target if is_target else PALETTE.riket,
            width=1.5 if is_target else 1.25,
            dash="solid" if is_target else "dash",
        )
        for number, run in enumerate(runs)
    ]


def build_goal_chart(goals: Sequence[GoalPicture | None]) -> PointChart:
    """A goal a row on the scale 0-100 %: interval, target and outcome, to lie over a column of a table of goals.

    A row of the table without a picture is None and keeps its place.
    """
    count = len(goals)
    rows = [(place, count - place + 0.5, goal) for place, goal in enumerate(goals, start=1) if goal is not None]
    base = [
        PointSeries(f"Skala, rad {place}", (Point(0.0, y), Point(1.0, y)), line=PALETTE.axis, width=1.0)
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
            intervals.append(PointSeries(f"95 %-intervall, rad {place}", ends, line=PALETTE.uncertainty, width=4.0))
        colour = PALETTE.look_here if goal.look_here else PALETTE.data
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
            line=PALETTE.target,
            width=1.75,
        )
        for place, y, goal in rows
    ]
    series = (*base, *marks, *intervals, *targets, *points)
    return PointChart(series, Axis(0, 1, 0.5, hidden=True), Axis(0, count, 1, hidden=True), rows=count, bare=True)
