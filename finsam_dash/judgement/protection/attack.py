"""The attack: which hidden values can be worked out from what is shown, and the proof that the others cannot.

The proof is a set of witnesses: whole tables of persons, each in agreement with everything shown and known. Two of
them that differ by three in a cell show that the cell may be either; checking them takes integer arithmetic only, so
the proof does not rest on a solver's tolerance. A cell without witnesses counts as disclosed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from finsam_dash.judgement.protection.programme import UNBOUNDED, Programme
from finsam_dash.judgement.protection.system import SMALLEST_WIDTH, CellId, System

ROUNDS = 12
"""At most so many random objectives before single cells are asked about."""
REACH = 4
"""Witnesses move no cell by more than this many times max(3, threshold): enough, and it keeps them small."""
OTHER_CORNERS = 6
"""At most so many corners with one cell at its extreme before a search in whole numbers."""
WHOLE_NUMBER_SECONDS = 2.0


@dataclass
class Witnesses:
    """Tables that agree with what is shown, as changes from the true one, and how far they move each cell."""

    system: System
    threshold: int
    changes: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.highest = np.zeros(len(self.system.cells), dtype=np.int64)
        self.lowest = np.zeros(len(self.system.cells), dtype=np.int64)

    def add(self, change: np.ndarray) -> None:
        """Keep a change if it moves some cell further than those kept."""
        if (change > self.highest).any() or (change < self.lowest).any():
            self.changes.append(change)
            np.maximum(self.highest, change, out=self.highest)
            np.minimum(self.lowest, change, out=self.lowest)

    def settled(self) -> np.ndarray:
        """Mask of the cells that keep a width of 3 and one possibility at or above the threshold."""
        values = self.system.values
        is_wide = self.highest - self.lowest >= SMALLEST_WIDTH
        return is_wide & (np.maximum(values + self.highest, -(values + self.lowest)) >= self.threshold)


def unseen(system: System, hidden: np.ndarray) -> np.ndarray:
    """Mask of what an attacker does not see: the hidden cells, and those never printed and not known."""
    return hidden | np.array([not (cell.printed or cell.known) for cell in system.cells], dtype=bool)


def guarded(system: System, hidden: np.ndarray, threshold: int) -> np.ndarray:
    """Mask of the cells that must not be worked out: every hidden one, and what is small though never printed."""
    return hidden | np.array(
        [cell.is_primary(threshold) or (cell.guard is True and not cell.known) for cell in system.cells], dtype=bool
    )


def tied_rows(system: System, free: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """The rows that tie changes of the `free` cells (indices) while all others stay, with lower and upper bounds."""
    equal = system.equality_matrix[:, free]
    equal = equal[np.diff(equal.indptr) > 0]
    kept = system.inequality_matrix[:, free]
    is_used = np.diff(kept.indptr) > 0
    slack = (system.limits - system.inequality_matrix @ system.values)[is_used].astype(float)
    zeros = np.zeros(equal.shape[0])
    return (
        vstack([equal, kept[is_used]], format="csr"),
        np.concatenate([zeros, np.full(slack.size, -UNBOUNDED)]),
        np.concatenate([zeros, slack]),
    )


class Attack:
    """An attacker who sees everything but `hidden` (mask) and searches for tables that agree with it."""

    def __init__(self, system: System, hidden: np.ndarray, witnesses: Witnesses) -> None:
        self.system, self.witnesses = system, witnesses
        self.hidden = unseen(system, hidden)
        self.free = np.flatnonzero(self.hidden)
        reach = REACH * max(SMALLEST_WIDTH, witnesses.threshold)
        rows, self.row_lower, self.row_upper = tied_rows(system, self.free)
        self.lower = np.maximum(system.floors[self.free], -reach).astype(float)
        self.upper = np.full(self.free.size, float(reach))
        links = abs(rows).astype(float)
        self.parts = connected_components(links.T @ links, directed=False)[1] if self.free.size else np.zeros(0, int)
        self.rows, self.row_parts = rows, np.zeros(rows.shape[0], dtype=np.int64)
        if rows.shape[0]:
            self.row_parts = self.parts[rows.indices[rows.indptr[:-1]]]

    def search(self, targets: np.ndarray, seed: int = 1, ask_each: bool = True) -> np.ndarray:
        """Search witnesses for the `targets` (mask) and give the mask of those left without.

        A few random objectives settle most cells; the highest and lowest of each cell left are asked for only with
        `ask_each`.
        """
        left = targets & ~self.witnesses.settled()
        if not left[self.hidden].any():
            return left
        everything = np.arange(self.free.size)
        programme = self._programme(everything)
        draw = np.random.default_rng(seed)
        for turn in range(ROUNDS):
            weights = np.where(left[self.free], draw.uniform(0.5, 1.5, self.free.size), 0.0)
            signs = draw.choice([-1.0, 1.0], self.free.size) if turn > 1 else (1.0, -1.0)[turn]
            programme.change_costs(-weights * signs)
            self._keep(programme.solve(), everything)
            still = targets & ~self.witnesses.settled()
            if not still.any() or (turn > 2 and still.sum() > 0.9 * left.sum()):
                break
            left = still
        if ask_each:
            self._ask_each(targets)
        return targets & ~self.witnesses.settled()

    def _ask_each(self, targets: np.ndarray) -> None:
        """Ask how far each cell left can go up, then down, in its own part of the system."""
        programmes: dict[int, tuple[np.ndarray, Programme]] = {}
        for place, cell in enumerate(self.free):
            if not targets[cell] or self.witnesses.settled()[cell]:
                continue
            part = int(self.parts[place])
            if part not in programmes:
                members = np.flatnonzero(self.parts == part)
                programmes[part] = members, self._programme(members)
            members, programme = programmes[part]
            column = int(np.searchsorted(members, place))
            for direction in (1, -1):
                self._ask(members, programme, column, direction)
                if self.witnesses.settled()[cell]:
                    break

    def _ask(self, members: np.ndarray, programme: Programme, column: int, direction: int) -> None:
        """Keep a table in whole persons where one cell is as high (direction 1) or low (-1) as it goes, if need be.

        Where the corner found is not whole, another with the same extreme may be: a small random cost on all others
        leads there. A search in whole numbers for a move just long enough comes last.
        """
        draw = np.random.default_rng(column)
        for turn in range(OTHER_CORNERS):
            costs = draw.uniform(-1e-3, 1e-3, members.size) if turn else np.zeros(members.size)
            costs[column] = -direction
            programme.change_costs(costs)
            if self._keep(programme.solve(), members):
                return
        place = members[column]
        cell = self.free[place]
        lower, upper = self.lower[place], self.upper[place]
        if direction > 0:
            goal = max(
                self.witnesses.lowest[cell] + SMALLEST_WIDTH, self.witnesses.threshold - self.system.values[cell]
            )
            programme.change_bounds(column, float(goal), upper)
        else:
            programme.change_bounds(column, lower, float(self.witnesses.highest[cell] - SMALLEST_WIDTH))
        programme.change_costs(np.zeros(members.size))
        self._keep(programme.solve_in_whole_numbers(WHOLE_NUMBER_SECONDS), members)
        programme.change_bounds(column, lower, upper)

    def _keep(self, answer: np.ndarray | None, members: np.ndarray) -> bool:
        """Keep the parts of an answer that are whole numbers and agree exactly; whether all of it did."""
        if answer is None:
            return False
        full = np.zeros(self.free.size)
        full[members] = answer
        rounded = np.rint(full).astype(np.int64)
        sums = self.rows @ rounded
        bad_rows = (sums < self.row_lower) | (sums > self.row_upper)
        bad_cells = (np.abs(full - rounded) > 1e-6) | (rounded < self.lower)
        bad_parts = np.union1d(self.row_parts[bad_rows], self.parts[bad_cells])
        rounded[np.isin(self.parts, bad_parts)] = 0
        change = np.zeros(len(self.system.cells), dtype=np.int64)
        change[self.free] = rounded
        if not self.system.is_possible(change, self.hidden):
            return False
        self.witnesses.add(change)
        return not bad_parts.size

    def _programme(self, members: np.ndarray) -> Programme:
        rows = self.rows[:, members]
        used = np.diff(rows.indptr) > 0
        return Programme(
            rows[used],
            self.row_lower[used],
            self.row_upper[used],
            self.lower[members],
            self.upper[members],
            np.zeros(members.size),
        )


def is_proof(
    system: System,
    hidden: np.ndarray,
    threshold: int,
    changes: tuple[np.ndarray, ...],
    exposed: frozenset[CellId] = frozenset(),
) -> bool:
    """Whether the changes alone prove that no guarded cell can be worked out; integer arithmetic, no solver.

    `hidden` is a mask; `exposed` cells are let off.
    """
    mask = unseen(system, hidden)
    witnesses = Witnesses(system, threshold)
    for change in changes:
        if not system.is_possible(change, mask):
            return False
        witnesses.add(change)
    must = guarded(system, hidden, threshold)
    must[[system.index[cell_id] for cell_id in exposed]] = False
    return bool(witnesses.settled()[must].all())
