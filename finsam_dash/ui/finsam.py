"""The tables of Uppföljning Finsam, and the form for budgeterat antal deltagare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from finsam_dash.model import Actor, Period, PlannedCount
from finsam_dash.report.finsam import FinsamRow
from finsam_dash.store import Store, load_entry_versions, remove_entry, save_entries, undo_entry
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.selection import Selection
from finsam_dash.ui.table import Cell, Column, build_table, draw_table
from finsam_dash.wording import finsam as words
from finsam_dash.wording.numbers import format_count
from finsam_dash.wording.periods import format_stored_moment

ACTOR = Actor()
REASON = "budgeterat antal, sidan Uppföljning Finsam"
_SAVED = "finsam_sparad"
_ABOUT = 2
"""The last columns of the workbook say where numbers come from and what is lacking: a table of their own on a page."""


def choose_year(selection: Selection) -> Selection:
    """The selection with the calendar year that its period ends in: the national system asks for whole years."""
    return replace(selection, period=Period.year(selection.period.end.year))


def draw_rows(name: str, rows: Sequence[FinsamRow]) -> None:
    """Draw one kind of insatser as a table, or say that there are none."""
    st.header(name, anchor=False)
    if not rows:
        st.html('<p class="fd-under">Inga under året.</p>')
        return
    columns = [Column(title, numeric) for title, numeric in words.HEADER]
    cells = [[Cell(cell.text) for cell in words.format_finsam_cells(row)] for row in rows]
    draw_table(build_table(name, columns[:-_ABOUT], [row[:-_ABOUT] for row in cells]))
    st.subheader(words.ABOUT, anchor=False)
    about = [[row[0], *row[-_ABOUT:]] for row in cells]
    draw_table(build_table(f"{name}: {words.ABOUT}", [columns[0], *columns[-_ABOUT:]], about))


def draw_count_form(store: Store, selection: Selection, rows: Sequence[FinsamRow]) -> None:
    """Draw the form for one insats's budgeterat antal in the year; what is saved is logged and can be undone."""
    if not rows:
        return
    if message := st.session_state.pop(_SAVED, ""):
        draw_notice("info", "Sparat.", message)
    draw_fold("Skriv in budgeterat antal deltagare", "budgeterat", partial(_draw_count_fields, store, selection, rows))


def _draw_count_fields(store: Store, selection: Selection, rows: Sequence[FinsamRow]) -> None:
    names = {row.insats.kod: row.insats.kortnamn or row.insats.namn for row in rows}
    chosen = st.selectbox("Insats", list(names), format_func=names.__getitem__, key="finsam_insats", width=420)
    row = next(row for row in rows if row.insats.kod == chosen)
    kod = f"{row.insats.kod}/{selection.period.code}"
    with st.form(f"finsam_antal_{kod}", border=False):
        st.html(f'<p class="fd-under">{words.ENTER_LEAD}</p>')
        written = None if row.budgeted is None else int(row.budgeted)
        number = st.number_input("Budgeterat antal", min_value=0, value=written, step=1, width=200)
        if st.form_submit_button("Spara antalet", type="primary"):
            _save(store, selection, PlannedCount(kod, row.insats.kod, selection.period, int(number or 0)), number)
    _draw_versions(store, selection, kod)


def _save(store: Store, selection: Selection, entry: PlannedCount, number: int | None) -> None:
    if number is None:
        if load_entry_versions(store, selection.forbund.kod, PlannedCount, entry.kod):
            remove_entry(store, selection.forbund.kod, PlannedCount, entry.kod, ACTOR, reason=REASON)
        st.session_state[_SAVED] = "Inget eget antal är sparat."
    else:
        save_entries(store, selection.forbund.kod, [entry], ACTOR, reason=REASON)
        st.session_state[_SAVED] = f"Budgeterat antal är {format_count(entry.number)}."
    st.rerun()


def _draw_versions(store: Store, selection: Selection, kod: str) -> None:
    versions = load_entry_versions(store, selection.forbund.kod, PlannedCount, kod)
    if not versions:
        return
    for version in reversed(versions):
        moment = format_stored_moment(version.time)
        number = version.entry.number if version.entry else None
        st.text(words.format_version(number, version.actor.name, moment))
    if st.button("Ångra senaste ändringen", key=f"finsam_angra_{kod}"):
        undo_entry(store, selection.forbund.kod, PlannedCount, kod, ACTOR, reason=f"ångrat, {REASON}")
        st.session_state[_SAVED] = "Den senaste ändringen är ångrad."
        st.rerun()
