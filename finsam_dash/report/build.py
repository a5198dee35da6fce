"""build_report: load what is stored, compute, judge, protect, and freeze."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Literal

from finsam_dash.indicators.compute import compute_indicator, compute_indicators
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.protection.places import GRID_MONTHS
from finsam_dash.judgement.protection.publish import PublishingPlan, hide_rows
from finsam_dash.model import (
    ComparisonValue,
    Event,
    Figure,
    Gender,
    IndicatorRow,
    Insats,
    Lage,
    Period,
    Target,
    TargetComment,
    TargetOutcome,
)
from finsam_dash.report.attention import build_attention
from finsam_dash.report.case_mix import build_case_mix
from finsam_dash.report.comparison import build_comparison_details, build_comparisons
from finsam_dash.report.content import Changes, FigureChange, Report
from finsam_dash.report.content_comparison import Comparison
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_parts import Benchmark, DeliveryInfo, EventNote
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.economy import compute_equity_share, hide_cost
from finsam_dash.report.hiding import Cut
from finsam_dash.report.insats import build_insats
from finsam_dash.report.outcomes import HEADLINE
from finsam_dash.report.over_time import HEADLINE_COUNTS, build_over_time
from finsam_dash.report.overview import build_overview, find_riket
from finsam_dash.report.protection import load_plan
from finsam_dash.report.registers import load_amounts, load_economy_registers, load_register_sections
from finsam_dash.report.riket import build_riket
from finsam_dash.report.targets import build_targets
from finsam_dash.store import (
    DeliveryChanges,
    Store,
    UnknownInsatsError,
    load_basis,
    load_changes,
    load_comparison_values,
    load_data_version,
    load_delivery_names,
    load_entries,
    load_figures,
    load_forbund,
    load_insatser,
    load_settings,
    load_versions,
)


def load_figure_set(
    store: Store, forbund: str, known_by: date | None = None, *, as_of: date | None = None
) -> FigureSet:
    """The förbund's current figures, or those that were known on a day, ready for computing; `as_of` is today."""
    return FigureSet(
        load_figures(store, forbund, known_by=known_by),
        load_insatser(store, forbund),
        load_registry(),
        load_amounts(store, forbund, known_by),
        as_of=as_of,
    )


def load_protected(
    store: Store, forbund: str, known_by: date | None = None, *, as_of: date | None = None
) -> tuple[FigureSet, PublishingPlan]:
    """The förbund's figures and the plan of these very figures, also when they change while the plan is made."""
    while True:
        version = load_data_version(store)
        figures, plan = load_figure_set(store, forbund, known_by, as_of=as_of), load_plan(store, forbund)
        if load_basis(store, forbund) <= version:
            return figures, plan


def build_report(
    store: Store,
    forbund: str,
    period: Period,
    *,
    lage: Lage,
    as_of: date,
    insatser: Iterable[str] | None = None,
    with_forbund: bool = True,
    known_by: date | None = None,
    sections: Iterable[str] = (),
    insats: str | None = None,
    figures: FigureSet | None = None,
    plan: PublishingPlan | None = None,
    deliveries: Sequence[DeliveryInfo] | None = None,
    waiting: bool = False,
) -> Report:
    """Build the Report of one förbund and period.

    `as_of` is today, given by the surface. `insatser` None: every insats active in the period. Without
    `with_forbund` the rows are of insatser alone. `known_by`: only what was known on that day. `sections` names the
    parts beyond the rows: "overview", "targets", "avstamning" (intern only), "insats" (the one that `insats` names),
    "comparison", "comparison_detail", "case_mix", "over_time" (of `insats`, else of the förbund), "attention" (intern
    only), "riket" and those of `load_register_sections`. In publicering every figure is protected here, before any
    surface sees it. `figures` are those of `load_figure_set` at this very data version, `plan` what may be published
    of it and `deliveries` those of `load_delivery_infos`, where the caller keeps them; a plan that is not stored is
    made first, which takes seconds. `waiting`: the plan shows nothing yet, because it is being made. Raises store's
    UnknownForbundError and UnknownInsatsError.
    """
    data_version = load_data_version(store)
    found = load_forbund(store, forbund)
    settings = load_settings(store, forbund)
    if figures is None and plan is None and lage is Lage.PUBLICERING:
        figures, plan = load_protected(store, forbund, known_by, as_of=as_of)
    if figures is None:
        figures = load_figure_set(store, forbund, known_by, as_of=as_of)
    if deliveries is None:
        deliveries = load_delivery_infos(store, forbund, known_by)
    chosen = None if insatser is None else tuple(insatser)
    by_code = {one.kod: one for one in figures.insatser}
    for kod in (*(chosen or ()), *((insats,) if insats is not None else ())):
        if kod not in by_code:
            raise UnknownInsatsError(forbund, kod)
    rows = compute_indicators(figures, period, chosen, with_forbund=with_forbund)
    cut = None
    if lage is Lage.PUBLICERING:
        cut = Cut(plan if plan is not None else load_plan(store, forbund), figures, period)
        rows = hide_rows(rows, cut.plan, figures)
    wanted = frozenset(sections)
    draft = _Draft(store, forbund, period, known_by, None if insats is None else by_code[insats], figures, cut)
    ends = [stored.end for stored in figures.all_periods()]
    return Report(
        forbund=found,
        period=period,
        lage=lage,
        as_of=as_of,
        data_version=data_version,
        threshold=settings.threshold,
        insatser=tuple(one for one in figures.insatser if one.is_active(period) or one.kod in (chosen or ())),
        deliveries=tuple(deliveries),
        rows=rows,
        data_to=max(ends, default=None),
        imported=max((delivery.known_from for delivery in deliveries), default=None),
        protection="" if cut is None else "vantar" if waiting else _describe_cut(cut, period),
        publishing_grid="" if cut is None else settings.publishing_grid,
        every_insats=figures.insatser,
        **_build_figure_sections(draft, rows, deliveries, wanted, as_of, settings.report_day),
        **load_register_sections(
            store, forbund, figures, period, lage=lage, as_of=as_of, sections=wanted,
            cut=hide_cost if cut is None else cut.row, known_by=known_by,
        ),
    )  # fmt: skip


def load_delivery_infos(store: Store, forbund: str, known_by: date | None = None) -> tuple[DeliveryInfo, ...]:
    """The förbund's deliveries that are not undone, or those that were known on a day, oldest first."""
    return tuple(
        DeliveryInfo(number, name, known_from)
        for number, name, known_from in load_delivery_names(store, forbund)
        if known_by is None or known_from <= known_by
    )


@dataclass(frozen=True)
class _Draft:
    """What the sections of one Report are built from. `insats` is the one they are about; `cut` is None in intern."""

    store: Store
    forbund: str
    period: Period
    known_by: date | None
    insats: Insats | None
    figures: FigureSet
    cut: Cut | None

    def hide(self, row: IndicatorRow) -> IndicatorRow:
        """What may be shown of the row."""
        return row if self.cut is None else self.cut.row(row)

    @cached_property
    def comparison_values(self) -> tuple[ComparisonValue, ...]:
        return load_comparison_values(self.store, self.forbund)

    @cached_property
    def riket(self) -> Benchmark:
        """Riket's headline for the period."""
        return find_riket(self.comparison_values, HEADLINE, Gender.ALLA, self.period)

    @cached_property
    def changes(self) -> Changes | None:
        """What the latest delivery changed; for intern only."""
        return _read_changes(load_changes(self.store, self.forbund)) if self.cut is None else None

    def load_events(self) -> list[EventNote]:
        """The dated notes of the förbund and of the insats."""
        own = ("", self.insats.kod) if self.insats is not None else ("",)
        entries = load_entries(self.store, self.forbund, Event)
        return [EventNote(event.date, event.text) for event in entries if event.insats in own]

    def load_versions(self, codes: Collection[str]) -> list[Figure]:
        """Every value of the headline's counts that deliveries have stated of the insatser, oldest first."""
        versions = load_versions(self.store, self.forbund, subjects=codes, matt=HEADLINE_COUNTS)
        return [version for version in versions if self.known_by is None or version.known_from <= self.known_by]


def _build_figure_sections(
    draft: _Draft,
    rows: tuple[IndicatorRow, ...],
    deliveries: Sequence[DeliveryInfo],
    wanted: frozenset[str],
    as_of: date,
    report_day: int,
) -> dict[str, Any]:
    """The sections about figures that were asked for, by their names in the Report."""
    figures, period, cut = draft.figures, draft.period, draft.cut
    found: dict[str, Any] = {}
    if "overview" in wanted:
        found["overview"] = build_overview(
            figures, rows, period,
            comparison_values=draft.comparison_values, changes=draft.changes, cut=draft.hide,
        )  # fmt: skip
    goals: tuple[TargetRow, ...] = ()
    about_all = bool(wanted & {"targets", "comparison", "comparison_detail", "attention", "over_time"})
    if about_all or "insats" in wanted:
        goals = _build_goals(draft, about_all=about_all)
    if "targets" in wanted:
        found["targets"] = goals if cut is None else tuple(cut.target(goal) for goal in goals)
    if "insats" in wanted and draft.insats is not None:
        found["insats"] = _build_insats_section(draft, draft.insats, goals, deliveries)
    if wanted & {"comparison", "comparison_detail", "attention"}:
        found["comparison"] = comparison = _build_comparison(draft, goals)
        if "comparison_detail" in wanted:
            details = build_comparison_details(figures, comparison, period)
            found["comparison_detail"] = details if cut is None else tuple(cut.detail(detail) for detail in details)
        if "attention" in wanted and cut is None:
            found["attention"] = build_attention(
                figures, rows, goals, comparison, draft.changes, period, as_of=as_of, report_day=report_day
            )
    if "over_time" in wanted:
        found["over_time"] = build_over_time(
            figures, draft.insats, period,
            goals=goals, load_versions=draft.load_versions, events=draft.load_events(), cut=cut,
        )  # fmt: skip
    if "case_mix" in wanted:
        found["case_mix"] = build_case_mix(figures, period, cut=cut)
    if "riket" in wanted:
        found["riket"] = build_riket(figures, draft.comparison_values, period, draft.hide)
    return found


def _build_goals(draft: _Draft, *, about_all: bool) -> tuple[TargetRow, ...]:
    """The goals of the period, nothing yet hidden: of the whole förbund, else of the one insats."""
    store, forbund = draft.store, draft.forbund
    load_registers = cache(lambda: load_economy_registers(store, forbund, draft.known_by))
    own = draft.insats.kod if draft.insats is not None else None
    comments = load_entries(store, forbund, TargetComment) if draft.cut is None else ()
    outcomes = load_entries(store, forbund, TargetOutcome)
    return build_targets(
        draft.figures,
        [target for target in load_entries(store, forbund, Target) if about_all or target.insats == own],
        [outcome for outcome in outcomes if draft.known_by is None or outcome.known_from <= draft.known_by],
        {comment.target: comment.text for comment in comments if comment.period == draft.period},
        draft.comparison_values,
        draft.period,
        compute_money=lambda target: compute_equity_share(draft.figures, load_registers(), target),
    )


def _build_insats_section(
    draft: _Draft, insats: Insats, goals: Sequence[TargetRow], deliveries: Sequence[DeliveryInfo]
) -> InsatsSection:
    cut = draft.cut
    section = build_insats(
        draft.figures,
        insats,
        draft.period,
        riket=draft.riket,
        goals=goals,
        deliveries=deliveries,
        events=draft.load_events(),
        shortest=1 if cut is None or draft.figures.is_public(insats.kod) else GRID_MONTHS[cut.plan.grid],
    )
    return section if cut is None else cut.insats_section(section)


def _build_comparison(draft: _Draft, goals: Sequence[TargetRow]) -> tuple[Comparison, ...]:
    figures, cut = draft.figures, draft.cut
    headline = compute_indicator(figures, figures.registry.indikatorer[HEADLINE], None, Gender.ALLA, draft.period)
    return build_comparisons(
        figures,
        goals,
        draft.period,
        riket=draft.riket,
        headline=draft.hide(headline),
        cut=cut.dot if cut is not None else lambda dot: dot,
    )


def _describe_cut(cut: Cut, period: Period) -> Literal["inom", "bara_forbundet", "utanfor"]:
    if cut.figures.is_public() or cut.plan.covers(period, insatser=True):
        return "inom"
    return "bara_forbundet" if cut.plan.covers(period, insatser=False) else "utanfor"


def _read_changes(changes: DeliveryChanges | None) -> Changes | None:
    if changes is None:
        return None
    delivery = changes.delivery
    return Changes(
        DeliveryInfo(delivery.id, delivery.namn or delivery.fil, delivery.known_from),
        changes.new,
        tuple(
            FigureChange(
                change.after.subject or None,
                change.after.matt,
                change.after.gender,
                change.after.period,
                change.before.value,
                change.after.value,
            )
            for change in changes.changed
        ),
    )
