"""A file's bytes to tables of text, with the row numbers that a person sees. Nothing leaves the memory.

The content decides what the file is, never its name. A workbook is measured before the reader sees it: what it unpacks
to, and how far out its cells stand.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from finsam_dash.intake.cells import NO_VALUE, TextColumn, clean_text, format_cell

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes that a delivery may hold, on the page and on the command line alike."""
UNPACKED_LIMIT = 400 * 1024 * 1024
"""Bytes that a workbook may unpack to: 250 000 rows of the monthly form need about 150 MB."""
CELL_LIMIT = 10_400_000
"""Cells that a file may lay out, all its sheets together: a stray value far out must not take all memory.

About what `UNPACKED_LIMIT` holds of filled cells; laid out they take half a gigabyte while they are read.
"""
HEADER_ROWS = 30
"""How far down the header row is looked for."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# The reader lays a sheet out as a full rectangle, so one stray value far out would take all memory:
# no value to the right of column CZ or from row 400 000 on. Cells that are only formatted do not count. A sheet with
# every cell in A-Z, or every cell above row 100 000, fits in CELL_LIMIT; any other is measured before it is read. So is
# one with a cell that is not written as every program writes it: the reader takes small letters too.
_OUTSIDE = tuple(
    re.compile(rb"""[<:]c(?=[\s>/])(?! r="%s")""" % inside)
    for inside in (rb"[A-Z][1-3]?[0-9]{1,5}", rb"[A-C]?[A-Z][0-9]{1,5}")
)
_COLUMNS, _ROWS = 104, 399_999
_BROKEN_MARKS = (b"</f>", b"<f ", b":f", b'="e"', b"='e'")
_LOOSE_PART = re.compile(r"^docProps/(core|custom)\.xml$|/(drawings|pivotCache|externalLinks|charts)/[^/]+\.xml$")
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, CalamineError, ElementTree.ParseError, KeyError, ValueError, EOFError
)  # fmt: skip
_WORDS_BELOW = re.compile(
    r""">([^<]+)<|\s(?:prompt|promptTitle|error|errorTitle|tooltip|display|location)\s*=\s*["']([^"'<>]*)"""
)
_CELL_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; `code` is the code of a problem and `sheet` the sheet, if one is to blame."""

    def __init__(self, code: str, sheet: str = "") -> None:
        super().__init__(code)
        self.code, self.sheet = code, sheet


@dataclass(frozen=True)
class RawTable:
    """One sheet or csv file as text. `lines[i]` is the number that a person sees beside row i.

    `widths[i]` is the number of fields that csv line i holds, for the first `HEADER_ROWS` lines; empty for a sheet.
    `notes` are the cell comments as (row number, column index, text). `merged` are merged ranges as first row, first
    column, last row, last column; indices into `columns`.
    """

    sheet: str
    columns: tuple[TextColumn, ...]
    lines: NDArray[np.int64]
    hidden: bool = False
    widths: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[tuple[int, int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, index: int) -> list[str]:
        return [column[index] for column in self.columns]


@dataclass(frozen=True)
class RawFile:
    """The tables of a file, and the texts it holds outside its cells (text boxes, cached pivot data)."""

    tables: tuple[RawTable, ...]
    loose_texts: tuple[str, ...] = ()


def column_letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_tables(data: bytes, filename: str, score: Callable[[Sequence[str]], int]) -> RawFile:
    """Read the file to text. `score` tells how many headers a row of texts holds; it decides the csv separator.

    Raises UnreadableFileError with the code of the problem: filen_tom, filen_for_stor, losenord, aldre_format,
    inte_arbetsbok, packar_upp_for_stort, celler_langt_bort, for_manga_celler, inte_text, oavslutat_citat.
    """
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("filen_tom")
    if len(data) > SIZE_LIMIT:
        raise UnreadableFileError("filen_for_stor")
    if data.startswith(_OLE):
        raise UnreadableFileError("losenord" if _ENCRYPTED in data else "aldre_format")
    if data.startswith(b"PK"):
        return _read_workbook(data)
    if filename.casefold().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")):
        raise UnreadableFileError("inte_arbetsbok")
    return RawFile((_read_csv(_decode(data), score),))


def _decode(data: bytes) -> str:
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFileError("inte_text")


def _read_csv(text: str, score: Callable[[Sequence[str]], int]) -> RawTable:
    top = text.split("\n", HEADER_ROWS)[:HEADER_ROWS]

    def top_rows(separator: str) -> list[list[str]]:
        try:
            return list(csv.reader(top, delimiter=separator))
        except csv.Error:  # a field beyond all bounds: not with this separator
            return []

    # The separator that gives the row with most headers; of equals the first.
    separator = max(";\t,", key=lambda mark: max(map(score, top_rows(mark)), default=0))
    lines = text.split("\n")
    widest = max(line.count(separator) for line in lines) + 1
    if widest * len(lines) > CELL_LIMIT:
        raise UnreadableFileError("for_manga_celler")
    try:
        # Above it an empty row: a column of nothing but numbers would be read as numbers, and lose its first zeros.
        frame = pd.read_csv(
            io.StringIO(separator * (widest - 1) + "\n" + text),
            sep=separator,
            header=None,
            names=range(widest),
            index_col=False,
            dtype="category",
            na_filter=False,
            skip_blank_lines=False,
        ).iloc[1:]
    except (pd.errors.ParserError, csv.Error) as error:
        raise UnreadableFileError("oavslutat_citat") from error
    # A quoted field may hold line breaks: the rows below it stand further down in the file than they count.
    inner = np.zeros(len(frame), dtype=np.int64)
    for _, values in frame.items():
        inner += np.array([text.count("\n") for text in values.cat.categories])[values.cat.codes]
    numbers = np.arange(1, len(frame) + 1) + np.cumsum(inner) - inner
    columns = [
        _tidy(values.cat.codes.to_numpy(), map(clean_text, values.cat.categories)) for _, values in frame.items()
    ]
    return RawTable("", tuple(columns), numbers, widths=tuple(map(len, top_rows(separator))))


def _tidy(codes: NDArray[np.integer], texts: Iterator[str]) -> TextColumn:
    """A column of these texts, those that are alike given one code."""
    places: dict[str, int] = {}
    renumber = np.array([places.setdefault(text, len(places)) for text in texts], dtype=np.intp)
    return TextColumn(renumber[codes], tuple(places))


def _read_workbook(data: bytes) -> RawFile:
    try:
        parts = _unpack(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        paths = _sheet_paths(parts)
        tables = []
        for meta in book.sheets_metadata:
            content = parts.get(paths.get(meta.name, ""), b"")
            if all(outside.search(content) for outside in _OUTSIDE):
                _check_size(content, clean_text(meta.name))
            if content and b"sheetData" in content:
                tables.append(_read_sheet(book, meta.name, meta.visible, content, _notes(parts, paths[meta.name])))
            if sum(len(table) * len(table.columns) for table in tables) > CELL_LIMIT:
                raise UnreadableFileError("for_manga_celler")
        return RawFile(tuple(tables), tuple(_loose_texts(parts)))
    except _DAMAGES as error:
        raise UnreadableFileError("inte_arbetsbok") from error


def _check_size(content: bytes, sheet: str) -> None:
    """Refuse a sheet that the reader would lay out too large, for how far out its cells with anything in them stand.

    A cell that does not say where it stands is the next in its row.
    """
    line = column = rows = columns = filled = 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
        tag = _local(element.tag)
        if event == "start" and tag == "row":
            line, column = int(element.get("r", line + 1)), 0
        elif event == "start" and tag == "c":
            if reference := element.get("r"):
                line, column = _place(reference.upper())
            column += 1
        elif tag == "c" and len(element):
            rows, columns, filled = max(rows, line), max(columns, column), filled + 1
            if rows > _ROWS or columns > _COLUMNS:
                raise UnreadableFileError("celler_langt_bort", sheet)
            if rows * columns > CELL_LIMIT:
                is_stray = 2 * filled < rows * columns
                raise (
                    UnreadableFileError("celler_langt_bort", sheet)
                    if is_stray
                    else UnreadableFileError("for_manga_celler")
                )
        elif event == "end" and tag == "row":
            element.clear()


def _unpack(data: bytes) -> dict[str, bytes]:
    """The xml parts of a workbook by name, every part inflated within a bound that the zip directory cannot lie about.

    What passes here inflates to the same bytes when the reader does it, so the bound holds for the reader too.
    """
    parts: dict[str, bytes] = {}
    left = UNPACKED_LIMIT
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError("losenord")
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise UnreadableFileError("aldre_format")
    if "xl/workbook.xml" not in names or len(names) < len(entries):
        raise UnreadableFileError("inte_arbetsbok")
    for entry in entries:
        name_length, extra_length = struct.unpack_from("<HH", data, entry.header_offset + 26)
        start = entry.header_offset + 30 + name_length + extra_length
        content = data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            content = inflater.decompress(content, left + 1)
            if not inflater.eof and len(content) <= left:
                raise UnreadableFileError("inte_arbetsbok")
        elif entry.compress_type != zipfile.ZIP_STORED:
            raise UnreadableFileError("inte_arbetsbok")
        left -= len(content)
        if left < 0:
            raise UnreadableFileError("packar_upp_for_stort")
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = content
    return parts


def _relations(parts: dict[str, bytes], path: str) -> dict[str, str]:
    """Id to part name, for the relations of one part."""
    folder, _, name = path.rpartition("/")
    content = parts.get(f"{folder}/_rels/{name}.rels")
    if content is None:
        return {}
    found = {}
    for relation in ElementTree.fromstring(content):
        target = relation.get("Target", "")
        segments = [] if target.startswith("/") else folder.split("/")
        for segment in target.strip("/").split("/"):
            segments = segments[:-1] if segment == ".." else [*segments, segment]
        found[relation.get("Id", "")] = "/".join(segments)
    return found


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    relations = _relations(parts, "xl/workbook.xml")
    paths = {}
    for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if _local(element.tag) == "sheet":
            reference = next((value for key, value in element.items() if _local(key) == "id"), "")
            paths[element.get("name", "")] = relations.get(reference, "")
    return paths


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _place(reference: str) -> tuple[int, int]:
    """Row number and column index of a reference such as B7."""
    match = _CELL_REFERENCE.fullmatch(reference)
    if match is None:
        return 0, 0
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), index - 1


def _notes(parts: dict[str, bytes], path: str) -> tuple[tuple[int, int, str], ...]:
    """The comments and threaded comments of a sheet's cells."""
    notes = []
    for target in _relations(parts, path).values():
        if "comment" not in target.casefold() or target not in parts or not target.endswith(".xml"):
            continue
        for element in ElementTree.fromstring(parts[target]).iter():
            if _local(element.tag) in ("comment", "threadedComment"):
                notes.append((*_place(element.get("ref", "")), clean_text(" ".join(element.itertext()))))
    return tuple(notes)


def _loose_texts(parts: dict[str, bytes]) -> Iterator[str]:
    """Texts outside the cells that travel with the file: properties, text boxes, print headers, lists, pivots."""
    for name, content in parts.items():
        if _LOOSE_PART.search(name):
            for element in ElementTree.fromstring(content).iter():
                yield clean_text(element.text or "")
                yield clean_text(element.get("v", ""))
        elif name == "xl/workbook.xml":
            for element in ElementTree.fromstring(content).iter():
                yield clean_text(element.text or "") if _local(element.tag) == "definedName" else ""
        elif "/worksheets/" in name:
            # Below the cells: print headers, lists to choose from, what is told beside a cell, the words of links.
            below = content[max(content.rfind(b"sheetData"), 0) :].decode("utf-8", "replace")
            for match in _WORDS_BELOW.finditer(below):
                yield clean_text(unescape(match[1] or match[2]))


def _read_sheet(
    book: CalamineWorkbook,
    name: str,
    visible: SheetVisibleEnum,
    content: bytes,
    notes: tuple[tuple[int, int, str], ...],
) -> RawTable:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > CELL_LIMIT:
        raise UnreadableFileError("for_manga_celler")
    rows = sheet.to_python(skip_empty_area=False)
    broken = tuple(_broken_cells(content)) if any(mark in content for mark in _BROKEN_MARKS) else ()
    height = max((len(rows), *(line for line, _, _ in broken)))
    width = max((max(map(len, rows), default=0), *(column + 1 for _, column, _ in broken)))
    rows = [row + [""] * (width - len(row)) for row in rows] + [[""] * width for _ in range(height - len(rows))]
    for line, column, text in broken:
        rows[line - 1][column] = text
    columns = []
    for values in map(list, zip(*rows, strict=True)):
        if bool in set(map(type, values)):  # True equals 1.0, and they are two cells
            values = [format_cell(value) if isinstance(value, bool) else value for value in values]
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        codes = np.fromiter(map(places.__getitem__, values), np.intp, len(rows))
        columns.append(_tidy(codes, map(format_cell, places)))
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return RawTable(
        clean_text(name),
        tuple(columns),
        np.arange(1, len(rows) + 1),
        hidden=visible != SheetVisibleEnum.Visible,
        merged=merged,
        notes=notes,
    )


def _broken_cells(content: bytes) -> Iterator[tuple[int, int, str]]:
    """Row number, column index and text of each cell that holds an error, or a formula without a value.

    The reader gives both as empty cells, and empty means missing: they must be told apart here.
    """
    line = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
        tag = _local(element.tag)
        if event == "start":
            if tag == "row":
                line, column = int(element.get("r", line + 1)), 0
            continue
        if tag == "c":
            if reference := element.get("r"):
                line, column = _place(reference)
            values = {_local(child.tag): child.text or "" for child in element}
            if element.get("t") == "e":
                yield line, column, clean_text(values.get("v", "")) or "#N/A"
            elif "f" in values and not values.get("v") and element.get("t") != "str":
                yield line, column, NO_VALUE
            column += 1
        elif tag == "row":
            element.clear()
