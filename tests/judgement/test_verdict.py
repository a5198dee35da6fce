"""Verdicts in worked cases from the five documents and the method note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.verdict import Riktning, Sakerhet, judge_against_riket, judge_count, judge_share
from finsam_dash.model import Measured, Missing, Reason, Suppressed
from finsam_dash.stats.proportions import wilson


def share(k: int, n: int, unknown: int | None = None) -> Measured:
    return Measured(k / n, k, n, *wilson(k, n), unknown=unknown)


@pytest.mark.parametrize(
    ("k", "n", "target", "riktning", "reached", "sakerhet", "margin"),
    [
        (25, 58, 0.35, Riktning.MINST, True, Sakerhet.EJ_AVGORBART, 4),
        (11, 48, 0.5, Riktning.MINST, False, Sakerhet.SAKERT_UNDER, -13),
        (51, 69, 0.7, Riktning.MINST, True, Sakerhet.EJ_AVGORBART, 2),
        (7, 27, 0.5, Riktning.MINST, False, Sakerhet.SAKERT_UNDER, -7),
        (50, 58, 0.85, Riktning.MINST, True, Sakerhet.EJ_AVGORBART, 0),
        (1, 80, 0.1, Riktning.HOGST, True, Sakerhet.SAKERT_UNDER, 7),
        (51, 150, 0.34, Riktning.MINST, True, Sakerhet.EJ_AVGORBART, 0),
        (7, 50, 0.14, Riktning.MINST, True, Sakerhet.EJ_AVGORBART, 0),
        (2, 2, 0.3, Riktning.MINST, True, Sakerhet.FOR_FA, 1),
        (20, 20, 1, Riktning.MINST, True, Sakerhet.EJ_TILLAMPLIGT, 0),
    ],
)
def test_shares_against_a_target(
    k: int, n: int, target: float, riktning: Riktning, reached: bool, sakerhet: Sakerhet, margin: int
) -> None:
    verdict = judge_share(share(k, n), target, riktning)
    assert (verdict.uppnatt, verdict.sakerhet, verdict.marginal) == (reached, sakerhet, margin)


def test_a_share_without_counts_has_arithmetic_only() -> None:
    verdict = judge_share(Measured(0.27), 0.5, Riktning.MINST)
    assert (verdict.uppnatt, verdict.sakerhet, verdict.marginal) == (False, Sakerhet.OKANT_ANTAL, None)


def test_a_printed_share_equals_the_target_it_prints() -> None:
    assert judge_share(Measured(0.3), 0.3, Riktning.MINST).uppnatt is True
    assert judge_share(Measured(0.3), 0.3, Riktning.EXAKT).uppnatt is True


def test_unknown_outcomes_decide_only_if_both_ends_agree() -> None:
    assert judge_share(share(30, 50), 0.3, Riktning.MINST).sakerhet is Sakerhet.SAKERT_OVER
    assert judge_share(share(30, 50, unknown=10), 0.3, Riktning.MINST).sakerhet is Sakerhet.SAKERT_OVER
    assert judge_share(share(30, 50, unknown=60), 0.3, Riktning.MINST).sakerhet is Sakerhet.EJ_AVGORBART


def test_riket_is_compared_at_its_own_precision() -> None:
    """31.5 % is printed 32 %, and reaches riket's 32 %: just so, with nobody lacking."""
    verdict = judge_against_riket(share(63, 200), 0.32)
    assert (verdict.uppnatt, verdict.marginal) == (True, 0)
    assert judge_against_riket(share(62, 200), 0.32).uppnatt is False
    uppsala = judge_against_riket(share(88, 277), 0.34)
    assert (uppsala.uppnatt, uppsala.sakerhet, uppsala.marginal) == (False, Sakerhet.EJ_AVGORBART, -7)


@pytest.mark.parametrize(
    ("k", "riktning", "reached", "margin"),
    [
        (63, Riktning.HOGST, True, 1),
        (65, Riktning.HOGST, False, -1),
        (64, Riktning.EXAKT, True, None),
        (60, Riktning.EXAKT, False, None),
    ],
)
def test_a_goal_against_riket_has_a_riktning(k: int, riktning: Riktning, reached: bool, margin: int | None) -> None:
    """At most as many as riket's 32 %: 65 of 200 is 32.5 %, printed 33 %."""
    verdict = judge_against_riket(share(k, 200), 0.32, riktning)
    assert (verdict.uppnatt, verdict.marginal) == (reached, margin)


def test_a_reached_goal_against_riket_lacks_nobody() -> None:
    for riktning in (Riktning.MINST, Riktning.HOGST):
        for n in (60, 277):
            for k in range(n + 1):
                verdict = judge_against_riket(share(k, n), 0.34, riktning)
                assert verdict.marginal is not None
                assert verdict.uppnatt is (verdict.marginal >= 0)


def test_a_count_is_reached_when_it_is_and_missed_only_when_the_time_is_out() -> None:
    assert judge_count(Measured(33), 50, Riktning.MINST, time_is_out=False).uppnatt is None
    assert judge_count(Measured(33), 50, Riktning.MINST, time_is_out=True).uppnatt is False
    assert judge_count(Measured(103), 80, Riktning.MINST, time_is_out=False).uppnatt is True
    assert judge_count(Measured(7), 10, Riktning.HOGST, time_is_out=False).uppnatt is None
    assert judge_count(Measured(12), 10, Riktning.HOGST, time_is_out=False).uppnatt is False
    assert judge_count(Measured(7), 10, Riktning.HOGST, time_is_out=True).marginal == 3


@pytest.mark.parametrize("value", [Missing(Reason.UPPGIFT_SAKNAS), Suppressed()])
def test_no_value_no_verdict(value: Missing | Suppressed) -> None:
    for verdict in (
        judge_share(value, 0.3, Riktning.MINST),
        judge_against_riket(value, 0.34),
        judge_count(value, 50, Riktning.MINST, time_is_out=True),
    ):
        assert (verdict.uppnatt, verdict.sakerhet, verdict.marginal) == (None, Sakerhet.EJ_TILLAMPLIGT, None)


@given(st.integers(10, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(1, 99))
def test_sakerhet_is_what_the_drawn_interval_says(counts: tuple[int, int], percent: int) -> None:
    k, n = counts
    value = share(k, n)
    sakerhet = judge_share(value, percent / 100, Riktning.MINST).sakerhet
    assert value.lower is not None
    assert value.upper is not None
    if abs(value.lower - percent / 100) < 1e-12 or abs(value.upper - percent / 100) < 1e-12:
        return
    expected = (
        Sakerhet.SAKERT_OVER
        if value.lower > percent / 100
        else Sakerhet.SAKERT_UNDER
        if value.upper < percent / 100
        else Sakerhet.EJ_AVGORBART
    )
    assert sakerhet is expected
