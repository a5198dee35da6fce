"""Om måtten: how every figure is counted and shown, made from the registry that the figures are computed from."""

import streamlit as st

from finsam_dash.ui.cache import load_report
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.table import Cell, build_table, draw_table
from finsam_dash.wording.method import DIRECTION_NOTE, STATES, list_method
from finsam_dash.wording.method_page import TEXTS, read_text
from finsam_dash.wording.sentences import format_known_to

NAME = "Om måtten"


def draw(selection: Selection) -> None:
    report = load_report(selection, today())
    status = format_known_to(report.data_to, report.imported)
    draw_head(NAME, "Så räknas måtten, och så visas det som är dolt, saknas eller är osäkert", selection, status)
    st.header("Så räknas måtten", anchor=False)
    rows = [
        (Cell(row.label, strong=True), row.description, row.counted, row.direction, Cell(row.source, quiet=True))
        for row in list_method()
    ]
    draw_table(
        build_table(
            "Så räknas måtten", ["Mått", "Vad det är", "Så räknas det", "Riktning", "Källa"], rows, DIRECTION_NOTE
        )
    )
    st.header("Så visas det som är dolt, saknas eller är osäkert", anchor=False)
    draw_table(
        build_table(
            "Samma tecken i diagram, tabeller, filer och meningar",
            ["Tillstånd", "I diagram", "I tabell", "I mening"],
            [(Cell(name, strong=True), chart, table, sentence) for name, chart, table, sentence in STATES],
        )
    )
    with st.container(key="metodtext"):
        for name in TEXTS:
            st.markdown(read_text(name), anchors=False)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
