"""The report as a Word file: heading styles, contents, captions, tables with marked header rows, editable charts."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from finsam_dash.charts.theme import FONT_FOLDER, FONT_NAME, Palette, judge_accent
from finsam_dash.export.chart_xml import EMU_PER_POINT, Look, to_chart_xml, to_workbook
from finsam_dash.export.document import (
    BulletList,
    Cell,
    ChartBlock,
    Document,
    Heading,
    KeyNumbers,
    PageBreak,
    Paragraph,
    TableBlock,
    mark_text,
)
from finsam_dash.export.native import NativeChart, PointChart
from finsam_dash.export.office_template import open_template
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
TEXT_WIDTH = 160.0
"""Millimetres between margins of 25 on A4, and the width of a chart."""
_STYLES = {"lead": "Fynd", "note": "Fotrad", "warning": "Varning", "text": "Normal"}
_PT_PER_MM = 72 / 25.4
_KEPT_TOGETHER = 8
"""A table with no more rows than this is not divided between pages."""
_LOWEST_CHART = 124.0
_NUMBERS_A_ROW = 3
_CONTENTS_STYLES = ("toc 1", "toc 2")
_DEEPEST_ENTRY = len(_CONTENTS_STYLES)
_BOOKMARK = "_Toc{:06d}"
_BEFORE_BORDER = {qn(f"w:{name}") for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr",
                                             "widowControl", "numPr", "suppressLineNumbers")}  # fmt: skip


def to_docx(document: Document, template: bytes | None = None) -> bytes:
    """The report as .docx. A template gives styles, page, head, foot and logo, and its text is dropped.

    Raises office_template.BadTemplateError.
    """
    return _Writer(document, template).write()


class _Writer:
    def __init__(self, document: Document, template: bytes | None) -> None:
        self.document = document
        self.has_template = template is not None
        self.palette: Palette = judge_accent(document.accent).palette
        self.word: Any = docx.Document() if template is None else open_template(template, "docx")
        self.charts = 0
        self.tables = 0
        self.drawings = 100
        self.headings = 0
        self.told: set[str] = set()
        self.last: Any = None
        self.style_ids: dict[str, str | None] = {}

    def write(self) -> bytes:
        self._prepare_page()
        self._prepare_styles()
        self._add_front()
        blocks = self.document.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            self._add(block)
            if isinstance(block, Paragraph) and isinstance(following, ChartBlock | TableBlock):
                self.last.paragraph_format.keep_with_next = True
        self._set_properties()
        _drop_effects(self.word)
        if not self.has_template:
            _embed_fonts(self.word)
        stream = io.BytesIO()
        self.word.save(stream)
        return stream.getvalue()

    def _prepare_page(self) -> None:
        body = self.word.element.body
        if self.has_template:
            for child in list(body):
                if child.tag != qn("w:sectPr"):
                    body.remove(child)
            section = self.word.sections[0]
            width = section.page_width - section.left_margin - section.right_margin
            self.width = width / EMU_PER_POINT
            if not "".join(paragraph.text for paragraph in section.footer.paragraphs).strip():
                self._add_footer(section)
            return
        section = self.word.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
        section.header_distance = section.footer_distance = Mm(12)
        self.width = TEXT_WIDTH * _PT_PER_MM
        self._add_footer(section)

    def _add_footer(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self._style("Fotrad", WD_STYLE_TYPE.PARAGRAPH)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(self.width), WD_TAB_ALIGNMENT.RIGHT)
        self._add_marked(paragraph, self.document.footer)
        if self.document.mark:
            run = paragraph.add_run(f"  {self.document.mark}")
            run.bold = True
        paragraph.add_run("\t")
        _add_field(paragraph, "PAGE", "1")

    def _style(self, name: str, kind: Any) -> Any:
        styles = self.word.styles
        found = [style for style in styles if style.name == name and style.type == kind]
        if found:
            return found[0]
        style = styles.add_style(name, kind)
        if kind == WD_STYLE_TYPE.PARAGRAPH:
            style.base_style = styles["Normal"]
        return style

    def _prepare_styles(self) -> None:
        styles, palette = self.word.styles, self.palette
        _set_language(styles.element)
        for name in ("Fynd", "Fotrad", "Varning", "Tabelltext", "Nyckeltal"):
            self._style(name, WD_STYLE_TYPE.PARAGRAPH)
        for level, name in enumerate(_CONTENTS_STYLES):
            style = self._style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.paragraph_format.left_indent = Mm(5 * level)
            style.paragraph_format.space_after = Pt(2)
            tabs = style.paragraph_format.tab_stops
            tabs.add_tab_stop(Pt(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if self.has_template:
            sizes = {
                "Fotrad": (8.5, palette.text_2),
                "Tabelltext": (9, None),
                "Fynd": (11, None),
                "Nyckeltal": (20, None),
            }
            for name, (size, colour) in sizes.items():
                style = styles[name]
                style.font.size = Pt(size)
                # The template's Normal may stand wide apart, which no table can bear.
                style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
                style.paragraph_format.line_spacing = 1.0
                if colour:
                    style.font.color.rgb = RGBColor.from_string(colour[1:])
            for name in ("Fynd", "Varning", "Nyckeltal"):
                styles[name].font.bold = True
            return
        looks = {
            "Normal": (10.5, 14, 0, 6, False, palette.text),
            "Title": (24, 29, 0, 6, True, palette.text),
            "Heading 1": (18, 22, 18, 6, True, palette.text),
            "Heading 2": (14, 18, 14, 4, True, palette.text),
            "Heading 3": (11, 14, 10, 3, True, palette.text),
            "Caption": (11, 14, 10, 2, True, palette.text),
            "List Bullet": (10.5, 14, 0, 3, False, palette.text),
            "Fynd": (11, 14, 4, 4, True, palette.text),
            "Fotrad": (8.5, 11, 2, 2, False, palette.text_2),
            "Varning": (10.5, 14, 6, 6, True, palette.text),
            "Tabelltext": (9, 11.5, 2, 2, False, palette.text),
            "Nyckeltal": (20, 24, 4, 0, True, palette.text),
        }
        for name, (size, line, before, after, bold, colour) in looks.items():
            style = styles[name]
            _set_font(style, FONT_NAME)
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = RGBColor.from_string(colour[1:])
            style.paragraph_format.line_spacing = Pt(line)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            if name.startswith("Heading") or name in ("Caption", "Title", "Fynd"):
                style.paragraph_format.keep_with_next = True
        _set_border(styles["Heading 1"], ("bottom",), palette.accent, 8, 3)
        _set_border(styles["Varning"], ("top", "left", "bottom", "right"), palette.text, 8, 4)
        for border in styles["Title"].element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)

    def _paragraph(self, text: str = "", style: str = "Normal") -> Any:
        paragraph = self.word.add_paragraph(text)
        # python-docx searches all styles for each paragraph: setting the id is a hundred times quicker.
        paragraph._p.style = self._style_id(style)
        self.last = paragraph
        return paragraph

    def _style_id(self, name: str) -> str | None:
        """The id of a paragraph style; None (Normal) where the template has no such style."""
        if name not in self.style_ids:
            found = next((style for style in self.word.styles if style.name == name), None)
            self.style_ids[name] = None if found is None else str(found.style_id)
        return self.style_ids[name]

    def _add_marked(self, paragraph: Any, text: str) -> None:
        """Add the text with the words that say that the data are invented in bold."""
        if text.startswith(EXAMPLE_MARK):
            paragraph.add_run(EXAMPLE_MARK).bold = True
            text = text.removeprefix(EXAMPLE_MARK)
        paragraph.add_run(text)

    def _heading(self, text: str, level: int) -> Any:
        try:
            return self.word.add_heading(text, level)
        except KeyError:
            self._style(f"heading {level}" if level else "Title", WD_STYLE_TYPE.PARAGRAPH)
            return self.word.add_heading(text, level)

    def _add_front(self) -> None:
        if self.document.logo and not self.has_template:
            self.word.add_picture(io.BytesIO(self.document.logo), height=Mm(14))
            # Normal has a fixed line height, and a picture in such a line is cut to it.
            self.word.paragraphs[-1].paragraph_format.line_spacing = 1.0
            _describe(self.word.element.body, self.document.forbund)
        self._heading(self.document.title, 0)
        self._add_marked(self._paragraph(), self.document.lead)
        if mark := mark_text(self.document):
            self._paragraph(mark, "Varning")
        self._paragraph(words.CONTENTS, "Fynd")
        self._add_contents()

    def _add_contents(self) -> None:
        """The contents as links to the headings; Word counts the pages when it opens the file."""
        entries = [block for block in self.document.blocks if isinstance(block, Heading) and block.level < 3]
        for number, block in enumerate(entries, start=1):
            paragraph = self._paragraph("", _CONTENTS_STYLES[block.level - 1])
            if number == 1:
                _begin_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u', dirty=True)
            paragraph._p.append(_link_entry(block.text, _BOOKMARK.format(number)))
            if number == len(entries):
                _end_field(paragraph)

    def _add(self, block: Any) -> None:
        match block:
            case Heading():
                self._add_heading(block)
            case Paragraph():
                self._add_marked(self._paragraph("", _STYLES[block.kind]), block.text)
            case BulletList():
                for item in block.items:
                    self._paragraph(item, "List Bullet")
            case KeyNumbers():
                self._add_key_numbers(block)
            case TableBlock():
                self._add_table(block)
            case ChartBlock():
                self._add_chart(block)
            case PageBreak():
                pass

    def _add_heading(self, block: Heading) -> None:
        """A heading that the contents can point at; the first one begins a page."""
        paragraph = self._heading(block.text, block.level)
        if block.level > _DEEPEST_ENTRY:
            return
        self.headings += 1
        self.told.clear()
        paragraph.paragraph_format.page_break_before = True if self.headings == 1 else None
        _mark_place(paragraph, _BOOKMARK.format(self.headings), self.headings)

    def _add_notes(self, notes: tuple[str, ...]) -> None:
        """What stands under a table, but not what has been said since the last heading, such as the same source."""
        for note in notes:
            if note not in self.told:
                self.told.add(note)
                self._add_marked(self._paragraph("", "Fotrad"), note)

    def _add_key_numbers(self, block: KeyNumbers) -> None:
        for start in range(0, len(block.numbers), _NUMBERS_A_ROW):
            part = block.numbers[start : start + _NUMBERS_A_ROW]
            table = self.word.add_table(rows=1, cols=_NUMBERS_A_ROW)
            _clear_borders(table)
            _mark_layout(table)
            for cell, (number, what) in zip(table.rows[0].cells, part, strict=False):
                cell.paragraphs[0]._p.style = self._style_id("Nyckeltal")
                cell.paragraphs[0].add_run(number)
                cell.add_paragraph(what)._p.style = self._style_id("Tabelltext")
        self._paragraph()

    def _caption(self, label: str, number: int, title: str) -> None:
        paragraph = self._paragraph("", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(f"{label}\u00a0")
        _add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
        paragraph.add_run(f". {title}")

    def _add_table(self, block: TableBlock) -> None:
        self.tables += 1
        self._caption("Tabell", self.tables, block.title)
        table = self.word.add_table(rows=1, cols=len(block.header))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        widths = block.widths or tuple(1 / len(block.header) for _ in block.header)
        _set_borders(table, self.palette)
        _set_grid(table, [self.width * width for width in widths])
        _describe_table(table, block.title)
        for cell, text, numeric in zip(table.rows[0].cells, block.header, block.numeric, strict=True):
            self._fill(cell, Cell(text, strong=True), numeric)
        _mark_header(table.rows[0], self.palette)
        body, style = table._tbl, self._style_id("Tabelltext") or ""
        together = len(block.rows) <= _KEPT_TOGETHER
        for place, row in enumerate(block.rows):
            keep = together and (place < len(block.rows) - 1 or bool(set(block.notes) - self.told))
            # A row at a time through python-docx reads the whole table anew: quadratic.
            body.append(_make_row(row, block.numeric, [self.width * width for width in widths], style, keep=keep))
        self._add_notes(block.notes)

    def _fill(self, cell: Any, content: Cell, numeric: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._style_id("Tabelltext")
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(content.text).bold = content.strong or None

    def _add_chart(self, block: ChartBlock) -> None:
        if block.native is None:
            # Nothing that is known can be drawn: the finding says why.
            self._add_marked(self._paragraph("", "Fynd"), f"{block.title}.")
            return
        self.charts += 1
        self._caption("Diagram", self.charts, block.title)
        under = self._paragraph(f"{(block.native_subtitle or block.subtitle).rstrip('.')}.", "Fotrad")
        under.paragraph_format.keep_with_next = True
        paragraph = self._paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.line_spacing = 1.0
        height = chart_height(block.native)
        look = Look(self.width, height, palette=self.palette)
        relation = self._add_chart_part(block.native, look)
        self.drawings += 1
        paragraph._p.append(_draw_inline(relation, self.width, height, self.drawings, block))
        self._paragraph(block.native_note or block.note, "Fotrad").paragraph_format.keep_with_next = True
        self._add_marked(self._paragraph("", "Fotrad"), block.source)
        self.told.add(block.source)

    def _add_chart_part(self, chart: NativeChart, look: Look) -> str:
        package = self.word.part.package
        part = Part(
            PackURI(f"/word/charts/chart{900 + self.charts}.xml"), CHART_TYPE, to_chart_xml(chart, look), package
        )
        book = Part(
            PackURI(f"/word/embeddings/diagram{900 + self.charts}.xlsx"), WORKBOOK_TYPE, to_workbook(chart), package
        )
        assert part.relate_to(book, RT.PACKAGE) == "rId1"
        return str(self.word.part.relate_to(part, RT.CHART))

    def _set_properties(self) -> None:
        core = self.word.core_properties
        core.title = f"{self.document.title}, {self.document.forbund}"
        core.subject = self.document.lead
        core.author = self.document.forbund
        core.last_modified_by = self.document.forbund
        core.language = "sv-SE"
        core.keywords = mark_text(self.document)
        core.comments = self.document.source
        core.created = core.modified = datetime.now(UTC)
        core.revision = 1


def chart_height(chart: NativeChart) -> float:
    """How high a chart is on paper, in points."""
    if isinstance(chart, PointChart):
        return max(_LOWEST_CHART, chart.rows * 21.0 + 40) if chart.rows else 200.0
    if chart.lying:
        return max(_LOWEST_CHART, len(chart.categories) * (10.0 * len(chart.bars) + 8) + 24)
    return 190.0


def _set_font(style: Any, name: str) -> None:
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), name)


def _set_language(styles: Any) -> None:
    """Swedish as the language of all text."""
    for run in styles.findall(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"):
        for old in run.findall(qn("w:lang")):
            run.remove(old)
        language = OxmlElement("w:lang")
        for attribute in ("w:val", "w:eastAsia"):
            language.set(qn(attribute), "sv-SE")
        run.append(language)


def _add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field with the text that stands until the program counts it."""
    _begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    _end_field(paragraph)


def _begin_field(paragraph: Any, instruction: str, *, dirty: bool = False) -> None:
    """The beginning of a field; a dirty one is counted when the file is opened."""
    _mark_field(paragraph, "begin", dirty=dirty)
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _mark_field(paragraph, "separate")


def _end_field(paragraph: Any) -> None:
    _mark_field(paragraph, "end")


def _mark_field(paragraph: Any, kind: str, *, dirty: bool = False) -> None:
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    if dirty:
        char.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(char)


def _link_entry(text: str, place: str) -> Any:
    """One line of the contents, a link to its heading; the program that opens the file adds the page."""
    return parse_xml(
        f'<w:hyperlink {nsdecls("w")} w:anchor="{place}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r></w:hyperlink>'
    )


def _mark_place(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark round a heading."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def _set_border(style: Any, edges: tuple[str, ...], colour: str, size: int, space: int) -> None:
    """Rules at a style's edges; `size` is eighths of a point, `space` points."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour[1:]}"/>' for edge in edges
    )
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    place = next((at for at, child in enumerate(properties) if child.tag not in _BEFORE_BORDER), len(properties))
    properties.insert(place, border)


def _clear_borders(table: Any) -> None:
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


def _set_borders(table: Any, palette: Palette) -> None:
    rule = palette.rule[1:]
    edges = (
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
    )
    _replace(table, parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
    _replace(table, parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))


def _set_grid(table: Any, widths: list[float]) -> None:
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * 20)))
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Pt(width)


def _mark_header(row: Any, palette: Palette) -> None:
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


def _mark_layout(table: Any) -> None:
    """A table that only places texts: no row of it heads anything."""
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(look)
    attributes = (
        'w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    )
    _replace(table, parse_xml(f"<w:tblLook {nsdecls('w')} {attributes}/>"))


def _describe_table(table: Any, title: str) -> None:
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(look)
    attributes = (
        'w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    )
    _replace(table, parse_xml(f"<w:tblLook {nsdecls('w')} {attributes}/>"))
    _replace(table, parse_xml(f"<w:tblCaption {nsdecls('w')} w:val={quoteattr(title)}/>"))


def _make_row(row: tuple[Cell, ...], numeric: tuple[bool, ...], widths: list[float], style: str, *, keep: bool) -> Any:
    """A row of a table that is never broken; `keep` holds it on the page of what follows."""
    cells = []
    kept = "<w:keepNext/>" if keep else ""
    for place, (cell, right, width) in enumerate(zip(row, numeric, widths, strict=True)):
        align = '<w:jc w:val="right"/>' if right else ""
        runs = "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if (cell.strong or place == 0) and not index else ''}"
            f'{"<w:br/>" if index else ""}<w:t xml:space="preserve">{escape(_clean(line))}</w:t></w:r>'
            for index, line in enumerate(cell.text.split("\n"))
        )
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * 20)}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{style}"/>{kept}{align}</w:pPr>{runs}</w:p></w:tc>'
        )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)


def _draw_inline(relation: str, width: float, height: float, number: int, block: ChartBlock) -> Any:
    cx, cy = round(width * EMU_PER_POINT), round(height * EMU_PER_POINT)
    return parse_xml(
        f'<w:r {nsdecls("w", "wp", "a", "r")}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name={quoteattr(f"Diagram {number - 100}")} '
        f"descr={quoteattr(_clean(block.alt))}/><wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _describe(body: Any, text: str) -> None:
    for properties in body.iter(qn("wp:docPr")):
        properties.set("descr", text)


def _drop_effects(word: Any) -> None:
    """Leave out the second set of styles that some templates carry: Word repairs a file where the two differ."""
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            word.part.drop_rel(key)
            word.part.rels.pop(key, None)


def _embed_fonts(word: Any) -> None:
    """Put Source Sans 3 into the file, so that it looks the same where the font is not installed.

    The first 32 bytes are mixed with a key, as the standard (ECMA-376, part 4, 4.1) asks; that is no protection.
    """
    package = word.part.package
    table = next(
        (relation.target_part for relation in word.part.rels.values() if relation.reltype == RT.FONT_TABLE), None
    )
    if table is None:
        return
    embeds = []
    for number, (tag, file) in enumerate(
        (("embedRegular", "SourceSans3-Regular.ttf"), ("embedBold", "SourceSans3-Bold.ttf")), start=1
    ):
        key = uuid.uuid5(uuid.NAMESPACE_DNS, file)
        data = bytearray((FONT_FOLDER / file).read_bytes())
        mask = bytes.fromhex(key.hex)[::-1]
        for index in range(32):
            data[index] ^= mask[index % 16]
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), FONT_TYPE, bytes(data), package)
        relation = table.relate_to(part, FONT_RELATION)
        embeds.append(f'<w:{tag} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>')
    font = (
        f'<w:font {nsdecls("w", "r")} w:name="{FONT_NAME}"><w:altName w:val="Calibri"/>'
        f'<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(embeds)}</w:font>'
    )
    fonts = parse_xml(table.blob)
    fonts.append(parse_xml(font))
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
    settings = word.settings.element
    embed = OxmlElement("w:embedTrueTypeFonts")
    place = next((index for index, child in enumerate(settings) if child.tag not in _BEFORE_EMBED), len(settings))
    settings.insert(place, embed)


_BEFORE_EMBED = {qn(name) for name in ("w:writeProtection", "w:view", "w:zoom", "w:removePersonalInformation",
                                      "w:removeDateAndTime", "w:doNotDisplayPageBoundaries", "w:displayBackgroundShape",
                                      "w:printPostScriptOverText", "w:printFractionalCharacterWidth",
                                      "w:printFormsData")}  # fmt: skip
