"""Ekonomi: what can still be decided, what is used of what, what it costs, who pays, and what the documents print."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui import economy as view
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.page import draw_head, draw_key_numbers, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.economy import format_economy_title, list_key_numbers
from finsam_dash.wording.sentences import format_known_to

NAME = "Ekonomi"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "economy")
    economy = report.economy
    assert economy is not None
    names = report.names
    draw_head(NAME, format_economy_title(economy), selection, format_known_to(report.data_to, report.imported))
    if numbers := list_key_numbers(economy):
        draw_key_numbers(numbers)
    view.draw_conflicts(economy)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        view.draw_room(economy, report.as_of)
    with right:
        view.draw_capital(economy)
    view.draw_insatser(economy, names)
    view.draw_printed_quotas(economy)
    view.draw_forecasts(economy, names)
    if economy.tables:
        st.header("Budget och utfall", anchor=False)
        for table in economy.tables:
            view.draw_budget(table, names)
    view.draw_financing(economy)
    if economy.statements:
        count = len(economy.statements)
        with st.expander(f"Som publicerat: {count} {'tabell' if count == 1 else 'tabeller'}"):
            for statement in economy.statements:
                view.draw_statement(statement)
    if selection.lage is Lage.INTERN:
        view.draw_entry(load_store(), report, names)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
