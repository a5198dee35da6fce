"""Names that are formulas, tags and addresses: in every format they are words, and the files stay whole."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from xml.etree import ElementTree

import pytest
from build_figures import insats, share_goal
from build_store import ME, deliver, empty_store

from finsam_dash.export.document import Document, build_document
from finsam_dash.export.files import to_file
from finsam_dash.export.images import list_files
from finsam_dash.export.template import to_template
from finsam_dash.model import Lage, Period
from finsam_dash.report.publication import build_publication
from finsam_dash.store import load_forbund, load_insatser, save_entries, save_forbund

YEAR = Period.parse("2025")
NAMES = (
    '=HYPERLINK("http://elak.example","x")</title></script><script>alert(1)</script>',
    "+cmd|' /C calc'!A0 <b onmouseover=alert(2)>fet</b>",
    '@SUM(1+1)*cmd|x "onload="alert(3)',
    "-2+3</svg></td><img src=x onerror=alert(4)>&amp;{{7*7}}",
)
TAGS = re.compile(r"<(script>alert|b onmouseover|img src=x)|\"onload=\"alert", re.IGNORECASE)
FORMULA = re.compile(r"[=+@-](?![\d\s.,\u00a0%]*$)")


@pytest.fixture(scope="module")
def store():
    made = empty_store(*(replace(insats(f"i{n}"), namn=name, kommun=name) for n, name in enumerate(NAMES)))
    save_forbund(made, replace(load_forbund(made, "provet"), namn=NAMES[0]), ME)
    rows = [
        (f"i{n}", matt, gender, f"2025-{month:02d}", value)
        for n in range(len(NAMES))
        for gender in ("kvinna", "man")
        for month in range(1, 13)
        for matt, value in (
            ("pagaende", 30),
            ("nya", 9),
            ("avslutade", 9),
            ("till_arbete_studier", 3 + (n + month) % 3),
        )
    ]
    deliver(made, *rows, name=f"{NAMES[0]}.csv")
    goals = [
        share_goal(kod=f"mal-{kod}", plan=name, text=name, insats=kod)
        for kod, name in (("", NAMES[0]), ("i0", NAMES[1]), ("i1", NAMES[2]))
    ]
    save_entries(made, "provet", goals, ME)
    return made


@pytest.fixture(scope="module", params=list(Lage))
def document(store, request) -> Document:
    return build_document(build_publication(store, "provet", YEAR, lage=request.param, as_of=date(2026, 2, 1)))


def list_parts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every XML part of an Office file, those of its embedded workbooks too; each is whole XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert ".." not in name
            part = archive.read(name)
            if name.endswith(".xlsx"):
                yield from list_parts(part)
            elif name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)
                yield name, part.decode()


def find_formulas(content: bytes) -> set[str]:
    """What the cells and charts of an Office file compute or fetch, without the places of the charts' numbers."""
    found = set()
    for name, text in list_parts(content):
        found |= (
            set(re.findall(r"<(?:c:)?f>([^<]*)</", text)) if "/charts/" in name or "/worksheets/" in name else set()
        )
        found |= set(re.findall(r"<Relationship [^>]*External[^>]*>", text))
        found |= set(re.findall(r"<w:instrText[^>]*>([^<]*elak[^<]*)<", text))
    places = re.compile(r"'?\w+'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
    return {formula for formula in found if not places.fullmatch(formula)}


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
def test_no_name_is_computed_or_fetched(document, suffix):
    content = to_file(document, suffix)
    assert find_formulas(content) == set()
    assert any("elak.example" in text for _, text in list_parts(content))


def test_no_name_is_a_tag_on_a_web_page(document):
    page = to_file(document, ".html", pictures={}).decode()
    assert TAGS.search(page) is None
    assert "&lt;script&gt;alert(1)" in page


def test_no_name_is_a_formula_in_a_csv_file_or_leads_out_of_the_folder(document):
    files = dict(islice(list_files(document, ()), 40))
    tables = [content.decode("utf-8-sig") for name, content in files.items() if name.endswith(".csv")]
    cells = [cell for table in tables for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert [cell for cell in cells if FORMULA.match(cell)] == []
    assert [name for name in files if not re.fullmatch(r"[\w-]+\.(csv|txt)", name)] == []


def test_no_name_is_computed_in_the_template(store):
    content = to_template(load_forbund(store, "provet"), load_insatser(store, "provet"), YEAR)
    assert any("cmd|" in text for _, text in list_parts(content))
    own = {text for name, text in list_parts(content) if "/worksheets/" in name}
    assert not any(re.search(r"<f>[^<]*(elak|cmd)", text) for text in own)
