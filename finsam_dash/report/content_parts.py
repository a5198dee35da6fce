"""What several sections of a Report are made of: lines to compare with, rows, points and differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finsam_dash.model import DenominatorType, Period, Value


@dataclass(frozen=True)
class DeliveryInfo:
    """A delivery as sources name it: `name` is the document's or the file's, `known_from` the day it was known."""

    id: int
    name: str
    known_from: date


@dataclass(frozen=True)
class Benchmark:
    """A value to compare with: riket, the förbund's pooled share, or a target. Share 0-1; None when there is none.

    `conflicts` holds other published values for the same year; `extracted` is the uttagsdatum, None when unknown.
    """

    kind: Literal["riket", "pooled", "target"]
    label: str
    value: float | None
    year: int | None = None
    source: str = ""
    extracted: date | None = None
    conflicts: tuple[float, ...] = ()


@dataclass(frozen=True)
class DotRow:
    """One row of a dot plot: a share with its denominator, over the period that it covers.

    `klass` names a subgroup as "indelning:klass". `group` heads rows that belong together ("Vid avslut"). `target` is
    drawn only where its denominator and time are the row's own, else `target_note` says why not. `look_here` marks a
    row worth a look (never "bad"). `compared` False: measured later than the benchmark, whose line stops before it.
    """

    key: str
    label: str
    value: Value
    period: Period
    namnare_typ: DenominatorType | None = None
    klass: str = ""
    group: str = ""
    target: float | None = None
    target_note: str = ""
    look_here: bool = False
    note: str = ""
    compared: bool = True


@dataclass(frozen=True)
class TrendPoint:
    """One point over time. `preliminary`: late registrations are still to be expected."""

    period: Period
    value: Value
    preliminary: bool = False


@dataclass(frozen=True)
class EventNote:
    """A dated note that is drawn on charts over time (händelse)."""

    date: date
    text: str


@dataclass(frozen=True)
class GroupDifference:
    """Two groups, or two times, side by side, and their difference with Newcombe's interval (share points, 0-1).

    `sakerhet`: "skiljer", "kan_vara_slump", "for_fa", "ofullstandig" (a sum lacks an insats), "samma_personer" (who may
    be in both), "" where there is nothing to judge.
    """

    label: str
    first: DotRow
    second: DotRow
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    sakerhet: str = ""
