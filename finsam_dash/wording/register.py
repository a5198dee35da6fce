"""The words of the forms that register insatser."""

from __future__ import annotations

from typing import Final

from finsam_dash.model import Insats
from finsam_dash.wording.numbers import format_number_word

ADD: Final = "Lägg till en insats"
ADD_FIRST: Final = (
    "Förbundet har inga insatser än. Lägg till dem här, en i taget. Sedan går det att ladda ner en mall att fylla i "
    "och att läsa in deras filer."
)
CHANGE: Final = "Ändra insatsen"
NO_PURPOSE: Final = "Ej angiven"
NO_NAME: Final = "Namnet saknas. Skriv insatsens namn, med minst en bokstav eller siffra."
NO_START: Final = "Första dagen saknas. Välj ett datum."
PERSONNUMMER: Final = "Texten ser ut att innehålla ett personnummer. Ta bort det."
MODE_HELP: Final = "Bara en insats med personuppgifter har bakgrund och resultat. Anonyma och volyminsatser har antal."
SCOPE_HELP: Final = "I en insats för bara kvinnor eller bara män är en saknad rad för det andra könet ingen lucka."
PURPOSE_HELP: Final = "Bara insatser med samma inriktning jämförs med varandra."


def format_code(kod: str, *, fixed: bool) -> str:
    """The code of an insats beside its name; `fixed` when it is saved already."""
    if not kod:
        return "Koden görs av namnet, sätts en gång och ändras aldrig."
    if fixed:
        return f"Kod: {kod}. Den ändras aldrig, inte heller när namnet ändras."
    return f"Kod: {kod}. Den sätts när insatsen sparas och ändras aldrig, inte heller när namnet ändras."


def format_several_periods(count: int) -> str:
    """That only the last of several decided periods is changed."""
    return f"Insatsen har {format_number_word(count)} beslutade perioder. Här ändras den senaste."


def format_saved(insats: Insats, *, added: bool) -> str:
    """What was saved: "Insatsen Bron (bron) är tillagd."."""
    return f"Insatsen {insats.namn} ({insats.kod}) är {'tillagd' if added else 'ändrad'}."
