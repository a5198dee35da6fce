"""A frame of figures as whole numbers: the form in which millions of them are compared, stored and checked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from finsam_dash.model import Reason

Integers = NDArray[np.integer]
Floats = NDArray[np.float64]

SUBJECT_COLUMNS = ("kind", "subject")
SERIES_COLUMNS = ("matt", "indelning", "klass", "gender")
PERIOD_COLUMNS = ("start", "end")
EXPRESSION_COLUMNS = ("unit", "namnare_typ", "qualifier")
SOURCE_COLUMNS = (*EXPRESSION_COLUMNS, "dokument", "rubrik", "uttryck")

REASONS = ("", *(reason.value for reason in Reason))
"""A reason as a small number: its place here, 0 for a value."""

# A number that stays the same if the list of reasons is ever put in another order.
_REASON_MARKS = np.array([zlib.crc32(reason.encode()) for reason in REASONS], dtype="<i8")


@dataclass(frozen=True, eq=False)
class CodedFigures:
    """Figures by column, in few bytes each. The four whole-number columns point into the four lists of keys.

    `reason` points into REASONS and is 0 exactly where `value` is a number. `row` is the row in the file, 0 for none.
    """

    subjects: tuple[tuple[str, ...], ...]
    all_series: tuple[tuple[str, ...], ...]
    periods: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    subject: Integers
    series: Integers
    period: Integers
    source: Integers
    value: Floats
    numerator: Floats
    denominator: Floats
    reason: Integers
    row: Integers

    def __len__(self) -> int:
        return len(self.value)

    def take(self, chosen: Integers | NDArray[np.bool_]) -> CodedFigures:
        """The chosen figures, with the same lists of keys."""
        columns = {
            field.name: getattr(self, field.name)[chosen]
            for field in fields(self)
            if isinstance(getattr(self, field.name), np.ndarray)
        }
        return replace(self, **columns)


def code_figures(frame: pd.DataFrame) -> CodedFigures:
    """Code a frame of figures; text columns that are categorical are quicker.

    Raises ValueError for a frame that breaks the agreement: a lacking column or text, a value with a reason or
    neither, an unknown reason, the same key twice.
    """
    subject, subjects = _code(frame, SUBJECT_COLUMNS)
    series, all_series = _code(frame, SERIES_COLUMNS)
    period, periods = _code(frame, PERIOD_COLUMNS)
    source, sources = _code(frame, SOURCE_COLUMNS)
    reason, reasons = _code(frame, ("reason",))
    unknown = {text for (text,) in reasons} - set(REASONS)
    if unknown:
        raise ValueError(f"unknown reasons {sorted(unknown)}")
    places = np.array([REASONS.index(text) for (text,) in reasons], dtype=np.int8)
    coded = CodedFigures(
        subjects,
        all_series,
        periods,
        sources,
        subject,
        series,
        period,
        source,
        _numbers(frame, "value"),
        _numbers(frame, "numerator"),
        _numbers(frame, "denominator"),
        places[reason],
        frame["row"].to_numpy(np.int32, copy=True) if "row" in frame else np.zeros(len(frame), np.int32),
    )
    if np.any(np.isnan(coded.value) != (coded.reason != 0)):
        raise ValueError("a figure has a value or a reason, never both or neither")
    if not pd.Index(join_key(coded.subject, coded.series, coded.period)).is_unique:
        raise ValueError("a key stands twice in the frame")
    return coded


def overlay_figures(stored: CodedFigures, incoming: CodedFigures) -> tuple[CodedFigures, Integers]:
    """The figures as they are once the incoming are saved, and each one's place among the incoming (-1: stored)."""
    columns: dict[str, Any] = {}
    for name, column in (
        ("subjects", "subject"),
        ("all_series", "series"),
        ("periods", "period"),
        ("sources", "source"),
    ):
        numbers = {
            text: place for place, text in enumerate(dict.fromkeys((*getattr(stored, name), *getattr(incoming, name))))
        }
        columns[name] = tuple(numbers)
        columns[column] = np.concatenate(
            [
                np.array([numbers[text] for text in getattr(part, name)], np.int32)[getattr(part, column)]
                for part in (stored, incoming)
            ]
        )
    for name in ("value", "numerator", "denominator", "reason", "row"):
        columns[name] = np.concatenate([getattr(stored, name), getattr(incoming, name)])
    joined = CodedFigures(**columns)
    origin = np.concatenate([np.full(len(stored), -1), np.arange(len(incoming))])
    key = join_key(joined.subject, joined.series, joined.period)
    # Of two with one key the last is kept: numpy keeps the first, so the order is turned.
    last = len(key) - 1 - np.unique(key[::-1], return_index=True)[1]
    return joined.take(last), origin[last]


def join_key(subject: Integers, series: Integers, period: Integers) -> Integers:
    """The three whole numbers of a key as one; each must be below two million."""
    wide = np.int64
    return (subject.astype(wide) << 42) | (series.astype(wide) << 21) | period.astype(wide)


def checksum_rows(columns: Sequence[NDArray], reason: Integers) -> bytes:
    """The bytes that a delivery's checksum is made of: subject, series, period, source, value and counts, row by row.

    Rows come in the order of their key. `columns` are the four ids and the three numbers.
    """
    layout = np.dtype([(f"column{place}", "<i8" if place < 4 else "<f8") for place in range(7)] + [("reason", "<i8")])
    rows = np.empty(len(reason), layout)
    for place, column in enumerate(columns):
        # One bit pattern for every NaN and for both zeros, since a database keeps neither apart.
        rows[f"column{place}"] = column if place < 4 else np.where(np.isnan(column), np.nan, column + 0.0)
    rows["reason"] = _REASON_MARKS[reason]
    return rows.tobytes()


def new_checksum() -> hashlib._Hash:
    """An empty checksum, to be fed with checksum_rows."""
    return hashlib.sha256()


def _numbers(frame: pd.DataFrame, column: str) -> Floats:
    return frame[column].to_numpy(np.float64, copy=True)


def _code(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[Integers, tuple[tuple[str, ...], ...]]:
    """One whole number a row for the combination of texts, and the combinations."""
    combined = np.zeros(len(frame), np.int64)
    texts: list[list[str]] = []
    for column in columns:
        codes, options = _code_column(frame, column)
        texts.append(options)
        if len(options) > 1:
            combined = combined * len(options) + codes
    if all(len(options) == 1 for options in texts):
        return combined.astype(np.int32), (tuple(options[0] for options in texts),)
    codes, unique = pd.factorize(combined)
    keys = []
    for rest in unique.tolist():
        key = []
        for options in reversed(texts):
            rest, place = divmod(rest, len(options))
            key.append(options[place])
        keys.append(tuple(reversed(key)))
    return codes.astype(np.int32), tuple(keys)


def _code_column(frame: pd.DataFrame, column: str) -> tuple[NDArray[np.integer], list[str]]:
    if column == "uttryck" and column not in frame:
        return np.zeros(len(frame), np.int64), [""]
    texts = frame[column]
    if isinstance(texts.dtype, pd.CategoricalDtype):
        codes, unique = texts.cat.codes.to_numpy(), texts.cat.categories
    else:
        codes, unique = pd.factorize(texts)
    if (codes < 0).any():
        raise ValueError(f"{column}: a text is lacking")
    return codes, [str(text) for text in unique] or [""]
