"""The report as a deck: one message a slide as its title, charts that PowerPoint edits, notes with their source."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Emu, Pt

from finsam_dash.charts.theme import FONT_NAME, Palette, judge_accent
from finsam_dash.export.chart_xml import EMU_PER_POINT, Look, to_chart_xml, to_workbook
from finsam_dash.export.document import (
    BulletList,
    Cell,
    ChartBlock,
    Document,
    Heading,
    KeyNumbers,
    TableBlock,
    mark_text,
)
from finsam_dash.export.native import BarChart, PointChart
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK

ROWS_PER_SLIDE = 7
LONGEST_TITLE = 90
_WIDTH, _HEIGHT = 960.0, 540.0
"""Points: 16:9 as PowerPoint's own wide slide, 1280 × 720 px."""
_LEFT = 42.0
_INNER = _WIDTH - 2 * _LEFT
_TOP, _BOTTOM, _FOOT = 108.0, 486.0, 504.0
_LAYOUT = 5
"""The layout "Title Only" of the library's template."""


def to_pptx(document: Document) -> bytes:
    """The report as .pptx in 16:9: title, summary, then a chart or at most seven rows of a table on each slide."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.palette: Palette = judge_accent(document.accent).palette
        self.deck: Any = Presentation()
        self.deck.slide_width, self.deck.slide_height = _emu(_WIDTH), _emu(_HEIGHT)
        self.layout = self.deck.slide_layouts[_LAYOUT]
        self.total = 0
        self.number = 0

    def write(self) -> bytes:
        self._prepare_template()
        slides = list(self._plan())
        self.total = len(slides)
        for title, content, notes in slides:
            self._add_slide(title, content, notes)
        self._set_properties()
        stream = io.BytesIO()
        self.deck.save(stream)
        return stream.getvalue()

    def _prepare_template(self) -> None:
        """Own 16:9 template: one layout, its title where every slide has it, one typeface, Swedish text."""
        master = self.deck.slide_master
        keep = self.layout
        for layout in list(self.deck.slide_layouts):
            if layout is not keep:
                self.deck.slide_layouts.remove(layout)
        for shapes in (master.placeholders, keep.placeholders):
            for shape in list(shapes):
                kind = shape.placeholder_format.type
                if kind is not None and "TITLE" in kind.name:
                    shape.left, shape.top = _emu(_LEFT), _emu(21)
                    shape.width, shape.height = _emu(_INNER), _emu(72)
                    frame = shape.text_frame
                    frame.vertical_anchor = MSO_ANCHOR.TOP
                    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
                elif shapes is keep.placeholders:
                    shape._element.getparent().remove(shape._element)
                else:
                    shape.left, shape.width = _emu(_LEFT), _emu(_INNER)
                    shape.top = _emu(_FOOT if shape.top > _emu(400) else _TOP)
        for run in master._element.iter(qn("a:defRPr")):
            run.set("lang", "sv-SE")
        title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
        if title is not None:
            title.set("algn", "l")
            properties = title.find(qn("a:defRPr"))
            properties.set("sz", "3000")
            properties.set("b", "1")
        theme = next((rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")), None)
        if theme is not None:
            theme._blob = _set_theme(theme.blob, self.palette)

    def _plan(self) -> Iterator[tuple[str, Any, str]]:
        """What each slide holds, in the document's order: (title, content, notes)."""
        document = self.document
        yield document.title, ("front",), document.source
        place = ""
        numbers: KeyNumbers | None = None
        for block in document.blocks:
            match block:
                case Heading(level=1):
                    place = block.text
                    if place in (words.METHOD, words.HIDDEN):
                        return
                case KeyNumbers():
                    numbers = block
                case BulletList() if place == words.SUMMARY:
                    yield words.SUMMARY, block, document.source
                case ChartBlock():
                    if block.native is not None:
                        notes = "\n".join((block.subtitle, block.note, block.source, block.alt))
                        yield from _split_chart(block, numbers, notes)
                        numbers = None
                case TableBlock() if block.finding:
                    yield from _split_table(block, document.source)

    def _add_slide(self, title: str, content: Any, notes: str) -> None:
        self.number += 1
        slide = self.deck.slides.add_slide(self.layout)
        slide.shapes.title.text_frame.text = title
        _style_frame(slide.shapes.title.text_frame, 30 if len(title) <= LONGEST_TITLE else 24, self.palette, bold=True)
        match content:
            case BulletList():
                self._add_bullets(slide, content.items)
            case (ChartBlock() as chart, numbers):
                self._add_chart(slide, chart, numbers)
            case TableBlock():
                self._add_table(slide, content)
            case _:
                self._add_front(slide)
        self._add_footer(slide)
        slide.notes_slide.notes_text_frame.text = notes
        _set_language(slide.notes_slide.notes_text_frame)

    def _box(self, slide: Any, left: float, top: float, width: float, height: float, name: str) -> Any:
        shape = slide.shapes.add_textbox(_emu(left), _emu(top), _emu(width), _emu(height))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _add_front(self, slide: Any) -> None:
        if self.document.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self.document.logo), _emu(_LEFT), _emu(330), height=_emu(48))
            picture._element.nvPicPr.cNvPr.set("descr", self.document.forbund)
        frame = self._box(slide, _LEFT, 120, _INNER, 150, "Om rapporten")
        _write_marked(frame.paragraphs[0], self.document.lead)
        _style_frame(frame, 22, self.palette)

    def _add_bullets(self, slide: Any, items: Sequence[str]) -> None:
        frame = self._box(slide, _LEFT, _TOP, _INNER, _BOTTOM - _TOP, "Punkter")
        for number, item in enumerate(items):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = item
            paragraph.space_after = Pt(8)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(_emu(16)))
            properties.set("indent", str(-_emu(16)))
            properties.append(parse_xml(f'<a:buChar xmlns:a="{_A}" char="•"/>'))
        _style_frame(frame, 18 if sum(map(len, items)) < 700 else 15, self.palette)

    def _add_chart(self, slide: Any, block: ChartBlock, numbers: KeyNumbers | None) -> None:
        assert block.native is not None
        bottom = _BOTTOM - (66 if numbers is not None else 0)
        height = bottom - _TOP - 46
        if isinstance(block.native, PointChart) and block.native.rows:
            height = min(height, max(150, block.native.rows * 45 + 60))
        elif isinstance(block.native, BarChart) and block.native.lying:
            height = min(height, len(block.native.categories) * 60.0 + 20)
        look = Look(_INNER, height, font=16, scale=2, palette=self.palette)
        chart = ChartPart.load(
            self.deck.part.package.next_partname(ChartPart.partname_template), CT.DML_CHART, self.deck.part.package,
            to_chart_xml(block.native, look),
        )  # fmt: skip
        book = EmbeddedXlsxPart.new(to_workbook(block.native), self.deck.part.package)
        assert chart.relate_to(book, RT.PACKAGE) == "rId1"
        relation = slide.part.relate_to(chart, RT.CHART)
        frame = slide.shapes._add_chart_graphicFrame(relation, _emu(_LEFT), _emu(_TOP), _emu(_INNER), _emu(height))
        properties = frame.nvGraphicFramePr.cNvPr
        properties.set("descr", block.alt)
        properties.set("name", "Diagram")
        note = self._box(slide, _LEFT, _TOP + height + 4, _INNER, 40, "Om diagrammet")
        note.text = " ".join(
            part
            for part in (f"{(block.native_subtitle or block.subtitle).rstrip('.')}.", block.native_note or block.note)
            if part
        )
        _style_frame(note, 13, self.palette)
        if numbers is not None:
            self._add_numbers(slide, numbers)

    def _add_numbers(self, slide: Any, numbers: KeyNumbers) -> None:
        shown = numbers.numbers[:4]
        width = _INNER / len(shown)
        for place, (number, what) in enumerate(shown):
            frame = self._box(slide, _LEFT + place * width, _BOTTOM - 60, width - 8, 58, f"Nyckeltal {place + 1}")
            frame.text = number
            frame.add_paragraph().text = what
            _style_frame(frame, 14, self.palette)
            for run in frame.paragraphs[0].runs:
                run.font.size, run.font.bold = Pt(28), True

    def _add_table(self, slide: Any, block: TableBlock) -> None:
        shape = slide.shapes.add_table(
            len(block.rows) + 1, len(block.header), _emu(_LEFT), _emu(_TOP), _emu(_INNER), _emu(30)
        )
        shape.name = "Tabell"
        shape._element.nvGraphicFramePr.cNvPr.set("descr", block.title)
        table = shape.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        style = table._tbl.tblPr.find(qn("a:tableStyleId"))
        if style is not None:
            # "No Style, No Grid": the rules are our own.
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        widths = block.widths or tuple(1 / len(block.header) for _ in block.header)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = _emu(_INNER * width / sum(widths))
        long = max((len(cell.text) for row in block.rows for cell in row), default=0) > 90 or len(block.header) > 6
        size = 13 if long else 16
        rows = [tuple(Cell(text, strong=True) for text in block.header), *block.rows]
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                self._fill(table.cell(number, place), cell, block.numeric[place], size, number, place)

    def _fill(self, cell: Any, content: Cell, right: bool, size: int, row: int, column: int) -> None:
        frame = cell.text_frame
        frame.word_wrap = True
        cell.margin_left, cell.margin_right = 0, _emu(6)
        cell.margin_top = cell.margin_bottom = _emu(4)
        frame.text = _shorten(content.text)
        _style_frame(frame, size, self.palette, bold=content.strong or (row > 0 and column == 0))
        for paragraph in frame.paragraphs:
            if right:
                paragraph.alignment = PP_ALIGN.RIGHT
        colour, width = (self.palette.text, 2.25) if row == 0 else (self.palette.rule, 1)
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<a:lnB xmlns:a="{_A}" w="{round(width * EMU_PER_POINT)}"><a:solidFill>'
                f'<a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
            )
        )

    def _add_footer(self, slide: Any) -> None:
        line = slide.shapes.add_connector(1, _emu(_LEFT), _emu(_FOOT - 6), _emu(_WIDTH - _LEFT), _emu(_FOOT - 6))
        line.line.color.rgb, line.line.width = RGBColor.from_string(self.palette.rule[1:]), Pt(1)
        line.name = "Linje"
        _hide_from_readers(line._element.nvCxnSpPr.cNvPr)
        frame = self._box(slide, _LEFT, _FOOT, _INNER - 190, 26, "Fot")
        _write_marked(frame.paragraphs[0], self.document.source)
        _style_frame(frame, 11, self.palette, colour=self.palette.text_2)
        if self.document.mark:
            shape = slide.shapes.add_textbox(_emu(_WIDTH - _LEFT - 170), _emu(_FOOT - 2), _emu(90), _emu(26))
            shape.name = "Läge"
            shape.line.color.rgb, shape.line.width = RGBColor.from_string(self.palette.text[1:]), Pt(2.25)
            shape.text_frame.text = self.document.mark
            shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
            _style_frame(shape.text_frame, 18, self.palette, bold=True)
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        page = self._box(slide, _WIDTH - _LEFT - 70, _FOOT, 70, 26, "Sidnummer")
        page.text = words.format_page_of(self.number, self.total)
        _style_frame(page, 11, self.palette, colour=self.palette.text_2)
        page.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _set_properties(self) -> None:
        core = self.deck.core_properties
        core.title = f"{self.document.title}, {self.document.forbund}"
        core.subject, core.comments = self.document.lead, self.document.source
        core.author = core.last_modified_by = self.document.forbund
        core.keywords, core.language = mark_text(self.document), "sv-SE"
        core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _emu(points: float) -> Emu:
    return Emu(round(points * EMU_PER_POINT))


def _split_chart(block: ChartBlock, numbers: KeyNumbers | None, notes: str) -> Iterator[tuple[str, Any, str]]:
    """A chart of rows on as many slides as it needs, at most seven rows on each."""
    parts = block.pages or (block.native,)
    for number, part in enumerate(parts, start=1):
        title = block.title if len(parts) == 1 else f"{block.title} ({number} av {len(parts)})"
        yield title, (replace(block, native=part), numbers if number == 1 else None), notes


def _split_table(block: TableBlock, source: str) -> Iterator[tuple[str, TableBlock, str]]:
    """A table on as many slides as it needs, at most seven rows on each; fewer where the cells are long."""
    size = sum(max((len(row[index].text) for row in block.rows), default=0) for index in range(len(block.header)))
    count = ROWS_PER_SLIDE if size < 260 else 4 if size < 420 else 3
    parts = [block.rows[start : start + count] for start in range(0, len(block.rows), count)]
    notes = "\n".join((block.title, *block.notes, source))
    for number, rows in enumerate(parts, start=1):
        title = block.finding if len(parts) == 1 else f"{block.finding} ({number} av {len(parts)})"
        yield title, replace(block, rows=rows), notes


def _shorten(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)


def _write_marked(paragraph: Any, text: str) -> None:
    """Write the text with the words that say that the data are invented in bold."""
    if text.startswith(EXAMPLE_MARK):
        run = paragraph.add_run()
        run.text, run.font.bold = EXAMPLE_MARK, True
        text = text.removeprefix(EXAMPLE_MARK)
    paragraph.add_run().text = text


def _style_frame(frame: Any, size: float, palette: Palette, *, bold: bool = False, colour: str = "") -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.name = Pt(size), FONT_NAME
            run.font.bold = True if bold else run.font.bold
            run.font.color.rgb = RGBColor.from_string((colour or palette.text)[1:])
    _set_language(frame)


def _set_language(frame: Any) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "sv-SE")


def _hide_from_readers(properties: Any) -> None:
    """Mark a shape as decoration, so that screen readers pass it by."""
    properties.append(
        parse_xml(
            f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


def _set_theme(blob: bytes, palette: Palette) -> bytes:
    """The theme with our typeface and colours, so that what is added by hand looks the same."""
    theme = parse_xml(blob)
    for kind in ("a:majorFont", "a:minorFont"):
        for font in theme.iter(qn(kind)):
            font.find(qn("a:latin")).set("typeface", FONT_NAME)
    colours = {
        "a:dk1": palette.text, "a:lt1": palette.background, "a:dk2": palette.text_2, "a:lt2": palette.field,
        "a:accent1": palette.data, "a:accent2": palette.look_here, "a:accent3": palette.context,
        "a:accent4": palette.uncertainty, "a:accent5": palette.riket, "a:accent6": palette.axis,
        "a:hlink": palette.data, "a:folHlink": palette.text_2,
    }  # fmt: skip
    for name, colour in colours.items():
        for element in theme.iter(qn(name)):
            for child in list(element):
                element.remove(child)
            element.append(parse_xml(f'<a:srgbClr xmlns:a="{_A}" val="{colour[1:]}"/>'))
    from lxml import etree

    return bytes(etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True))
