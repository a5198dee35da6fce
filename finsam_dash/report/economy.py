"""Ekonomi: published and entered amounts, and money in figures, to the section that surfaces draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.economy import QUOTA_WORD, Spending, find_spending
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    CategoryKind,
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Gender,
    IndicatorRow,
    Lage,
    Measured,
    Missing,
    Period,
    PostState,
    PostType,
    Riktning,
    Suppressed,
    TableKind,
    Target,
    TargetKind,
    Unit,
)
from finsam_dash.report.content_economy import (
    BudgetLine,
    BudgetTable,
    Conflict,
    CostShare,
    DecisionRoom,
    Economy,
    Equity,
    Financing,
    Forecast,
    MemberFinancing,
    PrintedQuota,
    Statement,
    StatementRow,
)
from finsam_dash.stats.money import forecast_span, used_share

INDICATORS = ("forbrukningskvot", "forbrukad_andel", "kostnad_per_deltagande", "kostnad_per_resultat")
OF_PERSONS = ("kostnad_per_deltagande", "kostnad_per_resultat")
OWN_TABLE = "Egen budget"
FIGURES_TABLE = "Insatsernas budget och kostnad"
_INCOME = (PostType.BIDRAG, PostType.OVRIG_INTAKT)
_MAIN = (TableKind.HUVUD, TableKind.EGEN)
_STATES = (
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


def hide_cost(row: IndicatorRow) -> IndicatorRow:
    """The row without a cost per person, which would tell how many they are."""
    if row.indikator in OF_PERSONS and _tells(row):
        return replace(row, value=Suppressed(), coverage=None, sources=(), codes=())
    return row


def build_economy(
    figures: FigureSet,
    registers: Registers,
    period: Period,
    lage: Lage,
    cut: Callable[[IndicatorRow], IndicatorRow] = hide_cost,
) -> Economy:
    """Build Ekonomi for the year that the period ends in.

    Amounts of money are not persons and are shown in publicering too; a cost per person would tell how many they are,
    so there it is what `cut` leaves of it: nothing, or what stands beside the very counts that it is made of.
    """
    if lage is Lage.PUBLICERING:
        # The author's words about a prognos are for the kansli alone.
        registers = replace(registers, rows=tuple(replace(row, comment="") for row in registers.rows))
    year = Period.year(period.end.year)
    rows = [row for row in registers.rows if row.period.end.year == year.end.year]
    main = [row for row in rows if registers.kind_of(row.tabell) in _MAIN]
    return Economy(
        year=year,
        financing=build_financing(registers),
        tables=(*_build_tables(registers, rows), *_build_figures_table(figures, registers, period)),
        room=build_room(registers, rows),
        insatser=tuple(row if lage is Lage.INTERN else cut(row) for row in _build_insatser(figures, period)),
        printed_quotas=tuple(_build_printed(registers, rows)),
        shares=tuple(build_shares(registers, main)),
        equity=build_equity(registers, main, _sum_outcome(figures, year)),
        forecasts=tuple(_build_forecasts(figures, registers, period)),
        statements=tuple(_build_statements(registers, year)),
        conflicts=tuple(find_conflicts(registers, rows)),
    )


def total(rows: Iterable[EconomyRow], *types: PostType) -> Decimal:
    """The sum in kronor of the rows of these types."""
    return sum((row.kronor or ZERO for row in rows if row.posttype in types), ZERO)


def _list_lines(rows: Iterable[EconomyRow]) -> list[BudgetLine]:
    """One line a post: its budget, outcome and the rest side by side, so that no two of them are ever added."""
    return [_build_line(group, ()) for group in _group([row for row in rows if row.unit is not Unit.ANDEL])]


def compute_equity_share(figures: FigureSet, registers: Registers, target: Target) -> IndicatorRow | None:
    """Eget kapital ÷ bidrag for a goal that caps it, at the end of the goal's year; None until the outcome is known."""
    if not _is_ceiling(target):
        return None
    year = Period.year(target.period.end.year)
    main = [
        row for row in registers.rows if row.period.end.year == year.end.year and registers.kind_of(row.tabell) in _MAIN
    ]
    equity = build_equity(registers, main, _sum_outcome(figures, year))
    if equity is None or equity.share is None or equity.basis is not PostState.UTFALL:
        return None
    return IndicatorRow(None, Gender.ALLA, target.indikator, Measured(equity.share), target.period)


def _sum_known(lines: Iterable[BudgetLine], *types: PostType) -> Decimal:
    """The sum in kronor of the posts of these types: of each its outcome, else what was planned or foreseen."""
    amounts = (
        next(
            (amount for amount in (line.outcome, line.budget, line.decided, line.forecast) if amount is not None), ZERO
        )
        for line in lines
        if line.posttype in types
    )
    return sum(amounts, ZERO)


# ---- financing


def build_financing(registers: Registers) -> Financing | None:
    """Who grants what, over every year that is stored; None when no member is named anywhere."""
    named = [row for row in registers.rows if row.medlem and row.posttype is PostType.BIDRAG]
    if not named:
        return None
    years = tuple(sorted({row.period.end.year for row in named if row.kronor is not None})) or tuple(
        sorted({row.period.end.year for row in named})
    )
    by_member: dict[str, dict[int, Decimal]] = {}
    shares: dict[str, Decimal] = {}
    for row in named:
        by_member.setdefault(row.medlem, {})
        if row.kronor is not None:
            by_member[row.medlem][row.period.end.year] = row.kronor
        elif row.amount is not None:
            shares[row.medlem] = row.amount
    members = tuple(
        MemberFinancing(
            medlem,
            tuple(amounts.get(year) for year in years),
            shares.get(medlem),
            min(amounts, default=None),
            max(amounts, default=None),
        )
        for medlem, amounts in by_member.items()
    )
    totals = []
    for place, _ in enumerate(years):
        known = [member.amounts[place] for member in members if member.amounts[place] is not None]
        totals.append(sum((amount for amount in known if amount is not None), ZERO) if known else None)
    sources = dict.fromkeys(registers.source_of(row) for row in named)
    return Financing(years, members, tuple(totals), "; ".join(sources))


# ---- budget, outcome, prognos


def _build_tables(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[BudgetTable]:
    for tabell in dict.fromkeys(row.tabell for row in rows):
        own = [row for row in rows if row.tabell == tabell]
        kind = registers.kind_of(tabell)
        costs = [row for row in own if row.posttype is PostType.KOSTNAD and row.unit is not Unit.ANDEL]
        states = {row.state for row in costs}
        is_note = any(row.rubrik.startswith("Not ") for row in own)
        compared = {PostState.UTFALL, PostState.BUDGET} <= states or (any(row.insats for row in costs) and not is_note)
        if not costs or not (kind in _MAIN or (kind is TableKind.DEL and compared)):
            continue
        printed = [row for row in rows if row.tabell == f"{tabell}, andel"]
        lines = tuple(_build_line(group, printed) for group in _group(own))
        columns = tuple(state for state in _STATES if any(row.state is state for row in own))
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


def _build_figures_table(figures: FigureSet, registers: Registers, period: Period) -> Iterable[BudgetTable]:
    """Budget and cost that insatser deliver as figures, over the period."""
    lines = []
    for insats in figures.insatser:
        if not insats.is_active(period):
            continue
        spending = find_spending(figures, insats.kod, period)
        if not isinstance(spending, Spending):
            continue
        own = _own_forecasts(registers, insats.kod, period)
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


def _own_forecasts(registers: Registers, insats: str, period: Period) -> list[EconomyRow]:
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


# ---- what can still be decided


def build_room(registers: Registers, rows: Sequence[EconomyRow]) -> DecisionRoom | None:
    """What the styrelse can still decide on in the year: from its budget, else from a specification that names it."""
    tables = dict.fromkeys(row.tabell for row in rows if row.state is not PostState.UTFALL and row.kronor is not None)
    ordered = sorted(tables, key=lambda tabell: registers.kind_of(tabell) not in _MAIN)
    for tabell in ordered:
        kind = registers.kind_of(tabell)
        own = [row for row in rows if row.tabell == tabell]
        costs = [row for row in own if row.posttype is PostType.KOSTNAD]
        firm = {row.state for row in costs}
        if kind in _MAIN and firm & {PostState.BESLUTAD, PostState.EJ_BESLUTAD, PostState.ANSOKT}:
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

    lines = _list_lines(own)
    income, capital = _sum_known(lines, *_INCOME), _sum_known(lines, PostType.INGAENDE_KAPITAL)
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


# ---- indicators and printed quotas


def _build_insatser(figures: FigureSet, period: Period) -> Iterable[IndicatorRow]:
    active = [insats.kod for insats in figures.insatser if insats.is_active(period)]
    for insats in (None, *active):
        for code in INDICATORS:
            yield compute_indicator(figures, figures.registry.indikatorer[code], insats, Gender.ALLA, period)


def _tells(row: IndicatorRow) -> bool:
    """Whether a cost per person tells how many they are: by its value, or by the least cost when nobody is."""
    return isinstance(row.value, Measured) or (isinstance(row.value, Missing) and row.value.detail[:8] == "minst_kr")


def _build_printed(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[PrintedQuota]:
    for row in sorted(rows, key=lambda row: row.order):
        is_share = row.unit is Unit.ANDEL and row.posttype in (PostType.KOSTNAD, PostType.SUMMA)
        if not is_share or row.amount is None or row.state is not PostState.UTFALL:
            continue
        quota = QUOTA_WORD in row.tabell
        if quota or row.tabell.startswith("Inriktning insatser"):
            yield PrintedQuota(
                "forbrukningskvot" if quota else "forbrukad_andel",
                row.post,
                row.insats,
                row.insatsperiod,
                row.amount,
                row.period,
                registers.source_of(row),
            )


# ---- administration, capital, forecasts


def build_shares(registers: Registers, main: Sequence[EconomyRow]) -> Iterable[CostShare]:
    """What insatser, administration and styrelse cost, as shares of the year's bidrag, from the year's main table."""
    for tabell in dict.fromkeys(row.tabell for row in main):
        own = [row for row in main if row.tabell == tabell]
        bidrag = _sum_known(_list_lines(own), PostType.BIDRAG)
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
        lines = _list_lines(own)
        opening = _sum_known(lines, PostType.INGAENDE_KAPITAL)
        bidrag, income = _sum_known(lines, PostType.BIDRAG), _sum_known(lines, *_INCOME)
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


def _sum_outcome(figures: FigureSet, year: Period) -> Decimal | None:
    """What the insatser cost in the year by their own deliveries; None until every one has told the whole of it."""
    found = [find_spending(figures, insats.kod, year) for insats in figures.insatser if insats.is_active(year)]
    known = [spending for spending in found if isinstance(spending, Spending)]
    if not known or len(known) < len(found) or any(spending.elapsed < spending.total for spending in known):
        return None
    return sum((Decimal(repr(spending.used)) for spending in known), ZERO)


def _find_ceiling(registers: Registers, period: Period) -> Target | None:
    """The goal that caps eget kapital as a share of the bidrag."""
    return next(
        (target for target in registers.targets if _is_ceiling(target) and target.period.overlaps(period)), None
    )


def _is_ceiling(target: Target) -> bool:
    money = target.kind is TargetKind.PENGAR and target.unit is Unit.ANDEL
    return money and target.riktning is Riktning.HOGST and "eget kapital" in target.outcome


def _build_forecasts(figures: FigureSet, registers: Registers, period: Period) -> Iterable[Forecast]:
    for insats in figures.insatser:
        spending = find_spending(figures, insats.kod, period) if insats.is_active(period) else None
        if not isinstance(spending, Spending) or spending.elapsed == spending.total:
            continue
        span = forecast_span(spending.used, spending.budget, spending.elapsed, spending.total)
        if span is None:
            continue
        low, high = (Decimal(round(end)) for end in span)
        own = tuple(
            (row.known_from, row.kronor, row.comment)
            for row in _own_forecasts(registers, insats.kod, period)
            if row.known_from is not None and row.kronor is not None
        )
        used, budget = Decimal(round(spending.used)), Decimal(round(spending.budget))
        yield Forecast(insats.kod, used, budget, low, high, spending.period, own)


# ---- as published


def _build_statements(registers: Registers, year: Period) -> Iterable[Statement]:
    """Every published table that speaks of the year, in the documents' order."""
    for table in sorted(registers.tables, key=lambda table: table.order):
        rows = [row for row in registers.rows if row.tabell == table.tabell]
        if not any(row.period.end.year == year.end.year for row in rows):
            continue
        columns = tuple(
            sorted(
                {(row.period.end.year, row.state) for row in rows},
                key=lambda column: (-column[0], _STATES.index(column[1])),
            )
        )
        lines: dict[tuple[str, ...], dict[tuple[int, PostState], EconomyRow]] = {}
        for row in sorted(rows, key=lambda row: row.order):
            key = (row.post, row.insatsperiod, row.medlem, row.posttype, row.unit)
            lines.setdefault(key, {})[row.period.end.year, row.state] = row
        yield Statement(
            table.tabell,
            table.kind,
            table.note,
            registers.source_of(rows[0]),
            columns,
            tuple(_build_statement_row(cells, columns) for cells in lines.values()),
        )


def _build_statement_row(
    cells: dict[tuple[int, PostState], EconomyRow], columns: tuple[tuple[int, PostState], ...]
) -> StatementRow:
    first = next(iter(cells.values()))
    return StatementRow(
        first.post,
        first.posttype,
        tuple(cells[column].amount if column in cells else None for column in columns),
        first.unit,
        first.medlem,
        tuple(dict.fromkeys(row.qualifier for row in cells.values() if row.qualifier)),
    )


def find_conflicts(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[Conflict]:
    """Where a table marked avvikande gives another income, cost, result or sum than the main table of the year."""
    main = [row for row in rows if registers.kind_of(row.tabell) is TableKind.HUVUD]
    for tabell in dict.fromkeys(row.tabell for row in rows):
        if registers.kind_of(tabell) is not TableKind.AVVIKANDE or not main:
            continue
        own = [row for row in rows if row.tabell == tabell]
        ours = [row for row in main if row.dokument == own[0].dokument]
        if not ours:
            continue
        pairs: list[tuple[str, Decimal, Decimal]] = []
        if total(own, *_INCOME):
            pairs.append(("intakter", total(ours, *_INCOME), total(own, *_INCOME)))
        printed = [row for row in own if row.posttype is PostType.SUMMA and row.kronor is not None]
        if printed:
            pairs.append(("summa", total(own, PostType.KOSTNAD), printed[-1].kronor or ZERO))
        else:
            pairs.append(("kostnader", total(ours, PostType.KOSTNAD), total(own, PostType.KOSTNAD)))
        results = [row.kronor for row in own if row.posttype is PostType.RESULTAT and row.kronor is not None]
        mine = [row.kronor for row in ours if row.posttype is PostType.RESULTAT and row.kronor is not None]
        if results and mine:
            pairs.append(("resultat", mine[-1], results[-1]))
        for what, first, second in pairs:
            if first != second:
                name = tabell if what == "summa" else ours[0].tabell
                yield Conflict(what, name, first, tabell, second, registers.source_of(own[0]))  # type: ignore[arg-type]
