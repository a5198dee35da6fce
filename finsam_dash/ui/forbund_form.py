"""A new förbund, entered on the page Läs in."""

from __future__ import annotations

import streamlit as st

from finsam_dash.model import Actor, Forbund
from finsam_dash.store import Store, load_all_forbund, save_forbund
from finsam_dash.ui.chart import format_file_name
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.selection import write_address


def draw_new_forbund(store: Store, *, unfold: bool = False) -> None:
    """Draw the form that adds a förbund, folded away unless told; its code is made from its name and never changes."""
    with st.expander("Lägg till ett förbund", expanded=unfold), st.form("nytt_forbund", border=False):
        name = st.text_input("Förbundets namn", placeholder="Samordningsförbundet …", max_chars=120)
        if st.form_submit_button("Lägg till förbundet", type="primary"):
            _add(store, name.strip())


def _add(store: Store, name: str) -> None:
    code = format_file_name(name.removeprefix("Samordningsförbundet").strip() or name)
    if not code:
        draw_notice("varning", "Namnet saknas.", "Skriv förbundets namn.")
        return
    if code in {item.kod for item in load_all_forbund(store)}:
        draw_notice("varning", "Förbundet finns redan.", "Välj det i listan över förbund högst upp.")
        return
    if refuse_personnummer(name):
        return
    save_forbund(store, Forbund(code, name), Actor())
    write_address({"forbund": code, "lage": "intern"})
    st.rerun()
