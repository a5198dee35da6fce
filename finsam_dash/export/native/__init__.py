"""Charts that Office can edit, as plain data: points, bars, lines and labels, without any library's words.

Every number comes from the Report; a value that is hidden or missing has no number here at all.
"""

from finsam_dash.export.native.bars import build_flow_chart, build_forsorjning_chart, build_recruitment_chart
from finsam_dash.export.native.funnel import build_funnel_chart
from finsam_dash.export.native.over_time import build_trend_chart
from finsam_dash.export.native.parts import (
    PALETTE,
    Axis,
    BarChart,
    BarSeries,
    NativeChart,
    Point,
    PointChart,
    PointSeries,
    list_numbers,
)
from finsam_dash.export.native.rows import build_dot_chart, build_goal_chart

__all__ = [
    "PALETTE",
    "Axis",
    "BarChart",
    "BarSeries",
    "NativeChart",
    "Point",
    "PointChart",
    "PointSeries",
    "build_dot_chart",
    "build_flow_chart",
    "build_forsorjning_chart",
    "build_funnel_chart",
    "build_goal_chart",
    "build_recruitment_chart",
    "build_trend_chart",
    "list_numbers",
]
