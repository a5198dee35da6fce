"""Rows of shares as a block: chart, native chart and table of the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from finsam_dash.charts import dots
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.theme import PRINT, Theme
from finsam_dash.export.native import build_dot_chart
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.wording import document as words
from finsam_dash.wording.overview import OUTCOME_HEADING

if TYPE_CHECKING:
    from plotly.graph_objects import Figure
from finsam_dash.export.document.blocks import ChartBlock, TableBlock
from finsam_dash.export.document.cells import fold_name, from_chart_table


def list_names(keys: Sequence[str], rows: Sequence[DotRow]) -> list[str]:
    """The names of rows by their keys, for a title."""
    labels = {f"{row.key}/{row.klass}" if row.klass else row.key: words.format_dot_label(row) for row in rows}
    return [labels.get(key, key) for key in keys]


def build_dot_block(
    key: str, title: str, rows: tuple[DotRow, ...], source: str, *, benchmark: Benchmark | None = None,
    subtitle: str = OUTCOME_HEADING, strip: bool = False, of_goal: bool = False,
) -> ChartBlock:  # fmt: skip
    """One block of rows: `strip` sets them as kön and years of one subject, else as subjects under each other.

    `of_goal`: what is marked is marked against a goal, not against the line of several insatser.
    """

    def draw(theme: Theme) -> Figure:
        if strip:
            return dots.strip_figure(rows=rows, benchmark=benchmark, theme=theme)
        return dots.dot_plot_figure(rows=rows, benchmark=benchmark, theme=theme)

    table = dots.dot_plot_table(rows=rows, benchmark=benchmark)
    return ChartBlock(
        key=fold_name(key),
        title=title,
        subtitle=subtitle,
        note=dots.dot_plot_note(rows=rows, benchmark=benchmark, of_goal=of_goal, theme=PRINT),
        source=source,
        alt=dots.dot_plot_alt(rows=rows, benchmark=benchmark, what=subtitle),
        table=_dot_table(rows, benchmark, table, title, source, fold_name(key)),
        draw=draw,
        native=build_dot_chart(rows, benchmark),
        # Office's chart has no column of targets, where 1) stands in print.
        native_note=dots.dot_plot_note(rows=rows, benchmark=benchmark, of_goal=of_goal),
    )


_DOT_WIDTHS = (0.2, 0.18, 0.215, 0.075, 0.115, 0.125, 0.09)


def _dot_table(
    rows: Sequence[DotRow], benchmark: Benchmark | None, table: ChartTable, title: str, source: str, key: str
) -> TableBlock:
    """The chart's table with the shares themselves, not their rounded texts, as numbers."""
    block = from_chart_table(table, title, source, key)
    share = table.header.index("Andel")
    body = []
    for index, cells in enumerate(block.rows):
        value = rows[index].value if index < len(rows) else None
        known = value.value if isinstance(value, Measured) else benchmark.value if value is None and benchmark else None
        cell = replace(cells[share], number=known, unit=Unit.ANDEL if known is not None else None)
        body.append((*cells[:share], cell, *cells[share + 1 :]))
    return replace(block, rows=tuple(body), widths=_DOT_WIDTHS)
