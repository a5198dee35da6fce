"""One cell's text at a time."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.intake.cells import (
    REPORTED,
    Fault,
    clean_text,
    fold,
    format_cell,
    read_count,
    read_day,
    read_gender,
    read_number,
    read_period,
    slug,
)
from finsam_dash.model import Gender, Period


@given(st.integers(0, 20_000_000))
def test_a_count_is_read_back_however_it_is_grouped(number: int) -> None:
    grouped = f"{number:,}"
    for text in (str(number), grouped.replace(",", " "), f"{number},0", format_cell(float(number))):
        assert read_count(text) == number


@pytest.mark.parametrize(
    ("reader", "text", "fault"),
    [
        (read_count, "20 000 001", "for_stort"),
        (read_count, "9" * 23, "for_stort"),
        (read_count, "0" * 23 + "7", None),
        (read_number, "9" * 16, "for_stort"),
        (read_number, "-" + "9" * 16 + ",5", "for_stort"),
        (read_number, "9" * 15, None),
    ],
)
def test_a_number_that_no_figure_can_be(reader, text: str, fault: str | None) -> None:
    read = reader(text)
    assert read == (Fault(fault) if fault else float(text))


@given(st.decimals(-(10**8), 10**8, places=4))
def test_a_number_is_read_back(number: object) -> None:
    assert read_number(str(number).replace(".", ",")) == float(str(number))


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_a_workbooks_number_is_read_back(number: float) -> None:
    found = read_number(format_cell(number))
    assert found == pytest.approx(number, rel=1e-9, abs=1e-11)


@given(st.text(max_size=12))
def test_no_text_makes_a_reader_stumble(text: str) -> None:
    text = clean_text(text)
    for reader in (read_count, read_number, read_day, read_period, read_gender):
        reader(text)


@pytest.mark.parametrize(
    "text", ["1 00", "12 34", "1  000", "1.000,5", "1,2,3", "٣", "½", "1e3", "+-1", "0x10", "٣٤", "1 000 00"]
)
def test_what_is_no_number(text: str) -> None:
    assert isinstance(read_count(text), Fault)
    assert isinstance(read_number(text), Fault)


def test_a_reported_cell_is_passed_by_in_silence() -> None:
    for reader in (read_count, read_number, read_day, read_period, read_gender):
        assert reader(REPORTED) is None


@pytest.mark.parametrize(
    ("text", "gender"),
    [("Kvinna", "kvinna"), ("kvinnor", "kvinna"), ("K", "kvinna"), ("MAN", "man"), ("män", "man"), ("m", "man"),
     ("Annat", "annat_okant"), ("Okänt", "annat_okant"), ("annat/okänt", "annat_okant"),
     ("Alla", "alla"), ("totalt", "alla"), ("Kvinnlig", "kvinna"), ("manlig", "man")],
)  # fmt: skip
def test_ways_to_write_a_gender(text: str, gender: str) -> None:
    assert read_gender(text) == Gender(gender)


@pytest.mark.parametrize(
    ("text", "period"),
    [("2014", "2014"), ("2014-h1", "2014-H1"), ("kvartal 3 2014", "2014-K3"), ("T2 2014", "2014-T2"),
     ("mars 2014", "2014-03"),
     ("2013-12/2015-11", "2013-12/2015-11"), ("dec 2013 – nov 2015", "2013-12/2015-11"),
     ("2013-12--2015-11", "2013-12/2015-11"),
     ("2013-12-02 till 2015-11-29", "2013-12-02/2015-11-29")],
)  # fmt: skip
def test_ways_to_write_a_period(text: str, period: str) -> None:
    assert read_period(text) == Period.parse(period)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026-03-05", date(2026, 3, 5), date(2026, 3, 5)), ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
     ("2024", date(2024, 1, 1), date(2024, 12, 31)), ("5 mars 2026", date(2026, 3, 5), date(2026, 3, 5)),
     ("46086", date(2026, 3, 5), date(2026, 3, 5))],
)  # fmt: skip
def test_days(text: str, first: date, last: date) -> None:
    assert (read_day(text), read_day(text, last=True)) == (first, last)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (1.5, "1,5"), (0.1, "0,1"), (True, "SANT"), (date(2026, 3, 1), "2026-03-01"), (1e-05, "0,00001"),
     (datetime(2026, 3, 1), "2026-03-01"), (datetime(2026, 3, 1, 9, 30), "2026-03-01 09:30:00"),
     (" a\u00a0b\n", "a b"), (1e16, "1" + "0" * 16)],
)  # fmt: skip
def test_a_workbooks_cell_as_a_swede_reads_it(value: object, text: str) -> None:
    assert format_cell(value) == text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Grön Rehab", "gron-rehab"),
        ("3.4.4", "3-4-4"),
        ("  Stig 2!", "stig-2"),
        ("Åtta & Nio", "atta-nio"),
        ("???", ""),
    ],
)
def test_a_code_from_a_name(name: str, code: str) -> None:
    assert slug(name) == code


def test_names_are_compared_without_case_accents_and_punctuation() -> None:
    assert fold("ISAmverkan") == fold("Isamverkan") == fold("i-samverkan")
    assert fold("Växthuset II") != fold("Växthuset I")
