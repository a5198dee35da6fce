"""Do two groups differ? Kvinnor (●) and män (■) under each other, with the difference and its interval."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from finsam_dash.charts.share_rows import FULL_SCALE, Cell, Column, RowMark, marks_of, share_rows_figure
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.model import Gender, Measured, Missing, Suppressed, Unit, Value
from finsam_dash.report.content_comparison import CaseMixRow
from finsam_dash.report.content_parts import DotRow, GroupDifference
from finsam_dash.wording.labels import format_row_label
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.mix import format_mix_reason
from finsam_dash.wording.names import format_name
from finsam_dash.wording.numbers import (
    HIDDEN_SIGN,
    MISSING_SIGN,
    NO_BREAK,
    format_interval,
    format_percent_number,
    format_points,
    format_share_value,
    format_value,
    format_value_counts,
    format_value_interval,
)
from finsam_dash.wording.sentences import format_sign_words

FIRST_SIGN, SECOND_SIGN = "●", "■"


def format_difference(pair: GroupDifference) -> str:
    """The difference first − second with its interval: "5 procentenheter (−10 till 20)"; "–" without one.

    Hidden as soon as one of the two is, whatever the pair carries.
    """
    if isinstance(pair.first.value, Suppressed) or isinstance(pair.second.value, Suppressed):
        return HIDDEN_SIGN
    if pair.difference is None or isinstance(pair.first.value, Missing) or isinstance(pair.second.value, Missing):
        return MISSING_SIGN
    text = format_points(pair.difference)
    if pair.lower is None or pair.upper is None:
        return text
    return f"{text} ({format_percent_number(pair.lower)} till {format_percent_number(pair.upper)})"


def groups_figure(*, pairs: Sequence[GroupDifference], theme: Theme = SCREEN) -> go.Figure:
    """Two rows a pair, first with a circle and second with a square, the label before the first of them.

    Kön has no colours. On slides the difference is left to the title.
    """
    marks: list[RowMark] = []
    names: dict[int, Cell] = {}
    whose: dict[int, Cell] = {}
    shares: dict[int, Cell] = {}
    counts: dict[int, Cell] = {}
    differences: dict[int, Cell] = {}
    for index, pair in enumerate(pairs):
        for offset, (row, sign, symbol) in enumerate(
            ((pair.first, FIRST_SIGN, "circle"), (pair.second, SECOND_SIGN, "square"))
        ):
            place = index * 2 + offset
            marks.append(
                RowMark(place, row.value, _hover(pair, row), symbol="circle" if symbol == "circle" else "square")
            )
            whose[place] = Cell(f"{sign} {_group_name(row)}", muted=not theme.is_slide)
            shares[place] = Cell(format_value(row.value, Unit.ANDEL), bold=True)
            counts[place] = Cell(_counts(row.value))
        names[index * 2] = Cell(_pair_name(pair))
        differences[index * 2] = Cell(format_difference(pair), muted=True)
    row_count = len(pairs) * 2

    def fill(cells: dict[int, Cell]) -> tuple[Cell | None, ...]:
        return tuple(cells.get(place) for place in range(row_count))

    left = [Column("", fill(whose))]
    if any(_pair_name(pair) for pair in pairs):
        left.insert(0, Column("", fill(names)))
    right = [Column("", fill(shares), "right"), Column("", fill(counts))]
    if not theme.is_slide and any(pair.difference is not None for pair in pairs):
        right.append(Column("Skillnad, 95\u00a0%-intervall", fill(differences)))
    return share_rows_figure(
        marks=marks,
        left=left,
        right=right,
        row_count=row_count,
        row_height=theme.medium.dense_row,
        end=FULL_SCALE,
        rules=[index * 2 for index in range(1, len(pairs))],
        theme=theme,
    )


def _counts(value: Value) -> str:
    return format_name(value.reason) if isinstance(value, Missing) else format_value_counts(value)


def _group_name(row: DotRow) -> str:
    return format_row_label(row.label, row.klass)


def _pair_name(pair: GroupDifference) -> str:
    return "" if pair.label in set(Gender) else pair.label


def _hover(pair: GroupDifference, row: DotRow) -> str:
    if not isinstance(row.value, Measured):
        return ""
    heading = ", ".join(text for text in (_pair_name(pair), _group_name(row)) if text)
    lines = [f"<b>{heading}</b>", format_share_value(row.value)]
    if row.value.lower is not None and row.value.upper is not None:
        lines.append(f"95{NO_BREAK}%-intervall {format_interval(row.value.lower, row.value.upper)}")
    return "<br>".join(lines)


def groups_note(*, pairs: Sequence[GroupDifference]) -> str:
    """The line under the chart that names its marks."""
    found: set[Mark] = {Mark.KVINNOR_MAN} if _is_by_kon(pairs) else set()
    for pair in pairs:
        found |= marks_of(pair.first.value) | marks_of(pair.second.value)
    return format_marks(found - ({Mark.PUNKT} if Mark.KVINNOR_MAN in found else set()))


def _is_by_kon(pairs: Sequence[GroupDifference]) -> bool:
    return all(pair.first.label == Gender.KVINNA and pair.second.label == Gender.MAN for pair in pairs)


def groups_alt(*, pairs: Sequence[GroupDifference]) -> str:
    """The chart in words: both groups of every pair, and the difference where it is known."""
    parts = ["Punktdiagram med två grupper."]
    for pair in pairs:
        texts = [
            f"{_group_name(row)} "
            + (format_share_value(row.value) if isinstance(row.value, Measured) else format_sign_words(row.value))
            for row in (pair.first, pair.second)
        ]
        name = f"{_pair_name(pair)}: " if _pair_name(pair) else ""
        difference = format_difference(pair)
        tail = f", skillnad {difference}" if difference not in (MISSING_SIGN, HIDDEN_SIGN) else ""
        parts.append(f"{name}{', '.join(texts)}{tail}.")
    return " ".join(parts)


def groups_table(*, pairs: Sequence[GroupDifference]) -> ChartTable:
    """Two rows a pair; the difference stands on the first of them."""
    header = ("Insats", "Grupp", "Andel", "Antal", f"95{NO_BREAK}%-intervall", "Skillnad")
    rows = [
        (
            _pair_name(pair),
            _group_name(row),
            format_value(row.value, Unit.ANDEL),
            format_value_counts(row.value),
            format_value_interval(row.value),
            format_difference(pair) if row is pair.first else "",
        )
        for pair in pairs
        for row in (pair.first, pair.second)
    ]
    return ChartTable(header, tuple(rows), (False, False, True, True, True, False))


CRUDE, EQUAL = "Som det är", "Samma sammansättning"


def mix_figure(*, rows: Sequence[CaseMixRow], theme: Theme = SCREEN) -> go.Figure:
    """Two rows an insats: the share as it is, and an open square for what it would be with everybody's mix.

    Where it may not be computed the second row says why.
    """
    marks: list[RowMark] = []
    names: dict[int, Cell] = {}
    whose: dict[int, Cell] = {}
    shares: dict[int, Cell] = {}
    notes: dict[int, Cell] = {}
    for index, row in enumerate(rows):
        first, second = index * 2, index * 2 + 1
        names[first] = Cell(row.crude.label)
        whose[first] = Cell(CRUDE, muted=True)
        whose[second] = Cell(EQUAL, muted=True)
        marks.append(RowMark(first, row.crude.value, _mix_hover(row, row.crude.value)))
        shares[first] = Cell(format_value(row.crude.value, Unit.ANDEL), bold=True)
        notes[first] = Cell(_counts(row.crude.value))
        if row.standardised is None:
            notes[second] = Cell(format_mix_reason(row), muted=True)
        else:
            marks.append(RowMark(second, row.standardised, _mix_hover(row, row.standardised), symbol="square"))
            shares[second] = Cell(format_value(row.standardised, Unit.ANDEL), bold=True)
            notes[second] = Cell(format_value_interval(row.standardised), muted=True)
    row_count = len(rows) * 2

    def fill(cells: dict[int, Cell]) -> tuple[Cell | None, ...]:
        return tuple(cells.get(place) for place in range(row_count))

    return share_rows_figure(
        marks=marks,
        left=[Column("", fill(names)), Column("", fill(whose))],
        right=[Column("", fill(shares), "right"), Column("", fill(notes))],
        row_count=row_count,
        row_height=theme.medium.dense_row,
        end=FULL_SCALE,
        rules=[index * 2 for index in range(1, len(rows))],
        theme=theme,
    )


def _mix_hover(row: CaseMixRow, value: Value) -> str:
    if not isinstance(value, Measured):
        return ""
    name = EQUAL if value is row.standardised else CRUDE
    return f"<b>{row.crude.label}</b><br>{name}: {format_share_value(value)}<br>{format_value_interval(value)}"


def mix_note(*, rows: Sequence[CaseMixRow]) -> str:
    """The line under the chart that names its marks."""
    found = {Mark.SAMMANSATTNING, Mark.BALK}
    for row in rows:
        found |= marks_of(row.crude.value) - {Mark.PUNKT, Mark.BALK, Mark.RING}
    return format_marks(found)


def mix_alt(*, rows: Sequence[CaseMixRow]) -> str:
    """The chart in words: each insats as it is, and with everybody's mix or why not."""
    parts = ["Punktdiagram med andelen som den är och med samma sammansättning."]
    for row in rows:
        crude = row.crude.value
        known = format_share_value(crude) if isinstance(crude, Measured) else format_sign_words(crude)
        equal = format_value(row.standardised, Unit.ANDEL) if row.standardised else format_mix_reason(row)
        parts.append(f"{row.crude.label}: {known}. Med samma sammansättning: {equal}.")
    return " ".join(parts)


def mix_table(*, rows: Sequence[CaseMixRow], klasser: Sequence[str]) -> ChartTable:
    """A row an insats: as it is, with everybody's mix, then the share within each stratum (`klasser` as named)."""
    interval = f"95{NO_BREAK}%-intervall"
    header = ("Insats", CRUDE, "Antal", interval, EQUAL, interval, *klasser)
    cells = [
        (
            row.crude.label,
            format_value(row.crude.value, Unit.ANDEL),
            format_value_counts(row.crude.value),
            format_value_interval(row.crude.value),
            format_mix_reason(row) if row.standardised is None else format_value(row.standardised, Unit.ANDEL),
            "" if row.standardised is None else format_value_interval(row.standardised),
            *(format_share_value(dot.value) for dot in row.strata),
        )
        for row in rows
    ]
    return ChartTable(header, tuple(cells), (False, *[True] * (len(header) - 1)))


def strata_table(table: ChartTable) -> ChartTable:
    """The strata alone, side by side, out of what `mix_table` gives."""

    def pick(cells: tuple[str, ...]) -> tuple[str, ...]:
        return (cells[0], *cells[6:])

    return ChartTable(pick(table.header), tuple(pick(row) for row in table.rows), (False, *table.numeric[6:]))
