"""Streamlit has no language option: every built-in English string that a user can meet is turned into Swedish."""

import json

from browser_walk import open_page
from dashboard_server import Server
from playwright.sync_api import Page

from finsam_dash.ui.middleware import STATIC

STRINGS = json.loads((STATIC / "svenska.json").read_text("utf-8"))
SAMPLES = {
    "20MB per file • XLSX, CSV": "Högst 20 MB, XLSX, CSV",
    "File must be 20.0MB or smaller.": "Filen får vara högst 20 MB.",
    "application/pdf files are not allowed.": "Filer av typen application/pdf kan inte läsas in.",
    "Remove mars.xlsx": "Ta bort mars.xlsx",
    "Showing page 1 of 2": "Sida 1 av 2",
    "year, Sista dag": "år, Sista dag",
}


def _show(page: Page, text: str) -> tuple[str, str]:
    """Put the text into the page as Streamlit would, and read what the script made of it."""
    shown: list[str] = page.evaluate(
        """async (text) => {
          const element = document.createElement("button");
          element.setAttribute("aria-label", text);
          document.querySelector('[data-testid="stMain"]').append(element);
          element.append(document.createTextNode(text));
          await new Promise((done) => setTimeout(done, 0));
          const result = [element.textContent, element.getAttribute("aria-label")];
          element.remove();
          return result;
        }""",
        text,
    )
    return shown[0], shown[1]


def test_each_string_of_the_list_is_shown_in_swedish(dashboard: Page, server: Server):
    open_page(dashboard, server.url)
    expected = STRINGS["exakt"] | SAMPLES
    assert {english: _show(dashboard, english) for english in expected} == {
        english: (swedish, swedish) for english, swedish in expected.items()
    }


def test_what_a_forbund_has_written_is_left_alone(dashboard: Page, server: Server):
    open_page(dashboard, server.url)
    kept = dashboard.evaluate(
        """async () => {
          const own = document.createElement("td");
          own.textContent = "Open";
          document.querySelector('[data-testid="stHtml"]').append(own);
          await new Promise((done) => setTimeout(done, 0));
          return own.textContent;
        }"""
    )
    assert kept == "Open"
