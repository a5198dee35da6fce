"""The Excel template that an insats fills in: what it produces is read by intake without a question.

Rows are filled in with insats, month and kön; only what is to be written is unlocked. The header row is intake's own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finsam_dash.charts.theme import Palette
from finsam_dash.intake import COUNTS, HEADERS
from finsam_dash.model import CountingMode, Forbund, Gender, GenderScope, Insats, Period
from finsam_dash.wording import template as words
from finsam_dash.wording.periods import format_month, sort_key

# Source Sans 3 is not on the machines that the template goes to; Calibri is its closest likeness there.
FONT = "Calibri"
SPARE_ROWS = 12
"""Empty rows below the filled-in ones, for another kön or a month that the register does not know of."""
MONTH_FORMAT = "yyyy\\-mm"
_HEADER_ROW = 4
_VOLUME = "deltagare_utan_personuppgifter"
_WIDTHS = {"manad": 9, "kon": 13, "till_arbete_studier": 14, _VOLUME: 15, "felregistrerade": 14, "kommentar": 44}
_COLOURS = Palette()


class NoInsatsError(Exception):
    """No insats has a month in the period: there is nothing to fill in."""


@dataclass(frozen=True)
class _Row:
    insats: str
    month: date
    gender: str


def to_template(forbund: Forbund, insatser: Sequence[Insats], period: Period) -> bytes:
    """The template of the insatser that are active in the period, as a workbook.

    A row a month and kön: kvinna and man, the one kön of an insats for one, and alla for a volyminsats, which has a
    column of its own. Raises NoInsatsError.
    """
    active = sorted((one for one in insatser if one.is_active(period)), key=lambda one: (one.order, sort_key(one.namn)))
    if not active:
        raise NoInsatsError
    names = _list_names(active)
    rows = [row for insats, name in zip(active, names, strict=True) for row in _list_rows(insats, name, period)]
    with_volume = any(insats.counting_mode is CountingMode.VOLYM for insats in active)
    keys = ["insats", "manad", "kon", *(key for key in COUNTS if key != _VOLUME or with_volume), "kommentar"]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        # Workbook's own format is that of every cell without one.
        book.formats[0].set_font_name(FONT)
        book.set_properties(
            {
                "title": words.format_template_title(forbund),
                "subject": words.format_template_scope(forbund, names, period),
                "company": forbund.namn,
                "author": forbund.namn,
                "keywords": "månadsuppgifter, uppföljning",
            }
        )
        sheet, guide = book.add_worksheet(words.DATA_SHEET), book.add_worksheet(words.GUIDE_SHEET)
        formats = _Formats(book)
        names_range = _write_guide(guide, formats, forbund, keys, names, rows[0])
        _write_sheet(sheet, formats, (forbund, names, period), keys, rows, names_range)
    return _with_language(stream.getvalue())


def _list_names(insatser: Sequence[Insats]) -> list[str]:
    """What each insats is called in its rows: the name, or the code where two share a name."""
    names = [insats.namn for insats in insatser]
    return [insats.namn if names.count(insats.namn) == 1 else insats.kod for insats in insatser]


def _list_rows(insats: Insats, name: str, period: Period) -> Iterator[_Row]:
    if insats.counting_mode is CountingMode.VOLYM:
        genders = [Gender.ALLA]
    elif insats.gender_scope is GenderScope.BADA:
        genders = [Gender.KVINNA, Gender.MAN]
    else:
        genders = [Gender.KVINNA if insats.gender_scope is GenderScope.KVINNOR else Gender.MAN]
    for month in period.months():
        if insats.is_active(month):
            for gender in genders:
                yield _Row(name, month.start, words.GENDER_WORDS[gender])


class _Formats:
    """The looks of the cells; a locked cell has the field's colour, and one to write in is white."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def add(**changes: object) -> Format:
            plain = {"font_name": FONT, "font_size": 11, "font_color": _COLOURS.text, "valign": "vcenter"}
            return book.add_format({**plain, **changes})

        border = {"border": 1, "border_color": _COLOURS.axis}
        locked = {**border, "bg_color": _COLOURS.field}
        month = {"num_format": MONTH_FORMAT, "align": "left"}
        self.title = add(font_size=18, bold=True)
        self.heading = add(font_size=14, bold=True)
        self.text = add()
        self.line = add(text_wrap=True, valign="top")
        self.header = add(**border, bold=True, text_wrap=True, valign="top", bg_color=_COLOURS.info_background)
        self.locked = add(**locked)
        self.locked_month = add(**locked, **month)
        self.count = add(**border, locked=False, align="right")
        self.free = add(**border, locked=False)
        self.free_month = add(**border, **month, locked=False)
        self.comment = add(**border, locked=False, text_wrap=True)
        self.cell = add(**border, text_wrap=True, valign="top")
        self.example = add(**border, text_wrap=True, valign="top", align="left")


def _write_sheet(
    sheet: Worksheet,
    formats: _Formats,
    scope: tuple[Forbund, list[str], Period],
    keys: list[str],
    rows: Sequence[_Row],
    names_range: str,
) -> None:
    forbund, names, period = scope
    sheet.write_string(0, 0, words.format_template_title(forbund), formats.title)
    sheet.write_string(1, 0, words.format_template_scope(forbund, names, period), formats.text)
    sheet.write_string(2, 0, words.RULE, formats.text)
    first, last = _HEADER_ROW + 1, _HEADER_ROW + len(rows) + SPARE_ROWS
    for column, key in enumerate(keys):
        width = max(18, min(40, 2 + max(map(len, names)))) if key == "insats" else _WIDTHS.get(key, 12)
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, HEADERS[key].header, formats.header)
    written = {"insats": formats.free, "manad": formats.free_month, "kon": formats.free, "kommentar": formats.comment}
    for line in range(first, last + 1):
        for column, key in enumerate(keys):
            sheet.write_blank(line, column, None, written.get(key, formats.count))
    for line, row in enumerate(rows, start=first):
        sheet.write_string(line, 0, row.insats, formats.locked)
        sheet.write_datetime(line, 1, row.month, formats.locked_month)
        sheet.write_string(line, 2, row.gender, formats.locked)
    _validate(sheet, keys, (first, last), period, names_range)
    sheet.set_row(0, 28)
    sheet.set_row(_HEADER_ROW, 48)
    sheet.freeze_panes(first, 3)
    sheet.set_selection(first, 3, first, 3)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    _set_paper(sheet, forbund)


def _validate(sheet: Worksheet, keys: list[str], lines: tuple[int, int], period: Period, names_range: str) -> None:
    """What each column accepts, said in Swedish when it is something else."""
    first, last = lines

    def accept(column: int, error: tuple[str, str], **rule: object) -> None:
        sheet.data_validation(first, column, last, column, {**rule, "error_title": error[0], "error_message": error[1]})

    accept(0, words.INSATS_ERROR, validate="list", source=names_range)
    accept(
        1,
        words.format_month_error(period),
        validate="date",
        criteria="between",
        minimum=period.start,
        maximum=period.end,
    )
    accept(2, words.GENDER_ERROR, validate="list", source=list(words.GENDER_WORDS.values()))
    for column in range(3, len(keys) - 1):
        cell = f"{chr(ord('A') + column)}{first + 1}"
        # A rule for whole numbers alone would refuse the two marks that say why a number is missing.
        number = f"AND({cell}>=0,{cell}=INT({cell}))"
        accept(
            column,
            words.COUNT_ERROR,
            validate="custom",
            value=f'=IF(ISNUMBER({cell}),{number},OR({cell}="-",{cell}=".."))',
        )
    title, hint = words.COMMENT_HINT
    sheet.data_validation(
        first, len(keys) - 1, last, len(keys) - 1, {"validate": "any", "input_title": title, "input_message": hint}
    )


def _write_guide(
    sheet: Worksheet, formats: _Formats, forbund: Forbund, keys: list[str], names: list[str], row: _Row
) -> str:
    """Write the instructions; the range that lists the insatser.

    The example stands on its side, a line a column: a row of it below a row of headers would be read as data.
    """
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 30)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, words.GUIDE_SHEET, formats.title)
    line = 1
    for text in words.format_guide(forbund):
        sheet.merge_range(line, 0, line, 2, text, formats.line)
        line += 1
    line += 1
    for column, text in enumerate(words.GUIDE_HEADER):
        sheet.write_string(line, column, text, formats.header)
    example = {**words.EXAMPLE, "insats": row.insats, "manad": f"{format_month(row.month.month)} {row.month.year}"}
    for key in keys:
        line += 1
        sheet.write_string(line, 0, HEADERS[key].header, formats.cell)
        sheet.write_string(line, 1, words.GUIDE[key], formats.cell)
        sheet.write(line, 2, example.get(key, ""), formats.example)
        if len(words.GUIDE[key]) > 66 or len(str(example.get(key, ""))) > 32:
            sheet.set_row(line, 30)
    line += 2
    sheet.write_string(line, 0, "Insatser i mallen", formats.heading)
    for place, name in enumerate(names, start=line + 1):
        sheet.write_string(place, 0, name, formats.text)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.fit_to_pages(1, 0)
    _set_paper(sheet, forbund)
    return f"='{words.GUIDE_SHEET}'!$A${line + 2}:$A${line + 1 + len(names)}"


def _set_paper(sheet: Worksheet, forbund: Forbund) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
    # An ampersand begins a code in a footer; doubled it stands for itself.
    sheet.set_footer(f"&L{forbund.namn.replace('&', '&&')}&RSida &P av &N")


def _with_language(data: bytes) -> bytes:
    """The workbook with Swedish as its language, which xlsxwriter has no setting for."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>sv-SE</dc:language>" + end)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
