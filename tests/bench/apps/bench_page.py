"""?sida=konstant: the page Insats with ready-made content. fem: five charts."""

import json
import os
from pathlib import Path
from typing import Any

import streamlit as st

from finsam_dash.ui.figure import draw_figure, to_markup
from tests.bench.apps.five_charts import INSATSER, build_five, load_names


@st.cache_resource
def load_constants() -> dict[str, list[dict[str, Any]]]:
    """The elements of the page for each insats; a chart is an element of HTML with its figure."""
    pages: dict[str, list[dict[str, Any]]] = json.loads(Path(os.environ["FINSAM_BENCH_CONSTANTS"]).read_text("utf-8"))
    return pages


def draw_element(element: dict[str, Any], number: str) -> None:
    """Draw one element as it was captured; what stands in a popover inside it."""
    key = f"{element['type']}_{number}"
    if element["type"] == "popover":
        with st.popover(element["label"], type="tertiary", key=key):
            for place, inside in enumerate(element["inside"]):
                draw_element(inside, f"{number}_{place}")
    elif element["type"] == "expander":
        st.expander(element["label"], key=key, on_change="rerun")
    elif element["type"] == "html":
        st.html(element["body"])
    elif element["type"] == "page_link":
        st.page_link(f"http://127.0.0.1/?{element['query']}", label=element["label"], width="stretch")
    else:
        draw = {"title": st.title, "header": st.header, "subheader": st.subheader}[element["type"]]
        draw(element["body"], anchor=False)


def draw_constants() -> None:
    """Draw what the real page drew, element by element, without asking for anything."""
    pages = load_constants()
    with st.container(horizontal=True):
        name = st.selectbox("Insats", list(pages))
        for label in ("Förbund", "Period", "Läge"):
            st.selectbox(label, ["ett", "två"])
    left, right = st.columns([7, 5])
    st.tabs(["Mål", "Över tid", "In och ut", "Kvinnor och män", "Bakgrund"], on_change="rerun", key="flikar")
    places = {"sidebar": st.sidebar, "left": left, "right": right, "below": st.container()}
    for number, element in enumerate(pages[name]):
        with places[element["place"]]:
            draw_element(element, str(number))


def draw_five() -> None:
    """The same five charts as the other frameworks draw."""
    names = load_names()
    kod = st.selectbox("Insats", list(INSATSER), format_func=names.__getitem__)
    for place, figure in enumerate(build_five(kod)):
        draw_figure(to_markup(figure), f"fem_{place}", "Ett av fem diagram.", "diagram")


st.set_page_config(page_title="bench", layout="wide")
page = st.query_params.get("sida", "konstant")
{"konstant": draw_constants, "fem": draw_five}[page]()
