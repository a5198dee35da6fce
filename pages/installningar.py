"""Inställningar: förbundets utseende: its name, colour and logo; and the log of what has been changed."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui.appearance import draw_form
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.log import draw_log
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.sentences import format_known_to

NAME = "Inställningar"


def draw(selection: Selection) -> None:
    report = load_report(selection, today())
    draw_head(NAME, "Förbundets utseende", selection, format_known_to(report.data_to, report.imported))
    if selection.lage is not Lage.INTERN:
        st.html('<p class="fd-under">Inställningar ändras i läget intern.</p>')
        return
    st.html(
        '<p class="fd-under">Namn, färg och logga syns i menyn och i det som lämnas ut. Färgen bär aldrig ensam en '
        "betydelse, och används bara där den syns.</p>"
    )
    draw_form(load_store(), selection.forbund)
    draw_log(load_store(), selection.forbund.kod)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
