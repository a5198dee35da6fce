"""The share over time: months with rolling twelve or the parts that are stored, and in and out by month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import Indikator
from finsam_dash.indicators.tiling import is_tile
from finsam_dash.judgement.comparison import judge_balance
from finsam_dash.judgement.over_time import SeriesReading, read_levels, read_series
from finsam_dash.judgement.policy import PRELIMINARY_DAYS
from finsam_dash.judgement.verdict import Sakerhet, judge_share
from finsam_dash.model import DenominatorType, Figure, Gender, Insats, Measured, Period, Riktning, Suppressed
from finsam_dash.report.content_insats import Flow, FlowMonth, Trend
from finsam_dash.report.content_parts import EventNote, TrendPoint
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.counts import count_persons, sum_counts
from finsam_dash.report.outcomes import HEADLINE, insats_subject

TREND_MONTHS = 60
FLOW_MONTHS = 24
ROLLING_MONTHS = 12
SUMMED_MONTHS = 12


def find_preliminary_from(stored: Iterable[Figure]) -> date | None:
    """The first day whose month is still preliminary: ended too short a time before the insats's latest delivery.

    None where nothing is delivered by month.
    """
    monthly = [figure for figure in stored if figure.period.month_count == 1 and figure.value is not None]
    if not monthly:
        return None
    known = max(figure.known_from for figure in monthly)
    late = [figure.period.start for figure in monthly if (known - figure.period.end).days < PRELIMINARY_DAYS]
    return min(late, default=None)


def build_trend(
    figures: FigureSet, insats: Insats, period: Period, preliminary_from: date | None, shortest: int = 1
) -> Trend:
    """The share over five years up to the period's end: by month with rolling twelve, else by the parts stored.

    Parts that are no calendar tiles (an insats's own periods) are points only where they do not overlap.
    """
    subject = insats_subject(insats.kod)
    indikator = figures.registry.indikatorer[HEADLINE]
    stored = figures.stored_periods(subject, "till_arbete_studier") | figures.stored_periods(subject, HEADLINE)
    stored = frozenset(part for part in stored if part.end <= last_of_month(period))
    if not stored:
        return Trend(())
    tiles = [part for part in stored if is_tile(part)]
    if not tiles:
        return Trend(_list_own_points(figures, insats, indikator, stored))
    length = max(shortest, min(part.month_count for part in tiles))
    first = max(min(part.start for part in tiles), months_before(period, TREND_MONTHS))
    last = max(part.end for part in tiles)
    wanted = [part for part in list_tiles(first, last, length) if insats.is_active(part)]
    points = tuple(
        TrendPoint(
            part,
            compute_indicator(figures, indikator, insats.kod, Gender.ALLA, part).value,
            preliminary_from is not None and part.end >= preliminary_from,
        )
        for part in wanted
    )
    if length != 1:
        return Trend(points)
    begun = min(part.start for part in tiles)
    rolling = []
    for part in wanted:
        window = Period(months_before(part, ROLLING_MONTHS), part.end)
        value = compute_indicator(figures, indikator, insats.kod, Gender.ALLA, window).value
        if window.start >= begun and isinstance(value, Measured):
            late = preliminary_from is not None and part.end >= preliminary_from
            rolling.append(TrendPoint(window, value, late))
    return Trend(points, tuple(rolling))


def judge_trend(trend: Trend, goal: TargetRow | None, events: Sequence[EventNote]) -> Trend:
    """The trend with its dated notes and, where the goal is of avslutade too, the goal and the last level's verdict."""
    trend = replace(trend, events=list_noted(events, [point.period for point in (trend.points or trend.rolling)]))
    if goal is None or goal.target.malvarde is None or goal.namnare_typ is not DenominatorType.AVSLUTADE:
        return trend
    latest = trend.rolling[-1].value if trend.rolling else None
    riktning = goal.target.riktning or Riktning.MINST
    sakerhet = judge_share(latest, goal.target.malvarde, riktning).sakerhet if latest else Sakerhet.EJ_TILLAMPLIGT
    return replace(trend, target=goal.target.malvarde, sakerhet=sakerhet)


def read_trend(
    points: Sequence[TrendPoint],
    partial: Collection[Period] = (),
    target: float | None = None,
    riktning: Riktning | None = None,
) -> SeriesReading | None:
    """What the settled points say over time; None where one is hidden, they are not of one length or lack counts.

    Points in `partial` lack an insats: like a month that is missing they are left out.
    """
    settled = [point for point in points if not point.preliminary]
    lengths = {point.period.month_count for point in settled}
    if len(lengths) != 1 or any(isinstance(point.value, Suppressed) for point in settled):
        return None
    length = lengths.pop()
    higher = {Riktning.MINST: True, Riktning.HOGST: False}.get(riktning) if riktning is not None else None
    measured = [point.value for point in settled if isinstance(point.value, Measured)]
    if measured and all(value.numerator is None for value in measured):
        whole = len(measured) == len(settled) and not partial
        return read_levels([value.value for value in measured], length, target, higher) if whole else None
    counts = [(0, 0) if point.period in partial else count_point(point) for point in settled]
    if any(value.numerator is None for value in measured):
        return None
    return read_series([k for k, _ in counts], [n for _, n in counts], length, target, higher)


def list_noted(events: Iterable[EventNote], shown: Sequence[Period]) -> tuple[EventNote, ...]:
    """The events from the first day of the periods shown to the last, in date order."""
    within = (event for event in events if shown and min(shown).start <= event.date <= max(shown).end)
    return tuple(sorted(within, key=lambda event: event.date))


def count_point(point: TrendPoint) -> tuple[int, int]:
    """The counts of a point; 0 of 0 where it has none."""
    value = point.value
    if isinstance(value, Measured) and value.numerator is not None and value.denominator:
        return int(value.numerator), int(value.denominator)
    return 0, 0


def last_of_month(period: Period) -> date:
    """The last day of the month in which the period ends."""
    return period.months()[-1].end


def months_before(period: Period, count: int) -> date:
    """The first day of the month that begins `count` months which end with the period."""
    number = period.end.year * 12 + period.end.month - count
    return date(number // 12, number % 12 + 1, 1)


def list_tiles(first: date, last: date, length: int) -> list[Period]:
    """The calendar's parts of `length` months from the one that holds `first` to the one that holds `last`."""
    tiles = []
    number = first.year * 12 + (first.month - 1) // length * length
    while number <= last.year * 12 + last.month - 1:
        months = [Period.month((number + index) // 12, (number + index) % 12 + 1) for index in (0, length - 1)]
        tiles.append(Period(months[0].start, months[1].end))
        number += length
    return tiles


def _list_own_points(
    figures: FigureSet, insats: Insats, indikator: Indikator, stored: Iterable[Period]
) -> tuple[TrendPoint, ...]:
    points: list[TrendPoint] = []
    for part in sorted(stored, key=lambda part: (part.end, part.start)):
        value = compute_indicator(figures, indikator, insats.kod, Gender.ALLA, part).value
        if isinstance(value, Measured) and not any(point.period.overlaps(part) for point in points):
            points.append(TrendPoint(part, value))
    return tuple(points) if len(points) > 1 else ()


def build_flow(figures: FigureSet, insats: Insats, period: Period, preliminary_from: date | None) -> Flow | None:
    """Two years of months up to the period's end; nothing where the insats is not delivered by month."""
    subject = insats_subject(insats.kod)
    monthly = [part for part in figures.stored_periods(subject, "nya") if part.month_count == 1]
    monthly = [part for part in monthly if part.end <= last_of_month(period)]
    if not monthly:
        return None
    first = max(min(monthly).start, months_before(period, FLOW_MONTHS))
    months = [part for part in list_tiles(first, last_of_month(period), 1) if insats.is_active(part)]
    if not months or max(monthly).end < months[0].start:
        return None
    flow = tuple(
        FlowMonth(
            month,
            count_persons(figures, subject, "pagaende", month),
            count_persons(figures, subject, "nya", month),
            count_persons(figures, subject, "avslutade", month),
            preliminary_from is not None and month.end >= preliminary_from,
        )
        for month in months
    )
    latest = flow[-SUMMED_MONTHS:]
    nya, avslutade = sum_counts([month.nya for month in latest]), sum_counts([month.avslutade for month in latest])
    return Flow(flow, nya, avslutade, len(latest), judge_balance(nya, avslutade))
