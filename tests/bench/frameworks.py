"""The same five charts in our frame, in Panel and in Dash: a change of insats until all five are drawn."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

from playwright.sync_api import Browser, Page

from tests.bench.apps.five_charts import INSATSER
from tests.bench.browser import act, choose, open_browser, open_page, view
from tests.bench.measure import Samples, print_heading, print_ratio
from tests.bench.servers import APPS, filled_store, run_python, run_streamlit

LIMIT = 0.9
WINDOWS = {768: "in a laptop's window, of which ours draws what is in sight", 1600: "all five in sight"}
NAMES = {
    "vagen-vidare": "Vägen vidare",
    "arbetsbron": "Arbetsbron",
    "unga-framat": "Unga framåt",
    "ratt-spar": "Rätt spår",
    "navet": "Navet",
}
READY = ".main-svg"


def run(database: str | None, repeats: int, python: str) -> None:
    with (
        filled_store(database) as address,
        open_browser() as browser,
        run_streamlit(APPS / "bench_app.py", FINSAM_DATABAS=address) as ours,
        run_python(python, APPS / "panel_app.py", FINSAM_DATABAS=address) as panel,
        run_python(python, APPS / "dash_app.py", FINSAM_DATABAS=address) as dash,
    ):
        for height, name in WINDOWS.items():
            print_heading(f"Five charts of one insats, {name}: change of insats until drawn and at rest, ms")
            _compare(browser, height, repeats, f"{ours.url}/?sida=fem", panel.url, dash.url)


def _compare(browser: Browser, height: int, repeats: int, ours: str, panel: str, dash: str) -> None:
    chosen = [*islice(cycle((*INSATSER[1:], INSATSER[0])), len(INSATSER) + repeats)]
    taken: dict[str, Samples] = {}
    page = open_page(browser, height)
    view(page, ours, READY)
    taken["ours"] = _measure("Streamlit, ours", page, chosen, lambda kod: choose(page, "Insats", NAMES[kod]))
    page.context.close()
    page = open_page(browser, height)
    view(page, panel, READY)
    select = page.locator("select")
    taken["Panel"] = _measure("Panel", page, chosen, lambda kod: lambda: select.select_option(label=NAMES[kod]))
    page.context.close()
    page = open_page(browser, height)
    view(page, dash, READY)
    taken["Dash"] = _measure(
        "Dash", page, chosen, lambda kod: lambda: page.get_by_label(NAMES[kod], exact=True).click()
    )
    page.context.close()
    print_ratio("ours against Panel", taken["ours"].median, "Panel", taken["Panel"].median, LIMIT)
    print_ratio("ours against Dash", taken["ours"].median, "Dash", taken["Dash"].median)


def _measure(name: str, page: Page, chosen: list[str], action: Callable[[str], Callable[[], object]]) -> Samples:
    """Every insats once to fill the caches, then the measured ones."""
    for kod in chosen[: len(INSATSER)]:
        act(page, action(kod))
    samples = Samples(name, [act(page, action(kod)) for kod in chosen[len(INSATSER) :]])
    samples.print()
    return samples
