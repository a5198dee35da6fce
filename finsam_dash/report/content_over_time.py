"""The series over time of one insats or of the förbund in a Report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.over_time_lag import Lag
from finsam_dash.model import Period, Riktning
from finsam_dash.report.content_parts import EventNote, GroupDifference, TrendPoint

Step = Literal["manad", "rullande", "tertial", "halvar", "ar"]
"""How the time is cut: months, twelve months that end in each month, tertial, half-years, years."""


@dataclass(frozen=True)
class LatePoint:
    """What a preliminary point usually becomes (share 0-1), and how many avslutade are usually added."""

    period: Period
    lower: float
    upper: float
    fewest: int
    most: int


@dataclass(frozen=True)
class Series:
    """The share over five years, cut one way. `refused`: the publishing grid holds no such cut, so nothing is there.

    `reading` is what the settled points say, None where none may be read. Its limits are of the points by index, or of
    `joined`: the longer points that small ones were put together to. `read_until` is the last that was read. `partial`
    are the points of the förbund that lack an insats: they are drawn, never read.
    """

    step: Step
    points: tuple[TrendPoint, ...] = ()
    refused: bool = False
    reading: SeriesReading | None = None
    joined: tuple[TrendPoint, ...] = ()
    read_until: Period | None = None
    late: tuple[LatePoint, ...] = ()
    partial: tuple[Period, ...] = ()


@dataclass(frozen=True)
class OverTime:
    """One insats, or (None) the förbund, over time in every cut there are figures for.

    `target` is the own goal of the same share, `riktning` its good side. `lag` is the usual size of later corrections,
    None where no month is preliminary and in publicering. `earlier` holds the period against the one a year before.
    """

    insats: str | None
    series: tuple[Series, ...]
    target: float | None = None
    riktning: Riktning | None = None
    events: tuple[EventNote, ...] = ()
    lag: Lag | None = None
    earlier: GroupDifference | None = None
