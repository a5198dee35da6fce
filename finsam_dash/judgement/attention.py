"""What deserves a look: each rule by itself, silent unless the numbers leave chance behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from finsam_dash.judgement.policy import FUNNEL_CONFIDENCE, OFF_PLAN, SMALLEST_MEAN_COUNT, SMALLEST_N, SMALLEST_SERIES
from finsam_dash.model import Period
from finsam_dash.stats.proportions import Exact, exact, newcombe
from finsam_dash.stats.series import block_sums, p_chart

WIDTHS = (1, 3, 6, 12)
"""A series by month is put together by quarter, half-year or year where the counts are small."""


class Rule(StrEnum):
    """Why something deserves a look."""

    MAL = "mal"
    SIGNAL = "signal"
    BORTFALL = "bortfall"
    FORBRUKNING = "forbrukning"
    SEN = "sen"
    ANDRAD = "andrad"
    FLODE = "flode"
    AVVIKER = "avviker"


@dataclass(frozen=True)
class Attention:
    """One thing that deserves a look: the rule, whom it is about (None is the förbund), and its numbers by name.

    `numbers` are what the rule was computed from: persons, shares 0-1. `text` is a goal's or a line's own words.
    """

    rule: Rule
    insats: str | None
    period: Period
    numbers: tuple[tuple[str, float], ...]
    text: str = ""

    def number(self, name: str) -> float:
        return dict(self.numbers)[name]


class Signal(NamedTuple):
    """A series' last point against its limits: 1 above, -1 below, 0 neither; each point is `width` months."""

    side: int
    width: int
    points: int
    center: float


def is_out_of_reach(k: int, n: int, still: int, target: Exact) -> bool:
    """Whether a share of at least `target` (0-1) cannot be reached even if all still inskrivna succeed.

    That is (k + r) / (n + r) < T. Source: method note of the issue, "target out of reach".
    """
    return n + still > 0 and Fraction(k + still, n + still) < exact(target)


def is_count_out_of_reach(k: int, still: int, target: Exact) -> bool:
    """Whether a count of at least `target` persons cannot be reached even if all still inskrivna succeed."""
    return k + still < exact(target)


def find_signal(numerators: Sequence[int], denominators: Sequence[int]) -> Signal | None:
    """The last point of a series by month, read by the p-chart's rules; None where there are too few points.

    Months are put together until a point holds three of each kind on average; 13 points are needed for limits.
    Source: method note, section 3.
    """
    for width in WIDTHS:
        # Whole blocks are counted from the end, so that the last one is always full.
        rest = len(numerators) % width
        ks = [int(k) for k in block_sums(numerators[rest:], width)]
        ns = [int(n) for n in block_sums(denominators[rest:], width)]
        used = [(k, n) for k, n in zip(ks, ns, strict=True) if n > 0]
        if len(used) < SMALLEST_SERIES or not 0 < sum(ks) < sum(ns) or ns[-1] == 0:
            return None
        hits, total = sum(ks), sum(ns)
        if min(hits, total - hits) / len(used) >= SMALLEST_MEAN_COUNT:
            chart = p_chart(ks, ns)
            return Signal(chart.variation, width, len(used), chart.center)
    return None


def differs_from_itself(k: int, n: int, before_k: int, before_n: int) -> bool:
    """Whether a share differs from the same group's earlier one by more than chance: Newcombe at 99.8 %, both n >= 10.

    99.8 and not 95 %, since every insats is asked each month.
    """
    if min(n, before_n) < SMALLEST_N:
        return False
    found = newcombe(k, n, before_k, before_n, FUNNEL_CONFIDENCE)
    return not found.lower <= 0 <= found.upper


def is_off_plan(quota: float) -> bool:
    """Whether a förbrukningskvot (1 is on plan) lies more than a fifth from the plan."""
    return abs(quota - 1) > OFF_PLAN + 1e-9
