"""Tables of money as published, and where two of them do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from finsam_dash.indicators.economy import QUOTA_WORD
from finsam_dash.model import EconomyRow, Period, PostState, PostType, Qualifier, TableKind, Unit
from finsam_dash.report.budget import INCOME, STATES, Registers, sum_kronor
from finsam_dash.report.content_economy import Conflict, ConflictKind, PrintedQuota, Statement, StatementRow


def build_statements(registers: Registers, year: Period) -> Iterable[Statement]:
    """Every published table that speaks of the year, in the documents' order."""
    for table in sorted(registers.tables, key=lambda table: table.order):
        rows = [row for row in registers.rows if row.tabell == table.tabell]
        if not any(row.period.end.year == year.end.year for row in rows):
            continue
        columns = tuple(
            sorted(
                {(row.period.end.year, row.state) for row in rows},
                key=lambda column: (-column[0], STATES.index(column[1])),
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
        tuple(cells[column].qualifier if column in cells else Qualifier.NONE for column in columns),
        first.unit,
        first.medlem,
    )


def find_conflicts(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[Conflict]:
    """Where a table marked avvikande gives another income, cost, result or sum than the main table of the year."""
    main = [row for row in rows if registers.kind_of(row.tabell) is TableKind.HUVUD]
    for tabell in dict.fromkeys(row.tabell for row in rows):
        if registers.kind_of(tabell) is not TableKind.AVVIKANDE:
            continue
        own = [row for row in rows if row.tabell == tabell]
        ours = [row for row in main if row.dokument == own[0].dokument]
        if not ours:
            continue
        for what, first, second in _pair_amounts(ours, own):
            if first != second:
                name = tabell if what == "summa" else ours[0].tabell
                yield Conflict(what, name, first, tabell, second, registers.source_of(own[0]))


def _pair_amounts(
    ours: Sequence[EconomyRow], own: Sequence[EconomyRow]
) -> Iterable[tuple[ConflictKind, Decimal, Decimal]]:
    """What both tables give an amount of: the main table's (or the sum of the table's own rows), and the table's."""
    if sum_kronor(own, *INCOME):
        yield "intakter", sum_kronor(ours, *INCOME), sum_kronor(own, *INCOME)
    printed = _list_kronor(own, PostType.SUMMA)
    if printed:
        yield "summa", sum_kronor(own, PostType.KOSTNAD), printed[-1]
    else:
        yield "kostnader", sum_kronor(ours, PostType.KOSTNAD), sum_kronor(own, PostType.KOSTNAD)
    results, mine = _list_kronor(own, PostType.RESULTAT), _list_kronor(ours, PostType.RESULTAT)
    if results and mine:
        yield "resultat", mine[-1], results[-1]


def _list_kronor(rows: Sequence[EconomyRow], posttype: PostType) -> list[Decimal]:
    return [row.kronor for row in rows if row.posttype is posttype and row.kronor is not None]


def build_printed_quotas(registers: Registers, rows: Sequence[EconomyRow]) -> Iterable[PrintedQuota]:
    """The shares of budget that documents print for insatser, in the tables' order."""
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
