"""Översikt: how it went for the förbund in the period, what is missing and what has changed."""

from datetime import datetime

import streamlit as st

from finsam_dash.charts.dots import dot_plot_alt, dot_plot_figure, dot_plot_note, dot_plot_table, strip_figure
from finsam_dash.model import Unit
from finsam_dash.report.content import Overview, Report
from finsam_dash.ui.cache import load_report
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.page import draw_head, draw_hero, draw_key_numbers, draw_list, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection
from finsam_dash.ui.table import from_chart
from finsam_dash.wording.numbers import format_value
from finsam_dash.wording.overview import (
    OUTCOME_HEADING,
    format_changes,
    format_headline_notes,
    format_key_number,
    format_missing_items,
    format_report_source,
    name_strip,
)
from finsam_dash.wording.periods import STOCKHOLM
from finsam_dash.wording.sentences import format_known_to
from finsam_dash.wording.titles import format_outcome_title


def draw_outcome(report: Report, overview: Overview, names: dict[str, str]) -> None:
    rows, riket = name_strip(overview.strip), overview.riket
    draw_chart(
        "utfall",
        OUTCOME_HEADING,
        strip_figure(rows=rows, benchmark=riket),
        dot_plot_alt(rows=rows, benchmark=riket, what=OUTCOME_HEADING),
        from_chart(OUTCOME_HEADING, dot_plot_table(rows=rows, benchmark=riket)),
        format_report_source(report, overview.headline.sources, report.period),
        legend=dot_plot_note(rows=rows, benchmark=riket),
        between=lambda: draw_hero(
            format_value(overview.headline.value, Unit.ANDEL),
            *format_headline_notes(overview.headline, overview.verdict, riket, names),
        ),
    )


def draw_insatser(report: Report, overview: Overview) -> None:
    title = "Andel till arbete eller studier per insats"
    draw_chart(
        "insatser",
        title,
        dot_plot_figure(rows=overview.dots, asked=report.period),
        dot_plot_alt(rows=overview.dots, what=title),
        from_chart(title, dot_plot_table(rows=overview.dots, asked=report.period)),
        format_report_source(report, (), "varje insats egen period där den står i raden"),
        subtitle="I planens ordning. Insatserna läggs aldrig ihop: nämnare och period skiljer sig åt.",
        legend=dot_plot_note(rows=overview.dots),
    )


def draw(selection: Selection) -> None:
    report = load_report(selection, datetime.now(STOCKHOLM).date(), "overview")
    overview = report.overview
    names = {insats.kod: insats.kortnamn or insats.namn for insats in report.insatser}
    value, riket = overview.headline.value, overview.riket
    title = format_outcome_title(
        value=value, period=report.period, riket=riket.value, sakerhet=overview.verdict.sakerhet
    )
    status = format_known_to(report.data_to, report.imported)
    draw_head("Översikt", title, selection, status, interim_protection=report.interim_protection)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        draw_outcome(report, overview, names)
    with right:
        draw_list("Saknas", format_missing_items(overview.missing, names), "Inget saknas.")
        draw_list("Ändrat sedan förra leveransen", format_changes(overview.changes, names), "Inga leveranser ännu.")
    draw_key_numbers([format_key_number(number) for number in overview.key_numbers])
    if overview.dots:
        draw_insatser(report, overview)


if (chosen := current_selection()) is None:
    draw_no_forbund("Översikt")
else:
    draw(chosen)
