"""Periods, dates and the order of names in Swedish."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.model import Period
from finsam_dash.wording import periods


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("code", "name", "dates"),
    [
        ("2014", "2014", "1 jan–31 dec 2014"),
        ("2010-01/2014-12", "2010–2014", "1 jan 2010–31 dec 2014"),
        ("2014-H1", "första halvåret 2014", "1 jan–30 juni 2014"),
        ("2014-T3", "tredje tertialet 2014", "1 sep–31 dec 2014"),
        ("2014-K4", "fjärde kvartalet 2014", "1 okt–31 dec 2014"),
        ("2014-03", "mars 2014", "1–31 mars 2014"),
        ("2012-08/2014-08", "aug 2012–aug 2014", "1 aug 2012–31 aug 2014"),
        ("2014-02/2014-05", "feb–maj 2014", "1 feb–31 maj 2014"),
        ("2013-12-15/2015-11-30", "15 dec 2013–30 nov 2015", "15 dec 2013–30 nov 2015"),
        ("2014-05-05/2014-05-05", "5 maj 2014", "5 maj 2014"),
    ],
)
def test_a_period_has_its_shortest_name_and_its_dates(code: str, name: str, dates: str) -> None:
    assert plain(periods.format_period(Period.parse(code))) == name
    assert plain(periods.format_period_dates(Period.parse(code))) == dates


def test_dates_and_moments() -> None:
    assert plain(periods.format_date(date(2014, 12, 31))) == "31 december 2014"
    assert plain(periods.format_date_short(date(2014, 3, 1))) == "1 mars 2014"
    assert periods.format_moment(datetime(2015, 3, 19, 13, 5, tzinfo=UTC)) == "2015-03-19 14:05"
    assert periods.format_moment(datetime(2015, 7, 19, 13, 5)) == "2015-07-19 15:05"
    assert periods.format_in_period(Period.parse("2014-H1")) == "under första halvåret 2014"
    assert periods.format_in_period(Period.year(2014)) == "2014"
    assert periods.format_in_period(Period.month(2014, 3)) == "i mars 2014"
    assert periods.format_in_period(Period.parse("2014-02/2014-05")) == "feb–maj 2014"
    assert periods.format_period_months(Period.parse("2024-11/2026-10")) == "nov 2024–okt 2026"
    assert periods.format_period_months(Period.month(2014, 3)) == "mars 2014"


def test_the_index_ends_in_a_ring_a_and_o_with_dots() -> None:
    names = ["Örebro", "Zeta", "Ängel", "Åmål", "apa", "Édith", "Ede", "Efva", "Grupp 10", "Grupp 2", "A\u030alund"]
    assert sorted(names, key=periods.sort_key) == [
        "apa",
        "Ede",
        "Édith",
        "Efva",
        "Grupp 2",
        "Grupp 10",
        "Zeta",
        "A\u030alund",
        "Åmål",
        "Ängel",
        "Örebro",
    ]


@given(st.lists(st.text(alphabet="abcåäöÅÄÖz ", max_size=6)))
def test_order_agrees_with_an_alphabet_written_out(names: list[str]) -> None:
    alphabet = " abczåäö"

    def by_hand(name: str) -> list[int]:
        return [alphabet.index(letter.lower()) for letter in name]

    ours = sorted(names, key=periods.sort_key)
    assert [by_hand(name) for name in ours] == sorted(by_hand(name) for name in names)
