"""Att uppmärksamma of the synthetic förbund: silent on the quiet insatser over five years, not on the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.attention import Attention, Rule
from finsam_dash.model import Lage, Period
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.store import Store, open_store

QUIET = {"vagen-vidare", "arbetsbron", "kvinnokraft", "jobbnyckeln", "vardagskraft", "sprangbradan"}
AFTER = date(2026, 2, 20)
YEARS = range(2021, 2026)
PERIODS = [
    *(str(year) for year in YEARS),
    *(f"{year}-{part}" for year in YEARS for part in ("H1", "H2", "T2")),
    "2025-06",
    "2025-12",
]


@pytest.fixture(scope="module")
def store(filled_store: Path) -> Store:
    return open_store(f"sqlite:///{filled_store}")


_KNOWN: dict[date, FigureSet] = {}


def list_attention(store: Store, period: str, known_by: date = AFTER, as_of: date | None = None) -> list[Attention]:
    """The list as it was seen on a day with what was known then; `as_of` is a later day without more deliveries."""
    if known_by not in _KNOWN:
        _KNOWN[known_by] = load_figure_set(store, "exempel", known_by)
    report = build_report(
        store, "exempel", Period.parse(period), lage=Lage.INTERN, as_of=as_of or known_by, known_by=known_by,
        sections=("attention",), figures=_KNOWN[known_by],
    )  # fmt: skip
    return list(report.attention or ())


def test_the_quiet_are_silent_in_every_period_of_five_years(store: Store) -> None:
    spoken = [(period, item) for period in PERIODS for item in list_attention(store, period) if item.insats in QUIET]
    assert spoken == []


@pytest.mark.parametrize("year", YEARS)
def test_the_quiet_are_silent_as_the_deliveries_came(store: Store, year: int) -> None:
    """Seen on the twentieth of a month, after the delivery of the month before, with what was known that day."""
    for month in (2, 8):
        day = date(year + (month == 2), month, 20)
        period = str(year) if month == 2 else f"{year}-01/{year}-{month - 1:02d}"
        found = list_attention(store, period, day)
        assert [item for item in found if item.insats in QUIET] == [], day


def test_it_speaks_on_the_others(store: Store) -> None:
    """One that improves, one that drops and one that stops reporting, having spent more than planned."""
    seen = list_attention(store, "2025")
    found = {(item.insats, item.rule) for item in seen}
    assert {
        ("unga-framat", Rule.SIGNAL),
        ("unga-framat", Rule.AVVIKER),
        ("ratt-spar", Rule.NIVA),
        ("navet", Rule.SEN),
        ("navet", Rule.FORBRUKNING),
    } <= found
    sides = {item.insats: item.number("sida") for item in seen if item.rule is Rule.SIGNAL}
    assert sides["unga-framat"] == 1
    fall = next(item for item in seen if item.rule is Rule.NIVA)
    assert fall.number("k") / fall.number("n") < fall.number("fore_k") / fall.number("fore_n")


def test_the_one_that_stops_is_seen_a_month_after_its_last_file(store: Store) -> None:
    """Navet's last month is July 2025; August is due on 10 September."""
    for day, months in ((date(2025, 9, 10), 0), (date(2025, 9, 20), 1), (date(2025, 11, 20), 3)):
        late = [item for item in list_attention(store, "2025", day) if item.rule is Rule.SEN]
        assert [(item.insats, item.number("manader")) for item in late] == ([("navet", months)] if months else []), day


def test_volym_is_silent_while_it_reports_and_late_a_quarter_after_the_others(store: Store) -> None:
    """Nothing comes after December 2025: January is due on 10 February, and of volym 92 days later."""
    assert [item for item in list_attention(store, "2025") if item.insats in ("oppna-dorren", "motesplatsen")] == []
    for day, expected in (
        (date(2026, 2, 10), []),
        (date(2026, 2, 11), [None]),
        (date(2026, 5, 13), [None]),
        (date(2026, 5, 14), [None, "oppna-dorren"]),
    ):
        late = [item.insats for item in list_attention(store, "2026-01", as_of=day) if item.rule is Rule.SEN]
        assert late == expected, day
