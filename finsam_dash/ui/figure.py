"""A Plotly figure on a page: Plotly's settings in Swedish, and the element that static/diagram.js draws it in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from finsam_dash.model import MONTHS
from finsam_dash.ui.publication import is_publishing
from finsam_dash.wording.periods import format_month_short

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
    """Plotly's settings: Swedish, no zoom, one button, which saves the chart as a vector file under our name.

    Without a name there is no button, nor in publicering: the browser saves by itself, and what leaves the house would
    not be recorded.
    """
    return {
        "locale": "sv",
        "locales": {"sv": PLOTLY_LOCALE},
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "modeBarButtons": [["toImage"]],
        "displayModeBar": "hover" if file_name and not is_publishing() else False,
        "toImageButtonOptions": {"format": "svg", "filename": file_name},
    }


# As JSON's own escapes the characters of HTML reach the browser untouched by its sanitizer, which drops an attribute
# that looks like the end of a comment.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'"}


@dataclass(frozen=True)
class FigureMarkup:
    """A figure as its element holds it: Plotly's JSON, and the style that gives the element its size."""

    json: str
    style: str


def to_markup(figure: Figure) -> FigureMarkup:
    """The figure as high as its layout says, as wide as the layout or else the column."""
    size = f"height:{figure.layout.height}px"
    if figure.layout.width is not None:
        size += f";width:{figure.layout.width}px"
    drawn: str = figure.to_json(validate=False)
    return FigureMarkup(drawn.translate(_ESCAPES), size)


def draw_figure(figure: FigureMarkup, key: str, alt: str, file_name: str = "") -> None:
    """Draw the figure. One under a `key` that the page already shows is changed where it stands.

    `alt` is read instead of it. `file_name` is what the reader's own picture is called; without it there is no button
    for one.
    """
    config = json.dumps(build_plotly_config(file_name)).translate(_ESCAPES)
    st.html(
        f'<div class="fd-diagram" role="figure" aria-label="{escape(alt)}" data-nyckel="{escape(key)}" '
        f'style="{figure.style}" data-figur=\'{{"figure":{figure.json},"config":{config}}}\'></div>'
    )
