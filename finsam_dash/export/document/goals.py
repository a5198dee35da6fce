"""The plan's goals, one by one, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, Cell, Heading, Paragraph, TableBlock
from finsam_dash.export.document.cells import value_cell
from finsam_dash.model import Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording import document as words
from finsam_dash.wording.numbers import NOT_APPLICABLE_SIGN
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.target_table import format_cells, format_targets_title, list_groups, split_rows
from finsam_dash.wording.targets import format_target_reason


def build_goals(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    """The goals of each plan, those with figures in one table and those in words in another."""
    yield Heading(1, words.GOALS)
    rows = report.targets or ()
    if not rows:
        yield Paragraph(words.NO_GOALS)
        return
    title, lead = format_targets_title(rows)
    yield Paragraph(title, "lead")
    if any(row.verdict is not None and row.verdict.uppnatt is not None for row in rows):
        yield Paragraph(lead)
    source = format_report_source(report, (), report.period)
    plan = ""
    for number, group in enumerate(list_groups(rows), start=1):
        if group.plan != plan:
            plan = group.plan
            yield Heading(2, plan)
        repeated = group.heading.casefold() in ("", group.level.casefold())
        heading = group.level if repeated else f"{group.level}: {group.heading.rstrip(': ')}"
        in_figures, in_words = split_rows(group.rows)
        if in_figures:
            yield _goal_table(heading, in_figures, report, names, source, f"mal-{number}")
        if in_words:
            title = words.format_goals_in_words(heading) if in_figures else heading
            yield _goal_words_table(title, in_words, report, names, f"mal-{number}-ord")


def _goal_table(
    title: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], source: str, key: str
) -> TableBlock:
    """Goals in the plan's words with where they stand, without the picture's column."""
    body, notes = [], []
    for row in rows:
        cells = format_cells(row, report, names)
        outcome = value_cell(row.value, row.target.unit or Unit.ANTAL, strong=True)
        certainty = "\n".join(part for part in cells.certainty if part).removeprefix(f"{NOT_APPLICABLE_SIGN} ")
        reason = format_target_reason(row, names)
        if reason and len(reason) > _LONG_REASON:
            certainty = words.SEE_NOTE
            notes.append(f"{cells.insats}, {cells.goal}: {reason.rstrip('.')}.")
        margin = row.verdict.marginal if row.verdict is not None else None
        body.append(
            (
                Cell(cells.insats, strong=True),
                Cell(cells.text[0]),
                Cell(cells.goal),
                replace(outcome, text="\n".join(part for part in cells.outcome if part)),
                Cell(cells.reached, strong=True),
                Cell(certainty, strong=cells.strong),
                Cell("\n".join(part for part in cells.persons if part), margin, None if margin is None else Unit.ANTAL),
            )
        )
        if row.note:
            notes.append(f"{cells.insats}: {row.note.rstrip('.')}.")
    return TableBlock(
        title,
        words.GOAL_HEADER,
        tuple(body),
        (False,) * 7,
        widths=(0.16, 0.25, 0.12, 0.13, 0.08, 0.16, 0.1),
        notes=(*dict.fromkeys(notes), source),
        key=key,
    )


_LONG_REASON = 45
"""A reason longer than this stands in a note under the table, not in a narrow cell."""


def _goal_words_table(
    title: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], key: str
) -> TableBlock:
    """Goals that no figure answers, with what is known of them."""
    body = []
    for row in rows:
        cells = format_cells(row, report, names)
        known = cells.known or words.TEXT_MISSING
        body.append((Cell(cells.insats, strong=True), Cell(cells.text[0]), Cell(known)))
    return TableBlock(
        title, words.GOAL_WORDS_HEADER, tuple(body), (False, False, False), widths=(0.18, 0.46, 0.36), key=key
    )
