"""The förbund's own numbers, the insatser in rows, and side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from finsam_dash.charts import funnel
from finsam_dash.export.document.blocks import Block, Cell, ChartBlock, Heading, Paragraph, TableBlock
from finsam_dash.export.document.cells import fold_name, from_chart_table, lower_first, value_cell
from finsam_dash.export.document.dot_chart import build_dot_block, list_names
from finsam_dash.export.native import build_funnel_chart
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import OF_DELTAGANDEN, Gender, IndicatorRow, Measured, Missing, Reason, Suppressed, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import Comparison, LineComparison
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.comparison import (
    CAVEAT,
    FUNNEL_LEAD,
    build_funnel,
    format_purpose,
    format_undecided,
    name_rows,
)
from finsam_dash.wording.numbers import (
    format_counts,
    format_hidden,
    format_share_value,
    format_value,
    format_value_interval,
)
from finsam_dash.wording.overview import (
    INSATSER_HEADING,
    INSATSER_LEAD,
    format_own_periods,
    format_report_source,
    name_strip,
)
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.titles import format_comparison_title, format_funnel_title, format_outcome_title


def build_participants(publication: Publication, names: Mapping[str, str]) -> Iterator[Block]:
    """Everybody and kön, every indicator, the insatser in rows, and the insatser side by side by purpose.

    A report of one insats has all of it in the insats's own section.
    """
    report = publication.report
    if publication.scope and len(publication.insatser) == 1:
        return
    overview = report.overview
    yield Heading(1, words.PARTICIPANTS)
    if overview is not None:
        title = format_outcome_title(
            value=overview.headline.value,
            period=report.period,
            riket=overview.riket.value,
            sakerhet=overview.verdict.sakerhet,
        )
        source = format_report_source(report, overview.headline.sources, report.period)
        yield build_dot_block(
            "andel-till-arbete-eller-studier", title.rstrip("."), name_strip(overview.strip), source,
            benchmark=overview.riket, strip=True,
        )  # fmt: skip
    if any(row.subject is None for row in report.rows):
        table = _indicator_table(report)
        yield table if table.rows else Paragraph(words.NO_FIGURES)
    yield from _insatser_table(publication, names)
    if report.comparison:
        blocks = tuple(_comparison(report))
        if blocks:
            yield Heading(2, words.COMPARISON)
            yield Paragraph(INSATSER_LEAD)
        yield from blocks
    elif overview is not None and overview.dots:
        yield Heading(2, words.COMPARISON)
        yield Paragraph(INSATSER_LEAD)
        source = format_report_source(report, (), format_own_periods(report.period))
        yield build_dot_block("insatser", INSATSER_HEADING, overview.dots, source, subtitle=INSATSER_HEADING)


def _comparison(report: Report) -> Iterator[Block]:
    source = format_report_source(report, (), format_own_periods(report.period))
    for one in report.comparison or ():
        purpose = format_purpose(one.purpose)
        riket = next((line for line in one.lines if line.line.kind == "riket"), None)
        title = lower_first(INSATSER_HEADING)
        if riket is not None and riket.comparisons:
            over, under = list_names(riket.over, one.rows), list_names(riket.under, one.rows)
            title = format_comparison_title(over=over, under=under, comparisons=riket.comparisons)
        rows = name_rows(one.rows, riket)
        chart = build_dot_block(
            f"insatser-{purpose}",
            f"{purpose}: {title}",
            rows,
            source,
            benchmark=riket.line if riket is not None and riket.line.value is not None else None,
            subtitle=INSATSER_HEADING,
        )
        if chart.native is None and all(isinstance(row.value, Missing) for row in rows):
            labels = [
                row.label
                for row in rows
                if not (isinstance(row.value, Missing) and row.value.reason is Reason.EJ_TILLAMPLIGT)
            ]
            if labels:
                yield Paragraph(words.format_none_told(purpose, list(dict.fromkeys(labels))))
            continue
        if chart.native is None:
            chart = replace(chart, title=f"{chart.title} {format_hidden(*(row.value for row in rows))}")
        yield chart
        if any(isinstance(row.value, Measured | Suppressed) for row in rows):
            yield replace(chart.table, title=f"{purpose}: insatserna i siffror", key=fold_name("tabell", purpose))
        if riket is not None and riket.comparisons:
            yield _funnel(one, riket, purpose, source)


def _funnel(comparison: Comparison, line: LineComparison, purpose: str, source: str) -> ChartBlock:
    """The same insatser at their size, between the limits within which chance alone moves them."""
    shown = build_funnel(comparison, line)
    outside = len({*line.over, *line.under})
    finding = format_funnel_title(outside=outside, comparisons=line.comparisons or 0)
    title = f"{purpose}: {lower_first(finding)}"
    key = fold_name("tratt", purpose)
    note = " ".join(part for part in (format_undecided(comparison, line), CAVEAT) if part)
    return ChartBlock(
        key=key,
        title=title,
        subtitle=FUNNEL_LEAD,
        note=f"{funnel.funnel_note(funnel=shown)} {note}",
        source=source,
        alt=funnel.funnel_alt(funnel=shown),
        table=from_chart_table(funnel.funnel_table(funnel=shown), title, source, key),
        draw=lambda theme: funnel.funnel_figure(funnel=shown, theme=theme),
        native=build_funnel_chart(shown),
        native_note=words.FUNNEL_MARKS,
    )


_GENDERS = (Gender.ALLA, Gender.KVINNA, Gender.MAN)


def _indicator_table(report: Report) -> TableBlock:
    """Every indicator of the whole förbund by kön; those that nothing is known of are named below."""
    registry = load_registry()
    found: dict[str, dict[Gender, IndicatorRow]] = {}
    for row in report.rows:
        if row.subject is None:
            found.setdefault(row.indikator, {})[row.gender] = row
    body, lacking, counted = [], [], []
    for kod, by_gender in found.items():
        label = registry.indikatorer[kod].label
        if any(OF_DELTAGANDEN in row.codes for row in by_gender.values()):
            counted.append(label)
        if not any(isinstance(row.value, Measured | Suppressed) for row in by_gender.values()):
            lacking.append(label)
            continue
        partial = next((row.coverage for row in by_gender.values() if row.coverage is not None), None)
        if partial is not None:
            # A sum of some insatser is never read as the förbund's own.
            label = f"{label}, {format_counts(partial.included, partial.expected)} insatser"
        cells = (_indicator_cell(by_gender.get(gender), kod) for gender in _GENDERS)
        body.append((Cell(label), *cells))
    missing = (words.format_lacking(lacking),) if lacking else ()
    of_whom = (words.format_of_deltaganden(counted),) if counted else ()
    return TableBlock(
        f"{report.forbund.namn} {format_period(report.period)}",
        words.INDICATOR_HEADER,
        tuple(body),
        (False, True, True, True),
        widths=(0.46, 0.18, 0.18, 0.18),
        notes=(*of_whom, *missing, format_report_source(report, (), report.period)),
        key="forbundet",
    )


def _indicator_cell(row: IndicatorRow | None, kod: str) -> Cell:
    form = load_registry().indikatorer[kod].form
    unit = Unit.ANTAL if form == "antal" else Unit.KR if kod.startswith("kostnad") else Unit.ANDEL
    if row is None:
        return Cell("")
    cell = value_cell(row.value, unit)
    if unit is Unit.ANDEL and isinstance(row.value, Measured) and row.value.denominator is not None:
        return replace(cell, text=format_share_value(row.value))
    return cell


def _tells(section: InsatsSection) -> bool:
    """Whether anything that is counted stands under the insats."""
    values = (*(row.value for row in section.outcome), *(row.value for row in section.facts))
    return any(isinstance(value, Measured | Suppressed) for value in values)


_INSATS_COLUMNS = ("deltagare", "deltaganden", "nya", "avslutade", "till_arbete_studier")


def _insatser_table(publication: Publication, names: Mapping[str, str]) -> Iterator[Block]:
    """One row an insats with figures over the period asked; the others are named below. Nothing where none has."""
    report = publication.report
    own = {one.insats.insats.kod for one in publication.insatser if one.insats is not None and _tells(one.insats)}
    by_key = {(row.subject, row.indikator): row.value for row in report.rows if row.gender is Gender.ALLA}
    body, lacking, told, volumes = [], [], [], []
    for insats in report.insatser:
        volume = by_key.get((insats.kod, "deltagare_utan_personuppgifter"))
        if isinstance(volume, Measured | Suppressed):
            volumes.append((names.get(insats.kod, insats.namn), format_value(volume, Unit.ANTAL)))
        share = by_key.get((insats.kod, "andel_arbete_studier"))
        if share is None:
            continue
        values = [*(by_key[insats.kod, kod] for kod in (*_INSATS_COLUMNS, "bortfall")), share]
        if not any(isinstance(value, Measured | Suppressed) for value in values):
            if not isinstance(volume, Measured | Suppressed):
                lacking.append(names.get(insats.kod, insats.namn))
                if insats.kod in own:
                    told.append(lacking[-1])
            continue
        body.append(
            (
                Cell(names.get(insats.kod, insats.namn)),
                *(value_cell(by_key[insats.kod, kod], Unit.ANTAL) for kod in _INSATS_COLUMNS),
                value_cell(share, Unit.ANDEL),
                Cell(format_value_interval(share)),
                value_cell(by_key[insats.kod, "bortfall"], Unit.ANTAL),
            )
        )
    missing = (words.format_insatser_lacking(lacking, told, report.period),) if lacking else ()
    if volumes:
        missing = (words.format_volumes(volumes), *missing)
    if body:
        yield TableBlock(
            f"Insatserna {format_period(report.period)}",
            words.INSATSER_HEADER,
            tuple(body),
            (False, *[True] * 8),
            widths=(0.19, 0.105, 0.13, 0.06, 0.115, 0.125, 0.07, 0.11, 0.095),
            notes=(*missing, words.DELTAGARE_NOTE, format_report_source(report, (), report.period)),
            key="insatserna",
        )
    elif missing:
        yield Paragraph(" ".join(missing))
