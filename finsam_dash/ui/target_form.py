"""Goals entered, changed, ended and commented in the dashboard, with who did what when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from finsam_dash.indicators.registry import load_registry
from finsam_dash.intake.plans import read_goal_number
from finsam_dash.model import Actor, Insats, Period, Riktning, Target, TargetComment, TargetKind, Unit
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.store import Store, load_entries, load_entry_versions, save_entries
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.selection import Selection, today
from finsam_dash.wording.periods import format_moment
from finsam_dash.wording.targets import LEVELS

NO_MEASURE = "Inget av dessa (följs upp med egna uppgifter)"
WHOLE_FORBUND = "Hela förbundet"
ACTOR = Actor()
OPEN = "oppet_mal"
"""Session key: the code of the goal whose form is open."""


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
    who = names.get(row.target.insats, row.target.insats) or WHOLE_FORBUND
    return f"{who}: {text if len(text) <= 90 else text[:87] + '…'}"


def _draw_versions(store: Store, selection: Selection, kod: str) -> None:
    versions = load_entry_versions(store, selection.forbund.kod, Target, kod)
    with st.expander(f"Vem har ändrat vad ({len(versions)})"):
        for version in reversed(versions):
            when = format_moment(datetime.fromisoformat(version.time))
            found = re.search(r'"malvarde":([0-9.]+)', version.content)
            value = f", målvärde {found[1].replace('.', ',')}" if found else ""
            st.text(f"{when}: {version.actor.name} ({version.actor.role}){value}")


def _open(kod: str) -> None:
    """Open the form of a goal; "" is a new one."""
    st.session_state[OPEN] = kod


def _close() -> None:
    del st.session_state[OPEN]


def _draw_form(store: Store, selection: Selection, insatser: tuple[Insats, ...], old: Target | None) -> None:
    """Draw the form of one goal; `old` None is a new one."""
    st.subheader("Ändra målet" if old else "Lägg in ett mål", anchor=False)
    shares = {kod: indikator.label for kod, indikator in load_registry().indikatorer.items()}
    names = {"": WHOLE_FORBUND} | {insats.kod: insats.namn for insats in insatser}
    year = Period.year(selection.period.end.year)
    period = old.period if old else year
    text = st.text_area("Målet, med planens egna ord", value=old.text if old else "")
    left, right = st.columns(2)
    plan = left.text_input("Plan", value=old.plan if old else f"Verksamhetsplan {year.start.year}")
    level = right.selectbox(
        "Nivå", list(LEVELS), index=list(LEVELS).index(old.level) if old else 2, format_func=LEVELS.__getitem__
    )
    insats = left.selectbox(
        "Gäller", list(names), index=list(names).index(old.insats) if old else 0, format_func=names.__getitem__
    )
    codes = ["", *shares]
    indikator = right.selectbox(
        "Mäts med",
        codes,
        index=codes.index(old.indikator) if old and old.indikator in codes else codes.index("andel_arbete_studier"),
        format_func=lambda kod: shares.get(kod, NO_MEASURE),
    )
    sides = ["minst", "hogst", "riket", "inget"]
    side = left.selectbox(
        "Målet är",
        sides,
        index=_side(old),
        format_func={
            "minst": "minst ett värde",
            "hogst": "högst ett värde",
            "riket": "minst som riket",
            "inget": "utan tal",
        }.__getitem__,
    )
    number = right.text_input(
        "Målvärde",
        value=_number_text(old),
        placeholder="Till exempel 30 % eller 150",
        disabled=side in ("riket", "inget"),
    )
    start = left.date_input("Från", value=period.start, format="YYYY-MM-DD", min_value=date(2000, 1, 1))
    end = right.date_input("Till och med", value=period.end, format="YYYY-MM-DD", max_value=date(2060, 12, 31))
    with st.container(horizontal=True):
        save = st.button("Spara målet", type="primary", key="spara_mal")
        st.button("Stäng utan att spara", key="stang_mal", on_click=_close)
    if not save:
        return
    problems = []
    value: tuple[float, Unit] | None = None
    if not text.strip():
        problems.append("Målets ord saknas. Skriv målet så som det står i planen.")
    if side in ("minst", "hogst") and (value := read_goal_number(number)) is None:
        problems.append(f"”{number}” är inget målvärde. Skriv till exempel 30 % eller 150.")
    if end < start:
        problems.append("Målets sista dag ligger före den första. Ändra en av dem.")
    if problems:
        draw_notice("varning", "Målet är inte sparat.", *problems)
        return
    if refuse_personnummer(text, plan):
        return
    base = old or Target(kod=_new_code(store, selection, plan), plan="", level="", text="", period=year)
    fixed = side in ("minst", "hogst")
    share = load_registry().indikatorer.get(indikator)
    saved = replace(
        base,
        plan=plan.strip(),
        level=level,
        text=" ".join(text.split()),
        period=Period(start, end),
        kind=_kind(side, value),
        indikator=indikator,
        namnare_typ=share.namnare_typ if share else None,
        riktning=Riktning(side) if fixed else Riktning.MINST if side == "riket" else None,
        malvarde=value[0] if value else None,
        unit=value[1] if value else Unit.ANDEL if side == "riket" else None,
        malkalla="fast" if fixed else "riket" if side == "riket" else "ingen",
        scope="insats" if insats else "forbund",
        insats=insats,
        deadline=end,
    )
    save_entries(store, selection.forbund.kod, [saved], ACTOR, reason="mål ändrat" if old else "mål inlagt")
    _close()
    st.rerun()


def _side(old: Target | None) -> int:
    if old is None:
        return 0
    if old.malkalla == "riket":
        return 2
    return {Riktning.MINST: 0, Riktning.HOGST: 1}.get(old.riktning, 3) if old.riktning else 3


def _kind(side: str, value: tuple[float, Unit] | None) -> TargetKind:
    if side == "riket":
        return TargetKind.RIKET
    if value is None:
        return TargetKind.UTAN_TAL
    return TargetKind.ANDEL if value[1] is Unit.ANDEL else TargetKind.ANTAL


def _number_text(old: Target | None) -> str:
    if old is None or old.malvarde is None:
        return ""
    if old.unit is Unit.ANDEL:
        return f"{old.malvarde * 100:g} %".replace(".", ",")
    return f"{old.malvarde:g}".replace(".", ",")


def _new_code(store: Store, selection: Selection, plan: str) -> str:
    taken = {target.kod for target in load_entries(store, selection.forbund.kod, Target)}
    stem = re.sub(r"[^a-z0-9]+", "-", plan.lower().translate(str.maketrans("åäö", "aao"))).strip("-") or "mal"
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
