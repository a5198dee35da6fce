"""The section of one insats in a Report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.verdict import Sakerhet, Verdict
from finsam_dash.model import DenominatorType, Gender, IndicatorRow, Insats, Period, Source, Unit, Value
from finsam_dash.report.content_parts import Benchmark, DeliveryInfo, DotRow, EventNote, GroupDifference, TrendPoint
from finsam_dash.report.content_targets import TargetRow


@dataclass(frozen=True)
class FlowMonth:
    """One month of in and out: pågående at its start, nya and avslutade (persons)."""

    period: Period
    pagaende: Value
    nya: Value
    avslutade: Value
    preliminary: bool = False


@dataclass(frozen=True)
class FlowCategory:
    """Försörjning before and after: persons in one category at start and at exit."""

    key: str
    label: str
    before: Value
    after: Value
    is_goal: bool = False
    is_unknown: bool = False


@dataclass(frozen=True)
class FlowLink:
    """Persons who went from one category of försörjning to another; `before` and `after` are keys of categories."""

    before: str
    after: str
    count: Value


@dataclass(frozen=True)
class RecruitmentStep:
    """One step of recruitment (offered, said yes, began, completed): persons."""

    label: str
    count: Value


@dataclass(frozen=True)
class BreakdownRow:
    """One class of a breakdown: how many of the participations, and how it went for those of them who left.

    `klass` is "indelning:klass". `share` is missing where the outcome is not counted in classes.
    """

    klass: str
    count: Value
    share: Value


@dataclass(frozen=True)
class Breakdown:
    """An insats's participations by age, education, kommun … over one period. `matt` says what is counted."""

    indelning: str
    matt: str
    period: Period
    total: Value
    rows: tuple[BreakdownRow, ...]


@dataclass(frozen=True)
class FollowUp:
    """What is known of those who left in a period, at one distance from the exit (`klass`, "uppfoljning:…").

    `share` is in work or studies, of those followed up or as printed. `counts` are persons by mått, among them
    ej_uppfoljda: they are not known, never nobody.
    """

    klass: str
    period: Period
    share: Value
    counts: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Subgroups:
    """The same measure for several subgroups (grupp 1-4) with the goal that holds for each of them."""

    matt: str
    rows: tuple[DotRow, ...]
    target: float | None = None


@dataclass(frozen=True)
class StatedFigure:
    """A figure that a document prints about the insats. `text` is the printed expression."""

    matt: str
    klass: str
    gender: Gender
    period: Period
    value: Value
    unit: Unit
    namnare_typ: DenominatorType | None
    text: str
    source: Source


@dataclass(frozen=True)
class Forsorjning:
    """What those who left lived on before and after. `to_goal` went to lön or studies, of the `total` that is known.

    `links` are the flows between, empty where they are not delivered. `largest_fall` is the key of the category that
    lost most persons wherever those not known went, "" where none surely did.
    """

    categories: tuple[FlowCategory, ...]
    links: tuple[FlowLink, ...]
    to_goal: Value
    total: Value
    largest_fall: str


@dataclass(frozen=True)
class Flow:
    """In and out by month, and the sums of the latest `month_count` of them: fler_in, ungefar_lika or fler_ut."""

    months: tuple[FlowMonth, ...]
    nya: Value
    avslutade: Value
    month_count: int
    balance: Literal["fler_in", "ungefar_lika", "fler_ut", ""]


@dataclass(frozen=True)
class Trend:
    """The share over time. `rolling` are twelve months each, where months are stored; `sakerhet` judges the last one.

    `target` is the insats's own goal where it is of the same denominator. `reading` is what the points say by the
    rules for series, None where they are not of one length or not all shown.
    """

    points: tuple[TrendPoint, ...]
    rolling: tuple[TrendPoint, ...] = ()
    target: float | None = None
    sakerhet: Sakerhet = Sakerhet.EJ_TILLAMPLIGT
    events: tuple[EventNote, ...] = ()
    reading: SeriesReading | None = None


@dataclass(frozen=True)
class InsatsSection:
    """One insats: its outcome against riket and its own goals, over time, in and out, and what it consists of.

    `outcome` holds the insats's own period where the period asked has no figures. `chain` is the insats with its
    predecessors and successors; their figures are never pooled. `facts` are rows over the period that has them.
    `verdict` is of the first row against riket, without an answer where the two cannot be compared.
    """

    insats: Insats
    riket: Benchmark
    verdict: Verdict
    outcome: tuple[DotRow, ...]
    goal: str
    goals: tuple[TargetRow, ...]
    facts: tuple[IndicatorRow, ...]
    kon: tuple[GroupDifference, ...]
    trend: Trend
    flow: Flow | None
    breakdowns: tuple[Breakdown, ...]
    forsorjning: Forsorjning | None
    follow_ups: tuple[FollowUp, ...]
    subgroups: tuple[Subgroups, ...]
    recruitment: tuple[RecruitmentStep, ...]
    recruitment_period: Period | None
    chain: tuple[Insats, ...]
    stated: tuple[StatedFigure, ...]
    deliveries: tuple[DeliveryInfo, ...]
