"""What a series over time carries beside its points: the limits of chance, and where preliminary points usually end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.theme import Theme
from finsam_dash.charts.time_axis import middle, month_number
from finsam_dash.judgement.over_time import LimitPoint, SeriesReading
from finsam_dash.model import Measured, Period
from finsam_dash.report.content_over_time import LatePoint
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.wording.numbers import format_interval, format_share
from finsam_dash.wording.over_time import format_late_point

BAND_OPACITY: Final = 0.5
_HALF_MONTH: Final = 0.5


def draw_limits(figure: Drawing, points: Sequence[TrendPoint], reading: SeriesReading, theme: Theme) -> None:
    """The limits as steps over the times they are of, the centre as a line between them."""
    pairs = list(pair_limits(points, reading))
    if not pairs or reading.center is None:
        return
    edges = [(month_number(p.period.start) - _HALF_MONTH, month_number(p.period.end) + _HALF_MONTH) for p, _ in pairs]
    across = [x for edge in edges for x in edge]
    width = max(1.0, theme.medium.axis * 1.3)
    for name, levels in (
        ("Övre gräns", [limit.upper for _, limit in pairs]),
        ("Undre gräns", [limit.lower for _, limit in pairs]),
    ):
        figure.add_scatter(
            x=across, y=[level for level in levels for _ in (0, 1)], mode="lines", name=name, hoverinfo="skip",
            line={"color": theme.palette.axis, "width": width},
        )  # fmt: skip
    figure.add_scatter(
        x=[across[0], across[-1]], y=[reading.center] * 2, mode="lines", name="Mitten", hoverinfo="skip",
        line={"color": theme.palette.axis, "width": width, "dash": "dot"},
    )  # fmt: skip


def draw_signals(figure: Drawing, points: Sequence[TrendPoint], reading: SeriesReading, theme: Theme) -> None:
    """The points that a rule flags, larger and in the colour of what is worth a look."""
    flagged = [
        (point, point.value)
        for point, limit in pair_limits(points, reading)
        if limit.is_signal and isinstance(point.value, Measured)
    ]
    if flagged:
        medium, palette = theme.medium, theme.palette
        figure.add_scatter(
            x=[middle(point.period) for point, _ in flagged], y=[value.value for _, value in flagged], mode="markers",
            name="Titta här", hoverinfo="skip", cliponaxis=False,
            marker={"symbol": "circle", "size": medium.point_look_here + medium.halo, "color": palette.look_here,
                    "line": {"color": palette.background, "width": medium.halo}},
        )  # fmt: skip


def pair_limits(points: Sequence[TrendPoint], reading: SeriesReading) -> list[tuple[TrendPoint, LimitPoint]]:
    """Each point that was read with its limits: by index, or in order where the points were put together."""
    if not reading.limits:
        return []
    if all(limit.first == limit.last for limit in reading.limits):
        return [(points[limit.last], limit) for limit in reading.limits]
    return list(zip(points, reading.limits, strict=True))


def has_signal(reading: SeriesReading | None) -> bool:
    """Whether any point is drawn as worth a look."""
    return reading is not None and any(limit.is_signal for limit in reading.limits)


def draw_late(figure: Drawing, late: Sequence[LatePoint], theme: Theme, *, rolling: bool) -> None:
    """A hatched band around each preliminary point, from the least to the greatest share that is usual in the end.

    None where nothing usually changes.
    """
    for one in late:
        if one.fewest == one.most == 0 and one.lower == one.upper:
            continue
        left, right = month_number(one.period.start) - 0.4, month_number(one.period.end) + 0.4
        if rolling:
            # A rolling value stands in the month in which its twelve months end.
            left = month_number(one.period.end) - 0.4
        low, high = max(0.0, one.lower - _thickness(one)), min(1.0, one.upper + _thickness(one))
        figure.add_scatter(
            x=[left, right, right, left, left], y=[low, low, high, high, low], mode="lines", fill="toself",
            name="Brukar bli", hoverinfo="skip",
            fillcolor=see_through(theme.palette.background, BAND_OPACITY),
            fillpattern={"shape": "/", "fgcolor": theme.palette.data, "size": 5, "solidity": 0.25,
                         "fillmode": "overlay"},
            line={"color": theme.palette.data, "width": max(1.0, theme.medium.axis), "dash": "dot"},
        )  # fmt: skip


def _thickness(one: LatePoint) -> float:
    """Half a per cent more on each side where the span is no wider, so that it can be seen."""
    return 0.005 if one.upper - one.lower < 0.01 else 0.0


def format_limits_alt(points: Sequence[TrendPoint], reading: SeriesReading | None) -> list[str]:
    """The centre, the last point's limits and the flagged points in words."""
    if reading is None or reading.center is None:
        return []
    pairs = pair_limits(points, reading)
    last = pairs[-1][1]
    parts = [f"Mitten {format_share(reading.center)}, gränser för den senaste lästa punkten {_between(last)}."]
    flagged = sum(limit.is_signal for _, limit in pairs)
    parts.append(f"Mer än slumpen brukar ge: {flagged} av {len(pairs)} punkter.")
    return parts


def list_limit_texts(points: Sequence[TrendPoint], reading: SeriesReading | None) -> dict[Period, str]:
    """The limits of each point that was read, for the table behind the chart."""
    return {} if reading is None else {point.period: _between(limit) for point, limit in pair_limits(points, reading)}


def list_late_texts(late: Sequence[LatePoint]) -> dict[Period, str]:
    """What each preliminary point usually becomes, for the table behind the chart."""
    return {one.period: format_late_point(one) for one in late}


def _between(limit: LimitPoint) -> str:
    return format_interval(limit.lower, limit.upper)
