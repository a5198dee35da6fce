"""The plan in the store: made once, kept while it holds, made anew when it does not; and the record of publications."""

from dataclasses import replace

import pytest
from build_figures import insats
from build_store import ME, deliver, empty_store
from click.testing import CliRunner

from finsam_dash.cli import main
from finsam_dash.judgement.protection.places import RowKey
from finsam_dash.judgement.protection.publish import plan_from_text, plan_to_text
from finsam_dash.model import Forbund, Gender, Period, SubjectKind, Target
from finsam_dash.report import build, protection
from finsam_dash.report.protection import (
    ChangedFiguresError,
    find_plan,
    load_plan,
    load_records,
    make_key,
    record_once,
    record_publication,
)
from finsam_dash.store import (
    UnknownForbundError,
    backup,
    load_data_version,
    load_log,
    load_publications,
    load_settings,
    open_store,
    restore,
    save_entries,
    save_forbund,
    save_insats,
    save_settings,
)
from finsam_dash.wording.protection import PER_INTERN, list_hidden, list_hidden_insatser

HALF = Period.parse("2024-H1")
COUNTS = {"bro": (40, 14), "stegen": (30, 3)}


ROWS = [
    (kod, matt, "alla", half, value)
    for kod, counts in COUNTS.items()
    for half in ("2024-H1", "2024-H2")
    for matt, value in zip(("avslutade", "till_arbete_studier"), counts, strict=True)
]


@pytest.fixture
def store():
    made = empty_store(*(insats(kod, "2024-01-01") for kod in COUNTS))
    deliver(made, *ROWS)
    return made


def test_a_plan_is_made_once(store, monkeypatch):
    assert find_plan(store, "provet") is None
    before = load_data_version(store)
    made = load_plan(store, "provet")
    assert RowKey("stegen", Gender.ALLA, HALF, "till_arbete_studier") in made.hidden
    assert load_data_version(store) == before
    monkeypatch.setattr(protection, "plan_publishing", None)
    again = load_plan(store, "provet")
    assert (again.shown, again.hidden) == (made.shown, made.hidden)


def test_goals_and_publications_leave_the_plan_and_figures_and_settings_do_not(store):
    load_plan(store, "provet")
    save_entries(store, "provet", [Target("mal", "Plan", "Förbund", "Ett mål", Period.parse("2024"))], ME)
    record_publication(store, "provet", "Delårsrapport", HALF, ME)
    assert find_plan(store, "provet") is not None
    save_settings(store, "provet", replace(load_settings(store, "provet"), threshold=7), ME)
    assert find_plan(store, "provet") is None
    load_plan(store, "provet")
    deliver(store, ("bro", "avslutade", "alla", "2024-H2", 44), name="sen.csv")
    assert find_plan(store, "provet") is None


def test_a_publication_says_what_when_who_and_of_which_data_version(store):
    version = load_data_version(store)
    record_publication(store, "provet", "Delårsrapport.docx", HALF, ME)
    record_publication(store, "provet", "Bilder", HALF, ME)
    first, second = load_publications(store, "provet")
    assert (first.what, first.period, first.actor, first.data_version) == ("Delårsrapport.docx", HALF, ME, version)
    assert (bool(first.record), second.record) == (True, "")
    assert [entry.what for entry in load_log(store, "provet")][-2:] == ["publicering", "publicering"]


def test_an_earlier_publication_counts_when_the_figures_have_changed(store):
    record_publication(store, "provet", "Delårsrapport", HALF, ME)
    assert load_records(store, "provet", make_key(store, "provet")) == ()
    deliver(store, ("bro", "avslutade", "alla", "2024-H1", 42), name="sen.csv")
    assert len(load_records(store, "provet", make_key(store, "provet"))) == 1
    changed = RowKey("bro", Gender.ALLA, HALF, "avslutade")
    assert changed in load_plan(store, "provet").hidden, "from 40 to 42 tells of two persons"


def test_what_was_made_before_the_figures_changed_is_neither_recorded_nor_to_be_handed_out(store):
    version = load_data_version(store)
    record_publication(store, "provet", "Före", HALF, ME, data_version=version)
    save_settings(store, "provet", replace(load_settings(store, "provet"), accent="#005a9c"), ME)
    assert record_once(store, "provet", "Före", HALF, ME, data_version=version) is False
    deliver(store, ("bro", "avslutade", "alla", "2024-H1", 42), name="sen.csv")
    for record in (record_publication, record_once):
        with pytest.raises(ChangedFiguresError):
            record(store, "provet", "Före", HALF, ME, data_version=version)
        with pytest.raises(ChangedFiguresError):
            record(store, "provet", "Efter", HALF, ME, data_version=version)
    assert [entry.what for entry in load_publications(store, "provet")] == ["Före"]
    record_publication(store, "provet", "Efter", HALF, ME, data_version=load_data_version(store))
    save_settings(store, "provet", replace(load_settings(store, "provet"), threshold=7), ME)
    with pytest.raises(ChangedFiguresError):
        record_publication(store, "provet", "Efter", HALF, ME, data_version=load_data_version(store) - 1)


def test_figures_that_change_while_the_plan_is_made_are_read_anew(store, monkeypatch):
    """By itself the plan would be of other figures than those that are shown."""
    late = [("bro", "avslutade", "alla", "2024-H1", 42)]

    def load(*asked):
        if late:
            deliver(store, late.pop(), name="sen.csv")
        return load_plan(*asked)

    monkeypatch.setattr(build, "load_plan", load)
    figures, plan = build.load_protected(store, "provet")
    assert figures.find_figure((SubjectKind.INSATS, "bro"), "avslutade", Gender.ALLA, HALF).value == 42
    assert plan.shown == load_plan(store, "provet").shown


def test_settings_that_hide_nothing_leave_the_plan(store):
    load_plan(store, "provet")
    save_settings(store, "provet", replace(load_settings(store, "provet"), accent="#005a9c", report_day=12), ME)
    assert find_plan(store, "provet") is not None
    for changed in ({"threshold": 6}, {"show_zero": False}, {"publishing_grid": "tertial"}):
        before = load_settings(store, "provet")
        save_settings(store, "provet", replace(before, **changed), ME)
        save_settings(store, "provet", before, ME)
        assert find_plan(store, "provet") is None, "what was published meanwhile, under other settings, is known"
        load_plan(store, "provet")


def test_a_restored_store_keeps_on_record_what_was_published_since(tmp_path):
    """The backup knows nothing of the report; its readers still have it, so the next plan protects against it."""
    made = open_store(f"sqlite:///{tmp_path / 'finsam.db'}")
    save_forbund(made, Forbund("provet", "Provet"), ME)
    for kod in COUNTS:
        save_insats(made, "provet", insats(kod, "2024-01-01"), ME)
    deliver(made, *ROWS)
    record_publication(made, "provet", "Före", HALF, ME)
    backup(made, tmp_path / "kopia.db")
    deliver(made, ("bro", "avslutade", "alla", "2024-H1", 60), name="sen.csv")
    record_publication(made, "provet", "Delårsrapport", HALF, ME)
    before = load_publications(made, "provet")
    restore(made, tmp_path / "kopia.db", ME)
    after = load_publications(made, "provet")
    assert [(one.what, one.key, one.record, one.time) for one in after] == [
        (one.what, one.key, one.record, one.time) for one in before
    ]
    assert len(load_records(made, "provet", make_key(made, "provet"))) == 2
    deliver(made, ("bro", "avslutade", "alla", "2024-H1", 62), name="senare.csv")
    changed = RowKey("bro", Gender.ALLA, HALF, "avslutade")
    assert changed in load_plan(made, "provet").hidden, "from the 60 of the report to 62 tells of two persons"


def test_the_hidden_are_counted_by_insats(store):
    plan = load_plan(store, "provet")
    names = {"bro": "Bron", "stegen": "Stegen"}
    rows = list_hidden_insatser(plan, HALF, names)
    assert sum(int(row[1]) for row in rows) == len(list_hidden(plan, HALF, names)) > 0
    assert all(int(row[1]) == int(row[2]) + int(row[3]) for row in rows)
    assert [row[0] for row in rows if row[0] != "Hela förbundet"] == ["Bron", "Stegen"]


@pytest.mark.parametrize("command", [["rapport", "--till", "rapport.docx"], ["indikatorer", "--lage", "publicering"]])
def test_what_was_known_on_a_day_is_not_handed_out(command, tmp_path):
    name, *options = command
    url = f"sqlite:///{tmp_path / 'finsam.db'}"
    asked = [
        "--databas",
        url,
        "--tom",
        name,
        "--forbund",
        "provet",
        "--period",
        "2024",
        "--per",
        "2024-10-01",
        *options,
    ]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 2
    assert f"--per {PER_INTERN} Lägg till --lage intern, eller ta bort --per." in done.stderr.replace("\n", " ")


def test_a_plan_there_and_back(store):
    plan = load_plan(store, "provet")
    assert plan_from_text(plan_to_text(plan), with_record=True) == plan


def test_an_unknown_forbund(store):
    with pytest.raises(UnknownForbundError):
        load_plan(store, "finns-inte")
