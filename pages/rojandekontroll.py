"""Röjandekontroll: what is not shown and why, what it costs, what was published, and the settings behind it."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui import control as view
from finsam_dash.ui.cache import load_insatser, load_report, load_store
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.protection import find_plan_now, wait_for_plan
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording import protection as words
from finsam_dash.wording.sentences import format_known_to

NAME = "Röjandekontroll"


def draw(selection: Selection) -> None:
    report = load_report(selection, today())
    status = format_known_to(report.data_to, report.imported)
    if selection.lage is Lage.PUBLICERING:
        draw_head(NAME, "Skälen till att något döljs finns bara i läget intern", selection, status)
        st.html('<p class="fd-under">Skälet till att ett tal är dolt kan röja talet. Byt läge ovan.</p>')
        return
    store, forbund = load_store(), selection.forbund.kod
    plan = find_plan_now(store, forbund)
    if plan is None:
        draw_head(NAME, "Röjandekontrollen räknas om", selection, status)
        st.html(f'<p class="fd-under">{words.WAITING}</p>')
        wait_for_plan(forbund)
        return
    names = {insats.kod: insats.kortnamn or insats.namn for insats in load_insatser(forbund)}
    public = view.is_public(forbund)
    draw_head(NAME, words.format_control_title(plan, public, empty=report.data_to is None), selection, status)
    if not public:
        view.draw_cost(plan, names)
        view.draw_hidden(plan, selection.period, names)
        view.draw_grids(store, forbund, plan)
    view.draw_publications(store, selection)
    view.draw_settings(store, forbund)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
