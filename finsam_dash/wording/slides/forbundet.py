"""Förbundet in one picture: how many reached arbete or studier, in a few cuts, and the key numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from finsam_dash.model import Gender, Measured, Missing, Reason, Suppressed
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import DotRow
from finsam_dash.wording.names import capitalise, format_list, format_name_capital
from finsam_dash.wording.numbers import format_number_word
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.periods import format_in_period, format_period
from finsam_dash.wording.sentences import format_coverage
from finsam_dash.wording.slides.numbers import build_hero, format_numbers_note, list_number_codes, list_numbers
from finsam_dash.wording.slides.parts import Slide, SlideDots, build_slide, join_sentences
from finsam_dash.wording.targets import OUTCOME_GOALS
from finsam_dash.wording.titles import OUTCOME_NOUN, format_outcome_title

STRIP_ROWS: Final = 4
_NAMED: Final = 12


def build_forbund_slides(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    """The slide about the förbund as a whole; without an outcome it says what is known and what is lacking."""
    overview = report.overview
    if overview is None:
        return
    headline = overview.headline.value
    title = format_outcome_title(
        value=headline, period=report.period, riket=overview.riket.value, sakerhet=overview.verdict.sakerhet
    )
    known = not isinstance(headline, Missing)
    rows = [replace(row, label=name_cut(row, report)) for row in overview.strip[:STRIP_ROWS]] if known else []
    coverage = overview.headline.coverage if isinstance(headline, Measured) else None
    said = "" if isinstance(headline, Suppressed) else format_numbers_note(report, None, rows)
    yield build_slide(
        report, "forbundet", "Förbundet", title,
        format_report_source(report, overview.headline.sources, report.period),
        hero=build_hero(headline, "avslutade") if known else None,
        dots=SlideDots(tuple(rows), overview.riket, strip=True) if rows else None,
        lines=() if known else tuple(_list_known(report, names)),
        numbers=list_numbers(report, None),
        note=join_sentences(format_coverage(coverage, names) if coverage is not None else "", said),
        measures=(overview.headline.indikator, *list_number_codes(report, None)),
    )  # fmt: skip


def name_cut(row: DotRow, report: Report) -> str:
    """What a row of the förbund's strip is called: its kön, and its time where that is another."""
    if row.label not in {gender.value for gender in Gender}:
        return row.label
    if row.period != report.period:
        return format_period(row.period)
    name = format_name_capital(Gender(row.label))
    return f"{name} {format_period(row.period)}" if row.label == Gender.ALLA and row.period.is_calendar_year else name


def _list_known(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    """Where no outcome is known: which insatser there are, who has told nothing, and what it takes."""
    active = [names[insats.kod] for insats in report.insatser if insats.is_active(report.period)]
    if active:
        noun = "insats pågår" if len(active) == 1 else "insatser pågår"
        listed = f": {format_list(active)}" if len(active) <= _NAMED else ""
        yield f"{capitalise(format_number_word(len(active)))} {noun} {format_in_period(report.period)}{listed}."
    assert report.overview is not None
    asked = {
        item.insats
        for item in report.overview.missing
        if item.insats and item.indikator == OUTCOME_GOALS[0] and item.reason is not Reason.EJ_TILLAMPLIGT
    }
    if asked:
        who = f"{format_number_word(len(asked))} {'insats' if len(asked) == 1 else 'insatser'}"
        yield f"{capitalise(who)} ska redovisa hur många som gick till {OUTCOME_NOUN}. Ingen uppgift är inläst."
    yield "För att räkna utfallet behövs antalet avslutade och hur många av dem som gick vidare, insats för insats."
