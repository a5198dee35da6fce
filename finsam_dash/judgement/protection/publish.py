"""What a förbund may publish at one data version: the grid, protected as a whole, and rows cut out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.protection.grid import TELLING_DETAILS, build_grid
from finsam_dash.judgement.protection.history import (
    Change,
    Earlier,
    Publication,
    Sight,
    add_history,
    record_publication,
)
from finsam_dash.judgement.protection.places import CellKey, RowKey, holds_row
from finsam_dash.judgement.protection.protect import HidingReason, protect
from finsam_dash.judgement.protection.system import CellId, Inequality, Terms
from finsam_dash.model import Gender, IndicatorRow, Measured, Missing, Period, Reason, Settings, Suppressed, Value

MONEY = frozenset({"forbrukningskvot", "forbrukad_andel"})
"""Kronor of kronor: no count of persons is behind them."""
COSTS = {
    "kostnad_per_deltagande": ("deltaganden",),
    "kostnad_per_resultat": ("till_arbete_studier", "andel_arbete_studier"),
}
"""A cost per person tells how many they are: it is shown only beside the very counts that it is made of."""


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

    def covers(self, period: Period, *, insatser: bool) -> bool:
        """Whether the grid holds the period at all, for the insatser or for the förbund as a whole."""
        return (period, insatser) in self._cuts

    @cached_property
    def _cuts(self) -> frozenset[tuple[Period, bool]]:
        return frozenset((row.period, row.subject is not None) for row in (*self.shown, *self.hidden))


EMPTY_RECORD = Publication({})


def hide_everything(settings: Settings) -> PublishingPlan:
    """The plan that shows nothing: what is in force until a förbund's own plan is made."""
    return PublishingPlan(settings.publishing_grid, settings.threshold, {}, {}, frozenset(), 0, 0, EMPTY_RECORD)


def plan_publishing(figures: FigureSet, settings: Settings, earlier: Sequence[Publication] = ()) -> PublishingPlan:
    """Protect a förbund's whole grid, together with what was published before (oldest first).

    Takes seconds: once a data version, never while a page waits. Where every figure stands in a public document there
    is nothing to protect, and the plan is empty: such figures are shown with their source. Raises KeyError for an
    unknown grid.
    """
    if figures.is_public():
        return hide_everything(settings)
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


def hide_rows(rows: Iterable[IndicatorRow], plan: PublishingPlan, figures: FigureSet) -> tuple[IndicatorRow, ...]:
    """Cut rows out of the plan: a measured row that the plan does not show becomes hidden, whatever the reason.

    Fails closed: a row outside the grid is hidden. What public documents alone say is shown with its source. A missing
    row stays missing unless the reason tells a count. How many outcomes are unknown is dropped where it is small.
    """
    return tuple(hide_row(row, plan, figures) for row in rows)


def hide_row(row: IndicatorRow, plan: PublishingPlan, figures: FigureSet) -> IndicatorRow:
    """One row cut out of the plan, by the rule of `hide_rows`; `figures` tell what public documents say."""
    if row.indikator in MONEY or not _tells(row):
        return row
    if is_public_row(row, figures):
        return row
    if not _is_planned(row, plan, figures):
        hidden = Suppressed(refused=not _is_held(row, plan, figures))
        return replace(row, value=hidden, coverage=None, sources=(), codes=())
    if isinstance(row.value, Measured) and row.value.unknown and row.value.unknown < plan.threshold:
        return replace(row, value=replace(row.value, unknown=None))
    return row


def is_public_row(row: IndicatorRow, figures: FigureSet) -> bool:
    """Whether public documents alone give the row: its own sources, or all that is stored of its subject and time."""
    if row.indikator not in COSTS and row.sources and all(source.dokument for source in row.sources):
        return True
    return figures.is_public(row.subject, row.period)


def _tells(row: IndicatorRow) -> bool:
    """Whether a value, or why there is none, says something of a count.

    Annat/okänt is often told only for the months that have somebody: the others, by name, would give those away.
    """
    if isinstance(row.value, Missing):
        is_seldom_told = row.gender is Gender.ANNAT_OKANT and row.value.reason is Reason.UPPGIFT_SAKNAS
        return is_seldom_told or row.value.detail in TELLING_DETAILS or row.value.detail.startswith("minst_kr")
    return isinstance(row.value, Measured)


def _is_held(row: IndicatorRow, plan: PublishingPlan, figures: FigureSet) -> bool:
    """Whether the grid has a place for the row, whatever the figures; a cost has it where its counts have."""
    insats = None if row.subject is None else next(one for one in figures.insatser if one.kod == row.subject)
    codes = COSTS.get(row.indikator, (row.indikator,))
    return all(holds_row(code, insats, row.gender, row.period, plan.grid) for code in codes)


def _is_planned(row: IndicatorRow, plan: PublishingPlan, figures: FigureSet) -> bool:
    if row.indikator in COSTS:
        if row.coverage is not None:
            return False
        behind = [
            compute_indicator(figures, figures.registry.indikatorer[code], row.subject, row.gender, row.period)
            for code in COSTS[row.indikator]
        ]
        return all(
            isinstance(one.value, Measured) and one.coverage is None and _is_planned(one, plan, figures)
            for one in behind
        )
    planned = plan.shown.get(RowKey(row.subject, row.gender, row.period, row.indikator))
    return planned is not None and planned == _counts(row.value)


def _counts(value: Value) -> tuple[float, ...]:
    if not isinstance(value, Measured):
        return (0, 0)  # nobody in the denominator
    if value.numerator is None or value.denominator is None:
        return (value.value,)
    return (value.numerator, value.denominator)


def plan_to_text(plan: PublishingPlan) -> str:
    """Write a plan as JSON text; like its record it belongs in the store only."""
    return json.dumps(
        {
            "grid": plan.grid,
            "threshold": plan.threshold,
            "shown": [[*_row_to_list(row), *counts] for row, counts in plan.shown.items()],
            "hidden": [[*_row_to_list(row), reason] for row, reason in plan.hidden.items()],
            "exposed": [_row_to_list(row) for row in sorted(plan.exposed, key=_row_order)],
            "cells": plan.hidden_cells,
            "persons": plan.hidden_persons,
            "record": record_to_text(plan.record),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def plan_from_text(text: str, *, with_record: bool = False) -> PublishingPlan:
    """Read what `plan_to_text` wrote; the record, which only a publication needs, is left out unless asked for."""
    raw = json.loads(text)
    periods: dict[str, Period] = {}

    def key(parts: list[Any]) -> RowKey:
        subject, gender, code, indikator = parts[:4]
        if code not in periods:
            periods[code] = Period.parse(code)
        return RowKey(subject, Gender(gender), periods[code], indikator)

    return PublishingPlan(
        raw["grid"],
        raw["threshold"],
        {key(parts): tuple(parts[4:]) for parts in raw["shown"]},
        {key(parts): HidingReason(parts[4]) for parts in raw["hidden"]},
        frozenset(key(parts) for parts in raw["exposed"]),
        raw["cells"],
        raw["persons"],
        record_from_text(raw["record"]) if with_record else EMPTY_RECORD,
    )


def _row_to_list(row: RowKey) -> list[Any]:
    return [row.subject, row.gender, row.period.code, row.indikator]


def _row_order(row: RowKey) -> tuple[str, ...]:
    return (row.subject or "", row.gender, row.period.code, row.indikator)


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
