"""The parts of the page Röjandekontroll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from finsam_dash.judgement.policy import SMALLEST_THRESHOLD
from finsam_dash.judgement.protection.places import GRID_MONTHS
from finsam_dash.judgement.protection.publish import PublishingPlan
from finsam_dash.model import Actor, Period
from finsam_dash.report.protection import load_plan, record_publication
from finsam_dash.store import Store, load_settings, save_settings
from finsam_dash.ui.cache import load_figure_set_now
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.publication import draw_record
from finsam_dash.ui.selection import Selection
from finsam_dash.ui.table import Column, build_table, draw_table
from finsam_dash.wording import protection as words
from finsam_dash.wording.periods import format_period

ACTOR = Actor()
_COMPARED = "jamfor_rutnat"
_SAVED = "rojandekontroll_sparad"


def is_public(forbund: str) -> bool:
    """Whether every figure of the förbund stands in a public document."""
    return load_figure_set_now(forbund).is_public()


def draw_cost(plan: PublishingPlan, names: Mapping[str, str]) -> None:
    """Draw what the protection costs, and what can be worked out all the same."""
    st.html(f'<p class="fd-under">{escape(words.format_cost(plan))}</p>')
    if exposed := words.format_exposed(plan, names):
        draw_notice("varning", "Redan utlämnat.", *exposed)


def draw_hidden(plan: PublishingPlan, period: Period, names: Mapping[str, str]) -> None:
    """Draw what is hidden of the chosen period, with the reason in words."""
    title = f"Det som inte visas för {format_period(period)}"
    st.header(title, anchor=False)
    rows = words.list_hidden(plan, period, names)
    if rows:
        columns: list[str | Column] = [
            words.SUMMARY_HEADER[0],
            *(Column(name, True) for name in words.SUMMARY_HEADER[1:]),
        ]
        summary = words.list_hidden_insatser(plan, period, names)
        draw_table(build_table(f"{title}, per insats", columns, summary, words.REASON_NOTE))
        with st.expander("Varje uppgift och varför den inte visas"):
            draw_table(build_table(title, words.HIDDEN_HEADER, rows))
    elif plan.covers(period, insatser=True) or plan.covers(period, insatser=False):
        st.html('<p class="fd-under">Allt som lämnas ut för perioden visas.</p>')
    else:
        st.html('<p class="fd-under">Perioden ingår inte i det som lämnas ut. Välj ett år eller en del av det.</p>')


def draw_grids(store: Store, forbund: str, plan: PublishingPlan) -> None:
    """Draw the chosen publishing grid and, when asked, what the others would hide."""
    st.header("Rutnätet och vad andra skulle dölja", anchor=False)
    plans = {plan.grid: plan}
    if st.session_state.get(_COMPARED) == forbund:
        settings = load_settings(store, forbund)
        with st.spinner("Räknar på de andra rutnäten. Det tar några sekunder."):
            plans |= {
                grid: load_plan(store, forbund, replace(settings, publishing_grid=grid))
                for grid in GRID_MONTHS
                if grid not in plans
            }
    columns: list[str | Column] = [words.COST_HEADER[0], *(Column(head, True) for head in words.COST_HEADER[1:])]
    rows = [words.format_plan_row(grid, plans[grid], chosen=grid == plan.grid) for grid in GRID_MONTHS if grid in plans]
    draw_table(build_table("Rutnäten", columns, rows))
    if len(plans) == 1:
        st.button(
            "Räkna på andra rutnät", key="andra_rutnat", on_click=st.session_state.update, kwargs={_COMPARED: forbund}
        )


def draw_settings(store: Store, forbund: str) -> None:
    """Draw the form for the grid, the threshold and the zeros; what is saved is logged."""
    st.header("Inställningar", anchor=False)
    if st.session_state.pop(_SAVED, None) == forbund:
        draw_notice("info", "Sparat.", "Röjandekontrollen räknas om med de nya inställningarna.")
    settings = load_settings(store, forbund)
    with st.form("rojandekontroll", border=True):
        grid = st.selectbox(
            "Insatserna lämnas ut per",
            list(GRID_MONTHS),
            index=list(GRID_MONTHS).index(settings.publishing_grid),
            format_func=words.GRIDS.__getitem__,
        )
        threshold = st.number_input(
            "Minsta antal personer som visas",
            min_value=SMALLEST_THRESHOLD,
            max_value=50,
            value=max(SMALLEST_THRESHOLD, settings.threshold),
        )
        show_zero = st.checkbox(
            "Visa nollor (också 0 och 100 procent av en grupp)",
            value=settings.show_zero,
            help="0 eller 100 procent av en liten grupp säger något om var och en i den.",
        )
        reason = st.text_input("Varför ändras det?", max_chars=200)
        if st.form_submit_button("Spara inställningarna"):
            new = replace(settings, publishing_grid=grid, threshold=int(threshold), show_zero=show_zero)
            save_settings(store, forbund, new, ACTOR, reason=reason)
            st.session_state[_SAVED] = forbund
            st.rerun()


def draw_publications(store: Store, selection: Selection) -> None:
    """Draw what was published before, and the form that records another publication."""
    st.header("Utlämnat", anchor=False)
    draw_record(store, selection.forbund.kod, words.NO_PUBLICATIONS)
    with st.form("utlamnat", border=True, clear_on_submit=True):
        what = st.text_input("Vad har lämnats ut?", placeholder="Bilder till styrelsen", max_chars=200)
        if st.form_submit_button(f"Anteckna som utlämnat ({format_period(selection.period)})") and what.strip():
            record_publication(store, selection.forbund.kod, what.strip(), selection.period, ACTOR)
            st.rerun()
