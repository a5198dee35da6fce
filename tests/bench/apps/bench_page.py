"""?sida=konstant: the page Insats with ready-made content. fem: five charts."""

import json
import os
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from finsam_dash.ui.chart import build_plotly_config
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


def draw_element(element: dict[str, Any], place: str) -> None:
    """Draw one element as it was captured; what stands in a popover inside it."""
    key = f"{element['type']}_{place}"
    if element["type"] == "popover":
        with st.popover(element["label"], type="tertiary", key=key):
            for number, inside in enumerate(element["inside"]):
                draw_element(inside, f"{place}_{number}")
    elif element["type"] == "html":
        st.html(element["body"])
    elif element["type"] == "plotly_chart":
        st.plotly_chart(
            element["figure"], theme=None, config=json.loads(element["config"]), alt=element["alt"], key=key
        )
    elif element["type"] == "title":
        st.title(element["body"], anchor=False)
    elif element["type"] == "header":
        st.header(element["body"], anchor=False)
    elif element["type"] == "download_button":
        st.download_button("Ladda ner", "x", on_click="ignore", type="tertiary", key=key)


def draw_constants() -> None:
    """Draw what the real page drew, element by element, without asking for anything."""
    pages = load_constants()
    with st.container(horizontal=True):
        name = st.selectbox("Insats", list(pages))
        for label in ("Förbund", "Period", "Läge"):
            st.selectbox(label, ["ett", "två"])
    left, right = st.columns([7, 5])
    for place, element in enumerate(pages[name]):
        with right if element["right"] else left:
            draw_element(element, str(place))
    st.tabs(["Mål", "In och ut", "Kvinnor och män", "Bakgrund", "Försörjning"], on_change="rerun", key="flikar")


def draw_five() -> None:
    """The same five charts as the other frameworks draw."""
    names = load_names()
    kod = st.selectbox("Insats", list(INSATSER), format_func=names.__getitem__)
    for place, figure in enumerate(build_five(kod)):
        st.plotly_chart(figure, theme=None, config=build_plotly_config("diagram"), key=f"fem_{place}")


st.set_page_config(page_title="bench", layout="wide")
page = st.query_params.get("sida", "konstant")
{"konstant": draw_constants, "fem": draw_five}[page]()
