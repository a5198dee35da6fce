"""The words of the Excel template that is handed out to the insatser."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from finsam_dash.model import Forbund, Gender, Period
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.periods import format_in_period, format_period
from finsam_dash.wording.sentences import EXAMPLE_MARK

DATA_SHEET: Final = "Fyll i"
GUIDE_SHEET: Final = "Så fyller du i"
RULE: Final = (
    "Fyll i de vita cellerna. 0 betyder ingen, en tom cell att uppgiften saknas. Rader utan tal läses inte. "
    "Mer står på bladet Så fyller du i."
)
"""Stands above the header row. Intake keeps to "Rader utan tal läses inte": the words are its marker too."""
GENDER_WORDS: Final = MappingProxyType(
    {Gender.KVINNA: "Kvinna", Gender.MAN: "Man", Gender.ANNAT_OKANT: "Annat/Okänt", Gender.ALLA: "Alla"}
)
GUIDE_HEADER: Final = ("Kolumn", "Vad som ska stå", "Exempel")
GUIDE: Final = MappingProxyType(
    {
        "insats": "Står redan i raden. På de tomma raderna längst ned väljer du i listan.",
        "manad": "Står redan i raden. På de tomma raderna skriver du till exempel 2026-03.",
        "kon": "En rad för kvinnor och en för män. Annat eller okänt kön skrivs på de tomma raderna längst ned.",
        "pagaende": "Antal som var med när månaden började.",
        "nya": "Antal som började under månaden.",
        "avslutade": "Antal som slutade under månaden, utan felregistrerade.",
        "avslutade_utan_uppgift": "De av de avslutade vars situation efteråt inte är känd.",
        "till_arbete_studier": "De avslutade som gick till arbete eller studier. Den som gör båda räknas en gång.",
        "till_arbete": "De av de avslutade som gick till arbete. Eget företag är arbete.",
        "till_studier": "De av de avslutade som gick till studier.",
        "eget_foretag": "De som gick till arbete i ett eget företag.",
        "bortfall": "De av de avslutade som lämnade innan insatsen var genomförd.",
        "felregistrerade": "Antal som har registrerats av misstag. De står utanför alla andra antal.",
        "deltagare": "Unika personer under månaden, om insatsen räknar dem. Annars lämnas cellen tom.",
        "deltagare_utan_personuppgifter": "För insatser som bara räknar antal: hur många som deltog under månaden.",
        "kommentar": "Fri text som bara syns internt. Skriv aldrig namn eller personnummer.",
    }
)
EXAMPLE: Final = MappingProxyType(
    {
        "kon": "Kvinna",
        "pagaende": 31,
        "nya": 4,
        "avslutade": 5,
        "avslutade_utan_uppgift": 1,
        "till_arbete_studier": 2,
        "till_arbete": 1,
        "till_studier": 1,
        "eget_foretag": 0,
        "bortfall": 1,
        "felregistrerade": 0,
        "deltagare": 35,
        "kommentar": "En sen registrering i februari är tillagd.",
    }
)
"""What a row for kvinnor in one month may hold; insats and month are those of the workbook."""
COUNT_ERROR: Final = (
    "Inte ett heltal",
    "Skriv ett heltal från 0 och uppåt. 0 betyder ingen. Lämna cellen tom om uppgiften saknas, "
    "skriv - om den inte redovisas och .. om den är dold hos källan.",
)
INSATS_ERROR: Final = ("Insatsen finns inte i listan", "Välj insatsen i listan. Saknas den: fråga förbundet.")
GENDER_ERROR: Final = ("Okänt kön", "Välj Kvinna, Man, Annat/Okänt eller Alla i listan.")
COMMENT_HINT: Final = ("Kommentar", "Syns bara internt. Skriv aldrig namn eller personnummer.")


def format_template_title(forbund: Forbund) -> str:
    """The workbook's title line: whose file it is."""
    return f"Månadsuppgifter till {forbund.namn}"


def format_template_scope(forbund: Forbund, insatser: list[str], period: Period) -> str:
    """The line under the title: which insats and which period."""
    what = f"Insats: {insatser[0]}" if len(insatser) == 1 else f"Insatser: {len(insatser)}"
    mark = f"{EXAMPLE_MARK} " if forbund.pahittad else ""
    return format_plain(f"{mark}{what}. Period: {format_period(period)}.")


def format_month_error(period: Period) -> tuple[str, str]:
    """What is said of a date outside the template's period."""
    first, last = f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"
    span = first if first == last else f"{first} till {last}"
    return "Månaden hör inte hit", f"Skriv månaden som {first}. Mallen gäller {span}."


def format_guide(forbund: Forbund) -> tuple[str, ...]:
    """The instructions, a line each."""
    return (
        "Fyll i de vita cellerna på bladet Fyll i: en rad för varje månad och kön.",
        "0 betyder ingen. En tom cell betyder att uppgiften saknas. "
        "Ett streck (-) betyder inte redovisat, två punkter (..) dolt hos källan.",
        "En rad utan tal läses inte. Lämna de månader tomma som ännu inte har varit.",
        "Avslutade är aldrig färre än Till arbete och/eller studier, och aldrig färre än Bortfall.",
        "Blev en tidigare månad fel? Rätta talet och skicka filen igen. Bara det som är ändrat ersätts.",
        "Skriv inga namn, personnummer eller andra uppgifter om enskilda personer. Då tas filen inte emot.",
        "Rubriker och färdigskrivna rader är låsta, så att filen går att läsa in. Skyddet har inget lösenord.",
        f"Spara filen som Excel-arbetsbok (xlsx) och skicka den till {forbund.namn}.",
    )


def format_no_insats(period: Period) -> str:
    """Why there is no template for a period."""
    return format_plain(f"Ingen vald insats pågår {format_in_period(period)}. Välj ett annat år eller en annan insats.")


def format_template_name(forbund: Forbund, insats: str, period: Period) -> str:
    """The name of the file: "mall-exempel-navet-2026.xlsx"."""
    return "-".join(filter(None, ("mall", forbund.kod, insats, period.code.replace("/", "-")))) + ".xlsx"
