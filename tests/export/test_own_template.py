"""A förbund's own template for PowerPoint: what comes from it, that nothing leaves its slide, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from openxml_audit import OpenXmlValidator
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Cm
from printed import document, plain

from finsam_dash.export.office_template import BadTemplateError, open_template
from finsam_dash.export.powerpoint import to_pptx
from finsam_dash.wording.document import TEMPLATE_FLAWS, format_bad_template

PURPLE = "6B2C91"


def make_template(width: float = 25.4, change: Callable[[Any], None] | None = None) -> bytes:
    """A 4:3 template with a title of its own place and size, a purple theme, a stripe at the foot and an old slide."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Cm(width), Cm(19.05)
    master = deck.slide_master
    for layout in deck.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type.name == "TITLE":
                for child in list(shape._element.spPr):
                    shape._element.spPr.remove(child)
    for shape in master.placeholders:
        kind = shape.placeholder_format.type.name
        if kind == "TITLE":
            shape.left, shape.top, shape.width, shape.height = Cm(1.5), Cm(0.9), Cm(width - 3), Cm(2.4)
    properties = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    properties.set("sz", "3200")
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme._blob = theme.blob.replace(
        b'<a:accent1><a:srgbClr val="4F81BD"/>', f'<a:accent1><a:srgbClr val="{PURPLE}"/>'.encode()
    )
    assert PURPLE.encode() in theme.blob
    deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "Förra årets bild"
    if change is not None:
        change(deck)
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def as_template_file(data: bytes, kind: str = "template") -> bytes:
    """The same file as .potx, or as one with macros."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                made = {"template": b"presentationml.template.main", "macro": b"macroEnabled.main"}[kind]
                content = content.replace(b"presentationml.presentation.main", made)
            target.writestr(entry.filename, content)
    return stream.getvalue()


@pytest.mark.parametrize("width", [25.4, 33.867], ids=["4-3", "16-9"])
def test_slides_take_size_layout_and_colours_from_the_template(width: float, tmp_path: Path) -> None:
    made = to_pptx(document(), make_template(width))
    path = tmp_path / "egen.pptx"
    path.write_bytes(made)
    assert OpenXmlValidator().validate(path).errors == []
    deck = pptx.Presentation(io.BytesIO(made))
    assert (deck.slide_width, deck.slide_height) == (Cm(width), Cm(19.05))
    slides = list(deck.slides)
    titles = [plain(slide.shapes.title.text_frame.text) for slide in slides]
    assert titles[1:] == [plain(slide.title) for slide in document().slides]
    assert "Förra årets bild" not in titles
    assert {slide.slide_layout.name for slide in slides[1:]} == {"Title Only"}
    top = Cm(0.9 + 2.4)
    for slide in slides[1:]:
        for shape in slide.shapes:
            if shape.is_placeholder:
                continue
            assert shape.top >= top - 1
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        # Typeface and colour of text are the template's: nothing on the slide says otherwise.
        assert not list(slide._element.iter(qn("a:latin")))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, content in files.items() if "Förra årets bild".encode() in content]
    charts = [content for name, content in files.items() if name.startswith("ppt/charts/chart")]
    assert len(charts) > 8
    assert all(b'typeface="+mn-lt"' in chart and b"Source Sans" not in chart for chart in charts)
    assert any(PURPLE.encode() in chart for chart in charts)


def test_a_potx_is_read_as_the_deck_that_it_makes() -> None:
    deck = pptx.Presentation(io.BytesIO(to_pptx(document(), as_template_file(make_template()))))
    assert deck.slide_width == Cm(25.4)


def test_a_title_is_set_smaller_where_the_template_has_too_little_room_for_it() -> None:
    def flatten(deck: Any) -> None:
        for shape in deck.slide_master.placeholders:
            if shape.placeholder_format.type.name == "TITLE":
                shape.height = Cm(1.3)

    made = pptx.Presentation(io.BytesIO(to_pptx(document(), make_template(change=flatten))))
    sizes = {run.font.size for slide in made.slides for run in slide.shapes.title.text_frame.paragraphs[0].runs}
    assert min(size.pt for size in sizes if size is not None) < 32


def darken(deck: Any) -> None:
    deck.slide_master.background.fill.solid()
    deck.slide_master.background.fill.fore_color.rgb = RGBColor(0x10, 0x20, 0x40)


def drop_titles(deck: Any) -> None:
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            if "TITLE" in shape.placeholder_format.type.name:
                shape._element.getparent().remove(shape._element)


def fill_up(deck: Any) -> None:
    for shape in deck.slide_master.placeholders:
        if shape.placeholder_format.type.name == "TITLE":
            shape.height = Cm(12)


def make_word() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def spoil_packing() -> bytes:
    """A Word file whose list of parts cannot be unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>" * 99)
    data = bytearray(stream.getvalue())
    at = 30 + len("[Content_Types].xml")  # behind the local header
    data[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "flaw"),
    [
        (lambda: b"inte en fil", "oppnas_inte"),
        (spoil_packing, "oppnas_inte"),
        (lambda: make_template()[:9000], "oppnas_inte"),
        (make_word, "fel_slag"),
        (lambda: as_template_file(make_template(), "macro"), "makron"),
        (lambda: make_template(change=darken), "mork"),
        (lambda: make_template(change=drop_titles), "ingen_rubrik"),
        (lambda: make_template(change=fill_up), "liten_yta"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_reason(make: Callable[[], bytes], flaw: str) -> None:
    with pytest.raises(BadTemplateError) as refused:
        to_pptx(document(), make())
    assert refused.value.flaw == flaw


def test_a_file_that_unpacks_to_too_much_is_not_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/stor.bin", b"\0" * 100_000_001)
    with pytest.raises(BadTemplateError) as refused:
        open_template(stream.getvalue(), "pptx")
    assert refused.value.flaw == "for_stor"


def test_every_flaw_says_what_is_wrong_and_what_to_do() -> None:
    assert format_bad_template("mork", ".pptx") == (
        "Mallens layout med bara rubrik har mörk bakgrund: text och diagram skulle inte synas.",
        "Ge layouten ljus bakgrund i Visa, Bildbakgrund och försök igen. Inget har skrivits.",
    )
    for flaw in TEMPLATE_FLAWS:
        for suffix in (".docx", ".pptx"):
            wrong, advice = format_bad_template(flaw, suffix)
            assert wrong.startswith("Mallen")
            assert advice.endswith("Inget har skrivits.")
            assert "{" not in wrong + advice
