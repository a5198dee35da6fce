"""Läge publicering for the sections of the Report: what the plan shows is cut out of it, the rest is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.protection.grid import TELLING_DETAILS
from finsam_dash.judgement.protection.publish import COSTS, PublishingPlan, hide_row
from finsam_dash.judgement.verdict import NO_VERDICT, Sakerhet
from finsam_dash.model import (
    REFUSED,
    Gender,
    IndicatorRow,
    Measured,
    Missing,
    Period,
    Suppressed,
    Target,
    TargetKind,
    Value,
)
from finsam_dash.report.content_comparison import ComparisonDetail, FunnelPoint, LineComparison
from finsam_dash.report.content_insats import Flow, Forsorjning, InsatsSection, Trend
from finsam_dash.report.content_parts import Benchmark, DotRow, GroupDifference, TrendPoint
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.outcomes import HEADLINE, LATER, is_hidden_follow_up
from finsam_dash.report.targets import HISTORY_YEARS, hide_target
from finsam_dash.report.trend import read_trend


@dataclass(frozen=True)
class Cut:
    """Cuts parts of the Report out of the plan: what neither it nor a public document gives is hidden.

    `figures` are those that the parts were computed from; only figures whose counts are the plan's own are shown.
    `period` is the Report's.
    """

    plan: PublishingPlan
    figures: FigureSet
    period: Period

    def row(self, row: IndicatorRow) -> IndicatorRow:
        """One row, by the rule of röjandekontroll."""
        return hide_row(row, self.plan, self.figures)

    def value(
        self, value: Value, period: Period, insats: str | None, gender: Gender = Gender.ALLA, indikator: str = HEADLINE
    ) -> Value:
        """A value that an indicator has for an insats or (None) the förbund."""
        return self.row(IndicatorRow(insats, gender, indikator, value, period)).value

    def dot(self, dot: DotRow, gender: Gender = Gender.ALLA) -> DotRow:
        """A row of an insats; the grid holds no subgroups and no later follow-ups."""
        insats = dot.key.partition("/")[0]
        if (dot.klass or dot.group == LATER) and not self.figures.is_public(insats, dot.period):
            hidden: DotRow = _hide(dot)
            return hidden
        value = self.value(dot.value, dot.period, insats, gender)
        if isinstance(value, Suppressed):
            # Whether a goal was found to hold the row against depends on there being anybody in it.
            return replace(dot, value=value, look_here=False, target=None, target_note="", note="")
        return replace(dot, value=value, look_here=dot.look_here and isinstance(value, Measured))

    def points(self, points: tuple[TrendPoint, ...], insats: str | None, indikator: str) -> tuple[TrendPoint, ...]:
        """Points over time, each by itself."""
        return tuple(
            replace(point, value=self.value(point.value, point.period, insats, indikator=indikator)) for point in points
        )

    def groups(self, pair: GroupDifference) -> GroupDifference:
        """Kvinnor and män; their difference is shown only where both are."""
        first, second = self.dot(pair.first, Gender.KVINNA), self.dot(pair.second, Gender.MAN)
        if isinstance(first.value, Suppressed) or isinstance(second.value, Suppressed):
            pair = replace(pair, difference=None, lower=None, upper=None, sakerhet="")
        return replace(pair, first=first, second=second)

    def periods(self, pair: GroupDifference, insats: str | None) -> GroupDifference:
        """Two times of an insats or (None) the förbund; their difference is shown only where both are."""
        first, second = (
            replace(dot, value=self.value(dot.value, dot.period, insats)) for dot in (pair.first, pair.second)
        )
        if isinstance(first.value, Suppressed) or isinstance(second.value, Suppressed):
            pair = replace(pair, difference=None, lower=None, upper=None, sakerhet="")
        return replace(pair, first=first, second=second)

    def target(self, goal: TargetRow) -> TargetRow:
        """A goal with verdict, margin and sentence where its own figure is shown, else without any of them."""
        subject, indikator = goal.target.insats or None, goal.target.indikator
        goal = self._count_nobody(goal)
        kept = replace(
            goal,
            comment="",
            history=self.points(goal.history, subject, indikator),
            earlier=tuple(earlier for earlier in goal.earlier if earlier.source),
        )
        if goal.public:
            return kept
        if goal.target.kind is TargetKind.PENGAR and indikator not in COSTS:
            # Kronor, and kronor of kronor: no count of persons is behind them.
            return replace(kept, history=goal.history, outcome_text="", note="")
        value = self.value(goal.value, goal.measured, subject, indikator=indikator)
        if goal.parts or goal.target.klass:
            return hide_target(goal)
        if not isinstance(value, Measured):
            return hide_target(goal, value if isinstance(value, Suppressed) else REFUSED)
        return replace(kept, value=value, outcome_text="", note="")

    def _count_nobody(self, goal: TargetRow) -> TargetRow:
        """The goal with values to hide where a reason or a gap would tell that nobody is in the denominator."""
        nobody = self._find_nobody(goal.target, goal.measured)
        if nobody is not None and isinstance(goal.value, Missing) and not goal.public:
            goal = replace(goal, value=Measured(0.0), namnare_typ=nobody.namnare_typ)
        known = {point.period for point in goal.history}
        years = [self.period.shift_years(-back) for back in range(HISTORY_YEARS, -1, -1)]
        empty = [year for year in years if self.period.is_calendar_year and year not in known]
        found = [TrendPoint(year, Measured(0.0)) for year in empty if self._find_nobody(goal.target, year)]
        return replace(goal, history=tuple(sorted((*goal.history, *found), key=lambda point: point.period)))

    def _find_nobody(self, target: Target, period: Period) -> IndicatorRow | None:
        """The goal's row where the reason why it is missing is hidden."""
        indikator = self.figures.registry.indikatorer.get(target.indikator)
        if indikator is None or target.klass or target.scope == "grupp":
            return None
        row = compute_indicator(self.figures, indikator, target.insats or None, Gender.ALLA, period)
        is_told = isinstance(row.value, Missing) and isinstance(self.row(row).value, Suppressed)
        return row if is_told else None

    def insats_section(self, section: InsatsSection) -> InsatsSection:
        """The section of one insats: what the grid holds of it, and what documents print."""
        kod = section.insats.kod
        trend = replace(section.trend, events=())  # dated notes are for intern only
        goals = tuple(self.target(goal) for goal in section.goals)
        if any(goal.target.indikator == HEADLINE and isinstance(goal.value, Suppressed) for goal in goals):
            trend = replace(trend, target=None)  # as in `dot`: that there is a goal to draw may tell of somebody
        if self.figures.is_public(kod):
            return replace(section, trend=trend, goals=goals)
        hidden: InsatsSection = _hide(section)
        rows = [self.dot(dot) for dot in section.outcome]
        outcome = tuple(row for row in rows if not is_hidden_follow_up(row)) or hidden.outcome[:1]
        points = self.points(trend.points, kod, HEADLINE)
        return replace(
            hidden,
            verdict=section.verdict if isinstance(outcome[0].value, Measured) else NO_VERDICT,
            outcome=outcome,
            goals=goals,
            facts=tuple(self.row(row) for row in section.facts),
            kon=tuple(self.groups(pair) for pair in section.kon),
            trend=replace(
                trend,
                points=points,
                reading=read_trend(points),
                rolling=(),
                sakerhet=Sakerhet.EJ_TILLAMPLIGT,
            ),
            breakdowns=tuple(
                one if self.figures.is_public(kod, one.period) else _hide(one) for one in section.breakdowns
            ),
            follow_ups=tuple(
                one if self.figures.is_public(kod, one.period) else _hide(one) for one in section.follow_ups
            ),
        )

    def detail(self, detail: ComparisonDetail) -> ComparisonDetail:
        """Small multiples, kvinnor and män, and kommuner of a comparison."""
        return replace(
            detail,
            multiples=tuple(
                replace(one, points=self.points(one.points, one.key, HEADLINE)) for one in detail.multiples
            ),
            kon=tuple(self.groups(pair) for pair in detail.kon),
            kommuner=tuple(self.dot(dot) for dot in detail.kommuner),
            earlier=tuple(self.periods(pair, pair.first.key) for pair in detail.earlier),
        )


_EMPTY: Final[Mapping[type, dict[str, Any]]] = MappingProxyType(
    {
        DotRow: {"look_here": False},
        FunnelPoint: {"outside": False, "too_few": False},
        GroupDifference: {"difference": None, "lower": None, "upper": None, "sakerhet": ""},
        LineComparison: {"over": (), "under": (), "comparisons": None, "undecided": (), "expected": ()},
        Flow: {"balance": ""},
        # Dated notes are for intern only.
        Trend: {"sakerhet": Sakerhet.EJ_TILLAMPLIGT, "events": (), "reading": None},
        # Flows that nobody went are not listed, so the list itself tells.
        Forsorjning: {"links": (), "largest_fall": ""},
        InsatsSection: {"verdict": NO_VERDICT, "stated": (), "deliveries": ()},
    }
)
"""What a part says of persons beside its values, emptied."""


def _hide(part: Any) -> Any:
    """The part of a Report with nothing left that was computed from persons: values, flags, comparisons, texts.

    What is missing stays missing, with its reason; what a plan or a national report prints stays too.
    """
    if isinstance(part, Measured) or (isinstance(part, Missing) and part.detail in TELLING_DETAILS):
        return REFUSED
    if isinstance(part, TargetRow):
        return hide_target(part)
    if isinstance(part, IndicatorRow):
        is_hidden = isinstance(_hide(part.value), Suppressed)
        return replace(part, value=REFUSED, coverage=None, sources=(), codes=()) if is_hidden else part
    if isinstance(part, Benchmark):
        return replace(part, value=None) if part.kind == "pooled" else part
    if isinstance(part, tuple):
        return tuple(_hide(one) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    hidden = {field.name: _hide(getattr(part, field.name)) for field in fields(part) if field.init}
    return replace(part, **(hidden | _EMPTY.get(type(part), {})))
