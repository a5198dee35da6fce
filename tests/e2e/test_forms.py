"""What Streamlit draws of the forms: nothing out of sight, nothing in English, nothing unreadable, one limit."""

import re

from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect

# WCAG's contrast of the words against the ground of one element.
CONTRAST = """
(button) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const words = light(getComputedStyle(button.querySelector("p")).color);
  const ground = light(getComputedStyle(button).backgroundColor);
  return (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05);
}
"""


def test_every_part_of_the_report_is_in_sight(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/rapport?forbund=exempel")
    pills = dashboard.locator(".st-key-rapport_delar button")
    expect(pills.first).to_be_visible()
    right = dashboard.locator(".st-key-rapport_delar").evaluate("(box) => box.getBoundingClientRect().right")
    edges = pills.evaluate_all("(all) => all.map((pill) => pill.getBoundingClientRect().right)")
    assert len(edges) >= 6
    assert max(edges) <= right


def test_an_empty_date_is_asked_for_in_swedish(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/las-in?forbund=exempel&lage=intern")
    dashboard.get_by_text("Lägg till en insats").click()
    last = dashboard.get_by_test_id("stDateInput").filter(has_text="Sista dag")
    expect(last.get_by_role("group")).to_have_text("åååå-mm-dd")
    year = last.get_by_role("spinbutton", name=re.compile("^år"))
    year.press_sequentially("2027")
    expect(year).to_have_text("2027")
    year.press("Control+a")
    for _ in range(4):
        year.press("Backspace")
    expect(year).to_have_text("åååå")


def test_the_logo_has_one_limit(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/installningar?forbund=exempel&lage=intern")
    expect(dashboard.get_by_text("Logga (png, högst 200 kB)")).to_be_visible()
    expect(dashboard.get_by_text(re.compile("1.MB"))).to_be_hidden()


def test_a_primary_button_that_cannot_be_pressed_can_be_read(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/rapport?forbund=exempel&lage=intern")
    button = dashboard.get_by_role("button", name="Gör rapporten")
    expect(button).to_be_enabled()
    for pill in dashboard.locator(".st-key-rapport_delar button").all():
        expect(pill).to_have_attribute("aria-pressed", "true")
        pill.click()
        expect(pill).to_have_attribute("aria-pressed", "false")
        wait_for_run(dashboard)
    expect(button).to_be_disabled()
    assert button.evaluate(CONTRAST) >= 4.5
