"""The section of one insats: own periods, goals, months and rolling years, kön, breakdowns, follow-ups, chain."""

from __future__ import annotations

from datetime import date

import pytest
from build_figures import share_goal
from build_store import ME, deliver, empty_store
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_dash.judgement.comparison import judge_balance, judge_groups
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    CountingMode,
    DenominatorType,
    Event,
    Insats,
    InsatsPeriod,
    Lage,
    Measured,
    Missing,
    Period,
    Reason,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.insats import list_chain
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.stats.proportions import wilson
from finsam_dash.store import Store, UnknownInsatsError, save_entries
from finsam_dash.wording.insats_facts import format_facts
from finsam_dash.wording.insats_people import format_forsorjning_heading

ALWAYS = (InsatsPeriod(date(2010, 1, 1), None),)
STEGEN = Insats("stegen", "Stegen", ALWAYS)
TODAY = date(2026, 2, 1)
YEAR = Period.year(2025)


def build(store: Store, period: Period = YEAR, insats: str = "stegen", lage: Lage = Lage.INTERN) -> Report:
    return build_report(store, "provet", period, lage=lage, as_of=TODAY, sections=("insats",), insats=insats)


def section(store: Store, insats: str = "stegen") -> InsatsSection:
    found = build(store, insats=insats).insats
    assert found is not None
    return found


def months(year: int, counts: dict[str, list[int]], gender: str = "alla") -> list[tuple[str, str, str, str, float]]:
    """Rows of one insats by month: mått -> twelve counts."""
    return [
        ("stegen", matt, gender, f"{year}-{month:02}", count)
        for matt, series in counts.items()
        for month, count in enumerate(series, 1)
    ]


def test_the_outcome_falls_back_on_the_insatss_own_period_but_never_on_a_month_of_the_year():
    store = empty_store(STEGEN, Insats("navet", "Navet", ALWAYS))
    deliver(
        store,
        ("stegen", "avslutade", "alla", "2024-08/2025-08", 58),
        ("stegen", "till_arbete_studier", "alla", "2024-08/2025-08", 25),
    )
    deliver(
        store, ("navet", "avslutade", "alla", "2025-01", 20), ("navet", "till_arbete_studier", "alla", "2025-01", 8)
    )
    own = section(store).outcome[0]
    assert (own.period, own.value) == (Period.parse("2024-08/2025-08"), Measured(25 / 58, 25, 58, *wilson(25, 58)))
    stopped = section(store, insats="navet").outcome[0]
    assert stopped.period == YEAR
    assert stopped.value == Missing(Reason.UPPGIFT_SAKNAS, "lucka:2025-02/2025-12")


def test_an_anonymous_insats_says_both_its_deltaganden_and_the_persons_that_its_goal_counts():
    store = empty_store(Insats("stegen", "Stegen", ALWAYS, counting_mode=CountingMode.ANONYM))
    counts = {"pagaende": [9] + [7] * 11, "nya": [5] * 12, "avslutade": [5] * 12}
    deliver(store, *months(2025, counts), ("stegen", "deltagare_utan_personuppgifter", "alla", "2025", 51))
    told = {fact.label: fact.text for fact in format_facts(section(store))}
    assert (told["Deltaganden"], told["Utan personuppgifter"]) == ("69", "51")


def test_a_goal_is_drawn_only_on_the_figure_that_it_was_judged_on():
    store = empty_store(STEGEN)
    deliver(store, ("stegen", "avslutade", "alla", "2025", 40), ("stegen", "till_arbete_studier", "alla", "2025", 18))
    save_entries(store, "provet", [share_goal(malvarde=0.35, insats="stegen")], ME)
    found = section(store)
    assert (found.outcome[0].target, found.outcome[0].target_note, found.goal) == (0.35, "", "mal-1")
    other = empty_store(STEGEN)
    deliver(other, ("stegen", "avslutade", "alla", "2025", 40), ("stegen", "till_arbete_studier", "alla", "2025", 18))
    save_entries(
        other, "provet", [share_goal(namnare_typ=DenominatorType.SVARANDE, malvarde=0.35, insats="stegen")], ME
    )
    found = section(other)
    assert (found.outcome[0].target, found.outcome[0].target_note, found.goal) == (None, "annan_namnare", "")


def test_a_changed_count_changes_outcome_and_verdict():
    store = empty_store(STEGEN)
    deliver(store, ("stegen", "avslutade", "alla", "2025", 40), ("stegen", "till_arbete_studier", "alla", "2025", 14))
    save_entries(store, "provet", [share_goal(malvarde=0.35, insats="stegen")], ME)
    assert section(store).goals[0].verdict.marginal == 0
    deliver(store, ("stegen", "till_arbete_studier", "alla", "2025", 13), known_from=date(2026, 1, 20))
    changed = section(store)
    assert changed.outcome[0].value.numerator == 13
    assert (changed.goals[0].verdict.uppnatt, changed.goals[0].verdict.marginal) == (False, -1)


k_and_n = st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=15)
@given(st.lists(k_and_n, min_size=12, max_size=12), st.lists(k_and_n, min_size=12, max_size=12))
def test_rolling_years_pool_the_counts_of_twelve_months(first, second):
    counts = {"till_arbete_studier": [k for k, _ in first], "avslutade": [n for _, n in first]}
    later = {"till_arbete_studier": [k for k, _ in second], "avslutade": [n for _, n in second]}
    store = empty_store(STEGEN)
    deliver(store, *months(2024, counts), *months(2025, later))
    trend = section(store).trend
    both = [*first, *second]
    expected = []
    for end in range(12, 25):
        window = both[end - 12 : end]
        n = sum(pair[1] for pair in window)
        if n:
            expected.append((sum(pair[0] for pair in window), n))
    assert [(point.value.numerator, point.value.denominator) for point in trend.rolling] == expected
    assert len(trend.points) == 24


def test_a_month_that_is_missing_is_a_gap_and_breaks_the_rolling_year():
    counts = {"till_arbete_studier": [2] * 12, "avslutade": [5] * 12}
    rows = [row for row in months(2025, counts) if row[3] != "2025-07"]
    store = empty_store(STEGEN)
    deliver(store, *months(2024, counts), *rows)
    trend = section(store).trend
    assert [point.period.code for point in trend.points if isinstance(point.value, Missing)] == ["2025-07"]
    assert trend.rolling[-1].period.code == "2024-07/2025-06"


def test_months_stay_preliminary_until_a_delivery_a_quarter_later():
    counts = {"till_arbete_studier": [2] * 12, "avslutade": [5] * 12}
    store = empty_store(STEGEN)
    deliver(store, *months(2025, counts), known_from=date(2026, 1, 10))
    preliminary = [point.period.code for point in section(store).trend.points if point.preliminary]
    assert preliminary == ["2025-10", "2025-11", "2025-12"]
    deliver(store, ("stegen", "avslutade", "alla", "2026-01", 4), known_from=date(2026, 4, 10))
    assert not any(point.preliminary for point in section(store).trend.points)


def test_quarters_are_points_without_a_rolling_line():
    store = empty_store(STEGEN)
    deliver(
        store,
        *[
            ("stegen", matt, "alla", f"2025-K{q}", n)
            for q in (1, 2, 3)
            for matt, n in (("avslutade", 20), ("till_arbete_studier", 7))
        ],
    )
    trend = section(store).trend
    assert [point.period.code for point in trend.points] == ["2025-K1", "2025-K2", "2025-K3"]
    assert trend.rolling == ()


def test_dated_notes_of_the_forbund_and_of_this_insats_alone():
    store = empty_store(STEGEN, Insats("navet", "Navet", ALWAYS))
    deliver(store, *months(2025, {"till_arbete_studier": [2] * 12, "avslutade": [5] * 12}))
    notes = [
        Event("a", date(2025, 3, 1), "Ny chef"),
        Event("b", date(2025, 4, 1), "Flyttade", "navet"),
        Event("c", date(2025, 5, 1), "Ny lokal", "stegen"),
        Event("d", date(2019, 5, 1), "Länge sedan"),
    ]
    save_entries(store, "provet", notes, ME)
    assert [event.text for event in section(store).trend.events] == ["Ny chef", "Ny lokal"]


def test_kon_has_a_difference_only_from_ten_of_each():
    store = empty_store(STEGEN)
    deliver(
        store,
        ("stegen", "avslutade", "kvinna", "2025", 45),
        ("stegen", "till_arbete_studier", "kvinna", "2025", 18),
        ("stegen", "avslutade", "man", "2025", 40),
        ("stegen", "till_arbete_studier", "man", "2025", 7),
    )
    (pair,) = section(store).kon
    # Reference value of the method note: 18/45 - 7/40 is 0.225 (0.0308-0.3948).
    assert (pair.difference, pair.lower, pair.upper) == pytest.approx((0.225, 0.0308, 0.3948), abs=5e-5)
    assert pair.sakerhet == "skiljer"
    deliver(store, ("stegen", "avslutade", "man", "2025", 9), known_from=date(2026, 1, 20))
    (few,) = section(store).kon
    assert (few.difference, few.sakerhet) == (None, "for_fa")


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_two_groups_differ_exactly_when_newcombe_excludes_zero(n1, n2, data):
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    verdict = judge_groups(Measured(k1 / n1, k1, n1), Measured(k2 / n2, k2, n2))
    if min(n1, n2) < 10:
        assert verdict.differs is None
        return
    (l1, u1), (l2, u2) = wilson(k1, n1), wilson(k2, n2)
    p1, p2 = k1 / n1, k2 / n2
    lower = p1 - p2 - ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5
    upper = p1 - p2 + ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5
    assert (verdict.lower, verdict.upper) == pytest.approx((lower, upper))
    assert verdict.differs == (lower > 0 or upper < 0)


@pytest.mark.parametrize(
    ("nya", "avslutade", "balance"),
    [(83, 86, "ungefar_lika"), (60, 30, "fler_in"), (30, 60, "fler_ut"), (0, 0, "ungefar_lika")],
)
def test_the_balance_of_in_and_out(nya, avslutade, balance):
    assert judge_balance(Measured(nya), Measured(avslutade)) == balance


def test_the_flow_sums_the_latest_twelve_months_and_is_open_where_one_is_missing():
    store = empty_store(STEGEN)
    flat = {"pagaende": [30] * 12, "nya": [6] * 12, "avslutade": [5] * 12}
    deliver(store, *months(2024, flat), *months(2025, flat))
    flow = section(store).flow
    assert (flow.nya, flow.avslutade, flow.month_count, len(flow.months)) == (Measured(72), Measured(60), 12, 24)
    deliver(store, ("stegen", "nya", "alla", "2025-05", None), known_from=date(2026, 1, 20))
    flow = section(store).flow
    assert isinstance(flow.nya, Missing)
    assert flow.balance == ""


def test_breakdowns_follow_the_code_list_and_carry_the_outcome_where_it_is_counted():
    store = empty_store(STEGEN)
    deliver(
        store,
        *[
            ("stegen", f"{matt}@alder:{klass}", "alla", "2025", count)
            for klass, counts in (
                ("30_och_over", (10, 20, 18, 6)),
                ("under_30", (4, 16, 12, 5)),
            )
            for matt, count in zip(("pagaende", "nya", "avslutade", "till_arbete_studier"), counts, strict=True)
        ],
        ("stegen", "pagaende", "alla", "2025", 14),
        ("stegen", "nya", "alla", "2025", 36),
        ("stegen", "deltagare@kommun:asmyra", "alla", "2025", 9),
    )
    alder, kommun = section(store).breakdowns
    assert (alder.indelning, alder.matt, alder.total) == ("alder", "deltaganden", Measured(50))
    assert [(row.klass, row.count.value, row.share.numerator, row.share.denominator) for row in alder.rows] == [
        ("alder:under_30", 20, 5, 12),
        ("alder:30_och_over", 30, 6, 18),
    ]
    assert (kommun.matt, kommun.rows[0].count) == ("deltagare", Measured(9))
    assert isinstance(kommun.rows[0].share, Missing)


def test_who_was_not_followed_up_is_unknown_and_never_nobody():
    store = empty_store(STEGEN)
    rows = {"uppfoljning_avslutade": 40, "uppfoljning_arbete_studier": 12, "ej_uppfoljda": 10}
    deliver(store, *[("stegen", f"{matt}@uppfoljning:avslut_12_man", "alla", "2024", n) for matt, n in rows.items()])
    (one,) = section(store).follow_ups
    assert (one.share.numerator, one.share.denominator, one.share.unknown) == (12, 30, 10)
    deliver(store, ("stegen", "ej_uppfoljda@uppfoljning:avslut_12_man", "alla", "2024", None), known_from=TODAY)
    (unknown,) = section(store).follow_ups
    assert isinstance(unknown.share, Missing)
    assert dict(unknown.counts)["ej_uppfoljda"] == Missing(Reason.UPPGIFT_SAKNAS, "period:2024")


def test_only_those_not_followed_up_is_no_follow_up_at_all():
    store = empty_store(STEGEN)
    deliver(store, ("stegen", "ej_uppfoljda@uppfoljning:avslut_12_man", "alla", "2024", 50))
    (one,) = section(store).follow_ups
    assert one.share == Missing(Reason.INGEN_UPPFOLJNING)


def test_forsorjning_counts_goals_total_and_the_largest_fall():
    store = empty_store(STEGEN)
    sides = {
        "forsorjning_fore": {"forsorjningsstod": 20, "sjukpenning": 10},
        "forsorjning_efter": {"lon": 8, "studiestod": 4, "forsorjningsstod": 9, "sjukpenning": 7, "okand": 2},
        "forsorjning_fore_efter": {"forsorjningsstod_till_lon": 8, "sjukpenning_till_lon": 0},
    }
    deliver(
        store,
        *[
            ("stegen", f"avslutade@{side}:{klass}", "alla", "2025", n)
            for side, classes in sides.items()
            for klass, n in classes.items()
        ],
    )
    found = section(store).forsorjning
    assert (found.to_goal, found.total, found.largest_fall) == (Measured(12), Measured(28), "forsorjningsstod")
    assert [(link.before, link.after, link.count.value) for link in found.links] == [("forsorjningsstod", "lon", 8)]
    assert [category.key for category in found.categories][-1] == "okand"
    assert format_forsorjning_heading(found, YEAR) == (
        "12 av 28 gick till lön eller studier. Försörjningsstödet minskade mest, från 20 till 9.",
        "Huvudsaklig försörjning vid start och vid avslut, avslutade deltaganden 2025. "
        "För två är den inte känd efteråt; de räknas inte i nämnaren.",
    )


@pytest.mark.parametrize(
    ("after", "unknown", "largest"),
    [
        ({"forsorjningsstod": 9, "sjukpenning": 7}, 7, "forsorjningsstod"),
        ({"forsorjningsstod": 9, "sjukpenning": 7}, 8, ""),
        ({"forsorjningsstod": 13, "sjukpenning": 3}, 0, ""),
        ({"forsorjningsstod": 20, "sjukpenning": 10}, 0, ""),
    ],
)
def test_a_largest_fall_is_one_wherever_those_not_known_went(after: dict[str, int], unknown: int, largest: str):
    """From 20 to 9 and from 10 to 7: with eight unknown on försörjningsstöd both fell by three. Nor is a tie a most."""
    store = empty_store(STEGEN)
    sides = {
        "forsorjning_fore": {"forsorjningsstod": 20, "sjukpenning": 10},
        "forsorjning_efter": {**after, "lon": 8, "okand": unknown},
    }
    deliver(
        store,
        *[
            ("stegen", f"avslutade@{side}:{klass}", "alla", "2025", n)
            for side, classes in sides.items()
            for klass, n in classes.items()
        ],
    )
    found = section(store).forsorjning
    assert found is not None
    assert found.largest_fall == largest


def test_the_chain_holds_all_before_and_after_and_nobody_elses():
    first = Insats("stig", "Stig", (InsatsPeriod(date(2011, 1, 1), date(2012, 12, 31)),))
    second = Insats("stig-2", "Stig 2", (InsatsPeriod(date(2013, 1, 1), date(2014, 12, 31)),), predecessors=("stig",))
    third = Insats("stig-3", "Stig 3", (InsatsPeriod(date(2015, 1, 1), None),), predecessors=("stig-2",))
    for insats in (first, second, third):
        assert [one.kod for one in list_chain((third, STEGEN, second, first), insats)] == ["stig", "stig-2", "stig-3"]
    assert list_chain((STEGEN, first), STEGEN) == (STEGEN,)


def test_a_predecessors_figures_are_not_the_insatss():
    store = empty_store(STEGEN, Insats("trappan", "Trappan", ALWAYS, predecessors=("stegen",)))
    deliver(store, ("stegen", "avslutade", "alla", "2025", 40), ("stegen", "till_arbete_studier", "alla", "2025", 13))
    follower = section(store, insats="trappan")
    assert [one.kod for one in follower.chain] == ["stegen", "trappan"]
    assert isinstance(follower.outcome[0].value, Missing)


def test_the_section_survives_json_and_an_unknown_insats_is_refused():
    store = empty_store(STEGEN)
    deliver(store, *months(2025, {"till_arbete_studier": [2] * 12, "avslutade": [5] * 12}))
    report = build(store)
    assert from_json(to_json(report)) == report
    with pytest.raises(UnknownInsatsError):
        build(store, insats="finns-inte")


def test_few_persons_of_each_kon_leave_no_trace_in_publicering():
    store = empty_store(STEGEN)
    deliver(
        store,
        *[
            ("stegen", matt, gender, "2025", n)
            for gender, counts in (("kvinna", (11, 3)), ("man", (13, 4)))
            for matt, n in zip(("avslutade", "till_arbete_studier"), counts, strict=True)
        ],
    )
    found = build(store, lage=Lage.PUBLICERING).insats
    assert not isinstance(found.kon[0].first.value, Measured)
    assert (found.kon[0].difference, found.kon[0].sakerhet) == (None, "")
    assert found.trend.sakerhet is Sakerhet.EJ_TILLAMPLIGT
    assert (found.stated, found.deliveries) == ((), ())
