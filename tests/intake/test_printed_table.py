"""A table of printed results: what is read from the expression itself, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finsam_dash.intake.printed_table import read_printed_number, read_printed_parts, read_printed_table
from finsam_dash.model import Qualifier, Unit


@pytest.mark.parametrize(
    ("text", "value", "unit", "step", "qualifier"),
    [
        ("34 % (340 st)", "0.34", Unit.ANDEL, "0.01", Qualifier.NONE),
        ("88 av 277 (31,8 procent)", "0.318", Unit.ANDEL, "0.001", Qualifier.NONE),
        ("ca 1,2 mkr", "1200", Unit.TKR, "100", Qualifier.CA),
        ("20 440 tkr", "20440", Unit.TKR, "1", Qualifier.NONE),
        ("5 494 516 kr", "5494516", Unit.KR, "1", Qualifier.NONE),
        ("drygt 380 deltagare", "380", Unit.ANTAL, "1", Qualifier.DRYGT),
        ("Resultat −3 566 tkr", "-3566", Unit.TKR, "1", Qualifier.NONE),
    ],
)
def test_a_printed_number_is_read_with_its_precision(
    text: str, value: str, unit: Unit, step: str, qualifier: Qualifier
) -> None:
    number = read_printed_number(text)
    assert number is not None
    assert (number.value, number.unit, number.precision, number.qualifier) == (
        Decimal(value), unit, Decimal(step), qualifier,
    )  # fmt: skip


def test_a_text_without_a_number_has_none() -> None:
    assert read_printed_number("många") is None


@pytest.mark.parametrize(
    ("text", "parts"), [("34 % (340 av 981)", "340/981"), ("88 av totalt 1 277", "88/1277"), ("34 %", "")]
)
def test_an_expression_may_say_what_it_is_made_of(text: str, parts: str) -> None:
    assert read_printed_parts(text) == parts


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_a_pasted_table_is_read_whatever_its_separator(mark: str) -> None:
    lines = [
        ("Uttryck", "Delar", "Rubrik"),
        ("34 %", "340/981", "Resultat"),
        ("", "", ""),
        ("8 157 tkr", "2045+6112", ""),
    ]
    read = read_printed_table("\n".join(mark.join(line) for line in lines).encode(), "Tabellen")
    assert read.problems == ()
    assert [(row.uttryck, row.parts, row.rubrik) for row in read.results] == [
        ("34 %", "340/981", "Resultat"),
        ("8 157 tkr", "2045+6112", ""),
    ]


def test_own_columns_win_over_the_expression() -> None:
    text = "Uttryck;Publicerat;Enhet;Precision;Kvalifikator;Delar\nResultatet;34;andel;0,005;ca;1/3\n"
    (row,) = read_printed_table(text.encode(), "x.csv").results
    assert (row.published, row.unit, row.precision, row.qualifier) == (
        Decimal("0.34"), Unit.ANDEL, Decimal("0.005"), Qualifier.CA,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("A;B\n1;2\n", "uttryck_saknas", None),
        ("Uttryck;Delar\n", "inga_rader", None),
        ("Uttryck;Delar\nmånga;1\n", "inget_tal_tryckt", 2),
        ("Uttryck;Delar\n;1/2\n", "uttryck_tomt", 2),
        ("Uttryck;Delar;Enhet\n34;1/3;liter\n", "okand_kod", 2),
        ("Uttryck;Delar;Precision\n34;1/3;noll\n", "inte_tal", 2),
        ("Uttryck;Delar\n34 %;850101-1234\n", "personnummer", 2),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, code: str, line: int | None) -> None:
    read = read_printed_table(text.encode(), "x.csv")
    assert [(problem.code, problem.row) for problem in read.problems] == [(code, line)]
    assert read.results == ()


def test_a_broken_file_is_a_problem() -> None:
    assert [problem.code for problem in read_printed_table(b"", "x.csv").problems] == ["filen_tom"]
    assert [problem.code for problem in read_printed_table(b"x", "x.xlsx").problems] == ["inte_arbetsbok"]
