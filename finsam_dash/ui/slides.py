"""Styrelseläge on the screen: every slide of the period drawn at once, of which the browser shows one at a time.

The keys are read by static/bildspel.js and the looks by static/bildspel.css: turning a page asks nothing of the
server, so a slow network never holds up a meeting. The number of the slide stands in the URL (`bild`).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from finsam_dash.charts import dots
from finsam_dash.charts.mini import build_goal_svg
from finsam_dash.charts.text_width import wrap
from finsam_dash.charts.theme import SLIDE, Theme
from finsam_dash.charts.trend import trend_alt, trend_figure, trend_note
from finsam_dash.model import Actor, Insats, Lage
from finsam_dash.report.protection import record_once
from finsam_dash.ui.appearance import load_theme
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.figure import draw_figure, to_markup
from finsam_dash.ui.protection import find_plan_now, wait_for_plan
from finsam_dash.ui.selection import Selection, correct_control, keep_choice, today
from finsam_dash.ui.table import format_source_html
from finsam_dash.wording.insats import name_insats
from finsam_dash.wording.protection import SHOWN_SLIDES, WAITING, format_protection
from finsam_dash.wording.slides import (
    STAGE_WIDTH,
    Slide,
    SlideCell,
    SlideDots,
    SlideTable,
    build_slides,
    join_sentences,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PARAMETER: Final = "bild"
OWN_LAGE: Final = "bildlage"
OWN_INSATSER: Final = "insatsbilder"
SECTIONS: Final = ("overview", "targets", "comparison", "comparison_detail", "riket", "economy")
_STRIP_WIDTH: Final = 788
_TALLEST_DOT_ROW: Final = 84
_LOWEST_DOT_ROW: Final = 48
_DOT_EDGES: Final = 98
"""Above and below the rows of a chart: riket's name and the axis."""
_DOTS_TOP: Final = 150
_LINES_TOP: Final = 500
_LINES_TOP_UNDER_ONE_ROW: Final = 420
_NOTE_TOP: Final = 400
_TABLE_TOP: Final = 182
_NUMBERS_TOP: Final = 566
_BOTTOM: Final = 650
_NOTE_GAP: Final = 16
_LINES_GAP: Final = 36
_TEXT: Final = 24
_NOTE_LINE: Final = 30
_NOTE_LINE_BESIDE: Final = 28
_TALLEST_ROW: Final = 92
_TALLEST_LARGE_ROW: Final = 116
_FEW_LINES: Final = 4
"""So few lines, alone on a slide, are set in larger type."""


def is_shown() -> bool:
    """Whether the URL asks for a slide."""
    return PARAMETER in st.query_params


def read_lage(selection: Selection) -> Lage:
    """The läge of the slides: publicering unless intern is asked for in so many letters."""
    return Lage.INTERN if selection.choice(OWN_LAGE) == Lage.INTERN else Lage.PUBLICERING


def read_insatser(selection: Selection, insatser: Sequence[Insats]) -> list[str]:
    """The insatser that have a slide of their own, in the plan's order; unknown codes are passed over."""
    asked = set(selection.choice(OWN_INSATSER).split(","))
    return [insats.kod for insats in insatser if insats.kod in asked]


def load_slides(selection: Selection, insatser: Sequence[Insats]) -> tuple[Slide, ...]:
    """The slides of what is chosen, in their own läge."""
    shown = replace(selection, lage=read_lage(selection))
    report = load_report(shown, today(), *SECTIONS)
    own = [load_report(shown, today(), "insats", insats=kod) for kod in read_insatser(selection, insatser)]
    if WAITING in format_protection(report):
        wait_for_plan(selection.forbund.kod)
    return build_slides(report, own)


def record_showing(selection: Selection) -> None:
    """Record that the slides are shown in publicering: once for the same figures and period, however often."""
    if read_lage(selection) is Lage.PUBLICERING:
        store, kod = load_store(), selection.forbund.kod
        if find_plan_now(store, kod) is not None:
            record_once(store, kod, SHOWN_SLIDES, selection.period, Actor())


def build_address(selection: Selection, **changed: str) -> str:
    """The page's address with the choice, and with what is changed in it."""
    return f"styrelselage?{urlencode(selection.to_query() | changed)}"


def draw_start(selection: Selection, slides: Sequence[Slide], insatser: Sequence[Insats]) -> None:
    """Draw what comes before the slides: the way in, the keys, insatser of one's own choice, the slides by title."""
    intern = read_lage(selection) is Lage.INTERN
    show = escape(build_address(selection, **{PARAMETER: "1"}))
    other = Lage.PUBLICERING if intern else Lage.INTERN
    swap = escape(build_address(selection, **{OWN_LAGE: other.value}))
    marked = "läge intern, märkt INTERN på varje bild" if intern else "läge publicering"
    words = "Byt till publicering" if intern else "Byt till interna uppgifter"
    st.html(
        f'<p class="fd-under">Bilderna visas i {marked}. <a href="{swap}" target="_self">{words}</a></p>'
        f'<p class="fd-visa"><a class="fd-knapp fd-knapp-stark" href="{show}" target="_self">Visa bilderna</a></p>'
        '<p class="fd-under">Pilar, Page Up och Page Down bläddrar, också från en fjärrkontroll. B släcker, '
        "F fyller skärmen, Esc leder tillbaka hit.</p>"
    )
    names = {insats.kod: name_insats(insats) for insats in insatser}
    key, chosen = f"val_{OWN_INSATSER}", read_insatser(selection, insatser)
    corrected = correct_control(key, chosen)
    st.multiselect(
        "En bild för var och en av dessa insatser",
        list(names),
        default=None if corrected else chosen,
        key=key,
        format_func=names.__getitem__,
        placeholder="Välj insatser",
        on_change=keep_choice,
        args=(OWN_INSATSER,),
    )
    st.header("Bilderna", anchor=False)
    items = "".join(
        f'<li><a href="{escape(build_address(selection, **{PARAMETER: str(number)}))}" target="_self">'
        f"{escape(slide.name)}</a>: {escape(slide.title)}</li>"
        for number, slide in enumerate(slides, start=1)
    )
    st.html(f'<ol class="fd-lista fd-bildlista">{items}</ol>')


def draw_slides(selection: Selection, slides: Sequence[Slide]) -> None:
    """Draw every slide on top of each other, over the whole window; the script shows the one that the URL names."""
    out = escape(build_address(selection))
    with st.container(key="bildspel"):
        st.html(
            f'<nav class="fd-bildspel" data-antal="{len(slides)}" aria-label="Bildspel">'
            f'<a class="fd-bildspel-ut" href="{out}" target="_self">Lämna bilderna</a>'
            '<p class="fd-dold" aria-live="polite" id="fd-bildnummer"></p></nav>'
        )
        for number, slide in enumerate(slides, start=1):
            with st.container(key=f"bild_{number}"):
                _draw_slide(slide, number, len(slides))


def _draw_slide(slide: Slide, number: int, count: int) -> None:
    figure, alt, note = _build_chart(slide)
    parts = [f'<h1 class="fd-bild-titel">{escape(slide.title)}</h1>']
    beside = slide.hero is not None
    if slide.hero is not None:
        hero = slide.hero
        parts.append(
            f'<div class="fd-bild-hjalte"><span>{escape(hero.number)}</span>'
            f"<p><strong>{escape(hero.strong)}</strong></p><p>{escape(hero.rest)}</p></div>"
        )
    if slide.table is not None:
        parts.append(_format_table(slide.table, _find_row_height(slide)))
    if slide.lines:
        items = "".join(f"<li>{escape(line)}</li>" for line in slide.lines)
        large = " fd-bild-lista-stor" if not beside and len(slide.lines) <= _FEW_LINES else ""
        place = f"top:calc({_find_lines_top(slide)}px*var(--u))"
        parts.append(f'<ul class="fd-bild-lista{large}" style="{place}">{items}</ul>')
    if slide.numbers:
        items = "".join(f"<div><dd>{escape(value)}</dd><dt>{escape(what)}</dt></div>" for value, what in slide.numbers)
        parts.append(f'<dl class="fd-bild-tal">{items}</dl>')
    if note:
        side = "fd-bild-not-intill" if beside and figure is not None else "fd-bild-not"
        top = _find_note_top(slide, figure)
        parts.append(f'<p class="{side}" style="top:calc({top}px*var(--u))">{escape(note)}</p>')
    mark = '<span class="fd-bild-intern">INTERN</span>' if slide.intern else ""
    parts.append(
        f'<footer class="fd-bild-fot"><span>{format_source_html(slide.source)}</span>{mark}'
        f'<span class="fd-bild-nummer">{number} av {count}</span></footer>'
    )
    st.html(f'<section class="fd-bild" aria-label="Bild {number} av {count}">{"".join(parts)}</section>')
    if figure is not None:
        with st.container(key=f"bilddiagram_{'intill' if beside else 'hel'}_{number}"):
            draw_figure(to_markup(figure), f"bild_{number}", alt)


def _build_chart(slide: Slide) -> tuple[Figure | None, str, str]:
    """The slide's one chart with its text alternative and what is written under it: its marks in words, the note."""
    theme = load_theme(SLIDE.at_width(_STRIP_WIDTH) if slide.hero is not None else SLIDE)
    if slide.dots is not None:
        return _build_dots(slide, slide.dots, theme)
    if slide.trend is not None:
        points, riket = slide.trend.points, slide.trend.riket
        figure = trend_figure(points=points, riket=riket, theme=load_theme(SLIDE))
        note = join_sentences(trend_note(points=points, riket=riket), slide.note)
        return figure, trend_alt(points=points, riket=riket), note
    return None, "", slide.note


def _build_dots(slide: Slide, shown: SlideDots, theme: Theme) -> tuple[Figure, str, str]:
    rows, benchmark = shown.rows, shown.benchmark
    marks = dots.dot_plot_note(
        rows=rows,
        benchmark=benchmark,
        only_chart=True,
        comparisons=shown.comparisons,
        of_goal=shown.of_goal,
        theme=theme,
    )
    note = join_sentences(marks, slide.note)
    row = _find_dot_height(slide, note)
    theme = replace(theme, medium=replace(theme.medium, row=row, dense_row=row))
    draw = dots.strip_figure if shown.strip else dots.dot_plot_figure
    figure = draw(rows=rows, benchmark=benchmark, only_chart=True, theme=theme)
    return figure, dots.dot_plot_alt(rows=rows, benchmark=benchmark), note


def _find_dot_height(slide: Slide, note: str) -> int:
    """How tall a row of the chart is: few rows are taller, so that they fill the slide."""
    assert slide.dots is not None
    beside = slide.hero is not None
    under = len(wrap(note, _STRIP_WIDTH if beside else STAGE_WIDTH, _TEXT)) * (
        _NOTE_LINE_BESIDE if beside else _NOTE_LINE
    )
    end = _find_lines_top(slide) if slide.lines else _NUMBERS_TOP if slide.numbers else _BOTTOM
    row = (end - _DOTS_TOP - _DOT_EDGES - under) // len(slide.dots.rows)
    return min(_TALLEST_DOT_ROW, max(_LOWEST_DOT_ROW, row))


def _find_lines_top(slide: Slide) -> int:
    """Where the lines begin: under a chart of few rows or a table, else under the title."""
    if slide.table is not None:
        return _TABLE_TOP + len(slide.table.rows) * _find_row_height(slide) + _LINES_GAP
    if slide.hero is None:
        return _DOTS_TOP
    return _LINES_TOP_UNDER_ONE_ROW if slide.dots is not None and len(slide.dots.rows) == 1 else _LINES_TOP


def _find_note_top(slide: Slide, figure: Figure | None) -> int:
    """Where the note begins: under the chart or the table that it explains."""
    if figure is not None:
        return _DOTS_TOP + int(figure.layout.height or 0)
    if slide.table is not None:
        return _TABLE_TOP + len(slide.table.rows) * _find_row_height(slide) + _NOTE_GAP
    return _NOTE_TOP


def _find_row_height(slide: Slide) -> int:
    """How tall a row is, in pixels of the stage: few rows are taller, so that they fill the slide."""
    assert slide.table is not None
    note = _NOTE_GAP + _NOTE_LINE * len(wrap(slide.note, STAGE_WIDTH, _TEXT)) if slide.note else 0
    end = (_NUMBERS_TOP if slide.numbers else _BOTTOM) - note
    tallest = _TALLEST_LARGE_ROW if slide.table.large else _TALLEST_ROW
    return min(tallest, (end - _TABLE_TOP) // len(slide.table.rows))


def _format_table(table: SlideTable, row: int) -> str:
    widths = "".join(f'<col style="width:calc({column.width}px*var(--u))">' for column in table.columns)
    heads = "".join(
        f'<th scope="col"{" class=num" if column.numeric else ""}>{escape(column.title)}</th>'
        for column in table.columns
    )
    body = "".join(
        f"<tr>{''.join(_format_cell(cell, table, place) for place, cell in enumerate(row))}</tr>" for row in table.rows
    )
    large = " fd-bild-tabell-stor" if table.large else ""
    return (
        f'<table class="fd-bild-tabell{large}" style="--rad:{row}px"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _format_cell(cell: SlideCell, table: SlideTable, place: int) -> str:
    column = table.columns[place]
    classes = [name for name, on in (("num", column.numeric), ("stark", cell.strong)) if on]
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    content = escape(cell.text)
    if cell.sign:
        look = ' class="titta"' if cell.look_here else ""
        content = f"<span{look}>{escape(cell.sign)}</span>\u00a0{content}"
    if cell.picture is not None:
        picture = cell.picture
        svg = build_goal_svg(
            value=picture.value, target=picture.target, look_here=picture.look_here, theme=load_theme(SLIDE),
            width=column.width - 28,
        )  # fmt: skip
        data = base64.b64encode(svg.encode()).decode()
        content = (
            f'<img src="data:image/svg+xml;base64,{data}" alt="" '
            f'style="width:calc({column.width - 28}px*var(--u));height:calc(44px*var(--u))">'
        )
    return f'<th scope="row"{attribute}>{content}</th>' if place == 0 else f"<td{attribute}>{content}</td>"
