"""Goals on their page: a changed count changes the row, and a förbundschef enters, changes and ends goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from build_figures import insats, share_goal
from build_store import ME, deliver
from page_run import find, open_page, press, read_html
from streamlit.testing.v1 import AppTest

from finsam_dash.model import DenominatorType, Period, Riktning, Target, TargetKind, Unit
from finsam_dash.store import (
    Store,
    load_comparison_values,
    load_entries,
    load_entry_versions,
    save_entries,
    save_insats,
)

GOAL = share_goal(kod="plan-1", plan="Verksamhetsplan 2025")


@pytest.fixture
def store(store: Store) -> Store:
    """A store with one insats and one year."""
    save_insats(store, "provet", insats("bron"), ME)
    deliver(store, ("bron", "avslutade", "alla", "2025", 70), ("bron", "till_arbete_studier", "alla", "2025", 22))
    return store


def read_tables(app: AppTest) -> str:
    return read_html(app).replace("\xa0", " ")


def test_one_changed_count_changes_the_row(store: Store) -> None:
    save_entries(store, "provet", [GOAL], ME)
    before = read_tables(open_page("mal.py"))
    assert "22 av 70 (31 %)" in before
    assert "■ Ja" in before
    assert "+1" in before
    deliver(store, ("bron", "till_arbete_studier", "alla", "2025", 16))
    after = read_tables(open_page("mal.py"))
    assert "16 av 70 (23 %)" in after
    assert "□ Nej" in after
    assert "−5" in after


def test_a_goal_is_entered_without_a_file(store: Store) -> None:
    app = open_page("mal.py")
    assert "Inga mål är inlagda för 2025" in read_tables(app)
    app.button(key="nytt_mal").click().run()
    next(area for area in app.text_area if area.label.startswith("Målet")).set_value(GOAL.text)
    find(app.text_input, "Målvärde").set_value("30 %")
    app.button(key="spara_mal").click().run()
    assert not app.exception
    (saved,) = load_entries(store, "provet", Target)
    assert (saved.kod, saved.text, saved.malvarde, saved.unit) == ("verksamhetsplan-2025-1", GOAL.text, 0.3, Unit.ANDEL)
    assert "22 av 70 (31 %)" in read_tables(open_page("mal.py"))


def test_a_goal_that_cannot_be_read_is_not_saved(store: Store) -> None:
    app = open_page("mal.py")
    app.button(key="nytt_mal").click().run()
    find(app.text_input, "Målvärde").set_value("trettio")
    app.button(key="spara_mal").click().run()
    said = read_tables(app)
    assert "Målet är inte sparat." in said
    assert "Målets ord saknas. Skriv målet så som det står i planen." in said
    assert "”trettio” är inget målvärde. Skriv till exempel 30 % eller 150." in said
    assert load_entries(store, "provet", Target) == ()


def test_a_goal_is_commented_and_ended_and_every_version_kept(store: Store) -> None:
    save_entries(store, "provet", [GOAL], ME)
    app = open_page("mal.py")
    app.selectbox(key="valt_mal").select("plan-1").run()
    app.text_area(key="analys_plan-1").set_value("Bättre än i fjol.")
    press(app, "Spara analysen")
    app.selectbox(key="valt_mal").select("plan-1").run()
    assert app.text_area(key="analys_plan-1").value == "Bättre än i fjol."
    app.button(key="avsluta_mal").click().run()
    (ended,) = load_entries(store, "provet", Target)
    assert ended.ended is not None
    assert len(load_entry_versions(store, "provet", Target, "plan-1")) == 2
    told = [text.value for text in app.text]
    assert [text.partition(": ")[2] for text in told[-2:]] == [
        "lokal användare, målvärde 30\u00a0%", "Test, målvärde 30\u00a0%"
    ]  # fmt: skip


def test_the_words_of_a_goal_are_changed_and_nothing_else(store: Store) -> None:
    """The form has no field for a baseline, a group, a deadline of its own or a measure that is not computed."""
    goal = replace(
        GOAL, kind=TargetKind.BASLINJE, riktning=Riktning.OKA, malvarde=None, unit=None, malkalla="baslinje",
        baseline=0.4, baseline_period="2024", indikator="andel_forbattrad_halsa", namnare_typ=DenominatorType.SVARANDE,
        scope="delgrupp", klass="unga", deadline=date(2025, 11, 30),
    )  # fmt: skip
    save_entries(store, "provet", [goal], ME)
    app = open_page("mal.py")
    app.selectbox(key="valt_mal").select("plan-1").run()
    app.button(key="andra_mal").click().run()
    assert find(app.selectbox, "Målet är").value == "kvar"
    assert find(app.selectbox, "Mäts med").value == "andel_forbattrad_halsa"
    next(area for area in app.text_area if area.label.startswith("Målet")).set_value("Fler mår bättre.")
    app.button(key="spara_mal").click().run()
    assert not app.exception
    assert load_entries(store, "provet", Target) == (replace(goal, text="Fler mår bättre."),)


def write_riksvarde(source: str) -> AppTest:
    app = open_page("riket.py", folds=("nytt_jamforelsevarde",))
    for label, value in (("År", "2025"), ("Värde", "34 %"), ("Källa", source)):
        find(app.text_input, label).set_value(value)
    return press(app, "Spara värdet")


def test_a_personnummer_in_what_is_written_is_refused_and_nothing_is_saved(store: Store) -> None:
    said = read_html(write_riksvarde("Samtal med 850709-9805"))
    assert "<strong>Inget har sparats.</strong> Texten ser ut att innehålla ett personnummer." in said
    assert load_comparison_values(store, "provet") == ()


def test_a_riksvarde_is_added_with_its_source(store: Store) -> None:
    app = write_riksvarde("Egen sammanställning")
    assert not app.exception
    (value,) = load_comparison_values(store, "provet")
    assert (value.kind, value.value, value.period) == ("riket", 0.34, Period.year(2025))
    assert "2025 hade förbundet 31 % och riket 34 %" in app.title[0].value.replace("\xa0", " ")
