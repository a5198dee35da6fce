"""Röjandekontroll of a whole system: hide what is small, then as little as possible more, until the attack fails."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from contextlib import suppress
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
KEPT = 100.0
"""How much dearer it is to let go of a cell that is to be hidden last."""
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
    first = printed & guarded(system, np.zeros(len(system.cells), dtype=bool), threshold)
    hiding = _hide(system, first, Witnesses(system, threshold))
    for group in sorted(hiding.given_up, key=hiding.rank):
        with suppress(_StuckError):
            hiding = _hide_again(hiding, first, group)
    hidden, exposed = hiding.hidden, hiding.exposed
    reasons = {
        system.cells[place].id: HidingReason.SMALL if primary[place] else HidingReason.COMPLEMENTARY
        for place in np.flatnonzero(hidden)
    }
    return Protection(
        threshold,
        reasons,
        frozenset(system.cells[place].id for place in np.flatnonzero(exposed)),
        _shortest_proof(hiding.witnesses, guarded(system, hidden, threshold) & ~exposed),
        int(np.abs(system.values[hidden]).sum()),
    )


@dataclass(frozen=True)
class _Hiding:
    """What is hidden, what is exposed all the same (masks), the proof, and the kept groups given up for which cell."""

    hidden: np.ndarray
    exposed: np.ndarray
    witnesses: Witnesses
    given_up: dict[Hashable, int]

    def rank(self, group: Hashable) -> tuple[float, str]:
        """The dearest group first."""
        return -sum(cell.cost for cell in self.witnesses.system.cells if cell.kept == group), repr(group)


class _StuckError(Exception):
    """A cell cannot be settled without giving up more than may be given up."""


def _hide(
    system: System,
    first: np.ndarray,
    witnesses: Witnesses,
    given_up: dict[Hashable, int] | None = None,
    start: int = -1,
) -> _Hiding:
    """Hide more than `first` (mask), until nothing guarded can be worked out.

    With `given_up`, no other kept groups may be given up: raises _StuckError where that is not enough, as soon as may
    be if `start` is a cell for which it is not.
    """
    hidden = first.copy()
    exposed = np.zeros(len(system.cells), dtype=bool)
    changer = _Changer(system, hidden, witnesses, given_up)
    if start >= 0:
        changer.settle(start)
    while True:
        targets = guarded(system, hidden, witnesses.threshold) & ~exposed
        left = Attack(system, hidden, witnesses).search(targets, ask_each=False)
        if not left.any():
            return _Hiding(hidden, exposed, witnesses, changer.given_up)
        asked = 0
        for cell in sorted(np.flatnonzero(left), key=lambda place: (-system.values[place], place)):
            if asked == CELLS_A_TURN:
                break
            if not witnesses.settled()[cell]:
                asked += 1
                exposed[cell] = not changer.settle(int(cell))


def _hide_again(hiding: _Hiding, first: np.ndarray, group: Hashable) -> _Hiding:
    """Hide the group's block anew without giving the group up: what was given up after it may be enough.

    Raises _StuckError where it is not.
    """
    system = hiding.witnesses.system
    others = {name: cell for name, cell in hiding.given_up.items() if name != group}
    blocks = {cell.block for cell in system.cells if cell.kept == group}
    if None in blocks or not blocks & {cell.block for cell in system.cells if cell.kept in others}:
        return hiding
    inside = np.array([cell.block in blocks for cell in system.cells], dtype=bool)
    fewer = hiding.hidden & (first | ~inside)
    witnesses = Witnesses(system, hiding.witnesses.threshold)
    shown = ~unseen(system, fewer)
    for change in hiding.witnesses.changes:
        if not change[shown].any():
            witnesses.add(change)
    return _hide(system, fewer, witnesses, others, hiding.given_up[group])


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

    def __init__(
        self, system: System, hidden: np.ndarray, witnesses: Witnesses, given_up: dict[Hashable, int] | None
    ) -> None:
        self.system, self.hidden, self.witnesses = system, hidden, witnesses
        self.given_up, self.may_give_up = dict(given_up or {}), given_up is None
        self.known = np.array([cell.known for cell in system.cells], dtype=bool)
        self.printed = np.array([cell.printed for cell in system.cells], dtype=bool)
        names = dict.fromkeys(cell.kept for cell in system.cells if cell.kept is not None)
        places = {name: number for number, name in enumerate(names)}
        self.names = tuple(names)
        self.group = np.array([places.get(cell.kept, -1) for cell in system.cells], dtype=np.int64)
        given = np.array([cell.kept in self.given_up for cell in system.cells], dtype=bool)
        self.is_kept = (self.group >= 0) & ~hidden & ~self.known & ~given
        self.programmes: dict[Hashable, tuple[np.ndarray, Programme]] = {}
        self.costs = np.array([cell.cost if cell.printed else ALREADY_HIDDEN for cell in system.cells])
        members = self.group >= 0
        self.price = np.zeros(len(system.cells))
        self.price[members] = KEPT * np.bincount(self.group[members], self.costs[members])[self.group[members]]

    def settle(self, cell: int) -> bool:
        """Hide what it takes for the cell to be uncertain enough, or come closer to it.

        Within the cell's block first, then anywhere; then what is to be hidden last is let go of, as little as does.
        False where no table in agreement with what everybody knows moves the cell, whatever is hidden.
        """
        scopes = tuple(dict.fromkeys((self.system.cells[cell].block, None)))
        return (
            any(self._settle_within(scope, cell) for scope in scopes)
            or any(self._let_go(scope, cell) and self._settle_within(scope, cell) for scope in scopes)
            or any(self._hide_all(scope, cell) for scope in scopes)
        )

    def _let_go(self, scope: Hashable, cell: int) -> bool:
        """Let go of the cheapest kept cells that set the cell free, each with its group; whether it is free then."""
        members, programme = self._programme(scope)
        kept, group = self.is_kept[members], self.group[members]
        if not kept.any():
            return False
        if not self.may_give_up:
            raise _StuckError
        self._bound(members, programme, np.zeros(members.size, dtype=bool))
        programme.change_costs(np.concatenate([np.where(kept, self.price[members], self._paid(members))] * 2))
        moved = self._find_moved(members, programme, cell)
        groups = [] if moved is None else sorted(set(group[moved & kept]), key=lambda one: (self.price[one], one))
        for one in groups if len(groups) > 1 else []:
            self._bound(members, programme, kept & (group != one))
            if self._find_moved(members, programme, cell) is not None:
                groups = [one]
                break
        return self._give_up(groups, cell)

    def _find_moved(self, members: np.ndarray, programme: Programme, cell: int) -> np.ndarray | None:
        """Mask of the members that move when the cell does, in the first way that there is; None if there is none."""
        for way in self._ways(cell):
            moved = np.zeros(members.size, dtype=bool)
            for goal in way:
                self._fix(members, programme, cell, goal)
                answer = programme.solve()
                if answer is None:
                    break
                moved |= np.abs(answer[: members.size] - answer[members.size :]) > 1e-6
            else:
                return moved
        return None

    def _give_up(self, groups: Collection[int], cell: int) -> bool:
        """Keep these groups no longer, for the cell's sake; whether there were any."""
        self.given_up |= {self.names[group]: cell for group in groups}
        self.is_kept &= ~np.isin(self.group, list(groups))
        for members, programme in self.programmes.values():
            self._bound(members, programme, self.is_kept[members])
        return len(groups) > 0

    def _fix(self, members: np.ndarray, programme: Programme, cell: int, goal: int | None) -> None:
        """Make the cell move by `goal`; None: free it again."""
        column = int(np.searchsorted(members, cell))
        up, down = (0.0, UNBOUNDED), (0.0, float(-self.system.floors[cell]))
        if goal is not None:
            up, down = (max(goal, 0),) * 2, (max(-goal, 0),) * 2
        programme.change_bounds(column, *up)
        programme.change_bounds(column + members.size, *down)

    def _paid(self, members: np.ndarray) -> np.ndarray:
        """What moving each member costs a person now."""
        return np.where(self.hidden[members], ALREADY_HIDDEN, self.costs[members])

    def _bound(self, members: np.ndarray, programme: Programme, fixed: np.ndarray) -> None:
        """Let each member move as far as it may, up and down; the fixed ones (mask) not at all."""
        upper = np.concatenate([np.full(members.size, UNBOUNDED), -self.system.floors[members].astype(float)])
        programme.change_upper(np.where(np.concatenate([fixed] * 2), 0.0, upper))

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
        costs = np.concatenate([self._paid(members)] * 2)
        programme.change_costs(costs)
        self._fix(members, programme, cell, goal)
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
        self._fix(members, programme, cell, None)
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
        self._give_up(set(self.group[members[self.is_kept[members]]]), cell)
        more = (self.printed & ~self.hidden)[members]
        column = int(np.searchsorted(members, cell))
        deepest = float(-self.system.floors[cell])
        is_movable = False
        for up, down in (((1.0, UNBOUNDED), (0.0, 0.0)), ((0.0, 0.0), (1.0, deepest))):
            if down[1] >= down[0]:
                programme.change_bounds(column, *up)
                programme.change_bounds(column + members.size, *down)
                is_movable = is_movable or programme.solve() is not None
        self._fix(members, programme, cell, None)
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
            programme = Programme(
                hstack([rows, -rows], format="csr"),
                lower,
                upper,
                np.zeros(2 * members.size),
                np.zeros(2 * members.size),
                np.zeros(2 * members.size),
            )
            self._bound(members, programme, self.is_kept[members])
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
