"""What may be said of a series of shares: limits where there are points enough, words where there are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from finsam_dash.judgement.policy import (
    CONFIDENCE,
    SHORTEST_RUN_CHART,
    SMALLEST_MEAN_COUNT,
    SMALLEST_N,
    SMALLEST_SERIES,
    SMALLEST_TREND,
)
from finsam_dash.stats.proportions import Exact, exact
from finsam_dash.stats.series import (
    Assurance,
    ControlChart,
    Signals,
    assurance,
    p_chart,
    run_chart,
    trend_of_shares,
    xmr,
)

Kind = Literal["p_diagram", "xmr", "lopdiagram", "trend", "for_fa"]
Rule = Literal["", "utanfor_grans", "sju_pa_en_sida", "sju_at_samma_hall", "tva_av_tre"]
Reach = Literal["", "alltid", "ibland", "aldrig"]

WIDTHS = (1, 3, 4, 6, 12)
"""A series by month is put together by quarter, tertial, half-year or year where the counts are small."""
HALF_YEAR = 6
"""From this width on a series is tested for a trend, below it by limits or a run chart."""


class LimitPoint(NamedTuple):
    """One point that was read, with its limits (0-1): points `first` to `last` of the series, by index, joined."""

    first: int
    last: int
    lower: float
    upper: float
    is_signal: bool


@dataclass(frozen=True)
class SeriesReading:
    """What a series says. `points` independent points of `months` months each, as they were read.

    `side`: 1 or -1 where the last point (p_diagram, xmr) or the whole series (trend) goes up or down by more than
    chance explains, and 1 where a run chart shows a shift either way; else 0. `rule` is why the last point is a
    signal, the strongest first. `reach`: whether single points meet the target always, at times or never as long as
    nothing changes. `limits` and their `center` are there for p_diagram and xmr. `last` is the index of the last point
    of the series that was read, -1 where there is none. "for_fa": too few points for any of it.
    """

    kind: Kind
    points: int
    months: int
    side: int = 0
    rule: Rule = ""
    reach: Reach = ""
    center: float | None = None
    limits: tuple[LimitPoint, ...] = ()
    last: int = -1


class _Block(NamedTuple):
    first: int
    last: int
    k: int
    n: int


def read_series(
    numerators: Sequence[int],
    denominators: Sequence[int],
    months: int,
    target: Exact | None = None,
    higher_is_better: bool | None = None,
) -> SeriesReading:
    """Read shares by the rules of the method note: a point is `months` months, and 0 of 0 where nobody left.

    Points are put together until each holds three of each kind on average and the last at least ten persons. From 13
    points a p-chart is read, from 10 a run chart's words, and half-years or years from 5 by a chi-squared trend.
    `target` (0-1) with its good side gives `reach`. Source: method note, section 3.
    """
    first_failure: SeriesReading | None = None
    for width in (width for width in WIDTHS if width >= months and width % months == 0):
        blocks = _join(numerators, denominators, width // months)
        if first_failure is None and len(blocks) < (SMALLEST_TREND if width >= HALF_YEAR else SHORTEST_RUN_CHART):
            first_failure = SeriesReading("for_fa", len(blocks), width)
        if blocks and _is_large_enough(blocks) and (found := _read_blocks(blocks, width, target, higher_is_better)):
            return found
    return first_failure or SeriesReading("for_fa", 0, WIDTHS[-1])


def read_levels(
    values: Sequence[float], months: int, target: Exact | None = None, higher_is_better: bool | None = None
) -> SeriesReading:
    """Read shares that are known without their counts: by an XmR chart from 13 points, a run chart from 10.

    `values` are independent points of `months` months each, none missing. Source: method note, section 3.
    """
    last = len(values) - 1
    if len(values) >= SMALLEST_SERIES:
        chart = xmr(values)
        spans = [(place, place) for place in range(len(values))]
        return _read_chart("xmr", chart, spans, months, target, higher_is_better)
    if len(values) >= SHORTEST_RUN_CHART:
        shift = run_chart(values)
        side = int(shift.has_long_run or shift.has_few_crossings)
        return SeriesReading("lopdiagram", len(values), months, side, last=last)
    return SeriesReading("for_fa", len(values), months, last=last)


def _join(numerators: Sequence[int], denominators: Sequence[int], size: int) -> list[_Block]:
    """Blocks of `size` points in which anybody left; whole ones are counted from the end, so the last is full."""
    starts = range(len(numerators) % size, len(numerators), size)
    blocks = [
        _Block(start, start + size - 1, sum(numerators[start : start + size]), sum(denominators[start : start + size]))
        for start in starts
    ]
    return [block for block in blocks if block.n > 0]


def _is_large_enough(blocks: Sequence[_Block]) -> bool:
    hits, total = sum(block.k for block in blocks), sum(block.n for block in blocks)
    return min(hits, total - hits) / len(blocks) >= SMALLEST_MEAN_COUNT


def _read_blocks(
    blocks: Sequence[_Block], width: int, target: Exact | None, higher_is_better: bool | None
) -> SeriesReading | None:
    """The reading that so many points allow; None where they are too few, or the last too small for a verdict."""
    ks, ns = [block.k for block in blocks], [block.n for block in blocks]
    last = blocks[-1].last
    if width >= HALF_YEAR:
        if len(blocks) < SMALLEST_TREND:
            return None
        # Half-years in which nobody left are no points, but the time between the others is what it is.
        found = trend_of_shares(ks, ns, [float(block.first) for block in blocks])
        side = (found.slope > 0) - (found.slope < 0) if found.p < 1 - CONFIDENCE else 0
        return SeriesReading("trend", len(blocks), width, side, last=last)
    if len(blocks) >= SMALLEST_SERIES:
        if blocks[-1].n < SMALLEST_N:
            return None
        spans = [(block.first, block.last) for block in blocks]
        return _read_chart("p_diagram", p_chart(ks, ns), spans, width, target, higher_is_better)
    if len(blocks) >= SHORTEST_RUN_CHART:
        chart = run_chart([k / n for k, n in zip(ks, ns, strict=True)])
        shifted = int(chart.has_long_run or chart.has_few_crossings)
        return SeriesReading("lopdiagram", len(blocks), width, shifted, last=last)
    return None


def _read_chart(
    kind: Literal["p_diagram", "xmr"],
    chart: ControlChart,
    spans: Sequence[tuple[int, int]],
    months: int,
    target: Exact | None,
    higher_is_better: bool | None,
) -> SeriesReading:
    flagged = chart.signals.flagged
    limits = tuple(
        LimitPoint(*span, max(0.0, lower), min(1.0, upper), place in flagged)
        for place, (span, lower, upper) in enumerate(zip(spans, chart.lower, chart.upper, strict=True))
    )
    reach: Reach = ""
    # A target of 0 or 100 % tests nothing: it lies on the edge of the scale.
    if target is not None and 0 < exact(target) < 1:
        found = assurance(float(exact(target)), limits[-1].lower, limits[-1].upper, higher_is_better)
        reach = "" if found is None else _REACH[found]
    rule, side = _name_rule(chart.signals, len(spans) - 1)
    return SeriesReading(kind, len(spans), months, side, rule, reach, chart.center, limits, spans[-1][1])


_REACH: dict[Assurance, Reach] = {
    Assurance.ALWAYS: "alltid",
    Assurance.SOMETIMES: "ibland",
    Assurance.NEVER: "aldrig",
}


def _name_rule(signals: Signals, place: int) -> tuple[Rule, int]:
    """Why a point is a signal, and which way: the rule's own direction, for a falling point may still lie high."""
    rules: tuple[tuple[Rule, tuple[int, ...], tuple[int, ...]], ...] = (
        ("utanfor_grans", signals.above_limit, signals.below_limit),
        ("sju_pa_en_sida", signals.run_above, signals.run_below),
        ("sju_at_samma_hall", signals.rising, signals.falling),
        ("tva_av_tre", signals.near_upper, signals.near_lower),
    )
    for rule, up, down in rules:
        if place in up or place in down:
            return rule, 1 if place in up else -1
    return "", 0
