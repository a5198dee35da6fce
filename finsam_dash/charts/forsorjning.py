"""What did people live on before, and what after? Flows between the two, only lön and studier in blue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.colour import see_through
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import plain_text, widest
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.model import Measured, Suppressed, Unit, Value
from finsam_dash.report.content_insats import FlowCategory, FlowLink
from finsam_dash.wording.marks import Mark, format_marks, marks_of_signs
from finsam_dash.wording.numbers import format_count, format_signed, format_value
from finsam_dash.wording.sentences import format_sign_words

_HEIGHTS: Final = {"screen": 450, "slide": 480, "print": 340}
_BAR_WIDTH: Final = 0.018
_GOAL_OPACITIES: Final = (0.62, 0.38)
_CONTEXT_OPACITY: Final = 0.2
_GAP_SHARE: Final = 0.22
"""How much of the height is white between the bars of the fuller side."""


_Side = list[tuple[FlowCategory, Value]]


@dataclass(frozen=True)
class _Bar:
    """A category on one side; `top` and `height` in persons, downwards."""

    category: FlowCategory
    value: Value
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _size(value: Value) -> float:
    return value.value if isinstance(value, Measured) else 0.0


def _stack(entries: Sequence[tuple[FlowCategory, Value]], gap: float, smallest: float, height: float) -> list[_Bar]:
    """The bars of one side from the top, centred in the height; a bar is never lower than its label."""
    heights = [_size(value) for _, value in entries]
    pitches = [max(bar, smallest) for bar in heights]
    top = (height - sum(pitches) - gap * (len(entries) - 1)) / 2
    bars = []
    for (category, value), bar, pitch in zip(entries, heights, pitches, strict=True):
        bars.append(_Bar(category, value, top + (pitch - bar) / 2, bar))
        top += pitch + gap
    return bars


def _sides(categories: Sequence[FlowCategory]) -> tuple[_Side, _Side]:
    """Those before and those after: goals first, "inte känt" last. A category that is nobody's is left out."""

    def shown(value: Value) -> bool:
        return not isinstance(value, Measured) or value.value > 0

    def order(category: FlowCategory) -> int:
        return 2 if category.is_unknown else (0 if category.is_goal else 1)

    before = [(category, category.before) for category in categories if shown(category.before)]
    after = [(category, category.after) for category in sorted(categories, key=order) if shown(category.after)]
    return before, after


def forsorjning_figure(
    *, categories: Sequence[FlowCategory], links: Sequence[FlowLink] = (), theme: Theme = SCREEN
) -> go.Figure:
    """Two columns of bars with flows between them, in persons; change in parentheses, "inte känt" outlined.

    `categories` are in the order of the code list. Without `links` thin lines join a category's two bars.
    """
    medium, palette = theme.medium, theme.palette
    height_px = _HEIGHTS[medium.name]
    before, after = _sides(categories)
    total = max(sum(_size(value) for _, value in side) for side in (before, after)) or 1.0
    count = max(len(before), len(after), 2)
    gap = total * _GAP_SHARE / (count - 1)
    top_px, bottom_px = medium.tick * 2, medium.label * 0.5
    line = medium.label * 1.25
    # A bar gets room for its label; where bars are many and low, the whole is stretched in persons.
    height = total + gap * (count - 1)
    smallest = max(0.0, line / (height_px - top_px - bottom_px) * height - gap)
    height = max(
        sum(max(_size(value), smallest) for _, value in side) + gap * max(0, len(side) - 1) for side in (before, after)
    )
    left = _stack(before, gap, smallest, height)
    right = _stack(after, gap, smallest, height)
    margin_left = widest((plain_text(_before_text(bar)) for bar in left), medium.label) + 10
    margin_right = widest((plain_text(_after_text(bar)) for bar in right), medium.label, bold=True) + 10
    figure = Drawing(theme)
    figure.update_layout(
        height=height_px,
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(top_px), "b": round(bottom_px)},
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[height, 0], visible=False)
    _draw_ribbons(figure, left, right, links, theme)
    for bars, start in ((left, 0.0), (right, 1 - _BAR_WIDTH)):
        for bar in bars:
            _draw_bar(figure, bar, start, is_after=start > 0, theme=theme)
    for bar in left:
        _write(figure, bar, 0, "right", _before_text(bar), theme)
    for bar in right:
        _write(figure, bar, 1, "left", _after_text(bar), theme)
    for x, anchor, text, shift in ((0, "right", "Försörjning före", -8), (1, "left", "Försörjning efter", 8)):
        figure.add_annotation(
            x=x, xref="paper", xanchor=anchor, xshift=shift, y=1, yref="paper", yanchor="bottom", text=text,
            font={"size": medium.tick, "color": palette.text_2},
        )  # fmt: skip
    _draw_hover(figure, [*((bar, _BAR_WIDTH / 2) for bar in left), *((bar, 1 - _BAR_WIDTH / 2) for bar in right)])
    return figure.build()


def _before_text(bar: _Bar) -> str:
    return f"{bar.category.label}  <b>{format_value(bar.value, Unit.ANTAL)}</b>"


def _after_text(bar: _Bar) -> str:
    label = f"<b>{bar.category.label}</b>" if bar.category.is_goal else bar.category.label
    change = _change(bar.category)
    return f"<b>{format_value(bar.value, Unit.ANTAL)}</b>  {label}" + (f"  ({change})" if change else "")


def _change(category: FlowCategory) -> str:
    """The change in persons, only where both sides are known and the category stands on both."""
    if category.is_goal or category.is_unknown:
        return ""
    if not (isinstance(category.before, Measured) and isinstance(category.after, Measured)):
        return ""
    return format_signed(category.after.value - category.before.value)


def _draw_bar(figure: Drawing, bar: _Bar, start: float, *, is_after: bool, theme: Theme) -> None:
    palette = theme.palette
    if not bar.height:
        return
    colour = palette.data if is_after and bar.category.is_goal else palette.context
    outline = bar.category.is_unknown
    figure.add_shape(
        type="rect", x0=start, x1=start + _BAR_WIDTH, y0=bar.top, y1=bar.top + bar.height,
        fillcolor=palette.background if outline else colour,
        line={"color": palette.axis if outline else colour, "width": theme.medium.axis if outline else 0},
    )  # fmt: skip


def _draw_ribbons(
    figure: Drawing, left: Sequence[_Bar], right: Sequence[_Bar], links: Sequence[FlowLink], theme: Theme
) -> None:
    palette = theme.palette
    if not links:
        _draw_joins(figure, left, right, theme)
        return
    goals = [bar.category.key for bar in right if bar.category.is_goal]
    ends = {bar.category.key: bar.top for bar in right}
    counts = {(link.before, link.after): _size(link.count) for link in links}
    for source in left:
        top = source.top
        for target in right:
            persons = counts.get((source.category.key, target.category.key), 0.0)
            # The ribbons of a hidden bar would add up to it.
            if not persons or not source.height or not target.height:
                continue
            bottom = ends[target.category.key]
            if target.category.key in goals:
                index = goals.index(target.category.key)
                colour = see_through(palette.data, _GOAL_OPACITIES[min(index, len(_GOAL_OPACITIES) - 1)])
            else:
                colour = see_through(palette.context, _CONTEXT_OPACITY)
            figure.add_shape(
                type="path", path=_ribbon(top, bottom, persons), fillcolor=colour, line={"width": 0}, layer="below"
            )
            top += persons
            ends[target.category.key] += persons


def _ribbon(top: float, bottom: float, persons: float) -> str:
    start, end = _BAR_WIDTH, 1 - _BAR_WIDTH
    upper = f"M {start} {top:.3f} C 0.5 {top:.3f} 0.5 {bottom:.3f} {end} {bottom:.3f}"
    top, bottom = top + persons, bottom + persons
    return f"{upper} L {end} {bottom:.3f} C 0.5 {bottom:.3f} 0.5 {top:.3f} {start} {top:.3f} Z"


def _draw_joins(figure: Drawing, left: Sequence[_Bar], right: Sequence[_Bar], theme: Theme) -> None:
    """Who went where is not known: only a thin line from a category's bar before to its bar after."""
    after = {bar.category.key: bar for bar in right}
    for bar in left:
        other = after.get(bar.category.key)
        if other is not None and bar.height and other.height:
            figure.add_shape(
                type="line", x0=_BAR_WIDTH, x1=1 - _BAR_WIDTH, y0=bar.middle, y1=other.middle, layer="below",
                line={"color": theme.palette.axis, "width": max(1.0, theme.medium.axis)},
            )  # fmt: skip


def _write(figure: Drawing, bar: _Bar, x: float, anchor: str, text: str, theme: Theme) -> None:
    figure.add_annotation(
        x=x, xanchor=anchor, xshift=-8 if anchor == "right" else 8, y=bar.middle, yanchor="middle", text=text,
        font={"size": theme.medium.label, "color": theme.palette.text},
    )  # fmt: skip


def _draw_hover(figure: Drawing, bars: Sequence[tuple[_Bar, float]]) -> None:
    measured = [(bar, x) for bar, x in bars if isinstance(bar.value, Measured)]
    figure.add_scatter(
        x=[x for _, x in measured], y=[bar.middle for bar, _ in measured], mode="markers", name="Försörjning",
        marker={"size": 1, "opacity": 0},
        text=[f"<b>{bar.category.label}</b><br>{format_value(bar.value, Unit.ANTAL)}" for bar, _ in measured],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def forsorjning_note(*, categories: Sequence[FlowCategory]) -> str:
    """The line under the chart: its colours, and for how many the försörjning afterwards is not known."""
    values = [value for category in categories for value in (category.before, category.after)]
    unknown = [category.after for category in categories if category.is_unknown]
    line = format_marks({Mark.FORSORJNING} | marks_of_signs(values))
    if unknown and isinstance(unknown[0], Measured) and unknown[0].value:
        line += f" För {format_count(unknown[0].value)} är försörjningen vid avslut inte känd."
    return line


def forsorjning_alt(*, categories: Sequence[FlowCategory]) -> str:
    """The chart in words: every category before and after."""
    parts = ["Försörjning före och efter, antal personer."]
    for category in categories:
        texts = [
            f"{word} {format_count(value.value) if isinstance(value, Measured) else format_sign_words(value)}"
            for word, value in (("före", category.before), ("efter", category.after))
        ]
        parts.append(f"{category.label}: {', '.join(texts)}.")
    return " ".join(parts)


def forsorjning_table(*, categories: Sequence[FlowCategory], links: Sequence[FlowLink] = ()) -> ChartTable:
    """A row a category with before, after and change; with `links` a column for each category it went to."""
    targets = [category for category in categories if any(link.after == category.key for link in links)]
    counts = {(link.before, link.after): link.count for link in links}
    rows = []
    for category in categories:
        row = [
            category.label,
            format_value(category.before, Unit.ANTAL),
            format_value(category.after, Unit.ANTAL),
            _change(category),
        ]
        for target in targets:
            hidden = isinstance(category.before, Suppressed) or isinstance(target.after, Suppressed)
            moved = Suppressed() if hidden else counts.get((category.key, target.key), Measured(0))
            row.append(format_value(moved, Unit.ANTAL))
        rows.append(tuple(row))
    header = ("Försörjning", "Före", "Efter", "Förändring", *(f"Till {target.label.lower()}" for target in targets))
    return ChartTable(header, tuple(rows), (False, *[True] * (len(header) - 1)))
