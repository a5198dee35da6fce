"""Every page by keyboard alone: each control is reached, shows that it is, opens and closes, and each job gets done.

No mouse here: nothing is clicked, only keys are pressed.
"""

import pytest
from browser_walk import PAGES, open_page, wait_for_run
from dashboard_server import Server
from keyboard import list_controls, press, read_focus
from playwright.sync_api import Error, Page, expect


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_control_is_reached_seen_and_left(dashboard: Page, server: Server, path: str):
    open_page(dashboard, f"{server.url}{path}?forbund=exempel&period=2025&lage=intern")
    folded = dashboard.locator("details:not([open]) > summary")
    while folded.count():
        press(dashboard, folded.first)
        check_expander(dashboard)
    controls = list_controls(dashboard)
    reached: list[int] = []
    # Round once: from where the last fold was opened, over the edge of the page and back.
    for _ in range(2 * len(controls)):
        dashboard.keyboard.press("Tab")
        focus = read_focus(dashboard)
        if focus is None:
            continue
        assert focus.seen, focus
        assert focus.ordered, focus
        if focus.stop in reached[:1]:
            break
        # A region that scrolls is a stop of its own, so that the arrows can scroll it.
        if focus.stop is not None and focus.stop not in reached:
            reached.append(focus.stop)
            if focus.kind in CHECKS:
                CHECKS[focus.kind](dashboard)
    assert {stop: name for stop, name in controls.items() if stop not in reached} == {}
    over_the_edge = reached.index(min(reached))
    assert [*reached[over_the_edge:], *reached[:over_the_edge]] == sorted(reached)


def check_expander(page: Page) -> None:
    """Opened by Enter, it is closed and opened by Space."""
    expander = page.locator("details:has(> summary:focus)")
    expect(expander).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(expander).not_to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(expander).to_have_attribute("open", "")
    wait_for_run(page)


def check_popover(page: Page) -> None:
    """Enter opens it, Escape closes it, and the focus is where it was."""
    body = page.get_by_test_id("stPopoverBody")
    page.keyboard.press("Enter")
    expect(body.locator("table, button").first).to_be_visible()
    wait_for_run(page)
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    wait_for_run(page)
    focus = read_focus(page)
    assert focus is not None
    assert focus.kind == "popover", focus


def check_select(page: Page) -> None:
    """An arrow opens it, Escape closes it, and nothing else is chosen."""
    before = page.locator("input:focus").input_value()
    page.keyboard.press("ArrowDown")
    try:
        page.get_by_role("listbox").wait_for(timeout=10_000)
    except Error:
        # The page was drawn anew just then, by what is counted beside it, and that closes a list.
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox"), before).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.locator("input:focus").input_value() == before


CHECKS = {"popover": check_popover, "select": check_select}
