"""What deserves a look: each rule by itself, silent unless the numbers leave chance behind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.policy import (
    FUNNEL_CONFIDENCE,
    OFF_PLAN,
    PRELIMINARY_DAYS,
    SHORTEST_SPENDING,
    SILENT_DAYS,
    SMALLEST_GAP,
    SMALLEST_N,
)
from finsam_dash.model import Period
from finsam_dash.stats.proportions import Exact, compare_to_target, exact, newcombe


class Rule(StrEnum):
    """Why something deserves a look."""

    MAL = "mal"
    SIGNAL = "signal"
    NIVA = "niva"
    BORTFALL = "bortfall"
    FORBRUKNING = "forbrukning"
    SEN = "sen"
    ANDRAD = "andrad"
    FLODE = "flode"
    AVVIKER = "avviker"


@dataclass(frozen=True)
class Attention:
    """One thing that deserves a look: the rule, whom it is about (None is the förbund), and its numbers by name.

    `numbers` are what the rule was computed from: persons, shares 0-1. `text` is a goal's or a line's own
    words, or the subgroup ("indelning:klass") that it is about.
    """

    rule: Rule
    insats: str | None
    period: Period
    numbers: tuple[tuple[str, float], ...]
    text: str = ""

    def number(self, name: str) -> float:
        return dict(self.numbers)[name]


def is_out_of_reach(k: int, n: int, still: int, target: Exact) -> bool:
    """Whether a share of at least `target` (0-1) cannot be reached even if all still inskrivna succeed.

    That is (k + r) / (n + r) < T. Source: method note of the issue, "target out of reach".
    """
    return n + still > 0 and Fraction(k + still, n + still) < exact(target)


def is_count_out_of_reach(k: int, still: int, target: Exact, *, came: int, gone: int, left: int) -> bool:
    """Whether a count of at least `target` is out of reach: k + r < T, and those who may still come cannot fill it.

    `still` are those who may come into the count among the inskrivna. `came` new ones came in `gone` months, and `left`
    months remain: had the lacking come as well, too few would have come so far for chance to explain (the score test at
    99.8 %). So the rule does not cry wolf in the first months of a goal that counts people. With no time left it is
    k + r < T alone. Source: method note of the issue, "for counts k + r < T".
    """
    lacking = math.ceil(exact(target)) - k - still
    if lacking <= 0 or left <= 0:
        return lacking > 0
    n = came + lacking
    if gone <= 0 or n < SMALLEST_N:
        return False
    return compare_to_target(came, n, Fraction(gone, gone + left), FUNNEL_CONFIDENCE) < 0


def is_signal(reading: SeriesReading) -> bool:
    """Whether the last point of a series breaks a rule of its limits.

    A run chart's shift and a trend of half-years do not count: at their confidence every insats would be pointed at
    sooner or later.
    """
    return reading.kind in ("p_diagram", "xmr") and reading.side != 0


def differs_from_itself(k: int, n: int, before_k: int, before_n: int) -> bool:
    """Whether a share differs from the same group's earlier one by more than chance: Newcombe at 99.8 %, both n >= 10.

    99.8 and not 95 %, since every insats is asked each month.
    """
    if min(n, before_n) < SMALLEST_N:
        return False
    found = newcombe(k, n, before_k, before_n, FUNNEL_CONFIDENCE)
    return not found.lower <= 0 <= found.upper


def is_off_plan(quota: float, elapsed: int, total: int) -> bool:
    """Whether a förbrukningskvot (1 is on plan) lies more than a fifth from the plan.

    Asked from half a year into the budget's time of `total` months, and when that time is over.
    """
    return elapsed >= min(SHORTEST_SPENDING, total) and abs(quota - 1) > OFF_PLAN + 1e-9


def is_flow_gap(gap: int) -> bool:
    """Whether so many persons too many or too few in the next month's pågående are more than late exits explain."""
    return abs(gap) >= SMALLEST_GAP


def is_late(month_end: date, report_day: int, as_of: date, *, by_quarter: bool = False) -> bool:
    """Whether a month that is not delivered is late on a day: past its day of report, or a quarter after that day."""
    overdue = (as_of - month_end).days - report_day
    return overdue > (SILENT_DAYS if by_quarter else 0)


def is_revised(period: Period, known_before: date | None, before: float | None, after: float | None) -> bool:
    """Whether a figure that was meant to stand was changed: from and to, None for missing.

    A month is expected to move while it is preliminary, and may be corrected by one or two persons after that; what
    covers any other time is meant to stand as it is. `known_before` is the day until which the month was known.
    """
    if period.month_count != 1 or not period.is_whole_months:
        return before != after
    was_final = known_before is not None and (known_before - period.end).days >= PRELIMINARY_DAYS
    return was_final and (before is None or after is None or abs(after - before) >= SMALLEST_GAP)
