"""A slide's table, with rules of our own and the goals' pictures over their column."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from finsam_dash.export.chart_xml import EMU_PER_POINT
from finsam_dash.export.powerpoint.deck import INNER, LEFT, PX, TOP
from finsam_dash.export.powerpoint.slide_chart import SlideChart
from finsam_dash.export.powerpoint.stage import BODY, DRAWING, LARGE, RULE, Stage
from finsam_dash.wording.slides import SlideCell, SlideTable

HEAD_ROW: Final = 40 * PX
_HEAD: Final = 16.5
_TALLEST_ROW, _TALLEST_LARGE_ROW = 92 * PX, 116 * PX
_TABLE_OF_TEMPLATE: Final = 0.88
"""The columns are as wide as our typeface asks: in a template's own the text is set smaller."""


def add_table(stage: Stage, drawn: Any, content: SlideTable, room: float) -> float:
    """The table; fewer rows are taller, so that they fill the slide. The height of a row."""
    deck, count = stage.deck, len(content.rows)
    height = min(_TALLEST_LARGE_ROW if content.large else _TALLEST_ROW, (room - HEAD_ROW) / count)
    shape = drawn.shapes.add_table(
        count + 1, len(content.columns), deck.across(LEFT), deck.down(TOP), deck.length(INNER),
        deck.tall(HEAD_ROW + height * count),
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
        row.height = deck.tall(height if number else HEAD_ROW)
    heads = tuple(SlideCell(column.title, strong=True) for column in content.columns)
    for number, cells in enumerate((heads, *content.rows)):
        size = _HEAD if number == 0 else LARGE if content.large else BODY
        for place, cell in enumerate(cells):
            right = content.columns[place].numeric
            after = place > 0 and content.columns[place - 1].numeric and not right
            _fill(stage, table.cell(number, place), cell, size, right=right, after_number=after, head=number == 0)
    return height


def add_pictures(stage: Stage, drawn: Any, table: SlideTable, shown: SlideChart, row: float) -> None:
    """The goals' pictures as one chart over their column of the table."""
    place = next(index for cells in table.rows for index, cell in enumerate(cells) if cell.picture is not None)
    left = LEFT + sum(column.width for column in table.columns[:place]) * PX
    width = (table.columns[place].width - 16) * PX
    stage.add_chart(drawn, shown, left + 6 * PX, TOP + HEAD_ROW, width, row * len(table.rows), "Målen i bild")


def _fill(
    stage: Stage, cell: Any, content: SlideCell, size: float, *, right: bool, after_number: bool, head: bool
) -> None:
    length = stage.deck.length
    frame = cell.text_frame
    frame.word_wrap = True
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left, cell.margin_right = length(12 * PX if after_number else 0), length((12 if right else 2) * PX)
    cell.margin_top = cell.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    if content.sign:
        paragraph.add_run().text = f"{content.sign}\u00a0"
    paragraph.add_run().text = content.text
    stage.style(frame, size if stage.deck.own else size * _TABLE_OF_TEMPLATE, bold=content.strong)
    if content.sign and content.look_here:
        paragraph.runs[0].font.color.rgb = RGBColor.from_string(stage.palette.look_here[1:])
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT
    colour = stage.palette.text if head else stage.palette.rule
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<a:lnB xmlns:a="{DRAWING}" w="{round(RULE * EMU_PER_POINT)}"><a:solidFill>'
            f'<a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
        )
    )
