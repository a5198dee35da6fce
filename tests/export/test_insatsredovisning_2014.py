"""The Word report of 2014 beside the förbund's own insatsredovisning: nothing that it prints is missing.

tests/cases/insatsredovisning_2014.csv lists, insats by insats, what the printed tables hold: how many goals, the
numbers, names and words that say something, which fields have text and which a dash, and the periods. It was written
from the document, not from the program.
"""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from published_store import published_store

from finsam_dash.export.document import build_document
from finsam_dash.export.word import to_docx
from finsam_dash.model import Lage, Period
from finsam_dash.report.publication import PARTS, build_publication
from finsam_dash.wording.document import TEXT_MISSING
from finsam_dash.wording.numbers import format_plain

CASES = Path(__file__).resolve().parents[1] / "cases" / "insatsredovisning_2014.csv"


class Section:
    """What stands under an insats's heading: its own table as pairs, and all of it as one text."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        return re.sub(r"(\d)( ?%| procent)", r"\1 %", "\n".join(self.texts))


@cache
def read_sections() -> dict[str, Section]:
    publication = build_publication(
        published_store(), "uppsala-lan", Period.parse("2014"), lage=Lage.INTERN, as_of=date(2026, 11, 1)
    )
    word = docx.Document(io.BytesIO(to_docx(build_document(publication, PARTS))))
    sections: dict[str, Section] = {}
    current: Section | None = None
    for element in word.element.body.iterchildren():
        if element.tag.endswith("}p"):
            paragraph = Paragraph(element, word)
            if paragraph.style is not None and paragraph.style.name.startswith("Heading"):
                current = sections.setdefault(format_plain(paragraph.text), Section())
            if current is not None:
                current.texts.append(format_plain(paragraph.text))
        elif element.tag.endswith("}tbl") and current is not None:
            for row in Table(element, word).rows:
                cells = [format_plain(cell.text) for cell in row.cells]
                current.texts.append(" | ".join(cells))
                if len(cells) == 2:
                    current.rows.append((cells[0], cells[1]))
    return sections


def read_cases(kind: str) -> list[tuple[str, list[str]]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return [(row["insats"], row["uttryck"].split("|")) for row in rows if row["falt"] == kind]


@pytest.mark.parametrize(("insats", "numbers"), read_cases("tal"))
def test_every_printed_number_is_there(insats: str, numbers: list[str]) -> None:
    text = read_sections()[insats].text
    wanted = [re.sub(r"(\d) ?%", r"\1 %", number) for number in numbers]
    assert [one for one in wanted if not re.search(rf"(?<![\d,]){re.escape(one)}(?!\d|,\d)", text)] == []


@pytest.mark.parametrize(("insats", "words"), read_cases("ord"))
def test_every_party_and_what_is_said_of_it_is_there(insats: str, words: list[str]) -> None:
    text = read_sections()[insats].text.lower()
    assert [word for word in words if word.lower() not in text] == []


@pytest.mark.parametrize(("insats", "fields"), read_cases("text"))
def test_every_field_that_is_printed_with_text_has_text(insats: str, fields: list[str]) -> None:
    rows = dict(read_sections()[insats].rows)
    assert [field for field in fields if rows.get(field, TEXT_MISSING) in ("", TEXT_MISSING)] == []


@pytest.mark.parametrize(("insats", "fields"), read_cases("streck"))
def test_a_field_that_is_printed_with_a_dash_is_left_to_the_author(insats: str, fields: list[str]) -> None:
    rows = dict(read_sections()[insats].rows)
    assert {rows[field] for field in fields} == {TEXT_MISSING}


@pytest.mark.parametrize(("insats", "periods"), read_cases("period"))
def test_every_period_is_there(insats: str, periods: list[str]) -> None:
    text = read_sections()[insats].text
    assert [period for period in periods if period not in text] == []


@pytest.mark.parametrize(("insats", "count"), read_cases("mal"))
def test_every_goal_stands_with_its_outcome_below_it(insats: str, count: list[str]) -> None:
    rows = read_sections()[insats].rows
    pairs = [(one, other) for one, other in pairwise(rows) if other[0].startswith("Utfall")]
    assert len(pairs) == int(count[0])
    assert all(goal[1] and outcome[1] for goal, outcome in pairs)


def test_the_case_holds_every_insats_of_the_year_and_all_its_kinds() -> None:
    kinds = {kind: {insats for insats, _ in read_cases(kind)} for kind in ("tal", "ord", "text", "period", "mal")}
    assert {len(found) for found in kinds.values()} == {15}
    assert next(iter(kinds.values())) <= set(read_sections())


DOCUMENT, LAST = "002_5bed5bbb5df62a70.txt", "Sociala företag"
FIRST = "Insatser där ett av målen är återgång till arbetsmarknaden"
OTHERWISE = {
    "Stig 2": {"15"},
    "Hikikomori": {"4"},
    "3.4.4": {"14", "6"},
    "Grön Rehab": {"1", "2", "3", "4", "5"},
}
"""Numbers of the text that are no facts of their own: 1/1-15 and 4 december are dates, "Kategori 14" a slip of the
scan, 6 månader stands as "sex månader", and a list of five is numbered."""


def test_every_number_of_the_document_itself_is_there() -> None:
    """The document's own text, insats by insats: FINSAM_DOKUMENT names its folder."""
    folder = os.environ.get("FINSAM_DOKUMENT")
    if not folder:
        pytest.skip("FINSAM_DOKUMENT does not name the folder of the documents")
    sections = read_sections()
    names = {name: name for name in {insats for insats, _ in read_cases("tal")}}
    names["United Action / UA 2.0"] = "United Action 2.0"
    lines = [line.strip() for line in (Path(folder) / DOCUMENT).read_text("utf-8").split("\n")]
    current, printed = "", dict[str, list[str]]()
    start = lines.index(FIRST)
    for line in lines[start : lines.index(LAST, start)]:
        heading = next((name for name in names if line == name or line.startswith(f"{name}, fd")), "")
        current = names.get(heading, current)
        printed.setdefault(current, []).append("" if heading else line)
    assert set(printed) - {""} == set(names.values())
    dates = r"\d{6}|\d{4}-\d{2}-\d{2}|\d{8}"
    for insats, found in printed.items():
        if not insats:
            continue
        numbers = set(re.findall(r"\d+(?:,\d+)?", re.sub(dates, "", "\n".join(found))))
        known = set(re.findall(r"\d+(?:,\d+)?", sections[insats].text))
        assert numbers - known <= OTHERWISE.get(insats, set()), insats
