"""Insatser side by side in a Report: against one line, over the years, with equal mix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_dash.model import Measured, Purpose, Value
from finsam_dash.report.content_parts import Benchmark, DotRow, GroupDifference, TrendPoint


@dataclass(frozen=True)
class FunnelPoint:
    """One insats in the funnel. `outside`: beyond 99.8 % and large enough to be flagged."""

    key: str
    label: str
    value: Value
    outside: bool = False
    too_few: bool = False


@dataclass(frozen=True)
class Funnel:
    """Insatser against one line. `center` is 0-1; limits are drawn by stats.funnel at 95 and 99.8 %."""

    center: Benchmark
    points: tuple[FunnelPoint, ...]
    comparisons: int


@dataclass(frozen=True)
class SmallMultiple:
    """One small chart among several with the same axes."""

    key: str
    label: str
    points: tuple[TrendPoint, ...]
    target: float | None = None


@dataclass(frozen=True)
class CaseMixRow:
    """One insats: its share as it is, within each stratum, and as it would be with everybody's mix (share 0-1).

    `standardised` is None where it may not be computed, and `reason` says why: "for_fa" (a stratum under ten),
    "ofullstandig" (the strata do not add up to the whole), "dold", "" where there is nothing to compare with.
    """

    crude: DotRow
    strata: tuple[DotRow, ...]
    standardised: Measured | None = None
    reason: Literal["", "for_fa", "ofullstandig", "dold"] = ""


@dataclass(frozen=True)
class CaseMix:
    """Insatser of one purpose with the mix of one indelning ("kon", "alder" …) held equal.

    `klasser` heads the strata, `weights` is how many persons of the standardised insatser are in each, () where fewer
    than two could be. `turned` are pairs (lower, higher) that differ as they are, and the other way with equal mix.
    `largest_change` is how much a share changes at most (share points, 0-1), None where none is standardised.
    `refused`: the publishing grid holds no such strata.
    """

    purpose: Purpose | None
    indelning: str
    klasser: tuple[str, ...]
    rows: tuple[CaseMixRow, ...]
    weights: tuple[int, ...] = ()
    turned: tuple[tuple[str, str], ...] = ()
    largest_change: float | None = None
    refused: bool = False


@dataclass(frozen=True)
class LineComparison:
    """Insatser against one line: the keys ("insats" or "insats/indelning:klass") of those outside 99.8 %.

    `undecided` lie outside as far as is known, but unknown outcomes or too small expected numbers keep it from being
    said. `comparisons` is how many were compared; None where that is hidden. `expected` holds, for those outside, the
    shares between which chance alone would nearly always leave an insats of that size on the line.
    """

    kod: str
    line: Benchmark
    over: tuple[str, ...]
    under: tuple[str, ...]
    comparisons: int | None
    undecided: tuple[str, ...] = ()
    expected: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Insatser of one purpose side by side, in the plan's order. `lines` are what they can be held against.

    `purpose` None gathers the insatser whose purpose is not registered.
    """

    purpose: Purpose | None
    rows: tuple[DotRow, ...]
    lines: tuple[LineComparison, ...]


@dataclass(frozen=True)
class ComparisonDetail:
    """The same insatser over five years, by kön, against the year before and by kommun; built only when asked for."""

    purpose: Purpose | None
    multiples: tuple[SmallMultiple, ...]
    kon: tuple[GroupDifference, ...]
    kommuner: tuple[DotRow, ...]
    earlier: tuple[GroupDifference, ...] = ()
