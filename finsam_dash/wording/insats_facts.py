"""What an insats is and whom it has reached, as the list of facts on the page Insats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from finsam_dash.model import (
    OF_DELTAGANDEN,
    CountingMode,
    Gender,
    GenderScope,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Unit,
)
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.wording.names import capitalise, format_name, format_row_of_whom
from finsam_dash.wording.numbers import NO_BREAK, format_count, format_share_value, format_value
from finsam_dash.wording.periods import format_period

_SHARE_FACTS: Final = (
    "andel_bortfall",
    "andel_kvinnor",
    "andel_under_30",
    "andel_utrikesfodda",
    "andel_forsorjning_over_3_ar",
)
_FACT_NAMES: Final = MappingProxyType(
    {
        "andel_bortfall": "Bortfall",
        "andel_kvinnor": "Kvinnor",
        "andel_under_30": "Yngre än 30 år",
        "andel_utrikesfodda": "Utrikesfödda",
        "andel_forsorjning_over_3_ar": f"Mer än 3{NO_BREAK}år i försörjning",
        "forbrukningskvot": "Förbrukningskvot",
        "forbrukad_andel": "Förbrukad andel",
        "kostnad_per_deltagande": "Kostnad per deltagande",
        "kostnad_per_resultat": "Kostnad per resultat",
    }
)


@dataclass(frozen=True)
class Fact:
    """One fact about an insats: what it is, and a second line."""

    label: str
    text: str
    below: str = ""


def format_facts(section: InsatsSection) -> list[Fact]:
    """What the insats is and whom it has reached, in the order they are asked for."""
    insats = section.insats
    facts = [
        Fact("Målgrupp", insats.malgrupp),
        Fact("Syfte", insats.syfte),
        Fact("Inriktning", capitalise(format_name(insats.purpose)) if insats.purpose else ""),
        Fact("Parter", insats.parter),
        Fact("Huvudman", insats.huvudman),
        Fact("Ort", insats.ort or insats.kommun),
        Fact("Form", capitalise(insats.form)),
        Fact("Registreras", capitalise(format_name(insats.counting_mode))),
    ]
    if insats.gender_scope is not GenderScope.BADA:
        facts.append(Fact("Öppen för", format_name(insats.gender_scope)))
    facts += _number_facts(section.facts, insats)
    return [fact for fact in facts if fact.text]


def _number_facts(rows: Sequence[IndicatorRow], insats: Insats) -> list[Fact]:
    by_key = {(row.indikator, row.gender): row for row in rows}
    facts: list[Fact] = []
    for kod in ("deltagare", "deltaganden", "deltagare_utan_personuppgifter"):
        if facts and kod == "deltaganden":
            continue
        row = by_key.get((kod, Gender.ALLA))
        if row is not None and not isinstance(row.value, Missing):
            facts.append(
                Fact(
                    capitalise(kod.replace("deltagare_utan_personuppgifter", "Utan personuppgifter")),
                    _persons(by_key, kod),
                    capitalise(format_period(row.period)),
                )
            )
    for kod in _SHARE_FACTS:
        row = by_key.get((kod, Gender.ALLA))
        if row is None or isinstance(row.value, Missing):
            continue
        if kod == "andel_kvinnor" and not isinstance(by_key["deltagare", Gender.KVINNA].value, Missing):
            continue
        facts.append(Fact(_FACT_NAMES[kod], format_share_value(row.value), format_fact_below(row)))
    for kod in ("forbrukad_andel", "forbrukningskvot", "kostnad_per_deltagande", "kostnad_per_resultat"):
        row = by_key.get((kod, Gender.ALLA))
        if kod == "forbrukningskvot" and _same(row, by_key.get(("forbrukad_andel", Gender.ALLA))):
            continue
        if row is not None and not isinstance(row.value, Missing):
            unit = Unit.KR if kod.startswith("kostnad") else Unit.ANDEL
            shown = (
                replace(row.value, numerator=None, denominator=None) if isinstance(row.value, Measured) else row.value
            )
            facts.append(Fact(_FACT_NAMES[kod], format_value(shown, unit)))
    if not facts and insats.counting_mode is CountingMode.MED_PERSONUPPGIFTER:
        facts.append(Fact("Deltagare", "uppgift saknas"))
    return facts


def format_fact_below(row: IndicatorRow) -> str:
    """Of whom a share of facts is a share: the numbers beside it count others."""
    if not isinstance(row.value, Measured):
        return ""
    if row.value.denominator is None:
        return "antal saknas"
    whom = format_row_of_whom(row)
    return f"{whom}: en person kan delta flera gånger" if OF_DELTAGANDEN in row.codes else whom


def _same(one: IndicatorRow | None, other: IndicatorRow | None) -> bool:
    """Whether two rows show the same value: at the year's end the two shares of the budget do."""
    return one is not None and other is not None and one.value == other.value


def _persons(by_key: Mapping[tuple[str, Gender], IndicatorRow], kod: str) -> str:
    text = format_value(by_key[kod, Gender.ALLA].value, Unit.ANTAL)
    parts = []
    for gender in (Gender.KVINNA, Gender.MAN):
        row = by_key.get((kod, gender))
        if row is not None and isinstance(row.value, Measured) and row.period == by_key[kod, Gender.ALLA].period:
            parts.append(f"{format_count(row.value.value)} {format_name(gender)}")
    return f"{text} ({', '.join(parts)})" if len(parts) == 2 else text
