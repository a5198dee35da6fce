"""A chart on a page: its heading, the figure with a text alternative, its table and file, the source line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from finsam_dash.charts.theme import PRINT, SCREEN, Theme
from finsam_dash.export.images import FORMATS, NO_BROWSER_HERE, NO_BROWSER_PUBLISHING, find_browser, to_chart_image
from finsam_dash.ui.appearance import load_theme
from finsam_dash.ui.figure import FigureMarkup, draw_figure, to_markup
from finsam_dash.ui.publication import is_publishing, record_when_saved
from finsam_dash.ui.table import Table, draw_table, format_source_html, to_csv
from finsam_dash.wording.protection import format_saved_picture, format_saved_table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def format_file_name(*parts: str) -> str:
    """A file name out of texts: lower case, å ä ö folded, hyphens between words."""
    folded = "-".join(parts).lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


_KINDS = {
    "png": ("Bild (png)", "image/png", "För Word, e-post och webben, 16 cm bred i tryck"),
    "svg": ("Bild (svg)", "image/svg+xml", "För grafisk formgivning, går att förstora"),
    "pdf": ("Pdf", "application/pdf", "För tryckeri, med typsnittet inbäddat"),
}


def draw_chart(
    key: str,
    title: str,
    draw: partial[Figure],
    alt: str,
    table: Table,
    source: str,
    *,
    theme: Theme = SCREEN,
    subtitle: str = "",
    legend: str = "",
    between: Callable[[], None] | None = None,
) -> None:
    """Draw a chart: heading with "Tabell" and "Ladda ner", the figure, the line that names its marks, its source.

    `draw` gives the figure in the theme that it is given by name: `theme` on the page, print in its files, both in the
    förbund's own colour where data may have it. `alt` says the finding in words. `between` draws what stands between
    the heading and the figure.
    """
    name = format_file_name(table.caption)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"diagramrad_{key}"):
        st.header(title, anchor=False)
        with st.popover("Tabell", type="tertiary", key=f"tabell_{key}"):
            draw_table(table, show_caption=True)
            st.html(f'<p class="fd-fot">{format_source_html(source)}</p>')
        # Four buttons at each chart cost the browser more than the chart: they are drawn when the menu is opened.
        menu = st.popover("Ladda ner", type="tertiary", key=f"ladda_{key}", on_change="rerun")
        if menu.open:
            to_image = partial(
                to_chart_image,
                draw,
                title=title,
                subtitle=subtitle,
                note=legend,
                source=source,
                theme=load_theme(PRINT),
            )
            with menu:
                _draw_files(key, name, table, to_image, source)
    if subtitle:
        st.html(f'<p class="fd-under">{escape(subtitle)}</p>')
    if between is not None:
        between()
    draw_figure(_build(draw, load_theme(theme)), key, alt, name)
    lines = "".join(f"<p>{format_source_html(line)}</p>" for line in (legend, source) if line)
    st.html(f'<div class="fd-fot">{lines}</div>')


def _build(draw: partial[Figure], theme: Theme) -> FigureMarkup:
    content = {name: tuple(value) if isinstance(value, list) else value for name, value in draw.keywords.items()}
    return _build_once(draw.func, tuple(content.items()), theme)


# Plotly takes 10 to 20 ms to make a figure, and of the same content it is always the same.
@lru_cache(maxsize=100)
def _build_once(draw: Callable[..., Figure], content: tuple[tuple[str, object], ...], theme: Theme) -> FigureMarkup:
    return to_markup(draw(theme=theme, **dict(content)))


def _draw_files(key: str, name: str, table: Table, to_image: Callable[[str], bytes], source: str) -> None:
    """The chart as files of its own, each made when it is asked for; without a browser the table, and what to do."""
    if find_browser() is not None:
        for form in FORMATS:
            label, mime, use = _KINDS[form]
            data = record_when_saved(format_saved_picture(table.caption, form), partial(to_image, form))
            _draw_file(f"{form}_{key}", label, use, data, f"{name}.{form}", mime)
    else:
        why = NO_BROWSER_PUBLISHING if is_publishing() else NO_BROWSER_HERE
        st.html(f'<p class="fd-under">{escape(why)}</p>')
    data = record_when_saved(format_saved_table(table.caption), partial(to_csv, table, source))
    _draw_file(f"csv_{key}", "Tabell (csv)", "Diagrammets tal, för kalkylark", data, f"{name}.csv", "text/csv")


def _draw_file(key: str, label: str, use: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    st.download_button(
        label, data=data, file_name=name, mime=mime, on_click="ignore", type="tertiary", key=key, help=use
    )
