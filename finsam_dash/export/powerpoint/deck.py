"""The deck that slides are written into: our own 16:9 template, or the förbund's, with the room that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from finsam_dash.charts.colour import contrast, is_colour
from finsam_dash.charts.theme import FONT_NAME, Palette, judge_accent
from finsam_dash.export.chart_xml import EMU_PER_POINT
from finsam_dash.export.office_template import BadTemplateError, open_template

PX: Final = 0.75
"""Points a pixel of the stage of 1280 × 720."""
WIDTH, HEIGHT = 1280 * PX, 720 * PX
LEFT, INNER = 56 * PX, 1168 * PX
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZE = 28 * PX, 72.0, 30.0
TOP, FOOT, END = 142 * PX, 672 * PX, 706 * PX
THEME_FONT: Final = "+mn-lt"
"""The theme's font for text, in the words of DrawingML."""
_TITLE_ONLY: Final = 5
"""The layout "Title Only" of the library's template."""
_INK_ON_GROUND: Final = 7.0
"""The contrast that text has on a ground that it can be read on from the back of a room."""
_SMALLEST_SCALE: Final = 0.55
"""A template that leaves less room than this of ours would set the text too small to read."""
_TITLE_KINDS: Final = ("TITLE", "CENTER_TITLE")
_MOST_STRETCHED: Final = 1.5
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class Deck:
    """An empty deck, and where things stand in it.

    `layout` is that of every slide and `front` of the first. A point of the stage lies at `left` + x × `scale` and
    `top` + y × `stretch`: a taller slide has taller rows and charts. `own` says that the typeface and the colours of
    text are ours, else they are the template's. `title_size` is points.
    """

    deck: Any
    layout: Any
    front: Any
    palette: Palette
    own: bool
    title_width: float
    title_height: float
    title_size: float
    scale: float = 1.0
    stretch: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def across(self, x: float) -> Emu:
        """A place of the stage from the left, in points, as a length of the file."""
        return to_emu(self.left + x * self.scale)

    def down(self, y: float) -> Emu:
        """A place of the stage from the top."""
        return to_emu(self.top + y * self.stretch)

    def length(self, points: float) -> Emu:
        """A length across the stage, or the size of something in it."""
        return to_emu(points * self.scale)

    def tall(self, points: float) -> Emu:
        """A height on the stage."""
        return to_emu(points * self.stretch)


def to_emu(points: float) -> Emu:
    """Points as the file's unit of length."""
    return Emu(round(points * EMU_PER_POINT))


def build_own_deck(accent: str) -> Deck:
    """Our own template: one layout, its title where every slide has it, one typeface, Swedish text."""
    palette = judge_accent(accent).palette
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = to_emu(WIDTH), to_emu(HEIGHT)
    keep, master = deck.slide_layouts[_TITLE_ONLY], deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout is not keep:
            deck.slide_layouts.remove(layout)
    for shapes in (master.placeholders, keep.placeholders):
        for shape in list(shapes):
            kind = shape.placeholder_format.type
            if kind is not None and "TITLE" in kind.name:
                shape.left, shape.top = to_emu(LEFT), to_emu(TITLE_TOP)
                shape.width, shape.height = to_emu(INNER), to_emu(TITLE_HEIGHT)
                frame = shape.text_frame
                frame.vertical_anchor = MSO_ANCHOR.TOP
                frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
            elif shapes is keep.placeholders:
                shape._element.getparent().remove(shape._element)
            else:
                shape.left, shape.width = to_emu(LEFT), to_emu(INNER)
                shape.top = to_emu(FOOT if shape.top > to_emu(400) else TOP)
    for run in master._element.iter(qn("a:defRPr")):
        run.set("lang", "sv-SE")
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    if title is not None:
        title.set("algn", "l")
        properties = title.find(qn("a:defRPr"))
        properties.set("sz", str(round(TITLE_SIZE * 100)))
        properties.set("b", "1")
    theme = _find_theme(master)
    if theme is not None:
        theme._blob = _set_theme(theme.blob, palette)
    return Deck(deck, keep, keep, palette, True, INNER, TITLE_HEIGHT, TITLE_SIZE)


def open_deck(template: bytes, accent: str) -> Deck:
    """The förbund's template without its slides. Layouts, typefaces, colours and logo are the template's own.

    Raises BadTemplateError: it does not open, has no layout with a title at its top, has a dark ground, or leaves too
    little room.
    """
    deck = open_template(template, "pptx")
    _drop_slides(deck)
    layout = _choose_layout(deck)
    if layout is None:
        raise BadTemplateError("ingen_rubrik")
    master = layout.slide_master
    colours = _read_colours(master)
    if _is_dark(layout, master, colours):
        raise BadTemplateError("mork")
    of_theme = judge_accent(colours.get("accent1", ""))
    judged = of_theme if of_theme.as_accent else judge_accent(accent)
    title = _find_title(layout)
    left, width = _points(title.left), _points(title.width)
    top = _points(title.top) + _points(title.height)
    end = _find_end(layout, master, _points(deck.slide_height))
    stretch = (end - top) / (END - TOP)
    scale = min(width / INNER, stretch)
    stretch = min(stretch, scale * _MOST_STRETCHED)
    if scale < _SMALLEST_SCALE:
        raise BadTemplateError("liten_yta")
    front = next((one for one in deck.slide_layouts if one._element.get("type") == "title"), layout)
    return Deck(
        deck,
        layout,
        front if _find_title(front) is not None else layout,
        judged.palette,
        False,
        width - _INSETS,
        _points(title.height),
        _read_title_size(layout, master),
        scale,
        stretch,
        left - LEFT * scale,
        top - TOP * stretch,
    )


_INSETS: Final = 14.4
"""Points that PowerPoint leaves free beside a title, left and right together."""


def _points(length: int | None) -> float:
    return (length or 0) / EMU_PER_POINT


def _drop_slides(deck: Any) -> None:
    entries = deck.slides._sldIdLst
    for entry in list(entries):
        deck.part.drop_rel(entry.rId)
        entries.remove(entry)
    # A section lists slides that are gone: PowerPoint would repair the file.
    for extension in list(deck.part._element.iter(qn("p:ext"))):
        if any(child.tag.endswith("}sectionLst") for child in extension):
            extension.getparent().remove(extension)


def _find_title(layout: Any) -> Any:
    """The layout's title, where it stands across the top of the slide; None without one."""
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind is not None and kind.name in _TITLE_KINDS and shape.width and shape.height:
            return shape
    return None


def _choose_layout(deck: Any) -> Any:
    """The layout with a title across the top and least beside it: "Title Only" where there is one."""
    height, width = deck.slide_height, deck.slide_width
    found = []
    for place, layout in enumerate(deck.slide_layouts):
        title = _find_title(layout)
        if title is None or (title.top or 0) > height * 0.4 or title.width < width * 0.5:
            continue
        others = sum(1 for shape in layout.placeholders if shape.placeholder_format.type.name not in _QUIET)
        found.append((layout._element.get("type") != "titleOnly", others, place, layout))
    return min(found, key=lambda one: one[:3])[3] if found else None


_QUIET: Final = (*_TITLE_KINDS, "DATE", "FOOTER", "SLIDE_NUMBER")
"""Kinds of placeholders that take no room of the slide's content."""


def _find_end(layout: Any, master: Any, height: float) -> float:
    """Where the room for content ends, in points: above what the template itself draws in the lower part."""
    end = height * 0.97
    for shape in _list_drawn(layout, master):
        top, tall = _points(shape.top), _points(shape.height)
        if top > height * 0.6 and tall < height * 0.4:
            end = min(end, top)
    return end


def _list_drawn(layout: Any, master: Any) -> Iterator[Any]:
    """What is seen on a slide of the layout without our doing: drawings, logos, the number of the slide."""
    for shapes in (layout.shapes, master.shapes):
        for shape in shapes:
            if shape.is_placeholder:
                if shapes is layout.shapes and shape.placeholder_format.type.name == "SLIDE_NUMBER":
                    yield shape
            elif shape.top is not None:
                yield shape


def _find_theme(master: Any) -> Any:
    return next((rel.target_part for rel in master.part.rels.values() if rel.reltype == RT.THEME), None)


def _read_colours(master: Any) -> dict[str, str]:
    """The theme's colours by name ("accent1", "dk1"), as "#1B5EAC"; one that is not written in digits is left out."""
    theme = _find_theme(master)
    colours = {}
    scheme = None if theme is None else parse_xml(theme.blob).find(f".//{qn('a:clrScheme')}")
    for entry in scheme if scheme is not None else ():
        for child in entry:
            value = f"#{(child.get('lastClr') or child.get('val') or '').upper()}"
            if is_colour(value):
                colours[etree.QName(entry).localname] = value
    return colours


def _is_dark(layout: Any, master: Any, colours: dict[str, str]) -> bool:
    """Whether the ground is a dark colour; a picture or a blend cannot be judged and is let through."""
    mapped = master._element.find(qn("p:clrMap"))
    for slide in (layout, master):
        ground = slide._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if ground is None:
            continue
        filled = next((one for one in ground.iter(qn("a:solidFill"), qn("p:bgRef"))), None)
        if filled is None or len(filled) == 0:
            return False
        colour = filled[0]
        name = colour.get("val", "")
        if etree.QName(colour).localname == "srgbClr":
            value = f"#{name.upper()}"
        else:
            value = colours.get(mapped.get(name, name) if mapped is not None else name, "")
        return is_colour(value) and contrast(Palette().text, value) < _INK_ON_GROUND
    return False


def _read_title_size(layout: Any, master: Any) -> float:
    """The size of the layout's titles, in points."""
    places = (
        (_find_title(layout)._element, f".//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"),
        (master._element, f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"),
    )
    for element, path in places:
        for properties in element.iterfind(path):
            if properties.get("sz"):
                return int(properties.get("sz")) / 100
    return 44.0


def _set_theme(blob: bytes, palette: Palette) -> bytes:
    """The theme with our typeface and colours, so that what is added by hand looks the same."""
    theme = parse_xml(blob)
    for kind in ("a:majorFont", "a:minorFont"):
        for font in theme.iter(qn(kind)):
            font.find(qn("a:latin")).set("typeface", FONT_NAME)
    colours = {
        "a:dk1": palette.text, "a:lt1": palette.background, "a:dk2": palette.text_2, "a:lt2": palette.field,
        "a:accent1": palette.data, "a:accent2": palette.look_here, "a:accent3": palette.context,
        "a:accent4": palette.uncertainty, "a:accent5": palette.riket, "a:accent6": palette.axis,
        "a:hlink": palette.data, "a:folHlink": palette.text_2,
    }  # fmt: skip
    for name, colour in colours.items():
        for element in theme.iter(qn(name)):
            for child in list(element):
                element.remove(child)
            element.append(parse_xml(f'<a:srgbClr xmlns:a="{_A}" val="{colour[1:]}"/>'))
    return bytes(etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True))
