"""The long form: one row a figure, with its unit, its denominator and the document it is printed in.

Insats/Grupp empty is the förbund itself; Kön empty is alla; Insatsperiod may stand instead of Från and Till. Periods
may lie beside, across and inside each other. A share is written 0-1 or with a % sign. Money may be planned, so only
figures in kr and tkr may lie in a period that has not begun. What is given in tkr is kept in kronor, so that two
amounts can be set against each other.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
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
    read_number,
    read_period,
    read_share,
    slug,
)
from finsam_dash.intake.checks import NOT_MORE_THAN
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.intake.delivery import FIGURE_COLUMNS, KEY_COLUMNS, Reading, figures_frame
from finsam_dash.intake.headers import COUNTS, HEADERS, Table
from finsam_dash.model import DenominatorType, Gender, Period, Qualifier, Reason, SubjectKind, Unit

_LISTS = {"enhet": "enhet", "kvalifikator": "kvalifikator", "orsak": "orsak", "namnare_typ": "namnartyp"}
_UNKNOWN_UNIT = "?"
_PLANNED_UNITS = (Unit.KR, Unit.TKR)
_APPROXIMATE = (Qualifier.CA, Qualifier.DRYGT, Qualifier.OVER, Qualifier.NARMARE)


def read_long(tables: Sequence[Table], reading: Reading) -> tuple[pd.DataFrame, int]:
    """Read the tables of a long form to one figures frame and its number of rows; every fault is reported."""
    pieces = [_LongTable(table, reading).read() for table in tables]
    joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in FIGURE_COLUMNS}
    figures = figures_frame(
        {
            name: column.astype(np.int64 if name == "row" else np.float64)
            if name in ("value", "numerator", "denominator", "row")
            else _to_categorical(column)
            for name, column in joined.items()
        },
        len(joined["row"]),
    )
    check_figures(figures, {table.sheet: table for table in tables}, reading)
    return figures, len(figures)


def _to_categorical(texts: NDArray[np.object_]) -> pd.Categorical:
    codes, categories = pd.factorize(texts)
    return pd.Categorical.from_codes(codes, categories=pd.Index(categories, dtype="str"))


class _LongTable:
    """One table while it is read: `ok` are the rows in which nothing is at fault so far."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self.table, self.reading = table, reading
        self.ok = ~table.blank()
        self.rows = self.ok.copy()

    def read(self) -> dict[str, NDArray[Any]]:
        """The columns of the figures, one row a figure."""
        kinds, subjects = self._subjects()
        starts, ends = self._periods()
        gender = self._read("kon", lambda text: Gender.ALLA if text == "" else read_gender(text), Gender.ALLA)
        matt = self._read("matt", self._find_matt)
        indelning, klass = self._classes()
        unit = self._read("enhet", self._coded("enhet"), _UNKNOWN_UNIT)
        reason_code = self._read("orsak", self._coded("orsak"))
        value, reason = self._values(unit, reason_code)
        self._refuse_future(starts, unit)
        self._refuse_other_units(matt, unit)
        thousands = unit == Unit.TKR
        value, unit = np.where(thousands, np.round(value * 1000, 2), value), np.where(thousands, Unit.KR, unit)
        numerator, denominator = self._numbers("taljare"), self._numbers("namnare")
        self._refuse_more(numerator, denominator)
        qualifier = self._read("kvalifikator", self._coded("kvalifikator"))
        self._judge_shares(value, numerator, denominator, unit == Unit.ANDEL, np.isin(qualifier, _APPROXIMATE))
        columns: dict[str, Any] = {
            "kind": kinds,
            "subject": subjects,
            "matt": matt,
            "indelning": indelning,
            "klass": klass,
            "gender": gender,
            "start": np.array([str(day) for day in starts], dtype=object),
            "end": np.array([str(day) for day in ends], dtype=object),
            "value": value,
            "reason": reason,
            "unit": np.where(unit == "", Unit.ANTAL, unit),
            "numerator": numerator,
            "denominator": denominator,
            "namnare_typ": self._read("namnare_typ", self._coded("namnare_typ")),
            "qualifier": qualifier,
            **{key: self._read(key, lambda text: text) for key in ("dokument", "rubrik", "uttryck")},
            "sheet": np.full(len(self.ok), self.table.sheet, dtype=object),
            "row": self.table.lines,
        }
        return {name: column[self.ok] for name, column in columns.items()}

    def _texts(self, key: str) -> TextColumn:
        """The texts of a column; empty cells where the file has no such column."""
        return self.table.texts(key) or TextColumn(np.zeros(len(self.ok), dtype=np.intp), ("",))

    def _refuse(self, key: str, texts: TextColumn, index: int, code: str, **parts: object) -> None:
        value = "" if texts[index] in (NO_VALUE, REPORTED) else texts[index]
        line = int(self.table.lines[index])
        self.reading.findings.refuse(code, self.table.sheet, line, self.table.name(key), value, **parts)
        self.ok[index] = False

    def _read(self, key: str, reader: Callable[[str], Any], stand_in: object = "") -> NDArray[np.object_]:
        """What the reader makes of each cell; faults are reported and their rows left out."""
        texts = self._texts(key)
        read = np.empty(len(texts.texts), dtype=object)
        read[:] = [None if text == REPORTED else reader(text) for text in texts.texts]
        return self._report(key, texts, read[texts.codes], stand_in)

    def _report(self, key: str, texts: TextColumn, read: NDArray[np.object_], stand_in: object) -> NDArray[np.object_]:
        unread = np.fromiter((thing is None or isinstance(thing, Fault) for thing in read), bool, len(read)) & self.rows
        for index in np.flatnonzero(unread).tolist():
            self.ok[index] = False
            if isinstance(fault := read[index], Fault):
                self._refuse(key, texts, index, fault.code, **dict(fault.parts))
        filling = np.empty((), dtype=object)
        filling[()] = stand_in
        return np.where(unread | ~self.rows, filling, read)

    def _subjects(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        def read(text: str) -> tuple[SubjectKind, str] | Fault:
            if text == "":
                return SubjectKind.FORBUND, ""
            if text == NO_VALUE:
                return Fault("formel_utan_varde")
            if not self.reading.is_known(text) and (grupp := self.reading.find_grupp(text)):
                return SubjectKind.GRUPP, grupp
            if kod := self.reading.find_insats(text):
                return SubjectKind.INSATS, kod
            return self.reading.judge_unknown(text)

        found = self._read("insats", read, (SubjectKind.FORBUND, ""))
        return _each(found, 0), _each(found, 1)

    def _periods(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """First and last day, from Från and Till where either is filled in, else from Insatsperiod."""
        first, last, span = self._texts("fran"), self._texts("till"), self._texts("insatsperiod")
        given = self.rows & ~(first.equals("") & last.equals("") & ~span.equals(""))
        every, self.rows = self.rows, given
        starts = self._read("fran", read_day, date.min)
        ends = self._read("till", lambda text: read_day(text, last=True), date.max)
        self.rows = every & ~given
        spans = self._read("insatsperiod", read_period, Period(date.min, date.max))
        self.rows = every
        starts, ends = np.where(given, starts, _each(spans, "start")), np.where(given, ends, _each(spans, "end"))
        for index in np.flatnonzero(self.rows & (ends < starts)).tolist():
            self._refuse("till", last, index, "bakvand_period", fran=first[index])
        return starts, ends

    def _find_matt(self, text: str) -> str | Fault:
        codes = {fold(code): code for code in self.reading.context.matt_codes}
        codes |= {fold(name): key for key in COUNTS for name in (HEADERS[key].header, *HEADERS[key].synonyms)}
        return codes.get(fold(text)) or Fault("okant_matt", (("narmast", _nearest(text, codes)),))

    def _coded(self, key: str) -> Callable[[str], str | Fault]:
        """A reader of one of the closed lists; empty stays empty."""
        codes = load_codelist(_LISTS[key])

        def read(text: str) -> str | Fault:
            if text == "":
                return ""
            return codes.find(text) or Fault("okand_kod", (("lista", ", ".join(codes.names)),))

        return read

    def _classes(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        indelning = self._read("indelning", lambda text: slug(text).replace("-", "_"))
        klass = self._read("klass", lambda text: text)
        for index in np.flatnonzero(self.rows & (indelning != "") & (klass != "")).tolist():
            klass[index] = load_codelist("klass", indelning[index]).find(klass[index]) or klass[index]
        for index in np.flatnonzero(self.rows & ((indelning == "") != (klass == ""))).tolist():
            lacking = "indelning" if indelning[index] == "" else "klass"
            self._refuse(lacking, self._texts(lacking), index, "klass_ofullstandig")
        return indelning, klass

    def _values(self, unit: NDArray, told: NDArray) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
        """The values in their units, and the reasons of those that are missing."""
        texts = self._texts("varde")
        readers = {Unit.ANTAL: read_count, Unit.ANDEL: read_share, Unit.DAGAR: _not_negative}
        units, numbers = np.unique(unit.astype(str), return_inverse=True)
        pairs, codes = np.unique(numbers * len(texts.texts) + texts.codes, return_inverse=True)
        read = np.empty(len(pairs), dtype=object)
        for place, pair in enumerate(pairs):
            name, text = units[pair // len(texts.texts)], texts.texts[pair % len(texts.texts)]
            thing = readers.get(name, read_number)(text) if name else read_number(text.removesuffix("%").strip())
            read[place] = Fault("enhet_saknas") if name == "" and isinstance(thing, float) else thing
        found = self._report("varde", texts, read[codes], Reason.UPPGIFT_SAKNAS)
        value = np.array([thing if isinstance(thing, float) else np.nan for thing in found], dtype=np.float64)
        marker = np.array([thing if isinstance(thing, Reason) else "" for thing in found], dtype=object)
        for index in np.flatnonzero(self.ok & (told != "")).tolist():
            if not np.isnan(value[index]) or (texts[index] != "" and marker[index] != told[index]):
                self._refuse("orsak", self._texts("orsak"), index, "orsak_med_varde", annat=texts[index])
        return value, np.where((told != "") & np.isnan(value), told, marker)

    def _numbers(self, key: str) -> NDArray[np.float64]:
        found = self._read(key, _not_negative, 0.0)
        return np.array([thing if isinstance(thing, float) else np.nan for thing in found], dtype=np.float64)

    def _refuse_more(self, numerator: NDArray[np.float64], denominator: NDArray[np.float64]) -> None:
        for index in np.flatnonzero(self.ok & (numerator > denominator)).tolist():
            other = self._texts("namnare")[index]
            self._refuse(
                "taljare", self._texts("taljare"), index, "fler_an", annan=self.table.name("namnare"), annat_varde=other
            )

    def _judge_shares(
        self,
        value: NDArray,
        numerator: NDArray,
        denominator: NDArray,
        share: NDArray[np.bool_],
        hedged: NDArray[np.bool_],
    ) -> None:
        """Refuse a share of nobody; ask about one that its own counts do not give at the precision it is written with.

        A hedge ("ca") makes that a whole step, as in avstämning. Its counts are what is shown, so a share without them
        is judged no further.
        """
        texts, findings = self._texts("varde"), self.reading.findings
        for index in np.flatnonzero(self.ok & share & ~np.isnan(denominator)).tolist():
            place = (self.table.sheet, int(self.table.lines[index]), self.table.name("varde"), texts[index])
            part, whole = numerator[index], denominator[index]
            if not whole:
                self._refuse("namnare", self._texts("namnare"), index, "namnare_noll")
            elif np.isnan(value[index]) and not np.isnan(part):
                findings.warn("andel_saknas", *place, taljare=part, namnare=whole)
            elif abs(value[index] - part / whole) > _half_step(texts[index]) * (1 + hedged[index]) + 1e-9:
                findings.warn("andel_avviker", *place, taljare=part, namnare=whole)

    def _refuse_future(self, starts: NDArray[np.object_], unit: NDArray[np.object_]) -> None:
        today = self.reading.context.today
        for index in np.flatnonzero(self.ok & (starts > today) & ~np.isin(unit.astype(str), _PLANNED_UNITS)).tolist():
            key = "fran" if self._texts("fran")[index] else "insatsperiod"
            self._refuse(key, self._texts(key), index, "framtida_manad", period=f"{starts[index]:%Y-%m}")

    def _refuse_other_units(self, matt: NDArray[np.object_], unit: NDArray[np.object_]) -> None:
        """Refuse a count in kronor, an amount in persons and the like: the number would be read as the other."""
        units = self.reading.context.matt_units
        for index in np.flatnonzero(self.ok & (unit != "") & (unit != _UNKNOWN_UNIT)).tolist():
            own = units.get(matt[index])
            if own is not None and unit[index] not in (_PLANNED_UNITS if own is Unit.KR else (own,)):
                self._refuse("enhet", self._texts("enhet"), index, "annan_enhet", matt=matt[index], enhet=own)


def _each(things: NDArray[np.object_], part: int | str) -> NDArray[np.object_]:
    """One part of each tuple or period."""
    found = np.empty(len(things), dtype=object)
    found[:] = [thing[part] if isinstance(part, int) else getattr(thing, part) for thing in things]
    return found


def _not_negative(text: str) -> float | Reason | Fault | None:
    number = read_number(text)
    return Fault("negativt") if isinstance(number, float) and number < 0 else number


def _half_step(share: str) -> float:
    """Half of the last decimal that a share is written with: 0.005 for 34 % and for 0,34."""
    decimals = len(share.rstrip(" %").replace(",", ".").partition(".")[2])
    return 0.5 * 10.0 ** -(decimals + 2 * share.endswith("%"))


def _nearest(text: str, codes: dict[str, str]) -> str:
    close = difflib.get_close_matches(fold(text), codes, n=1, cutoff=0.6)
    return codes[close[0]] if close else ""


def check_figures(figures: pd.DataFrame, tables: dict[str, Table], reading: Reading) -> None:
    """Refuse a figure given twice, and a count that is more than the count it is a part of."""
    keys = list(KEY_COLUMNS)
    key_codes = pd.DataFrame({name: figures[name].cat.codes for name in keys})
    repeated = key_codes.duplicated().to_numpy()
    if repeated.any():
        first = key_codes.assign(at=key_codes.index).groupby(keys)["at"].transform("min")
        for at in np.flatnonzero(repeated).tolist():
            _refuse_figure(figures.iloc[at], tables, reading, "figur_dubbel", "matt", figures.iloc[first.iat[at]])
    # Another kind of denominator counts other persons: "25 av 58 deltagare" need not fit in those who left.
    counts = figures[(figures["unit"] == Unit.ANTAL) & figures["namnare_typ"].isin(["", DenominatorType.AVSLUTADE])]
    counts = counts.loc[
        counts["matt"].isin({name for pair in NOT_MORE_THAN for name in pair}) & ~repeated[counts.index]
    ]
    places: dict[str, dict[tuple[int, ...], int]] = {}
    rest = key_codes[[name for name in keys if name != "matt"]].loc[counts.index]
    for at, matt, subject in zip(counts.index.tolist(), counts["matt"], rest.itertuples(index=False), strict=True):
        places.setdefault(matt, {})[subject] = at
    value = figures["value"].to_numpy()
    for part, whole in NOT_MORE_THAN:
        wholes = places.get(whole, {})
        for subject, at in places.get(part, {}).items():
            if subject in wholes and value[at] > value[wholes[subject]]:
                _refuse_figure(figures.iloc[at], tables, reading, "fler_an", "varde", figures.iloc[wholes[subject]])


def _refuse_figure(
    figure: pd.Series, tables: dict[str, Table], reading: Reading, code: str, key: str, other: pd.Series
) -> None:
    table = tables[figure["sheet"]]
    parts = {
        "annan": HEADERS[other["matt"]].header if other["matt"] in HEADERS else other["matt"],
        "annat_varde": f"{other['value']:g}".replace(".", ","),
        "annat_blad": other["sheet"] if other["sheet"] != figure["sheet"] else "",
        "annan_rad": other["row"],
    }
    value = figure["matt"] if key == "matt" else f"{figure['value']:g}".replace(".", ",")
    reading.findings.refuse(code, table.sheet, int(figure["row"]), table.name(key), value, **parts)
