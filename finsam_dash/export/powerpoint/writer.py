"""Slides written into a deck, front first. Places and sizes are those of the screen's stage, in points."""

from __future__ import annotations

import copy
import io
from datetime import UTC, datetime
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Pt

from finsam_dash.charts.text_width import text_width, wrap
from finsam_dash.charts.theme import FONT_NAME
from finsam_dash.export.chart_xml import EMU_PER_POINT, Look, to_chart_xml, to_workbook
from finsam_dash.export.document import Document, mark_text
from finsam_dash.export.native import PointChart
from finsam_dash.export.painting import paint_chart
from finsam_dash.export.powerpoint.deck import (
    FOOT,
    INNER,
    LEFT,
    PX,
    THEME_FONT,
    TITLE_TOP,
    TOP,
    WIDTH,
    Deck,
    build_own_deck,
    open_deck,
    to_emu,
)
from finsam_dash.export.powerpoint.slide_chart import SlideChart, build_slide_chart
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK
from finsam_dash.wording.slide_notes import format_slide_notes
from finsam_dash.wording.slides import Slide, SlideCell, SlideTable, join_sentences

_BESIDE, _BESIDE_WIDTH = 436 * PX, 788 * PX
_BOTTOM = 656 * PX
_NUMBERS_TOP = 574 * PX
_BODY, _HEAD, _HERO, _NUMBER, _SMALL, _LARGE = 18.0, 16.5, 84.0, 30.0, 12.0, 22.5
_FRONT_TITLE, _FRONT_LEAD = 44.0, 22.0
_SMALLEST_TITLE = 18.0
_LINE = 1.25
_HEAD_ROW, _TALLEST_ROW, _TALLEST_LARGE_ROW = 40 * PX, 92 * PX, 116 * PX
_CHART_ROW, _CHART_EDGES = 84 * PX, 92 * PX
_LINES_TOP, _LINES_TOP_UNDER_ONE_ROW = 500 * PX, 420 * PX
_GAP = 12 * PX
_FEW_LINES = 4
_RULE = 2.25
_WIDER, _WIDER_OF_TEMPLATE = 1.1, 1.35
"""How much wider than measured a number may come out: in what stands in for our typeface, and in a template's own."""
_TABLE_OF_TEMPLATE = 0.88
"""The columns are as wide as our typeface asks: in a template's own the text is set smaller."""
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


def to_pptx(document: Document, template: bytes | None = None) -> bytes:
    """The report's slides as .pptx, after a first one that says what it is: in 16:9, or in a förbund's own template.

    A template gives size, layouts, typefaces, colours and logo, and its own slides are dropped. Raises
    office_template.BadTemplateError.
    """
    deck = build_own_deck(document.accent) if template is None else open_deck(template, document.accent)
    return _Writer(document, deck).write()


class _Writer:
    def __init__(self, document: Document, deck: Deck) -> None:
        self.document, self.deck, self.palette = document, deck, deck.palette
        self.total = 1 + len(document.slides)

    def write(self) -> bytes:
        self._add_front()
        for number, slide in enumerate(self.document.slides, start=2):
            self._add_slide(slide, number)
        self._set_properties()
        stream = io.BytesIO()
        self.deck.deck.save(stream)
        return stream.getvalue()

    def _add_titled(self, title: str, number: int, source: str, notes: str, layout: Any) -> Any:
        drawn = self.deck.deck.slides.add_slide(layout)
        drawn.shapes.title.text_frame.text = title
        self._fit_title(drawn.shapes.title, title)
        for shape in list(drawn.placeholders):
            if shape.placeholder_format.idx != 0 and layout is self.deck.layout:
                # An empty placeholder shows its prompt, "Click to add text".
                shape._element.getparent().remove(shape._element)
        self._add_footer(drawn, number, source if layout is self.deck.layout else "")
        drawn.notes_slide.notes_text_frame.text = notes
        _set_language(drawn.notes_slide.notes_text_frame)
        return drawn

    def _fit_title(self, shape: Any, title: str) -> None:
        """Keep the title inside its place: ours breaks into even lines, a template's is set smaller if it must be."""
        if self.deck.own:
            self._style(shape.text_frame, self.deck.title_size, bold=True)
            shape.left, shape.top, shape.height = to_emu(LEFT), to_emu(TITLE_TOP), to_emu(self.deck.title_height)
            shape.width = to_emu(_balance(title, INNER, self.deck.title_size))
            return
        _set_language(shape.text_frame)
        size = self.deck.title_size
        while size > _SMALLEST_TITLE and (
            len(wrap(title, self.deck.title_width, size * _WIDER, bold=True)) * size * 1.2 > self.deck.title_height
        ):
            size -= 1
        if size < self.deck.title_size:
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.size = Pt(size)

    def _add_front(self) -> None:
        document, deck = self.document, self.deck
        drawn = self._add_titled(document.title, 1, document.source, document.source, deck.front)
        if not deck.own:
            self._fill_front(drawn)
            return
        title = drawn.shapes.title
        title.top, title.height, title.width = to_emu(236 * PX), to_emu(64 * PX), to_emu(INNER)
        self._style(title.text_frame, _FRONT_TITLE, bold=True)
        stripe = drawn.shapes.add_shape(1, to_emu(LEFT), to_emu(214 * PX), to_emu(112 * PX), to_emu(8 * PX))
        stripe.fill.solid()
        stripe.fill.fore_color.rgb = RGBColor.from_string(self.palette.accent[1:])
        stripe.line.fill.background()
        stripe.shadow.inherit = False
        stripe.name = "Färg"
        _hide_from_readers(stripe._element.nvSpPr.cNvPr)
        if document.logo:
            picture = drawn.shapes.add_picture(
                io.BytesIO(document.logo), to_emu(LEFT), to_emu(84 * PX), height=to_emu(84 * PX)
            )
            picture._element.nvPicPr.cNvPr.set("descr", document.forbund)
            picture.name = "Logga"
        frame = self._box(drawn, LEFT, 318 * PX, 940 * PX, 150, "Om rapporten")
        _write_marked(frame.paragraphs[0], document.lead)
        self._style(frame, _FRONT_LEAD)

    def _fill_front(self, drawn: Any) -> None:
        """The first slide in a template: what the report is stands in its subtitle, or in a box under the title."""
        subtitle = next(
            (shape for shape in drawn.placeholders if shape.placeholder_format.type.name in ("SUBTITLE", "BODY")), None
        )
        for shape in list(drawn.placeholders):
            if shape.placeholder_format.idx != 0 and (subtitle is None or shape._element is not subtitle._element):
                shape._element.getparent().remove(shape._element)
        frame = self._box(drawn, LEFT, TOP, INNER, 150, "Om rapporten") if subtitle is None else subtitle.text_frame
        _write_marked(frame.paragraphs[0], self.document.lead)
        self._style(frame, _FRONT_LEAD)

    def _add_slide(self, slide: Slide, number: int) -> None:
        notes = "\n".join(format_slide_notes(slide))
        drawn = self._add_titled(slide.title, number, slide.source, notes, self.deck.layout)
        shown = build_slide_chart(slide)
        note = join_sentences(shown.note if shown is not None else "", slide.note)
        beside = slide.hero is not None
        if slide.hero is not None:
            self._add_hero(drawn, slide)
        left, width = (_BESIDE, _BESIDE_WIDTH) if beside else (LEFT, INNER)
        note_height = len(wrap(note, width * 0.96, _BODY)) * _BODY * _LINE if note else 0.0
        end = (_NUMBERS_TOP - _GAP if slide.numbers else _BOTTOM) - note_height
        under = TOP
        if slide.table is not None:
            row = self._add_table(drawn, slide.table, end - TOP - (_GAP if note else 0))
            if shown is not None:
                self._add_pictures(drawn, slide.table, shown, row)
            under = TOP + _HEAD_ROW + row * len(slide.table.rows) + _GAP
            self._add_note(drawn, note, left, under, width, note_height)
        elif shown is not None:
            lines_top = _find_lines_top(slide)
            height = min(end, lines_top - _GAP - note_height if slide.lines else end) - TOP
            if isinstance(shown.chart, PointChart) and shown.chart.rows:
                height = min(height, shown.chart.rows * _CHART_ROW + _CHART_EDGES)
            self._add_chart(drawn, shown, left, TOP, width, height)
            self._add_note(drawn, note, left, TOP + height, width, note_height)
            under = lines_top
        elif note:
            self._add_note(drawn, note, left, end, width, note_height)
        if slide.lines:
            self._add_lines(drawn, slide.lines, under + (_GAP if slide.table is not None else 0), large=not beside)
        self._add_numbers(drawn, slide.numbers)

    def _box(self, drawn: Any, left: float, top: float, width: float, height: float, name: str) -> Any:
        deck = self.deck
        shape = drawn.shapes.add_textbox(deck.across(left), deck.down(top), deck.length(width), deck.tall(height))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _add_hero(self, drawn: Any, slide: Slide) -> None:
        assert slide.hero is not None
        width = 360 * PX
        frame = self._box(drawn, LEFT, 150 * PX, width, 250 * PX, "Huvudtal")
        frame.text = slide.hero.number
        for text in (slide.hero.strong, slide.hero.rest):
            frame.add_paragraph().text = text
        self._style(frame, _BODY)
        self._enlarge(frame.paragraphs[0], self._fit(slide.hero.number, width, _HERO))
        for run in frame.paragraphs[1].runs:
            run.font.bold = True

    def _fit(self, text: str, width: float, size: float) -> float:
        """The size, or the smaller one at which the text stands on one line in any typeface that may come instead."""
        wider = _WIDER if self.deck.own else _WIDER_OF_TEMPLATE
        return min(size, width / (text_width(text, 1.0, bold=True) * wider))

    def _enlarge(self, paragraph: Any, size: float) -> None:
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(round(size * self.deck.scale, 1)), True

    def _add_note(self, drawn: Any, note: str, left: float, top: float, width: float, height: float) -> None:
        if note:
            frame = self._box(drawn, left, top, width, height, "Om diagrammet")
            frame.text = note
            self._style(frame, _BODY)

    def _add_lines(self, drawn: Any, lines: tuple[str, ...], top: float, *, large: bool) -> None:
        size = _LARGE if large and len(lines) <= _FEW_LINES else _BODY
        frame = self._box(drawn, LEFT, top, INNER, _BOTTOM - top, "Punkter")
        indent = self.deck.length(size * 1.1)
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(round(size * 0.67 * self.deck.scale, 1))
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(indent))
            properties.set("indent", str(-indent))
            properties.append(parse_xml(f'<a:buChar xmlns:a="{_A}" char="•"/>'))
        self._style(frame, size)

    def _add_numbers(self, drawn: Any, numbers: tuple[tuple[str, str], ...]) -> None:
        width = INNER / 4
        # One size for all four: the widest decides it.
        size = min((self._fit(number, width - 8, _NUMBER) for number, _ in numbers), default=_NUMBER)
        for place, (number, what) in enumerate(numbers):
            frame = self._box(drawn, LEFT + place * width, _NUMBERS_TOP, width - 8, 60, f"Nyckeltal {place + 1}")
            frame.text = number
            frame.add_paragraph().text = what
            self._style(frame, _BODY)
            self._enlarge(frame.paragraphs[0], size)

    def _add_chart(
        self, drawn: Any, shown: SlideChart, left: float, top: float, width: float, height: float, name: str = "Diagram"
    ) -> None:
        deck, scale = self.deck, self.deck.scale
        look = Look(
            width * scale, height * deck.stretch, font=_BODY * scale, scale=2 * scale, palette=self.palette, slide=True,
            typeface=FONT_NAME if deck.own else THEME_FONT,
        )  # fmt: skip
        package = deck.deck.part.package
        chart = ChartPart.load(
            package.next_partname(ChartPart.partname_template),
            CT.DML_CHART,
            package,
            to_chart_xml(paint_chart(shown.chart, self.palette), look),
        )
        book = EmbeddedXlsxPart.new(to_workbook(shown.chart), package)
        assert chart.relate_to(book, RT.PACKAGE) == "rId1"
        relation = drawn.part.relate_to(chart, RT.CHART)
        frame = drawn.shapes._add_chart_graphicFrame(
            relation, deck.across(left), deck.down(top), deck.length(width), deck.tall(height)
        )
        properties = frame.nvGraphicFramePr.cNvPr
        properties.set("descr", shown.alt)
        properties.set("name", name)

    def _add_table(self, drawn: Any, content: SlideTable, room: float) -> float:
        """The table; fewer rows are taller, so that they fill the slide. The height of a row."""
        deck, count = self.deck, len(content.rows)
        height = min(_TALLEST_LARGE_ROW if content.large else _TALLEST_ROW, (room - _HEAD_ROW) / count)
        shape = drawn.shapes.add_table(
            count + 1, len(content.columns), deck.across(LEFT), deck.down(TOP), deck.length(INNER),
            deck.tall(_HEAD_ROW + height * count),
        )  # fmt: skip
        shape.name = "Tabell"
        table = shape.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        style = table._tbl.tblPr.find(qn("a:tableStyleId"))
        if style is not None:
            # "No Style, No Grid": the rules are our own.
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for column, wanted in zip(table.columns, content.columns, strict=True):
            column.width = deck.length(wanted.width * PX)
        for number, row in enumerate(table.rows):
            row.height = deck.tall(height if number else _HEAD_ROW)
        heads = tuple(SlideCell(column.title, strong=True) for column in content.columns)
        for number, cells in enumerate((heads, *content.rows)):
            size = _HEAD if number == 0 else _LARGE if content.large else _BODY
            for place, cell in enumerate(cells):
                right = content.columns[place].numeric
                after = place > 0 and content.columns[place - 1].numeric and not right
                self._fill(table.cell(number, place), cell, size, right=right, after_number=after, head=number == 0)
        return height

    def _add_pictures(self, drawn: Any, table: SlideTable, shown: SlideChart, row: float) -> None:
        """The goals' pictures as one chart over their column of the table."""
        place = next(index for cells in table.rows for index, cell in enumerate(cells) if cell.picture is not None)
        left = LEFT + sum(column.width for column in table.columns[:place]) * PX
        width = (table.columns[place].width - 16) * PX
        self._add_chart(drawn, shown, left + 6 * PX, TOP + _HEAD_ROW, width, row * len(table.rows), "Målen i bild")

    def _fill(self, cell: Any, content: SlideCell, size: float, *, right: bool, after_number: bool, head: bool) -> None:
        length = self.deck.length
        frame = cell.text_frame
        frame.word_wrap = True
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_left, cell.margin_right = length(12 * PX if after_number else 0), length((12 if right else 2) * PX)
        cell.margin_top = cell.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        if content.sign:
            paragraph.add_run().text = f"{content.sign}\u00a0"
        paragraph.add_run().text = content.text
        self._style(frame, size if self.deck.own else size * _TABLE_OF_TEMPLATE, bold=content.strong)
        if content.sign and content.look_here:
            paragraph.runs[0].font.color.rgb = RGBColor.from_string(self.palette.look_here[1:])
        if right:
            paragraph.alignment = PP_ALIGN.RIGHT
        colour = self.palette.text if head else self.palette.rule
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<a:lnB xmlns:a="{_A}" w="{round(_RULE * EMU_PER_POINT)}"><a:solidFill>'
                f'<a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
            )
        )

    def _add_footer(self, drawn: Any, number: int, source: str) -> None:
        deck = self.deck
        if source:
            self._add_source(drawn, source)
        numbered = not deck.own and _add_number(drawn)
        if self.document.mark:
            right = LEFT + (0 if numbered else 80)
            shape = drawn.shapes.add_textbox(
                deck.across(WIDTH - right - 90), deck.down(FOOT), deck.length(90), deck.length(26)
            )
            shape.name = "Läge"
            shape.line.color.rgb, shape.line.width = RGBColor.from_string(self.palette.text[1:]), Pt(2.25)
            frame = shape.text_frame
            frame.text = self.document.mark
            frame.margin_top = frame.margin_bottom = 0
            self._style(frame, 18, bold=True)
            frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        if not numbered:
            page = self._box(drawn, WIDTH - LEFT - 70, FOOT, 70, 26, "Sidnummer")
            page.text = words.format_page_of(number, self.total)
            self._style(page, _SMALL, colour=self.palette.text_2)
            page.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _add_source(self, drawn: Any, source: str) -> None:
        deck = self.deck
        line = drawn.shapes.add_connector(
            1, deck.across(LEFT), deck.down(FOOT - 5), deck.across(WIDTH - LEFT), deck.down(FOOT - 5)
        )
        line.line.color.rgb, line.line.width = RGBColor.from_string(self.palette.rule[1:]), Pt(_RULE)
        line.name = "Linje"
        _hide_from_readers(line._element.nvCxnSpPr.cNvPr)
        room = INNER - (190 if self.document.mark else 90)
        frame = self._box(drawn, LEFT, FOOT, _balance(source, room, _SMALL, bold=False), 30, "Fot")
        _write_marked(frame.paragraphs[0], source)
        self._style(frame, _SMALL, colour=self.palette.text_2)

    def _style(self, frame: Any, size: float, *, bold: bool = False, colour: str = "") -> None:
        """Size and language; typeface and the colour of text too, unless a template has its own."""
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(round(size * self.deck.scale, 1))
                run.font.bold = True if bold else run.font.bold
                if self.deck.own:
                    run.font.name = FONT_NAME
                if self.deck.own or colour:
                    run.font.color.rgb = RGBColor.from_string((colour or self.palette.text)[1:])
        _set_language(frame)

    def _set_properties(self) -> None:
        core = self.deck.deck.core_properties
        core.title = f"{self.document.title}, {self.document.forbund}"
        core.subject, core.comments = self.document.lead, self.document.source
        core.author = core.last_modified_by = self.document.forbund
        core.keywords, core.language = mark_text(self.document), "sv-SE"
        core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)


def _find_lines_top(slide: Slide) -> float:
    """Where the lines under a chart begin: few rows leave more room."""
    return _LINES_TOP_UNDER_ONE_ROW if slide.dots is not None and len(slide.dots.rows) == 1 else _LINES_TOP


def _balance(text: str, width: float, size: float, *, bold: bool = True) -> float:
    """The narrowest width that takes no more lines than `width`: lines of even length, no word left alone."""
    lines = len(wrap(text, width, size, bold=bold))
    narrow, wide = width / 3, width
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(wrap(text, middle, size, bold=bold)) <= lines:
            wide = middle
        else:
            narrow = middle
    return min(width, wide * 1.02)


def _add_number(drawn: Any) -> bool:
    """Give the slide the layout's own number; False where the layout has none."""
    for shape in drawn.slide_layout.placeholders:
        if shape.placeholder_format.type.name == "SLIDE_NUMBER":
            drawn.shapes._spTree.append(copy.deepcopy(shape._element))
            return True
    return False


def _write_marked(paragraph: Any, text: str) -> None:
    """Write the text with the words that say that the data are invented in bold."""
    if text.startswith(EXAMPLE_MARK):
        run = paragraph.add_run()
        run.text, run.font.bold = EXAMPLE_MARK, True
        text = text.removeprefix(EXAMPLE_MARK)
    paragraph.add_run().text = text


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
