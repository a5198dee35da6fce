"""A value that is measured, hidden or missing: three types, never 0 or NaN for all three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_dash.model.words import Qualifier, Reason


@dataclass(frozen=True)
class Measured:
    """A value that is known. Shares are 0-1; counts are whole numbers.

    `numerator` and `denominator` are None for counts and for a share published without counts.
    `lower` and `upper` are Wilson 95 % limits, None where there is nothing to compute them from.
    `unknown` is the number of avslutade whose outcome is not known, outside the denominator.
    """

    value: float
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    qualifier: Qualifier = Qualifier.NONE
    unknown: int | None = None
    published: float | None = None
    status: Literal["matt"] = "matt"


@dataclass(frozen=True)
class Suppressed:
    """A value that is hidden by röjandekontroll. It carries nothing of the value, so nothing can leak from it.

    `refused`: the publishing grid holds no such figure at all, whatever it is; that is so before anybody has counted.
    """

    refused: bool = False
    status: Literal["dold"] = "dold"


REFUSED = Suppressed(refused=True)


@dataclass(frozen=True)
class Missing:
    """A value that is not known, and why. `detail` is data for the sentence (a gap, an insats), never the sentence."""

    reason: Reason
    detail: str = ""
    status: Literal["saknas"] = "saknas"


Value = Measured | Suppressed | Missing


@dataclass(frozen=True)
class Coverage:
    """How many of the expected insatser a partial sum holds, and the codes of those it lacks (tackning)."""

    included: int
    expected: int
    without: tuple[str, ...]
