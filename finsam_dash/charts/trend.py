"""How has the share gone over time? Months as grey points, rolling twelve months as a line with its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.labels import spread
from finsam_dash.charts.share_rows import drawn_shares, marks_of, scale_end, share_ticks
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import plain_text, text_width, widest
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.charts.time_axis import (
    draw_events,
    draw_preliminary,
    draw_signs,
    draw_time_axis,
    event_rows,
    middle,
    month_number,
    runs,
)
from finsam_dash.charts.trend_limits import (
    draw_late,
    draw_limits,
    draw_signals,
    format_limits_alt,
    has_signal,
    list_late_texts,
    list_limit_texts,
)
from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.model import Measured, Period, Unit
from finsam_dash.report.content_over_time import LatePoint
from finsam_dash.report.content_parts import Benchmark, EventNote, TrendPoint
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_counts,
    format_interval,
    format_share_value,
    format_value,
    format_value_counts,
    format_value_interval,
)
from finsam_dash.wording.over_time import format_late_point
from finsam_dash.wording.periods import format_date_short, format_period, format_period_months
from finsam_dash.wording.sentences import PRELIMINARY, PRELIMINARY_MARK, format_sign_words, format_target_label

FIELD_OPACITY: Final = 0.3
_HEIGHTS: Final = {"screen": 430, "slide": 470, "print": 320}


def _x(point: TrendPoint, rolling: bool) -> float:
    # A rolling value belongs to the month in which its twelve months end.
    return float(month_number(point.period.end)) if rolling else middle(point.period)


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
    only_chart: bool = False,
    theme: Theme = SCREEN,
) -> go.Figure:
    """Single months as small grey points and rolling twelve months as a line; without `rolling` the points themselves
    are the outcome, each with its interval.

    `points` and `rolling` are in date order, the latter over windows that end in their month. `joined` are longer
    points that small ones were put together to: then they are the outcome. The limits of `reading` take the place of
    the intervals, `late` is where preliminary points usually end. Dated notes are thin dotted lines, what is
    preliminary stands on a pale field with a dotted line. `riket` are published values year by year, several for a year
    where they conflict; unlike `benchmark` they follow the years.
    """
    if not points and not rolling:
        return Drawing(theme).build()
    medium = theme.medium
    height = _HEIGHTS[medium.name]
    shares = [share for point in (*points, *rolling, *riket) for share in drawn_shares(point.value)]
    shares += [line for line in (target, benchmark.value if benchmark else None) if line is not None]
    end = scale_end(shares, only_chart)
    main = list(rolling) or list(joined) or list(points)
    labels = _end_labels(main, bool(rolling), target, benchmark)
    shown = [point.period for point in (*(points or rolling), *riket)]
    ends_here = bool(riket) and riket[-1].period.end == max(period.end for period in shown)
    if ends_here and isinstance(riket[-1].value, Measured):
        latest = f"Riket {format_value(riket[-1].value, Unit.ANDEL)}"
        labels.append((riket[-1].value.value, [latest, format_period(riket[-1].period)], False))
    margin_left = text_width(f"100{NO_BREAK}%", medium.tick) + 8
    margin_right = widest((plain_text(line) for _, lines, _ in labels for line in lines), medium.tick) + 16
    ordered = sorted(events, key=lambda event: event.date)
    first, last = month_number(min(shown).start), max(month_number(period.end) for period in shown)
    room = medium.width - margin_left - margin_right
    preliminary = [point.period for point in points if point.preliminary]
    rows = event_rows(ordered, first, last, room, theme, preliminary=bool(preliminary))
    top = medium.tick * (0.8 + 1.3 * max([row + 1 for row in rows] or [1 if preliminary else 0]))
    bottom = medium.tick * 3.1
    figure = Drawing(theme)
    figure.update_layout(
        height=height,
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(top), "b": round(bottom)},
    )  # fmt: skip
    values, texts = share_ticks(end, theme)
    figure.update_yaxes(
        range=[0, end], tickmode="array", tickvals=values, ticktext=texts, showgrid=medium.grid > 0, showline=True,
        layer="below traces",
    )  # fmt: skip
    draw_time_axis(figure, shown, theme, room=room, layer="below traces")
    draw_preliminary(figure, preliminary, theme)
    draw_events(figure, ordered, rows, theme)
    if rolling:
        _draw_field(figure, rolling, theme)
    _draw_levels(figure, first, last, target, benchmark, theme)
    _draw_riket(figure, riket, theme, with_label=not ends_here)
    if reading is not None:
        draw_limits(figure, joined or points, reading, theme)
    draw_late(figure, late, theme, rolling=bool(rolling))
    if rolling or joined:
        _draw_months(figure, points, theme)
    if rolling:
        _draw_rolling(figure, rolling, theme)
    else:
        with_bars = reading is None or not reading.limits
        _draw_outcomes(figure, joined or points, theme, with_bars=with_bars)
        if reading is not None:
            draw_signals(figure, joined or points, reading, theme)
    draw_signs(figure, [(point.period, point.value) for point in points], theme)
    _draw_end_labels(figure, labels, (height - top - bottom) / end, theme)
    return figure.build()


_EndLabel = tuple[float, list[str], bool]


def _end_labels(
    main: Sequence[TrendPoint], rolling: bool, target: float | None, benchmark: Benchmark | None
) -> list[_EndLabel]:
    """Texts right of the plot: (level, lines, is target)."""
    labels: list[_EndLabel] = []
    if target is not None:
        labels.append((target, [format_target_label(target)], True))
    if benchmark is not None and benchmark.value is not None:
        labels.append((benchmark.value, [benchmark_label(benchmark)], False))
    latest = main[-1] if main else None
    if latest is not None and isinstance(latest.value, Measured):
        value = latest.value
        lines = [f"<b>{format_value(value, Unit.ANDEL)}</b>"]
        if value.numerator is not None and value.denominator is not None:
            lines[0] += f" ({format_counts(value.numerator, value.denominator)})"
        lines.append(f"senaste 12{NO_BREAK}mån" if rolling else format_period(latest.period))
        if value.lower is not None and value.upper is not None:
            lines.append(format_interval(value.lower, value.upper))
        labels.append((value.value, lines, False))
    return labels


def _draw_end_labels(figure: Drawing, labels: Sequence[_EndLabel], pixels: float, theme: Theme) -> None:
    """Each label at its own level, moved apart where they would touch; `pixels` is the height of a share of 1."""
    line_height = theme.medium.tick * 1.3
    entries = [
        (level, line, index, is_target) for level, lines, is_target in labels for index, line in enumerate(lines)
    ]
    order = sorted(range(len(entries)), key=lambda number: (-entries[number][0], entries[number][2]))
    wanted = [-entries[number][0] * pixels + entries[number][2] * 0.01 for number in order]
    heights = spread(wanted, line_height)
    for number, height in zip(order, heights, strict=True):
        level, line, _, is_target = entries[number]
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=level, yanchor="middle", yshift=-(height + level * pixels),
            text=f"<b>{line}</b>" if is_target else line,
            font={"size": theme.medium.tick, "color": theme.palette.text},
        )  # fmt: skip


def _draw_levels(
    figure: Drawing, first: int, last: int, target: float | None, benchmark: Benchmark | None, theme: Theme
) -> None:
    medium, palette = theme.medium, theme.palette
    across = [first - 0.5, last + 0.6]
    if benchmark is not None and benchmark.value is not None:
        figure.add_scatter(
            x=across, y=[benchmark.value] * 2, mode="lines", name=benchmark_label(benchmark), hoverinfo="skip",
            line={"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash},
        )  # fmt: skip
    if target is not None:
        figure.add_scatter(
            x=across, y=[target] * 2, mode="lines", name=format_target_label(target), hoverinfo="skip",
            line={"color": palette.target, "width": medium.target},
        )  # fmt: skip


def _draw_riket(figure: Drawing, riket: Sequence[TrendPoint], theme: Theme, *, with_label: bool) -> None:
    """Riket's published values: diamonds on a dashed line; two for one year stand above each other.

    `with_label` names the latest where it stands: in the margin it would belong to a later year.
    """
    measured = [(point, point.value) for point in riket if isinstance(point.value, Measured)]
    if not measured:
        return
    medium, palette = theme.medium, theme.palette
    if with_label:
        point, value = measured[-1]
        figure.add_annotation(
            x=middle(point.period), y=max(got.value for other, got in measured if other.period == point.period),
            yanchor="bottom", yshift=medium.point, text=f"Riket {format_value(value, Unit.ANDEL)}",
            font={"size": medium.tick, "color": palette.text},
        )  # fmt: skip
    figure.add_scatter(
        x=[middle(point.period) for point, _ in measured], y=[value.value for _, value in measured],
        mode="lines+markers", name="Riket", cliponaxis=False,
        line={"color": palette.riket, "width": medium.riket, "dash": medium.riket_dash},
        marker={"symbol": "diamond", "color": palette.riket, "size": medium.point * 0.8},
        text=[f"<b>Riket {format_period(point.period)}</b><br>{format_share_value(got)}" for point, got in measured],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _hover(point: TrendPoint, heading: str) -> str:
    lines = [f"<b>{heading}</b>", format_share_value(point.value)]
    if isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None:
        lines.append(f"95{NO_BREAK}%-intervall {format_interval(point.value.lower, point.value.upper)}")
    return "<br>".join(lines + ([PRELIMINARY] if point.preliminary else []))


def _draw_months(figure: Drawing, points: Sequence[TrendPoint], theme: Theme) -> None:
    measured = [(point, point.value) for point in points if isinstance(point.value, Measured)]
    if not measured:
        return
    figure.add_scatter(
        x=[middle(point.period) for point, _ in measured], y=[value.value for _, value in measured], mode="markers",
        name="Enskilda månader",
        marker={"symbol": "circle", "size": theme.medium.month_point, "color": theme.palette.context},
        text=[_hover(point, format_period(point.period)) for point, _ in measured],
        hovertemplate="%{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def _draw_field(figure: Drawing, rolling: Sequence[TrendPoint], theme: Theme) -> None:
    def has_interval(point: TrendPoint) -> bool:
        return isinstance(point.value, Measured) and point.value.lower is not None and point.value.upper is not None

    for run in runs(rolling, has_interval):
        xs = [_x(point, True) for point in run]
        lower = [point.value.lower for point in run if isinstance(point.value, Measured)]
        upper = [point.value.upper for point in run if isinstance(point.value, Measured)]
        figure.add_scatter(
            x=[*xs, *reversed(xs), xs[0]], y=[*upper, *reversed(lower), upper[0]], mode="lines", fill="toself",
            name="95 %-intervall", fillcolor=see_through(theme.palette.uncertainty, FIELD_OPACITY),
            line={"color": theme.palette.uncertainty, "width": max(1.0, theme.medium.axis)}, hoverinfo="skip",
        )  # fmt: skip


def _draw_rolling(figure: Drawing, rolling: Sequence[TrendPoint], theme: Theme) -> None:
    medium, palette = theme.medium, theme.palette
    for run in runs(rolling, lambda point: isinstance(point.value, Measured)):
        settled = next((index for index, point in enumerate(run) if point.preliminary), len(run))
        # The dotted part starts at the last settled point, so that the line is whole.
        parts = ((run[:settled], "solid"), (run[max(0, settled - 1) :] if settled < len(run) else [], "dot"))
        for part, dash in parts:
            if not part:
                continue
            figure.add_scatter(
                x=[_x(point, True) for point in part],
                y=[point.value.value for point in part if isinstance(point.value, Measured)],
                mode="lines" if len(part) > 1 else "markers",
                name="Rullande 12 månader" + (f", {PRELIMINARY}" if dash == "dot" else ""),
                line={"color": palette.data, "width": medium.line, "dash": dash},
                marker={"color": palette.data, "size": medium.line * 2},
                text=[_hover(point, f"12 månader t.o.m. {format_period_months(_last_month(point))}") for point in part],
                hovertemplate="%{text}<extra></extra>", cliponaxis=False,
            )  # fmt: skip


def _last_month(point: TrendPoint) -> Period:
    return point.period.months()[-1]


def _draw_outcomes(figure: Drawing, points: Sequence[TrendPoint], theme: Theme, *, with_bars: bool = True) -> None:
    medium, palette = theme.medium, theme.palette
    measured = [(point, point.value) for point in points if isinstance(point.value, Measured)]
    bars = [
        (middle(point.period), value.lower, value.upper)
        for point, value in measured
        if with_bars and value.lower is not None and value.upper is not None
    ]
    if bars:
        figure.add_scatter(
            x=[x for place, _, _ in bars for x in (place, place, None)],
            y=[y for _, lower, upper in bars for y in (lower, upper, None)],
            mode="lines", name="95 %-intervall", hoverinfo="skip", cliponaxis=False,
            line={"color": palette.uncertainty, "width": medium.bar},
        )  # fmt: skip
    for run in runs(points, lambda point: isinstance(point.value, Measured)):
        figure.add_scatter(
            x=[middle(point.period) for point in run],
            y=[point.value.value for point in run if isinstance(point.value, Measured)],
            mode="lines", name="Utfall, linje", hoverinfo="skip",
            line={"color": palette.data, "width": max(1.0, medium.line / 2)},
        )  # fmt: skip
    for ring in (False, True):
        chosen = [(point, value) for point, value in measured if (value.denominator is None) == ring]
        if not chosen:
            continue
        style: dict[str, object] = (
            {"symbol": "circle-open", "color": palette.data, "size": medium.point, "line": {"width": medium.ring}}
            if ring
            else {
                "symbol": "circle",
                "color": palette.data,
                "size": medium.point + medium.halo,
                "line": {"color": palette.background, "width": medium.halo},
            }
        )
        figure.add_scatter(
            x=[middle(point.period) for point, _ in chosen], y=[value.value for _, value in chosen], mode="markers",
            name="Andel utan antal" if ring else "Utfall", marker=style,
            text=[_hover(point, format_period(point.period)) for point, _ in chosen],
            hovertemplate="%{text}<extra></extra>", cliponaxis=False,
        )  # fmt: skip


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
    only_chart: bool = False,
) -> str:
    """The line under the chart that names its marks."""
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
    shares = [share for point in (*points, *rolling, *riket) for share in drawn_shares(point.value)]
    shares += [line for line in (target, benchmark.value if benchmark else None) if line is not None]
    if scale_end(shares, only_chart) < 1:
        found.add(Mark.HALV_SKALA)
    return format_marks(found)


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
            when = f"t.o.m. {format_period_months(_last_month(point))}" if rolling else format_period(point.period)
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
    parts += [f"{format_date_short(event.date)}: {event.text}." for event in events]
    return " ".join(parts)


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
