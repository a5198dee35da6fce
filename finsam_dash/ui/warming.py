"""What the server does before the first visitor comes: reads its libraries, opens the store, counts what is newest."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import Final

# Read here, before the server answers: a page that imported at the same time as a thread would find half a module.
from finsam_dash.ui import insats, overview  # noqa: F401
from finsam_dash.ui.cache import load_choices, load_figure_set_now
from finsam_dash.ui.selection import today

THREAD: Final = "finsam-warming"


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """The server's lifespan: the counting starts with it, in the background."""
    # Streamlit warns that a cached function is called outside a run; here it is meant to be.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(_is_another_thread)
    Thread(target=_warm, name=THREAD, daemon=True).start()
    yield


def _is_another_thread(record: logging.LogRecord) -> bool:
    return record.threadName != THREAD


def _warm() -> None:
    """Open the store and count its newest figures; a page that comes meanwhile waits for the same."""
    try:
        choices = load_choices(today())
        if choices.newest:
            load_figure_set_now(choices.newest)
    except Exception:
        # Whatever is wrong is told by the page that needs it, in words.
        logging.getLogger("finsam_dash").info("The server could not be warmed up.")
    # Streamlit collects garbage after every run, and walks through libraries and figures that are there to stay.
    gc.collect()
    gc.freeze()
