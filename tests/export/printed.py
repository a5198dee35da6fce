"""What the tests of files share: a publication of the published data, its blocks, and readers of files."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import cache

from lxml import etree
from published_store import published_store

from finsam_dash.export.document import Document, build_document
from finsam_dash.export.files import to_file
from finsam_dash.model import Lage, Period
from finsam_dash.report.publication import Publication, build_publication

AS_OF = date(2026, 11, 23)


@cache
def publication(lage: Lage = Lage.INTERN) -> Publication:
    return build_publication(published_store(), "uppsala-lan", Period.year(2014), lage=lage, as_of=AS_OF)


@cache
def document(lage: Lage = Lage.INTERN) -> Document:
    return build_document(publication(lage))


@cache
def written(suffix: str, lage: Lage = Lage.INTERN) -> bytes:
    """The file without pictures: a chart in .pdf and .html is then its table."""
    return to_file(document(lage), suffix, pictures={})


def plain(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def cell_texts(printed: Document) -> list[str]:
    """Every text of every table's cells, in order."""
    return [plain(cell.text) for table in printed.tables() for row in table.rows for cell in row]


def open_parts(content: bytes, pattern: str) -> dict[str, bytes]:
    """The parts of an Office file whose names match."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if re.fullmatch(pattern, name)}


def parse(xml: bytes) -> etree._Element:
    return etree.fromstring(xml)
