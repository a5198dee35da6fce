"""Rapport: print the report in the format that is needed, and see what has been published."""

import streamlit as st

from finsam_dash.ui import rapport as view
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.document import PAGE_LEAD, format_page_title
from finsam_dash.wording.sentences import format_known_to

NAME = "Rapport"


def draw(selection: Selection) -> None:
    report = load_report(selection, today())
    status = format_known_to(report.data_to, report.imported)
    draw_head(NAME, format_page_title(selection.period), selection, status)
    st.html(f'<p class="fd-under">{PAGE_LEAD}</p>')
    store = load_store()
    order = view.draw_order(store, selection, today())
    view.draw_making(store, order, today())
    view.draw_published(store, selection.forbund.kod)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
