"""Nothing that may be a person's gets through, wherever it stands, and nothing of it is repeated."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import (
    HEADER,
    LONG_HEADER,
    problem_lines,
    read_book,
    read_lines,
    read_text,
    to_workbook,
    warning_lines,
)

from finsam_dash.intake.privacy import is_personnummer, name_kind

SENTENCE = (
    "Cellen innehåller något som liknar ett personnummer eller samordningsnummer. Ta bort uppgiften. "
    "Filen ska bara innehålla antal, inga uppgifter om enskilda personer."
)


@pytest.mark.parametrize(
    "text",
    ["19800101-1234", "800101-1234", "800101+1234", "8001011234", "198001011234", "19800101 1234", "1980-01-01-1234",
     "1980 01 01 1234", "800101 - 1234", "800101–1234", "19800161-1234", "800191-1234", "gäller 800101-1234, klart",
     "pnr:800101-1234.", "20050312-1234", "800101-T123", "(8001011234)", "800101-XXXX", "19800101-****",
     "８００１０１－１２３４", "٨٠٠١٠١1234", "850709/9805", "850709.9805", "850709_9805",
     "850709,9805", "(850709)9805", "850709'9805", "850709\u20119805", "850709\u20109805",
     "85 07 09 98 05", "19 85 07 09 98 05", "850709 98 05", "1985070998-05"],
)  # fmt: skip
def test_what_looks_like_a_personnummer(text: str) -> None:
    assert is_personnummer(text)


@pytest.mark.parametrize(
    "text",
    ["222000-2600", "556677-8899", "4 556 000", "1 201 011 234", "1 201 011 234 kr", "4556000000", "2014-12-31",
     "2014-12-31 2015-01-01", "2014-12-31 – 2015-11-30", "2012-08-01/2014-08-31", "20260101-20261231", "202601-202612",
     "0,346585123456", "12,8001011234", "070-123 45 67", "2026-03-01 12:30:00", "Dnr 2025/01234", "1234567890",
     "(850709)9806", "850709/9806", "850709.9801", "850709,9806", "85 07 09 98 06", "12 10 05 03 07",
     "2026-01-01 2026-03-31 98 05", "2014–2015", "80010112345", "800132-1234",
     "801301-1234", "800100-1234", "800160-1234", "800192-1234"],
)  # fmt: skip
def test_what_does_not(text: str) -> None:
    assert not is_personnummer(text)


@pytest.mark.parametrize(
    "header",
    ["Namn", "NAMN", "Förnamn", "Efternamn", "För- och efternamn", "Deltagarens namn", "Deltagarnamn",
     "Namn på deltagare", "Namn (deltagare)", "Klientens namn", "Personnr", "Personnummer", "Pers.nr",
     "Personnummer (10 siffror)",
     "Samordningsnummer", "Initialer", "Handläggarens namn", "De fyra sista", "Efternamn, förnamn"],
)  # fmt: skip
def test_headers_of_persons_names(header: str) -> None:
    assert name_kind(header) == "namnkolumn"


@pytest.mark.parametrize(
    "header", ["E-post", "epost", "Mejladress", "Telefon", "Telefonnummer", "Mobil", "Tel.nr", "Adress"]
)
def test_headers_of_contact_details(header: str) -> None:
    assert name_kind(header) == "kontaktkolumn"


@pytest.mark.parametrize(
    "header",
    ["Insatsens namn", "Namn på insatsen", "Insats", "Projektnamn", "Gruppens namn", "Deltagare", "Nya", "Kommun"],
)
def test_headers_of_other_things(header: str) -> None:
    assert name_kind(header) == ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((HEADER, "Jobbspåret;2026-03;K;1;800101-1234;3;2;1"), ["rad 2, kolumn Nya: " + SENTENCE]),
        (
            (HEADER + ";Kommentar", "Jobbspåret;2026-03;K;1;2;3;2;1;Se 800101-1234"),
            ["rad 2, kolumn Kommentar: " + SENTENCE],
        ),
        ((HEADER + ";x 800101-1234", "Jobbspåret;2026-03;K;1;2;3;2;1;"), ["rad 1, kolumn I: " + SENTENCE]),
        (("Gäller 800101-1234", HEADER, "Jobbspåret;2026-03;K;1;2;3;2;1"), ["rad 1, kolumn Insats: " + SENTENCE]),
        ((HEADER, "Jobbspåret;2026-03;K;1;2;3;2;1", "", "not: 8001011234"), ["rad 4, kolumn Insats: " + SENTENCE]),
        ((HEADER, "Jobbspåret;2026-03;K;1;503121238;3;2;1"), ["rad 2, kolumn Nya: " + SENTENCE]),
    ],
)
def test_any_place_in_a_csv(lines: tuple[str, ...], expected: list[str]) -> None:
    read = read_lines(*lines)
    assert problem_lines(read) == expected
    assert read.figures.empty
    assert "1234" not in repr(read)


@pytest.mark.parametrize("amount", ["503121238", "1201014567", "1201014567,00", "198507099804", "1 201 011 234"])
def test_a_big_amount_in_the_long_form_is_no_personnummer(amount: str) -> None:
    """1201014567 has the shape of a personnummer but not its check digit."""
    read = read_lines(LONG_HEADER, f"Jobbspåret;2025;;;;kostnad;;;{amount};kr;;;;;;;d;r")
    assert problem_lines(read) == []


@pytest.mark.parametrize("number", ["8507099805", "198507099805", "850709-9805", "120101-4567", "8507099805,0"])
def test_a_personnummer_among_amounts_is_seen(number: str) -> None:
    read = read_lines(LONG_HEADER, f"Jobbspåret;2025;;;;kostnad;;;{number};kr;;;;;;;d;r")
    assert [(problem.code, problem.value) for problem in read.problems] == [("personnummer", "")]


@pytest.mark.parametrize("number", ["0507099801", "200507099801"])
def test_a_personnummer_without_its_zero_is_seen_in_a_file_without_headers(number: str) -> None:
    """A column of nothing but numbers keeps the zeros that stand first."""
    assert [problem.code for problem in read_lines(number).problems] == ["ingen_rubrikrad", "personnummer"]


def test_an_empty_column_for_persons_is_told_to_be_removed() -> None:
    read = read_lines(f"{HEADER};Personnummer", "Jobbspåret;2026-03;Alla;1;1;3;2;1;")
    assert problem_lines(read) == []
    assert warning_lines(read) == [
        "rad 1, kolumn Personnummer: Kolumnen är tom och läses inte. "
        "Ta bort den: filen ska inte ha uppgifter om enskilda personer."
    ]


@pytest.mark.parametrize("number", ["8 507 099 805", "198 507 099 805"])
def test_a_personnummer_with_spaces_for_thousands_is_seen_among_counts(number: str) -> None:
    read = read_lines(HEADER, f"Jobbspåret;2026-03;Kvinna;1;{number};3;2;1")
    assert [(problem.code, problem.value) for problem in read.problems] == [("personnummer", "")]


def test_birthdays_and_names_of_staff_are_refused() -> None:
    read = read_lines("Insats;Månad;Kön;Nya;Födelsedatum", "Jobbspåret;2026-03;K;1;1985-07-09")
    assert problem_lines(read) == [
        "rad 1, kolumn Födelsedatum: Kolumnen ser ut att innehålla personers födelsedatum. Ta bort den, eller skriv "
        "bara Födelseår."
    ]
    read = read_lines("Insats;Månad;Kön;Nya;Handläggare", "Jobbspåret;2026-03;K;1;Anna Alm")
    assert [problem.code for problem in read.problems] == ["namnkolumn"]
    assert "Anna" not in repr(read)


def test_the_file_name() -> None:
    rows = f"{HEADER}\nJobbspåret;2026-03;Alla;1;2;3;2;1\n"
    (line,) = problem_lines(read_text(rows, "anna 800101-1234.csv"))
    assert (
        line == "Filens namn innehåller något som liknar ett personnummer eller samordningsnummer. Byt namn på filen."
    )
    assert problem_lines(read_text(rows, "leverans_20260301-0915.csv")) == []
    (line, other) = problem_lines(read_text("", "anna_8001011234.csv"))
    assert line.startswith("Filens namn") or other.startswith("Filens namn")


def test_every_sheet_and_every_sheet_name() -> None:
    rows = [HEADER.split(";"), ["Jobbspåret", "2026-03", "Alla", 1, 2, 3, 2, 1]]
    read = read_book(to_workbook({"Blad1": rows, "800101-1234": [["x"]], "Anteckningar": [[], ["", 198001011234]]}))
    assert problem_lines(read) == [
        "Blad nr 2: Bladets namn innehåller något som liknar ett personnummer eller samordningsnummer. "
        "Byt namn på bladet.",
        "Anteckningar, rad 2, kolumn B: " + SENTENCE,
    ]
    assert "1234" not in repr(read)


def test_a_name_column_on_a_sheet_that_is_not_read() -> None:
    rows = [HEADER.split(";"), ["Jobbspåret", "2026-03", "Alla", 1, 2, 3, 2, 1]]
    read = read_book(to_workbook({"Blad1": rows, "Lista": [["Namn", "Start"], ["Anna Alm", "2026-03-01"]]}))
    (line,) = problem_lines(read)
    assert line.startswith("Lista, rad 1, kolumn Namn: Kolumnen ser ut att innehålla namn")
    assert "Anna" not in repr(read)


def test_a_name_column_hides_neither_other_problems_nor_empty_rows() -> None:
    read = read_lines(
        "Insats;Månad;Kön;Namn;Nya", "Jobbspåret;2026-03;K;Anna;1,5", ";;;;", ";;;;", "Jobbspåret;2026-03;X;Bo;1"
    )
    assert [(problem.row, problem.code) for problem in read.problems] == [
        (1, "namnkolumn"),
        (2, "inte_heltal"),
        (5, "okant_kon"),
    ]
    assert read.warnings == ()
    assert "Anna" not in repr(read)


def test_names_in_a_column_of_counts() -> None:
    read = read_lines("Insats;Månad;Kön;Deltagare", "Jobbspåret;2026-03;K;Anna Alm")
    (line,) = problem_lines(read)
    assert line.startswith("rad 1, kolumn Deltagare: Kolumnen ser ut att innehålla namn")
    assert "Anna" not in repr(read)


def test_other_problems_of_the_row_are_told_too() -> None:
    read = read_lines(HEADER, "Jobbspår 800101-1234;2026-13;X;1;2;3;2;1")
    assert [problem.code for problem in read.problems] == ["personnummer", "omojligt_datum", "okant_kon"]


@settings(max_examples=40, deadline=None)
@given(
    born=st.dates(date(1930, 1, 1), date(2012, 12, 31)),
    last=st.integers(0, 9999),
    coordinated=st.booleans(),
    century=st.booleans(),
    mark=st.sampled_from(["-", "+", "", " ", "–", " - "]),
    around=st.sampled_from([("", ""), ("gäller ", ""), ("(", ")"), ("nr:", ", klar")]),
    column=st.integers(0, 7),
    form=st.sampled_from(["csv", "xlsx", "header", "title"]),
)
def test_no_digits_of_a_personnummer_come_out(
    born: date, last: int, coordinated: bool, century: bool, mark: str, around: tuple[str, str], column: int, form: str
) -> None:
    day = born.day + (60 if coordinated else 0)
    digits = f"{born:%Y%m}{day:02d}"[0 if century else 2 :]
    number = f"{digits}{mark}{last:04d}"
    cell = around[0] + number + around[1]
    header, row = HEADER.split(";"), ["Jobbspåret", "2026-03", "Kvinna", "1", "2", "3", "2", "1"]
    title: list[str] = []
    if form == "header":
        header[column] = cell
    elif form == "title":
        title = [cell]
    else:
        row[column] = cell
    if form == "xlsx":
        read = read_book(to_workbook({"Blad1": [title, header, row]}))
    else:
        read = read_lines(*(";".join(line) for line in (title, header, row)))
    assert any(problem.code == "personnummer" for problem in read.problems)
    shown = repr((read.problems, read.warnings, read.columns, read.comments, read.new_insatser)) + read.figures.to_csv()
    shown += "".join(problem_lines(read))
    assert number not in shown
    assert f"{last:04d}" not in shown.replace(read.sha256, "") or last < 3000
    assert digits not in shown
