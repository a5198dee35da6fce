"""A chart on a page: its heading, the figure with a text alternative, its table and file, the source line."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from finsam_dash.model import MONTHS
from finsam_dash.ui.table import Table, draw_table, to_csv
from finsam_dash.wording.periods import format_month_short
from finsam_dash.wording.sentences import EXAMPLE_MARK

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_DAYS = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"]

# Plotly's own Swedish locale writes "Januari"; its buttons have no Swedish at all.
PLOTLY_LOCALE = {
    "dictionary": {
        "Download plot as a PNG": "Ladda ner bilden (png)",
        "Download plot": "Ladda ner bilden (svg)",
        "Preparing image - this may take a few seconds": "Bilden görs i ordning …",
        "Snapshot succeeded": "Bilden är sparad",
        "Sorry, there was a problem downloading your snapshot!": "Bilden kunde inte sparas.",
        "Reset axes": "Återställ axlarna",
        "Autoscale": "Anpassa skalan",
        "Zoom": "Zooma",
        "Zoom in": "Zooma in",
        "Zoom out": "Zooma ut",
        "Pan": "Flytta",
        "Double-click to zoom back out": "Dubbelklicka för att zooma ut",
    },
    "format": {
        "days": _DAYS,
        "shortDays": [day[:3] for day in _DAYS],
        "months": list(MONTHS),
        "shortMonths": [format_month_short(month) for month in range(1, 13)],
        "decimal": ",",
        "thousands": "\u00a0",
        "date": "%Y-%m-%d",
        "periods": ["fm", "em"],
    },
}


def build_plotly_config(file_name: str) -> dict[str, object]:
    """Plotly's settings: Swedish, no zoom, one button, which saves the chart as a vector file under our name."""
    return {
        "locale": "sv",
        "locales": {"sv": PLOTLY_LOCALE},
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "svg", "filename": file_name},
    }


def format_file_name(*parts: str) -> str:
    """A file name out of texts: lower case, å ä ö folded, hyphens between words."""
    folded = "-".join(parts).lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def format_source_html(source: str) -> str:
    """A source line as HTML; the words that say that the data are invented stand out."""
    rest = source.removeprefix(EXAMPLE_MARK)
    return f"<strong>{EXAMPLE_MARK}</strong>{escape(rest)}" if rest != source else escape(source)


def draw_chart(
    key: str,
    title: str,
    figure: Figure,
    alt: str,
    table: Table,
    source: str,
    *,
    subtitle: str = "",
    legend: str = "",
    between: Callable[[], None] | None = None,
) -> None:
    """Draw a chart: heading with "Tabell" and "Ladda ner", the figure, the line that names its marks, its source.

    `alt` says the finding in words. `between` draws what stands between the heading and the figure.
    """
    name = format_file_name(table.caption)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"diagramrad_{key}"):
        st.header(title, anchor=False)
        with st.popover("Tabell", type="tertiary", key=f"tabell_{key}"):
            draw_table(table, show_caption=True)
            st.html(f'<p class="fd-fot">{format_source_html(source)}</p>')
        st.download_button(
            "Ladda ner",
            data=lambda: to_csv(table, source),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
            key=f"csv_{key}",
            help="Tabellen som csv-fil",
        )
    if subtitle:
        st.html(f'<p class="fd-under">{escape(subtitle)}</p>')
    if between is not None:
        between()
    st.plotly_chart(
        figure, theme=None, config=build_plotly_config(name), alt=alt, key=f"diagram_{key}", width="stretch"
    )
    lines = "".join(f"<p>{format_source_html(line)}</p>" for line in (legend, source) if line)
    st.html(f'<div class="fd-fot">{lines}</div>')
