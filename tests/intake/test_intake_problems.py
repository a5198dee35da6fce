"""Bad files, one for each problem: the whole message is asserted, and nothing but problems comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from intake_cases import (
    CONTEXT,
    HEADER,
    LONG_HEADER,
    problem_lines,
    read_book,
    read_lines,
    read_text,
    to_workbook,
)

import finsam_dash.intake
from finsam_dash.intake import SIZE_LIMIT, read_delivery
from finsam_dash.wording import problems as wording
from finsam_dash.wording.problems import format_problem, format_problem_row, group_problems

COUNT_ADVICE = "Skriv ett helt antal utan decimaler: 0 om ingen, och lämna cellen tom om uppgiften saknas."
FORM = (
    "en rad för varje insats, månad och kön, med kolumnerna Insats, Månad, Kön, Pågående vid start, Nya, Avslutade, "
    "Till arbete och/eller studier och Bortfall"
)
SUGGEST = "Skriv så, eller lägg till --skapa-insatser om insatsen är ny."
NO_PERSONS = "Ta bort uppgiften. Filen ska bara innehålla antal, inga uppgifter om enskilda personer."

MONTHLY = [
    (
        "Jobbspåret;2026-03;Kvinna;1;1,5;3;2;1",
        [f'rad 2, kolumn Nya: "1,5" är inte ett heltal. {COUNT_ADVICE}'],
    ),
    ("Jobbspåret;2026-03;Kvinna;1;-2;3;2;1", [f'rad 2, kolumn Nya: "-2" är negativt. {COUNT_ADVICE}']),
    ("Jobbspåret;2026-03;Kvinna;1;−2;3;2;1", [f'rad 2, kolumn Nya: "−2" är negativt. {COUNT_ADVICE}']),
    ("Jobbspåret;2026-03;Kvinna;1;fem;3;2;1", [f'rad 2, kolumn Nya: "fem" är inte ett heltal. {COUNT_ADVICE}']),
    ("Jobbspåret;2026-03;Kvinna;1;34 %;3;2;1", [f'rad 2, kolumn Nya: "34 %" är inte ett heltal. {COUNT_ADVICE}']),
    (
        "Jobbspåret;2026-03;Kvinna;1.000;5;3;2;1",
        [
            'rad 2, kolumn Pågående vid start: "1.000" kan betyda både 1000 och 1,000. '
            "Skriv 1000 utan skiljetecken om det är tusental."
        ],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;5;3;4;1",
        [
            'rad 2, kolumn Till arbete och/eller studier: "4" är mer än Avslutade, som är 3. '
            "Skriv högst 3, eller rätta Avslutade."
        ],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;5;3;2;4",
        ['rad 2, kolumn Bortfall: "4" är mer än Avslutade, som är 3. Skriv högst 3, eller rätta Avslutade.'],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;#REF!;3;2;1",
        ['rad 2, kolumn Nya: "#REF!" är ett formelfel. Rätta formeln eller skriv värdet, spara och läs in filen igen.'],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;#SAKNAS!;3;2;1",
        [
            'rad 2, kolumn Nya: "#SAKNAS!" är ett formelfel. '
            "Rätta formeln eller skriv värdet, spara och läs in filen igen."
        ],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;####;3;2;1",
        [
            'rad 2, kolumn Nya: "####" är inget värde: kolumnen var för smal när filen sparades. '
            "Bredda kolumnen och spara filen på nytt."
        ],
    ),
    (
        "Jobspåret;2026-03;Kvinna;1;5;3;2;1",
        [f'rad 2, kolumn Insats: "Jobspåret" är ingen känd insats. Menas "Jobbspåret"? {SUGGEST}'],
    ),
    (
        "Xyz;2026-03;Kvinna;1;5;3;2;1",
        [
            'rad 2, kolumn Insats: "Xyz" är ingen känd insats. Skriv insatsens registrerade namn eller kod, '
            "eller lägg till --skapa-insatser om insatsen är ny."
        ],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;99999999999999999999999;3;2;1",
        ['rad 2, kolumn Nya: "99999999999999999999999" är orimligt stort. Kontrollera att talet står i rätt kolumn.'],
    ),
    (
        ";2026-03;Kvinna;1;5;3;2;1",
        ["rad 2, kolumn Insats: Insats saknas. Skriv insatsens namn eller kod på varje rad."],
    ),
    (
        "Jobbspåret;2026-13;Kvinna;1;5;3;2;1",
        [
            'rad 2, kolumn Månad: "2026-13" är ett datum som inte finns. '
            "Skriv en månad som 2026-03 eller ett datum som 2026-03-31."
        ],
    ),
    (
        "Jobbspåret;2026-02-30;Kvinna;1;5;3;2;1",
        [
            'rad 2, kolumn Månad: "2026-02-30" är ett datum som inte finns. '
            "Skriv en månad som 2026-03 eller ett datum som 2026-03-31."
        ],
    ),
    (
        "Jobbspåret;vår;Kvinna;1;5;3;2;1",
        ['rad 2, kolumn Månad: "vår" är ingen månad. Skriv månaden som 2026-03 eller mars 2026.'],
    ),
    (
        "Jobbspåret;;Kvinna;1;5;3;2;1",
        ["rad 2, kolumn Månad: Månad saknas. Skriv månaden som 2026-03 eller mars 2026."],
    ),
    (
        "Jobbspåret;2026-05;Kvinna;1;5;3;2;1",
        [
            'rad 2, kolumn Månad: "2026-05" är en månad som inte har börjat än. '
            "Skriv en månad som har varit, eller ta bort raden."
        ],
    ),
    (
        "Jobbspåret;2026-03;Hona;1;5;3;2;1",
        ['rad 2, kolumn Kön: "Hona" är inget kön som kan läsas. Skriv Kvinna, Man, Annat eller Alla.'],
    ),
    ("Jobbspåret;2026-03;;1;5;3;2;1", ["rad 2, kolumn Kön: Kön saknas. Skriv Kvinna, Man, Annat eller Alla."]),
    (
        "Jobbspåret;2026-03;Kvinna;1;5;3;2;1;7",
        [
            "rad 2, kolumn I: Raden har fler fält än rubrikraden. "
            "Kontrollera att inget värde innehåller skiljetecknet. "
            "Ett decimalkomma i en kommaseparerad fil måste stå inom citattecken."
        ],
    ),
    (
        "Jobbspåret;2026-03;Kvinna;1;5;3;2;1\njobbsparet;mars 2026;K;1;5;3;2;1",
        ["rad 3, kolumn Månad: Jobbspåret, kvinnor, mars 2026 finns redan på rad 2. Behåll bara en av raderna."],
    ),
    (
        "19800101-1234;2026-03;Kvinna;1;5;3;2;1",
        [
            "rad 2, kolumn Insats: Cellen innehåller något som liknar ett personnummer eller samordningsnummer. "
            + NO_PERSONS
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), MONTHLY, ids=[lines[0].split(": ", 1)[1][:40] for _, lines in MONTHLY])
def test_one_problem_of_a_row_gives_one_message(rows: str, expected: list[str]) -> None:
    read = read_lines(HEADER, *rows.split("\n"))
    assert problem_lines(read) == expected
    assert read.figures.empty
    assert (read.new_insatser, read.comments, read.form) == ((), (), "manad")


HEADERS = [
    (
        "Insats;Kön;jan;feb;mars\nJobbspåret;K;1;2;3",
        [f"rad 1: Månaderna står som kolumner. Skriv i stället {FORM}."],
    ),
    (
        "Insats;2026-01;2026-02\nJobbspåret;1;2",
        [f"rad 1: Månaderna står som kolumner. Skriv i stället {FORM}."],
    ),
    (
        ";;jan;;feb;;mars\nInsats;Kön;Nya;Avslutade;Nya;Avslutade;Nya\nJobbspåret;K;1;2;3;4;5",
        [f"rad 2: Månaderna står som kolumner. Skriv i stället {FORM}."],
    ),
    ("hej\nhopp", [f"Ingen rubrikrad känns igen bland de första raderna. Skriv {FORM}."]),
    ("Insats;Månad;Kön\nJobbspåret;2026-03;K", [f"rad 1: Rubrikraden har ingen kolumn med antal. Skriv {FORM}."]),
    (
        "Månad;Nya\n2026-03;1",
        [
            "rad 1: Det här saknas i månadsfilen (en rad för varje insats, månad och kön): Insats, Kön. "
            "Lägg till det som saknas, med just de rubrikerna."
        ],
    ),
    (
        "Insats;Från;Kön;Nya\nJobbspåret;2026-03-01;K;1",
        [
            "rad 1: Det här saknas i månadsfilen (en rad för varje insats, månad och kön): Till. "
            "Lägg till det som saknas, med just de rubrikerna."
        ],
    ),
    (
        "Insats;Månad;Kön;Nya;Nya deltagare\nJobbspåret;2026-03;K;1;2",
        ["rad 1, kolumn Nya deltagare: Kolumnen betyder detsamma som kolumnen Nya (D). Behåll bara en av dem."],
    ),
    (
        "Insats;Månad;Kön;Nya kvinnor;Nya män\nJobbspåret;2026-03;K;1;2",
        [
            "rad 1, kolumn Kön: Kön står både i en egen kolumn och i rubrikerna. "
            "Behåll antingen kolumnen Kön eller kolumner som Avslutade kvinnor och Avslutade män."
        ],
    ),
    (HEADER, ["rad 1: Det finns inga rader med uppgifter under rubrikraden. Fyll i minst en rad."]),
    (
        "Insats;Månad;Kön;Nya;Förnamn\nJobbspåret;2026-03;K;1;Anna",
        ["rad 1, kolumn Förnamn: Kolumnen ser ut att innehålla namn eller nummer på personer. Ta bort hela kolumnen."],
    ),
    (
        "Insats;Månad;Kön;Nya;E-post\nJobbspåret;2026-03;K;1;a@b.se",
        ["rad 1, kolumn E-post: Kolumnen ser ut att innehålla kontaktuppgifter till personer. Ta bort hela kolumnen."],
    ),
    (
        "Insats;Från;Till;Kön;Nya\nJobbspåret;2026-03-31;2026-03-01;K;1",
        [
            'rad 2, kolumn Till: "2026-03-01" ligger före periodens början (2026-03-31). '
            "Skriv det första datumet i Från och det sista i Till."
        ],
    ),
    (
        "Insats;Från;Till;Kön;Nya\nJobbspåret;2026-01;2026-03;K;1\nJobbspåret;2026-03;2026-03;M;1\n"
        "Jobbspåret;2025-12-15;2026-01-14;M;1",
        [
            "rad 3, kolumn Från: Mars 2026 för Jobbspåret överlappar första kvartalet 2026 på rad 2. "
            "Skriv perioder som inte överlappar varandra.",
            "rad 4, kolumn Från: 15 dec 2025–14 jan 2026 för Jobbspåret överlappar första kvartalet 2026 på rad 2. "
            "Skriv perioder som inte överlappar varandra.",
        ],
    ),
    (
        "Insats;Månad;Kön;Avslutade;Avslutade utan uppgift;Till arbete och/eller studier\nJobbspåret;2026-03;K;9;4;6",
        [
            'rad 2, kolumn Avslutade utan uppgift: "4" och Till arbete och/eller studier (6) är tillsammans fler än '
            "Avslutade (9). Rätta något av de tre antalen. Den vars situation inte är känd räknas inte till arbete "
            "eller studier."
        ],
    ),
    (
        "Insats;Månad;Kön;Avslutade;Till arbete och/eller studier;Till arbete\nJobbspåret;2026-03;K;9;4;6",
        [
            'rad 2, kolumn Till arbete: "6" är mer än Till arbete och/eller studier, som är 4. '
            "Skriv högst 4, eller rätta Till arbete och/eller studier."
        ],
    ),
    (
        "Jobbspåret;2026-03;K;05;12",
        [
            "Ingen rubrikrad känns igen bland de första raderna. Skriv en rad för varje insats, månad och kön, med "
            "kolumnerna Insats, Månad, Kön, Pågående vid start, Nya, Avslutade, Till arbete och/eller studier och "
            "Bortfall."
        ],
    ),
    (
        "Insats;Månad;Kön;Avslutade;Till studier\nJobbspåret;2026-03;K;3;4",
        ['rad 2, kolumn Till studier: "4" är mer än Avslutade, som är 3. Skriv högst 3, eller rätta Avslutade.'],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADERS, ids=[lines[0][:45] for _, lines in HEADERS])
def test_a_problem_of_the_header_or_between_rows(text: str, expected: list[str]) -> None:
    read = read_text(text)
    assert problem_lines(read) == expected
    assert read.figures.empty


LONG = [
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutad;;;3;antal;;;;;;;d;r",
        ['rad 2, kolumn Mått: "avslutad" är inget känt mått. Menas "avslutade"? Skriv måttets kod.'],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;andel_arbete_studier;;;0 %;andel;0;0;avslutade;;;;d;r",
        [
            "rad 2, kolumn Nämnare: Nämnaren är 0, och av ingen finns ingen andel. "
            "Rätta Nämnare, eller ta bort raden om ingen ingår."
        ],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;3;styck;;;;;;;d;r",
        ['rad 2, kolumn Enhet: "styck" finns inte i listan. Skriv något av: antal, andel, kr, tkr, dagar, poang.'],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;3;;;;;;;;d;r",
        [
            "rad 2, kolumn Värde: Enhet saknas på raden. "
            "Skriv antal, andel, kr, tkr, dagar eller poäng i kolumnen Enhet."
        ],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;1,2;andel;;;;;;;d;r",
        ['rad 2, kolumn Värde: "1,2" är ingen andel mellan 0 och 1. Skriv till exempel 0,34 eller 34 %.'],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;2,5;antal;;;;;;;d;r",
        [f'rad 2, kolumn Värde: "2,5" är inte ett heltal. {COUNT_ADVICE}'],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;kostnad;;;mycket;kr;;;;;;;d;r",
        ['rad 2, kolumn Värde: "mycket" är inget tal. Skriv ett tal med decimalkomma, till exempel 1250 eller 12,5.'],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;alder;;3;antal;;;;;;;d;r",
        [
            "rad 2, kolumn Klass: Indelning och klass hör ihop, och den ena saknas. "
            "Skriv båda, till exempel alder och under_30, eller ingen av dem."
        ],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;3;antal;;;;;ej_redovisat;;d;r",
        [
            'rad 2, kolumn Orsak: "ej_redovisat" är en orsak till att värdet saknas, men i Värde står "3". '
            "Ta bort orsaken eller värdet."
        ],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;andel_arbete_studier;;;0,5;andel;9;8;;;;;d;r",
        ['rad 2, kolumn Täljare: "9" är mer än Nämnare, som är 8. Skriv högst 8, eller rätta Nämnare.'],
    ),
    (
        "Jobbspåret;;;;;avslutade;;;3;antal;;;;;;;d;r",
        [
            "rad 2, kolumn Från: Datum saknas. Skriv datumet som 2026-03-31.",
            "rad 2, kolumn Till: Datum saknas. Skriv datumet som 2026-03-31.",
        ],
    ),
    (
        "Jobbspåret;våren;;;;avslutade;;;3;antal;;;;;;;d;r",
        [
            'rad 2, kolumn Insatsperiod: "våren" är ingen period. '
            "Skriv till exempel 2026-03, 2026-K1, 2026 eller 2013-12/2015-11."
        ],
    ),
    (
        "Jobbspåret;;nyligen;2025-12-31;;avslutade;;;3;antal;;;;;;;d;r",
        ['rad 2, kolumn Från: "nyligen" är inget datum. Skriv datumet som 2026-03-31.'],
    ),
    (
        "Jobbspåret;;2026-06-01;2026-12-31;;avslutade;;;3;antal;;;;;;;d;r",
        [
            'rad 2, kolumn Från: "2026-06-01" är en månad som inte har börjat än. '
            "Skriv en månad som har varit, eller ta bort raden."
        ],
    ),
    (
        "Jobbspåret;;2025-01-01;2025-12-31;;avslutade;;;3;antal;;;;;;;d;r\n"
        "jobbsparet;2025;;;Alla;Avslutade;;;4;antal;;;;;;;d2;r",
        ["rad 3, kolumn Mått: Samma uppgift finns redan på rad 2. Behåll bara en av raderna."],
    ),
    (
        "Jobbspåret;2025;;;;avslutade;;;3;antal;;;;;;;d;r\nJobbspåret;2025;;;;bortfall;;;4;antal;;;;;;;d;r",
        ['rad 3, kolumn Värde: "4" är mer än Avslutade på rad 2, som är 3. Skriv högst 3, eller rätta Avslutade.'],
    ),
    (
        "Jobbspåret;2025;;;;avslutade;;;3;antal;;;x;;;;d;r",
        [
            'rad 2, kolumn Nämnartyp: "x" finns inte i listan. '
            "Skriv något av: avslutade, deltagare, inskrivna, genomfort, svarande, grupp, annan."
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), LONG, ids=[lines[0][6:50] for _, lines in LONG])
def test_a_problem_of_the_long_form(rows: str, expected: list[str]) -> None:
    read = read_lines(LONG_HEADER, *rows.split("\n"))
    assert problem_lines(read) == expected
    assert read.figures.empty
    assert read.form == "lang"


PARTICIPANTS_HEADER = "Insats;Kön;Födelseår;Startdatum;Slutdatum;Avslutsanledning;Sysselsättning efter"
PARTICIPANTS = [
    (
        "Jobbspåret;K;1990;2025-03-01;2025-02-01;Fullföljt;Arbete",
        ['rad 2, kolumn Slutdatum: "2025-02-01" ligger före startdatum. Rätta startdatum eller slutdatum.'],
    ),
    (
        "Jobbspåret;K;1990;2027-03-01;;;",
        [
            'rad 2, kolumn Startdatum: "2027-03-01" har inte inträffat än. Skriv ett datum som har varit; '
            "lämna slutdatum tomt så länge deltagandet pågår."
        ],
    ),
    (
        "Jobbspåret;K;1990;2025-03-01;;Fullföljt;",
        [
            "rad 2, kolumn Slutdatum: Raden har avslutsanledning men inget slutdatum. "
            "Skriv slutdatum, eller ta bort avslutsanledningen om deltagandet pågår."
        ],
    ),
    (
        "Jobbspåret;K;90;2025-03-01;;;",
        ['rad 2, kolumn Födelseår: "90" är inget födelseår. Skriv bara året, till exempel 1998.'],
    ),
    (
        "Jobbspåret;Alla;1990;2025-03-01;;;",
        ['rad 2, kolumn Kön: "Alla" är inget kön som kan läsas. Skriv Kvinna, Man eller Annat.'],
    ),
    ("Jobbspåret;;1990;2025-03-01;;;", ["rad 2, kolumn Kön: Kön saknas. Skriv Kvinna, Man eller Annat."]),
    ("Jobbspåret;K;1990;;;;", ["rad 2, kolumn Startdatum: Datum saknas. Skriv datumet som 2026-03-31."]),
    (
        "Jobbspåret;K;1990;2025-03-01;2025-05-01;Blåst;Arbete",
        [
            'rad 2, kolumn Avslutsanledning: "Blåst" finns inte i listan. Skriv något av: Fullföljt enligt plan, '
            "Till arbete, Till studier, Vidare till annan insats, Avbrott, Avbrott på grund av ohälsa, "
            "Avbrott på grund av flytt, Avbrott på grund av föräldraledighet, Avliden, Annat, Felregistrering, Pågår."
        ],
    ),
]


@pytest.mark.parametrize(("row", "expected"), PARTICIPANTS, ids=[lines[0][6:50] for _, lines in PARTICIPANTS])
def test_a_problem_of_a_deltagande(row: str, expected: list[str]) -> None:
    read = read_lines(PARTICIPANTS_HEADER, row)
    assert problem_lines(read) == expected
    assert read.figures.empty


def test_age_out_of_range() -> None:
    read = read_lines("Insats;Kön;Ålder;Startdatum;Slutdatum", "Jobbspåret;K;130;2025-03-01;")
    assert problem_lines(read) == [
        'rad 2, kolumn Ålder: "130" är ingen ålder. Skriv åldern i hela år, till exempel 27.'
    ]


UNREADABLE = [
    (b"", "f.csv", "Filen är tom. Välj en fil som innehåller uppgifter."),
    (b"\xef\xbb\xbf \r\n", "f.csv", "Filen är tom. Välj en fil som innehåller uppgifter."),
    (
        b"x" * (SIZE_LIMIT + 1),
        "f.csv",
        "Filen är större än 20 MB. Dela upp den, till exempel i en fil för varje år, och läs in delarna var för sig.",
    ),
    (
        b"Det var en vanlig text",
        "f.xlsx",
        "Filen är ingen Excel-arbetsbok, eller så är den skadad. "
        "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx) eller som csv.",
    ),
    (
        b"PK\x03\x04 trasig",
        "f.xlsx",
        "Filen är ingen Excel-arbetsbok, eller så är den skadad. "
        "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx) eller som csv.",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "f.xlsx",
        "Filen är skyddad med lösenord. Ta bort lösenordet i Excel, spara och läs in filen igen.",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "f.xls",
        "Filen är i ett format som inte kan läsas här. Spara den i Excel som Excel-arbetsbok (.xlsx) eller som csv.",
    ),
    (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "f.csv",
        "Filen innehåller tecken som inte hör hemma i en textfil. "
        "Spara den i Excel som Excel-arbetsbok (.xlsx) eller som csv UTF-8.",
    ),
    (
        b"Insats;M\x00nad\n",
        "f.csv",
        "Filen innehåller tecken som inte hör hemma i en textfil. "
        "Spara den i Excel som Excel-arbetsbok (.xlsx) eller som csv UTF-8.",
    ),
    (
        'Insats;Månad;Kön;Nya\n"Jobbspåret;2026-03;K;1\n'.encode(),
        "f.csv",
        "Ett citattecken i filen avslutas aldrig. "
        "Ta bort det ensamma citattecknet, eller spara filen på nytt från Excel.",
    ),
    (
        b";" * 3_000_000 + b"\n" * 20,
        "f.csv",
        "Filen har orimligt många rader och kolumner. Behåll bara tabellen och läs in filen igen.",
    ),
]


@pytest.mark.parametrize(("data", "filename", "expected"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_file_that_cannot_be_read(data: bytes, filename: str, expected: str) -> None:
    read = read_delivery(data, filename, CONTEXT)
    assert problem_lines(read) == [expected]
    assert (read.form, len(read.figures)) == ("", 0)


def test_one_good_and_forty_bad_rows_give_forty_problems() -> None:
    rows = ["Jobbspåret;2022-01;Kvinna;1;2;3;1;0"]
    rows += [f"Jobbspåret;{2022 + month // 12}-{month % 12 + 1:02d};Man;1;{month},5;3;1;0" for month in range(40)]
    read = read_lines(HEADER, *rows)
    assert problem_lines(read) == [
        f'rad {row}, kolumn Nya: "{row - 3},5" är inte ett heltal. {COUNT_ADVICE}' for row in range(3, 43)
    ]
    assert read.figures.empty


def test_the_sheet_and_its_own_row_number_are_named() -> None:
    rows = [["Rubrik"], [], HEADER.split(";"), [], ["Jobbspåret", "2026-03", "K", 1, 1.5, 3, 2, 1]]
    read = read_book(to_workbook({"Blad1": rows}))
    assert problem_lines(read) == [f'Blad1, rad 5, kolumn Nya: "1,5" är inte ett heltal. {COUNT_ADVICE}']
    row = format_problem_row(read.problems[0])
    assert (row.var, row.kolumn, row.star_i_filen, row.fel, row.skriv) == (
        "Blad1, rad 5",
        "Nya",
        "1,5",
        "”1,5” är inte ett heltal.",
        COUNT_ADVICE,
    )


def test_the_page_names_its_own_way_to_create_an_insats() -> None:
    """An option of the command line means nothing to somebody who reads the problem on a page."""
    (problem,) = read_lines(HEADER, "Xyz;2026-03;Kvinna;1;5;3;2;1").problems
    expected = (
        "rad 2, kolumn Insats: ”Xyz” är ingen känd insats. Skriv insatsens registrerade namn eller kod, eller "
        "kryssa i att insatser ska skapas om insatsen är ny."
    )
    assert format_problem(problem, "sida") == expected
    assert expected.endswith(format_problem_row(problem).skriv)


def test_the_page_says_the_same_mistake_once_with_its_rows() -> None:
    lines = [f"Xyz;2026-03;{gender};1;5;3;2;1" for gender in ("Kvinna", "Man", "Annat")]
    read = read_lines(HEADER, *lines, "Jobbspåret;2026-03;Kvinna;1;5;3;2;1,5", *(lines[:1] * 8))
    assert len(read.problems) == 12
    rows = [row for _, row in group_problems(read.problems)]
    assert [(row.var, row.star_i_filen) for row in rows] == [
        ("rad 2, 3, 4, 6, 7, 8, 9, 10 … och 3 rader till", "Xyz"),
        ("rad 5", "1,5"),
    ]
    # The command line has one line a problem.
    assert len(problem_lines(read)) == 12


def test_a_name_without_letters_becomes_no_insats() -> None:
    read = read_lines(HEADER, "☃;2026-03;Alla;1;5;3;2;1", create_insatser=True)
    assert problem_lines(read) == [
        'rad 2, kolumn Insats: "☃" kan inte bli en ny insats. Skriv ett namn med minst en bokstav a–ö eller en siffra.'
    ]


def test_a_line_break_in_a_cell_neither_breaks_the_message_nor_the_line_numbers() -> None:
    read = read_text(f'{HEADER}\n"Jobb\nspår";2026-03;K;1;1;3;2;1\nJobbspåret;2026-03;M;1;"ett\noch två";3;2;1\n')
    assert problem_lines(read) == [
        f'rad 2, kolumn Insats: "Jobb spår" är ingen känd insats. Menas "Jobbspåret"? {SUGGEST}',
        f'rad 4, kolumn Nya: "ett och två" är inte ett heltal. {COUNT_ADVICE}',
    ]


def test_long_values_are_never_cut_off() -> None:
    value = "ungefär " * 60
    read = read_lines(HEADER, f"Jobbspåret;2026-03;K;1;{value};3;2;1")
    assert problem_lines(read) == [f'rad 2, kolumn Nya: "{value.strip()}" är inte ett heltal. {COUNT_ADVICE}']


def test_every_code_that_intake_uses_has_its_words() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(finsam_dash.intake.__file__).parent.glob("*.py"))
    used = set(re.findall(r'(?<!_)(?:refuse|Fault|UnreadableFileError)\(\s*"([a-z_]+)"', source))
    warned = set(re.findall(r'warn\(\s*"([a-z_]+)"', source))
    assert len(used) > 40
    assert used <= set(wording._PROBLEMS)
    assert warned == set(wording._WARNINGS)
