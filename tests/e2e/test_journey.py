"""The one journey: a new förbund, a refused file, a saved one, a changed figure with consent, and undo."""

import re
from uuid import uuid4

import pytest
from browser_walk import open_page, wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect

HEADER = "Insats;Månad;Kön;Pågående vid start;Nya;Avslutade;Till arbete och/eller studier;Bortfall"


def monthly_file(women_out: int) -> bytes:
    """Two months of one insats; `women_out` women went to work or studies in January."""
    rows = [
        f"Stegen;2026-01;Kvinna;20;7;15;{women_out};1",
        "Stegen;2026-01;Man;18;4;10;3;0",
        "Stegen;2026-02;Kvinna;12;9;3;1;0",
        "Stegen;2026-02;Man;12;6;2;1;0",
    ]
    return "\r\n".join([HEADER, *rows]).encode("utf-8")


def choose_file(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


@pytest.fixture
def forbund(dashboard: Page, server: Server) -> str:
    """A new förbund, made on the page; its code."""
    name = f"Provet {uuid4().hex[:8]}"
    open_page(dashboard, f"{server.url}/las-in")
    dashboard.get_by_text("Lägg till ett förbund").click()
    dashboard.get_by_label("Förbundets namn").fill(f"Samordningsförbundet {name}")
    dashboard.get_by_role("button", name="Lägg till förbundet").click()
    expect(dashboard.get_by_role("combobox", name="Förbund")).to_have_value(name)
    wait_for_run(dashboard)
    return name.lower().replace(" ", "-")


def test_from_an_empty_forbund_to_a_changed_figure_and_back(dashboard: Page, server: Server, forbund: str):
    view = f"?forbund={forbund}&period=2026-01&lage=intern"
    hero = dashboard.locator(".fd-hjalte")
    title = dashboard.locator("h1")

    open_page(dashboard, f"{server.url}/{view}")
    expect(title).to_have_text("Inga uppgifter är inlästa än")
    dashboard.get_by_role("link", name="Till Läs in").click()

    expect(title).to_have_text("Läs in en fil från en insats")
    wait_for_run(dashboard)
    choose_file(dashboard, "januari.csv", monthly_file(women_out=5))
    expect(title).to_have_text("Filen lästes inte in. Ett fel på fyra ställen behöver rättas först.")
    expect(dashboard.get_by_role("row", name=re.compile("rad 2, 3, 4, 5 .*”Stegen” är ingen känd"))).to_have_count(1)
    wait_for_run(dashboard)

    dashboard.get_by_text("Skapa insatser som filen nämner").click()
    expect(title).to_have_text("20 nya tal. Inget är sparat än.")
    wait_for_run(dashboard)
    dashboard.get_by_role("button", name="Spara leveransen").click()
    expect(title).to_have_text("Filen är inläst: 20 nya tal")
    wait_for_run(dashboard)

    open_page(dashboard, f"{server.url}/{view}")
    expect(hero).to_contain_text("8 av 25")
    expect(hero.locator(".tal")).to_have_text(re.compile(r"32\s%"))

    dashboard.get_by_role("link", name="Läs in").click()
    wait_for_run(dashboard)
    choose_file(dashboard, "januari rättad.csv", monthly_file(women_out=7))
    expect(title).to_have_text("1 ändring. Inget är sparat än.")
    changed = dashboard.get_by_role("row", name=re.compile("Stegen Till arbete och.eller studier januari 2026"))
    expect(changed).to_contain_text("Kvinnor57")
    save = dashboard.get_by_role("button", name="Spara leveransen")
    expect(save).to_be_disabled()
    wait_for_run(dashboard)
    dashboard.get_by_text("Ersätt de lagrade talen").click()
    expect(save).to_be_enabled()
    wait_for_run(dashboard)
    save.click()
    expect(title).to_have_text("Filen är inläst: 1 ändring")
    wait_for_run(dashboard)

    dashboard.get_by_role("link", name="Översikt", exact=True).click()
    expect(hero).to_contain_text("10 av 25")
    expect(
        dashboard.get_by_text("till arbete och/eller studier, januari 2026, kvinnor: från 5 till 7.")
    ).to_be_visible()

    dashboard.get_by_role("link", name="Läs in").click()
    dashboard.get_by_role("button", name="Ångra leveransen").click()
    expect(dashboard.get_by_text(re.compile(r"januari rättad\.csv \(leverans \d+\) slutar gälla\."))).to_be_visible()
    dashboard.get_by_role("button", name="Ja, ångra").click()
    undone = re.compile(r"januari rättad\.csv \(leverans \d+\) gäller inte längre\.")
    expect(dashboard.get_by_text(undone)).to_be_visible()
    # Until the run is over the list of before stands below the new one.
    expect(dashboard.get_by_role("row", name=re.compile("januari rättad.csv"))).to_have_count(1)
    wait_for_run(dashboard)
    expect(dashboard.get_by_role("row", name=re.compile("januari rättad.csv"))).to_contain_text("Ångrad")
    dashboard.get_by_role("link", name="Översikt", exact=True).click()
    expect(hero).to_contain_text("8 av 25")


def test_the_same_file_twice_makes_no_second_delivery(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/las-in?forbund={forbund}&period=2026-01&lage=intern")
    dashboard.get_by_text("Skapa insatser som filen nämner").click()
    wait_for_run(dashboard)
    choose_file(dashboard, "januari.csv", monthly_file(women_out=5))
    dashboard.get_by_role("button", name="Spara leveransen").click()
    expect(dashboard.locator("h1")).to_have_text("Filen är inläst: 20 nya tal")
    wait_for_run(dashboard)
    choose_file(dashboard, "januari igen.csv", monthly_file(women_out=5))
    expect(dashboard.locator("h1")).to_have_text("Inga ändringar: allt i filen är redan inläst")
    expect(dashboard.get_by_role("button", name="Spara leveransen")).to_have_count(0)


def test_a_refused_file_lists_each_problem_and_shows_nothing_private(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/las-in?forbund={forbund}&period=2026-01&lage=intern")
    bad = "\r\n".join([HEADER, *["Stegen;2026-01;Kvinna;1,5;7;12;5;1"] * 39, "Stegen;2026-01;19121212-1212;1;2;3;4;0"])
    choose_file(dashboard, "fel.csv", bad.encode("cp1252"))
    expect(dashboard.locator("h1")).to_contain_text("Filen lästes inte in.")
    table = dashboard.locator("table").first
    places = re.compile("rad 2, 3, 4, 5, 6, 7, 8, 9 … och 31 rader till .*”1,5” är inte ett heltal")
    expect(table.get_by_role("row", name=places)).to_have_count(1)
    expect(table.get_by_role("row", name=re.compile("visas inte.*personnummer"))).to_have_count(1)
    assert "19121212" not in dashboard.content()
    dashboard.get_by_role("button", name="Kopiera listan som text").click()
    expect(dashboard.locator(".fd-kopierat")).not_to_be_empty()
    with dashboard.expect_download() as download:
        dashboard.get_by_role("button", name="Ladda ner fellistan").click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.splitlines()[0] == "Var;Kolumn;Står i filen;Vad är fel;Skriv i stället"
    assert text.count("är inte ett heltal.") == 39
    assert "19121212" not in text


def test_an_upload_over_a_megabyte_leaves_nothing_on_disk(dashboard: Page, server: Server, forbund: str):
    open_page(dashboard, f"{server.url}/las-in?forbund={forbund}&period=2026-01&lage=intern")
    rows = "Stegen;2026-01;Flicka;10;7;12;5;1\r\n" * 60_000
    assert len(rows) > 2_000_000
    choose_file(dashboard, "stor.csv", f"{HEADER}\r\n{rows}".encode())
    expect(dashboard.locator("h1")).to_contain_text("Filen lästes inte in.", timeout=60_000)
    assert not server.temp_note.exists()
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []


def test_the_table_and_the_file_of_a_chart_hold_the_same_figures(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=2014&lage=intern")
    dashboard.get_by_role("button", name="Tabell").first.click()
    cells = dashboard.locator('[data-testid="stPopoverBody"] tbody tr').first.locator("th, td").all_inner_texts()
    dashboard.keyboard.press("Escape")
    with dashboard.expect_download() as download:
        dashboard.get_by_role("button", name="Ladda ner").first.click()
        dashboard.get_by_role("button", name="Tabell (csv)").click()
    line = download.value.path().read_text("utf-8-sig").splitlines()[1]
    assert line.split(";") == [cell.replace("\u00a0", " ") for cell in cells]
    assert "88 av 277" in line


def test_a_chart_alone_is_saved_with_its_title_source_period_lage_and_day(dashboard: Page, server: Server):
    open_page(dashboard, f"{server.url}/?forbund=uppsala-lan&period=2014&lage=intern")
    saved = {}
    for name in ("Bild (png)", "Bild (svg)", "Pdf"):
        dashboard.get_by_role("button", name="Ladda ner").first.click()
        expect(dashboard.get_by_role("button", name=name)).to_be_visible()
        wait_for_run(dashboard)
        with dashboard.expect_download() as download:
            dashboard.get_by_role("button", name=name).click()
        saved[download.value.suggested_filename] = download.value.path().read_bytes()
        dashboard.keyboard.press("Escape")
        expect(dashboard.get_by_role("button", name=name)).to_be_hidden()
        wait_for_run(dashboard)
    name = "andel-till-arbete-studier-eller-eget-foretag"
    assert {file: content[:4] for file, content in saved.items() if not file.endswith("svg")} == {
        f"{name}.png": b"\x89PNG", f"{name}.pdf": b"%PDF",
    }  # fmt: skip
    svg = " ".join(re.sub(r"<[^>]+>", " ", saved[f"{name}.svg"].decode()).split())
    for text in (
        "Andel till arbete, studier eller eget företag",
        "Källa: ",
        "Period: 1 jan–31 dec 2014.",
        "Läge: intern.",
        "Uttag: ",
    ):
        assert text in svg
