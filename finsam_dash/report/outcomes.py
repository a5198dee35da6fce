"""An insats's outcome as rows: over the period asked or its own, with the goals that hold for just that measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from finsam_dash.indicators.compute import compute_indicator, compute_published_share, compute_share, evaluate
from finsam_dash.indicators.figures import FigureSet, Subject
from finsam_dash.indicators.registry import Expression, Indikator, Term
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.model import (
    DenominatorType,
    Gender,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    SubjectKind,
    Suppressed,
    Unit,
    Value,
)
from finsam_dash.report.content_parts import DotRow
from finsam_dash.report.content_targets import TargetRow

HEADLINE = "andel_arbete_studier"
AT_EXIT, LATER = "vid_avslut", "senare"
OTHER_DENOMINATOR = "annan_namnare"
LATER_MEASURES = ("andel_uppfoljning_arbete_studier", "andel_anstallning")
"""Printed shares of those who work or study at a later time than the exit, or of a narrower outcome after it."""

FOLLOW_UP = "uppfoljning"
COMPARABLE = frozenset({DenominatorType.AVSLUTADE, DenominatorType.DELTAGARE, DenominatorType.INSKRIVNA})
"""Of whom a share must be to stand beside riket: those who left, or all who took part. The row says which."""


def insats_subject(kod: str) -> Subject:
    """The subject of an insats's own figures."""
    return (SubjectKind.INSATS, kod)


def is_counted(value: Value) -> bool:
    """Whether a share is known, if only so that nobody is in its denominator: then nothing is to stand in for it.

    What stands in, or is left out, may not depend on whether there was anybody: that is hidden in publicering.
    """
    return isinstance(value, Measured) or (isinstance(value, Missing) and value.detail == "namnare_noll")


def compute_nearest(
    figures: FigureSet, indikator: Indikator, insats: str, gender: Gender, period: Period
) -> IndicatorRow:
    """The indicator over the period asked, else over the insats's own stored period that overlaps it and ends last."""
    asked = compute_indicator(figures, indikator, insats, gender, period)
    if is_counted(asked.value):
        return asked
    subject = insats_subject(insats)
    own = set(figures.stored_periods(subject, indikator.kod))
    for numerator, _ in indikator.pairs:
        periods = [figures.stored_periods(subject, term.matt, term.indelning, term.klass) for term in numerator]
        own |= frozenset.intersection(*periods) if periods else frozenset()
    for other in latest_first(own, period):
        found = compute_indicator(figures, indikator, insats, gender, other)
        if isinstance(found.value, Measured):
            return found
    return asked


def list_class_rows(figures: FigureSet, insats: str, period: Period) -> dict[str, IndicatorRow]:
    """The headline as documents print it for subgroups, by "indelning:klass", each over its latest time in the period.

    A period of a subgroup's own that only overlaps the one asked will do.
    """
    indikator = figures.registry.indikatorer[HEADLINE]
    subject = insats_subject(insats)
    rows = {}
    for indelning, klass in sorted(figures.stored_classes(subject, HEADLINE)):
        for other in latest_first(figures.stored_periods(subject, HEADLINE, indelning, klass), period):
            stated = figures.find_figure(subject, HEADLINE, Gender.ALLA, other, indelning, klass)
            if stated is not None:
                rows[f"{indelning}:{klass}"] = compute_published_share(indikator, insats, Gender.ALLA, other, stated)
                break
    return rows


def order_classes(indelning: str, classes: Iterable[str]) -> list[str]:
    """The classes as the code list orders them; those that a förbund has made itself come last, by name."""
    order = {kod: place for place, kod in enumerate(load_codelist("klass").names)}
    return sorted(classes, key=lambda klass: (order.get(f"{indelning}:{klass}", len(order)), klass))


def latest_first(periods: Iterable[Period], asked: Period) -> list[Period]:
    """The periods that overlap the one asked but are no part of it, the one that ends last first."""
    overlapping = [period for period in periods if period.overlaps(asked) and not _is_part(period, asked)]
    return sorted(overlapping, key=lambda period: (period.end, period.days), reverse=True)


def _is_part(period: Period, asked: Period) -> bool:
    # A month of the year asked is no stand-in for the year.
    return asked.contains(period) and period != asked and period.is_whole_months and period.month_count <= 6


def compute_class_share(
    figures: FigureSet, indikator: Indikator, insats: str, gender: Gender, period: Period, indelning: str, klass: str
) -> IndicatorRow:
    """The indicator within one class: from the counts of the class, else as a document prints it for the class."""
    subject = insats_subject(insats)
    numerator, denominator = (_within(side, indelning, klass) for side in indikator.pairs[0])
    top = evaluate(figures, subject, numerator, gender, period)
    bottom = evaluate(figures, subject, denominator, gender, period)
    if isinstance(top, Missing) or isinstance(bottom, Missing):
        stated = figures.find_figure(subject, indikator.kod, gender, period, indelning, klass)
        if stated is not None:
            return compute_published_share(indikator, insats, gender, period, stated)
        lacking = top if isinstance(top, Missing) else bottom
        assert isinstance(lacking, Missing)
        return IndicatorRow(insats, gender, indikator.kod, lacking, period, indikator.namnare_typ)
    value = compute_share(top.value, bottom.value)
    sources = tuple(sorted(top.sources | bottom.sources))
    return IndicatorRow(insats, gender, indikator.kod, value, period, indikator.namnare_typ, sources)


def _within(expression: Expression, indelning: str, klass: str) -> Expression:
    return tuple(replace(term, indelning=indelning, klass=klass) for term in expression)


def build_outcomes(
    figures: FigureSet, insats: Insats, goals: Sequence[TargetRow], period: Period
) -> tuple[DotRow, ...]:
    """The rows of one insats: at exit, whole or where only that is published by subgroup, then later follow-ups.

    A goal is drawn only where it was judged on just this figure; else the row says that its denominator is another.
    """
    own = [goal for goal in goals if goal.target.insats == insats.kod and _is_share_goal(goal)]
    label = insats.kortnamn or insats.namn
    later = _build_later(insats, label, own)
    at_exit = _build_at_exit(figures, insats, label, own, period)
    if later and not any(is_counted(row.value) for row in at_exit):
        # The document measures this insats at a later time only, so nothing is lacking at exit.
        return later
    return (*at_exit, *(later or _build_latest_follow_up(figures, insats, label, period)))


def is_hidden_follow_up(row: DotRow) -> bool:
    """Whether a row is of a later time and hidden: it is no row, for whom there is to follow up would tell."""
    return row.group == LATER and isinstance(row.value, Suppressed)


def _is_share_goal(goal: TargetRow) -> bool:
    target = goal.target
    return target.unit is Unit.ANDEL and target.malvarde is not None and target.malkalla == "fast"


def _build_at_exit(
    figures: FigureSet, insats: Insats, label: str, goals: Sequence[TargetRow], period: Period
) -> tuple[DotRow, ...]:
    indikator = figures.registry.indikatorer[HEADLINE]
    row = compute_nearest(figures, indikator, insats.kod, Gender.ALLA, period)
    if not is_counted(row.value) and (parts := _build_parts(figures, insats, label, goals, period)):
        return parts
    dot = DotRow(insats.kod, label, row.value, row.period, row.namnare_typ, group=AT_EXIT)
    if isinstance(row.value, Measured):
        return (_with_goal(dot, goals),)
    return (_with_reason(dot, goals),)


def _build_parts(
    figures: FigureSet, insats: Insats, label: str, goals: Sequence[TargetRow], period: Period
) -> tuple[DotRow, ...]:
    """Where only subgroups are published, a row for each of them, the last class first; never a sum of them."""
    return tuple(
        _with_goal(DotRow(insats.kod, label, row.value, row.period, row.namnare_typ, klass, AT_EXIT), goals)
        for klass, row in reversed(list_class_rows(figures, insats.kod, period).items())
    )


def _with_goal(dot: DotRow, goals: Sequence[TargetRow]) -> DotRow:
    """The row with the goal that was judged on its very figure, else with the remark that the goal is of others."""
    named = [goal for goal in goals if _class_of(goal) == dot.klass and "arbete_studier" in goal.target.indikator]
    for goal in named:
        judged = goal.verdict is not None and goal.verdict.uppnatt is not None
        if judged and goal.target.indikator == HEADLINE and goal.value == dot.value and goal.measured == dot.period:
            return replace(dot, target=goal.target.malvarde)
    same_time = [goal for goal in named if goal.target.indikator.startswith(HEADLINE)]
    return replace(dot, target_note=OTHER_DENOMINATOR) if same_time else dot


def _class_of(goal: TargetRow) -> str:
    return f"{goal.target.indelning}:{goal.target.klass}" if goal.target.klass else ""


def _with_reason(dot: DotRow, goals: Sequence[TargetRow]) -> DotRow:
    """A row without outcome: the goal that waits for it, and what the plan's data say of when it is measured."""
    if not isinstance(dot.value, Missing) or dot.value.reason is not Reason.UPPGIFT_SAKNAS:
        # That nobody left is a finding too, and may be hidden: nothing but its own value may tell.
        return dot
    for goal in goals:
        at_exit = goal.target.indikator == HEADLINE and not _class_of(goal)
        if (at_exit or goal.target.outcome.startswith("arbete_studier")) and isinstance(goal.value, Missing):
            note = "" if at_exit else goal.target.mattidpunkt
            return replace(dot, value=goal.value, target=goal.target.malvarde, note=note)
    return dot


def _build_later(insats: Insats, label: str, goals: Sequence[TargetRow]) -> tuple[DotRow, ...]:
    """Rows of the outcomes that the plan's goals measure at a later time than the exit."""
    rows = []
    for goal in goals:
        if goal.target.indikator in LATER_MEASURES and isinstance(goal.value, Measured):
            judged = goal.verdict is not None and goal.verdict.uppnatt is not None and not goal.is_judged_of_others
            rows.append(
                DotRow(
                    insats.kod,
                    label,
                    goal.value,
                    goal.measured,
                    goal.namnare_typ,
                    group=LATER,
                    target=goal.target.malvarde if judged else None,
                    target_note="" if judged else OTHER_DENOMINATOR,
                    note=goal.target.mattidpunkt,
                    compared=False,
                )
            )
    return tuple(rows)


def _build_latest_follow_up(figures: FigureSet, insats: Insats, label: str, period: Period) -> tuple[DotRow, ...]:
    """The farthest follow-up that has an answer, for those who left in the period asked or the latest year before."""
    subject = insats_subject(insats.kod)
    classes = [
        klass
        for indelning, klass in figures.stored_classes(subject, "uppfoljning_arbete_studier")
        if indelning == FOLLOW_UP
    ]
    for klass in sorted(classes, key=distance, reverse=True)[:1]:
        for back in range(3):
            when = period.shift_years(-back)
            value = compute_follow_up(figures, subject, klass, when)
            if isinstance(value, Measured):
                row = DotRow(insats.kod, label, value, when, None, f"{FOLLOW_UP}:{klass}", LATER, compared=False)
                return (row,)
    return ()


def distance(klass: str) -> int:
    """How many months after the exit a follow-up is made: "avslut_12_man" is 12; 0 where the code says nothing."""
    return next((int(part) for part in klass.split("_") if part.isdigit()), 0)


def compute_follow_up(figures: FigureSet, subject: Subject, klass: str, period: Period) -> Value:
    """The share in work or studies of those followed up; who were not stand beside it as unknown."""
    counts = {
        matt: figures.count(subject, Term(1, matt, FOLLOW_UP, klass), Gender.ALLA, period)
        for matt in ("uppfoljning_arbete_studier", "uppfoljning_avslutade", "ej_uppfoljda")
    }
    for count in counts.values():
        if isinstance(count, Missing):
            return count
    k, n, unknown = (count.value for count in counts.values() if not isinstance(count, Missing))
    share = compute_share(k, n - unknown)
    return replace(share, unknown=int(unknown)) if isinstance(share, Measured) else share
