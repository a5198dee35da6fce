"""Stored figures, published values to compare with, and computed rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from finsam_dash.model.period import Period
from finsam_dash.model.value import Coverage, Value
from finsam_dash.model.words import DenominatorType, Gender, Qualifier, Reason, SubjectKind, Unit


@dataclass(frozen=True)
class ComparisonValue:
    """A published value to compare with: riket, another förbund, a region, a share of the population.

    `value` is 0-1. `extracted` is the uttagsdatum, None when it is not known. Two values for one year are both kept.
    """

    indikator: str
    gender: Gender
    kind: str
    name: str
    period: Period
    value: float
    source: str
    numerator: float | None = None
    denominator: float | None = None
    extracted: date | None = None
    note: str = ""


class Figure(NamedTuple):
    """One current stored figure, as the store hands it out. `value` None means missing, and `reason` says why.

    Source: one row of the store's fact table. `subject` is "" for the förbund itself, else the code of the
    insats or grupp. `known_from` is the day the delivery's content was known (uttagsdatum, else the day of import).
    `uttryck` is the expression as the document prints it, "" outside documents.
    """

    kind: SubjectKind
    subject: str
    matt: str
    indelning: str
    klass: str
    gender: Gender
    period: Period
    value: float | None
    reason: Reason | None
    unit: Unit
    numerator: float | None
    denominator: float | None
    namnare_typ: DenominatorType | None
    qualifier: Qualifier
    dokument: str
    rubrik: str
    leverans: int
    known_from: date
    uttryck: str = ""


@dataclass(frozen=True, order=True)
class Source:
    """Where a figure comes from: a delivery, and the document and heading where it is published."""

    leverans: int
    dokument: str = ""
    rubrik: str = ""


OF_DELTAGANDEN = "namnare_ar_deltaganden"
"""The remark on a share of deltagare that is counted in deltaganden, since no unique persons are supplied."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator for one subject and kön. `subject` None is the whole förbund.

    `period` is what the value covers (the period asked, or a document's own period). `codes` are remarks for
    wording, such as "namnare_ar_avslutade" (utan uppgift never delivered), OF_DELTAGANDEN and "publicerad_andel".
    """

    subject: str | None
    gender: Gender
    indikator: str
    value: Value
    period: Period
    namnare_typ: DenominatorType | None = None
    sources: tuple[Source, ...] = ()
    coverage: Coverage | None = None
    codes: tuple[str, ...] = ()
