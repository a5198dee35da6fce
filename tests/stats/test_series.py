"""Charts over time: worked cases, properties, statsmodels for the trend, and simulated false alarms."""

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from finsam_dash.stats import series, simulate

NUMBERS = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=30)


def windows_of(length, size):
    return [range(start, start + length) for start in range(size - length + 1)]


@given(NUMBERS)
def test_signals_agree_with_a_slow_reading_of_the_rules(values):
    center, spread = 0.0, 30.0
    found = series.find_signals(values, center, [spread] * len(values))
    size = len(values)
    seven = windows_of(7, size)

    def inside(parts):
        return tuple(sorted({i for part in parts for i in part}))

    assert found.above_limit == tuple(i for i in range(size) if values[i] > 30)
    assert found.below_limit == tuple(i for i in range(size) if values[i] < -30)
    assert found.run_above == inside([w for w in seven if min(values[i] for i in w) > 0])
    assert found.run_below == inside([w for w in seven if max(values[i] for i in w) < 0])
    for rule, sign in ((found.rising, 1), (found.falling, -1)):
        assert rule == inside([w for w in seven if all(sign * (values[i + 1] - values[i]) > 0 for i in w[:-1])])
    for rule, sign in ((found.near_upper, 1), (found.near_lower, -1)):
        far = {i for i in range(size) if sign * values[i] > 20}
        assert rule == tuple(i for i in inside([w for w in windows_of(3, size) if len(far & set(w)) > 1]) if i in far)


def test_a_tie_breaks_a_trend_and_a_point_on_the_mean_breaks_a_run():
    rising = series.find_signals([1, 2, 3, 4, 5, 6, 7], 4, [9] * 7)
    assert rising.rising == tuple(range(7))
    assert series.find_signals([1, 2, 3, 3, 4, 5, 6], 4, [9] * 7).rising == ()
    assert series.find_signals([5] * 7, 4, [9] * 7).run_above == tuple(range(7))
    assert series.find_signals([5, 5, 5, 4, 5, 5, 5], 4, [9] * 7).run_above == ()


def test_two_of_three_needs_the_same_side():
    assert series.find_signals([0, 7, -7, 0], 0, [9] * 4).flagged == frozenset()
    assert series.find_signals([0, 7, 1, 8, 0], 0, [9] * 5).near_upper == (1, 3)
    assert series.find_signals([0, -7, 0, -8, 0], 0, [9] * 5).near_lower == (1, 3)
    assert series.find_signals([7, 0, 0, 7], 0, [9] * 4).near_upper == ()
    assert series.find_signals([6, 6, 6], 0, [9] * 3).near_upper == ()  # two thirds itself is not beyond


@given(NUMBERS, st.integers(-20, 20), st.sampled_from([1.0, 2.0, 4.0]))
def test_xmr_moves_with_its_values(values, shift, scale):
    first = series.xmr(values)
    moved = series.xmr([scale * value + shift for value in values])
    assert moved.center == pytest.approx(scale * first.center + shift)
    assert moved.upper[0] == pytest.approx(scale * first.upper[0] + shift)


def test_xmr_of_a_constant_series_has_no_width_and_no_signal():
    chart = series.xmr([4.0] * 20)
    assert (chart.lower[0], chart.center, chart.upper[0]) == (4, 4, 4)
    assert chart.signals.flagged == frozenset()


def test_xmr_needs_two_points():
    with pytest.raises(ValueError, match=r"^a moving range needs two points$"):
        series.xmr([1.0])


def test_p_chart_limits_by_hand_and_months_without_anyone_skipped():
    k, n = [5, 0, 8, 6, 0, 7], [20, 0, 25, 16, 0, 30]
    chart = series.p_chart(k, n)
    share = 26 / 91
    assert chart.positions == (0, 2, 3, 5)
    assert chart.center == pytest.approx(share)
    for place, upper in zip(chart.positions, chart.upper, strict=True):
        assert upper == pytest.approx(min(1, share + 3 * (share * (1 - share) / n[place]) ** 0.5))


def test_laney_widens_overdispersed_limits_and_never_narrows():
    n = [400] * 14
    spread_out = [80, 160] * 7
    plain = 3 * (0.3 * 0.7 / 400) ** 0.5
    assert series.p_chart(spread_out, n).upper[0] == pytest.approx(0.3 + plain * (0.2 / (plain / 3)) / 1.128)
    steady = [120] * 13 + [121]
    assert series.p_chart(steady, n).upper[0] - series.p_chart(steady, n).center == pytest.approx(plain, rel=1e-2)


@given(
    st.lists(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=20)
)
def test_p_chart_limits_are_shares(points):
    k, n = [k for k, _ in points], [n for _, n in points]
    assume(0 < sum(k) < sum(n))
    chart = series.p_chart(k, n)
    assert all(0 <= low <= chart.center <= high <= 1 for low, high in zip(chart.lower, chart.upper, strict=True))


@pytest.mark.parametrize(
    ("k", "n", "text"), [([1], [2], "two points"), ([0, 0], [3, 4], "0 or 1"), ([1, 0], [2, 0], "two")]
)
def test_no_p_chart_of_nothing(k, n, text):
    with pytest.raises(ValueError, match=text):
        series.p_chart(k, n)


def test_false_alarms_are_few_on_points_and_many_on_rolling_sums():
    def on_points(draw):
        return bool(series.p_chart([draw.hits(12, 0.35) for _ in range(24)], [12] * 24).signals.flagged)

    def on_rolling(draw):
        hits = [draw.hits(12, 0.35) for _ in range(35)]
        sums = [sum(hits[i] for i in window) / (12 * 12) for window in windows_of(12, 35)]
        return bool(series.xmr(sums).signals.flagged)

    assert simulate.event_rate(on_points, repeats=300) < 0.25
    assert simulate.event_rate(on_rolling, repeats=300) > 0.9


def test_simulation_is_repeatable_and_sees_a_change():
    def fires(*levels):
        return lambda draw: bool(series.p_chart([draw.hits(30, p) for p in levels], [30] * 16).signals.flagged)

    calm = simulate.event_rate(fires(*[0.3] * 16), repeats=200, seed=3)
    assert calm == simulate.event_rate(fires(*[0.3] * 16), repeats=200, seed=3)
    assert simulate.event_rate(fires(*[0.2] * 8, *[0.5] * 8), repeats=200, seed=3) > calm + 0.5


def test_run_chart_counts_runs_and_crossings():
    shifted = series.run_chart([1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9])
    assert (shifted.median, shifted.useful, shifted.longest_run, shifted.crossings) == (5, 12, 6, 1)
    assert not shifted.has_long_run  # round(log2 12) + 3 = 7
    assert shifted.has_few_crossings
    mixed = series.run_chart([1, 9, 2, 8, 5, 5, 3, 7, 4, 6, 5])
    assert (mixed.median, mixed.useful, mixed.longest_run, mixed.crossings) == (5, 8, 1, 7)
    assert (mixed.has_long_run, mixed.has_few_crossings) == (False, False)
    assert series.run_chart([3, 3, 3]).useful == 0


def test_run_chart_seldom_cries_wolf():
    draw = random.Random(5)
    alarms = 0
    for _ in range(1000):
        chart = series.run_chart([draw.random() for _ in range(12)])
        alarms += chart.has_long_run or chart.has_few_crossings
    assert 0 < alarms / 1000 < 0.1


@given(st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=8))
def test_trend_agrees_with_statsmodels(points):
    k, n = [k for k, _ in points], [n for _, n in points]
    total = sum(n)
    assume(0 < sum(k) < total)
    table = np.array([k, [b - a for a, b in points]])
    oracle = Table(table, shift_zeros=False).test_ordinal_association(np.array([1, 0]), np.arange(len(n)))
    found = series.trend_of_shares(k, n)
    assert found.chi2 == pytest.approx(oracle.zscore**2 * total / (total - 1), abs=1e-9)


def test_trend_needs_something_to_test():
    with pytest.raises(ValueError, match=r"^every share is 0 or 1$"):
        series.trend_of_shares([0, 0], [5, 5])
    with pytest.raises(ValueError, match=r"^a trend needs two times$"):
        series.trend_of_shares([1, 2], [5, 5], [3, 3])


def test_flow_gap():
    assert series.flow_gap(10, 4, 3, 11) == 0
    assert series.flow_gap(10, 4, 3, 12) == 1
