"""Equal mix from the store: the worked Simpson case, whom it leaves out and why, and what publicering shows."""

from __future__ import annotations

from datetime import date

import pytest
from build_store import deliver, empty_store

from finsam_dash.model import GenderScope, Insats, InsatsPeriod, Lage, Measured, Period, Purpose, Suppressed
from finsam_dash.report.build import build_report
from finsam_dash.report.content_comparison import CaseMix
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.store import Store

ALWAYS = (InsatsPeriod(date(2020, 1, 1), None),)
YEAR = Period.year(2025)
TIME = "forsorjningstid"
NEAR, FAR = "under_1_ar", "over_3_ar"
SIMPSON = {"arken": {NEAR: (18, 30), FAR: (14, 70)}, "bron": {NEAR: (42, 75), FAR: (4, 25)}}
"""The method note's case: Arken meets mostly those who have been long without work, and is better for both groups."""


def insats(kod: str, order: int, **changed: object) -> Insats:
    return Insats(kod, kod.capitalize(), ALWAYS, purpose=Purpose.ATERGANG, order=order, **changed)


def strata_rows(kod: str, indelning: str, strata: dict[str, tuple[int, int]]) -> list[tuple[str, str, str, str, float]]:
    return [
        (kod, f"{matt}@{indelning}:{klass}", "alla", "2025", count)
        for klass, (k, n) in strata.items()
        for matt, count in (("avslutade", n), ("till_arbete_studier", k))
    ]


def whole_rows(kod: str, k: int, n: int, gender: str = "alla") -> list[tuple[str, str, str, str, float]]:
    return [(kod, "avslutade", gender, "2025", n), (kod, "till_arbete_studier", gender, "2025", k)]


def simpson_store(*more: Insats) -> Store:
    store = empty_store(insats("arken", 1), insats("bron", 2), *more)
    for kod, strata in SIMPSON.items():
        deliver(store, *strata_rows(kod, TIME, strata))
        deliver(store, *whole_rows(kod, sum(k for k, _ in strata.values()), sum(n for _, n in strata.values())))
    return store


def mixes(store: Store, lage: Lage = Lage.INTERN) -> dict[str, CaseMix]:
    report = build_report(store, "provet", YEAR, lage=lage, as_of=date(2026, 2, 1), sections=("case_mix",))
    assert from_json(to_json(report)) == report
    return {one.indelning: one for one in report.case_mix}


def test_the_simpson_case_turns_and_the_crude_shares_stand_beside():
    mix = mixes(simpson_store())[TIME]
    assert (mix.klasser, mix.weights, mix.turned) == ((NEAR, FAR), (105, 95), (("arken", "bron"),))
    arken, bron = mix.rows
    assert (arken.crude.value.numerator, bron.crude.value.numerator) == (32, 46)
    assert [(dot.value.numerator, dot.value.denominator) for dot in arken.strata] == [(18, 30), (14, 70)]
    assert arken.standardised.value == pytest.approx(0.41)
    assert bron.standardised.value == pytest.approx(0.37)
    assert mix.largest_change == pytest.approx(0.09)
    assert (arken.reason, arken.standardised.numerator, arken.standardised.denominator) == ("", None, None)


def test_an_insats_with_a_small_group_stands_without_an_equal_share_and_is_told_why():
    store = simpson_store(insats("cirkeln", 3), insats("dalen", 4), insats("ekan", 5))
    deliver(store, *strata_rows("cirkeln", TIME, {NEAR: (4, 9), FAR: (10, 40)}), *whole_rows("cirkeln", 14, 49))
    deliver(store, *strata_rows("dalen", TIME, {NEAR: (5, 20), FAR: (10, 40)}), *whole_rows("dalen", 15, 61))
    deliver(store, *whole_rows("ekan", 15, 61))
    mix = mixes(store)[TIME]
    assert {row.crude.key: row.reason for row in mix.rows} == {
        "arken": "", "bron": "", "cirkeln": "for_fa", "dalen": "ofullstandig", "ekan": "ofullstandig",
    }  # fmt: skip
    assert [row.standardised is None for row in mix.rows] == [False, False, True, True, True]
    assert mix.weights == (105, 95)


def test_where_no_two_are_large_enough_the_strata_stand_side_by_side():
    store = simpson_store()
    deliver(store, *strata_rows("bron", TIME, {NEAR: (42, 91), FAR: (4, 9)}), known_from=date(2026, 1, 20))
    mix = mixes(store)[TIME]
    assert (mix.weights, mix.turned, mix.largest_change) == ((), (), None)
    assert [(row.standardised, row.reason) for row in mix.rows] == [(None, ""), (None, "for_fa")]
    assert all(isinstance(dot.value, Measured) for row in mix.rows for dot in row.strata)


def test_kon_is_a_mix_too_and_an_insats_for_one_kon_has_no_other_group():
    store = empty_store(insats("arken", 1), insats("bron", 2), insats("cirkeln", 3, gender_scope=GenderScope.KVINNOR))
    for kod in ("arken", "bron"):
        deliver(store, *whole_rows(kod, 10, 30, "kvinna"), *whole_rows(kod, 20, 40, "man"))
    deliver(store, *whole_rows("cirkeln", 10, 30, "kvinna"))
    mix = mixes(store)["kon"]
    assert (mix.klasser, mix.weights) == (("kvinna", "man"), (60, 80))
    assert [row.reason for row in mix.rows] == ["", "", "for_fa"]
    assert mix.rows[0].standardised.value == pytest.approx(30 / 70)


def test_how_it_ended_is_no_mix_and_a_single_insats_is_compared_with_nobody():
    store = simpson_store()
    for kod in SIMPSON:
        deliver(store, *strata_rows(kod, "avslutsanledning", {"a": (20, 40), "b": (12, 60)}))
    assert "avslutsanledning" not in mixes(store)
    alone = empty_store(insats("arken", 1))
    deliver(alone, *strata_rows("arken", TIME, SIMPSON["arken"]), *whole_rows("arken", 32, 100))
    assert mixes(alone) == {}


def test_publicering_refuses_classes_and_computes_from_what_it_shows_alone():
    store = empty_store(insats("arken", 1), insats("bron", 2), insats("cirkeln", 3))
    for kod, women, men in (
        ("arken", (20, 60), (30, 70)), ("bron", (25, 55), (22, 66)), ("cirkeln", (2, 12), (20, 60))
    ):  # fmt: skip
        deliver(store, *whole_rows(kod, *women, "kvinna"), *whole_rows(kod, *men, "man"))
        deliver(store, *strata_rows(kod, TIME, {NEAR: (women[0], women[1]), FAR: (men[0], men[1])}))
    open_, cut = mixes(store), mixes(store, Lage.PUBLICERING)
    assert open_[TIME].weights
    assert cut[TIME] == CaseMix(Purpose.ATERGANG, TIME, open_[TIME].klasser, (), refused=True)
    kon = cut["kon"]
    by_kod = {row.crude.key: row for row in kon.rows}
    assert isinstance(by_kod["cirkeln"].strata[0].value, Suppressed)
    assert (by_kod["cirkeln"].standardised, by_kod["cirkeln"].reason) == (None, "dold")
    shown = [kod for kod, row in by_kod.items() if row.standardised is not None]
    weights = [sum(by_kod[kod].strata[place].value.denominator for kod in shown) for place in range(len(kon.klasser))]
    assert kon.weights == (tuple(weights) if len(shown) > 1 else ())
