"""What intake is given and what it gives back: frozen, in memory only."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from finsam_dash.intake.cells import Fault, fold, slug
from finsam_dash.intake.findings import Findings, Problem, Warning_
from finsam_dash.intake.headers import COUNTS
from finsam_dash.model import Gender, Insats, InsatsPeriod, Period, Qualifier, Reason, SubjectKind, Unit

FIGURE_COLUMNS = (
    "kind", "subject", "matt", "indelning", "klass", "gender", "start", "end", "value", "reason", "unit",
    "numerator", "denominator", "namnare_typ", "qualifier", "dokument", "rubrik", "uttryck", "sheet", "row",
)  # fmt: skip
"""The columns of the figures frame. Texts are categorical: millions of rows take few bytes each."""
KEY_COLUMNS = ("kind", "subject", "matt", "indelning", "klass", "gender", "start", "end")
"""The key of a figure."""
GENDERS = tuple(Gender)
REASONS = ("", *Reason)


@dataclass(frozen=True)
class IntakeContext:
    """What is known about the förbund before the file is read.

    `grupper` are the lokusgrupper, code -> name. `matt_codes` are the codes of the registry that a figure may have,
    `matt_units` the units of those that have one of their own. `today` bounds what has happened. `unstated_starts` are
    the insatser whose start nobody has written: it follows the figures.
    """

    forbund: str
    insatser: tuple[Insats, ...]
    today: date
    grupper: Mapping[str, str] = field(default_factory=dict)
    create_insatser: bool = False
    matt_codes: frozenset[str] = frozenset(COUNTS)
    matt_units: Mapping[str, Unit] = field(default_factory=dict)
    unstated_starts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Comment:
    """A free text that came with a row; intern only, never exported."""

    insats: str
    period: Period
    gender: Gender
    text: str
    sheet: str
    row: int


@dataclass(frozen=True)
class ReadColumn:
    """How intake understood one column; `key` is "" for a column that is not read."""

    sheet: str
    header: str
    key: str
    gender: Gender | None


@dataclass(frozen=True)
class ReadDelivery:
    """A file as intake understood it. With any problem, `figures`, `new_insatser` and `comments` are empty.

    `form` is manad, lang, deltagare, or "" where none was recognised. `figures` has the columns `FIGURE_COLUMNS`, one
    row a figure, sorted by nothing in particular; `value` is NaN if and only if `reason` is set. `row_count` is the
    number of rows of the file that hold figures.
    """

    form: str
    figures: pd.DataFrame
    sha256: str
    row_count: int = 0
    new_insatser: tuple[Insats, ...] = ()
    comments: tuple[Comment, ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warning_, ...] = ()


class Numbering:
    """Gives each distinct thing the next number, so that columns hold small whole numbers."""

    def __init__(self) -> None:
        self.things: list = []
        self._places: dict = {}

    def number(self, thing: object) -> int:
        place = self._places.setdefault(thing, len(self.things))
        if place == len(self.things):
            self.things.append(thing)
        return place


@dataclass(frozen=True)
class Counts:
    """Counts of one mått side by side: whole numbers into `Reading`'s lists, GENDERS and REASONS; NaN has a reason."""

    matt: str
    sheet: str
    subject: NDArray[np.integer]
    period: NDArray[np.integer]
    gender: NDArray[np.integer]
    row: NDArray[np.integer]
    value: NDArray[np.float64]
    reason: NDArray[np.integer]
    qualifier: Qualifier = Qualifier.NONE
    indelning: str = ""
    klass: str = ""

    def without(self, left_out: NDArray[np.bool_]) -> Counts:
        """The counts but for those."""
        kept = {
            name: getattr(self, name)[~left_out] for name in ("subject", "period", "gender", "row", "value", "reason")
        }
        return replace(self, **kept)


@dataclass
class Reading:
    """One file while it is read: what is known, what is found, and the numbers given to insatser and periods."""

    context: IntakeContext
    findings: Findings
    subjects: Numbering = field(default_factory=Numbering)
    periods: Numbering = field(default_factory=Numbering)
    created: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known: dict[str, str] = {}
        for attribute in ("kod", "namn", "kortnamn"):
            names: dict[str, list[str]] = {}
            for insats in self.context.insatser:
                names.setdefault(fold(getattr(insats, attribute)), []).append(insats.kod)
            # A name that two insatser share stands for neither of them.
            own = {name: codes[0] for name, codes in names.items() if name and len(codes) == 1}
            self._known = own | self._known
        self._groups = {fold(text): kod for kod, namn in self.context.grupper.items() for text in (namn, kod)}
        self.insatser = {insats.kod: insats for insats in self.context.insatser}

    def find_insats(self, text: str) -> str | None:
        """The code of the insats that a text names, by name, short name or code; a new one if they are created."""
        folded = fold(text)
        if folded in self._known:
            return self._known[folded]
        if self.context.create_insatser and slug(text):
            kod = slug(text)
            self._known[folded] = kod
            self.created[kod] = text
            if nearest := self.nearest(text, 0.8):
                self.findings.warn("ny_insats_liknar", value=text, narmast=nearest)
            return kod
        return None

    def find_grupp(self, text: str) -> str | None:
        """The code of the grupp that a text names, by name or code."""
        return self._groups.get(fold(text))

    def judge_unknown(self, text: str) -> Fault:
        """Why a text that names no insats cannot be read."""
        if self.context.create_insatser:
            return Fault("namn_utan_tecken")
        return Fault("okand_insats", (("narmast", self.nearest(text)),))

    def nearest(self, text: str, likeness: float = 0.5) -> str:
        """The known name most like the text; "" if none is as like as that (0-1)."""
        names = {fold(name): name for insats in self.insatser.values() for name in (insats.kod, insats.namn)}
        names |= {fold(name): name for grupp in self.context.grupper.items() for name in grupp}
        close = difflib.get_close_matches(fold(text), names, n=1, cutoff=likeness)
        return names[close[0]] if close else ""

    def subject_name(self, number: int) -> str:
        """The name of a numbered insats, for messages."""
        kod = self.subjects.things[number]
        return self.insatser[kod].namn if kod in self.insatser else self.created.get(kod, kod)

    def is_known(self, text: str) -> bool:
        return fold(text) in self._known

    def new_insatser(self, figures: pd.DataFrame) -> tuple[Insats, ...]:
        """The created insatser, open-ended from the first period that the file holds for each."""
        if not self.created:
            return ()
        first = figures[["subject", "start"]].drop_duplicates().astype(str).groupby("subject")["start"].min()
        return tuple(
            Insats(kod, namn, (InsatsPeriod(date.fromisoformat(first[kod]), None),))
            for kod, namn in self.created.items()
            if kod in first.index
        )


def text_column(codes: NDArray[np.integer], texts: Sequence[object]) -> pd.Categorical:
    """A categorical column from codes into texts, which may repeat."""
    numbering = Numbering()
    places = np.array([numbering.number(str(text)) for text in texts], dtype=np.intp)
    categories = pd.Index(numbering.things, dtype="str")
    return pd.Categorical.from_codes(places[codes] if len(codes) else [], categories=categories)


def figures_frame(columns: dict[str, object], length: int) -> pd.DataFrame:
    """A figures frame of this length; texts not given are empty, numbers not given are NaN."""
    missing = {
        name: np.full(length, np.nan)
        if name in ("value", "numerator", "denominator")
        else text_column(np.zeros(length, dtype=np.intp), [""])
        for name in FIGURE_COLUMNS
        if name not in columns
    }
    return pd.DataFrame({**columns, **missing}, columns=list(FIGURE_COLUMNS))


def counts_frame(pieces: Sequence[Counts], reading: Reading) -> pd.DataFrame:
    """The figures frame of counts of insatser."""
    lengths = [len(piece.value) for piece in pieces]

    def joined(name: str) -> NDArray:
        return np.concatenate([getattr(piece, name) for piece in pieces]) if pieces else np.array([], dtype=np.intp)

    def repeated(name: str) -> pd.Categorical:
        return text_column(np.repeat(np.arange(len(pieces)), lengths), [getattr(piece, name) for piece in pieces])

    periods, period = reading.periods.things, joined("period")
    columns = {
        "kind": text_column(np.zeros(sum(lengths), dtype=np.intp), [SubjectKind.INSATS]),
        "subject": text_column(joined("subject"), reading.subjects.things),
        "matt": repeated("matt"),
        "indelning": repeated("indelning"),
        "klass": repeated("klass"),
        "gender": text_column(joined("gender"), GENDERS),
        "start": text_column(period, [period.start for period in periods]),
        "end": text_column(period, [period.end for period in periods]),
        "value": joined("value").astype(np.float64),
        "reason": text_column(joined("reason"), REASONS),
        "unit": text_column(np.zeros(sum(lengths), dtype=np.intp), [Unit.ANTAL]),
        "qualifier": text_column(np.repeat(np.arange(len(pieces)), lengths), [piece.qualifier for piece in pieces]),
        "sheet": repeated("sheet"),
        "row": joined("row").astype(np.int64),
    }
    return figures_frame(columns, sum(lengths))
