"""Läs in: a delivered file becomes a list of problems, or a preview that is confirmed and can be undone."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.store import load_insatser
from finsam_dash.ui import upload as file
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.forbund_form import draw_new_forbund
from finsam_dash.ui.insats_form import draw_new_insats, draw_saved_insats
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.template import draw_template
from finsam_dash.wording.sentences import format_known_to

NAME = "Läs in"


def draw(selection: Selection) -> None:
    report = load_report(selection, today())
    status = format_known_to(report.data_to, report.imported)
    if selection.lage is Lage.PUBLICERING:
        draw_head(NAME, "Filer läses in i läget intern", selection, status)
        st.html('<p class="fd-under">Leveranser och deras innehåll visas inte i läget publicering. Byt läge ovan.</p>')
        return
    store = load_store()
    upload = file.read_upload(store, selection)
    insatser = load_insatser(store, selection.forbund.kod)
    names = {insats.kod: insats.kortnamn or insats.namn for insats in insatser}
    draw_head(NAME, file.format_title(upload), selection, status)
    if upload is None:
        file.draw_latest_month(selection.forbund.kod, names)
    file.draw_saved()
    file.draw_undo_question(store, selection.forbund.kod)
    file.draw_undone()
    draw_saved_insats()
    if not insatser:
        draw_new_insats(store, selection.forbund.kod, insatser)
    refused = upload is not None and upload.preview is None
    if upload is not None and refused:
        file.draw_refusal(upload)
    file.draw_uploader(selection.forbund.namn, again=refused)
    if upload is not None:
        if refused:
            file.draw_problems(upload)
        else:
            file.draw_preview(upload, names)
        file.draw_warnings(upload, names)
        file.draw_confirmation(store, upload)
    if insatser:
        draw_new_insats(store, selection.forbund.kod, insatser)
    draw_template(selection.forbund, insatser, today())
    file.draw_deliveries(store, selection.forbund.kod, names)
    draw_new_forbund(store)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME, form_below=True)
    draw_new_forbund(load_store(), unfold=True)
else:
    draw(chosen)
