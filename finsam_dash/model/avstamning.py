"""Printed results that can be recomputed from other stored figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_dash.model.period import Period
from finsam_dash.model.words import Qualifier, Unit


@dataclass(frozen=True)
class Document:
    """A published document: `short` is its name in source lines, `period` the time it reports or plans.

    `known_from` is the day its content was known, None where nobody has said.
    """

    kod: str
    namn: str
    short: str
    period: Period
    known_from: date | None = None


@dataclass(frozen=True)
class PrintedResult:
    """One result as it is printed, and the parts from which it can be recomputed.

    `parts` is an expression over stored figures and numbers, "" when nothing else that is printed gives it, and
    `note` says why. `precision` is the step that `published` is rounded to, in the unit's own size. `column` tells
    several results of one expression apart. Source: data/publicerat/avstamning.csv, or a förbund's own report.
    """

    kod: str
    dokument: str
    rubrik: str
    uttryck: str
    published: Decimal
    unit: Unit
    precision: Decimal
    parts: str = ""
    formel: str = ""
    note: str = ""
    column: str = ""
    qualifier: Qualifier = Qualifier.NONE
    order: int = 0
