"""Att uppmärksamma: a short list of what deserves a look, each with its rule and numbers. For intern only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.economy import find_spending
from finsam_dash.indicators.figures import Count, FigureSet, Subject
from finsam_dash.indicators.registry import Term
from finsam_dash.judgement.attention import (
    Attention,
    Rule,
    differs_from_itself,
    is_count_out_of_reach,
    is_flow_gap,
    is_late,
    is_off_plan,
    is_out_of_reach,
    is_revised,
    is_signal,
)
from finsam_dash.judgement.over_time import SeriesReading, read_series
from finsam_dash.model import (
    Basis,
    Gender,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Riktning,
    SubjectKind,
    Unit,
)
from finsam_dash.report.comparison import FORBUNDET, row_key
from finsam_dash.report.content import Changes, FigureChange
from finsam_dash.report.content_comparison import Comparison
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.outcomes import HEADLINE, insats_subject
from finsam_dash.report.trend import find_preliminary_from
from finsam_dash.stats.series import flow_gap

SERIES_MONTHS = 60
YEAR_MONTHS = 12
ENTERING = frozenset({"deltagare", "deltaganden", "nya"})
"""Counts that a person comes into at the start: those still inskrivna are in them already."""
REPORTED = ("avslutade", "deltagare_utan_personuppgifter")
"""By which an insats is seen to have reported a month: the first of them that it delivers by month."""


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
    found = [*_list_goals(figures, goals), *_list_consumption(figures, rows)]
    for insats in active:
        found += _list_outcome(figures, insats, period)
        found += _list_bortfall(figures, insats, period)
        found += _list_flow(figures, insats, period)
    found += _list_unlike(comparisons)
    found += _list_late(figures, active, period, as_of, report_day)
    if changes is not None:
        found += _list_revised(figures, changes)
    return tuple(found)


# ---- goals out of reach


def _list_goals(figures: FigureSet, goals: Sequence[TargetRow]) -> Iterator[Attention]:
    for goal in goals:
        target, value = goal.target, goal.value
        if goal.basis is not Basis.HITTILLS or not isinstance(value, Measured) or target.riktning is not Riktning.MINST:
            continue
        aim = goal.riket.value if target.malkalla == "riket" and goal.riket is not None else target.malvarde
        still = _count_still(figures, target.insats, goal.measured)
        if aim is None or still is None or goal.reason or goal.partial:
            continue
        if value.numerator is not None and value.denominator is not None and target.unit is Unit.ANDEL:
            k, n = int(value.numerator), int(value.denominator)
            if is_out_of_reach(k, n, still, aim):
                numbers = (("k", float(k)), ("n", float(n)), ("kvar", float(still)), ("mal", float(aim)))
                yield Attention(Rule.MAL, target.insats or None, goal.measured, numbers, target.text)
        elif target.unit is Unit.ANTAL:
            came = _count_came(figures, target.insats, goal.measured)
            after = goal.measured.end + timedelta(days=1)
            left = Period(after, target.last_day).month_count if target.last_day >= after else 0
            joining = 0 if target.indikator in ENTERING else still
            if came is not None and is_count_out_of_reach(
                int(value.value), joining, aim, came=came, gone=goal.measured.month_count, left=left
            ):
                known = (("k", value.value), ("kvar", float(joining)), ("mal", float(aim)))
                pace = (("nya", float(came)), ("manader", float(left)))
                yield Attention(Rule.MAL, target.insats or None, goal.measured, (*known, *pace), target.text)


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


def _count_came(figures: FigureSet, insats: str, measured: Period) -> int | None:
    """How many began in the time measured; None where it is not known for all."""
    row = compute_indicator(figures, figures.registry.indikatorer["nya"], insats or None, Gender.ALLA, measured)
    return int(row.value.value) if isinstance(row.value, Measured) and row.coverage is None else None


# ---- money


def _list_consumption(figures: FigureSet, rows: Iterable[IndicatorRow]) -> Iterator[Attention]:
    for row in rows:
        is_quota = row.indikator == "forbrukningskvot" and row.gender is Gender.ALLA and row.coverage is None
        if not is_quota or not isinstance(row.value, Measured):
            continue
        elapsed, total = _find_budget_time(figures, row)
        if is_off_plan(row.value.value, elapsed, total):
            yield Attention(Rule.FORBRUKNING, row.subject, row.period, (("kvot", row.value.value),))


def _find_budget_time(figures: FigureSet, row: IndicatorRow) -> tuple[int, int]:
    """How many months of the budget's time have gone, and its length; a printed quota is about a time that is over."""
    subjects = [row.subject] if row.subject is not None else [insats.kod for insats in figures.insatser]
    for kod in subjects:
        spending = find_spending(figures, kod, row.period)
        if not isinstance(spending, Missing):
            return spending.elapsed, spending.total
    return row.period.month_count, row.period.month_count


# ---- over time


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


def _read_share(figures: FigureSet, kod: str, insats: str, period: Period) -> tuple[int, int] | None:
    value = compute_indicator(figures, figures.registry.indikatorer[kod], insats, Gender.ALLA, period).value
    if not isinstance(value, Measured) or value.numerator is None or value.denominator is None:
        return None
    return int(value.numerator), int(value.denominator)


def _list_outcome(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    """The share to arbete or studier over time: a signal in the series, else another level than the year before."""
    months = _months_up_to(figures, insats_subject(insats.kod), "till_arbete_studier", period)
    shares = [_read_share(figures, HEADLINE, insats.kod, month) or (0, 0) for month in months]
    reading = read_series([k for k, _ in shares], [n for _, n in shares], 1)
    if is_signal(reading):
        yield _describe_signal(insats, reading, shares, months)
    else:
        yield from _list_years(figures, insats, months, Rule.NIVA, HEADLINE)


def _describe_signal(
    insats: Insats, reading: SeriesReading, shares: Sequence[tuple[int, int]], months: Sequence[Period]
) -> Attention:
    point = reading.limits[-1]
    read = shares[point.first : point.last + 1]
    numbers = (
        ("sida", float(reading.side)),
        ("k", float(sum(k for k, _ in read))),
        ("n", float(sum(n for _, n in read))),
        ("mitt", reading.center or 0.0),
        ("manader", float(reading.months)),
        ("punkter", float(reading.points)),
    )
    return Attention(
        Rule.SIGNAL, insats.kod, Period(months[point.first].start, months[point.last].end), numbers, reading.rule
    )


def _list_bortfall(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    months = _months_up_to(figures, insats_subject(insats.kod), "bortfall", period)
    yield from _list_years(figures, insats, months, Rule.BORTFALL, "andel_bortfall")


def _list_years(
    figures: FigureSet, insats: Insats, months: Sequence[Period], rule: Rule, kod: str
) -> Iterator[Attention]:
    """The latest twelve months against the twelve before, where all of them are delivered."""
    latest = months[-2 * YEAR_MONTHS :]
    if len(latest) < 2 * YEAR_MONTHS or Period(latest[0].start, latest[-1].end).month_count > 2 * YEAR_MONTHS:
        return
    years = [Period(part[0].start, part[-1].end) for part in (latest[:YEAR_MONTHS], latest[YEAR_MONTHS:])]
    before, now = (_read_share(figures, kod, insats.kod, year) for year in years)
    if before is not None and now is not None and differs_from_itself(*now, *before):
        named = zip(("k", "n", "fore_k", "fore_n"), (*now, *before), strict=True)
        yield Attention(rule, insats.kod, years[1], tuple((name, float(count)) for name, count in named))


# ---- what does not add up, and what is unlike the others


def _list_flow(figures: FigureSet, insats: Insats, period: Period) -> Iterator[Attention]:
    """The month of the period after which pågående differs most from what came in and left."""
    subject = insats_subject(insats.kod)
    worst: tuple[int, Period] | None = None
    for month in _months_up_to(figures, subject, "pagaende", period):
        if not period.contains(month):
            continue
        after = month.end + timedelta(days=1)
        following = Period.month(after.year, after.month)
        terms = [("pagaende", month), ("nya", month), ("avslutade", month), ("pagaende", following)]
        counts = [figures.count(subject, Term(1, matt), Gender.ALLA, when) for matt, when in terms]
        values = [int(count.value) for count in counts if isinstance(count, Count)]
        if len(values) == len(terms):
            gap = flow_gap(values[0], values[1], values[2], values[3])
            if is_flow_gap(gap) and (worst is None or abs(gap) > abs(worst[0])):
                worst = gap, month
    if worst is not None:
        yield Attention(Rule.FLODE, insats.kod, worst[1], (("skillnad", float(worst[0])),))


def _list_unlike(comparisons: Sequence[Comparison]) -> Iterator[Attention]:
    """Rows of Jämförelse outside 99.8 % of the line of all of the same purpose: an insats, or a subgroup of one.

    A subgroup is a row only where its insats has no share as a whole. The rows are the comparisons that are counted, so
    the list points at what the page points at, and chance has no more to choose among.
    """
    for comparison in comparisons:
        for line in comparison.lines:
            if line.line.kind != "pooled" or line.line.value is None or (line.comparisons or 0) < 2:
                continue
            for side, keys in ((1, line.over), (-1, line.under)):
                for row in comparison.rows:
                    if row_key(row) in keys and isinstance(row.value, Measured):
                        numbers = (
                            ("sida", float(side)),
                            ("k", row.value.numerator or 0.0),
                            ("n", row.value.denominator or 0.0),
                            ("linje", line.line.value),
                            ("jamforelser", float(line.comparisons or 0)),
                            ("forbundet", float(line.line.label == FORBUNDET)),
                        )
                        yield Attention(Rule.AVVIKER, row.key, row.period, numbers, row.klass)


# ---- deliveries


def _list_late(
    figures: FigureSet, insatser: Sequence[Insats], period: Period, as_of: date, report_day: int
) -> Iterator[Attention]:
    """The months of the period that are late for those that report by month; once for all where nobody has them."""
    reported = {insats.kod: find_reported(figures, insats.kod) for insats in insatser}
    for matt in REPORTED:
        group = [insats for insats in insatser if reported[insats.kod][0] == matt]
        known = frozenset().union(*(reported[insats.kod][1] for insats in group))
        by_insats: dict[str, list[Period]] = {}
        for insats in group:
            own = reported[insats.kod][1]
            for month in period.months():
                expected = month.is_whole_months and month > min(own) and insats.is_active(month)
                by_quarter = matt != REPORTED[0] and month not in known
                if expected and month not in own and is_late(month.end, report_day, as_of, by_quarter=by_quarter):
                    by_insats.setdefault(insats.kod, []).append(month)
        silent = [set(months) - known for months in by_insats.values()]
        if len(group) > 1 and len(by_insats) == len(group) and (all_lack := set.intersection(*silent)):
            yield _describe_late(None, all_lack, others=False)
            by_insats = {kod: [month for month in months if month not in all_lack] for kod, months in by_insats.items()}
        for kod, months in by_insats.items():
            if months:
                yield _describe_late(kod, months, others=max(months) in known)


def _describe_late(insats: str | None, months: Collection[Period], *, others: bool) -> Attention:
    numbers = (("manader", float(len(months))), ("andra", float(others)))
    return Attention(Rule.SEN, insats, max(months), numbers)


def find_reported(figures: FigureSet, insats: str) -> tuple[str, frozenset[Period]]:
    """By which mått an insats is seen to report, and the months that it has; none where it does not by month."""
    for matt in REPORTED:
        stored = figures.stored_periods(insats_subject(insats), matt)
        months = frozenset(month for month in stored if month.month_count == 1 and month.is_whole_months)
        if months:
            return matt, months
    return "", frozenset()


def _list_revised(figures: FigureSet, changes: Changes) -> Iterator[Attention]:
    """What the latest delivery changed of figures that were meant to stand, insats by insats."""
    revised: dict[str | None, list[FigureChange]] = {}
    known: Mapping[str | None, date | None] = {
        kod: _known_before(figures, kod, changes) for kod in {change.insats for change in changes.changed}
    }
    for change in changes.changed:
        if is_revised(change.period, known[change.insats], change.before, change.after):
            revised.setdefault(change.insats, []).append(change)
    for insats, found in revised.items():
        months = {change.period for change in found}
        numbers = (("antal", float(len(found))), ("perioder", float(len(months))))
        yield Attention(Rule.ANDRAD, insats, max(months), numbers, changes.delivery.name)


def _known_before(figures: FigureSet, insats: str | None, changes: Changes) -> date | None:
    """The day of the latest delivery before this one that still has a figure of the insats."""
    subject = insats_subject(insats) if insats is not None else (SubjectKind.FORBUND, "")
    days = [
        figure.known_from
        for figure in figures.subject_figures(subject)
        if figure.leverans != changes.delivery.id and figure.period.month_count == 1
    ]
    return max(days, default=None)
