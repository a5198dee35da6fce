"""An insats's charts over time, in and out, before and after, and by group; and its breakdowns as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from finsam_dash.charts import dots, flow, forsorjning, groups, recruitment, trend
from finsam_dash.charts.table import ChartTable
from finsam_dash.export.document.blocks import Block, Cell, ChartBlock, Paragraph, TableBlock
from finsam_dash.export.document.cells import fold_name, from_chart_table, lower_first, read_number, value_cell
from finsam_dash.export.document.dot_chart import build_dot_block
from finsam_dash.export.native import (
    build_dot_chart,
    build_flow_chart,
    build_forsorjning_chart,
    build_recruitment_chart,
    build_trend_chart,
)
from finsam_dash.model import Measured, Missing, Period, Source, Suppressed, Unit, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import Breakdown, InsatsSection
from finsam_dash.report.content_parts import Benchmark
from finsam_dash.wording import document as words
from finsam_dash.wording.insats import format_flow_heading, format_trend_heading, name_insats
from finsam_dash.wording.insats_people import (
    FOLLOW_UP_HEADER,
    format_breakdown_heading,
    format_breakdown_rows,
    format_follow_up_heading,
    format_follow_up_rows,
    format_forsorjning_heading,
    format_kon_heading,
    format_recruitment_heading,
    format_subgroups_measure,
    name_categories,
    name_steps,
    name_subgroups,
)
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.periods import format_period


def build_insats_charts(report: Report, section: InsatsSection, source_of: SourceOf) -> Iterator[Block]:
    """The charts of one insats after its outcome: those it has figures for. `source_of` gives the line of a period."""
    yield from _draw_trend(report, section)
    yield from _draw_flow(report, section)
    yield from _draw_forsorjning(section, report.period, source_of)
    yield from _draw_recruitment(section, source_of(section.recruitment_period or report.period))
    yield from _draw_kon(section, source_of)
    yield from _draw_subgroups(section, source_of)


SourceOf = Callable[[Period], str]
"""The source line under a chart or a table, by the period that it is of."""


def _span(periods: Sequence[Period]) -> Period:
    """From the first day of periods to the last."""
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def _chart(
    section: InsatsSection, source: str, key: str, heading: tuple[str, str], table: ChartTable, **rest: Any
) -> ChartBlock:
    """A chart by the insats's name; `rest` are the other fields of the block."""
    title = f"{name_insats(section.insats)}: {lower_first(heading[0])}".rstrip(".")
    whole = fold_name(section.insats.kod, key)
    block = from_chart_table(table, title, source, whole)
    return ChartBlock(key=whole, title=title, subtitle=heading[1].rstrip("."), source=source, table=block, **rest)


def _source_of_years(report: Report, section: InsatsSection, periods: Sequence[Period]) -> str:
    """The source line of a series: all the insats's deliveries, of which those of the period asked are the last."""
    sources = [Source(delivery.id) for delivery in section.deliveries]
    return format_report_source(report, sources, _span(periods))


def _draw_trend(report: Report, section: InsatsSection) -> Iterator[Block]:
    over_time = section.trend
    if len(over_time.points) > 1:
        points, rolling, target = over_time.points, over_time.rolling, over_time.target
        marked = partial(trend.trend_note, points=points, rolling=rolling, target=target, benchmark=section.riket)
        yield _chart(
            section,
            _source_of_years(report, section, [point.period for point in points]),
            "over-tid",
            format_trend_heading(over_time, report.period),
            trend.trend_table(points=points, rolling=rolling),
            note=marked(events=over_time.events),
            alt=trend.trend_alt(points=points, rolling=rolling, target=target, events=over_time.events),
            draw=lambda theme: trend.trend_figure(
                points=points,
                rolling=rolling,
                target=target,
                benchmark=section.riket,
                events=over_time.events,
                theme=theme,
            ),
            native=build_trend_chart(points, rolling, target, section.riket),
            native_subtitle=words.format_trend_subtitle(over_time) if rolling else "",
            native_note=words.format_trend_marks(over_time) if rolling else marked(),
        )


def _draw_flow(report: Report, section: InsatsSection) -> Iterator[Block]:
    if section.flow is not None and section.flow.months:
        months = section.flow.months
        yield _chart(
            section,
            _source_of_years(report, section, [month.period for month in months]),
            "in-och-ut",
            format_flow_heading(section.flow),
            flow.flow_table(months=months),
            note=flow.flow_note(months=months),
            alt=flow.flow_alt(months=months),
            draw=lambda theme: flow.flow_figure(months=months, theme=theme),
            native=build_flow_chart(months),
            native_subtitle=words.format_flow_subtitle(months),
            native_note=words.format_flow_marks(months),
        )


def _draw_forsorjning(section: InsatsSection, period: Period, source_of: SourceOf) -> Iterator[Block]:
    if section.forsorjning is not None and section.forsorjning.categories:
        categories, links = name_categories(section.forsorjning.categories), section.forsorjning.links
        yield _chart(
            section,
            source_of(period),
            "forsorjning",
            format_forsorjning_heading(section.forsorjning, period),
            forsorjning.forsorjning_table(categories=categories, links=links),
            note=forsorjning.forsorjning_note(categories=categories),
            alt=forsorjning.forsorjning_alt(categories=categories),
            draw=lambda theme: forsorjning.forsorjning_figure(categories=categories, links=links, theme=theme),
            native=build_forsorjning_chart(categories),
            native_note=words.BEFORE_AFTER_MARKS,
        )


def _draw_recruitment(section: InsatsSection, source: str) -> Iterator[Block]:
    if section.recruitment:
        steps = name_steps(section.recruitment)
        yield _chart(
            section,
            source,
            "vagen-in",
            format_recruitment_heading(section),
            recruitment.recruitment_table(steps=steps),
            note=recruitment.recruitment_note(steps=steps),
            alt=recruitment.recruitment_alt(steps=steps),
            draw=lambda theme: recruitment.recruitment_figure(steps=steps, theme=theme),
            native=build_recruitment_chart(steps),
            native_note=recruitment.recruitment_note(steps=steps, one_colour=True),
        )


def _draw_kon(section: InsatsSection, source_of: SourceOf) -> Iterator[Block]:
    for pair in section.kon:
        if isinstance(pair.first.value, Measured) or isinstance(pair.second.value, Measured):
            yield _chart(
                section,
                source_of(pair.first.period),
                "kvinnor-och-man",
                format_kon_heading(pair),
                groups.groups_table(pairs=[pair]),
                note=groups.groups_note(pairs=[pair]),
                alt=groups.groups_alt(pairs=[pair]),
                draw=lambda theme, pair=pair: groups.groups_figure(pairs=[pair], theme=theme),
                native=build_dot_chart([pair.first, pair.second]),
                # Office draws both as circles.
                native_note=dots.dot_plot_note(rows=[pair.first, pair.second]),
            )


def _draw_subgroups(section: InsatsSection, source_of: SourceOf) -> Iterator[Block]:
    for part in section.subgroups:
        line = Benchmark("target", "Mål", part.target) if part.target is not None else None
        label = format_subgroups_measure(part)
        yield build_dot_block(
            f"{section.insats.kod}-{part.matt}",
            f"{name_insats(section.insats)}: {lower_first(label)}, grupp för grupp",
            name_subgroups(part),
            source_of(part.rows[0].period),
            benchmark=line,
            subtitle=label,
        )


def build_insats_tables(section: InsatsSection, source_of: SourceOf) -> Iterator[Block]:
    """The tables of one insats: who took part, follow-ups, and what is printed without being counted."""
    together: dict[str, list[Breakdown]] = {}
    for part in section.breakdowns:
        together.setdefault(format_breakdown_heading(part)[1], []).append(part)
    name = name_insats(section.insats)
    for below, parts in together.items():
        if _is_hidden(row.count for part in parts for row in part.rows):
            what = words.format_breakdown_title([format_breakdown_heading(part)[0] for part in parts])
            yield Paragraph(words.format_hidden_table(f"{name}: {what}"), "note")
        else:
            yield _breakdown_table(section, parts, (below, source_of(parts[0].period)))
    if section.follow_ups and _is_hidden(one.share for one in section.follow_ups):
        yield Paragraph(words.format_hidden_table(f"{name}: hur det går efter avslutet"), "note")
    elif section.follow_ups:
        yield _follow_up_table(section, source_of(_span([one.period for one in section.follow_ups])))
    if section.stated:
        yield _stated_table(section)


def _is_hidden(values: Iterable[Value]) -> bool:
    """Whether nothing is known of the values that may be shown, and something is hidden."""
    found = tuple(values)
    return any(isinstance(one, Suppressed) for one in found) and not any(isinstance(one, Measured) for one in found)


def _breakdown_table(section: InsatsSection, parts: Sequence[Breakdown], notes: tuple[str, ...]) -> TableBlock:
    """Breakdowns of the same participations under each other, one group a row."""
    body = []
    for part in parts:
        for row, cells in zip(part.rows, format_breakdown_rows(part), strict=True):
            share = replace(value_cell(row.share, Unit.ANDEL), text=cells[3])
            count = value_cell(row.count, Unit.ANTAL)
            body.append((Cell(cells[0]), count, Cell(cells[2], *read_number(cells[2])), share))
    what = words.format_breakdown_title([format_breakdown_heading(part)[0] for part in parts])
    return TableBlock(
        f"{name_insats(section.insats)}: {what}",
        words.BREAKDOWN_HEADER,
        tuple(body),
        (False, True, True, True),
        widths=(0.5, 0.14, 0.14, 0.22),
        notes=notes,
        key=fold_name(section.insats.kod, parts[0].indelning),
    )


def _follow_up_table(section: InsatsSection, source: str) -> TableBlock:
    """What is known of those who left; the times that nothing is known of are named below."""
    title, below = format_follow_up_heading(section.follow_ups)
    body, lacking = [], []
    for one, texts in zip(section.follow_ups, format_follow_up_rows(section.follow_ups), strict=True):
        if all(isinstance(value, Missing) for value in (one.share, *(value for _, value in one.counts))):
            lacking.append(f"{texts[0][:1].lower()}{texts[0][1:]}, avslutade {texts[1]}")
            continue
        body.append(
            tuple(Cell(text, *(read_number(text) if place > 1 else (None, None))) for place, text in enumerate(texts))
        )
    missing = (words.format_lacking(lacking),) if lacking else ()
    return TableBlock(
        f"{name_insats(section.insats)}: {lower_first(title)}",
        FOLLOW_UP_HEADER,
        tuple(body),
        (False, False, *[True] * 6),
        widths=(0.24, 0.11, 0.08, 0.1, 0.145, 0.085, 0.07, 0.17),
        notes=(below, *missing, source),
        key=fold_name(section.insats.kod, "uppfoljning"),
    )


def _stated_table(section: InsatsSection) -> TableBlock:
    """Figures in the document's own words; what is the same in every row stands once, below."""
    rows = [
        (
            words.format_stated_label(one),
            format_name_capital(one.gender),
            format_period(one.period),
            one.text,
            one.source.rubrik,
        )
        for one in section.stated
    ]
    same = [place for place in (1, 2, 4) if len({row[place] for row in rows}) == 1]
    kept = [place for place in range(5) if place not in same]
    weights = [_STATED_WEIGHTS[place] for place in kept]
    return TableBlock(
        f"{name_insats(section.insats)}: som det är tryckt",
        tuple(words.STATED_HEADER[place] for place in kept),
        tuple(tuple(Cell(row[place]) for place in kept) for row in rows),
        (False,) * len(kept),
        widths=tuple(weight / sum(weights) for weight in weights),
        notes=(" ".join(f"{words.STATED_HEADER[place]}: {rows[0][place]}." for place in same),) if same else (),
        key=fold_name(section.insats.kod, "tryckt"),
    )


_STATED_WEIGHTS = (0.3, 0.1, 0.18, 0.4, 0.15)
