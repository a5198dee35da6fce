"""Uppföljning Finsam: what the national system asks the förbund to type, insats by insats, and as a file."""

from html import escape

import streamlit as st

from finsam_dash.export.finsam_workbook import to_finsam_xlsx
from finsam_dash.model import Lage
from finsam_dash.report.content import Report
from finsam_dash.report.finsam import load_finsam
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.chart import format_source_html
from finsam_dash.ui.finsam import choose_year, draw_count_form, draw_rows
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.publication import record_when_saved
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording import finsam as words
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.sentences import format_known_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(selection: Selection) -> None:
    year = choose_year(selection)
    report: Report = load_report(year, today(), "targets", "economy")
    basis = load_finsam(load_store(), report)
    rows = (*basis.individual, *basis.structural)
    title = words.format_finsam_title(rows, report.period)
    draw_head(words.NAME, title, selection, format_known_to(report.data_to, report.imported))
    st.html(f'<p class="fd-under">{escape(words.format_lead(selection.period, report.period))}</p>')
    source = format_report_source(report, (), report.period)
    name = f"uppfoljning-finsam-{selection.forbund.kod}-{report.period.code}.xlsx"
    st.download_button(
        "Ladda ner som Excel",
        record_when_saved(name, lambda: to_finsam_xlsx(basis, title, source), report.period),
        name,
        XLSX,
        on_click="ignore",
        type="primary",
        key="finsam_xlsx",
    )
    draw_rows(words.INDIVIDUAL, basis.individual)
    draw_rows(words.STRUCTURAL, basis.structural)
    if selection.lage is Lage.INTERN:
        draw_count_form(load_store(), year, rows)
    st.html(f'<p class="fd-fot">{format_source_html(source)}</p>')


if (chosen := current_selection()) is None:
    draw_no_forbund(words.NAME)
else:
    draw(chosen)
