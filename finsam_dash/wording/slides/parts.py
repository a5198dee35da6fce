"""What a slide is made of, and what every slide has in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from finsam_dash.model import Lage, Suppressed, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import Benchmark, DotRow, TrendPoint
from finsam_dash.wording.numbers import HIDDEN_SIGN, NO_BREAK, format_hidden
from finsam_dash.wording.overview import format_report_source

Row = TypeVar("Row")

ROWS: Final = 7
STAGE_WIDTH: Final = 1168
"""Pixels of the stage that the columns of a table share."""
_FEW_ROWS, _FEW_COLUMNS = 3, 5
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def format_hidden_note(values: Iterable[Value]) -> str:
    """What the sign of hidden values means, "" where none of them is hidden."""
    hidden = [value for value in values if isinstance(value, Suppressed)]
    return f"{HIDDEN_SIGN}{NO_BREAK}{format_hidden(*hidden)}." if hidden else ""


@dataclass(frozen=True)
class Hero:
    """The one large number, with what it is made of under it."""

    number: str
    strong: str
    rest: str


@dataclass(frozen=True)
class SlideDots:
    """Shares with intervals, a row each. `strip`: one subject in a few cuts, beside a hero number.

    `of_goal`: what is marked is marked against the subject's goal, else against the line of several insatser.
    """

    rows: tuple[DotRow, ...]
    benchmark: Benchmark | None
    strip: bool
    comparisons: int | None = None
    of_goal: bool = False


@dataclass(frozen=True)
class SlideTrend:
    """The share year by year, with riket's."""

    points: tuple[TrendPoint, ...]
    riket: tuple[TrendPoint, ...]


@dataclass(frozen=True)
class GoalPicture:
    """A goal on the scale 0-100 %."""

    value: Value
    target: float
    look_here: bool


@dataclass(frozen=True)
class SlideCell:
    """One cell. `sign` stands before the text, orange where `look_here`; `picture` stands in its place."""

    text: str
    strong: bool = False
    sign: str = ""
    look_here: bool = False
    picture: GoalPicture | None = None


@dataclass(frozen=True)
class SlideColumn:
    """One column; `width` is in pixels of a stage 1168 wide."""

    title: str
    width: int
    numeric: bool = False


@dataclass(frozen=True)
class SlideTable:
    """At most seven rows; the first cell of a row heads it."""

    columns: tuple[SlideColumn, ...]
    rows: tuple[tuple[SlideCell, ...], ...]

    @property
    def large(self) -> bool:
        """Whether the table is so small that it is set in larger type, to be read from far away."""
        return len(self.rows) <= _FEW_ROWS and len(self.columns) <= _FEW_COLUMNS


@dataclass(frozen=True)
class Slide:
    """One slide: its message as the title, and what shows it. `name` says what it is about, in a list of slides.

    `measures` are the codes of what is shown, in the order of the slide; the speaker's notes define them.
    """

    key: str
    name: str
    title: str
    source: str
    intern: bool
    hero: Hero | None = None
    dots: SlideDots | None = None
    trend: SlideTrend | None = None
    table: SlideTable | None = None
    lines: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    measures: tuple[str, ...] = ()


def build_slide(report: Report, key: str, name: str, title: str, source: str = "", **parts: object) -> Slide:
    """A slide of the report in its läge; a date in the source is never broken between lines."""
    shown = _DATE.sub(
        "\\1\N{NON-BREAKING HYPHEN}\\2\N{NON-BREAKING HYPHEN}\\3",
        source or format_report_source(report, (), report.period),
    )
    return Slide(key, name, title, shown, report.lage is Lage.INTERN, **parts)  # type: ignore[arg-type]


def split_rows(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows in parts of at most seven, as even as can be: nine are five and four."""
    count = -(-len(rows) // ROWS)
    sizes = [len(rows) // count + (part < len(rows) % count) for part in range(count)] if count else []
    parts, start = [], 0
    for size in sizes:
        parts.append(rows[start : start + size])
        start += size
    return parts


def join_sentences(*sentences: str) -> str:
    """The sentences that there are, in one line."""
    return " ".join(one for one in sentences if one)
