"""An insats is added on Läs in and changed on Insats, as the command line does it, and the template follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from build_figures import insats
from build_store import ME
from click.testing import CliRunner
from page_run import find, open_page, press, read_html
from streamlit.testing.v1 import AppTest

from finsam_dash.cli import main
from finsam_dash.model import CountingMode, Forbund, GenderScope, Insats, InsatsPeriod, Purpose
from finsam_dash.store import Store, load_insatser, load_log, save_forbund, save_insats
from finsam_dash.ui.selection import today


def unfold(app: AppTest, key: str) -> AppTest:
    """Open a fold, as a click on it would: its form is drawn then."""
    app.session_state[key] = True
    return app.run()


def press_save(app: AppTest) -> AppTest:
    return press(app, "Spara insatsen")


def fill_in(app: AppTest) -> AppTest:
    find(app.text_input, "Insatsens namn").input("Gröna  Bron").run()
    find(app.date_input, "Första dag").set_value(date(today().year, 3, 1))
    find(app.date_input, "Sista dag (tom: tills vidare)").set_value(date(today().year, 12, 31))
    find(app.selectbox, "Räknesätt").select(CountingMode.ANONYM)
    find(app.selectbox, "Öppen för").select(GenderScope.KVINNOR)
    find(app.selectbox, "Inriktning").select(Purpose.FORBEREDELSE)
    find(app.text_area, "Målgrupp").input("Unga utan arbete")
    return app


def test_a_new_forbund_gets_its_first_insats_and_a_template_on_the_page(store: Store) -> None:
    app = open_page("las_in.py")
    assert [head.value for head in app.header] == ["Lägg till en insats", "Leveranser"]
    assert "Koden görs av namnet, sätts en gång och ändras aldrig." in read_html(app)
    fill_in(app)
    shown = read_html(app)
    assert "Kod: grona-bron. Den sätts när insatsen sparas och ändras aldrig, inte heller när namnet ändras." in shown
    press_save(app)
    assert load_insatser(store, "provet") == (
        Insats(
            "grona-bron",
            "Gröna Bron",
            (InsatsPeriod(date(today().year, 3, 1), date(today().year, 12, 31)),),
            purpose=Purpose.FORBEREDELSE,
            counting_mode=CountingMode.ANONYM,
            gender_scope=GenderScope.KVINNOR,
            malgrupp="Unga utan arbete",
            order=1,
        ),
    )
    assert "Insatsen Gröna Bron (grona-bron) är tillagd." in read_html(app)
    assert [head.value for head in app.header] == ["Mall att fylla i", "Leveranser"]
    assert find(app.selectbox, "År").value == today().year
    assert find(app.selectbox, "Insats").options == ["Alla insatser", "Gröna Bron"]
    # The form stands ready for the next one.
    assert "Spara insatsen" not in {button.label for button in app.button}
    unfold(app, "ny_insats")
    assert find(app.text_input, "Insatsens namn").value == ""
    assert [entry.what for entry in load_log(store, "provet")].count("insats") == 1


def test_the_page_and_the_command_line_save_the_same(store: Store, tmp_path: Path) -> None:
    press_save(fill_in(open_page("las_in.py")))
    words = (
        "insats", "ny", "--forbund", "andra", "--kod", "grona-bron", "--namn", "Gröna Bron",
        "--start", f"{today().year}-03-01", "--slut", f"{today().year}-12-31", "--raknesatt", "anonym",
        "--kon", "kvinnor", "--syfte", "forberedelse", "--malgrupp", "Unga utan arbete",
    )  # fmt: skip
    save_forbund(store, Forbund("andra", "Samordningsförbundet Andra"), ME)
    assert CliRunner().invoke(main, ["--databas", f"sqlite:///{tmp_path / 'finsam.db'}", *words]).exit_code == 0
    assert load_insatser(store, "andra") == load_insatser(store, "provet")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Namnet saknas. Skriv insatsens namn, med minst en bokstav eller siffra."),
        ("!!", "Namnet saknas. Skriv insatsens namn, med minst en bokstav eller siffra."),
        ("Bron", "Koden ”bron” är redan upptagen. Välj en annan."),
        ("Stegen 850709-9805", "Texten ser ut att innehålla ett personnummer. Ta bort det."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_saved(store: Store, name: str, says: str) -> None:
    save_insats(store, "provet", insats("bron"), ME)
    app = unfold(open_page("las_in.py"), "ny_insats")
    find(app.text_input, "Insatsens namn").input(name).run()
    press_save(app)
    assert f"<strong>Inget har sparats.</strong> {says}" in read_html(app)
    assert [one.kod for one in load_insatser(store, "provet")] == ["bron"]


def test_a_period_that_ends_before_it_begins_is_refused_in_the_words_of_the_command_line(store: Store) -> None:
    app = fill_in(open_page("las_in.py"))
    find(app.date_input, "Sista dag (tom: tills vidare)").set_value(date(2020, 1, 1))
    press_save(app)
    assert (
        f"Perioden för ”grona-bron” slutar 2020-01-01, före sin början {today().year}-03-01. Byt plats på datumen."
    ) in read_html(app)
    assert load_insatser(store, "provet") == ()


def test_an_insats_is_changed_on_its_page_and_the_rest_stays(store: Store) -> None:
    earlier = InsatsPeriod(date(2022, 1, 1), date(2023, 12, 31), "beslut 1")
    old = Insats(
        "bron", "Bron", (earlier, InsatsPeriod(date(2024, 1, 1), None, "beslut 2")), parter="Kommunen", order=3
    )
    save_insats(store, "provet", old, ME)
    app = unfold(open_page("insats.py", period="2025"), "andra_insats")
    assert "Kod: bron. Den ändras aldrig, inte heller när namnet ändras." in read_html(app)
    assert "Insatsen har två beslutade perioder. Här ändras den senaste." in read_html(app)
    find(app.text_input, "Insatsens namn").input("Nya Bron")
    find(app.date_input, "Sista dag (tom: tills vidare)").set_value(date(2026, 6, 30))
    press_save(app)
    assert load_insatser(store, "provet") == (
        Insats(
            "bron",
            "Nya Bron",
            (earlier, InsatsPeriod(date(2024, 1, 1), date(2026, 6, 30), "beslut 2")),
            parter="Kommunen",
            order=3,
        ),
    )
    assert "Insatsen Nya Bron (bron) är ändrad." in read_html(app)


@pytest.mark.parametrize("screen", ["las_in.py", "insats.py"])
def test_insatser_are_not_changed_in_publicering(store: Store, screen: str) -> None:
    save_insats(store, "provet", insats("bron"), ME)
    app = open_page(screen, lage="publicering", period="2025")
    assert "Spara insatsen" not in {button.label for button in app.button}
