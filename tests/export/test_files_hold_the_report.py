"""Every figure of Word, PDF and web page is held against the Report itself, worked out here once more and stupidly."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from printed import open_parts, plain, publication, written
from pypdf import PdfReader

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Gender, Lage, Measured, Missing, Qualifier, Reason, Suppressed, TargetKind, Unit, Value
from finsam_dash.report.content import Report

Tables = dict[str, list[list[str]]]
WORDS = {Qualifier.CA: "cirka ", Qualifier.DRYGT: "drygt ", Qualifier.OVER: "över ", Qualifier.NARMARE: "närmare "}


def sign(value: Value) -> str:
    if isinstance(value, Suppressed):
        return ".."
    return "." if isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIGT else "–"


def whole(number: float) -> str:
    return f"{Decimal(repr(float(number))).quantize(Decimal(1), ROUND_HALF_UP):,}".replace(",", " ").replace(
        "-", "\u2212"
    )


def count(value: Value) -> str:
    return WORDS.get(value.qualifier, "") + whole(value.value) if isinstance(value, Measured) else sign(value)


def percent(share: float) -> str:
    return str((Decimal(repr(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def share(value: Value) -> str:
    """A share alone: "32 %"."""
    if not isinstance(value, Measured):
        return sign(value)
    return f"{WORDS.get(value.qualifier, '')}{percent(value.value)} %"


def of(value: Value) -> str:
    """The counts of a share: "88 av 277"."""
    if not isinstance(value, Measured):
        return sign(value)
    if value.numerator is None or value.denominator is None:
        return "antal saknas"
    return f"{whole(value.numerator)} av {whole(value.denominator)}"


def share_of(value: Value) -> str:
    """A share in a single cell: "88 av 277 (32 %)", or "29 %" where the counts are not known."""
    counted = isinstance(value, Measured) and value.denominator is not None
    return f"{of(value)} ({share(value)})" if counted else share(value)


def interval(value: Value) -> str:
    if not isinstance(value, Measured):
        return sign(value)
    if value.lower is None or value.upper is None:
        return "antal saknas"
    return f"{percent(value.lower)}–{percent(value.upper)} %"


class Reader(HTMLParser):
    """The tables of a page by their captions, "Tabell 7. " taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: Tables = {}
        self.caption, self.inside = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "caption":
            self.caption, self.inside = "", "caption"
        elif tag == "tr":
            self.tables[re.sub(r"^Tabell \d+\. ", "", plain(self.caption))].append([])
        elif tag in ("td", "th"):
            self.inside = "cell"
            next(reversed(self.tables.values()))[-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.tables[re.sub(r"^Tabell \d+\. ", "", plain(self.caption))] = []
        if tag in ("caption", "td", "th"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "caption":
            self.caption += data
        elif self.inside == "cell":
            next(reversed(self.tables.values()))[-1][-1] += data


def read_word(content: bytes) -> Tables:
    found: Tables = {}
    for table in docx.Document(io.BytesIO(content)).tables:
        titles = table._tbl.xpath("w:tblPr/w:tblCaption")
        if titles:
            rows = [[plain(cell.text) for cell in row.cells] for row in table.rows[1:]]
            found[plain(titles[0].get(qn("w:val")))] = rows
    return found


def read_page(content: bytes) -> Tables:
    reader = Reader()
    reader.feed(content.decode("utf-8"))
    return {title: [[plain(cell) for cell in row] for row in rows[1:]] for title, rows in reader.tables.items()}


@cache
def tables_of(suffix: str, lage: Lage) -> Tables:
    return (read_word if suffix == ".docx" else read_page)(written(suffix, lage))


def find(tables: Tables, wanted: Callable[[str], bool]) -> list[list[str]]:
    (rows,) = [rows for title, rows in tables.items() if wanted(title)]
    return rows


def list_indicator_rows(report: Report) -> Iterator[list[str]]:
    registry = load_registry().indikatorer
    for kod, indikator in registry.items():
        found = [row for row in report.rows if row.subject is None and row.indikator == kod]
        by_gender = {row.gender: row.value for row in found}
        partial = [f", {row.coverage.included} av {row.coverage.expected} insatser" for row in found if row.coverage]
        if not any(isinstance(value, Measured | Suppressed) for value in by_gender.values()):
            continue
        draw = count if indikator.form == "antal" else share_of
        if kod.startswith("kostnad"):
            draw = lambda value: f"{count(value)} kr" if isinstance(value, Measured) else sign(value)  # noqa: E731
        label = indikator.label + "".join(partial[:1])
        yield [label, *(draw(by_gender[gender]) for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN))]


BOTH = pytest.mark.parametrize("lage", list(Lage))
FORMATS = pytest.mark.parametrize("suffix", [".docx", ".html"])


@BOTH
@FORMATS
def test_the_forbund_by_kon(suffix: str, lage: Lage) -> None:
    report = publication(lage).report
    rows = find(tables_of(suffix, lage), lambda title: title == "Samordningsförbundet Uppsala län 2014")
    assert sorted(rows) == sorted(list_indicator_rows(report))


@BOTH
@FORMATS
def test_the_insatser_side_by_side(suffix: str, lage: Lage) -> None:
    report = publication(lage).report
    expected = [
        [share(row.value), of(row.value), interval(row.value)] for one in report.comparison or () for row in one.rows
    ]
    read = [
        [row[3], row[4], row[5]]
        for title, rows in tables_of(suffix, lage).items()
        if title.endswith("insatserna i siffror")
        for row in rows
        if row[0] != "Riket"
    ]
    assert read == expected
    assert len(read) > 10


@BOTH
@FORMATS
def test_the_goals(suffix: str, lage: Lage) -> None:
    """The outcome of every goal in figures, and the persons it has to spare or lacks, in the plan's words' row."""
    by_text: dict[str, list[list[str]]] = {}
    for rows in tables_of(suffix, lage).values():
        for row in rows:
            if len(row) == 7:
                by_text.setdefault(row[1], []).append(row)
    checked = 0
    for goal in publication(lage).report.targets or ():
        if not isinstance(goal.value, Measured) or goal.verdict is None or goal.parts or goal.outcome_text:
            continue
        if goal.target.unit not in (Unit.ANDEL, Unit.ANTAL) or goal.target.kind is TargetKind.UTAN_TAL:
            continue
        written_as = share_of(goal.value) if goal.target.unit is Unit.ANDEL else count(goal.value)
        margin = goal.verdict.marginal
        (row,) = [row for row in by_text[plain(goal.target.text)] if row[3].startswith(written_as)]
        if margin is not None:
            assert row[6].startswith(("+" if margin > 0 else "") + whole(margin))
        checked += 1
    assert checked > 15


@BOTH
@FORMATS
def test_who_took_part_in_each_insats(suffix: str, lage: Lage) -> None:
    tables = tables_of(suffix, lage)
    read = [row for title, rows in tables.items() if re.match(r".+: delta\w+ efter ", title) for row in rows]
    parts = [part for one in publication(lage).insatser if one.insats for part in one.insats.breakdowns]
    expected = [[count(row.count), share_of(row.share)] for part in parts for row in part.rows]
    shown = [cells for cells in expected if cells[0] != ".."]
    assert sorted([row[1], row[3]] for row in read if row[1] != "..") == sorted(shown)
    assert len(shown) == 8


@BOTH
@FORMATS
def test_samverkan(suffix: str, lage: Lage) -> None:
    samverkan = publication(lage).report.samverkan
    assert samverkan is not None
    read: dict[tuple[str, str], list[str]] = {}
    for rows in tables_of(suffix, lage).values():
        for row in rows:
            if len(row) == 4:
                read.setdefault((row[0], row[3]), []).append(row[1])
    checked = 0
    for item in samverkan.items:
        if item.figure.unit is Unit.ANTAL:
            name = plain(", ".join(part for part in (item.figure.namn, item.figure.tema) if part))
            assert any(count(item.value) in cells for (who, _), cells in read.items() if who == name), item.figure
            checked += 1
    assert checked > 30


@FORMATS
def test_the_economy(suffix: str) -> None:
    """Every amount of every line, in kronor or in the table's own unit."""
    economy = publication().report.economy
    assert economy is not None
    amounts = {cell for rows in tables_of(suffix, Lage.INTERN).values() for row in rows for cell in row}
    for table in economy.tables:
        for line in table.lines:
            for amount in (line.budget, line.decided, line.undecided, line.outcome):
                if amount:
                    kronor, tusental = whole(float(amount)), f"{whole(float(amount) / 1000)} tkr"
                    assert {kronor, tusental} & amounts, (table.tabell, line.post, amount)


def walk(thing: object) -> Iterator[float]:
    """Every number anywhere in the Report."""
    if isinstance(thing, bool):
        return
    if isinstance(thing, int | float | Decimal):
        yield float(thing)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for field in dataclasses.fields(thing):
            yield from walk(getattr(thing, field.name))
    elif isinstance(thing, dict):
        yield from walk(tuple(thing.values()))
    elif isinstance(thing, list | tuple | frozenset):
        for part in thing:
            yield from walk(part)


Series = dict[str, list[tuple[object, object]]]


def read_charts(lage: Lage) -> Iterator[Series]:
    """The series of every chart's workbook in the Word file: names and (x, y), or (category, value)."""
    books = open_parts(written(".docx", lage), r"word/embeddings/.*\.xlsx")
    for name in sorted(books):
        sheet = openpyxl.load_workbook(io.BytesIO(books[name])).active
        columns = [[cell.value for cell in column] for column in sheet.iter_cols()]
        if len(columns) > 1 and columns[1][0] == "x":
            yield {
                str(columns[at][0]): [pair for pair in zip(columns[at + 1][1:], columns[at + 2][1:], strict=True)
                                      if pair[0] is not None]
                for at in range(0, len(columns), 3)
            }  # fmt: skip
        else:
            yield {str(column[0]): list(zip(columns[0][1:], column[1:], strict=True)) for column in columns[1:]}


PLACES = ("Insats", "Andel och antal", "Etiketter", "99,8 %, ", "95 %, ")
"""Series that hold places for words, and the limits of chance, which the funnel works out."""


def is_near(number: float, numbers: Iterable[float]) -> bool:
    return any(abs(number - other) <= 1e-9 * max(1.0, abs(number)) for other in numbers)


@BOTH
def test_every_number_of_every_chart_is_the_reports(lage: Lage) -> None:
    """A share is a number of the Report, whichever way it is drawn; so is each count, down below zero or not."""
    known = sorted(set(walk((publication(lage).report, publication(lage).insatser))))
    checked = 0
    for chart in read_charts(lage):
        for name, points in chart.items():
            if name.startswith(PLACES):
                continue
            for pair in points:
                numbers = [float(one) for one in pair if isinstance(one, int | float)]
                if not numbers:
                    continue
                assert any(is_near(abs(number), known) for number in numbers), (name, pair)
                checked += 1
    assert checked > 40


@BOTH
def test_every_share_that_can_be_drawn_is_in_a_chart(lage: Lage) -> None:
    """Outcome, over time, in and out, before and after, of each insats, and riket of each comparison."""
    drawn = [
        abs(float(one))
        for chart in read_charts(lage)
        for points in chart.values()
        for pair in points
        for one in pair
        if isinstance(one, int | float)
    ]
    numbers = sorted(set(drawn))
    checked = 0
    for report in publication(lage).insatser:
        section = report.insats
        assert section is not None
        values = [row.value for row in section.outcome]
        values += [month_value for month in (section.flow.months if section.flow else ())
                   for month_value in (month.nya, month.avslutade, month.pagaende)]  # fmt: skip
        values += [one for row in (section.forsorjning.categories if section.forsorjning else ())
                   for one in (row.before, row.after)]  # fmt: skip
        for value in values:
            if isinstance(value, Measured):
                assert is_near(value.value, numbers)
                if value.lower is not None and value.upper is not None:
                    assert is_near(value.lower, numbers)
                    assert is_near(value.upper, numbers)
                checked += 1
    assert checked > 8


@BOTH
def test_the_pdf_holds_the_same_cells_as_the_word_file(lage: Lage) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written(".pdf", lage))).pages)
    squeezed = re.sub(r"[\s\u00ad-]", "", text)
    cells = {cell for rows in tables_of(".docx", lage).values() for row in rows for cell in row}
    lacking = {cell for cell in cells if re.sub(r"[\s-]", "", cell) not in squeezed}
    assert lacking == set()
