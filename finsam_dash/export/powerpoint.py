"""The styrelse's slides as a deck: the walk of Styrelseläge, with charts that PowerPoint edits and notes that define.

Places and sizes are those of the screen's stage of 1280 × 720, in points: three quarters of a pixel.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree
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

from finsam_dash.charts import dots, trend
from finsam_dash.charts.text_width import wrap
from finsam_dash.charts.theme import FONT_NAME, SLIDE, Palette, judge_accent
from finsam_dash.export.chart_xml import EMU_PER_POINT, Look, to_chart_xml, to_workbook
from finsam_dash.export.document import Document, mark_text
from finsam_dash.export.native import (
    NativeChart,
    PointChart,
    build_dot_chart,
    build_goal_chart,
    build_trend_chart,
)
from finsam_dash.export.painting import paint_chart
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK
from finsam_dash.wording.slide_notes import format_slide_notes
from finsam_dash.wording.slides import Slide, SlideCell, SlideTable

_PX = 0.75
"""Points a pixel of the stage."""
_WIDTH, _HEIGHT = 1280 * _PX, 720 * _PX
_LEFT, _INNER = 56 * _PX, 1168 * _PX
_BESIDE, _BESIDE_WIDTH = 436 * _PX, 788 * _PX
_TITLE_TOP, _TOP, _BOTTOM, _FOOT = 28 * _PX, 142 * _PX, 656 * _PX, 672 * _PX
_NUMBERS_TOP = 574 * _PX
_TITLE, _BODY, _HEAD, _HERO, _NUMBER, _SMALL = 30, 18, 16.5, 84, 30, 12
_LINE = 1.25
_HEAD_ROW, _ROW, _TALLEST_ROW = 40 * _PX, 62 * _PX, 92 * _PX
_CHART_ROW, _CHART_EDGES = 84 * _PX, 92 * _PX
_LINES_TOP = 500 * _PX
_LAYOUT = 5
"""The layout "Title Only" of the library's template."""


@dataclass(frozen=True)
class SlideChart:
    """A slide's native chart with its text alternative and the line that names its marks."""

    chart: NativeChart
    alt: str
    note: str = ""


def build_slide_chart(slide: Slide) -> SlideChart | None:
    """The one chart of a slide, as data: rows of shares, years, or the pictures of a table of goals; None without."""
    if slide.dots is not None:
        rows, benchmark = slide.dots.rows, slide.dots.benchmark
        chart = build_dot_chart(rows, benchmark)
        note = dots.dot_plot_note(rows=rows, benchmark=benchmark, comparisons=slide.dots.comparisons, theme=SLIDE)
        return None if chart is None else SlideChart(chart, dots.dot_plot_alt(rows=rows, benchmark=benchmark), note)
    if slide.trend is not None:
        points, riket = slide.trend.points, slide.trend.riket
        over_time = build_trend_chart(points, riket=riket)
        note = trend.trend_note(points=points, riket=riket)
        alt = trend.trend_alt(points=points, riket=riket)
        return None if over_time is None else SlideChart(over_time, alt, note)
    if slide.table is not None:
        goals = [cell.picture for row in slide.table.rows for cell in row if cell.picture is not None]
        if goals:
            return SlideChart(
                build_goal_chart(goals), f"{slide.title} Varje rad i tabellen på en skala från 0 till 100 %."
            )
    return None


def to_pptx(document: Document) -> bytes:
    """The report's slides as .pptx in 16:9, after a first one that says what it is."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.palette: Palette = judge_accent(document.accent).palette
        self.deck: Any = Presentation()
        self.deck.slide_width, self.deck.slide_height = _emu(_WIDTH), _emu(_HEIGHT)
        self.layout = self.deck.slide_layouts[_LAYOUT]
        self.total = 1 + len(document.slides)

    def write(self) -> bytes:
        self._prepare_template()
        self._add_front()
        for number, slide in enumerate(self.document.slides, start=2):
            self._add_slide(slide, number)
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
                    shape.left, shape.top = _emu(_LEFT), _emu(_TITLE_TOP)
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
            properties.set("sz", str(_TITLE * 100))
            properties.set("b", "1")
        theme = next((rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")), None)
        if theme is not None:
            theme._blob = _set_theme(theme.blob, self.palette)

    def _add_titled(self, title: str, number: int, source: str, notes: str) -> Any:
        drawn = self.deck.slides.add_slide(self.layout)
        drawn.shapes.title.text_frame.text = title
        _style_frame(drawn.shapes.title.text_frame, _TITLE, self.palette, bold=True)
        self._add_footer(drawn, number, source)
        drawn.notes_slide.notes_text_frame.text = notes
        _set_language(drawn.notes_slide.notes_text_frame)
        return drawn

    def _add_front(self) -> None:
        document = self.document
        drawn = self._add_titled(document.title, 1, document.source, document.source)
        if document.logo:
            picture = drawn.shapes.add_picture(io.BytesIO(document.logo), _emu(_LEFT), _emu(330), height=_emu(48))
            picture._element.nvPicPr.cNvPr.set("descr", document.forbund)
        frame = self._box(drawn, _LEFT, _TOP, _INNER, 150, "Om rapporten")
        _write_marked(frame.paragraphs[0], document.lead)
        _style_frame(frame, 22, self.palette)

    def _add_slide(self, slide: Slide, number: int) -> None:
        drawn = self._add_titled(slide.title, number, slide.source, "\n".join(format_slide_notes(slide)))
        shown = build_slide_chart(slide)
        note = " ".join(part for part in (shown.note if shown is not None else "", slide.note) if part)
        beside = slide.hero is not None
        if slide.hero is not None:
            self._add_hero(drawn, slide)
        left, width = (_BESIDE, _BESIDE_WIDTH) if beside else (_LEFT, _INNER)
        bottom = (_NUMBERS_TOP if slide.numbers else _LINES_TOP if slide.lines else _BOTTOM) - 6
        note_height = len(wrap(note, width * 0.96, _BODY)) * _BODY * _LINE if note else 0.0
        end = bottom - note_height
        if slide.table is not None:
            height = self._add_table(drawn, slide.table, end - _TOP)
            if shown is not None:
                self._add_pictures(drawn, slide.table, shown, height)
            self._add_note(drawn, note, left, bottom - note_height, width, note_height)
        elif shown is not None:
            height = end - _TOP
            if isinstance(shown.chart, PointChart) and shown.chart.rows:
                height = min(height, shown.chart.rows * _CHART_ROW + _CHART_EDGES)
            self._add_chart(drawn, shown, left, _TOP, width, height)
            self._add_note(drawn, note, left, _TOP + height, width, note_height)
        else:
            self._add_note(drawn, note, left, bottom - note_height, width, note_height)
        if slide.lines:
            self._add_lines(drawn, slide.lines, _LINES_TOP if beside else _TOP)
        self._add_numbers(drawn, slide.numbers)

    def _box(self, drawn: Any, left: float, top: float, width: float, height: float, name: str) -> Any:
        shape = drawn.shapes.add_textbox(_emu(left), _emu(top), _emu(width), _emu(height))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _add_hero(self, drawn: Any, slide: Slide) -> None:
        assert slide.hero is not None
        frame = self._box(drawn, _LEFT, 150 * _PX, 360 * _PX, 250 * _PX, "Huvudtal")
        frame.text = slide.hero.number
        for text in (slide.hero.strong, slide.hero.rest):
            frame.add_paragraph().text = text
        _style_frame(frame, _BODY, self.palette)
        for run in frame.paragraphs[0].runs:
            run.font.size, run.font.bold = Pt(_HERO), True
        for run in frame.paragraphs[1].runs:
            run.font.bold = True

    def _add_note(self, drawn: Any, note: str, left: float, top: float, width: float, height: float) -> None:
        if note:
            frame = self._box(drawn, left, top, width, height, "Om diagrammet")
            frame.text = note
            _style_frame(frame, _BODY, self.palette)

    def _add_lines(self, drawn: Any, lines: tuple[str, ...], top: float) -> None:
        frame = self._box(drawn, _LEFT, top, _INNER, _BOTTOM - top, "Punkter")
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(12)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(_emu(20)))
            properties.set("indent", str(-_emu(20)))
            properties.append(parse_xml(f'<a:buChar xmlns:a="{_A}" char="•"/>'))
        _style_frame(frame, _BODY, self.palette)

    def _add_numbers(self, drawn: Any, numbers: tuple[tuple[str, str], ...]) -> None:
        width = _INNER / 4
        for place, (number, what) in enumerate(numbers):
            frame = self._box(drawn, _LEFT + place * width, _NUMBERS_TOP, width - 8, 60, f"Nyckeltal {place + 1}")
            frame.text = number
            frame.add_paragraph().text = what
            _style_frame(frame, _BODY, self.palette)
            for run in frame.paragraphs[0].runs:
                run.font.size, run.font.bold = Pt(_NUMBER), True

    def _add_chart(
        self, drawn: Any, shown: SlideChart, left: float, top: float, width: float, height: float, name: str = "Diagram"
    ) -> None:
        look = Look(width, height, font=_BODY, scale=2, palette=self.palette)
        package = self.deck.part.package
        chart = ChartPart.load(
            package.next_partname(ChartPart.partname_template),
            CT.DML_CHART,
            package,
            to_chart_xml(paint_chart(shown.chart, self.palette), look),
        )
        book = EmbeddedXlsxPart.new(to_workbook(shown.chart), package)
        assert chart.relate_to(book, RT.PACKAGE) == "rId1"
        relation = drawn.part.relate_to(chart, RT.CHART)
        frame = drawn.shapes._add_chart_graphicFrame(relation, _emu(left), _emu(top), _emu(width), _emu(height))
        properties = frame.nvGraphicFramePr.cNvPr
        properties.set("descr", shown.alt)
        properties.set("name", name)

    def _add_table(self, drawn: Any, content: SlideTable, room: float) -> float:
        """The table; fewer rows are taller, so that they fill the slide. The height of a row."""
        count = len(content.rows)
        height = min(_TALLEST_ROW, (room - _HEAD_ROW) / count)
        shape = drawn.shapes.add_table(
            count + 1, len(content.columns), _emu(_LEFT), _emu(_TOP), _emu(_INNER), _emu(_HEAD_ROW + height * count)
        )
        shape.name = "Tabell"
        table = shape.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        style = table._tbl.tblPr.find(qn("a:tableStyleId"))
        if style is not None:
            # "No Style, No Grid": the rules are our own.
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for column, wanted in zip(table.columns, content.columns, strict=True):
            column.width = _emu(wanted.width * _PX)
        for number, row in enumerate(table.rows):
            row.height = _emu(height if number else _HEAD_ROW)
        heads = tuple(SlideCell(column.title, strong=True) for column in content.columns)
        for number, cells in enumerate((heads, *content.rows)):
            for place, cell in enumerate(cells):
                right = content.columns[place].numeric
                after = place > 0 and content.columns[place - 1].numeric and not right
                self._fill(table.cell(number, place), cell, right=right, after_number=after, head=number == 0)
        return height

    def _add_pictures(self, drawn: Any, table: SlideTable, shown: SlideChart, row: float) -> None:
        """The goals' pictures as one chart over their column of the table."""
        place = next(index for index, cell in enumerate(table.rows[0]) if cell.picture is not None)
        left = _LEFT + sum(column.width for column in table.columns[:place]) * _PX
        width = (table.columns[place].width - 16) * _PX
        self._add_chart(drawn, shown, left + 6 * _PX, _TOP + _HEAD_ROW, width, row * len(table.rows), "Målen i bild")

    def _fill(self, cell: Any, content: SlideCell, *, right: bool, after_number: bool, head: bool) -> None:
        frame = cell.text_frame
        frame.word_wrap = True
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_left, cell.margin_right = _emu(12 * _PX if after_number else 0), _emu((12 if right else 2) * _PX)
        cell.margin_top = cell.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        if content.sign:
            paragraph.add_run().text = f"{content.sign}\u00a0"
        paragraph.add_run().text = content.text
        _style_frame(frame, _HEAD if head else _BODY, self.palette, bold=content.strong)
        if content.sign and content.look_here:
            paragraph.runs[0].font.color.rgb = RGBColor.from_string(self.palette.look_here[1:])
        if right:
            paragraph.alignment = PP_ALIGN.RIGHT
        colour, width = (self.palette.text, 2.25) if head else (self.palette.rule, _RULE)
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<a:lnB xmlns:a="{_A}" w="{round(width * EMU_PER_POINT)}"><a:solidFill>'
                f'<a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
            )
        )

    def _add_footer(self, drawn: Any, number: int, source: str) -> None:
        line = drawn.shapes.add_connector(1, _emu(_LEFT), _emu(_FOOT - 5), _emu(_WIDTH - _LEFT), _emu(_FOOT - 5))
        line.line.color.rgb, line.line.width = RGBColor.from_string(self.palette.rule[1:]), Pt(_RULE)
        line.name = "Linje"
        _hide_from_readers(line._element.nvCxnSpPr.cNvPr)
        frame = self._box(drawn, _LEFT, _FOOT, _INNER - 190, 30, "Fot")
        _write_marked(frame.paragraphs[0], source)
        _style_frame(frame, _SMALL, self.palette, colour=self.palette.text_2)
        if self.document.mark:
            shape = drawn.shapes.add_textbox(_emu(_WIDTH - _LEFT - 170), _emu(_FOOT), _emu(90), _emu(26))
            shape.name = "Läge"
            shape.line.color.rgb, shape.line.width = RGBColor.from_string(self.palette.text[1:]), Pt(2.25)
            shape.text_frame.text = self.document.mark
            shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
            _style_frame(shape.text_frame, 18, self.palette, bold=True)
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        page = self._box(drawn, _WIDTH - _LEFT - 70, _FOOT, 70, 26, "Sidnummer")
        page.text = words.format_page_of(number, self.total)
        _style_frame(page, _SMALL, self.palette, colour=self.palette.text_2)
        page.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _set_properties(self) -> None:
        core = self.deck.core_properties
        core.title = f"{self.document.title}, {self.document.forbund}"
        core.subject, core.comments = self.document.lead, self.document.source
        core.author = core.last_modified_by = self.document.forbund
        core.keywords, core.language = mark_text(self.document), "sv-SE"
        core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)


_RULE = 2.25
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _emu(points: float) -> Emu:
    return Emu(round(points * EMU_PER_POINT))


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
    return bytes(etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True))
