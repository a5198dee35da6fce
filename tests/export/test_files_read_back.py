"""Every figure is read back from every format and held against the Report's own blocks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx
import openpyxl
import pptx
import pytest
from pptx.slide import Slide
from printed import cell_texts, document, open_parts, plain, publication, written
from pypdf import PdfReader

from finsam_dash.charts.text_width import text_width
from finsam_dash.export.chart_xml import to_workbook
from finsam_dash.export.document import Cell, ChartBlock, TableBlock
from finsam_dash.export.excel import build_definitions_table
from finsam_dash.export.native import BarChart, PointChart, list_numbers
from finsam_dash.export.powerpoint import to_pptx
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Gender, Lage, Measured
from finsam_dash.wording.slides.numbers import KEY_NUMBERS


def chart_numbers(workbook: bytes) -> list[float]:
    """Every number of a chart's workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell.value for row in book.active.iter_rows() for cell in row if isinstance(cell.value, (int, float))]


def test_the_document_holds_the_reports_own_numbers() -> None:
    """The table of the förbund, against the rows of the Report: 88 of 277, 454 deltagare."""
    rows = publication().report.rows
    table = next(block for block in document().tables() if block.key == "forbundet")
    by_label = {row[0].text: row[1].number for row in table.rows}
    counted = {
        row.indikator: row.value.value
        for row in rows
        if row.subject is None and row.gender is Gender.ALLA and isinstance(row.value, Measured)
    }
    assert (by_label["Deltagare"], by_label["Avslutade"]) == (454, 277)
    assert by_label["Andel till arbete eller studier"] == pytest.approx(88 / 277)
    assert sorted(number for number in by_label.values() if number is not None) == sorted(counted.values())


def test_word_holds_every_cell_of_every_table() -> None:
    read = [
        plain(cell.text)
        for table in docx.Document(io.BytesIO(written(".docx"))).tables
        if table._tbl.xpath("w:tblPr/w:tblCaption")
        for row in table.rows[1:]
        for cell in row.cells
    ]
    assert read == cell_texts(document())


def test_excel_holds_every_number_as_a_number_and_every_sign_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(".xlsx")))
    tables = {name: (sheet, ref) for sheet in book for name, ref in sheet.tables.items()}
    blocks = [*document().tables(), *(chart.table for chart in document().charts()), build_definitions_table()]
    tables.pop("t_diagramdata")
    assert len(tables) == len(blocks)
    found = {}
    for name, (sheet, reference) in tables.items():
        found[name] = [[_round(cell.value) for cell in row] for row in sheet[reference]][1:]
    expected = [
        [[_excel(cell) for cell in row] for row in block.rows] or [[None] * len(block.header)] for block in blocks
    ]
    key = repr
    assert sorted(found.values(), key=key) == sorted(expected, key=key)


def test_excels_charts_stand_on_a_table_of_their_numbers() -> None:
    """A row a point, of every chart that Excel draws; the charts refer to it and to nothing else."""
    book = openpyxl.load_workbook(io.BytesIO(written(".xlsx")))
    sheet = book["Diagramdata"]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["t_diagramdata"].ref]][1:]
    expected: list[tuple[float | None, float | None]] = []
    for chart in document().charts():
        if isinstance(chart.native, PointChart):
            expected += [(point.x, point.y) for series in chart.native.series for point in series.points]
        elif chart.native is not None:
            expected += [
                (None, value) for series in (*chart.native.bars, *chart.native.lines) for value in series.values
            ]
    assert len(rows) == len(expected)
    for row, (x, y) in zip(rows, expected, strict=True):
        assert row[3] == (x if x is None else pytest.approx(x))
        assert row[4] == (y if y is None else pytest.approx(y))
    charts = [chart for chart in document().charts() if chart.native is not None]
    drawn = open_parts(written(".xlsx"), r"xl/charts/chart\d+\.xml")
    assert len(drawn) == len(charts)
    references = {text for part in drawn.values() for text in re.findall(r"<c:f>(\w+)!", part.decode())}
    assert references == {"Diagramdata"}


def test_excel_defines_every_measure_in_full() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(".xlsx")))
    sheet = book["Definitioner"]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["t_definitioner"].ref]]
    assert rows[0] == ["Mått", "Vad det säger", "Täljare eller det som räknas", "Nämnare", "Riktning", "Källa"]
    assert [
        "Andel till arbete eller studier",
        "Avslutade som arbetar och/eller studerar direkt efter avslutet, av alla avslutade vars situation är känd.",
        "Till arbete och/eller studier.",
        "Avslutade \u2212 Avslutade utan uppgift.",
        "Högre är bättre",
        "SUS räkneregler; lag (2003:1210) om finansiell samordning av rehabiliteringsinsatser",
    ] in rows
    assert len(rows) == 1 + len(load_registry().indikatorer)
    assert all(cell for row in rows for cell in row)


def _excel(cell: Cell) -> object:
    if cell.number is None:
        return cell.text or None
    return _round(cell.number)


def _round(value: object) -> object:
    """A number as it is told apart: the file keeps sixteen digits."""
    if not isinstance(value, float | int):
        return value or None
    return int(value) if float(value).is_integer() else float(f"{value:.12g}")


def read_deck() -> list[Slide]:
    return list(pptx.Presentation(io.BytesIO(written(".pptx"))).slides)


def test_the_deck_is_the_walk_of_styrelselage() -> None:
    """A slide each after the first, in order, with the same title, numbers, lines and cells; at most seven rows."""
    slides = document().slides
    assert len(slides) > 10
    deck = read_deck()
    assert [plain(drawn.shapes.title.text_frame.text) for drawn in deck[1:]] == [plain(one.title) for one in slides]
    for drawn, slide in zip(deck[1:], slides, strict=True):
        texts = {shape.name: plain(shape.text_frame.text) for shape in drawn.shapes if shape.has_text_frame}
        for place, (number, what) in enumerate(slide.numbers, start=1):
            assert texts[f"Nyckeltal {place}"] == plain(f"{number} {what}")
        if slide.hero is not None:
            assert texts["Huvudtal"] == plain(f"{slide.hero.number} {slide.hero.strong} {slide.hero.rest}")
        if slide.lines:
            assert texts["Punkter"] == plain(" ".join(slide.lines))
        tables = [shape.table for shape in drawn.shapes if shape.has_table]
        assert len(tables) == (slide.table is not None)
        if slide.table is not None:
            rows = list(tables[0].rows)
            assert len(rows) <= 8
            read = [[plain(cell.text_frame.text) for cell in row.cells] for row in rows]
            assert read == [
                [plain(column.title) for column in slide.table.columns],
                *([plain(f"{cell.sign} {cell.text}") for cell in row] for row in slide.table.rows),
            ]


def test_what_a_key_number_counts_stands_on_one_line() -> None:
    """Two lines reach into the foot of the slide: "administration, andel av bidraget" is wider than its quarter."""
    long = "administration, andel av bidraget"
    slide = next(one for one in document().slides if len(one.numbers) == KEY_NUMBERS)
    shown = replace(document(), slides=(replace(slide, numbers=(*slide.numbers[1:], ("10 %", long))),))
    drawn = pptx.Presentation(io.BytesIO(to_pptx(shown))).slides[1]
    boxes = [shape for shape in drawn.shapes if shape.name.startswith("Nyckeltal")]
    assert len(boxes) == KEY_NUMBERS
    sizes = set()
    for box in boxes:
        _, what = box.text_frame.paragraphs
        (size,) = {run.font.size.pt for run in what.runs}
        assert text_width(what.text, size) < box.width.pt - box.text_frame.margin_left.pt
        sizes.add(size)
    assert len(sizes) == 1


def test_each_slides_chart_holds_the_shares_of_the_report() -> None:
    """Read from the workbook inside the file: every measured share and interval of the slide, and nothing hidden."""
    seen = 0
    for drawn, slide in zip(read_deck()[1:], document().slides, strict=True):
        charts = [shape for shape in drawn.shapes if shape.has_chart]
        assert len(charts) <= 1
        values = []
        if slide.dots is not None:
            values = [row.value for row in slide.dots.rows]
        elif slide.trend is not None:
            values = [point.value for point in (*slide.trend.points, *slide.trend.riket)]
        elif slide.table is not None:
            values = [cell.picture.value for row in slide.table.rows for cell in row if cell.picture is not None]
        if not charts:
            assert not any(isinstance(value, Measured) for value in values)
            continue
        seen += 1
        book = charts[0].chart.part.chart_workbook.xlsx_part.blob
        numbers = chart_numbers(book)
        for value in values:
            if isinstance(value, Measured):
                for number in (value.value, value.lower, value.upper):
                    assert number is None or any(number == pytest.approx(one) for one in numbers)
    assert seen > 8


def test_the_charts_workbooks_hold_the_charts_numbers() -> None:
    books = open_parts(written(".docx"), r"word/embeddings/.*\.xlsx")
    charts = [chart.native for chart in document().charts() if chart.native is not None]
    expected = sorted(sorted(chart_numbers(to_workbook(chart))) for chart in charts)
    assert sorted(sorted(chart_numbers(book)) for book in books.values()) == expected
    assert len(expected) > 10


def test_a_charts_workbook_holds_the_measured_values_of_its_rows() -> None:
    """The strip: 88/277 with its interval, kvinnor 29 %, män 34 %, 340/981, and riket 34 %."""
    chart = next(chart for chart in document().charts() if chart.key == "andel-till-arbete-eller-studier")
    assert chart.native is not None
    numbers = chart_numbers(to_workbook(chart.native))
    for value in (88 / 277, 0.29, 0.34, 340 / 981):
        assert any(number == pytest.approx(value) for number in numbers)
    overview = publication().report.overview
    assert overview is not None
    for row in overview.strip:
        if isinstance(row.value, Measured) and row.value.lower is not None:
            assert row.value.lower in [pytest.approx(number) for number in numbers]


def test_a_chart_is_drawn_of_nothing_but_its_rows() -> None:
    for chart in document().charts():
        if chart.native is not None and not isinstance(chart.native, BarChart):
            assert all(0 <= number <= 2100 for number in list_numbers(chart.native))


class Cells(HTMLParser):
    """The texts of cells in table bodies."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = self.body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.body = tag == "tbody" or (self.body and tag != "table")
        if tag in ("td", "th") and self.body:
            self.inside = True
            self.cells.append("")
        elif tag == "br" and self.inside:
            self.cells[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def list_all_tables() -> list[TableBlock]:
    """Every table in the document's order, that of each chart that can be drawn in its place."""
    tables = []
    for block in document().blocks:
        if isinstance(block, TableBlock):
            tables.append(block)
        elif isinstance(block, ChartBlock) and block.native is not None:
            tables.append(block.table)
    return tables


def test_the_web_page_holds_every_cell() -> None:
    reader = Cells()
    reader.feed(written(".html").decode("utf-8"))
    expected = [plain(cell.text) for block in list_all_tables() for row in block.rows for cell in row]
    assert [plain(cell) for cell in reader.cells] == expected


def test_the_pdf_holds_every_text_of_every_table() -> None:
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written(".pdf"))).pages)
    squeezed = re.sub(r"[\s\u00ad-]", "", read)
    lacking = {
        cell.text
        for block in list_all_tables()
        for row in block.rows
        for cell in row
        if re.sub(r"[\s-]", "", cell.text) not in squeezed and len(cell.text) < 60
    }
    assert lacking == set()


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx", ".pdf", ".html"])
def test_the_lage_is_marked_in_every_format(suffix: str) -> None:
    intern, published = (_all_text(suffix, lage) for lage in (Lage.INTERN, Lage.PUBLICERING))
    assert "INTERN" in intern
    assert "Läge: intern." in intern
    assert "INTERN" not in published
    assert "Läge: publicering." in published


def _all_text(suffix: str, lage: Lage) -> str:
    content = written(suffix, lage)
    if suffix == ".html":
        return content.decode("utf-8")
    if suffix == ".pdf":
        return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    parts = open_parts(content, r".*(document|footer\d|slide\d+|sharedStrings|sheet\d+)\.xml")
    return plain(re.sub(r"<[^>]+>", "", " ".join(part.decode("utf-8") for part in parts.values())))
