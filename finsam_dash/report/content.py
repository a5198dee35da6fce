"""The Report: plain frozen data, everything a surface may show and nothing it would have to compute.

A Report serialises to JSON and back unchanged (`to_json`, `from_json` in report/serialise.py). Charts, texts and
documents are functions of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finsam_dash.judgement.attention import Attention
from finsam_dash.judgement.verdict import Sakerhet, Verdict
from finsam_dash.model import (
    ComparisonValue,
    Coverage,
    Forbund,
    Gender,
    IndicatorRow,
    Insats,
    Lage,
    Period,
    Reason,
    Value,
)
from finsam_dash.report.content_avstamning import Avstamning
from finsam_dash.report.content_comparison import CaseMix, Comparison, ComparisonDetail
from finsam_dash.report.content_economy import Economy
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_over_time import OverTime
from finsam_dash.report.content_parts import Benchmark, DeliveryInfo, DotRow, TrendPoint
from finsam_dash.report.content_samverkan import Accounts, FollowUpRow, PublicSupport, Samverkan
from finsam_dash.report.content_targets import TargetRow


@dataclass(frozen=True)
class KeyNumber:
    """One number with what it counts; `indikator` is its code, "deltagare_totalt" for the printed total.

    `coverage` is there for a partial sum, and says how many insatser are in it.
    """

    indikator: str
    value: Value
    unit: Literal["antal", "andel", "kr"] = "antal"
    coverage: Coverage | None = None


@dataclass(frozen=True)
class MissingItem:
    """Something that is expected and not there. `insats` None is the whole förbund."""

    insats: str | None
    indikator: str
    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class FigureChange:
    """A stored figure that a delivery changed: from and to are persons, None for missing."""

    insats: str | None
    matt: str
    gender: Gender
    period: Period
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Changes:
    """What the latest delivery changed. `new` counts figures that were not stored before."""

    delivery: DeliveryInfo
    new: int
    changed: tuple[FigureChange, ...]


@dataclass(frozen=True)
class Overview:
    """The förbund in one period: the headline against riket, the insatser, what is missing and what changed."""

    headline: IndicatorRow
    riket: Benchmark
    verdict: Verdict
    strip: tuple[DotRow, ...]
    key_numbers: tuple[KeyNumber, ...]
    dots: tuple[DotRow, ...]
    missing: tuple[MissingItem, ...]
    changes: Changes | None


@dataclass(frozen=True)
class RiketYear:
    """One year: the förbund's own share, alla and per kön, and every value published for riket.

    `sakerhet` is on which side of riket the förbund surely lies, where every published value gives the same answer.
    """

    year: Period
    own: Value
    women: Value
    men: Value
    riket: tuple[ComparisonValue, ...]
    sakerhet: Sakerhet = Sakerhet.EJ_TILLAMPLIGT


@dataclass(frozen=True)
class RiketSection:
    """The förbund against riket over the years, and other published values to compare with."""

    years: tuple[RiketYear, ...]
    own: tuple[TrendPoint, ...]
    riket: tuple[TrendPoint, ...]
    others: tuple[ComparisonValue, ...]


@dataclass(frozen=True)
class Report:
    """One förbund, one period, one läge, at one data version: all that any surface shows of it.

    `rows` holds every indicator for the förbund and the insatser; sections that were not asked for are None.
    `data_to` is the last day that any figure speaks of, `imported` the latest delivery's day, `threshold` t of
    röjandekontroll in persons. `protection`: "" in intern; in publicering "inom" where the publishing grid holds the
    period, "bara_forbundet" where it holds no insats of it, "utanfor" where it holds nothing of it, "vantar" before
    the grid has been protected (nothing is shown yet). `publishing_grid`: "halvar" or "tertial", "" in intern.
    `insatser` are those of the period, `every_insats` all that the förbund has had.
    """

    forbund: Forbund
    period: Period
    lage: Lage
    as_of: date
    data_version: int
    threshold: int
    insatser: tuple[Insats, ...]
    deliveries: tuple[DeliveryInfo, ...]
    rows: tuple[IndicatorRow, ...]
    data_to: date | None = None
    imported: date | None = None
    protection: Literal["", "inom", "bara_forbundet", "utanfor", "vantar"] = ""
    publishing_grid: str = ""
    overview: Overview | None = None
    targets: tuple[TargetRow, ...] | None = None
    riket: RiketSection | None = None
    avstamning: Avstamning | None = None
    economy: Economy | None = None
    samverkan: Samverkan | None = None
    support: PublicSupport | None = None
    follow_up: tuple[FollowUpRow, ...] | None = None
    accounts: Accounts | None = None
    insats: InsatsSection | None = None
    comparison: tuple[Comparison, ...] | None = None
    comparison_detail: tuple[ComparisonDetail, ...] | None = None
    attention: tuple[Attention, ...] | None = None
    over_time: OverTime | None = None
    case_mix: tuple[CaseMix, ...] | None = None
    every_insats: tuple[Insats, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The short name of every insats by its code: a goal may outlive its insats."""
        return {insats.kod: insats.kortnamn or insats.namn for insats in (*self.every_insats, *self.insatser)}

    @property
    def full_names(self) -> dict[str, str]:
        """The full name of every insats by its code."""
        return {insats.kod: insats.namn for insats in (*self.every_insats, *self.insatser)}
