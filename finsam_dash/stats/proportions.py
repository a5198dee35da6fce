"""Shares of counts: exact arithmetic, the Wilson interval, the score test and the difference of two shares."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from finsam_dash.stats.distributions import normal_quantile

Exact = int | float | str | Decimal | Fraction


class Interval(NamedTuple):
    """Two limits, both included."""

    lower: float
    upper: float


class Difference(NamedTuple):
    """A difference of two shares with its limits."""

    value: float
    lower: float
    upper: float


def exact(value: Exact) -> Fraction:
    """Read a number as it is written: the float 0.34 becomes 34/100, not its nearest binary neighbour.

    The arithmetic of targets needs it: in floats 0.34 * 150 is more than 51 and 0.14 * 50 is more than 7.
    """
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


@cache
def z_value(confidence: float) -> float:
    """The two-sided standard normal quantile, 1.959964 at 0.95. Raises ValueError outside (0, 1)."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return normal_quantile((1 + confidence) / 2)


def wilson(k: float, n: float, confidence: float = 0.95) -> Interval:
    """Give the Wilson score interval for k of n, without continuity correction.

    The lower limit is exactly 0 at k = 0 and the upper exactly 1 at k = n. Raises ValueError unless 0 <= k <= n, n > 0.
    Source: Wilson (1927), JASA 22:209-212; Newcombe (1998), Stat Med 17:857-872, method 3.
    """
    _require_counts(k, n)
    z = z_value(confidence)
    spread = z * math.sqrt(z * z + 4 * k * (n - k) / n)
    scale = 2 * (n + z * z)
    lower = 0.0 if k == 0 else max(0.0, (2 * k + z * z - spread) / scale)
    upper = 1.0 if k == n else min(1.0, (2 * k + z * z + spread) / scale)
    return Interval(lower, upper)


def score_z(k: int, n: int, target: Exact) -> float:
    """Give the score statistic (k - nT) / sqrt(nT(1 - T)); positive when k is above nT.

    Raises ValueError for a target of 0 or 1, which no sample can test (count the misses instead), and as `wilson` does.
    Source: Agresti & Coull (1998), The American Statistician 52:119-126.
    """
    _require_counts(k, n)
    share = exact(target)
    if not 0 < share < 1:
        raise ValueError(f"target {target} is not strictly between 0 and 1")
    return float(k - n * share) / math.sqrt(n * share * (1 - share))


def compare_to_target(k: int, n: int, target: Exact, confidence: float = 0.95) -> int:
    """Tell whether the level behind k of n lies above (1) or below (-1) the target, or cannot be told (0).

    It is the score test; the answer differs from 0 exactly when `wilson` excludes the target and the point is outside
    `funnel.score_limits`. There is no lower limit for n here. Raises ValueError as `score_z` does.
    """
    z = score_z(k, n, target)
    return 0 if abs(z) <= z_value(confidence) else (1 if z > 0 else -1)


def compare_with_unknown(k: int, n: int, unknown: int, target: Exact, confidence: float = 0.95) -> int:
    """Compare as `compare_to_target` where the outcome of `unknown` of the n is not known.

    The answer differs from 0 only if it is the same whether none or all of the unknown had the outcome.
    """
    lowest = compare_to_target(k, n, target, confidence)
    return lowest if lowest == compare_to_target(k + unknown, n, target, confidence) else 0


def newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95) -> Difference:
    """Give the share k1/n1 minus the share k2/n2 with Newcombe's hybrid score limits.

    Two independent groups: nobody may be in both. Raises ValueError as `wilson` does.
    Source: Newcombe (1998), Stat Med 17:873-890, method 10.
    """
    first, second = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
    p1, p2 = k1 / n1, k2 / n2
    below = math.hypot(p1 - first.lower, second.upper - p2)
    above = math.hypot(first.upper - p1, p2 - second.lower)
    return Difference(p1 - p2, p1 - p2 - below, p1 - p2 + above)


def margin_at_least(k: int, n: int, target: Exact) -> int:
    """Give the persons to spare (>= 0) or lacking (< 0) against "at least T of n": k - ceil(Tn), n held fixed."""
    return k - math.ceil(exact(target) * n)


def margin_at_most(k: int, n: int, target: Exact) -> int:
    """Give the persons to spare (>= 0) or too many (< 0) against "at most T of n": floor(Tn) - k, n held fixed."""
    return math.floor(exact(target) * n) - k


def round_half_up(value: Exact, precision: Exact = 1) -> Fraction:
    """Round to the nearest multiple of `precision`, an exact tie upwards: 0.345 at 0.01 is 0.35."""
    step = exact(precision)
    return math.floor(exact(value) / step + Fraction(1, 2)) * step


def _require_counts(k: float, n: float) -> None:
    if not (n > 0 and 0 <= k <= n):
        raise ValueError(f"{k} of {n} is no share")
