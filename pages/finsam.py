"""Uppföljning Finsam: what the national system asks the förbund to type, insats by insats, and as a file."""

from html import escape

import streamlit as st

from finsam_dash.export.finsam_workbook import to_finsam_xlsx
from finsam_dash.report.content import Report
from finsam_dash.report.finsam import FinsamRow, build_finsam
from finsam_dash.ui.cache import load_report
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.table import Cell, Column, build_table, draw_table
from finsam_dash.wording import finsam as words
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.sentences import format_known_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_rows(name: str, rows: tuple[FinsamRow, ...]) -> None:
    st.header(name, anchor=False)
    if not rows:
        st.html('<p class="fd-under">Inga under perioden.</p>')
        return
    columns = [Column(title, numeric) for title, numeric in words.HEADER]
    cells = [[Cell(cell.text) for cell in words.format_finsam_cells(row)] for row in rows]
    draw_table(build_table(name, columns, cells))


def draw(selection: Selection) -> None:
    report: Report = load_report(selection, today(), "targets", "economy")
    basis = build_finsam(report)
    title = words.format_finsam_title((*basis.individual, *basis.structural), report.period)
    draw_head(words.NAME, title, selection, format_known_to(report.data_to, report.imported))
    st.html(f'<p class="fd-under">{escape(words.LEAD)}</p>')
    source = format_report_source(report, (), report.period)
    st.download_button(
        "Ladda ner som Excel",
        lambda: to_finsam_xlsx(basis, title, source),
        f"uppfoljning-finsam-{selection.forbund.kod}-{report.period.code.replace('/', '-')}.xlsx",
        XLSX,
        on_click="ignore",
        type="primary",
        key="finsam_xlsx",
    )
    draw_rows(words.INDIVIDUAL, basis.individual)
    draw_rows(words.STRUCTURAL, basis.structural)
    st.html(f'<p class="fd-fot">{escape(source)}</p>')


if (chosen := current_selection()) is None:
    draw_no_forbund(words.NAME)
else:
    draw(chosen)
