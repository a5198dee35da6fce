"""The template: what comes out of Excel is read without a question, and an untouched one says nothing."""

import io
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from finsam_dash.export.template import NoInsatsError, to_template
from finsam_dash.intake import HEADERS, IntakeContext, ReadDelivery, read_delivery
from finsam_dash.model import CountingMode, Forbund, GenderScope, Insats, InsatsPeriod, Period
from finsam_dash.wording.problems import format_problem

FORBUND = Forbund("provet", "Samordningsförbundet Provet & Co")
ALWAYS = (InsatsPeriod(date(2020, 1, 1), None),)
INSATSER = (
    Insats("stegen", "Stegen", ALWAYS, order=1),
    Insats("kvinnokraft", "Kvinnokraft", ALWAYS, gender_scope=GenderScope.KVINNOR, order=2),
    Insats("dorren", "Öppna dörren", ALWAYS, counting_mode=CountingMode.VOLYM, order=3),
    Insats("slut", "Slut i maj", (InsatsPeriod(date(2020, 1, 1), date(2026, 5, 31)),), order=4),
    Insats("forr", "Förr", (InsatsPeriod(date(2020, 1, 1), date(2025, 12, 31)),), order=5),
)
TODAY = date(2026, 4, 15)
YEAR = Period.year(2026)
MONTHLY = (
    "Insats", "Månad", "Kön", "Pågående vid start", "Nya", "Avslutade", "Avslutade utan uppgift",
    "Till arbete och/eller studier", "Till arbete", "Till studier", "Eget företag", "Bortfall", "Felregistrerade",
    "Deltagare", "Kommentar",
)  # fmt: skip


def read(data: bytes) -> ReadDelivery:
    return read_delivery(data, "mall.xlsx", IntakeContext(FORBUND.kod, INSATSER, TODAY))


def open_template(*insatser: Insats, period: Period = YEAR) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(to_template(FORBUND, insatser or INSATSER, period)))
    return book, book["Fyll i"]


def save(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows_of(sheet: Worksheet) -> list[tuple[str, str, str]]:
    cells = sheet.iter_rows(min_row=6, max_col=3, values_only=True)
    return [(insats, f"{month:%Y-%m}", kon) for insats, month, kon in cells if insats]


def fill(sheet: Worksheet, insats: str, month: str, kon: str, **counts: object) -> None:
    """Write into the row that is there for it."""
    headers = [cell.value for cell in sheet[5]]
    line = 6 + rows_of(sheet).index((insats, month, kon))
    for key, value in counts.items():
        sheet.cell(line, headers.index(HEADERS[key].header) + 1).value = value


def counts_of(read_back: ReadDelivery) -> dict[tuple[str, str, str, str], float | str]:
    return {
        (row.subject, row.start[:7], row.gender, row.matt): row.value if pd.notna(row.value) else row.reason
        for row in read_back.figures.astype({"subject": str, "start": str, "gender": str, "matt": str}).itertuples()
    }


def test_each_insats_has_its_own_months_and_kon() -> None:
    _, sheet = open_template()
    rows = rows_of(sheet)
    assert [kon for insats, month, kon in rows if insats == "Stegen" and month == "2026-02"] == ["Kvinna", "Man"]
    assert {kon for insats, _, kon in rows if insats == "Kvinnokraft"} == {"Kvinna"}
    assert {kon for insats, _, kon in rows if insats == "Öppna dörren"} == {"Alla"}
    assert sorted({month for insats, month, _ in rows if insats == "Slut i maj"})[-1] == "2026-05"
    assert len(rows) == 24 + 12 + 12 + 10
    assert not [row for row in rows if row[0] == "Förr"]


def test_the_headers_are_those_of_intake() -> None:
    _, one = open_template(INSATSER[0])
    _, with_volume = open_template(INSATSER[0], INSATSER[2])
    assert tuple(cell.value for cell in one[5]) == MONTHLY
    assert [cell.value for cell in with_volume[5]] == [*MONTHLY[:14], "Deltagare utan personuppgifter", "Kommentar"]


def test_what_is_filled_in_is_read_without_a_question() -> None:
    book, sheet = open_template()
    fill(sheet, "Stegen", "2026-01", "Kvinna", pagaende=31, nya=4, avslutade=5, till_arbete_studier=2, bortfall=1)
    fill(sheet, "Stegen", "2026-01", "Man", pagaende=12, nya=0, avslutade="-", kommentar="Räknas om i mars.")
    fill(sheet, "Kvinnokraft", "2026-03", "Kvinna", nya="..")
    fill(sheet, "Öppna dörren", "2026-03", "Alla", deltagare_utan_personuppgifter=140)
    result = read(save(book))
    assert (result.problems, result.warnings, result.row_count) == ((), (), 4)
    found = counts_of(result)
    assert found["stegen", "2026-01", "kvinna", "avslutade"] == 5
    assert found["stegen", "2026-01", "man", "nya"] == 0
    assert found["stegen", "2026-01", "man", "avslutade"] == "ej_redovisat"
    assert found["stegen", "2026-01", "man", "bortfall"] == "uppgift_saknas"
    assert found["kvinnokraft", "2026-03", "kvinna", "nya"] == "dolt_hos_kallan"
    assert found["dorren", "2026-03", "alla", "deltagare_utan_personuppgifter"] == 140
    assert {(subject, month) for subject, month, _, _ in found} == {
        ("stegen", "2026-01"),
        ("kvinnokraft", "2026-03"),
        ("dorren", "2026-03"),
    }
    assert [comment.text for comment in result.comments] == ["Räknas om i mars."]


def test_an_empty_row_below_takes_another_kon() -> None:
    book, sheet = open_template(INSATSER[0])
    line = 6 + len(rows_of(sheet))
    for column, value in enumerate(("Stegen", date(2026, 2, 1), "Annat/Okänt", 1, 0, 0), start=1):
        assert not sheet.cell(line, column).protection.locked
        sheet.cell(line, column).value = value
    fill(sheet, "Stegen", "2026-02", "Kvinna", nya=1)
    fill(sheet, "Stegen", "2026-02", "Man", nya=2)
    result = read(save(book))
    assert (result.problems, result.warnings) == ((), ())
    assert counts_of(result)["stegen", "2026-02", "annat_okant", "pagaende"] == 1


def test_an_untouched_template_is_said_to_hold_nothing() -> None:
    """Nothing is taken for "uppgift saknas", and neither the example nor the lists are data."""
    result = read(to_template(FORBUND, INSATSER, YEAR))
    assert [format_problem(problem) for problem in result.problems] == [
        "Fyll i, rad 5: Det finns inga rader med uppgifter under rubrikraden. Fyll i minst en rad."
    ]
    assert result.warnings == ()


def test_only_what_is_to_be_written_is_unlocked() -> None:
    book, sheet = open_template(INSATSER[0])
    assert all(one.protection.sheet for one in book)
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=5) for cell in row)
    for row in sheet.iter_rows(min_row=6, max_row=29):
        assert [cell.protection.locked for cell in row] == [True] * 3 + [False] * 12
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)


def test_a_cell_says_in_swedish_what_it_takes() -> None:
    _, sheet = open_template(period=Period.parse("2026-03"))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["A6"].formula1 == "'Så fyller du i'!$A$30:$A$33"
    assert rules["C6"].formula1 == '"Kvinna,Man,Annat/Okänt,Alla"'
    assert rules["D6"].formula1 == 'IF(ISNUMBER(D6),AND(D6>=0,D6=INT(D6)),OR(D6="-",D6=".."))'
    assert rules["D6"].error.startswith("Skriv ett heltal från 0 och uppåt.")
    assert rules["B6"].error == "Skriv månaden som 2026-03. Mallen gäller 2026-03."
    assert all(rule.errorStyle in (None, "stop") and rule.error for rule in rules.values() if rule.type)
    assert len([rule for rule in rules.values() if rule.type == "custom"]) == 12


def test_the_list_of_insatser_holds_them() -> None:
    book, _ = open_template()
    guide = book["Så fyller du i"]
    assert [guide.cell(line, 1).value for line in range(29, 34)] == [
        "Insatser i mallen", "Stegen", "Kvinnokraft", "Öppna dörren", "Slut i maj",
    ]  # fmt: skip


def test_forbund_insats_and_language_are_in_the_properties() -> None:
    data = to_template(FORBUND, INSATSER[:1], YEAR)
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.title == "Månadsuppgifter till Samordningsförbundet Provet & Co"
    assert properties.subject == "Insats: Stegen. Period: 2026."
    assert properties.language == "sv-SE"
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_two_insatser_of_one_name_are_called_by_their_codes() -> None:
    twins = [Insats("bron-1", "Bron", ALWAYS), Insats("bron-2", "Bron", ALWAYS)]
    _, sheet = open_template(*twins, period=Period.parse("2026-01"))
    assert [row[0] for row in rows_of(sheet)] == ["bron-1", "bron-1", "bron-2", "bron-2"]


def test_invented_data_are_marked() -> None:
    data = to_template(Forbund("exempel", "Exempel", pahittad=True), INSATSER[:1], YEAR)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Fyll i"]
    assert sheet["A2"].value == "Påhittade data. Insats: Stegen. Period: 2026."


def test_a_period_without_any_insats_gives_no_template() -> None:
    with pytest.raises(NoInsatsError):
        to_template(FORBUND, INSATSER[4:], YEAR)
