"""The Översikt section: the förbund in one period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FORBUND, FigureSet, as_value, read_figure
from finsam_dash.judgement.verdict import NO_VERDICT, judge_against_riket
from finsam_dash.model import (
    ComparisonValue,
    CountingMode,
    Gender,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    Source,
)
from finsam_dash.report.content import Changes, KeyNumber, MissingItem, Overview
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.report.outcomes import HEADLINE, compute_nearest, list_class_rows

Cut = Callable[[IndicatorRow], IndicatorRow]
PRINTED_TOTAL = "deltagare_totalt"
ANONYMOUS = "deltagare_utan_personuppgifter"


def build_overview(
    figures: FigureSet,
    rows: tuple[IndicatorRow, ...],
    period: Period,
    *,
    comparison_values: tuple[ComparisonValue, ...],
    changes: Changes | None,
    cut: Cut = lambda row: row,
) -> Overview:
    """Build Översikt from rows that are already protected; `cut` hides what may not be published of what it adds.

    `changes` are for intern only.
    """
    by_key = {(row.subject, row.indikator, row.gender): row for row in rows}
    headline = by_key[None, HEADLINE, Gender.ALLA]
    riket = find_riket(comparison_values, HEADLINE, Gender.ALLA, period)
    judged = riket.value is not None and headline.coverage is None
    verdict = NO_VERDICT
    if judged and riket.value is not None and isinstance(headline.value, Measured):
        # Judged on the row as it was computed: a small number of unknown outcomes is no longer in a protected one.
        own = compute_indicator(figures, figures.registry.indikatorer[HEADLINE], None, Gender.ALLA, period)
        verdict = judge_against_riket(own.value, riket.value)
    active = [insats for insats in figures.insatser if insats.is_active(period)]
    dots = tuple(dot for insats in active for dot in _build_dots(figures, insats, period, cut))
    return Overview(
        headline=headline,
        riket=riket,
        verdict=verdict,
        strip=_build_strip(figures, by_key, period, cut),
        key_numbers=_build_key_numbers(figures, by_key, period, cut),
        dots=dots,
        missing=_list_missing(by_key, dots),
        changes=changes,
    )


def find_riket(values: tuple[ComparisonValue, ...], indikator: str, gender: Gender, period: Period) -> Benchmark:
    """Riket's value for the calendar year that the period is or lies in; several published ones are a conflict.

    Of conflicting values the one with the latest uttagsdatum is drawn, and the others go with it.
    """
    found = [
        value
        for value in values
        if value.kind == "riket"
        and value.indikator == indikator
        and value.gender is gender
        and value.period.contains(period)
    ]
    if not found:
        return Benchmark("riket", "", None)
    found.sort(key=lambda value: (value.extracted is not None, value.extracted or period.start), reverse=True)
    first, others = found[0], found[1:]
    return Benchmark(
        "riket",
        first.name,
        first.value,
        first.period.start.year,
        first.source,
        first.extracted,
        tuple(other.value for other in others if other.value != first.value),
    )


def _build_strip(
    figures: FigureSet,
    by_key: dict[tuple[str | None, str, Gender], IndicatorRow],
    period: Period,
    cut: Cut,
) -> tuple[DotRow, ...]:
    """Alla, kvinnor and män in the period, and the förbund over the longest published period around it."""
    strip = [
        _dot_from_row(str(gender), str(gender), by_key[None, HEADLINE, gender])
        for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN)
    ]
    around = [
        other
        for matt in (HEADLINE, "till_arbete_studier")
        for other in figures.stored_periods(FORBUND, matt)
        if other != period and other.contains(period)
    ]
    if around:
        longest = max(around, key=lambda other: (other.days, other.start))
        indikator = figures.registry.indikatorer[HEADLINE]
        row = cut(compute_indicator(figures, indikator, None, Gender.ALLA, longest))
        strip.append(_dot_from_row("alla_langre", str(Gender.ALLA), row))
    return tuple(strip)


def _build_dots(figures: FigureSet, insats: Insats, period: Period, cut: Cut) -> tuple[DotRow, ...]:
    """One insats over the period asked, else over its own stored period that overlaps it and ends last.

    Where only subgroups are published, a row for each of them; never a sum of them.
    """
    indikator = figures.registry.indikatorer[HEADLINE]
    label = insats.kortnamn or insats.namn
    row = compute_nearest(figures, indikator, insats.kod, Gender.ALLA, period)
    if not isinstance(row.value, Measured):
        parts = list_class_rows(figures, insats.kod, period)
        if parts:
            return tuple(
                replace(_dot_from_row(insats.kod, label, cut(part)), klass=klass) for klass, part in parts.items()
            )
    return (_dot_from_row(insats.kod, label, cut(row)),)


def _dot_from_row(key: str, label: str, row: IndicatorRow) -> DotRow:
    return DotRow(key, label, row.value, row.period, row.namnare_typ)


def _build_key_numbers(
    figures: FigureSet,
    by_key: dict[tuple[str | None, str, Gender], IndicatorRow],
    period: Period,
    cut: Cut,
) -> tuple[KeyNumber, ...]:
    persons = "deltagare"
    if isinstance(by_key[None, "deltagare", Gender.ALLA].value, Missing):
        persons = "deltaganden"
    codes = [persons, "avslutade", "till_arbete_studier", ANONYMOUS, "bortfall"]
    counts_anonymous = any(
        insats.is_active(period) and insats.counting_mode is not CountingMode.MED_PERSONUPPGIFTER
        for insats in figures.insatser
    )
    if isinstance(by_key[None, ANONYMOUS, Gender.ALLA].value, Missing) and not counts_anonymous:
        # Nobody is expected to hand it in: a dash would ask for what does not exist.
        codes.remove(ANONYMOUS)
    rows = [by_key[None, kod, Gender.ALLA] for kod in codes]
    numbers = [KeyNumber(row.indikator, row.value, coverage=row.coverage) for row in rows]
    printed = figures.find_figure(FORBUND, PRINTED_TOTAL, Gender.ALLA, period)
    if printed is not None:
        total = as_value(read_figure(printed))
        sources = (Source(printed.leverans, printed.dokument, printed.rubrik),)
        row = cut(IndicatorRow(None, Gender.ALLA, PRINTED_TOTAL, total, period, sources=sources))
        numbers.insert(4, KeyNumber(PRINTED_TOTAL, row.value))
    return tuple(numbers)


def _list_missing(
    by_key: dict[tuple[str | None, str, Gender], IndicatorRow], dots: tuple[DotRow, ...]
) -> tuple[MissingItem, ...]:
    """What is expected and not there: the förbund's own headline figures first, then insats by insats."""
    items = []
    for kod in (HEADLINE, "avslutade", "bortfall"):
        row = by_key[None, kod, Gender.ALLA]
        if isinstance(row.value, Missing):
            items.append(MissingItem(None, kod, row.value.reason, row.value.detail))
        elif row.coverage is not None:
            detail = "insatser:" + ",".join(row.coverage.without)
            items.append(MissingItem(None, kod, Reason.UPPGIFT_SAKNAS, detail))
    items += [
        MissingItem(dot.key, HEADLINE, dot.value.reason, dot.value.detail)
        for dot in dots
        if isinstance(dot.value, Missing) and dot.value.reason is not Reason.EJ_TILLAMPLIGT
    ]
    return tuple(items)
