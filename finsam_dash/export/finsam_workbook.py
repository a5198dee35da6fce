"""Underlag för Uppföljning Finsam as a workbook: a sheet a kind of insats, numbers as numbers."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from finsam_dash.export.excel.book import BOOK, SHEET_NAME_LENGTH
from finsam_dash.report.finsam import FinsamBasis, FinsamRow
from finsam_dash.wording.finsam import HEADER, INDIVIDUAL, LEAD, STRUCTURAL, format_finsam_cells

_WIDTHS: Final = (24, 26, 40, 10, 10, 12, 10, 12, 14, 14, 40, 60)
_A4: Final = 9
_LINE_HEIGHT: Final = 13.5
"""Points a line of text in size 10: what opens the file need not fit the rows itself."""


def to_finsam_xlsx(basis: FinsamBasis, title: str, source: str) -> bytes:
    """The workbook. Whole numbers and kronor are numbers; "–" and ".." stay as text. No text is ever a formula."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, dict(BOOK)) as book:
        book.set_properties({"title": title, "language": "sv-SE"})
        for name, rows in ((INDIVIDUAL, basis.individual), (STRUCTURAL, basis.structural)):
            _write_sheet(book, name, rows, title, source)
    return stream.getvalue()


def _write_sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[FinsamRow], title: str, source: str) -> None:
    bold = book.add_format({"bold": True, "font_size": 12})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0", "valign": "top"})
    sign = book.add_format({"align": "right", "valign": "top"})
    sheet = book.add_worksheet(name[:SHEET_NAME_LENGTH])
    sheet.write_string(0, 0, f"{name}: {title}", bold)
    sheet.write_string(1, 0, LEAD)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    end = 4 + max(1, len(rows))
    sheet.add_table(
        3, 0, end - 1, len(HEADER) - 1,
        {
            "name": f"Finsam{len(book.worksheets())}", "style": "Table Style Light 1", "banded_rows": False,
            "columns": [{"header": label, "header_format": head} for label, _ in HEADER], "title": name,
        },
    )  # fmt: skip
    for place, row in enumerate(rows, start=4):
        cells = format_finsam_cells(row)
        sheet.set_row(place, _LINE_HEIGHT * _count_lines([cell.text for cell in cells]))
        for column, cell in enumerate(cells):
            if cell.number is not None:
                sheet.write_number(place, column, cell.number, number)
            else:
                plain = cell.text.replace("\u00a0", " ")
                sheet.write_string(place, column, plain, sign if HEADER[column][1] else text)
    if not rows:
        sheet.write_string(4, 0, "Inga.")
    sheet.write_string(end + 1, 0, source)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def _count_lines(texts: Sequence[str]) -> int:
    """How many lines the longest cell of a row takes in its column."""
    return max(len(textwrap.wrap(text, round(width))) or 1 for text, width in zip(texts, _WIDTHS, strict=True))
