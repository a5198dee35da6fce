"""Avstämning of a report of one's own, an amount entered on Ekonomi, and a text with history on Insats."""

from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect


def test_avstamning_opens_on_what_deviates_and_filters(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/avstamning?forbund=uppsala-lan&period=2014&lage=intern")
    expect(dashboard.locator("h1")).to_contain_text("omräknade uppgifter avviker")
    table = dashboard.locator(".fd-tabell").first
    expect(table).to_contain_text("340 / 981 = 34,66")
    assert "■" not in table.inner_text()
    dashboard.get_by_role("combobox", name="Status").click()
    dashboard.get_by_role("option", name="Stämmer").click()
    wait_for_run(dashboard)
    expect(dashboard.locator(".fd-tabell").first).to_contain_text("51 / (77 − 8) = 51 / 69")


def test_a_pasted_table_is_judged_and_not_kept(dashboard: Page, server: Server):
    address = f"{server.url}/avstamning?forbund=exempel&period=2024&lage=intern"
    open_page(dashboard, address)
    field = dashboard.get_by_label("Tabell", exact=True)
    field.fill("Uttryck;Delar\n34 % (340 st);340/981\n8 157 tkr;2045+6112")
    field.press("Control+Enter")
    wait_for_run(dashboard)
    expect(dashboard.get_by_text("En av 2 omräknade uppgifter avviker från det som är tryckt")).to_be_visible()
    open_page(dashboard, address)
    expect(dashboard.get_by_text("En av 2 omräknade uppgifter")).to_have_count(0)


def test_avstamning_is_not_in_publicering(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/avstamning?forbund=uppsala-lan&period=2014&lage=publicering")
    expect(dashboard.locator("h1")).to_have_text("Avstämning finns bara i läget intern")
    expect(dashboard.locator(".fd-tabell")).to_have_count(0)


def test_an_amount_entered_on_ekonomi_is_in_its_tables(dashboard: Page, server: Server):
    server.run_cli("forbund", "ny", "--kod", "pengar", "--namn", "Samordningsförbundet Pengar")
    open_page(dashboard, f"{server.url}/ekonomi?forbund=pengar&period=2026&lage=intern")
    dashboard.get_by_text("Lägg till ett belopp eller en prognos").click()
    dashboard.get_by_label("Post", exact=True).fill("Bidrag från staten")
    dashboard.get_by_label("Belopp i kronor").fill("250 000")
    dashboard.get_by_role("button", name="Spara beloppet").click()
    expect(dashboard.get_by_text("Beloppet är med i tabellerna.")).to_be_visible()
    expect(dashboard.locator(".fd-tabell").filter(has_text="Bidrag från staten").first).to_contain_text("250\u00a0000")


def test_a_text_on_insats_keeps_its_history(dashboard: Page, server: Server):
    for words in ("Första texten", "Andra texten"):
        open_page(dashboard, f"{server.url}/insats?forbund=exempel&period=2024&lage=intern&insats=arbetsbron")
        dashboard.get_by_text("Skriv eller ändra en text").click()
        field = dashboard.get_by_label("Text", exact=True)
        field.fill(words)
        dashboard.get_by_role("button", name="Spara texten").click()
        expect(dashboard.locator(".fd-text", has_text=words)).to_be_visible()
        wait_for_run(dashboard)
    expect(dashboard.get_by_text("Tidigare versioner").first).to_be_attached()
    expect(dashboard.locator(".fd-tabell").filter(has_text="Första texten")).to_have_count(1)


def test_a_kompetensaktivitet_entered_on_samverkan_is_in_its_table(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/samverkan?forbund=exempel&period=2023&lage=intern")
    dashboard.get_by_text("Lägg till en aktivitet eller ett antal").click()
    dashboard.get_by_label("Vad", exact=True).fill("Kurs i samtal")
    dashboard.get_by_label("Hur många").fill("17")
    dashboard.get_by_role("button", name="Spara antalet").click()
    expect(dashboard.get_by_text("Uppgiften är med i tabellerna.")).to_be_visible()
    expect(dashboard.locator(".fd-tabell").filter(has_text="Kurs i samtal")).to_contain_text("17")
