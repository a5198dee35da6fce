"""Several insatser against one line, and two groups against each other: when a difference may be called one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from finsam_dash.judgement.policy import CONFIDENCE, FUNNEL_CONFIDENCE, SMALLEST_EXPECTED, SMALLEST_N
from finsam_dash.model import DenominatorType, IndicatorRow, Measured, Value
from finsam_dash.stats.funnel import smallest_expected
from finsam_dash.stats.proportions import Exact, compare_to_target, compare_with_unknown, exact, newcombe, z_value


@dataclass(frozen=True)
class GroupVerdict:
    """A difference of two shares (first − second, 0-1) with Newcombe's limits; `differs`: 0 lies outside them.

    All are None where no verdict may be given.
    """

    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    differs: bool | None = None


def judge_against_line(value: Value, line: Exact) -> int | None:
    """On which side of the line an insats lies clearly: 1 over, -1 under, 0 neither; None where it is not compared.

    Compared are shares with their counts and n ≥ 10. "Clearly" is outside 99.8 %, and only where n·T and n·(1−T) are
    at least 5; with unknown outcomes only if both ends of their span agree. Source: method note, section 1.
    """
    if not isinstance(value, Measured) or value.numerator is None or not value.denominator:
        return None
    k, n, aim = int(value.numerator), int(value.denominator), exact(line)
    if n < SMALLEST_N or not 0 < aim < 1:
        return None
    if smallest_expected(n, aim) < SMALLEST_EXPECTED:
        return 0
    if value.unknown:
        return compare_with_unknown(k, n + value.unknown, value.unknown, aim, FUNNEL_CONFIDENCE)
    return compare_to_target(k, n, aim, FUNNEL_CONFIDENCE)


def is_drawn_outside(value: Value, line: Exact) -> bool:
    """Whether the point of a funnel stands outside its 99.8 % limits, whatever may be said of it."""
    if not isinstance(value, Measured) or value.numerator is None or not value.denominator or not 0 < exact(line) < 1:
        return False
    return compare_to_target(int(value.numerator), int(value.denominator), line, FUNNEL_CONFIDENCE) != 0


def judge_groups(first: Value, second: Value) -> GroupVerdict:
    """Whether two groups differ by more than chance explains; nobody may be in both. Both need n ≥ 10 and counts."""
    shares = [
        (int(value.numerator), int(value.denominator))
        for value in (first, second)
        if isinstance(value, Measured) and value.numerator is not None and value.denominator
    ]
    if len(shares) < 2 or min(n for _, n in shares) < SMALLEST_N:
        return GroupVerdict()
    (k1, n1), (k2, n2) = shares
    found = newcombe(k1, n1, k2, n2, CONFIDENCE)
    return GroupVerdict(found.value, found.lower, found.upper, not found.lower <= 0 <= found.upper)


def judge_periods(first: IndicatorRow, second: IndicatorRow) -> GroupVerdict:
    """Whether a share differs between two times by more than chance explains: only of those who left, who leave once.

    No verdict where the times overlap, a partial sum is one of the two, or the denominator is another than avslutade:
    the same person may then be in both. Source: method note, section 1.
    """
    apart = not first.period.overlaps(second.period)
    left = all(row.namnare_typ is DenominatorType.AVSLUTADE for row in (first, second))
    whole = first.coverage is None and second.coverage is None
    return judge_groups(first.value, second.value) if apart and left and whole else GroupVerdict()


def judge_balance(nya: Value, avslutade: Value) -> Literal["fler_in", "ungefar_lika", "fler_ut", ""]:
    """Whether more came in than left, by more than two independent counts differ by chance (Poisson, 95 %).

    "" where one of the two is not known. Source: normal limits for the difference of two Poisson counts.
    """
    if not (isinstance(nya, Measured) and isinstance(avslutade, Measured)):
        return ""
    if abs(nya.value - avslutade.value) <= z_value(CONFIDENCE) * math.sqrt(nya.value + avslutade.value):
        return "ungefar_lika"
    return "fler_in" if nya.value > avslutade.value else "fler_ut"
