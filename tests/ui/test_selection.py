"""The shared choice: which periods are offered, the opening view, and what a URL may ask for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.model import Forbund, Lage, Period
from finsam_dash.ui.selection import (
    Choices,
    Selection,
    find_complete_part,
    find_default_period,
    format_period_choice,
    list_periods,
    read_selection,
)

UPPSALA = Forbund("uppsala-lan", "Samordningsförbundet Uppsala län")
EXEMPEL = Forbund("exempel", "Exempelförbundet", pahittad=True)
PUBLISHED = tuple(Period.parse(code) for code in ("2014", "2010-01/2014-12", "2012-08/2014-08", "2013-12/2015-11"))
MONTHLY = tuple(Period.month(year, month) for year in (2024, 2025) for month in range(1, 13))
OPENING = {"uppsala-lan": Period.year(2014), "exempel": Period.year(2025)}
CHOICES = Choices((UPPSALA, EXEMPEL), {"uppsala-lan": PUBLISHED, "exempel": MONTHLY}, OPENING, "exempel")


def test_a_year_comes_first_then_spans_of_years_then_the_insatsers_own_periods():
    assert [period.code for period in list_periods(PUBLISHED)] == [
        "2014",
        "2010-01/2014-12",
        "2013-12/2015-11",
        "2012-08/2014-08",
    ]


def test_months_offer_their_year_halves_tertials_quarters_and_themselves():
    offered = [period.code for period in list_periods([Period.month(2025, 5), Period.month(2025, 2)])]
    assert offered == ["2025", "2025-H1", "2025-T1", "2025-T2", "2025-K1", "2025-K2", "2025-02", "2025-05"]


def test_a_stored_quarter_does_not_offer_months_that_nobody_delivered():
    assert [period.code for period in list_periods([Period.parse("2025-K2")])] == ["2025", "2025-H1", "2025-K2"]


month_periods = st.builds(Period.month, st.integers(2000, 2030), st.integers(1, 12))


@given(st.lists(month_periods, max_size=30))
def test_every_offered_period_holds_a_stored_one_and_is_offered_once(stored):
    offered = list_periods(stored)
    assert len(offered) == len(set(offered))
    assert set(stored) <= set(offered)
    assert all(any(period.contains(part) for part in stored) for period in offered)


@pytest.mark.parametrize(
    ("stored", "year"),
    [
        (PUBLISHED, 2014),
        (MONTHLY, 2025),
        (MONTHLY[:-1], 2024),  # December 2025 is not in yet
        (tuple(Period.parse(f"2025-K{n}") for n in (1, 2, 3, 4)), 2025),
        ((*MONTHLY, Period.month(2026, 1)), 2025),  # a year that has begun waits until it is whole
        ((Period.parse("2013-12/2015-11"),), 2015),  # an insats's own period: the year it ends in
        ((), 2025),  # nothing stored: last year
    ],
)
def test_the_opening_period_is_the_latest_whole_year(stored, year):
    assert find_default_period(stored, as_of_year=2026) == Period.year(year)


@pytest.mark.parametrize(
    ("stored", "opening"),
    [
        (("2026-01", "2026-02", "2026-03"), "2026-K1"),
        (("2025-11", "2025-12", "2026-01", "2026-02"), "2026-01/2026-02"),
        (("2026-K1", "2026-04"), "2026-01/2026-04"),
        (("2026-01", "2026-03", "2026-04"), "2026-03/2026-04"),  # February is lacking
        (("2026-01", "2026-03"), "2026-03"),
        (("2025-08/2025-11", "2026-01/2027-02"), "2027"),  # no part of a year at all
        (("2025-03", "2026-01/2027-02"), "2025-03"),
    ],
)
def test_without_a_whole_year_the_longest_complete_part_of_the_latest_year_opens(stored, opening):
    opened = find_default_period([Period.parse(code) for code in stored], as_of_year=2026)
    assert opened == Period.parse(opening)


@given(st.lists(month_periods, max_size=30), st.integers(2000, 2030))
def test_the_complete_part_is_the_longest_row_of_stored_months_as_counted_one_by_one(stored, year):
    rows = [[]]
    for month in Period.year(year).months():
        if month in stored:
            rows[-1].append(month)
        else:
            rows.append([])
    longest = max(len(row) for row in rows)
    latest = [row for row in rows if len(row) == longest][-1]
    expected = Period(latest[0].start, latest[-1].end) if latest else None
    assert find_complete_part(stored, Period.year(year)) == expected


def test_a_period_that_is_stored_as_such_is_complete():
    assert find_complete_part(PUBLISHED, Period.parse("2013-12/2015-11")) == Period.parse("2013-12/2015-11")
    assert find_complete_part(PUBLISHED, Period.year(2015)) is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2026-01/2026-05", "Period: jan–maj 2026"),
        ("2012-08/2014-08", "Period: aug 2012–aug 2014 (insats)"),
        ("2010-01/2014-12", "Period: 2010–2014"),
    ],
)
def test_only_a_stored_odd_period_is_called_an_insatss_own(code, expected):
    assert format_period_choice(Period.parse(code), PUBLISHED) == expected


def test_without_a_url_the_forbund_with_the_newest_figures_opens():
    selection, problems = read_selection({}, CHOICES)
    assert selection == Selection(EXEMPEL, Period.year(2025), Lage.INTERN)
    assert problems == []


def test_a_url_reads_back_to_the_selection_that_wrote_it():
    wanted = Selection(UPPSALA, Period.parse("2012-08/2014-08"), Lage.PUBLICERING)
    assert read_selection(wanted.to_query(), CHOICES) == (wanted, [])


def test_a_period_that_nothing_is_stored_for_is_taken_from_the_url():
    selection, problems = read_selection({"forbund": "uppsala-lan", "period": "2013-07/2014-06"}, CHOICES)
    assert selection is not None
    assert selection.period == Period(date(2013, 7, 1), date(2014, 6, 30))
    assert problems == []


def test_each_bad_part_of_a_url_is_named_and_the_opening_view_stands_in():
    selection, problems = read_selection({"forbund": "bort", "period": "i fjol"}, CHOICES)
    assert selection == Selection(EXEMPEL, Period.year(2025), Lage.INTERN)
    assert problems == [
        "Förbundet i adressen finns inte här.",
        "Perioden i adressen går inte att läsa. Skriv till exempel 2014, 2014-H1 eller 2014-03.",
    ]


def test_an_unknown_lage_fails_closed():
    selection, problems = read_selection({"lage": "offentlig"}, CHOICES)
    assert selection is not None
    assert selection.lage is Lage.PUBLICERING
    assert problems == ["Läget i adressen finns inte. Skriv intern eller publicering."]


def test_an_empty_store_has_no_selection():
    assert read_selection({}, Choices((), {}, {}, "")) == (None, [])
