"""Periods, dates and names in Swedish order."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_format_date

from finsam_dash.model import MONTHS, Period
from finsam_dash.wording.numbers import EN_DASH, NO_BREAK

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
_LOCALE: Final = "sv_SE"
_ORDINALS: Final = ("första", "andra", "tredje", "fjärde")
_PARTS: Final = {6: "halvåret", 4: "tertialet", 3: "kvartalet"}


@cache
def format_month_short(month: int) -> str:
    """The month 1-12 as "jan", "mars", "sep": Swedish abbreviations without the full stop."""
    return str(babel_format_date(date(2000, month, 1), "LLL", locale=_LOCALE)).rstrip(".")


def format_month(month: int) -> str:
    """The month 1-12 as "januari"."""
    return MONTHS[month - 1]


def format_date(day: date) -> str:
    """A date in prose: "31 december 2014"."""
    return str(babel_format_date(day, f"d'{NO_BREAK}'MMMM y", locale=_LOCALE))


def format_date_short(day: date) -> str:
    """A date in labels: "31 dec 2014"."""
    return f"{day.day}{NO_BREAK}{format_month_short(day.month)} {day.year}"


def format_moment(moment: datetime) -> str:
    """A stored moment (UTC; naive is taken as UTC) on Stockholm's clock: "2015-03-19 14:05"."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")


def format_stored_moment(time: str) -> str:
    """A moment as the store writes it (UTC, ISO) on Stockholm's clock."""
    return format_moment(datetime.fromisoformat(time))


def format_period(period: Period) -> str:
    """A period by its shortest Swedish name.

    "2014", "2010–2014", "första halvåret 2014", "mars 2014", "aug 2012–aug 2014", "feb–maj 2014", else the dates.
    """
    if not period.is_whole_months:
        return format_period_dates(period)
    first, last, count = period.start, period.end, period.month_count
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}{EN_DASH}{last.year}"
    if count == 1:
        return f"{format_month(first.month)} {first.year}"
    if count in _PARTS and (first.month - 1) % count == 0:
        return f"{_ORDINALS[(first.month - 1) // count]} {_PARTS[count]} {first.year}"
    return format_period_months(period)


def format_period_months(period: Period) -> str:
    """A period by its first and last month: "nov 2024–okt 2026", "feb–maj 2014", "mars 2014"."""
    first, last = period.start, period.end
    end = f"{format_month_short(last.month)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = format_month_short(first.month) + ("" if first.year == last.year else f" {first.year}")
    return f"{start}{EN_DASH}{end}"


def format_period_dates(period: Period) -> str:
    """A period by its two dates, for source lines: "1 jan–31 dec 2014"."""
    first, last = period.start, period.end
    if first == last:
        return format_date_short(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{format_date_short(last)}"
    start = f"{first.day}{NO_BREAK}{format_month_short(first.month)}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start}{EN_DASH}{format_date_short(last)}"


def format_in_period(period: Period) -> str:
    """The period after a verb: "2014", "i mars 2014", "under första halvåret 2014", "1 jan–31 mars 2014"."""
    text = format_period(period)
    if text.split()[0] in MONTHS:
        return f"i {text}"
    return f"under {text}" if text.startswith(_ORDINALS) else text


# The three signs that follow z in Unicode.
_LETTERS: Final = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}


def sort_key(text: str) -> tuple[str, str]:
    """Order names as a Swedish index: case aside, å ä ö after z, é as e, æ and ø as ä and ö, "Grupp 2" before "10".

    Babel has no collation, and the locale of the operating system is not ours to count on.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    folded = "".join(_LETTERS.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in composed)
    return re.sub(r"\d+", lambda digits: digits[0].zfill(10), folded), text
