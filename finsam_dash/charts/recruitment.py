"""How far do those who were offered a place come? One bar a step, each in persons and as a share of the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.share_rows import find_name_room
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import shorten, text_width, widest
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_insats import RecruitmentStep
from finsam_dash.wording.marks import Mark, format_marks, marks_of_signs
from finsam_dash.wording.numbers import HIDDEN_SIGN, MISSING_SIGN, format_share, format_sign, format_value
from finsam_dash.wording.sentences import format_sign_words

_BAR_SHARE: Final = 0.62
"""How much of a row's height the bar takes."""


def share_of_first(steps: Sequence[RecruitmentStep], index: int) -> str:
    """The step as a share of the first step, "–" where one of the two is not known or the first is nobody."""
    return _share(steps, index, 0)


def share_of_previous(steps: Sequence[RecruitmentStep], index: int) -> str:
    """The step as a share of the one before it, "–" where that cannot be said."""
    return _share(steps, index, index - 1) if index else MISSING_SIGN


def _share(steps: Sequence[RecruitmentStep], index: int, base: int) -> str:
    count, of = steps[index].count, steps[base].count
    if not isinstance(count, Measured) or not isinstance(of, Measured) or not of.value:
        hidden = {format_sign(value) for value in (count, of) if not isinstance(value, Measured)}
        return HIDDEN_SIGN if HIDDEN_SIGN in hidden else MISSING_SIGN
    return format_share(count.value / of.value)


def recruitment_figure(*, steps: Sequence[RecruitmentStep], theme: Theme = SCREEN) -> go.Figure:
    """A bar a step from above: the last one blue, the others grey; persons at the bar's end, shares to the right."""
    medium, palette = theme.medium, theme.palette
    row, top = medium.row * 1.05, medium.tick * 1.9
    largest = max((step.count.value for step in steps if isinstance(step.count, Measured)), default=1) or 1
    labels = [shorten(step.label, find_name_room(theme), medium.label) for step in steps]
    columns = [("av första steget", share_of_first)]
    if not theme.is_slide:
        columns.append(("av föregående", share_of_previous))
    column_width = widest((name for name, _ in columns), medium.tick) + medium.label
    margin_right = column_width * len(columns)
    room = text_width(format_value(Measured(largest), Unit.ANTAL), medium.label, bold=True) + 12
    figure = Drawing(theme)
    margin_left = widest(labels, medium.label) + medium.label
    plot = medium.width - margin_left - margin_right
    figure.update_layout(
        height=round(top + row * len(steps) + medium.gap),
        margin={"l": round(margin_left), "r": round(margin_right), "t": round(top), "b": medium.gap},
        bargap=1 - _BAR_SHARE,
    )  # fmt: skip
    figure.update_xaxes(range=[0, largest * plot / max(1.0, plot - room)], visible=False)
    figure.update_yaxes(range=[-(len(steps) - 0.5), 0.5], showticklabels=False, showline=True)
    hovers = [f"<b>{step.label}</b><br>{format_value(step.count, Unit.ANTAL)}" for step in steps]
    measured = [(index, step.count.value) for index, step in enumerate(steps) if isinstance(step.count, Measured)]
    figure.add_bar(
        x=[count for _, count in measured], y=[-index for index, _ in measured], orientation="h", name="Antal",
        marker={"color": [palette.data if index == len(steps) - 1 else palette.context for index, _ in measured],
                "line": {"width": 0}},
        text=[hovers[index] for index, _ in measured], textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    for index, step in enumerate(steps):
        x = step.count.value if isinstance(step.count, Measured) else 0
        figure.add_annotation(
            x=x, xanchor="left", xshift=8, y=-index, yanchor="middle",
            text=f"<b>{format_value(step.count, Unit.ANTAL)}</b>", font={"size": medium.label, "color": palette.text},
        )  # fmt: skip
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", xshift=-margin_left, y=-index, yanchor="middle", text=labels[index],
            font={"size": medium.label, "color": palette.text},
        )  # fmt: skip
        for number, (_, read) in enumerate(columns):
            figure.add_annotation(
                x=1, xref="paper", xanchor="right", xshift=column_width * (number + 1), y=-index, yanchor="middle",
                text=read(steps, index), font={"size": medium.label, "color": palette.text},
            )  # fmt: skip
    for number, (name, _) in enumerate(columns):
        figure.add_annotation(
            x=1, xref="paper", xanchor="right", xshift=column_width * (number + 1), y=1, yref="paper",
            yanchor="bottom", text=name, font={"size": medium.tick, "color": palette.text_2},
        )  # fmt: skip
    return figure.build()


def recruitment_note(*, steps: Sequence[RecruitmentStep], one_colour: bool = False) -> str:
    """The line under the chart that names its marks; `one_colour` has every step alike, as Office draws them."""
    marks = {Mark.STEG} if one_colour else {Mark.STEG, Mark.SISTA_STEGET}
    return format_marks(marks | marks_of_signs(step.count for step in steps))


def recruitment_alt(*, steps: Sequence[RecruitmentStep]) -> str:
    """The chart in words: every step with its persons and its share of the first."""
    parts = ["Steg för steg, antal personer."]
    for index, step in enumerate(steps):
        if not isinstance(step.count, Measured):
            parts.append(f"{step.label}: {format_sign_words(step.count)}.")
            continue
        share = f", {share_of_first(steps, index)} av första steget" if index else ""
        parts.append(f"{step.label}: {format_value(step.count, Unit.ANTAL)}{share}.")
    return " ".join(parts)


def recruitment_table(*, steps: Sequence[RecruitmentStep]) -> ChartTable:
    """A row a step: persons, share of the first step and of the one before."""
    rows = tuple(
        (
            step.label,
            format_value(step.count, Unit.ANTAL),
            share_of_first(steps, index),
            share_of_previous(steps, index),
        )
        for index, step in enumerate(steps)
    )
    return ChartTable(("Steg", "Antal", "Av första steget", "Av föregående"), rows, (False, True, True, True))
