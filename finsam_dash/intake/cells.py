"""One cell's text to a number, a month, a day, a kön or a reason. Each distinct text of a column is read once.

Numbers are read as Swedes write them: decimal comma, thousands with a space (ordinary, hard or narrow) or none.
Nothing is guessed: a text that can mean two things is a Fault.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finsam_dash.model import MONTHS, Gender, Period, PeriodError, Reason

REPORTED = "\x00"
"""Stands in a cell that is reported already (a person's data, a broken formula): every reader passes it by."""
NO_VALUE = "\x01"
"""Stands in a cell whose formula carries no computed value."""

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u00ad\u200b-\u200f\u2060\ufeff]")
_FORMULA_ERROR = re.compile(
    r"#(REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|REFERENS!|VÄRDEFEL!|DIVISION/0!|NAMN\?|OGILTIGT!|SKÄRNING!|SAKNAS!|SPILL!|BERÄKNA!|FÄLT!)"
)
_NUMBER = re.compile(r"([+-]?)([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:([.,])([0-9]+))?")
_DASHES = str.maketrans("–—−", "---")
_REASONS = {
    "": Reason.UPPGIFT_SAKNAS,
    "-": Reason.EJ_REDOVISAT,
    "..": Reason.DOLT_HOS_KALLAN,
    ".": Reason.EJ_TILLAMPLIGT,
}
_EARLIEST, _LATEST = 1990, 2100
_MOST_PERSONS = 20_000_000
"""Sweden has some ten million inhabitants: a count beyond that stands in the wrong column."""
_MOST_DIGITS = 15
"""A number of more digits is no amount, and is not kept whole as a floating-point number."""
_EXCEL_EPOCH = date(1899, 12, 30)
_GENDERS = {
    **dict.fromkeys(("kvinna", "kvinnor", "kvinnlig", "k", "kv", "female"), Gender.KVINNA),
    **dict.fromkeys(("man", "manlig", "m", "male"), Gender.MAN),
    **dict.fromkeys(("annat", "annan", "okant", "annatokant", "okantannat", "annatellerokant"), Gender.ANNAT_OKANT),
    **dict.fromkeys(("alla", "totalt", "total", "samtliga", "summa", "bada", "tot"), Gender.ALLA),
}
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june",
                   "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH_NUMBERS = {
    spelling: number
    for names in (MONTHS, _ENGLISH_MONTHS)
    for number, name in enumerate(names, 1)
    for spelling in (name, name[:3])
} | {"sept": 9}


@dataclass(frozen=True)
class Fault:
    """Why a text cannot be read: the code of a problem and its parts."""

    code: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TextColumn:
    """A column as codes into its distinct texts, cleaned by `clean_text`."""

    codes: NDArray[np.intp]
    texts: tuple[str, ...]

    def __getitem__(self, index: int) -> str:
        return self.texts[self.codes[index]]

    def __len__(self) -> int:
        return len(self.codes)

    def part(self, first: int) -> TextColumn:
        """The rows from `first` on."""
        return TextColumn(self.codes[first:], self.texts)

    def equals(self, text: str) -> NDArray[np.bool_]:
        """Where the cell holds exactly this text."""
        return self.where(lambda other: other == text)

    def where(self, condition: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Where the text fulfils the condition, asked once a distinct text."""
        return np.fromiter(map(condition, self.texts), bool, len(self.texts))[self.codes]

    def read(self, reader: Callable[[str], Any]) -> list[Any]:
        """What the reader makes of each distinct text, in the order of `texts`."""
        return [reader(text) for text in self.texts]


def clean_text(text: str) -> str:
    """The text composed (NFC), with ordinary single spaces, no line breaks and no invisible characters."""
    if text.isascii() and text.isalnum():
        return text
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Letters and digits only, lower case, without accents: how headers, names and codes are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def slug(text: str) -> str:
    """A code made from a name: "Grön Rehab" is gron-rehab; "" if the name has no letter or digit."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def is_formula_error(text: str) -> bool:
    """Whether the text is what a broken formula leaves, in English or Swedish Excel."""
    return text.startswith("#") and _FORMULA_ERROR.fullmatch(text.upper()) is not None


def read_reason(text: str) -> Reason | None:
    """The reason that an empty cell, "-", ".." or "." stands for; None for every other text."""
    return _REASONS.get(text.translate(_DASHES))


def read_number(text: str) -> float | Reason | Fault | None:
    """A number, the reason that it is missing, or a Fault; None for a cell already reported."""
    shared = _read_shared(text)
    if shared is not None or text == REPORTED:
        return shared
    match = _NUMBER.fullmatch(text.translate(_DASHES))
    if match is None:
        return Fault("inte_tal")
    sign, whole, mark, decimals = match.groups()
    whole = whole.replace(" ", "")
    if mark == "." and len(decimals) == 3 and len(whole) <= 3 and whole.lstrip("0"):
        return Fault("tvetydigt_tal", (("heltal", whole + decimals), ("decimaltal", f"{whole},{decimals}")))
    if len(whole.lstrip("0")) > _MOST_DIGITS:
        return Fault("for_stort")
    number = float(f"{whole}.{decimals or 0}")
    return 0.0 - number if sign == "-" else number


def read_count(text: str) -> float | Reason | Fault | None:
    """A whole number from 0 up, the reason that it is missing, or a Fault; None for a cell already reported.

    "3,0" is 3. "1,000" and "1.000" may be one or a thousand and are refused.
    """
    shared = _read_shared(text)
    if shared is not None or text == REPORTED:
        return shared
    match = _NUMBER.fullmatch(text.translate(_DASHES))
    if match is None:
        return Fault("inte_heltal")
    sign, whole, mark, decimals = match.groups()
    whole = whole.replace(" ", "")
    if mark and len(decimals) == 3 and len(whole) <= 3 and whole.lstrip("0"):
        return Fault("tvetydigt_tal", (("heltal", whole + decimals), ("decimaltal", f"{whole},{decimals}")))
    if sign == "-" and (whole + (decimals or "")).strip("0"):
        return Fault("negativt")
    if mark and decimals.strip("0"):
        return Fault("inte_heltal")
    return float(whole) if float(whole) <= _MOST_PERSONS else Fault("for_stort")


def read_share(text: str) -> float | Reason | Fault | None:
    """A share 0-1, written 0,34 or 34 %."""
    if text.endswith("%"):
        number = read_number(text[:-1].strip())
        if isinstance(number, Reason):
            return Fault("inte_tal")
        # Rounded: 0.29 * 100 is not 29 in binary, nor is 28.999999999999996 / 100 what the file says.
        number = round(number / 100, 12) if isinstance(number, float) else number
    else:
        number = read_number(text)
    if isinstance(number, float) and not 0 <= number <= 1:
        return Fault("andel_utanfor")
    return number


def _read_shared(text: str) -> Reason | Fault | None:
    if text == NO_VALUE:
        return Fault("formel_utan_varde")
    if len(text) > 2 and not text.strip("#"):
        return Fault("smal_kolumn")
    return read_reason(text)


def read_gender(text: str) -> Gender | Fault | None:
    """The kön; None for a cell already reported."""
    if text == REPORTED:
        return None
    if text in ("", NO_VALUE):
        return Fault("kon_saknas")
    return _GENDERS.get(fold(text), Fault("okant_kon"))


_TIME = r"(?:[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_ISO = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2})" + _TIME + ")?")
_COMPACT = re.compile(r"([0-9]{4})m?([0-9]{2})([0-9]{2})?")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:[.:]?[ea]?)[ -])?([a-zåäö]+)\.?[ -]*'?([0-9]{4}|[0-9]{2})")
_NAMED_YEAR_FIRST = re.compile(r"([0-9]{4})[ -]+([a-zåäö]+)\.?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_SERIAL = re.compile(r"[0-9]{5}(?:,[0-9]+)?")
_PART_OF_YEAR = (
    (re.compile(r"(?:k|q|kv|kvartal) ?([1-4]),?[ -]?([0-9]{4})"), "K"),
    (re.compile(r"(?:t|tertial) ?([1-3]),?[ -]?([0-9]{4})"), "T"),
    (re.compile(r"(?:h|halvår) ?([12]),?[ -]?([0-9]{4})"), "H"),
)
_SPAN = re.compile(r"(.+?)(?: ?[–—/] ?| - |--| till och med | t\.?o\.?m\.? | till )(.+)")


def _read_date_parts(text: str) -> tuple[int, int, int | None] | Fault | None:
    """Year, month and day (None if the text names a month); a Fault for an impossible one; None if it is no date."""
    text = text.casefold()
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[3], match[4]
    elif match := _COMPACT.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    elif (match := _NAMED.fullmatch(text)) and match[2] in _MONTH_NUMBERS:
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        month, day = str(_MONTH_NUMBERS[match[2]]), match[1]
    elif (match := _NAMED_YEAR_FIRST.fullmatch(text)) and match[2] in _MONTH_NUMBERS:
        year, month, day = match[1], str(_MONTH_NUMBERS[match[2]]), None
    elif match := _MONTH_YEAR.fullmatch(text):
        year, month, day = match[2], match[1], None
    elif _SERIAL.fullmatch(text):
        moment = _EXCEL_EPOCH + timedelta(days=int(text[:5]))
        year, month, day = str(moment.year), str(moment.month), str(moment.day)
    else:
        return None
    if not _EARLIEST <= int(year) <= _LATEST or not 1 <= int(month) <= 12:
        return Fault("omojligt_datum")
    if day is not None and not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        return Fault("omojligt_datum")
    return int(year), int(month), None if day is None else int(day)


def read_month(text: str) -> Period | Fault | None:
    """A calendar month: 2026-03, mars 2026, mar-26, 2026-03-01, 202603 or an Excel date; None if already reported."""
    if text == REPORTED:
        return None
    if text in ("", NO_VALUE):
        return Fault("manad_saknas")
    parts = _read_date_parts(text)
    if isinstance(parts, Fault):
        return parts
    return Fault("okand_manad") if parts is None else Period.month(parts[0], parts[1])


def read_period(text: str) -> Period | Fault | None:
    """A month, a year, a part of a year (2026-K1, tertial 1 2026) or a span (2013-12/2015-11, dec 2013 – nov 2015)."""
    if text in ("", REPORTED, NO_VALUE):
        return read_month(text)
    try:
        return Period.parse(text.upper())
    except PeriodError:
        pass
    for pattern, letter in _PART_OF_YEAR:
        if match := pattern.fullmatch(text.casefold()):
            return Period.parse(f"{match[2]}-{letter}{match[1]}")
    month = read_month(text)
    if isinstance(month, Period) or (isinstance(month, Fault) and month.code == "omojligt_datum"):
        return month
    if match := _SPAN.fullmatch(text):
        start, end = read_day(match[1].strip()), read_day(match[2].strip(), last=True)
        if isinstance(start, date) and isinstance(end, date):
            return Period(start, end) if start <= end else Fault("bakvand_period")
    return Fault("okand_period")


def read_day(text: str, last: bool = False) -> date | Fault | None:
    """A day; a text that names a month or a year gives its first day, or its last one. None if already reported."""
    if text == REPORTED:
        return None
    if text in ("", NO_VALUE):
        return Fault("datum_saknas")
    if re.fullmatch("[0-9]{4}", text) and _EARLIEST <= int(text) <= _LATEST:
        return date(int(text), 12, 31) if last else date(int(text), 1, 1)
    parts = _read_date_parts(text)
    if parts is None:
        return Fault("okant_datum")
    if isinstance(parts, Fault):
        return parts
    year, month, day = parts
    if day is None:
        day = calendar.monthrange(year, month)[1] if last else 1
    return date(year, month, day)


def format_cell(value: object) -> str:
    """A workbook's cell as the text a Swede would read in it: decimal comma, ISO dates, whole numbers without comma."""
    if isinstance(value, str):
        return value if value == NO_VALUE else clean_text(value)
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return format(Decimal(repr(value)), "f").replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return str(value)
