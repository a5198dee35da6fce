"""The report written block by block into a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from finsam_dash.charts.text_width import wrap
from finsam_dash.charts.theme import Palette, judge_accent
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
    Told,
    mark_text,
)
from finsam_dash.export.native import NativeChart, PointChart
from finsam_dash.export.office_template import open_template
from finsam_dash.export.word.fields import add_field, begin_field, clean, end_field, link_entry, mark_place
from finsam_dash.export.word.styles import CONTENTS_STYLES, drop_effects, embed_fonts, find_style, prepare_styles
from finsam_dash.export.word.tables import (
    clear_borders,
    describe_table,
    make_row,
    mark_header,
    mark_layout,
    set_borders,
    set_grid,
)
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_WIDTH = 160.0
"""Millimetres between margins of 25 on A4, and the width of a chart."""
_STYLES = {"lead": "Fynd", "note": "Fotrad", "warning": "Varning", "text": "Normal"}
_PT_PER_MM = 72 / 25.4
_KEPT_TOGETHER = 26
"""A table with no more lines of text than this is not divided between pages."""
_LOWEST_CHART = 124.0
_CHART_ROW, _TALL_CHART_ROW = 21.0, 26.0
"""Points a row of a chart, and where names take two lines."""
_NUMBERS_A_ROW = 3
_TABLE_TEXT, _CELL_SIDE = 9.0, 5.0
"""Points: the size of a table's text, and the space beside it."""
_DEEPEST_ENTRY = len(CONTENTS_STYLES)
_BOOKMARK = "_Toc{:06d}"


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
        self.told = Told()
        self.last: Any = None
        self.style_ids: dict[str, str | None] = {}

    def write(self) -> bytes:
        self._prepare_page()
        prepare_styles(self.word, self.palette, self.width, has_template=self.has_template)
        self._add_front()
        blocks = self.document.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            self._add(block)
            if isinstance(block, Paragraph) and isinstance(following, ChartBlock | TableBlock):
                self.last.paragraph_format.keep_with_next = True
        self._set_properties()
        drop_effects(self.word)
        if not self.has_template:
            embed_fonts(self.word)
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
        paragraph.style = find_style(self.word, "Fotrad")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(self.width), WD_TAB_ALIGNMENT.RIGHT)
        self._add_marked(paragraph, self.document.footer)
        if self.document.mark:
            run = paragraph.add_run(f"  {self.document.mark}")
            run.bold = True
        paragraph.add_run("\t")
        add_field(paragraph, "PAGE", "1")

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
            find_style(self.word, f"heading {level}" if level else "Title")
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
            paragraph = self._paragraph("", CONTENTS_STYLES[block.level - 1])
            if number == 1:
                begin_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u', dirty=True)
            paragraph._p.append(link_entry(block.text, _BOOKMARK.format(number)))
            if number == len(entries):
                end_field(paragraph)

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
        self.told.forget()
        paragraph.paragraph_format.page_break_before = True if self.headings == 1 else None
        mark_place(paragraph, _BOOKMARK.format(self.headings), self.headings)

    def _add_notes(self, notes: tuple[str, ...]) -> None:
        """What stands under a table, but not what has been said since the last heading, such as the same source."""
        for note in self.told.list_new(notes):
            self._add_marked(self._paragraph("", "Fotrad"), note)
        self.told.say(notes)

    def _add_key_numbers(self, block: KeyNumbers) -> None:
        for start in range(0, len(block.numbers), _NUMBERS_A_ROW):
            part = block.numbers[start : start + _NUMBERS_A_ROW]
            table = self.word.add_table(rows=1, cols=_NUMBERS_A_ROW)
            clear_borders(table)
            mark_layout(table)
            for cell, (number, what) in zip(table.rows[0].cells, part, strict=False):
                cell.paragraphs[0]._p.style = self._style_id("Nyckeltal")
                cell.paragraphs[0].add_run(number)
                cell.add_paragraph(what)._p.style = self._style_id("Tabelltext")
        self._paragraph()

    def _caption(self, label: str, number: int, title: str) -> None:
        paragraph = self._paragraph("", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(f"{label}\u00a0")
        add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
        paragraph.add_run(f". {title}")

    def _add_table(self, block: TableBlock) -> None:
        self.tables += 1
        self._caption("Tabell", self.tables, block.title)
        table = self.word.add_table(rows=1, cols=len(block.header))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        widths = block.widths or tuple(1 / len(block.header) for _ in block.header)
        set_borders(table, self.palette)
        set_grid(table, [self.width * width for width in widths])
        describe_table(table, block.title)
        for cell, text, numeric in zip(table.rows[0].cells, block.header, block.numeric, strict=True):
            self._fill(cell, Cell(text, strong=True), numeric)
        mark_header(table.rows[0], self.palette)
        body, style = table._tbl, self._style_id("Tabelltext") or ""
        together = self._count_lines(block, widths) <= _KEPT_TOGETHER
        noted = bool(self.told.list_new(block.notes))
        last = len(block.rows) - 1
        for place, row in enumerate(block.rows):
            # A note, or the last row alone, would stand on a page of its own.
            keep = (together and place < last) or (noted and place == last) or place == last - 1
            # A row at a time through python-docx reads the whole table anew: quadratic.
            body.append(make_row(row, block.numeric, [self.width * width for width in widths], style, keep=keep))
        self._add_notes(block.notes)

    def _count_lines(self, block: TableBlock, widths: Sequence[float]) -> int:
        """How many lines of text the table's rows take."""
        room = [self.width * width - _CELL_SIDE for width in widths]
        return sum(
            max(
                sum(len(wrap(line, width, _TABLE_TEXT)) for line in cell.text.split("\n"))
                for cell, width in zip(row, room, strict=True)
            )
            for row in block.rows
        )

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
        self.told.say((block.source,))

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
        wrapped = any("\n" in point.label for series in chart.series for point in series.points)
        row = _TALL_CHART_ROW if wrapped else _CHART_ROW
        return max(_LOWEST_CHART, chart.rows * row + 40) if chart.rows else 200.0
    if chart.lying:
        return max(_LOWEST_CHART, len(chart.categories) * (10.0 * len(chart.bars) + 8) + 24)
    return 190.0


def _draw_inline(relation: str, width: float, height: float, number: int, block: ChartBlock) -> Any:
    cx, cy = round(width * EMU_PER_POINT), round(height * EMU_PER_POINT)
    return parse_xml(
        f'<w:r {nsdecls("w", "wp", "a", "r")}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name={quoteattr(f"Diagram {number - 100}")} '
        f"descr={quoteattr(clean(block.alt))}/><wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _describe(body: Any, text: str) -> None:
    for properties in body.iter(qn("wp:docPr")):
        properties.set("descr", text)
