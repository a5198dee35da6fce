"""The large number of a slide, and the four small ones at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Coverage, Gender, Measured, Missing, Qualifier, Reason, Suppressed, Unit, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import DotRow
from finsam_dash.wording.numbers import NO_BREAK, format_counts, format_value, format_value_counts
from finsam_dash.wording.sentences import format_hidden_sentence
from finsam_dash.wording.slides.parts import Hero, format_hidden_note
from finsam_dash.wording.titles import OUTCOME_NOUN

KEY_NUMBERS: Final = 4
_KEY_NUMBERS: Final = {
    "deltagare": "deltagare",
    "deltaganden": "deltaganden",
    "andel_kvinnor": "kvinnor",
    "andel_under_30": f"under 30{NO_BREAK}år",
    "deltagare_utan_personuppgifter": "utan personuppgifter",
    "avslutade": "avslutade",
    "nya": "nya",
    "till_arbete_studier": f"till {OUTCOME_NOUN}",
}


def build_hero(value: Value, whom: str) -> Hero:
    """The outcome in large: the share, or the persons where they are too few for one."""
    number = format_value(value, Unit.ANDEL)
    outcome = "till arbete, studier eller eget företag"
    if isinstance(value, Suppressed):
        return Hero(number, format_hidden_sentence(value), "")
    if isinstance(value, Missing):
        measured = value.reason is not Reason.EJ_TILLAMPLIGT
        return Hero(number, "Uppgift saknas." if measured else "Mäts inte här.", "")
    if value.numerator is None or value.denominator is None:
        return Hero(number, "Antalet bakom saknas", outcome)
    if value.denominator < SMALLEST_N:
        return Hero(format_value_counts(value), whom, outcome)
    return Hero(number, f"{format_value_counts(value)} {whom}", outcome)


def list_number_codes(report: Report, insats: str | None) -> list[str]:
    """The key numbers that are shown: at most four, whole sums before partial ones and the known before the hidden."""
    found, partial = _find_numbers(report, insats), _find_coverage(report, insats)
    codes = [kod for kod in _KEY_NUMBERS if kod in found and _is_key_number(kod, found[kod])]
    if "deltagare" in codes and "deltaganden" in codes:
        codes.remove("deltaganden")
    shown = sorted(codes, key=lambda kod: (not isinstance(found[kod], Measured), kod in partial))
    return sorted(shown[:KEY_NUMBERS], key=list(_KEY_NUMBERS).index)


def _is_key_number(kod: str, value: Value) -> bool:
    """Known or hidden; a share only with the persons that it is a share of."""
    if not isinstance(value, Measured):
        return isinstance(value, Suppressed)
    return value.denominator is not None or load_registry().indikatorer[kod].form != "andel"


def _find_numbers(report: Report, insats: str | None) -> dict[str, Value]:
    return {row.indikator: row.value for row in report.rows if row.subject == insats and row.gender is Gender.ALLA}


def _find_coverage(report: Report, insats: str | None) -> dict[str, Coverage]:
    """The coverage of the counts that are partial sums; a share tells its own counts."""
    return {
        row.indikator: row.coverage
        for row in report.rows
        if row.subject == insats
        and row.gender is Gender.ALLA
        and row.coverage is not None
        and load_registry().indikatorer[row.indikator].form != "andel"
    }


def list_numbers(report: Report, insats: str | None) -> tuple[tuple[str, str], ...]:
    """The key numbers with what each of them counts: ("43 %", "under 30 år (343 av 798)").

    A partial sum says of how many insatser it is: ("543", "avslutade i 9 av 10 insatser").
    """
    found, partial = _find_numbers(report, insats), _find_coverage(report, insats)
    units = load_registry().indikatorer
    numbers = []
    for kod in list_number_codes(report, insats):
        unit = Unit.ANDEL if units[kod].form == "andel" else Unit.ANTAL
        counts = format_value_counts(found[kod]) if unit is Unit.ANDEL and isinstance(found[kod], Measured) else ""
        what = f"{_KEY_NUMBERS[kod]} ({counts})" if counts else _KEY_NUMBERS[kod]
        if kod in partial:
            what += f" i {format_counts(partial[kod].included, partial[kod].expected)} insatser"
        numbers.append((format_value(found[kod], unit), what))
    return tuple(numbers)


def format_numbers_note(report: Report, insats: str | None, rows: Sequence[DotRow] = ()) -> str:
    """What the key numbers need said beside them: whom they count twice, what is about, what is hidden.

    `rows` are those of the slide's chart, whose own line says it of theirs.
    """
    found = _find_numbers(report, insats)
    codes = list_number_codes(report, insats)
    persons, age = found.get("deltagare"), found.get("andel_under_30")
    sentences = []
    if any(isinstance(value := found[kod], Measured) and value.qualifier is Qualifier.CA for kod in codes):
        sentences.append("Cirka: ungefärligt i underlaget.")
    if (
        "andel_under_30" in codes
        and isinstance(persons, Measured)
        and isinstance(age, Measured)
        and (age.denominator or 0) > persons.value
    ):
        sentences.append("Åldern räknas per deltagande: en person kan räknas två gånger.")
    told = any(isinstance(row.value, Suppressed) for row in rows)
    if not told:
        sentences.append(format_hidden_note(found[kod] for kod in codes))
    return " ".join(sentence for sentence in sentences if sentence)
