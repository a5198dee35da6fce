"""Rapport in a browser: a file is made and saved, and the report as a web page works offline, by keyboard, for all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import BrowserContext, Page, expect


def test_a_report_is_made_saved_and_listed(dashboard: Page, server: Server, tmp_path: Path):
    address = f"{server.url}/rapport?forbund=ange&period=2014&lage=intern"
    open_page(dashboard, address)
    dashboard.get_by_role("button", name="Gör rapporten").click()
    save = dashboard.get_by_role("button", name="Spara filen")
    expect(save).to_be_visible()
    wait_for_run(dashboard)
    with dashboard.expect_download() as started:
        save.click()
    assert started.value.suggested_filename == "ange-uppfoljning-2014-publicering.docx"
    target = tmp_path / "rapport.docx"
    started.value.save_as(target)
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as word:
        assert "Sammanfattning" in word.read("word/document.xml").decode("utf-8")
    published = dashboard.locator(".fd-tabell").filter(has_text="Publicerat, nyast först")
    expect(published).to_contain_text("ange-uppfoljning-2014-publicering.docx")
    # What lists it did not take the file away: it can be saved once more.
    with dashboard.expect_download():
        save.click()


@pytest.fixture(scope="module")
def web_page(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a förbund with charts, as one file."""
    target = tmp_path_factory.mktemp("rapport") / "rapport.html"
    server.run_cli("rapport", "--forbund", "uppsala-lan", "--period", "2014", "--lage", "intern", "--till", str(target))
    return target


@pytest.fixture
def offline(page: Page, context: BrowserContext, web_page: Path) -> Iterator[Page]:
    """The file opened without any network; the test fails if it asks for anything but itself."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)
    page.goto(web_page.as_uri())
    yield page
    assert [address for address in asked if not address.startswith("data:")] == [web_page.as_uri()]


def test_the_web_page_is_whole_without_a_network(offline: Page):
    assert offline.locator("h1").count() == 1
    drawn = offline.locator(".bild svg")
    assert drawn.count() == offline.locator("figure").count() > 5
    assert all(box is not None and box["width"] > 200 for box in (svg.bounding_box() for svg in drawn.all()))
    assert offline.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    assert offline.locator("button, input, select, textarea, form, iframe, script").count() == 0


def test_axe_finds_nothing_serious_in_the_web_page(offline: Page):
    for summary in offline.locator("summary").all():
        summary.click()
    violations = Axe().run(offline).response["violations"]
    serious = [
        (rule["id"], node["target"]) for rule in violations if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]  # fmt: skip
    assert serious == []


def test_the_web_page_is_read_by_keyboard(offline: Page):
    focused = "document.activeElement.textContent.trim().slice(0, 40)"
    offline.keyboard.press("Tab")
    assert offline.evaluate(focused) == "Hoppa till innehållet"
    offline.keyboard.press("Enter")
    assert offline.evaluate("location.hash") == "#innehall"
    summary = offline.locator("summary").first
    summary.focus()
    table = offline.locator("details table").first
    expect(table).to_be_hidden()
    offline.keyboard.press("Enter")
    expect(table).to_be_visible()
    offline.keyboard.press("Tab")
    assert offline.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_every_chart_has_its_words_and_its_table(offline: Page):
    figures = offline.locator("figure").all()
    assert figures
    for figure in figures:
        assert len(figure.locator(".bild").get_attribute("aria-label") or "") > 40
        assert figure.locator("details caption").count() == 1
