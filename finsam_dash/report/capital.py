"""What can still be decided in the year, what administration costs, and eget kapital."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from finsam_dash.indicators.economy import Spending, find_spending
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    CategoryKind,
    EconomyRow,
    Period,
    PostState,
    PostType,
    Riktning,
    TableKind,
    Target,
    TargetKind,
    Unit,
)
from finsam_dash.report.budget import INCOME, MAIN, ZERO, Registers, list_lines, sum_known
from finsam_dash.report.content_economy import BudgetLine, CostShare, DecisionRoom, Equity


def build_room(registers: Registers, rows: Sequence[EconomyRow]) -> DecisionRoom | None:
    """What the styrelse can still decide on in the year: from its budget, else from a specification that names it."""
    tables = dict.fromkeys(row.tabell for row in rows if row.state is not PostState.UTFALL and row.kronor is not None)
    ordered = sorted(tables, key=lambda tabell: registers.kind_of(tabell) not in MAIN)
    for tabell in ordered:
        kind = registers.kind_of(tabell)
        own = [row for row in rows if row.tabell == tabell]
        costs = [row for row in own if row.posttype is PostType.KOSTNAD]
        firm = {row.state for row in costs}
        if kind in MAIN and firm & {PostState.BESLUTAD, PostState.EJ_BESLUTAD, PostState.ANSOKT}:
            return _build_room(registers, tabell, own, costs, whole=True)
        if kind is TableKind.DEL and PostState.EJ_BESLUTAD in firm:
            return _build_room(registers, tabell, own, costs, whole=False)
    return None


def _build_room(
    registers: Registers, tabell: str, own: Sequence[EconomyRow], costs: Sequence[EconomyRow], *, whole: bool
) -> DecisionRoom:
    def of(state: PostState) -> Decimal | None:
        amounts = [row.kronor for row in costs if row.state is state and row.kronor is not None]
        return sum(amounts, ZERO) if amounts else None

    lines = list_lines(own)
    income, capital = sum_known(lines, *INCOME), sum_known(lines, PostType.INGAENDE_KAPITAL)
    # Of a post that is both budgeted and decided, only what is not decided yet is budgeted besides.
    open_budget = [
        max(line.budget - (line.decided or ZERO), ZERO)
        for line in lines
        if line.posttype is PostType.KOSTNAD and line.budget is not None
    ]
    budgeted = sum(open_budget, ZERO) if open_budget else None
    decided, undecided, applied = of(PostState.BESLUTAD), of(PostState.EJ_BESLUTAD), of(PostState.ANSOKT)
    spent = sum((amount or ZERO for amount in (decided, budgeted, undecided, applied)), ZERO)
    return DecisionRoom(
        tabell=tabell,
        income=income,
        capital=capital,
        decided=decided,
        budgeted=budgeted,
        undecided=undecided,
        applied=applied,
        left=income + capital - spent if whole and income else None,
        printed=tuple(
            (row.post, row.kronor)
            for row in own
            if row.posttype is PostType.SUMMA and row.kategori == "Beslutsutrymme" and row.kronor is not None
        ),
        source=registers.source_of(own[0]),
    )


def build_shares(registers: Registers, main: Sequence[EconomyRow]) -> Iterable[CostShare]:
    """What insatser, administration and styrelse cost, as shares of the year's bidrag, from the year's main table."""
    for tabell in dict.fromkeys(row.tabell for row in main):
        own = [row for row in main if row.tabell == tabell]
        bidrag = sum_known(list_lines(own), PostType.BIDRAG)
        state = PostState.UTFALL if any(row.state is PostState.UTFALL for row in own) else None
        if not bidrag:
            continue
        amounts: dict[CategoryKind, Decimal] = {}
        for row in own:
            kind = registers.category_kind(row.kategori)
            if row.posttype is PostType.KOSTNAD and kind is not None and state in (None, row.state):
                amounts[kind] = amounts.get(kind, ZERO) + (row.kronor or ZERO)
        for kind in (CategoryKind.INSATSER, CategoryKind.ADMINISTRATION, CategoryKind.STYRELSE):
            if kind in amounts:
                yield CostShare(kind, amounts[kind], bidrag, float(amounts[kind] / bidrag))
        return


def build_equity(registers: Registers, main: Sequence[EconomyRow], insatser: Decimal | None) -> Equity | None:
    """Eget kapital over the year, by the outcome where all of it is known, else by the budget; never by some of each.

    What earlier years left (ingående kapital) is never the year's income. `insatser` is what they cost in the whole
    year by their own deliveries, in kronor; it stands for the insatser of a table that gives no outcome of them.
    """
    for tabell in dict.fromkeys(row.tabell for row in main):
        own = [row for row in main if row.tabell == tabell]
        lines = list_lines(own)
        opening = sum_known(lines, PostType.INGAENDE_KAPITAL)
        bidrag, income = sum_known(lines, PostType.BIDRAG), sum_known(lines, *INCOME)
        if not opening or not bidrag:
            continue
        spent = _sum_spent(registers, lines, insatser)
        costs = spent if spent is not None else sum((_planned(line) for line in lines), ZERO)
        goal = _find_ceiling(registers, own[0].period)
        printed = [row.kronor for row in own if row.posttype is PostType.EGET_KAPITAL and row.kronor is not None]
        closing = opening + income - costs
        return Equity(
            basis=PostState.UTFALL if spent is not None else PostState.BUDGET,
            opening=opening,
            income=income,
            costs=costs,
            result=income - costs,
            closing=closing,
            bidrag=bidrag,
            share=float(closing / bidrag),
            ceiling=goal.malvarde if goal else None,
            goal=goal.text if goal else "",
            printed=printed[-1] if printed else None,
            source=registers.source_of(own[0]),
        )
    return None


def _planned(line: BudgetLine) -> Decimal:
    """What a post may cost: its budget, or what is decided of it, with what is set aside or applied for."""
    if line.posttype is not PostType.KOSTNAD:
        return ZERO
    plan = line.budget if line.budget is not None else line.decided
    return (plan or ZERO) + (line.undecided or ZERO) + (line.applied or ZERO)


def _sum_spent(registers: Registers, lines: Sequence[BudgetLine], insatser: Decimal | None) -> Decimal | None:
    """The outcome of every post that was to cost anything; None where one is not known yet."""
    spent, lacks_insatser = ZERO, False
    for line in lines:
        if line.posttype is not PostType.KOSTNAD:
            continue
        if line.outcome is not None:
            spent += line.outcome
        elif line.budget is not None or line.decided is not None:
            if registers.category_kind(line.kategori) is not CategoryKind.INSATSER:
                return None
            lacks_insatser = True
    if lacks_insatser:
        return None if insatser is None else spent + insatser
    return spent


def sum_outcome(figures: FigureSet, year: Period) -> Decimal | None:
    """What the insatser cost in the year by their own deliveries; None until every one has told the whole of it."""
    found = [find_spending(figures, insats.kod, year) for insats in figures.insatser if insats.is_active(year)]
    known = [spending for spending in found if isinstance(spending, Spending)]
    if not known or len(known) < len(found) or any(spending.elapsed < spending.total for spending in known):
        return None
    return sum((Decimal(repr(spending.used)) for spending in known), ZERO)


def _find_ceiling(registers: Registers, period: Period) -> Target | None:
    """The goal that caps eget kapital as a share of the bidrag."""
    return next((target for target in registers.targets if is_ceiling(target) and target.period.overlaps(period)), None)


def is_ceiling(target: Target) -> bool:
    """Whether the goal caps eget kapital as a share of the bidrag."""
    money = target.kind is TargetKind.PENGAR and target.unit is Unit.ANDEL
    return money and target.riktning is Riktning.HOGST and "eget kapital" in target.outcome
