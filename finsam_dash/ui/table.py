"""Tables as semantic HTML and as csv: the same cells on the screen and in the file."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from finsam_dash.charts.table import ChartTable
from finsam_dash.wording.sentences import EXAMPLE_MARK


@dataclass(frozen=True)
class Cell:
    """One cell. `strong` is bold, `quiet` the second text colour; `image` is an SVG.

    Its words stand in the row, or in `alt` where they do not. `below` is a second line in smaller type.
    """

    text: str
    strong: bool = False
    quiet: bool = False
    image: bytes = b""
    alt: str = ""
    below: str = ""


@dataclass(frozen=True)
class Column:
    """One column. Numbers stand to the right, with figures of equal width. `width` is per cent of the table's."""

    title: str
    numeric: bool = False
    width: float = 0


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of a row heads it. `note` explains the signs and stands below."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def build_table(
    caption: str, columns: Sequence[str | Column], rows: Sequence[Sequence[str | Cell]], note: str = ""
) -> Table:
    """A Table from plain texts and cells. Raises ValueError when a row is not as long as the head."""
    heads = tuple(Column(column) if isinstance(column, str) else column for column in columns)
    cells = tuple(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    if any(len(row) != len(heads) for row in cells):
        raise ValueError(f"{caption}: a row is not {len(heads)} cells long")
    return Table(caption, heads, cells, note)


def from_chart(caption: str, table: ChartTable) -> Table:
    """The table behind a chart as one to draw."""
    columns = [Column(head, numeric) for head, numeric in zip(table.header, table.numeric, strict=True)]
    return build_table(caption, columns, table.rows)


def _format_cell(cell: Cell, column: Column, first: bool) -> str:
    classes = [name for name, on in (("num", column.numeric), ("stark", cell.strong), ("tyst", cell.quiet)) if on]
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    picture = ""
    if cell.image:
        picture = (
            f'<img src="data:image/svg+xml;base64,{base64.b64encode(cell.image).decode()}" alt="{escape(cell.alt)}">'
        )
    content = picture + escape(cell.text) + (f"<small>{escape(cell.below)}</small>" if cell.below else "")
    return f'<th scope="row"{attributes}>{content}</th>' if first else f"<td{attributes}>{content}</td>"


def format_source_html(source: str) -> str:
    """A source line as HTML: the words that say that the data are invented stand out, and no date is broken."""
    rest = source.removeprefix(EXAMPLE_MARK)
    whole = re.sub(r"\d{4}-\d\d-\d\d", r'<span style="white-space:nowrap">\g<0></span>', escape(rest))
    return f"<strong>{EXAMPLE_MARK}</strong>{whole}" if rest != source else whole


def format_table(table: Table, show_caption: bool = False) -> str:
    """The table as HTML. The caption is always there for screen readers, and shown when asked."""
    heads = "".join(
        f'<th scope="col"{" class=num" if column.numeric else ""}>{escape(column.title)}</th>'
        for column in table.columns
    )
    body = "".join(
        "<tr>" + "".join(_format_cell(cell, table.columns[i], i == 0) for i, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    widths = "".join(f'<col style="width:{column.width:g}%">' for column in table.columns if column.width)
    hidden = "" if show_caption else ' class="fd-dold"'
    note = f'<p class="fd-fot">{format_source_html(table.note)}</p>' if table.note else ""
    return (
        f'<div class="fd-tabellram"><table class="fd-tabell"><caption{hidden}>{escape(table.caption)}</caption>'
        f"{f'<colgroup>{widths}</colgroup>' if widths else ''}<thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{note}"
    )


def draw_table(table: Table, show_caption: bool = False) -> None:
    """Draw the table. Wide tables scroll inside their frame; no text is cut."""
    st.html(format_table(table, show_caption))


def to_csv(table: Table, source: str) -> bytes:
    """The table as csv that a Swedish Excel opens as it is: `;`, UTF-8 with BOM, the source on the last line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        cells = [" ".join(part for part in (cell.text, cell.below) if part) for cell in row]
        writer.writerow([_defuse(text.replace("\u00a0", " ")) for text in cells])
    writer.writerow([])
    writer.writerow([source])
    return text.getvalue().encode("utf-8-sig")


def _defuse(text: str) -> str:
    # A cell that begins like a formula would be run by Excel; a negative number is written with U+2212 and is safe.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and len(text) > 1 else text
