"""The report as a workbook: every table a real Excel table, numbers as numbers, charts that Excel draws itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from PIL import Image

from finsam_dash.charts.text_width import text_width, wrap
from finsam_dash.charts.theme import FONT_NAME, Palette, judge_accent
from finsam_dash.export.document import Cell, ChartBlock, Document, Heading, TableBlock, mark_text
from finsam_dash.export.excel import charts
from finsam_dash.export.excel.book import BOOK, SHEET_NAME_LENGTH
from finsam_dash.export.excel.charts import ChartDrawer
from finsam_dash.export.painting import paint_chart
from finsam_dash.model import Unit
from finsam_dash.wording import document as words
from finsam_dash.wording.definitions import list_definitions
from finsam_dash.wording.method import DIRECTION_NOTE

_FORMATS = {Unit.ANTAL: "#,##0", Unit.ANDEL: "0.0\\ %", Unit.KR: '#,##0" kr"', Unit.TKR: '#,##0" tkr"'}
_WIDEST, _NARROWEST = 46.0, 11.0
_LETTER = 5.4
"""Points a letter of the body: Excel's unit of column width."""
_BODY = 10
_LINE = 13.5
_CHART_PIXELS = 20
"""The height of a row that is left as it is, in pixels."""
_LOGO_HEIGHT = 56
_RICH, _RICH_UNWRAPPED = b"<c:rich><a:bodyPr/>", b'<c:rich><a:bodyPr wrap="none"/>'


def to_xlsx(document: Document) -> bytes:
    """The report as .xlsx: a sheet a heading of the first level, one of definitions, one of the charts' numbers.

    No text is ever a formula, also when it begins with =, +, - or @.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, dict(BOOK)) as book:
        _Writer(book, document).write()
    return _finish(stream.getvalue())


def _finish(data: bytes) -> bytes:
    """The workbook with what XlsxWriter has no setting for: its language, and charts' labels on one line."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>sv-SE</dc:language>" + end)
            elif entry.filename.startswith("xl/charts/"):
                content = content.replace(_RICH, _RICH_UNWRAPPED).replace(b'lang="en-US"', b'lang="sv-SE"')
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.palette: Palette = judge_accent(document.accent).palette
        ink = {"font_name": FONT_NAME, "font_color": self.palette.text}
        self.title = book.add_format({**ink, "bold": True, "font_size": 18})
        self.rule = book.add_format({**ink, "top": 5, "top_color": self.palette.accent})
        self.heading = book.add_format({**ink, "bold": True, "font_size": 12})
        self.text = book.add_format({**ink, "text_wrap": True, "valign": "top"})
        # Indented, or a number touches the text in the next column.
        number = {**ink, "align": "right", "valign": "top", "indent": 1}
        self.number = number
        self.right = book.add_format(number)
        self.plain = book.add_format({**ink, "valign": "top"})
        self.widths: list[float] = []
        self.quiet = book.add_format({**ink, "font_size": 9, "font_color": self.palette.text_2})
        self.lead = book.add_format(
            {**ink, "font_size": 9, "font_color": self.palette.text_2, "top": 5, "top_color": self.palette.accent}
        )
        self.head = book.add_format({**ink, "bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.head_right = book.add_format({**number, "bold": True, "text_wrap": True, "bottom": 2})
        self.numbers = {unit: book.add_format({**number, "num_format": pattern}) for unit, pattern in _FORMATS.items()}
        self.hedged: dict[tuple[str, Unit], Any] = {}
        self.names: set[str] = set()
        self.table_names: set[str] = set()
        self.contents: list[tuple[str, str]] = []
        self.charts = ChartDrawer(book, self.palette)

    def write(self) -> None:
        document = self.document
        self.book.set_properties(
            {
                "title": f"{document.title}, {document.forbund}",
                "subject": document.lead,
                "author": document.forbund,
                "company": document.forbund,
                "keywords": mark_text(document),
                "comments": document.source,
                "created": datetime.now(UTC).replace(tzinfo=None),
            }
        )
        self.book.set_custom_property("Språk", "sv-SE")
        front = self._add_sheet(words.CONTENTS)
        for heading, blocks in self._list_sheets():
            sheet = self._add_sheet(heading)
            self._set_widths(sheet, [_table_of(block) for block in blocks])
            self._head(sheet, heading)
            row = 3
            for block in blocks:
                row = (
                    self._add_table(sheet, block, row)
                    if isinstance(block, TableBlock)
                    else self._add_chart(sheet, block, row)
                )
        if self.charts.numbers:
            self._write_data()
        self._write_front(front)

    def _list_sheets(self) -> list[tuple[str, list[TableBlock | ChartBlock]]]:
        """What each sheet holds, in the document's order, and last the definitions."""
        sheets: list[tuple[str, list[TableBlock | ChartBlock]]] = []
        heading = words.SUMMARY
        for block in self.document.blocks:
            if isinstance(block, Heading) and block.level == 1:
                heading = block.text
            elif isinstance(block, TableBlock | ChartBlock):
                if not sheets or sheets[-1][0] != heading:
                    sheets.append((heading, []))
                sheets[-1][1].append(block)
        return [*sheets, (words.DEFINITIONS, [build_definitions_table()])]

    def _head(self, sheet: Any, heading: str) -> None:
        sheet.write_string(0, 0, heading, self.title)
        sheet.set_row(1, None, self.rule)
        sheet.write_string(1, 0, self.document.lead, self.lead)

    def _set_widths(self, sheet: Any, tables: Sequence[TableBlock]) -> None:
        """Each column as wide as its longest text, within limits; what is longer is set on more lines."""
        self.widths = [_NARROWEST] * max(len(table.header) for table in tables)
        for table in tables:
            for column, name in enumerate(table.header):
                texts = [name, *(cell.text for row in table.rows for cell in row[column : column + 1])]
                longest = max((_width(line) for text in texts for line in text.split("\n")), default=0.0)
                self.widths[column] = max(self.widths[column], min(_WIDEST, longest + 2))
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)

    def _add_sheet(self, name: str) -> Any:
        plain = re.sub(r"[\[\]:*?/\\']", " ", name)[:SHEET_NAME_LENGTH].strip()
        number = 1
        unique = plain
        while unique.lower() in self.names:
            number += 1
            unique = f"{plain[: SHEET_NAME_LENGTH - 4]} ({number})"
        self.names.add(unique.lower())
        sheet = self.book.add_worksheet(unique)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(self.palette.accent)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.7, right=0.7, top=0.75, bottom=0.75)
        mark = f" {self.document.mark}" if self.document.mark else ""
        footer = f"{self.document.footer}{mark}".replace("&", "&&")
        sheet.set_footer(f"&L&9{footer}&R&9&P (&N)")
        self.contents.append((unique, name))
        return sheet

    def _write_front(self, sheet: Any) -> None:
        document = self.document
        sheet.set_column(0, 0, 110)
        row = 0
        if document.logo:
            with Image.open(io.BytesIO(document.logo)) as image:
                scale = _LOGO_HEIGHT * image.info.get("dpi", (96, 96))[1] / 96 / image.height
            # A row as high as the picture, in points.
            sheet.set_row(0, (_LOGO_HEIGHT + 12) * 0.75)
            picture = {"image_data": io.BytesIO(document.logo), "x_scale": scale, "y_scale": scale,
                       "description": document.forbund, "object_position": 2}  # fmt: skip
            sheet.insert_image(0, 0, "logga.png", picture)
            row = 1
        sheet.write_string(row, 0, document.title, self.title)
        sheet.set_row(row + 1, None, self.rule)
        sheet.write_string(row + 1, 0, document.lead, self.lead)
        row += 2
        if mark := mark_text(document):
            sheet.write_string(row, 0, mark, self.heading)
            row += 1
        row += 1
        link = self.book.add_format({"font_name": FONT_NAME, "font_color": self.palette.data, "underline": 1})
        for unique, name in self.contents[1:]:
            sheet.write_url(row, 0, f"internal:'{unique}'!A1", link, name)
            row += 1
        sheet.write_string(row + 1, 0, document.source, self.quiet)
        sheet.activate()

    def _write_cell(self, sheet: Any, row: int, column: int, cell: Cell, numeric: bool) -> None:
        if cell.number is not None:
            sheet.write_number(row, column, cell.number, self._number_format(cell))
        else:
            sheet.write_string(row, column, cell.text, self.right if numeric else self.text)

    def _number_format(self, cell: Cell) -> Any:
        """The format of a number; a hedge before it ("närmare 800") is part of the format, so it stays a number."""
        unit = cell.unit or Unit.ANTAL
        hedge = re.match(r"[a-zåäö]+\s", cell.text)
        if hedge is None:
            return self.numbers.get(unit, self.right)
        key = (hedge[0], unit)
        if key not in self.hedged:
            pattern = f'"{hedge[0]}"{_FORMATS.get(unit, "#,##0.##")}'
            self.hedged[key] = self.book.add_format({**self.number, "num_format": pattern})
        return self.hedged[key]

    def _add_table(self, sheet: Any, block: TableBlock, row: int) -> int:
        """A table with its title above and its notes below; the row after it."""
        sheet.write_string(row, 0, block.title, self.heading)
        first = row + 1
        last = first + max(1, len(block.rows))
        header = _unique_header(block.header)
        sheet.add_table(
            first, 0, last, len(header) - 1,
            {
                "name": self._name_table(block.key or block.title),
                "style": "Table Style Light 1",
                "banded_rows": False,
                "autofilter": len(block.rows) > 3,
                "columns": [
                    {"header": name, "header_format": self.head_right if right else self.head}
                    for name, right in zip(header, block.numeric, strict=True)
                ],
                "title": block.title,
                "description": block.title,
            },
        )  # fmt: skip
        self._set_height(sheet, first, [Cell(name, strong=True) for name in header])
        for offset, cells in enumerate(block.rows, start=1):
            self._set_height(sheet, first + offset, cells)
            for column, cell in enumerate(cells):
                self._write_cell(sheet, first + offset, column, cell, block.numeric[column])
        row = last + 1
        for note in block.notes:
            sheet.write_string(row, 0, note, self.quiet)
            row += 1
        return row + 1

    def _set_height(self, sheet: Any, row: int, cells: Sequence[Cell]) -> None:
        """As high as the text: a program that opens the file without measuring would show one line."""
        lines = max(
            len(wrap(part, (self.widths[column] - 1.5) * _LETTER, _BODY, bold=cell.strong))
            if column < len(self.widths)
            else 1
            for column, cell in enumerate(cells)
            for part in [cell.text.replace("\n", " ")]
        )
        lines = max(lines, *(cell.text.count("\n") + 1 for cell in cells))
        sheet.set_row(row, _LINE * lines + 2)

    def _name_table(self, key: str) -> str:
        folded = key.lower().translate(str.maketrans("åäöé", "aaoe"))
        base = "t_" + re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:60]
        name, number = base, 1
        while name in self.table_names:
            number += 1
            name = f"{base}_{number}"
        self.table_names.add(name)
        return name

    def _add_chart(self, sheet: Any, block: ChartBlock, row: int) -> int:
        """The chart with its title and source, and its table under it; the row after them."""
        sheet.write_string(row, 0, block.title, self.heading)
        sheet.write_string(row + 1, 0, f"{block.subtitle}.", self.quiet)
        row += 2
        if block.native is not None:
            chart, height = self.charts.draw(paint_chart(block.native, self.palette), block.title)
            sheet.insert_chart(row, 0, chart, {"description": block.alt, "object_position": 2})
            row += round(height / _CHART_PIXELS) + 1
        sheet.write_string(row, 0, block.native_note or block.note, self.quiet)
        return self._add_table(sheet, block.table, row + 1)

    def _write_data(self) -> None:
        """The sheet of charts' numbers: one table, a row a point."""
        sheet = self._add_sheet(charts.SHEET)
        self._head(sheet, charts.SHEET)
        for column, width in enumerate((46, 30, 30, 12, 12)):
            sheet.set_column(column, column, width)
        sheet.add_table(
            charts.TOP, 0, charts.TOP + len(self.charts.numbers), len(charts.HEADER) - 1,
            {
                "name": self._name_table(charts.SHEET), "style": "Table Style Light 1", "banded_rows": False,
                "columns": [{"header": name, "header_format": self.head} for name in charts.HEADER],
                "title": charts.SHEET, "description": words.DATA_NOTE,
            },
        )  # fmt: skip
        for row, (*texts, x, y) in enumerate(self.charts.numbers, start=charts.TOP + 1):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self.plain)
            for column, number in ((3, x), (4, y)):
                if number is not None:
                    sheet.write_number(row, column, number, self.plain)


def _width(text: str) -> float:
    """The text's width in Excel's unit of columns."""
    return text_width(text, _BODY, bold=True) / _LETTER


def _table_of(block: TableBlock | ChartBlock) -> TableBlock:
    return block if isinstance(block, TableBlock) else block.table


def build_definitions_table() -> TableBlock:
    """Every measure in full: what it says, täljare, nämnare, direction and source."""
    return TableBlock(
        words.DEFINITIONS_TITLE,
        words.DEFINITIONS_HEADER,
        tuple(
            (
                Cell(one.label, strong=True),
                Cell(one.description),
                Cell(one.numerator),
                Cell(one.denominator or "."),
                Cell(one.direction),
                Cell(one.source),
            )
            for one in list_definitions()
        ),
        (False,) * len(words.DEFINITIONS_HEADER),
        notes=(DIRECTION_NOTE,),
        key="definitioner",
    )


def _unique_header(header: tuple[str, ...]) -> list[str]:
    """The header's names, each once, as an Excel table asks."""
    found: list[str] = []
    for name in header:
        shown, number = name or " ", 1
        while shown.lower() in {other.lower() for other in found}:
            number += 1
            shown = f"{name} {number}"
        found.append(shown)
    return found
