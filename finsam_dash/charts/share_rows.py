"""The frame of every chart that has one share a row: text columns, a scale of per cent, marks on it.

Rows are drawn downwards in the order given. Text columns stand in the margins, in pixels, so that a chart keeps its
columns when its width follows the window.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.text_width import shorten, text_width, widest
from finsam_dash.charts.theme import WEIGHT_BOLD, WEIGHT_REGULAR, Theme
from finsam_dash.model import Measured, Value
from finsam_dash.wording.marks import Mark, marks_of_signs
from finsam_dash.wording.numbers import NO_BREAK, format_sign

HALF_SCALE_LIMIT: Final = 0.45
HALF_SCALE: Final = 0.5
FULL_SCALE: Final = 1.0


@dataclass(frozen=True)
class Cell:
    """One text of a column."""

    text: str
    bold: bool = False
    muted: bool = False


@dataclass(frozen=True)
class Column:
    """One column of text beside the scale, a cell a row (None where the row has a heading)."""

    header: str
    cells: tuple[Cell | None, ...]
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class RowMark:
    """What is drawn on the scale at one height. `y` counts rows downwards from 0."""

    y: float
    value: Value
    hover: str
    symbol: Literal["circle", "square"] = "circle"
    look_here: bool = False
    target: float | None = None
    words: str = ""


@dataclass(frozen=True)
class ReferenceLine:
    """A line across rows `first` to `last`; drawn solid for a target, dashed for riket or the pooled share."""

    value: float
    label: str
    dashed: bool
    first: int
    last: int


def scale_end(shares: Sequence[float], only_chart: bool) -> float:
    """Where the scale ends: 1, or 0.5 when it is the only share chart in view and all drawn is ≤ 45 %."""
    fits = bool(shares) and max(shares) <= HALF_SCALE_LIMIT
    return HALF_SCALE if only_chart and fits else FULL_SCALE


def drawn_shares(value: Value) -> list[float]:
    """The numbers that a value puts on the scale; none for a value that is not shown."""
    if not isinstance(value, Measured):
        return []
    return [value.value] + [limit for limit in (value.lower, value.upper) if limit is not None]


def share_ticks(end: float, theme: Theme, length: float = math.inf) -> tuple[list[float], list[str]]:
    """Tick values and texts of a share axis of so many pixels: six, or three where they are short of room."""
    short = length < 6 * text_width(f"100{NO_BREAK}%", theme.medium.tick)
    steps = 2 if theme.is_slide or short else 5
    values = [end * step / steps for step in range(steps + 1)]
    if not theme.is_slide:
        return values, [f"{round(value * 100)}{NO_BREAK}%" for value in values]
    return values, [f"{round(value * 100)}" + (f"{NO_BREAK}%" if value == end else "") for value in values]


def find_name_room(theme: Theme) -> float:
    """How wide the names of rows may be, in pixels; longer ones are cut with "…"."""
    return theme.medium.width * (0.36 if theme.medium.name == "screen" else 0.3)


def share_rows_figure(
    *,
    marks: Sequence[RowMark],
    left: Sequence[Column],
    right: Sequence[Column],
    headings: Sequence[tuple[int, str]] = (),
    lines: Sequence[ReferenceLine] = (),
    rules: Sequence[int] = (),
    row_count: int,
    row_height: float,
    end: float,
    theme: Theme,
) -> go.Figure:
    """Draw the frame. `headings` are (row, text) for rows that hold a heading instead of marks, `rules` rows with a
    thin rule above them.
    """
    figure = Drawing(theme)
    medium = theme.medium
    with_header = any(column.header for column in (*left, *right))
    top = medium.label * 1.9 if with_header or lines else medium.gap
    bottom = medium.tick * 1.9
    largest_name = find_name_room(theme)
    left_widths = [
        _column_width(column, theme, largest_name if index == 0 else None) for index, column in enumerate(left)
    ]
    right_widths = [_column_width(column, theme) for column in right]
    gap = medium.label * 0.8
    # The last tick's text is centred on the end of the scale and must not touch the columns.
    overhang = text_width(f"100{NO_BREAK}%", medium.tick) / 2
    # A heading stands over all the columns of the margin, and must not reach the axis.
    headed = widest((text for _, text in headings), _muted_size(theme), bold=True)
    left_widths[-1] += max(0, headed - sum(left_widths) - gap * (len(left) - 1))
    margin_left = sum(left_widths) + gap * len(left)
    margin_right = sum(right_widths) + gap * len(right) + overhang + gap * (0.2 if right else 0)
    figure.update_layout(
        height=round(top + row_count * row_height + bottom),
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(top), "b": round(bottom)},
    )
    plot_width = medium.width - margin_left - margin_right
    _draw_axes(figure, row_count, end, theme, plot_width)
    _draw_headings(figure, headings, margin_left, theme)
    _draw_rules(figure, [*(row for row, _ in headings if row), *rules], margin_left, theme)
    _draw_marks(figure, marks, lines, theme)
    _label_lines(figure, lines, end, theme, plot_width)

    x = -margin_left
    for index, (column, width) in enumerate(zip(left, left_widths, strict=True)):
        _draw_column(figure, column, x, width, 0.0, theme, largest_name if index == 0 else None)
        x += width + gap
    x = overhang + gap * 1.2
    for column, width in zip(right, right_widths, strict=True):
        _draw_column(figure, column, x, width, 1.0, theme, None)
        x += width + gap
    return figure.build()


def _column_width(column: Column, theme: Theme, largest: float | None = None) -> float:
    medium = theme.medium
    cells = [cell for cell in column.cells if cell is not None]
    width = max(
        widest((cell.text for cell in cells if not cell.bold and not cell.muted), medium.label),
        widest((cell.text for cell in cells if cell.bold), medium.label, bold=True),
        widest((cell.text for cell in cells if cell.muted), _muted_size(theme)),
        text_width(column.header, medium.tick),
    )
    return width if largest is None else min(width, largest)


def _muted_size(theme: Theme) -> float:
    return theme.medium.label if theme.is_slide else theme.medium.tick


def _draw_axes(figure: Drawing, row_count: int, end: float, theme: Theme, plot_width: float) -> None:
    values, texts = share_ticks(end, theme, plot_width)
    figure.update_xaxes(
        range=[0, end],
        tickmode="array",
        tickvals=values,
        ticktext=texts,
        tickangle=0,
        showgrid=theme.medium.grid > 0,
        showline=True,
        layer="below traces",
    )
    figure.update_yaxes(range=[-(row_count - 0.5), 0.5], showticklabels=False, showline=True, layer="below traces")


def _draw_headings(figure: Drawing, headings: Sequence[tuple[int, str]], margin_left: float, theme: Theme) -> None:
    for row, text in headings:
        figure.add_annotation(
            x=0, xref="paper", xshift=-margin_left, xanchor="left", y=-row, yanchor="middle", text=f"<b>{text}</b>",
            font={"size": _muted_size(theme), "color": theme.palette.text_2},
        )  # fmt: skip


def _draw_rules(figure: Drawing, rows: Sequence[int], margin_left: float, theme: Theme) -> None:
    rule = {"type": "line", "line": {"color": theme.palette.grid, "width": 1}, "layer": "below"}
    for row in rows:
        y = -row + 0.5
        figure.add_shape(**rule, xref="paper", x0=0, x1=1, y0=y, y1=y)
        # The margin is measured in pixels, so its part of the rule is a shape of its own.
        figure.add_shape(**rule, xref="paper", xsizemode="pixel", xanchor=0, x0=-margin_left, x1=0, y0=y, y1=y)


def _draw_marks(figure: Drawing, marks: Sequence[RowMark], lines: Sequence[ReferenceLine], theme: Theme) -> None:
    medium, palette = theme.medium, theme.palette
    _draw_bars(figure, marks, theme)
    for line in lines:
        figure.add_scatter(
            x=[line.value, line.value], y=[-line.first + 0.5, -line.last - 0.5], mode="lines", name=line.label,
            line=({"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash} if line.dashed
                  else {"color": palette.target, "width": medium.target}),
            hoverinfo="skip",
        )  # fmt: skip
    targets = [mark for mark in marks if mark.target is not None]
    if targets:
        figure.add_scatter(
            x=[x for mark in targets for x in (mark.target, mark.target, None)],
            y=[y for mark in targets for y in (-mark.y + 0.36, -mark.y - 0.36, None)],
            mode="lines", name="Mål", line={"color": palette.target, "width": medium.target}, hoverinfo="skip",
            cliponaxis=False,
        )  # fmt: skip
    for look_here in (False, True):
        for symbol in ("circle", "square"):
            for ring in (False, True):
                chosen = [
                    mark
                    for mark in marks
                    if isinstance(mark.value, Measured)
                    and mark.look_here == look_here
                    and mark.symbol == symbol
                    and (mark.value.denominator is None) == ring
                ]
                if chosen:
                    _draw_points(figure, chosen, symbol, ring, look_here, theme)
    for mark in marks:
        if not isinstance(mark.value, Measured):
            _draw_sign(figure, mark, format_sign(mark.value), theme)


def _draw_bars(figure: Drawing, marks: Sequence[RowMark], theme: Theme) -> None:
    bars = [
        (mark.y, mark.value.lower, mark.value.upper)
        for mark in marks
        if isinstance(mark.value, Measured) and mark.value.lower is not None and mark.value.upper is not None
    ]
    if bars:
        figure.add_scatter(
            x=[x for _, lower, upper in bars for x in (lower, upper, None)],
            y=[y for row, _, _ in bars for y in (-row, -row, None)],
            mode="lines", name="95 %-intervall",
            line={"color": theme.palette.uncertainty, "width": theme.medium.bar}, hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip


def _draw_points(
    figure: Drawing, marks: Sequence[RowMark], symbol: str, ring: bool, look_here: bool, theme: Theme
) -> None:
    medium, palette = theme.medium, theme.palette
    colour = palette.look_here if look_here else palette.data
    size = medium.point_look_here if look_here else medium.point
    if ring:
        # An open symbol's line is centred on its edge.
        style = {"symbol": f"{symbol}-open", "color": colour, "size": size, "line": {"width": medium.ring}}
    else:
        style = {
            "symbol": symbol,
            "color": colour,
            # The white ring is a line centred on the edge: half of it lies outside the mark's own size.
            "size": size + medium.halo,
            "line": {"color": palette.background, "width": medium.halo},
        }
    figure.add_scatter(
        x=[mark.value.value for mark in marks if isinstance(mark.value, Measured)],
        y=[-mark.y for mark in marks],
        mode="markers", name="Titta här" if look_here else ("Andel utan antal" if ring else "Utfall"),
        marker=style, text=[mark.hover for mark in marks], hovertemplate="%{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def _draw_sign(figure: Drawing, mark: RowMark, sign: str, theme: Theme) -> None:
    words = f"{NO_BREAK}{NO_BREAK}{mark.words}" if mark.words else ""
    figure.add_annotation(
        x=0, xref="x", xshift=theme.medium.gap + 2, xanchor="left", y=-mark.y, yanchor="middle",
        text=f"<b>{sign}</b>{words}",
        font={"size": _muted_size(theme), "color": theme.palette.text_2},
    )  # fmt: skip


def _label_lines(figure: Drawing, lines: Sequence[ReferenceLine], end: float, theme: Theme, plot_width: float) -> None:
    """Write the lines' labels above them, from left to right, moved apart where they would touch."""
    medium, palette = theme.medium, theme.palette
    size = medium.label if theme.is_slide else medium.tick
    ordered = sorted(lines, key=lambda line: line.value)
    placed: list[tuple[float, float]] = []
    for index, line in enumerate(ordered):
        width = text_width(line.label, size, bold=not line.dashed)
        x = line.value / end * plot_width
        start = x - width / 2
        neighbour = ordered[index + 1] if index + 1 < len(ordered) else None
        if neighbour is not None:
            next_width = text_width(neighbour.label, size, bold=not neighbour.dashed)
            next_start = neighbour.value / end * plot_width - next_width / 2
            overlap = start + width + size - next_start
            if overlap > 0:
                start -= overlap / 2
        if placed and start < placed[-1][1] + size:
            start = placed[-1][1] + size
        placed.append((start, start + width))
        figure.add_annotation(
            x=line.value, xref="x", xshift=start + width / 2 - x, y=1, yref="paper", yanchor="bottom", xanchor="center",
            text=line.label, yshift=2,
            font={"size": size, "color": palette.text if not line.dashed or theme.is_slide else palette.text_2,
                  "weight": WEIGHT_REGULAR if line.dashed else WEIGHT_BOLD},
        )  # fmt: skip


def _draw_column(
    figure: Drawing, column: Column, x: float, width: float, anchor: float, theme: Theme, largest: float | None
) -> None:
    medium, palette = theme.medium, theme.palette
    position = {
        "xref": "paper",
        "x": anchor,
        "xshift": x if column.align == "left" else x + width,
        "xanchor": column.align,
    }
    if column.header:
        figure.add_annotation(
            **position, y=1, yref="paper", yanchor="bottom", yshift=2, text=column.header,
            font={"size": medium.tick, "color": palette.text_2},
        )  # fmt: skip
    for row, cell in enumerate(column.cells):
        if cell is None or not cell.text:
            continue
        size = _muted_size(theme) if cell.muted else medium.label
        text = cell.text if largest is None else shorten(cell.text, largest, size, cell.bold)
        figure.add_annotation(
            **position, y=-row, yanchor="middle", text=f"<b>{text}</b>" if cell.bold else text,
            font={"size": size, "color": palette.text_2 if cell.muted and not theme.is_slide else palette.text},
        )  # fmt: skip


def marks_of(value: Value) -> set[Mark]:
    """The marks that one share puts on a chart."""
    if not isinstance(value, Measured):
        return marks_of_signs([value]) or {Mark.EJ_TILLAMPLIGT}
    if value.denominator is None:
        return {Mark.RING}
    return {Mark.PUNKT, Mark.BALK} if value.lower is not None else {Mark.PUNKT}
