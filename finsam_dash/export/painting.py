"""Native charts in a förbund's own colours, where data may have them."""

from __future__ import annotations

from dataclasses import replace

from finsam_dash.charts.theme import Palette
from finsam_dash.export.native import PALETTE, BarChart, BarSeries, NativeChart, PointSeries


def paint_chart(chart: NativeChart, palette: Palette) -> NativeChart:
    """The chart, drawn in the default palette, with outcome and uncertainty in those of `palette`."""
    if isinstance(chart, BarChart):
        bars, lines = (tuple(_paint_bars(one, palette) for one in part) for part in (chart.bars, chart.lines))
        return replace(chart, bars=bars, lines=lines)
    return replace(chart, series=tuple(_paint_points(one, palette) for one in chart.series))


def _paint_bars(series: BarSeries, palette: Palette) -> BarSeries:
    return replace(series, colour=_translate(series.colour, palette))


def _paint_points(series: PointSeries, palette: Palette) -> PointSeries:
    return replace(series, colour=_translate(series.colour, palette), line=_translate(series.line, palette))


def _translate(colour: str, palette: Palette) -> str:
    return {PALETTE.data: palette.data, PALETTE.uncertainty: palette.uncertainty}.get(colour, colour)
