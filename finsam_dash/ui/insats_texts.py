"""Insatsredovisning in words, to draw on the page Insats: texts with history, decisions, fate, and dated events.

`draw_account` shows one insats (or the whole förbund with ""), `draw_text_form` and `draw_event_form` let the kansli
write. Every save is a new version; earlier ones stay readable under "Tidigare versioner".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from finsam_dash.intake.published import make_code
from finsam_dash.model import Actor, Document, Event, InsatsText, Lage, Period
from finsam_dash.report.content import Report
from finsam_dash.report.content_samverkan import Accounts, InsatsAccount
from finsam_dash.store import Store, load_entries, load_entry_versions, save_entries
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.table import Cell, build_table, draw_table
from finsam_dash.wording import samverkan as words
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.periods import format_date, format_period, format_stored_moment

ACTOR = Actor()
_SAVED = "insatstext_sparad"


def draw_redovisning(store: Store, report: Report, insats: str) -> None:
    """Draw the insatsredovisning of one insats of a Report with the section "accounts", and in intern its forms."""
    assert report.accounts is not None
    empty = InsatsAccount(insats, (), (), ())
    account = next((found for found in report.accounts.insatser if found.insats == insats), empty)
    st.header("Insatsredovisning", anchor=False)
    if account.withheld:
        st.html('<p class="fd-under">Det som är skrivet här visas bara i läge intern.</p>')
    elif not (account.texts or account.decisions or account.events):
        st.html('<p class="fd-under">Inga texter, beslut eller händelser är skrivna för perioden.</p>')
    documents = {document.kod: document.short for document in load_entries(store, report.forbund.kod, Document)}
    draw_account(account, documents)
    if report.lage is Lage.INTERN:
        draw_text_form(store, report.forbund.kod, insats, report.period, account)
        draw_event_form(store, report.forbund.kod, insats, report.period)


def draw_account(account: InsatsAccount, documents: Mapping[str, str] | None = None) -> None:
    """Draw what is told of one insats: fate, texts by field, decisions, events. `documents` names their codes."""
    if account.fate:
        st.html(f'<p class="fd-under"><strong>Vad som hände:</strong> {escape(account.fate)}.</p>')
    for text in account.texts:
        st.subheader(words.format_field(text.field), anchor=False)
        source = (documents or {}).get(text.dokument, text.dokument)
        note = f"{format_period(text.period)}. Källa: {source}." if source else f"{format_period(text.period)}."
        st.html(f'<p class="fd-text">{escape(text.text)}</p><p class="fd-fot">{escape(note)}</p>')
    draw_decisions(account)
    draw_events(account)


def draw_decisions(account: InsatsAccount) -> None:
    """Draw the decisions told of an insats; nothing where there are none."""
    if not account.decisions:
        return
    st.subheader("Beslut", anchor=False)
    rows = [
        (
            Cell(words.DECISION_KINDS.get(decision.kind, decision.kind), below=decision.text),
            capitalise(decision.decided_by) or "–",
            decision.decided or "–",
            format_decided_span(decision.start, decision.end),
        )
        for decision in account.decisions
    ]
    draw_table(build_table("Beslut om insatsen", ["Beslut", "Av vem", "När", "Gäller"], rows))


def draw_year_decisions(accounts: Accounts) -> None:
    """Draw the year's decisions of the whole förbund: started, extended, ended, by whom, and what became of it."""
    if not accounts.decisions:
        return
    st.header("Årets beslut om insatser", anchor=False)
    st.html(f'<p class="fd-under">{escape(words.format_decisions_title(accounts))}.</p>')
    rows = [
        (
            Cell(decision.namn, below=decision.text),
            words.DECISION_KINDS.get(decision.kind, decision.kind),
            capitalise(decision.decided_by) or "–",
            format_decided_span(decision.start, decision.end),
            decision.fate or "–",
        )
        for decision in accounts.decisions
    ]
    columns = ["Insats", "Beslut", "Av vem", "Gäller", "Vad som hände sedan"]
    draw_table(build_table("Årets beslut om insatser", columns, rows))


def draw_syntheses(accounts: Accounts, names: Mapping[str, str]) -> None:
    """Draw framgångsfaktorer and systemfel: the förbund's own synthesis first, then insats by insats."""
    for field in ("framgangsfaktorer", "systemfel"):
        whole = [text for text in accounts.whole.texts if text.field == field]
        parts = [text for account in accounts.insatser for text in account.texts if text.field == field]
        if not whole and not parts:
            continue
        st.header(words.format_field(field), anchor=False)
        for text in whole:
            st.html(f'<p class="fd-text">{escape(text.text)}</p>')
        if parts:
            with st.expander(f"Ur insatsernas redovisningar, {len(parts)} insatser"):
                draw_table(
                    build_table(
                        words.format_field(field),
                        ["Insats", "Text"],
                        [(names.get(text.insats, text.insats), text.text) for text in parts],
                    )
                )


def format_decided_span(start: object, end: object) -> str:
    """The time a decision is about: "2014-01-01–2014-12-31", "från 2015-01-01", or a dash."""
    if start and end:
        return f"{start}–{end}"
    return f"från {start}" if start else f"till {end}" if end else "–"


def draw_events(account: InsatsAccount) -> None:
    """Draw the dated notes; they are also drawn on charts over time."""
    if account.events:
        st.subheader("Händelser", anchor=False)
        items = "".join(f"<li>{escape(format_date(event.date))}: {escape(event.text)}</li>" for event in account.events)
        st.html(f'<ul class="fd-lista">{items}</ul>')


def draw_text_form(store: Store, forbund: str, insats: str, period: Period, account: InsatsAccount) -> None:
    """Draw the form for one text of the insatsredovisning, and the earlier versions of the chosen field."""
    if st.session_state.pop(_SAVED, False):
        draw_notice("info", "Sparat.", "Den tidigare texten finns kvar under Tidigare versioner.")
    draw_fold(
        "Skriv eller ändra en text", "skriv_text", partial(_draw_text_fields, store, forbund, insats, period, account)
    )


def _draw_text_fields(store: Store, forbund: str, insats: str, period: Period, account: InsatsAccount) -> None:
    field = st.selectbox(
        "Fält", list(words.TEXT_FIELDS), format_func=words.format_field, key=f"textfalt_{insats}_{period.code}"
    )
    current = next((text for text in account.texts if text.field == field), None)
    entry = current or InsatsText(insats, field, "", period)
    with st.form(f"insatstext_{insats}_{field}", border=False):
        text = st.text_area("Text", value=entry.text, height=120)
        if st.form_submit_button("Spara texten", type="primary"):
            _save(store, forbund, InsatsText(insats, field, text.strip(), entry.period), text)
    draw_history(store, forbund, entry)


def draw_history(store: Store, forbund: str, entry: InsatsText) -> None:
    """Draw the earlier versions of a text, newest first, with who wrote them when."""
    versions = load_entry_versions(store, forbund, InsatsText, entry.kod)
    if len(versions) < 2:
        return
    rows = [
        (format_stored_moment(version.time), version.actor.name, version.entry.text if version.entry else "borttagen")
        for version in reversed(versions[:-1])
    ]
    st.subheader("Tidigare versioner", anchor=False)
    draw_table(build_table("Tidigare versioner", ["När", "Av vem", "Text"], rows))


def draw_event_form(store: Store, forbund: str, insats: str, period: Period) -> None:
    """Draw the form for a dated note on an insats, or on the whole förbund."""
    draw_fold("Lägg till en händelse", "ny_handelse", partial(_draw_event_fields, store, forbund, insats, period))


def _draw_event_fields(store: Store, forbund: str, insats: str, period: Period) -> None:
    with st.form(f"handelse_{insats}", border=False):
        day = st.date_input("Datum", value=period.end, format="YYYY-MM-DD")
        text = st.text_input("Vad hände")
        if st.form_submit_button("Spara händelsen", type="primary"):
            if not text.strip():
                draw_notice("fel", "Inget har sparats.", "Skriv vad som hände.")
                return
            code = make_code(insats, str(day), text)
            _save(store, forbund, Event(code, day, text.strip(), insats), text)  # type: ignore[arg-type]


def _save(store: Store, forbund: str, entry: InsatsText | Event, text: str) -> None:
    if refuse_personnummer(text):
        return
    save_entries(store, forbund, [entry], ACTOR, reason="skrivet på sidan")
    st.session_state[_SAVED] = True
    st.rerun()
