"""Mål: where each goal stands, how sure that is, and how many persons are to spare or lacking."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui.cache import load_report, load_store
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.ui.table import Cell, Column, build_table, draw_table, to_csv
from finsam_dash.ui.target_form import draw_new_target, draw_target_tools
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.sentences import format_known_to
from finsam_dash.wording.target_table import HEADER, TargetCells, format_cells, format_targets_title, list_groups

MARKS = "Personer: till godo eller saknas för att nå målet. Hur säkert: 95 %-intervall (Wilson) mot målet."


def row_cells(cells: TargetCells) -> list[Cell]:
    certainty, interval = cells.certainty
    return [
        Cell(cells.insats, strong=True),
        Cell(cells.text[0], below=cells.text[1]),
        Cell(cells.goal),
        Cell(cells.outcome[0], strong=True, below=cells.outcome[1]),
        Cell(cells.reached, strong=True),
        Cell(certainty, strong=cells.strong, quiet=not cells.strong, below=interval),
        Cell(cells.persons[0], below=cells.persons[1]),
    ]


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "targets")
    rows = report.targets or ()
    names = {insats.kod: insats.kortnamn or insats.namn for insats in report.insatser}
    title, lead = format_targets_title(rows)
    draw_head("Mål", title, selection, format_known_to(report.data_to, report.imported))
    store, intern = load_store(), selection.lage is Lage.INTERN
    if not rows:
        draw_empty(
            f"Inga mål är inlagda för {selection.period.code}",
            "Utan mål visas bara utfall och jämförelse med riket. Lägg in målen från verksamhetsplanen, med planens "
            "egna ord.",
        )
    else:
        st.html(f'<p class="fd-under">{lead}</p>')
    if intern:
        draw_new_target(store, selection, report.insatser)
    columns = [Column(name, numeric=name == "Personer") for name in HEADER]
    source = format_report_source(report, (), report.period)
    for plan in dict.fromkeys(group.plan for group in list_groups(rows)):
        st.header(plan, anchor=False)
        for group in list_groups(rows):
            if group.plan != plan:
                continue
            st.subheader(f"{group.level}: {group.heading}" if group.heading else group.level, anchor=False)
            caption = f"{plan}, {group.level}"
            draw_table(
                build_table(caption, columns, [row_cells(format_cells(row, report, names)) for row in group.rows])
            )
    if rows:
        st.html(f'<div class="fd-fot"><p>{MARKS}</p><p>{source}</p></div>')
        whole = build_table("Mål", columns, [row_cells(format_cells(row, report, names)) for row in rows])
        st.download_button(
            "Ladda ner målen", lambda: to_csv(whole, source), "mal.csv", "text/csv", on_click="ignore", key="csv_mal"
        )
        if intern:
            draw_target_tools(store, selection, report.insatser, rows)


if (chosen := current_selection()) is None:
    draw_no_forbund("Mål")
else:
    draw(chosen)
