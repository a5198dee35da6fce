"""The sections of the Report that are made of registers: avstämning, money, samverkan, försörjning, texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import (
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Lage,
    Period,
    PrintedResult,
    SamverkanFigure,
    Target,
)
from finsam_dash.report.avstamning import Parts, build_avstamning
from finsam_dash.report.content_avstamning import Avstamning
from finsam_dash.report.economy import Registers, build_economy
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


def load_economy_registers(store: Store, forbund: str) -> Registers:
    """What is stored about money besides figures. Raises UnknownForbundError."""
    return Registers(
        load_entries(store, forbund, EconomyRow),
        load_entries(store, forbund, EconomyTable),
        load_entries(store, forbund, EconomyCategory),
        load_entries(store, forbund, Document),
        load_entries(store, forbund, Target),
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
) -> dict[str, Any]:
    """The sections that were asked for, by their names in the Report."""
    wanted = frozenset(sections)
    found: dict[str, Any] = {}
    if "economy" in wanted:
        found["economy"] = build_economy(figures, load_economy_registers(store, forbund), period, lage)
    if "avstamning" in wanted and lage is Lage.INTERN:
        found["avstamning"] = load_avstamning(store, forbund, figures)
    return found
