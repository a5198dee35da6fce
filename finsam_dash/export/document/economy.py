"""The economy: beslutsutrymme, what the insatser cost, and the printed tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, BulletList, Cell, Heading, KeyNumbers, Paragraph, TableBlock
from finsam_dash.export.document.cells import read_number, value_cell
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import IndicatorRow, Measured, Missing, Suppressed, TableKind, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_economy import BudgetTable, Economy, Statement
from finsam_dash.wording import document as words
from finsam_dash.wording.economy import (
    format_conflict,
    format_cost_coverage,
    format_cost_interval,
    format_economy_title,
    format_equity_sentence,
    format_line_cell,
    format_line_note,
    format_line_share,
    format_money_value,
    format_room_sentence,
    format_statement_cells,
    format_statement_head,
    format_statement_title,
    is_sum,
    list_key_numbers,
    list_room_lines,
)
from finsam_dash.wording.names import format_name_capital, name_subject
from finsam_dash.wording.overview import format_own_periods, format_report_source
from finsam_dash.wording.periods import format_period


def has_economy(economy: Economy) -> bool:
    """Whether there is anything to print."""
    return bool(economy.tables or economy.statements or economy.room or economy.insatser)


def build_economy(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    """Key numbers, beslutsutrymme, what the insatser cost, and each printed table; nothing where nothing is stored."""
    economy = report.economy
    if economy is None or not has_economy(economy):
        return
    yield Heading(1, words.ECONOMY)
    if economy.tables or economy.statements:
        yield Paragraph(format_economy_title(economy), "lead")
    if numbers := list_key_numbers(economy):
        yield KeyNumbers(tuple(numbers))
    if economy.conflicts:
        yield BulletList(tuple(format_conflict(one) for one in economy.conflicts))
    if economy.room is not None:
        yield TableBlock(
            f"Beslutsutrymme {format_period(economy.year)}",
            words.ROOM_HEADER,
            tuple((Cell(what), Cell(amount, *_amount(amount))) for what, amount in list_room_lines(economy.room)),
            (False, True),
            widths=(0.7, 0.3),
            notes=(format_room_sentence(economy.room), f"Källa: {economy.room.source}."),
            key="beslutsutrymme",
        )
    if economy.equity is not None:
        yield Paragraph(format_equity_sentence(economy.equity))
    yield from _costs(report, economy, names)
    statements = [one for one in economy.statements if _adds(one, economy)]
    replaced = {one.tabell for one in statements if len({year for year, _ in one.columns}) > 1}
    for number, table in enumerate(economy.tables, start=1):
        if table.tabell not in replaced or _has_shares(table):
            yield _budget_table(table, f"ekonomi-{number}")
    for number, statement in enumerate(statements, start=1):
        yield _statement_table(statement, f"tabell-{number}")


def _has_shares(table: BudgetTable) -> bool:
    return any(line.share is not None for line in table.lines)


def _adds(statement: Statement, economy: Economy) -> bool:
    """Whether a printed table says more than the tables of the year: more years, or shares that they do not have.

    Amounts picked out of running text stand in their tables already.
    """
    of_year = {table.tabell: table for table in economy.tables}
    if statement.kind is TableKind.TEXT and len(statement.columns) < _SEVERAL:
        return False
    if statement.kind is TableKind.ANDEL:
        base = of_year.get(statement.tabell.rpartition(", ")[0])
        return len(statement.rows) > 1 and (base is None or not _has_shares(base))
    return statement.tabell not in of_year or len({year for year, _ in statement.columns}) > 1


_SEVERAL = 3


def _costs(report: Report, economy: Economy, names: Mapping[str, str]) -> Iterator[TableBlock]:
    """What the insatser cost, a row an insats and a column an indicator; the interval stands under the cost."""
    known = [row for row in economy.insatser if isinstance(row.value, Measured | Suppressed)]
    if not known:
        return
    subjects, kinds = {row.subject for row in known}, {row.indikator for row in known}
    rows: dict[str | None, dict[str, IndicatorRow]] = {}
    for row in economy.insatser:
        if row.subject in subjects:
            rows.setdefault(row.subject, {})[row.indikator] = row
    columns = [kod for kod in load_registry().indikatorer if kod in kinds]
    if {"forbrukningskvot", "forbrukad_andel"} <= kinds and _are_alike(rows.values()):
        columns.remove("forbrukningskvot")
    sources = tuple(source for row in known for source in row.sources)
    body = []
    for subject, found in rows.items():
        name = name_subject(subject, names)
        body.append((Cell(name), *(_cost_cell(found[kod]) for kod in columns)))
    yield TableBlock(
        "Förbundets kostnad",
        ("Insats", *(load_registry().indikatorer[kod].label for kod in columns)),
        tuple(body),
        (False, *[True] * len(columns)),
        widths=(0.28, *[0.72 / len(columns)] * len(columns)),
        notes=(words.COST_NOTE, format_report_source(report, sources, format_own_periods(report.period))),
        key="kostnader",
    )


def _are_alike(rows: Iterable[Mapping[str, IndicatorRow]]) -> bool:
    """Whether both ways to say what is used of the budget agree in every row, as they do over a whole year."""
    pairs = [(row["forbrukningskvot"].value, row["forbrukad_andel"].value) for row in rows]
    return all(one == other or (isinstance(one, Missing) and isinstance(other, Missing)) for one, other in pairs)


def _cost_cell(row: IndicatorRow) -> Cell:
    """A quota or a cost; below it its interval, and how many insatser a partial sum covers."""
    unit = Unit.KR if row.indikator.startswith("kostnad") else Unit.ANDEL
    parts = (format_money_value(row.value, unit), format_cost_interval(row), format_cost_coverage(row))
    text = "\n".join(part for part in parts if part)
    return replace(value_cell(row.value, unit), text=text)


def _budget_table(table: BudgetTable, key: str) -> TableBlock:
    """One table of the year in kronor; the share used is a column only where a post has one."""
    shares = _has_shares(table)
    body = []
    for line in table.lines:
        name = "\n".join(part for part in (line.post, format_line_note(line)) if part)
        amounts = (format_line_cell(line, state) for state in table.columns)
        cells = [Cell(text, *_amount(text), strong=is_sum(line)) for text in amounts]
        if shares:
            cells.append(Cell(format_line_share(line), line.share, None if line.share is None else Unit.ANDEL))
        body.append((Cell(name, strong=is_sum(line)), *cells))
    columns = len(table.columns) + shares
    return TableBlock(
        f"{table.tabell}, kronor",
        ("Post", *(format_name_capital(state) for state in table.columns), *(("Förbrukat",) if shares else ())),
        tuple(body),
        (False, *[True] * columns),
        widths=_post_widths(columns),
        notes=tuple(part for part in (table.note, f"Källa: {table.source}.") if part),
        key=key,
    )


def _statement_table(statement: Statement, key: str) -> TableBlock:
    """A table as published, in its own unit."""
    body = []
    for row in statement.rows:
        medlem = row.medlem if row.medlem not in row.post else ""
        cells = (
            Cell(text, *((None, None) if amount is None else (float(amount), row.unit)))
            for text, amount in zip(format_statement_cells(row), row.amounts, strict=True)
        )
        body.append((Cell(", ".join(part for part in (row.post, medlem) if part), strong=is_sum(row)), *cells))
    return TableBlock(
        format_statement_title(statement),
        ("Post", *(format_statement_head(year, state) for year, state in statement.columns)),
        tuple(body),
        (False, *[True] * len(statement.columns)),
        widths=_post_widths(len(statement.columns)),
        notes=tuple(part for part in (statement.note, f"Källa: {statement.source}.") if part),
        key=key,
    )


def _post_widths(columns: int) -> tuple[float, ...]:
    """A wide first column for the names of posts, and the rest alike, at most a sixth each."""
    each = min(1 / 6, 0.64 / columns)
    return (1 - each * columns, *[each] * columns)


def _amount(text: str) -> tuple[float | None, Unit | None]:
    """The kronor of a formatted amount, for spreadsheets."""
    number, _ = read_number(text)
    return number, None if number is None else Unit.KR
