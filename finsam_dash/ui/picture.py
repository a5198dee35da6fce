"""A chart on the page: drawn on the server where it can be, else by Plotly in the browser."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from finsam_dash.charts.svg import Picture, to_svg

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def draw_figure(key: str, figure: Figure, alt: str, config: dict[str, object]) -> None:
    """Draw the figure; `alt` says it in words and `config` is Plotly's, for a figure that needs Plotly.

    A picture of our own costs the browser a few milliseconds; Plotly has to be fetched, read and run first, and draws
    a changed figure twice.
    """
    picture = to_svg(figure)
    with st.container(key=f"diagram_{key}"):
        if picture is None:
            st.plotly_chart(figure, theme=None, config=config, alt=alt, key=f"plotly_{key}", width="stretch")
        else:
            st.html(format_picture_html(picture, alt))


def format_picture_html(picture: Picture, alt: str) -> str:
    """The picture as HTML; ui/static/figur.js puts the SVG in its place, which Streamlit would strip."""
    top, right, bottom, left = picture.margin
    svg = base64.b64encode(picture.svg.encode()).decode()
    return (
        f'<div class="fd-figur" role="figure" aria-label="{escape(alt)}" data-svg="{svg}" '
        f'style="height:{picture.height:g}px;padding:{top:g}px {right:g}px {bottom:g}px {left:g}px">{escape(alt)}</div>'
    )
