"""The goals as tables to draw, with a small picture of each share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from finsam_dash.charts.mini import build_goal_svg
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.ui.appearance import load_theme
from finsam_dash.ui.table import Cell, Column, Table, build_table, draw_table
from finsam_dash.wording.target_table import (
    HEADER,
    SHORT_HEADER,
    WORDS_HEADER,
    TargetCells,
    choose_for_overview,
    format_cells,
    format_goals_link,
    format_overview_title,
    format_short_certainty,
    format_short_goal,
    format_targets_title,
)


def build_target_table(
    caption: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], theme: Theme = SCREEN
) -> Table:
    """Goals with figures: what was wanted, what came of it, how sure that is."""
    columns = [Column(title, title == "Personer", width) for title, width in HEADER]
    found = [(row, format_cells(row, report, names)) for row in rows]
    return build_table(caption, columns, [_row(row, cells, theme) for row, cells in found])


def build_short_table(
    caption: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], theme: Theme = SCREEN
) -> Table:
    """A few goals as Översikt shows them: who, the picture, reached, how sure."""
    columns = [Column(title, width=width) for title, width in SHORT_HEADER]
    cells = []
    for row in rows:
        found = format_cells(row, report, names)
        svg = build_goal_svg(value=row.value, target=found.line, look_here=found.look_here, width=118, theme=theme)
        sure = Cell(format_short_certainty(row), strong=found.strong, quiet=not found.strong)
        picture = Cell("", image=svg.encode(), alt=f"{found.goal}, {found.outcome[0]}")
        cells.append(
            [Cell(found.insats, below=format_short_goal(row)), picture, Cell(found.reached, strong=True), sure]
        )
    return build_table(caption, columns, cells)


def build_words_table(caption: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str]) -> Table:
    """Goals without a number: the plan's words and what is known."""
    columns = [Column(title, width=width) for title, width in WORDS_HEADER]
    cells = [format_cells(row, report, names) for row in rows]
    return build_table(caption, columns, [[Cell(found.insats), found.text[0], found.known or "–"] for found in cells])


def _row(row: TargetRow, cells: TargetCells, theme: Theme) -> list[Cell]:
    picture, certainty = Cell(cells.no_picture, quiet=True), cells.certainty
    if cells.line is None and cells.open:
        # Why there is no verdict takes the place of the picture: the next column is too narrow for a sentence.
        picture, certainty = Cell(certainty[0], quiet=True, below=certainty[1]), ("–", "")
    elif cells.line is not None:
        svg = build_goal_svg(value=row.value, target=cells.line, look_here=cells.look_here, width=160, theme=theme)
        picture = Cell("", image=svg.encode())
    return [
        Cell(cells.insats, strong=True),
        Cell(cells.text[0], below=cells.text[1]),
        Cell(cells.goal),
        Cell(cells.outcome[0], strong=True, below=cells.outcome[1]),
        picture,
        Cell(cells.reached, strong=True),
        Cell(certainty[0], strong=cells.strong, quiet=not cells.strong, below=certainty[1]),
        Cell(cells.persons[0], below=cells.persons[1]),
    ]


def draw_goals(report: Report, names: Mapping[str, str], link: str) -> None:
    """Draw some goals with the finding above them, and the link to all of them; nothing where there are none.

    A plan whose goals cannot be pictured yet, or only in words, has its finding and the link alone.
    """
    rows = report.targets or ()
    if not rows:
        return
    if shown := choose_for_overview(rows):
        title = format_overview_title(rows)
        more = f"{len(shown)} mål i urval. " if len(shown) < len(rows) else ""
        lead = f"{more}Lodrätt streck: målet. Utan annat ord gäller målet arbete eller studier."
    else:
        title, lead = format_targets_title(rows)
    st.header(title, anchor=False)
    st.html(f'<p class="fd-under">{escape(lead)}</p>')
    if shown:
        draw_table(build_short_table(title, shown, report, names, load_theme()))
    st.html(f'<p class="fd-under"><a href="{escape(link)}" target="_self">{format_goals_link(len(rows))}</a></p>')
