"""The sections of the Report that are made of registers: avstämning, money, samverkan, försörjning, texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    Decision,
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Enkat,
    Event,
    ExternalFunding,
    IndicatorRow,
    InsatsText,
    Lage,
    Lotsarende,
    Period,
    PostState,
    PrintedResult,
    Risk,
    SamverkanFigure,
    Target,
)
from finsam_dash.report.accounts import build_accounts
from finsam_dash.report.avstamning import Parts, build_avstamning
from finsam_dash.report.budget import Registers
from finsam_dash.report.content_avstamning import Avstamning
from finsam_dash.report.economy import build_economy, hide_cost
from finsam_dash.report.follow_up import build_follow_up
from finsam_dash.report.samverkan import SamverkanRegisters, build_samverkan
from finsam_dash.report.support import build_support
from finsam_dash.store import Store, load_entries


def load_parts(store: Store, forbund: str, figures: FigureSet) -> Parts:
    """What printed results are recomputed from. Raises UnknownForbundError."""
    return Parts(figures, load_entries(store, forbund, EconomyRow), load_entries(store, forbund, SamverkanFigure))


def load_avstamning(store: Store, forbund: str, figures: FigureSet, period: Period | None = None) -> Avstamning:
    """Every printed result recomputed; with a period, only those of documents that are about it.

    Raises UnknownForbundError.
    """
    return build_avstamning(
        load_entries(store, forbund, PrintedResult),
        load_entries(store, forbund, Document),
        load_parts(store, forbund, figures),
        period,
    )


def load_planned_years(store: Store, forbund: str) -> tuple[Period, ...]:
    """The calendar years that goals or a budget are stored for: those with most goals first, then the latest.

    Raises UnknownForbundError.
    """
    goals = Counter(goal.period for goal in load_entries(store, forbund, Target) if goal.period.is_calendar_year)
    budgets = {
        row.period
        for row in load_entries(store, forbund, EconomyRow)
        if row.period.is_calendar_year and row.state in (PostState.BUDGET, PostState.BESLUTAD)
    }
    return tuple(sorted({*goals, *budgets}, key=lambda year: (-goals[year], -year.start.year)))


def load_amounts(store: Store, forbund: str, known_by: date | None = None) -> tuple[EconomyRow, ...]:
    """The förbund's amounts, or those that were known on a day: by their document's day, or a prognos's own."""
    amounts = load_entries(store, forbund, EconomyRow)
    if known_by is None:
        return amounts
    days = {document.kod: document.known_from for document in load_entries(store, forbund, Document)}
    return tuple(row for row in amounts if (row.known_from or days.get(row.dokument) or known_by) <= known_by)


def load_economy_registers(store: Store, forbund: str, known_by: date | None = None) -> Registers:
    """What is stored about money besides figures, or what was known on a day. Raises UnknownForbundError."""
    return Registers(
        load_amounts(store, forbund, known_by),
        load_entries(store, forbund, EconomyTable),
        load_entries(store, forbund, EconomyCategory),
        load_entries(store, forbund, Document),
        load_entries(store, forbund, Target),
    )


def load_samverkan_registers(store: Store, forbund: str) -> SamverkanRegisters:
    """What is stored about working together. Raises UnknownForbundError."""
    return SamverkanRegisters(
        load_entries(store, forbund, SamverkanFigure),
        load_entries(store, forbund, Lotsarende),
        load_entries(store, forbund, Enkat),
        load_entries(store, forbund, ExternalFunding),
        load_entries(store, forbund, Risk),
        load_entries(store, forbund, Document),
    )


def load_register_sections(
    store: Store,
    forbund: str,
    figures: FigureSet,
    period: Period,
    *,
    lage: Lage,
    as_of: date,
    sections: Iterable[str],
    cut: Callable[[IndicatorRow], IndicatorRow] = hide_cost,
    known_by: date | None = None,
) -> dict[str, Any]:
    """The sections that were asked for, by their names in the Report; `cut` is what publicering leaves of a row."""
    wanted = frozenset(sections)
    found: dict[str, Any] = {}
    if "economy" in wanted:
        found["economy"] = build_economy(figures, load_economy_registers(store, forbund, known_by), period, lage, cut)
    if "avstamning" in wanted and lage is Lage.INTERN:
        found["avstamning"] = load_avstamning(store, forbund, figures)
    if "samverkan" in wanted:
        found["samverkan"] = build_samverkan(load_samverkan_registers(store, forbund), period, lage, as_of)
    if "support" in wanted:
        found["support"] = build_support(figures, period, lage)
    if "follow_up" in wanted:
        found["follow_up"] = build_follow_up(figures, load_entries(store, forbund, Document), period, lage)
    if "accounts" in wanted:
        found["accounts"] = build_accounts(
            figures.insatser,
            load_entries(store, forbund, InsatsText),
            load_entries(store, forbund, Decision),
            load_entries(store, forbund, Event),
            period,
            lage,
        )
    return found
