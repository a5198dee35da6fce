"""One insats, or the whole förbund, over time: every cut of five years, what it says, and how it usually changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from finsam_dash.indicators.compute import compute_indicator, evaluate
from finsam_dash.indicators.figures import FORBUND, Count, FigureSet, Subject
from finsam_dash.indicators.registry import Indikator
from finsam_dash.indicators.tiling import is_tile
from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.over_time_lag import Correction, Corrections, Lag, judge_lag, judge_late_span
from finsam_dash.judgement.policy import LONGEST_LAG, PRELIMINARY_DAYS
from finsam_dash.model import DenominatorType, Figure, Gender, Insats, Measured, Missing, Period, Riktning, Suppressed
from finsam_dash.report.content_over_time import LatePoint, OverTime, Series, Step
from finsam_dash.report.content_parts import EventNote, TrendPoint
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.differences import build_earlier
from finsam_dash.report.hiding import Cut
from finsam_dash.report.outcomes import HEADLINE, insats_subject
from finsam_dash.report.trend import (
    TREND_MONTHS,
    count_point,
    last_of_month,
    list_noted,
    list_tiles,
    months_before,
    read_trend,
)
from finsam_dash.stats.proportions import wilson

STEP_MONTHS: dict[Step, int] = {"manad": 1, "rullande": 12, "tertial": 4, "halvar": 6, "ar": 12}
HEADLINE_COUNTS = ("till_arbete_studier", "avslutade", "avslutade_utan_uppgift")
"""What the share is counted from: the mått whose versions tell how months change."""
_WITH_A_GOOD_SIDE = (Riktning.MINST, Riktning.HOGST)

VersionLoader = Callable[[Collection[str]], Sequence[Figure]]
"""Gives every value that any delivery has stated of the insatser, oldest first."""


def build_over_time(
    figures: FigureSet,
    insats: Insats | None,
    period: Period,
    *,
    goals: Sequence[TargetRow],
    load_versions: VersionLoader,
    events: Sequence[EventNote] = (),
    cut: Cut | None = None,
) -> OverTime:
    """Build the series of one insats, or (None) of the förbund, up to the period's end.

    With `cut` (publicering) only what the publishing grid holds is there: a step outside it is refused, dated notes
    and the usual corrections are for intern only.
    """
    insatser = figures.insatser if insats is None else (insats,)
    kod = None if insats is None else insats.kod
    earlier = build_earlier(figures, kod, period)
    if cut is not None and earlier is not None:
        earlier = cut.periods(earlier, kod)
    subjects = [insats_subject(one.kod) for one in insatser] + ([FORBUND] if insats is None else [])
    months = _list_months(figures, subjects, period)
    goal = _find_goal(goals, kod)
    target = goal.target.malvarde if goal is not None else None
    riktning = goal.target.riktning if goal is not None else None
    if not months:
        return OverTime(kod, (), target, riktning, earlier=earlier)
    known = _find_known(figures, subjects)
    # In publicering nothing is computed: longer points than those of the grid are sums of its own.
    may_join = cut is None or figures.is_public(kod)
    rows = {step: _list_points(figures, insatser, kod, months, step, known, cut) for step in STEP_MONTHS}
    series = [
        Series(step, refused=True)
        if points is None
        else _read(step, points, partial, target, riktning, may_join=may_join)
        for step, (points, partial) in rows.items()
    ]
    lag = None
    is_preliminary = any(point.preliminary for one in series for point in one.points)
    if cut is None and known is not None and is_preliminary:
        lag, groups = _learn(figures, insats, load_versions)
        series = [replace(one, late=_list_late(one, known, groups)) for one in series]
    shown = [point.period for one in series for point in one.points]
    noted = list_noted(events, shown) if cut is None else ()
    has_figures = {
        one.step: one.refused or any(isinstance(point.value, Measured | Suppressed) for point in one.points)
        for one in series
    }
    # Without months every window but the years of the calendar would be a gap.
    has_figures["rullande"] &= has_figures["manad"]
    series = [one for one in series if has_figures[one.step]]
    return OverTime(kod, tuple(series), target, riktning, noted, lag, earlier)


def _list_months(figures: FigureSet, subjects: Iterable[Subject], period: Period) -> list[Period]:
    """The months of five years up to the period's end that any stored part of the calendar touches."""
    limit = last_of_month(period)
    stored = {
        part
        for subject in subjects
        for matt in ("till_arbete_studier", HEADLINE)
        for part in figures.stored_periods(subject, matt)
        if part.end <= limit and is_tile(part)
    }
    if not stored:
        return []
    first = max(min(part.start for part in stored), months_before(period, TREND_MONTHS))
    return list_tiles(first, max(part.end for part in stored), 1)


def _find_goal(goals: Sequence[TargetRow], kod: str | None) -> TargetRow | None:
    """The own fixed goal for just this share, if there is one."""
    for goal in goals:
        target = goal.target
        own = target.insats == kod if kod is not None else target.scope == "forbund" and not target.insats
        fixed = target.malvarde is not None and target.malvarde_hogst is None and target.malkalla == "fast"
        of_those_who_left = target.namnare_typ in (None, DenominatorType.AVSLUTADE)
        same = target.indikator == HEADLINE and of_those_who_left and goal.namnare_typ is DenominatorType.AVSLUTADE
        if own and fixed and same and target.riktning in _WITH_A_GOOD_SIDE and not target.klass and not goal.parts:
            return goal
    return None


def _find_known(figures: FigureSet, subjects: Iterable[Subject]) -> date | None:
    """The day of the latest delivery by month of any of the subjects; None where nothing is delivered by month."""
    return max(
        (
            figure.known_from
            for subject in subjects
            for figure in figures.subject_figures(subject)
            if figure.period.month_count == 1 and figure.value is not None
        ),
        default=None,
    )


def _list_points(
    figures: FigureSet,
    insatser: Sequence[Insats],
    kod: str | None,
    months: Sequence[Period],
    step: Step,
    known: date | None,
    cut: Cut | None,
) -> tuple[tuple[TrendPoint, ...] | None, tuple[Period, ...]]:
    """The points of one step and those that lack an insats; None where the grid holds no such cut."""
    first, last = months[0].start, months[-1].end
    if step == "rullande":
        wanted = [Period(months_before(month, 12), month.end) for month in months]
        wanted = [window for window in wanted if window.start >= first]
    else:
        wanted = [tile for tile in list_tiles(first, last, STEP_MONTHS[step]) if tile.end <= last]
    if kod is not None:
        wanted = [part for part in wanted if any(insats.is_active(part) for insats in insatser)]
    if cut is not None and not figures.is_public(kod):
        in_grid = step != "rullande" and any(cut.plan.covers(part, insatser=kod is not None) for part in wanted)
        if not in_grid:
            return None, ()
    indikator = figures.registry.indikatorer[HEADLINE]
    points, partial = [], []
    for part in wanted:
        row = compute_indicator(figures, indikator, kod, Gender.ALLA, part)
        if cut is not None:
            row = cut.row(row)
        if row.coverage is not None:
            partial.append(part)
        is_late = known is not None and (known - part.end).days < PRELIMINARY_DAYS
        points.append(TrendPoint(part, row.value, is_late))
    while points and isinstance(points[0].value, Missing):
        del points[0]
    if step == "rullande":
        # A window with a month that is missing is a gap in the line.
        points = [point for point in points if not isinstance(point.value, Missing)]
    return tuple(points), tuple(partial)


def _read(
    step: Step,
    points: tuple[TrendPoint, ...],
    partial: tuple[Period, ...],
    target: float | None,
    riktning: Riktning | None,
    *,
    may_join: bool,
) -> Series:
    if step == "rullande":
        return Series(step, points, partial=partial)
    reading = read_trend(points, partial, target, riktning)
    if reading is not None and reading.limits and reading.months > STEP_MONTHS[step] and not may_join:
        reading = None
    if reading is None or reading.last < 0:
        return Series(step, points, reading=reading, partial=partial)
    joined = _join(points, partial, reading) if reading.limits and reading.months > STEP_MONTHS[step] else ()
    return Series(step, points, False, reading, joined, points[reading.last].period, partial=partial)


def _join(points: Sequence[TrendPoint], partial: Collection[Period], reading: SeriesReading) -> tuple[TrendPoint, ...]:
    """The longer points that the limits of the reading are of, their counts added."""
    joined = []
    for limit in reading.limits:
        parts = points[limit.first : limit.last + 1]
        counts = [count_point(point) for point in parts if point.period not in partial]
        k, n = sum(k for k, _ in counts), sum(n for _, n in counts)
        joined.append(
            TrendPoint(Period(parts[0].period.start, parts[-1].period.end), Measured(k / n, k, n, *wilson(k, n)))
        )
    return tuple(joined)


def _list_late(series: Series, known: date, groups: Sequence[Corrections]) -> tuple[LatePoint, ...]:
    found = []
    for point in series.points:
        k, n = count_point(point)
        if not point.preliminary or not n:
            continue
        age = _month_number(known) - _month_number(point.period.end)
        span = judge_late_span(k, n, STEP_MONTHS[series.step], age, groups)
        if span is not None:
            found.append(LatePoint(point.period, *span))
    return tuple(found)


def _learn(
    figures: FigureSet, insats: Insats | None, load_versions: VersionLoader
) -> tuple[Lag, tuple[Corrections, ...]]:
    """The usual corrections: the insats's own where they are enough, else those of all insatser; the förbund's sums."""
    if insats is not None:
        own = tuple(list_corrections(figures, load_versions((insats.kod,))).values())
        lag = judge_lag("insats", own)
        if lag.steps:
            return lag, own
    by_insats = list_corrections(figures, load_versions(tuple(one.kod for one in figures.insatser)))
    if insats is not None:
        every = tuple(by_insats.values())
        return judge_lag("insatser", every), every
    sums: dict[tuple[int, int], Correction] = {}
    for corrections in by_insats.values():
        for key, one in corrections.items():
            before = sums.get(key, Correction(0, 0))
            sums[key] = Correction(before.k + one.k, before.n + one.n)
    return judge_lag("forbund", (sums,)), (sums,)


def list_corrections(figures: FigureSet, versions: Sequence[Figure]) -> dict[str, dict[tuple[int, int], Correction]]:
    """What was added to each settled month after it was 1, 2 … months old, insats by insats.

    A month is `age` months old at the end of the month that lies so long after it; what was known then is the latest
    delivery's value by that day. It is settled when the insats has delivered anything 92 days after its end. `versions`
    are every stated value, oldest first; `figures` are current.
    """
    indikator = figures.registry.indikatorer[HEADLINE]
    monthly = [one for one in versions if one.period.month_count == 1 and one.period.is_whole_months]
    latest: dict[str, date] = {}
    by_day: dict[int, list[Figure]] = {}
    for one in monthly:
        latest[one.subject] = max(one.known_from, latest.get(one.subject, one.known_from))
        by_day.setdefault(_month_number(one.known_from), []).append(one)
    found: dict[str, dict[tuple[int, int], Correction]] = {kod: {} for kod in latest}
    if not by_day:
        return found
    months = {_month_number(one.period.start): one.period for one in monthly}
    stated: dict[tuple[str, int], dict[tuple[object, ...], Figure]] = {}
    final: dict[tuple[str, int], dict[tuple[object, ...], Figure]] = {}
    for one in monthly:
        _hold(final, one)
    for now in range(min(by_day), max(by_day) + LONGEST_LAG + 1):
        for one in by_day.get(now, ()):
            _hold(stated, one)
        young = [
            (kod, number)
            for number in range(now - LONGEST_LAG, now)
            if number in months
            for kod, known in latest.items()
            if (known - months[number].end).days >= PRELIMINARY_DAYS and (kod, number) in stated
        ]
        changed = [key for key in young if stated[key] != final[key]]
        held = [one for key in changed for one in stated[key].values()]
        then = FigureSet(held, figures.insatser, figures.registry)
        for kod, number in young:
            after = _evaluate(figures, indikator, kod, months[number])
            is_changed = stated[kod, number] != final[kod, number]
            before = _evaluate(then, indikator, kod, months[number]) if is_changed else after
            if before is not None and after is not None:
                found[kod][number, now - number] = Correction(after[0] - before[0], after[1] - before[1])
    return found


def _hold(held: dict[tuple[str, int], dict[tuple[object, ...], Figure]], one: Figure) -> None:
    """Keep the value of the latest delivery, insats by insats and month by month."""
    figures = held.setdefault((one.subject, _month_number(one.period.start)), {})
    key = (one.matt, one.gender)
    if key not in figures or figures[key].leverans <= one.leverans:
        figures[key] = one


def _evaluate(figures: FigureSet, indikator: Indikator, kod: str, month: Period) -> tuple[int, int] | None:
    """The headline's counts of an insats in a month, also where nobody left; None where one is missing."""
    sides = [evaluate(figures, insats_subject(kod), side, Gender.ALLA, month) for side in indikator.pairs[-1]]
    counts = [int(side.value) for side in sides if isinstance(side, Count)]
    return (counts[0], counts[1]) if len(counts) == 2 else None


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1
