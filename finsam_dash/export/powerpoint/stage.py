"""What every slide is written with: boxes of text and charts, at the places and in the sizes of the stage."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Pt

from finsam_dash.charts.text_width import text_width, wrap
from finsam_dash.charts.theme import FONT_NAME
from finsam_dash.export.chart_xml import Look, to_chart_xml, to_workbook
from finsam_dash.export.painting import paint_chart
from finsam_dash.export.powerpoint.deck import THEME_FONT, Deck
from finsam_dash.export.powerpoint.slide_chart import SlideChart
from finsam_dash.wording.sentences import EXAMPLE_MARK

BODY, LARGE = 18.0, 22.5
"""Points: text as it is, and where there is little of it."""
RULE: Final = 2.25
"""Points: a line under a row or over the foot."""
WIDER, _WIDER_OF_TEMPLATE = 1.1, 1.35
"""How much wider than measured a number may come out: in what stands in for our typeface, and in a template's own."""
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


class Stage:
    """Writes on slides of one deck. Places and sizes are points of the stage, whatever room the deck leaves."""

    def __init__(self, deck: Deck) -> None:
        self.deck, self.palette = deck, deck.palette

    def box(self, drawn: Any, left: float, top: float, width: float, height: float, name: str) -> Any:
        """An empty box of text without margins; `name` is what Office lists it by."""
        deck = self.deck
        shape = drawn.shapes.add_textbox(deck.across(left), deck.down(top), deck.length(width), deck.tall(height))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def style(self, frame: Any, size: float, *, bold: bool = False, colour: str = "") -> None:
        """Size and language; typeface and the colour of text too, unless a template has its own."""
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(round(size * self.deck.scale, 1))
                run.font.bold = True if bold else run.font.bold
                if self.deck.own:
                    run.font.name = FONT_NAME
                if self.deck.own or colour:
                    run.font.color.rgb = RGBColor.from_string((colour or self.palette.text)[1:])
        set_language(frame)

    def enlarge(self, paragraph: Any, size: float) -> None:
        """Set the paragraph in bold, in a size of its own."""
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(round(size * self.deck.scale, 1)), True

    def fit(self, text: str, width: float, size: float, *, bold: bool = True) -> float:
        """The size, or the smaller one at which the text stands on one line in any typeface that may come instead."""
        wider = WIDER if self.deck.own else _WIDER_OF_TEMPLATE
        return min(size, width / (text_width(text, 1.0, bold=bold) * wider))

    def add_chart(
        self, drawn: Any, shown: SlideChart, left: float, top: float, width: float, height: float, name: str = "Diagram"
    ) -> None:
        """Put a chart that Office draws and edits on the slide, with its numbers in a workbook of its own."""
        deck, scale = self.deck, self.deck.scale
        look = Look(
            width * scale, height * deck.stretch, font=BODY * scale, scale=2 * scale, palette=self.palette, slide=True,
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


def balance(text: str, width: float, size: float, *, bold: bool = True) -> float:
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


def write_marked(paragraph: Any, text: str) -> None:
    """Write the text with the words that say that the data are invented in bold."""
    if text.startswith(EXAMPLE_MARK):
        run = paragraph.add_run()
        run.text, run.font.bold = EXAMPLE_MARK, True
        text = text.removeprefix(EXAMPLE_MARK)
    paragraph.add_run().text = text


def set_language(frame: Any) -> None:
    """Mark every run of the frame as Swedish."""
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "sv-SE")


def hide_from_readers(properties: Any) -> None:
    """Mark a shape as decoration, so that screen readers pass it by."""
    properties.append(
        parse_xml(
            f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )
