"""How each indicator is counted, in words: the page Om måtten and docs/METOD.md are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import Expression, Indikator, load_registry
from finsam_dash.model import Gender
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import format_name
from finsam_dash.wording.numbers import HIDDEN_SIGN, MINUS, MISSING_SIGN, NOT_APPLICABLE_SIGN

DIRECTIONS: Final = MappingProxyType({"hogre": "Högre är bättre", "lagre": "Lägre är bättre", "neutral": MISSING_SIGN})

METHOD_NOTE: Final = (
    "Andelar räknas på antal och aldrig som medelvärden av andelar. Intervallet är 95 % enligt Wilson. Varje insats "
    "räknas för sig: en summa över insatser är deltaganden, inte personer."
)
DIRECTION_NOTE: Final = f"{METHOD_NOTE} Riktning – betyder att måttet varken är bra eller dåligt i sig."
"""Under a table of the indicators that has their direction as a column."""

# Signs and states as they are drawn everywhere: name, in a diagram, in a table, in a sentence.
STATES: Final = (
    ("Mätt", "Punkt med balk", "43 %  25 av 58", "43 procent (25 av 58) gick till arbete eller studier."),
    (
        "Kan inte avgöras",
        "Balken täcker målet eller riket",
        "↔ Kan inte avgöras",
        "Om nivån ligger över målet kan inte avgöras: skillnaden kan vara slump.",
    ),
    ("För få", "Punkt med balk, inget omdöme", "2 av 8", "För få för en bedömning (färre än 10)."),
    ("Noll", "Punkt vid 0", "0", "Ingen av 14. Nollan är en uppgift."),
    ("Andel utan antal", "Ring utan balk", "27 %  antal saknas", "Antalet bakom saknas, därför inget intervall."),
    ("Preliminär", "Prickat eller randigt", "p", "Månaden brukar öka när sena registreringar kommer in."),
    (
        "Dold",
        HIDDEN_SIGN,
        HIDDEN_SIGN,
        "Läge publicering: för få personer, eller lämnas inte ut.",
    ),
    ("Saknas", MISSING_SIGN, MISSING_SIGN, "Uppgift saknas, alltid med orsak."),
    ("Ej tillämpligt", NOT_APPLICABLE_SIGN, NOT_APPLICABLE_SIGN, "Frågan gäller inte insatsen."),
)


@dataclass(frozen=True)
class MethodRow:
    """One indicator in words."""

    label: str
    description: str
    counted: str
    direction: str
    source: str


def format_expression(expression: Expression) -> str:
    """A sum of mått in words: "Avslutade − Avslutade utan uppgift"."""
    matt = load_registry().matt
    text = ""
    for term in expression:
        name = matt[term.matt].label
        if term.klass:
            name += f", {format_class(f'{term.indelning}:{term.klass}')}"
        if term.gender is not None and term.gender is not Gender.ALLA:
            name += f", {format_name(term.gender)}"
        sign = f" {MINUS} " if term.sign < 0 else " + "
        text += name if not text else sign + name
    return text


def format_counting(indikator: Indikator) -> str:
    """How an indicator is counted: "Till arbete ÷ Avslutade", with the second way where there is one."""
    ways = [
        f"{_in_parentheses(numerator)} ÷ {_in_parentheses(denominator)}"
        if denominator
        else format_expression(numerator)
        for numerator, denominator in indikator.pairs
    ]
    return " Annars: ".join(f"{way}." for way in ways)


def _in_parentheses(expression: Expression) -> str:
    text = format_expression(expression)
    return f"({text})" if len(expression) > 1 else text


def list_method() -> list[MethodRow]:
    """Every indicator in words, in the order of the registry."""
    return [
        MethodRow(
            indikator.label,
            indikator.description,
            format_counting(indikator),
            DIRECTIONS[indikator.direction],
            indikator.source,
        )
        for indikator in load_registry().indikatorer.values()
    ]
