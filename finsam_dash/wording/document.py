"""The words of printed reports: headings, field names, what is hidden and why, what is left for the author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Decision, Insats, InsatsText, Lage, Measured, Missing, Period, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import FlowMonth, StatedFigure, Trend
from finsam_dash.report.content_parts import DotRow
from finsam_dash.report.content_samverkan import Samverkan
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.labels import format_class, format_row_label
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import NO_BREAK, format_count, format_number_word
from finsam_dash.wording.over_time import format_reading
from finsam_dash.wording.periods import (
    format_date_short,
    format_in_period,
    format_period,
    format_period_months,
)
from finsam_dash.wording.samverkan import format_samverkan_title
from finsam_dash.wording.sentences import EXAMPLE_MARK, format_known_to, format_margin_words, is_wrong_side
from finsam_dash.wording.targets import format_goal_value

CONTENTS: Final = "Innehåll"
SUMMARY: Final = "Sammanfattning"
PARTICIPANTS: Final = "Deltagarstatistik"
GOALS: Final = "Återkoppling till verksamhetsplanen"
COMPARISON: Final = "Insatserna bredvid varandra"
INSATSER: Final = "Insatsredovisning"
DECISIONS: Final = "Årets beslut"
METHOD: Final = "Metod och källor"
HOW: Final = "Så räknas det"
SOURCES: Final = "Källor"
HIDDEN: Final = "Det som är dolt eller saknas, och varför"
LEFT: Final = "Kvar att skriva"
DEFINITIONS: Final = "Definitioner"
DEFINITIONS_TITLE: Final = "Måtten: vad de säger och hur de räknas"
DEFINITIONS_HEADER: Final = ("Mått", "Vad det säger", "Täljare eller det som räknas", "Nämnare", "Riktning", "Källa")
DATA_NOTE: Final = "Talen bakom diagrammen, en rad per punkt"
PART_NAMES: Final = MappingProxyType(
    {
        "sammanfattning": SUMMARY,
        "deltagare": PARTICIPANTS,
        "mal": GOALS,
        "insatser": INSATSER,
        "beslut": DECISIONS,
        "samverkan": "Samverkan",
        "ekonomi": "Ekonomi",
        "metod": METHOD,
        "kvar": LEFT,
    }
)
LAGE_MARKS: Final = MappingProxyType({Lage.INTERN: "INTERN", Lage.PUBLICERING: ""})
FIELDS: Final = MappingProxyType(
    {
        "kostnadstak": "Kostnadstak",
        "finansiering": "Finansiering",
        "aktualiseras_genom": "Aktualiseras genom",
        "inklusionskriterier": "Vem som får delta",
        "resultat_samverkan": "Resultat samverkan",
        "framgangsfaktorer": "Framgångsfaktorer",
        "systemfel": "Systemfel",
        "kommentar_mal": "Kommentar till målen",
    }
)
BEFORE_GOALS: Final = ("inklusionskriterier", "aktualiseras_genom", "kostnadstak", "finansiering")
AFTER_GOALS: Final = ("resultat_samverkan", "framgangsfaktorer", "systemfel", "kommentar_mal")
AUTHORED: Final = ("resultat_samverkan", "framgangsfaktorer", "systemfel")
ANALYSIS: Final = "Analysen: varför blev det så, och vad gör ni nu?"
LEFT_ALWAYS: Final = (
    "Förbundschefens och styrelsens inledning.",
    ANALYSIS,
    "Ekonomisk redovisning med noter, om den inte redan står i rapporten.",
    "Styrelsens underskrifter och revisorernas granskning.",
)
INDICATOR_HEADER: Final = ("Mått", "Alla", "Kvinnor", "Män")
INSATSER_HEADER: Final = (
    "Insats", "Deltagare", "Deltaganden", "Nya", "Avslutade", "Till arbete eller studier",
    "Andel", "95 %-intervall", "Bortfall",
)  # fmt: skip
GOAL_HEADER: Final = (
    "Insats",
    "Mål, med planens ord",
    "Målvärde",
    "Utfall",
    "Nått i siffror",
    "Hur säkert",
    "Personer",
)
DECISIONS_HEADER: Final = ("Insats", "Beslut", "Av", "När", "Tid", "Vad det gäller")
STATED_HEADER: Final = ("Uppgift", "Kön", "Period", "Som det är tryckt", "Rubrik")
BREAKDOWN_HEADER: Final = ("Grupp", "Antal", "Andel", "Till arbete eller studier")
DELTAGARE_NOTE: Final = "Deltagare läggs aldrig ihop över insatser: samma person kan finnas i flera."
NO_FIGURES: Final = "Inga uppgifter om deltagare är inlagda för just den här perioden."
NO_GOALS: Final = "Inga mål är inlagda för perioden."
NO_DECISIONS: Final = MappingProxyType(
    {
        Lage.INTERN: "Inga beslut är inlagda för perioden.",
        Lage.PUBLICERING: "Egna beslut följer inte med i läget publicering: läs igenom dem och för in det som får "
        "lämnas ut.",
    }
)
OWN_TEXTS: Final = (
    "Resultat samverkan, framgångsfaktorer och systemfel: egna texter följer inte med i läget publicering. "
    "Läs igenom dem och för in det som får lämnas ut."
)
GOAL_WORDS_HEADER: Final = ("Insats", "Mål, med planens ord", "Vad som är känt")
SEE_NOTE: Final = "Går inte att avgöra, se noten"
SAMVERKAN: Final = "Samverkan"
ECONOMY: Final = "Ekonomi"
SAMVERKAN_HEADER: Final = ("Namn", "Värde", "Enhet", "Period")
LOTS: Final = "Lotsärenden per lokusgrupp"
LOTS_HEADER: Final = ("Lokusgrupp", "Samverkanskoordinator", "Ärenden", "Lösta", "Inte lösta", "Pågår")
OWN_SOURCE: Final = "Källa: Egna uppgifter."
ENKAT_HEADER: Final = ("Enkät", "Fråga", "Svar", "Positiva", "Medel")
ROOM_HEADER: Final = ("Beslutsutrymme", "Kronor")
COST_NOTE: Final = "Under en kostnad står dess 95 %-intervall. Andra parters kostnader ingår inte."
COMMON: Final = "Gemensamt för insatserna"
TEXT_MISSING: Final = "Ej skrivet ännu"
TEXT_WITHHELD: Final = "Skrivet, visas bara i läge intern. Läs igenom texten innan du lägger in den här."
BEFORE_AFTER_MARKS: Final = "Grå stapel: före. Färgad stapel: efter."
TREND_MARKS: Final = "Tjock linje: rullande 12 månader. Tunna linjer: 95 %-intervall. Grå punkter: enskilda månader."
FUNNEL_MARKS: Final = "Streckad linje: riket. Prickade linjer: 95 %. Heldragna: 99,8 %. Orange: utanför dem."
FLOW_MARKS: Final = "Färgade staplar uppåt: nya. Grå staplar nedåt: avslutade. Linje: pågående vid månadens början."
FLOW_PRELIMINARY: Final = "Randigt: preliminärt, kan öka när sena registreringar kommer in."
TREND_PRELIMINARY: Final = "Prickat: preliminärt, kan ändras när sena registreringar kommer in."
PUBLISHED_WARNING: Final = "Uppgifter som kan röja enskilda visas inte och skrivs som två punkter (..)."
INTERN_WARNING: Final = "Det här är en intern rapport: små antal visas. Den får inte lämnas ut."

PAGE_LEAD: Final = (
    "Rapporten görs av samma uppgifter som sidorna visar. Läget är publicering om du inte väljer intern, och det som "
    "sparas i läge publicering antecknas nedan."
)
PUBLISHED_HEADER: Final = ("När", "Vad", "Period", "Vem", "Dataversion")
LAGE_SENTENCES: Final = MappingProxyType(
    {
        Lage.PUBLICERING: "Läge: publicering. När du sparar filen antecknas att den är publicerad.",
        Lage.INTERN: "Läge: intern. Filen får inte lämnas ut.",
    }
)
TEMPLATE_FLAWS: Final = MappingProxyType(
    {
        "oppnas_inte": ("Mallen kan inte öppnas: filen är skadad, låst eller av ett annat slag.",
            "Öppna den i {program}, spara den som {kind} utan lösenord och försök igen."),
        "makron": ("Mallen innehåller makron.", "Spara den i {program} som {kind} utan makron och försök igen."),
        "fel_slag": ("Mallen är gjord i ett annat program än {program}.", "Välj en mall för {program} ({kind})."),
        "for_stor": ("Mallen är för stor: mer än 100 MB uppackad.",
            "Ta bort bilder och gamla sidor ur den i {program} och försök igen."),
        "ingen_rubrik": ("Mallen har ingen layout med en rubrik överst.",
            "Öppna Visa, Bildbakgrund i {program}, lägg till en layout med bara rubrik och försök igen."),
        "mork": ("Mallens layout med bara rubrik har mörk bakgrund: text och diagram skulle inte synas.",
            "Ge layouten ljus bakgrund i Visa, Bildbakgrund och försök igen."),
        "liten_yta": ("Mallens layout med bara rubrik lämnar för liten yta: texten skulle bli för liten att läsa.",
            "Gör rubriken lägre eller flytta det som ligger nederst, i Visa, Bildbakgrund, och försök igen."),
    }
)  # fmt: skip
"""What is wrong with a template, and what to do; `program` and `kind` stand for Word or PowerPoint."""
TEMPLATE_HELP: Final = MappingProxyType(
    {
        ".docx": "Formatmallar, sidhuvud, sidfot och logga tas ur mallen. Texten i den följer inte med.",
        ".pptx": "Storlek, layouter, typsnitt, färger och logga tas ur mallen. Bilderna i den följer inte med.",
    }
)
_PROGRAMS: Final = MappingProxyType(
    {".docx": ("Word", ".docx eller .dotx"), ".pptx": ("PowerPoint", ".pptx eller .potx")}
)

# Headings of the list of method rows and of the signs.
METHOD_HEADER: Final = ("Mått", "Vad det är", "Så räknas det")
STATES_HEADER: Final = ("Tillstånd", "I diagram", "I tabell", "I mening")


def format_document_title(report: Report, scope: str = "") -> str:
    """The title of the whole: "Uppföljning 2014"; of a part its name first: "Stig 2, uppföljning 2014"."""
    what = f"{scope}, uppföljning" if scope else "Uppföljning"
    return f"{what} {format_period(report.period)}"


def format_document_lead(report: Report) -> str:
    """Under the title: förbund, what is known of the period, läge, and that the data are invented."""
    invented = f"{EXAMPLE_MARK} " if report.forbund.pahittad else ""
    data_to = min(report.data_to, report.period.end) if report.data_to is not None else None
    known = format_known_to(data_to, report.imported)
    return f"{invented}{report.forbund.namn}. {known}. Läge: {format_name(report.lage)}."


def format_trend_subtitle(trend: Trend) -> str:
    """Under a native chart over time: until when, and what the series says."""
    until = f"Rullande tolv månader, senast t.o.m. {format_period_months(trend.rolling[-1].period.months()[-1])}."
    return f"{until} {format_reading(trend.reading)}" if trend.reading is not None else until


def format_flow_subtitle(months: Sequence[FlowMonth]) -> str:
    """Under a native chart of in and out: what it counts, and until when."""
    return f"Deltaganden månad för månad, t.o.m. {format_period(months[-1].period)}."


def format_flow_marks(months: Sequence[FlowMonth]) -> str:
    """The marks of a native chart of in and out; stripes only where a preliminary month has a bar."""
    striped = any(
        month.preliminary and isinstance(count, Measured) for month in months for count in (month.nya, month.avslutade)
    )
    return f"{FLOW_MARKS} {FLOW_PRELIMINARY}" if striped else FLOW_MARKS


def format_trend_marks(trend: Trend) -> str:
    """The marks of a native chart of rolling months; dots only where a preliminary month is drawn."""
    dotted = any(point.preliminary and isinstance(point.value, Measured) for point in trend.rolling)
    return f"{TREND_MARKS} {TREND_PRELIMINARY}" if dotted else TREND_MARKS


def format_whom(value: Value, whom: str, notes: str) -> str:
    """Of whom the headline is a share, in sentences: "Andelen är 88 av 277 avslutade. 95 %-intervall …"."""
    if isinstance(value, Measured) and value.numerator is not None:
        whom = f"Andelen är {whom}."
    return " ".join(part for part in (whom, notes) if part)


def format_surely_missed(rows: Sequence[TargetRow], names: Mapping[str, str]) -> str:
    """Name the goals that were surely missed: "Säkert missat: Rätt spår, minst 35 % (18 saknas)."; "" without any."""
    missed = []
    for row in rows:
        verdict = row.verdict
        if verdict is None or verdict.uppnatt is not False or row.target.riktning is None:
            continue
        if is_wrong_side(verdict.sakerhet, row.target.riktning):
            target = row.target
            who = names.get(target.insats, target.insats) if target.insats else "hela förbundet"
            who += f" {format_class(f'{target.indelning}:{target.klass}')}" if target.klass else ""
            margin = format_margin_words(verdict.marginal, row.target.riktning)
            persons = f" ({margin})" if verdict.marginal is not None else ""
            missed.append(f"{who}, {format_goal_value(row)}{persons}")
    return f"Säkert missat: {'; '.join(missed)}." if missed else ""


def format_insats_periods(insats: Insats) -> str:
    """The insats's decided periods: "1 aug 2012–31 aug 2014; 1 sep 2014–t.v."."""
    spans = []
    for part in insats.periods:
        until = format_date_short(part.end) if part.end else "t.v."
        spans.append(f"{format_date_short(part.start)}–{until}{f' ({part.label})' if part.label else ''}")
    return "; ".join(spans)


def format_stated_label(stated: StatedFigure) -> str:
    """What a printed figure counts: "Andel till arbete eller studier, 16–19 år"."""
    registry = load_registry()
    known = registry.indikatorer.get(stated.matt) or registry.matt.get(stated.matt)
    label = known.label if known is not None else capitalise(stated.matt.replace("_", " "))
    return f"{label}, {format_class(stated.klass)}" if stated.klass else label


def format_lacking(labels: list[str]) -> str:
    """Name what nothing is known of, under the table that leaves it out."""
    return f"Uppgift saknas helt: {format_list([label[:1].lower() + label[1:] for label in labels])}."


def format_of_deltaganden(labels: list[str]) -> str:
    """Name the shares that are of deltaganden though deltagare stand in the same table."""
    listed = format_list([label[:1].lower() + label[1:] for label in labels])
    return f"Av deltagandena, där en person kan finnas flera gånger: {listed}."


def format_volumes(numbers: list[tuple[str, str]]) -> str:
    """How many the insatser have that count without personuppgifter: "… utan personuppgifter: Öppna dörren 389."."""
    return f"Deltagare utan personuppgifter: {format_list([f'{name} {number}' for name, number in numbers])}."


def format_insatser_lacking(names: list[str], told: list[str], period: Period) -> str:
    """Name the insatser without figures over just the period, and those whose own periods stand further on."""
    lacking = f"Utan uppgifter för just {format_period(period)}: {format_list(names)}."
    if not told:
        return lacking
    who = format_list(told) if len(told) < len(names) else "Den" if len(told) == 1 else "De"
    return f"{lacking} {who} redovisas med {'sin egen period' if len(told) == 1 else 'sina egna perioder'} nedan."


def format_samverkan_finding(samverkan: Samverkan, period: Period) -> str:
    """What samverkan led to, where that can be said; else ""."""
    when = format_in_period(period)
    finding = format_samverkan_title(samverkan, when)
    return "" if finding == f"{SAMVERKAN} {when}" else finding


def format_delivery_group(name: str, count: int, latest: str, known_from: date) -> str:
    """Deliveries of one kind in a line: "Månadsuppgifter: 24 leveranser, senast december 2025. Uttag: 2026-01-10."."""
    extracted = f"Uttag: {known_from.isoformat()}."
    if count == 1:
        return f"{latest}. {extracted}"
    return (
        f"{name}: {format_count(count)} leveranser, senast {latest.removeprefix(name).strip() or latest}. {extracted}"
    )


def format_goals_in_words(heading: str) -> str:
    """The title of the goals without a figure, where those with one stand above under the same heading."""
    return f"{heading}, mål i ord"


def format_none_told(purpose: str, names: list[str]) -> str:
    """Say that no insats of the purpose has told how it went: there is nothing to compare."""
    told = "ingen av insatserna har redovisat hur många som gick till arbete eller studier"
    return f"{purpose}: {told} ({format_list(names)})."


def format_hidden_table(what: str) -> str:
    """Stand in the place of a table of what the publishing grid does not hold."""
    return f"{what} lämnas inte ut."


def format_breakdown_title(headings: list[str]) -> str:
    """The headings of breakdowns in one: "deltaganden efter ålder, kommun och utbildning"."""
    what, between, _ = headings[0].partition(" efter ")
    return f"{what[:1].lower()}{what[1:]}{between}{format_list([one.partition(' efter ')[2] for one in headings])}"


def format_decisions_finding(decisions: Sequence[Decision]) -> str:
    """Say "5 insatser startade, 6 förlängdes och 8 avslutades"."""
    counts = [
        (sum(decision.kind == kind for decision in decisions), verb)
        for kind, verb in (("startad", "startade"), ("förlängd", "förlängdes"), ("avslutad", "avslutades"))
    ]
    parts = [f"{count} {verb}" for count, verb in counts if count]
    return f"Beslut om insatser: {format_list(parts)}" if parts else DECISIONS


def format_decision(decision: Decision) -> tuple[str, str, str, str, str, str]:
    """A decision as a row of the table: insats, what, by whom, when, its time, the matter."""
    start = format_date_short(decision.start) if decision.start else ""
    end = format_date_short(decision.end) if decision.end else ""
    span = f"{start}–{end}" if start and end else f"från {start}" if start else f"till {end}" if end else ""
    matter = ". ".join(part for part in (decision.fate and capitalise(decision.fate), decision.text) if part)
    return decision.namn, capitalise(decision.kind), decision.decided_by, decision.decided, span, matter


def format_left_for_author(
    report: Report,
    insatser: Sequence[Insats],
    texts: Sequence[InsatsText],
    names: Mapping[str, str],
    *,
    whole: bool = True,
) -> list[str]:
    """What the program cannot write: empty fields of the insatsredovisning, goals without outcome, the rest.

    `whole` says that it is the förbund's report, which others sign and open.
    """
    written = {(text.insats, text.field) for text in texts}
    items = []
    for field in AUTHORED if report.lage is Lage.INTERN or written else ():
        lacking = [names.get(one.kod, one.namn) for one in insatser if (one.kod, field) not in written]
        if lacking:
            items.append(f"{FIELDS[field]} för {format_list(lacking)}.")
    if report.lage is Lage.PUBLICERING and not written:
        items.append(OWN_TEXTS)
    open_goals = [row for row in report.targets or () if isinstance(row.value, Missing) and not row.parts]
    if open_goals:
        number = format_number_word(len(open_goals), neuter=True)
        items.append(
            f"Utfall för {number} mål utan siffra: skriv vad som har hänt, eller varför det inte går att säga."
        )
    return [*items, *(LEFT_ALWAYS if whole else (ANALYSIS,))]


def format_hidden_count(hidden: int) -> str:
    """How many figures the document hides: "212 uppgifter visas inte …"."""
    if not hidden:
        return "Ingen uppgift är dold."
    noun = "uppgift" if hidden == 1 else "uppgifter"
    why = "för få personer, möjlig att räkna fram, eller utanför det som förbundet lämnar ut"
    return f"{format_count(hidden)} {noun} i rapporten visas inte: {why}."


def format_chart_caption(number: int, title: str) -> str:
    """Say "Diagram 3. Jobbstudion …"."""
    return f"Diagram{NO_BREAK}{number}. {title}"


def format_table_caption(number: int, title: str) -> str:
    """Say "Tabell 7. Målet …"."""
    return f"Tabell{NO_BREAK}{number}. {title}"


def format_dot_label(row: DotRow) -> str:
    """The name of a row of a dot chart."""
    return format_row_label(row.label, row.klass)


def format_page_of(number: int, total: int) -> str:
    """Say "3 av 8" on a slide."""
    return f"{number} av {total}"


def format_bad_template(flaw: str, suffix: str) -> tuple[str, str]:
    """What is wrong with the template of a file that ends in `suffix`, and what to do; nothing has been written."""
    program, kind = _PROGRAMS[suffix]
    wrong, advice = (text.format(program=program, kind=kind) for text in TEMPLATE_FLAWS[flaw])
    return wrong, f"{advice} Inget har skrivits."


def format_written(name: str, lead: str) -> str:
    """Say that the file is written, and what it is: "Rapporten är skriven till rapport.docx. …"."""
    return f"Rapporten är skriven till {name}. {lead}"


def format_charts_written(count: int, folder: str) -> str:
    """Say how many files the folder was given."""
    return f"{format_count(count)} filer är skrivna till mappen {folder}."


def format_no_scope(what: str, asked: str, period: Period, known: list[str]) -> str:
    """Say that no insats of the period belongs to a lokusgrupp or kommun, and which have some."""
    found = f"Välj bland {format_list(known)}." if known else f"Ingen insats har någon {what[:-2]} registrerad."
    return f"Ingen insats i {what} ”{asked}” pågår {format_in_period(period)}. {found}"


def format_page_title(period: Period) -> str:
    """The finding of the page Rapport."""
    return f"Rapport för {format_period(period)}: Word, PowerPoint, Excel, pdf, webbsida och bilder"
