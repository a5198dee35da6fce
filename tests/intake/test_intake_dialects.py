"""Good files in every dialect give the same figures: separators, encodings, spellings, column order, months."""

from __future__ import annotations

import csv
import io
import unicodedata

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import (
    CONTEXT,
    FILES,
    HEADER,
    INSATSER,
    figures_of,
    problem_lines,
    read_book,
    read_lines,
    read_text,
    save_book,
    to_workbook,
    warning_lines,
)

from finsam_dash.intake import COUNTS, FIGURE_COLUMNS, HEADERS, KEY_COLUMNS, ReadDelivery, read_delivery
from finsam_dash.intake.cells import fold, read_month
from finsam_dash.intake.headers import recognise
from finsam_dash.model import Gender, Insats, Period, Reason

ROWS = (
    "Jobbspåret;2026-03;Kvinna;12;4;3;2;0",
    "Jobbspåret;2026-03;Man;9;2;4;1;1",
    "Grön växtkraft;2026-03;Kvinna;5;1;0;0;0",
    "Grön växtkraft;2026-03;Man;3;0;2;1;1",
)
SHOWN = ("pagaende", "nya", "avslutade", "till_arbete_studier", "bortfall")
EXPECTED = {
    (subject, "2026-03", gender, matt): float(value)
    for subject, gender, values in (
        ("jobbsparet", "kvinna", (12, 4, 3, 2, 0)),
        ("jobbsparet", "man", (9, 2, 4, 1, 1)),
        ("gron-vaxtkraft", "kvinna", (5, 1, 0, 0, 0)),
        ("gron-vaxtkraft", "man", (3, 0, 2, 1, 1)),
    )
    for matt, value in zip(SHOWN, values, strict=True)
}


def assert_expected(read: ReadDelivery) -> None:
    assert problem_lines(read) == []
    assert figures_of(read) == EXPECTED
    assert read.row_count == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_separators(encoding: str, separator: str, end: str) -> None:
    text = end.join((HEADER, *ROWS)).replace(";", separator)
    read = read_text(text, encoding=encoding)
    assert_expected(read)
    assert warning_lines(read) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("sep=;", HEADER, *ROWS),
        ("Månadsuppföljning; mars 2026", "", "Lämnas senast den 10:e;;;", HEADER, *ROWS),
        (HEADER, "", ROWS[0], ";;;;;;;", *ROWS[1:], "", ""),
        (HEADER + ";;;", *(row + ";;;" for row in ROWS)),
        (HEADER.upper(), *ROWS),
        (unicodedata.normalize("NFD", HEADER), *(unicodedata.normalize("NFD", row) for row in ROWS)),
        tuple(";".join(f'"{cell}"' for cell in line.split(";")) for line in (HEADER, *ROWS)),
        tuple(";".join(f"  {cell}\u00a0" for cell in line.split(";")) for line in (HEADER, *ROWS)),
        (
            "insats;Redovisningsmånad;kön;Pågående;Antal nya deltagare;Avslut;Arbete eller studier;Avbrott",
            *ROWS,
        ),
        (HEADER, *(row.replace("Kvinna", "K").replace("Man", "män") for row in ROWS)),
        (HEADER, *(row.replace("Jobbspåret", "JOBBSPARET").replace("Grön växtkraft", "gv") for row in ROWS)),
        (HEADER, *(row.replace(";4;", ";4,0;") for row in ROWS)),
    ],
)  # fmt: skip
def test_spellings_and_layouts(lines: tuple[str, ...]) -> None:
    read = read_lines(*lines)
    assert_expected(read)
    assert warning_lines(read) == []


@pytest.mark.parametrize(
    "month",
    ["mars 2026", "Mars 2026", "mar 2026", "mar-26", "2026-03", "2026-3", "2026-03-01", "2026-03-31", "202603",
     "20260301", "2026/03", "2026M03", "46082", "3/2026", "1 mars 2026", "2026 mars", "2026-03-01 00:00:00", "2026.03",
     "March 2026"],
)  # fmt: skip
def test_ways_to_write_a_month(month: str) -> None:
    assert_expected(read_lines(HEADER, *(row.replace("2026-03", month) for row in ROWS)))


@pytest.mark.parametrize(
    "month", ["2026", "2026-00", "0026-03", "mars", "26-03", "13 mars", "2026-03-32", "1899-12", "12345678"]
)
def test_what_is_no_month_is_never_guessed(month: str) -> None:
    assert not isinstance(read_month(month), Period)


def test_columns_for_each_gender() -> None:
    read = read_lines(
        "Insats;Månad;Pågående kvinnor;Pågående män;Nya (K);Nya (M);Kvinnor avslutade;Män avslutade;"
        "Till arbete och/eller studier - kvinnor;Till arbete och/eller studier - män;Bortfall, kvinna;Bortfall, man",
        "Jobbspåret;2026-03;12;9;4;2;3;4;2;1;0;1",
        "Grön växtkraft;2026-03;5;3;1;0;0;2;0;1;0;1",
    )
    assert problem_lines(read) == []
    assert figures_of(read) == EXPECTED


def test_a_plain_column_beside_columns_for_each_gender_is_the_stated_total() -> None:
    read = read_lines("Insats;Månad;Nya kvinnor;Nya män;Nya, annat/okänt;Nya", "Jobbspåret;2026-03;1;2;3;6")
    assert figures_of(read) == {
        ("jobbsparet", "2026-03", gender, "nya"): value
        for gender, value in (("kvinna", 1), ("man", 2), ("annat_okant", 3), ("alla", 6))
    }
    assert warning_lines(read) == []


def test_a_second_header_row_of_kon_belongs_to_the_first() -> None:
    head = (
        ["Redovisning 2026"],
        ["Insats", "Månad", "Nya", None, "Avslutade", None, None],
        [None, None, "Kvinnor", "Män", "K", "M", "Totalt"],
    )
    rows = (["Jobbspåret", "2026-03", 1, 2, 3, 4, 7], ["Jobbspåret", "2026-04", 0, 5, None, 6, ".."])
    plain = read_lines(
        "Insats;Månad;Nya kvinnor;Nya män;Avslutade K;Avslutade M;Avslutade",
        "Jobbspåret;2026-03;1;2;3;4;7",
        "Jobbspåret;2026-04;0;5;;6;..",
    )
    merged = openpyxl.Workbook()
    for row in (*head, *rows):
        merged.active.append(row)
    for place in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:G2"):
        merged.active.merge_cells(place)
    for read in (read_book(to_workbook({"Blad1": (*head, *rows)})), read_book(save_book(merged))):
        assert (problem_lines(read), warning_lines(read)) == ([], [])
        assert figures_of(read) == figures_of(plain)
    # A row of kön below headers of which none is a count tells nothing about them.
    alone = read_book(to_workbook({"Blad1": (["Insats", "Månad", "Väder", None], [None, None, "K", "M"], rows[0][:4])}))
    assert problem_lines(alone) == problem_lines(
        read_book(to_workbook({"Blad1": (["Insats", "Månad", "Väder", None], rows[0][:4])}))
    )


def test_the_four_kinds_of_nothing_are_kept_apart() -> None:
    read = read_lines(
        "Insats;Månad;Kön;Pågående;Nya;Avslutade;Till arbete och/eller studier;Bortfall;Till studier",
        "Jobbspåret;2026-03;Alla;;0;-;..;.;–",
    )
    assert {matt: value for (_, _, _, matt), value in figures_of(read).items()} == {
        "pagaende": Reason.UPPGIFT_SAKNAS,
        "nya": 0.0,
        "avslutade": Reason.EJ_REDOVISAT,
        "till_arbete_studier": Reason.DOLT_HOS_KALLAN,
        "bortfall": Reason.EJ_TILLAMPLIGT,
        "till_studier": Reason.EJ_REDOVISAT,
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1\u202f250", 1250),
        ("1250", 1250),
        ("1 250 000", 1250000),
        ("3,0", 3),
        ("007", 7),
    ],
)
def test_thousands(text: str, value: float) -> None:
    read = read_lines("Insats;Månad;Kön;Nya", f"Jobbspåret;2026-03;Alla;{text}")
    assert figures_of(read) == {("jobbsparet", "2026-03", "alla", "nya"): value}


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Insats;Månad;Kön;Till arbete;Till studier", "Jobbspåret;2026-03;Alla;3;2"), None),
        (
            ("Insats;Månad;Kön;Till arbete och/eller studier;Till arbete;Till studier", "Jobbspåret;2026-03;Alla;;3;2"),
            Reason.UPPGIFT_SAKNAS,
        ),
        (
            (
                "Arbete och studier överlappar inte",
                "Insats;Månad;Kön;Till arbete;Till studier",
                "Jobbspåret;2026-03;Alla;3;2",
            ),
            5.0,
        ),
        (("Insats;Månad;Kön;Till arbete;Till studier;Överlappar inte", "Jobbspåret;2026-03;Alla;3;2;ja"), 5.0),
        (("Insats;Månad;Kön;Till arbete;Till studier;Överlappar inte", "Jobbspåret;2026-03;Alla;3;2;nej"), None),
        (
            (
                "Arbete och studier överlappar inte",
                "Insats;Månad;Kön;Till arbete och/eller studier;Till arbete;Till studier",
                "Jobbspåret;2026-03;Alla;4;3;2",
            ),
            4.0,
        ),
        (
            (
                "Arbete och studier överlappar inte",
                "Insats;Månad;Kön;Till arbete och/eller studier;Till arbete;Till studier",
                "Jobbspåret;2026-03;Alla;;3;-",
            ),
            Reason.UPPGIFT_SAKNAS,
        ),
    ],
)
def test_the_joint_outcome_is_only_a_sum_where_the_file_says_so(
    lines: tuple[str, ...], value: float | str | None
) -> None:
    read = read_lines(*lines)
    assert problem_lines(read) == []
    assert figures_of(read).get(("jobbsparet", "2026-03", "alla", "till_arbete_studier")) == value
    derived = read.figures[read.figures["qualifier"] == "harledd"]
    assert list(derived["matt"]) == (["till_arbete_studier"] if value == 5.0 else [])


def test_periods_other_than_months() -> None:
    read = read_lines(
        "Insats;Period;Kön;Nya",
        "Jobbspåret;2025-K1;Alla;1",
        "Jobbspåret;tertial 2 2025;Alla;2",
        "Jobbspåret;2024;Alla;3",
        "Jobbspåret;2025-09-01 – 2025-10-31;Alla;4",
    )
    assert problem_lines(read) == []
    spans = read.figures[["start", "end", "value"]].astype(str).to_numpy().tolist()
    assert spans == [
        ["2025-01-01", "2025-03-31", "1.0"],
        ["2025-05-01", "2025-08-31", "2.0"],
        ["2024-01-01", "2024-12-31", "3.0"],
        ["2025-09-01", "2025-10-31", "4.0"],
    ]


def test_from_and_to() -> None:
    read = read_lines("Insats;Från;T.o.m.;Kön;Nya", "Jobbspåret;2025-01-01;2025-06;Alla;1")
    assert read.figures[["start", "end"]].astype(str).to_numpy().tolist() == [["2025-01-01", "2025-06-30"]]


def test_comments_are_kept_with_their_row() -> None:
    read = read_lines("Insats;Månad;Kön;Nya;Kommentar", "Jobbspåret;2026-03;K;1;sen rapport", "Jobbspåret;2026-03;M;1;")
    (comment,) = read.comments
    assert (comment.insats, comment.period, comment.gender, comment.text, comment.row) == (
        "jobbsparet",
        Period.month(2026, 3),
        Gender.KVINNA,
        "sen rapport",
        2,
    )


def test_new_insatser_are_created_when_asked_for() -> None:
    rows = (
        "Insats;Månad;Kön;Nya",
        "Östra Spåret;2026-03;Alla;1",
        "östra spåret;2025-11;Alla;1",
        "Jobbspåret;2026-03;Alla;1",
    )
    assert len(read_lines(*rows).problems) == 2
    read = read_lines(*rows, create_insatser=True)
    assert problem_lines(read) == []
    (insats,) = read.new_insatser
    assert (insats.kod, insats.namn) == ("ostra-sparet", "Östra Spåret")
    assert [(str(part.start), part.end) for part in insats.periods] == [("2025-11-01", None)]
    assert set(read.figures["subject"]) == {"ostra-sparet", "jobbsparet"}


def test_a_new_insats_that_is_like_a_known_one_is_created_with_a_warning() -> None:
    read = read_lines("Insats;Månad;Kön;Nya", "Jobbspåren;2026-03;Alla;1", create_insatser=True)
    assert [insats.kod for insats in read.new_insatser] == ["jobbsparen"]
    assert warning_lines(read) == [
        'Insatsen "Jobbspåren" skapas, men liknar "Jobbspåret". Rätta namnet i filen om det är samma insats.'
    ]


def test_a_name_that_two_insatser_share_stands_for_neither() -> None:
    twins = (*INSATSER, Insats("spar-tva", "Spår 2", INSATSER[0].periods, kortnamn="GV"))
    rows = ("Insats;Månad;Kön;Nya", "GV;2026-03;Alla;1")
    assert problem_lines(read_lines(*rows)) == []
    assert [problem.code for problem in read_lines(*rows, insatser=twins).problems] == ["okand_insats"]


def test_templates_rows_for_months_to_come_say_nothing() -> None:
    read = read_lines(
        "Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;Alla;1", "Jobbspåret;2026-06;Alla;", "Jobbspåret;;Alla;"
    )
    assert problem_lines(read) == []
    assert (len(read.figures), read.row_count) == (1, 1)


def test_the_columns_understood_are_told() -> None:
    read = read_lines("Insats;Månad;Nya kvinnor;Nya män;Väder", "Jobbspåret;2026-03;1;2;sol")
    assert [(column.header, column.key, column.gender) for column in read.columns] == [
        ("Insats", "insats", None),
        ("Månad", "manad", None),
        ("Nya kvinnor", "nya", Gender.KVINNA),
        ("Nya män", "nya", Gender.MAN),
        ("Väder", "", None),
    ]


WARNINGS = [
    (
        ("Insats;Månad;Kön;Nya", "Jobbspåret;2019-12;Alla;1", "Jobbspåret;2019-11;Alla;1", "Jobbspåret;2020-01;Alla;1"),
        [
            "Jobbspåret har uppgifter utanför sin registrerade tid: nov–dec 2019. De sparas, men en insats ingår i "
            "förbundets summor bara under sin registrerade tid. Rätta tiden med insats andra om den är fel."
        ],
    ),
    (
        ("Insats;Månad;Kön;Nya;Väder", "Jobbspåret;2026-03;Alla;1;sol"),
        ['rad 1, kolumn Väder: Kolumnen "Väder" känns inte igen och läses inte. Byt rubrik om den ska läsas.'],
    ),
    (
        ("Insats;Månad;Kön;Nya;;", "Jobbspåret;2026-03;Alla;1;obs;"),
        ["rad 1, kolumn E: Kolumnen har värden men ingen rubrik och läses inte. Skriv en rubrik om den ska läsas."],
    ),
    (
        ("Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;K;1"),
        [
            "rad 2: rad för män saknas: skriv 0 om ingen. Gäller Jobbspåret, mars 2026. "
            "Totalen för alla saknas så länge raden saknas."
        ],
    ),
    (("Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;K;1", "Jobbspåret;2026-03;Alla;1"), []),
    (("Insats;Månad;Kön;Nya", "Kvinnokraft;2026-03;K;1"), []),
    (
        ("Insats;Månad;Kön;Nya", "Kvinnokraft;2026-03;K;1", "Kvinnokraft;2026-03;M;2"),
        [
            "rad 3: Raden gäller män, men Kvinnokraft är inte registrerad för män. "
            "Rätta raden, eller ändra insatsen om den är öppen för fler."
        ],
    ),
    (("Insats;Månad;Kön;Nya", "Kvinnokraft;2026-03;K;1", "Kvinnokraft;2026-03;M;0"), []),
    (
        ("Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;K;1", "Jobbspåret;2026-03;M;2", "Jobbspåret;2026-03;Totalt;4"),
        [
            'rad 4, kolumn Nya: Totalen är "4", men kvinnor och män (och annat eller okänt kön) är tillsammans 3. '
            "Totalen i filen gäller. Kontrollera att raderna stämmer."
        ],
    ),
    (
        ("Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;K;1", "Jobbspåret;2026-03;M;2", "Summa;;;3"),
        ["rad 4: Raden är en summarad och sparas inte. Den stämmer med raderna ovanför."],
    ),
    (
        ("Insats;Månad;Kön;Nya", "Jobbspåret;2026-03;K;1", "Jobbspåret;2026-03;M;2", "Totalt;;;5"),
        [
            'rad 4, kolumn Nya: Summaraden har "5", men raderna ger 3. '
            "Summaraden sparas inte. Kontrollera att inga rader saknas."
        ],
    ),
    (
        (
            "Insats;Månad;Kön;Nya",
            "Jobbspåret;2026-03;Alla;1", "GV;2026-03;Alla;2", "Summa Jobbspåret;;;1", ";;;3", "Källa: vi",
        ),
        [
            "rad 4: Raden är en summarad och sparas inte. Den stämmer med raderna ovanför.",
            "rad 5: Raden är en summarad och sparas inte. Den stämmer med raderna ovanför.",
            "rad 6: Raden står under uppgifterna och läses inte. Fyll i hela raden om den ska läsas.",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), WARNINGS, ids=range(len(WARNINGS)))
def test_warnings(lines: tuple[str, ...], expected: list[str]) -> None:
    read = read_lines(*lines)
    assert problem_lines(read) == []
    assert warning_lines(read) == expected
    assert "total" not in "".join(map(str, read.figures["subject"]))


@pytest.mark.parametrize("name", ["titelrader.xlsx", "summarad.xlsx", "windows-1252.csv"])
def test_files_made_in_libreoffice_are_read(name: str) -> None:
    assert_expected(read_book((FILES / name).read_bytes(), name))


def test_numbers_as_text_from_libreoffice() -> None:
    read = read_book((FILES / "tal-som-text.xlsx").read_bytes())
    assert figures_of(read) == EXPECTED | {("jobbsparet", "2026-03", "kvinna", "pagaende"): 1012.0}


def test_every_spelling_of_a_header_is_recognised_and_stands_for_one_thing() -> None:
    seen: dict[str, str] = {}
    for word in HEADERS.values():
        for spelling in (word.header, *word.synonyms):
            assert recognise(spelling) == (word.key, None)
            assert recognise(unicodedata.normalize("NFD", spelling.upper()))[0] == word.key
            assert seen.setdefault(fold(spelling), word.key) == word.key
    assert {"pagaende", "nya", "avslutade", "felregistrerade"} < set(COUNTS) <= set(HEADERS)


def test_the_frame_keeps_the_agreement() -> None:
    frame = read_lines(HEADER, *ROWS).figures
    assert tuple(frame.columns) == FIGURE_COLUMNS
    assert not frame.duplicated(list(KEY_COLUMNS)).any()
    assert (frame["value"].isna() == (frame["reason"] != "")).all()
    assert str(frame["value"].dtype) == str(frame["numerator"].dtype) == "float64"
    assert set(frame["kind"]) == {"insats"}
    assert sorted(set(frame["row"])) == [2, 3, 4, 5]


MONTH_SPELLINGS = (
    lambda period: f"{period.start:%Y-%m}",
    lambda period: f"{period.start:%Y-%m-%d}",
    lambda period: f"{('januari', 'februari', 'mars')[period.start.month - 1]} {period.start.year}",
)
COUNT_CELLS = st.one_of(st.integers(0, 2000), st.sampled_from(["", "-", "..", "."]))
REASONS = {"": "uppgift_saknas", "-": "ej_redovisat", "..": "dolt_hos_kallan", ".": "ej_tillampligt"}


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, int, str], dict[str, int | str]]:
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from([insats.namn for insats in INSATSER]),
                st.integers(1, 3),
                st.sampled_from(["Kvinna", "Man", "Annat", "Alla"]),
            ),
            min_size=1,
            max_size=8,
            unique=True,
        )
    )
    matt = draw(st.lists(st.sampled_from(("pagaende", "nya", "felregistrerade", "deltagare")), min_size=1, unique=True))
    return {key: {name: draw(COUNT_CELLS) for name in matt} for key in keys}


@settings(max_examples=25, deadline=None)
@given(table=tables(), data=st.data())
def test_any_dialect_gives_the_same_figures(table: dict, data: st.DataObject) -> None:
    """Column order, header spelling, separator, encoding, title lines, thousands and months never matter."""
    matt = list(next(iter(table.values())))
    columns = data.draw(st.permutations(["insats", "manad", "kon", *matt]))
    headers = [data.draw(st.sampled_from((HEADERS[key].header, *HEADERS[key].synonyms))) for key in columns]
    space = data.draw(st.sampled_from(["", " ", "\u00a0"]))
    spell = data.draw(st.sampled_from(MONTH_SPELLINGS))
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        delimiter=data.draw(st.sampled_from(";\t,")),
        lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])),
        quoting=data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    )
    for _ in range(data.draw(st.integers(0, 3))):
        writer.writerow(data.draw(st.sampled_from([["Leverans"], [], ["", "Förbundet"]])))
    writer.writerow([data.draw(st.sampled_from([str.upper, str.lower, str]))(header) for header in headers])
    expected = {}
    codes = {insats.namn: insats.kod for insats in INSATSER}
    genders = {"Kvinna": "kvinna", "Man": "man", "Annat": "annat_okant", "Alla": "alla"}
    for (insats, month, gender), counts in table.items():
        period = Period.month(2026, month)
        written = {
            key: f"{count:,}".replace(",", space) if isinstance(count, int) else count for key, count in counts.items()
        }
        cells = {"insats": insats, "manad": spell(period), "kon": gender} | written
        writer.writerow([cells[key] for key in columns])
        for key, count in counts.items():
            value = REASONS[count] if isinstance(count, str) else float(count)
            expected[(codes[insats], f"2026-{month:02d}", genders[gender], key)] = value
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    read = read_delivery(stream.getvalue().encode(encoding), "leverans.csv", CONTEXT)
    assert problem_lines(read) == []
    assert figures_of(read) == expected
