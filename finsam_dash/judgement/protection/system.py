"""What an attacker faces: counts of persons, the sums between them and the limits that everybody knows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

SMALLEST_WIDTH = 3
"""A hidden value keeps at least four possibilities, that is a width of 3. Source: method note, section 4."""

CellId = Hashable
Terms = tuple[tuple[CellId, int], ...]


@dataclass(frozen=True)
class Cell:
    """One count of persons that is printed, or that follows from what is printed.

    `cost` is what hiding it costs, a person moved. `known`: everybody knows it already (a public document, an earlier
    publication), so it is neither protected nor hidden. `printed` False: it stands nowhere but can be worked out
    (n - k, a change between two publications), so it is never shown, and guarded only where small. `guard` overrules
    that: True guards it whatever its size (it was hidden before), False never (it tells nothing about a person).
    `signed`: it may be negative (a change). `small_zero`: nobody is a disclosure too (0 % or 100 % of a group, where
    the setting says so). `block`: cells of different blocks hang together only through cells without one; it only
    saves time. `kept`: what the cell belongs to, if it is among the figures that are hidden last; where one of them
    must go, the others of the same `kept` go before any of another.
    """

    id: CellId
    value: int
    cost: float = 1.0
    known: bool = False
    printed: bool = True
    signed: bool = False
    small_zero: bool = False
    guard: bool | None = None
    block: Hashable = None
    kept: Hashable = None

    def is_primary(self, threshold: int) -> bool:
        """Whether the cell is small in itself: 1 to threshold - 1 persons, or a nobody that tells."""
        if self.known or self.guard is False:
            return False
        return 0 < abs(self.value) < threshold or (self.small_zero and self.value == 0)


@dataclass(frozen=True)
class Inequality:
    """What everybody knows: the sum of coefficient x cell is at most `limit`."""

    terms: Terms
    limit: int = 0


@dataclass(frozen=True)
class System:
    """Cells with what ties them: each equality is terms that sum to 0, each inequality holds for the true values.

    Raises ValueError for an unknown or repeated cell, a negative count, and a tie that the values do not keep: what is
    not so cannot be known to anybody.
    """

    cells: tuple[Cell, ...]
    equalities: tuple[Terms, ...]
    inequalities: tuple[Inequality, ...] = ()

    def __post_init__(self) -> None:
        if len(self.index) != len(self.cells):
            raise ValueError("a cell is there twice")
        for cell in self.cells:
            if cell.value < 0 and not cell.signed:
                raise ValueError(f"{cell.id}: {cell.value} persons")
        for terms in (*self.equalities, *(inequality.terms for inequality in self.inequalities)):
            for cell_id, _ in terms:
                if cell_id not in self.index:
                    raise ValueError(f"{cell_id} is no cell")
        broken = np.flatnonzero(self.equality_matrix @ self.values)
        if broken.size:
            raise ValueError(f"the values do not keep {self.equalities[broken[0]]}")
        broken = np.flatnonzero(self.inequality_matrix @ self.values > self.limits)
        if broken.size:
            raise ValueError(f"the values do not keep {self.inequalities[broken[0]]}")

    @cached_property
    def index(self) -> dict[CellId, int]:
        return {cell.id: place for place, cell in enumerate(self.cells)}

    @cached_property
    def values(self) -> np.ndarray:
        return np.array([cell.value for cell in self.cells], dtype=np.int64)

    @cached_property
    def equality_matrix(self) -> csr_array:
        return self._matrix(self.equalities)

    @cached_property
    def inequality_matrix(self) -> csr_array:
        return self._matrix([inequality.terms for inequality in self.inequalities])

    @cached_property
    def limits(self) -> np.ndarray:
        return np.array([inequality.limit for inequality in self.inequalities], dtype=np.int64)

    @cached_property
    def floors(self) -> np.ndarray:
        """The least each cell can change by: no count falls below 0; a signed cell may fall without end."""
        return np.array([-(10**9) if cell.signed else -cell.value for cell in self.cells], dtype=np.int64)

    def is_possible(self, change: np.ndarray, hidden: np.ndarray) -> bool:
        """Whether values + change agrees with all that is shown and known, in exact integer arithmetic.

        `hidden` is a mask of the cells an attacker does not see.
        """
        return bool(
            not change[~hidden].any()
            and (change >= self.floors).all()
            and not (self.equality_matrix @ change).any()
            and (self.inequality_matrix @ (self.values + change) <= self.limits).all()
        )

    def _matrix(self, rows: Iterable[Terms]) -> csr_array:
        data, columns, starts = [], [], [0]
        for terms in rows:
            for cell_id, coefficient in terms:
                columns.append(self.index.get(cell_id, 0))
                data.append(coefficient)
            starts.append(len(columns))
        shape = (len(starts) - 1, len(self.cells))
        return csr_array((np.array(data, dtype=np.int64), np.array(columns, dtype=np.int32), starts), shape=shape)
