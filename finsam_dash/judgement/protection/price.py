"""What a reader looks for: how dear each cell of the grid is to hide, and which are hidden last."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from finsam_dash.judgement.policy import SMALLEST_KEPT
from finsam_dash.judgement.protection.places import CellKey, RowKey
from finsam_dash.model import Gender

HEADLINE_COST = 200.0
FORBUND_COST = 20.0
"""How much dearer it is, a person, to hide the förbund's figures than an insats's; the headline last."""
HEADLINE_COUNTS = frozenset({"till_arbete_studier", "avslutade - avslutade_utan_uppgift"})
"""The counts of the headline share: half as dear again to hide as others of the same subject and period."""
YEAR_CODES = frozenset({"avslutade", "andel_arbete_studier", "till_arbete_studier", "nya", "deltaganden"})
"""What a reader looks for of an insats's year."""


def compute_cost(key: CellKey, value: int) -> float:
    """What hiding a cell costs a person moved: interior first, totals dearer, the headline last."""
    weight = 1.5 if key.quantity in HEADLINE_COUNTS else 1.0
    if key.gender is Gender.ALLA:
        weight *= 2
    if key.period.month_count >= 12:
        weight *= 2 if key.period.is_calendar_year else 3
    if key.subject is None:
        weight *= FORBUND_COST
        if key.gender is Gender.ALLA and key.period.is_calendar_year:
            weight = HEADLINE_COST
    return (value + 1) * weight


def find_kept(rows: Mapping[RowKey, tuple[CellKey, ...]], values: Mapping[CellKey, int]) -> dict[CellKey, Hashable]:
    """What is hidden last: förbundets years and months, each by itself, and the year of a large insats as one.

    Where an insats is so small that its figures would follow from the others by subtraction, one other insats has
    to be hidden too; that one then goes with its whole year, and no second one.
    """
    kept: dict[CellKey, Hashable] = {}
    for row, cells in rows.items():
        if row.subject is None and (row.period.is_calendar_year or row.period.month_count == 1):
            kept |= {key: key for key in cells}
        elif row.gender is Gender.ALLA and row.period.is_calendar_year and row.indikator in YEAR_CODES:
            left = rows.get(row._replace(indikator="avslutade"))
            if left and values[left[0]] >= SMALLEST_KEPT:
                kept |= dict.fromkeys(cells, (row.subject, row.period))
    return kept
