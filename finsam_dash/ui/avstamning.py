"""Avstämning on a page: the printed results with filters, and the same control for a report of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from finsam_dash.intake.printed_table import read_printed_table
from finsam_dash.model import Document, Period
from finsam_dash.report.avstamning import Parts, compute_result
from finsam_dash.report.content_avstamning import Avstamning, AvstamningRow, AvstamningStatus
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.page import draw_key_numbers
from finsam_dash.ui.table import Cell, Column, Table, build_table, draw_table, to_csv
from finsam_dash.wording import avstamning as words
from finsam_dash.wording.numbers import format_count
from finsam_dash.wording.problems import format_problem

ALL = ""
_COLUMNS = ("Status", "Tryckt uttryck", Column("Tryckt", numeric=True), Column("Omräknat", numeric=True), "Förklaring")
_OWN_TEXT, _OWN_FILE = "avstam_text", "avstam_fil"
EXAMPLE = "Uttryck;Delar\n34 % (340 st);340/981\n20 440 tkr;1391+18225+824"


def draw_counts(rows: Sequence[AvstamningRow]) -> None:
    """Draw how many rows have each status."""
    counts = Counter(row.status for row in rows)
    shown = [(format_count(counts[status]), words.STATUS_WORDS[status]) for status in AvstamningStatus]
    draw_key_numbers([(format_count(len(rows)), "Tryckta resultat"), *shown])


def choose_rows(avstamning: Avstamning, period: Period) -> tuple[AvstamningRow, ...]:
    """Draw the filters and give the rows that they let through; they open on the period and what deviates."""
    names = {ALL: "Alla dokument", **{document.kod: document.namn for document in avstamning.documents}}
    of_period = next((doc.kod for doc in avstamning.documents if doc.period.overlaps(period)), ALL)
    statuses: dict[str, str] = {ALL: "Alla"}
    statuses.update({str(status): word for status, word in words.STATUS_WORDS.items()})
    deviates = any(row.status is AvstamningStatus.AVVIKER for row in avstamning.rows)
    left, right, _ = st.columns([3, 2, 5], gap="small")
    with left:
        document = st.selectbox(
            "Dokument", list(names), format_func=names.__getitem__, index=list(names).index(of_period)
        )
    with right:
        status = st.selectbox("Status", list(statuses), format_func=statuses.__getitem__, index=2 if deviates else 0)
    return tuple(
        row for row in avstamning.rows if document in (ALL, row.result.dokument) and status in (ALL, row.status)
    )


def build_rows_table(caption: str, rows: Sequence[AvstamningRow], documents: Sequence[Document] = ()) -> Table:
    """The rows as a table; the second line of an expression is where it stands."""
    names = {document.kod: document.short for document in documents}

    def place(row: AvstamningRow) -> str:
        result = row.result
        where = (names.get(result.dokument, ""), result.rubrik, result.column)
        return ", ".join(part for part in where if part)

    return build_table(
        caption,
        _COLUMNS,
        [
            (
                Cell(words.format_status(row.status), strong=row.status is AvstamningStatus.AVVIKER),
                Cell(row.result.uttryck, below=place(row)),
                words.format_published(row),
                words.format_recomputed(row),
                words.format_explanation(row),
            )
            for row in rows
        ],
    )


def draw_rows(table: Table, source: str, name: str) -> None:
    """Draw a table of rows with its file to download; an empty one says so."""
    if not table.rows:
        st.html('<p class="fd-under">Inga rader med det valet.</p>')
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"diagramrad_{name}"):
        st.html(f'<p class="fd-under">{escape(format_count(len(table.rows)))} rader. {escape(source)}</p>')
        st.download_button(
            "Ladda ner",
            data=lambda: to_csv(table, source),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
            key=f"csv_{name}",
            help="Tabellen som csv-fil",
        )
    with st.container(key=f"avstamning_{name}"):
        draw_table(table)


def draw_own_report(parts: Parts) -> None:
    """Draw the control of a report that is not printed yet: paste a table or choose a file; nothing is kept."""
    st.header("Stäm av en egen rapport", anchor=False)
    st.html(
        '<p class="fd-under">Klistra in en tabell eller välj en fil med kolumnerna Uttryck och Delar. Uttryck är det '
        "som ska tryckas, delar är talen bakom, till exempel 340/981, eller hänvisningar till lagrade uppgifter. Inget "
        "sparas.</p>"
    )
    left, right = st.columns([7, 5], gap="medium")
    with left:
        text = st.text_area("Tabell", key=_OWN_TEXT, height=140, placeholder=EXAMPLE)
    with right:
        chosen = st.file_uploader(
            "Fil (xlsx eller csv)", type=["xlsx", "csv", "txt"], key=_OWN_FILE, max_upload_size=20
        )
    if chosen is None and not text.strip():
        return
    data, name = (chosen.getvalue(), chosen.name) if chosen is not None else (text.encode("utf-8"), "Tabellen")
    read = read_printed_table(data, name)
    if read.problems:
        draw_notice("fel", f"{name} kan inte läsas.", *map(format_problem, read.problems))
        return
    rows = [compute_result(result, parts) for result in read.results]
    st.subheader(words.format_title(rows), anchor=False)
    draw_counts(rows)
    draw_rows(build_rows_table("Avstämning av egen rapport", rows), "Egen rapport, inte sparad.", "egen-rapport")
