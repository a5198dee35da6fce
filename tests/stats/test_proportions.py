"""Worked cases, properties, and statsmodels and scipy as oracles for shares and their intervals."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from finsam_dash.stats import funnel, proportions

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TARGETS = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=1000)
LEVELS = st.sampled_from([0.9, 0.95, 0.998])


@pytest.mark.parametrize(("k", "n", "lower", "upper"), [(10, 30, 0.192305, 0.512199), (12, 20, 0.386582, 0.781193)])
def test_wilson_worked_cases(k, n, lower, upper):
    assert proportions.wilson(k, n) == pytest.approx((lower, upper), abs=5e-7)


def test_wilson_is_clamped_exactly():
    for n in range(1, 300):
        assert proportions.wilson(0, n).lower == 0.0
        assert proportions.wilson(n, n).upper == 1.0


@given(COUNTS, LEVELS)
def test_wilson_agrees_with_statsmodels(counts, confidence):
    k, n = counts
    oracle = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
    assert proportions.wilson(k, n, confidence) == pytest.approx(oracle, abs=1e-12)


@given(COUNTS, LEVELS)
def test_wilson_holds_the_share_and_mirrors(counts, confidence):
    k, n = counts
    limits = proportions.wilson(k, n, confidence)
    assert limits.lower <= k / n <= limits.upper
    mirror = proportions.wilson(n - k, n, confidence)
    assert limits == pytest.approx((1 - mirror.upper, 1 - mirror.lower), abs=1e-12)


@given(COUNTS, TARGETS, LEVELS)
def test_interval_score_test_and_funnel_never_disagree(counts, target, confidence):
    k, n = counts
    z = proportions.z_value(confidence)
    assume(abs(abs(proportions.score_z(k, n, target)) - z) > 1e-9)
    verdict = proportions.compare_to_target(k, n, target, confidence)
    limits = proportions.wilson(k, n, confidence)
    by_interval = (limits.lower > target) - (limits.upper < target)
    line = funnel.score_limits(target, n, confidence)
    by_funnel = (k / n > line.upper) - (k / n < line.lower)
    by_formula = abs(k - n * target) > z * math.sqrt(n * target * (1 - target))
    assert verdict == by_interval == by_funnel
    assert (verdict != 0) == by_formula


@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels_and_is_antisymmetric(first, second):
    found = proportions.newcombe(*first, *second)
    oracle = confint_proportions_2indep(*first, *second, method="newcomb")
    assert (found.lower, found.upper) == pytest.approx(oracle, abs=1e-9)
    turned = proportions.newcombe(*second, *first)
    assert found == pytest.approx((-turned.value, -turned.upper, -turned.lower), abs=1e-12)


def test_newcombe_can_exclude_zero_though_single_intervals_overlap():
    found = proportions.newcombe(18, 45, 7, 40)
    assert found == pytest.approx((0.225, 0.0308, 0.3948), abs=5e-5)
    assert proportions.wilson(18, 45).lower < proportions.wilson(7, 40).upper


@pytest.mark.parametrize("target", [0.34, "0.34", Decimal("0.34"), Fraction(34, 100)])
def test_margin_is_exact_where_floats_fail(target):
    assert math.ceil(0.34 * 150) == 52  # the trap
    assert proportions.margin_at_least(51, 150, target) == 0


def test_margins_worked_cases():
    assert math.ceil(0.14 * 50) == 8  # the trap
    assert proportions.margin_at_least(7, 50, 0.14) == 0
    assert proportions.margin_at_least(14, 33, 0.30) == 4
    assert proportions.margin_at_least(6, 50, 0.14) == -1
    assert proportions.margin_at_most(3, 30, 0.10) == 0
    assert proportions.margin_at_most(4, 30, 0.10) == -1
    assert proportions.margin_at_most(2, 39, 0.10) == 1


@given(COUNTS, TARGETS)
def test_margin_says_how_many_persons_change_the_answer(counts, target):
    k, n = counts
    spare = proportions.margin_at_least(k, n, target)
    assert (spare >= 0) == (Fraction(k, n) >= target)
    assert k - spare >= n * target > k - spare - 1
    room = proportions.margin_at_most(k, n, target)
    assert (room >= 0) == (Fraction(k, n) <= target)
    assert k + room <= n * target < k + room + 1


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (0.345, 0.01, "0.35"),
        (0.335, 0.01, "0.34"),
        (2.5, 1, "3"),
        ("340/981", 0.01, "0.35"),
        (-0.5, 1, "0"),
        (149, 100, "100"),
    ],
)
def test_round_half_up(value, precision, expected):
    assert proportions.round_half_up(value, precision) == Fraction(expected)


def test_unknown_outcomes_need_both_ends_to_agree():
    assert proportions.compare_with_unknown(50, 100, 5, 0.3) == 1
    assert proportions.compare_with_unknown(20, 100, 20, 0.3) == 0
    assert proportions.compare_to_target(20, 100, 0.3) == -1
    assert proportions.compare_with_unknown(5, 100, 5, 0.3) == -1


@pytest.mark.parametrize(("k", "n"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_no_share_is_refused(k, n):
    with pytest.raises(ValueError, match=f"^{k} of {n} is no share$"):
        proportions.wilson(k, n)


@pytest.mark.parametrize("target", [0, 1, -0.1, "1.2"])
def test_no_test_against_nothing_or_all(target):
    with pytest.raises(ValueError, match="is not strictly between 0 and 1"):
        proportions.compare_to_target(3, 10, target)


def test_confidence_must_be_a_probability():
    with pytest.raises(ValueError, match=r"^confidence 95 is not between 0 and 1$"):
        proportions.wilson(1, 10, 95)
