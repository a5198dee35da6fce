"""What the store refuses, finds broken or warns of, in Swedish: what it is and what to do."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from finsam_dash.deliveries import RefusedDeliveryError
from finsam_dash.store import IntegrityProblem, StoreError

_REFUSED: Final = MappingProxyType(
    {
        "problem": "Filen har fel och är inte inläst. Rätta felen och läs in den igen.",
        "andrar": "Filen ändrar tal som redan är inlästa och är därför inte inläst. Lägg till --ersatt om de ska "
        "ersättas.",
    }
)

_ERRORS: Final = MappingProxyType(
    {
        "okant_forbund": "Förbundet ”{forbund}” finns inte.",
        "okand_insats": "Insatsen ”{insats}” finns inte i förbundet ”{forbund}”.",
        "okand_leverans": "Leverans {leverans} finns inte. Se numren i listan över leveranser.",
        "okant_subjekt": "”{kod}” är varken en insats eller en grupp i förbundet. Lägg till den först.",
        "okand_grupp": "Gruppen ”{grupp}” finns inte i förbundet. Lägg till den först.",
        "redan_angrad": "Leverans {leverans} ({fil}) är redan ångrad.",
        "andrad_under_tiden": "Någon annan har ändrat uppgifterna under tiden. Inget är sparat. Läs in filen igen.",
        "ogiltig_kod": "Koden ”{kod}” går inte att använda. Skriv små bokstäver a–z, siffror och bindestreck.",
        "kod_upptagen": "Koden ”{kod}” är redan upptagen. Välj en annan.",
        "namn_saknas": "Namnet saknas för koden ”{kod}”. Skriv ett namn.",
        "namn_upptaget": "En annan insats heter redan ”{namn}”. Välj ett annat namn.",
        "omvand_period": "Perioden för ”{kod}” slutar {slut}, före sin början {start}. Byt plats på datumen.",
        "ogiltig_adress": "Databasens adress går inte att läsa. Skriv som sqlite:///mapp/finsam.db eller "
        "postgresql+psycopg://server/databas.",
        "natverksenhet": "Databasen {fil} ligger på en nätverksenhet, där uppgifter kan gå förlorade. "
        "Flytta den till datorns egen disk.",
        "frammande_fil": "{fil} är ingen databas från finsam_dash. Kontrollera filens namn.",
        "skadad_fil": "{fil} är skadad och går inte att använda. Ta en annan säkerhetskopia.",
        "skadad_databas": "Databasen {fil} är skadad. Flytta undan filen och återställ sedan en säkerhetskopia.",
        "ingen_fil": "Filen {fil} finns inte. Kontrollera namnet och mappen.",
        "eget_arkiv": "{fil} är databasen själv. Ange en annan fil.",
        "kan_ej_skrivas": "{fil} går inte att skriva. Välj en annan mapp eller ett annat namn.",
        "kan_ej_oppnas": "Databasen {fil} går inte att öppna. Kontrollera att mappen går att skriva i, "
        "eller att servern svarar.",
        "skrivskyddad": "Databasen {fil} är skrivskyddad, så inget kan sparas. Ändra rättigheterna till filen och "
        "mappen.",
        "disken_full": "Disken är full, så databasen {fil} kan inte ändras. Frigör plats och försök igen.",
        "disken_svarar_inte": "Disken svarar inte som den ska när databasen {fil} läses eller skrivs. Kontrollera att "
        "disken är ansluten och har ledig plats, och försök igen.",
        "nyare_schema": "Databasen är skriven av en nyare version av programmet. Uppdatera programmet.",
        "upptagen": "Databasen {fil} används av ett annat program som inte blir klart. Stäng det och försök igen.",
        "pg_dump": "En databas i PostgreSQL säkerhetskopieras med pg_dump och återställs med pg_restore.",
    }
)

_PROBLEMS: Final = MappingProxyType(
    {
        "skadad_databas": "Databasfilen är skadad: {text}. Återställ en säkerhetskopia.",
        "tabell_saknas": "Tabellen {tabell} saknas. Återställ en säkerhetskopia.",
        "brutna_nycklar": "Tabellen {tabell} har {antal} rader som pekar på något som inte finns.",
        "leverans_antal": "Leverans {leverans} ska ha {sagda} tal men har {funna}.",
        "leverans_summa": "Leverans {leverans} har ändrats efter att den sparades: kontrollsumman stämmer inte.",
        "gallande": "Leverans {leverans} har {sagda} gällande tal, men {funna} borde gälla.",
        "logg": "Loggen stämmer inte: {rader} rader, sista versionen är {version}.",
    }
)

_WARNINGS: Final = MappingProxyType(
    {
        "synkad_mapp": "Databasen ligger i en mapp som synkroniseras till molnet. Då kan uppgifter gå förlorade. "
        "Flytta mappen till datorns egen disk.",
    }
)


def format_store_error(error: StoreError) -> str:
    """What the store refused, and what to do."""
    return _ERRORS[error.code].format_map(error.parts)


def format_refused_delivery(error: RefusedDeliveryError) -> str:
    """Why a delivery was not saved, and what to do."""
    return _REFUSED[error.code]


def format_integrity_problem(problem: IntegrityProblem) -> str:
    """What is wrong with the store itself."""
    return _PROBLEMS[problem.code].format_map(dict(problem.parts))


def format_store_warning(code: str) -> str:
    """A warning about where the store lies."""
    return _WARNINGS[code]
