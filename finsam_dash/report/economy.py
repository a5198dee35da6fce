"""Ekonomi: published and entered amounts, and money in figures, to the section that surfaces draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.economy import Spending, find_spending
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    Gender,
    IndicatorRow,
    Lage,
    Measured,
    Missing,
    Period,
    PostState,
    PostType,
    Suppressed,
    Target,
)
from finsam_dash.report.budget import MAIN, ZERO, Registers, build_figures_table, build_tables, own_forecasts
from finsam_dash.report.capital import build_equity, build_room, build_shares, is_ceiling, sum_outcome
from finsam_dash.report.content_economy import Economy, Financing, Forecast, MemberFinancing
from finsam_dash.report.statements import build_printed_quotas, build_statements, find_conflicts
from finsam_dash.stats.money import forecast_span

INDICATORS = ("forbrukningskvot", "forbrukad_andel", "kostnad_per_deltagande", "kostnad_per_resultat")
OF_PERSONS = ("kostnad_per_deltagande", "kostnad_per_resultat")
OWN_TABLE = "Egen budget"


def hide_cost(row: IndicatorRow) -> IndicatorRow:
    """The row without a cost per person, which would tell how many they are."""
    if row.indikator in OF_PERSONS and _tells(row):
        return replace(row, value=Suppressed(), coverage=None, sources=(), codes=())
    return row


def build_economy(
    figures: FigureSet,
    registers: Registers,
    period: Period,
    lage: Lage,
    cut: Callable[[IndicatorRow], IndicatorRow] = hide_cost,
) -> Economy:
    """Build Ekonomi for the year that the period ends in.

    Amounts of money are not persons and are shown in publicering too; a cost per person would tell how many they are,
    so there it is what `cut` leaves of it: nothing, or what stands beside the very counts that it is made of.
    """
    if lage is Lage.PUBLICERING:
        # The author's words about a prognos are for the kansli alone.
        registers = replace(registers, rows=tuple(replace(row, comment="") for row in registers.rows))
    year = Period.year(period.end.year)
    rows = [row for row in registers.rows if row.period.end.year == year.end.year]
    main = [row for row in rows if registers.kind_of(row.tabell) in MAIN]
    return Economy(
        year=year,
        financing=build_financing(registers),
        tables=(*build_tables(registers, rows), *build_figures_table(figures, registers, period)),
        room=build_room(registers, rows),
        insatser=tuple(row if lage is Lage.INTERN else cut(row) for row in _build_insatser(figures, period)),
        printed_quotas=tuple(build_printed_quotas(registers, rows)),
        shares=tuple(build_shares(registers, main)),
        equity=build_equity(registers, main, sum_outcome(figures, year)),
        forecasts=tuple(_build_forecasts(figures, registers, period)),
        statements=tuple(build_statements(registers, year)),
        conflicts=tuple(find_conflicts(registers, rows)),
    )


def compute_equity_share(figures: FigureSet, registers: Registers, target: Target) -> IndicatorRow | None:
    """Eget kapital ÷ bidrag for a goal that caps it, at the end of the goal's year; None until the outcome is known."""
    if not is_ceiling(target):
        return None
    year = Period.year(target.period.end.year)
    main = [
        row for row in registers.rows if row.period.end.year == year.end.year and registers.kind_of(row.tabell) in MAIN
    ]
    equity = build_equity(registers, main, sum_outcome(figures, year))
    if equity is None or equity.share is None or equity.basis is not PostState.UTFALL:
        return None
    return IndicatorRow(None, Gender.ALLA, target.indikator, Measured(equity.share), target.period)


def build_financing(registers: Registers) -> Financing | None:
    """Who grants what, over every year that is stored; None when no member is named anywhere."""
    named = [row for row in registers.rows if row.medlem and row.posttype is PostType.BIDRAG]
    if not named:
        return None
    years = tuple(sorted({row.period.end.year for row in named if row.kronor is not None})) or tuple(
        sorted({row.period.end.year for row in named})
    )
    by_member: dict[str, dict[int, Decimal]] = {}
    shares: dict[str, Decimal] = {}
    for row in named:
        by_member.setdefault(row.medlem, {})
        if row.kronor is not None:
            by_member[row.medlem][row.period.end.year] = row.kronor
        elif row.amount is not None:
            shares[row.medlem] = row.amount
    members = tuple(
        MemberFinancing(
            medlem,
            tuple(amounts.get(year) for year in years),
            shares.get(medlem),
            min(amounts, default=None),
            max(amounts, default=None),
        )
        for medlem, amounts in by_member.items()
    )
    totals = []
    for place, _ in enumerate(years):
        known = [member.amounts[place] for member in members if member.amounts[place] is not None]
        totals.append(sum((amount for amount in known if amount is not None), ZERO) if known else None)
    sources = dict.fromkeys(registers.source_of(row) for row in named)
    return Financing(years, members, tuple(totals), "; ".join(sources))


def _build_insatser(figures: FigureSet, period: Period) -> Iterable[IndicatorRow]:
    active = [insats.kod for insats in figures.insatser if insats.is_active(period)]
    for insats in (None, *active):
        for code in INDICATORS:
            yield compute_indicator(figures, figures.registry.indikatorer[code], insats, Gender.ALLA, period)


def _tells(row: IndicatorRow) -> bool:
    """Whether a cost per person tells how many they are: by its value, or by the least cost when nobody is."""
    return isinstance(row.value, Measured) or (isinstance(row.value, Missing) and row.value.detail[:8] == "minst_kr")


def _build_forecasts(figures: FigureSet, registers: Registers, period: Period) -> Iterable[Forecast]:
    for insats in figures.insatser:
        spending = find_spending(figures, insats.kod, period) if insats.is_active(period) else None
        if not isinstance(spending, Spending) or spending.elapsed == spending.total:
            continue
        span = forecast_span(spending.used, spending.budget, spending.elapsed, spending.total)
        if span is None:
            continue
        low, high = (Decimal(round(end)) for end in span)
        own = tuple(
            (row.known_from, row.kronor, row.comment)
            for row in own_forecasts(registers, insats.kod, period)
            if row.known_from is not None and row.kronor is not None
        )
        used, budget = Decimal(round(spending.used)), Decimal(round(spending.budget))
        yield Forecast(insats.kod, used, budget, low, high, spending.period, own)
