"""Charts in a browser: changed where they stand, as wide as their column, saved by name, drawn when the reader comes
near, and words without Plotly.
"""

import re
from pathlib import Path

from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect

INSATS = "/insats?forbund=exempel&period=2025&lage=intern"
# What is on each chart, without the addresses of patterns and clips that Plotly counts up.
READ_DRAWN = """
() => [...document.querySelectorAll(".fd-diagram")].map((place) => [place.getAttribute("aria-label"),
  [...place.querySelectorAll("svg text")].map((text) => text.textContent).filter(Boolean).sort(),
  [...place.querySelectorAll(".plot path, .shapelayer path")].map((path) => path.getAttribute("d")).sort()])
"""


READ_UNDRAWN = "[...document.querySelectorAll('.fd-diagram:empty')].map((place) => place.dataset.nyckel)"


def choose(page: Page, insats: str) -> None:
    page.get_by_role("combobox", name="Insats").click()
    page.get_by_role("option", name=insats, exact=True).click()
    expect(page).to_have_url(re.compile("insats="))
    wait_for_run(page)


def test_a_chart_that_is_changed_where_it_stands_is_the_one_that_is_drawn_anew(dashboard: Page, server: Server) -> None:
    open_page(dashboard, server.url + INSATS)
    dashboard.evaluate("document.querySelector('.js-plotly-plot').samma = true")
    before = dashboard.evaluate(READ_DRAWN)
    choose(dashboard, "Arbetsbron")
    changed = dashboard.evaluate(READ_DRAWN)
    assert changed != before
    assert dashboard.evaluate("document.querySelector('.js-plotly-plot').samma")
    open_page(dashboard, dashboard.url)
    assert dashboard.evaluate(READ_DRAWN) == changed


def test_a_chart_follows_its_column(dashboard: Page, server: Server) -> None:
    open_page(dashboard, server.url + INSATS)
    for width in (1920, 1024):
        dashboard.set_viewport_size({"width": width, "height": 768})
        dashboard.wait_for_function(
            """() => [...document.querySelectorAll(".fd-diagram")].every((place) =>
              Math.abs(place.getBoundingClientRect().width - place.firstChild._fullLayout.width) < 2)"""
        )


def open_in_low_window(page: Page, address: str) -> list[str]:
    """Open the page until its first chart is drawn. The keys of the charts that are not."""
    page.set_viewport_size({"width": 1366, "height": 400})
    page.goto(address)
    page.wait_for_selector(".main-svg", state="attached")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    undrawn: list[str] = page.evaluate(READ_UNDRAWN)
    assert undrawn
    return undrawn


def test_a_chart_further_down_is_drawn_when_the_reader_comes_near(dashboard: Page, server: Server) -> None:
    for key in open_in_low_window(dashboard, server.url + INSATS):
        chart = dashboard.locator(f'.fd-diagram[data-nyckel="{key}"]')
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_visible()
    near = dashboard.evaluate(READ_DRAWN)
    open_page(dashboard, dashboard.url)
    assert dashboard.evaluate(READ_DRAWN) == near


def test_a_page_on_paper_has_all_its_charts(dashboard: Page, server: Server) -> None:
    open_in_low_window(dashboard, server.url + INSATS)
    dashboard.pdf()
    assert dashboard.evaluate(READ_UNDRAWN) == []


def test_the_readers_own_picture_has_the_charts_name(dashboard: Page, server: Server) -> None:
    open_page(dashboard, server.url + INSATS)
    chart = dashboard.locator(".fd-diagram").first
    chart.hover()
    with dashboard.expect_download() as saved:
        chart.get_by_role("button", name="Ladda ner bilden (svg)").click()
    assert re.fullmatch(r"[a-z0-9-]+\.svg", saved.value.suggested_filename)
    assert "Source Sans 3" in Path(saved.value.path()).read_text("utf-8")


def test_without_plotly_each_chart_is_its_text_alternative(dashboard: Page, server: Server) -> None:
    dashboard.route("**/plotly-basic.min.js", lambda route: route.abort())
    dashboard.goto(server.url + INSATS)
    dashboard.wait_for_selector("html[data-utan-diagram] .fd-diagram")
    told = dashboard.locator(".fd-diagram").first.evaluate("(place) => getComputedStyle(place, '::before').content")
    assert "Punktdiagram med" in told
