"""What a page says besides its figures: notices, empty states, and the boundary that keeps tracebacks away."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from finsam_dash.intake.privacy import is_personnummer
from finsam_dash.store import StoreError
from finsam_dash.wording.register import PERSONNUMMER
from finsam_dash.wording.store import format_store_error

logger = logging.getLogger("finsam_dash")

Kind = Literal["info", "varning", "fel"]


def format_notice(kind: Kind, lead: str, lines: Sequence[str], *, repeat: bool = False) -> str:
    """A notice as HTML: a bar on the left, the lead in bold before the first line, or before each (`repeat`).

    One paragraph a line; all texts are escaped.
    """
    role = "alert" if kind == "fel" else "status"
    start = f"<strong>{escape(lead)}</strong> " if lead else ""
    paragraphs = [
        f"<p>{start if repeat or not place else ''}{escape(line)}</p>" for place, line in enumerate(lines or ("",))
    ]
    return f'<div class="fd-notis fd-notis-{kind}" role="{role}">{"".join(paragraphs)}</div>'


def draw_notice(kind: Kind, lead: str, *lines: str, repeat: bool = False) -> None:
    """Draw a notice. Red ("fel") is for a refused file and for a page that could not be shown, nothing else."""
    st.html(format_notice(kind, lead, lines, repeat=repeat))


def refuse_personnummer(*texts: str) -> bool:
    """Whether any of the texts looks like it holds a personnummer; if so it is said that nothing has been saved.

    Asked before anything that was written by hand is stored.
    """
    found = any(map(is_personnummer, texts))
    if found:
        draw_notice("fel", "Inget har sparats.", PERSONNUMMER)
    return found


def draw_empty(title: str, why: str, *, level: int = 2, action: tuple[str, str] | None = None) -> None:
    """Draw an empty state: what is missing, why, and `action`, the words and the address of its one primary button.

    Without `action` the caller draws the button below.
    """
    button = ""
    if action is not None:
        words, address = action
        button = (
            f'<p><a class="fd-knapp fd-knapp-primar" href="{escape(address)}" target="_self">{escape(words)}</a></p>'
        )
    st.html(f'<div class="fd-tomt"><h{level}>{escape(title)}</h{level}><p>{escape(why)}</p>{button}</div>')


def _describe_without_data(error: BaseException) -> tuple[str, str]:
    """Where an error arose, and a short code to quote. Never its message: that can hold figures or rows of a file."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    text = f"{type(error).__name__} at {' > '.join(places)}"
    return text, hashlib.sha256(text.encode()).hexdigest()[:6]


def draw_unexpected(error: Exception, where: str) -> None:
    """Say in Swedish that something went wrong, and log where without any data."""
    text, code = _describe_without_data(error)
    logger.error("Unexpected error %s: %s", code, text)
    draw_notice(
        "fel",
        f"{where} kunde inte visas.",
        f"Ett oväntat fel uppstod (felkod {code}). Inget har ändrats och inget har gått förlorat.",
        "Ladda om sidan. Kommer felet tillbaka: skicka felkoden till den som sköter installationen.",
    )


@contextmanager
def page_boundary(where: str) -> Iterator[None]:
    """Draw what lies inside; an unexpected error becomes a sentence on the page. `where` names the page."""
    try:
        yield
    except StoreError as error:
        draw_notice("varning", f"{where} kunde inte visas.", format_store_error(error))
    except Exception as error:
        draw_unexpected(error, where)


def report_script_error(error: Exception) -> bool:
    """Streamlit's on_script_error for what no boundary sees (callbacks, fragments): our sentence instead of its box."""
    draw_unexpected(error, "Sidan")
    return True


class _NoDataFilter(logging.Filter):
    """Streamlit logs an uncaught error with its message; this keeps the place and drops the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = f"Uncaught {_describe_without_data(error)[0]}", ()
            record.exc_info = record.exc_text = None
        return True


logging.getLogger("streamlit.error_util").addFilter(_NoDataFilter())
