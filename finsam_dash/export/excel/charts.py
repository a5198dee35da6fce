"""Charts that Excel draws itself, over the numbers of one sheet of the workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from finsam_dash.charts.text_width import text_width
from finsam_dash.charts.theme import FONT_NAME, Palette
from finsam_dash.export.native import BarChart, NativeChart, PointChart, PointSeries

SHEET = "Diagramdata"
HEADER = ("Diagram", "Serie", "Etikett", "x", "y")
TOP = 3
"""The row of the sheet's header, from 0."""
_CHART_WIDTH, _CHART_TEXT = 760, 12
"""Pixels."""


_NOTHING = "\u2060"
"""A sign without width (word joiner)."""


class ChartNumber(NamedTuple):
    """A row of the sheet: one point of one series of a chart, by its title; a bar has no x, and a gap no y."""

    chart: str
    series: str
    label: str
    x: float | None
    y: float | None


class ChartDrawer:
    """Draws charts, and keeps in `numbers` what the sheet `SHEET` is to hold under its header."""

    def __init__(self, book: Any, palette: Palette) -> None:
        self.book, self.palette = book, palette
        self.numbers: list[ChartNumber] = []

    def draw(self, chart: NativeChart, title: str) -> tuple[Any, int]:
        """The chart over its numbers on the sheet, and its height in pixels."""
        drawn = self._draw_bars(chart, title) if isinstance(chart, BarChart) else self._draw_points(chart, title)
        height = _find_height(chart)
        drawn.set_legend({"none": True})
        drawn.set_size({"width": _CHART_WIDTH, "height": height})
        drawn.set_chartarea({"border": {"none": True}})
        return drawn, height

    def _keep(self, rows: Sequence[ChartNumber]) -> tuple[int, int]:
        """Keep the rows for the sheet; the first and the last row that they will have there."""
        first = TOP + 1 + len(self.numbers)
        self.numbers += rows
        return first, first + len(rows) - 1

    def _font(self, **more: Any) -> dict[str, Any]:
        return {"name": FONT_NAME, "size": 9, "color": self.palette.text, **more}

    def _draw_points(self, chart: PointChart, title: str) -> Any:
        drawn = self.book.add_chart({"type": "scatter", "subtype": "straight"})
        for series in chart.series:
            first, last = self._keep(
                [
                    ChartNumber(title, series.name, point.label.replace("\n", " "), point.x, point.y)
                    for point in series.points
                ]
            )
            options: dict[str, Any] = {
                "name": [SHEET, first, 1],
                "categories": [SHEET, first, 3, last, 3],
                "values": [SHEET, first, 4, last, 4],
                "line": _line(series.line, series.width, series.dash),
                "marker": {"type": "none"},
            }
            if series.marker:
                colour = {"color": series.colour}
                border = {"color": self.palette.background}
                options["marker"] = {"type": "circle", "size": series.size, "fill": colour, "border": border}
            if any(point.label for point in series.points):
                options["data_labels"] = self._label_points(series)
            drawn.add_series(options)
        self._set_scales(drawn, chart)
        if chart.rows:
            _set_plot_area(drawn, chart)
        return drawn

    def _label_points(self, series: PointSeries) -> dict[str, Any]:
        sides = {"l": "left", "r": "right", "t": "above", "b": "below"}
        return {
            "value": True,
            "position": sides[series.side],
            "font": self._font(),
            "custom": [
                {"value": _as_words(point.label), "font": self._font(bold=point.bold)}
                if point.label
                else {"delete": True}
                for point in series.points
            ],
        }

    def _set_scales(self, drawn: Any, chart: PointChart) -> None:
        axis = {
            "num_font": self._font(),
            "line": {"color": self.palette.axis},
            "major_tick_mark": "none",
            "label_position": "low",
        }
        grid = {"visible": True, "line": {"color": self.palette.grid, "width": 0.5}}
        drawn.set_x_axis(
            {**axis, "min": chart.x.low, "max": chart.x.high, "major_unit": chart.x.step,
             "num_format": chart.x.number_format, "major_gridlines": grid}
        )  # fmt: skip
        drawn.set_y_axis(
            {**axis, "min": chart.y.low, "max": chart.y.high, "major_unit": chart.y.step,
             "num_format": chart.y.number_format,
             "label_position": "none" if chart.y.hidden else "low",
             "major_gridlines": {"visible": False} if chart.y.hidden else grid}
        )  # fmt: skip

    def _draw_bars(self, chart: BarChart, title: str) -> Any:
        kind = {"type": "bar" if chart.lying else "column", **({"subtype": "stacked"} if chart.stacked else {})}
        drawn = self.book.add_chart(kind)
        over = self.book.add_chart({"type": "line"}) if chart.lines else None
        for number, series in enumerate((*chart.bars, *chart.lines), start=1):
            first, last = self._keep(
                [
                    ChartNumber(title, series.name, category, None, value)
                    for category, value in zip(chart.categories, series.values, strict=True)
                ]
            )
            options: dict[str, Any] = {
                "name": [SHEET, first, 1],
                "categories": [SHEET, first, 2, last, 2],
                "values": [SHEET, first, 4, last, 4],
            }
            if number <= len(chart.bars):
                options |= {"fill": {"color": series.colour}, "gap": 45}
                if chart.lying:
                    options["data_labels"] = {"value": True, "font": self._font()}
                drawn.add_series(options)
            elif over is not None:
                over.add_series({**options, "line": {"color": series.colour, "width": 1.5}})
        axis: dict[str, Any] = {
            "num_font": self._font(),
            "line": {"color": self.palette.axis},
            "major_tick_mark": "none",
        }
        numbers = {**axis, "num_format": "#,##0;#,##0", "major_gridlines": {"visible": False}}
        names = {**axis, "label_position": "low", "reverse": chart.lying}
        # XlsxWriter's x axis is the categories', also where the bars lie.
        drawn.set_x_axis(names)
        drawn.set_y_axis({**numbers, "visible": not chart.lying})
        if over is not None:
            drawn.combine(over)
        return drawn


def _as_words(text: str) -> str:
    """The text so that the workbook's writer does not take it for a formula, as it does "=1" and "cmd|x!A0"."""
    return re.sub(r"^=|!", lambda sign: f"{_NOTHING}=" if sign[0] == "=" else f"!{_NOTHING}", text)


def _set_plot_area(drawn: Any, chart: PointChart) -> None:
    """Leave room for the labels on both sides: Excel would lay them over the plot."""
    left, right = (
        (max(text_width(line, _CHART_TEXT, bold=True) for line in label.split("\n")) + 2 * _CHART_TEXT)
        for label in (chart.left_label, chart.right_label)
    )
    height = _find_height(chart)
    drawn.set_plotarea(
        {
            "layout": {
                "x": left / _CHART_WIDTH,
                "y": 2.2 * _CHART_TEXT / height,
                "width": 1 - (left + right) / _CHART_WIDTH,
                "height": 1 - 5 * _CHART_TEXT / height,
            }
        }
    )


def _find_height(chart: NativeChart) -> int:
    """How high the chart is, in pixels."""
    if isinstance(chart, PointChart):
        return chart.rows * 34 + 60 if chart.rows else 320
    return len(chart.categories) * (18 * len(chart.bars) + 12) + 40 if chart.lying else 320


def _line(colour: str, width: float, dash: str) -> dict[str, Any]:
    if not colour:
        return {"none": True}
    return {"color": colour, "width": width, **({"dash_type": "dash"} if dash == "dash" else {})}
