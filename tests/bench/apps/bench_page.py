"""?sida=tom: a title, a select and a line. konstant: the page Insats with ready-made content. fem: five charts."""

import json
import os
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from finsam_dash.ui.chart import build_plotly_config
from finsam_dash.ui.picture import draw_figure
from tests.bench.apps.five_charts import INSATSER, build_five, load_names


@st.cache_resource
def load_constants() -> dict[str, list[dict[str, Any]]]:
    """The elements of the page for each insats, the figures as figures."""
    pages = json.loads(Path(os.environ["FINSAM_BENCH_CONSTANTS"]).read_text("utf-8"))
    for elements in pages.values():
        for element in elements:
            if element["type"] == "plotly_chart":
                element["figure"] = go.Figure(json.loads(element["spec"]), skip_invalid=True)
    return pages


def draw_constants() -> None:
    """Draw what the real page drew, element by element, without asking for anything."""
    pages = load_constants()
    with st.container(horizontal=True):
        name = st.selectbox("Insats", list(pages))
        for label in ("Förbund", "Period", "Läge"):
            st.selectbox(label, ["ett", "två"])
    left, right = st.columns([7, 5])
    for place, element in enumerate(pages[name]):
        key = f"{element['type']}_{place}"
        with right if element["right"] else left:
            if element["type"] == "html":
                st.html(element["body"])
            elif element["type"] == "plotly_chart":
                config = json.loads(element["config"])
                st.plotly_chart(element["figure"], theme=None, config=config, alt=element["alt"], key=key)
            elif element["type"] == "title":
                st.title(element["body"], anchor=False)
            elif element["type"] == "header":
                st.header(element["body"], anchor=False)
            elif element["type"] == "download_button":
                with st.popover("Tabell", type="tertiary"):
                    st.html("<table></table>")
                st.download_button("Ladda ner", "x", on_click="ignore", type="tertiary", key=key)
    st.tabs(["Mål", "In och ut", "Kvinnor och män", "Bakgrund", "Försörjning"], on_change="rerun", key="flikar")


def draw_five() -> None:
    """The same five charts as the other frameworks draw."""
    names = load_names()
    kod = st.selectbox("Insats", list(INSATSER), format_func=names.__getitem__)
    for place, figure in enumerate(build_five(kod)):
        draw_figure(f"fem_{place}", figure, "", build_plotly_config("diagram"))


def draw_empty() -> None:
    """The least that a page can be."""
    chosen = st.selectbox("Val", ["ett", "två", "tre"])
    st.title(f"Tom sida {chosen}", anchor=False)
    st.html(f"<p>Valt: {chosen}</p>")


st.set_page_config(page_title="bench", layout="wide")
page = st.query_params.get("sida", "tom")
{"tom": draw_empty, "konstant": draw_constants, "fem": draw_five}[page]()
