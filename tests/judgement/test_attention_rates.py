"""The stored false-alarm rates: of every rule, low where nothing has happened, and what a smaller run finds again."""

from __future__ import annotations

import math

import pytest

from finsam_dash.judgement.attention import Rule
from finsam_dash.judgement.attention_rates import CASES, REPEATS, SEED, compute_alarm_rates, read_alarm_rates
from finsam_dash.stats.simulate import Draw, event_rate

SMALLER = 150
"""Repeats of the run that checks the stored one, with another seed."""


def test_every_rule_has_a_rate_and_every_case_is_stored() -> None:
    stored = read_alarm_rates()
    assert (stored.repeats, stored.seed) == (REPEATS, SEED)
    assert {rate.rule for rate in stored.rates} == set(Rule)
    expected = [(rule, case, size) for rule, case, sizes, _ in CASES for size in sizes]
    assert [(rate.rule, rate.case, rate.size) for rate in stored.rates] == expected


def test_a_smaller_run_of_another_seed_finds_the_stored_rates_again() -> None:
    """Within four standard errors of both runs, and two cases of the smaller one where a rate is near zero."""
    stored = read_alarm_rates().rates
    again = compute_alarm_rates(SMALLER, seed=7).rates
    for kept, found in zip(stored, again, strict=True):
        spread = math.sqrt(max(kept.rate, 1 / SMALLER) * (1 - kept.rate) * (1 / SMALLER + 1 / REPEATS))
        assert abs(found.rate - kept.rate) <= 4 * spread + 2 / SMALLER, kept


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule not in (Rule.FORBRUKNING, Rule.SEN, Rule.AVVIKER)])
def test_no_rule_about_one_insats_cries_wolf_more_than_once_in_forty(rule: Rule) -> None:
    assert max(rate.rate for rate in read_alarm_rates().rates if rate.rule is rule) < 1 / 40


def test_one_insats_of_twelve_is_pointed_at_by_chance_less_than_once_in_forty_years() -> None:
    assert max(rate.rate for rate in read_alarm_rates().rates if rate.rule is Rule.AVVIKER) < 1 / 40


def test_what_comes_in_time_is_never_late_and_an_early_month_is_not_off_plan() -> None:
    rates = {(rate.rule, rate.size): rate.rate for rate in read_alarm_rates().rates}
    assert rates[Rule.SEN, 0.0] == 0
    assert rates[Rule.FORBRUKNING, 1.0] == rates[Rule.FORBRUKNING, 3.0] == 0


def test_the_same_seed_draws_the_same_and_a_case_that_is_none_is_not_counted() -> None:
    def heads(draw: Draw) -> bool | None:
        return None if draw.day(1, 2) == 1 else bool(draw.hits(1, 0.25))

    assert event_rate(heads, 4000, seed=3) == event_rate(heads, 4000, seed=3)
    assert event_rate(heads, 4000, seed=3) == pytest.approx(0.25, abs=0.04)
    with pytest.raises(ValueError, match="no simulated case"):
        event_rate(lambda _: None, 5)


def test_an_amount_has_the_mean_and_the_spread_it_is_given() -> None:
    draw = Draw(11)
    amounts = [draw.amount(100, 0.25) for _ in range(4000)]
    mean = sum(amounts) / len(amounts)
    spread = math.sqrt(sum((amount - mean) ** 2 for amount in amounts) / len(amounts))
    assert (mean, spread) == (pytest.approx(100, rel=0.02), pytest.approx(25, rel=0.06))
