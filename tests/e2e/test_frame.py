"""The frame in a browser: deep links on a fresh server, reload, back, the choice in the URL, keyboard, fonts."""

import re
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_walk import open_page, wait_for_run
from dashboard_server import Server, run_server
from playwright.sync_api import Page, expect


def test_an_address_without_a_choice_opens_its_page(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/insats")
    expect(dashboard.locator(".fd-sida")).to_have_text("Insats")
    expect(dashboard.get_by_role("dialog")).to_have_count(0)
    assert dashboard.title() == "Insats – Finsam uppföljning"


def test_a_guessed_address_leads_to_oversikt(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/oversikt?forbund=uppsala-lan&period=2014")
    expect(dashboard.locator(".fd-sida")).to_have_text("Översikt")
    assert dashboard.url == f"{server.url}/?forbund=uppsala-lan&period=2014"


def test_an_address_of_no_page_is_said_in_swedish(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/finns-inte")
    expect(dashboard.get_by_role("dialog")).to_contain_text("Sidan finns inte. Översikt visas i stället.")


def test_the_choice_is_in_the_url_and_survives_reload_and_page_change(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=2014&lage=intern")
    dashboard.get_by_role("combobox", name="Läge").click()
    dashboard.get_by_role("option", name="Läge: publicering").click()
    expect(dashboard).to_have_url(re.compile("lage=publicering"))
    wait_for_run(dashboard)
    dashboard.get_by_role("link", name="Om måtten").click()
    expect(dashboard).to_have_url(f"{server.url}/om-matten?forbund=uppsala-lan&period=2014&lage=publicering")
    wait_for_run(dashboard)
    dashboard.reload()
    wait_for_run(dashboard)
    expect(dashboard.get_by_role("combobox", name="Läge")).to_have_value("Läge: publicering")


def test_back_undoes_one_choice_at_a_time_and_then_leaves(dashboard: Page, server: Server):
    dashboard.goto("about:blank")
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=2014&lage=intern")
    dashboard.get_by_role("combobox", name="Läge").click()
    dashboard.get_by_role("option", name="Läge: publicering").click()
    expect(dashboard).to_have_url(re.compile("lage=publicering"))
    wait_for_run(dashboard)
    dashboard.go_back()
    expect(dashboard.get_by_role("combobox", name="Läge")).to_have_value("Läge: intern")
    wait_for_run(dashboard)
    dashboard.go_back()
    expect(dashboard).to_have_url("about:blank")


def test_a_url_that_is_not_right_is_said_in_swedish(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=i-fjol&lage=hemlig")
    notice = dashboard.locator(".fd-notis-varning")
    expect(notice).to_contain_text("Perioden i adressen går inte att läsa. Skriv till exempel 2014, 2014-H1 eller")
    expect(notice).to_contain_text("Läget i adressen finns inte. Skriv intern eller publicering.")
    expect(dashboard.get_by_role("combobox", name="Läge")).to_have_value("Läge: publicering")


def test_the_keyboard_reaches_the_content_the_choices_and_shows_where_it_is(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=2014&lage=intern")
    dashboard.keyboard.press("Tab")
    assert dashboard.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    dashboard.keyboard.press("Enter")
    assert dashboard.evaluate("document.activeElement.id") == "stMain"
    lage = dashboard.get_by_role("combobox", name="Läge")
    for _ in range(12):
        dashboard.keyboard.press("Tab")
        if lage.evaluate("element => element === document.activeElement"):
            break
    expect(lage).to_be_focused()
    outlined = lage.evaluate(
        "e => [e, e.closest('[role=group]')].some(n => parseFloat(getComputedStyle(n).outlineWidth) >= 3)"
    )
    assert outlined
    dashboard.keyboard.press("ArrowDown")
    dashboard.get_by_role("option", name="Läge: publicering").wait_for()
    dashboard.keyboard.press("ArrowDown")
    dashboard.keyboard.press("Enter")
    expect(dashboard).to_have_url(re.compile("lage=publicering"))


def test_the_fonts_are_our_own_files(dashboard: Page, server: Server):
    answers = []
    dashboard.on("response", lambda answer: answers.append((answer.url, answer.status)))
    open_page(dashboard, server.url)
    loaded = dashboard.evaluate(
        """[...document.fonts]
        .filter(font => font.family.includes('Source Sans 3') && font.status === 'loaded').map(font => font.weight)"""
    )
    assert {"400", "600"} <= set(loaded)
    assert (f"{server.url}/typsnitt/SourceSans3-Regular.ttf", 200) in answers


def test_the_first_start_makes_the_store_and_opens_the_opening_view(dashboard: Page, tmp_path: Path):
    with run_server(tmp_path) as fresh:
        dashboard.goto(f"{fresh.url}/om-matten?forbund=uppsala-lan&period=2014&lage=intern")
        expect(dashboard.locator("h1")).to_contain_text("Så räknas måtten", timeout=120_000)
        open_page(dashboard, f"{fresh.url}/?forbund=uppsala-lan")
        expect(dashboard.locator(".fd-hjalte")).to_contain_text("88 av 277 avslutade")
        assert re.search("error|traceback", fresh.log.read_text("utf-8"), re.IGNORECASE) is None


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/", {"Host": "annanstans.example"}, 400),
        ("/_stcore/host-config", {"Host": "annanstans.example"}, 400),
        ("/_stcore/health", {"Origin": "https://annanstans.example"}, 400),
        ("/_stcore/metrics", {}, 404),
        ("/_stcore/stream", UPGRADE, 101),
        ("/_stcore/stream", UPGRADE | {"Host": "annanstans.example"}, 403),
        ("/_stcore/stream", UPGRADE | {"Origin": "https://annanstans.example"}, 403),
    ],
)
def test_the_running_server_refuses_other_names_and_pages_elsewhere(
    server: Server, path: str, headers: dict[str, str], status: int
):
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.request("GET", path, headers=headers)
    assert connection.getresponse().status == status
    connection.close()
    assert "external IP" not in server.log.read_text("utf-8", "replace")


@pytest.mark.parametrize("lage", ["intern", "publicering"])
@pytest.mark.parametrize(
    "path", ["jamforelse?forbund=exempel&period=2025", "jamforelse?forbund=uppsala-lan&period=2014"]
)
def test_the_choices_stand_on_one_row_and_none_is_cut(dashboard: Page, server: Server, path: str, lage: str):
    open_page(dashboard, f"{server.url}/{path}&lage={lage}")
    choices = dashboard.locator(".st-key-val_rad input")
    expect(choices).to_have_count(5)
    assert len(set(choices.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)"))) == 1
    assert choices.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0


def test_the_content_stands_beside_the_sidebar_in_a_wide_window(dashboard: Page, server: Server):
    dashboard.set_viewport_size({"width": 1920, "height": 1080})
    open_page(dashboard, server.url)
    assert dashboard.locator("h1").evaluate("(title) => title.getBoundingClientRect().left") == 232 + 32
