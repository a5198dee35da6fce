"""The one chart of a slide, as data that Office draws."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_dash.charts import dots, trend
from finsam_dash.charts.theme import SLIDE
from finsam_dash.export.native import NativeChart, build_dot_chart, build_goal_chart, build_trend_chart
from finsam_dash.wording.slides import Slide


@dataclass(frozen=True)
class SlideChart:
    """A slide's native chart with its text alternative and the line that names its marks."""

    chart: NativeChart
    alt: str
    note: str = ""


def build_slide_chart(slide: Slide) -> SlideChart | None:
    """The one chart of a slide: rows of shares, years, or the pictures of a table of goals; None without."""
    if slide.dots is not None:
        rows, benchmark = slide.dots.rows, slide.dots.benchmark
        chart = build_dot_chart(rows, benchmark, only_chart=True)
        note = dots.dot_plot_note(
            rows=rows,
            benchmark=benchmark,
            only_chart=True,
            comparisons=slide.dots.comparisons,
            of_goal=slide.dots.of_goal,
            theme=SLIDE,
        )
        return None if chart is None else SlideChart(chart, dots.dot_plot_alt(rows=rows, benchmark=benchmark), note)
    if slide.trend is not None:
        points, riket = slide.trend.points, slide.trend.riket
        over_time = build_trend_chart(points, riket=riket)
        note = trend.trend_note(points=points, riket=riket)
        alt = trend.trend_alt(points=points, riket=riket)
        return None if over_time is None else SlideChart(over_time, alt, note)
    if slide.table is not None:
        goals = [next((cell.picture for cell in row if cell.picture is not None), None) for row in slide.table.rows]
        if any(goal is not None for goal in goals):
            return SlideChart(
                build_goal_chart(goals), f"{slide.title} Varje rad i tabellen på en skala från 0 till 100 %."
            )
    return None
