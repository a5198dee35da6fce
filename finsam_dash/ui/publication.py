"""What leaves the house from a page in läge publicering: a file that is saved, slides that are shown."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from finsam_dash.model import Actor, Lage, Period
from finsam_dash.report.protection import record_once
from finsam_dash.store import Store, load_data_version, load_publications
from finsam_dash.ui.cache import load_store
from finsam_dash.ui.selection import Selection, current_selection
from finsam_dash.ui.table import Table, build_table, draw_table, to_csv
from finsam_dash.wording.document import PUBLISHED_HEADER
from finsam_dash.wording.numbers import format_count
from finsam_dash.wording.periods import format_period, format_stored_moment
from finsam_dash.wording.protection import format_saved_table

NEWEST: Final = 10
"""So many of what has been published are shown unfolded."""


def is_publishing() -> bool:
    """Whether the page is in publicering, so that what is saved from it is recorded."""
    return _find_publishing() is not None


def record_when_saved(what: str, data: Callable[[], bytes], period: Period | None = None) -> Callable[[], bytes]:
    """The data of a button that saves a file: in publicering it is recorded as `what` when it is asked for.

    `period`: another than the page's own. Where the figures have changed since the page was drawn, asking for it
    raises ChangedFiguresError.
    """
    selection = _find_publishing()
    if selection is None:
        return data
    store, kod, over = load_store(), selection.forbund.kod, period or selection.period
    version = load_data_version(store)

    def hand_out() -> bytes:
        content = data()
        record_once(store, kod, what, over, Actor(), data_version=version)
        return content

    return hand_out


def draw_csv_button(label: str, table: Table, source: str, name: str) -> None:
    """Draw the button that saves a table as `name`.csv."""
    data = record_when_saved(format_saved_table(table.caption), lambda: to_csv(table, source))
    st.download_button(label, data, f"{name}.csv", "text/csv", on_click="ignore", key=f"csv_{name}")


def draw_record(store: Store, forbund: str, empty: str) -> None:
    """Draw what has been published, newest first, the older of it folded away; `empty` where nothing has."""
    rows = [
        (format_stored_moment(one.time), one.what, format_period(one.period), one.actor.name, str(one.data_version))
        for one in reversed(load_publications(store, forbund))
    ]
    if not rows:
        st.html(f'<p class="fd-under">{escape(empty)}</p>')
        return
    draw_table(build_table("Publicerat, nyast först", PUBLISHED_HEADER, rows[:NEWEST]))
    if older := rows[NEWEST:]:
        with st.expander(f"{format_count(len(older))} tidigare"):
            draw_table(build_table("Publicerat tidigare", PUBLISHED_HEADER, older))


def _find_publishing() -> Selection | None:
    try:
        selection = current_selection()
    except KeyError:
        return None  # a chart that stands by itself, outside the pages
    return selection if selection is not None and selection.lage is Lage.PUBLICERING else None
