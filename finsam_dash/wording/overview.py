"""The words of Översikt: rows of the strip, key numbers, what is missing, what a delivery changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.figures import NOT_OVER
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.verdict import Verdict
from finsam_dash.model import (
    MONTHS,
    DenominatorType,
    Gender,
    IndicatorRow,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Source,
    Suppressed,
    Unit,
    Value,
)
from finsam_dash.report.content import Changes, FigureChange, KeyNumber, MissingItem, Report
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.wording.labels import format_who_when
from finsam_dash.wording.names import capitalise, format_list, format_name, format_name_capital, name_subject
from finsam_dash.wording.numbers import (
    MISSING_SIGN,
    NO_BREAK,
    format_count,
    format_counts,
    format_interval,
    format_number_word,
    format_value,
)
from finsam_dash.wording.periods import format_period, format_period_dates, format_period_months
from finsam_dash.wording.sentences import (
    format_coverage,
    format_distance,
    format_hidden_sentence,
    format_reason,
    format_source_line,
    format_unknown_note,
)

OUTCOME_HEADING: Final = "Andel till arbete, studier eller eget företag"
EMPTY_TITLE: Final = "Inga uppgifter är inlästa än"
EMPTY: Final = "Här finns inget att visa än"
NO_INSATSER: Final = "Förbundet är nytt. Börja med att lägga till insatserna, och läs sedan in deras filer."
NO_FIGURES: Final = (
    "Insatserna är inlagda, men ingen av dem har lämnat några tal. Läs in en fil, så visas utfallet här."
)
TO_UPLOAD: Final = "Till Läs in"
SHOW_PART: Final = "visa den perioden"
INSATSER_HEADING: Final = "Andel till arbete eller studier per insats"
INSATSER_LEAD: Final = "I planens ordning, varje insats för sig. Nämnare och period kan skilja sig åt mellan dem."
CHANGES_HEADING: Final = "Ändrat sedan förra leveransen"
NO_CHANGES: Final = "Inga ändringar att visa."
ONLY_INTERN: Final = "Visas bara i läge intern."
_LISTED: Final = 6
_NAMED: Final = 3

_KEY_NUMBERS: Final = MappingProxyType(
    {
        "deltagare": "deltagare med personuppgifter",
        "deltaganden": "deltaganden",
        "avslutade": "avslutade deltaganden",
        "till_arbete_studier": "till arbete, studier eller eget företag",
        "deltagare_utan_personuppgifter": "deltagare utan personuppgifter",
        "deltagare_totalt": "deltagare med och utan personuppgifter",
        "bortfall": "bortfall",
    }
)


def name_strip(rows: Sequence[DotRow]) -> tuple[DotRow, ...]:
    """The rows of the strip with their names: "Alla 2014", "Kvinnor 2014"."""
    return tuple(
        replace(row, label=format_who_when(format_name_capital(Gender(row.label)), row.period))
        if row.label in {gender.value for gender in Gender}
        else row
        for row in rows
    )


def format_insatser_title(dots: Sequence[DotRow]) -> str:
    """The finding above the insatser: how many have told their outcome. Never who is highest."""
    asked = {dot.key for dot in dots if not _is_not_applicable(dot.value) and not _is_not_over(dot.value)}
    told = {dot.key for dot in dots if isinstance(dot.value, Measured)}
    if not asked or any(isinstance(dot.value, Suppressed) for dot in dots):
        return INSATSER_HEADING
    if len(told) == len(asked):
        if len(asked) == 1:
            return "Insatsen har redovisat hur många som gick till arbete eller studier"
        all_of_them = "Båda insatserna" if len(asked) == 2 else f"Alla {len(asked)} insatser"
        return f"{all_of_them} har redovisat hur många som gick till arbete eller studier"
    first = f"{len(told)} av {len(asked)} insatser har"
    if not told:
        first = "Insatsen har inte" if len(asked) == 1 else f"Ingen av {format_number_word(len(asked))} insatser har"
    return f"{first} redovisat hur många som gick till arbete eller studier"


def _is_not_over(value: Value) -> bool:
    return isinstance(value, Missing) and NOT_OVER in value.detail


def _is_not_applicable(value: Value) -> bool:
    return isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIGT


def format_key_number(number: KeyNumber, headline: IndicatorRow | None = None) -> tuple[str, str]:
    """A key number as its number and what it counts; a missing one says why: "–", "bortfall …: uppgift saknas".

    A partial sum says of how many insatser it is: "bortfall i 8 av 9 insatser". Beside the `headline` share those who
    left say how many of them it counts, where that is not all.
    """
    what = _KEY_NUMBERS[number.indikator]
    if number.coverage is not None:
        what = f"{what} i {format_counts(number.coverage.included, number.coverage.expected)} insatser"
    elif number.indikator == "bortfall":
        what = f"{what} för hela förbundet"
    if isinstance(number.value, Measured) and number.value.qualifier is Qualifier.CA:
        what = f"{what}, ungefärligt i underlaget"
    if number.indikator == "avslutade" and headline is not None and _counts_fewer(headline, number):
        assert isinstance(headline.value, Measured)
        known = format_count(headline.value.denominator or 0)
        what = f"{what}, varav {known} med känt utfall i insatser som redovisar det"
    if isinstance(number.value, Missing):
        what = f"{what}: {format_name(number.value.reason)}"
    elif isinstance(number.value, Suppressed):
        what = f"{what}: {'lämnas inte ut' if number.value.refused else 'visas inte'}"
    return format_value(number.value, Unit(number.unit)), what


def _counts_fewer(headline: IndicatorRow, number: KeyNumber) -> bool:
    share, left = headline.value, number.value
    return (
        isinstance(share, Measured)
        and isinstance(left, Measured)
        and headline.namnare_typ is DenominatorType.AVSLUTADE
        and share.denominator is not None
        and share.denominator < left.value
    )


def format_headline_notes(
    headline: IndicatorRow,
    verdict: Verdict,
    riket: Benchmark,
    names: Mapping[str, str],
) -> tuple[str, str]:
    """What stands beside the headline share: of whom it is a share, then interval, distance to riket and caveats."""
    value = headline.value
    if isinstance(value, Suppressed):
        return format_hidden_sentence(value), ""
    if isinstance(value, Missing):
        return f"{capitalise(_format_short_reason(value, names))}.", ""
    if value.numerator is None or value.denominator is None:
        return "Andel som den är tryckt.", "Antalet bakom saknas, därför inget intervall."
    whom = f"{format_count(value.numerator)} av {format_count(value.denominator)} avslutade"
    notes = []
    if value.lower is not None and value.upper is not None:
        notes.append(f"95{NO_BREAK}%-intervall {format_interval(value.lower, value.upper)}.")
    if verdict.marginal is not None and riket.value is not None:
        notes.append(format_distance(verdict.marginal, riket.value))
    if headline.coverage is not None:
        notes.append(format_coverage(headline.coverage, names))
    if unknown := format_unknown_note(value):
        notes.append(unknown)
    return whom, " ".join(notes)


def format_newer_part(part: Period) -> str:
    """That there are figures after the period shown: "Nyare uppgifter finns, jan–okt 2026:", before the link to it."""
    return f"Nyare uppgifter finns, {format_period_months(part)}:"


def format_existing_part(part: Period) -> str:
    """What there is of a period that is not complete: "Jan–mars 2026 finns:", before the link to it."""
    return f"{capitalise(format_period_months(part))} finns:"


def format_own_periods(period: Period) -> str:
    """The period of a source line where a row may be over another: "1 jan–31 dec 2014 eller radens egen"."""
    return f"{format_period_dates(period)} eller radens egen"


def format_report_source(report: Report, sources: Sequence[Source], period: Period | str) -> str:
    """The source line of a part of the Report: the deliveries behind it, or all of them where `sources` name none."""
    behind = {source.leverans for source in sources if source.leverans}
    deliveries = [delivery for delivery in report.deliveries if not behind or delivery.id in behind]
    names = list(dict.fromkeys(delivery.name for delivery in deliveries))
    if len(names) > _NAMED:
        names = [f"{format_count(len(deliveries))} leveranser, senast {_name_inside(names[-1])}"]
    return format_source_line(
        # Before the first delivery what is shown is the plan's.
        source=format_list(
            [*names[:1], *map(_name_inside, names[1:])]
            or list(dict.fromkeys(row.target.plan for row in report.targets or ()))
        )
        or "inga leveranser",
        forbund=report.forbund.namn,
        period=period,
        lage=report.lage,
        extracted=max((delivery.known_from for delivery in deliveries), default=None),
        invented=report.forbund.pahittad,
    )


def _name_inside(name: str) -> str:
    """A delivery inside a sentence: one that is named by its month begins with a small letter."""
    first = name.partition(" ")[0].lower()
    return _lower_first(name) if first in MONTHS else name


def format_missing_items(items: Sequence[MissingItem], names: Mapping[str, str]) -> list[str]:
    """What is missing, one sentence a figure and reason, the insatser that lack it together: "ENTER, Athena: …"."""
    labels = load_registry().indikatorer
    by_insats: dict[tuple[str, str], list[str]] = {}
    for item in items:
        who = name_subject(item.insats, names)
        reason = _format_short_reason(Missing(item.reason, item.detail), names)
        by_insats.setdefault((who, reason), []).append(_lower_first(labels[item.indikator].label))
    together: dict[tuple[str, str], list[str]] = {}
    for (who, reason), what in by_insats.items():
        together.setdefault((format_list(what), reason), []).append(who)
    return [f"{format_list(who)}: {what}, {reason}." for (what, reason), who in together.items()]


def _format_short_reason(missing: Missing, names: Mapping[str, str]) -> str:
    kind, _, codes = missing.detail.partition(";")[0].partition(":")
    count = codes.count(",") + 1
    if kind == "insatser" and count > _NAMED:
        return f"{format_name(missing.reason)} från {format_count(count)} insatser"
    return format_reason(missing, names)


def format_changes(changes: Changes | None, names: Mapping[str, str]) -> list[str]:
    """What the latest delivery changed, from–to; at most six changes are listed and the rest counted."""
    if changes is None:
        return []
    name = changes.delivery.name
    if not changes.changed:
        return [f"Inget tidigare tal ändrades av {name}. {_count_new(changes.new)}"]
    lines = [format_change(change, names) for change in changes.changed[:_LISTED]]
    rest = len(changes.changed) - _LISTED
    if rest > 0:
        lines.append(f"… och {format_count(rest)} {'ändring' if rest == 1 else 'ändringar'} till.")
    return [*lines, f"Genom {name}. {_count_new(changes.new)}" if changes.new else f"Genom {name}."]


def format_change(change: FigureChange, names: Mapping[str, str]) -> str:
    """One changed figure: "Stig 2, nya i mars 2026, kvinnor: från 7 till 9."."""
    matt = load_registry().matt[change.matt]
    who = f"{names.get(change.insats, change.insats)}, " if change.insats else ""
    gender = "" if change.gender is Gender.ALLA else f", {format_name(change.gender)}"
    what = capitalise(f"{who}{_lower_first(matt.label)}, {format_period(change.period)}{gender}")
    unit = matt.unit
    before, after = (
        MISSING_SIGN if number is None else format_value(Measured(number), unit)
        for number in (change.before, change.after)
    )
    return f"{what}: från {before} till {after}."


def _count_new(new: int) -> str:
    return f"{format_count(new)} {'nytt tal' if new == 1 else 'nya tal'}."


def _lower_first(text: str) -> str:
    # A label may begin with an abbreviation, which keeps its capitals.
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
