"""Mål: where each goal stands, how sure that is, and how many persons are to spare or lacking."""

from html import escape

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.ui.appearance import load_theme
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.publication import draw_csv_button
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.table import draw_table, format_source_html
from finsam_dash.ui.target_form import draw_new_target, draw_target_tools
from finsam_dash.ui.target_table import build_target_table, build_words_table
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.protection import format_protection
from finsam_dash.wording.sentences import format_known_to
from finsam_dash.wording.target_table import MARKS, format_targets_title, list_groups, split_rows

EMPTY = (
    "Utan mål visas bara utfall och jämförelse med riket. Lägg in målen från verksamhetsplanen, med planens egna ord."
)


def draw_plan(plan: str, rows: tuple[TargetRow, ...], report: Report, names: dict[str, str], *, unfold: bool) -> None:
    st.header(plan, anchor=False)
    in_figures, in_words = split_rows(rows)
    for group in list_groups(in_figures):
        st.subheader(f"{group.level}: {group.heading}" if group.heading else group.level, anchor=False)
        draw_table(build_target_table(f"{plan}, {group.level}", group.rows, report, names, load_theme()))
    if in_words:
        with st.expander(f"Mål utan tal, följs upp i ord ({len(in_words)})", expanded=unfold):
            draw_table(build_words_table(f"{plan}, mål utan tal", in_words, report, names))


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "targets")
    rows = report.targets or ()
    names = report.names
    title, lead = format_targets_title(rows)
    draw_head(
        "Mål",
        title,
        selection,
        format_known_to(report.data_to, report.imported),
        protection=format_protection(report),
    )
    store, intern = load_store(), selection.lage is Lage.INTERN
    if rows:
        st.html(f'<p class="fd-under">{escape(lead)}</p>')
    else:
        draw_empty(f"Inga mål är inlagda för {format_period(selection.period)}", EMPTY)
    # A plan in words alone stands after those that figures can answer, and folded beside them.
    in_figures, in_words = split_rows(rows)
    for plan in dict.fromkeys(row.target.plan for row in (*in_figures, *in_words)):
        own = tuple(row for row in rows if row.target.plan == plan)
        draw_plan(plan, own, report, names, unfold=not in_figures)
    if intern and not rows:
        draw_new_target(store, selection, report.insatser)
    if not rows:
        return
    source = format_report_source(report, (), report.period)
    st.html(f'<div class="fd-fot"><p>{escape(MARKS)}</p><p>{format_source_html(source)}</p></div>')
    draw_csv_button("Ladda ner målen", build_target_table("Mål", rows, report, names), source, "mal")
    if intern:
        draw_new_target(store, selection, report.insatser)
        draw_target_tools(store, selection, rows, names)


if (chosen := current_selection()) is None:
    draw_no_forbund("Mål")
else:
    draw(chosen)
