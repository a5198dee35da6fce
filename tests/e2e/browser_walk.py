"""What the browser tests share: opening a page, waiting for a run to end, reading what a user can read."""

from __future__ import annotations

from list_pages import list_pages
from playwright.sync_api import Page

PAGES = {page.title: f"/{page.path}" for page in list_pages()}

# Every text and every attribute that is read aloud or shown, except icon names and what stands in our own data.
READ_ALL = """
() => {
  const seen = [];
  const skipped = '[data-testid="stIconMaterial"], script, style, noscript, template';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(skipped)) continue;
    if (node.nodeType === Node.TEXT_NODE) seen.push(node.nodeValue.trim());
    else for (const name of ["aria-label", "title", "placeholder", "alt", "data-title", "aria-description"])
      if (node.hasAttribute(name)) seen.push(node.getAttribute(name).trim());
  }
  return [document.title, ...seen.filter((text) => text)];
}
"""


def open_page(page: Page, address: str) -> None:
    """Open the address and wait until the page is drawn and the run has ended."""
    page.goto(address)
    page.wait_for_selector("h1")
    wait_for_run(page)


def wait_for_run(page: Page) -> None:
    """Wait until Streamlit runs no script, nothing is stale and every chart is drawn, in sight or not, and so stays."""
    page.wait_for_function(
        """() => {
          // Charts further down are drawn when one prints.
          dispatchEvent(new Event("beforeprint"));
          const app = document.querySelector('[data-testid="stApp"]');
          const charts = [...document.querySelectorAll(".fd-diagram")];
          const done = app && app.getAttribute("data-test-script-state") !== "running"
            && !document.querySelector('[data-stale="true"]')
            && charts.every((chart) => chart.querySelector(".main-svg"));
          window.doneSince = done ? (window.doneSince ?? performance.now()) : undefined;
          // On a busy machine a run that is asked for takes its time to begin.
          return done && performance.now() - window.doneSince > 200;
        }""",
        # Asked at every frame, the page would be drawn at every frame just to be asked.
        polling=100,
    )
    # The window has one more page, which takes the focus when another is closed: on a busy machine in its own time.
    page.bring_to_front()


def read_texts(page: Page) -> list[str]:
    """Everything that a user can read or hear on the page."""
    texts: list[str] = page.evaluate(READ_ALL)
    return texts
