"""The summary: what the period showed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_dash.export.document.blocks import Block, BulletList, Heading, KeyNumbers, Paragraph
from finsam_dash.export.document.dot_chart import list_names
from finsam_dash.export.document.samverkan import has_samverkan
from finsam_dash.model import Lage, Missing
from finsam_dash.report.content import Report
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.comparison import format_purpose
from finsam_dash.wording.economy import format_economy_title
from finsam_dash.wording.insats import format_insats_title
from finsam_dash.wording.overview import format_headline_notes, format_key_number
from finsam_dash.wording.target_table import format_targets_title
from finsam_dash.wording.titles import format_comparison_title, format_outcome_title


def build_summary(publication: Publication, names: Mapping[str, str]) -> Iterator[Block]:
    """The period in sentences, the key numbers, and what the läge means."""
    report = publication.report
    yield Heading(1, words.SUMMARY)
    sentences: list[str] = []
    if publication.scope:
        sentences += (format_insats_title(one.insats, one.period) for one in publication.insatser if one.insats)
    sentences += _list_outcome(report, names)
    sentences += _list_goals(report, names)
    sentences += _list_compared(report)
    sentences += _list_rest(report)
    yield BulletList(tuple(text if text.endswith((".", "!", "?")) else f"{text}." for text in sentences if text))
    if report.overview is not None:
        known = [number for number in report.overview.key_numbers if not isinstance(number.value, Missing)]
        if known:
            yield KeyNumbers(tuple(format_key_number(number) for number in known))
    yield Paragraph(words.INTERN_WARNING if report.lage is Lage.INTERN else words.PUBLISHED_WARNING, "warning")


def _list_outcome(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    overview = report.overview
    if overview is None:
        return
    yield format_outcome_title(
        value=overview.headline.value,
        period=report.period,
        riket=overview.riket.value,
        sakerhet=overview.verdict.sakerhet,
    )
    whom, notes = format_headline_notes(overview.headline, overview.verdict, overview.riket, names)
    yield words.format_whom(overview.headline.value, whom, notes)


def _list_goals(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    if not report.targets:
        return
    title, lead = format_targets_title(report.targets)
    judged = any(row.verdict is not None and row.verdict.uppnatt is not None for row in report.targets)
    yield f"{title.rstrip('.')}. {lead}" if judged else title
    if missed := words.format_surely_missed(report.targets, names):
        yield missed


def _list_compared(report: Report) -> Iterator[str]:
    for one in report.comparison or ():
        for line in one.lines:
            if line.line.kind == "riket" and line.comparisons:
                over, under = (list_names(keys, one.rows) for keys in (line.over, line.under))
                finding = format_comparison_title(over=over, under=under, comparisons=line.comparisons)
                yield f"{format_purpose(one.purpose)}: {finding}"


def _list_rest(report: Report) -> Iterator[str]:
    """Decisions, samverkan and economy, each where something is stored."""
    decisions = report.accounts.decisions if report.accounts is not None else ()
    if decisions:
        yield words.format_decisions_finding(decisions)
    samverkan, economy = report.samverkan, report.economy
    if samverkan is not None and has_samverkan(samverkan):
        yield words.format_samverkan_finding(samverkan, report.period)
    if economy is not None and (economy.tables or economy.statements):
        yield format_economy_title(economy)
