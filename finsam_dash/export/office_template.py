"""A förbund's own template for Word or PowerPoint: opened, or refused with the reason why it cannot be used."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, Final, Literal

Flaw = Literal["oppnas_inte", "makron", "fel_slag", "for_stor", "ingen_rubrik", "mork", "liten_yta"]
"""What is wrong: it does not open, holds macros, is of the other program, is too large, has no layout with a title,
has a dark ground, or leaves too little room beside its own drawings."""

LARGEST: Final = 100_000_000
"""Bytes when unpacked: a template is pictures and styles, and what is larger is no template."""
_MAIN: Final = "application/vnd.openxmlformats-officedocument."
_KINDS: Final = {
    "docx": (_MAIN + "wordprocessingml.document.main+xml", _MAIN + "wordprocessingml.template.main+xml"),
    "pptx": (_MAIN + "presentationml.presentation.main+xml", _MAIN + "presentationml.template.main+xml"),
}
_TYPES_FILE: Final = "[Content_Types].xml"


class BadTemplateError(ValueError):
    """The template cannot be used; `flaw` says why."""

    def __init__(self, flaw: Flaw = "oppnas_inte") -> None:
        super().__init__(flaw)
        self.flaw: Flaw = flaw


def open_template(data: bytes, kind: Literal["docx", "pptx"]) -> Any:
    """The template as python-docx's Document or python-pptx's Presentation, a .dotx or .potx read as what it makes.

    Raises BadTemplateError.
    """
    document, template = _KINDS[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise BadTemplateError("for_stor")
            types = archive.read(_TYPES_FILE).decode("utf-8")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, UnicodeDecodeError, RuntimeError) as error:
        raise BadTemplateError from error
    if "macroEnabled" in types:
        raise BadTemplateError("makron")
    if document not in types and template not in types:
        other = any(name in types for names in _KINDS.values() for name in names)
        raise BadTemplateError("fel_slag" if other else "oppnas_inte")
    stream = io.BytesIO(data if document in types else _replace_types(data, types.replace(template, document)))
    try:
        if kind == "docx":
            import docx

            return docx.Document(stream)
        import pptx

        return pptx.Presentation(stream)
    except Exception as error:
        # The libraries raise whatever they stumble on in a broken package.
        raise BadTemplateError from error


def _replace_types(data: bytes, types: str) -> bytes:
    """The package with another list of content types."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = types.encode("utf-8") if entry.filename == _TYPES_FILE else source.read(entry)
            target.writestr(entry.filename, content)
    return stream.getvalue()
