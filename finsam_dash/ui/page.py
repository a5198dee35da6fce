"""The head that every page shares: selects, the page's name, the finding, and the mark of läge publicering."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui.messages import draw_empty, draw_notice
from finsam_dash.ui.protection import wait_for_plan
from finsam_dash.ui.selection import PageSelect, Selection, current_selection, draw_selection
from finsam_dash.wording.protection import HIDDEN, WAITING, WAITING_TITLE
from finsam_dash.wording.sentences import EXAMPLE_MARK

NO_FORBUND = (
    "Inga förbund finns ännu",
    "Databasen är tom. Lägg till ett förbund på sidan Läs in. Sedan går det att lägga till insatser och läsa in filer.",
)


def draw_head(
    page: str,
    finding: str,
    selection: Selection,
    status: str,
    *,
    protection: Sequence[str] = (),
    selects: Sequence[PageSelect] = (),
) -> None:
    """Draw the top of a page; `selects` are its own beside those of all pages, `status` says what is known.

    `protection`: what röjandekontroll says of this very cut (`format_protection`). Until it is ready the page ends
    here: empty tables would say that everything is too small.
    """
    waiting = WAITING in protection
    draw_selection(selection, selects)
    invented = f"<strong>{EXAMPLE_MARK}</strong> " if selection.forbund.pahittad else ""
    st.html(
        f'<div class="fd-huvud"><p class="fd-sida">{escape(page)}</p>'
        f'<p class="fd-status">{invented}{escape(status)}</p></div>'
    )
    st.title(WAITING_TITLE if waiting else finding, anchor=False)
    if selection.lage is Lage.PUBLICERING:
        draw_notice("info", "Läge: publicering.", *(protection or (HIDDEN,)))
    if waiting:
        wait_for_plan(selection.forbund.kod)
        st.stop()


def draw_no_forbund(page: str, *, form_below: bool = False) -> None:
    """Draw a page of a store without any förbund; unless the form that adds one stands below, the way to it."""
    st.html(f'<p class="fd-sida">{escape(page)}</p>')
    draw_empty(*NO_FORBUND, level=1, action=None if form_below else ("Till Läs in", "las-in"))


def mark_invented(note: str) -> str:
    """The note below a table, with "Påhittade data." first where the chosen förbund is invented."""
    selection = current_selection()
    return f"{EXAMPLE_MARK} {note}" if selection is not None and selection.forbund.pahittad else note


def draw_list(title: str, items: Sequence[str], empty: str) -> None:
    """Draw a heading with a short list under it, or the sentence that says there is nothing."""
    st.subheader(title, anchor=False)
    if items:
        st.html(f'<ul class="fd-lista">{"".join(f"<li>{escape(item)}</li>" for item in items)}</ul>')
    else:
        st.html(f'<p class="fd-under">{escape(empty)}</p>')


def draw_hero(number: str, strong: str, rest: str) -> None:
    """Draw the one large number, with what it is made of beside it."""
    lines = f"<p><strong>{escape(strong)}</strong></p>" + (f"<p>{escape(rest)}</p>" if rest else "")
    st.html(f'<div class="fd-hjalte"><span class="tal">{escape(number)}</span><div>{lines}</div></div>')


def draw_key_numbers(numbers: Sequence[tuple[str, str]]) -> None:
    """Draw numbers in a row between two rules, each with what it counts under it."""
    items = "".join(f"<div><dt>{escape(what)}</dt><dd>{escape(number)}</dd></div>" for number, what in numbers)
    st.html(f'<dl class="fd-nyckeltal">{items}</dl>')
