"""The year's decisions about insatser."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_dash.export.document.blocks import Block, Cell, Heading, Paragraph, TableBlock
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.periods import format_period


def build_decisions(publication: Publication) -> Iterator[Block]:
    """The year's decisions, one a row; a sentence where the förbund has none."""
    report = publication.report
    decisions = report.accounts.decisions if report.accounts is not None else ()
    if publication.scope and not decisions:
        return
    yield Heading(1, words.DECISIONS)
    if not decisions:
        yield Paragraph(words.NO_DECISIONS[report.lage])
        return
    yield TableBlock(
        f"Insatser som startat, förlängts och avslutats {format_period(report.period)}",
        words.DECISIONS_HEADER,
        tuple(tuple(Cell(text) for text in words.format_decision(one)) for one in decisions),
        (False,) * 6,
        widths=(0.2, 0.1, 0.17, 0.11, 0.18, 0.24),
        key="beslut",
    )
