"""The summary: what the period showed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_dash.export.document.blocks import Block, BulletList, Heading, KeyNumbers, Paragraph
from finsam_dash.export.document.dot_chart import list_names
from finsam_dash.model import Lage
from finsam_dash.report.content import Report
from finsam_dash.wording import document as words
from finsam_dash.wording.overview import format_headline_notes, format_key_number
from finsam_dash.wording.target_table import format_targets_title
from finsam_dash.wording.titles import format_comparison_title, format_outcome_title


def build_summary(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    """The period in sentences, the key numbers, and what the läge means."""
    overview = report.overview
    yield Heading(1, words.SUMMARY)
    items = []
    if overview is not None:
        items.append(
            format_outcome_title(
                value=overview.headline.value,
                period=report.period,
                riket=overview.riket.value,
                sakerhet=overview.verdict.sakerhet,
            )
        )
        items += list(format_headline_notes(overview.headline, overview.verdict, overview.riket, names))
    if report.targets:
        items += format_targets_title(report.targets)
    for one in report.comparison or ():
        for line in one.lines:
            if line.line.kind == "riket" and line.comparisons:
                over, under = (list_names(keys, one.rows) for keys in (line.over, line.under))
                items.append(format_comparison_title(over=over, under=under, comparisons=line.comparisons))
    yield BulletList(tuple(_sentence(item) for item in items if item))
    if overview is not None:
        yield KeyNumbers(tuple(format_key_number(number) for number in overview.key_numbers))
    yield Paragraph(words.INTERN_WARNING if report.lage is Lage.INTERN else words.PUBLISHED_WARNING, "warning")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
