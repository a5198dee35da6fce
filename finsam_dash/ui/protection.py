"""Plans of what may be published, made beside the pages: a page that comes too early shows nothing and says so."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillMakingError
from datetime import timedelta

import streamlit as st

from finsam_dash.judgement.protection.publish import PublishingPlan, hide_everything
from finsam_dash.report.protection import load_plan, make_key
from finsam_dash.store import PlanKey, Store, load_settings

PATIENCE = 0.7
"""So many seconds a page waits for a plan that may be nearly ready, before it is drawn without."""
ASK_AGAIN = timedelta(seconds=2)


@st.cache_resource(show_spinner=False)
def _worker() -> ThreadPoolExecutor:
    # One at a time: two plans at once would only slow each other, and the pages, down.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="rojandekontroll")


@st.cache_resource(show_spinner=False, max_entries=20, hash_funcs={PlanKey: tuple})
def _start(_store: Store, forbund: str, key: PlanKey) -> Future[PublishingPlan]:
    return _worker().submit(load_plan, _store, forbund)


def start_plan(store: Store, forbund: str) -> Future[PublishingPlan]:
    """Begin to make the plan of the förbund's present figures, if nobody has; gives what will hold it."""
    key = make_key(store, forbund)
    found = _start(store, forbund, key)
    if found.done() and found.exception() is not None:
        _start.clear(store, forbund, key)
        found = _start(store, forbund, key)
    return found


def ask_plan(store: Store, forbund: str) -> PlanKey | None:
    """The key of the plan that is in force, as soon as it is made; None while it is being made."""
    key = make_key(store, forbund)
    try:
        start_plan(store, forbund).result(timeout=PATIENCE)
    except StillMakingError:
        return None
    return key


def find_plan_now(store: Store, forbund: str) -> PublishingPlan | None:
    """The plan in force, as soon as it is made; None while it is being made."""
    key = ask_plan(store, forbund)
    return None if key is None else find_made_plan(store, forbund, key)


def find_made_plan(store: Store, forbund: str, key: PlanKey | None) -> PublishingPlan:
    """The plan that `ask_plan` found; where there is none yet, one that shows nothing."""
    return hide_everything(load_settings(store, forbund)) if key is None else _start(store, forbund, key).result()


@st.fragment(run_every=ASK_AGAIN)
def wait_for_plan(forbund: str) -> None:
    """Draw the page anew when the plan is made."""
    from finsam_dash.ui.cache import load_store

    if start_plan(load_store(), forbund).done():
        st.rerun()
