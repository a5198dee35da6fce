"""The economy: beslutsutrymme, what the insatser cost, and the printed tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, BulletList, Cell, Heading, KeyNumbers, Paragraph, TableBlock
from finsam_dash.export.document.cells import read_number, value_cell
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import IndicatorRow, Measured, Suppressed, Unit
from finsam_dash.report.content import Report
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
    format_statement_cell,
    format_statement_head,
    format_statement_title,
    is_sum,
    list_key_numbers,
    list_room_lines,
)
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.periods import format_period


def build_economy(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    """Key numbers, beslutsutrymme, what the insatser cost, and each printed table; nothing where nothing is stored."""
    economy = report.economy
    if economy is None or not (economy.tables or economy.statements or economy.room or economy.insatser):
        return
    yield Heading(1, words.ECONOMY)
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
            finding=format_economy_title(economy),
        )
    if economy.equity is not None:
        yield Paragraph(format_equity_sentence(economy.equity))
    costs = [row for row in economy.insatser if isinstance(row.value, Measured | Suppressed)]
    if costs:
        registry = load_registry()
        yield TableBlock(
            "Förbundets kostnad",
            words.COST_HEADER,
            tuple(
                (
                    Cell(names.get(row.subject, row.subject) if row.subject else "Hela förbundet"),
                    Cell(registry.indikatorer[row.indikator].label),
                    replace(
                        value_cell(row.value, _cost_unit(row)), text=format_money_value(row.value, _cost_unit(row))
                    ),
                    Cell(format_cost_interval(row)),
                    Cell(format_cost_coverage(row)),
                )
                for row in costs
            ),
            (False, False, True, True, False),
            widths=(0.22, 0.34, 0.14, 0.16, 0.14),
            key="kostnader",
        )
    for number, table in enumerate(economy.tables, start=1):
        yield TableBlock(
            f"{table.tabell}, kronor",
            ("Post", *(format_name_capital(state) for state in table.columns), "Förbrukat"),
            tuple(
                (
                    Cell("\n".join(part for part in (line.post, format_line_note(line)) if part), strong=is_sum(line)),
                    *(
                        Cell(text, *_amount(text), strong=is_sum(line))
                        for text in (format_line_cell(line, state) for state in table.columns)
                    ),
                    Cell(format_line_share(line), line.share, None if line.share is None else Unit.ANDEL),
                )
                for line in table.lines
            ),
            (False, *[True] * (len(table.columns) + 1)),
            notes=tuple(part for part in (table.note, f"Källa: {table.source}.") if part),
            key=f"ekonomi-{number}",
        )
    for number, statement in enumerate(economy.statements, start=1):
        yield TableBlock(
            format_statement_title(statement),
            ("Post", *(format_statement_head(year, state) for year, state in statement.columns)),
            tuple(
                (
                    Cell(", ".join(part for part in (row.post, row.medlem) if part), strong=is_sum(row)),
                    *(
                        Cell(
                            format_statement_cell(row, amount),
                            None if amount is None else float(amount),
                            None if amount is None else row.unit,
                        )
                        for amount in row.amounts
                    ),
                )
                for row in statement.rows
            ),
            (False, *[True] * len(statement.columns)),
            notes=tuple(part for part in (statement.note, f"Källa: {statement.source}.") if part),
            key=f"tabell-{number}",
        )


def _amount(text: str) -> tuple[float | None, Unit | None]:
    """The kronor of a formatted amount, for spreadsheets."""
    number, _ = read_number(text)
    return number, None if number is None else Unit.KR


def _cost_unit(row: IndicatorRow) -> Unit:
    return Unit.KR if row.indikator.startswith("kostnad") else Unit.ANDEL
