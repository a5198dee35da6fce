"""Our pages in a browser against the least that they could cost: ready-made content, and an empty page."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from finsam_dash.ui.middleware import ROUTER
from tests.bench.apps.five_charts import INSATSER
from tests.bench.browser import act, choose, open_browser, open_page, view
from tests.bench.frameworks import NAMES
from tests.bench.measure import Samples, print_heading, print_ratio
from tests.bench.servers import APPS, ROOT, Server, filled_store, run_streamlit

CHOICE = {"forbund": "exempel", "period": "2025", "lage": "intern"}
CHANGE_LIMIT, OPTION_LIMIT, FIRST_VIEW_LIMIT = 1.5, 1.5, 1.6
QUERY = "&".join(f"{name}={value}" for name, value in CHOICE.items())


def run(database: str | None, repeats: int) -> None:
    with filled_store(database) as address, tempfile.TemporaryDirectory() as folder:
        os.environ["FINSAM_DATABAS"] = address
        constants = Path(folder) / "constants.json"
        pages = {NAMES[kod]: list(_capture(kod)) for kod in INSATSER}
        constants.write_text(json.dumps(pages), "utf-8")
        environment = {"FINSAM_DATABAS": address, "FINSAM_BENCH_CONSTANTS": str(constants)}
        with (
            run_streamlit(ROOT / "app.py", **environment) as ours,
            run_streamlit(APPS / "bench_app.py", **environment) as bench,
            run_streamlit(APPS / "empty_page.py") as plain,
            open_browser() as browser,
        ):
            empty = _measure_changes(browser, ours, bench, plain, repeats)
            _measure_option(browser, ours, empty, repeats)
            _measure_first_view(browser, ours, plain, repeats)


def _capture(kod: str) -> Iterator[dict[str, Any]]:
    """The elements of the page Insats and of its sidebar as they are drawn, to be drawn again without a Report."""
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in {**CHOICE, "insats": kod}.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("../../pages/insats.py").run()
    yield from _list_elements(app.sidebar, place="sidebar")
    yield from _list_elements(app.main, place="left")


def _list_elements(block: Block, *, place: str) -> Iterator[dict[str, Any]]:
    """The block's elements in order; what a popover holds stays together, since it is not drawn until it is opened."""
    for element in block.children.values():
        if isinstance(element, Block):
            inside = list(_list_elements(element, place=place))
            if element.type == "popover":
                yield {"type": "popover", "place": place, "label": element.proto.popover.label, "inside": inside}
            elif element.type == "expander":
                yield {"type": "expander", "place": place, "label": element.proto.label}
            else:
                yield from inside
                if any(inner.type == "column" for inner in element.children.values()):
                    place = "below"
            continue
        body = {"type": element.type, "place": place}
        proto = element.proto
        if element.type == "html":
            yield {**body, "body": proto.body}
        elif element.type in ("title", "header", "subheader"):
            place = "right" if element.value == "Om insatsen" else place
            yield {**body, "place": place, "body": element.value}
        elif element.type == "page_link":
            yield {**body, "label": proto.label, "query": proto.query_string}


def _measure_changes(browser: Browser, ours: Server, bench: Server, plain: Server, repeats: int) -> Samples:
    print_heading("Change of insats on Insats until the charts are drawn and at rest, ms")
    chosen = [*islice(cycle((*INSATSER[1:], INSATSER[0])), len(INSATSER) + repeats)]
    taken = []
    for name, address in (
        ("ours", f"{ours.url}/insats?{QUERY}&insats={INSATSER[0]}"),
        ("constants", f"{bench.url}/?sida=konstant"),
    ):
        page = open_page(browser)
        view(page, address, ".main-svg")
        first = Samples(f"{name}, each insats the first time")
        first.values = [act(page, choose(page, "Insats", NAMES[kod])) for kod in chosen[: len(INSATSER)]]
        first.print()
        again = Samples(f"{name}, again")
        again.values = [act(page, choose(page, "Insats", NAMES[kod])) for kod in chosen[len(INSATSER) :]]
        again.print()
        taken.append((first, again))
        page.context.close()
    page = open_page(browser)
    view(page, plain.url, "h1")
    empty = Samples("an empty page")
    options = islice(cycle(("två", "tre", "ett")), repeats + 1)
    empty.values = [act(page, choose(page, "Val", option)) for option in options][1:]
    empty.print()
    page.context.close()
    for what, ours_taken, constant in zip(("the first time", "again"), *taken, strict=True):
        print_ratio(f"change of insats, {what}", ours_taken.median, "constants", constant.median, CHANGE_LIMIT)
    return empty


def _measure_option(browser: Browser, ours: Server, empty: Samples, repeats: int) -> None:
    print_heading("Change of one chart's option (Bakgrund on Insats), ms")
    page = open_page(browser)
    view(page, f"{ours.url}/insats?{QUERY}&insats={INSATSER[0]}", ".main-svg")
    act(page, page.get_by_role("tab", name="Bakgrund").click)
    page.wait_for_selector('[data-testid="stButtonGroup"] [role="radio"]')
    buttons = page.get_by_test_id("stButtonGroup").first.get_by_role("radio")
    count = buttons.count()
    samples = Samples("ours")
    taken = [act(page, buttons.nth((place + 1) % count).click) for place in range(2 * repeats + count)][count:]
    # An option without a chart changes nothing that is watched.
    samples.values = [one for one in taken if one]
    samples.print()
    page.context.close()
    print_ratio("change of an option", samples.median, "an empty page's rerun", empty.median, OPTION_LIMIT)


def _measure_first_view(browser: Browser, ours: Server, plain: Server, repeats: int) -> None:
    print_heading("First view, nothing in the browser's cache, ms")
    taken = []
    for name, address, ready in (
        ("Översikt", f"{ours.url}/?{QUERY}", ".main-svg"),
        ("an empty page", plain.url, "h1"),
    ):
        samples = Samples(name)
        for _ in range(repeats):
            page = open_page(browser)
            samples.values.append(view(page, address, ready))
            page.context.close()
        samples.print()
        taken.append(samples)
    print_ratio("first view", taken[0].median, "an empty page", taken[1].median, FIRST_VIEW_LIMIT)
