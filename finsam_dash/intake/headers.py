"""Which row is the header row, what each column means and which form the table is written in.

The spellings live in headers.toml. A header may carry a kön ("Avslutade kvinnor", "Nya (män)"): the columns-per-kön
dialect of the monthly form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np

from finsam_dash.intake.cells import (
    NO_VALUE,
    REPORTED,
    Fault,
    TextColumn,
    fold,
    is_formula_error,
    read_gender,
    read_month,
)
from finsam_dash.intake.findings import Findings
from finsam_dash.intake.workbook import HEADER_ROWS, RawTable, column_letter
from finsam_dash.model import Gender, Period

Form = Literal["manad", "lang", "deltagare"]


@dataclass(frozen=True)
class HeaderWord:
    """One header that intake understands; `key` of a count is its mått."""

    key: str
    header: str
    forms: tuple[str, ...]
    role: str
    synonyms: tuple[str, ...]


HEADERS: dict[str, HeaderWord] = {
    key: HeaderWord(key, entry["header"], tuple(entry["forms"]), entry["role"], tuple(entry["synonyms"]))
    for key, entry in tomllib.loads(files(__package__).joinpath("headers.toml").read_text("utf-8")).items()
}
COUNTS: tuple[str, ...] = tuple(word.key for word in HEADERS.values() if word.role == "antal")
"""The mått of the monthly form, in the order that they are shown."""
_SPELLINGS = {fold(text): word.key for word in HEADERS.values() for text in (word.header, *word.synonyms)}
_GENDER_TAIL = re.compile(r"^(.*?)[ ,:;(/–-]+([\w/]+(?: ?(?:/|eller) ?okänt)?)\)?$")
_GENDER_HEAD = re.compile(r"^([\w/]+(?: ?(?:/|eller) ?okänt)?)[ ,:;–-]+(.*)$")
_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "lang": (("insats",), ("fran", "insatsperiod"), ("till", "insatsperiod"), ("matt",), ("varde",), ("enhet",)),
    "deltagare": (("insats",), ("kon",), ("startdatum",), ("slutdatum",)),
}
_PERIOD_KEYS = ("manad", "period", "insatsperiod")


@dataclass(frozen=True)
class Column:
    """One column of a table: its place, its header as written, and what it means (`key` "" if not understood)."""

    index: int
    header: str
    key: str = ""
    gender: Gender | None = None

    @property
    def name(self) -> str:
        """What a message calls the column: the header as written, else the letter."""
        return self.header if self.header not in ("", REPORTED, NO_VALUE) else column_letter(self.index)


@dataclass(frozen=True)
class Table:
    """A sheet whose header row is found. Row i of its columns is row `top + 1 + i` of the raw table."""

    raw: RawTable
    form: Form
    top: int
    columns: tuple[Column, ...]

    @property
    def sheet(self) -> str:
        return self.raw.sheet

    @property
    def lines(self) -> np.ndarray:
        return self.raw.lines[self.top + 1 :]

    @property
    def header_line(self) -> int:
        return int(self.raw.lines[self.top])

    @property
    def genders(self) -> tuple[Gender, ...]:
        """The kön that the headers carry; empty where kön is a column."""
        return tuple(gender for gender in Gender if any(column.gender == gender for column in self.columns))

    def find(self, key: str, gender: Gender | None = None) -> Column | None:
        """The column with this meaning."""
        return next((column for column in self.columns if column.key == key and column.gender == gender), None)

    def name(self, key: str) -> str:
        """What a message calls the column with this meaning."""
        column = self.find(key)
        return column.name if column else HEADERS[key].header

    def texts(self, key: str, gender: Gender | None = None) -> TextColumn | None:
        """The texts below the header; a merged range of an identifying column holds its text in every row."""
        column = self.find(key, gender)
        if column is None:
            return None
        texts = self.raw.columns[column.index]
        if HEADERS[key].role == "id":
            codes = texts.codes.copy()
            for top, left, bottom, right in self.raw.merged:
                if left == right == column.index and top > self.top:
                    codes[top : bottom + 1] = codes[top]
            texts = TextColumn(codes, texts.texts)
        return texts.part(self.top + 1)

    def holds(self, column: Column, *texts: str) -> bool:
        """Whether the column holds none but these texts below its header."""
        return bool(self.raw.columns[column.index].part(self.top + 1).where(lambda text: text in texts).all())

    def blank(self, keys: Sequence[str] | None = None) -> np.ndarray:
        """The rows where every cell (of the columns with these meanings) is empty."""
        blank = np.ones(len(self.lines), dtype=bool)
        for column in self.columns if keys is None else [c for c in self.columns if c.key in keys]:
            blank &= self.raw.columns[column.index].part(self.top + 1).where(lambda text: text in ("", NO_VALUE))
        return blank


@lru_cache(maxsize=4096)
def recognise(header: str) -> tuple[str, Gender | None]:
    """The key and the kön that a header stands for; ("", None) if it is not understood."""
    key = _find_key(header)
    if key:
        return key, None
    for pattern, kind, rest in ((_GENDER_TAIL, 2, 1), (_GENDER_HEAD, 1, 2)):
        match = pattern.match(header)
        if match:
            gender, key = read_gender(match[kind]), _find_key(match[rest])
            if isinstance(gender, Gender) and key in COUNTS:
                return key, gender
    return "", None


def _find_key(header: str) -> str:
    folded = fold(header)
    for spelling in (folded, folded.removeprefix("antal"), folded.removesuffix("antal")):
        if spelling in _SPELLINGS:
            return _SPELLINGS[spelling]
    return ""


def score_headers(texts: Sequence[str]) -> int:
    """How many different headers a row of texts holds."""
    return len({recognise(text) for text in texts} - {("", None)})


def find_tables(tables: Sequence[RawTable], findings: Findings) -> list[Table]:
    """The sheets that hold a form, each with its header row.

    Sheets without a header row (instructions, lists) are passed by; a warning names a sheet that looks like a form and
    is not read: hidden, without counts, or with the months as columns. If no sheet is read, that is the problem.
    """
    found: list[Table] = []
    unread: list[tuple[str, RawTable, int]] = []
    for raw in tables:
        first = _find_header_row(raw)
        texts, top = _join_header_rows(raw, first)
        columns = tuple(Column(index, text, *recognise(text)) for index, text in enumerate(texts))
        keys = {column.key for column in columns if column.key}
        form = _recognise_form(keys)
        if _has_months_as_columns(raw, first):
            unread.append(("manader_som_kolumner", raw, top))
        elif len(keys) >= 2 and form is None:
            unread.append(("inga_matt", raw, top))
        elif len(keys) >= 2 and form is not None and raw.hidden:
            findings.warn("dolt_blad", raw.sheet)
        elif len(keys) >= 2 and form is not None:
            found.append(_report_formula_errors(Table(raw, form, top, _adapt(columns, form)), findings))
    if found:
        for _, raw, _ in unread:
            if not raw.hidden:
                findings.warn("blad_ej_last", raw.sheet)
    elif unread:
        code, raw, top = unread[0]
        findings.refuse(code, raw.sheet, _line(raw, top))
    else:
        findings.refuse("ingen_rubrikrad")
    complete = [table for table in found if check_headers(table, findings)]
    if len({table.form for table in complete}) > 1:
        other = next(table for table in complete if table.form != complete[0].form)
        findings.refuse("flera_former", other.sheet, other.header_line, blad=complete[0].sheet)
        return []
    return complete


def _report_formula_errors(table: Table, findings: Findings) -> Table:
    """Refuse every broken formula of the table, read or not, and mark the cells as reported."""
    columns = list(table.raw.columns)
    for column in table.columns:
        texts = columns[column.index]
        broken = [is_formula_error(text) for text in texts.texts]
        if not any(broken):
            continue
        for index in np.flatnonzero(np.array(broken)[texts.codes]).tolist():
            findings.refuse("formelfel", table.sheet, int(table.raw.lines[index]), column.name, texts[index])
        told = (REPORTED if is_broken else text for is_broken, text in zip(broken, texts.texts, strict=True))
        columns[column.index] = TextColumn(texts.codes, tuple(told))
    return replace(table, raw=replace(table.raw, columns=tuple(columns)))


def _line(raw: RawTable, index: int) -> int | None:
    return int(raw.lines[index]) if len(raw) else None


def _find_header_row(raw: RawTable) -> int:
    scores = [score_headers(raw.row(index)) for index in range(min(HEADER_ROWS, len(raw)))]
    return int(np.argmax(scores)) if scores else 0


def _join_header_rows(raw: RawTable, top: int) -> tuple[list[str], int]:
    """The header texts and the row that they end on.

    "Avslutade" above "Kvinnor" and "Män", in a merged cell or the first of several, is "Avslutade Kvinnor" and
    "Avslutade Män": a row of nothing but kön below the header row belongs to it.
    """
    texts = raw.row(top) if len(raw) else []
    below = raw.row(top + 1) if top + 1 < len(raw) else []
    if any(text and not isinstance(read_gender(text), Gender) for text in below):
        return texts, top
    joined, group = [], ""
    for upper, lower in zip(texts, below, strict=False):
        group = upper or group
        joined.append(f"{group} {lower}" if lower else upper)
    return (joined, top + 1) if score_headers(joined) > score_headers(texts) else (texts, top)


def _recognise_form(keys: set[str]) -> Form | None:
    counts = keys.intersection(COUNTS)
    if "matt" in keys or ("varde" in keys and "enhet" in keys):
        return "lang"
    if keys & {"startdatum", "slutdatum", "avslutsanledning", "sysselsattning_efter"} and not counts - {"deltagare"}:
        return "deltagare"
    return "manad" if counts else None


def _adapt(columns: tuple[Column, ...], form: Form) -> tuple[Column, ...]:
    """The columns with the meanings that the form has; Startdatum and Slutdatum beside counts are Från and Till."""
    other = {"startdatum": "fran", "slutdatum": "till"} if form == "manad" else {}
    counted_by_gender = any(column.gender for column in columns)
    adapted = []
    for column in columns:
        key = other.get(column.key, column.key)
        if key and form not in HEADERS[key].forms:
            key = ""
        gender = column.gender
        # Beside "Avslutade kvinnor" a plain "Avslutade" is the stated total.
        if counted_by_gender and gender is None and key in COUNTS:
            gender = Gender.ALLA
        adapted.append(Column(column.index, column.header, key, gender if key else None))
    return tuple(adapted)


def check_headers(table: Table, findings: Findings) -> bool:
    """Refuse a table with columns lacking or given twice, and name the columns that are not understood in a warning."""
    sheet, line = table.sheet, table.header_line
    seen: dict[tuple[str, Gender | None], Column] = {}
    complete = True
    for column in table.columns:
        if not column.key:
            continue
        if other := seen.get((column.key, column.gender)):
            findings.refuse(
                "kolumn_dubbel", sheet, line, column.name, annan=other.name, bokstav=column_letter(other.index)
            )
            complete = False
        seen.setdefault((column.key, column.gender), column)
    keys = {key for key, _ in seen}
    missing = [HEADERS[options[0]].header for options in _required(table.form, keys) if not keys.intersection(options)]
    if table.form == "manad" and "kon" not in keys and not table.genders:
        missing.append(HEADERS["kon"].header)
    if missing:
        findings.refuse("kolumner_saknas", sheet, line, kolumner=", ".join(missing), form=table.form)
        complete = False
    if table.genders and "kon" in keys:
        findings.refuse("kon_dubbelt", sheet, line, table.name("kon"))
        complete = False
    for column in table.columns:
        if column.key or column.header in (REPORTED, NO_VALUE) or REPORTED in table.raw.columns[column.index].texts:
            continue
        if column.header:
            findings.warn("okand_kolumn", sheet, line, column.name, column.header)
        elif not table.holds(column, "", NO_VALUE):
            _report_column_without_header(table, column, findings)
    return complete


def _required(form: Form, keys: set[str]) -> tuple[tuple[str, ...], ...]:
    if form != "manad":
        return _REQUIRED[form]
    if keys & {"fran", "till"} and not keys & set(_PERIOD_KEYS):
        return (("insats",), ("fran",), ("till",))
    return (("insats",), _PERIOD_KEYS)


def _report_column_without_header(table: Table, column: Column, findings: Findings) -> None:
    """A value below no header: in a csv line with too many fields it means that the fields have slipped."""
    raw = table.raw
    widths = raw.widths
    if widths and column.index >= widths[min(table.top, len(widths) - 1)]:
        filled = ~raw.columns[column.index].part(table.top + 1).where(lambda text: text == "")
        for row in np.flatnonzero(filled).tolist():
            findings.refuse("for_manga_falt", raw.sheet, int(table.lines[row]), column_letter(column.index))
    else:
        findings.warn("kolumn_utan_rubrik", raw.sheet, table.header_line, column.name)


def _has_months_as_columns(raw: RawTable, top: int) -> bool:
    """Whether a row down to the header row is a row of months ("jan", "feb 2026", "2026-03")."""
    if not len(raw):
        return False
    headers = score_headers(raw.row(top))
    rows = range(top + 1) if headers >= 2 else range(min(HEADER_ROWS, len(raw)))
    for index in rows:
        texts = raw.row(index)
        months = {month for text in texts if (month := _month_of_header(text))}
        if len(months) >= (2 if score_headers(texts) and index == top else 3):
            return True
    return False


def _month_of_header(text: str) -> str:
    """The month that a header names, with or without a year; "" for other texts."""
    if not text or text.isdigit():
        return ""
    word = text.casefold().rstrip(".")
    if isinstance(read_month(f"{word} 2000"), Period) and word.isalpha():
        return word[:3]
    month = read_month(text)
    return "" if month is None or isinstance(month, Fault) else month.code
