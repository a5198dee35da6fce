"""Every page in four states, run by Streamlit's own test runner: full, one month late, one insats only, empty."""

import json
from pathlib import Path
from threading import Event

import pytest
import streamlit as st
from build_store import ME, deliver
from list_pages import list_pages
from page_run import texts
from page_states import (
    STATES,
    add_forbund,
    fill_full,
    fill_full_with_plan_in_words,
    fill_one_insats,
    fill_one_late,
    fill_plan_in_words,
)
from read_figures import read_figures
from streamlit.testing.v1 import AppTest

from finsam_dash.model import Forbund, Lotsarende, Period
from finsam_dash.store import Store, save_entries, save_forbund
from finsam_dash.ui import protection
from finsam_dash.ui.middleware import ROUTER

PAGES = {page.file: page.title for page in list_pages()}
ABOUT_PERSONS = ("oversikt.py", "mal.py", "jamforelse.py", "insats.py")
"""The pages that are nothing without the plan of röjandekontroll."""


@pytest.mark.parametrize("screen", PAGES)
@pytest.mark.parametrize(("state", "lage"), [*((state, "intern") for state in STATES), ("full", "publicering")])
def test_every_page_is_drawn_in_every_state(open_page, screen: str, state: str, lage: str):
    app = open_page(STATES[state], screen, forbund="provet", period="2025", lage=lage)
    assert not app.exception
    said = texts(app)
    assert "kunde inte visas" not in said
    assert PAGES[screen] in said
    if state == "tom":
        assert "Inga förbund finns ännu" in said
    else:
        assert len(app.title) == 1
        assert {"Förbund", "Period", "Läge"} <= {select.label for select in app.selectbox}
        assert all(chart.alt for chart in read_figures(app))


def test_the_full_state_adds_the_insatser_and_months(open_page):
    app = open_page(fill_full, "oversikt.py", forbund="provet", period="2025-K1")
    said = texts(app)
    assert app.title[0].value == "42\u00a0procent gick till arbete eller studier under första kvartalet 2025"
    assert "60 av 144 avslutade" in said
    charts = read_figures(app)
    alts = [chart.alt for chart in charts]
    assert len(alts) == 2
    assert "Stegen: 30 av 72 (42\u00a0%)" in alts[1]
    config = charts[0].config
    assert config["locale"] == "sv"
    assert config["modeBarButtons"] == [["toImage"]]


def test_a_late_month_is_named_and_no_verdict_given(open_page):
    app = open_page(fill_one_late, "oversikt.py", forbund="provet", period="2025-K1")
    said = texts(app)
    assert "1 av 2 insatser ingår. Utan: Navet." in said.replace("\u00a0", " ")
    assert "mars 2025" in said


def fill_one_count_changed(store: Store) -> None:
    fill_one_insats(store)
    deliver(store, ("stegen", "till_arbete_studier", "alla", "2025-01", 11))


def test_one_stored_count_changes_number_title_sentence_and_chart(open_page):
    app = open_page(fill_one_count_changed, "oversikt.py", forbund="provet", period="2025-K1")
    said = texts(app)
    assert "31 av 72 avslutade" in said
    assert app.title[0].value.startswith("43\u00a0procent")
    points = [trace for trace in read_figures(app)[0].figure["data"] if trace.get("mode") == "markers"]
    assert "31 av 72 (43\u00a0%)" in json.dumps(points, ensure_ascii=False)
    assert "från 10 till 11." in said


def fill_new_forbund(store: Store) -> None:
    add_forbund(store)


def fill_no_figures(store: Store) -> None:
    add_forbund(store, "stegen")


@pytest.mark.parametrize(
    ("fill", "why"),
    [
        (fill_new_forbund, "Förbundet är nytt. Börja med att lägga till insatserna, och läs sedan in deras filer."),
        (
            fill_no_figures,
            "Insatserna är inlagda, men ingen av dem har lämnat några tal. Läs in en fil, så visas utfallet här.",
        ),
    ],
)
@pytest.mark.parametrize("lage", ["intern", "publicering"])
def test_a_forbund_without_figures_gets_the_way_to_them_and_no_table_of_dashes(open_page, fill, why: str, lage: str):
    app = open_page(fill, "oversikt.py", forbund="provet", period="2025", lage=lage)
    assert app.title[0].value == "Inga uppgifter är inlästa än"
    said = texts(app)
    assert f"<h2>Här finns inget att visa än</h2><p>{why}</p>" in said
    assert f'href="las-in?forbund=provet&amp;period=2025&amp;lage={lage}" target="_self">Till Läs in</a>' in said
    assert "<table" not in said
    assert "slumpen" not in said


TOP = ("val_forbund", "val_period", "val_lage")


@pytest.mark.parametrize("fill", [fill_plan_in_words, fill_full_with_plan_in_words])
@pytest.mark.parametrize("lage", ["intern", "publicering"])
def test_a_plan_in_words_is_one_link_from_oversikt(open_page, fill, lage: str):
    said = texts(open_page(fill, "oversikt.py", forbund="provet", period="2025", lage=lage))
    assert "Inga mål går att följa upp än" in said
    assert '<p class="fd-under">De 2 målen kan inte bedömas: 2 följs upp i ord.</p>' in said
    link = f'<a href="mal?forbund=provet&amp;period=2025&amp;lage={lage}" target="_self">Alla 2 mål</a>'
    assert said.count(link) == said.count('href="mal?') == 1


def test_an_incomplete_year_points_to_the_part_that_exists_and_the_forbund_opens_on_it(open_page):
    app = open_page(fill_full, "oversikt.py", forbund="provet", period="2025")
    said = texts(app)
    link = '<a href="?forbund=provet&amp;period=2025-K1&amp;lage=intern" target="_self">visa den perioden</a>'
    assert f"Jan–mars 2025 finns: {link}." in said
    assert "slumpen" not in said
    app = open_page(fill_full, "oversikt.py")
    assert app.selectbox(key="val_period").value == "2025-K1"
    assert "visa den perioden" not in texts(app)


def test_publicering_marks_the_page_and_hides_what_is_not_allowed(open_page):
    app = open_page(fill_full, "oversikt.py", forbund="provet", period="2025-K1", lage="publicering")
    said = texts(app)
    assert "Läge: publicering." in said
    assert "60 av 144" not in said
    assert '<span class="tal">..</span>' in said


@pytest.mark.parametrize("screen", [screen for screen in PAGES if screen not in ("styrelselage.py", "om_matten.py")])
def test_a_page_that_comes_before_rojandekontroll_says_that_and_nothing_of_persons(
    open_page, monkeypatch: pytest.MonkeyPatch, screen: str
):
    ready = Event()
    monkeypatch.setattr(protection, "PATIENCE", 0.01)
    monkeypatch.setattr(protection, "load_plan", lambda store, forbund: ready.wait(30))
    try:
        app = open_page(fill_full, screen, forbund="provet", period="2025", lage="publicering")
    finally:
        ready.set()
    said = texts(app)
    assert "för få personer" not in said
    assert '<span class="tal">' not in said
    if screen in ABOUT_PERSONS:
        assert [title.value for title in app.title] == ["Röjandekontrollen räknas om"]
        assert "Inget visas förrän den är klar" in said
        assert "<table" not in said


def fill_a_lotsarende(store: Store) -> None:
    fill_full(store)
    lots = Lotsarende("lots-1", Period.year(2025).start, "norr", "Samordnare Norr", "Kommunen", "Oklart")
    save_entries(store, "provet", [lots], ME)


def test_a_table_that_would_hold_nothing_but_signs_is_one_sentence(open_page):
    said = texts(open_page(fill_a_lotsarende, "samverkan.py", forbund="provet", period="2025", lage="publicering"))
    assert "Lotsärenden" in said
    assert "Visas bara i läge intern" in said
    assert "Samordnare Norr" not in said
    assert "Samordnare Norr" in texts(open_page(fill_a_lotsarende, "samverkan.py", forbund="provet", period="2025"))


def test_deliveries_are_not_shown_in_publicering(open_page):
    app = open_page(fill_full, "las_in.py", forbund="provet", period="2025", lage="publicering")
    assert app.title[0].value == "Filer läses in i läget intern"
    assert "stegen.csv" not in texts(app)


def test_choosing_another_lage_is_kept_in_the_url(open_page):
    app = open_page(fill_full, "oversikt.py")
    app.selectbox(key="val_lage").select("publicering").run()
    assert app.query_params == {"forbund": "provet", "period": "2025-K1", "lage": "publicering"}
    assert "Läge: publicering." in texts(app)


def fill_two(store: Store) -> None:
    fill_full(store)
    save_forbund(store, Forbund("andra", "Samordningsförbundet Andra"), ME)


@pytest.mark.parametrize("order", [("val_lage", "val_forbund"), ("val_forbund", "val_lage")])
def test_two_choices_that_come_in_one_run_are_both_kept(open_page, order: tuple[str, str]):
    """A server that is busy takes them together: publicering must not be lost on the way."""
    app = open_page(fill_two, "oversikt.py", forbund="provet", period="2025-K1")
    wanted = {"val_lage": "publicering", "val_forbund": "andra"}
    for key in order:
        app.selectbox(key=key).select(wanted[key])
    app.run()
    assert (app.query_params["forbund"], app.query_params["lage"]) == ("andra", "publicering")
    assert {key: app.selectbox(key=key).value for key in order} == wanted


def test_slides_that_are_chosen_with_another_period_are_kept(open_page):
    app = open_page(fill_full, "styrelselage.py", forbund="provet", period="2025-K1")
    slides = app.multiselect(key="val_insatsbilder")
    slides.select(slides.options[0])
    app.selectbox(key="val_period").select("2025").run()
    assert (app.query_params["period"], app.query_params["insatsbilder"]) == ("2025", "stegen")
    assert app.multiselect(key="val_insatsbilder").value == ["stegen"]
    assert not app.multiselect(key="val_insatsbilder").proto.set_value
    app.multiselect(key="val_insatsbilder").unselect("stegen").run()
    assert "insatsbilder" not in app.query_params


def test_what_is_done_before_the_browser_has_heard_of_a_choice_does_not_undo_it(open_page):
    app = open_page(fill_full, "oversikt.py", forbund="provet", period="2025-K1", lage="intern")
    before = dict(app.query_params)
    app.selectbox(key="val_lage").select("publicering").run()
    app.query_params = before
    app.run()
    assert app.query_params["lage"] == "publicering"
    assert app.selectbox(key="val_lage").value == "publicering"
    assert "Läge: publicering." in texts(app)
    app.selectbox(key="val_lage").select("intern").run()
    assert app.query_params["lage"] == "intern"
    assert "Läge: publicering." not in texts(app)


def test_a_choice_is_not_sent_back_to_the_browser_that_made_it(open_page):
    """It would take back the next one, made while the answer is on its way; what it does not know it is told."""
    app = open_page(fill_full, "oversikt.py", forbund="provet", period="2025-K1")
    assert [app.selectbox(key=key).proto.set_value for key in TOP] == [False, False, False]
    app.selectbox(key="val_lage").select("publicering").run()
    assert [app.selectbox(key=key).proto.set_value for key in TOP] == [False, False, False]
    app.query_params["lage"] = "intern"
    app.query_params["period"] = "2025"
    app.run()
    assert [app.selectbox(key=key).proto.set_value for key in TOP] == [False, True, True]
    assert [app.selectbox(key=key).value for key in TOP] == ["provet", "2025", "intern"]


def test_a_store_that_cannot_be_opened_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = tmp_path / "annat.db"
    other.write_text("inte en databas" * 100)
    monkeypatch.setenv("FINSAM_DATABAS", f"sqlite:///{other}")
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    assert not app.exception
    assert "är ingen databas från finsam_dash. Kontrollera filens namn." in texts(app)
    st.cache_resource.clear()
