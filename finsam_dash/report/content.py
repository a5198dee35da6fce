"""The Report: plain frozen data, everything a surface may show and nothing it would have to compute.

A Report serialises to JSON and back unchanged (`to_json`, `from_json` in finsam_dash.report). Charts, texts and
documents are functions of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finsam_dash.judgement.attention import Attention
from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.over_time_lag import Lag
from finsam_dash.judgement.verdict import Sakerhet, Verdict
from finsam_dash.model import (
    Basis,
    ComparisonValue,
    DenominatorType,
    Forbund,
    Gender,
    IndicatorRow,
    Insats,
    Lage,
    Measured,
    Period,
    Purpose,
    Reason,
    Riktning,
    Source,
    Target,
    Unit,
    Value,
)
from finsam_dash.report.content_avstamning import Avstamning
from finsam_dash.report.content_economy import Economy
from finsam_dash.report.content_samverkan import Accounts, FollowUpRow, PublicSupport, Samverkan


@dataclass(frozen=True)
class DeliveryInfo:
    """A delivery as sources name it: `name` is the document's or the file's, `known_from` the day it was known."""

    id: int
    name: str
    known_from: date


@dataclass(frozen=True)
class Benchmark:
    """A value to compare with: riket, the förbund's pooled share, or a target. Share 0-1; None when there is none.

    `conflicts` holds other published values for the same year; `extracted` is the uttagsdatum, None when unknown.
    """

    kind: Literal["riket", "pooled", "target"]
    label: str
    value: float | None
    year: int | None = None
    source: str = ""
    extracted: date | None = None
    conflicts: tuple[float, ...] = ()


@dataclass(frozen=True)
class DotRow:
    """One row of a dot plot: a share with its denominator, over the period that it covers.

    `klass` names a subgroup as "indelning:klass". `group` heads rows that belong together ("Vid avslut"). `target` is
    drawn only where its denominator and time are the row's own, else `target_note` says why not. `look_here` marks a
    row worth a look (never "bad"). `compared` False: measured later than the benchmark, whose line stops before it.
    """

    key: str
    label: str
    value: Value
    period: Period
    namnare_typ: DenominatorType | None = None
    klass: str = ""
    group: str = ""
    target: float | None = None
    target_note: str = ""
    look_here: bool = False
    note: str = ""
    compared: bool = True


@dataclass(frozen=True)
class TrendPoint:
    """One point over time. `preliminary`: late registrations are still to be expected."""

    period: Period
    value: Value
    preliminary: bool = False


@dataclass(frozen=True)
class EventNote:
    """A dated note that is drawn on charts over time (händelse)."""

    date: date
    text: str


@dataclass(frozen=True)
class FlowMonth:
    """One month of in and out: pågående at its start, nya and avslutade (persons)."""

    period: Period
    pagaende: Value
    nya: Value
    avslutade: Value
    preliminary: bool = False


@dataclass(frozen=True)
class FunnelPoint:
    """One insats in the funnel. `outside`: beyond 99.8 % and large enough to be flagged."""

    key: str
    label: str
    value: Value
    outside: bool = False
    too_few: bool = False


@dataclass(frozen=True)
class Funnel:
    """Insatser against one line. `center` is 0-1; limits are drawn by stats.funnel at 95 and 99.8 %."""

    center: Benchmark
    points: tuple[FunnelPoint, ...]
    comparisons: int


@dataclass(frozen=True)
class GroupDifference:
    """Two groups, or two times, side by side, and their difference with Newcombe's interval (share points, 0-1).

    `sakerhet`: "skiljer", "kan_vara_slump", "for_fa", "ofullstandig" (a sum lacks an insats), "samma_personer" (who may
    be in both), "" where there is nothing to judge.
    """

    label: str
    first: DotRow
    second: DotRow
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    sakerhet: str = ""


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
class SmallMultiple:
    """One small chart among several with the same axes."""

    key: str
    label: str
    points: tuple[TrendPoint, ...]
    target: float | None = None


@dataclass(frozen=True)
class KeyNumber:
    """One number with what it counts; `indikator` is its code, "deltagare_totalt" for the printed total."""

    indikator: str
    value: Value
    unit: Literal["antal", "andel", "kr"] = "antal"


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
class TargetPart:
    """One part of a goal that holds for each of several groups (delar): `klass` is "indelning:klass"."""

    klass: str
    value: Value
    verdict: Verdict


@dataclass(frozen=True)
class EarlierOutcome:
    """An outcome from before the goal's own time, such as the year that the plan compares with riket."""

    period: Period
    value: Value
    riket: float | None
    source: str


@dataclass(frozen=True)
class TargetRow:
    """One goal with where it stands. `measured` is the time the value covers, `pace` the count expected by now.

    `reason` is the Swedish reason from the plan's data why no verdict is given though there is a value; `partial`
    says that the value is a partial sum, which gets no verdict. `public`: documents that everybody may read give the
    outcome. A hidden goal has no `verdict` at all.
    """

    target: Target
    value: Value
    measured: Period
    basis: Basis
    verdict: Verdict | None
    namnare_typ: DenominatorType | None = None
    parts: tuple[TargetPart, ...] = ()
    pace: float | None = None
    riket: Benchmark | None = None
    outcome_text: str = ""
    note: str = ""
    comment: str = ""
    reason: str = ""
    partial: bool = False
    history: tuple[TrendPoint, ...] = ()
    earlier: tuple[EarlierOutcome, ...] = ()
    sources: tuple[Source, ...] = ()
    public: bool = False


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
    """What those who left lived on before and after. `to_goal` went to lön or studies, of `total`.

    `links` are the flows between, empty where they are not delivered. `largest_fall` is the key of the category that
    lost most persons, "" where none did.
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


Step = Literal["manad", "rullande", "tertial", "halvar", "ar"]
"""How the time is cut: months, twelve months that end in each month, tertial, half-years, years."""


@dataclass(frozen=True)
class LatePoint:
    """What a preliminary point usually becomes (share 0-1), and how many avslutade are usually added."""

    period: Period
    lower: float
    upper: float
    fewest: int
    most: int


@dataclass(frozen=True)
class Series:
    """The share over five years, cut one way. `refused`: the publishing grid holds no such cut, so nothing is there.

    `reading` is what the settled points say, None where none may be read. Its limits are of the points by index, or of
    `joined`: the longer points that small ones were put together to. `read_until` is the last that was read. `partial`
    are the points of the förbund that lack an insats: they are drawn, never read.
    """

    step: Step
    points: tuple[TrendPoint, ...] = ()
    refused: bool = False
    reading: SeriesReading | None = None
    joined: tuple[TrendPoint, ...] = ()
    read_until: Period | None = None
    late: tuple[LatePoint, ...] = ()
    partial: tuple[Period, ...] = ()


@dataclass(frozen=True)
class OverTime:
    """One insats, or (None) the förbund, over time in every cut there are figures for.

    `target` is the own goal of the same share, `riktning` its good side. `lag` is the usual size of later corrections,
    None where no month is preliminary and in publicering. `earlier` holds the period against the one a year before.
    """

    insats: str | None
    series: tuple[Series, ...]
    target: float | None = None
    riktning: Riktning | None = None
    events: tuple[EventNote, ...] = ()
    lag: Lag | None = None
    earlier: GroupDifference | None = None


@dataclass(frozen=True)
class CaseMixRow:
    """One insats: its share as it is, within each stratum, and as it would be with everybody's mix (share 0-1).

    `standardised` is None where it may not be computed, and `reason` says why: "for_fa" (a stratum under ten),
    "ofullstandig" (the strata do not add up to the whole), "dold", "" where there is nothing to compare with.
    """

    crude: DotRow
    strata: tuple[DotRow, ...]
    standardised: Measured | None = None
    reason: Literal["", "for_fa", "ofullstandig", "dold"] = ""


@dataclass(frozen=True)
class CaseMix:
    """Insatser of one purpose with the mix of one indelning ("kon", "alder" …) held equal.

    `klasser` heads the strata, `weights` is how many persons of the standardised insatser are in each, () where fewer
    than two could be. `turned` are pairs (lower, higher) that differ as they are, and the other way with equal mix.
    `largest_change` is how much a share changes at most (share points, 0-1), None where none is standardised.
    `refused`: the publishing grid holds no such strata.
    """

    purpose: Purpose | None
    indelning: str
    klasser: tuple[str, ...]
    rows: tuple[CaseMixRow, ...]
    weights: tuple[int, ...] = ()
    turned: tuple[tuple[str, str], ...] = ()
    largest_change: float | None = None
    refused: bool = False


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


@dataclass(frozen=True)
class LineComparison:
    """Insatser against one line: the keys ("insats" or "insats/indelning:klass") of those outside 99.8 %.

    `undecided` lie outside as far as is known, but unknown outcomes or too small expected numbers keep it from being
    said. `comparisons` is how many were compared; None where that is hidden. `expected` holds, for those outside, the
    shares between which chance alone would nearly always leave an insats of that size on the line.
    """

    kod: str
    line: Benchmark
    over: tuple[str, ...]
    under: tuple[str, ...]
    comparisons: int | None
    undecided: tuple[str, ...] = ()
    expected: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Insatser of one purpose side by side, in the plan's order. `lines` are what they can be held against.

    `purpose` None gathers the insatser whose purpose is not registered.
    """

    purpose: Purpose | None
    rows: tuple[DotRow, ...]
    lines: tuple[LineComparison, ...]


@dataclass(frozen=True)
class ComparisonDetail:
    """The same insatser over five years, by kön, against the year before and by kommun; built only when asked for."""

    purpose: Purpose | None
    multiples: tuple[SmallMultiple, ...]
    kon: tuple[GroupDifference, ...]
    kommuner: tuple[DotRow, ...]
    earlier: tuple[GroupDifference, ...] = ()


@dataclass(frozen=True)
class RiketYear:
    """One year: the förbund's own share, alla and per kön, and every value published for riket."""

    year: Period
    own: Value
    women: Value
    men: Value
    riket: tuple[ComparisonValue, ...]


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
