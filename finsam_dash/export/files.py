"""One report as a file: which format a name asks for, and the bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from finsam_dash.charts.theme import PRINT, SEPARATORS, themed
from finsam_dash.export.document import Document
from finsam_dash.export.images import NoBrowserError, to_image

SUFFIXES: Final = (".docx", ".pptx", ".xlsx", ".pdf", ".html")
MIME_TYPES: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".zip": "application/zip",
}
WITH_TEMPLATE: Final = {".docx": (".docx", ".dotx"), ".pptx": (".pptx", ".potx")}
"""Formats that take a förbund's own template, and what such a file is called."""
WITH_PICTURES: Final = (".pdf", ".html")
"""Formats whose charts are drawn by a browser; without one they have tables instead."""


def draw_pictures(document: Document, progress: Callable[[float], None] | None = None) -> dict[str, bytes]:
    """Every chart with anything to draw as SVG by its key, without title and source, which the page sets as text.

    Raises NoBrowserError.
    """
    theme = themed(PRINT, document.accent)
    pictures = {}
    charts = document.drawn()
    for number, block in enumerate(charts, start=1):
        figure = block.draw(theme)
        figure.update_layout(separators=SEPARATORS)
        pictures[block.key] = to_image(figure, "svg")
        if progress is not None:
            progress(number / len(charts))
    return pictures


def to_file(
    document: Document,
    suffix: str,
    *,
    template: bytes | None = None,
    pictures: dict[str, bytes] | None = None,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The report in the format of one of `SUFFIXES`. `template` is the förbund's own, for those of `WITH_TEMPLATE`.

    `pictures` are those of `draw_pictures`, drawn here when they are not given; where no browser is installed the
    charts of .pdf and .html become tables. Raises office_template.BadTemplateError.
    """
    # Each format's library is read when a file is made: together they cost a page that only offers them 0.3 s.
    if suffix == ".docx":
        from finsam_dash.export.word import to_docx

        return to_docx(document, template)
    if suffix == ".pptx":
        from finsam_dash.export.powerpoint import to_pptx

        return to_pptx(document, template)
    if suffix == ".xlsx":
        from finsam_dash.export.excel import to_xlsx

        return to_xlsx(document)
    if pictures is None:
        try:
            pictures = draw_pictures(document, progress)
        except NoBrowserError:
            pictures = {}
    if suffix == ".pdf":
        from finsam_dash.export.pdf import to_pdf

        return to_pdf(document, pictures)
    from finsam_dash.export.html import to_html

    return to_html(document, pictures)
