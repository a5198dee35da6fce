"""Which level does each row have, and how sure is it? The overview strip and the dot plot with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from finsam_dash.charts.share_rows import (
    Cell,
    Column,
    ReferenceLine,
    RowMark,
    drawn_shares,
    marks_of,
    scale_end,
    share_rows_figure,
)
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.model import Gender, Measured, Missing, Period, Suppressed, Unit, Value
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.wording.labels import format_row_label
from finsam_dash.wording.marks import Mark, format_marks
from finsam_dash.wording.names import capitalise, format_denominator, format_list, format_name, format_of_whom
from finsam_dash.wording.numbers import (
    HIDDEN_SIGN,
    MISSING_SIGN,
    NO_BREAK,
    NOT_APPLICABLE_SIGN,
    decimals_to_tell_apart,
    format_interval,
    format_share,
    format_share_value,
    format_value,
    format_value_counts,
    format_value_interval,
    share_of,
)
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_sign_words, format_target_label, format_target_number

NO_TARGET: Final = "inget mål"
FOOTNOTE: Final = "1)"


def dot_plot_figure(
    *,
    rows: Sequence[DotRow],
    benchmark: Benchmark | None = None,
    asked: Period | None = None,
    only_chart: bool = False,
    theme: Theme = SCREEN,
) -> go.Figure:
    """Insatser under each other with interval, and each its own target where denominator and time are the same.

    `benchmark` is drawn over the rows that are comparable with it, `asked` the period asked: a row over another
    period names its own. Slides leave out the columns of intervals and targets.
    """
    headings, places, count = _places(rows)
    left: list[Column] = [_names(rows, places, count, "" if theme.is_slide else "Insats")]
    right: list[Column] = []
    if theme.is_slide:
        right = [_shares(rows, places, count, ""), _counts(rows, places, count)]
    else:
        of_whom = {place: Cell(_of_whom(row, asked), muted=True) for row, place in zip(rows, places, strict=True)}
        left.append(Column("Nämnare", _fill(of_whom, count), "right"))
        right = [_shares(rows, places, count, "Andel"), _intervals(rows, places, count)]
        if any(row.target is not None or row.target_note for row in rows):
            # In print the note under the chart explains 1).
            texts = (NOT_APPLICABLE_SIGN, FOOTNOTE) if theme.medium.name == "print" else (NO_TARGET,)
            targets = {place: Cell(_target(row, *texts)) for row, place in zip(rows, places, strict=True)}
            right.append(Column("Mål", _fill(targets, count), "right"))
    return share_rows_figure(
        marks=_marks(rows, places, with_words=False, asked=asked),
        left=left,
        right=right,
        headings=headings,
        lines=_lines(rows, places, benchmark),
        row_count=count,
        row_height=theme.medium.dense_row,
        end=scale_end(_drawn(rows, benchmark), only_chart),
        theme=theme,
    )


def strip_figure(
    *,
    rows: Sequence[DotRow],
    benchmark: Benchmark | None = None,
    target: float | None = None,
    with_counts: bool = True,
    only_chart: bool = False,
    theme: Theme = SCREEN,
) -> go.Figure:
    """One subject's share in a few cuts (alla, kvinnor, män, five years) against riket or a target.

    `target` is drawn as a labelled line over the first group of rows, instead of the rows' own short marks there.
    `with_counts` False leaves out the column of counts, where all are published without them.
    """
    headings, places, count = _places(rows)
    lines = _lines(rows, places, benchmark)
    marked = list(rows)
    if target is not None:
        of_first = [index for index, row in enumerate(rows) if row.group == rows[0].group]
        lines.append(ReferenceLine(target, format_target_label(target), False, 0, places[of_first[-1]]))
        for index in of_first:
            marked[index] = replace(rows[index], target=None)
    return share_rows_figure(
        marks=_marks(marked, places, with_words=False, asked=None),
        left=[_names(rows, places, count, "")],
        right=[_shares(rows, places, count, ""), *([_counts(rows, places, count)] if with_counts else [])],
        headings=headings,
        lines=lines,
        row_count=count,
        row_height=theme.medium.row,
        end=scale_end(_drawn(rows, benchmark), only_chart),
        theme=theme,
    )


def _places(rows: Sequence[DotRow]) -> tuple[list[tuple[int, str]], list[int], int]:
    """Where each row stands when every new group is headed by a row of its own."""
    headings: list[tuple[int, str]] = []
    places: list[int] = []
    group, place = "", 0
    for row in rows:
        if row.group != group:
            group = row.group
            if group:
                headings.append((place, group))
                place += 1
        places.append(place)
        place += 1
    return headings, places, place


def _fill(cells: dict[int, Cell], count: int) -> tuple[Cell | None, ...]:
    return tuple(cells.get(place) for place in range(count))


def _is_flagged(row: DotRow) -> bool:
    # A hidden row is never marked: that it is worth a look would tell on which side it lies.
    return row.look_here and isinstance(row.value, Measured)


def _label(row: DotRow) -> str:
    # The strip's rows are the förbund by kön, where the period tells one row from another.
    return format_row_label(row.label, row.klass, row.period if row.label in set(Gender) else None)


def _names(rows: Sequence[DotRow], places: Sequence[int], count: int, header: str) -> Column:
    cells = {place: Cell(_label(row), bold=_is_flagged(row)) for row, place in zip(rows, places, strict=True)}
    return Column(header, _fill(cells, count))


def _shares(rows: Sequence[DotRow], places: Sequence[int], count: int, header: str) -> Column:
    cells = {place: Cell(_share_text(row), bold=True) for row, place in zip(rows, places, strict=True)}
    return Column(header, _fill(cells, count), "right")


def _share_text(row: DotRow) -> str:
    decimals = 0
    if isinstance(row.value, Measured) and row.target is not None:
        decimals = decimals_to_tell_apart(share_of(row.value), row.target)
    return format_value(row.value, Unit.ANDEL, decimals)


def _counts(rows: Sequence[DotRow], places: Sequence[int], count: int) -> Column:
    cells = {place: Cell(_counts_text(row.value)) for row, place in zip(rows, places, strict=True)}
    return Column("", _fill(cells, count))


def _counts_text(value: Value) -> str:
    return format_name(value.reason) if isinstance(value, Missing) else format_value_counts(value)


def _intervals(rows: Sequence[DotRow], places: Sequence[int], count: int) -> Column:
    cells = {place: Cell(format_value_interval(row.value), muted=True) for row, place in zip(rows, places, strict=True)}
    return Column(f"95{NO_BREAK}%-intervall", _fill(cells, count))


def _of_whom(row: DotRow, asked: Period | None) -> str:
    if isinstance(row.value, Measured):
        # `note` stands for the noun where the document has its own ("utskrivna", "ett år efter").
        if row.note and row.value.denominator is not None:
            text = f"{format_denominator(row.value.denominator, None)} {row.note}"
        else:
            text = row.note or format_denominator(row.value.denominator, row.namnare_typ)
    elif isinstance(row.value, Missing):
        text = row.note or format_name(row.value.reason)
    else:
        text = format_of_whom(row.namnare_typ) if row.namnare_typ else ""
    if asked is not None and row.period != asked:
        when = format_period(row.period)
        return f"{text}, {when}" if text else when
    return text


def _target(row: DotRow, none: str, note: str | None = None) -> str:
    """The goal as a cell: `none` where there is no goal, `note` for a remark that there is no room for."""
    if row.target is not None:
        return format_target_number(row.target)
    if isinstance(row.value, Suppressed):
        # Whether a goal was found to hold the row against is hidden with it: it is not said that there is none.
        return HIDDEN_SIGN
    return (note or row.target_note) if row.target_note else none


def _drawn(rows: Sequence[DotRow], benchmark: Benchmark | None) -> list[float]:
    shares = [share for row in rows for share in drawn_shares(row.value)]
    shares += [row.target for row in rows if row.target is not None]
    return shares + ([benchmark.value] if benchmark is not None and benchmark.value is not None else [])


def _marks(rows: Sequence[DotRow], places: Sequence[int], *, with_words: bool, asked: Period | None) -> list[RowMark]:
    return [
        RowMark(
            place,
            row.value,
            hover=_hover(row, asked),
            look_here=_is_flagged(row),
            target=row.target,
            words=format_sign_words(row.value) if with_words and not isinstance(row.value, Measured) else "",
        )
        for row, place in zip(rows, places, strict=True)
    ]


def _hover(row: DotRow, asked: Period | None) -> str:
    if not isinstance(row.value, Measured):
        return ""
    lines = [f"<b>{_label(row)}</b>", format_share_value(row.value)]
    if row.value.lower is not None and row.value.upper is not None:
        lines.append(f"95{NO_BREAK}%-intervall {format_interval(row.value.lower, row.value.upper)}")
    if asked is None or row.period != asked:
        lines.append(format_period(row.period))
    return "<br>".join(lines)


def _lines(rows: Sequence[DotRow], places: Sequence[int], benchmark: Benchmark | None) -> list[ReferenceLine]:
    """The benchmark's line over each unbroken run of comparable rows; the label stands on the first."""
    if benchmark is None or benchmark.value is None:
        return []
    runs: list[tuple[int, int]] = []
    unbroken = False
    for row, place in zip(rows, places, strict=True):
        if row.compared and unbroken:
            runs[-1] = (runs[-1][0], place)
        elif row.compared:
            # The heading above the first row belongs to the line, where its label stands.
            runs.append((place if runs else 0, place))
        unbroken = row.compared
    return [
        ReferenceLine(
            benchmark.value, benchmark_label(benchmark) if index == 0 else "", benchmark.kind != "target", first, last
        )
        for index, (first, last) in enumerate(runs)
    ]


def _has_line(rows: Sequence[DotRow], benchmark: Benchmark) -> bool:
    """Whether the benchmark is drawn: rows that are all measured later have no line."""
    return benchmark.value is not None and any(row.compared for row in rows)


def benchmark_label(benchmark: Benchmark) -> str:
    """ "Riket 34 %", "Mål 35 %" or the pooled share's label with its number."""
    if benchmark.value is None:
        return f"{benchmark.label}{NO_BREAK}{MISSING_SIGN}"
    if benchmark.kind == "target":
        return format_target_label(benchmark.value)
    return f"{benchmark.label}{NO_BREAK}{format_share(benchmark.value)}"


def dot_plot_note(
    *,
    rows: Sequence[DotRow],
    benchmark: Benchmark | None = None,
    target: float | None = None,
    only_chart: bool = False,
    comparisons: int | None = None,
    of_goal: bool = False,
    theme: Theme = SCREEN,
) -> str:
    """The line under the chart that names its marks; also for the strip.

    `target` is the one that the strip draws as a line. `comparisons` is the number of insatser compared with the line,
    said beside the orange mark; `of_goal`: that mark is about the rows' own goal instead.
    """
    found: set[Mark] = set()
    for row in rows:
        found |= marks_of(row.value)
        if row.target is not None and (target is None or row.group != rows[0].group):
            found.add(Mark.MAL_STRECK)
        if _is_flagged(row):
            found.add(Mark.TITTA_HAR_MAL if of_goal else Mark.TITTA_HAR_TRATT)
    if benchmark is not None and _has_line(rows, benchmark):
        found.add({"riket": Mark.RIKET, "pooled": Mark.FORBUNDET, "target": Mark.MAL_LINJE}[benchmark.kind])
    if target is not None:
        found.add(Mark.MAL_LINJE)
    if scale_end(_drawn(rows, benchmark), only_chart) < 1:
        found.add(Mark.HALV_SKALA)
    line = format_marks(found, comparisons=comparisons)
    if theme.medium.name == "print" and any(row.target_note and row.target is None for row in rows):
        notes = dict.fromkeys(row.target_note for row in rows if row.target_note and row.target is None)
        line += f" {FOOTNOTE} {capitalise(format_list(list(notes)))}."
    return line


def dot_plot_alt(*, rows: Sequence[DotRow], benchmark: Benchmark | None = None, what: str = "Andel") -> str:
    """The chart in words, one sentence a row; also for the strip."""
    noun = "rad" if len(rows) == 1 else "rader"
    parts = [f"Punktdiagram med {len(rows)} {noun}. {what} med 95{NO_BREAK}%-intervall."]
    if benchmark is not None and _has_line(rows, benchmark):
        parts.append(f"{benchmark_label(benchmark)}.")
    for row in rows:
        if not isinstance(row.value, Measured):
            parts.append(f"{_label(row)}: {format_sign_words(row.value)}.")
            continue
        text = f"{_label(row)}: {format_share_value(row.value)}"
        if row.value.lower is not None and row.value.upper is not None:
            text += f", {format_interval(row.value.lower, row.value.upper)}"
        if row.target is not None:
            text += f", {format_target_label(row.target).lower()}"
        parts.append(f"{text}{', titta här' if _is_flagged(row) else ''}.")
    return " ".join(parts)


def dot_plot_table(*, rows: Sequence[DotRow], benchmark: Benchmark | None = None) -> ChartTable:
    """Every row with period, denominator, share, counts, interval and target; the benchmark last, which is a share."""
    header = ("Insats", "Period", "Nämnare", "Andel", "Antal", f"95{NO_BREAK}%-intervall", "Mål")
    body = [
        (
            _label(row),
            format_period(row.period),
            _of_whom(row, None),
            _share_text(row),
            format_value_counts(row.value),
            format_value_interval(row.value),
            _target(row, NOT_APPLICABLE_SIGN),
        )
        for row in rows
    ]
    if benchmark is not None and benchmark.value is not None:
        when = str(benchmark.year) if benchmark.year else MISSING_SIGN
        of_persons = (NOT_APPLICABLE_SIGN,) * 3
        body.append((benchmark.label, when, NOT_APPLICABLE_SIGN, format_share(benchmark.value), *of_persons))
    return ChartTable(header, tuple(body), (False, False, False, True, True, True, True))
