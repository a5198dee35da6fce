"""Förbundet against riket over the years, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import ComparisonValue, Measured, Missing, Period, Unit
from finsam_dash.report.content import RiketSection, RiketYear
from finsam_dash.report.content_parts import EventNote
from finsam_dash.report.trend import list_noted
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import MISSING_SIGN, NO_BREAK, format_share, format_value, format_value_counts
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_reason

_SUS_END: Final = EventNote(date(2023, 4, 30), "SUS upphörde. Efter det finns inget riksvärde.")
HEADER: Final = ("År", "Förbundet", "Antal", "Kvinnor", "Män", "Riket", "Källa och uttagsdatum")
OTHER_HEADER: Final = ("Vad", "Vem", "Kön", "Period", "Värde", "Källa och uttagsdatum")
KINDS: Final = {"riket": "Riket", "forbund": "Annat förbund", "region": "Region", "befolkning": "Befolkningen"}

NO_FIGURES: Final = (
    "Förbundets egen andel till arbete eller studier är inte känd för något år, därför visas inget diagram. "
    "Läs in avslutade och utfall, så ställs andelen bredvid rikets."
)

_CERTAINTIES: Final = MappingProxyType(
    {
        Sakerhet.EJ_AVGORBART: ": skillnaden kan vara slump",
        Sakerhet.SAKERT_OVER: ": säkert över riket",
        Sakerhet.SAKERT_UNDER: ": säkert under riket",
        Sakerhet.FOR_FA: ": för få för en bedömning",
        Sakerhet.OKANT_ANTAL: ": antal saknas, så skillnaden kan inte bedömas",
    }
)


def list_events(section: RiketSection) -> tuple[EventNote, ...]:
    """The end of SUS, where the years shown reach it: after it nothing is published for riket."""
    return list_noted([_SUS_END], [point.period for point in (*section.own, *section.riket)])


def format_riket_title(section: RiketSection, period: Period) -> str:
    """The finding: the year asked, else the latest year with both, and how sure it is; or why there is none."""
    both = [year for year in section.years if isinstance(year.own, Measured) and year.riket]
    if not both:
        return "Ingen jämförelse med riket går att göra: uppgifter för samma år saknas"
    latest = next((year for year in both if year.year.end.year == period.end.year), both[-1])
    values = format_list([format_share(value.value) for value in latest.riket])
    conflict = " (källorna går isär)" if len({value.value for value in latest.riket}) > 1 else ""
    own = format_value(latest.own, Unit.ANDEL)
    certainty = _CERTAINTIES.get(latest.sakerhet, "")
    return f"{format_period(latest.year)} hade förbundet {own} och riket {values}{conflict}{certainty}"


def format_gap(section: RiketSection, period: Period, names: Mapping[str, str]) -> str:
    """Why the year asked is not in the chart: "2025 är inte med i diagrammet: uppgift saknas: …."; "" where it is."""
    asked = next((year for year in section.years if year.year.end.year == period.end.year), None)
    if asked is None or not isinstance(asked.own, Missing):
        return ""
    return f"{format_period(asked.year)} är inte med i diagrammet: {format_reason(asked.own, names)}."


def format_conflicts(section: RiketSection) -> tuple[str, ...]:
    """A sentence a year for which more than one riksvärde is published."""
    return tuple(
        f"{format_period(year.year)} finns {len(year.riket)} värden för riket: "
        + format_list([f"{format_share(value.value)} ({_plain_source(value)})" for value in year.riket])
        + ". Båda behålls."
        for year in section.years
        if len({value.value for value in year.riket}) > 1
    )


def format_year_row(year: RiketYear) -> tuple[str, ...]:
    """A year under HEADER."""
    return (
        format_period(year.year),
        format_value(year.own, Unit.ANDEL),
        format_value_counts(year.own).replace(" ", NO_BREAK),
        format_value(year.women, Unit.ANDEL),
        format_value(year.men, Unit.ANDEL),
        format_list([format_share(value.value) for value in year.riket]) or MISSING_SIGN,
        "; ".join(format_extraction(value) for value in year.riket),
    )


def format_extraction(value: ComparisonValue) -> str:
    """The source of a value with its uttagsdatum, "uttagsdatum okänt" where it is not known."""
    when = f"uttag {value.extracted.isoformat()}" if value.extracted else "uttagsdatum okänt"
    return f"{_plain_source(value)}, {when}"


def _plain_source(value: ComparisonValue) -> str:
    """The source as a reader knows it, without the file name that the data keep."""
    return re.sub(r" \(\d{3}_[0-9a-f]+\.txt\)", "", value.source)


def format_other_row(value: ComparisonValue, label: str, forbund: str) -> tuple[str, ...]:
    """A value other than riket's under OTHER_HEADER; `label` is the indikator's, `forbund` the name of one's own."""
    kind = "Förbundet självt" if value.name == forbund else KINDS.get(value.kind, value.kind)
    return (
        label,
        f"{kind}: {value.name}",
        capitalise(format_name(value.gender)),
        format_period(value.period),
        format_share(value.value, 0 if round(value.value * 100, 6).is_integer() else 1),
        format_extraction(value),
    )
