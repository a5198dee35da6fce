"""Att uppmärksamma: each rule fires on what it names, is silent beside it, and seldom fires by chance."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.attention import (
    differs_from_itself,
    find_signal,
    is_count_out_of_reach,
    is_off_plan,
    is_out_of_reach,
)
from finsam_dash.stats.proportions import newcombe
from finsam_dash.stats.simulate import alarm_rate


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


def test_a_count_that_cannot_be_reached():
    assert is_count_out_of_reach(100, 49, 150)
    assert not is_count_out_of_reach(100, 50, 150)


def test_a_short_or_thin_series_gives_no_signal():
    assert find_signal([4] * 12, [10] * 12) is None
    assert find_signal([0] * 60, [1] * 60) is None
    assert find_signal([0] * 59 + [1], [1] * 60) is None


def test_small_months_are_put_together_before_they_are_read():
    signal = find_signal([1, 2] * 30, [4] * 60)
    assert signal is not None
    assert (signal.side, signal.width, signal.points) == (0, 3, 20)


def test_a_change_of_level_is_a_signal_in_its_own_direction():
    assert find_signal([4, 6] * 8 + [14], [20] * 17).side == 1
    assert find_signal([14, 16] * 8 + [4], [20] * 17).side == -1


@pytest.mark.parametrize(("size", "level"), [(5, 0.35), (10, 0.2), (20, 0.5)])
def test_it_seldom_cries_wolf(size, level):
    def fires(ks, ns):
        signal = find_signal(ks, ns)
        return signal is not None and signal.side != 0

    assert alarm_rate(fires, level, [size] * 60, 300, seed=7) < 0.06


def test_bortfall_unlike_itself():
    assert differs_from_itself(30, 80, 6, 80)
    assert not differs_from_itself(14, 80, 6, 80)
    assert newcombe(14, 80, 6, 80, 0.8).lower > 0, "at a lower confidence it would have been called one"
    assert not differs_from_itself(9, 9, 0, 80)


@pytest.mark.parametrize(("quota", "expected"), [(1.2, False), (1.21, True), (0.8, False), (0.79, True), (1.0, False)])
def test_off_plan_is_more_than_a_fifth(quota, expected):
    assert is_off_plan(quota) is expected
