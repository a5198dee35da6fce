"""A förbund's own values to compare with: another förbund, a region, the population, or a riksvärde that it knows."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from finsam_dash.indicators.registry import load_registry
from finsam_dash.intake.plans import read_goal_number
from finsam_dash.model import Actor, ComparisonValue, Gender, Period, Unit
from finsam_dash.store import Store, save_comparison_values
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.selection import Selection
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.riket import KINDS

ACTOR = Actor()


def draw_new_comparison_value(store: Store, selection: Selection) -> None:
    """Draw the form that adds one value; every value carries year, source and uttagsdatum."""
    draw_fold("Lägg till ett jämförelsevärde", "nytt_jamforelsevarde", partial(_draw_fields, store, selection))


def _draw_fields(store: Store, selection: Selection) -> None:
    with st.form("jamforelsevarde", border=False):
        shares = {kod: found.label for kod, found in load_registry().indikatorer.items() if found.form == "andel"}
        left, right = st.columns(2)
        indikator = left.selectbox("Mått", list(shares), format_func=shares.__getitem__)
        kind = right.selectbox("Slag", list(KINDS), format_func=KINDS.__getitem__)
        name = left.text_input("Namn", placeholder="Till exempel Riket eller Region Uppsala")
        gender = right.selectbox("Kön", list(Gender)[:3], format_func=format_name_capital)
        year = left.text_input("År", placeholder="Till exempel 2024")
        number = right.text_input("Värde", placeholder="Till exempel 34 %")
        source = left.text_input("Källa", placeholder="Rapport eller tabell")
        extracted = right.date_input(
            "Uttagsdatum (tomt om det inte är känt)", value=None, format="YYYY-MM-DD", min_value=date(2000, 1, 1)
        )
        if not st.form_submit_button("Spara värdet", type="primary"):
            return
        value = read_goal_number(number)
        problems = []
        if not (year.strip().isdigit() and 1990 <= int(year) <= 2100):
            problems.append(f"”{year}” är inget år. Skriv till exempel 2024.")
        if value is None or value[1] is not Unit.ANDEL:
            problems.append(f"”{number}” är ingen andel. Skriv till exempel 34 %.")
        if not source.strip():
            problems.append("Källan saknas. Skriv varifrån värdet kommer, annars går det inte att lita på.")
        if problems or value is None:
            draw_notice("varning", "Värdet är inte sparat.", *problems)
            return
        if refuse_personnummer(name, source):
            return
        new = ComparisonValue(
            indikator,
            gender,
            kind,
            name.strip() or KINDS[kind],
            Period.year(int(year)),
            value[0],
            source.strip(),
            extracted=extracted,
        )
        save_comparison_values(store, [new], ACTOR, selection.forbund.kod)
        st.rerun()
