"""Five years in every cut: what is drawn, read and refused, and the usual corrections learnt from the deliveries."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from build_figures import share_goal
from build_store import ME, deliver, empty_store
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.over_time_lag import LagStep
from finsam_dash.model import (
    DenominatorType,
    Event,
    Figure,
    Gender,
    Insats,
    InsatsPeriod,
    Lage,
    Measured,
    Missing,
    Period,
    Qualifier,
    Riktning,
    SubjectKind,
    Suppressed,
    Unit,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.content_over_time import OverTime, Series
from finsam_dash.report.over_time import HEADLINE_COUNTS, list_corrections
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.stats.proportions import newcombe, wilson
from finsam_dash.store import Store, load_versions, save_entries, undo_delivery

ALWAYS = (InsatsPeriod(date(2010, 1, 1), None),)
STEGEN, NAVET = Insats("stegen", "Stegen", ALWAYS), Insats("navet", "Navet", ALWAYS)
TODAY = date(2026, 6, 1)
YEAR = Period.year(2025)
FIVE_YEARS = Period.parse("2021-01/2025-12").months()


def over_time(store: Store, insats: str | None = "stegen", period: Period = YEAR, lage: Lage = Lage.INTERN) -> OverTime:
    report = build_report(store, "provet", period, lage=lage, as_of=TODAY, sections=("over_time",), insats=insats)
    assert from_json(to_json(report)) == report
    assert report.over_time is not None
    return report.over_time


def steps(over: OverTime) -> dict[str, Series]:
    return {series.step: series for series in over.series}


def month_rows(kod: str, months, ks, ns) -> list[tuple[str, str, str, str, float]]:
    return [
        (kod, matt, "alla", month.code, count)
        for month, k, n in zip(months, ks, ns, strict=True)
        for matt, count in (("avslutade", n), ("till_arbete_studier", k))
    ]


def draw_counts(seed: int, mean: int, level: float = 0.4) -> tuple[list[int], list[int]]:
    random = Random(seed)
    ns = [max(0, mean + random.randint(-mean // 3, mean // 3)) for _ in FIVE_YEARS]
    return [sum(random.random() < level for _ in range(n)) for n in ns], ns


def fill(mean: int = 20, level: float = 0.4, known: date = date(2026, 5, 10)) -> tuple[Store, list[int], list[int]]:
    ks, ns = draw_counts(7, mean, level)
    store = empty_store(STEGEN)
    deliver(store, *month_rows("stegen", FIVE_YEARS, ks, ns), known_from=known)
    return store, ks, ns


def test_every_cut_adds_the_counts_of_its_months():
    store, ks, ns = fill()
    found = steps(over_time(store))
    assert list(found) == ["manad", "rullande", "tertial", "halvar", "ar"]
    for step, length, stride in (
        ("manad", 1, 1),
        ("rullande", 12, 1),
        ("tertial", 4, 4),
        ("halvar", 6, 6),
        ("ar", 12, 12),
    ):
        expected = [
            (sum(ks[first : first + length]), sum(ns[first : first + length]))
            for first in range(0, 60 - length + 1, stride)
        ]
        points = found[step].points
        assert [(point.value.numerator, point.value.denominator) for point in points] == expected
        assert points[-1].period.end == date(2025, 12, 31)


def test_a_part_of_the_year_that_has_not_ended_is_no_point():
    store, _, _ = fill()
    found = steps(over_time(store, period=Period.parse("2025-K3")))
    assert found["manad"].points[-1].period.code == "2025-09"
    assert found["tertial"].points[-1].period.code == "2025-T2"
    assert found["halvar"].points[-1].period.code == "2025-H1"
    assert found["ar"].points[-1].period.code == "2024"


def test_rolling_years_are_never_read_and_large_months_are():
    store, _, _ = fill()
    found = steps(over_time(store))
    assert found["rullande"].reading is None
    reading = found["manad"].reading
    assert (reading.kind, reading.points, reading.months, found["manad"].joined) == ("p_diagram", 60, 1, ())
    assert (found["halvar"].reading.kind, found["ar"].reading.kind) == ("trend", "trend")
    assert found["manad"].read_until == FIVE_YEARS[-1]


def test_small_months_are_joined_and_their_limits_are_of_the_joined_points():
    store, ks, ns = fill(mean=4)
    series = steps(over_time(store))["manad"]
    reading = series.reading
    assert (reading.kind, reading.months) == ("p_diagram", 3)
    assert len(series.joined) == len(reading.limits) == 20
    for place, point in enumerate(series.joined):
        k, n = sum(ks[place * 3 : place * 3 + 3]), sum(ns[place * 3 : place * 3 + 3])
        assert (point.value, point.period.month_count) == (Measured(k / n, k, n, *wilson(k, n)), 3)


def test_a_month_that_is_missing_is_a_gap_and_no_point_of_the_reading():
    store, _, _ = fill()
    deliver(store, ("stegen", "avslutade", "alla", "2023-05", None), known_from=date(2026, 5, 20))
    found = steps(over_time(store))
    assert isinstance(found["manad"].points[28].value, Missing)
    assert found["manad"].reading.points == 59
    assert [point.period.code for point in found["ar"].points if isinstance(point.value, Missing)] == ["2023"]
    assert all(not point.period.contains(Period.parse("2023-05")) for point in found["rullande"].points)


def test_the_own_goal_of_the_same_share_is_the_target_and_its_reach_is_told():
    store, _, _ = fill()
    save_entries(store, "provet", [share_goal(insats="stegen")], ME)
    over = over_time(store)
    assert (over.target, over.riktning) == (0.3, Riktning.MINST)
    assert steps(over)["manad"].reading.reach == "ibland"
    for other in ({"namnare_typ": DenominatorType.SVARANDE}, {"malvarde_hogst": 0.4}, {"insats": ""}):
        changed, _, _ = fill()
        save_entries(changed, "provet", [share_goal(**{"insats": "stegen"} | other)], ME)
        assert over_time(changed).target is None
    save_entries(store, "provet", [share_goal(kod="mal-2", malvarde=0.9)], ME)
    whole = over_time(store, None)
    assert (whole.insats, whole.target, steps(whole)["manad"].reading.reach) == (None, 0.9, "aldrig")


def test_dated_notes_follow_the_insats_and_never_leave_intern():
    store, _, _ = fill()
    notes = [Event("a", date(2025, 3, 1), "Ny chef"), Event("b", date(2025, 4, 1), "Ny lokal", "stegen")]
    save_entries(store, "provet", notes, ME)
    assert [event.text for event in over_time(store).events] == ["Ny chef", "Ny lokal"]
    assert [event.text for event in over_time(store, None).events] == ["Ny chef"]
    assert over_time(store, lage=Lage.PUBLICERING).events == ()


def test_the_forbund_draws_what_lacks_an_insats_and_never_reads_it():
    ks, ns = draw_counts(7, 20)
    store = empty_store(STEGEN, NAVET)
    deliver(store, *month_rows("stegen", FIVE_YEARS, ks, ns), known_from=date(2026, 5, 10))
    deliver(store, *month_rows("navet", FIVE_YEARS[:50], ks[:50], ns[:50]), known_from=date(2026, 5, 10))
    found = steps(over_time(store, None))
    series = found["manad"]
    assert [period.code for period in series.partial] == [month.code for month in FIVE_YEARS[50:]]
    assert (series.points[49].value.denominator, series.points[50].value.denominator) == (2 * ns[49], ns[50])
    assert (series.reading.points, series.read_until) == (50, FIVE_YEARS[49])
    assert [period.code for period in found["ar"].partial] == ["2025"]


def test_an_insats_that_nobody_has_delivered_has_no_series():
    over = over_time(empty_store(STEGEN))
    assert (over.series, over.lag, over.earlier) == ((), None, None)


def test_what_the_forbund_itself_has_stated_is_a_point_too():
    store = empty_store(STEGEN)
    for year, k in ((2023, 70), (2024, 80), (2025, 88)):
        deliver(store, ("", "avslutade", "alla", str(year), 277), ("", "till_arbete_studier", "alla", str(year), k))
    over = over_time(store, None)
    (series,) = over.series
    assert (series.step, [point.value.numerator for point in series.points]) == ("ar", [70, 80, 88])
    assert (series.reading.kind, series.reading.points, over.earlier.sakerhet) == ("for_fa", 3, "kan_vara_slump")


def test_publicering_refuses_cuts_outside_its_grid_and_shows_no_corrections():
    store, _, _ = fill(known=date(2026, 1, 10))
    own, whole = steps(over_time(store, lage=Lage.PUBLICERING)), steps(over_time(store, None, lage=Lage.PUBLICERING))
    assert {step: series.refused for step, series in own.items()} == {
        "manad": True, "rullande": True, "tertial": True, "halvar": False, "ar": False,
    }  # fmt: skip
    assert {step: series.refused for step, series in whole.items()} == {
        "manad": False, "rullande": True, "tertial": True, "halvar": False, "ar": False,
    }  # fmt: skip
    for over in (own, whole):
        for series in over.values():
            assert series.late == ()
            assert series.joined == ()
            if series.refused:
                assert series == Series(series.step, refused=True)
    assert over_time(store, lage=Lage.PUBLICERING).lag is None
    assert over_time(store, lage=Lage.INTERN).lag is not None


def test_a_series_with_a_hidden_point_is_not_read():
    store, _, _ = fill(mean=3, level=0.1)
    found = steps(over_time(store, lage=Lage.PUBLICERING))["halvar"]
    assert any(isinstance(point.value, Suppressed) for point in found.points)
    assert found.reading is None


def test_the_period_is_held_against_the_same_time_a_year_before():
    store, ks, ns = fill()
    pair = over_time(store, period=Period.parse("2025-H1")).earlier
    k1, n1, k2, n2 = sum(ks[48:54]), sum(ns[48:54]), sum(ks[36:42]), sum(ns[36:42])
    assert (pair.first.period.code, pair.second.period.code) == ("2025-H1", "2024-H1")
    assert (pair.difference, pair.lower, pair.upper) == newcombe(k1, n1, k2, n2)
    assert over_time(store, period=Period.parse("2021-01/2025-12")).earlier is None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [((30, 60), (12, 60), "skiljer"), ((20, 60), (18, 60), "kan_vara_slump"), ((5, 9), (18, 60), "for_fa")],
)
def test_the_year_before_is_judged_from_ten_of_each(now, before, words):
    store = empty_store(STEGEN)
    for year, (k, n) in ((2025, now), (2024, before)):
        deliver(
            store,
            ("stegen", "avslutade", "alla", str(year), n),
            ("stegen", "till_arbete_studier", "alla", str(year), k),
        )
    pair = over_time(store).earlier
    assert pair.sakerhet == words
    assert (pair.difference is None) is (words == "for_fa")


# Eftersläpning


def state(kod: str, number: int, known: date, month: Period, matt: str, count: int) -> Figure:
    return Figure(
        SubjectKind.INSATS, kod, matt, "", "", Gender.ALLA, month, count, None, Unit.ANTAL, None, None, None,
        Qualifier.NONE, "", "", number, known,
    )  # fmt: skip


def state_late(kod: str, random: Random, months: int) -> list[Figure]:
    """Month by month: each with itself and most of the three before, late exits added; what was stated, in order."""
    truth = [(random.randint(0, 6), random.randint(6, 14)) for _ in range(months)]
    figures = []
    for place in range(months):
        if random.random() < 0.15:
            continue  # a month in which nothing was delivered
        end = FIVE_YEARS[place].end
        known = date(end.year + end.month // 12, end.month % 12 + 1, random.randint(1, 28))
        for back in range(min(4, place + 1)):
            k, n = truth[place - back]
            lacking = random.randint(0, 3 - back)
            for matt, count in (("avslutade", n - lacking), ("till_arbete_studier", max(0, k - lacking))):
                if back == 0 or random.random() < 0.8:
                    figures.append(state(kod, place, known, FIVE_YEARS[place - back], matt, count))
    return figures


def replay(versions: list[Figure]) -> dict[tuple[int, int], tuple[int, int]]:
    """By hand: for each month and age, play the deliveries up to the end of the month that lies so long after."""
    final = {(one.period, one.matt): int(one.value) for one in versions}
    latest = max(one.known_from for one in versions)
    found = {}
    for month in FIVE_YEARS:
        if (latest - month.end).days < 92:
            continue
        for age in range(1, 5):
            number = month.end.year * 12 + month.end.month - 1 + age
            last_day = Period.month(number // 12, number % 12 + 1).end
            held = {}
            for one in versions:
                if one.known_from <= last_day:
                    held[one.period, one.matt] = int(one.value)
            keys = [(month, "till_arbete_studier"), (month, "avslutade")]
            if all(key in held for key in keys):
                found[number - age, age] = tuple(final[key] - held[key] for key in keys)
    return found


@given(st.randoms(use_true_random=False), st.integers(1, 20), st.integers(1, 20))
def test_corrections_are_those_of_the_deliveries_played_again_one_by_one(random, first, second):
    by_kod = {"stegen": state_late("stegen", random, first), "navet": state_late("navet", random, second)}
    versions = sorted((one for found in by_kod.values() for one in found), key=lambda one: one.leverans)
    current = {(one.subject, one.period, one.matt): one for one in versions}
    found = list_corrections(FigureSet(current.values(), (STEGEN, NAVET), load_registry()), versions)
    assert found == {kod: replay(figures) for kod, figures in by_kod.items() if figures}


def test_the_versions_of_the_store_are_what_each_delivery_stated():
    store = empty_store(STEGEN, NAVET)
    one_added(store, "stegen", 3)
    deliver(store, *month_rows("navet", FIVE_YEARS[:1], [1], [2]))
    deliver(
        store, ("stegen", "avslutade@alder:under_30", "alla", "2021-01", 4), ("stegen", "nya", "alla", "2021-01", 4)
    )
    undone = deliver(store, *month_rows("stegen", FIVE_YEARS[:1], [7], [8]))
    undo_delivery(store, undone, ME)
    versions = load_versions(store, "provet", subjects=("stegen",), matt=HEADLINE_COUNTS)
    assert [(one.period.code, one.value) for one in versions if one.matt == "avslutade"] == [
        ("2021-01", 10), ("2021-01", 12), ("2021-02", 10), ("2021-02", 12), ("2021-03", 10),
    ]  # fmt: skip
    assert [one.leverans for one in versions] == sorted(one.leverans for one in versions)
    assert len(load_versions(store, "provet", matt=("avslutade",))) == 6


HALF = Period.parse("2022-H1")


def one_added(store: Store, kod: str, months: int, added: int = 2) -> None:
    """Each month is delivered with ten avslutade, and once more a month later with `added` more."""
    for place in range(months):
        rows = month_rows(kod, FIVE_YEARS[place : place + 1], [4], [10])
        if place:
            rows += month_rows(kod, FIVE_YEARS[place - 1 : place], [5], [10 + added])
        end = FIVE_YEARS[place].end
        deliver(store, *rows, known_from=date(end.year + end.month // 12, end.month % 12 + 1, 10))


def test_the_usual_correction_is_said_of_the_insatss_own_months_and_drawn_on_the_preliminary_ones():
    store = empty_store(STEGEN)
    one_added(store, "stegen", 18)
    over = over_time(store, period=HALF)
    # The deliveries end 10 July 2022: the fifteen months from January 2021 to March 2022 are settled.
    assert over.lag.basis == "insats"
    assert over.lag.steps[0] == LagStep(1, 15, 15, 2, 2)
    assert [(step.age, step.fewest, step.most) for step in over.lag.steps[1:]] == [(2, 0, 0), (3, 0, 0), (4, 0, 0)]
    late = {one.period.code: one for one in steps(over)["manad"].late}
    assert list(late) == ["2022-04", "2022-05", "2022-06"]
    assert (late["2022-06"].lower, late["2022-06"].upper, late["2022-06"].fewest) == (5 / 12, 5 / 12, 2)
    assert (late["2022-05"].lower, late["2022-05"].most) == (5 / 12, 0)
    (half,) = steps(over)["halvar"].late
    assert (half.period, half.lower, half.fewest) == (HALF, (5 * 5 + 4 + 1) / (5 * 12 + 10 + 2), 2)


def test_too_few_deliveries_tell_nothing_and_other_insatser_are_asked_first():
    alone = empty_store(STEGEN)
    one_added(alone, "stegen", 9)
    over = over_time(alone, period=Period.year(2021))
    assert over.lag.steps == ()
    assert steps(over)["manad"].late == ()
    both = empty_store(STEGEN, NAVET)
    one_added(both, "navet", 18, added=3)
    deliver(both, *month_rows("stegen", FIVE_YEARS[16:18], [4, 4], [10, 10]), known_from=date(2022, 7, 10))
    other = over_time(both, period=HALF)
    assert (other.lag.basis, other.lag.steps[0].most) == ("insatser", 3)
    # The förbund's own corrections are sums over those that had delivered.
    whole = over_time(both, None, period=HALF)
    assert (whole.lag.basis, whole.lag.steps[0].months, whole.lag.steps[0].fewest) == ("forbund", 15, 3)


def test_a_delivery_that_is_undone_was_never_made_and_known_by_looks_no_further():
    store = empty_store(STEGEN)
    one_added(store, "stegen", 18)
    last = deliver(store, *month_rows("stegen", FIVE_YEARS[:14], [9] * 14, [19] * 14), known_from=date(2022, 7, 11))
    assert over_time(store, period=HALF).lag.steps[0].most == 9
    early = build_report(
        store, "provet", HALF, lage=Lage.INTERN, as_of=TODAY, sections=("over_time",), insats="stegen",
        known_by=date(2022, 7, 10),
    ).over_time  # fmt: skip
    assert early.lag.steps[0].most == 2
    undo_delivery(store, last, ME)
    assert over_time(store, period=HALF).lag.steps[0].most == 2


def test_a_history_that_came_in_one_file_says_nothing_of_how_months_change():
    store, _, _ = fill(known=date(2026, 1, 10))
    over = over_time(store)
    assert any(point.preliminary for point in steps(over)["manad"].points)
    assert over.lag.steps == ()
