"""Over time: control charts with their rules, run charts and the trend of shares.

The rules are for independent points only: never for rolling sums, where chance alone breaks them sooner or later.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from finsam_dash.stats.distributions import binomial_quantile, chi_squared_tail

XMR_CONSTANT = 2.66
"""3 / d2 for moving ranges of two: the limits of an XmR chart in mean moving ranges."""
SCREEN_CONSTANT = 3.267
"""D4 for moving ranges of two: a moving range at or above this many means is screened out, once."""
D2 = 1.128
"""Expected moving range of two standard normal points."""
RUN_LENGTH = 7
"""Points on one side, or points rising or falling, that make a signal."""


class Assurance(Enum):
    """Where a target lies against the limits: always met, met at times, never met."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True)
class Signals:
    """The points (by index) that each rule flags, split by direction; a point may be in several."""

    above_limit: tuple[int, ...]
    below_limit: tuple[int, ...]
    run_above: tuple[int, ...]
    run_below: tuple[int, ...]
    rising: tuple[int, ...]
    falling: tuple[int, ...]
    near_upper: tuple[int, ...]
    near_lower: tuple[int, ...]

    @property
    def flagged(self) -> frozenset[int]:
        """Every point that any rule flags."""
        return frozenset(index for rule in vars(self).values() for index in rule)


@dataclass(frozen=True)
class ControlChart:
    """A control chart: one limit pair a point. `positions` maps each point to its place in the series given."""

    positions: tuple[int, ...]
    values: tuple[float, ...]
    center: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: Signals


class Trend(NamedTuple):
    """The slope of shares a step, its chi-squared statistic (1 degree of freedom) and two-sided p."""

    slope: float
    chi2: float
    p: float


class RunChart(NamedTuple):
    """A run chart around the median. `longest_run` and `crossings` leave out points on the median."""

    median: float
    useful: int
    longest_run: int
    crossings: int
    has_long_run: bool
    has_few_crossings: bool


def middle_span(values: Sequence[float], trimmed: float) -> tuple[float, float]:
    """Give the least and greatest value once the part `trimmed` (0 to under 0.5) is left out at each end, rounded down.

    Raises ValueError for no values.
    """
    if not values:
        raise ValueError("nothing has no span")
    ordered = sorted(values)
    out = math.floor(len(ordered) * trimmed)
    return ordered[out], ordered[-1 - out]


def xmr(values: Sequence[float], screen: bool = True) -> ControlChart:
    """Give the XmR chart: mean +- 2.66 mean moving ranges, and its signals.

    Moving ranges at or above 3.267 means are screened out once, unless `screen` is False. Raises ValueError below two
    points; how many points a reading needs is for the caller to say.
    Source: Wheeler (2003), Making Sense of Data; the same limits as NHSRplotthedots.
    """
    if len(values) < 2:
        raise ValueError("a moving range needs two points")
    center = statistics.fmean(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    mean_range = statistics.fmean(ranges)
    if screen and mean_range > 0:
        mean_range = statistics.fmean(part for part in ranges if part < SCREEN_CONSTANT * mean_range)
    spreads = [XMR_CONSTANT * mean_range] * len(values)
    return _control_chart(range(len(values)), values, center, spreads)


def p_chart(numerators: Sequence[int], denominators: Sequence[int]) -> ControlChart:
    """Give the p-chart of shares with a varying denominator, limits a point, widened by Laney's sigma where above 1.

    Points with denominator 0 are left out (a share of nobody is not 0 %), and `positions` says which remain. Limits are
    clipped to [0, 1] after the rules. Raises ValueError below two points or where every share is 0 or 1.
    Source: Laney (2002), Quality Engineering 14:531-537; moving ranges not screened.
    """
    positions = [place for place, n in enumerate(denominators) if n > 0]
    if len(positions) < 2:
        raise ValueError("a p-chart needs two points")
    center = sum(numerators[place] for place in positions) / sum(denominators[place] for place in positions)
    if not 0 < center < 1:
        raise ValueError("every share is 0 or 1")
    values = [numerators[place] / denominators[place] for place in positions]
    sigmas = [math.sqrt(center * (1 - center) / denominators[place]) for place in positions]
    z_scores = [(value - center) / sigma for value, sigma in zip(values, sigmas, strict=True)]
    mean_range = statistics.fmean(abs(after - before) for before, after in pairwise(z_scores))
    widening = max(1.0, mean_range / D2)
    chart = _control_chart(positions, values, center, [3 * sigma * widening for sigma in sigmas])
    return replace(
        chart,
        lower=tuple(max(0.0, limit) for limit in chart.lower),
        upper=tuple(min(1.0, limit) for limit in chart.upper),
    )


def find_signals(values: Sequence[float], center: float, spreads: Sequence[float]) -> Signals:
    """Apply the four rules to independent points with limits center +- spread.

    Outside a limit; seven rising or falling (a tie breaks); two of three beyond two thirds of the limit on the same
    side (those beyond are flagged); seven on one side of the centre (a point on it breaks).
    Source: the rules of NHS England's Making Data Count.
    """
    gaps = [value - center for value in values]
    sides = [(gap > 0) - (gap < 0) for gap in gaps]
    steps = [0] + [(after > before) - (after < before) for before, after in pairwise(values)]
    beyond = [sides[i] if abs(gap) > spreads[i] * 2 / 3 else 0 for i, gap in enumerate(gaps)]
    indices = range(len(values))
    return Signals(
        above_limit=tuple(i for i in indices if gaps[i] > spreads[i]),
        below_limit=tuple(i for i in indices if -gaps[i] > spreads[i]),
        run_above=_windows(indices, RUN_LENGTH, lambda part: all(sides[i] > 0 for i in part)),
        run_below=_windows(indices, RUN_LENGTH, lambda part: all(sides[i] < 0 for i in part)),
        rising=_windows(indices, RUN_LENGTH, lambda part: all(steps[i] > 0 for i in part[1:])),
        falling=_windows(indices, RUN_LENGTH, lambda part: all(steps[i] < 0 for i in part[1:])),
        near_upper=tuple(
            i for i in _windows(indices, 3, lambda part: sum(beyond[i] > 0 for i in part) >= 2) if beyond[i] > 0
        ),
        near_lower=tuple(
            i for i in _windows(indices, 3, lambda part: sum(beyond[i] < 0 for i in part) >= 2) if beyond[i] < 0
        ),
    )


def assurance(target: float, lower: float, upper: float, higher_is_better: bool | None) -> Assurance | None:
    """Tell whether a stable process meets the target always, at times or never; None where there is no good side."""
    if higher_is_better is None:
        return None
    if lower <= target <= upper:
        return Assurance.SOMETIMES
    return Assurance.ALWAYS if (target < lower) == higher_is_better else Assurance.NEVER


def run_chart(values: Sequence[float]) -> RunChart:
    """Give the median with the two run-chart signals, for series too short for limits.

    A run is long above round(log2(useful)) + 3 points; crossings are few below the 5 % point of Binomial(useful - 1,
    1/2). Raises ValueError for an empty series.
    Source: Anhøj & Olesen (2014), PLoS ONE 9(11): e113825.
    """
    median = statistics.median(values)
    sides = [value > median for value in values if value != median]
    longest = run = 0
    crossings = 0
    for place, side in enumerate(sides):
        is_same = place > 0 and side == sides[place - 1]
        crossings += place > 0 and not is_same
        run = run + 1 if is_same else 1
        longest = max(longest, run)
    useful = len(sides)
    return RunChart(
        median,
        useful,
        longest,
        crossings,
        has_long_run=useful > 0 and longest > round(math.log2(useful)) + 3,
        has_few_crossings=useful > 1 and crossings < binomial_quantile(0.05, useful - 1, 0.5),
    )


def trend_of_shares(
    numerators: Sequence[int], denominators: Sequence[int], times: Sequence[float] | None = None
) -> Trend:
    """Test shares for a linear trend over `times` (0, 1, 2 … when not given): chi-squared on the gradient.

    Raises ValueError where there is nothing to test: all shares 0 or 1, or only one time.
    Source: Armitage (1955), Biometrics 11:375-386, with the binomial variance.
    """
    times = times or range(len(numerators))
    total, hits = sum(denominators), sum(numerators)
    if not 0 < hits < total:
        raise ValueError("every share is 0 or 1")
    mean_time = sum(n * x for n, x in zip(denominators, times, strict=True)) / total
    spread = sum(n * (x - mean_time) ** 2 for n, x in zip(denominators, times, strict=True))
    if spread == 0:
        raise ValueError("a trend needs two times")
    covariation = sum(k * (x - mean_time) for k, x in zip(numerators, times, strict=True))
    share = hits / total
    statistic = covariation**2 / (share * (1 - share) * spread)
    return Trend(covariation / spread, statistic, chi_squared_tail(statistic, 1))


def flow_gap(stock: int, inflow: int, outflow: int, next_stock: int) -> int:
    """Give the next stock minus what the flows lead to (stock + inflow - outflow); 0 when the books balance."""
    return next_stock - (stock + inflow - outflow)


def _control_chart(
    positions: Sequence[int], values: Sequence[float], center: float, spreads: Sequence[float]
) -> ControlChart:
    return ControlChart(
        tuple(positions),
        tuple(float(value) for value in values),
        center,
        tuple(center - spread for spread in spreads),
        tuple(center + spread for spread in spreads),
        find_signals(values, center, spreads),
    )


def _windows(indices: range, length: int, holds: Callable[[range], bool]) -> tuple[int, ...]:
    """Every index that lies in some window of `length` neighbours for which `holds`."""
    inside: set[int] = set()
    for start in range(len(indices) - length + 1):
        part = indices[start : start + length]
        if holds(part):
            inside.update(part)
    return tuple(sorted(inside))
