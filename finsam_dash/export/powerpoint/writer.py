"""Slides written into a deck, front first. Places and sizes are those of the screen's stage, in points."""

from __future__ import annotations

import copy
import io
from datetime import UTC, datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from finsam_dash.charts.text_width import wrap
from finsam_dash.export.document import Document, mark_text
from finsam_dash.export.native import PointChart
from finsam_dash.export.powerpoint.deck import (
    FOOT,
    INNER,
    LEFT,
    PX,
    TITLE_TOP,
    TOP,
    WIDTH,
    Deck,
    build_own_deck,
    open_deck,
    to_emu,
)
from finsam_dash.export.powerpoint.slide_chart import build_slide_chart
from finsam_dash.export.powerpoint.stage import (
    BODY,
    DRAWING,
    LARGE,
    RULE,
    WIDER,
    Stage,
    balance,
    hide_from_readers,
    set_language,
    write_marked,
)
from finsam_dash.export.powerpoint.table import HEAD_ROW, add_pictures, add_table
from finsam_dash.wording import document as words
from finsam_dash.wording.slide_notes import format_slide_notes
from finsam_dash.wording.slides import Slide, join_sentences

_BESIDE, _BESIDE_WIDTH = 436 * PX, 788 * PX
_BOTTOM = 656 * PX
_NUMBERS_TOP = 574 * PX
_HERO, _NUMBER, _SMALL = 84.0, 30.0, 12.0
_FRONT_TITLE, _FRONT_LEAD = 44.0, 22.0
_SMALLEST_TITLE = 18.0
_LINE = 1.25
_CHART_ROW, _CHART_EDGES = 84 * PX, 92 * PX
_LINES_TOP, _LINES_TOP_UNDER_ONE_ROW = 500 * PX, 420 * PX
_GAP = 12 * PX
_FEW_LINES = 4


def to_pptx(document: Document, template: bytes | None = None) -> bytes:
    """The report's slides as .pptx, after a first one that says what it is: in 16:9, or in a förbund's own template.

    A template gives size, layouts, typefaces, colours and logo, and its own slides are dropped. Raises
    office_template.BadTemplateError.
    """
    deck = build_own_deck(document.accent) if template is None else open_deck(template, document.accent)
    return _Writer(document, deck).write()


class _Writer:
    def __init__(self, document: Document, deck: Deck) -> None:
        self.document, self.deck, self.palette, self.stage = document, deck, deck.palette, Stage(deck)
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
        set_language(drawn.notes_slide.notes_text_frame)
        return drawn

    def _fit_title(self, shape: Any, title: str) -> None:
        """Keep the title inside its place: ours breaks into even lines, a template's is set smaller if it must be."""
        if self.deck.own:
            self.stage.style(shape.text_frame, self.deck.title_size, bold=True)
            shape.left, shape.top, shape.height = to_emu(LEFT), to_emu(TITLE_TOP), to_emu(self.deck.title_height)
            shape.width = to_emu(balance(title, INNER, self.deck.title_size))
            return
        set_language(shape.text_frame)
        size = self.deck.title_size
        while size > _SMALLEST_TITLE and (
            len(wrap(title, self.deck.title_width, size * WIDER, bold=True)) * size * 1.2 > self.deck.title_height
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
        self.stage.style(title.text_frame, _FRONT_TITLE, bold=True)
        stripe = drawn.shapes.add_shape(1, to_emu(LEFT), to_emu(214 * PX), to_emu(112 * PX), to_emu(8 * PX))
        stripe.fill.solid()
        stripe.fill.fore_color.rgb = RGBColor.from_string(self.palette.accent[1:])
        stripe.line.fill.background()
        stripe.shadow.inherit = False
        stripe.name = "Färg"
        hide_from_readers(stripe._element.nvSpPr.cNvPr)
        if document.logo:
            picture = drawn.shapes.add_picture(
                io.BytesIO(document.logo), to_emu(LEFT), to_emu(84 * PX), height=to_emu(84 * PX)
            )
            picture._element.nvPicPr.cNvPr.set("descr", document.forbund)
            picture.name = "Logga"
        frame = self.stage.box(drawn, LEFT, 318 * PX, 940 * PX, 150, "Om rapporten")
        write_marked(frame.paragraphs[0], document.lead)
        self.stage.style(frame, _FRONT_LEAD)

    def _fill_front(self, drawn: Any) -> None:
        """The first slide in a template: what the report is stands in its subtitle, or in a box under the title."""
        subtitle = next(
            (shape for shape in drawn.placeholders if shape.placeholder_format.type.name in ("SUBTITLE", "BODY")), None
        )
        for shape in list(drawn.placeholders):
            if shape.placeholder_format.idx != 0 and (subtitle is None or shape._element is not subtitle._element):
                shape._element.getparent().remove(shape._element)
        frame = (
            self.stage.box(drawn, LEFT, TOP, INNER, 150, "Om rapporten") if subtitle is None else subtitle.text_frame
        )
        write_marked(frame.paragraphs[0], self.document.lead)
        self.stage.style(frame, _FRONT_LEAD)

    def _add_slide(self, slide: Slide, number: int) -> None:
        notes = "\n".join(format_slide_notes(slide))
        drawn = self._add_titled(slide.title, number, slide.source, notes, self.deck.layout)
        shown = build_slide_chart(slide)
        note = join_sentences(shown.note if shown is not None else "", slide.note)
        beside = slide.hero is not None
        if slide.hero is not None:
            self._add_hero(drawn, slide)
        left, width = (_BESIDE, _BESIDE_WIDTH) if beside else (LEFT, INNER)
        note_height = len(wrap(note, width * 0.96, BODY)) * BODY * _LINE if note else 0.0
        end = (_NUMBERS_TOP - _GAP if slide.numbers else _BOTTOM) - note_height
        under = TOP
        if slide.table is not None:
            row = add_table(self.stage, drawn, slide.table, end - TOP - (_GAP if note else 0))
            if shown is not None:
                add_pictures(self.stage, drawn, slide.table, shown, row)
            under = TOP + HEAD_ROW + row * len(slide.table.rows) + _GAP
            self._add_note(drawn, note, left, under, width, note_height)
        elif shown is not None:
            lines_top = _find_lines_top(slide)
            height = min(end, lines_top - _GAP - note_height if slide.lines else end) - TOP
            if isinstance(shown.chart, PointChart) and shown.chart.rows:
                height = min(height, shown.chart.rows * _CHART_ROW + _CHART_EDGES)
            self.stage.add_chart(drawn, shown, left, TOP, width, height)
            self._add_note(drawn, note, left, TOP + height, width, note_height)
            under = lines_top
        elif note:
            self._add_note(drawn, note, left, end, width, note_height)
        if slide.lines:
            self._add_lines(drawn, slide.lines, under + (_GAP if slide.table is not None else 0), large=not beside)
        self._add_numbers(drawn, slide.numbers)

    def _add_hero(self, drawn: Any, slide: Slide) -> None:
        assert slide.hero is not None
        width = 360 * PX
        frame = self.stage.box(drawn, LEFT, 150 * PX, width, 250 * PX, "Huvudtal")
        frame.text = slide.hero.number
        for text in (slide.hero.strong, slide.hero.rest):
            frame.add_paragraph().text = text
        self.stage.style(frame, BODY)
        self.stage.enlarge(frame.paragraphs[0], self.stage.fit(slide.hero.number, width, _HERO))
        for run in frame.paragraphs[1].runs:
            run.font.bold = True

    def _add_note(self, drawn: Any, note: str, left: float, top: float, width: float, height: float) -> None:
        if note:
            frame = self.stage.box(drawn, left, top, width, height, "Om diagrammet")
            frame.text = note
            self.stage.style(frame, BODY)

    def _add_lines(self, drawn: Any, lines: tuple[str, ...], top: float, *, large: bool) -> None:
        size = LARGE if large and len(lines) <= _FEW_LINES else BODY
        frame = self.stage.box(drawn, LEFT, top, INNER, _BOTTOM - top, "Punkter")
        indent = self.deck.length(size * 1.1)
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(round(size * 0.67 * self.deck.scale, 1))
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(indent))
            properties.set("indent", str(-indent))
            properties.append(parse_xml(f'<a:buChar xmlns:a="{DRAWING}" char="•"/>'))
        self.stage.style(frame, size)

    def _add_numbers(self, drawn: Any, numbers: tuple[tuple[str, str], ...]) -> None:
        width = INNER / 4
        # One size for all four, and one for what they count: the widest decides it.
        size = min((self.stage.fit(number, width - 8, _NUMBER) for number, _ in numbers), default=_NUMBER)
        small = min((self.stage.fit(what, width - 8, BODY, bold=False) for _, what in numbers), default=BODY)
        for place, (number, what) in enumerate(numbers):
            frame = self.stage.box(drawn, LEFT + place * width, _NUMBERS_TOP, width - 8, 60, f"Nyckeltal {place + 1}")
            frame.text = number
            frame.add_paragraph().text = what
            self.stage.style(frame, small)
            self.stage.enlarge(frame.paragraphs[0], size)

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
            self.stage.style(frame, 18, bold=True)
            frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        if not numbered:
            page = self.stage.box(drawn, WIDTH - LEFT - 70, FOOT, 70, 26, "Sidnummer")
            page.text = words.format_page_of(number, self.total)
            self.stage.style(page, _SMALL, colour=self.palette.text_2)
            page.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _add_source(self, drawn: Any, source: str) -> None:
        deck = self.deck
        line = drawn.shapes.add_connector(
            1, deck.across(LEFT), deck.down(FOOT - 5), deck.across(WIDTH - LEFT), deck.down(FOOT - 5)
        )
        line.line.color.rgb, line.line.width = RGBColor.from_string(self.palette.rule[1:]), Pt(RULE)
        line.name = "Linje"
        hide_from_readers(line._element.nvCxnSpPr.cNvPr)
        room = INNER - (190 if self.document.mark else 90)
        frame = self.stage.box(drawn, LEFT, FOOT, balance(source, room, _SMALL, bold=False), 30, "Fot")
        write_marked(frame.paragraphs[0], source)
        self.stage.style(frame, _SMALL, colour=self.palette.text_2)

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


def _add_number(drawn: Any) -> bool:
    """Give the slide the layout's own number; False where the layout has none."""
    for shape in drawn.slide_layout.placeholders:
        if shape.placeholder_format.type.name == "SLIDE_NUMBER":
            drawn.shapes._spTree.append(copy.deepcopy(shape._element))
            return True
    return False
