"""A chart as a file of its own: the finding above it, the marks and the source below, so that it can travel alone."""

from __future__ import annotations

import plotly.graph_objects as go

from finsam_dash.charts.text_width import wrap
from finsam_dash.charts.theme import SCREEN, WEIGHT_REGULAR, WEIGHT_SEMIBOLD, Theme
from finsam_dash.wording.sentences import EXAMPLE_MARK


def framed_figure(
    *, figure: go.Figure, title: str, subtitle: str = "", note: str = "", source: str = "", theme: Theme = SCREEN
) -> go.Figure:
    """A copy of the figure with title and subtitle above and the note and the source line below, wrapped to its width.

    The figure must be drawn with the same theme. "Påhittade data." first in the source line is bold.
    """
    medium, palette = theme.medium, theme.palette
    framed = go.Figure(figure)
    margin = framed.layout.margin
    left, old_top, old_bottom = margin.l or 0, margin.t or 0, margin.b or 0
    heading = wrap(title, medium.width * 0.95, medium.finding, bold=True)
    above = [(line, medium.finding, palette.text, WEIGHT_SEMIBOLD) for line in heading]
    lead = wrap(subtitle, medium.width, medium.label) if subtitle else []
    above += [(line, medium.label, palette.text_2, WEIGHT_REGULAR) for line in lead]
    below = [line for text in (note, source) if text for line in wrap(text, medium.width, medium.footer)]
    y = old_top + medium.gap * 2 + sum(size * 1.3 for _, size, _, _ in above)
    for line, size, colour, weight in above:
        y -= size * 1.3
        framed.add_annotation(
            x=0, xref="paper", xanchor="left", xshift=-left, y=1, yref="paper", yanchor="bottom", yshift=y, text=line,
            font={"size": size, "color": colour, "weight": weight},
        )  # fmt: skip
    y = -(old_bottom + medium.gap)
    for line in below:
        text = f"<b>{EXAMPLE_MARK}</b>{line.removeprefix(EXAMPLE_MARK)}" if line.startswith(EXAMPLE_MARK) else line
        framed.add_annotation(
            x=0, xref="paper", xanchor="left", xshift=-left, y=0, yref="paper", yanchor="top", yshift=y, text=text,
            font={"size": medium.footer, "color": palette.text_2},
        )  # fmt: skip
        y -= medium.footer * 1.4
    top = old_top + medium.gap * 2 + sum(size * 1.3 for _, size, _, _ in above) + medium.gap
    bottom = old_bottom + medium.gap * 2 + medium.footer * 1.4 * len(below)
    framed.update_layout(
        width=medium.width,
        height=round((framed.layout.height or 450) - old_top - old_bottom + top + bottom),
        margin={"t": round(top), "b": round(bottom)},
    )
    return framed
