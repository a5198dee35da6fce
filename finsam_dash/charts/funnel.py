"""Which insatser differ from the line by more than chance explains? The funnel: share against number of persons."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.labels import Box, PlacedLabel, Spot, place_labels, spread
from finsam_dash.charts.share_rows import share_ticks
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import text_width
from finsam_dash.charts.theme import SCREEN, WEIGHT_BOLD, WEIGHT_REGULAR, Theme
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_comparison import Funnel, FunnelPoint
from finsam_dash.stats.funnel import limit_line
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.numbers import (
    MISSING_SIGN,
    NO_BREAK,
    NOT_APPLICABLE_SIGN,
    format_count,
    format_interval,
    format_share,
    format_share_value,
    format_value,
    format_value_counts,
)
from finsam_dash.wording.sentences import format_sign_words

SMALLEST_AXIS: Final = 50
DOTTED: Final = {"screen": "2px,3px", "slide": "4px,7px", "print": "2px,3px"}
_X_STEPS: Final = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)
_HEIGHTS: Final = {"screen": 460, "slide": 470, "print": 340}


def _placed(funnel: Funnel) -> list[tuple[FunnelPoint, float, float]]:
    """The points that have a place: a share with its denominator (n, share)."""
    return [
        (point, point.value.denominator, point.value.value)
        for point in funnel.points
        if isinstance(point.value, Measured) and point.value.denominator
    ]


def _axis(largest: float) -> tuple[float, list[float]]:
    """The end of the n axis and its ticks: four or five steps of a round number."""
    needed = max(SMALLEST_AXIS, largest * 1.08)
    step = next((step for step in _X_STEPS if needed / step <= 5), 10 ** math.ceil(math.log10(needed / 5)))
    end = math.ceil(needed / step) * step
    return end, [step * index for index in range(int(end / step) + 1)]


def funnel_figure(*, funnel: Funnel, theme: Theme = SCREEN) -> go.Figure:
    """Each insats at its n and share, between the limits within which chance alone moves it: 95 % dotted, 99.8 % solid.

    Outside is orange and bold; the strip under ten persons is grey, no verdict there. Only the line where the
    funnel has no centre.
    """
    medium, palette = theme.medium, theme.palette
    points = _placed(funnel)
    end, ticks = _axis(max((n for _, n, _ in points), default=0))
    height = _HEIGHTS[medium.name]
    center = funnel.center.value
    right_labels = [f"99,8{NO_BREAK}%"] + ([benchmark_label(funnel.center)] if center is not None else [])
    margin_left = text_width(f"100{NO_BREAK}%", medium.tick) + 8
    margin_right = max(text_width(label, medium.tick) for label in right_labels) + 14
    margin_top, margin_bottom = medium.tick, medium.tick * 3.4
    width, plot_height = medium.width - margin_left - margin_right, height - margin_top - margin_bottom
    figure = Drawing(theme)
    figure.update_layout(
        height=height,
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(margin_top), "b": round(margin_bottom)},
    )  # fmt: skip
    values, texts = share_ticks(1.0, theme, plot_height * 3)
    figure.update_yaxes(
        range=[0, 1], tickmode="array", tickvals=values, ticktext=texts, showgrid=medium.grid > 0, showline=True,
        layer="below traces",
    )  # fmt: skip
    figure.update_xaxes(
        range=[0, end], tickmode="array", tickvals=ticks, ticktext=[format_count(tick) for tick in ticks],
        showline=True, title={"text": "Antal i nämnaren (n)", "standoff": 4}, layer="below traces",
    )  # fmt: skip
    figure.add_shape(
        type="rect", x0=0, x1=SMALLEST_N, y0=0, y1=1, fillcolor=palette.field, line={"width": 0}, layer="below"
    )
    strip_text = f"n under {SMALLEST_N}" + ("" if theme.is_slide else ": ingen bedömning")
    figure.add_annotation(
        x=SMALLEST_N / 2, y=1, yanchor="top", yshift=-6, textangle=-90, text=strip_text,
        font={"size": medium.tick, "color": palette.text_2},
    )  # fmt: skip

    def spot(n: float, share: float) -> Spot:
        return Spot(n / end * width, (1 - share) * plot_height)

    lines = _draw_limits(figure, funnel, end, theme, plot_height) if center is not None else []
    for outside in (False, True):
        chosen = [(point, n, share) for point, n, share in points if point.outside == outside]
        if chosen:
            _draw_points(figure, chosen, outside, theme)
    order = sorted(points, key=lambda entry: (not entry[0].outside, entry[1]))
    labels = place_labels(
        [spot(n, share) for _, n, share in order],
        [_label(point) for point, _, _ in order],
        lines=[_dense([spot(n, share) for n, share in line]) for line in lines],
        size=medium.label,
        radius=medium.point_look_here / 2 + medium.halo,
        bold=[point.outside for point, _, _ in order],
        width=width,
        height=plot_height,
        occupied=[Box(0, 0, SMALLEST_N / end * width, plot_height)],
    )
    _draw_labels(figure, order, labels, theme)
    return figure.build()


def _draw_labels(
    figure: Drawing, points: Sequence[tuple[FunnelPoint, float, float]], labels: Sequence[PlacedLabel], theme: Theme
) -> None:
    """Each point's name where there is room for it, with a line to the point where that is away from it."""
    medium, palette = theme.medium, theme.palette
    for (point, n, share), label in zip(points, labels, strict=True):
        figure.add_annotation(
            x=n, y=share, text=_label(point), borderpad=0, showarrow=label.leader,
            bgcolor=see_through(palette.background, 0.8 if label.on_line else 0), arrowhead=0, arrowwidth=1,
            arrowcolor=palette.axis, standoff=medium.point / 2, axref="pixel", ayref="pixel",
            xanchor=label.anchor, yanchor="middle",
            **({"ax": label.dx, "ay": label.dy} if label.leader else {"xshift": label.dx, "yshift": -label.dy}),
            font={"size": medium.label, "color": palette.text,
                  "weight": WEIGHT_BOLD if point.outside else WEIGHT_REGULAR},
        )  # fmt: skip


def _label(point: FunnelPoint) -> str:
    return f"{point.label} {format_value(point.value, Unit.ANDEL)}"


def _dense(line: list[Spot]) -> list[Spot]:
    """The polyline with points no more than six pixels apart along x."""
    dense: list[Spot] = []
    for first, second in itertools.pairwise(line):
        steps = max(1, math.ceil(abs(second.x - first.x) / 6))
        dense += [
            Spot(first.x + (second.x - first.x) * i / steps, first.y + (second.y - first.y) * i / steps)
            for i in range(steps)
        ]
    return dense + line[-1:]


def _draw_limits(
    figure: Drawing, funnel: Funnel, end: float, theme: Theme, plot_height: float
) -> list[list[tuple[float, float]]]:
    medium, palette = theme.medium, theme.palette
    center = funnel.center.value
    assert center is not None
    limits = limit_line(center, end, SMALLEST_N)
    width = max(1.0, medium.axis * 1.3)
    drawn: list[list[tuple[float, float]]] = []
    ends: list[tuple[float, str]] = [(center, benchmark_label(funnel.center))]
    for name, dash in (("99,8", "solid"), ("95", DOTTED[medium.name])):
        for side in ("lower", "upper"):
            line = [(limit.n, getattr(limit.outer if name == "99,8" else limit.inner, side)) for limit in limits]
            figure.add_scatter(
                x=[n for n, _ in line], y=[share for _, share in line], mode="lines", hoverinfo="skip",
                name=f"{name} % {'övre' if side == 'upper' else 'undre'}",
                line={"color": palette.axis, "width": width, "dash": dash},
            )  # fmt: skip
            drawn.append(line)
            if 0 < line[-1][1] < 1:
                ends.append((line[-1][1], f"{name}{NO_BREAK}%"))
    middle = [(float(SMALLEST_N), center), (end, center)]
    style = (
        {"color": palette.target, "width": medium.target}
        if funnel.center.kind == "target"
        else {"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash}
    )
    figure.add_scatter(
        x=[n for n, _ in middle], y=[share for _, share in middle], mode="lines", name=benchmark_label(funnel.center),
        line=style, hoverinfo="skip",
    )  # fmt: skip
    heights = spread([-share * plot_height for share, _ in ends], medium.tick * 1.15)
    for (share, text), height in zip(ends, heights, strict=True):
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=6, y=share, yanchor="middle", text=text,
            yshift=-(height + share * plot_height),
            font={"size": medium.tick, "color": palette.text_2},
        )  # fmt: skip
    return [*drawn, middle]


def _draw_points(figure: Drawing, chosen: list[tuple[FunnelPoint, float, float]], outside: bool, theme: Theme) -> None:
    medium, palette = theme.medium, theme.palette
    size = medium.point_look_here if outside else medium.point
    figure.add_scatter(
        x=[n for _, n, _ in chosen], y=[share for _, _, share in chosen], mode="markers",
        name="Titta här" if outside else "Utfall",
        marker={
            "symbol": "circle", "size": size + medium.halo, "color": palette.look_here if outside else palette.data,
            "line": {"color": palette.background, "width": medium.halo},
        },
        text=[f"<b>{point.label}</b><br>{format_share_value(point.value)}" for point, _, _ in chosen],
        hovertemplate="%{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def funnel_note(*, funnel: Funnel) -> str:
    """The line under the chart: its marks, and how many comparisons were made."""
    found = {Mark.PUNKT}
    if funnel.center.value is not None:
        found |= {
            Mark.TRATT,
            {"riket": Mark.RIKET, "pooled": Mark.FORBUNDET, "target": Mark.MITTEN_MAL}[funnel.center.kind],
        }
    if any(point.outside for point, _, _ in _placed(funnel)):
        found.add(Mark.TITTA_HAR_TRATT)
    return format_marks(found, comparisons=funnel.comparisons)


def _verdict(point: FunnelPoint) -> str:
    if not isinstance(point.value, Measured):
        return format_sign_words(point.value)
    if not point.value.denominator:
        return "antal saknas"
    if point.outside:
        return "avviker tydligt"
    return (
        "för få för en bedömning" if point.too_few or point.value.denominator < SMALLEST_N else "avviker inte tydligt"
    )


def funnel_alt(*, funnel: Funnel) -> str:
    """The funnel in words: what it is drawn around, then every insats with its verdict."""
    parts = [f"Trattdiagram: andel mot antal personer, {format_count(len(funnel.points))} insatser."]
    if funnel.center.value is not None:
        parts.append(f"{benchmark_label(funnel.center)} i mitten, gränser för 95 och 99,8{NO_BREAK}%.")
    for point in funnel.points:
        share = f"{format_share_value(point.value)}, " if isinstance(point.value, Measured) else ""
        parts.append(f"{point.label}: {share}{_verdict(point)}.")
    return " ".join(parts)


def funnel_table(*, funnel: Funnel) -> ChartTable:
    """Every insats with share, counts, interval and verdict; the centre last."""
    header = ("Insats", "Andel", "Antal", f"95{NO_BREAK}%-intervall", "Mot linjen")
    rows = [
        (
            point.label,
            format_value(point.value, Unit.ANDEL),
            format_value_counts(point.value),
            format_interval(point.value.lower, point.value.upper)
            if isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None
            else MISSING_SIGN,
            _verdict(point),
        )
        for point in funnel.points
    ]
    if funnel.center.value is not None:
        of_persons = (NOT_APPLICABLE_SIGN,) * 2
        rows.append((funnel.center.label, format_share(funnel.center.value), *of_persons, "linjen"))
    return ChartTable(header, tuple(rows), (False, True, True, True, False))
