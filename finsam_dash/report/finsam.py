"""What the national system Uppföljning Finsam asks the förbund to type, insats by insats for a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam_dash.model import (
    CountingMode,
    EconomyRow,
    Gender,
    Insats,
    Missing,
    PlannedCount,
    PostState,
    PostType,
    Purpose,
    Reason,
    TableKind,
    TargetKind,
    Unit,
    Value,
)
from finsam_dash.report.budget import FIGURES_TABLE, Registers
from finsam_dash.report.content import Report
from finsam_dash.report.registers import load_economy_registers
from finsam_dash.store import Store, load_entries

DELTAGARE = "deltagare"
WITHOUT_NAMES = "deltagare_utan_personuppgifter"
GENDERS = (Gender.KVINNA, Gender.MAN, Gender.ANNAT_OKANT, Gender.ALLA)
PLANS = (PostState.BUDGET, PostState.BESLUTAD)
"""What counts as a budget: the budgeted amount, else what is decided."""
_KINDS = (TableKind.EGEN, TableKind.HUVUD, TableKind.DEL)
ROUNDING = Decimal(1000)
"""Kronor: a document prints the same amount in tkr in one table and in kronor in another."""


@dataclass(frozen=True)
class FinsamAmount:
    """A year's amount in kronor from one source; `others` are what other sources say where they say something else."""

    kronor: Decimal
    source: str
    others: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class FinsamRow:
    """One insats: participants per kön, how many were budgeted for, and kronor.

    `deltagare` are in the order of GENDERS. `budgeted` is what the förbund has entered, else the plan's number, for
    exactly this year; `plan` holds the plan's numbers for another time, as (number, period's code, when the plan
    measures it: "per år"), which are not the year's. None is an amount that is not stored.
    """

    insats: Insats
    deltagare: tuple[Value, ...]
    budgeted: float | None
    plan: tuple[tuple[float, str, str], ...]
    budget: FinsamAmount | None
    outcome: FinsamAmount | None


@dataclass(frozen=True)
class FinsamBasis:
    """The year's insatser: those for individuals, and those that build structure (strukturövergripande), apart."""

    individual: tuple[FinsamRow, ...]
    structural: tuple[FinsamRow, ...]


def load_finsam(store: Store, report: Report) -> FinsamBasis:
    """The rows of a Report of a year, with the sections "targets" and "economy", and what the förbund has entered.

    Raises UnknownForbundError.
    """
    kod = report.forbund.kod
    return build_finsam(report, load_economy_registers(store, kod), load_entries(store, kod, PlannedCount))


def build_finsam(report: Report, registers: Registers, planned: Sequence[PlannedCount]) -> FinsamBasis:
    """Read the year's rows; no amount is ever the sum of two sources.

    In publicering the numbers of people are protected already.
    """
    rows = tuple(_build_row(report, registers, planned, insats) for insats in report.insatser)
    return FinsamBasis(
        tuple(row for row in rows if row.insats.purpose is not Purpose.STRUKTUR),
        tuple(row for row in rows if row.insats.purpose is Purpose.STRUKTUR),
    )


def _build_row(report: Report, registers: Registers, planned: Sequence[PlannedCount], insats: Insats) -> FinsamRow:
    kod = DELTAGARE if insats.counting_mode is CountingMode.MED_PERSONUPPGIFTER else WITHOUT_NAMES
    found = {row.gender: row.value for row in report.rows if row.subject == insats.kod and row.indikator == kod}
    absent = Missing(Reason.UPPGIFT_SAKNAS)
    budgeted, plan = _read_plan(report, insats.kod)
    entered = [one.number for one in planned if one.insats == insats.kod and one.period == report.period]
    return FinsamRow(
        insats=insats,
        deltagare=tuple(found.get(gender, absent) for gender in GENDERS),
        budgeted=float(entered[-1]) if entered else budgeted,
        plan=plan,
        budget=find_amount(report, registers, insats.kod, PLANS),
        outcome=find_amount(report, registers, insats.kod, (PostState.UTFALL,)),
    )


def _read_plan(report: Report, insats: str) -> tuple[float | None, tuple[tuple[float, str, str], ...]]:
    """The number of participants that the plan sets for the year, and those it sets for another time."""
    numbers = [
        (row.target.malvarde, row.target.period, row.target.mattidpunkt)
        for row in report.targets or ()
        if row.target.insats == insats
        and row.target.kind in (TargetKind.ANTAL, TargetKind.KAPACITET)
        and row.target.indikator == DELTAGARE
        and not row.target.klass
        and row.target.malvarde is not None
    ]
    of_year = [number for number, period, _ in numbers if period == report.period]
    others = tuple((number, period.code, when) for number, period, when in numbers if period != report.period)
    return (of_year[0] if of_year else None), others


def find_amount(report: Report, registers: Registers, insats: str, states: Sequence[PostState]) -> FinsamAmount | None:
    """A year's cost for an insats from one source: own entries first, then documents, then what insatser deliver.

    A table's posts of the insats are added, one a decided period; tables and sources never are, for they print the same
    money again. Of several documents the one in kronor comes before one in tkr. Of several states the first that a post
    has counts. Sums, income and prognoser are no cost.
    """
    tables = {row.tabell: registers.kind_of(row.tabell) for row in registers.rows}
    found: list[tuple[tuple[int, int], str, Decimal]] = []
    for tabell, kind in tables.items():
        rows = [
            row
            for row in registers.rows
            if row.tabell == tabell
            and row.insats == insats
            and row.posttype is PostType.KOSTNAD
            and row.state in states
            and row.kronor is not None
            and report.period.contains(row.period)
        ]
        if kind in _KINDS and rows:
            is_coarse = any(row.unit is Unit.TKR for row in rows)
            found.append(((_KINDS.index(kind) > 0, is_coarse), registers.source_of(rows[0]), _sum_posts(rows, states)))
    delivered = _find_delivered(report, insats, is_budget=PostState.BUDGET in states)
    found = sorted(found, key=lambda one: one[0])
    known = [(source, kronor) for _, source, kronor in found] + delivered
    if not known:
        return None
    source, kronor = known[0]
    others = tuple((other, amount) for other, amount in known[1:] if abs(amount - kronor) > ROUNDING)
    return FinsamAmount(kronor, source, others)


def _sum_posts(rows: Sequence[EconomyRow], states: Sequence[PostState]) -> Decimal:
    """The posts added, each by the first of the states that it has."""
    posts: dict[tuple[str, str], dict[PostState, Decimal]] = {}
    for row in rows:
        posts.setdefault((row.post, row.insatsperiod), {})[row.state] = row.kronor or Decimal(0)
    return sum((next(post[state] for state in states if state in post) for post in posts.values()), Decimal(0))


def _find_delivered(report: Report, insats: str, *, is_budget: bool) -> list[tuple[str, Decimal]]:
    """What the insats delivers as figures."""
    tables = report.economy.tables if report.economy is not None else ()
    lines = [
        (table.source, line) for table in tables if table.tabell == FIGURES_TABLE
        for line in table.lines if line.insats == insats
    ]  # fmt: skip
    amounts = [(source, line.budget if is_budget else line.outcome) for source, line in lines]
    return [(source, amount) for source, amount in amounts if amount is not None]
