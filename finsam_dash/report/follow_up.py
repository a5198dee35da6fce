"""Uppföljning efter avslut: what had become of those who left, at a distance; who is not known is never nobody."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from finsam_dash.indicators.figures import Count, FigureSet, Subject
from finsam_dash.indicators.registry import Term
from finsam_dash.model import (
    REFUSED,
    Document,
    Figure,
    Gender,
    Lage,
    Measured,
    Missing,
    Period,
    Reason,
    SubjectKind,
    Unit,
    Value,
)
from finsam_dash.report.content_samverkan import FollowUpOutcome, FollowUpRow
from finsam_dash.stats.proportions import wilson

INDELNING = "uppfoljning"
LEFT, UNKNOWN = "uppfoljning_avslutade", "ej_uppfoljda"
OUTCOMES = ("uppfoljning_arbete_studier", "uppfoljning_rehabilitering", "uppfoljning_ovrigt")
_KLASS = re.compile(r"(?:(?P<anchor>avslut|start|termin)_)?(?P<months>\d+)_man(?:_i_(?P<duration>\d+)_man)?")


class Distance(NamedTuple):
    """How long after what (start, avslut, termin) a follow-up is made, and how long it lasts, in months."""

    anchor: str = ""
    months: int | None = None
    duration: int | None = None


def read_klass(klass: str) -> Distance:
    """The distance that a class such as avslut_12_man or start_6_man_i_3_man says; nothing where it says none."""
    match = _KLASS.fullmatch(klass)
    if match is None:
        return Distance()
    return Distance(match["anchor"] or "", int(match["months"]), int(match["duration"]) if match["duration"] else None)


def build_follow_up(
    figures: FigureSet, documents: Iterable[Document], period: Period, lage: Lage
) -> tuple[FollowUpRow, ...]:
    """Every follow-up of those who left in the period, and of others whose time of follow-up lies in it.

    In publicering only what a public document prints is shown.
    """
    names = {document.kod: document.short for document in documents}
    rows = []
    for insats in figures.insatser:
        subject: Subject = (SubjectKind.INSATS, insats.kod)
        stored = _list_stored(figures, subject)
        for klass in dict.fromkeys(klass for klass, _, _ in stored):
            whole = _build_counted(figures, subject, klass, period, lage)
            if whole is not None:
                rows.append(whole)
                continue
            spans = sorted({span for name, _, span in stored if name == klass})
            rows += [
                _build_stored(figures, subject, klass, span, names, lage)
                for span in spans
                if _reach(span, klass).overlaps(period)
            ]
    return tuple(rows)


def _list_stored(figures: FigureSet, subject: Subject) -> list[tuple[str, str, Period]]:
    """(klass, mått, period) of everything that the subject has delivered as follow-up."""
    found = []
    for matt in figures.registry.matt:
        for indelning, klass in figures.stored_classes(subject, matt):
            if indelning == INDELNING:
                found += [(klass, matt, span) for span in figures.stored_periods(subject, matt, indelning, klass)]
    return sorted(found, key=lambda item: (read_klass(item[0]).months or 0, item[0], item[1], item[2]))


def _reach(span: Period, klass: str) -> Period:
    """From the first who left until the last is followed up."""
    months = read_klass(klass).months or 0
    month = span.end.month - 1 + months
    year, month = span.end.year + month // 12, month % 12 + 1
    return Period(span.start, date(year, month, min(span.end.day, calendar.monthrange(year, month)[1])))


def _build_counted(figures: FigureSet, subject: Subject, klass: str, period: Period, lage: Lage) -> FollowUpRow | None:
    """The follow-up of just those who left in the period; None when that is not delivered."""

    def count(matt: str) -> Value:
        found = figures.count(subject, Term(1, matt, INDELNING, klass), Gender.ALLA, period)
        return Measured(found.value) if isinstance(found, Count) else found

    left = count(LEFT)
    if not isinstance(left, Measured):
        return None
    unknown = count(UNKNOWN)
    outcomes = []
    for matt in OUTCOMES:
        outcome = count(matt)
        outcomes.append(FollowUpOutcome(matt, outcome, _share(outcome, left, unknown)))
    return _protect(_row(subject, klass, period, left, unknown, tuple(outcomes), (), ""), lage)


def _share(outcome: Value, left: Value, unknown: Value) -> Value:
    """Of those whose situation is known; missing as soon as it is not known how many they are."""
    for value in (outcome, left, unknown):
        if not isinstance(value, Measured):
            return value
    assert isinstance(outcome, Measured)
    assert isinstance(left, Measured)
    assert isinstance(unknown, Measured)
    known = left.value - unknown.value
    if known <= 0 or outcome.value > known:
        return Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    lower, upper = wilson(outcome.value, known)
    return Measured(outcome.value / known, outcome.value, known, lower, upper, unknown=int(unknown.value))


def _build_stored(
    figures: FigureSet, subject: Subject, klass: str, span: Period, names: dict[str, str], lage: Lage
) -> FollowUpRow:
    """What is stored for exactly one period: a document's own follow-up, or a delivered part."""

    def find(matt: str) -> Figure | None:
        return figures.find_figure(subject, matt, Gender.ALLA, span, INDELNING, klass)

    def read(matt: str) -> Value:
        figure = find(matt)
        if figure is not None and figure.value is not None:
            return Measured(figure.value, qualifier=figure.qualifier)
        if figure is not None and figure.reason is not None:
            return Missing(figure.reason)
        count = figures.count(subject, Term(1, matt, INDELNING, klass), Gender.ALLA, span)
        return Measured(count.value) if isinstance(count, Count) else Missing(Reason.UPPGIFT_SAKNAS)

    left, unknown = read(LEFT), read(UNKNOWN)
    outcomes = []
    for matt in OUTCOMES:
        outcome = read(matt)
        printed = find(f"andel_{matt}")
        share = _share(outcome, left, unknown)
        if not isinstance(share, Measured) and printed is not None and printed.value is not None:
            share = Measured(printed.value, qualifier=printed.qualifier, published=printed.value)
        elif not isinstance(share, Measured):
            share = Missing(Reason.UPPGIFT_SAKNAS)
        outcomes.append(FollowUpOutcome(matt, outcome, share))
    known = {LEFT, UNKNOWN, *OUTCOMES, *(f"andel_{matt}" for matt in OUTCOMES)}
    others = []
    for matt, entry in figures.registry.matt.items():
        figure = find(matt) if matt not in known else None
        if figure is not None and figure.value is not None:
            others.append((matt, entry.unit, Measured(figure.value, qualifier=figure.qualifier)))
    found = next((figure for matt in (*known, *(name for name, _, _ in others)) if (figure := find(matt))), None)
    source = ""
    if found is not None and found.dokument:
        source = ", ".join(part for part in (names.get(found.dokument, found.dokument), found.rubrik) if part)
    row = _row(subject, klass, span, left, unknown, tuple(outcomes), tuple(others), source)
    return row if source else _protect(row, lage)


def _row(
    subject: Subject,
    klass: str,
    period: Period,
    left: Value,
    unknown: Value,
    outcomes: tuple[FollowUpOutcome, ...],
    printed: tuple[tuple[str, Unit, Value], ...],
    source: str,
) -> FollowUpRow:
    return FollowUpRow(subject[1], klass, *read_klass(klass), period, left, unknown, outcomes, printed, source)


def _protect(row: FollowUpRow, lage: Lage) -> FollowUpRow:
    """In publicering nothing is left of a count of persons until röjandekontroll covers follow-ups."""
    if lage is Lage.INTERN:
        return row
    hidden = REFUSED
    return FollowUpRow(
        row.insats,
        row.klass,
        row.anchor,
        row.months,
        row.duration,
        row.period,
        hidden,
        hidden,
        tuple(FollowUpOutcome(outcome.matt, hidden, hidden) for outcome in row.outcomes),
        tuple((matt, unit, hidden) for matt, unit, _ in row.printed),
        row.source,
    )
