"""Which insatser follow on each other? Periods of an insats, its predecessors and successors on one time line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import shorten
from finsam_dash.charts.theme import SCREEN, WEIGHT_BOLD, WEIGHT_REGULAR, Theme
from finsam_dash.charts.time_axis import month_number
from finsam_dash.model import Insats, InsatsPeriod
from finsam_dash.wording.periods import format_date_short

_ROW: Final = {"screen": 44, "slide": 64, "print": 36}
OPEN_END: Final = "t.v."


def _spans(insatser: Sequence[Insats]) -> list[tuple[Insats, InsatsPeriod]]:
    """Every period of every insats, the earliest first."""
    return sorted(
        ((insats, period) for insats in insatser for period in insats.periods), key=lambda entry: entry[1].start
    )


def _rows(spans: Sequence[tuple[Insats, InsatsPeriod]]) -> list[int]:
    """In which row each span stands: the first where the one before has ended."""
    ends: list[date] = []
    rows = []
    for _, period in spans:
        row = next((row for row, end in enumerate(ends) if end < period.start), len(ends))
        ends[row : row + 1] = [period.end or date.max]
        rows.append(row)
    return rows


def chain_figure(*, insatser: Sequence[Insats], current: str, as_of: date, theme: Theme = SCREEN) -> go.Figure:
    """Each period as a box over its years, the current insats filled; an open end is dotted and reaches `as_of`."""
    medium, palette = theme.medium, theme.palette
    spans = _spans(insatser)
    rows = _rows(spans)
    row_height = _ROW[medium.name]
    figure = Drawing(theme)
    bottom, margin = medium.tick * 1.9, medium.tick * 1.2
    figure.update_layout(
        height=round(row_height * (max(rows, default=0) + 1) + bottom + medium.gap),
        margin={"l": round(margin), "r": round(margin), "t": medium.gap, "b": round(bottom)},
    )  # fmt: skip
    if not spans:
        return figure.build()
    ends = [period.end or max(as_of, period.start + timedelta(days=180)) for _, period in spans]
    first = min(period.start.year for _, period in spans) * 12
    last = (max(end.year for end in ends) + 1) * 12
    step = max(1, round((last - first) / 12 / 10))
    years = list(range(first // 12, last // 12 + 1, step))
    figure.update_xaxes(
        range=[first, last], tickmode="array", tickvals=[year * 12 for year in years], tickangle=0,
        ticktext=[str(year) for year in years], showline=True,
    )  # fmt: skip
    figure.update_yaxes(range=[max(rows) + 0.5, -0.5], visible=False)
    boxes = [
        (_place(period.start), _place(end + timedelta(days=1))) for (_, period), end in zip(spans, ends, strict=True)
    ]
    longest = {
        insats.kod: max(box[1] - box[0] for (one, _), box in zip(spans, boxes, strict=True) if one is insats)
        for insats, _ in spans
    }
    for (insats, period), row, (left, right) in zip(spans, rows, boxes, strict=True):
        is_current = insats.kod == current
        figure.add_shape(
            type="rect", x0=left, x1=right, y0=row - 0.42, y1=row + 0.42,
            fillcolor=palette.data if is_current else palette.background,
            line={"color": palette.data, "width": medium.axis * 1.5, "dash": "dot" if period.end is None else "solid"},
        )  # fmt: skip
        width = (right - left) / (last - first) * (medium.width - margin * 2) - 8
        name = insats.kortnamn or insats.namn
        written = shorten(name, width, medium.tick, is_current)
        if written != name and right - left < longest[insats.kod]:
            # The name stands in a longer box of the same insats.
            continue
        figure.add_annotation(
            x=(left + right) / 2, y=row, yanchor="middle", text=written, hovertext=f"{name}, {_when(period)}",
            font={"size": medium.tick, "color": palette.background if is_current else palette.text,
                  "weight": WEIGHT_BOLD if is_current else WEIGHT_REGULAR},
        )  # fmt: skip
    return figure.build()


def _place(day: date) -> float:
    return month_number(day) + (day.day - 1) / 31


def _when(period: InsatsPeriod) -> str:
    end = format_date_short(period.end) if period.end else OPEN_END
    return f"{format_date_short(period.start)}–{end}"


def chain_alt(*, insatser: Sequence[Insats]) -> str:
    """The time line in words."""
    spans = [f"{insats.namn} {_when(period)}" for insats, period in _spans(insatser)]
    return f"Tidslinje: {'; '.join(spans).removesuffix('.')}." if spans else "Tidslinje utan perioder."


def chain_table(*, insatser: Sequence[Insats]) -> ChartTable:
    """A row a period: insats, from, to, label and note."""
    rows = tuple(
        (
            insats.namn,
            period.start.isoformat(),
            period.end.isoformat() if period.end else OPEN_END,
            period.label,
            period.note,
        )
        for insats, period in _spans(insatser)
    )
    return ChartTable(("Insats", "Från", "Till", "Beslut", "Anmärkning"), rows, (False,) * 5)
