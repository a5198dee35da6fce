"""One anonymous row a deltagande, counted into months in memory; only the counts leave this module.

Counted for every insats, month and kön of the file: pågående at the month's start, nya, avslutade, bortfall and
felregistrerade (where Avslutsanledning is given), avslutade utan uppgift and the outcomes (where Sysselsättning efter
is given). Felregistrerade are outside every other count. The rows are cut by the indelningar that the file gives.

The months run from the first to the last that the file speaks of. A line above the header row such as
"Period 2026-01 – 2026-03" (or "Uttag 2026-03-31" for the end alone) states them instead: then those who began earlier
count as pågående, and a month without starts or exits is counted as nobody. Kvinnor and män are both counted, 0 where
there are none.

A text outside the lists of data/referens is refused where a count hangs on it (avslutsanledning, sysselsättning);
among the indelningar it is the class ovrigt, with a warning, and an empty cell is the class okand. If someone who left
has no avslutsanledning, that month's bortfall is missing, not fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finsam_dash.intake.cells import (
    NO_VALUE,
    REPORTED,
    Fault,
    read_count,
    read_day,
    read_gender,
    read_period,
    slug,
)
from finsam_dash.intake.codelists import CodeList, load_codelist
from finsam_dash.intake.delivery import GENDERS, REASONS, Counts, Reading
from finsam_dash.intake.headers import Table
from finsam_dash.intake.monthly import UNKNOWN, read_subject, report_faults
from finsam_dash.model import Gender, GenderScope, Insats, Period, Reason

UNDER_30 = 30
_OPEN = np.iinfo(np.int64).max
_BACKGROUND = ("pagaende", "nya", "avslutade", "avslutade_utan_uppgift", "till_arbete_studier")
_AT_EXIT = ("avslutade",)
_CLASSES = ("utbildning", "forsorjningstid", "fodelseland", "kommun", "forsorjning_fore")
# "Tierps kommun" is Tierp, "Borås kommun" is Borås.
_KOMMUN = re.compile(r"(?:(?<!å)(?<!nä)(?<!for)(?<!grum)s)? (?:kommun|stad)$", re.IGNORECASE)
_SPAN = re.compile(r"^(?:avser |avser period(?:en)? |period(?:en)? ?:? ?)(.+)$", re.IGNORECASE)
_EXTRACTED = re.compile(r"^(?:uttag(?:et)?|uttagsdatum|uttagen|t\.?o\.?m\.?|till och med) ?:? ?(.+)$", re.IGNORECASE)
_SCOPES = {
    GenderScope.BADA: (Gender.KVINNA, Gender.MAN),
    GenderScope.KVINNOR: (Gender.KVINNA,),
    GenderScope.MAN: (Gender.MAN,),
}


@dataclass(frozen=True)
class Rows:
    """The rows of one table as numbers. Months are counted from year 0; `end` is _OPEN while the deltagande goes on.

    `outcome` and `reason` are codes ("" unknown), None where the file has no such column; `classes` is indelning to
    codes.
    """

    subject: NDArray[np.integer]
    gender: NDArray[np.integer]
    start: NDArray[np.integer]
    end: NDArray[np.integer]
    reason: NDArray[np.object_] | None
    outcome: NDArray[np.object_] | None
    classes: dict[str, NDArray[np.object_]]

    def __len__(self) -> int:
        return len(self.subject)


def read_participants(tables: Sequence[Table], reading: Reading) -> tuple[list[Counts], int]:
    """Count the rows of the tables into months; every fault of a cell is reported."""
    rows = _join([_read_rows(table, reading) for table in tables])
    if reading.findings.problems or not len(rows):
        return [], len(rows)
    return list(_count_rows(tables, rows, reading)), len(rows)


def _join(parts: Sequence[Rows]) -> Rows:
    """The rows of all sheets; what not every sheet tells is told by none."""

    def joined(name: str) -> NDArray:
        return np.concatenate([getattr(part, name) for part in parts])

    return Rows(
        joined("subject"),
        joined("gender"),
        joined("start"),
        joined("end"),
        None if any(part.reason is None for part in parts) else joined("reason"),
        None if any(part.outcome is None for part in parts) else joined("outcome"),
        {
            key: np.concatenate([part.classes[key] for part in parts])
            for key in parts[0].classes
            if all(key in part.classes for part in parts)
        },
    )


def _read_rows(table: Table, reading: Reading) -> Rows:
    rows = ~table.blank()
    subject = read_subject(table, rows, reading)
    gender = _read(table, "kon", _read_gender, rows, reading)
    start = _read(table, "startdatum", lambda text: _read_past_day(text, reading.context.today), rows, reading)
    end = _read(table, "slutdatum", lambda text: _read_end(text, reading.context.today), rows, reading)
    days = [
        np.array([day.toordinal() if isinstance(day, date) else UNKNOWN for day in found]) for found in (start, end)
    ]
    backwards = rows & (days[0] != UNKNOWN) & (days[1] != UNKNOWN) & (days[1] < days[0])
    texts = table.texts("slutdatum")
    assert texts is not None
    for index in np.flatnonzero(backwards).tolist():
        reading.findings.refuse(
            "slut_fore_start", table.sheet, int(table.lines[index]), table.name("slutdatum"), texts[index]
        )
    reason = _read_coded(table, "avslutsanledning", rows, reading)
    outcome = _read_coded(table, "sysselsattning_efter", rows, reading)
    if reason is not None:
        _refuse_open_exits(table, reason, rows & (days[1] == UNKNOWN), reading)
    classes = {key: found for key in _CLASSES if (found := _read_classes(table, key, rows, reading)) is not None}
    if (found := _read_classes(table, "forsorjning_efter", rows, reading)) is not None:
        classes["forsorjning_efter"] = found
    if (ages := _read_ages(table, start, rows, reading)) is not None:
        classes["alder"] = ages
    if reason is not None:
        classes["avslutsanledning"] = np.where(reason == "", "okand", reason)
    if outcome is not None:
        classes["sysselsattning_efter"] = np.where(outcome == "", "okand", outcome)
    return Rows(
        subject[rows],
        np.array([GENDERS.index(thing) if isinstance(thing, Gender) else UNKNOWN for thing in gender[rows]]),
        np.array([_month(day) if isinstance(day, date) else UNKNOWN for day in start[rows]], dtype=np.int64),
        np.array([_month(day) if isinstance(day, date) else _OPEN for day in end[rows]], dtype=np.int64),
        None if reason is None else reason[rows],
        None if outcome is None else outcome[rows],
        {key: found[rows] for key, found in classes.items()},
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _read(
    table: Table, key: str, reader: Callable[[str], Any], rows: NDArray[np.bool_], reading: Reading
) -> NDArray[np.object_]:
    texts = table.texts(key)
    assert texts is not None
    read = np.empty(len(texts.texts), dtype=object)
    read[:] = [reader(text) for text in texts.texts]
    report_faults(table, key, texts, read.tolist(), rows, reading)
    return read[texts.codes]


def _read_gender(text: str) -> Gender | Fault | None:
    gender = read_gender(text)
    if gender == Fault("kon_saknas"):
        return Fault("kon_saknas_person")
    return Fault("okant_kon_person") if gender == Gender.ALLA or isinstance(gender, Fault) else gender


def _read_past_day(text: str, today: date) -> date | Fault | None:
    day = read_day(text)
    return Fault("framtida_datum") if isinstance(day, date) and day > today else day


def _read_end(text: str, today: date) -> date | Fault | None:
    return None if text in ("", "-", "–") else _read_past_day(text, today)


def _read_coded(table: Table, key: str, rows: NDArray[np.bool_], reading: Reading) -> NDArray[np.object_] | None:
    """The codes of a list that counts hang on; "" for an empty cell, None if the file has no such column."""
    if table.find(key) is None:
        return None
    codes = load_codelist("sysselsattning" if key == "sysselsattning_efter" else key)

    def read(text: str) -> str | Fault:
        if text in ("", "-", "–", REPORTED, NO_VALUE):
            return ""
        return codes.find(text) or Fault("okand_kod", (("lista", ", ".join(codes.names.values())),))

    found = _read(table, key, read, rows, reading)
    found[np.fromiter((isinstance(thing, Fault) for thing in found), bool, len(found))] = ""
    return found


def _refuse_open_exits(table: Table, reason: NDArray[np.object_], still: NDArray[np.bool_], reading: Reading) -> None:
    codes = load_codelist("avslutsanledning")
    fine = codes.having("felregistrering") | codes.having("pagar") | {""}
    texts = table.texts("avslutsanledning")
    assert texts is not None
    for index in np.flatnonzero(still & ~np.isin(reason.astype(str), list(fine))).tolist():
        reading.findings.refuse(
            "slut_saknas", table.sheet, int(table.lines[index]), table.name("slutdatum"), anledning=texts[index]
        )


def _read_classes(table: Table, key: str, rows: NDArray[np.bool_], reading: Reading) -> NDArray[np.object_] | None:
    """The classes of an indelning; a text outside the list is ovrigt (a kommun: its own name), an empty cell okand."""
    texts = table.texts(key)
    if texts is None:
        return None
    codes: CodeList = load_codelist("klass", key)
    used = set(texts.codes[rows].tolist())
    found = []
    for place, text in enumerate(texts.texts):
        if text in ("", "-", "–", "..", REPORTED, NO_VALUE):
            found.append("okand")
        elif (code := codes.find(text)) is not None:
            found.append(code)
        elif key == "kommun":
            found.append(slug(_KOMMUN.sub("", text)).replace("-", "_") or "okand")
        else:
            found.append("ovrigt")
            if place in used:
                reading.findings.warn("okand_klass", table.sheet, table.header_line, table.name(key), text)
    return np.array(found, dtype=object)[texts.codes]


def _read_ages(
    table: Table, start: NDArray[np.object_], rows: NDArray[np.bool_], reading: Reading
) -> NDArray[np.object_] | None:
    """under_30 or 30_och_over at the start; from the year of birth the age that is reached in the year of the start."""
    key = next((key for key in ("alder", "fodelsear") if table.find(key)), None)
    if key is None:
        return None
    bounds = (0, 120) if key == "alder" else (1900, reading.context.today.year)

    def read(text: str) -> float | Reason | Fault | None:
        number = read_count(text)
        if isinstance(number, float) and not bounds[0] <= number <= bounds[1]:
            return Fault(f"orimlig_{key}")
        return number

    numbers = _read(table, key, read, rows, reading)
    classes = []
    for number, day in zip(numbers, start, strict=True):
        if not isinstance(number, float) or not isinstance(day, date):
            classes.append("okand")
        else:
            age = number if key == "alder" else day.year - number
            classes.append("under_30" if age < UNDER_30 else "30_och_over")
    return np.array(classes, dtype=object)


def _count_rows(tables: Sequence[Table], rows: Rows, reading: Reading) -> Iterator[Counts]:
    table = tables[0]
    first, last = _span(tables, rows, reading.context.today)
    width = last - first + 1
    reasons = load_codelist("avslutsanledning")
    false = np.zeros(len(rows), dtype=bool)
    registered = (
        false if rows.reason is None else np.isin(rows.reason.astype(str), list(reasons.having("felregistrering")))
    )
    ended = ~registered & (rows.end != _OPEN)
    cells = _Cells(table, rows, reading, first, width)
    base = {"nya": (~registered, rows.start), "avslutade": (ended, rows.end)}
    if rows.outcome is not None:
        jobs = load_codelist("sysselsattning")
        outcome = rows.outcome.astype(str)
        work, studies = np.isin(outcome, list(jobs.having("arbete"))), np.isin(outcome, list(jobs.having("studier")))
        unknown = np.isin(outcome, ["", *jobs.having("okand")])
        base |= {
            "avslutade_utan_uppgift": (ended & unknown, rows.end),
            "till_arbete_studier": (ended & (work | studies), rows.end),
            "till_arbete": (ended & work, rows.end),
            "till_studier": (ended & studies, rows.end),
            "eget_foretag": (ended & np.isin(outcome, list(jobs.having("foretag"))), rows.end),
        }
    yield cells.counts("pagaende", cells.ongoing(~registered))
    for matt, (chosen, months) in base.items():
        yield cells.counts(matt, cells.tally(chosen, months))
    if rows.reason is not None:
        lost = ended & np.isin(rows.reason.astype(str), list(reasons.having("bortfall")))
        untold = cells.tally(ended & (rows.reason == ""), rows.end) > 0
        if untold.any():
            reading.findings.warn(
                "bortfall_okant", table.sheet, table.header_line, table.name("avslutsanledning"),
                antal=int(np.count_nonzero(ended & (rows.reason == ""))),
            )  # fmt: skip
        yield cells.counts("bortfall", np.where(untold, np.nan, cells.tally(lost, rows.end)))
        when = np.where(rows.end == _OPEN, rows.start, rows.end)
        yield cells.counts("felregistrerade", cells.tally(registered, when))
    for indelning, classes in rows.classes.items():
        at_exit = indelning in ("forsorjning_efter", "avslutsanledning", "sysselsattning_efter")
        for klass in sorted({*classes.tolist(), *(("under_30", "30_och_over") if indelning == "alder" else ())}):
            chosen = classes == klass
            for matt in _AT_EXIT if at_exit else _BACKGROUND:
                if matt == "pagaende":
                    yield cells.counts(matt, cells.ongoing(~registered & chosen), indelning, klass)
                elif matt in base:
                    yield cells.counts(matt, cells.tally(base[matt][0] & chosen, base[matt][1]), indelning, klass)
    reading.findings.warn(
        "manader_raknade", table.sheet, table.header_line,
        period=Period(_as_period(first).start, _as_period(last).end).code, antal=len(rows),
    )  # fmt: skip


def _span(tables: Sequence[Table], rows: Rows, today: date) -> tuple[int, int]:
    """The first and last month counted: as a title line states them, else the first and last that a row speaks of.

    A month that has not begun is never counted.
    """
    closed = rows.end[rows.end != _OPEN]
    first, last = int(rows.start.min()), int(max(rows.start.max(), closed.max(initial=0)))
    for text in (text for table in tables for index in range(table.top) for text in table.raw.row(index)):
        if (match := _SPAN.match(text)) and isinstance(period := read_period(match[1]), Period):
            first, last = _month(period.start), _month(period.end)
        elif (match := _EXTRACTED.match(text)) and isinstance(day := read_day(match[1], last=True), date):
            last = _month(day)
    return first, max(first, min(last, _month(today)))


def _as_period(month: int) -> Period:
    return Period.month(month // 12, month % 12 + 1)


class _Cells:
    """The cells insats × kön × month that are counted, in that order."""

    def __init__(self, table: Table, rows: Rows, reading: Reading, first: int, width: int) -> None:
        self.table, self.rows, self.first, self.width = table, rows, first, width
        self.pairs = []
        for subject in np.unique(rows.subject).tolist():
            insats = reading.insatser.get(reading.subjects.things[subject])
            own = {GENDERS[number] for number in np.unique(rows.gender[rows.subject == subject])}
            own |= set(_SCOPES[insats.gender_scope if insats else GenderScope.BADA])
            self.pairs += [(subject, number) for number, gender in enumerate(GENDERS) if gender in own]
        place = {pair: index for index, pair in enumerate(self.pairs)}
        self.pair = np.array([place[pair] for pair in zip(rows.subject.tolist(), rows.gender.tolist(), strict=True)])
        periods = [_as_period(month) for month in range(first, first + width)]
        self.period = np.array([reading.periods.number(period) for period in periods])
        self.counted = np.array(
            [[self._is_counted(subject, period, reading) for period in periods] for subject, _ in self.pairs]
        )

    def _is_counted(self, subject: int, period: Period, reading: Reading) -> bool:
        """An insats is counted in the months that it is registered for, and in those that its own rows speak of.

        A new one, or one whose start follows the figures, is counted from its first month on, as it will be registered:
        the file says the same when read again.
        """
        insats: Insats | None = reading.insatser.get(reading.subjects.things[subject])
        if insats is not None and insats.is_active(period):
            return True
        own = self.rows.subject == subject
        month = _month(period.start)
        follows = insats is None or insats.kod in reading.context.unstated_starts
        last = self.first if follows else month
        return bool((self.rows.start[own] <= month).any() and (self.rows.end[own] >= last).any())

    def tally(self, chosen: NDArray[np.bool_], months: NDArray[np.integer]) -> NDArray[np.float64]:
        """How many of the chosen rows have their month in each cell."""
        inside = chosen & (months >= self.first) & (months < self.first + self.width)
        index = self.pair[inside] * self.width + (months[inside] - self.first)
        counts = np.bincount(index, minlength=len(self.pairs) * self.width)
        return counts.reshape(len(self.pairs), self.width).astype(np.float64)

    def ongoing(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """How many of the chosen rows began before the first day of each month and had not ended then."""
        before = chosen & (self.rows.start < self.first) & (self.rows.end >= self.first)
        carried = np.bincount(self.pair[before], minlength=len(self.pairs)).astype(np.float64)
        ended = self.tally(chosen & (self.rows.end >= self.first), self.rows.end)
        flow = self.tally(chosen, self.rows.start) - ended
        return carried[:, None] + np.cumsum(flow, axis=1) - flow

    def counts(self, matt: str, values: NDArray[np.float64], indelning: str = "", klass: str = "") -> Counts:
        pair, month = np.nonzero(self.counted)
        subjects, genders = (np.array(part) for part in zip(*self.pairs, strict=True))
        value = values[pair, month]
        missing = REASONS.index(Reason.UPPGIFT_SAKNAS)
        return Counts(
            matt, self.table.sheet, subjects[pair], self.period[month], genders[pair],
            np.full(len(pair), self.table.header_line), value, np.where(np.isnan(value), missing, 0),
            indelning=indelning, klass=klass,
        )  # fmt: skip
