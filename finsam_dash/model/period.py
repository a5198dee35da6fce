"""A Period is two dates, both included; every label is derived from them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni",
          "juli", "augusti", "september", "oktober", "november", "december")  # fmt: skip


_YEARS = range(1900, 2201)
"""The years that a period is read for; none outside them has figures, and the calendar ends at 9999."""


class PeriodError(ValueError):
    """The text names no period."""


@dataclass(frozen=True, order=True)
class Period:
    """Two dates, both included; every label is derived from them."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(f"{self.start}/{self.end}")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2014`, `2014-H1`, `2014-T2`, `2014-K3`, `2014-03`, `2013-12/2015-11` or two ISO dates.

        Raises PeriodError for anything else.
        """
        text = text.strip()
        if any(int(year) not in _YEARS for year in re.findall(r"\d{4}", text)):
            raise PeriodError(text)
        try:
            if match := re.fullmatch(r"(\d{4})(?:-([HTK])(\d))?", text):
                year = int(match[1])
                if match[2] is None:
                    return cls.year(year)
                length = {"H": 6, "T": 4, "K": 3}[match[2]]
                number = int(match[3])
                if not 1 <= number <= 12 // length:
                    raise PeriodError(text)
                first = cls.month(year, (number - 1) * length + 1)
                return cls(first.start, cls.month(year, number * length).end)
            if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
                return cls.month(int(match[1]), int(match[2]))
            if match := re.fullmatch(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})", text):
                start = cls.month(int(match[1]), int(match[2])).start
                return cls(start, cls.month(int(match[3]), int(match[4])).end)
            if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", text):
                return cls(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
        except (ValueError, IndexError) as error:
            raise PeriodError(text) from error
        raise PeriodError(text)

    @property
    def code(self) -> str:
        """The shortest text that `parse` reads back to this period."""
        if self.is_whole_months:
            for length, letter in ((12, ""), (6, "H"), (4, "T"), (3, "K")):
                if self.month_count == length and (self.start.month - 1) % length == 0:
                    number = (self.start.month - 1) // length + 1
                    return f"{self.start.year:04d}" + (f"-{letter}{number}" if letter else "")
            if self.month_count == 1:
                return f"{self.start:%Y-%m}"
            return f"{self.start:%Y-%m}/{self.end:%Y-%m}"
        return f"{self.start}/{self.end}"

    @property
    def is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    @property
    def is_calendar_year(self) -> bool:
        return self.is_whole_months and self.start.month == 1 and self.month_count == 12

    @property
    def month_count(self) -> int:
        """Calendar months touched, the first and last included."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def months(self) -> tuple[Period, ...]:
        """The calendar months touched, in order."""
        return _months(self.start.year * 12 + self.start.month - 1, self.month_count)

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift_years(self, years: int) -> Period:
        """The same calendar span `years` later; 29 February becomes the 28th."""

        def moved(day: date) -> date:
            last = calendar.monthrange(day.year + years, day.month)[1]
            return day.replace(year=day.year + years, day=min(day.day, last))

        end_of_month = (self.end + timedelta(days=1)).day == 1
        end = moved(self.end)
        if end_of_month:
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
        return Period(moved(self.start), end)


@cache
def _months(first: int, count: int) -> tuple[Period, ...]:
    """`count` months from the month number `first` (year * 12 + month - 1)."""
    return tuple(Period.month(index // 12, index % 12 + 1) for index in range(first, first + count))
