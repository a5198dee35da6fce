"""Offentlig försörjning per kommun: five forms, and the försörjningsmått.

Source: Verksamhetsplan 2014-2016 of Skellefteå, section 7: each quarter sjukpenning, sjuk- och aktivitetsersättning,
aktivitetsstöd, försörjningsstöd and arbetslöshetsersättning. The försörjningsmått is the whole cost of all of them but
aktivitetsstöd, divided by the inhabitants 18-64 years and by 365 days.
"""

from __future__ import annotations

from finsam_dash.indicators.figures import FORBUND, Count, FigureSet
from finsam_dash.indicators.registry import Term
from finsam_dash.model import REFUSED, Gender, Lage, Measured, Missing, Period, Reason, Value
from finsam_dash.report.content_samverkan import PublicSupport, SupportForm, SupportQuarter, SupportRow

FORMS = ("sjukpenning", "sjuk_aktivitetsersattning", "aktivitetsstod", "forsorjningsstod", "arbetsloshetsersattning")
OUTSIDE_MEASURE = "aktivitetsstod"
KOMMUN, RIKET = "kommun", "riket"
DAYS_A_YEAR = 365


def build_support(figures: FigureSet, period: Period, lage: Lage) -> PublicSupport | None:
    """Build the section; None when no kommun has delivered any form. Persons are hidden in publicering."""
    found = {klass for form in FORMS for _, klass in figures.stored_classes(FORBUND, f"{form}_personer")}
    if not found:
        return None
    kommuner = tuple(sorted(found, key=lambda klass: (klass == RIKET, klass)))
    stored = {
        stored
        for klass in kommuner
        for stored in figures.stored_periods(FORBUND, f"{FORMS[0]}_personer", KOMMUN, klass)
        if period.contains(stored)
    }
    quarters = tuple(sorted(stored))
    latest = max(quarters, key=lambda quarter: quarter.end, default=None)
    return PublicSupport(
        quarter=latest,
        rows=tuple(_build_row(figures, klass, period, latest, lage) for klass in kommuner),
        quarters=tuple(
            SupportQuarter(quarter, tuple(compute_measure(figures, klass, quarter) for klass in kommuner))
            for quarter in quarters
        ),
        source="Förbundets leveranser av offentlig försörjning",
    )


def _build_row(figures: FigureSet, klass: str, period: Period, latest: Period | None, lage: Lage) -> SupportRow:
    def persons(matt: str) -> Value:
        if latest is None:
            return Missing(Reason.UPPGIFT_SAKNAS)
        value = _read(figures, matt, klass, latest)
        return REFUSED if lage is Lage.PUBLICERING and isinstance(value, Measured) else value

    return SupportRow(
        klass,
        tuple(
            SupportForm(form, persons(f"{form}_personer"), _read(figures, f"{form}_kostnad", klass, period))
            for form in FORMS
        ),
        persons("befolkning_18_64"),
        compute_measure(figures, klass, period),
        klass == RIKET,
    )


def compute_measure(figures: FigureSet, klass: str, period: Period) -> Value:
    """The försörjningsmått of a kommun over whole months, in kronor per inhabitant 18-64 and day (a year has 365)."""
    costs = [_read(figures, f"{form}_kostnad", klass, period) for form in FORMS if form != OUTSIDE_MEASURE]
    population = _read_population(figures, klass, period)
    for value in (*costs, population):
        if not isinstance(value, Measured):
            return value
    whole = sum(value.value for value in costs if isinstance(value, Measured))
    if not isinstance(population, Measured) or not population.value:
        return Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    return Measured(whole / population.value / (DAYS_A_YEAR * period.month_count / 12))


def _read_population(figures: FigureSet, klass: str, period: Period) -> Value:
    """The inhabitants at the latest time within the period that they are counted."""
    stored = [
        known
        for known in figures.stored_periods(FORBUND, "befolkning_18_64", KOMMUN, klass)
        if period.contains(known) or known.contains(period)
    ]
    if not stored:
        return Missing(Reason.UPPGIFT_SAKNAS)
    return _read(figures, "befolkning_18_64", klass, max(stored, key=lambda known: known.end))


def _read(figures: FigureSet, matt: str, klass: str, period: Period) -> Value:
    count = figures.count(FORBUND, Term(1, matt, KOMMUN, klass), Gender.ALLA, period)
    return Measured(count.value, qualifier=count.qualifier) if isinstance(count, Count) else count
