"""The section of one insats: its outcome, its people, its goals, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from finsam_dash.indicators.compute import compute_published_share
from finsam_dash.indicators.figures import FigureSet, as_value, read_figure
from finsam_dash.judgement.verdict import NO_VERDICT, Verdict, judge_against_riket
from finsam_dash.model import Figure, Gender, IndicatorRow, Insats, Period, Source, Unit
from finsam_dash.report.content_insats import InsatsSection, StatedFigure, Subgroups
from finsam_dash.report.content_parts import Benchmark, DeliveryInfo, DotRow, EventNote
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.differences import build_kon
from finsam_dash.report.insats_people import build_breakdowns, build_follow_ups, build_forsorjning, build_recruitment
from finsam_dash.report.outcomes import AT_EXIT, COMPARABLE, HEADLINE, build_outcomes, compute_nearest, insats_subject
from finsam_dash.report.trend import build_flow, build_trend, find_preliminary_from, judge_trend, read_trend

FACTS = (
    "deltagare",
    "deltaganden",
    "deltagare_utan_personuppgifter",
    "nya",
    "avslutade",
    "bortfall",
    "andel_bortfall",
    "andel_kvinnor",
    "andel_under_30",
    "andel_utrikesfodda",
    "andel_forsorjning_over_3_ar",
    "forbrukningskvot",
    "forbrukad_andel",
    "kostnad_per_deltagande",
    "kostnad_per_resultat",
)


def build_insats(
    figures: FigureSet,
    insats: Insats,
    period: Period,
    *,
    riket: Benchmark,
    goals: Sequence[TargetRow],
    deliveries: Sequence[DeliveryInfo],
    events: Sequence[EventNote] = (),
    shortest: int = 1,
) -> InsatsSection:
    """Build the section of one insats from figures that nothing has yet been hidden of.

    `goals` are those of the whole förbund in the period, `deliveries` those that may be named, `events` the dated
    notes of the förbund and of this insats. `shortest`: no part of the trend is of fewer months.
    """
    subject = insats_subject(insats.kod)
    stored = figures.subject_figures(subject)
    outcome = build_outcomes(figures, insats, goals, period)
    own_goals = tuple(goal for goal in goals if goal.target.insats == insats.kod)
    preliminary_from = find_preliminary_from(stored)
    goal = _find_headline_goal(outcome, own_goals)
    trend = build_trend(figures, insats, period, preliminary_from, shortest)
    trend = replace(trend, reading=read_trend(trend.points))
    behind = {figure.leverans for figure in stored}
    steps, steps_period = build_recruitment(figures, subject, period)
    return InsatsSection(
        insats=insats,
        riket=riket,
        verdict=_judge_against_riket(outcome[0], riket),
        outcome=outcome,
        goal=goal,
        goals=own_goals,
        facts=_build_facts(figures, insats, period),
        kon=tuple(pair for pair in (build_kon(figures, insats, period),) if pair is not None),
        trend=judge_trend(trend, next((one for one in own_goals if one.target.kod == goal), None), events),
        flow=build_flow(figures, insats, period, preliminary_from),
        breakdowns=build_breakdowns(figures, insats, stored, period),
        forsorjning=build_forsorjning(figures, subject, period),
        follow_ups=build_follow_ups(figures, subject, stored, period),
        subgroups=_build_subgroups(figures, insats, stored, own_goals, period),
        recruitment=steps,
        recruitment_period=steps_period,
        chain=list_chain(figures.insatser, insats),
        stated=_list_stated(stored, insats, figures, period),
        deliveries=tuple(delivery for delivery in deliveries if delivery.id in behind),
    )


def _judge_against_riket(row: DotRow, riket: Benchmark) -> Verdict:
    if riket.value is None or row.group != AT_EXIT or row.klass or row.namnare_typ not in COMPARABLE:
        return NO_VERDICT
    return judge_against_riket(row.value, riket.value)


def _find_headline_goal(outcome: Sequence[DotRow], goals: Sequence[TargetRow]) -> str:
    """The code of the goal that is drawn at the first row which has one."""
    for row in outcome:
        for goal in goals:
            if row.target is not None and goal.target.malvarde == row.target and goal.value == row.value:
                return goal.target.kod
    return ""


def _build_facts(figures: FigureSet, insats: Insats, period: Period) -> tuple[IndicatorRow, ...]:
    rows = []
    for kod in FACTS:
        indikator = figures.registry.indikatorer.get(kod)
        if indikator is None:
            continue
        genders = (Gender.ALLA,) if indikator.form != "antal" else (Gender.ALLA, Gender.KVINNA, Gender.MAN)
        rows += [compute_nearest(figures, indikator, insats.kod, gender, period) for gender in genders]
    return tuple(rows)


def _build_subgroups(
    figures: FigureSet, insats: Insats, stored: Sequence[Figure], goals: Sequence[TargetRow], period: Period
) -> tuple[Subgroups, ...]:
    """Shares that are printed for each of the insats's own groups or steps, a measure at a time."""
    indikator = figures.registry.indikatorer[HEADLINE]
    by_matt: dict[str, list[DotRow]] = {}
    for figure in stored:
        if figure.indelning not in ("grupp", "steg") or figure.unit is not Unit.ANDEL:
            continue
        if figure.gender is not Gender.ALLA or not figure.period.overlaps(period):
            continue
        row = compute_published_share(indikator, insats.kod, Gender.ALLA, figure.period, figure)
        klass = f"{figure.indelning}:{figure.klass}"
        by_matt.setdefault(figure.matt, []).append(
            DotRow(f"{insats.kod}/{klass}", "", row.value, figure.period, row.namnare_typ, klass)
        )
    targets = {goal.target.indikator: goal.target.malvarde for goal in goals if goal.parts}
    order = sorted(by_matt, key=lambda matt: ("manader" in matt, matt))
    return tuple(Subgroups(matt, tuple(by_matt[matt]), targets.get(matt)) for matt in order)


def list_chain(insatser: Sequence[Insats], insats: Insats) -> tuple[Insats, ...]:
    """The insats with all that it follows on and all that follows on it, the earliest first."""
    by_code = {one.kod: one for one in insatser}
    found: dict[str, Insats] = {}
    queue = [insats]
    while queue:
        one = queue.pop()
        if one.kod in found:
            continue
        found[one.kod] = one
        queue += [by_code[kod] for kod in one.predecessors if kod in by_code]
        queue += [other for other in insatser if one.kod in other.predecessors]
    return tuple(
        sorted(found.values(), key=lambda one: (min((part.start for part in one.periods), default=date.max), one.kod))
    )


def _list_stated(
    stored: Sequence[Figure], insats: Insats, figures: FigureSet, period: Period
) -> tuple[StatedFigure, ...]:
    """What documents print about the insats for times that touch the period, in the order of the registry."""
    indikator = figures.registry.indikatorer[HEADLINE]
    order = {matt: place for place, matt in enumerate((*figures.registry.indikatorer, *figures.registry.matt))}
    rows = []
    for figure in stored:
        if not figure.uttryck or not figure.period.overlaps(period):
            continue
        if figure.unit is Unit.ANDEL:
            value = compute_published_share(indikator, insats.kod, figure.gender, figure.period, figure).value
        else:
            value = as_value(read_figure(figure))
        klass = f"{figure.indelning}:{figure.klass}" if figure.indelning else ""
        source = Source(figure.leverans, figure.dokument, figure.rubrik)
        rows.append(
            StatedFigure(
                figure.matt,
                klass,
                figure.gender,
                figure.period,
                value,
                figure.unit,
                figure.namnare_typ,
                figure.uttryck,
                source,
            )
        )
    return tuple(sorted(rows, key=lambda row: (order.get(row.matt, len(order)), row.klass, row.period)))
