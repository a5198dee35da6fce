"""Röjandekontroll of a whole system: hide what is small, then as little as possible more, until the attack fails."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.sparse import hstack

from finsam_dash.judgement.protection.attack import (
    REACH,
    WHOLE_NUMBER_SECONDS,
    Attack,
    Witnesses,
    guarded,
    is_proof,
    tied_rows,
    unseen,
)
from finsam_dash.judgement.protection.programme import UNBOUNDED, Programme
from finsam_dash.judgement.protection.system import SMALLEST_WIDTH, CellId, System

ALREADY_HIDDEN = 1e-3
"""Cost a person of moving a cell that is hidden anyway: small, so that hidden cells are used first, but not nothing."""
CELLS_A_TURN = 15
"""So many cells are settled one by one before the attack is repeated, which settles many others at once."""
OTHER_COSTS = 4
"""So many times a solution that is not in whole persons is sought again at slightly other costs."""


class HidingReason(StrEnum):
    """Why a cell is hidden; for the page on röjandekontroll only, never beside the cell (the reason itself leaks)."""

    SMALL = "small"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True)
class Protection:
    """What may not be shown, and the proof that it cannot be worked out.

    `reasons` has every hidden cell. `exposed`: guarded cells that what everybody knew already gives away; they are
    hidden all the same where they are printed. `proof` holds tables (as changes from the true one, sparse: cell index
    to change) that agree with all that is shown. `cost` is the persons in the hidden cells.
    """

    threshold: int
    reasons: dict[CellId, HidingReason]
    exposed: frozenset[CellId]
    proof: tuple[dict[int, int], ...]
    cost: int

    @property
    def hidden(self) -> frozenset[CellId]:
        return frozenset(self.reasons)


def protect(system: System, threshold: int) -> Protection:
    """Choose what to hide so that every hidden value keeps four possibilities, one of them `threshold` or more.

    Small cells (`Cell.is_primary`), and those guarded whatever their size, are hidden first. Then for each cell that
    can still be worked out, the cheapest change of the whole table that moves it far enough is sought, and the cells
    that the change moves are hidden too. Ends when all are proven; fails closed.
    Source: Fischetti & Salazar (2000), Management Science 46:1005-1015, one linear programme a cell; method note, 4.
    """
    printed = np.array([cell.printed and not cell.known for cell in system.cells], dtype=bool)
    primary = np.array([cell.is_primary(threshold) for cell in system.cells], dtype=bool)
    hidden = printed & guarded(system, np.zeros(len(system.cells), dtype=bool), threshold)
    exposed = np.zeros(len(system.cells), dtype=bool)
    witnesses = Witnesses(system, threshold)
    changer = _Changer(system, hidden, witnesses)
    while True:
        targets = guarded(system, hidden, threshold) & ~exposed
        left = Attack(system, hidden, witnesses).search(targets, ask_each=False)
        if not left.any():
            break
        asked = 0
        for cell in sorted(np.flatnonzero(left), key=lambda place: (-system.values[place], place)):
            if asked == CELLS_A_TURN:
                break
            if not witnesses.settled()[cell]:
                asked += 1
                exposed[cell] = not changer.settle(int(cell))
    reasons = {
        system.cells[place].id: HidingReason.SMALL if primary[place] else HidingReason.COMPLEMENTARY
        for place in np.flatnonzero(hidden)
    }
    return Protection(
        threshold,
        reasons,
        frozenset(system.cells[place].id for place in np.flatnonzero(exposed)),
        _shortest_proof(witnesses, guarded(system, hidden, threshold) & ~exposed),
        int(np.abs(system.values[hidden]).sum()),
    )


def audit(system: System, protection: Protection, published: frozenset[CellId] | None = None) -> frozenset[CellId]:
    """Attack what is published anew, and give the guarded cells that can be worked out though not known before.

    `published` are the cells really shown; when not given, all that the protection does not hide. The attack shares
    nothing with the protection but the system.
    """
    hidden = hidden_mask(system, protection.hidden if published is None else _others(system, published))
    targets = guarded(system, hidden, protection.threshold)
    witnesses = Witnesses(system, protection.threshold)
    left = Attack(system, hidden, witnesses).search(targets, seed=2)
    return frozenset(system.cells[place].id for place in np.flatnonzero(left)) - protection.exposed


def is_proven(system: System, protection: Protection) -> bool:
    """Whether the stored proof holds for every hidden cell, by integer arithmetic alone."""
    hidden = hidden_mask(system, protection.hidden)
    changes = tuple(_dense(system, sparse) for sparse in protection.proof)
    return is_proof(system, hidden, protection.threshold, changes, protection.exposed)


def hidden_mask(system: System, hidden: frozenset[CellId]) -> np.ndarray:
    mask = np.zeros(len(system.cells), dtype=bool)
    mask[[system.index[cell_id] for cell_id in hidden]] = True
    return mask


class _Changer:
    """Seeks the cheapest change of the table that moves one cell, and hides what it moves (`hidden`, in place)."""

    def __init__(self, system: System, hidden: np.ndarray, witnesses: Witnesses) -> None:
        self.system, self.hidden, self.witnesses = system, hidden, witnesses
        self.known = np.array([cell.known for cell in system.cells], dtype=bool)
        self.printed = np.array([cell.printed for cell in system.cells], dtype=bool)
        self.programmes: dict[Hashable, tuple[np.ndarray, Programme]] = {}
        self.paid: dict[Hashable, np.ndarray] = {}

    def settle(self, cell: int) -> bool:
        """Hide what it takes for the cell to be uncertain enough, or come closer to it.

        Within the cell's block first, then anywhere. False where no table in agreement with what everybody knows
        moves the cell, whatever is hidden.
        """
        scopes = tuple(dict.fromkeys((self.system.cells[cell].block, None)))
        return any(self._settle_within(scope, cell) for scope in scopes) or any(
            self._hide_all(scope, cell) for scope in scopes
        )

    def _settle_within(self, scope: Hashable, cell: int) -> bool:
        for goals in self._ways(cell):
            for goal in goals:
                if not self._move(scope, cell, goal):
                    break
            else:
                return True
        return False

    def _move(self, scope: Hashable, cell: int, goal: int) -> bool:
        """Hide what moves when the cell moves by `goal`, at the least cost.

        The corner that the solver finds is nearly always in whole persons. Where it is not, a multiple of it or a
        corner at slightly other costs may be; else what it moves is hidden, which helps the next attack; only where
        nothing is left to hide is a search in whole numbers worth its time.
        """
        members, programme = self._programme(scope)
        size = members.size
        column = int(np.searchsorted(members, cell))
        self.paid[scope][self.hidden[members]] = ALREADY_HIDDEN
        costs = np.concatenate([self.paid[scope]] * 2)
        programme.change_costs(costs)
        programme.change_bounds(column, max(goal, 0), max(goal, 0))
        programme.change_bounds(column + size, max(-goal, 0), max(-goal, 0))
        first = programme.solve()
        change = self._whole(members, first)
        if first is not None and change is None:
            draw = np.random.default_rng(cell)
            for _ in range(OTHER_COSTS):
                programme.change_costs(costs * draw.uniform(0.5, 2.0, 2 * size))
                change = self._whole(members, programme.solve())
                if change is not None:
                    break
            else:
                moved = members[np.abs(first[:size] - first[size:]) > 1e-6]
                if (~self.hidden & self.printed)[moved].any():
                    change = np.zeros(len(self.system.cells), dtype=np.int64)
                    self.hidden[moved] |= self.printed[moved]
                else:
                    change = self._search_hidden(members, cell, goal)
                    if change is None:
                        change = self._whole(members, programme.solve_in_whole_numbers(WHOLE_NUMBER_SECONDS))
        programme.change_bounds(column, 0.0, UNBOUNDED)
        programme.change_bounds(column + size, 0.0, float(-self.system.floors[cell]))
        if change is None:
            return False
        self.hidden |= (change != 0) & self.printed
        self.witnesses.add(change)
        return True

    def _search_hidden(self, members: np.ndarray, cell: int, goal: int) -> np.ndarray | None:
        """A change by `goal` in whole persons that moves only what is hidden already."""
        free = members[unseen(self.system, self.hidden)[members]]
        rows, lower, upper = tied_rows(self.system, free)
        reach = REACH * max(SMALLEST_WIDTH, self.witnesses.threshold)
        floors = np.maximum(self.system.floors[free], -reach).astype(float)
        programme = Programme(rows, lower, upper, floors, np.full(free.size, float(reach)), np.zeros(free.size))
        programme.change_bounds(int(np.searchsorted(free, cell)), goal, goal)
        answer = programme.solve_in_whole_numbers(WHOLE_NUMBER_SECONDS)
        return None if answer is None else self._whole(free, np.concatenate([answer, np.zeros(free.size)]))

    def _hide_all(self, scope: Hashable, cell: int) -> bool:
        """The last resort where a move exists but was not found in whole persons: hide all it could touch."""
        members, programme = self._programme(scope)
        more = (self.printed & ~self.hidden)[members]
        column = int(np.searchsorted(members, cell))
        deepest = float(-self.system.floors[cell])
        is_movable = False
        for up, down in (((1.0, UNBOUNDED), (0.0, 0.0)), ((0.0, 0.0), (1.0, deepest))):
            if down[1] >= down[0]:
                programme.change_bounds(column, *up)
                programme.change_bounds(column + members.size, *down)
                is_movable = is_movable or programme.solve() is not None
        programme.change_bounds(column, 0.0, UNBOUNDED)
        programme.change_bounds(column + members.size, 0.0, deepest)
        if not (more.any() and is_movable):
            return False
        self.hidden[members] |= self.printed[members]
        return True

    def _whole(self, members: np.ndarray, answer: np.ndarray | None) -> np.ndarray | None:
        """The answer, or a small multiple of it, as an exact change of the table in whole persons."""
        if answer is None:
            return None
        moved = answer[: members.size] - answer[members.size :]
        change = np.zeros(len(self.system.cells), dtype=np.int64)
        for factor in (1, 2, 3):
            change[members] = np.rint(factor * moved)
            if np.abs(factor * moved - change[members]).max() < 1e-6 and self.system.is_possible(change, ~self.known):
                return change
        return None

    def _ways(self, cell: int) -> list[tuple[int, ...]]:
        """The changes of the cell that would settle it, given the witnesses there are: cheapest kind first."""
        value, threshold = int(self.system.values[cell]), self.witnesses.threshold
        highest, lowest = int(self.witnesses.highest[cell]), int(self.witnesses.lowest[cell])
        signed = self.system.cells[cell].signed
        reach = max(0, threshold - value)
        ways: list[tuple[int, ...]] = [(max(lowest + SMALLEST_WIDTH, reach),)]
        if highest >= reach or (signed and -(value + highest - SMALLEST_WIDTH) >= threshold):
            ways.append((highest - SMALLEST_WIDTH,))
        if signed:
            ways.append((-max(threshold + value, SMALLEST_WIDTH),))
        ways += [(up, up - SMALLEST_WIDTH) for up in range(max(reach, 1), SMALLEST_WIDTH)]
        floor = int(self.system.floors[cell])
        return [way for way in ways if min(way) >= floor]

    def _programme(self, scope: Hashable) -> tuple[np.ndarray, Programme]:
        if scope not in self.programmes:
            system = self.system
            inside = np.array([scope is None or cell.block in (scope, None) for cell in system.cells], dtype=bool)
            members = np.flatnonzero(inside & ~self.known)
            rows, lower, upper = tied_rows(system, members)
            costs = np.array([cell.cost if cell.printed else ALREADY_HIDDEN for cell in system.cells])[members]
            self.paid[scope] = np.where(self.hidden[members], ALREADY_HIDDEN, costs)
            programme = Programme(
                hstack([rows, -rows], format="csr"),
                lower,
                upper,
                np.zeros(2 * members.size),
                np.concatenate([np.full(members.size, UNBOUNDED), -system.floors[members].astype(float)]),
                np.concatenate([self.paid[scope]] * 2),
            )
            self.programmes[scope] = members, programme
        return self.programmes[scope]


def _shortest_proof(witnesses: Witnesses, targets: np.ndarray) -> tuple[dict[int, int], ...]:
    """Witnesses enough for the targets, those that move most cells first."""
    kept = Witnesses(witnesses.system, witnesses.threshold)
    for change in sorted(witnesses.changes, key=np.count_nonzero, reverse=True):
        open_cells = targets & ~kept.settled()
        if ((change > kept.highest) | (change < kept.lowest))[open_cells].any():
            kept.add(change)
    return tuple({int(place): int(change[place]) for place in np.flatnonzero(change)} for change in kept.changes)


def _dense(system: System, sparse: dict[int, int]) -> np.ndarray:
    change = np.zeros(len(system.cells), dtype=np.int64)
    change[list(sparse)] = list(sparse.values())
    return change


def _others(system: System, published: frozenset[CellId]) -> frozenset[CellId]:
    return frozenset(cell.id for cell in system.cells if cell.printed and not cell.known and cell.id not in published)
