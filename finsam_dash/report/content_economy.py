"""The Ekonomi section of the Report: amounts in kronor as exact decimals, shares as 1.0 = 100 %."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finsam_dash.model import CategoryKind, IndicatorRow, Period, PostState, PostType, Qualifier, TableKind, Unit


@dataclass(frozen=True)
class MemberFinancing:
    """What one member grants, year by year (kronor; None where nothing is known), and its share where one is printed.

    `first` and `last` are the first and last year with an amount.
    """

    medlem: str
    amounts: tuple[Decimal | None, ...]
    share: Decimal | None = None
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Financing:
    """Members' grants over the years; `totals` are printed sums, else the members' own."""

    years: tuple[int, ...]
    members: tuple[MemberFinancing, ...]
    totals: tuple[Decimal | None, ...]
    source: str


@dataclass(frozen=True)
class BudgetLine:
    """One post of a budget or an outcome in kronor. `share` is used of budget, None where there is nothing to divide.

    `forecast` is the latest own prognos, `forecast_day` its day and `comment` its author's words.
    """

    post: str
    kategori: str
    posttype: PostType
    insats: str = ""
    insatsperiod: str = ""
    budget: Decimal | None = None
    outcome: Decimal | None = None
    decided: Decimal | None = None
    applied: Decimal | None = None
    undecided: Decimal | None = None
    forecast: Decimal | None = None
    forecast_day: date | None = None
    comment: str = ""
    share: float | None = None
    printed_share: Decimal | None = None


@dataclass(frozen=True)
class BudgetTable:
    """A table of budget lines as it is published; `columns` are the states that any line has, in order."""

    tabell: str
    note: str
    source: str
    columns: tuple[PostState, ...]
    lines: tuple[BudgetLine, ...]


@dataclass(frozen=True)
class DecisionRoom:
    """What the styrelse can still decide on (beslutsutrymme), all in kronor.

    `capital` comes from earlier years and is not the year's income. `undecided` is set aside in the budget but not
    decided on; `left` remains when the whole budget and what is applied for is taken away. `printed` are the
    document's own lines about it. None is not stated; nothing decided is 0.
    """

    tabell: str
    income: Decimal
    capital: Decimal
    decided: Decimal | None
    budgeted: Decimal | None
    undecided: Decimal | None
    applied: Decimal | None
    left: Decimal | None
    printed: tuple[tuple[str, Decimal], ...]
    source: str

    @property
    def available(self) -> Decimal:
        """The year's income and what earlier years left."""
        return self.income + self.capital


@dataclass(frozen=True)
class CostShare:
    """What a kind of cost is of the year's bidrag."""

    kind: CategoryKind
    amount: Decimal
    bidrag: Decimal
    share: float


@dataclass(frozen=True)
class Equity:
    """Eget kapital over the year, in kronor: `opening` + `result` = `closing`, against a ceiling of the bidrag.

    `basis` says whether it is counted by outcome or by budget. `ceiling` is the goal's share (0.2) or None; `printed`
    is what the document itself gives as capital at the end.
    """

    basis: PostState
    opening: Decimal
    income: Decimal
    costs: Decimal
    result: Decimal
    closing: Decimal
    bidrag: Decimal
    share: float | None
    ceiling: float | None
    goal: str
    printed: Decimal | None
    source: str


@dataclass(frozen=True)
class PrintedQuota:
    """A share of budget that a document prints. `kind` says which of the two meanings it has."""

    kind: Literal["forbrukningskvot", "forbrukad_andel"]
    post: str
    insats: str
    insatsperiod: str
    share: Decimal
    period: Period
    source: str


@dataclass(frozen=True)
class Forecast:
    """An insats's year as it points (kronor): run rate and outcome + remaining budget as a span, and own prognoser."""

    insats: str
    used: Decimal
    budget: Decimal
    low: Decimal
    high: Decimal
    period: Period
    own: tuple[tuple[date, Decimal, str], ...] = ()


@dataclass(frozen=True)
class StatementRow:
    """One row of a published table: an amount a column, in the table's own unit, with what hedges it.

    `amounts` is None in a column where the row has none, and `qualifiers` is as long.
    """

    post: str
    posttype: PostType
    amounts: tuple[Decimal | None, ...]
    qualifiers: tuple[Qualifier, ...]
    unit: Unit
    medlem: str = ""


@dataclass(frozen=True)
class Statement:
    """A table as published. `columns` are (year, state)."""

    tabell: str
    kind: TableKind
    note: str
    source: str
    columns: tuple[tuple[int, PostState], ...]
    rows: tuple[StatementRow, ...]


ConflictKind = Literal["intakter", "kostnader", "resultat", "summa"]


@dataclass(frozen=True)
class Conflict:
    """Two tables of one document that give different amounts (kronor) for the same thing."""

    what: ConflictKind
    first_table: str
    first: Decimal
    second_table: str
    second: Decimal
    source: str


@dataclass(frozen=True)
class Economy:
    """The förbund's money in the year that the period ends in; quotas and costs of insatser are over the period."""

    year: Period
    financing: Financing | None
    tables: tuple[BudgetTable, ...]
    room: DecisionRoom | None
    insatser: tuple[IndicatorRow, ...]
    printed_quotas: tuple[PrintedQuota, ...]
    shares: tuple[CostShare, ...]
    equity: Equity | None
    forecasts: tuple[Forecast, ...]
    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]
