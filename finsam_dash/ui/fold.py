"""What is folded away on a page: drawn when it is opened."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def draw_fold(label: str, key: str, draw: Callable[[], None]) -> None:
    """Draw a fold that calls `draw` when it is open; `key` is its own on the page.

    The fields of a closed form would cost the browser more than the charts at every change of the page.
    """
    st.fragment(_draw_fold)(label, key, draw)


def _draw_fold(label: str, key: str, draw: Callable[[], None]) -> None:
    fold = st.expander(label, key=key, on_change="rerun")
    if fold.open:
        with fold:
            draw()
