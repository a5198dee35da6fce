"""Insatser of one purpose with the mix of kön, ålder … held equal: standardised beside the shares as they are."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.comparison_mix import Mix, Strata, is_large_enough, judge_mix
from finsam_dash.model import (
    DenominatorType,
    Gender,
    Insats,
    Measured,
    Missing,
    Period,
    Purpose,
    Reason,
    Suppressed,
    Value,
)
from finsam_dash.report.comparison import group_by_purpose
from finsam_dash.report.content_comparison import CaseMix, CaseMixRow
from finsam_dash.report.content_parts import DotRow
from finsam_dash.report.hiding import Cut
from finsam_dash.report.outcomes import HEADLINE, compute_class_share, insats_subject, order_classes

KON = "kon"
KONEN = (Gender.KVINNA, Gender.MAN)
BACKGROUNDS = (
    "alder", "utbildning", "forsorjningstid", "fodelseland", "kommun", "forsorjning_fore", "sysselsattning_fore",
)  # fmt: skip
"""What was so before the insats: how it ended is the outcome itself and no mix."""


def build_case_mix(figures: FigureSet, period: Period, *, cut: Cut | None = None) -> tuple[CaseMix, ...]:
    """Every purpose with at least two insatser that have the share of avslutade in just this period, by indelning.

    With `cut` (publicering) the shares are computed from what it shows alone.
    """
    found = []
    for purpose, insatser in group_by_purpose(figures.insatser, period):
        crude = {insats.kod: _crude(figures, insats, period, cut) for insats in insatser}
        compared = [insats for insats in insatser if crude[insats.kod] is not None]
        if len(compared) < 2:
            continue
        for indelning in (KON, *BACKGROUNDS):
            klasser = _list_klasser(figures, compared, indelning)
            if len(klasser) < 2:
                continue
            strata = {
                insats.kod: tuple(_stratum(figures, insats, period, indelning, klass, cut) for klass in klasser)
                for insats in compared
            }
            if not any(isinstance(dot.value, Measured | Suppressed) for dots in strata.values() for dot in dots):
                continue
            if cut is not None and indelning != KON and not all(figures.is_public(one.kod) for one in compared):
                found.append(CaseMix(purpose, indelning, klasser, (), refused=True))
                continue
            rows = [(dot, strata[kod]) for kod, dot in crude.items() if dot is not None]
            found.append(_build(purpose, indelning, klasser, rows))
    return tuple(found)


def _crude(figures: FigureSet, insats: Insats, period: Period, cut: Cut | None) -> DotRow | None:
    row = compute_indicator(figures, figures.registry.indikatorer[HEADLINE], insats.kod, Gender.ALLA, period)
    counted = isinstance(row.value, Measured) and row.value.numerator is not None
    # Hidden that nobody left, it may not show as a row that is lacking.
    is_told = cut is not None and isinstance(row.value, Missing) and isinstance(cut.row(row).value, Suppressed)
    if not (counted or is_told) or row.namnare_typ is not DenominatorType.AVSLUTADE:
        return None
    dot = DotRow(insats.kod, insats.kortnamn or insats.namn, row.value, period, row.namnare_typ)
    return dot if cut is None else cut.dot(dot)


def _list_klasser(figures: FigureSet, insatser: Sequence[Insats], indelning: str) -> tuple[str, ...]:
    """The classes that any of the insatser has outcomes for, as the code list orders them."""
    if indelning == KON:
        return tuple(KONEN)
    stored = {
        klass
        for insats in insatser
        for matt in ("till_arbete_studier", HEADLINE)
        for known, klass in figures.stored_classes(insats_subject(insats.kod), matt)
        if known == indelning
    }
    return tuple(order_classes(indelning, stored))


def _stratum(figures: FigureSet, insats: Insats, period: Period, indelning: str, klass: str, cut: Cut | None) -> DotRow:
    indikator = figures.registry.indikatorer[HEADLINE]
    if indelning == KON:
        gender = Gender(klass)
        row = compute_indicator(figures, indikator, insats.kod, gender, period)
        dot = DotRow(f"{insats.kod}/{klass}", klass, row.value, period, row.namnare_typ)
        return dot if cut is None else cut.dot(dot, gender)
    row = compute_class_share(figures, indikator, insats.kod, Gender.ALLA, period, indelning, klass)
    dot = DotRow(insats.kod, klass, row.value, period, row.namnare_typ, f"{indelning}:{klass}")
    return dot if cut is None else cut.dot(dot)


def _build(
    purpose: Purpose | None, indelning: str, klasser: tuple[str, ...], rows: Sequence[tuple[DotRow, tuple[DotRow, ...]]]
) -> CaseMix:
    whole = {crude.key: found for crude, strata in rows if (found := _count_strata(crude, klasser, strata)) is not None}
    mix = judge_mix(whole)
    used = frozenset(klass for counts in whole.values() for klass, (_, n) in counts.items() if n)
    built = tuple(_build_row(crude, strata, mix, whole.get(crude.key), used) for crude, strata in rows)
    changes = [
        abs(row.standardised.value - row.crude.value.value)
        for row in built
        if row.standardised is not None and isinstance(row.crude.value, Measured)
    ]
    return CaseMix(
        purpose,
        indelning,
        klasser,
        built,
        tuple(mix.weights.get(klass, 0) for klass in klasser) if mix.weights else (),
        mix.turned,
        max(changes, default=None),
    )


def _build_row(
    crude: DotRow, strata: tuple[DotRow, ...], mix: Mix, counts: Strata | None, used: frozenset[str]
) -> CaseMixRow:
    found = mix.standardised.get(crude.key)
    if found is not None:
        return CaseMixRow(crude, strata, Measured(found.value, lower=found.lower, upper=found.upper))
    if any(isinstance(dot.value, Suppressed) for dot in (crude, *strata)):
        return CaseMixRow(crude, strata, reason="dold")
    if counts is None:
        return CaseMixRow(crude, strata, reason="ofullstandig")
    return CaseMixRow(crude, strata, reason="" if is_large_enough(counts, used) else "for_fa")


def _count_strata(crude: DotRow, klasser: Sequence[str], strata: Sequence[DotRow]) -> dict[str, tuple[int, int]] | None:
    """The counts by stratum; None where one is not known or shown, or they do not add up to the whole."""
    counts = {klass: _counts(dot.value) for klass, dot in zip(klasser, strata, strict=True)}
    known = {klass: found for klass, found in counts.items() if found is not None}
    total = (sum(k for k, _ in known.values()), sum(n for _, n in known.values()))
    return known if len(known) == len(counts) and total == _counts(crude.value) else None


def _counts(value: Value) -> tuple[int, int] | None:
    if isinstance(value, Measured) and value.numerator is not None and value.denominator is not None:
        return int(value.numerator), int(value.denominator)
    is_empty = isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIGT
    return (0, 0) if is_empty else None
