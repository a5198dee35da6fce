"""What may be said of a series of shares: limits where there are points enough, words where there are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from finsam_dash.judgement.attention import WIDTHS, find_signal
from finsam_dash.judgement.policy import CONFIDENCE, SHORTEST_RUN_CHART, SMALLEST_MEAN_COUNT, SMALLEST_TREND
from finsam_dash.stats.series import block_sums, run_chart, trend_of_shares

Kind = Literal["p_diagram", "lopdiagram", "trend", "for_fa"]


@dataclass(frozen=True)
class SeriesReading:
    """What a series says. `points` independent points of `months` months each, as they were read.

    `side`: 1 or -1 where the last point (p_diagram) or the whole series (trend) goes up or down by more than chance
    explains, and 1 where a run chart shows a shift either way; else 0. "for_fa": too few points for any of it.
    """

    kind: Kind
    points: int
    months: int
    side: int = 0


def read_series(numerators: Sequence[int], denominators: Sequence[int], months: int) -> SeriesReading:
    """Read shares by the rules of the method note: a point is `months` months, and 0 of 0 where nobody left.

    Points are put together until each holds three of each kind on average. From 13 points a p-chart is read, from 10 a
    run chart's words, and half-years or years from 5 by a chi-squared trend. Source: method note, section 3.
    """
    if months == 1:
        signal = find_signal(numerators, denominators)
        if signal is not None:
            return SeriesReading("p_diagram", signal.points, signal.width, signal.side)
    reading: SeriesReading | None = None
    for width in (width for width in WIDTHS if width >= months and width % months == 0):
        rest = len(numerators) % (width // months)
        ks = [int(k) for k in block_sums(numerators[rest:], width // months)]
        ns = [int(n) for n in block_sums(denominators[rest:], width // months)]
        pairs = [(k, n) for k, n in zip(ks, ns, strict=True) if n > 0]
        if reading is None and len(pairs) < (SMALLEST_TREND if width >= 6 else SHORTEST_RUN_CHART):
            reading = SeriesReading("for_fa", len(pairs), width)
        hits, total = sum(ks), sum(ns)
        if not pairs or not 0 < hits < total or min(hits, total - hits) / len(pairs) < SMALLEST_MEAN_COUNT:
            continue
        if len(pairs) >= SHORTEST_RUN_CHART and width < 6:
            chart = run_chart([k / n for k, n in pairs])
            return SeriesReading("lopdiagram", len(pairs), width, int(chart.has_long_run or chart.has_few_crossings))
        if width >= 6 and len(pairs) >= SMALLEST_TREND:
            found = trend_of_shares([k for k, _ in pairs], [n for _, n in pairs])
            side = (found.slope > 0) - (found.slope < 0) if found.p < 1 - CONFIDENCE else 0
            return SeriesReading("trend", len(pairs), width, side)
    return reading or SeriesReading("for_fa", 0, WIDTHS[-1])
