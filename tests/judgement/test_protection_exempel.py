"""The example förbund's whole grid, five years: protected in time, proven, and still worth reading."""

import time
from datetime import date

import pytest
from attacker import find_ranges
from test_protection_engine import attacked

from finsam_dash.judgement.protection.grid import build_grid
from finsam_dash.judgement.protection.history import Change, add_history, record_publication
from finsam_dash.judgement.protection.protect import audit, is_proven, protect
from finsam_dash.model import Gender, Period
from finsam_dash.report.build import load_figure_set
from finsam_dash.store import open_store


@pytest.fixture(scope="module")
def store(filled_store):
    return open_store(f"sqlite:///{filled_store}")


@pytest.fixture(scope="module")
def protected(store):
    """The grid, its protection, and the seconds of work that they and the audit took."""
    figures = load_figure_set(store, "exempel")
    start = time.process_time()
    grid = build_grid(figures)
    protection = protect(grid.system, 5)
    middle = time.process_time()
    assert audit(grid.system, protection) == frozenset()
    return grid, protection, middle - start, time.process_time() - middle


def test_it_is_protected_within_ten_seconds_and_audited_within_two(protected):
    _, _, protecting, auditing = protected
    assert protecting < 10
    assert auditing < 2


def test_it_is_proven_and_nothing_is_exposed(protected):
    grid, protection, _, _ = protected
    assert is_proven(grid.system, protection)
    assert protection.exposed == frozenset()
    assert protection.hidden


@pytest.fixture(scope="module")
def figures_then_and_now(store):
    """The example förbund as it was known in September 2025, and now."""
    return load_figure_set(store, "exempel", date(2025, 9, 20)), load_figure_set(store, "exempel")


YEAR_ROWS = ("avslutade", "andel_arbete_studier", "till_arbete_studier", "nya", "deltaganden")
LARGE = 20


@pytest.fixture(scope="module")
def sizes(protected):
    """How many left, by insats and period."""
    grid = protected[0]
    counts = {cell.id: cell.value for cell in grid.system.cells}
    return {
        (row.subject, row.period): counts[cells[0]]
        for row, cells in grid.rows.items()
        if row.indikator == "avslutade" and row.gender is Gender.ALLA
    }


def test_the_headline_and_the_months_are_shown(protected):
    """All of the headline; of the months at least 97 of 100, for three of them have 1-4 persons themselves."""
    grid, protection, _, _ = protected
    shown = grid.shown_rows(protection.hidden)
    totals = [row for row in grid.rows if row.gender is Gender.ALLA and row.subject is None]
    headline = [row for row in totals if row.period.is_calendar_year]
    assert len(headline) > 50
    assert [row for row in headline if row not in shown] == []
    months = [row for row in totals if row.period.month_count == 1]
    assert share_shown(months, shown) >= 0.97


def test_most_of_what_large_insatser_have_a_half_year_is_shown(protected, sizes):
    grid, protection, _, _ = protected
    halves = [
        row for row in grid.rows if row.period.month_count == 6 and sizes.get((row.subject, row.period), 0) >= LARGE
    ]
    halves = [row for row in halves if row.subject is not None]
    assert share_shown(halves, grid.shown_rows(protection.hidden)) >= 0.7


def test_every_large_insats_has_its_year_shown_but_one(protected, sizes):
    """Gläntan has a handful of persons: one other insats a year has to be hidden with it, the smallest of the large."""
    grid, protection, _, _ = protected
    shown = grid.shown_rows(protection.hidden)
    for year in (Period.year(number) for number in range(2021, 2026)):
        large = {kod for (kod, period), size in sizes.items() if period == year and kod is not None and size >= LARGE}
        assert len(large) >= 8
        rows = [row for row in grid.rows if row.period == year and row.gender is Gender.ALLA and row.subject in large]
        hidden = {row.subject for row in rows if row.indikator in YEAR_ROWS and row not in shown}
        assert hidden == {"vardagskraft"}


def test_the_one_cannot_be_shown_too(protected, sizes):
    """The proof: the headline and every large insats in sight, nothing else, and Gläntan's persons are worked out."""
    grid = protected[0]
    for year in (Period.year(number) for number in range(2021, 2026)):
        small = [kod for (kod, period), size in sizes.items() if period == year and kod is not None and size < LARGE]
        assert small == ["glantan"]
        for matt in ("avslutade", "nya"):
            counts = {
                cell.id.subject: cell.value
                for cell in grid.system.cells
                if cell.id[1:4] == (Gender.ALLA, year, matt) and cell.printed and not cell.id.variant
            }
            whole = {kod: 1 if kod else -1 for kod in counts}
            seen = {kod: count for kod, count in counts.items() if kod != "glantan"}
            assert find_ranges(seen, [whole]) == {"glantan": (counts["glantan"], counts["glantan"])}
            assert counts["glantan"] < 10
        assert 0 < sizes["glantan", year] < 5


def test_two_publications_with_late_registrations_between_withstand_the_attacker(figures_then_and_now):
    """Delårsrapporten in September 2025, and the year as it is known now: both kept, compared, and attacked."""
    then, now = (build_grid(figures).system for figures in figures_then_and_now)
    first = protect(then, 5)
    system = add_history(now, [record_publication(then, first)])
    assert any(isinstance(cell.id, Change) and 0 < abs(cell.value) < 5 for cell in system.cells)
    second = protect(system, 5)
    assert is_proven(system, second)
    assert attacked(then, first) == set()
    assert attacked(system, second) == set()


def share_shown(rows, shown):
    assert rows
    return sum(row in shown for row in rows) / len(rows)
