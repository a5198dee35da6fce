"""Workbooks as people, Excel, LibreOffice and ill-wishers make them."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from intake_cases import FILES, HEADER, figures_of, problem_lines, read_book, save_book, to_workbook, warning_lines
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from python_calamine import CalamineWorkbook

from finsam_dash.intake import workbook as workbook_room
from finsam_dash.intake.cells import NO_VALUE

HEADERS = HEADER.split(";")
ROW = ["Jobbspåret", "2026-03", "Alla", 1, 2, 3, 1, 0]
FIGURES = {
    ("jobbsparet", "2026-03", "alla", matt): float(value)
    for matt, value in zip(("pagaende", "nya", "avslutade", "till_arbete_studier", "bortfall"), ROW[3:], strict=True)
}


def edit(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content) if part == name else content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "month", [date(2026, 3, 1), datetime(2026, 3, 31, 12, 30), 46082, "2026-03", "mars 2026", "2026-03-01"]
)
def test_excel_months(month: object) -> None:
    read = read_book(to_workbook({"Blad1": [HEADERS, [*ROW[:1], month, *ROW[2:]]]}))
    assert problem_lines(read) == []
    assert figures_of(read) == FIGURES


def test_a_number_and_its_text_are_the_same_cell() -> None:
    rows = [[*ROW[:3], "1", " 2 ", "3,0", 1.0, "0"]]
    assert figures_of(read_book(to_workbook({"Blad1": [HEADERS, *rows]}))) == FIGURES


def test_true_is_no_count() -> None:
    (line,) = problem_lines(read_book(to_workbook({"Blad1": [HEADERS, [*ROW[:3], 1, True, 3, 1, 0]]})))
    assert line.startswith('Blad1, rad 2, kolumn Nya: "SANT" är inte ett heltal.')


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_row_numbers() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in ((4, HEADERS), (6, [*ROW[:3], -1, *ROW[4:]])):
        for column, value in enumerate(values, 3):
            sheet.cell(row, column, value)
    (line,) = problem_lines(read_book(save_book(book)))
    assert line.startswith('Sheet, rad 6, kolumn Pågående vid start: "-1" är negativt.')


def test_an_instruction_sheet_is_passed_by_and_all_sheets_with_a_form_are_read() -> None:
    read = read_book(
        to_workbook(
            {
                "Läs mig": [["Så fyller ni i"], ["Kolumn", "Betydelse"], ["Nya", "De som har börjat under månaden"]],
                "Tomt": [],
                "Februari": [HEADERS, [ROW[0], "2026-02", *ROW[2:]]],
                "Mars": [["Rubrik"], HEADERS, ROW],
            }
        )
    )
    assert problem_lines(read) == []
    assert warning_lines(read) == []
    assert {key[1] for key in figures_of(read)} == {"2026-02", "2026-03"}
    assert read.row_count == 2


def test_the_same_month_on_two_sheets_is_refused() -> None:
    assert problem_lines(read_book(to_workbook({"A": [HEADERS, ROW], "B": [HEADERS, ROW]}))) == [
        "B, rad 2, kolumn Månad: Jobbspåret, alla, mars 2026 finns redan på A, rad 2. Behåll bara en av raderna."
    ]


def test_two_forms_in_one_file_are_refused() -> None:
    long = [
        ["Insats", "Från", "Till", "Mått", "Värde", "Enhet"],
        ["Jobbspåret", "2025", "2025", "avslutade", 1, "antal"],
    ]
    assert problem_lines(read_book(to_workbook({"A": [HEADERS, ROW], "B": long}))) == [
        "B, rad 1: Bladet är skrivet i en annan form än bladet A. Läs in dem som två filer."
    ]


def test_other_tables_beside_a_form_are_not_read_and_told() -> None:
    summary = [["Insats", "jan", "feb", "mars"], ["Jobbspåret", 1, 2, 3]]
    lists = [["Insats", "Kön"], ["Jobbspåret", "Kvinna"]]
    read = read_book(to_workbook({"Blad1": [HEADERS, ROW], "Översikt": summary, "Listor": lists}))
    assert figures_of(read) == FIGURES
    assert warning_lines(read) == [
        f"{sheet}: Bladet läses inte: det saknar kolumner med antal, eller har månaderna som kolumner. "
        "Rätta rubrikraden om bladet ska läsas."
        for sheet in ("Översikt", "Listor")
    ]


def test_dates_as_column_headers_are_months_as_columns() -> None:
    rows = [["Insats", "Kön", *(date(2026, month, 1) for month in (1, 2, 3))], ["Jobbspåret", "Kvinna", 1, 2, 3]]
    (line,) = problem_lines(read_book(to_workbook({"Blad1": rows})))
    assert line.startswith("Blad1, rad 1: Månaderna står som kolumner.")


def test_a_hidden_sheet_is_not_read_and_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook({"A": [HEADERS, ROW], "B": [HEADERS, ROW]})))
    book["B"].sheet_state = "hidden"
    read = read_book(save_book(book))
    assert figures_of(read) == FIGURES
    assert warning_lines(read) == ["B: Bladet är dolt och läses inte. Visa bladet i Excel om det ska läsas."]


def test_merged_insats_cells_hold_for_all_their_rows() -> None:
    rows = [HEADERS, [*ROW[:2], "K", *ROW[3:]], [None, "2026-03", "M", *ROW[3:]]]
    book = openpyxl.load_workbook(io.BytesIO(to_workbook({"A": rows})))
    book["A"].merge_cells("A2:A3")
    read = read_book(save_book(book))
    assert problem_lines(read) == []
    assert {key[2] for key in figures_of(read)} == {"kvinna", "man"}


def test_error_cells_are_not_taken_for_empty_ones() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, "=Z9", None, "#REF!")
        sheet.write_formula(1, 9, "=NA()", None, "#N/A")
        sheet.write_formula(1, 3, "=1+1", None, 2)
    assert [line.split(" Rätta")[0] for line in problem_lines(read_book(stream.getvalue()))] == [
        'Blad1, rad 2, kolumn Nya: "#REF!" är ett formelfel.',
        'Blad1, rad 2, kolumn J: "#N/A" är ett formelfel.',
    ]


def test_a_formula_without_a_computed_value_is_not_taken_for_empty() -> None:
    read = read_book(to_workbook({"Blad1": [HEADERS, [*ROW[:4], "=1+1", *ROW[5:]]]}))
    assert problem_lines(read) == [
        "Blad1, rad 2, kolumn Nya: Formeln i cellen har inget uträknat värde. "
        "Öppna filen i Excel, spara den och läs in den igen."
    ]
    assert NO_VALUE not in repr(read)


def test_a_totals_row_of_formulas_without_values_is_not_stored() -> None:
    totals = ["Summa", None, None, *(f"=SUM({column}2:{column}2)" for column in "DEFGH")]
    read = read_book(to_workbook({"Blad1": [HEADERS, ROW, totals]}))
    assert problem_lines(read) == []
    assert figures_of(read) == FIGURES


@pytest.mark.parametrize("name", ["manader-som-kolumner.xlsx", "formelfel.xlsx"])
def test_files_made_in_libreoffice_that_are_refused(name: str) -> None:
    (line,) = problem_lines(read_book((FILES / name).read_bytes(), name))
    assert (
        line.split(". ")[0]
        == {
            "manader-som-kolumner.xlsx": "Blad1, rad 1: Månaderna står som kolumner",
            "formelfel.xlsx": 'Blad1, rad 3, kolumn Nya: "#DIV/0!" är ett formelfel',
        }[name]
    )


def test_a_comment_is_looked_into() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook({"Blad1": [HEADERS, ROW]})))
    book["Blad1"]["E2"].comment = Comment("gäller 19800101-1234", "en handläggare")
    read = read_book(save_book(book))
    (line,) = problem_lines(read)
    assert line.startswith("Blad1, rad 2, kolumn E: Anteckningen till cellen innehåller något som liknar ett person")
    assert "1234" not in repr(read)


def print_above(book: openpyxl.Workbook) -> None:
    book["Blad1"].oddHeader.center.text = "800101-1234"


def name_a_constant(book: openpyxl.Workbook) -> None:
    book.defined_names["deltagare"] = DefinedName("deltagare", attr_text='"800101-1234"')


def offer_a_list(book: openpyxl.Workbook) -> None:
    choice = DataValidation(type="list", formula1='"Anna 800101-1234,Bo"')
    choice.add("B9")
    book["Blad1"].add_data_validation(choice)


def prompt_beside_a_cell(book: openpyxl.Workbook) -> None:
    choice = DataValidation(type="whole", formula1="0", promptTitle="Nya", prompt="gäller <800101-1234>")
    choice.add("B9")
    book["Blad1"].add_data_validation(choice)


def link_a_cell(book: openpyxl.Workbook) -> None:
    book["Blad1"]["A2"].hyperlink = Hyperlink(ref="A2", location="Blad1!A1", tooltip="800101-1234")


@pytest.mark.parametrize("hide", [print_above, name_a_constant, offer_a_list, prompt_beside_a_cell, link_a_cell])
def test_what_stands_outside_the_cells_is_looked_into(hide: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook({"Blad1": [HEADERS, ROW]})))
    hide(book)
    (line,) = problem_lines(read_book(save_book(book)))
    assert line.startswith(
        "Filen innehåller något som liknar ett personnummer eller samordningsnummer utanför cellerna"
    )


def test_encrypted_parts_are_called_password_protected() -> None:
    data = bytearray(to_workbook({"Blad1": [HEADERS, ROW]}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(mark), bytes(data)):
            data[match.start() + offset] |= 1
    assert problem_lines(read_book(bytes(data))) == [
        "Filen är skyddad med lösenord. Ta bort lösenordet i Excel, spara och läs in filen igen."
    ]


def test_a_zip_bomb_is_stopped_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_room, "UNPACKED_LIMIT", 2_000_000)
    padding = b"<!--" + b" " * 30_000_000 + b"-->"
    data = edit(to_workbook({"Blad1": [HEADERS, ROW]}), "xl/styles.xml", lambda content: content + padding)
    assert len(data) < 100_000
    tracemalloc.start()
    lines = problem_lines(read_book(data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == [
        "Filen blir orimligt stor när den packas upp. Spara bara bladet med uppgifter i en ny arbetsbok och läs in den."
    ]
    assert peak < 8_000_000


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    data = bytearray(to_workbook({"Blad1": [HEADERS, ROW]}))
    for match in re.finditer(b"PK\x01\x02", bytes(data)):
        data[match.start() + 20 : match.start() + 24] = (5).to_bytes(4, "little")  # the packed size
    (line,) = problem_lines(read_book(bytes(data)))
    assert line.startswith("Filen är ingen Excel-arbetsbok, eller så är den skadad.")


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="3"><c r="XFD3"><v>1</v></c></row>',
        b'<row r="900000"><c r="A900000"><v>1</v></c></row>',
        b"<row r='1048576'><c s=\"1\" r='B1048576' t=\"n\"><v>1</v></c></row>",
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="4"><c r="AAA4" t="inlineStr"><is><t>x</t></is></c></row>',
        b'<row r="3"><c r="xfd3"><v>1</v></c></row>',
        b'<row r="1048576"><c r="a1048576"><v>1</v></c></row>',
        b'<row r="3"><c r="XFD3" x="/>"><v>1</v></c></row>',
        b'<row r="3"><c r="&#88;FD3"><v>1</v></c></row>',
        b'<row r="1048576"> <!-- far --><c><v>1</v></c></row>',
        b'<row r="3">' + b"<c><v>1</v></c>" * 105 + b"</row>",
    ],
)
def test_a_value_far_out_does_not_take_all_memory(cell: bytes) -> None:
    data = edit(
        to_workbook({"Blad1": [HEADERS, ROW]}),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"</sheetData>", cell + b"</sheetData>"),
    )
    assert problem_lines(read_book(data)) == [
        "Blad1: Det finns celler med innehåll långt utanför tabellen. "
        "Ta bort allt till höger om och nedanför tabellen, spara och läs in filen igen."
    ]


def test_formatted_empty_cells_far_out_do_not_matter() -> None:
    cell = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    data = edit(
        to_workbook({"Blad1": [HEADERS, ROW]}),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"</sheetData>", cell + b"</sheetData>"),
    )
    assert figures_of(read_book(data)) == FIGURES


class Unlaid:
    """A reader that knows its sheets and fails as soon as one is asked for: then it lays out the whole rectangle."""

    def __init__(self, data: io.BytesIO) -> None:
        self.sheets_metadata = CalamineWorkbook.from_filelike(data).sheets_metadata

    from_filelike = classmethod(lambda cls, data: cls(data))

    def get_sheet_by_name(self, name: str) -> None:
        raise LaidOutError


class LaidOutError(Exception):
    pass


def with_values(*places: tuple[int, int]) -> bytes:
    """A workbook of nothing but a value at each place (row, column from 1)."""
    rows = "".join(
        f'<row r="{line}"><c r="{get_column_letter(column)}{line}"><v>1</v></c></row>' for line, column in places
    )
    return edit(
        to_workbook({"Blad1": [["x"]]}),
        "xl/worksheets/sheet1.xml",
        lambda content: re.sub(rb"(?<=<sheetData>).*(?=</sheetData>)", rows.encode(), content, flags=re.DOTALL),
    )


@pytest.mark.parametrize(
    "places", [((1, 1), (399_999, 104)), ((1, 104), (399_999, 1)), ((1, 27), (399_999, 26)), ((1, 1), (100_001, 104))]
)
def test_two_values_at_opposite_corners_are_refused_before_the_sheet_is_laid_out(
    places: tuple[tuple[int, int], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured by hand: 1.3 GB for a file of 5 kB before it was measured first, then nothing."""
    monkeypatch.setattr(workbook_room, "CalamineWorkbook", Unlaid)
    assert problem_lines(read_book(with_values(*places))) == [
        "Blad1: Det finns celler med innehåll långt utanför tabellen. "
        "Ta bort allt till höger om och nedanför tabellen, spara och läs in filen igen."
    ]


@given(st.lists(st.tuples(st.integers(1, 450_000), st.integers(1, 120)), min_size=1, max_size=3))
def test_what_is_laid_out_is_within_the_bound_and_what_is_within_it_is_laid_out(places: list[tuple[int, int]]) -> None:
    rows, columns = (max(place[axis] for place in places) for axis in (0, 1))
    fits = rows < 400_000 and columns <= 104 and rows * columns <= workbook_room.CELL_LIMIT
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_room, "CalamineWorkbook", Unlaid)
        try:
            laid_out = not problem_lines(read_book(with_values(*sorted(places))))
        except LaidOutError:
            laid_out = True
    assert laid_out == fits


def test_a_large_table_is_not_said_to_have_values_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that does not say where it stands makes the sheet be measured: of 3 × 8 cells 17 are filled."""
    monkeypatch.setattr(workbook_room, "CELL_LIMIT", 20)
    data = edit(
        to_workbook({"Blad1": [HEADERS, ROW]}),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"</sheetData>", b'<row r="3"><c><v>1</v></c></row></sheetData>'),
    )
    assert problem_lines(read_book(data)) == [
        "Filen har orimligt många rader och kolumner. Behåll bara tabellen och läs in filen igen."
    ]


def test_two_values_at_the_corners_do_not_take_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sheets that are each within the bound lie outside it together."""
    monkeypatch.setattr(workbook_room, "CELL_LIMIT", 5000)
    sheets = {name: [HEADERS, *[[""] * 99 for _ in range(38)], [""] * 99 + ["x"]] for name in ("Ett", "Två")}
    assert problem_lines(read_book(to_workbook(sheets))) == [
        "Filen har orimligt många rader och kolumner. Behåll bara tabellen och läs in filen igen."
    ]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
        + "]><x>&a9;</x>",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    ],
)
@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_neither_unfolded_nor_fetched(part: str, doctype: str) -> None:
    data = edit(to_workbook({"Blad1": [HEADERS, ROW]}), part, lambda _: doctype.encode())
    (line,) = problem_lines(read_book(data))
    assert line.startswith(("Filen är ingen Excel-arbetsbok", "Ingen"))


def test_a_part_that_is_said_to_lie_outside_the_file_is_refused() -> None:
    data = bytearray(to_workbook({"Blad1": [HEADERS, ROW]}))
    at = data.rindex(b"PK\x01\x02") + 42  # where the part begins
    data[at : at + 4] = (2**32 - 16).to_bytes(4, "little")
    (line,) = problem_lines(read_book(bytes(data)))
    assert line.startswith("Filen är ingen Excel-arbetsbok, eller så är den skadad.")


def test_damaged_workbooks_end_in_a_sentence() -> None:
    data = to_workbook({"Blad1": [HEADERS, ROW]})
    for cut in range(0, len(data), max(1, len(data) // 60)):
        lines = problem_lines(read_book(data[:cut] + data[cut + 7 :]))
        assert all(line.startswith(("Filen är", "Blad1", "Ingen", "rad")) for line in lines), lines


def test_the_content_decides_not_the_name() -> None:
    assert figures_of(read_book(to_workbook({"Blad1": [HEADERS, ROW]}), "leverans.csv")) == FIGURES


def test_a_text_document_in_a_zip_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    (line,) = problem_lines(read_book(stream.getvalue(), "rapport.docx"))
    assert line.startswith("Filen är ingen Excel-arbetsbok")
