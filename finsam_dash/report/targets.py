"""The goals of a period: what is known of each at the period's end, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from finsam_dash.indicators.compute import compute_indicator, compute_published_share
from finsam_dash.indicators.figures import FORBUND, FigureSet, Subject, as_value, read_figure
from finsam_dash.judgement.protection.publish import is_public_row
from finsam_dash.judgement.verdict import NO_VERDICT, compute_pace, judge_parts, judge_target
from finsam_dash.model import (
    REFUSED,
    Basis,
    ComparisonValue,
    Gender,
    IndicatorRow,
    Measured,
    Missing,
    Period,
    Reason,
    SubjectKind,
    Suppressed,
    Target,
    TargetKind,
    TargetOutcome,
    Unit,
    Value,
)
from finsam_dash.report.content_parts import Benchmark, TrendPoint
from finsam_dash.report.content_targets import EarlierOutcome, TargetPart, TargetRow, is_of_others
from finsam_dash.report.overview import find_riket

GRACE = timedelta(days=31)
"""An outcome dated up to a month after the period's end is still "what was known at its end" (ENTER: 14 January)."""

HISTORY_YEARS = 4


def build_targets(
    figures: FigureSet,
    targets: Iterable[Target],
    outcomes: Iterable[TargetOutcome],
    comments: dict[str, str],
    comparison_values: tuple[ComparisonValue, ...],
    period: Period,
    *,
    compute_money: Callable[[Target], IndicatorRow | None] = lambda _: None,
) -> tuple[TargetRow, ...]:
    """Every goal whose time overlaps the period, in the plan's order, nothing yet hidden.

    `comments` are the period's analyses by goal code; they exist in intern only. `compute_money` gives the outcome of
    a goal about the förbund's own accounts.
    """
    by_target: dict[str, list[TargetOutcome]] = {}
    for outcome in outcomes:
        by_target.setdefault(outcome.target, []).append(outcome)
    return tuple(
        _build_row(
            figures,
            target,
            by_target.get(target.kod, []),
            comments,
            comparison_values,
            period,
            compute_money(target) if target.kind is TargetKind.PENGAR else None,
        )
        for target in sorted(targets, key=lambda target: (target.plan, target.order, target.kod))
        if _whole(target).overlaps(period) and (target.ended is None or target.ended >= period.start)
    )


def hide_target(row: TargetRow, hidden: Suppressed = REFUSED) -> TargetRow:
    """The goal with nothing left that could tell its outcome; a goal without a measured outcome stays as it is."""
    measured = [row.value, *(part.value for part in row.parts)]
    if not any(isinstance(value, Measured) for value in measured):
        return replace(row, comment="", history=(), earlier=())
    return TargetRow(
        target=row.target,
        value=hidden,
        measured=row.measured,
        basis=row.basis,
        verdict=None,
        namnare_typ=row.namnare_typ,
        riket=row.riket,
        reason=row.reason,
    )


def _whole(target: Target) -> Period:
    return Period(target.period.start, max(target.period.end, target.last_day))


def _build_row(
    figures: FigureSet,
    target: Target,
    outcomes: Sequence[TargetOutcome],
    comments: dict[str, str],
    comparison_values: tuple[ComparisonValue, ...],
    period: Period,
    money: IndicatorRow | None,
) -> TargetRow:
    known = _list_known(target, outcomes, period)
    measured = Period(target.period.start, min(target.period.end, max(period.end, target.period.start)))
    riket = find_riket(comparison_values, target.indikator, Gender.ALLA, period) if target.malkalla == "riket" else None
    computed = money if money is not None and period.end >= money.period.end else _compute(figures, target, measured)
    whole = next((outcome for outcome in known if not outcome.part), None)
    basis = Basis.UTFALL
    row: IndicatorRow | None = None
    if computed is not None and isinstance(computed.value, Measured):
        row = computed
    elif whole is not None:
        row = _read_outcome(figures, target, whole)
        measured = whole.period
        basis = whole.basis
    if target.last_day > period.end and basis is Basis.UTFALL:
        basis = Basis.HITTILLS
    time_is_out = basis is Basis.UTFALL
    value: Value = row.value if row is not None else _missing(target, known, computed, time_is_out=time_is_out)
    reason = target.comparable_reason if not target.comparable else ""
    namnare_typ = row.namnare_typ if row is not None else target.namnare_typ
    partial = row is not None and row.coverage is not None
    judged = not partial
    # An outcome that the plan's own data ties to this figure has been looked at: its `comparable` holds.
    tied = (
        whole is not None
        and whole.matt == target.indikator
        and row is not None
        and whole.reference_period == row.period
    )
    if row is not None and row is computed and not tied and is_of_others(target, row.namnare_typ):
        judged, reason = False, "annan_namnare"
    verdict = NO_VERDICT
    if judged:
        verdict = judge_target(
            target, value, basis=basis, time_is_out=time_is_out, riket=riket.value if riket is not None else None
        )
    parts = tuple(_build_part(figures, target, outcome, time_is_out=time_is_out) for outcome in known if outcome.part)
    if parts and not isinstance(value, Measured):
        verdict = judge_parts([part.verdict for part in parts]) if target.comparable else NO_VERDICT
    return TargetRow(
        target=target,
        value=value,
        measured=measured,
        basis=basis,
        verdict=verdict,
        namnare_typ=namnare_typ,
        parts=parts,
        pace=compute_pace(target, measured.end) if basis is Basis.HITTILLS else None,
        riket=riket,
        outcome_text=_join(outcome.text for outcome in known),
        note=_join(outcome.note for outcome in known),
        comment=comments.get(target.kod, ""),
        reason=reason,
        partial=partial,
        history=_list_history(figures, target, period),
        earlier=_list_earlier(figures, target, outcomes, comparison_values),
        sources=row.sources if row is not None else (),
        public=is_public_row(row, figures) if row is not None and row is computed else _is_printed(known),
    )


def _join(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _list_known(target: Target, outcomes: Sequence[TargetOutcome], period: Period) -> list[TargetOutcome]:
    """The latest outcomes of the goal's time that were known at the period's end."""
    known = [
        outcome
        for outcome in outcomes
        if outcome.period.overlaps(_whole(target)) and outcome.period.end <= period.end + GRACE
    ]
    latest = max((outcome.period.end for outcome in known), default=None)
    return [outcome for outcome in known if outcome.period.end == latest]


def _is_printed(known: Sequence[TargetOutcome]) -> bool:
    return bool(known) and all(outcome.dokument for outcome in known)


def _subject(target: Target) -> Subject:
    return (SubjectKind.INSATS, target.insats) if target.insats else FORBUND


def _compute(figures: FigureSet, target: Target, measured: Period) -> IndicatorRow | None:
    """The goal's indikator over the goal's own time so far; None where it is not one of the registry's."""
    indikator = figures.registry.indikatorer.get(target.indikator)
    if indikator is None or target.klass or target.scope == "grupp":
        return None
    row = compute_indicator(figures, indikator, target.insats or None, Gender.ALLA, measured)
    if isinstance(row.value, Missing) and not measured.is_whole_months:
        # A plan may end on 30 December; what is delivered by month covers the months that its time touches.
        months = measured.months()
        whole = Period(months[0].start, months[-1].end)
        return compute_indicator(figures, indikator, target.insats or None, Gender.ALLA, whole)
    return row


def _read_outcome(figures: FigureSet, target: Target, outcome: TargetOutcome) -> IndicatorRow:
    """An outcome as a row: the stored figure that it refers to, else its own value."""
    period = outcome.reference_period or outcome.period
    if outcome.matt:
        found = _read_reference(figures, _subject(target), outcome, period)
        if found is not None:
            return found
    value = outcome.value if outcome.value is not None else Missing(Reason.UPPGIFT_SAKNAS)
    return IndicatorRow(target.insats or None, Gender.ALLA, target.indikator, value, period, outcome.namnare_typ)


def _read_reference(
    figures: FigureSet, subject: Subject, outcome: TargetOutcome, period: Period
) -> IndicatorRow | None:
    name = subject[1] or None
    indikator = figures.registry.indikatorer.get(outcome.matt)
    if indikator is not None and not outcome.klass:
        row = compute_indicator(figures, indikator, name, Gender.ALLA, period)
        if isinstance(row.value, Measured):
            return row
    figure = figures.find_figure(subject, outcome.matt, Gender.ALLA, period, outcome.indelning, outcome.klass)
    if figure is None:
        return None
    if figure.unit is Unit.ANDEL:
        share = figures.registry.indikatorer["andel_arbete_studier"]
        row = compute_published_share(share, name, Gender.ALLA, period, figure)
        # The registry's default denominator is not this mått's own.
        return IndicatorRow(
            name, Gender.ALLA, outcome.matt, row.value, period, figure.namnare_typ or outcome.namnare_typ, row.sources
        )
    count = read_figure(figure)
    sources = () if isinstance(count, Missing) else tuple(sorted(count.sources))
    return IndicatorRow(name, Gender.ALLA, outcome.matt, as_value(count), period, figure.namnare_typ, sources)


def _build_part(figures: FigureSet, target: Target, outcome: TargetOutcome, *, time_is_out: bool) -> TargetPart:
    row = _read_outcome(figures, target, outcome)
    verdict = judge_target(target, row.value, basis=outcome.basis, time_is_out=time_is_out)
    return TargetPart(outcome.part, row.value, verdict)


def _missing(
    target: Target, known: Sequence[TargetOutcome], computed: IndicatorRow | None, *, time_is_out: bool
) -> Missing:
    """Why there is no value: the document's own reason, else what the kind of goal and its time say."""
    for outcome in known:
        if isinstance(outcome.value, Missing):
            return outcome.value
    if target.kind is TargetKind.UTAN_TAL:
        return Missing(Reason.EJ_TILLAMPLIGT, "utan_tal")
    if not time_is_out:
        return Missing(Reason.INGEN_UPPGIFT_ANNU)
    if computed is not None and isinstance(computed.value, Missing) and computed.value.detail:
        return Missing(Reason.UPPGIFT_SAKNAS, computed.value.detail)
    return Missing(Reason.UPPGIFT_SAKNAS)


def _list_history(figures: FigureSet, target: Target, period: Period) -> tuple[TrendPoint, ...]:
    """The goal's indikator over the calendar years up to the one asked; nothing for other periods."""
    if not period.is_calendar_year or _compute(figures, target, period) is None:
        return ()
    points = []
    for back in range(HISTORY_YEARS, -1, -1):
        year = period.shift_years(-back)
        row = _compute(figures, target, year)
        if row is not None and isinstance(row.value, Measured) and row.coverage is None:
            points.append(TrendPoint(year, row.value))
    return tuple(points)


def _list_earlier(
    figures: FigureSet,
    target: Target,
    outcomes: Sequence[TargetOutcome],
    comparison_values: tuple[ComparisonValue, ...],
) -> tuple[EarlierOutcome, ...]:
    """Outcomes that the documents give from before the goal's own time, each with riket's value of its year."""
    found = []
    for outcome in sorted(outcomes, key=lambda outcome: outcome.period):
        if outcome.period.overlaps(_whole(target)) or outcome.period.start > target.period.start:
            continue
        riket: Benchmark = find_riket(comparison_values, target.indikator, Gender.ALLA, outcome.period)
        same_source = [
            value.value
            for value in comparison_values
            if value.kind == "riket"
            and value.indikator == target.indikator
            and value.period == outcome.period
            and outcome.dokument
            and outcome.dokument in value.source
        ]
        row = _read_outcome(figures, target, outcome)
        found.append(
            EarlierOutcome(outcome.period, row.value, same_source[0] if same_source else riket.value, outcome.dokument)
        )
    return tuple(found)
