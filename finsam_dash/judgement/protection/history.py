"""What was published before: an attacker keeps old publications and compares.

A figure that has not changed is the same unknown as before. A changed one (late registration) is a new unknown, and
the change is a cell of its own: from 20 to 22 tells of two persons. Source: method note, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from finsam_dash.judgement.protection.protect import Protection
from finsam_dash.judgement.protection.system import Cell, CellId, Inequality, System, Terms


class Sight(StrEnum):
    """How a cell stood in a publication."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNPRINTED = "unprinted"


class Earlier(NamedTuple):
    """The id of a count as it was before it changed."""

    id: CellId
    value: int


class Change(NamedTuple):
    """The id of the change of a count between two publications."""

    id: CellId
    before: int
    after: int


@dataclass(frozen=True)
class Publication:
    """What one publication told: each cell with its value and sight, and what tied the cells."""

    cells: dict[CellId, tuple[int, Sight]]
    equalities: tuple[Terms, ...] = ()
    inequalities: tuple[Inequality, ...] = ()


def record_publication(system: System, protection: Protection) -> Publication:
    """Keep what a protected system tells, for those that come after. Earlier counts and changes are left out."""
    own = {cell.id: cell for cell in system.cells if not isinstance(cell.id, Earlier | Change)}
    return Publication(
        {
            cell_id: (
                cell.value,
                Sight.HIDDEN
                if cell_id in protection.hidden
                else Sight.SHOWN
                if cell.printed or cell.known
                else Sight.UNPRINTED,
            )
            for cell_id, cell in own.items()
        },
        tuple(terms for terms in system.equalities if all(cell_id in own for cell_id, _ in terms)),
        tuple(bound for bound in system.inequalities if all(cell_id in own for cell_id, _ in bound.terms)),
    )


def add_history(system: System, earlier: Sequence[Publication]) -> System:
    """Add to a system what earlier publications told, oldest first.

    A cell shown before and unchanged is known; one hidden before and unchanged stays hidden; the counts that have
    changed since are cells that nobody may work out either.
    """
    cells = {cell.id: cell for cell in system.cells}
    present = dict(cells)
    equalities = dict.fromkeys(system.equalities)
    inequalities = dict.fromkeys(system.inequalities)
    latest: dict[CellId, int] = {}
    for publication in earlier:
        names = {
            cell_id: cell_id if cell_id in present and present[cell_id].value == value else Earlier(cell_id, value)
            for cell_id, (value, _) in publication.cells.items()
        }
        for cell_id, (value, sight) in publication.cells.items():
            cells[names[cell_id]] = _seen_before(
                cells.get(names[cell_id]), present.get(cell_id), names[cell_id], value, sight
            )
            if cell_id in latest and latest[cell_id] != value:
                _add_change(cells, equalities, cell_id, latest[cell_id], value, present)
            latest[cell_id] = value
        equalities |= dict.fromkeys(
            tuple((names[cell_id], factor) for cell_id, factor in terms) for terms in publication.equalities
        )
        inequalities |= dict.fromkeys(
            Inequality(tuple((names[cell_id], factor) for cell_id, factor in bound.terms), bound.limit)
            for bound in publication.inequalities
        )
    for cell_id, value in latest.items():
        if cell_id in present and present[cell_id].value != value:
            _add_change(cells, equalities, cell_id, value, present[cell_id].value, present)
    return System(tuple(cells.values()), tuple(equalities), tuple(inequalities))


def _seen_before(found: Cell | None, now: Cell | None, name: CellId, value: int, sight: Sight) -> Cell:
    """The cell as it is after a publication in which it was seen so; an earlier count is never printed again."""
    if found is None:
        found = Cell(name, value, printed=False, guard=now.guard if now else None, block=now.block if now else None)
    if sight is Sight.SHOWN:
        return replace(found, known=True)
    return replace(found, guard=True) if sight is Sight.HIDDEN else found


def _add_change(
    cells: dict[CellId, Cell],
    equalities: dict[Terms, None],
    cell_id: CellId,
    before: int,
    after: int,
    present: dict[CellId, Cell],
) -> None:
    now = present.get(cell_id)
    ends = [cell_id if now is not None and now.value == value else Earlier(cell_id, value) for value in (before, after)]
    name = Change(cell_id, before, after)
    cells[name] = Cell(
        name,
        after - before,
        known=all(cells[end].known for end in ends),
        printed=False,
        signed=True,
        guard=now.guard if now and now.guard is False else None,
        block=now.block if now else None,
    )
    equalities[((ends[1], 1), (ends[0], -1), (name, -1))] = None
