"""Verdicts: was the target reached in figures, and how sure is it that the level lies above or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from finsam_dash.judgement.policy import CONFIDENCE, SMALLEST_N
from finsam_dash.model import Basis, Measured, Period, Riktning, Target, TargetKind, Unit, Value
from finsam_dash.stats.proportions import (
    Exact,
    compare_to_target,
    compare_with_unknown,
    exact,
    margin_at_least,
    margin_at_most,
    round_half_up,
)


class Sakerhet(StrEnum):
    """How sure it is that the level lies above or below the target as a number, whatever the riktning."""

    SAKERT_OVER = "sakert_over"
    SAKERT_UNDER = "sakert_under"
    EJ_AVGORBART = "ej_avgorbart"
    FOR_FA = "for_fa"
    EJ_TILLAMPLIGT = "ej_tillampligt"
    OKANT_ANTAL = "okant_antal"
    PAGAR = "pagar"

    @property
    def is_sure(self) -> bool:
        """Whether the level lies on one side of the target beyond chance."""
        return self in (Sakerhet.SAKERT_OVER, Sakerhet.SAKERT_UNDER)


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


def judge_against_riket(value: Value, riket: Exact, riktning: Riktning = Riktning.MINST) -> Verdict:
    """Judge a share against riket, which is published in whole per cent: reached is compared at that precision.

    Half up, so 31.5 % against 32 % is reached. The margin is in persons against riket's own number, and 0 where the
    share is riket's only at that precision: nobody is lacking in what is reached.
    """
    if not isinstance(value, Measured):
        return NO_VERDICT
    aim = exact(riket)
    share = (
        Fraction(int(value.numerator), int(value.denominator))
        if value.numerator is not None and value.denominator is not None
        else exact(value.value)
    )
    reached = _reaches(round_half_up(share, Fraction(1, 100)), aim, riktning)
    judged = judge_share(value, aim, riktning)
    margin = 0 if reached and judged.marginal is not None and judged.marginal < 0 else judged.marginal
    return Verdict(reached, judged.sakerhet, margin)


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


def judge_target(
    target: Target, value: Value, *, basis: Basis, time_is_out: bool, riket: Exact | None = None
) -> Verdict:
    """Judge one goal by its kind, on what is known at the period's end.

    `time_is_out`: the goal's last day lies within the period asked. `riket` is riket's share for the same year. No
    verdict (uppnatt None) without a value, without a number to reach, on a forecast, and where outcome and goal do
    not measure the same thing.
    """
    if not isinstance(value, Measured) or basis is Basis.PROGNOS or not target.comparable:
        return NO_VERDICT
    if target.kind is TargetKind.JA_NEJ:
        return Verdict(bool(value.value), Sakerhet.EJ_TILLAMPLIGT)
    if target.kind in (TargetKind.UTAN_TAL, TargetKind.KAPACITET):
        return NO_VERDICT
    if target.malkalla == "baslinje" or target.riktning in (Riktning.OKA, Riktning.MINSKA):
        return _judge_against_baseline(target, value, time_is_out=time_is_out)
    if target.malkalla == "riket":
        return NO_VERDICT if riket is None else judge_against_riket(value, riket, target.riktning or Riktning.MINST)
    if target.malvarde is None or target.riktning is None:
        return NO_VERDICT
    if target.malvarde_hogst is not None:
        return _judge_between(target, value)
    if target.unit is Unit.ANTAL:
        verdict = judge_count(value, target.malvarde, target.riktning, time_is_out=time_is_out)
        return replace(verdict, sakerhet=Sakerhet.PAGAR) if verdict.uppnatt is None else verdict
    if target.unit is Unit.ANDEL and target.kind is not TargetKind.PENGAR:
        return judge_share(value, target.malvarde, target.riktning)
    return Verdict(_reaches(value.value, target.malvarde, target.riktning), Sakerhet.EJ_TILLAMPLIGT)


def _reaches(value: Exact, aim: Exact, riktning: Riktning) -> bool:
    found, wanted = exact(value), exact(aim)
    if riktning is Riktning.MINST:
        return found >= wanted
    return found <= wanted if riktning is Riktning.HOGST else found == wanted


def _judge_between(target: Target, value: Measured) -> Verdict:
    """An interval goal: reached inside it, and above it too where more is better (riktning minst)."""
    assert target.malvarde is not None
    assert target.malvarde_hogst is not None
    lowest, highest = exact(target.malvarde), exact(target.malvarde_hogst)
    share = exact(value.value)
    if value.numerator is not None and value.denominator:
        share = Fraction(int(value.numerator), int(value.denominator))
    reached = share >= lowest and (target.riktning is Riktning.MINST or share <= highest)
    return Verdict(reached, Sakerhet.EJ_TILLAMPLIGT)


def _judge_against_baseline(target: Target, value: Measured, *, time_is_out: bool) -> Verdict:
    """Öka or minska against the baseline, or to a share of it (malvarde 0.5 is halvera); nothing without a baseline."""
    if target.baseline is None:
        return NO_VERDICT
    found, start = exact(value.value), exact(target.baseline)
    if target.malvarde is not None:
        aim = exact(target.malvarde) * start
        reached = found <= aim if target.riktning is Riktning.MINSKA else found >= aim
    else:
        reached = found < start if target.riktning is Riktning.MINSKA else found > start
    return Verdict(reached if reached or time_is_out else None, Sakerhet.EJ_TILLAMPLIGT)


def judge_parts(parts: Sequence[Verdict]) -> Verdict:
    """A goal that holds for each of several groups: reached when all are, missed when one is, else open."""
    answers = [part.uppnatt for part in parts]
    reached = False if False in answers else None if None in answers or not answers else True
    return Verdict(reached, Sakerhet.EJ_TILLAMPLIGT)


def compute_pace(target: Target, day: date) -> float | None:
    """What a count goal would have reached by `day` at an even pace; None where pace makes no sense."""
    if not target.has_pace or target.malvarde is None or target.unit is not Unit.ANTAL:
        return None
    whole = Period(target.period.start, target.last_day)
    if day < whole.start:
        return 0.0
    return target.malvarde * min(1.0, Period(whole.start, min(day, whole.end)).days / whole.days)
