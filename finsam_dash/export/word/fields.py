"""Fields, links and bookmarks in a Word file: what the program that opens it counts."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field with the text that stands until the program counts it."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Any, instruction: str, *, dirty: bool = False) -> None:
    """Begin a field; a dirty one is counted when the file is opened."""
    _mark_field(paragraph, "begin", dirty=dirty)
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _mark_field(paragraph, "separate")


def end_field(paragraph: Any) -> None:
    """End the field that was begun last."""
    _mark_field(paragraph, "end")


def _mark_field(paragraph: Any, kind: str, *, dirty: bool = False) -> None:
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    if dirty:
        char.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(char)


def link_entry(text: str, place: str) -> Any:
    """One line of the contents, a link to its heading; the program that opens the file adds the page."""
    return parse_xml(
        f'<w:hyperlink {nsdecls("w")} w:anchor="{place}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:hyperlink>'
    )


def mark_place(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark round a heading."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)
