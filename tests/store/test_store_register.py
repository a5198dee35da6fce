"""Förbund, insatser, grupper, settings, comparison values and the log."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from build_store import ME, empty_store

from finsam_dash.model import (
    ComparisonValue,
    CountingMode,
    Forbund,
    Gender,
    GenderScope,
    Insats,
    InsatsPeriod,
    Period,
    Purpose,
    Settings,
)
from finsam_dash.store import (
    Store,
    StoreError,
    UnknownForbundError,
    load_all_forbund,
    load_comparison_values,
    load_data_version,
    load_forbund,
    load_grupper,
    load_insatser,
    load_log,
    load_settings,
    save_comparison_values,
    save_forbund,
    save_grupp,
    save_insats,
    save_new_insatser,
    save_settings,
)
from finsam_dash.wording.store import format_store_error

VAXTHUSET = Insats("vaxthuset", "Växthuset", (InsatsPeriod(date(2010, 1, 1), date(2012, 7, 31)),), order=1)
VAXTHUSET_2 = Insats(
    "vaxthuset-2",
    "Växthuset II",
    (InsatsPeriod(date(2012, 8, 1), date(2014, 8, 31), "Projekt", "förlängd"), InsatsPeriod(date(2014, 9, 1), None)),
    kortnamn="Växthuset",
    purpose=Purpose.FORBEREDELSE,
    form="Finsam",
    counting_mode=CountingMode.ANONYM,
    gender_scope=GenderScope.KVINNOR,
    huvudman="Kommunen",
    parter="Kommunen, Regionen",
    malgrupp="Unga",
    syfte="Arbete",
    ort="Tierp",
    kommun="Tierp",
    grupp="lokus-norra",
    predecessors=("vaxthuset",),
    order=2,
)


@pytest.fixture
def store() -> Store:
    store = empty_store()
    save_grupp(store, "provet", "lokus-norra", "Lokusgrupp Norra", ME)
    return store


def test_an_insats_comes_back_as_it_was_saved(store: Store) -> None:
    save_insats(store, "provet", VAXTHUSET, ME)
    save_insats(store, "provet", VAXTHUSET_2, ME)
    assert load_insatser(store, "provet") == (VAXTHUSET, VAXTHUSET_2)
    assert load_grupper(store, "provet") == {"lokus-norra": "Lokusgrupp Norra"}


def test_a_change_is_logged_with_before_after_and_reason(store: Store) -> None:
    save_insats(store, "provet", VAXTHUSET, ME)
    closed = replace(VAXTHUSET, namn="Växthuset I", periods=())
    save_insats(store, "provet", closed, ME, reason="Bytte namn")
    assert load_insatser(store, "provet") == (closed,)
    entry = load_log(store, "provet")[-1]
    assert (entry.what, entry.reason, entry.actor, entry.forbund) == ("insats", "Bytte namn", ME, "provet")
    before, after = json.loads(entry.before), json.loads(entry.after)
    assert (before["namn"], after["namn"]) == ("Växthuset", "Växthuset I")
    assert before["periods"] == [{"start": "2010-01-01", "end": "2012-07-31", "label": "", "note": ""}]
    assert entry.data_version == load_data_version(store)


def test_saving_the_same_writes_nothing(store: Store) -> None:
    save_insats(store, "provet", VAXTHUSET, ME)
    save_settings(store, "provet", Settings(threshold=7), ME)
    version, rows = load_data_version(store), load_log(store)
    save_insats(store, "provet", VAXTHUSET, ME)
    save_settings(store, "provet", Settings(threshold=7), ME)
    save_forbund(store, load_forbund(store, "provet"), ME)
    save_grupp(store, "provet", "lokus-norra", "Lokusgrupp Norra", ME)
    assert save_new_insatser(store, "provet", [replace(VAXTHUSET, namn="Annat")], ME) == 0
    assert (load_data_version(store), load_log(store)) == (version, rows)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            replace(VAXTHUSET, kod="Växt"),
            "Koden ”Växt” går inte att använda. Skriv små bokstäver a–z, siffror och bindestreck.",
        ),
        (replace(VAXTHUSET, namn=" "), "Namnet saknas för koden ”vaxthuset”. Skriv ett namn."),
        (replace(VAXTHUSET, kod="lokus-norra"), "Koden ”lokus-norra” är redan upptagen. Välj en annan."),
        (replace(VAXTHUSET, namn="Tagen"), "En annan insats heter redan ”Tagen”. Välj ett annat namn."),
        (replace(VAXTHUSET, grupp="ingen"), "Gruppen ”ingen” finns inte i förbundet. Lägg till den först."),
        (replace(VAXTHUSET, predecessors=("ingen",)), "Insatsen ”ingen” finns inte i förbundet ”provet”."),
        (
            replace(VAXTHUSET, periods=(InsatsPeriod(date(2014, 2, 1), date(2014, 1, 1)),)),
            "Perioden för ”vaxthuset” slutar 2014-01-01, före sin början 2014-02-01. Byt plats på datumen.",
        ),
    ],
)  # fmt: skip
def test_an_impossible_insats_is_refused_in_words(store: Store, new: Insats, sentence: str) -> None:
    save_insats(store, "provet", Insats("tagen", "Tagen"), ME)
    version = load_data_version(store)
    with pytest.raises(StoreError) as refused:
        save_insats(store, "provet", new, ME)
    assert format_store_error(refused.value) == sentence
    assert (load_data_version(store), len(load_insatser(store, "provet"))) == (version, 1)


def test_codes_are_one_list_and_förbund_are_apart(store: Store) -> None:
    save_insats(store, "provet", VAXTHUSET, ME)
    with pytest.raises(StoreError, match="kod_upptagen"):
        save_grupp(store, "provet", "vaxthuset", "Grupp", ME)
    save_forbund(store, Forbund("annat", "Annat", pahittad=True), ME)
    save_insats(store, "annat", replace(VAXTHUSET, namn="Ett annat"), ME)
    assert [one.namn for one in load_insatser(store, "provet")] == ["Växthuset"]
    assert [one.kod for one in load_all_forbund(store)] == ["provet", "annat"]
    with pytest.raises(UnknownForbundError) as unknown:
        load_insatser(store, "inget")
    assert format_store_error(unknown.value) == "Förbundet ”inget” finns inte."


def test_settings_are_dated_and_never_lost(store: Store) -> None:
    assert load_settings(store, "provet") == Settings()
    save_settings(store, "provet", Settings(threshold=7), ME)
    time = load_log(store)[-1].time
    save_settings(store, "provet", Settings(threshold=7, accent="#123456", logo_png=b"\x00\xff"), ME)
    assert load_settings(store, "provet") == Settings(threshold=7, accent="#123456", logo_png=b"\x00\xff")
    assert load_settings(store, "provet", at="2000-01-01T00:00:00Z") == Settings()
    assert load_settings(store, "provet", at=time).threshold == 7


def test_two_riksvarden_for_one_year_are_both_kept_and_own_values_stay_own(store: Store) -> None:
    riket = ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", Period.parse("2015"), 0.33, "SUS")
    later = replace(riket, value=0.34, extracted=date(2016, 11, 1), note="annan källa")
    own = replace(riket, kind="region", name="Länet")
    assert save_comparison_values(store, [riket, later], ME) == 2
    assert save_comparison_values(store, [riket], ME) == 0
    assert save_comparison_values(store, [own], ME, "provet") == 1
    save_forbund(store, Forbund("annat", "Annat"), ME)
    assert load_comparison_values(store, "provet") == (riket, later, own)
    assert load_comparison_values(store, "annat") == (riket, later)
