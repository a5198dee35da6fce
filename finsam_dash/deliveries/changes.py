"""The figures that a delivery would change, from and to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import overload

import numpy as np

from finsam_dash.model import Gender, Period, Reason, SubjectKind
from finsam_dash.store import CodedFigures, StoredDiff
from finsam_dash.store.coding import REASONS, Integers


@dataclass(frozen=True)
class ChangedFigure:
    """One stored figure that becomes another. A value is None where the figure is missing, and the reason says why."""

    kind: SubjectKind
    subject: str
    matt: str
    indelning: str
    klass: str
    gender: Gender
    period: Period
    before: float | None
    before_reason: Reason | None
    after: float | None
    after_reason: Reason | None
    row: int


class Changes(Sequence[ChangedFigure]):
    """The changed figures of a delivery. There may be millions, so each is made when it is looked at."""

    def __init__(self, figures: CodedFigures, diff: StoredDiff, chosen: Integers | None = None) -> None:
        self._figures, self._diff = figures, diff
        self._chosen = np.arange(len(diff.changed)) if chosen is None else chosen

    def __len__(self) -> int:
        return len(self._chosen)

    @overload
    def __getitem__(self, place: int) -> ChangedFigure: ...

    @overload
    def __getitem__(self, place: slice) -> Changes: ...

    def __getitem__(self, place: int | slice) -> ChangedFigure | Changes:
        if isinstance(place, slice):
            return Changes(self._figures, self._diff, self._chosen[place])
        stored = int(self._chosen[place])
        figures, at = self._figures, int(self._diff.changed[stored])
        kind, subject = figures.subjects[figures.subject[at]]
        matt, indelning, klass, gender = figures.all_series[figures.series[at]]
        return ChangedFigure(
            SubjectKind(kind),
            subject,
            matt,
            indelning,
            klass,
            Gender(gender),
            read_period(*figures.periods[figures.period[at]]),
            _value(float(self._diff.value[stored])),
            _reason(int(self._diff.reason[stored])),
            _value(float(figures.value[at])),
            _reason(int(figures.reason[at])),
            int(figures.row[at]),
        )

    def of_subjects(self) -> dict[str, Changes]:
        """The changes of each subject by its code, in the order of the file."""
        subject = self._figures.subject[self._diff.changed[self._chosen]]
        return {
            self._figures.subjects[place][1]: Changes(self._figures, self._diff, self._chosen[subject == place])
            for place in dict.fromkeys(subject.tolist())
        }

    def before(self, first_days: dict[str, str]) -> Changes:
        """The changes in periods that begin before the day given for their subject."""
        at = self._diff.changed[self._chosen]
        limits = np.array([first_days.get(kod, "") for _, kod in self._figures.subjects], dtype=object)
        starts = np.array([start for start, _ in self._figures.periods], dtype=object)
        earlier = starts[self._figures.period[at]] < limits[self._figures.subject[at]]
        return Changes(self._figures, self._diff, self._chosen[earlier.astype(bool)])


@lru_cache(maxsize=8192)
def read_period(start: str, end: str) -> Period:
    """A period of two ISO dates."""
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def _value(number: float) -> float | None:
    return None if number != number else number


def _reason(place: int) -> Reason | None:
    return Reason(REASONS[place]) if place else None
