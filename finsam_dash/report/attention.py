"""Att uppmärksamma: a short list of what deserves a look, each with its rule and numbers. For intern only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import Count, FigureSet, Subject
from finsam_dash.indicators.registry import Term
from finsam_dash.judgement.attention import (
    Attention,
    Rule,
    differs_from_itself,
    find_signal,
    is_count_out_of_reach,
    is_off_plan,
    is_out_of_reach,
)
from finsam_dash.model import (
    Basis,
    Gender,
    IndicatorRow,
    Insats,
    Measured,
    Period,
    Riktning,
    Unit,
)
from finsam_dash.report.content import Changes, Comparison, TargetRow
from finsam_dash.report.insats import find_preliminary_from
from finsam_dash.report.outcomes import HEADLINE, insats_subject

SERIES_MONTHS = 60
SMALLEST_FLOW_GAP = 3
"""One or two persons between two months are late exits and corrections, and honest."""


def build_attention(
    figures: FigureSet,
    rows: Iterable[IndicatorRow],
    goals: Sequence[TargetRow],
    comparisons: Sequence[Comparison],
    changes: Changes | None,
    period: Period,
    *,
    as_of: date,
    report_day: int,
) -> tuple[Attention, ...]:
    """Everything that a rule points at in the period, goals first and then insats by insats.

    `report_day` is the day of the next month on which a month is due. Nothing is hidden yet: for intern only.
    """
    active = [insats for insats in figures.insatser if insats.is_active(period)]
    found = [*_list_goals(figures, goals, period), *_list_consumption(rows)]
    for insats in active:
        found += _list_signals(figures, insats, period)
        found += _list_bortfall(figures, insats, period)
        found += _list_flow(figures, insats, period)
    found += _list_unlike(comparisons, period)
    found += _list_late(figures, active, period, as_of, report_day)
    if changes is not None and changes.changed:
        months = {change.period for change in changes.changed if change.before is not None}
        if months:
            numbers = (("antal", float(len(changes.changed))), ("perioder", float(len(months))))
            found.append(Attention(Rule.ANDRAD, None, max(months), numbers, changes.delivery.name))
    return tuple(found)


def _list_goals(figures: FigureSet, goals: Sequence[TargetRow], period: Period) -> Iterator[Attention]:
    for goal in goals:
        target, value = goal.target, goal.value
        if goal.basis is not Basis.HITTILLS or not isinstance(value, Measured) or target.riktning is not Riktning.MINST:
            continue
        aim = goal.riket.value if target.malkalla == "riket" and goal.riket is not None else target.malvarde
        still = _count_still(figures, target.insats, goal.measured)
        if aim is None or still is None or goal.reason:
            continue
        if value.numerator is not None and value.denominator is not None and target.unit is Unit.ANDEL:
            k, n = int(value.numerator), int(value.denominator)
            if is_out_of_reach(k, n, still, aim):
                numbers = (("k", float(k)), ("n", float(n)), ("kvar", float(still)), ("mal", float(aim)))
                yield Attention(Rule.MAL, target.insats or None, goal.measured, numbers, target.text)
        elif target.unit is Unit.ANTAL and is_count_out_of_reach(int(value.value), still, aim):
            known = (("k", value.value), ("kvar", float(still)), ("mal", float(aim)))
            yield Attention(Rule.MAL, target.insats or None, goal.measured, known, target.text)


def _count_still(figures: FigureSet, insats: str, measured: Period) -> int | None:
    """How many are still inskrivna after the time measured; None where an insats has not said."""
    after = measured.end + timedelta(days=1)
    month = Period.month(after.year, after.month)
    last = measured.months()[-1]
    total = 0
    for one in figures.insatser:
        if (insats and one.kod != insats) or not one.is_active(last):
            continue
        subject = insats_subject(one.kod)
        count = figures.count(subject, Term(1, "pagaende"), Gender.ALLA, month)
        if not isinstance(count, Count):
            # The next month is not delivered yet: what the last one began with, came in and left.
            parts = [
                figures.count(subject, Term(1, matt), Gender.ALLA, last) for matt in ("pagaende", "nya", "avslutade")
            ]
            counts = [part.value for part in parts if isinstance(part, Count)]
            if len(counts) < 3:
                return None
            total += int(counts[0] + counts[1] - counts[2])
        else:
            total += int(count.value)
    return total


def _list_consumption(rows: Iterable[IndicatorRow]) -> Iterator[Attention]:
    for row in rows:
        is_quota = row.indikator == "forbrukningskvot" and row.gender is Gender.ALLA and row.coverage is None
        if is_quota and isinstance(row.value, Measured) and is_off_plan(row.value.value):
            yield Attention(Rule.FORBRUKNING, row.subject, row.period, (("kvot", row.value.value),))


def _months_up_to(figures: FigureSet, subject: Subject, matt: str, period: Period) -> list[Period]:
    """The delivered months of the last five years up to the period's end that are no longer preliminary."""
    preliminary = find_preliminary_from(figures.subject_figures(subject))
    months = sorted(
        month
        for month in figures.stored_periods(subject, matt)
        if month.month_count == 1
        and month.is_whole_months
        and month.end <= period.end
        and (preliminary is None or month.end < preliminary)
    )
    return months[-SERIES_MONTHS:]


def _list_signals(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    subject = insats_subject(insats.kod)
    indikator = figures.registry.indikatorer[HEADLINE]
    ks, ns = [], []
    for month in _months_up_to(figures, subject, "till_arbete_studier", period):
        value = compute_indicator(figures, indikator, insats.kod, Gender.ALLA, month).value
        known = isinstance(value, Measured) and value.numerator is not None and value.denominator is not None
        ks.append(int(value.numerator or 0) if known and isinstance(value, Measured) else 0)
        ns.append(int(value.denominator or 0) if known and isinstance(value, Measured) else 0)
    signal = find_signal(ks, ns) if ks else None
    if signal is not None and signal.side:
        k, n = sum(ks[-signal.width :]), sum(ns[-signal.width :])
        numbers = (
            ("sida", float(signal.side)),
            ("k", float(k)),
            ("n", float(n)),
            ("mitt", signal.center),
            ("manader", float(signal.width)),
            ("punkter", float(signal.points)),
        )
        yield Attention(Rule.SIGNAL, insats.kod, period, numbers)


def _list_bortfall(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    """The latest twelve months against the twelve before."""
    subject = insats_subject(insats.kod)
    months = _months_up_to(figures, subject, "bortfall", period)[-24:]
    if len(months) < 24:
        return
    sums = []
    for part in (months[:12], months[12:]):
        whole = Period(part[0].start, part[-1].end)
        for matt in ("bortfall", "avslutade"):
            count = figures.count(subject, Term(1, matt), Gender.ALLA, whole)
            if not isinstance(count, Count):
                return
            sums.append(int(count.value))
    before_k, before_n, k, n = sums
    if k <= n and before_k <= before_n and differs_from_itself(k, n, before_k, before_n):
        numbers = (("k", float(k)), ("n", float(n)), ("fore_k", float(before_k)), ("fore_n", float(before_n)))
        yield Attention(Rule.BORTFALL, insats.kod, Period(months[12].start, months[-1].end), numbers)


def _list_flow(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    """The month of the period after which pågående differs most from what came in and left."""
    subject = insats_subject(insats.kod)
    worst: tuple[int, Period] | None = None
    for month in _months_up_to(figures, subject, "pagaende", period):
        if not period.contains(month):
            continue
        following = Period.month(*_next_month(month))
        terms = [("pagaende", month), ("nya", month), ("avslutade", month), ("pagaende", following)]
        counts = [figures.count(subject, Term(1, matt), Gender.ALLA, when) for matt, when in terms]
        values = [int(count.value) for count in counts if isinstance(count, Count)]
        if len(values) == 4:
            gap = values[3] - (values[0] + values[1] - values[2])
            if abs(gap) >= SMALLEST_FLOW_GAP and (worst is None or abs(gap) > abs(worst[0])):
                worst = gap, month
    if worst is not None:
        yield Attention(Rule.FLODE, insats.kod, worst[1], (("skillnad", float(worst[0])),))


def _next_month(month: Period) -> tuple[int, int]:
    after = month.end + timedelta(days=1)
    return after.year, after.month


def _list_unlike(comparisons: Sequence[Comparison], period: Period) -> Iterator[Attention]:
    """Insatser outside 99.8 % of the line of all of the same purpose."""
    for comparison in comparisons:
        for line in comparison.lines:
            if line.line.kind != "pooled" or line.line.value is None or (line.comparisons or 0) < 2:
                continue
            for side, keys in ((1, line.over), (-1, line.under)):
                for row in comparison.rows:
                    if row.key in keys and not row.klass and isinstance(row.value, Measured):
                        numbers = (
                            ("sida", float(side)),
                            ("k", row.value.numerator or 0.0),
                            ("n", row.value.denominator or 0.0),
                            ("linje", line.line.value),
                            ("jamforelser", float(line.comparisons or 0)),
                        )
                        yield Attention(Rule.AVVIKER, row.key, row.period, numbers)


def _list_late(
    figures: FigureSet, insatser: Sequence[Insats], period: Period, as_of: date, report_day: int
) -> Iterator[Attention]:
    """Months of the period that are due and that others have delivered, lacking for an insats with months."""
    delivered = {
        insats.kod: {
            month for month in figures.stored_periods(insats_subject(insats.kod), "avslutade") if month.month_count == 1
        }
        for insats in insatser
    }
    known = {month for months in delivered.values() for month in months}
    due = [
        month
        for month in period.months()
        if month in known and as_of > month.end + timedelta(days=report_day) and month.is_whole_months
    ]
    for insats in insatser:
        own = delivered[insats.kod]
        lacking = [month for month in due if own and month not in own and insats.is_active(month) and month > min(own)]
        if lacking:
            yield Attention(Rule.SEN, insats.kod, max(lacking), (("manader", float(len(lacking))),))
