"""Översikt: how it went for the förbund in the period, what is missing and what has changed."""

from urllib.parse import urlencode

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui.cache import load_insatser, load_report
from finsam_dash.ui.over_time import draw_on_request
from finsam_dash.ui.overview import draw_attention, draw_insatser, draw_nothing_yet, draw_other_period, draw_outcome
from finsam_dash.ui.page import draw_head, draw_key_numbers, draw_list, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_part, current_selection, find_newer_part, today
from finsam_dash.ui.target_table import draw_goals
from finsam_dash.wording import overview as words
from finsam_dash.wording.protection import format_protection, format_refused_title
from finsam_dash.wording.sentences import format_known_to
from finsam_dash.wording.titles import format_outcome_title

NAME = "Översikt"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "overview", "targets", "attention")
    overview = report.overview
    assert overview is not None
    names = report.names
    status = format_known_to(report.data_to, report.imported)
    to_goals = f"mal?{urlencode(selection.to_query())}"
    if report.data_to is None:
        draw_head(NAME, words.EMPTY_TITLE, selection, status)
        draw_nothing_yet(load_insatser(selection.forbund.kod), selection.to_query())
        draw_goals(report, names, to_goals)
        return
    title = format_refused_title(report) or format_outcome_title(
        value=overview.headline.value,
        period=report.period,
        riket=overview.riket.value,
        sakerhet=overview.verdict.sakerhet,
    )
    draw_head(NAME, title, selection, status, protection=format_protection(report))
    draw_other_period(overview, current_part(), find_newer_part(), selection.to_query())
    left, right = st.columns([7, 5], gap="medium")
    with left:
        draw_outcome(report, overview, names)
    with right:
        draw_goals(report, names, to_goals)
    draw_key_numbers([words.format_key_number(number, overview.headline) for number in overview.key_numbers])
    draw_attention(report, names, selection.to_query())
    missing, changed = st.columns(2, gap="medium")
    with missing:
        draw_list("Saknas", words.format_missing_items(overview.missing, names), "Inget saknas.")
    with changed:
        nothing = words.NO_CHANGES if selection.lage is Lage.INTERN else words.ONLY_INTERN
        draw_list(words.CHANGES_HEADING, words.format_changes(overview.changes, names), nothing)
    if overview.dots:
        draw_insatser(report, overview)
    draw_on_request(lambda: load_report(selection, today(), "over_time"))


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
