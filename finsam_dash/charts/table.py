"""The table behind a chart: the same figures as text, for screen, Word and csv alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartTable:
    """A header and rows of Swedish text, all formatted; every row has the header's length.

    `numeric` says which columns are set to the right.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows) or len(self.numeric) != len(self.header):
            raise ValueError("a row, or the marking of numbers, does not have the header's length")
