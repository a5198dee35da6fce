"""Samverkan: stored numbers, lotsärenden, enkäter, external funding and risks, to the section that surfaces draw.

In publicering only what a public document prints is shown; everything else that counts persons is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finsam_dash.model import (
    REFUSED,
    Document,
    Enkat,
    ExternalFunding,
    Lage,
    Lotsarende,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Risk,
    SamverkanFigure,
    Unit,
    Value,
)
from finsam_dash.report.content_samverkan import HIDDEN_LOTS, Breakdown, EnkatResult, LotsRow, Samverkan, SamverkanItem
from finsam_dash.stats.proportions import wilson

_DIMENSIONS: tuple[tuple[str, Callable[[Lotsarende], str]], ...] = (
    ("varifran", lambda case: case.whence),
    ("slag", lambda case: case.kind),
    ("analys", lambda case: case.analysis),
    ("atgard", lambda case: case.action),
    ("hinder", lambda case: case.hindrance),
)


@dataclass(frozen=True)
class SamverkanRegisters:
    """What is stored about working together."""

    figures: tuple[SamverkanFigure, ...]
    lots: tuple[Lotsarende, ...]
    enkater: tuple[Enkat, ...]
    funding: tuple[ExternalFunding, ...]
    risks: tuple[Risk, ...]
    documents: tuple[Document, ...]


def build_samverkan(registers: SamverkanRegisters, period: Period, lage: Lage, as_of: date) -> Samverkan:
    """Build Samverkan: everything whose time overlaps the period."""
    names = {document.kod: document.short for document in registers.documents}
    hide = lage is Lage.PUBLICERING
    lots = [] if hide else [case for case in registers.lots if period.start <= case.opened <= period.end]
    return Samverkan(
        items=tuple(
            _build_item(figure, names, hide=hide)
            for figure in sorted(registers.figures, key=lambda figure: (figure.dokument, figure.order))
            if figure.period.overlaps(period)
        ),
        lots=HIDDEN_LOTS if hide and registers.lots else tuple(_build_lots(lots)),
        breakdowns=tuple(_build_breakdowns(lots)),
        enkater=tuple(compute_enkat(enkat, hide=hide) for enkat in registers.enkater if enkat.period.overlaps(period)),
        funding=tuple(
            item for item in registers.funding if item.decided is None or period.start <= item.decided <= period.end
        ),
        risks=None if hide else tuple(sorted(registers.risks, key=lambda risk: risk.follow_up)),
        overdue=() if hide else tuple(r.kod for r in registers.risks if not r.done and r.follow_up < as_of),
    )


def _build_item(figure: SamverkanFigure, names: dict[str, str], *, hide: bool) -> SamverkanItem:
    parts = (names.get(figure.dokument, figure.dokument), figure.rubrik)
    source = ", ".join(part for part in parts if part) or "Egna uppgifter"
    if figure.value is None or (hide and not figure.dokument):
        return SamverkanItem(_without_number(figure), REFUSED, source)
    number = float(figure.value)
    value: Value = Measured(number, qualifier=figure.qualifier, published=number)
    if figure.unit is Unit.ANDEL and figure.numerator is not None and figure.denominator:
        top, bottom = float(figure.numerator), float(figure.denominator)
        lower, upper = wilson(top, bottom)
        value = Measured(top / bottom, top, bottom, lower, upper, figure.qualifier, published=number)
    return SamverkanItem(figure, value, source)


def _without_number(figure: SamverkanFigure) -> SamverkanFigure:
    """What a number is of, with nothing left that could tell the number."""
    return replace(figure, value=None, numerator=None, denominator=None, qualifier=Qualifier.NONE, uttryck="")


def _build_lots(lots: Sequence[Lotsarende]) -> Iterable[LotsRow]:
    groups: dict[tuple[str, str], list[Lotsarende]] = {}
    for case in lots:
        groups.setdefault((case.grupp, case.coordinator), []).append(case)
    for (grupp, coordinator), cases in sorted(groups.items()):
        ends = [case.solved for case in cases]
        yield LotsRow(
            grupp,
            coordinator,
            Measured(len(cases)),
            Measured(ends.count(True)),
            Measured(ends.count(False)),
            Measured(ends.count(None)),
        )


def _build_breakdowns(lots: Sequence[Lotsarende]) -> Iterable[Breakdown]:
    for dimension, read in _DIMENSIONS:
        for label in dict.fromkeys(sorted(read(case) for case in lots if read(case))):
            cases = [case for case in lots if read(case) == label]
            solved = sum(case.solved is True for case in cases)
            yield Breakdown(dimension, label, Measured(len(cases)), Measured(solved))


def compute_enkat(enkat: Enkat, *, hide: bool = False) -> EnkatResult:
    """Share positive with its interval, mean on the scale, answer rate, and the change since the start."""
    steps, n = len(enkat.answers), sum(enkat.answers)
    if hide:
        hidden = REFUSED
        return EnkatResult(enkat_without_answers(enkat), steps, hidden, hidden, hidden, hidden, hidden)
    if not n:
        nothing = Missing(Reason.UPPGIFT_SAKNAS)
        return EnkatResult(enkat, steps, Measured(0), nothing, nothing, nothing, nothing)
    positive = sum(enkat.answers[enkat.positive_from - 1 :])
    rate: Value = Missing(Reason.UPPGIFT_SAKNAS)
    if enkat.sent:
        rate = Measured(n / enkat.sent, n, enkat.sent)
    change: Value = Missing(Reason.EJ_TILLAMPLIGT)
    if sum(enkat.before):
        change = Measured(compute_mean(enkat.answers) - compute_mean(enkat.before))
    return EnkatResult(
        enkat,
        steps,
        Measured(n),
        rate,
        Measured(positive / n, positive, n, *wilson(positive, n)),
        Measured(compute_mean(enkat.answers)),
        change,
    )


def enkat_without_answers(enkat: Enkat) -> Enkat:
    """The enkät with nothing left that could tell how many answered what."""
    return Enkat(enkat.kod, enkat.namn, enkat.question, enkat.period, enkat.svarande, (), enkat.positive_from)


def compute_mean(answers: Sequence[int]) -> float:
    """The mean step, the lowest being 1; `answers` are counts and not all nobody."""
    return sum(step * count for step, count in enumerate(answers, start=1)) / sum(answers)
