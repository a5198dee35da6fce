"""What a förbund may publish at one data version: the grid, protected as a whole, and rows cut out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.protection.grid import CellKey, RowKey, build_grid
from finsam_dash.judgement.protection.history import (
    Change,
    Earlier,
    Publication,
    Sight,
    add_history,
    record_publication,
)
from finsam_dash.judgement.protection.protect import HidingReason, protect
from finsam_dash.judgement.protection.system import CellId, Inequality, Terms
from finsam_dash.model import Gender, IndicatorRow, Measured, Missing, Period, Settings, Suppressed, Value

TELLING_DETAILS = frozenset({"namnare_noll", "taljare_storre_an_namnare"})
"""Why a share is missing may itself tell a count (nobody in the denominator): such a row is cut out like any other."""


@dataclass(frozen=True)
class PublishingPlan:
    """What may be shown of the grid, and why the rest is hidden.

    `shown` has the counts of each row (its value, or numerator and denominator): a row with other counts is of another
    data version and not covered. `hidden` gives each hidden row its reason, for the page on röjandekontroll in intern
    only: beside a figure the reason would leak. `exposed` rows can be worked out from what was public before, whatever
    is hidden. `hidden_cells` and `hidden_persons` are what the protection costs. `record` is what this publication
    tells, for the plans that come after it.
    """

    grid: str
    threshold: int
    shown: dict[RowKey, tuple[int, ...]]
    hidden: dict[RowKey, HidingReason]
    exposed: frozenset[RowKey]
    hidden_cells: int
    hidden_persons: int
    record: Publication


def plan_publishing(figures: FigureSet, settings: Settings, earlier: Sequence[Publication] = ()) -> PublishingPlan:
    """Protect a förbund's whole grid, together with what was published before (oldest first).

    Takes seconds: once a data version, never while a page waits. Raises KeyError for an unknown grid.
    """
    grid = build_grid(figures, settings.publishing_grid, show_zero=settings.show_zero)
    system = add_history(grid.system, earlier)
    protection = protect(system, settings.threshold)
    counts = {cell.id: cell.value for cell in system.cells}
    visible = grid.shown_rows(protection.hidden)
    shown = {row: tuple(counts[cell] for cell in cells) for row, cells in grid.rows.items() if row in visible}
    hidden = {}
    for row, cells in grid.rows.items():
        reasons = [protection.reasons[cell] for cell in cells if cell in protection.reasons]
        if reasons:
            hidden[row] = HidingReason.SMALL if HidingReason.SMALL in reasons else HidingReason.COMPLEMENTARY
    exposed = {cell.id if isinstance(cell, Change | Earlier) else cell for cell in protection.exposed}
    return PublishingPlan(
        settings.publishing_grid,
        settings.threshold,
        shown,
        hidden,
        frozenset(row for row, cells in grid.rows.items() if exposed.intersection(cells)),
        len(protection.hidden),
        protection.cost,
        record_publication(system, protection),
    )


def hide_rows(rows: Iterable[IndicatorRow], plan: PublishingPlan) -> tuple[IndicatorRow, ...]:
    """Cut rows out of the plan: a measured row that the plan does not show becomes hidden, whatever the reason.

    Fails closed: a row outside the grid is hidden. What public documents alone say is shown with its source. A missing
    row stays missing unless the reason tells a count. How many outcomes are unknown is dropped where it is small.
    """
    return tuple(_hide_row(row, plan) for row in rows)


def _hide_row(row: IndicatorRow, plan: PublishingPlan) -> IndicatorRow:
    if isinstance(row.value, Missing) and row.value.detail not in TELLING_DETAILS:
        return row
    is_public = bool(row.sources) and all(source.dokument for source in row.sources)
    planned = plan.shown.get(RowKey(row.subject, row.gender, row.period, row.indikator))
    if not is_public and (planned is None or planned != _counts(row.value)):
        return replace(row, value=Suppressed(), coverage=None, sources=(), codes=())
    if isinstance(row.value, Measured) and row.value.unknown and row.value.unknown < plan.threshold and not is_public:
        return replace(row, value=replace(row.value, unknown=None))
    return row


def _counts(value: Value) -> tuple[float, ...]:
    if not isinstance(value, Measured):
        return (0, 0)  # nobody in the denominator
    if value.numerator is None or value.denominator is None:
        return (value.value,)
    return (value.numerator, value.denominator)


def record_to_text(record: Publication) -> str:
    """Write a publication's record as JSON text; it holds hidden values and belongs in the store only."""
    place = {cell_id: number for number, cell_id in enumerate(record.cells)}

    def numbered(terms: Terms) -> list[list[int]]:
        return [[place[cell_id], factor] for cell_id, factor in terms]

    return json.dumps(
        {
            "cells": [[*_key_to_list(cell_id), value, sight] for cell_id, (value, sight) in record.cells.items()],
            "equalities": [numbered(terms) for terms in record.equalities],
            "inequalities": [[numbered(bound.terms), bound.limit] for bound in record.inequalities],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def record_from_text(text: str) -> Publication:
    """Read what `record_to_text` wrote."""
    raw = json.loads(text)
    cells: dict[CellId, tuple[int, Sight]] = {
        CellKey(subject, Gender(gender), Period.parse(period), quantity, variant): (value, Sight(sight))
        for subject, gender, period, quantity, variant, value, sight in raw["cells"]
    }
    names = list(cells)

    def named(terms: list[list[int]]) -> Terms:
        return tuple((names[number], factor) for number, factor in terms)

    return Publication(
        cells,
        tuple(named(terms) for terms in raw["equalities"]),
        tuple(Inequality(named(terms), limit) for terms, limit in raw["inequalities"]),
    )


def _key_to_list(cell_id: CellId) -> list[str | None]:
    assert isinstance(cell_id, CellKey)
    return [cell_id.subject, cell_id.gender, cell_id.period.code, cell_id.quantity, cell_id.variant]
