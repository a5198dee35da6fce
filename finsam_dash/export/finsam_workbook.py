"""Underlag för Uppföljning Finsam as a workbook: a sheet a kind of insats, numbers as numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from finsam_dash.charts.theme import FONT_NAME
from finsam_dash.report.finsam import FinsamBasis, FinsamRow
from finsam_dash.wording.finsam import HEADER, INDIVIDUAL, LEAD, STRUCTURAL, format_finsam_cells

_WIDTHS: Final = (24, 26, 40, 10, 10, 12, 10, 12, 14, 14, 40, 60)
_SHEET_NAME_LENGTH: Final = 31
_A4: Final = 9


def to_finsam_xlsx(basis: FinsamBasis, title: str, source: str) -> bytes:
    """The workbook. Whole numbers and kronor are numbers; "–" and ".." stay as text. No text is ever a formula."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT_NAME, "font_size": 10},
    }
    with xlsxwriter.Workbook(stream, options) as book:
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
    sheet = book.add_worksheet(name[:_SHEET_NAME_LENGTH])
    sheet.write_string(0, 0, f"{name}: {title}", bold)
    sheet.write_string(1, 0, LEAD)
    for column, ((label, _), width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, label, head)
    for place, row in enumerate(rows, start=4):
        for column, cell in enumerate(format_finsam_cells(row)):
            if cell.number is not None:
                sheet.write_number(place, column, cell.number, number)
            else:
                plain = cell.text.replace("\u00a0", " ")
                sheet.write_string(place, column, plain, sign if HEADER[column][1] else text)
    end = 4 + len(rows)
    if rows:
        sheet.autofilter(3, 0, end - 1, len(HEADER) - 1)
    else:
        sheet.write_string(4, 0, "Inga.")
    sheet.write_string(end + 1, 0, source)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
