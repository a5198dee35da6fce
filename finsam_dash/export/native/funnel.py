"""Each insats at its size and share, between the limits of chance."""

from __future__ import annotations

import math

from finsam_dash.charts.dots import benchmark_label
from finsam_dash.export.native.parts import PALETTE, Axis, Point, PointChart, PointSeries
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Measured
from finsam_dash.report.content_comparison import Funnel
from finsam_dash.stats.funnel import limit_line


def build_funnel_chart(funnel: Funnel) -> PointChart | None:
    """Each insats at its size and share, between the limits of chance; None without a line or a known share."""
    center = funnel.center.value
    known = [
        (point, point.value.denominator, point.value.value)
        for point in funnel.points
        if isinstance(point.value, Measured) and point.value.denominator
    ]
    if center is None or not known:
        return None
    step = next(
        step for step in (10, 20, 50, 100, 200, 500, 1000, 2000) if max(n for _, n, _ in known) * 1.1 <= step * 6
    )
    end = step * math.ceil(max(n for _, n, _ in known) * 1.1 / step)
    limits = limit_line(center, end, SMALLEST_N, _LIMIT_POINTS)
    series = [
        PointSeries(
            f"{name}, {side}",
            tuple(Point(limit.n, getattr(getattr(limit, band), edge)) for limit in limits),
            line=PALETTE.axis,
            width=1.0,
            dash=dash,  # type: ignore[arg-type]
        )
        for name, band, dash in (("99,8 %", "outer", "solid"), ("95 %", "inner", "sysDot"))
        for side, edge in (("undre", "lower"), ("övre", "upper"))
    ]
    label = benchmark_label(funnel.center)
    ends = (Point(SMALLEST_N, center), Point(end, center, label))
    series.append(PointSeries(label, ends, line=PALETTE.riket, width=1.25, dash="dash"))
    for name, outside, colour, size in (
        ("Insatser", False, PALETTE.data, 7),
        ("Insatser utanför 99,8 %", True, PALETTE.look_here, 9),
    ):
        points = tuple(Point(n, share, point.label, outside) for point, n, share in known if point.outside == outside)
        if points:
            series.append(PointSeries(name, points, marker="circle", colour=colour, size=size))
    return PointChart(tuple(series), Axis(0, end, step, "0"), Axis(0, 1, 0.2), right_label=label)


_LIMIT_POINTS = 40
