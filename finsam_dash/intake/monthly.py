"""The monthly form: one row an insats, a month (or period) and a kön; or one row an insats and month, columns per kön.

"Till arbete och/eller studier" counts a person who does both once, so it is not the sum of its two parts. Where it is
empty while both parts are given it stays missing, unless the file says that the parts do not overlap: with the words
"arbete och studier överlappar inte" in a line above the header row (for the whole sheet), or with Ja in a column
"Överlappar inte" (for that row). Then the sum is stored with the kvalifikator harledd. Eget företag is work and counts
within Till arbete.

A row without figures for a month to come, or for no month at all (a template's), says nothing and is passed by. So is
every row without figures where a line above the header row says "rader utan tal läses inte", as our own template does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finsam_dash.intake.cells import (
    NO_VALUE,
    REPORTED,
    Fault,
    TextColumn,
    fold,
    read_count,
    read_day,
    read_gender,
    read_month,
    read_period,
)
from finsam_dash.intake.delivery import GENDERS, REASONS, Comment, Counts, Reading
from finsam_dash.intake.headers import COUNTS, Column, Table
from finsam_dash.model import Gender, Period, Qualifier, Reason

_TOTAL = re.compile(
    r"^(?:(?:del|tot(?:al)?)?summa|s:a|totalt?|sum|samtliga|alla(?: insatser)?|hela förbundet)\b[ :]*"
    r"|[ ,:]*\b(?:summa|s:a|totalt?)$",
    re.IGNORECASE,
)
_NO_OVERLAP = "overlapparinte"
_SKIP_EMPTY = "raderutantallasesinte"
_YES = ("ja", "j", "x", "1", "sant", "true", "yes")
_PERIOD_KEYS = ("manad", "period", "insatsperiod", "fran", "till")
_ID_KEYS = ("insats", *_PERIOD_KEYS, "kon")
_REASON_NUMBER = {reason: number for number, reason in enumerate(REASONS)}
UNKNOWN = -1


@dataclass(frozen=True)
class Measure:
    """One column of counts: `value` NaN with a `reason` (a number into REASONS), which is 0 for a reported fault."""

    column: Column
    value: NDArray[np.float64]
    reason: NDArray[np.integer]


@dataclass(frozen=True)
class Block:
    """The rows of one table for the kön of its rows, or for one kön that its headers carry.

    `subject`, `period` and `gender` are numbers, UNKNOWN where the cell is at fault. `live` are the rows that hold
    figures: not empty, not totals, nothing at fault in what identifies them.
    """

    table: Table
    subject: NDArray[np.integer]
    period: NDArray[np.integer]
    gender: NDArray[np.integer]
    live: NDArray[np.bool_]
    measures: dict[str, Measure]


@dataclass(frozen=True)
class TotalRow:
    """A row of sums below or between the rows: what it is the sum of (None: of everything) and where it stands."""

    index: int
    subject: int | None
    period: int | None
    gender: int | None


@dataclass(frozen=True)
class MonthlyTable:
    """A monthly table as read, before the checks."""

    blocks: tuple[Block, ...]
    totals: tuple[TotalRow, ...]
    comments: tuple[Comment, ...]
    row_count: int


def report_faults(
    table: Table,
    key: str,
    texts: TextColumn,
    read: Sequence[Any],
    rows: NDArray[np.bool_],
    reading: Reading,
    name: str = "",
) -> NDArray[np.bool_]:
    """Report the faults among what was read of each distinct text, in these rows; tell where they are."""
    faulty = np.fromiter((isinstance(thing, Fault) for thing in read), bool, len(read))[texts.codes] & rows
    for index in np.flatnonzero(faulty).tolist():
        fault = read[texts.codes[index]]
        text = texts[index]
        reading.findings.refuse(
            fault.code,
            table.sheet,
            int(table.lines[index]),
            name or table.name(key),
            "" if text == NO_VALUE else text,
            **dict(fault.parts),
        )
    return faulty


def read_monthly(table: Table, reading: Reading) -> MonthlyTable:
    """Read a monthly table; every fault of a cell is reported."""
    rows = ~table.blank()
    totals = _find_totals(table, rows, reading)
    rows[[total.index for total in totals]] = False
    rows &= ~_find_notes(table, rows, reading)
    counts = [column.key for column in table.columns if column.key in COUNTS]
    without_counts = table.blank([*counts, "kommentar"])
    rows &= ~(without_counts & (table.blank(_PERIOD_KEYS) | _says(table, _SKIP_EMPTY)))
    subject = read_subject(table, rows, reading)
    period = read_periods(table, rows, reading, without_counts)
    rows &= ~(without_counts & _starts_later(period, reading))
    cuts: list[tuple[Gender | None, NDArray[np.integer]]] = [
        (gender, np.full(len(rows), GENDERS.index(gender))) for gender in table.genders
    ] or [(None, read_genders(table, rows, reading))]
    blocks = []
    for gender, numbers in cuts:
        measures = {
            column.key: _read_measure(table, column, rows, reading)
            for column in table.columns
            if column.key in COUNTS and column.gender == gender
        }
        live = rows & (subject != UNKNOWN) & (period != UNKNOWN) & (numbers != UNKNOWN)
        blocks.append(Block(table, subject, period, numbers, live, measures))
    return MonthlyTable(
        tuple(blocks), totals, tuple(_read_comments(table, blocks[0], reading)), int(np.count_nonzero(rows))
    )


def _starts_later(period: NDArray[np.integer], reading: Reading) -> NDArray[np.bool_]:
    later = [is_future(thing, reading.context.today) for thing in reading.periods.things]
    return np.array([*later, False])[period]


def is_future(period: Period, today: date) -> bool:
    """Whether the period reaches into a month that has not begun."""
    return (period.end.year, period.end.month) > (today.year, today.month)


def read_subject(table: Table, rows: NDArray[np.bool_], reading: Reading) -> NDArray[np.integer]:
    """The number of each row's insats; unknown names are reported with the nearest known one."""
    texts = table.texts("insats")
    assert texts is not None  # a mandatory column

    def read(text: str) -> str | Fault | None:
        if text == REPORTED:
            return None
        if text in ("", NO_VALUE):
            return Fault("insats_saknas")
        return reading.find_insats(text) or reading.judge_unknown(text)

    used = np.zeros(len(texts.texts), dtype=bool)
    used[texts.codes[rows]] = True
    read_texts = [read(text) if is_used else None for text, is_used in zip(texts.texts, used, strict=True)]
    report_faults(table, "insats", texts, read_texts, rows, reading)
    numbers = [reading.subjects.number(kod) if isinstance(kod, str) else UNKNOWN for kod in read_texts]
    return np.where(rows, np.array(numbers)[texts.codes], UNKNOWN)


def read_periods(
    table: Table, rows: NDArray[np.bool_], reading: Reading, planned: NDArray[np.bool_]
) -> NDArray[np.integer]:
    """The number of each row's period; what is no period, and a month to come (but in `planned` rows), is reported."""
    key = next((key for key in ("manad", "period", "insatsperiod") if table.find(key)), None)
    if key is None:
        return read_span(table, rows, reading, planned)
    texts = table.texts(key)
    assert texts is not None
    today = reading.context.today
    read = texts.read(read_month if key == "manad" else read_period)
    faulty = report_faults(table, key, texts, read, rows, reading)
    faulty |= report_faults(table, key, texts, [_find_future(thing, today) for thing in read], rows & ~planned, reading)
    numbers = [reading.periods.number(thing) if isinstance(thing, Period) else UNKNOWN for thing in read]
    return np.where(rows & ~faulty, np.array(numbers)[texts.codes], UNKNOWN)


def _find_future(thing: object, today: date) -> Fault | None:
    if isinstance(thing, Period) and is_future(thing, today):
        return Fault("framtida_manad", (("period", thing.code),))
    return None


def read_span(
    table: Table, rows: NDArray[np.bool_], reading: Reading, planned: NDArray[np.bool_]
) -> NDArray[np.integer]:
    """The number of each row's period from Från and Till."""
    starts, ends = table.texts("fran"), table.texts("till")
    assert starts is not None
    assert ends is not None
    first, last = starts.read(read_day), ends.read(lambda text: read_day(text, last=True))
    faulty = report_faults(table, "fran", starts, first, rows, reading)
    faulty |= report_faults(table, "till", ends, last, rows, reading)
    pairs, codes = np.unique(starts.codes * len(last) + ends.codes, return_inverse=True)
    numbers = np.full(len(pairs), UNKNOWN)
    backwards, late = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
    for place, pair in enumerate(pairs):
        start, end = first[pair // len(last)], last[pair % len(last)]
        if isinstance(start, date) and isinstance(end, date):
            backwards[place] = end < start
            if start <= end:
                period = Period(start, end)
                late[place] = is_future(period, reading.context.today)
                numbers[place] = reading.periods.number(period)
    for index in np.flatnonzero(rows & ~faulty & backwards[codes]).tolist():
        reading.findings.refuse(
            "bakvand_period", table.sheet, int(table.lines[index]), table.name("till"), ends[index], fran=starts[index]
        )
    future = rows & ~faulty & late[codes] & ~planned
    for index in np.flatnonzero(future).tolist():
        period = reading.periods.things[numbers[codes[index]]]
        reading.findings.refuse(
            "framtida_manad", table.sheet, int(table.lines[index]), table.name("till"), ends[index], period=period.code
        )
    return np.where(rows & ~faulty & ~future, numbers[codes], UNKNOWN)


def read_genders(table: Table, rows: NDArray[np.bool_], reading: Reading) -> NDArray[np.integer]:
    """The number of each row's kön."""
    texts = table.texts("kon")
    assert texts is not None
    read = texts.read(read_gender)
    report_faults(table, "kon", texts, read, rows, reading)
    numbers = [GENDERS.index(thing) if isinstance(thing, Gender) else UNKNOWN for thing in read]
    return np.where(rows, np.array(numbers)[texts.codes], UNKNOWN)


def _read_measure(table: Table, column: Column, rows: NDArray[np.bool_], reading: Reading) -> Measure:
    texts = table.texts(column.key, column.gender)
    assert texts is not None
    read = texts.read(read_count)
    report_faults(table, column.key, texts, read, rows, reading, column.name)
    value = np.array([thing if isinstance(thing, float) else np.nan for thing in read])
    reason = np.array([_REASON_NUMBER[thing] if isinstance(thing, Reason) else 0 for thing in read])
    return Measure(column, value[texts.codes], reason[texts.codes])


def counts_of(block: Block) -> list[Counts]:
    """The figures of a block, mått by mått; the joint outcome derived where the file says that its parts are apart."""
    live = block.live
    shared = (block.subject[live], block.period[live], block.gender[live], block.table.lines[live])
    found = [
        Counts(matt, block.table.sheet, *shared, measure.value[live], measure.reason[live])
        for matt, measure in sorted(block.measures.items(), key=lambda item: COUNTS.index(item[0]))
    ]
    joint = _derive_joint(block)
    if joint is None:
        return found
    derived = live & ~np.isnan(joint)
    told = [piece.without(derived[live]) if piece.matt == "till_arbete_studier" else piece for piece in found]
    shared = (block.subject[derived], block.period[derived], block.gender[derived], block.table.lines[derived])
    reason = np.zeros(np.count_nonzero(derived), dtype=np.intp)
    sums = Counts("till_arbete_studier", block.table.sheet, *shared, joint[derived], reason, Qualifier.HARLEDD)
    return [*told, sums]


def _derive_joint(block: Block) -> NDArray[np.float64] | None:
    """Arbete + studier where the file says they do not overlap and the joint count is empty; NaN elsewhere."""
    work, studies = block.measures.get("till_arbete"), block.measures.get("till_studier")
    if work is None or studies is None:
        return None
    apart = np.full(len(block.live), _says(block.table, _NO_OVERLAP))
    marks = block.table.texts("overlappar_inte")
    if marks is not None:
        apart |= marks.where(lambda text: text.casefold() in _YES)
    joint = block.measures.get("till_arbete_studier")
    if joint is not None:
        apart &= joint.reason == _REASON_NUMBER[Reason.UPPGIFT_SAKNAS]
    return np.where(apart, work.value + studies.value, np.nan) if apart.any() else None


def _says(table: Table, words: str) -> bool:
    """Whether a line above the header row holds these folded words."""
    above = range(table.top)
    return any(words in fold(text) for index in above for text in table.raw.row(index))


def _find_totals(table: Table, rows: NDArray[np.bool_], reading: Reading) -> tuple[TotalRow, ...]:
    """The rows of sums: "Summa" or "Totalt" where insats or month stands, or a last row that names nothing."""
    labels = [texts for key in _ID_KEYS[:-1] if (texts := table.texts(key)) is not None]
    texts = table.texts("insats")
    assert texts is not None

    def total_of(text: str) -> str | None:
        """What remains of "Summa Sara" when the word for a sum is taken away; None if it is no row of sums."""
        if reading.is_known(text) or not _TOTAL.search(text):
            return None
        rest = _TOTAL.sub("", text).strip(" ,:")
        return rest if not rest or reading.is_known(rest) else None

    marked = np.zeros(len(rows), dtype=bool)
    for label in labels:
        marked |= label.where(lambda text: total_of(text) is not None)
    last = np.flatnonzero(rows & ~table.blank(COUNTS))[-1:]
    marked[last] |= table.blank(_ID_KEYS)[last]
    if not table.genders:
        genders = table.texts("kon")
        assert genders is not None
        unlabelled = np.logical_and.reduce([label.equals("") for label in labels])
        marked |= rows & unlabelled & genders.where(lambda text: read_gender(text) == Gender.ALLA)
    found = []
    for index in np.flatnonzero(marked & rows).tolist():
        name = total_of(texts[index]) or texts[index]
        subject = reading.subjects.number(reading.find_insats(name)) if reading.is_known(name) else None
        period, gender = _period_of_total(table, index, reading), _gender_of_total(table, index)
        found.append(TotalRow(index, subject, period, gender))
    return tuple(found)


def _period_of_total(table: Table, index: int, reading: Reading) -> int | None:
    for key in ("manad", "period", "insatsperiod"):
        texts = table.texts(key)
        if texts is not None and isinstance(period := read_period(texts[index]), Period):
            return reading.periods.number(period)
    return None


def _gender_of_total(table: Table, index: int) -> int | None:
    texts = table.texts("kon")
    gender = None if texts is None else read_gender(texts[index])
    return GENDERS.index(gender) if isinstance(gender, Gender) and gender != Gender.ALLA else None


def _find_notes(table: Table, rows: NDArray[np.bool_], reading: Reading) -> NDArray[np.bool_]:
    """Lines of text below the last figures, such as a source note: one cell filled, and no count."""
    filled = sum(
        (~table.raw.columns[column.index].part(table.top + 1).equals("")).astype(int) for column in table.columns
    )
    data = np.flatnonzero(rows & (np.asarray(filled) > 1))
    below = np.arange(len(rows)) > (data[-1] if len(data) else -1)
    notes = rows & below & (np.asarray(filled) == 1) & table.blank(COUNTS)
    for index in np.flatnonzero(notes).tolist():
        reading.findings.warn("rad_ej_last", table.sheet, int(table.lines[index]))
    return notes


def _read_comments(table: Table, block: Block, reading: Reading) -> list[Comment]:
    texts = table.texts("kommentar")
    if texts is None:
        return []
    written = ~texts.where(lambda text: text in ("", REPORTED, NO_VALUE))
    return [
        Comment(
            reading.subjects.things[block.subject[index]],
            reading.periods.things[block.period[index]],
            Gender.ALLA if table.genders else GENDERS[block.gender[index]],
            texts[index],
            table.sheet,
            int(table.lines[index]),
        )
        for index in np.flatnonzero(block.live & written).tolist()
    ]
