"""build_report: load what is stored, compute, judge, protect, and freeze."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from finsam_dash.indicators.compute import compute_indicator, compute_indicators
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.protection.grid import GRID_MONTHS
from finsam_dash.judgement.protection.publish import PublishingPlan, hide_rows
from finsam_dash.model import EconomyRow, Event, Gender, Lage, Period, Target, TargetComment, TargetOutcome
from finsam_dash.report.attention import build_attention
from finsam_dash.report.case_mix import build_case_mix
from finsam_dash.report.comparison import build_comparison_details, build_comparisons
from finsam_dash.report.content import Changes, FigureChange, Report
from finsam_dash.report.content_parts import DeliveryInfo, EventNote
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.economy import compute_equity_share, hide_cost
from finsam_dash.report.hiding import Cut
from finsam_dash.report.insats import build_insats
from finsam_dash.report.outcomes import HEADLINE
from finsam_dash.report.over_time import HEADLINE_COUNTS, build_over_time
from finsam_dash.report.overview import build_overview, find_riket
from finsam_dash.report.protection import load_plan
from finsam_dash.report.registers import load_economy_registers, load_register_sections
from finsam_dash.report.riket import build_riket
from finsam_dash.report.targets import build_targets
from finsam_dash.store import (
    DeliveryChanges,
    DeliveryState,
    Store,
    UnknownInsatsError,
    load_changes,
    load_comparison_values,
    load_data_version,
    load_deliveries,
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
        load_entries(store, forbund, EconomyRow),
        as_of=as_of,
    )


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
    only). In publicering every figure is protected here,
    before any surface sees it. `figures` are those of `load_figure_set` at this very data version, `plan` what may be
    published of it and `deliveries` another Report's at that version, where the caller keeps them; a plan that is not
    stored is made first, which takes seconds.
    `waiting`: the plan shows nothing yet, because it is being made. Raises store's UnknownForbundError and
    UnknownInsatsError.
    """
    data_version = load_data_version(store)
    found = load_forbund(store, forbund)
    settings = load_settings(store, forbund)
    if figures is None:
        figures = load_figure_set(store, forbund, known_by, as_of=as_of)
    if deliveries is None:
        deliveries = [
            DeliveryInfo(delivery.id, delivery.namn or delivery.fil, delivery.known_from)
            for delivery in load_deliveries(store, forbund)
            if delivery.state is not DeliveryState.ANGRAD and (known_by is None or delivery.known_from <= known_by)
        ]
    chosen = None if insatser is None else tuple(insatser)
    registered = {insats.kod for insats in figures.insatser}
    for kod in (*(chosen or ()), *((insats,) if insats is not None else ())):
        if kod not in registered:
            raise UnknownInsatsError(forbund, kod)
    rows = compute_indicators(figures, period, chosen, with_forbund=with_forbund)
    cut = None
    if lage is Lage.PUBLICERING:
        cut = Cut(plan if plan is not None else load_plan(store, forbund), figures, period)
        rows = hide_rows(rows, cut.plan, figures)
    wanted = frozenset(sections)
    comparison_values = load_comparison_values(store, forbund)
    overview = None
    if "overview" in wanted:
        overview = build_overview(
            figures,
            rows,
            period,
            comparison_values=comparison_values,
            changes=_read_changes(load_changes(store, forbund)) if cut is None else None,
            cut=cut.row if cut is not None else lambda row: row,
        )
    goals: tuple[TargetRow, ...] = ()
    about_all = wanted & {"targets", "comparison", "comparison_detail", "attention", "over_time"}
    if about_all or "insats" in wanted:
        comments = load_entries(store, forbund, TargetComment) if lage is Lage.INTERN else ()
        outcomes = load_entries(store, forbund, TargetOutcome)
        goals = build_targets(
            figures,
            [target for target in load_entries(store, forbund, Target) if about_all or target.insats == insats],
            [outcome for outcome in outcomes if known_by is None or outcome.known_from <= known_by],
            {comment.target: comment.text for comment in comments if comment.period == period},
            comparison_values,
            period,
            compute_money=lambda target: compute_equity_share(figures, load_economy_registers(store, forbund), target),
        )
    targets = None
    if "targets" in wanted:
        targets = goals if cut is None else tuple(cut.target(goal) for goal in goals)
    riket = find_riket(comparison_values, HEADLINE, Gender.ALLA, period)
    insats_section = None
    if "insats" in wanted and insats is not None:
        insats_section = build_insats(
            figures,
            next(one for one in figures.insatser if one.kod == insats),
            period,
            riket=riket,
            goals=goals,
            deliveries=deliveries,
            events=[
                EventNote(event.date, event.text)
                for event in load_entries(store, forbund, Event)
                if event.insats in ("", insats)
            ],
            shortest=1 if cut is None or figures.is_public(insats) else GRID_MONTHS[cut.plan.grid],
        )
        if cut is not None:
            insats_section = cut.insats_section(insats_section)
    comparison = comparison_detail = None
    if wanted & {"comparison", "comparison_detail", "attention"}:
        headline = compute_indicator(figures, figures.registry.indikatorer[HEADLINE], None, Gender.ALLA, period)
        comparison = build_comparisons(
            figures,
            goals,
            period,
            riket=riket,
            headline=headline if cut is None else cut.row(headline),
            cut=cut.dot if cut is not None else lambda dot: dot,
        )
        if "comparison_detail" in wanted:
            comparison_detail = build_comparison_details(figures, comparison, period)
            if cut is not None:
                comparison_detail = tuple(cut.detail(detail) for detail in comparison_detail)
    over_time = None
    if "over_time" in wanted:
        over_time = build_over_time(
            figures,
            None if insats is None else next(one for one in figures.insatser if one.kod == insats),
            period,
            goals=goals,
            load_versions=lambda codes: [
                version
                for version in load_versions(store, forbund, subjects=codes, matt=HEADLINE_COUNTS)
                if known_by is None or version.known_from <= known_by
            ],
            events=[
                EventNote(event.date, event.text)
                for event in load_entries(store, forbund, Event)
                if event.insats in ("", insats)
            ],
            cut=cut,
        )
    case_mix = build_case_mix(figures, period, cut=cut) if "case_mix" in wanted else None
    attention = None
    if "attention" in wanted and cut is None:
        attention = build_attention(
            figures,
            rows,
            goals,
            comparison or (),
            _read_changes(load_changes(store, forbund)),
            period,
            as_of=as_of,
            report_day=settings.report_day,
        )
    riket_section = None
    if "riket" in wanted:
        riket_section = build_riket(figures, comparison_values, period, cut.row if cut is not None else lambda row: row)
    ends = [stored.end for stored in figures.all_periods()]
    return Report(
        forbund=found,
        period=period,
        lage=lage,
        as_of=as_of,
        data_version=data_version,
        threshold=settings.threshold,
        insatser=tuple(
            insats for insats in figures.insatser if insats.is_active(period) or insats.kod in (chosen or ())
        ),
        deliveries=tuple(deliveries),
        rows=rows,
        data_to=max(ends, default=None),
        imported=max((delivery.known_from for delivery in deliveries), default=None),
        protection="" if cut is None else "vantar" if waiting else _describe_cut(cut, period),
        publishing_grid="" if cut is None else settings.publishing_grid,
        overview=overview,
        targets=targets,
        riket=riket_section,
        insats=insats_section,
        comparison=comparison,
        comparison_detail=comparison_detail,
        attention=attention,
        over_time=over_time,
        case_mix=case_mix,
        **load_register_sections(
            store,
            forbund,
            figures,
            period,
            lage=lage,
            as_of=as_of,
            sections=wanted,
            cut=cut.row if cut is not None else hide_cost,
        ),
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
