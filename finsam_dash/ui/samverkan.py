"""Samverkan, försörjning and follow-ups on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from finsam_dash.model import Period, Suppressed, Unit, Value
from finsam_dash.report.content_samverkan import FollowUpRow, PublicSupport, Samverkan
from finsam_dash.ui.page import mark_invented
from finsam_dash.ui.table import Cell, Column, build_table, draw_table
from finsam_dash.wording import samverkan as words
from finsam_dash.wording.economy import format_kronor
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.numbers import format_share_value, format_value
from finsam_dash.wording.periods import format_date, format_period

Rows = list[tuple[str | Cell, ...]]
Heads = list[str | Column]


def draw_items(samverkan: Samverkan, names: Mapping[str, str]) -> None:
    """Draw the stored numbers, one table a kind."""
    for slag in dict.fromkeys(item.figure.slag for item in samverkan.items):
        items = [item for item in samverkan.items if item.figure.slag == slag]
        rows: Rows = [
            (
                Cell(item.figure.namn, below=item.figure.tema),
                words.format_item(item),
                Cell(words.format_measure(item.figure.matt), below=item.figure.svarande),
                item.figure.medlem or names.get(item.figure.insats, ""),
                format_period(item.figure.period),
            )
            for item in items
        ]
        title = words.format_kind(slag)
        st.header(title, anchor=False)
        if _draw_refused(item.value for item in items):
            continue
        columns: Heads = ["Vad", Column("Antal", numeric=True), "Av vad", "Medlem eller insats", "Tid"]
        sources = "; ".join(dict.fromkeys(item.source for item in items))
        draw_table(build_table(title, columns, rows, mark_invented(f"Källa: {sources}.")))


def draw_lots(samverkan: Samverkan, grupper: Mapping[str, str]) -> None:
    """Draw lotsärenden per lokusgrupp and coordinator, and what they were and led to."""
    if not samverkan.lots:
        return
    st.header("Lotsärenden", anchor=False)
    if _draw_refused(row.opened for row in samverkan.lots):
        return
    rows: Rows = [
        (
            Cell(grupper.get(row.grupp, row.grupp), below=row.coordinator),
            *(format_value(value, Unit.ANTAL) for value in (row.opened, row.solved, row.unsolved, row.still_open)),
        )
        for row in samverkan.lots
    ]
    heads = [Column(head, numeric=True) for head in ("Öppnade", "Lösta", "Inte lösta", "Pågår")]
    draw_table(build_table("Lotsärenden", ["Lokusgrupp och samordnare", *heads], rows))
    with st.expander("Varifrån ärendena kom, vad de gällde och vad som gjordes"):
        answers: Rows = [
            (
                words.DIMENSIONS[part.dimension],
                part.label,
                format_value(part.count, Unit.ANTAL),
                format_value(part.solved, Unit.ANTAL),
            )
            for part in samverkan.breakdowns
        ]
        columns: Heads = ["Fråga", "Svar", Column("Ärenden", numeric=True), Column("Varav lösta", numeric=True)]
        draw_table(build_table("Lotsärenden efter fråga", columns, answers))


def draw_enkater(samverkan: Samverkan, names: Mapping[str, str]) -> None:
    """Draw enkäter: share positive with its interval, mean with its scale, answer rate, and stegförflyttning."""
    if not samverkan.enkater:
        return
    st.header("Enkäter", anchor=False)
    if _draw_refused(result.positive for result in samverkan.enkater):
        return
    rows: Rows = [
        (
            Cell(result.enkat.question, below=f"{result.enkat.namn}, {format_period(result.enkat.period)}"),
            Cell(result.enkat.svarande, below=names.get(result.enkat.insats, "")),
            format_share_value(result.positive),
            words.format_scale_mean(result),
            words.format_answered(result),
            words.format_step_change(result),
        )
        for result in samverkan.enkater
    ]
    columns: Heads = ["Fråga", "Svarande", Column("Positiva", numeric=True), Column("Medel", numeric=True),
               Column("Svarade", numeric=True), Column("Förflyttning", numeric=True)]  # fmt: skip
    draw_table(build_table("Enkäter", columns, rows, "Förflyttning är samma personers medel efter minus före."))


def draw_funding_and_risks(samverkan: Samverkan) -> None:
    """Draw decisions on money from elsewhere, and internkontroll with owner and follow-up."""
    if samverkan.funding:
        st.header("Externa medel", anchor=False)
        rows: Rows = [
            (
                Cell(item.funder, below=item.what),
                item.state,
                format_date(item.decided) if item.decided else "inte beslutat",
                format_kronor(item.amount),
            )
            for item in samverkan.funding
        ]
        columns: Heads = ["Finansiär", "Läge", "Beslutat", Column("Belopp", numeric=True)]
        draw_table(build_table("Externa medel", columns, rows))
    if samverkan.risks:
        st.header("Internkontroll", anchor=False)
        risks: Rows = []
        for risk in samverkan.risks:
            late = risk.kod in samverkan.overdue
            state = "Klar" if risk.done else "▲ Försenad" if late else "Pågår"
            risks.append(
                (Cell(risk.text, below=risk.action), risk.owner, format_date(risk.follow_up), Cell(state, strong=late))
            )
        draw_table(build_table("Internkontroll", ["Risk", "Ansvarig", "Följs upp", "Läge"], risks))


def draw_support(support: PublicSupport | None) -> None:
    """Draw the försörjningsmått and the five forms per kommun, riket last."""
    st.header("Offentlig försörjning per kommun", anchor=False)
    if support is None:
        st.html(
            '<p class="fd-under">Ingen offentlig försörjning är inläst. Läs in den i den långa formen: måtten heter '
            "till exempel sjukpenning_personer och sjukpenning_kostnad, indelningen är kommun.</p>"
        )
        return
    forms = [form.form for form in support.rows[0].forms]
    rows: Rows = [
        (
            Cell(format_class(f"kommun:{row.kommun}"), strong=row.is_riket),
            words.format_money_measure(row.measure),
            *(
                Cell(format_value(form.persons, Unit.ANTAL), below=format_value(form.cost, Unit.KR))
                for form in row.forms
            ),
        )
        for row in support.rows
    ]
    heads = [Column(words.FORM_NAMES[form], numeric=True) for form in forms]
    quarter = f"Personer {format_period(support.quarter)}. " if support.quarter else ""
    note = mark_invented(f"{quarter}Kronor under hela perioden. {words.MEASURE_NOTE} Källa: {support.source}.")
    draw_table(
        build_table("Offentlig försörjning", ["Kommun", Column("Försörjningsmått", numeric=True), *heads], rows, note)
    )
    if len(support.quarters) > 1:
        with st.expander("Försörjningsmåttet kvartal för kvartal"):
            columns: Heads = [
                "Kvartal",
                *(Column(format_class(f"kommun:{row.kommun}"), numeric=True) for row in support.rows),
            ]
            cells: Rows = [
                (format_period(quarter.period), *map(words.format_money_measure, quarter.measures))
                for quarter in support.quarters
            ]
            draw_table(build_table("Försörjningsmåttet per kvartal", columns, cells))


def draw_follow_up(rows: tuple[FollowUpRow, ...], names: Mapping[str, str]) -> None:
    """Draw follow-ups: of whom, when, what was found, and how many are not known."""
    st.header("Uppföljning efter start och avslut", anchor=False)
    if not rows:
        st.html('<p class="fd-under">Ingen uppföljning är lagrad för perioden.</p>')
        return
    if _draw_refused(row.left for row in rows):
        return
    cells: Rows = []
    others_known = any(row.printed for row in rows)
    for row in rows:
        place = Cell(names.get(row.insats, row.insats), below=words.format_follow_up_period(row))
        distance = words.format_distance(row)
        left, unknown = format_value(row.left, Unit.ANTAL), format_value(row.unknown, Unit.ANTAL)
        shares = []
        for outcome in row.outcomes:
            count = format_value(outcome.count, Unit.ANTAL)
            share = words.format_follow_up_share(outcome.share)
            shares.append(Cell(share, below=f"{count} personer" if share != count and "av" not in share else ""))
        others = "; ".join(
            f"{words.format_outcome_kind(matt)}: {format_value(value, unit)}" for matt, unit, value in row.printed
        )
        cells.append((place, distance, left, unknown, *shares, *((others,) if others_known else ())))
    heads = [Column(words.format_outcome_kind(outcome.matt), numeric=True) for outcome in rows[0].outcomes]
    columns: Heads = ["Insats", "Mätt", Column("Att följa upp", numeric=True), Column("Inte kända", numeric=True)]
    columns += [*heads, *(["Annat"] if others_known else [])]
    sources = "; ".join(dict.fromkeys(row.source for row in rows if row.source))
    note = mark_invented(f"{words.UNKNOWN_NOTE} Källa: {sources or 'insatsernas leveranser'}.")
    draw_table(build_table("Uppföljning", columns, cells, note))


def _draw_refused(values: Iterable[Value]) -> bool:
    """Draw one sentence in place of a table in which every number is hidden; whether it did."""
    found = tuple(values)
    refused = bool(found) and all(isinstance(value, Suppressed) for value in found)
    if refused:
        st.html(f'<p class="fd-under">{words.REFUSED}</p>')
    return refused


def draw_empty_period(period: Period) -> None:
    """Say that nothing is stored for the period."""
    text = f"Inget om samverkan är lagrat för {format_period(period)}. Byt period ovan, eller lägg till nedan."
    st.html(f'<p class="fd-under">{escape(text)}</p>')
