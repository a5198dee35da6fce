"""The example förbund's whole grid, five years: protected in time, proven, and still worth reading."""

import time

import pytest

from finsam_dash.deliveries.filling import DATA, prepare_store
from finsam_dash.judgement.protection.grid import build_grid
from finsam_dash.judgement.protection.protect import audit, is_proven, protect
from finsam_dash.model import Gender
from finsam_dash.report.build import load_figure_set


@pytest.fixture(scope="module")
def protected(tmp_path_factory):
    """The grid, its protection, and the seconds of work that they and the audit took."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'exempel.db'}"
    figures = load_figure_set(prepare_store(url, folders=(DATA / "exempel",)), "exempel")
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


def test_publicering_is_useful(protected):
    """The headline always, nearly all months, most of insatser with 20 or more avslutade."""
    grid, protection, _, _ = protected
    shown = grid.shown_rows(protection.hidden)
    counts = {cell.id: cell.value for cell in grid.system.cells}
    size = {
        (row.subject, row.period): counts[cells[0]]
        for row, cells in grid.rows.items()
        if row.indikator == "avslutade" and row.gender is Gender.ALLA
    }

    def share_shown(rows):
        assert rows
        return sum(row in shown for row in rows) / len(rows)

    totals = [row for row in grid.rows if row.gender is Gender.ALLA]
    headline = [row for row in totals if row.subject is None and row.period.is_calendar_year]
    assert share_shown(headline) == 1
    assert share_shown([row for row in totals if row.subject is None and row.period.month_count == 1]) > 0.9
    large = [row for row in grid.rows if row.subject and size.get((row.subject, row.period), 0) >= 20]
    assert share_shown(large) >= 0.6
    years = [row for row in large if row.period.is_calendar_year and row.gender is Gender.ALLA]
    assert share_shown([row for row in years if row.indikator == "andel_arbete_studier"]) >= 0.75
    assert share_shown([row for row in years if row.indikator == "avslutade"]) >= 0.75
