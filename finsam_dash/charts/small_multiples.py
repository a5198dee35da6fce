"""How has each of many gone over time? Small charts with the same axes, in the order given, never by level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.share_rows import FULL_SCALE, marks_of, share_ticks
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import shorten, text_width, widest
from finsam_dash.charts.theme import SCREEN, WEIGHT_SEMIBOLD, Theme
from finsam_dash.charts.time_axis import middle, month_number, runs
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_comparison import SmallMultiple
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.wording.labels import format_row_label
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_share_value,
    format_sign,
    format_value,
    format_value_counts,
    format_value_interval,
)
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import PRELIMINARY_MARK, format_sign_words, format_target_label, format_target_number

_COLUMNS: Final = {"screen": 4, "slide": 3, "print": 3}
_PANEL_HEIGHTS: Final = {"screen": 110, "slide": 150, "print": 80}


def small_multiples_figure(*, multiples: Sequence[SmallMultiple], theme: Theme = SCREEN) -> go.Figure:
    """One panel an insats or group: its points with intervals on the same axes as the others, its own target.

    The name stands above the panel, the latest value at its right end.
    """
    medium = theme.medium
    columns = min(_COLUMNS[medium.name], max(1, len(multiples)))
    row_count = max(1, math.ceil(len(multiples) / columns))
    panel, head = _PANEL_HEIGHTS[medium.name], medium.label * 2.4
    foot = medium.tick * 1.7
    height = row_count * (panel + head + foot)
    margin_left = text_width(f"100{NO_BREAK}%", medium.tick) + 8
    gap = widest((line for one in multiples for line in _latest_lines(one)), medium.tick) + medium.label * 1.5
    figure = Drawing(theme)
    figure.update_layout(
        height=round(height),
        margin={"l": round(margin_left), "r": round(gap), "t": 0, "b": 0},
    )  # fmt: skip
    room = medium.width - margin_left - gap
    share_gap = gap / room
    panel_width = (1 - share_gap * (columns - 1)) / columns
    periods = [point.period for one in multiples for point in one.points]
    if not periods:
        return figure.build()
    scale = _Scale(
        min(month_number(period.start) for period in periods), max(month_number(period.end) for period in periods)
    )
    for index, one in enumerate(multiples):
        row, column = divmod(index, columns)
        left = column * (panel_width + share_gap)
        top = height - row * (panel + head + foot) - head
        place = _Place(
            "" if index == 0 else str(index + 1),
            (left, min(1.0, left + panel_width)),
            ((top - panel) / height, top / height),
            panel_width * room,
            column == 0,
        )
        _set_axes(figure, place, scale, theme)
        _draw_heading(figure, one, place, theme)
        _draw_series(figure, one, place, scale, theme)
        _draw_latest(figure, one, place, theme)
    return figure.build()


@dataclass(frozen=True)
class _Scale:
    """What all panels share: the first and the last month."""

    first: int
    last: int

    @property
    def across(self) -> list[float]:
        return [self.first - 0.6, self.last + 0.6]


@dataclass(frozen=True)
class _Place:
    """Where a panel stands: its number in the names of its axes, parts (0-1) of the figure, and its width in pixels."""

    number: str
    across: tuple[float, float]
    upward: tuple[float, float]
    width: float
    is_leftmost: bool

    @property
    def axes(self) -> dict[str, str]:
        """The axes as a trace names them."""
        return {"xaxis": f"x{self.number}", "yaxis": f"y{self.number}"}


def _set_axes(figure: Drawing, place: _Place, scale: _Scale, theme: Theme) -> None:
    values, texts = share_ticks(FULL_SCALE, theme, 0)
    figure.update_layout(
        **{
            f"xaxis{place.number}": {
                "domain": place.across, "anchor": f"y{place.number}", "range": scale.across, "tickangle": 0,
                "tickmode": "array", "showline": True,
                **_end_ticks(scale.first, scale.last),
            },
            f"yaxis{place.number}": {
                "domain": place.upward, "anchor": f"x{place.number}", "range": [0, FULL_SCALE], "tickmode": "array",
                "tickvals": values, "ticktext": texts if place.is_leftmost else [""] * len(values),
                "showgrid": theme.medium.grid > 0, "showline": True, "layer": "below traces",
            },
        }
    )  # fmt: skip


def _draw_heading(figure: Drawing, one: SmallMultiple, place: _Place, theme: Theme) -> None:
    """The name over the panel, and its target at the right."""
    medium, palette = theme.medium, theme.palette
    room = place.width * (0.65 if one.target is not None else 1)
    figure.add_annotation(
        x=place.across[0], xref="paper", xanchor="left", y=place.upward[1], yref="paper", yanchor="bottom", yshift=6,
        text=shorten(format_row_label(one.label), room, medium.label, True),
        font={"size": medium.label, "weight": WEIGHT_SEMIBOLD, "color": palette.text},
    )  # fmt: skip
    if one.target is not None:
        figure.add_annotation(
            x=place.across[1], xref="paper", xanchor="right", y=place.upward[1], yref="paper", yanchor="bottom",
            yshift=6, text=format_target_label(one.target), font={"size": medium.tick, "color": palette.text},
        )  # fmt: skip


def _draw_series(figure: Drawing, one: SmallMultiple, place: _Place, scale: _Scale, theme: Theme) -> None:
    """The intervals, the target, the points, and a sign where a point cannot be shown."""
    medium, palette = theme.medium, theme.palette
    bars = [
        (middle(point.period), point.value.lower, point.value.upper)
        for point in one.points
        if isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None
    ]
    if bars:
        figure.add_scatter(
            x=[x for at, _, _ in bars for x in (at, at, None)],
            y=[y for _, lower, upper in bars for y in (lower, upper, None)],
            mode="lines", name="95 %-intervall", hoverinfo="skip", cliponaxis=False,
            line={"color": palette.uncertainty, "width": medium.bar * 0.7}, **place.axes,
        )  # fmt: skip
    if one.target is not None:
        figure.add_scatter(
            x=scale.across, y=[one.target] * 2, mode="lines", name=format_target_label(one.target),
            hoverinfo="skip", line={"color": palette.target, "width": medium.target}, **place.axes,
        )  # fmt: skip
    for run in runs(one.points, lambda point: isinstance(point.value, Measured)):
        figure.add_scatter(
            x=[middle(point.period) for point in run],
            y=[point.value.value for point in run if isinstance(point.value, Measured)],
            mode="lines+markers", name=one.label, cliponaxis=False,
            line={"color": palette.data, "width": medium.line / 2},
            marker={"size": medium.point * 0.65, "color": [_fill(point, theme) for point in run],
                    "line": {"color": palette.data, "width": medium.ring * 0.6}},
            text=[f"<b>{format_period(point.period)}</b><br>{format_share_value(point.value)}" for point in run],
            hovertemplate="%{text}<extra></extra>", **place.axes,
        )  # fmt: skip
    for point in one.points:
        if not isinstance(point.value, Measured):
            figure.add_annotation(
                x=middle(point.period), xref=place.axes["xaxis"], y=0, yref=place.axes["yaxis"], yanchor="bottom",
                text=f"<b>{format_sign(point.value)}</b>", font={"size": medium.tick, "color": palette.text_2},
            )  # fmt: skip


def _draw_latest(figure: Drawing, one: SmallMultiple, place: _Place, theme: Theme) -> None:
    lines = _latest_lines(one)
    latest = one.points[-1].value if one.points else None
    if isinstance(latest, Measured):
        figure.add_annotation(
            x=place.across[1], xref="paper", xanchor="left", xshift=4, y=latest.value, yref=place.axes["yaxis"],
            yanchor="middle", align="left", text="<br>".join((f"<b>{lines[0]}</b>", *lines[1:])),
            font={"size": theme.medium.tick, "color": theme.palette.text},
        )  # fmt: skip


def _latest_lines(one: SmallMultiple) -> list[str]:
    """The latest share and its counts, for the right end of the panel; nothing where there is none."""
    latest = one.points[-1].value if one.points else None
    if not isinstance(latest, Measured):
        return []
    counts = [format_value_counts(latest)] if latest.denominator is not None else []
    return [format_value(latest, Unit.ANDEL), *counts]


def _fill(point: TrendPoint, theme: Theme) -> str:
    """White inside for a share without counts: the ring."""
    without_counts = isinstance(point.value, Measured) and point.value.denominator is None
    return theme.palette.background if without_counts else theme.palette.data


def _end_ticks(first: int, last: int) -> dict[str, object]:
    """The first and the last year under the panel, in the middle of their months; one where they are the same."""
    first_year, last_year = first // 12, last // 12
    if first_year == last_year:
        return {"tickvals": [(first + last) / 2], "ticktext": [str(first_year)]}
    places = [(first + min(last, first_year * 12 + 11)) / 2, (max(first, last_year * 12) + last) / 2]
    return {"tickvals": places, "ticktext": [str(first_year), str(last_year)]}


def small_multiples_note(*, multiples: Sequence[SmallMultiple]) -> str:
    """The line under the charts that names their marks."""
    found: set[Mark] = set()
    for one in multiples:
        for point in one.points:
            found |= marks_of(point.value)
        if one.target is not None:
            found.add(Mark.MAL_LINJE)
    return format_marks(found)


def small_multiples_alt(*, multiples: Sequence[SmallMultiple]) -> str:
    """The charts in words: first and latest value of each."""
    parts = [f"{len(multiples)} små diagram över andelen med samma skala."]
    for one in multiples:
        label = format_row_label(one.label)
        if not one.points:
            parts.append(f"{label}: inga uppgifter.")
            continue
        shown = [one.points[0], one.points[-1]] if len(one.points) > 1 else [one.points[0]]
        texts = [
            f"{format_period(point.period)} "
            + (format_share_value(point.value) if isinstance(point.value, Measured) else format_sign_words(point.value))
            for point in shown
        ]
        aim = f", {format_target_label(one.target).lower()}" if one.target is not None else ""
        parts.append(f"{label}: {', '.join(texts)}{aim}.")
    return " ".join(parts)


def small_multiples_table(*, multiples: Sequence[SmallMultiple]) -> ChartTable:
    """A row an insats and period."""
    header = ("Insats", "Period", "Andel", "Antal", f"95{NO_BREAK}%-intervall", "Mål")
    rows = tuple(
        (
            format_row_label(one.label),
            format_period(point.period) + (f" {PRELIMINARY_MARK}" if point.preliminary else ""),
            format_value(point.value, Unit.ANDEL),
            format_value_counts(point.value),
            format_value_interval(point.value),
            "." if one.target is None else format_target_number(one.target),
        )
        for one in multiples
        for point in one.points
    )
    return ChartTable(header, rows, (False, False, True, True, True, True))
