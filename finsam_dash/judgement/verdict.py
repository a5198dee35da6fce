"""Verdicts: was the target reached in figures, and how sure is it that the level lies above or below."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from finsam_dash.judgement.policy import CONFIDENCE, SMALLEST_N
from finsam_dash.model import Measured, Value
from finsam_dash.stats.proportions import (
    Exact,
    compare_to_target,
    compare_with_unknown,
    exact,
    margin_at_least,
    margin_at_most,
    round_half_up,
)


class Riktning(StrEnum):
    """Which side of the target is the good one."""

    MINST = "minst"
    HOGST = "hogst"
    EXAKT = "exakt"


class Sakerhet(StrEnum):
    """How sure it is that the level lies above or below the target as a number, whatever the riktning."""

    SAKERT_OVER = "sakert_over"
    SAKERT_UNDER = "sakert_under"
    EJ_AVGORBART = "ej_avgorbart"
    FOR_FA = "for_fa"
    EJ_TILLAMPLIGT = "ej_tillampligt"
    OKANT_ANTAL = "okant_antal"
    PAGAR = "pagar"


@dataclass(frozen=True)
class Verdict:
    """Two facts, never merged: `uppnatt` is arithmetic about those who left, `sakerhet` speaks of the level behind.

    `marginal` is persons to spare (≥ 0) or lacking (< 0), n held fixed; None where persons make no sense.
    """

    uppnatt: bool | None
    sakerhet: Sakerhet
    marginal: int | None = None


NO_VERDICT = Verdict(None, Sakerhet.EJ_TILLAMPLIGT)


def judge_share(value: Value, target: Exact, riktning: Riktning) -> Verdict:
    """Judge a share against a fixed target (0-1).

    Without counts only the arithmetic is answered. With unknown outcomes (u of n) `sakerhet` is given only if both
    ends of the span agree. Source: Wilson 95 %, method note section 1.
    """
    if not isinstance(value, Measured):
        return NO_VERDICT
    aim = exact(target)
    if value.numerator is None or value.denominator is None:
        share = exact(value.value)
        reached = share >= aim if riktning is Riktning.MINST else share <= aim
        return Verdict(share == aim if riktning is Riktning.EXAKT else reached, Sakerhet.OKANT_ANTAL)
    k, n = int(value.numerator), int(value.denominator)
    if riktning is Riktning.EXAKT:
        return Verdict(Fraction(k, n) == aim, Sakerhet.EJ_TILLAMPLIGT)
    margin = margin_at_least(k, n, aim) if riktning is Riktning.MINST else margin_at_most(k, n, aim)
    return Verdict(margin >= 0, judge_level(k, n, value.unknown or 0, aim), margin)


def judge_level(k: int, n: int, unknown: int, target: Fraction) -> Sakerhet:
    """How sure it is that the level behind k of n lies above or below `target`; n < 10 is too few."""
    if n < SMALLEST_N:
        return Sakerhet.FOR_FA
    if target in (0, 1):
        return Sakerhet.EJ_TILLAMPLIGT
    side = (
        compare_with_unknown(k, n + unknown, unknown, target, CONFIDENCE)
        if unknown
        else compare_to_target(k, n, target, CONFIDENCE)
    )
    return {1: Sakerhet.SAKERT_OVER, -1: Sakerhet.SAKERT_UNDER, 0: Sakerhet.EJ_AVGORBART}[side]


def judge_against_riket(value: Value, riket: Exact) -> Verdict:
    """Judge a share against riket, which is published in whole per cent: reached is compared at that precision.

    Half up, so 31.5 % against 32 % is reached. The margin is in persons against riket's own number.
    """
    if not isinstance(value, Measured):
        return NO_VERDICT
    aim = exact(riket)
    share = (
        Fraction(int(value.numerator), int(value.denominator))
        if value.numerator is not None and value.denominator is not None
        else exact(value.value)
    )
    reached = round_half_up(share, Fraction(1, 100)) >= aim
    judged = judge_share(value, aim, Riktning.MINST)
    return Verdict(reached, judged.sakerhet, judged.marginal)


def judge_count(value: Value, target: float, riktning: Riktning, *, time_is_out: bool) -> Verdict:
    """Judge a count: reached as soon as it is; not reached only when the time is out. Arithmetic only."""
    if not isinstance(value, Measured):
        return NO_VERDICT
    margin = int(value.value - target) if riktning is Riktning.MINST else int(target - value.value)
    if riktning is Riktning.EXAKT:
        return Verdict(value.value == target if time_is_out else None, Sakerhet.EJ_TILLAMPLIGT)
    if margin >= 0 and (time_is_out or riktning is Riktning.MINST):
        return Verdict(True, Sakerhet.EJ_TILLAMPLIGT, margin)
    if riktning is Riktning.HOGST and margin < 0:
        return Verdict(False, Sakerhet.EJ_TILLAMPLIGT, margin)
    return Verdict(False if time_is_out else None, Sakerhet.EJ_TILLAMPLIGT, margin)
