"""The store's log on a page: who changed what, when and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from finsam_dash.store import Store, load_log
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.table import Column, build_table, draw_table
from finsam_dash.wording.log import HEADING, LEAD, LOG_HEADER, SHOWN, format_log_row


def draw_log(store: Store, forbund: str) -> None:
    """Draw the fold with the latest changes; intern only: it tells of what has not been published."""
    draw_fold(HEADING, "andringslogg", lambda: _draw_rows(store, forbund))


def _draw_rows(store: Store, forbund: str) -> None:
    rows = [format_log_row(entry) for entry in reversed(load_log(store, forbund, newest=SHOWN))]
    st.html(f'<p class="fd-under">{escape(LEAD)}</p>')
    draw_table(build_table(HEADING, [Column(title, width=width) for title, width in LOG_HEADER], rows))
