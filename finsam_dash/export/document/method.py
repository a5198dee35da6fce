"""How the figures are made, where they come from, and what is hidden or missing and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from finsam_dash.export.document.blocks import Block, BulletList, Cell, Heading, Paragraph, TableBlock
from finsam_dash.model import MONTHS, Lage
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import DeliveryInfo
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.method import METHOD_NOTE, STATES, list_method
from finsam_dash.wording.method_page import TEXTS, read_text
from finsam_dash.wording.overview import format_missing_items


def build_method(publication: Publication) -> Iterator[Block]:
    """How figures are made, each indicator's rule, and the deliveries they come from; shorter for a part."""
    yield Heading(1, words.METHOD)
    yield Heading(2, words.HOW)
    for name in _PART_TEXTS if publication.scope else _TEXTS:
        yield from read_markdown(read_text(name), 3)
    yield TableBlock(
        "Så räknas måtten",
        words.METHOD_HEADER,
        tuple((Cell(row.label, strong=True), Cell(row.description), Cell(row.counted)) for row in list_method()),
        (False,) * 3,
        widths=(0.22, 0.42, 0.36),
        notes=(METHOD_NOTE,),
        key="matten",
    )
    yield Heading(2, words.SOURCES)
    yield BulletList(tuple(_list_deliveries(publication.report)) or ("Inga leveranser.",))


_ON_SCREEN_ONLY = ("uppmarksamma", "sammansattning")
_TEXTS = tuple(name for name in TEXTS if name not in _ON_SCREEN_ONLY)
"""The page's texts but for those about what only the screen shows."""
_PART_TEXTS = ("rakning", "sakerhet", "dolt")


def _list_deliveries(report: Report) -> Iterator[str]:
    """The deliveries, those that come every month or year together under their common name."""
    kinds: dict[str, list[DeliveryInfo]] = {}
    for delivery in report.deliveries:
        kinds.setdefault(_DATED.sub("", delivery.name), []).append(delivery)
    for name, found in kinds.items():
        latest = max(found, key=lambda delivery: (delivery.known_from, delivery.id))
        yield words.format_delivery_group(name, len(found), latest.name, latest.known_from)


_DATED = re.compile(rf"\s+(({'|'.join(MONTHS)})\s+)?\d{{4}}(-[HTK]?\d{{1,2}})?$")
"""The period at the end of a delivery's name: "december 2025", "2025-K4", "2025"."""


def read_markdown(text: str, level: int) -> Iterator[Block]:
    """Headings, paragraphs and lists of the texts in finsam_dash/texts; bold and italics become plain."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.strip().split("\n")
        if lines[0].startswith("#"):
            yield Heading(level, lines[0].lstrip("# ").strip())
            lines = lines[1:]
        if not lines:
            continue
        joined = "\n".join(lines)
        if lines[0].lstrip().startswith(("- ", "* ")):
            items = re.split(r"\n\s*[-*] ", "\n" + joined)[1:]
            yield BulletList(tuple(_plain_markdown(item) for item in items))
        else:
            yield Paragraph(_plain_markdown(joined))


def _plain_markdown(text: str) -> str:
    flat = " ".join(text.split())
    return re.sub(r"(\*\*|\*|`)(.+?)\1", r"\2", flat)


def build_hidden(report: Report, blocks: Sequence[Block], names: Mapping[str, str]) -> Iterator[Block]:
    """How many figures `blocks` hide, what is missing and why, and the signs that stand for it."""
    yield Heading(1, words.HIDDEN)
    hidden = sum(
        cell.text.startswith("..") for block in blocks if isinstance(block, TableBlock) for row in block.rows
        for cell in row
    )  # fmt: skip
    if report.lage is Lage.PUBLICERING:
        yield Paragraph(words.format_hidden_count(hidden))
    missing = format_missing_items(report.overview.missing, names) if report.overview is not None else []
    if missing:
        yield BulletList(tuple(missing))
    yield TableBlock(
        "Samma tecken i diagram, tabeller och meningar",
        words.STATES_HEADER,
        tuple(tuple(Cell(text) for text in row) for row in STATES),
        (False,) * 4,
        widths=(0.18, 0.24, 0.2, 0.38),
        key="tecken",
    )
