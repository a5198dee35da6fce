"""Förbundet against riket over the years, and every published value to compare with."""

from __future__ import annotations

from collections.abc import Callable

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.verdict import Sakerhet, judge_against_riket
from finsam_dash.model import ComparisonValue, Gender, IndicatorRow, Measured, Missing, Period, Reason, Value
from finsam_dash.report.content import RiketSection, RiketYear
from finsam_dash.report.content_parts import TrendPoint

HEADLINE = "andel_arbete_studier"


def build_riket(
    figures: FigureSet,
    values: tuple[ComparisonValue, ...],
    period: Period,
    cut: Callable[[IndicatorRow], IndicatorRow] = lambda row: row,
) -> RiketSection:
    """The förbund's own share year by year beside riket's published values; nothing is invented where one is lacking.

    The year in which `period` ends is always there, so that its lack can be said. `cut` hides what may not be
    published of the förbund's own shares.
    """
    indikator = figures.registry.indikatorer[HEADLINE]
    years = {stored.start.year for stored in figures.all_periods() if stored.start.year == stored.end.year}
    riket_values = [value for value in values if value.kind == "riket" and value.indikator == HEADLINE]
    years |= {value.period.start.year for value in riket_values if value.period.is_calendar_year}
    years.add(period.end.year)
    rows = []
    for number in sorted(years):
        year = Period.year(number)
        own: dict[Gender, Value] = {}
        for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN):
            row = compute_indicator(figures, indikator, None, gender, year)
            value = cut(row).value
            if row.coverage is not None:
                # A partial sum is no year to compare with.
                value = Missing(Reason.UPPGIFT_SAKNAS, "insatser:" + ",".join(row.coverage.without))
            own[gender] = value
        published = tuple(value for value in riket_values if value.period == year)
        sakerhet = Sakerhet.EJ_TILLAMPLIGT
        if isinstance(own[Gender.ALLA], Measured):
            # Judged on the row as it was computed, as on Översikt: a protected one has lost its few unknown outcomes.
            sakerhet = _judge(compute_indicator(figures, indikator, None, Gender.ALLA, year).value, published)
        rows.append(RiketYear(year, own[Gender.ALLA], own[Gender.KVINNA], own[Gender.MAN], published, sakerhet))
    known = [
        row for row in rows if not isinstance(row.own, Missing) or row.riket or row.year.end.year == period.end.year
    ]
    return RiketSection(
        years=tuple(known),
        own=tuple(TrendPoint(row.year, row.own) for row in known if not isinstance(row.own, Missing)),
        riket=tuple(TrendPoint(row.year, Measured(value.value)) for row in known for value in row.riket),
        others=tuple(value for value in values if value.kind != "riket"),
    )


def _judge(own: Value, riket: tuple[ComparisonValue, ...]) -> Sakerhet:
    """On which side of every published value the share surely lies; not to be told where they disagree."""
    found = {judge_against_riket(own, value.value).sakerhet for value in riket}
    if not found:
        return Sakerhet.EJ_TILLAMPLIGT
    return found.pop() if len(found) == 1 else Sakerhet.EJ_AVGORBART
