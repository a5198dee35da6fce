"""What the server counts before anybody asks: the newest figures as it starts, then what a page says may come next."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from itertools import islice
from queue import Full, Queue
from threading import Thread
from typing import Final

# Read here, before the server answers: a page that imported at the same time as a thread would find half a module.
from finsam_dash.ui import insats, overview  # noqa: F401
from finsam_dash.ui.cache import load_choices, load_figure_set_now
from finsam_dash.ui.selection import today

THREAD: Final = "finsam-warming"
PAUSE: Final = 0.5
"""Seconds in which the browser has the machine for the page, before anything is counted beside it."""
MOST: Final = 30
"""So many jobs are done for one page: there are more insatser only in a store that nobody looks through one by one."""

_asked: Final[Queue[tuple[Callable[[], object], ...]]] = Queue(maxsize=1)


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """The server's lifespan: the counting starts with it, in the background."""
    # Streamlit warns that a cached function is called outside a run; here it is meant to be.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(_is_another_thread)
    Thread(target=_count, name=THREAD, daemon=True).start()
    yield


def count_ahead(jobs: Iterable[Callable[[], object]]) -> None:
    """Do in the background what may be asked for next. While another page's are waiting, these are let be."""
    with suppress(Full):
        _asked.put_nowait(tuple(islice(jobs, MOST)))


def _is_another_thread(record: logging.LogRecord) -> bool:
    return record.threadName != THREAD


def _count() -> None:
    _warm()
    while True:
        _do_asked()


def _warm() -> None:
    """Open the store and count its newest figures; a page that comes meanwhile waits for the same."""
    _do(_count_newest)
    # Streamlit collects garbage after every run, and walks through libraries and figures that are there to stay.
    gc.collect()
    gc.freeze()


def _count_newest() -> None:
    choices = load_choices(today())
    if choices.newest:
        load_figure_set_now(choices.newest)


def _do_asked() -> None:
    jobs = _asked.get()
    time.sleep(PAUSE)
    for job in jobs:
        _do(job)


def _do(job: Callable[[], object]) -> None:
    try:
        job()
    except Exception:
        # Whatever is wrong is told by the page that needs it, in words.
        logging.getLogger("finsam_dash").info("What may be asked for could not be counted ahead.")
