"""The questions that a delivery raises: never reasons to refuse it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finsam_dash.deliveries.changes import ChangedFigure
from finsam_dash.model import Gender, Period


@dataclass(frozen=True)
class Point:
    """One month or period of a warning: what was expected there and what is found."""

    period: Period
    expected: float
    found: float


@dataclass(frozen=True)
class DeliveryWarning:
    """A question that a delivery raises. `gender` and `matt` are empty where it is about more than one.

    Codes: "flode" (each point a month whose pågående is not what the month before it leads to), "hopp" (each point a
    month far above the usual level), "summa" (each point a stated total and, expected, the sum of its parts), "fler_an"
    (each point a count that is more than `whole`, of which it is a part), "delar" (each point a joint outcome that is
    more than arbete and studier together), "utfall" (each point known and unknown outcomes that are together more than
    those who left), "efterslapning" (`changes` are earlier months that become another).
    """

    code: str
    subject: str
    gender: Gender | None = None
    matt: str = ""
    points: tuple[Point, ...] = ()
    changes: Sequence[ChangedFigure] = ()
    whole: str = ""
