"""Dated notes on charts over time: a thin dotted line with a letter above it; what it says stands under the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.text_width import text_width
from finsam_dash.charts.theme import Theme
from finsam_dash.charts.time_axis import find_ends, month_number
from finsam_dash.model import Period
from finsam_dash.report.content_parts import EventNote
from finsam_dash.wording.over_time import name_event
from finsam_dash.wording.sentences import PRELIMINARY

_ROW: Final = 1.25
"""How high a row of letters is, in the size of their type."""


def event_rows(
    events: Sequence[EventNote], shown: Sequence[Period], room: float, theme: Theme, *, preliminary: bool
) -> list[int]:
    """In which row above the plot each letter stands (0 nearest), so that no two touch; events in date order.

    `room` is the plot's width in pixels; where it is wider they only come farther apart. The word above a
    preliminary field keeps the right end of row 0.
    """
    size = theme.medium.tick
    first, last = find_ends(shown)
    kept = room - text_width(PRELIMINARY, size) if preliminary else room * 2
    ends: list[float] = [0.0]
    rows = []
    for index, event in enumerate(events):
        half = (text_width(name_event(index), size, bold=True) + size * 0.3) / 2
        middle = (_place(event) - first + 0.5) / (last - first + 1) * room
        free = (row for row, end in enumerate(ends) if middle - half >= end and (row or middle + half < kept))
        row = next(free, len(ends))
        ends[row : row + 1] = [middle + half]
        rows.append(row)
    return rows


def event_room(rows: Sequence[int], theme: Theme) -> float:
    """How high the rows of letters are together, in pixels."""
    return max((row + 1 for row in rows), default=0) * theme.medium.tick * _ROW


def draw_events(figure: Drawing, events: Sequence[EventNote], rows: Sequence[int], theme: Theme) -> None:
    """Each dated note as a thin dotted line with its letter above the plot."""
    for index, (event, row) in enumerate(zip(events, rows, strict=True)):
        x = _place(event)
        figure.add_shape(
            type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", layer="below",
            line={"color": theme.palette.axis, "width": max(1.0, theme.medium.axis), "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=x, xanchor="center", y=1, yref="paper", yanchor="bottom", yshift=2 + row * theme.medium.tick * _ROW,
            text=f"<b>{name_event(index)}</b>", font={"size": theme.medium.tick, "color": theme.palette.text},
        )  # fmt: skip


def _place(event: EventNote) -> float:
    """The day on the axis of months, where a month reaches half a step to each side of its number."""
    return month_number(event.date) + (event.date.day - 1) / 31 - 0.5
