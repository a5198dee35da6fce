"""What each page is for, done with keys alone: read in, choose, set a goal, export, print, show, protect, set up."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from keyboard import choose, press, tab_to, write
from playwright.sync_api import Page, expect

UPPSALA = "forbund=uppsala-lan&period=2014&lage=intern"
JANUARY = """Insats;Månad;Kön;Pågående vid start;Nya;Avslutade;Till arbete och/eller studier;Bortfall
Stegen;2026-01;Kvinna;20;7;15;5;1
Stegen;2026-01;Man;18;4;10;3;0
"""


@pytest.fixture
def forbund(server: Server) -> str:
    """A new, empty förbund; its code."""
    kod = f"tangent-{uuid4().hex[:8]}"
    server.run_cli("forbund", "ny", "--kod", kod, "--namn", f"Samordningsförbundet {kod}")
    return kod


def test_a_file_is_read_in_saved_and_undone(dashboard: Page, server: Server, forbund: str, tmp_path: Path):
    file = tmp_path / "januari.csv"
    file.write_text(JANUARY, "utf-8")
    # Listened for from the start: asked for at the press, the browser may open a dialog of its own first.
    dashboard.on("filechooser", lambda _: None)
    open_page(dashboard, f"{server.url}/las-in?forbund={forbund}&lage=intern")
    title = dashboard.locator("h1")
    tab_to(dashboard, dashboard.get_by_role("button", name="Välj fil"))
    with dashboard.expect_file_chooser() as chooser:
        dashboard.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(title).to_have_text("Filen lästes inte in. Ett fel på två ställen behöver rättas först.")
    wait_for_run(dashboard)
    press(dashboard, dashboard.get_by_role("checkbox", name=re.compile("Skapa insatser")), "Space")
    expect(title).to_have_text("10 nya tal. Inget är sparat än.")
    press(dashboard, dashboard.get_by_role("button", name="Spara leveransen"))
    expect(title).to_have_text("Filen är inläst: 10 nya tal")
    wait_for_run(dashboard)
    press(dashboard, dashboard.get_by_role("button", name="Ångra leveransen"))
    press(dashboard, dashboard.get_by_role("button", name="Ja, ångra"))
    expect(dashboard.locator(".fd-notis-info").filter(has_text="Ångrat. januari.csv")).to_be_visible()


def test_every_choice_at_the_top_is_made_and_keeps_the_focus(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/insats?forbund=exempel&period=2025&lage=intern")
    for label, option, parameter in [
        ("Förbund", "Uppsala län", "forbund=uppsala-lan"),
        ("Insats", "Jobbstudion", "insats=jobbstudion"),
        ("Period", "Period: 2015", "period=2015"),
        ("Läge", "Läge: publicering", "lage=publicering"),
    ]:
        select = dashboard.get_by_role("combobox", name=label, exact=True)
        choose(dashboard, select, option)
        expect(dashboard).to_have_url(re.compile(rf"[?&]{parameter}(&|$)"))
        expect(select).to_be_focused()


def test_the_tabs_are_turned_by_arrow(dashboard: Page, server: Server):
    for page, first, second in [("jamforelse", "Alla insatser", "Tratt"), ("insats", "Mål", "Över tid")]:
        open_page(dashboard, f"{server.url}/{page}?{UPPSALA}")
        tab_to(dashboard, dashboard.get_by_role("tab", name=first, exact=True))
        dashboard.keyboard.press("ArrowRight")
        wait_for_run(dashboard)
        opened = dashboard.get_by_role("tab", name=second, exact=True)
        expect(opened).to_have_attribute("aria-selected", "true")
        expect(opened).to_be_focused()


def test_a_tab_that_is_hidden_while_its_content_is_fetched_gets_the_focus_back(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/insats?{UPPSALA}")
    tab_to(dashboard, dashboard.get_by_role("tab", name="Mål", exact=True))
    dashboard.keyboard.press("ArrowRight")
    wait_for_run(dashboard)
    opened = dashboard.get_by_role("tab", name="Över tid", exact=True)
    row = dashboard.get_by_role("tablist").element_handle()
    row.evaluate("(row) => { row.style.display = 'none'; }")
    dashboard.wait_for_function("() => document.activeElement === document.body")
    row.evaluate("(row) => { row.style.display = ''; }")
    expect(opened).to_be_focused()


def test_a_goal_is_written_and_saved(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/mal?forbund={forbund}&period=2026&lage=intern")
    press(dashboard, dashboard.get_by_role("button", name="Lägg in ett mål"))
    write(dashboard, dashboard.get_by_label("Målet, med planens egna ord"), "Minst 30 procent ska gå till arbete.")
    write(dashboard, dashboard.get_by_label("Målvärde"), "30 %")
    press(dashboard, dashboard.get_by_role("button", name="Spara målet"))
    row = dashboard.get_by_role("row", name=re.compile("Minst 30 procent ska gå till arbete"))
    expect(row).to_contain_text(re.compile(r"minst\s30\s%"))


def test_a_chart_is_saved_as_a_file(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?{UPPSALA}")
    press(dashboard, dashboard.get_by_role("button", name="Ladda ner").first)
    tab_to(dashboard, dashboard.get_by_role("button", name="Tabell (csv)"))
    with dashboard.expect_download() as download:
        dashboard.keyboard.press("Enter")
    assert "88 av 277" in download.value.path().read_text("utf-8-sig")


def test_a_report_is_made_and_saved(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/rapport?forbund=ange&period=2014&lage=intern")
    choose(dashboard, dashboard.get_by_role("combobox", name="Format"), "Excel (.xlsx)")
    press(dashboard, dashboard.get_by_role("button", name="Gör rapporten"))
    save = dashboard.get_by_role("button", name="Spara filen")
    expect(save).to_be_visible()
    wait_for_run(dashboard)
    tab_to(dashboard, save)
    with dashboard.expect_download() as download:
        dashboard.keyboard.press("Enter")
    assert download.value.suggested_filename == "ange-uppfoljning-2014-publicering.xlsx"


def test_the_slides_are_opened_turned_and_left(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/styrelselage?{UPPSALA}")
    tab_to(dashboard, dashboard.get_by_role("link", name="Visa bilderna"))
    dashboard.keyboard.press("Enter")
    expect(dashboard.locator(".st-key-bild_1")).to_be_visible()
    dashboard.keyboard.press("ArrowRight")
    expect(dashboard.locator(".st-key-bild_2")).to_be_visible()
    dashboard.keyboard.press("Escape")
    expect(dashboard.locator(".fd-sida")).to_have_text("Styrelseläge")


def test_what_is_handed_out_is_noted_and_the_protection_set(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/rojandekontroll?forbund={forbund}&period=2026&lage=intern")
    write(dashboard, dashboard.get_by_label("Vad har lämnats ut?"), "Bilder till styrelsen")
    press(dashboard, dashboard.get_by_role("button", name=re.compile("Anteckna som utlämnat")))
    expect(dashboard.get_by_role("row", name=re.compile("Bilder till styrelsen"))).to_be_visible()
    tab_to(dashboard, dashboard.get_by_role("spinbutton", name="Minsta antal personer som visas"))
    dashboard.keyboard.press("ArrowUp")
    write(dashboard, dashboard.get_by_label("Varför ändras det?"), "beslut")
    press(dashboard, dashboard.get_by_role("button", name="Spara inställningarna"))
    expect(dashboard.locator(".fd-notis-info")).to_contain_text("Sparat.")


def test_the_name_is_set(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/installningar?forbund={forbund}&lage=intern")
    write(dashboard, dashboard.get_by_label("Förbundets namn"), f"Samordningsförbundet Nytt namn {forbund}")
    press(dashboard, dashboard.get_by_role("button", name="Spara utseendet"))
    expect(dashboard.locator(".fd-namn")).to_contain_text(f"Samordningsförbundet Nytt namn {forbund}")


def test_an_amount_is_entered(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/ekonomi?forbund={forbund}&period=2026&lage=intern")
    press(dashboard, dashboard.locator("summary").filter(has_text="Lägg till ett belopp"))
    write(dashboard, dashboard.get_by_label("Post", exact=True), "Kansli")
    write(dashboard, dashboard.get_by_label("Belopp i kronor"), "250 000")
    press(dashboard, dashboard.get_by_role("button", name="Spara beloppet"))
    expect(dashboard.get_by_role("row", name=re.compile("Kansli"))).to_be_visible()
