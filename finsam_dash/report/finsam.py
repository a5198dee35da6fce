"""What the national system Uppföljning Finsam asks the förbund to type, insats by insats for a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from finsam_dash.model import CountingMode, Gender, Insats, Missing, Purpose, Reason, TargetKind, Value
from finsam_dash.report.content import Report

DELTAGARE = "deltagare"
WITHOUT_NAMES = "deltagare_utan_personuppgifter"
GENDERS = (Gender.KVINNA, Gender.MAN, Gender.ANNAT_OKANT, Gender.ALLA)


@dataclass(frozen=True)
class FinsamRow:
    """One insats: participants per kön, how many were budgeted for, and kronor.

    `deltagare` are in the order of GENDERS. `budgeted` is the plan's number for exactly this year; `plan` holds the
    plan's numbers for another time, as (number, period's code), which are not the year's. `with_names` is False where
    people are counted without personuppgifter. None is an amount that is not stored.
    """

    insats: Insats
    deltagare: tuple[Value, ...]
    with_names: bool
    budgeted: float | None
    plan: tuple[tuple[float, str], ...]
    budget: Decimal | None
    outcome: Decimal | None


@dataclass(frozen=True)
class FinsamBasis:
    """The year's insatser: those for individuals, and those that build structure (strukturövergripande), apart."""

    individual: tuple[FinsamRow, ...]
    structural: tuple[FinsamRow, ...]


def build_finsam(report: Report) -> FinsamBasis:
    """Read the year's rows out of a Report with the sections "targets" and "economy"; nothing new is computed.

    In publicering the numbers of people are protected already.
    """
    rows = tuple(_build_row(report, insats) for insats in report.insatser)
    return FinsamBasis(
        tuple(row for row in rows if row.insats.purpose is not Purpose.STRUKTUR),
        tuple(row for row in rows if row.insats.purpose is Purpose.STRUKTUR),
    )


def _build_row(report: Report, insats: Insats) -> FinsamRow:
    with_names = insats.counting_mode is CountingMode.MED_PERSONUPPGIFTER
    kod = DELTAGARE if with_names else WITHOUT_NAMES
    found = {row.gender: row.value for row in report.rows if row.subject == insats.kod and row.indikator == kod}
    absent = Missing(Reason.UPPGIFT_SAKNAS)
    budgeted, plan = _read_plan(report, insats.kod)
    lines = [line for table in report.economy.tables for line in table.lines] if report.economy is not None else []
    own = [line for line in lines if line.insats == insats.kod]
    return FinsamRow(
        insats=insats,
        deltagare=tuple(found.get(gender, absent) for gender in GENDERS),
        with_names=with_names,
        budgeted=budgeted,
        plan=plan,
        budget=_sum(line.budget if line.budget is not None else line.decided for line in own),
        outcome=_sum(line.outcome for line in own),
    )


def _read_plan(report: Report, insats: str) -> tuple[float | None, tuple[tuple[float, str], ...]]:
    """The number of participants that the plan sets for the year, and those it sets for another time."""
    numbers = [
        (row.target.malvarde, row.target.period)
        for row in report.targets or ()
        if row.target.insats == insats
        and row.target.kind in (TargetKind.ANTAL, TargetKind.KAPACITET)
        and row.target.indikator == DELTAGARE
        and not row.target.klass
        and row.target.malvarde is not None
    ]
    of_year = [number for number, period in numbers if period == report.period]
    others = tuple((number, period.code) for number, period in numbers if period != report.period)
    return (of_year[0] if of_year else None), others


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the posts that have an amount; None where none has."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
