"""Stored counts as values, and their sums."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_dash.indicators.figures import FigureSet, Subject, as_value
from finsam_dash.indicators.registry import Term
from finsam_dash.model import Gender, Measured, Period, Value


def count_persons(
    figures: FigureSet,
    subject: Subject,
    matt: str,
    period: Period,
    indelning: str = "",
    klass: str = "",
) -> Value:
    """How many persons of every kön the mått counts, in one class where a class is named."""
    return as_value(figures.count(subject, Term(1, matt, indelning, klass), Gender.ALLA, period))


def sum_counts(values: Sequence[Value]) -> Value:
    """The sum, or the first value that is not known."""
    for value in values:
        if not isinstance(value, Measured):
            return value
    return Measured(sum(value.value for value in values if isinstance(value, Measured)))
