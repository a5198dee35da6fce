"""A publication as a document: the chosen parts, in the printed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from finsam_dash.charts.theme import Palette, judge_accent
from finsam_dash.export.document.blocks import Block, BulletList, ChartBlock, Document, Heading, TableBlock
from finsam_dash.export.document.decisions import build_decisions
from finsam_dash.export.document.economy import build_economy
from finsam_dash.export.document.goals import build_goals
from finsam_dash.export.document.insatser import build_insatser, list_accounts
from finsam_dash.export.document.method import build_hidden, build_method
from finsam_dash.export.document.participants import build_participants
from finsam_dash.export.document.samverkan import build_samverkan
from finsam_dash.export.document.summary import build_summary
from finsam_dash.export.painting import paint_chart
from finsam_dash.report.publication import PARTS, Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.lines import format_report_head
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.sentences import EXAMPLE_MARK
from finsam_dash.wording.slides import Slide, build_slides


def build_document(
    publication: Publication, parts: Iterable[str] = PARTS, *, accent: str = "", logo: bytes = b""
) -> Document:
    """Set a publication as blocks, the chosen parts in the printed order; what is hidden is always told."""
    report = publication.report
    chosen = frozenset(parts)
    names = report.names
    builders: list[tuple[str, Callable[[], Iterator[Block]]]] = [
        ("sammanfattning", lambda: build_summary(publication, names)),
        ("deltagare", lambda: build_participants(publication, names)),
        ("mal", lambda: build_goals(report, names)),
        ("insatser", lambda: build_insatser(publication)),
        ("beslut", lambda: build_decisions(publication)),
        ("samverkan", lambda: build_samverkan(publication)),
        ("ekonomi", lambda: build_economy(report, names)),
        ("metod", lambda: build_method(publication)),
    ]
    blocks = [block for name, build in builders if name in chosen for block in build()]
    blocks += build_hidden(report, blocks, names)
    if "kvar" in chosen:
        insatser = [one.insats.insats for one in publication.insatser if one.insats is not None]
        texts = [text for account in list_accounts(report) for text in account.texts]
        left = words.format_left_for_author(report, insatser, texts, names, whole=not publication.scope)
        blocks += [Heading(1, words.LEFT), BulletList(tuple(left))]
    return Document(
        title=words.format_document_title(report, publication.scope),
        lead=words.format_document_lead(report),
        forbund=report.forbund.namn,
        footer=format_report_head(report),
        source=format_report_source(report, (), report.period),
        mark=words.LAGE_MARKS[report.lage],
        invented=report.forbund.pahittad,
        blocks=tuple(
            _paint(
                _mark_sources(_name_charts(_drop_empty(blocks)), invented=report.forbund.pahittad),
                judge_accent(accent).palette,
            )
        ),
        accent=accent,
        logo=logo,
        slides=tuple(slide for slide in build_slides(report, publication.insatser) if _PART_OF[_kind(slide)] in chosen),
    )


_PART_OF = {
    "forbundet": "sammanfattning",
    "andring": "sammanfattning",
    "leverans": "sammanfattning",
    "rojandekontroll": "sammanfattning",
    "mal": "mal",
    "beslut": "beslut",
    "ekonomi": "ekonomi",
    "jamforelse": "deltagare",
    "insats": "insatser",
}
"""The part of the report that a slide belongs to, by the first word of its key."""


def _kind(slide: Slide) -> str:
    return slide.key.partition("-")[0]


def _drop_empty(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without headings that nothing stands under."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading) and isinstance(following, Heading) and following.level <= block.level:
            continue
        yield block


def _name_charts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give every chart a key of its own: two insatser may share a short name."""
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, ChartBlock):
            seen[block.key] = seen.get(block.key, 0) + 1
            if seen[block.key] > 1:
                yield replace(block, key=f"{block.key}-{seen[block.key]}")
                continue
        yield block


def _mark_sources(blocks: Iterable[Block], *, invented: bool) -> Iterator[Block]:
    """Say under every table too that its data are invented; a chart's own line says it already."""
    for block in blocks:
        if invented and isinstance(block, TableBlock):
            notes = (f"{EXAMPLE_MARK} {note}" if note.startswith(_SOURCE) else note for note in block.notes)
            yield replace(block, notes=tuple(notes))
        else:
            yield block


_SOURCE = "Källa: "


def _paint(blocks: Iterable[Block], palette: Palette) -> Iterator[Block]:
    """Give the native charts the förbund's own colours; those of images come with their theme."""
    for block in blocks:
        if isinstance(block, ChartBlock) and block.native is not None:
            yield replace(block, native=paint_chart(block.native, palette))
        else:
            yield block
