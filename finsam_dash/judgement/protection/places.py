"""Which rows the publishing grid of a förbund has a place for, chosen before anybody looks at the numbers.

The grid is kön x insats x (half-years or tertial, years, the insats's own periods), and förbund x month. What is
outside it is not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import Gender, Insats, Period

GRID_MONTHS = {"halvar": 6, "tertial": 4}
"""Publishing grids that a förbund may choose, by the months of their shortest insats period."""
STOCK = "pagaende"
"""The stock that may be published beside the indicators, at each period's start."""


@dataclass(frozen=True)
class Family:
    """Where a set of figures is published. `insats_genders` and `forbund_genders`: all kön, or the total only."""

    codes: tuple[str, ...]
    insats_genders: bool
    insats_short: bool
    forbund_genders: bool = True
    month: bool = False


FAMILIES = (
    Family(
        ("avslutade", "till_arbete_studier", "andel_arbete_studier", "nya", "deltaganden", STOCK),
        insats_genders=True,
        insats_short=True,
        month=True,
    ),
    Family(("andel_kvinnor", "deltagare", "deltagare_utan_personuppgifter"), insats_genders=True, insats_short=True),
    Family(("bortfall", "andel_bortfall"), insats_genders=False, insats_short=False),
    Family(("andel_arbete_studier_fullfoljda",), insats_genders=False, insats_short=False),
    Family(("till_arbete", "till_studier"), insats_genders=False, insats_short=False),
    Family(
        ("andel_under_30", "andel_utrikesfodda", "andel_forsorjning_over_3_ar"),
        insats_genders=False,
        insats_short=False,
    ),
)
"""Rare outcomes and small groups are published for the year and the total only: split further they would nearly all
be hidden, and hide much else with them. The grid is chosen before the numbers are seen, so the choice tells nothing."""


class CellKey(NamedTuple):
    """A count in the grid. `subject` None is the förbund. `quantity` is a sum of mått as text.

    `variant` tells apart two förbund figures of one quantity that are summed over different insatser.
    """

    subject: str | None
    gender: Gender
    period: Period
    quantity: str
    variant: str = ""


class RowKey(NamedTuple):
    """A row of a Report: what is shown or hidden as one."""

    subject: str | None
    gender: Gender
    period: Period
    indikator: str


def grid_periods(figures: FigureSet, months: int) -> tuple[Period, ...]:
    """The half-years (or tertial) and years that hold any figure of the förbund, in order of time."""
    found: set[Period] = set()
    for stored in figures.all_periods():
        for year in range(stored.start.year, stored.end.year + 1):
            parts = [_run(year, first, months) for first in range(1, 13, months)]
            found.add(Period.year(year))
            found.update(part for part in parts if part.overlaps(stored))
    return tuple(sorted(found))


def holds_row(code: str, insats: Insats | None, gender: Gender, period: Period, grid: str = "halvar") -> bool:
    """Whether the publishing grid has a place for such a row, whatever the figures; `insats` None is the förbund.

    Raises KeyError for an unknown grid.
    """
    length = GRID_MONTHS[grid]
    is_part = period.is_whole_months and period.month_count == length and (period.start.month - 1) % length == 0
    for family in FAMILIES:
        if code in family.codes:
            if insats is not None:
                is_own = period in own_periods(insats)
                is_held = period.is_calendar_year or is_own or (is_part and family.insats_short)
                return is_held and (family.insats_genders or gender is Gender.ALLA)
            if period.month_count == 1 and period.is_whole_months:
                return family.month and gender is Gender.ALLA
            return (period.is_calendar_year or is_part) and (family.forbund_genders or gender is Gender.ALLA)
    return False


def own_periods(insats: Insats) -> tuple[Period, ...]:
    """The insats's decided periods that have an end; one that runs until further notice has no figure of its own."""
    return tuple(Period(part.start, part.end) for part in insats.periods if part.end is not None)


def _run(year: int, first: int, months: int) -> Period:
    return Period(Period.month(year, first).start, Period.month(year, first + months - 1).end)
