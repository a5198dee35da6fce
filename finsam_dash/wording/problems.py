"""What intake found in a file, in Swedish: where it stands, what is wrong and what to write instead.

The sentences have ordinary spaces and no line breaks, and are never cut off: one problem a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from finsam_dash.intake import SIZE_LIMIT, Finding, Problem, Warning_
from finsam_dash.model import Gender, Period
from finsam_dash.wording.names import format_name
from finsam_dash.wording.numbers import format_count, format_share_with_counts
from finsam_dash.wording.periods import format_period, format_period_months

Surface = Literal["kommandorad", "sida"]
"""Where a problem is read: the way to create insatser is an option of the command line, a box on the page."""
_CREATE: Final[dict[Surface, str]] = {
    "kommandorad": "lägg till --skapa-insatser om insatsen är ny",
    "sida": "kryssa i att insatser ska skapas om insatsen är ny",
}
_CHANGE_TIME: Final[dict[Surface, str]] = {
    "kommandorad": "med insats andra",
    "sida": "på sidan Insats, under Ändra insatsen,",
}
_MONTHLY_FORM: Final = (
    "en rad för varje insats, månad och kön, med kolumnerna Insats, Månad, Kön, Pågående vid start, Nya, Avslutade, "
    "Till arbete och/eller studier och Bortfall"
)
_FORM_NAMES: Final = MappingProxyType(
    {
        "manad": "månadsfilen (en rad för varje insats, månad och kön)",
        "lang": "den långa formen (en rad för varje uppgift)",
        "deltagare": "deltagandefilen (en rad för varje deltagande)",
    }
)
_COUNT_ADVICE: Final = "Skriv ett helt antal utan decimaler: 0 om ingen, och lämna cellen tom om uppgiften saknas."
_ANY_MATT: Final = "Skriv koden för ett av måtten."
_NAMED_ROWS: Final = 8
_MONTH_ADVICE: Final = "Skriv månaden som 2026-03 eller mars 2026."
_DATE_ADVICE: Final = "Skriv datumet som 2026-03-31."
_PRIVATE_ADVICE: Final = "Ta bort uppgiften. Filen ska bara innehålla antal, inga uppgifter om enskilda personer."


class Words(NamedTuple):
    """What is wrong, and what to do about it. Both may name parts of the finding in braces."""

    wrong: str
    advice: str


_PROBLEMS: Final = MappingProxyType(
    {
        # The file as a whole
        "filen_tom": Words("Filen är tom.", "Välj en fil som innehåller uppgifter."),
        "filen_for_stor": Words(
            "Filen är större än {grans} MB.",
            "Dela upp den, till exempel i en fil för varje år, och läs in delarna var för sig.",
        ),
        "losenord": Words("Filen är skyddad med lösenord.", "Ta bort lösenordet i Excel, spara och läs in filen igen."),
        "aldre_format": Words(
            "Filen är i ett format som inte kan läsas här.",
            "Spara den i Excel som Excel-arbetsbok (.xlsx) eller som csv.",
        ),
        "inte_arbetsbok": Words(
            "Filen är ingen Excel-arbetsbok, eller så är den skadad.",
            "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx) eller som csv.",
        ),
        "inte_text": Words(
            "Filen innehåller tecken som inte hör hemma i en textfil.",
            "Spara den i Excel som Excel-arbetsbok (.xlsx) eller som csv UTF-8.",
        ),
        "packar_upp_for_stort": Words(
            "Filen blir orimligt stor när den packas upp.",
            "Spara bara bladet med uppgifter i en ny arbetsbok och läs in den.",
        ),
        "for_manga_celler": Words(
            "Filen har orimligt många rader och kolumner.", "Behåll bara tabellen och läs in filen igen."
        ),
        "celler_langt_bort": Words(
            "Det finns celler med innehåll långt utanför tabellen.",
            "Ta bort allt till höger om och nedanför tabellen, spara och läs in filen igen.",
        ),
        "oavslutat_citat": Words(
            "Ett citattecken i filen avslutas aldrig.",
            "Ta bort det ensamma citattecknet, eller spara filen på nytt från Excel.",
        ),
        # The header row
        "ingen_rubrikrad": Words("Ingen rubrikrad känns igen bland de första raderna.", f"Skriv {_MONTHLY_FORM}."),
        "inga_matt": Words("Rubrikraden har ingen kolumn med antal.", f"Skriv {_MONTHLY_FORM}."),
        "manader_som_kolumner": Words("Månaderna står som kolumner.", f"Skriv i stället {_MONTHLY_FORM}."),
        "kolumner_saknas": Words(
            "Det här saknas i {form}: {kolumner}.", "Lägg till det som saknas, med just de rubrikerna."
        ),
        "kolumn_dubbel": Words("Kolumnen betyder detsamma som kolumnen {annan} ({bokstav}).", "Behåll bara en av dem."),
        "kon_dubbelt": Words(
            "Kön står både i en egen kolumn och i rubrikerna.",
            "Behåll antingen kolumnen Kön eller kolumner som Avslutade kvinnor och Avslutade män.",
        ),
        "flera_former": Words("Bladet är skrivet i en annan form än bladet {blad}.", "Läs in dem som två filer."),
        "inga_rader": Words("Det finns inga rader med uppgifter under rubrikraden.", "Fyll i minst en rad."),
        "for_manga_falt": Words(
            "Raden har fler fält än rubrikraden.",
            "Kontrollera att inget värde innehåller skiljetecknet. Ett decimalkomma i en kommaseparerad fil måste "
            "stå inom citattecken.",
        ),
        # A person's data: the value is never shown
        "personnummer": Words(
            "Cellen innehåller något som liknar ett personnummer eller samordningsnummer.", _PRIVATE_ADVICE
        ),
        "personnummer_anteckning": Words(
            "Anteckningen till cellen innehåller något som liknar ett personnummer eller samordningsnummer.",
            _PRIVATE_ADVICE,
        ),
        "personnummer_bladnamn": Words(
            "Bladets namn innehåller något som liknar ett personnummer eller samordningsnummer.", "Byt namn på bladet."
        ),
        "personnummer_filnamn": Words(
            "Filens namn innehåller något som liknar ett personnummer eller samordningsnummer.", "Byt namn på filen."
        ),
        "personnummer_lost": Words(
            "Filen innehåller något som liknar ett personnummer eller samordningsnummer utanför cellerna, till "
            "exempel i en textruta, ett sidhuvud eller en pivottabell.",
            "Kopiera bara tabellen till en ny arbetsbok och läs in den.",
        ),
        "namnkolumn": Words("Kolumnen ser ut att innehålla namn eller nummer på personer.", "Ta bort hela kolumnen."),
        "fodelsekolumn": Words(
            "Kolumnen ser ut att innehålla personers födelsedatum.", "Ta bort den, eller skriv bara Födelseår."
        ),
        "kontaktkolumn": Words(
            "Kolumnen ser ut att innehålla kontaktuppgifter till personer.", "Ta bort hela kolumnen."
        ),
        # Cells
        "inte_heltal": Words('"{varde}" är inte ett heltal.', _COUNT_ADVICE),
        "negativt": Words('"{varde}" är negativt.', _COUNT_ADVICE),
        "inte_tal": Words('"{varde}" är inget tal.', "Skriv ett tal med decimalkomma, till exempel 1250 eller 12,5."),
        "for_stort": Words('"{varde}" är orimligt stort.', "Kontrollera att talet står i rätt kolumn."),
        "tvetydigt_tal": Words(
            '"{varde}" kan betyda både {heltal} och {decimaltal}.',
            "Skriv {heltal} utan skiljetecken om det är tusental.",
        ),
        "formelfel": Words(
            '"{varde}" är ett formelfel.', "Rätta formeln eller skriv värdet, spara och läs in filen igen."
        ),
        "formel_utan_varde": Words(
            "Formeln i cellen har inget uträknat värde.", "Öppna filen i Excel, spara den och läs in den igen."
        ),
        "smal_kolumn": Words(
            '"{varde}" är inget värde: kolumnen var för smal när filen sparades.',
            "Bredda kolumnen och spara filen på nytt.",
        ),
        "okand_insats": Words('"{varde}" är ingen känd insats.', "{namnforslag}"),
        "namn_utan_tecken": Words(
            '"{varde}" kan inte bli en ny insats.', "Skriv ett namn med minst en bokstav a–ö eller en siffra."
        ),
        "insats_saknas": Words("Insats saknas.", "Skriv insatsens namn eller kod på varje rad."),
        "manad_saknas": Words("Månad saknas.", _MONTH_ADVICE),
        "okand_manad": Words('"{varde}" är ingen månad.', _MONTH_ADVICE),
        "okand_period": Words(
            '"{varde}" är ingen period.', "Skriv till exempel 2026-03, 2026-K1, 2026 eller 2013-12/2015-11."
        ),
        "omojligt_datum": Words(
            '"{varde}" är ett datum som inte finns.', "Skriv en månad som 2026-03 eller ett datum som 2026-03-31."
        ),
        "okant_datum": Words('"{varde}" är inget datum.', _DATE_ADVICE),
        "datum_saknas": Words("Datum saknas.", _DATE_ADVICE),
        "bakvand_period": Words(
            '"{varde}" ligger före periodens början{fran_ord}.', "Skriv det första datumet i Från och det sista i Till."
        ),
        "framtida_manad": Words(
            '"{varde}" är en månad som inte har börjat än.', "Skriv en månad som har varit, eller ta bort raden."
        ),
        "okant_kon": Words('"{varde}" är inget kön som kan läsas.', "Skriv Kvinna, Man, Annat eller Alla."),
        "okant_kon_person": Words('"{varde}" är inget kön som kan läsas.', "Skriv Kvinna, Man eller Annat."),
        "kon_saknas": Words("Kön saknas.", "Skriv Kvinna, Man, Annat eller Alla."),
        "kon_saknas_person": Words("Kön saknas.", "Skriv Kvinna, Man eller Annat."),
        # Rows against each other
        "manad_dubbel": Words(
            "{insats}, {kon_ord}, {period_ord} finns redan på {annan_plats}.", "Behåll bara en av raderna."
        ),
        "perioder_overlappar": Words(
            "{period_stor} för {insats} överlappar {annan_period_ord} på {annan_plats}.",
            "Skriv perioder som inte överlappar varandra.",
        ),
        "fler_an": Words(
            '"{varde}" är mer än {annan}{annan_plats_ord}, som är {annat_varde}.',
            "Skriv högst {annat_varde}, eller rätta {annan}.",
        ),
        "summa_fler_an": Words(
            '"{varde}" och {annan} ({annat_varde}) är tillsammans fler än {hel} ({helt_varde}).',
            "Rätta något av de tre antalen. Den vars situation inte är känd räknas inte till arbete eller studier.",
        ),
        # The long form
        "okant_matt": Words('"{varde}" är inget känt mått.', "{namnforslag}"),
        "okand_kod": Words('"{varde}" finns inte i listan.', "Skriv något av: {lista}."),
        "enhet_saknas": Words(
            "Enhet saknas på raden.", "Skriv antal, andel, kr, tkr, dagar eller poäng i kolumnen Enhet."
        ),
        "annan_enhet": Words(
            '"{varde}" passar inte måttet {matt}, som anges i {enhet}.', "Rätta enheten, eller måttet."
        ),
        "andel_utanfor": Words('"{varde}" är ingen andel mellan 0 och 1.', "Skriv till exempel 0,34 eller 34 %."),
        "klass_ofullstandig": Words(
            "Indelning och klass hör ihop, och den ena saknas.",
            "Skriv båda, till exempel alder och under_30, eller ingen av dem.",
        ),
        "orsak_med_varde": Words(
            '"{varde}" är en orsak till att värdet saknas, men i Värde står "{annat}".', "Ta bort orsaken eller värdet."
        ),
        "namnare_noll": Words(
            "Nämnaren är 0, och av ingen finns ingen andel.", "Rätta Nämnare, eller ta bort raden om ingen ingår."
        ),
        "figur_dubbel": Words("Samma uppgift finns redan på {annan_plats}.", "Behåll bara en av raderna."),
        # A table of printed results
        "uttryck_saknas": Words(
            "Tabellen har ingen kolumn Uttryck.", "Skriv en rubrikrad med Uttryck och Delar, och en rad per resultat."
        ),
        "uttryck_tomt": Words(
            "Uttryck saknas.", "Skriv resultatet så som det ska tryckas, till exempel 34 % (340 st)."
        ),
        "inget_tal_tryckt": Words(
            '"{varde}" innehåller inget tal.', "Skriv talet i uttrycket, eller i en kolumn Publicerat."
        ),
        # One row a deltagande
        "slut_fore_start": Words('"{varde}" ligger före startdatum.', "Rätta startdatum eller slutdatum."),
        "slut_saknas": Words(
            "Raden har avslutsanledning men inget slutdatum.",
            "Skriv slutdatum, eller ta bort avslutsanledningen om deltagandet pågår.",
        ),
        "framtida_datum": Words(
            '"{varde}" har inte inträffat än.',
            "Skriv ett datum som har varit; lämna slutdatum tomt så länge deltagandet pågår.",
        ),
        "orimlig_alder": Words('"{varde}" är ingen ålder.', "Skriv åldern i hela år, till exempel 27."),
        "orimlig_fodelsear": Words('"{varde}" är inget födelseår.', "Skriv bara året, till exempel 1998."),
    }
)

_WARNINGS: Final = MappingProxyType(
    {
        "okand_kolumn": Words('Kolumnen "{varde}" känns inte igen och läses inte.', "Byt rubrik om den ska läsas."),
        "tom_personkolumn": Words(
            "Kolumnen är tom och läses inte.", "Ta bort den: filen ska inte ha uppgifter om enskilda personer."
        ),
        "kolumn_utan_rubrik": Words(
            "Kolumnen har värden men ingen rubrik och läses inte.", "Skriv en rubrik om den ska läsas."
        ),
        "blad_ej_last": Words(
            "Bladet läses inte: det saknar kolumner med antal, eller har månaderna som kolumner.",
            "Rätta rubrikraden om bladet ska läsas.",
        ),
        "dolt_blad": Words("Bladet är dolt och läses inte.", "Visa bladet i Excel om det ska läsas."),
        "rad_ej_last": Words("Raden står under uppgifterna och läses inte.", "Fyll i hela raden om den ska läsas."),
        "total_avviker": Words(
            'Totalen är "{varde}", men kvinnor och män (och annat eller okänt kön) är tillsammans {summa}.',
            "Totalen i filen gäller. Kontrollera att raderna stämmer.",
        ),
        "rad_for_kon_saknas": Words(
            "rad för {kon_ord} saknas: skriv 0 om ingen.",
            "Gäller {insats}, {period_ord}. Totalen för alla saknas så länge raden saknas.",
        ),
        "kon_utanfor_insats": Words(
            "Raden gäller {kon_ord}, men {insats} är inte registrerad för {kon_ord}.",
            "Rätta raden, eller ändra insatsen om den är öppen för fler.",
        ),
        "andel_avviker": Words(
            '"{varde}" stämmer inte med Täljare och Nämnare: {andel_ord}.',
            "Täljare och nämnare gäller. Kontrollera vilket av talen som är rätt.",
        ),
        "andel_saknas": Words(
            "Andelen saknas, fast Täljare och Nämnare är ifyllda: {andel_ord}.",
            "Uppgiften sparas som saknad. Skriv andelen om den är känd.",
        ),
        "summarad_avviker": Words(
            'Summaraden har "{varde}", men raderna ger {summa}.',
            "Summaraden sparas inte. Kontrollera att inga rader saknas.",
        ),
        "summarad_stammer": Words("Raden är en summarad och sparas inte.", "Den stämmer med raderna ovanför."),
        "utanfor_insatsperiod": Words(
            "{insats} har uppgifter utanför sin registrerade tid: {period_ord}.",
            "De sparas, men en insats ingår i förbundets summor bara under sin registrerade tid. "
            "Rätta tiden {andra_tiden} om den är fel.",
        ),
        "starten_flyttas": Words(
            "{insats} har uppgifter för {period_ord}, före sin första månad hittills.",
            "Starten flyttas dit, för den kommer bara från inlästa filer. "
            "Ange en start {andra_tiden} om den är en annan.",
        ),
        "ny_insats_liknar": Words(
            'Insatsen "{varde}" skapas, men liknar "{narmast}".', "Rätta namnet i filen om det är samma insats."
        ),
        "okand_klass": Words(
            '"{varde}" finns inte i listan och räknas som övrigt.',
            "Lägg till det i kodlistan om det ska räknas för sig.",
        ),
        "bortfall_okant": Words(
            "Avslutsanledning saknas för {antal_ord} som har avslutats.",
            "Bortfallet är okänt för de månaderna, inte noll.",
        ),
        "manader_raknade": Words(
            "{antal_rader} har räknats till {period_manader}.",
            "Skriv en rad ovanför rubrikraden, till exempel Period 2026-01 – 2026-03, om filen gäller andra månader.",
        ),
    }
)


@dataclass(frozen=True)
class ProblemRow:
    """A problem as a row of a table: Var, Kolumn, Står i filen, Vad är fel, Skriv i stället."""

    var: str
    kolumn: str
    star_i_filen: str
    fel: str
    skriv: str


def format_problem(problem: Problem, surface: Surface = "kommandorad") -> str:
    """The problem on one line: Blad1, rad 14, kolumn Nya: "1,5" är inte ett heltal. Skriv …"""
    return _format_line(problem, surface)


def format_warning(warning: Warning_, surface: Surface = "kommandorad") -> str:
    """The warning on one line, in the style of a problem."""
    return _format_line(warning, surface)


def format_problem_row(problem: Problem) -> ProblemRow:
    """The problem's pieces for a table on the page; each is "" where it has no meaning."""
    words = _words(problem, "sida")
    return ProblemRow(format_place(problem), problem.column, problem.value, words.wrong, words.advice)


def group_problems(problems: Iterable[Problem]) -> list[tuple[Problem, ProblemRow]]:
    """Problems for a table on the page, those that differ in the row alone as one: "rad 3, 5, 7 … och 2 rader till"."""
    groups: dict[Problem, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(replace(problem, row=None), []).append(problem)
    return [(alike[0], replace(format_problem_row(alike[0]), var=_format_places(alike))) for alike in groups.values()]


def _format_places(alike: Sequence[Problem]) -> str:
    if len(alike) == 1:
        return format_place(alike[0])
    rows = ", ".join(str(problem.row) for problem in alike[:_NAMED_ROWS])
    rest = len(alike) - _NAMED_ROWS
    more = f" … och {format_count(rest)} rader till" if rest > 0 else ""
    return ", ".join(filter(None, (alike[0].sheet, f"rad {rows}{more}")))


def format_place(finding: Finding) -> str:
    """Where it stands, without the column: "Blad1, rad 14", for csv "rad 14", for a whole file ""."""
    row = "" if finding.row is None else f"rad {finding.row}"
    return ", ".join(filter(None, (finding.sheet, row)))


def _format_line(finding: Finding, surface: Surface) -> str:
    column = f"kolumn {finding.column}" if finding.column else ""
    place = ", ".join(filter(None, (format_place(finding), column)))
    words = _words(finding, surface)
    return _on_one_line(f"{place}: {words.wrong} {words.advice}" if place else f"{words.wrong} {words.advice}")


def _words(finding: Finding, surface: Surface) -> Words:
    words = (_PROBLEMS if isinstance(finding, Problem) else _WARNINGS)[finding.code]
    parts = {"varde": finding.value, **dict(finding.parts), **_derived(finding, surface)}
    return Words(*(_on_one_line(_quote(text, surface).format_map(parts)) for text in words))


def _quote(text: str, surface: Surface) -> str:
    """Swedish quotation marks on the page; the command line's straight ones are what scripts rely on."""
    return text.replace('"', "”") if surface == "sida" else text


def _derived(finding: Finding, surface: Surface) -> dict[str, str]:
    """The words made from the finding's parts."""
    parts = dict(finding.parts)
    other_row = parts.get("annan_rad", "")
    other_place = ", ".join(filter(None, (parts.get("annat_blad"), f"rad {other_row}")))
    count = parts.get("antal", "")
    words = {
        "grans": str(SIZE_LIMIT // 2**20),
        "form": _FORM_NAMES.get(parts.get("form", ""), ""),
        "annan_plats": other_place,
        "annan_plats_ord": f" på {other_place}" if other_row else "",
        "fran_ord": f" ({parts['fran']})" if parts.get("fran") else "",
        "kon_ord": format_name(Gender(parts["kon"])) if "kon" in parts else "",
        "antal_ord": "en person" if count == "1" else f"{count} personer",
        "antal_rader": "1 rad" if count == "1" else f"{count} rader",
        "namnforslag": _suggest(finding, surface),
        "andra_tiden": _CHANGE_TIME[surface],
    }
    if "taljare" in parts:
        words["andel_ord"] = format_share_with_counts(float(parts["taljare"]), float(parts["namnare"]), decimals=1)
    for name in ("period", "annan_period"):
        if name in parts and (found := _read_code(parts[name])):
            text = format_period(found)
            words |= {
                f"{name}_ord": text,
                f"{name}_stor": text[:1].upper() + text[1:],
                f"{name}_manader": format_period_months(found),
            }
    return words


def _read_code(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ValueError:
        return None


def _suggest(finding: Finding, surface: Surface) -> str:
    nearest = finding.part("narmast")
    if finding.code == "okant_matt":
        return _quote('Menas "{}"? Skriv måttets kod.', surface).format(nearest) if nearest else _ANY_MATT
    if nearest:
        return _quote('Menas "{}"? Skriv så, eller {}.', surface).format(nearest, _CREATE[surface])
    return f"Skriv insatsens registrerade namn eller kod, eller {_CREATE[surface]}."


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
