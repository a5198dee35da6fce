"""Goals entered, changed, ended and commented in the dashboard, with who did what when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Actor, Insats, Period, Target, TargetComment
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.store import Store, load_entries, load_entry_versions, save_entries
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.selection import Selection, today
from finsam_dash.ui.target_fields import (
    Side,
    TargetFields,
    change_target,
    find_problems,
    make_target,
    show_new,
    show_target,
)
from finsam_dash.wording.names import WHOLE_FORBUND, capitalise, name_subject
from finsam_dash.wording.targets import LEVELS, format_version

NO_MEASURE = "Inget av dessa (följs upp med egna uppgifter)"
AS_NOW = "som det är nu"
SIDES: dict[Side, str] = {
    "minst": "minst ett värde",
    "hogst": "högst ett värde",
    "riket": "minst som riket",
    "inget": "utan tal",
}
ACTOR = Actor()
OPEN = "oppet_mal"
"""Session key: the code of the goal whose form is open."""
_Code = TypeVar("_Code", bound=str)


def draw_new_target(store: Store, selection: Selection, insatser: tuple[Insats, ...]) -> None:
    """Draw the button that opens an empty goal, or the goal that is open."""
    if OPEN not in st.session_state:
        st.button("Lägg in ett mål", type="primary", key="nytt_mal", on_click=_open, args=("",))
        return
    kod = st.session_state[OPEN]
    old = next((target for target in load_entries(store, selection.forbund.kod, Target) if target.kod == kod), None)
    with st.container(border=True, key="malformular"):
        _draw_form(store, selection, insatser, old)


def draw_target_tools(
    store: Store, selection: Selection, rows: tuple[TargetRow, ...], names: Mapping[str, str]
) -> None:
    """Draw what a förbundschef may do with one goal: change it, end it, comment it, see who changed what."""
    st.header("Ändra, avsluta eller kommentera ett mål", anchor=False)
    by_code = {row.target.kod: row for row in rows}
    chosen = st.selectbox(
        "Mål",
        list(by_code),
        index=None,
        placeholder="Välj ett mål",
        format_func=lambda kod: _short(by_code[kod], names),
        key="valt_mal",
    )
    if chosen is None:
        return
    row = by_code[chosen]
    with st.form("malkommentar", border=False):
        comment = st.text_area("Analys för perioden (intern)", value=row.comment, key=f"analys_{chosen}")
        if st.form_submit_button("Spara analysen") and not refuse_personnummer(comment):
            new = TargetComment(chosen, selection.period, comment.strip())
            save_entries(store, selection.forbund.kod, [new], ACTOR, reason="analys")
            st.rerun()
    with st.container(horizontal=True):
        st.button("Ändra målet", key="andra_mal", on_click=_open, args=(chosen,))
        if row.target.ended is None and st.button("Avsluta målet i dag", key="avsluta_mal"):
            save_entries(
                store, selection.forbund.kod, [replace(row.target, ended=today())], ACTOR, reason="målet avslutat"
            )
            st.rerun()
    _draw_versions(store, selection, chosen)


def _short(row: TargetRow, names: Mapping[str, str]) -> str:
    text = row.target.text
    who = name_subject(row.target.insats, names)
    return f"{who}: {text if len(text) <= 90 else text[:87] + '…'}"


def _draw_versions(store: Store, selection: Selection, kod: str) -> None:
    versions = load_entry_versions(store, selection.forbund.kod, Target, kod)
    with st.expander(f"Vem har ändrat vad ({len(versions)})"):
        for version in reversed(versions):
            st.text(format_version(version.entry, version.actor, version.time))


def _open(kod: str) -> None:
    """Open the form of a goal; "" is a new one."""
    st.session_state[OPEN] = kod


def _close() -> None:
    del st.session_state[OPEN]


def _draw_form(store: Store, selection: Selection, insatser: tuple[Insats, ...], old: Target | None) -> None:
    """Draw the form of one goal; `old` None is a new one."""
    st.subheader("Ändra målet" if old else "Lägg in ett mål", anchor=False)
    year = selection.period.end.year
    shown = show_target(old) if old else show_new(f"Verksamhetsplan {year}", Period.year(year))
    written = _draw_fields(shown, insatser)
    with st.container(horizontal=True):
        save = st.button("Spara målet", type="primary", key="spara_mal")
        st.button("Stäng utan att spara", key="stang_mal", on_click=_close)
    if not save:
        return
    if problems := find_problems(written):
        draw_notice("varning", "Målet är inte sparat.", *problems)
        return
    if refuse_personnummer(written.text, written.plan):
        return
    share = load_registry().indikatorer.get(written.indikator)
    namnare_typ = share.namnare_typ if share else None
    if old:
        target = change_target(old, written, namnare_typ)
    else:
        target = make_target(_new_code(store, selection, written.plan), written, namnare_typ)
    save_entries(store, selection.forbund.kod, [target], ACTOR, reason="mål ändrat" if old else "mål inlagt")
    _close()
    st.rerun()


def _draw_fields(shown: TargetFields, insatser: tuple[Insats, ...]) -> TargetFields:
    """Draw the fields with what they hold before; gives what is written in them now."""
    labels = {"": NO_MEASURE} | {kod: indikator.label for kod, indikator in load_registry().indikatorer.items()}
    labels.setdefault(shown.indikator, capitalise(AS_NOW))
    names = {"": WHOLE_FORBUND} | {insats.kod: insats.namn for insats in insatser}
    names.setdefault(shown.insats, shown.insats)
    sides = SIDES | ({shown.side: AS_NOW} if shown.side not in SIDES else {})
    text = st.text_area("Målet, med planens egna ord", value=shown.text)
    left, right = st.columns(2)
    plan = left.text_input("Plan", value=shown.plan)
    level = _choose(right, "Nivå", LEVELS, shown.level)
    insats = _choose(left, "Gäller", names, shown.insats)
    indikator = _choose(right, "Mäts med", labels, shown.indikator)
    side = _choose(left, "Målet är", sides, shown.side)
    number = right.text_input(
        "Målvärde",
        value=shown.number,
        placeholder="Till exempel 30 % eller 150",
        disabled=side not in ("minst", "hogst"),
    )
    start = left.date_input("Från", value=shown.start, format="YYYY-MM-DD", min_value=date(2000, 1, 1))
    end = right.date_input("Till och med", value=shown.end, format="YYYY-MM-DD", max_value=date(2060, 12, 31))
    return TargetFields(text, plan, level, insats, indikator, side, number, start, end)


def _choose(place: DeltaGenerator, label: str, choices: Mapping[_Code, str], first: _Code) -> _Code:
    """Draw a list of codes by their labels, the first one chosen."""
    codes = list(choices)
    return place.selectbox(label, codes, index=codes.index(first), format_func=choices.__getitem__)


def _new_code(store: Store, selection: Selection, plan: str) -> str:
    taken = {target.kod for target in load_entries(store, selection.forbund.kod, Target)}
    stem = re.sub(r"[^a-z0-9]+", "-", plan.lower().translate(str.maketrans("åäö", "aao"))).strip("-") or "mal"
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
