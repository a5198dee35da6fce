"""Money against a plan and against outcomes: förbrukningskvot, förbrukad andel, cost per deltagande and per resultat.

Amounts come from figures (mått kostnad and budget, by insats) or, where there are none, from published rows. Costs are
förbundets own. A cost is divided by counts only when both are about exactly the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from finsam_dash.indicators.figures import Count, FigureSet, Subject
from finsam_dash.indicators.registry import Expression, Indikator, Term
from finsam_dash.model import (
    CountingMode,
    Coverage,
    EconomyRow,
    Gender,
    IndicatorRow,
    Insats,
    InsatsPeriod,
    Measured,
    Missing,
    Period,
    PostState,
    PostType,
    Reason,
    Source,
    SubjectKind,
    Unit,
)
from finsam_dash.stats.money import cost_per_outcome, cost_per_unit, linear_quota, used_share

QUOTA_WORD = "förbrukningskvot"
"""A published table of shares whose name holds this word prints the linear quota; the others print shares of budget."""
BUDGET, COST = Term(1, "budget"), Term(1, "kostnad")


@dataclass(frozen=True)
class Spending:
    """What is used of a budget up to a day, in kronor. `elapsed` of `total` months of the budget's time have gone."""

    used: float
    budget: float
    elapsed: int
    total: int
    period: Period
    sources: frozenset[Source] = frozenset()


def compute_economy(figures: FigureSet, indikator: Indikator, insats: str | None, period: Period) -> IndicatorRow:
    """One indikator of money for an insats, or for the whole förbund where `insats` is None."""
    if indikator.kod in ("forbrukningskvot", "forbrukad_andel"):
        return _compute_consumption(figures, indikator, insats, period)
    return _compute_cost(figures, indikator, insats, period)


# ---- consumption


def find_spending(figures: FigureSet, insats: str, period: Period) -> Spending | Missing:
    """What an insats has used of the budget that the period's end lies in, from the start of that budget's time.

    Where budgets fill the period exactly, all of it; else the one budget whose time contains the period.
    """
    subject: Subject = (SubjectKind.INSATS, insats)
    if not figures.is_delivered(subject, "budget"):
        return Missing(Reason.INGEN_UPPGIFT_ANNU, "ingen_budget")
    budget = figures.count(subject, BUDGET, Gender.ALLA, period)
    span = period
    if not isinstance(budget, Count):
        around = [stored for stored in figures.stored_periods(subject, "budget") if stored.contains(period)]
        if not around:
            return Missing(Reason.UPPGIFT_SAKNAS, "ingen_budget")
        span = min(around, key=lambda stored: stored.days)
        budget = figures.count(subject, BUDGET, Gender.ALLA, span)
        if not isinstance(budget, Count):
            return budget
    gone = Period(span.start, period.end)
    used = figures.count(subject, COST, Gender.ALLA, gone)
    if not isinstance(used, Count):
        return Missing(used.reason, used.detail or "ingen_kostnad")
    return Spending(used.value, budget.value, gone.month_count, span.month_count, gone, used.sources | budget.sources)


def join_spending(parts: Iterable[Spending]) -> Spending | None:
    """Several insatser together; None where their budgets are not about the same time."""
    found = list(parts)
    if not found or len({(part.elapsed, part.total, part.period) for part in found}) != 1:
        return None
    first = found[0]
    sources = frozenset().union(*(part.sources for part in found))
    used, budget = sum(part.used for part in found), sum(part.budget for part in found)
    return Spending(used, budget, first.elapsed, first.total, first.period, sources)


def _compute_consumption(figures: FigureSet, indikator: Indikator, insats: str | None, period: Period) -> IndicatorRow:
    coverage = None
    if insats is not None:
        spending = find_spending(figures, insats, period)
        if isinstance(spending, Missing):
            printed = find_printed(figures, insats, period, quota=indikator.kod == "forbrukningskvot")
            if printed is not None:
                return _printed_row(indikator, insats, printed)
            return IndicatorRow(insats, Gender.ALLA, indikator.kod, spending, period)
    else:
        expected = [active for active in figures.insatser if active.is_active(period)]
        found = {active.kod: find_spending(figures, active.kod, period) for active in expected}
        parts = {kod: part for kod, part in found.items() if isinstance(part, Spending)}
        whole = join_spending(parts.values())
        if whole is None:
            share = _find_printed_total(figures, period) if indikator.kod == "forbrukad_andel" else None
            if share is not None:
                return IndicatorRow(None, Gender.ALLA, indikator.kod, Measured(share), period)
            reason = Reason.UPPGIFT_SAKNAS if parts else Reason.INGEN_UPPGIFT_ANNU
            return IndicatorRow(None, Gender.ALLA, indikator.kod, Missing(reason, "ingen_budget"), period)
        if len(parts) < len(expected):
            without = tuple(kod for kod in found if kod not in parts)
            coverage = Coverage(len(parts), len(expected), without)
        spending = whole
    if indikator.kod == "forbrukningskvot":
        share = linear_quota(spending.used, spending.budget, spending.elapsed, spending.total)
    else:
        share = used_share(spending.used, spending.budget)
    value = Missing(Reason.EJ_TILLAMPLIGT, "budget_noll") if share is None else Measured(share)
    sources = tuple(sorted(spending.sources))
    return IndicatorRow(insats, Gender.ALLA, indikator.kod, value, spending.period, None, sources, coverage)


def find_printed(figures: FigureSet, insats: str, period: Period, *, quota: bool) -> EconomyRow | None:
    """The share of its budget that a document prints for the insatsperiod that runs at the period's end.

    Money belongs to a decision: of several insatsperioder the one that began last is the insats's own at that time.
    """
    registered = next((found for found in figures.insatser if found.kod == insats), None)
    if registered is None:
        return None
    candidates = [
        (decided.start, row)
        for row in figures.economy
        if row.insats == insats
        and row.unit is Unit.ANDEL
        and row.amount is not None
        and row.period.end == period.end
        and (QUOTA_WORD in row.tabell) is quota
        and (decided := find_decided(registered, row)) is not None
        and decided.overlaps(period)
    ]
    return max(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


def find_decided(insats: Insats, row: EconomyRow) -> InsatsPeriod | None:
    """The decided period that a row's money belongs to: by its label, or by its two dates."""
    for part in insats.periods:
        if row.insatsperiod in (part.label, f"{part.start}/{part.end}"):
            return part
    if not row.insatsperiod and len(insats.periods) == 1:
        return insats.periods[0]
    return None


def _printed_row(indikator: Indikator, insats: str, row: EconomyRow) -> IndicatorRow:
    assert row.amount is not None
    value = Measured(float(row.amount), published=float(row.amount))
    source = Source(0, row.dokument, row.rubrik)
    return IndicatorRow(
        insats, Gender.ALLA, indikator.kod, value, row.period, None, (source,), codes=("publicerad_andel",)
    )


def _find_printed_total(figures: FigureSet, period: Period) -> float | None:
    """Used of budget for all insatser, from a published sum that has both for exactly the period."""
    sums = [
        row
        for row in figures.economy
        if row.posttype is PostType.SUMMA and row.period == period and row.unit is not Unit.ANDEL and row.kronor
    ]
    for used in sums:
        for budget in sums:
            same = (used.tabell, used.post) == (budget.tabell, budget.post)
            if same and (used.state, budget.state) == (PostState.UTFALL, PostState.BUDGET):
                return float(_kronor(used) / _kronor(budget))
    return None


def _kronor(row: EconomyRow) -> Decimal:
    return row.kronor or Decimal(0)


# ---- cost per deltagande and per resultat


def find_cost(figures: FigureSet, insats: str, period: Period) -> float | Missing:
    """Förbundets cost for an insats in exactly the period, in kronor."""
    subject: Subject = (SubjectKind.INSATS, insats)
    if figures.is_delivered(subject, "kostnad"):
        cost = figures.count(subject, COST, Gender.ALLA, period)
        return cost.value if isinstance(cost, Count) else cost
    rows = [
        row
        for row in figures.economy
        if row.insats == insats
        and row.posttype is PostType.KOSTNAD
        and row.state is PostState.UTFALL
        and row.kronor is not None
        and row.period == period
    ]
    if not rows:
        return Missing(Reason.INGEN_UPPGIFT_ANNU, "ingen_kostnad")
    # One table only: the documents print the same costs in tkr and, in a note, in kronor.
    table = next((row.tabell for row in rows if row.unit is Unit.KR), rows[0].tabell)
    return float(sum(_kronor(row) for row in rows if row.tabell == table))


@dataclass(frozen=True)
class _Cohort:
    """What an insats cost in kronor, the persons it is divided by, and of how many these are (0 where nobody asks)."""

    cost: float
    count: float
    of: float


def _compute_cost(figures: FigureSet, indikator: Indikator, insats: str | None, period: Period) -> IndicatorRow:
    per_result = indikator.kod == "kostnad_per_resultat"
    needed = (
        frozenset((CountingMode.MED_PERSONUPPGIFTER,))
        if per_result
        else frozenset((CountingMode.MED_PERSONUPPGIFTER, CountingMode.ANONYM))
    )
    if insats is not None:
        mode = next((found.counting_mode for found in figures.insatser if found.kod == insats), None)
        if mode is not None and mode not in needed:
            lacking = Missing(Reason.EJ_TILLAMPLIGT, f"raknesatt:{mode}")
            return IndicatorRow(insats, Gender.ALLA, indikator.kod, lacking, period)
        expected = [insats]
    else:
        expected = [
            active.kod for active in figures.insatser if active.is_active(period) and active.counting_mode in needed
        ]
    found = {kod: _find_cohort(figures, kod, period, per_result=per_result, is_part=insats is None) for kod in expected}
    parts = {kod: part for kod, part in found.items() if isinstance(part, _Cohort)}
    if not parts:
        lacking = next((part for part in found.values() if isinstance(part, Missing)), Missing(Reason.UPPGIFT_SAKNAS))
        return IndicatorRow(insats, Gender.ALLA, indikator.kod, lacking, period)
    coverage = None
    if len(parts) < len(expected):
        coverage = Coverage(len(parts), len(expected), tuple(kod for kod in expected if kod not in parts))
    cost, count, of = (
        sum(amounts) for amounts in zip(*((part.cost, part.count, part.of) for part in parts.values()), strict=True)
    )
    value: Measured | Missing
    if per_result and of == 0:
        value = Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    elif per_result:
        limits = cost_per_outcome(cost, int(count), int(of))
        if limits.value is None:
            value = Missing(Reason.EJ_TILLAMPLIGT, f"minst_kr:{round(limits.lower)}")
        else:
            value = Measured(limits.value, lower=limits.lower, upper=limits.upper)
    else:
        share = cost_per_unit(cost, int(count))
        value = Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll") if share is None else Measured(share)
    return IndicatorRow(insats, Gender.ALLA, indikator.kod, value, period, coverage=coverage)


def _find_cohort(
    figures: FigureSet, insats: str, period: Period, *, per_result: bool, is_part: bool
) -> _Cohort | Missing:
    """The cost and the counts, all for exactly the period.

    As part of the förbund an insats that nobody left has its cost and no results: left out, it would make the sum
    partial, which in publicering would tell of it.
    """
    cost = find_cost(figures, insats, period)
    if isinstance(cost, Missing):
        return cost
    subject: Subject = (SubjectKind.INSATS, insats)
    indikator = figures.registry.indikatorer["andel_arbete_studier" if per_result else "deltaganden"]
    sides = [
        [figures.count(subject, term, Gender.ALLA, period) for term in side] for side in indikator.pairs[-1] if side
    ]
    totals = []
    for side, terms in zip(sides, indikator.pairs[-1], strict=False):
        counts = [count for count in side if isinstance(count, Count)]
        if len(counts) < len(side):
            return _find_lack(figures, subject, terms, side, period)
        totals.append(sum(term.sign * count.value for term, count in zip(terms, counts, strict=True)))
    of = totals[1] if per_result else 0.0
    if per_result and not 0 <= totals[0] <= of:
        return Missing(Reason.UPPGIFT_SAKNAS, "taljare_storre_an_namnare")
    if per_result and of == 0 and not is_part:
        return Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    return _Cohort(cost, totals[0], of)


def _find_lack(
    figures: FigureSet, subject: Subject, terms: Expression, counts: list[Count | Missing], period: Period
) -> Missing:
    """Why the counts are not there: they are of another time than the cost, or they are not delivered."""
    for term in terms:
        stored = figures.stored_periods(subject, term.matt)
        if any(known.overlaps(period) and not period.contains(known) for known in stored):
            return Missing(Reason.EJ_TILLAMPLIGT, "kostnad_annan_tid")
    return next(count for count in counts if isinstance(count, Missing))
