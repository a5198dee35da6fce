"""Every page in either läge: its address opens it, axe finds nothing serious, what it shows is named and in Swedish."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_walk import PAGES, open_page, read_texts
from dashboard_server import Server
from playwright.sync_api import Page, expect

# Words that no Swedish sentence of ours holds.
ENGLISH = re.compile(
    r"\b(the|you|your|please|press|upload|browse|drag|per file|loading|running|search|select|clear|close|open|download|"
    r"copy|show|hide|view|settings|rerun|deploy|fullscreen|warning|found|results|skip|sidebar|navigation|choose|remove|"
    r"connecting|help|main|app|streamlit)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("lage", ["intern", "publicering"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody_and_speaks_swedish(dashboard: Page, server: Server, name: str, lage: str):
    """One visit answers it all, for a visit takes seconds."""
    open_page(dashboard, f"{server.url}{PAGES[name]}?forbund=uppsala-lan&period=2014&lage={lage}")
    expect(dashboard.locator(".fd-sida")).to_have_text(name)
    expect(dashboard.locator('[aria-current="page"]')).to_have_text(name)
    charts = dashboard.get_by_role("figure").all()
    found = {
        "title": dashboard.title(),
        "dialogs": dashboard.get_by_role("dialog").count(),
        "h1": dashboard.locator("h1").count(),
        "lang": dashboard.evaluate("document.documentElement.lang"),
        "unnamed": [name for name in (chart.get_attribute("aria-label") or "" for chart in charts) if len(name) <= 40],
        "tables": dashboard.get_by_role("button", name="Tabell").count() - len(charts),
        "serious": list_serious(dashboard),
    }
    found["english"] = [text for text in read_everything(dashboard) if ENGLISH.search(_without_names(text))]
    assert found == {
        "title": f"{name} – Finsam uppföljning",
        "dialogs": 0,
        "h1": 1,
        "lang": "sv",
        "unnamed": [],
        "tables": 0,
        "serious": [],
        "english": [],
    }


def list_serious(page: Page) -> list[tuple[str, list[str], str]]:
    """What axe calls serious or critical: rule, place and summary."""
    violations = Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def read_everything(page: Page) -> list[str]:
    """The texts of the page with each table, a chart's menu and a select open in turn: closed, they are not in it."""
    texts = []
    popovers, body = page.get_by_test_id("stPopoverButton"), page.get_by_test_id("stPopoverBody")
    for button in [*popovers.filter(has_text="Tabell").all(), *popovers.filter(has_text="Ladda ner").all()[:1]]:
        button.click()
        expect(body.locator("table, button").first).to_be_visible()
        texts += read_texts(page)
        page.keyboard.press("Escape")
        expect(body).to_be_hidden()
    page.get_by_role("combobox", name="Period").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    return [*texts, *read_texts(page)]


def _without_names(text: str) -> str:
    # Names of insatser and files are data, in whatever language they are.
    return re.sub(r"United Action( 2\.0)?|\S+\.(csv|xlsx|txt)\b|streamlit run app\.py", "", text)
