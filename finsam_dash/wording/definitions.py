"""Each measure in full: what it says, what is counted, of what, which way is better, and where that is laid down."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.wording.method import DIRECTIONS, format_expression

OTHERWISE: Final = " Annars: "
# Money is computed by a module of its own: the registry has no terms to write out.
_MONEY: Final = MappingProxyType(
    {
        "forbrukningskvot": (
            "Förbrukade medel till och med periodens slut.",
            "Så stor del av årets budget som motsvarar tiden till och med periodens slut.",
        ),
        "forbrukad_andel": ("Förbrukade medel till och med periodens slut.", "Hela årets budget."),
        "kostnad_per_deltagande": ("Förbundets kostnad under perioden.", "Deltaganden under samma tid."),
        "kostnad_per_resultat": (
            "Förbundets kostnad under perioden.",
            "Avslut till arbete eller studier under samma tid.",
        ),
    }
)


@dataclass(frozen=True)
class Definition:
    """One measure in words. `denominator` is "" for a count, whose `numerator` says what is counted."""

    label: str
    description: str
    numerator: str
    denominator: str
    direction: str
    source: str


def find_definition(kod: str) -> Definition | None:
    """The definition of an indikator; None for a code that is none."""
    indikator = load_registry().indikatorer.get(kod)
    if indikator is None:
        return None
    pairs = [
        (format_expression(numerator), format_expression(denominator)) for numerator, denominator in indikator.pairs
    ]
    counted = OTHERWISE.join(f"{numerator}." for numerator, _ in pairs)
    of_what = OTHERWISE.join(f"{denominator}." for _, denominator in pairs if denominator)
    if kod in _MONEY:
        counted, of_what = _MONEY[kod]
    return Definition(
        indikator.label,
        indikator.description,
        counted,
        of_what,
        DIRECTIONS[indikator.direction],
        indikator.source,
    )


def list_definitions() -> list[Definition]:
    """Every indikator's definition, in the order of the registry."""
    found = (find_definition(kod) for kod in load_registry().indikatorer)
    return [one for one in found if one is not None]
