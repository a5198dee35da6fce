"""The pages Insats and Jämförelse by Streamlit's own test runner: what they say and what they draw."""

from datetime import timedelta

import pytest
from build_store import ME, deliver
from page_run import texts
from page_states import add_forbund, fill_full, fill_full_with_plan_in_words, fill_one_insats, fill_one_late
from read_figures import read_figures
from streamlit.testing.v1 import AppTest

from finsam_dash.model import Forbund, Period
from finsam_dash.store import Store, save_forbund


def alts(app: AppTest) -> list[str]:
    return [chart.alt for chart in read_figures(app)]


def test_insats_shows_the_one_that_the_address_asks_for(open_page):
    app = open_page(fill_full, "insats.py", forbund="provet", period="2025-K1", insats="navet")
    assert app.title[0].value == "Navet: 42\u00a0procent gick till arbete eller studier under första kvartalet 2025"
    select = next(select for select in app.selectbox if select.label == "Insats")
    assert (select.value, select.options) == ("navet", ["Stegen", "Navet"])
    assert alts(app)[0].startswith("Punktdiagram med 1 rad.")


def test_another_insats_keeps_the_rest_of_the_choice(open_page):
    app = open_page(fill_full, "insats.py", forbund="provet", period="2025-K1")
    next(select for select in app.selectbox if select.label == "Insats").set_value("navet").run()
    assert app.title[0].value.startswith("Navet: ")
    query = {name: values[0] if isinstance(values, list) else values for name, values in app.query_params.items()}
    assert query == {"forbund": "provet", "period": "2025-K1", "lage": "intern", "insats": "navet"}


def test_a_late_month_is_named_and_gives_no_share(open_page):
    app = open_page(fill_one_late, "insats.py", forbund="provet", period="2025-K1", insats="navet")
    assert app.title[0].value == (
        "Navet: utfallet under första kvartalet 2025 kan inte räknas, inget inlämnat för mars 2025"
    )


def test_only_few_charts_stand_on_the_first_view(open_page):
    assert len(alts(open_page(fill_full, "insats.py", forbund="provet", period="2025-K1"))) == 3
    assert len(alts(open_page(fill_full, "jamforelse.py", forbund="provet", period="2025-K1"))) == 1


def test_comparison_says_the_number_of_comparisons_and_what_it_cannot_tell(open_page):
    app = open_page(fill_full, "jamforelse.py", forbund="provet", period="2025-K1")
    said = texts(app)
    assert app.title[0].value == "Ingen av två insatser avviker tydligt från insatserna tillsammans"
    assert "Två jämförelser: bara utanför 99,8\u00a0% sägs en insats avvika tydligt." in said
    assert "Jämförelsen är oviktad." in said
    assert "Insatserna står i planens ordning och rangordnas inte." in said


def test_a_single_insats_has_nothing_to_be_compared_with(open_page):
    app = open_page(fill_one_insats, "jamforelse.py", forbund="provet", period="2025-K1")
    assert app.title[0].value == "Utan angivet syfte: inget att jämföra med för perioden"
    assert "Stegen: 30 av 72 (42\u00a0%)" in alts(app)[0]


def fill_by_month(store: Store) -> None:
    """Two insatser by month, each month with itself and once more a month later with one more avslutad."""
    add_forbund(store, "stegen", "navet")
    months = Period.parse("2024-01/2025-06").months()
    for place, month in enumerate(months):
        rows = []
        for late, part in ((0, month), (1, months[place - 1])):
            if place or not late:
                counts = {"avslutade": 10 + late, "till_arbete_studier": 4 + place % 3}
                rows += [(kod, matt, "alla", part.code, n) for kod in ("stegen", "navet") for matt, n in counts.items()]
        deliver(store, *rows, known_from=month.end + timedelta(days=10))


def fill_invented(store: Store) -> None:
    fill_full_with_plan_in_words(store)
    save_forbund(store, Forbund("provet", "Samordningsförbundet Provet", pahittad=True), ME)


@pytest.mark.parametrize(
    ("screen", "tabs"),
    [("mal.py", {}), ("insats.py", {"insatsflikar": "Bakgrund"}), ("jamforelse.py", {"jamforelseflikar": "Tabell"})],
)
def test_invented_data_stand_out_wherever_they_are_named(open_page, screen: str, tabs: dict[str, str]):
    app = open_page(fill_invented, screen, forbund="provet", period="2025")
    for key, tab in tabs.items():
        app.session_state[key] = tab
    said = texts(app.run())
    assert said.count("<strong>Påhittade data.</strong>") == said.count("Påhittade data.") > 1


def open_with(open_page, screen: str, state: dict[str, object], **query: str) -> AppTest:
    app = open_page(fill_by_month, screen, forbund="provet", period="2025-H1", **query)
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def test_over_time_is_built_when_its_tab_is_opened_and_says_what_it_reads(open_page):
    closed = open_page(fill_by_month, "insats.py", forbund="provet", period="2025-H1", insats="stegen")
    assert [control for control in closed.button_group if control.label == "Tid"] == []
    app = open_with(open_page, "insats.py", {"insatsflikar": "Över tid", "tidssteg": "manad"}, insats="stegen")
    assert not app.exception
    said = texts(app).replace("\u00a0", " ")
    assert "Varje punkt är en månad. Den senaste månaden skiljer sig inte mer än slumpen brukar ge" in said
    assert "När en månad har varit slut i en månad brukar den öka med 1 avslutad och efter två inte alls." in said
    assert "Första halvåret 2025 mot första halvåret 2024: 49 % mot 45 %, skillnaden kan vara slump" in said
    assert any("gränser för den senaste lästa punkten" in alt for alt in alts(app))


def test_the_forbund_over_time_is_a_fold_of_oversikt(open_page):
    app = open_with(open_page, "oversikt.py", {"over_tid": True, "tidssteg": "rullande"})
    assert not app.exception
    assert "gick till arbete eller studier de tolv månaderna t.o.m. juni 2025" in texts(app)


def test_a_cut_that_another_insats_does_not_have_is_forgotten(open_page):
    app = open_with(open_page, "insats.py", {"insatsflikar": "Över tid", "tidssteg": "vecka"}, insats="stegen")
    assert not app.exception
    assert "gick till arbete eller studier de tolv månaderna t.o.m. juni 2025" in texts(app)


def test_publicering_refuses_months_of_an_insats_in_a_sentence(open_page):
    state = {"insatsflikar": "Över tid", "tidssteg": "manad"}
    app = open_with(open_page, "insats.py", state, insats="stegen", lage="publicering")
    assert not app.exception
    said = texts(app)
    assert "Enskilda månader ingår inte i det som förbundet lämnar ut, så serien visas inte." in said
    assert "brukar den öka" not in said


@pytest.mark.parametrize(
    ("tab", "text"),
    [
        ("Lika sammansättning", "omräknad till samma sammansättning efter kön"),
        ("Mot året före", "Perioden mot samma tid året före"),
        ("Tratt", "Ingen av två insatser skiljer sig mer från insatserna tillsammans än slumpen förklarar"),
    ],
)
def test_the_tabs_of_comparison_are_drawn(open_page, tab, text):
    app = open_page(fill_full, "jamforelse.py", forbund="provet", period="2025-K1")
    app.session_state["jamforelseflikar"] = tab
    app.run()
    assert not app.exception
    assert text in texts(app).replace("\u00a0", " ")
    assert all(alt for alt in alts(app))
