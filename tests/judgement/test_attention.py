"""Each rule fires on what it names and is silent beside it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.attention import (
    differs_from_itself,
    is_count_out_of_reach,
    is_flow_gap,
    is_late,
    is_off_plan,
    is_out_of_reach,
    is_revised,
    is_signal,
)
from finsam_dash.judgement.over_time import SeriesReading, read_series
from finsam_dash.model import Period
from finsam_dash.stats.proportions import newcombe


@pytest.mark.parametrize(
    ("k", "n", "still", "target", "expected"),
    [(3, 20, 10, 0.5, True), (5, 20, 10, 0.5, False), (4, 20, 10, 0.5, True), (0, 0, 0, 0.5, False)],
)
def test_a_share_that_cannot_be_reached(k, n, still, target, expected):
    """(3 + 10) / 30 = 43 %, (5 + 10) / 30 = 50 %, (4 + 10) / 30 = 47 %."""
    assert is_out_of_reach(k, n, still, target) is expected


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 40), st.integers(1, 99))
def test_out_of_reach_is_what_no_outcome_of_those_left_can_change(hits, misses, still, percent):
    target = Fraction(percent, 100)
    n = hits + misses
    reachable = any(n + still and Fraction(hits + more, n + still) >= target for more in range(still + 1))
    assert is_out_of_reach(hits, n, still, target) is (bool(n + still) and not reachable)


def test_a_count_whose_time_is_out_is_the_sum_alone():
    """100 + 49 < 150 ≤ 100 + 50."""
    assert is_count_out_of_reach(100, 49, 150, came=0, gone=12, left=0)
    assert not is_count_out_of_reach(100, 50, 150, came=0, gone=12, left=0)


def test_a_count_is_not_given_up_while_people_still_come_at_a_pace_that_may_fill_it():
    """Halfway, 60 have left, 30 are inskrivna and 60 are lacking to 150.

    90 new in the first half may well be 60 in the second, so may 45; 15 of 15 + 60 in half the time may not: the score
    test's z is (15 − 37.5)/√18.75 = −5.2.
    """
    assert not is_count_out_of_reach(60, 30, 150, came=90, gone=12, left=12)
    assert not is_count_out_of_reach(60, 30, 150, came=45, gone=12, left=12)
    assert is_count_out_of_reach(60, 30, 150, came=15, gone=12, left=12)


def test_few_people_or_no_time_gone_give_no_count_up():
    assert not is_count_out_of_reach(0, 0, 150, came=0, gone=0, left=24)
    assert not is_count_out_of_reach(0, 0, 9, came=0, gone=12, left=12), "9 are fewer than the 10 of a verdict"


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 200), st.integers(0, 99), st.integers(0, 24))
def test_a_count_out_of_reach_is_always_below_the_sum(k, still, target, came, left):
    if is_count_out_of_reach(k, still, target, came=came, gone=12, left=left):
        assert k + still < target


def test_a_short_thin_or_quiet_series_is_no_signal():
    assert not is_signal(read_series([4] * 12, [10] * 12, 1))
    assert not is_signal(read_series([0] * 59 + [1], [1] * 60, 1))
    assert not is_signal(read_series([4, 6] * 20, [20] * 40, 1))


def test_a_change_of_level_is_a_signal():
    assert is_signal(read_series([4, 6] * 8 + [14], [20] * 17, 1))
    assert is_signal(read_series([14, 16] * 8 + [4], [20] * 17, 1))


@pytest.mark.parametrize("kind", ["lopdiagram", "trend", "for_fa"])
def test_what_is_read_at_lower_confidence_is_no_signal(kind):
    assert not is_signal(SeriesReading(kind, 12, 6, side=1))


def test_another_level_than_before():
    assert differs_from_itself(30, 80, 6, 80)
    assert not differs_from_itself(14, 80, 6, 80)
    assert newcombe(14, 80, 6, 80, 0.8).lower > 0, "at a lower confidence it would have been called one"
    assert not differs_from_itself(9, 9, 0, 80)


@pytest.mark.parametrize(("quota", "expected"), [(1.2, False), (1.21, True), (0.8, False), (0.79, True), (1.0, False)])
def test_off_plan_is_more_than_a_fifth(quota, expected):
    assert is_off_plan(quota, 12, 12) is expected


@pytest.mark.parametrize(
    ("elapsed", "total", "expected"), [(5, 12, False), (6, 12, True), (4, 4, True), (3, 4, False), (6, 24, True)]
)
def test_the_plan_is_asked_about_from_half_a_year_or_when_its_time_is_out(elapsed, total, expected):
    assert is_off_plan(2.0, elapsed, total) is expected


@pytest.mark.parametrize(("gap", "expected"), [(0, False), (2, False), (-2, False), (3, True), (-3, True)])
def test_one_or_two_late_exits_are_honest(gap, expected):
    assert is_flow_gap(gap) is expected


@pytest.mark.parametrize(
    ("as_of", "by_quarter", "expected"),
    [
        (date(2026, 4, 10), False, False),
        (date(2026, 4, 11), False, True),
        (date(2026, 4, 11), True, False),
        (date(2026, 7, 11), True, False),
        (date(2026, 7, 12), True, True),
    ],
)
def test_a_month_is_late_after_its_day_of_report_or_a_quarter_later(as_of, by_quarter, expected):
    """March is due on 10 April; 92 days later is 11 July."""
    assert is_late(date(2026, 3, 31), 10, as_of, by_quarter=by_quarter) is expected


@pytest.mark.parametrize(
    ("known", "before", "after", "expected"),
    [
        (date(2026, 7, 1), 4.0, 7.0, True),
        (date(2026, 7, 1), 4.0, 6.0, False),
        (date(2026, 7, 1), 4.0, None, True),
        (date(2026, 6, 30), 4.0, 9.0, False),
        (None, 4.0, 9.0, False),
    ],
)
def test_a_month_is_revised_when_it_was_no_longer_preliminary(known, before, after, expected):
    """March ends 31 March; 92 days later is 1 July."""
    assert is_revised(Period.parse("2026-03"), known, before, after) is expected


def test_a_year_is_meant_to_stand():
    assert is_revised(Period.parse("2025"), None, 88, 89)
    assert not is_revised(Period.parse("2025"), None, 88, 88)
