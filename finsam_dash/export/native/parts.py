"""What a chart is made of: points, bars, lines, axes. Sizes are points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_dash.charts.theme import Palette

PALETTE = Palette()


@dataclass(frozen=True)
class Point:
    """One point. `label` is written beside it."""

    x: float
    y: float
    label: str = ""
    bold: bool = False


@dataclass(frozen=True)
class PointSeries:
    """Points of one kind. `side` is where labels stand.

    `marker` "" draws none, "ring" leaves no room for labels; `line` is the colour of a joining line, "" draws none.
    """

    name: str
    points: tuple[Point, ...]
    marker: Literal["", "circle", "ring"] = ""
    size: int = 7
    colour: str = PALETTE.data
    side: Literal["l", "r", "t", "b", "ctr"] = "r"
    line: str = ""
    width: float = 1.5
    dash: Literal["solid", "dash", "sysDot"] = "solid"


@dataclass(frozen=True)
class Axis:
    """One axis. `hidden` draws its line without numbers; `number_format` is Excel's."""

    low: float
    high: float
    step: float
    number_format: str = "0\\ %"
    hidden: bool = False


@dataclass(frozen=True)
class PointChart:
    """A chart of points in two directions. `rows` is how many rows of text it needs room for; 0 for a plain plot.

    `bare` draws no axes and fills its frame: pictures in the rows of a table.
    """

    series: tuple[PointSeries, ...]
    x: Axis
    y: Axis
    rows: int = 0
    left_label: str = ""
    right_label: str = ""
    bare: bool = False


@dataclass(frozen=True)
class BarSeries:
    """A number a category, None where there is none to show; `labels` stand at the bars' ends.

    `hatched` are the places of preliminary numbers, drawn in stripes.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    labels: tuple[str, ...] = ()
    hatched: tuple[int, ...] = ()


@dataclass(frozen=True)
class BarChart:
    """Bars over categories, lying for few categories with long names; `lines` are drawn over the same axis."""

    categories: tuple[str, ...]
    bars: tuple[BarSeries, ...]
    lines: tuple[BarSeries, ...] = ()
    lying: bool = False
    stacked: bool = False


NativeChart = PointChart | BarChart


def list_numbers(chart: NativeChart) -> list[float]:
    """Every number that the chart's workbook holds beside places on a hidden axis; the tests read them back."""
    if isinstance(chart, BarChart):
        return [value for series in (*chart.bars, *chart.lines) for value in series.values if value is not None]
    return [point.x if chart.y.hidden else point.y for series in chart.series for point in series.points]
