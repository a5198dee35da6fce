"""Many points against one line: funnel limits, and how often chance alone flags somebody."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from finsam_dash.stats.distributions import binomial_mass
from finsam_dash.stats.proportions import Exact, Interval, exact, z_value

INNER, OUTER = 0.95, 0.998
"""The two confidence levels of a funnel's limits (Spiegelhalter 2005)."""


class FunnelPoint(NamedTuple):
    """The limits of a funnel at one n."""

    n: float
    inner: Interval
    outer: Interval


def score_limits(center: Exact, n: float, confidence: float = INNER) -> Interval:
    """Give a +- z * sqrt(a(1 - a)/n), clipped to [0, 1]: outside it lies a share that the score test flags.

    Raises ValueError unless 0 <= center <= 1 and n > 0.
    Source: Spiegelhalter (2005), Stat Med 24:1185-1202; the score form, not the arcsine or the exact one.
    """
    share = float(exact(center))
    if not (0 <= share <= 1 and n > 0):
        raise ValueError(f"no funnel limits for centre {center} and n {n}")
    spread = z_value(confidence) * math.sqrt(share * (1 - share) / n)
    return Interval(max(0.0, share - spread), min(1.0, share + spread))


def limit_line(center: Exact, largest_n: float, smallest_n: float = 1, points: int = 200) -> tuple[FunnelPoint, ...]:
    """Give the limits along a grid of n, even in 1/sqrt(n), where the curve bends: dense for small n.

    The first and last points are `smallest_n` and `largest_n` themselves.
    """
    if not 0 < smallest_n < largest_n or points < 2:
        raise ValueError("the grid needs 0 < smallest_n < largest_n and two points")
    grid = 1 / np.linspace(1 / math.sqrt(smallest_n), 1 / math.sqrt(largest_n), points) ** 2
    grid[0], grid[-1] = smallest_n, largest_n
    return tuple(
        FunnelPoint(float(n), score_limits(center, float(n), INNER), score_limits(center, float(n), OUTER))
        for n in grid
    )


def smallest_expected(n: int, target: Exact) -> float:
    """Give min(nT, n(1 - T)), the expected count that decides whether the normal approximation holds."""
    share = exact(target)
    return float(min(n * share, n * (1 - share)))


def flag_rate(n: int, level: Exact, target: Exact, confidence: float = INNER) -> float:
    """Give the exact chance that the score test flags k of n against the target when the true level is `level`.

    With `level` equal to `target` it is the real false alarm rate behind the nominal one: 7 % for 5 % and 1.3 % for
    0.2 % at n = 10, T = 0.1. Raises ValueError for a target of 0 or 1 or n < 1.
    """
    true, share = float(exact(level)), float(exact(target))
    if not (0 < share < 1 and n > 0):
        raise ValueError(f"no flag rate for target {target} and n {n}")
    counts = np.arange(n + 1)
    flagged = np.abs(counts - n * share) > z_value(confidence) * math.sqrt(n * share * (1 - share))
    return float(binomial_mass(counts[flagged], n, true).sum())


def family_wise_rate(points: int, rate: float) -> float:
    """Give the chance of at least one flag among `points` independent points, each flagged at `rate`."""
    return 1 - (1 - rate) ** points
