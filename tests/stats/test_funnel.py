"""Funnel limits and false alarm rates: worked cases and a simulation by counting."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.stats import funnel, proportions


@given(st.fractions(0, 1, max_denominator=500), st.integers(1, 500))
def test_limits_are_shares_around_the_centre(center, n):
    inner, outer = funnel.score_limits(center, n), funnel.score_limits(center, n, funnel.OUTER)
    assert 0 <= outer.lower <= inner.lower <= float(center) <= inner.upper <= outer.upper <= 1


def test_the_line_is_denser_where_it_bends():
    line = funnel.limit_line(0.3, 200, 5)
    assert (line[0].n, line[-1].n) == (5, 200)
    gaps = [after.n - before.n for before, after in pairwise(line)]
    assert gaps == sorted(gaps)
    assert line[-1].inner == funnel.score_limits(0.3, 200)
    assert line[0].outer == funnel.score_limits(0.3, 5, 0.998)


def test_the_line_needs_a_span():
    with pytest.raises(ValueError, match="the grid needs"):
        funnel.limit_line(0.3, 5, 5)


def test_how_often_a_level_of_40_is_told_from_30():
    assert funnel.flag_rate(30, 0.4, 0.3) == pytest.approx(0.29, abs=0.005)
    assert funnel.flag_rate(100, 0.4, 0.3) == pytest.approx(0.62, abs=0.005)


def test_real_rate_where_the_approximation_fails():
    rate = funnel.flag_rate(10, 0.1, 0.1, funnel.OUTER)
    assert funnel.smallest_expected(10, 0.1) == 1
    assert funnel.family_wise_rate(12, rate) == pytest.approx(0.14, abs=0.005)
    assert funnel.family_wise_rate(12, 0.002) == pytest.approx(0.024, abs=0.0005)


def test_flag_rate_is_the_share_of_draws_that_the_score_test_flags():
    draw = random.Random(7)
    flagged = 0
    for _ in range(4000):
        k = sum(draw.random() < 0.45 for _ in range(25))
        flagged += proportions.compare_to_target(k, 25, 0.3) != 0
    assert flagged / 4000 == pytest.approx(funnel.flag_rate(25, 0.45, 0.3), abs=0.025)


@given(st.integers(1, 300), st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100))
def test_smallest_expected_is_exact(n, target):
    assert funnel.smallest_expected(n, target) == float(min(n * target, n - n * target))


@pytest.mark.parametrize(("center", "n"), [(1.2, 10), (-0.1, 10), (0.5, 0)])
def test_no_limits_for_no_share(center, n):
    with pytest.raises(ValueError, match=f"^no funnel limits for centre {center} and n {n}$"):
        funnel.score_limits(center, n)


def test_no_flag_rate_for_a_target_of_all():
    with pytest.raises(ValueError, match=r"^no flag rate for target 1 and n 10$"):
        funnel.flag_rate(10, 0.9, 1)
