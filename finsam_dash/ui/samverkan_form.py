"""The forms of the page Samverkan: what the förbund counts itself, each folded away until it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

from finsam_dash.intake.published import make_code
from finsam_dash.model import Actor, Enkat, ExternalFunding, Lotsarende, Risk, SamverkanFigure, Unit
from finsam_dash.report.content import Report
from finsam_dash.store import Store, save_entries
from finsam_dash.store.entries import Entry
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.wording import samverkan as words
from finsam_dash.wording.names import name_subject

ACTOR = Actor()
KINDS = ("kompetensaktivitet", "spridningsseminarium", "konferens", "sociala_foretag", "organisation")
_SAVED = "samverkan_sparad"

Save = Callable[[Entry, tuple[str, ...]], None]
"""Stores an entry; its texts are looked through for personnummer first."""


def draw_forms(store: Store, report: Report, grupper: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Draw a fold for each kind of entry. `grupper` and `names` name lokusgrupper and insatser by their codes."""
    if st.session_state.pop(_SAVED, False):
        draw_notice("info", "Sparat.", "Uppgiften är med i tabellerna.")
    save = partial(_save, store, report)
    for label, key, draw in (
        ("Lägg till en aktivitet eller ett antal", "nytt_antal", partial(_draw_figure_form, report, save)),
        ("Lägg till externa medel", "nya_medel", partial(_draw_funding_form, report, names, save)),
        ("Lägg till ett lotsärende", "nytt_arende", partial(_draw_case_form, report, grupper, save)),
        ("Lägg till en enkätfråga", "ny_enkat", partial(_draw_survey_form, report, names, save)),
        ("Lägg till en risk i internkontrollen", "ny_risk", partial(_draw_risk_form, report, save)),
    ):
        draw_fold(label, key, draw)


def _draw_figure_form(report: Report, save: Save) -> None:
    with st.form("samverkanstal", border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            slag = st.selectbox("Slag", KINDS, format_func=words.format_kind)
            name, theme = st.text_input("Vad"), st.text_input("Tema, egen eller stödd")
        with right:
            matt = st.selectbox("Vad som räknas", list(words.MEASURES), format_func=words.format_measure)
            count = st.number_input("Hur många", min_value=0, value=0)
            member = st.text_input("Medlemsorganisation")
        if st.form_submit_button("Spara antalet", type="primary"):
            if not name.strip() or slag is None or matt is None:
                draw_notice("fel", "Inget har sparats.", "Skriv vad det gäller.")
                return
            code = make_code(slag, name, theme, matt, member, report.period.code)
            figure = SamverkanFigure(
                code, slag, name.strip(), matt, report.period, Decimal(int(count)), Unit.ANTAL, theme.strip(),
                medlem=member.strip(),
            )  # fmt: skip
            save(figure, (name, theme, member))


def _draw_funding_form(report: Report, names: Mapping[str, str], save: Save) -> None:
    with st.form("externa_medel", border=False):
        funder, what = st.text_input("Finansiär"), st.text_input("Vad pengarna avser")
        state = st.selectbox("Beslut", ["sökt", "beviljad", "avslagen"])
        amount = st.number_input("Belopp i kronor", min_value=0, value=0)
        decided = st.date_input("Beslutsdag", value=report.period.end, format="YYYY-MM-DD")
        insats = st.selectbox("För insats", ["", *names], format_func=lambda kod: names.get(kod, "Ingen"))
        if st.form_submit_button("Spara medlen", type="primary"):
            if not funder.strip() or not what.strip():
                draw_notice("fel", "Inget har sparats.", "Skriv vem som ger pengarna och vad de avser.")
                return
            day = None if state == "sökt" else _day(decided)
            granted = Decimal(int(amount)) if amount else None
            funding = ExternalFunding(
                make_code(funder, what), funder.strip(), what.strip(), day, granted, str(state), insats or ""
            )
            save(funding, (funder, what))


def _draw_case_form(report: Report, grupper: Mapping[str, str], save: Save) -> None:
    with st.form("lotsarende", border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            opened = st.date_input("Öppnat", value=report.period.end, format="YYYY-MM-DD")
            grupp = st.selectbox("Lokusgrupp", ["", *grupper], format_func=lambda kod: grupper.get(kod, "Ingen"))
            coordinator = st.text_input("Samordnare (roll eller område, inte namn)")
            whence = st.text_input("Varifrån")
        with right:
            kind = st.text_input("Slag av ärende")
            action = st.text_input("Åtgärd")
            hindrance = st.text_input("Strukturellt hinder")
            ended = st.selectbox("Löst", ["pågår", "ja", "nej"])
        if st.form_submit_button("Spara ärendet", type="primary"):
            texts = (coordinator, whence, kind, action, hindrance)
            if not whence.strip() or not kind.strip():
                draw_notice("fel", "Inget har sparats.", "Skriv varifrån ärendet kom och vad det gällde.")
            else:
                solved = {"pågår": None, "ja": True, "nej": False}[ended]
                code = make_code(str(opened), grupp, *texts, str(report.data_version))
                case = Lotsarende(
                    code, _day(opened), grupp, coordinator.strip(), whence.strip(), kind.strip(), "", action.strip(),
                    hindrance.strip(), solved,
                )  # fmt: skip
                save(case, texts)


def _draw_survey_form(report: Report, names: Mapping[str, str], save: Save) -> None:
    with st.form("enkat", border=False):
        name, question = st.text_input("Enkätens namn"), st.text_input("Fråga")
        who = st.text_input("Vilka som svarade", value="deltagare")
        answers = st.text_input("Antal svar på varje steg, från lägst till högst", placeholder="2 5 11 30 18")
        positive = st.number_input("Positivt från och med steg", min_value=1, max_value=11, value=4)
        sent = st.number_input("Antal utskick (0 om det inte är känt)", min_value=0, value=0)
        insats = st.selectbox("Insats", ["", *names], format_func=lambda kod: name_subject(kod, names))
        if st.form_submit_button("Spara enkäten", type="primary"):
            counts = answers.split()
            if not question.strip() or not counts or not all(count.isdigit() for count in counts):
                draw_notice("fel", "Inget har sparats.", "Skriv en fråga och ett antal för varje steg, som 2 5 11.")
            elif positive > len(counts) or (sent and sum(map(int, counts)) > sent):
                draw_notice("fel", "Inget har sparats.", "Steget finns inte, eller fler har svarat än tillfrågats.")
            else:
                code = make_code(name, question, report.period.code, who, insats)
                enkat = Enkat(
                    code, name.strip(), question.strip(), report.period, who.strip(),
                    tuple(map(int, counts)), int(positive), int(sent) or None, insats,
                )  # fmt: skip
                save(enkat, (name, question, who))


def _draw_risk_form(report: Report, save: Save) -> None:
    with st.form("risk", border=False):
        text, owner = st.text_input("Risk"), st.text_input("Ansvarig (roll)")
        action = st.text_input("Åtgärd mot risken")
        follow_up = st.date_input("Följs upp", value=report.as_of, format="YYYY-MM-DD")
        if st.form_submit_button("Spara risken", type="primary"):
            if not text.strip() or not owner.strip():
                draw_notice("fel", "Inget har sparats.", "Skriv risken och vem som ansvarar för den.")
            else:
                risk = Risk(make_code(text), text.strip(), owner.strip(), _day(follow_up), action.strip())
                save(risk, (text, owner, action))


def _day(chosen: object) -> date:
    assert isinstance(chosen, date)
    return chosen


def _save(store: Store, report: Report, entry: Entry, texts: tuple[str, ...]) -> None:
    if refuse_personnummer(*texts):
        return
    save_entries(store, report.forbund.kod, [entry], ACTOR, reason="inskrivet på sidan Samverkan")
    st.session_state[_SAVED] = True
    st.rerun()
