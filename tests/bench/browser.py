"""A Chromium with a stopwatch: from the act until the last change of the page before it comes to rest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

QUIET = 900
"""Milliseconds without any change after which a page is at rest. A loaded machine may need more."""

# Shadow roots are watched too: Panel draws in them. Attributes but those of drawing would count pointers and focus.
# Not the page's own are the sign of a run, and what was said to a screen reader and is taken away some seconds later.
STOPWATCH = """
(() => {
  const watch = window.__watch = {from: 0, last: 0};
  const options = {subtree: true, childList: true, characterData: true, attributes: true,
                   attributeFilter: ["d", "transform", "points", "src", "x", "y"]};
  const own = (node) => node instanceof Element && node.closest('[data-testid="stStatusWidget"], [role="log"]');
  const observer = new MutationObserver((changes) => {
    if (changes.some((change) => !own(change.target))) watch.last = performance.now();
  });
  const start = (event) => { watch.from = watch.last = performance.now(); };
  const listen = (root) => { for (const kind of ["click", "change"]) root.addEventListener(kind, start, true); };
  observer.observe(document, options);
  listen(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    observer.observe(root, options);
    listen(root);
    return root;
  };
})();
"""


def find_chromium() -> str:
    """CHROMIUM_PATH, else one on PATH. Raises RuntimeError."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise RuntimeError("No Chromium was found: set CHROMIUM_PATH.")
    return found


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[*(["--no-sandbox"] if root else []), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


def open_page(browser: Browser, height: int = 768) -> Page:
    """A page of a context of its own: nothing is cached. `height` is the window's, in pixels."""
    page = browser.new_context(viewport={"width": 1366, "height": height}, locale="sv-SE").new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(STOPWATCH)
    return page


def view(page: Page, address: str, ready: str) -> float:
    """Open the address and wait until what `ready` selects is there and the page at rest; milliseconds it took."""
    page.goto(address)
    page.wait_for_selector(ready, state="attached")
    return _rest(page, "performance.timing.navigationStart - performance.timeOrigin")


def act(page: Page, action: Callable[[], object]) -> float:
    """Do something whose last click or change is the start; milliseconds until the page is at rest."""
    action()
    return _rest(page, "window.__watch.from")


def _rest(page: Page, start: str) -> float:
    page.wait_for_function(f"() => performance.now() - window.__watch.last > {QUIET}", polling=100)
    return float(page.evaluate(f"window.__watch.last - ({start})"))


def choose(page: Page, label: str, option: str) -> Callable[[], None]:
    """Choose in one of Streamlit's selects: the click on the option is what is measured."""

    def action() -> None:
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()

    return action
