"""Files validate, speak Swedish, and have headings, marked header rows and alternative texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pdfua import validate as check_pdf
from printed import document, open_parts, written
from pypdf import PdfReader

from finsam_dash.charts.theme import FONT_NAME
from finsam_dash.export.document import Cell, Document, Heading, TableBlock
from finsam_dash.export.excel import to_xlsx
from finsam_dash.export.files import to_file
from finsam_dash.export.images import close_browser, find_browser
from finsam_dash.export.office_template import BadTemplateError
from finsam_dash.export.powerpoint import to_pptx
from finsam_dash.export.word import to_docx


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
def test_office_files_validate(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rapport{suffix}"
    path.write_bytes(written(suffix))
    assert OpenXmlValidator().validate(path).errors == []


def test_word_has_headings_language_and_header_rows() -> None:
    content = written(".docx")
    word = docx.Document(io.BytesIO(content))
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    expected = [(f"Heading {b.level}", b.text) for b in document().blocks if isinstance(b, Heading)]
    assert headings == expected
    language = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"
    assert word.core_properties.language == "sv-SE"
    assert word.core_properties.title.startswith("Uppföljning 2014")
    tables = [table for table in word.tables if table._tbl.xpath("w:tblPr/w:tblCaption")]
    assert len(tables) == len(document().tables())
    for table in tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    described = [frame.get("descr") for frame in word.element.body.iter(qn("wp:docPr"))]
    assert described == [chart.alt for chart in document().charts() if chart.native is not None]
    assert 'TOC \\o "1-2"' in "".join(text.text for text in word.element.body.iter(qn("w:instrText")))


def test_words_contents_lead_to_its_headings_and_no_level_is_skipped() -> None:
    word = docx.Document(io.BytesIO(written(".docx")))
    links = list(word.element.body.iter(qn("w:hyperlink")))
    places = {mark.get(qn("w:name")): mark.getparent() for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    led = ["".join(places[link.get(qn("w:anchor"))].itertext(qn("w:t"))) for link in links]
    assert led == ["".join(link.itertext(qn("w:t"))) for link in links]
    assert led == [block.text for block in document().blocks if isinstance(block, Heading) and block.level < 3]
    levels = [block.level for block in document().blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_word_numbers_its_tables_and_charts_in_a_row() -> None:
    word = docx.Document(io.BytesIO(written(".docx")))
    captions = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Caption"]
    for label, count in (
        ("Tabell", len(document().tables())),
        ("Diagram", sum(chart.native is not None for chart in document().charts())),
    ):
        numbers = [text.split(".")[0] for text in captions if text.startswith(label)]
        assert numbers == [f"{label}\u00a0{number}" for number in range(1, count + 1)]


@pytest.mark.skipif(find_browser() is None, reason="needs a Chromium")
def test_every_picture_of_the_pdf_has_its_words(tmp_path: Path) -> None:
    charts = [chart for chart in document().charts() if chart.native is not None][:3]
    some = replace(document(), blocks=(Heading(1, "Prov"), *charts))
    path = tmp_path / "rapport.pdf"
    try:
        path.write_bytes(to_file(some, ".pdf"))
    finally:
        close_browser()
    reader = PdfReader(path)
    alts = [str(node["/Alt"]) for node in list_nodes(reader.trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in node]
    assert set(alts) == {chart.alt for chart in charts}
    assert [finding.message for finding in check_pdf(str(path)).findings if finding.severity.name == "ERROR"] == []


def list_nodes(node: Any) -> Iterator[Any]:
    """Every structure element below a node of the tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from list_nodes(part)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from list_nodes(node["/K"])


def test_word_embeds_its_fonts_so_that_they_can_be_read() -> None:
    """Taking the mixing of the first 32 bytes away gives the shipped file back."""
    fonts = open_parts(written(".docx"), r"word/fonts/.*\.odttf")
    table = open_parts(written(".docx"), r"word/fontTable\.xml")["word/fontTable.xml"].decode()
    keys = re.findall(r'fontKey="\{([0-9A-F-]+)\}"', table)
    assert len(fonts) == len(keys) == 2
    for content, key in zip(fonts.values(), keys, strict=True):
        mask = bytes.fromhex(key.replace("-", ""))[::-1]
        head = bytes(byte ^ mask[index % 16] for index, byte in enumerate(content[:32]))
        assert head[:4] == b"\x00\x01\x00\x00"


def test_slides_have_titles_alternative_texts_and_notes() -> None:
    deck = pptx.Presentation(io.BytesIO(written(".pptx")))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9)
    charts = 0
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        assert "Källa: " in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_chart:
                charts += 1
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 30
            if shape.has_table:
                assert shape.table.first_row
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
            assert run.get("lang") == "sv-SE"
    assert charts > 8


def test_the_notes_define_what_the_slide_shows() -> None:
    """The first slide of the walk: numerator, denominator, source and method of the headline, then the source line."""
    notes = pptx.Presentation(io.BytesIO(written(".pptx"))).slides[1].notes_slide.notes_text_frame.text.split("\n")
    assert notes[0] == (
        "Andel till arbete eller studier. Avslutade som arbetar och/eller studerar direkt efter avslutet, av alla "
        "avslutade vars situation är känd. Täljare: Till arbete och/eller studier. Nämnare: Avslutade \u2212 Avslutade "
        "utan uppgift. Källa: SUS räkneregler; lag (2003:1210) om finansiell samordning av rehabiliteringsinsatser."
    )
    assert "Intervallet är 95 % enligt Wilson." in notes[-2]
    assert notes[-1] == document().slides[0].source


def test_a_colour_of_its_own_is_drawn_in_the_slides_charts() -> None:
    deck = to_pptx(replace(document(), accent="#6B2C91"))
    drawn = b"".join(open_parts(deck, r"ppt/charts/chart.*\.xml").values())
    assert b'val="6B2C91"' in drawn
    assert b'val="1B5EAC"' not in drawn


def test_pdf_is_tagged_swedish_with_bookmarks_and_passes_what_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(written(".pdf"))
    reader = PdfReader(path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("sv")
    assert reader.metadata.title.startswith("Uppföljning 2014")
    titles = [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)]
    expected = [block.text for block in document().blocks if isinstance(block, Heading) and block.level == 1]
    assert [title for title in titles if title in expected] == expected
    assert [finding.message for finding in check_pdf(str(path)).findings if finding.severity.name == "ERROR"] == []


def test_the_web_page_asks_for_nothing_and_is_marked_up() -> None:
    page = written(".html").decode("utf-8")
    assert page.startswith('<!doctype html>\n<html lang="sv">')
    assert re.findall(r"""(?:src|href)=["']?(?!#|data:)[^"' >]+""", page) == []
    assert not re.search(r"url\((?!data:)", page)
    assert "<script" not in page
    assert page.count("<caption>") == page.count("<table>") == page.count("<thead>")
    assert page.count("<h1>") == 1


def test_excel_takes_no_text_for_a_formula_and_keeps_signs() -> None:
    """What a name could begin with, in a document of its own."""
    texts = ("=1+1", "+46", "-2", "@SUM(A1)", "..", "–", ".", '=HYPERLINK("http://x")')
    rows = tuple((Cell(text), Cell(text)) for text in texts)
    block = TableBlock("Prov", ("Insats", "Text"), rows, (False, False), key="prov")
    content = to_xlsx(Document("Prov", "", "Provet", "", "", "", False, (Heading(1, "Prov"), block)))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Prov"]
    read = [cell for row in sheet[sheet.tables["t_prov"].ref] for cell in row][2:]
    assert [cell.value for cell in read] == [text for text in texts for _ in (0, 1)]
    assert {cell.data_type for cell in read} == {"s"}


def test_excel_takes_the_font_by_its_name_in_the_first_file_and_the_next() -> None:
    """A font with a scheme is shown as the theme's own, whatever its name."""
    for _ in range(2):
        fonts = openpyxl.load_workbook(io.BytesIO(to_xlsx(document())))._fonts
        assert len(fonts) > 3
        assert {(font.name, font.scheme) for font in fonts} == {(FONT_NAME, None)}


def test_a_template_supplies_page_and_styles_and_its_text_goes() -> None:
    template = docx.Document()
    template.add_paragraph("Hit med egen text")
    template.styles["Heading 1"].font.name = "Georgia"
    template.sections[0].header.paragraphs[0].text = "Förbundets sidhuvud"
    stream = io.BytesIO()
    template.save(stream)
    word = docx.Document(io.BytesIO(to_docx(document(), stream.getvalue())))
    assert "Hit med egen text" not in [paragraph.text for paragraph in word.paragraphs]
    assert word.styles["Heading 1"].font.name == "Georgia"
    assert word.sections[0].header.paragraphs[0].text == "Förbundets sidhuvud"


def test_a_template_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(BadTemplateError):
        to_docx(document(), b"inte ett dokument")
