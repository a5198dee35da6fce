"""The axis of charts over time: months as whole numbers, ticks in Swedish, what is preliminary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Final, TypeVar

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.text_width import text_width
from finsam_dash.charts.theme import Theme
from finsam_dash.model import Missing, Period, Reason, Suppressed, Value
from finsam_dash.wording.numbers import format_sign
from finsam_dash.wording.periods import format_month_short, format_period, format_period_months
from finsam_dash.wording.sentences import PRELIMINARY, format_sign_words

LARGEST_EXPLAINED_GAPS: Final = 2
"""More gaps than this get only their sign: the words would fill the chart."""

_Point = TypeVar("_Point")


def month_number(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def find_ends(periods: Sequence[Period]) -> tuple[int, int]:
    """The first and the last month of the periods, as month numbers."""
    return min(month_number(period.start) for period in periods), max(month_number(period.end) for period in periods)


def middle(period: Period) -> float:
    """Where a period stands: the middle of its months; a month stands on its own number."""
    return (month_number(period.start) + month_number(period.end)) / 2


def runs(points: Sequence[_Point], is_drawn: Callable[[_Point], bool]) -> list[list[_Point]]:
    """The unbroken runs of points that are drawn; a line never crosses a gap."""
    return [list(group) for drawn, group in groupby(points, key=is_drawn) if drawn]


def draw_time_axis(figure: Drawing, periods: Sequence[Period], theme: Theme, *, room: float, **axis: object) -> None:
    """Set the x axis of the figure for the periods: `room` is its width in pixels, `axis` more of plotly's settings."""
    first, last = find_ends(periods)
    if all(period.month_count == 1 for period in periods):
        values, texts = _month_ticks(first, last, theme, room)
    else:
        values = [middle(period) for period in periods]
        texts = [_period_tick(period) for period in periods]
        widest_text = max(text_width(line, theme.medium.tick) for text in texts for line in text.split("<br>"))
        if widest_text * 1.15 * len(texts) > room:
            values, texts = _year_ticks(periods)
    figure.update_xaxes(
        range=[first - 0.6, last + 0.6], tickmode="array", tickvals=values, ticktext=texts, tickangle=0, showline=True,
        **axis,
    )  # fmt: skip


def _year_ticks(periods: Sequence[Period]) -> tuple[list[float], list[str]]:
    """One tick a year, in the middle of its periods: for parts of years that have no room for names of their own."""
    places: dict[int, list[float]] = {}
    for period in periods:
        places.setdefault(period.start.year, []).append(middle(period))
    return [sum(found) / len(found) for found in places.values()], [str(year) for year in places]


def _month_ticks(first: int, last: int, theme: Theme, room: float) -> tuple[list[float], list[str]]:
    largest = max(1.0, room / (text_width("2000", theme.medium.tick) * 2.2))
    step = next((step for step in (1, 3, 6, 12, 24, 60) if (last - first + 1) / step <= largest), 120)
    values = [number for number in range(first, last + 1) if number % max(step, 1) == 0]
    texts = []
    for index, number in enumerate(values):
        year, month = divmod(number, 12)
        if step >= 12:
            texts.append(str(year))
        elif month == 0 or (index == 0 and all(value % 12 for value in values[: max(1, 12 // step)])):
            texts.append(f"{format_month_short(month + 1)}<br>{year}")
        else:
            texts.append(format_month_short(month + 1))
    return [float(value) for value in values], texts


def _period_tick(period: Period) -> str:
    name = format_period(period)
    if name[0].isdigit():
        return name
    return f"{format_period_months(period).removesuffix(f' {period.end.year}')}<br>{period.end.year}"


def draw_preliminary(figure: Drawing, periods: Sequence[Period], theme: Theme) -> None:
    """A pale field behind the periods that late registrations will still change, with its word above."""
    if not periods:
        return
    first, last = find_ends(periods)
    figure.add_shape(
        type="rect", x0=first - 0.5, x1=last + 0.5, y0=0, y1=1, yref="paper", fillcolor=theme.palette.field,
        line={"width": 0}, layer="below",
    )  # fmt: skip
    figure.add_annotation(
        x=last + 0.5, xanchor="right", y=1, yref="paper", yanchor="bottom", yshift=2, text=PRELIMINARY,
        font={"size": theme.medium.tick, "color": theme.palette.text_2},
    )  # fmt: skip


def draw_signs(
    figure: Drawing, values: Sequence[tuple[Period, Value]], theme: Theme, *, yref: str = "y", explain: bool = True
) -> None:
    """ ".." or "–" at the baseline for what is hidden or missing; few gaps say why beside the sign.

    A month with nothing to take a share of has its "." alone: nothing is lacking there.
    """
    lacking = [(period, value) for period, value in values if isinstance(value, Suppressed | Missing)]
    gaps = _merge([(period, value) for period, value in lacking if not _is_not_applicable(value)])
    for period, value in lacking:
        figure.add_annotation(
            x=middle(period), y=0, yref=yref, yanchor="bottom", text=f"<b>{format_sign(value)}</b>",
            font={"size": theme.medium.tick, "color": theme.palette.text_2},
        )  # fmt: skip
    if not explain or theme.is_slide or len(gaps) > LARGEST_EXPLAINED_GAPS:
        return
    for period, value in gaps:
        figure.add_annotation(
            x=middle(period), y=0, yref=yref, yanchor="bottom", yshift=theme.medium.tick * 1.2,
            text=f"{format_period(period)}:<br>{format_sign_words(value).removesuffix(': för få personer')}",
            font={"size": theme.medium.tick, "color": theme.palette.text_2},
            bgcolor=see_through(theme.palette.background, 0.8), borderpad=0,
        )  # fmt: skip


def _is_not_applicable(value: Suppressed | Missing) -> bool:
    return isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIGT


def _merge(lacking: Sequence[tuple[Period, Suppressed | Missing]]) -> list[tuple[Period, Suppressed | Missing]]:
    merged: list[tuple[Period, Suppressed | Missing]] = []
    for period, value in lacking:
        if merged:
            last, same = merged[-1]
            if format_sign_words(same) == format_sign_words(value) and (
                month_number(period.start) == month_number(last.end) + 1
            ):
                merged[-1] = (Period(last.start, period.end), same)
                continue
        merged.append((period, value))
    return merged
