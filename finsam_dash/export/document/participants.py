"""The förbund's own numbers, the insatser in rows, and side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from finsam_dash.export.document.blocks import Block, Cell, Heading, Paragraph, TableBlock
from finsam_dash.export.document.cells import fold_name, value_cell
from finsam_dash.export.document.dot_chart import build_dot_block, list_names
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Gender, IndicatorRow, Measured, Suppressed, Unit
from finsam_dash.report.content import Report
from finsam_dash.wording import document as words
from finsam_dash.wording.comparison import name_rows
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.numbers import format_share_value, format_value_interval
from finsam_dash.wording.overview import INSATSER_HEADING, INSATSER_LEAD, OWN_PERIODS, format_report_source, name_strip
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.titles import format_comparison_title, format_outcome_title


def build_participants(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    """Everybody and kön, every indicator, the insatser in rows, and the insatser side by side by purpose."""
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
            report, "andel-till-arbete-eller-studier", title.rstrip("."), name_strip(overview.strip), source,
            benchmark=overview.riket, strip=True,
        )  # fmt: skip
    yield _indicator_table(report)
    yield _insatser_table(report, names)
    if report.comparison:
        yield Heading(2, words.COMPARISON)
        yield Paragraph(INSATSER_LEAD)
        yield from _comparison(report)
    elif overview is not None and overview.dots:
        yield Heading(2, words.COMPARISON)
        yield Paragraph(INSATSER_LEAD)
        source = format_report_source(report, (), OWN_PERIODS)
        yield build_dot_block(report, "insatser", INSATSER_HEADING, overview.dots, source, subtitle=INSATSER_HEADING)


def _comparison(report: Report) -> Iterator[Block]:
    source = format_report_source(report, (), OWN_PERIODS)
    for one in report.comparison or ():
        purpose = format_name_capital(one.purpose) if one.purpose is not None else "Syfte inte registrerat"
        riket = next((line for line in one.lines if line.line.kind == "riket"), None)
        title = INSATSER_HEADING
        if riket is not None and riket.comparisons:
            over, under = list_names(riket.over, one.rows), list_names(riket.under, one.rows)
            title = format_comparison_title(over=over, under=under, comparisons=riket.comparisons)
        rows = name_rows(one.rows, riket)
        chart = build_dot_block(
            report,
            f"insatser-{purpose}",
            title,
            rows,
            source,
            benchmark=riket.line if riket is not None and riket.line.value is not None else None,
            subtitle=f"{purpose}: {INSATSER_HEADING[:1].lower()}{INSATSER_HEADING[1:]}",
        )
        yield chart
        if any(isinstance(row.value, Measured | Suppressed) for row in rows):
            yield replace(chart.table, title=purpose, key=fold_name("tabell", purpose))


def _indicator_table(report: Report) -> TableBlock:
    """Every indicator of the whole förbund by kön."""
    registry = load_registry()
    found: dict[str, dict[Gender, IndicatorRow]] = {}
    for row in report.rows:
        if row.subject is None:
            found.setdefault(row.indikator, {})[row.gender] = row
    if not found:
        for row in report.rows:
            found.setdefault(row.indikator, {})[row.gender] = row
    body = []
    for kod, by_gender in found.items():
        indikator = registry.indikatorer[kod]
        unit = {"antal": Unit.ANTAL, "andel": Unit.ANDEL}.get(indikator.form)
        if unit is None:
            unit = Unit.KR if kod.startswith("kostnad") else Unit.ANDEL
        cells = []
        for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN):
            found_row = by_gender.get(gender)
            if found_row is None:
                cells.append(Cell(""))
                continue
            value = found_row.value
            cell = value_cell(value, unit)
            if unit is Unit.ANDEL and isinstance(value, Measured) and value.denominator is not None:
                cell = replace(cell, text=format_share_value(value))
            cells.append(cell)
        body.append((Cell(indikator.label), *cells))
    return TableBlock(
        f"{report.forbund.namn} {format_period(report.period)}",
        words.INDICATOR_HEADER,
        tuple(body),
        (False, True, True, True),
        widths=(0.46, 0.18, 0.18, 0.18),
        notes=(format_report_source(report, (), report.period),),
        key="forbundet",
    )


_INSATS_COLUMNS = ("deltagare", "deltaganden", "nya", "avslutade", "till_arbete_studier")


def _insatser_table(report: Report, names: Mapping[str, str]) -> TableBlock:
    """One row an insats: how many, and how it went, over the period asked."""
    by_key = {(row.subject, row.indikator): row.value for row in report.rows if row.gender is Gender.ALLA}
    body = []
    for insats in report.insatser:
        share = by_key.get((insats.kod, "andel_arbete_studier"))
        if share is None:
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
    return TableBlock(
        f"Insatserna {format_period(report.period)}",
        words.INSATSER_HEADER,
        tuple(body),
        (False, *[True] * 8),
        widths=(0.2, 0.1, 0.11, 0.07, 0.1, 0.12, 0.08, 0.12, 0.1),
        notes=(words.MISSING_PARTS_NOTE, format_report_source(report, (), report.period)),
        key="insatserna",
        finding=words.format_insatser_finding(report.period),
    )
