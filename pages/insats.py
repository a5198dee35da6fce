"""Insats: how it goes in one insats, for whom, over time, and against its own goals."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from finsam_dash.model import Insats, Lage
from finsam_dash.report.content import Report
from finsam_dash.ui import insats as parts
from finsam_dash.ui.cache import load_insatser, load_report, load_store
from finsam_dash.ui.insats_form import draw_changed_insats, draw_saved_insats
from finsam_dash.ui.insats_texts import draw_redovisning
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import PageSelect, Selection, current_selection, today
from finsam_dash.ui.warming import count_ahead
from finsam_dash.wording import insats as words
from finsam_dash.wording.protection import format_protection
from finsam_dash.wording.sentences import format_known_to

NAME = "Insats"


def draw(selection: Selection) -> None:
    insatser = load_insatser(selection.forbund.kod)
    chosen = parts.choose_insats(insatser, selection.choice("insats"), selection.period)
    if chosen is None:
        report = load_report(selection, today())
        draw_head(NAME, "Inga insatser är inlagda", selection, format_known_to(report.data_to, report.imported))
        action = ("Till Läs in", f"las-in?{urlencode(selection.to_query())}")
        draw_empty("Här finns inget att visa än", "Insatser läggs till på sidan Läs in.", action=action)
        return
    report = _load(selection, chosen.kod)
    section = report.insats
    assert section is not None
    draw_head(
        NAME,
        words.format_insats_title(section, report.period),
        selection,
        format_known_to(report.data_to, report.imported),
        protection=format_protection(report),
        selects=[_select(insatser, chosen)],
    )
    draw_saved_insats()
    left, right = st.columns([7, 5], gap="medium")
    with left:
        parts.draw_outcome(report, section)
    with right:
        parts.draw_facts(report, section)
    parts.draw_more(report, section, lambda: load_report(selection, today(), "over_time", insats=chosen.kod))
    draw_redovisning(load_store(), report, chosen.kod)
    if selection.lage is Lage.INTERN:
        draw_changed_insats(load_store(), selection.forbund.kod, chosen)
        # Whoever opens one insats goes on to another.
        count_ahead(partial(_load, selection, one.kod) for one in insatser)


def _load(selection: Selection, insats: str) -> Report:
    return load_report(selection, today(), "insats", "accounts", insats=insats)


def _select(insatser: tuple[Insats, ...], chosen: Insats) -> PageSelect:
    return PageSelect("insats", "Insats", {one.kod: words.name_insats(one) for one in insatser}, chosen.kod)


if (selected := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(selected)
