"""Samverkan: numbers, lotsärenden and enkäter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, Cell, Heading, Paragraph, TableBlock
from finsam_dash.export.document.cells import value_cell
from finsam_dash.model import Unit
from finsam_dash.report.content import Report
from finsam_dash.wording import document as words
from finsam_dash.wording.numbers import format_share_value
from finsam_dash.wording.periods import format_in_period, format_period
from finsam_dash.wording.samverkan import (
    format_answered,
    format_item,
    format_kind,
    format_measure,
    format_samverkan_title,
    format_scale_mean,
)


def build_samverkan(report: Report) -> Iterator[Block]:
    """Samverkan in figures, lotsärenden and enkäter; nothing where nothing is stored."""
    samverkan = report.samverkan
    if samverkan is None or not (samverkan.items or samverkan.lots or samverkan.enkater or samverkan.funding):
        return
    yield Heading(1, words.SAMVERKAN)
    title = format_samverkan_title(samverkan, format_in_period(report.period))
    yield Paragraph(title, "lead")
    if samverkan.items:
        yield TableBlock(
            "Samverkan i siffror",
            words.SAMVERKAN_HEADER,
            tuple(
                (
                    Cell(format_kind(item.figure.slag)),
                    Cell(", ".join(part for part in (item.figure.namn, item.figure.tema) if part)),
                    replace(value_cell(item.value, item.figure.unit), text=format_item(item)),
                    Cell(format_measure(item.figure.matt)),
                    Cell(format_period(item.figure.period)),
                )
                for item in samverkan.items
            ),
            (False, False, True, False, False),
            widths=(0.22, 0.32, 0.12, 0.19, 0.15),
            notes=tuple(dict.fromkeys(f"Källa: {item.source}." for item in samverkan.items if item.source)),
            key="samverkan",
        )
    if samverkan.lots:
        yield TableBlock(
            "Lotsärenden per lokusgrupp",
            words.LOTS_HEADER,
            tuple(
                (
                    Cell(row.grupp),
                    Cell(row.coordinator),
                    *(
                        value_cell(value, Unit.ANTAL)
                        for value in (row.opened, row.solved, row.unsolved, row.still_open)
                    ),
                )
                for row in samverkan.lots
            ),
            (False, False, True, True, True, True),
            key="lotsarenden",
            finding=title,
        )
    if samverkan.enkater:
        yield TableBlock(
            "Enkäter",
            words.ENKAT_HEADER,
            tuple(
                (
                    Cell(one.enkat.namn),
                    Cell(one.enkat.question),
                    Cell(format_answered(one)),
                    replace(value_cell(one.positive, Unit.ANDEL), text=format_share_value(one.positive)),
                    Cell(format_scale_mean(one)),
                )
                for one in samverkan.enkater
            ),
            (False, False, True, True, True),
            widths=(0.2, 0.32, 0.16, 0.16, 0.16),
            key="enkater",
        )
