"""Samverkan: numbers, lotsärenden and enkäter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, Cell, Heading, Paragraph, TableBlock
from finsam_dash.export.document.cells import fold_name, value_cell
from finsam_dash.model import Period, Unit
from finsam_dash.report.content_samverkan import HIDDEN_LOTS, EnkatResult, LotsRow, Samverkan, SamverkanItem
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.numbers import format_share_value
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.samverkan import (
    format_answered,
    format_item,
    format_kind,
    format_measure,
    format_scale_mean,
)


def has_samverkan(samverkan: Samverkan) -> bool:
    """Whether there is anything to print."""
    return bool(samverkan.items or samverkan.lots or samverkan.enkater or samverkan.funding)


def build_samverkan(publication: Publication) -> Iterator[Block]:
    """Samverkan in figures, lotsärenden and enkäter; nothing where nothing is stored."""
    report = publication.report
    samverkan = report.samverkan
    if samverkan is None or not has_samverkan(samverkan):
        return
    yield Heading(1, words.SAMVERKAN)
    title = words.format_samverkan_finding(samverkan, report.period)
    if title and not publication.scope:
        yield Paragraph(title, "lead")
    yield from _list_kinds(samverkan.items)
    if samverkan.lots == HIDDEN_LOTS:
        yield Paragraph(words.format_hidden_table(words.LOTS), "note")
    elif samverkan.lots:
        yield _lots_table(samverkan.lots, report.period, publication.grupper)
    if samverkan.enkater:
        yield _enkat_table(samverkan.enkater)


def _list_kinds(items: Sequence[SamverkanItem]) -> Iterator[TableBlock]:
    """A table a kind of number, in the order in which they come."""
    kinds: dict[str, list[SamverkanItem]] = {}
    for item in items:
        kinds.setdefault(item.figure.slag, []).append(item)
    for kind, own in kinds.items():
        sources = list(dict.fromkeys(item.source for item in own if item.source))
        yield TableBlock(
            format_kind(kind),
            words.SAMVERKAN_HEADER,
            tuple(
                (
                    Cell(", ".join(part for part in (item.figure.namn, item.figure.tema) if part)),
                    replace(value_cell(item.value, item.figure.unit), text=format_item(item)),
                    Cell(format_measure(item.figure.matt)),
                    Cell(format_period(item.figure.period)),
                )
                for item in own
            ),
            (False, True, False, False),
            widths=(0.42, 0.14, 0.26, 0.18),
            notes=(f"Källa: {'; '.join(sources)}.",) if sources else (),
            key=fold_name("samverkan", kind),
        )


def _lots_table(lots: Sequence[LotsRow], period: Period, grupper: Mapping[str, str]) -> TableBlock:
    return TableBlock(
        f"{words.LOTS} {format_period(period)}",
        words.LOTS_HEADER,
        tuple(
            (
                Cell(grupper.get(row.grupp, row.grupp)),
                Cell(row.coordinator),
                *(value_cell(value, Unit.ANTAL) for value in (row.opened, row.solved, row.unsolved, row.still_open)),
            )
            for row in lots
        ),
        (False, False, True, True, True, True),
        widths=(0.2, 0.32, 0.12, 0.12, 0.12, 0.12),
        notes=(words.OWN_SOURCE,),
        key="lotsarenden",
    )


def _enkat_table(enkater: Sequence[EnkatResult]) -> TableBlock:
    return TableBlock(
        "Enkäter",
        words.ENKAT_HEADER,
        tuple(
            (
                Cell(f"{one.enkat.namn}, {format_period(one.enkat.period)}"),
                Cell(one.enkat.question),
                Cell(format_answered(one)),
                replace(value_cell(one.positive, Unit.ANDEL), text=format_share_value(one.positive)),
                Cell(format_scale_mean(one)),
            )
            for one in enkater
        ),
        (False, False, True, True, True),
        widths=(0.2, 0.32, 0.16, 0.16, 0.16),
        notes=(words.OWN_SOURCE,),
        key="enkater",
    )
