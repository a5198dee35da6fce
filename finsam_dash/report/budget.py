"""Posts of the published and own tables: budget, decision, outcome and prognos of each side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finsam_dash.indicators.economy import Spending, find_spending
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    CategoryKind,
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Period,
    PostState,
    PostType,
    TableKind,
    Target,
    Unit,
)
from finsam_dash.report.content_economy import BudgetLine, BudgetTable
from finsam_dash.stats.money import used_share

FIGURES_TABLE = "Insatsernas budget och kostnad"
INCOME = (PostType.BIDRAG, PostType.OVRIG_INTAKT)
MAIN = (TableKind.HUVUD, TableKind.EGEN)
STATES = (
    PostState.BUDGET,
    PostState.BESLUTAD,
    PostState.EJ_BESLUTAD,
    PostState.ANSOKT,
    PostState.UTFALL,
    PostState.PROGNOS,
)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Registers:
    """What is stored about money besides figures."""

    rows: tuple[EconomyRow, ...]
    tables: tuple[EconomyTable, ...]
    categories: tuple[EconomyCategory, ...]
    documents: tuple[Document, ...]
    targets: tuple[Target, ...]

    def kind_of(self, tabell: str) -> TableKind:
        """What a table is; one that nobody has described is the förbund's own."""
        return next((table.kind for table in self.tables if table.tabell == tabell), TableKind.EGEN)

    def source_of(self, row: EconomyRow) -> str:
        """Where a row is published: "Årsredovisning 2014, Budget 2014", or that it is entered by hand."""
        if not row.dokument:
            return "Egna uppgifter"
        name = next((document.short for document in self.documents if document.kod == row.dokument), row.dokument)
        return f"{name}, {row.rubrik}" if row.rubrik else name

    def category_kind(self, kategori: str) -> CategoryKind | None:
        """What a category of costs is for; None when nobody has said."""
        return next((found.kind for found in self.categories if found.kategori == kategori), None)


def sum_kronor(rows: Iterable[EconomyRow], *types: PostType) -> Decimal:
    """The sum in kronor of the rows of these types."""
    return sum((row.kronor or ZERO for row in rows if row.posttype in types), ZERO)


def list_lines(rows: Iterable[EconomyRow]) -> list[BudgetLine]:
    """One line a post: its budget, outcome and the rest side by side, so that no two of them are ever added."""
    return [_build_line(group, ()) for group in _group([row for row in rows if row.unit is not Unit.ANDEL])]


def sum_known(lines: Iterable[BudgetLine], *types: PostType) -> Decimal:
    """The sum in kronor of the posts of these types: of each its outcome, else what was planned or foreseen."""
    amounts = (
        next(
            (amount for amount in (line.outcome, line.budget, line.decided, line.forecast) if amount is not None), ZERO
        )
        for line in lines
        if line.posttype in types
    )
    return sum(amounts, ZERO)


def build_tables(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[BudgetTable]:
    """The main and own tables that cost anything, and those of parts that hold an outcome against a budget."""
    for tabell in dict.fromkeys(row.tabell for row in rows):
        own = [row for row in rows if row.tabell == tabell]
        kind = registers.kind_of(tabell)
        costs = [row for row in own if row.posttype is PostType.KOSTNAD and row.unit is not Unit.ANDEL]
        states = {row.state for row in costs}
        is_note = any(row.rubrik.startswith("Not ") for row in own)
        compared = {PostState.UTFALL, PostState.BUDGET} <= states or (any(row.insats for row in costs) and not is_note)
        if not costs or not (kind in MAIN or (kind is TableKind.DEL and compared)):
            continue
        printed = [row for row in rows if row.tabell == f"{tabell}, andel"]
        lines = tuple(_build_line(group, printed) for group in _group(own))
        columns = tuple(state for state in STATES if any(row.state is state for row in own))
        note = next((table.note for table in registers.tables if table.tabell == tabell), "")
        yield BudgetTable(tabell, note, registers.source_of(own[0]), columns, lines)


def _group(rows: Sequence[EconomyRow]) -> list[list[EconomyRow]]:
    """The rows of one post together, in the table's order."""
    groups: dict[tuple[str, ...], list[EconomyRow]] = {}
    for row in sorted(rows, key=lambda row: row.order):
        groups.setdefault((row.post, row.insats, row.insatsperiod, row.medlem, row.posttype), []).append(row)
    return list(groups.values())


def _build_line(group: list[EconomyRow], printed: Sequence[EconomyRow]) -> BudgetLine:
    first = group[0]
    amounts = {row.state: row.kronor for row in group if row.state is not PostState.PROGNOS}
    prognoser = sorted(
        (row for row in group if row.state is PostState.PROGNOS and row.kronor is not None),
        key=lambda row: row.known_from or row.period.start,
    )
    latest = prognoser[-1] if prognoser else None
    plan = amounts.get(PostState.BUDGET)
    if plan is None:
        plan = amounts.get(PostState.BESLUTAD)
    used = amounts.get(PostState.UTFALL)
    share = used_share(float(used), float(plan)) if used is not None and plan is not None else None
    shown = next((row.amount for row in printed if row.post == first.post), None)
    return BudgetLine(
        post=first.post,
        kategori=first.kategori,
        posttype=first.posttype,
        insats=first.insats,
        insatsperiod=first.insatsperiod,
        budget=amounts.get(PostState.BUDGET),
        outcome=used,
        decided=amounts.get(PostState.BESLUTAD),
        applied=amounts.get(PostState.ANSOKT),
        undecided=amounts.get(PostState.EJ_BESLUTAD),
        forecast=latest.kronor if latest else None,
        forecast_day=latest.known_from if latest else None,
        comment=latest.comment if latest else "",
        share=share,
        printed_share=shown,
    )


def build_figures_table(figures: FigureSet, registers: Registers, period: Period) -> Iterable[BudgetTable]:
    """Budget and cost that insatser deliver as figures, over the period."""
    lines = []
    for insats in figures.insatser:
        if not insats.is_active(period):
            continue
        spending = find_spending(figures, insats.kod, period)
        if not isinstance(spending, Spending):
            continue
        own = own_forecasts(registers, insats.kod, period)
        lines.append(
            BudgetLine(
                post=insats.namn,
                kategori="Insatser",
                posttype=PostType.KOSTNAD,
                insats=insats.kod,
                budget=Decimal(repr(spending.budget)),
                outcome=Decimal(repr(spending.used)),
                forecast=own[-1].kronor if own else None,
                forecast_day=own[-1].known_from if own else None,
                comment=own[-1].comment if own else "",
                share=used_share(spending.used, spending.budget),
            )
        )
    if not lines:
        return
    whole = BudgetLine(
        post="Summa insatser",
        kategori="Insatser",
        posttype=PostType.SUMMA,
        budget=sum((line.budget or ZERO for line in lines), ZERO),
        outcome=sum((line.outcome or ZERO for line in lines), ZERO),
    )
    share = used_share(float(whole.outcome or 0), float(whole.budget or 0))
    states = [PostState.BUDGET, PostState.UTFALL]
    if any(line.forecast is not None for line in lines):
        states.append(PostState.PROGNOS)
    yield BudgetTable(FIGURES_TABLE, "", "Insatsernas leveranser", tuple(states), (*lines, replace(whole, share=share)))


def own_forecasts(registers: Registers, insats: str, period: Period) -> list[EconomyRow]:
    """The prognoser that somebody has made of the insats, the latest last."""
    found = [
        row
        for row in registers.rows
        if row.insats == insats
        and row.state is PostState.PROGNOS
        and row.known_from is not None
        and row.period.overlaps(period)
        and row.kronor is not None
    ]
    return sorted(found, key=lambda row: (row.known_from or row.period.start, row.order))
