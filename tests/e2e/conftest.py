"""One server on a free loopback port with a store of its own, and a Chromium that reaches nothing but loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dashboard_server import HOW_TO, Server, find_chromium, run_server
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

PATIENCE = 60_000
"""Milliseconds; a machine that runs the other tests at the same time is slow, and no reason to fail."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    chromium = find_chromium()
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO)
        pytest.skip(HOW_TO)
    return {
        "executable_path": chromium,
        # Chromium's own sandbox does not start as root; anything but loopback fails to resolve.
        "args": [
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--process-per-site",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    # An English browser: what Streamlit takes from the browser's language must not hide what it does not.
    return {"viewport": {"width": 1366, "height": 768}, "locale": "en-US", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="session")
def server(
    browser_type_launch_args: dict[str, object], filled_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The dashboard on a new store. Session-wide: tests make förbund of their own where they write."""
    with run_server(tmp_path_factory.mktemp("server"), filled=filled_store) as running:
        yield running


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: dict[str, Any], server: Server) -> Iterator[BrowserContext]:
    """One window for all tests, with a page of the server that stays open.

    With --process-per-site every page of the server shares that page's process, which has read and compiled
    Streamlit's scripts already: a visit costs half of what it does in a window of its own.
    """
    expect.set_options(timeout=PATIENCE)
    with browser.new_context(**browser_context_args) as context:
        context.set_default_timeout(PATIENCE)
        context.new_page().goto(f"{server.url}/_stcore/health")
        yield context


@pytest.fixture
def dashboard(window: BrowserContext) -> Iterator[Page]:
    """A new page in the window, which remembers nothing; fails the test if anything beyond loopback was asked for."""
    elsewhere: list[str] = []
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")

    def note_elsewhere(request: Request) -> None:
        if not request.url.startswith(local):
            elsewhere.append(request.url)

    window.on("request", note_elsewhere)
    with window.new_page() as page:
        yield page
    window.pages[0].evaluate("localStorage.clear()")
    window.clear_cookies()
    window.remove_listener("request", note_elsewhere)
    assert elsewhere == []
