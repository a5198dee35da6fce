"""Tables in a Word file: rules, widths, the row that heads, and rows written at once."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from finsam_dash.charts.theme import Palette
from finsam_dash.export.document import Cell
from finsam_dash.export.word.fields import clean


def clear_borders(table: Any) -> None:
    """Draw no rules: a table that only places texts."""
    _replace(table, parse_xml(f"<w:tblBorders {nsdecls('w')}>{_edges('none', '', 0)}</w:tblBorders>"))


def _edges(kind: str, colour: str, size: int) -> str:
    tail = f' w:sz="{size}" w:space="0" w:color="{colour}"' if colour else ""
    return "".join(
        f'<w:{edge} w:val="{kind}"{tail}/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )


def _replace(table: Any, element: Any) -> None:
    properties = table._tbl.tblPr
    for old in properties.findall(element.tag):
        properties.remove(old)
    order = ["w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize",
             "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar",
             "w:tblLook", "w:tblCaption", "w:tblDescription"]  # fmt: skip
    names = [qn(name) for name in order]
    place = names.index(element.tag)
    for index, child in enumerate(properties):
        if child.tag in names and names.index(child.tag) > place:
            properties.insert(index, element)
            return
    properties.append(element)


def set_borders(table: Any, palette: Palette) -> None:
    """Rule off each row, with no space before the first column."""
    rule = palette.rule[1:]
    edges = (
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
    )
    _replace(table, parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
    _replace(table, parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))


def set_grid(table: Any, widths: list[float]) -> None:
    """Set the columns' widths, in points."""
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * 20)))
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Pt(width)


def mark_header(row: Any, palette: Palette) -> None:
    """Say that the row heads the table, repeat it on every page, and rule it off in ink."""
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:space="0" '
                f'w:color="{palette.text[1:]}"/></w:tcBorders>'
            )
        )


def mark_layout(table: Any) -> None:
    """A table that only places texts: no row of it heads anything."""
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(look)
    attributes = (
        'w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    )
    _replace(table, parse_xml(f"<w:tblLook {nsdecls('w')} {attributes}/>"))


def describe_table(table: Any, title: str) -> None:
    """Give the table its title for screen readers, and say that its first row and column head it."""
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(look)
    attributes = (
        'w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    )
    _replace(table, parse_xml(f"<w:tblLook {nsdecls('w')} {attributes}/>"))
    _replace(table, parse_xml(f"<w:tblCaption {nsdecls('w')} w:val={quoteattr(title)}/>"))


def make_row(row: tuple[Cell, ...], numeric: tuple[bool, ...], widths: list[float], style: str, *, keep: bool) -> Any:
    """A row of a table that is never broken; `keep` holds it on the page of what follows."""
    cells = []
    kept = "<w:keepNext/>" if keep else ""
    for place, (cell, right, width) in enumerate(zip(row, numeric, widths, strict=True)):
        align = '<w:jc w:val="right"/>' if right else ""
        runs = "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if (cell.strong or place == 0) and not index else ''}"
            f'{"<w:br/>" if index else ""}<w:t xml:space="preserve">{escape(clean(line))}</w:t></w:r>'
            for index, line in enumerate(cell.text.split("\n"))
        )
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * 20)}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{style}"/>{kept}{align}</w:pPr>{runs}</w:p></w:tc>'
        )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
