"""The styles of a printed report: our own, or those that a template lacks; language, and the typeface in the file."""

from __future__ import annotations

import uuid
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from finsam_dash.charts.theme import FONT_FOLDER, FONT_NAME, Palette

CONTENTS_STYLES = ("toc 1", "toc 2")
FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_BEFORE_BORDER = {qn(f"w:{name}") for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr",
                                             "widowControl", "numPr", "suppressLineNumbers")}  # fmt: skip
_BEFORE_EMBED = {qn(name) for name in ("w:writeProtection", "w:view", "w:zoom", "w:removePersonalInformation",
                                      "w:removeDateAndTime", "w:doNotDisplayPageBoundaries", "w:displayBackgroundShape",
                                      "w:printPostScriptOverText", "w:printFractionalCharacterWidth",
                                      "w:printFormsData")}  # fmt: skip


def find_style(word: Any, name: str) -> Any:
    """The paragraph style of that name, added where it is lacking."""
    found = [style for style in word.styles if style.name == name and style.type == WD_STYLE_TYPE.PARAGRAPH]
    if found:
        return found[0]
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    return style


def prepare_styles(word: Any, palette: Palette, width: float, *, has_template: bool) -> None:
    """Give the document the styles that the report uses; a template keeps its own looks. `width` is points."""
    styles = word.styles
    _set_language(styles.element)
    for name in ("Fynd", "Fotrad", "Varning", "Tabelltext", "Nyckeltal"):
        find_style(word, name)
    for level, name in enumerate(CONTENTS_STYLES):
        style = find_style(word, name)
        style.paragraph_format.left_indent = Mm(5 * level)
        style.paragraph_format.space_after = Pt(2)
        tabs = style.paragraph_format.tab_stops
        tabs.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if has_template:
        sizes = {
            "Fotrad": (8.5, palette.text_2),
            "Tabelltext": (9, None),
            "Fynd": (11, None),
            "Nyckeltal": (20, None),
        }
        for name, (size, colour) in sizes.items():
            style = styles[name]
            style.font.size = Pt(size)
            # The template's Normal may stand wide apart, which no table can bear.
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
            style.paragraph_format.line_spacing = 1.0
            if colour:
                style.font.color.rgb = RGBColor.from_string(colour[1:])
        for name in ("Fynd", "Varning", "Nyckeltal"):
            styles[name].font.bold = True
        return
    looks = {
        "Normal": (10.5, 14, 0, 6, False, palette.text),
        "Title": (24, 29, 0, 6, True, palette.text),
        "Heading 1": (18, 22, 18, 6, True, palette.text),
        "Heading 2": (14, 18, 14, 4, True, palette.text),
        "Heading 3": (11, 14, 10, 3, True, palette.text),
        "Caption": (11, 14, 10, 2, True, palette.text),
        "List Bullet": (10.5, 14, 0, 3, False, palette.text),
        "Fynd": (11, 14, 4, 4, True, palette.text),
        "Fotrad": (8.5, 11, 2, 2, False, palette.text_2),
        "Varning": (10.5, 14, 6, 6, True, palette.text),
        "Tabelltext": (9, 11.5, 2, 2, False, palette.text),
        "Nyckeltal": (20, 24, 4, 0, True, palette.text),
    }
    for name, (size, line, before, after, bold, colour) in looks.items():
        style = styles[name]
        _set_font(style, FONT_NAME)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour[1:])
        style.paragraph_format.line_spacing = Pt(line)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name.startswith("Heading") or name in ("Caption", "Title", "Fynd"):
            style.paragraph_format.keep_with_next = True
    _set_border(styles["Heading 1"], ("bottom",), palette.accent, 8, 3)
    _set_border(styles["Varning"], ("top", "left", "bottom", "right"), palette.text, 8, 4)
    for border in styles["Title"].element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def _set_font(style: Any, name: str) -> None:
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), name)


def _set_language(styles: Any) -> None:
    """Swedish as the language of all text."""
    for run in styles.findall(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"):
        for old in run.findall(qn("w:lang")):
            run.remove(old)
        language = OxmlElement("w:lang")
        for attribute in ("w:val", "w:eastAsia"):
            language.set(qn(attribute), "sv-SE")
        run.append(language)


def _set_border(style: Any, edges: tuple[str, ...], colour: str, size: int, space: int) -> None:
    """Rules at a style's edges; `size` is eighths of a point, `space` points."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour[1:]}"/>' for edge in edges
    )
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    place = next((at for at, child in enumerate(properties) if child.tag not in _BEFORE_BORDER), len(properties))
    properties.insert(place, border)


def drop_effects(word: Any) -> None:
    """Leave out the second set of styles that some templates carry: Word repairs a file where the two differ."""
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            word.part.drop_rel(key)
            word.part.rels.pop(key, None)


def embed_fonts(word: Any) -> None:
    """Put Source Sans 3 into the file, so that it looks the same where the font is not installed.

    The first 32 bytes are mixed with a key, as the standard (ECMA-376, part 4, 4.1) asks; that is no protection.
    """
    package = word.part.package
    table = next(
        (relation.target_part for relation in word.part.rels.values() if relation.reltype == RT.FONT_TABLE), None
    )
    if table is None:
        return
    embeds = []
    for number, (tag, file) in enumerate(
        (("embedRegular", "SourceSans3-Regular.ttf"), ("embedBold", "SourceSans3-Bold.ttf")), start=1
    ):
        key = uuid.uuid5(uuid.NAMESPACE_DNS, file)
        data = bytearray((FONT_FOLDER / file).read_bytes())
        mask = bytes.fromhex(key.hex)[::-1]
        for index in range(32):
            data[index] ^= mask[index % 16]
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), FONT_TYPE, bytes(data), package)
        relation = table.relate_to(part, FONT_RELATION)
        embeds.append(f'<w:{tag} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>')
    font = (
        f'<w:font {nsdecls("w", "r")} w:name="{FONT_NAME}"><w:altName w:val="Calibri"/>'
        f'<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(embeds)}</w:font>'
    )
    fonts = parse_xml(table.blob)
    fonts.append(parse_xml(font))
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
    settings = word.settings.element
    embed = OxmlElement("w:embedTrueTypeFonts")
    place = next((index for index, child in enumerate(settings) if child.tag not in _BEFORE_EMBED), len(settings))
    settings.insert(place, embed)
