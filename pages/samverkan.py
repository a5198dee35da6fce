"""Samverkan: seminars, kompetensaktiviteter, lotsärenden, enkäter, sociala företag, external money, internkontroll."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.store import load_grupper
from finsam_dash.ui import samverkan as view
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.insats_texts import draw_syntheses, draw_year_decisions
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.samverkan_form import draw_forms
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.periods import format_in_period
from finsam_dash.wording.samverkan import format_samverkan_title
from finsam_dash.wording.sentences import format_known_to

NAME = "Samverkan"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "samverkan", "accounts")
    samverkan = report.samverkan
    assert samverkan is not None
    store = load_store()
    names = report.names
    grupper = dict(load_grupper(store, selection.forbund.kod))
    title = format_samverkan_title(samverkan, format_in_period(selection.period))
    draw_head(NAME, title, selection, format_known_to(report.data_to, report.imported))
    if not (samverkan.items or samverkan.lots or samverkan.enkater):
        view.draw_empty_period(selection.period)
    view.draw_lots(samverkan, grupper)
    view.draw_enkater(samverkan, names)
    view.draw_items(samverkan, names)
    view.draw_funding_and_risks(samverkan)
    if report.accounts is not None:
        draw_year_decisions(report.accounts)
        draw_syntheses(report.accounts, names)
    if selection.lage is Lage.INTERN:
        st.header("Lägg till", anchor=False)
        draw_forms(store, report, grupper, names)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
