"""An insats's charts over time, in and out, before and after, and by group; and its breakdowns as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from finsam_dash.charts import flow, forsorjning, groups, recruitment, trend
from finsam_dash.charts.table import ChartTable
from finsam_dash.export.document.blocks import Block, Cell, ChartBlock, TableBlock
from finsam_dash.export.document.cells import fold_name, from_chart_table, lower_first, read_number, value_cell
from finsam_dash.export.document.dot_chart import build_dot_block
from finsam_dash.export.native import (
    build_dot_chart,
    build_flow_chart,
    build_forsorjning_chart,
    build_recruitment_chart,
    build_trend_chart,
)
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content import Benchmark, InsatsSection, Report
from finsam_dash.wording import document as words
from finsam_dash.wording.insats import (
    FOLLOW_UP_HEADER,
    format_breakdown_heading,
    format_breakdown_rows,
    format_flow_heading,
    format_follow_up_heading,
    format_follow_up_rows,
    format_forsorjning_heading,
    format_kon_heading,
    format_recruitment_heading,
    format_subgroups_measure,
    format_trend_heading,
    name_categories,
    name_insats,
    name_steps,
    name_subgroups,
)
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.periods import format_period


def build_insats_charts(report: Report, section: InsatsSection, source: str) -> Iterator[Block]:
    """The charts of one insats after its outcome: those it has figures for."""
    name, kod, riket = name_insats(section.insats), section.insats.kod, section.riket

    def chart(key: str, heading: tuple[str, str], table: ChartTable, **rest: Any) -> ChartBlock:
        title, subtitle = f"{name}: {lower_first(heading[0])}".rstrip("."), heading[1].rstrip(".")
        whole = fold_name(kod, key)
        block = from_chart_table(table, title, source, whole)
        return ChartBlock(key=whole, title=title, subtitle=subtitle, source=source, table=block, **rest)

    over_time = section.trend
    if len(over_time.points) > 1:
        points, rolling, target = over_time.points, over_time.rolling, over_time.target
        yield chart(
            "over-tid",
            format_trend_heading(over_time, report.period),
            trend.trend_table(points=points, rolling=rolling),
            note=trend.trend_note(points=points, rolling=rolling, target=target, benchmark=riket),
            alt=trend.trend_alt(points=points, rolling=rolling, target=target, events=over_time.events),
            draw=lambda theme: trend.trend_figure(
                points=points, rolling=rolling, target=target, benchmark=riket, events=over_time.events, theme=theme
            ),
            native=build_trend_chart(points, rolling, target, riket),
            native_note=words.TREND_MARKS if rolling else "",
        )
    if section.flow is not None and section.flow.months:
        months = section.flow.months
        yield chart(
            "in-och-ut",
            format_flow_heading(section.flow),
            flow.flow_table(months=months),
            note=flow.flow_note(months=months),
            alt=flow.flow_alt(months=months),
            draw=lambda theme: flow.flow_figure(months=months, theme=theme),
            native=build_flow_chart(months),
            native_note=words.FLOW_MARKS,
        )
    if section.forsorjning is not None and section.forsorjning.categories:
        categories, links = name_categories(section.forsorjning.categories), section.forsorjning.links
        yield chart(
            "forsorjning",
            format_forsorjning_heading(section.forsorjning, report.period),
            forsorjning.forsorjning_table(categories=categories, links=links),
            note=forsorjning.forsorjning_note(categories=categories),
            alt=forsorjning.forsorjning_alt(categories=categories),
            draw=lambda theme: forsorjning.forsorjning_figure(categories=categories, links=links, theme=theme),
            native=build_forsorjning_chart(categories),
            native_note=words.BEFORE_AFTER_MARKS,
        )
    if section.recruitment:
        steps = name_steps(section.recruitment)
        yield chart(
            "vagen-in",
            format_recruitment_heading(section),
            recruitment.recruitment_table(steps=steps),
            note=recruitment.recruitment_note(steps=steps),
            alt=recruitment.recruitment_alt(steps=steps),
            draw=lambda theme: recruitment.recruitment_figure(steps=steps, theme=theme),
            native=build_recruitment_chart(steps),
        )
    for pair in section.kon:
        if isinstance(pair.first.value, Measured) or isinstance(pair.second.value, Measured):
            yield chart(
                "kvinnor-och-man",
                format_kon_heading(pair),
                groups.groups_table(pairs=[pair]),
                note=groups.groups_note(pairs=[pair]),
                alt=groups.groups_alt(pairs=[pair]),
                draw=lambda theme, pair=pair: groups.groups_figure(pairs=[pair], theme=theme),
                native=build_dot_chart([pair.first, pair.second]),
            )
    for part in section.subgroups:
        line = Benchmark("target", "Mål", part.target) if part.target is not None else None
        label = format_subgroups_measure(part)
        yield build_dot_block(
            report,
            f"{kod}-{part.matt}",
            f"{name}: {lower_first(label)}, grupp för grupp",
            name_subgroups(part),
            source,
            benchmark=line,
            subtitle=label,
        )


def build_insats_tables(section: InsatsSection, source: str) -> Iterator[Block]:
    """The tables of one insats: breakdowns, follow-ups, and what is printed without being counted."""
    insats = section.insats
    name = insats.kortnamn or insats.namn
    for part in section.breakdowns:
        title, below = format_breakdown_heading(part)
        body = []
        for row, cells in zip(part.rows, format_breakdown_rows(part), strict=True):
            share = value_cell(row.share, Unit.ANDEL)
            count = value_cell(row.count, Unit.ANTAL)
            number, unit = read_number(cells[2])
            body.append((Cell(cells[0]), count, Cell(cells[2], number, unit), replace(share, text=cells[3])))
        yield TableBlock(
            f"{name}: {lower_first(title)}",
            words.BREAKDOWN_HEADER,
            tuple(body),
            (False, True, True, True),
            widths=(0.5, 0.14, 0.14, 0.22),
            notes=(below, source),
            key=fold_name(insats.kod, part.indelning),
        )
    if section.follow_ups:
        title, below = format_follow_up_heading(section.follow_ups)
        yield TableBlock(
            f"{name}: {lower_first(title)}",
            FOLLOW_UP_HEADER,
            tuple(
                tuple(Cell(text, *(read_number(text) if place > 1 else (None, None))) for place, text in enumerate(row))
                for row in format_follow_up_rows(section.follow_ups)
            ),
            (False, False, *[True] * 6),
            widths=(0.2, 0.12, 0.11, 0.11, 0.11, 0.08, 0.11, 0.16),
            notes=(below, source),
            key=fold_name(insats.kod, "uppfoljning"),
        )
    if section.stated:
        yield TableBlock(
            f"{name}: som det är tryckt",
            words.STATED_HEADER,
            tuple(
                (
                    Cell(words.format_stated_label(one)),
                    Cell(format_name_capital(one.gender)),
                    Cell(format_period(one.period)),
                    Cell(one.text),
                    Cell(one.source.rubrik),
                )
                for one in section.stated
            ),
            (False,) * 5,
            widths=(0.28, 0.1, 0.17, 0.3, 0.15),
            key=fold_name(insats.kod, "tryckt"),
        )
