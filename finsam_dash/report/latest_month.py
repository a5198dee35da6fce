"""The latest month that any insats has handed in, and which of those that report by month have not."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import Period
from finsam_dash.report.attention import find_reported


@dataclass(frozen=True)
class LatestMonth:
    """A month, and the codes of the insatser that have handed it in and that lack, in the plan's order."""

    month: Period
    handed_in: tuple[str, ...]
    lacking: tuple[str, ...]


def find_latest_month(figures: FigureSet) -> LatestMonth | None:
    """Who has handed in the latest month of all; None where nobody reports by month.

    Only an insats that has reported some month before, and runs in this one, is waited for.
    """
    reported = {insats: find_reported(figures, insats.kod)[1] for insats in figures.insatser}
    months = frozenset().union(*reported.values())
    if not months:
        return None
    month = max(months)
    expected = [(insats.kod, month in own) for insats, own in reported.items() if own and insats.is_active(month)]
    return LatestMonth(
        month,
        tuple(kod for kod, is_there in expected if is_there),
        tuple(kod for kod, is_there in expected if not is_there),
    )
