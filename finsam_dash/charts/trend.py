"""How has the share gone over time? Months as grey points, rolling twelve months as a line with its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.events import draw_events, event_room, event_rows
from finsam_dash.charts.share_rows import FULL_SCALE, marks_of, share_ticks
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import plain_text, text_width, widest
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.charts.time_axis import draw_preliminary, draw_signs, draw_time_axis, month_number
from finsam_dash.charts.trend_labels import EndLabel, draw_end_labels, list_end_labels
from finsam_dash.charts.trend_limits import (
    draw_late,
    draw_limits,
    draw_signals,
    format_limits_alt,
    has_signal,
    list_late_texts,
    list_limit_texts,
)
from finsam_dash.charts.trend_marks import draw_field, draw_levels, draw_months, draw_outcomes, draw_riket, draw_rolling
from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.model import Measured, Period, Unit
from finsam_dash.report.content_over_time import LatePoint
from finsam_dash.report.content_parts import Benchmark, EventNote, TrendPoint
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_interval,
    format_share_value,
    format_value,
    format_value_counts,
    format_value_interval,
)
from finsam_dash.wording.over_time import format_events, format_late_point
from finsam_dash.wording.periods import format_period, format_period_months
from finsam_dash.wording.sentences import PRELIMINARY, PRELIMINARY_MARK, format_sign_words, format_target_label

_HEIGHTS: Final = {"screen": 430, "slide": 470, "print": 320}


def trend_figure(
    *,
    points: Sequence[TrendPoint],
    rolling: Sequence[TrendPoint] = (),
    joined: Sequence[TrendPoint] = (),
    reading: SeriesReading | None = None,
    late: Sequence[LatePoint] = (),
    target: float | None = None,
    benchmark: Benchmark | None = None,
    riket: Sequence[TrendPoint] = (),
    events: Sequence[EventNote] = (),
    theme: Theme = SCREEN,
) -> go.Figure:
    """Single months as small grey points and rolling twelve months as a line; without `rolling` the points themselves
    are the outcome, each with its interval.

    `points`, `rolling` and `events` are in date order, rolling windows end in their month. `joined` are longer points
    that small ones were put together to: then they are the outcome. The limits of `reading` take the place of the
    intervals, `late` is where preliminary points usually end. Dated notes are thin dotted lines with a letter, which
    the note explains; what is preliminary stands on a pale field with a dotted line. `riket` are published values year
    by year, several for a year where they conflict; unlike `benchmark` they follow the years.
    """
    if not points and not rolling:
        return Drawing(theme).build()
    shown = [point.period for point in (*(points or rolling), *riket)]
    outcomes = joined or points
    ends_here = bool(riket) and riket[-1].period.end == max(period.end for period in shown)
    labels = list_end_labels(rolling or outcomes, bool(rolling), target, benchmark, riket[-1] if ends_here else None)
    preliminary = [point.period for point in points if point.preliminary]
    figure = Drawing(theme)
    height = _draw_frame(figure, shown, labels, preliminary, events, theme)
    if rolling:
        draw_field(figure, rolling, theme)
    draw_levels(figure, shown, target, benchmark, theme)
    draw_riket(figure, riket, theme, with_label=not ends_here)
    if reading is not None:
        draw_limits(figure, outcomes, reading, theme)
    draw_late(figure, late, theme, rolling=bool(rolling))
    if rolling or joined:
        draw_months(figure, points, theme)
    if rolling:
        draw_rolling(figure, rolling, theme)
    else:
        draw_outcomes(figure, outcomes, theme, with_bars=reading is None or not reading.limits)
        if reading is not None:
            draw_signals(figure, outcomes, reading, theme)
    draw_signs(figure, [(point.period, point.value) for point in points], theme)
    draw_end_labels(figure, labels, height, theme)
    return figure.build()


def _draw_frame(
    figure: Drawing,
    shown: Sequence[Period],
    labels: Sequence[EndLabel],
    preliminary: Sequence[Period],
    events: Sequence[EventNote],
    theme: Theme,
) -> float:
    """Margins, axes, the preliminary field and the dated notes; the plot's height in pixels."""
    medium = theme.medium
    left = text_width(f"100{NO_BREAK}%", medium.tick) + 8
    right = widest((plain_text(line) for label in labels for line in label.lines), medium.tick) + 16
    room = medium.width - left - right
    rows = event_rows(events, shown, room, theme, preliminary=bool(preliminary))
    top = medium.tick * 0.8 + max(event_room(rows, theme), medium.tick * 1.3 if preliminary else 0)
    bottom = medium.tick * 3.1
    height = _HEIGHTS[medium.name]
    figure.update_layout(
        height=height, margin={"l": round(left), "r": round(right), "t": round(top), "b": round(bottom)}
    )
    values, texts = share_ticks(FULL_SCALE, theme)
    figure.update_yaxes(
        range=[0, FULL_SCALE], tickmode="array", tickvals=values, ticktext=texts, showgrid=medium.grid > 0,
        showline=True, layer="below traces",
    )  # fmt: skip
    draw_time_axis(figure, shown, theme, room=room, layer="below traces")
    draw_preliminary(figure, preliminary, theme)
    draw_events(figure, events, rows, theme)
    return height - top - bottom


def trend_note(
    *,
    points: Sequence[TrendPoint],
    rolling: Sequence[TrendPoint] = (),
    joined: Sequence[TrendPoint] = (),
    reading: SeriesReading | None = None,
    late: Sequence[LatePoint] = (),
    target: float | None = None,
    benchmark: Benchmark | None = None,
    riket: Sequence[TrendPoint] = (),
    events: Sequence[EventNote] = (),
) -> str:
    """The line under the chart that names its marks and tells its dated notes."""
    found: set[Mark] = set()
    for point in points:
        found |= marks_of(point.value)
    if rolling:
        found -= {Mark.PUNKT, Mark.BALK, Mark.RING}
        found |= {Mark.LINJE, Mark.FALT, Mark.MANADSPUNKT}
    if joined:
        found |= {Mark.PUNKT, Mark.MANADSPUNKT}
    if reading is not None and reading.limits:
        found = (found - {Mark.BALK}) | {Mark.GRANSER}
        if has_signal(reading):
            found.add(Mark.TITTA_HAR_SERIE)
    if late:
        found.add(Mark.EFTERSLAPNING)
    if any(point.preliminary for point in (*points, *rolling)):
        found.add(Mark.PRELIMINART)
    if target is not None:
        found.add(Mark.MAL_LINJE)
    if benchmark is not None and benchmark.value is not None:
        found.add(Mark.RIKET if benchmark.kind == "riket" else Mark.FORBUNDET)
    if riket:
        found.add(Mark.RIKET)
    return f"{format_marks(found)} {format_events(events)}".rstrip()


def trend_alt(
    *,
    points: Sequence[TrendPoint],
    rolling: Sequence[TrendPoint] = (),
    joined: Sequence[TrendPoint] = (),
    reading: SeriesReading | None = None,
    late: Sequence[LatePoint] = (),
    target: float | None = None,
    riket: Sequence[TrendPoint] = (),
    events: Sequence[EventNote] = (),
) -> str:
    """The chart in words: its span, its first and last level, its gaps and dated notes."""
    if not points:
        return "Linjediagram utan uppgifter."
    span = format_period_months(Period(points[0].period.start, points[-1].period.end))
    what = "rullande 12 månader" if rolling else "varje period för sig"
    parts = [f"Linjediagram över andelen, {span}, {what}."]
    main = [point for point in (rolling or joined or points) if isinstance(point.value, Measured)]
    if main:
        for word, point in (("Först", main[0]), ("Senast", main[-1])):
            value = point.value
            interval = (
                f", {format_interval(value.lower, value.upper)}"
                if isinstance(value, Measured) and value.lower is not None and value.upper is not None
                else ""
            )
            last_month = format_period_months(point.period.months()[-1])
            when = f"t.o.m. {last_month}" if rolling else format_period(point.period)
            mark = f", {PRELIMINARY}" if point.preliminary else ""
            parts.append(f"{word} {when}: {format_share_value(value)}{interval}{mark}.")
    if target is not None:
        parts.append(f"{format_target_label(target)}.")
    parts += format_limits_alt(joined or points, reading)
    parts += [f"{format_period_months(one.period)} brukar bli {format_late_point(one)}." for one in late]
    parts += [
        f"{format_period(point.period)}: {format_sign_words(point.value)}."
        for point in points
        if not isinstance(point.value, Measured)
    ]
    parts += [f"Riket {format_period(point.period)}: {format_share_value(point.value)}." for point in riket]
    return " ".join([*parts, format_events(events)]).rstrip()


def trend_table(
    *,
    points: Sequence[TrendPoint],
    rolling: Sequence[TrendPoint] = (),
    joined: Sequence[TrendPoint] = (),
    reading: SeriesReading | None = None,
    late: Sequence[LatePoint] = (),
) -> ChartTable:
    """A row a period with share, counts and interval, and the rolling twelve months that end in it; "p" preliminary.

    Limits and what preliminary points usually become are columns of their own; `joined` points follow the others.
    """
    interval = f"95{NO_BREAK}%-intervall"
    by_end = {month_number(point.period.end): point for point in rolling}
    limits, usual = list_limit_texts(joined or points, reading), list_late_texts(late)
    usual_by_end = {month_number(period.end): text for period, text in usual.items()}
    header = ["Period", "Andel", "Antal", interval]
    if rolling:
        header += ["Rullande 12 mån", "Antal, 12 mån", f"{interval}, 12 mån"]
    header += ["Gränser"] * bool(limits) + ["Brukar bli"] * bool(usual)
    rows = []
    for point in (*points, *joined):
        mark = f" {PRELIMINARY_MARK}" if point.preliminary else ""
        row = [f"{format_period(point.period)}{mark}", format_value(point.value, Unit.ANDEL)]
        row += [format_value_counts(point.value), format_value_interval(point.value)]
        if rolling:
            over_year = by_end.get(month_number(point.period.end))
            row += (
                ["", "", ""]
                if over_year is None
                else [
                    format_value(over_year.value, Unit.ANDEL),
                    format_value_counts(over_year.value),
                    format_value_interval(over_year.value),
                ]
            )
        if limits:
            row.append(limits.get(point.period, ""))
        if usual:
            row.append(usual_by_end.get(month_number(point.period.end), "") if point.preliminary else "")
        rows.append(tuple(row))
    return ChartTable(tuple(header), tuple(rows), (False, *[True] * (len(header) - 1)))
