"""Server time of every page for the example förbund, five years of twelve insatser, and memory with ten sessions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from finsam_dash.report.protection import load_plan
from finsam_dash.ui.cache import load_store
from finsam_dash.ui.middleware import ROUTER
from tests.bench.browser import open_browser, open_page, view
from tests.bench.measure import print_bound, print_heading, timed
from tests.bench.servers import ROOT, filled_store, run_streamlit

SECONDS, MEGABYTES, SESSIONS = 1.0, 300.0, 10
CHOICE = {"forbund": "exempel", "period": "2025", "lage": "intern"}


def run(database: str | None) -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from list_pages import list_pages

    with filled_store(database) as address:
        os.environ["FINSAM_DATABAS"] = address
        with timed() as made:
            load_plan(load_store(), CHOICE["forbund"])
        # Publicering shows nothing until it is there; made meanwhile, it would be counted as the pages' own time.
        print(f"What publicering may show, made in the background once for a data version: {made.processor:.1f} s")
        print_heading("Server time of a page, exempel 2025: the first time for a data version, and again")
        for page in list_pages():
            first, again = _time_page(page.file)
            print_bound(f"{page.title}, first, processor", first[1], SECONDS, "s")
            print(f"  clock {first[0]:.2f} s; again: {again[1]:.2f} s processor, {again[0]:.2f} s clock", flush=True)
        st.cache_resource.clear()
        _measure_memory(address, [page.path for page in list_pages()])


def _time_page(file: str) -> tuple[tuple[float, float], tuple[float, float]]:
    st.cache_resource.clear()
    load_store()
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in CHOICE.items():
        app.query_params[name] = value
    # The runner knows the pages when the router has named them; a page without data of its own does that.
    app.query_params["forbund"] = "ange"
    app.run()
    app.query_params["forbund"] = CHOICE["forbund"]
    screen = str(Path("../../pages") / file)
    with timed() as first:
        app.switch_page(screen)
        app.run()
    with timed() as again:
        app.run()
    return (first.clock, first.processor), (again.clock, again.processor)


def _measure_memory(address: str, paths: list[str]) -> None:
    print_heading(f"Memory of the server with {SESSIONS} sessions, each on a page of its own")
    with run_streamlit(ROOT / "app.py", FINSAM_DATABAS=address) as server, open_browser() as browser:
        print(f"just started: {server.memory():.0f} MB")
        query = "&".join(f"{name}={value}" for name, value in CHOICE.items())
        for number in range(SESSIONS):
            view(open_page(browser), f"{server.url}/{paths[number % len(paths)]}?{query}", "h1")
        print_bound(f"with {SESSIONS} sessions", server.memory(), MEGABYTES, "MB")
