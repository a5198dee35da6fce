"""Charts in a browser: changed where they stand, as wide as their column, saved by name, drawn when the reader comes
near, whole on paper and in a narrow window, and words without Plotly.
"""

import io
import re
from itertools import product
from pathlib import Path

from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect
from pypdf import PdfReader

INSATS = "/insats?forbund=exempel&period=2025&lage=intern"
# What is on each chart, without the addresses of patterns and clips that Plotly counts up.
READ_DRAWN = """
() => [...document.querySelectorAll(".fd-diagram")].map((place) => [place.getAttribute("aria-label"),
  [...place.querySelectorAll("svg text")].map((text) => text.textContent).filter(Boolean).sort(),
  [...place.querySelectorAll(".plot path, .shapelayer path")].map((path) => path.getAttribute("d")).sort()])
"""


JAMFORELSE = "/jamforelse?forbund=exempel&period=2025&lage=intern"
# The neighbours on a horizontal axis with less than four pixels between them.
READ_TOUCHING = """
() => [...document.querySelectorAll(".fd-diagram .xtick + .xtick")].filter((tick) =>
  tick.getBoundingClientRect().left - tick.previousElementSibling.getBoundingClientRect().right < 4,
).map((tick) => tick.textContent)
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


def test_paper_shows_the_content_alone_with_every_text_of_a_chart(dashboard: Page, server: Server) -> None:
    for width, address in product((1024, 1920), (INSATS, JAMFORELSE)):
        dashboard.set_viewport_size({"width": width, "height": 768})
        open_page(dashboard, server.url + address)
        charts = dashboard.evaluate(READ_DRAWN)
        pages = PdfReader(io.BytesIO(dashboard.pdf(prefer_css_page_size=True))).pages
        printed = "".join("".join(page.extract_text().split()) for page in pages)
        assert [text for _, texts, _ in charts for text in texts if "".join(text.split()) not in printed] == []
        assert [text for text in ("Inställningar", "Laddaner", "Skrivellerändra") if text in printed] == []


def test_on_paper_a_heading_stands_with_its_chart_and_the_head_of_a_table_with_its_first_row(
    dashboard: Page, server: Server
) -> None:
    dashboard.set_viewport_size({"width": 1240, "height": 768})
    open_page(dashboard, f"{server.url}{INSATS}&insats=unga-framat")
    pages = PdfReader(io.BytesIO(dashboard.pdf(prefer_css_page_size=True))).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    for first, last in (("gicktillarbeteellerstudierdetsenaste", "preliminärt"), ("Mål,medplanensord", "+30")):
        assert [text for text in texts if first in text and last in text], (first, last)


def test_the_texts_of_an_axis_do_not_touch_in_a_narrow_window(dashboard: Page, server: Server) -> None:
    for width, address in product((1000, 1100), (INSATS, JAMFORELSE)):
        dashboard.set_viewport_size({"width": width, "height": 768})
        open_page(dashboard, server.url + address)
        assert dashboard.evaluate(READ_TOUCHING) == []


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
