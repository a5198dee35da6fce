"""Riket: the förbund against riket over the years, other values to compare with, and one's own values added."""

from functools import partial

import streamlit as st

from finsam_dash.charts.trend import trend_alt, trend_figure, trend_note
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Lage
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.comparison_form import draw_new_comparison_value
from finsam_dash.ui.messages import draw_empty, draw_notice
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.table import build_table, draw_table
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.protection import format_protection
from finsam_dash.wording.riket import (
    HEADER,
    NO_FIGURES,
    OTHER_HEADER,
    format_conflicts,
    format_gap,
    format_other_row,
    format_riket_title,
    format_year_row,
    list_events,
)
from finsam_dash.wording.sentences import format_known_to

CAPTION = "Andel till arbete eller studier, förbundet och riket år för år"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "riket")
    section = report.riket
    draw_head(
        "Riket", format_riket_title(section, report.period), selection,
        format_known_to(report.data_to, report.imported),
        protection=format_protection(report),
    )  # fmt: skip
    table = build_table(CAPTION, HEADER, [format_year_row(year) for year in section.years])
    names = report.names
    gap = format_gap(section, report.period, names)
    marks = {"points": section.own, "riket": section.riket, "events": list_events(section)}
    if section.own:
        draw_chart(
            "riket",
            CAPTION,
            partial(trend_figure, **marks),
            trend_alt(**marks),
            table,
            format_report_source(report, (), "varje år för sig"),
            subtitle=f"Av de avslutade med känt utfall. {gap}".rstrip(),
            legend=trend_note(**marks),
        )
    else:
        draw_empty("Det finns inget att jämföra med riket än", NO_FIGURES)
    if conflicts := format_conflicts(section):
        draw_notice("info", "Källorna går isär.", *conflicts)
    st.header("År för år", anchor=False)
    draw_table(table)
    if section.others:
        st.header("Andra jämförelsevärden", anchor=False)
        labels = {kod: indikator.label for kod, indikator in load_registry().indikatorer.items()}
        rows = [
            format_other_row(value, labels.get(value.indikator, value.indikator), report.forbund.namn)
            for value in section.others
        ]
        draw_table(build_table("Andra jämförelsevärden", OTHER_HEADER, rows))
    if selection.lage is Lage.INTERN:
        draw_new_comparison_value(load_store(), selection)


if (chosen := current_selection()) is None:
    draw_no_forbund("Riket")
else:
    draw(chosen)
