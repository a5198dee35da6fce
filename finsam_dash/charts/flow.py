"""How many come in and how many leave? Pågående as steps above, nya up and avslutade down below."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import widest
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.charts.time_axis import draw_preliminary, draw_signs, draw_time_axis, month_number, runs
from finsam_dash.model import Measured, Period, Unit, Value
from finsam_dash.report.content_insats import FlowMonth
from finsam_dash.wording.marks import Mark, format_marks, marks_of_signs
from finsam_dash.wording.numbers import NO_BREAK, format_count, format_value
from finsam_dash.wording.periods import format_period, format_period_months
from finsam_dash.wording.sentences import PRELIMINARY, PRELIMINARY_MARK, format_sign_words

_HEIGHTS: Final = {"screen": 470, "slide": 480, "print": 340}
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
_UPPER: Final = (0.58, 1.0)
_LOWER: Final = (0.0, 0.46)
LATEST_MONTHS: Final = 12


def _step(largest: float, ticks: int) -> int:
    return next((step for step in _STEPS if largest / step <= ticks), 10 ** math.ceil(math.log10(largest / ticks)))


def _number(value: Value) -> float | None:
    return value.value if isinstance(value, Measured) else None


def flow_sum(months: Sequence[FlowMonth], read: Callable[[FlowMonth], Value]) -> Value:
    """The sum over the latest twelve months; hidden or missing as soon as one of them is."""
    latest = [read(month) for month in months[-LATEST_MONTHS:]]
    for value in latest:
        if not isinstance(value, Measured):
            return value
    return Measured(sum(value.value for value in latest if isinstance(value, Measured)))


def flow_figure(*, months: Sequence[FlowMonth], theme: Theme = SCREEN) -> go.Figure:
    """Two panels over the same months: pågående at the month's start as steps, and nya (up) and avslutade (down).

    Preliminary months are dotted and hatched on a pale field. A month without a figure gets its sign at the line.
    """
    if not months:
        return Drawing(theme).build()
    medium, palette = theme.medium, theme.palette
    height = _HEIGHTS[medium.name]
    names = _side_labels(months)
    stock = [value for month in months if (value := _number(month.pagaende)) is not None]
    flows = [value for month in months for each in (month.nya, month.avslutade) if (value := _number(each)) is not None]
    stock_step, flow_step = _step(max(stock, default=1), 3), _step(max(flows, default=1), 2)
    stock_end = stock_step * max(1, math.ceil(max(stock, default=1) * 1.05 / stock_step))
    flow_end = max(flows, default=1) * 1.25 + 1
    labels = [format_count(stock_end), format_count(flow_step * 2)]
    margin_left = widest(labels, medium.tick) + 10
    margin_right = widest((line for pair in names for line in pair), medium.label, bold=True) + 16
    top, bottom = medium.tick * 1.8, medium.tick * 3.1
    figure = Drawing(theme)
    figure.update_layout(
        height=height,
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(top), "b": round(bottom)},
        barmode="relative", bargap=0.28,
    )  # fmt: skip
    grid = {"showgrid": medium.grid > 0, "tickmode": "array", "layer": "below traces"}
    stock_ticks = [stock_step * index for index in range(stock_end // stock_step + 1)]
    flow_ticks = [flow_step * index for index in range(-int(flow_end // flow_step), int(flow_end // flow_step) + 1)]
    figure.update_layout(
        yaxis={"domain": _LOWER, "range": [-flow_end, flow_end], "tickvals": flow_ticks,
               "ticktext": [format_count(abs(tick)) for tick in flow_ticks], **grid},
        yaxis2={"domain": _UPPER, "range": [0, stock_end], "tickvals": stock_ticks, "showline": True,
                "ticktext": [format_count(tick) for tick in stock_ticks], "anchor": "x", **grid},
    )  # fmt: skip
    periods = [month.period for month in months]
    draw_time_axis(figure, periods, theme, room=medium.width - margin_left - margin_right, anchor="y")
    draw_preliminary(figure, [month.period for month in months if month.preliminary], theme)
    _draw_stock(figure, months, theme)
    _draw_bars(figure, months, "Nya", lambda month: month.nya, 1, palette.data, theme)
    _draw_bars(figure, months, "Avslutade", lambda month: month.avslutade, -1, palette.context, theme)
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": palette.text, "width": medium.axis * 1.5}
    )
    draw_signs(figure, [(month.period, month.pagaende) for month in months], theme, yref="y2", explain=False)
    _draw_bar_signs(figure, months, theme)
    places = (("y2", names[0], _last_number([month.pagaende for month in months]) or stock_end / 2),
              ("y", names[1], flow_end * 0.55), ("y", names[2], -flow_end * 0.45))  # fmt: skip
    for axis, (name, text), y in places:
        for line, shift in ((f"<b>{name}</b>", 0.62), (text, -0.62)):
            figure.add_annotation(
                x=1, xref="paper", xanchor="left", xshift=8, y=y, yref=axis, yanchor="middle",
                yshift=shift * medium.label, text=line, font={"size": medium.label, "color": palette.text},
            )  # fmt: skip
    return figure.build()


def _last_number(values: Sequence[Value]) -> float | None:
    return next((value.value for value in reversed(values) if isinstance(value, Measured)), None)


def _side_labels(months: Sequence[FlowMonth]) -> list[tuple[str, str]]:
    latest = months[-1].pagaende
    count = len(months[-LATEST_MONTHS:])
    over = f"på {count}{NO_BREAK}mån"
    nya, avslutade = (
        format_value(flow_sum(months, read), Unit.ANTAL)
        for read in (lambda month: month.nya, lambda month: month.avslutade)
    )
    return [
        ("Pågående", f"{format_value(latest, Unit.ANTAL)} vid månadens början"),
        ("Nya", f"{nya} {over}"),
        ("Avslutade", f"{avslutade} {over}"),
    ]


def _draw_stock(figure: Drawing, months: Sequence[FlowMonth], theme: Theme) -> None:
    for run in runs(months, lambda month: isinstance(month.pagaende, Measured)):
        settled = next((index for index, month in enumerate(run) if month.preliminary), len(run))
        for part, dash in ((run[:settled], "solid"), (run[settled:], "dot")):
            if not part:
                continue
            start, end = month_number(part[0].period.start), month_number(part[-1].period.end)
            values = [month.pagaende.value for month in part if isinstance(month.pagaende, Measured)]
            xs = [month_number(month.period.start) - 0.5 for month in part] + [end + 0.5]
            joined = dash == "dot" and settled > 0
            before = run[settled - 1].pagaende if joined else None
            ys = [*values, values[-1]]
            if isinstance(before, Measured):
                xs, ys = [start - 0.5, *xs], [before.value, *ys]
            figure.add_scatter(
                x=xs, y=ys, xaxis="x", yaxis="y2", mode="lines",
                name="Pågående" + (f", {PRELIMINARY}" if dash == "dot" else ""),
                line={"color": theme.palette.data, "width": theme.medium.line, "dash": dash, "shape": "hv"},
                text=[_hover(part[min(index, len(part) - 1)]) for index in range(len(xs))],
                hovertemplate="%{text}<extra></extra>",
            )  # fmt: skip


def _hover(month: FlowMonth) -> str:
    lines = [f"<b>{format_period(month.period)}</b>"]
    for name, value in (("Pågående", month.pagaende), ("Nya", month.nya), ("Avslutade", month.avslutade)):
        lines.append(f"{name} {format_value(value, Unit.ANTAL)}")
    return "<br>".join(lines + ([PRELIMINARY] if month.preliminary else []))


def _draw_bars(
    figure: Drawing,
    months: Sequence[FlowMonth],
    name: str,
    read: Callable[[FlowMonth], Value],
    direction: int,
    colour: str,
    theme: Theme,
) -> None:
    for preliminary in (False, True):
        chosen = [
            (month, number)
            for month in months
            if month.preliminary == preliminary and (number := _number(read(month))) is not None
        ]
        if not chosen:
            continue
        marker: dict[str, object] = {"color": colour, "line": {"width": 0}}
        if preliminary:
            marker = {
                "color": theme.palette.field,
                "line": {"color": colour, "width": max(1.0, theme.medium.axis * 1.5)},
                "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": theme.palette.background,
                            "size": theme.medium.tick * 0.45, "solidity": 0.3},
            }  # fmt: skip
        figure.add_bar(
            x=[month_number(month.period.start) for month, _ in chosen],
            y=[direction * number for _, number in chosen],
            name=name + (f", {PRELIMINARY}" if preliminary else ""), marker=marker,
            text=[_hover(month) for month, _ in chosen], textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
        for month, number in chosen:
            if number == 0:
                _write_at_line(figure, month.period, "0", direction, theme)


def _draw_bar_signs(figure: Drawing, months: Sequence[FlowMonth], theme: Theme) -> None:
    for month in months:
        for value, direction in ((month.nya, 1), (month.avslutade, -1)):
            if not isinstance(value, Measured):
                _write_at_line(figure, month.period, f"<b>{format_value(value, Unit.ANTAL)}</b>", direction, theme)


def _write_at_line(figure: Drawing, period: Period, text: str, direction: int, theme: Theme) -> None:
    figure.add_annotation(
        x=month_number(period.start), y=0, yanchor="bottom" if direction > 0 else "top", text=text,
        font={"size": theme.medium.tick, "color": theme.palette.text_2},
    )  # fmt: skip


def flow_note(*, months: Sequence[FlowMonth]) -> str:
    """The line under the chart that names its marks."""
    found = {Mark.FLODE}
    if any(month.preliminary for month in months):
        found.add(Mark.PRELIMINART)
    found |= marks_of_signs(value for month in months for value in (month.pagaende, month.nya, month.avslutade))
    return format_marks(found)


def flow_alt(*, months: Sequence[FlowMonth]) -> str:
    """The chart in words: its span, the sums of the latest months, the latest pågående, its gaps."""
    if not months:
        return "In och ut: inga uppgifter."
    span = format_period_months(Period(months[0].period.start, months[-1].period.end))
    names = _side_labels(months)
    parts = [f"In och ut per månad, {span}."]
    parts += [f"{name}: {text}." for name, text in names]
    for month in months:
        for name, value in (("pågående", month.pagaende), ("nya", month.nya), ("avslutade", month.avslutade)):
            if not isinstance(value, Measured):
                parts.append(f"{format_period(month.period)}, {name}: {format_sign_words(value)}.")
    if any(month.preliminary for month in months):
        first = next(month for month in months if month.preliminary)
        parts.append(f"Preliminärt från {format_period(first.period)}.")
    return " ".join(parts)


def flow_table(*, months: Sequence[FlowMonth]) -> ChartTable:
    """A row a month: pågående at its start, nya and avslutade; "p" preliminary."""
    rows = tuple(
        (
            format_period(month.period) + (f" {PRELIMINARY_MARK}" if month.preliminary else ""),
            *(format_value(value, Unit.ANTAL) for value in (month.pagaende, month.nya, month.avslutade)),
        )
        for month in months
    )
    return ChartTable(("Månad", "Pågående vid start", "Nya", "Avslutade"), rows, (False, True, True, True))
