"""Money against a plan and against outcomes. Amounts in any one currency unit; ratios are 1.0 = 100 %."""

from __future__ import annotations

from typing import NamedTuple

from finsam_dash.stats.proportions import wilson


class CostPerOutcome(NamedTuple):
    """Cost an outcome with its limits; None where the counts give no value ("at least `lower`")."""

    value: float | None
    lower: float
    upper: float | None


def planned_to_date(budget: float, elapsed: float, total: float) -> float:
    """Give the linear plan for the time gone; `elapsed` and `total` in the same unit of time, elapsed within total."""
    if not (total > 0 and 0 <= elapsed <= total):
        raise ValueError(f"{elapsed} of {total} is no time gone")
    return budget * elapsed / total


def linear_quota(used: float, budget: float, elapsed: float, total: float) -> float | None:
    """Give what is used over the linear plan to date (1.0 = on plan); None for a plan of nothing."""
    planned = planned_to_date(budget, elapsed, total)
    return used / planned if planned > 0 else None


def used_share(used: float, budget: float) -> float | None:
    """Give the share of the whole budget that is used; None for a budget of nothing."""
    return used / budget if budget > 0 else None


def forecast_span(used: float, budget: float, elapsed: float, total: float) -> tuple[float, float] | None:
    """Give the span of two simple forecasts, lowest first: the run rate, and what is used plus the plan for the rest.

    None when no time has gone.
    """
    if elapsed == 0:
        return None
    rest_as_planned = used + budget - planned_to_date(budget, elapsed, total)
    run_rate = used * total / elapsed
    return min(run_rate, rest_as_planned), max(run_rate, rest_as_planned)


def cost_per_unit(cost: float, count: int) -> float | None:
    """Give cost / count; None for a count of 0."""
    return cost / count if count > 0 else None


def cost_per_outcome(cost: float, k: int, n: int, confidence: float = 0.95) -> CostPerOutcome:
    """Give cost / k with the limits cost / (n u) and cost / (n l) of Wilson's l and u for k of n; no value at k = 0.

    It is no price of an outcome: what would have happened anyway is not taken off. Raises ValueError as `wilson` does.
    """
    limits = wilson(k, n, confidence)
    return CostPerOutcome(
        cost_per_unit(cost, k), cost / (n * limits.upper), cost / (n * limits.lower) if limits.lower > 0 else None
    )
