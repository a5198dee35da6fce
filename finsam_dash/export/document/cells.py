"""Values and charts' tables as cells: the text that is shown, and the number that a spreadsheet keeps."""

from __future__ import annotations

import re

from finsam_dash.charts.table import ChartTable
from finsam_dash.export.document.blocks import Cell, TableBlock
from finsam_dash.model import Measured, Unit, Value
from finsam_dash.wording.numbers import NO_BREAK, format_value


def fold_name(*parts: str) -> str:
    """A speaking file name out of texts: lower case, å ä ö folded, hyphens between words."""
    folded = "-".join(part for part in parts if part).lower().translate(str.maketrans("åäöéüæø", "aaoeuao"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def value_cell(value: Value, unit: Unit, *, strong: bool = False) -> Cell:
    """A value as a cell: its number where it is known, and the text that stands for it everywhere."""
    number = value.value if isinstance(value, Measured) else None
    return Cell(format_value(value, unit), number, unit, strong)


def read_number(text: str) -> tuple[float | None, Unit | None]:
    """The number that a chart's formatted cell says, for spreadsheets: "32 %" is 0.32, "1 159" is 1159; else None."""
    plain = text.replace(NO_BREAK, "").replace("\u2212", "-").replace(",", ".")
    if re.fullmatch(r"-?\d+(\.\d+)?%", plain):
        return float(plain[:-1]) / 100, Unit.ANDEL
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return float(plain), Unit.ANTAL
    return None, None


def from_chart_table(table: ChartTable, title: str, source: str, key: str) -> TableBlock:
    """A chart's own table as a block."""
    rows = tuple(
        tuple(
            Cell(text, *(read_number(text) if numeric else (None, None)))
            for text, numeric in zip(row, table.numeric, strict=True)
        )
        for row in table.rows
    )
    return TableBlock(title, table.header, rows, table.numeric, notes=(source,), key=key)


def lower_first(text: str) -> str:
    """The text with a small first letter, but for abbreviations."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
