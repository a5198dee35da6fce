"""The share over time in the cut that is chosen, and the period against the year before: built when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from finsam_dash.charts import trend
from finsam_dash.model import Period, Source
from finsam_dash.report.content import Report
from finsam_dash.report.content_over_time import OverTime, Series
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.pairs import draw_pairs
from finsam_dash.ui.selection import forget_choice
from finsam_dash.ui.table import from_chart
from finsam_dash.wording import over_time as words
from finsam_dash.wording.overview import format_report_source

FIRST = ("rullande", "manad", "halvar", "ar", "tertial")
"""What is shown first, of those that the läge and the deliveries allow."""


def draw_on_request(load: Callable[[], Report]) -> None:
    """Draw a fold with the whole förbund over time; nothing is built before it is opened."""
    draw_fold(words.FOLD, "over_tid", lambda: draw_over_time(load()))


def draw_over_time(report: Report, sources: Sequence[Source] = (), otherwise: Callable[[], None] | None = None) -> None:
    """Draw the choice of cut with its chart and words. `otherwise` draws where no cut has any figures."""
    over = report.over_time
    assert over is not None
    if not over.series:
        if otherwise is not None:
            otherwise()
        else:
            draw_empty("Inga uppgifter över tid", "Utfallet är inte redovisat för flera perioder.", level=3)
        return
    # Another cut redraws this part alone.
    st.fragment(_draw_choice)(report, over, sources)


def _draw_choice(report: Report, over: OverTime, sources: Sequence[Source]) -> None:
    by_step = {series.step: series for series in over.series}
    first = next((step for step in FIRST if step in by_step and not by_step[step].refused), next(iter(by_step)))
    forget_choice("tidssteg", by_step)
    step = st.segmented_control(
        "Tid", list(by_step), default=first, format_func=words.STEPS.__getitem__, key="tidssteg",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    series = by_step[step or first]
    if series.refused:
        refused = words.format_refused(report, series.step, insats=over.insats is not None)
        draw_empty(words.format_series_title(series), refused, level=3)
    else:
        months = by_step["manad"].points if "manad" in by_step else ()
        _draw_series(report, over, series, months, sources)
    if over.earlier is not None:
        _draw_earlier(report, over, sources)


def _draw_series(
    report: Report, over: OverTime, series: Series, months: Sequence[TrendPoint], sources: Sequence[Source]
) -> None:
    rolling = series.points if series.step == "rullande" else ()
    points = months if rolling else series.points
    title = words.format_series_title(series)
    shown = [point.period for point in (*points, *rolling)]
    drawn: dict[str, Any] = {
        "points": points, "rolling": rolling, "joined": series.joined, "reading": series.reading, "late": series.late,
    }  # fmt: skip
    draw_chart(
        "over_tid",
        title,
        partial(trend.trend_figure, **drawn, target=over.target, events=over.events),
        trend.trend_alt(**drawn, target=over.target, events=over.events),
        from_chart(title, trend.trend_table(**drawn)),
        format_report_source(report, sources, Period(min(shown).start, max(period.end for period in shown))),
        subtitle=words.format_series_lead(over, series),
        legend=trend.trend_note(**drawn, target=over.target, events=over.events),
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in words.format_series_notes(over, series))
    if notes:
        st.html(f'<ul class="fd-lista">{notes}</ul>')


def _draw_earlier(report: Report, over: OverTime, sources: Sequence[Source]) -> None:
    assert over.earlier is not None
    title = words.format_earlier_title(over.earlier)
    pairs = (words.name_earlier(over.earlier),)
    names = report.names
    draw_pairs(
        "aret_fore",
        title,
        pairs,
        format_report_source(report, sources, report.period),
        words.format_earlier_sentence(over.earlier, names),
    )
