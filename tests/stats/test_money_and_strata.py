"""Money ratios and standardised shares: worked cases and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.stats import money, standardise


def test_cost_per_outcome_worked_case():
    found = money.cost_per_outcome(3_000_000, 18, 60)
    assert found == pytest.approx((166_667, 117_623, 251_279), abs=0.5)


def test_no_outcome_has_no_price_but_a_least_one():
    found = money.cost_per_outcome(900_000, 0, 12)
    assert (found.value, found.upper) == (None, None)
    assert found.lower == pytest.approx(309_286, abs=0.5)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))), st.integers(1, 10**7))
def test_cost_lies_within_its_limits_and_moves_with_the_money(counts, cost):
    found = money.cost_per_outcome(cost, *counts)
    assert found.lower <= found.value * (1 + 1e-12)
    assert found.value <= found.upper * (1 + 1e-12)
    assert money.cost_per_outcome(2 * cost, *counts).upper == pytest.approx(2 * found.upper)


def test_a_budget_of_nothing_has_no_ratio():
    assert money.linear_quota(500, 0, 6, 12) is None
    assert money.linear_quota(500, 1200, 0, 12) is None
    assert money.used_share(500, 0) is None
    assert money.cost_per_unit(500, 0) is None


def test_forecast_is_a_span_of_two_simple_ones():
    assert money.forecast_span(700, 1200, 6, 12) == (1300, 1400)
    assert money.forecast_span(500, 1200, 6, 12) == (1000, 1100)
    assert money.forecast_span(0, 1200, 0, 12) is None
    assert money.forecast_span(1200, 1200, 12, 12) == (1200, 1200)


@pytest.mark.parametrize(("elapsed", "total"), [(13, 12), (-1, 12), (0, 0)])
def test_no_plan_for_time_outside(elapsed, total):
    with pytest.raises(ValueError, match=f"^{elapsed} of {total} is no time gone$"):
        money.planned_to_date(100, elapsed, total)


STRATA = st.dictionaries(
    st.sampled_from("abcd"),
    st.integers(1, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
)


@given(STRATA)
def test_own_weights_give_the_crude_share(strata):
    found = standardise.directly_standardise(strata, standardise.combined_weights(strata))
    assert found.value == pytest.approx(sum(k for k, _ in strata.values()) / sum(n for _, n in strata.values()))
    assert -1e-12 <= found.lower <= found.value <= found.upper <= 1 + 1e-12


@given(STRATA, st.integers(2, 9))
def test_only_the_proportions_of_the_weights_matter(strata, factor):
    weights = {name: 1.0 + place for place, name in enumerate(strata)}
    larger = {name: factor * weight for name, weight in weights.items()}
    first, second = (standardise.directly_standardise(strata, part) for part in (weights, larger))
    assert first == pytest.approx(second)


def test_simpson_the_crude_order_turns():
    """A has the lower crude share only because it takes more of those far from work."""
    a, b = {"near": (18, 30), "far": (14, 70)}, {"near": (42, 75), "far": (4, 25)}
    weights = standardise.combined_weights(a, b)
    assert 32 / 100 < 46 / 100
    assert standardise.directly_standardise(a, weights).value > standardise.directly_standardise(b, weights).value


def test_a_stratum_with_nobody_cannot_be_compared():
    with pytest.raises(ValueError, match=r"^0 of 0 is no share$"):
        standardise.directly_standardise({"near": (1, 2)}, {"near": 1, "far": 1})
