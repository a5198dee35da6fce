"""The goals as tables to draw, with a small picture of each share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_dash.charts.mini import build_goal_svg
from finsam_dash.report.content import Report, TargetRow
from finsam_dash.ui.table import Cell, Column, Table, build_table
from finsam_dash.wording.target_table import HEADER, WORDS_HEADER, TargetCells, format_cells


def build_target_table(caption: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str]) -> Table:
    """Goals with figures: what was wanted, what came of it, how sure that is."""
    columns = [Column(title, title == "Personer", width) for title, width in HEADER]
    found = [(row, format_cells(row, report, names)) for row in rows]
    return build_table(caption, columns, [_row(row, cells) for row, cells in found])


def build_words_table(caption: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str]) -> Table:
    """Goals without a number: the plan's words and what is known."""
    columns = [Column(title, width=width) for title, width in WORDS_HEADER]
    cells = [format_cells(row, report, names) for row in rows]
    return build_table(caption, columns, [[Cell(found.insats), found.text[0], found.known or "–"] for found in cells])


def _row(row: TargetRow, cells: TargetCells) -> list[Cell]:
    picture = Cell(cells.no_picture, quiet=True)
    if cells.line is not None:
        svg = build_goal_svg(value=row.value, target=cells.line, look_here=cells.look_here, width=160)
        picture = Cell("", image=svg.encode())
    return [
        Cell(cells.insats, strong=True),
        Cell(cells.text[0], below=cells.text[1]),
        Cell(cells.goal),
        Cell(cells.outcome[0], strong=True, below=cells.outcome[1]),
        picture,
        Cell(cells.reached, strong=True),
        Cell(cells.certainty[0], strong=cells.strong, quiet=not cells.strong, below=cells.certainty[1]),
        Cell(cells.persons[0], below=cells.persons[1]),
    ]
