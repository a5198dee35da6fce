"""The line under a chart that names its marks."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from finsam_dash.model import Missing, Reason, Suppressed, Value
from finsam_dash.wording.numbers import format_number_word


class Mark(StrEnum):
    """A mark that a chart can hold, in the order in which the line names them."""

    PUNKT = "punkt"
    KVINNOR_MAN = "kvinnor_man"
    SAMMANSATTNING = "sammansattning"
    LINJE = "linje"
    BALK = "balk"
    FALT = "falt"
    MANADSPUNKT = "manadspunkt"
    GRANSER = "granser"
    TITTA_HAR_SERIE = "titta_har_serie"
    RING = "ring"
    MAL_STRECK = "mal_streck"
    MAL_LINJE = "mal_linje"
    RIKET = "riket"
    FORBUNDET = "forbundet"
    MITTEN_MAL = "mitten_mal"
    TRATT = "tratt"
    TITTA_HAR_TRATT = "titta_har_tratt"
    TITTA_HAR_MAL = "titta_har_mal"
    FLODE = "flode"
    FORSORJNING = "forsorjning"
    STEG = "steg"
    SISTA_STEGET = "sista_steget"
    PRELIMINART = "preliminart"
    EFTERSLAPNING = "efterslapning"
    DOLD = "dold"
    LAMNAS_INTE_UT = "lamnas_inte_ut"
    SAKNAS = "saknas"
    EJ_TILLAMPLIGT = "ej_tillampligt"
    HALV_SKALA = "halv_skala"


_SENTENCES: Final = MappingProxyType(
    {
        Mark.PUNKT: "Punkt: utfall.",
        Mark.KVINNOR_MAN: "● kvinnor, ■ män.",
        Mark.SAMMANSATTNING: "● som det är, □ med samma sammansättning.",
        Mark.LINJE: "Linje: rullande 12 månader.",
        Mark.BALK: "Balk: 95\u00a0%-intervall.",
        Mark.FALT: "Ljust fält: 95\u00a0%-intervall.",
        Mark.MANADSPUNKT: "Grå punkter: enskilda månader.",
        Mark.GRANSER: "Tunna linjer: mitten, och gränserna för det som slumpen brukar ge.",
        Mark.TITTA_HAR_SERIE: "Orange: mer än slumpen brukar ge.",
        Mark.RING: "Ring: andel utan antal.",
        Mark.MAL_STRECK: "Kort streck: eget mål med samma nämnare.",
        Mark.MAL_LINJE: "Heldragen linje: målet.",
        Mark.RIKET: "Streckad linje: riket.",
        Mark.FORBUNDET: "Streckad linje: insatserna tillsammans.",
        Mark.MITTEN_MAL: "Mittlinje: målet.",
        Mark.TRATT: "Prickad gräns: 95\u00a0%. Heldragen gräns: 99,8\u00a0%.",
        Mark.TITTA_HAR_TRATT: "Orange: utanför 99,8\u00a0%.",
        Mark.TITTA_HAR_MAL: "Orange: säkert på fel sida om målet.",
        Mark.FLODE: "Linje: pågående vid månadens början. Staplar: nya uppåt, avslutade nedåt.",
        Mark.FORSORJNING: "Färg: till lön eller studier. Grått: annan försörjning. Inom parentes: förändring.",
        Mark.STEG: "Stapel: antal personer i steget.",
        Mark.SISTA_STEGET: "Färg: sista steget.",
        Mark.PRELIMINART: "Prickat eller randigt: preliminärt, kan ändras när sena registreringar kommer in.",
        Mark.EFTERSLAPNING: "Randigt band: dit preliminära andelar brukar komma, åtta gånger av tio.",
        Mark.DOLD: "..\u00a0visas inte: för få personer.",
        Mark.LAMNAS_INTE_UT: "..\u00a0lämnas inte ut.",
        Mark.SAKNAS: "–\u00a0uppgift saknas.",
        Mark.EJ_TILLAMPLIGT: ".\u00a0ej tillämpligt.",
        Mark.HALV_SKALA: "Skalan går till 50\u00a0%.",
    }
)


def marks_of_signs(values: Iterable[Value]) -> set[Mark]:
    """The marks of those values that have a sign in their place; what is not applicable is not named."""
    found = set()
    for value in values:
        if isinstance(value, Suppressed):
            found.add(Mark.LAMNAS_INTE_UT if value.refused else Mark.DOLD)
        elif isinstance(value, Missing) and value.reason is not Reason.EJ_TILLAMPLIGT:
            found.add(Mark.SAKNAS)
    return found


def format_marks(marks: Iterable[Mark], *, comparisons: int | None = None) -> str:
    """The marks in the order of the list, each once: "Punkt: utfall. Balk: 95 %-intervall.".

    `comparisons` is added to the orange mark of the funnel: "Orange: utanför 99,8 % (sex jämförelser)."
    """
    present = set(marks)
    sentences = {mark: _SENTENCES[mark] for mark in Mark if mark in present}
    if present >= {Mark.DOLD, Mark.LAMNAS_INTE_UT}:
        sentences[Mark.DOLD] = "..\u00a0visas inte: för få personer, eller lämnas inte ut."
        del sentences[Mark.LAMNAS_INTE_UT]
    if comparisons and Mark.TITTA_HAR_TRATT in sentences:
        noun = "jämförelse" if comparisons == 1 else "jämförelser"
        sentence = sentences[Mark.TITTA_HAR_TRATT].rstrip(".")
        sentences[Mark.TITTA_HAR_TRATT] = f"{sentence} ({format_number_word(comparisons)} {noun})."
    return " ".join(sentences.values())
