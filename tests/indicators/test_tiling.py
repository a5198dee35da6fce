"""The finest exact tiling, against a second implementation that tries every combination."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.indicators.tiling import find_tiling, merge_months, split_gaps
from finsam_dash.model import Period

YEAR = Period.parse("2014")
TILES = [
    Period.parse(code)
    for code in (
        *(f"2014-{month:02d}" for month in range(1, 13)),
        *(f"2014-K{number}" for number in range(1, 5)),
        *(f"2014-T{number}" for number in range(1, 4)),
        "2014-H1",
        "2014-H2",
        "2014",
    )
]


def parse(*codes: str) -> list[Period]:
    return [Period.parse(code) for code in codes]


def test_mixed_lengths_tile_and_the_finest_wins() -> None:
    stored = parse("2014-01", "2014-02", "2014-03", "2014-K1", "2014-K2", "2014-H2", "2014")
    assert find_tiling(stored, YEAR) == (tuple(parse("2014-01", "2014-02", "2014-03", "2014-K2", "2014-H2")), ())


def test_a_gap_is_named() -> None:
    stored = parse("2014-01", "2014-02", "2014-K2", "2014-H2")
    assert find_tiling(stored, YEAR) == ((), tuple(parse("2014-03")))


def test_periods_that_are_no_calendar_tiles_never_tile() -> None:
    stored = parse("2013-12-01/2014-06-30", "2014-07-15/2014-12-31", "2014-02/2014-04")
    tiles, gaps = find_tiling(stored, YEAR)
    assert tiles == ()
    assert gaps == YEAR.months()


def test_months_when_nothing_is_expected_may_stand_empty() -> None:
    stored = parse("2014-T3")
    assert find_tiling(stored, YEAR, YEAR.months()[:8]) == (tuple(stored), ())


def test_months_join_into_longer_gaps() -> None:
    assert merge_months(parse("2014-05", "2014-03", "2014-04", "2014-09")) == tuple(parse("2014-03/2014-05", "2014-09"))


@given(st.sets(st.sampled_from(TILES), max_size=9))
def test_as_fine_as_trying_every_combination(stored: set[Period]) -> None:
    best = 0
    for size in range(1, len(stored) + 1):
        for chosen in itertools.combinations(sorted(stored), size):
            months = [month for tile in chosen for month in tile.months()]
            if sorted(months) == list(YEAR.months()):
                best = size
    tiles, gaps = find_tiling(stored, YEAR)
    assert len(tiles) == best
    assert bool(gaps) == (best == 0)


@pytest.mark.parametrize(
    ("gaps", "day", "lacking", "ahead"),
    [
        # The month that runs is not over, and the months after it have not been.
        (["2026-04/2026-12"], date(2026, 11, 23), ["2026-04/2026-10"], ["2026-11/2026-12"]),
        (["2026-12"], date(2026, 11, 23), [], ["2026-12"]),
        (["2026-02", "2026-K4"], date(2026, 11, 30), ["2026-02", "2026-10"], ["2026-11/2026-12"]),
        (["2026-02", "2026-10"], date(2026, 11, 1), ["2026-02", "2026-10"], []),
        (["2026-04/2026-12"], date(2027, 1, 1), ["2026-04/2026-12"], []),
        (["2026-04/2026-12"], None, ["2026-04/2026-12"], []),
    ],
)
def test_months_that_are_not_over_are_not_lacking(
    gaps: list[str], day: date | None, lacking: list[str], ahead: list[str]
) -> None:
    assert split_gaps(parse(*gaps), day) == (tuple(parse(*lacking)), tuple(parse(*ahead)))
