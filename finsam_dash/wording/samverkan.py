"""Samverkan, försörjning and follow-ups in words: heads, cells and titles."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Measured, Unit, Value
from finsam_dash.report.content_samverkan import (
    Accounts,
    EnkatResult,
    FollowUpRow,
    PublicSupport,
    Samverkan,
    SamverkanItem,
)
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_count,
    format_counts,
    format_share_value,
    format_sign,
    format_signed,
    format_value,
    format_value_counts,
    round_half_up,
)
from finsam_dash.wording.periods import format_period

KINDS: Final = MappingProxyType(
    {
        "spridningsseminarium": "Spridningsseminarier",
        "kompetensaktivitet": "Kompetensaktiviteter",
        "konferens": "Konferenser",
        "sociala_foretag": "Sociala företag",
        "organisation": "Organisation",
        "uppmarksamhet": "Uppmärksamhet",
        "resurs": "Resurser",
        "utvardering": "Utvärderingar",
        "summa": "Summor i dokumentet",
    }
)
MEASURES: Final = MappingProxyType(
    {
        "deltagare": "deltagare",
        "brukare": "varav brukare",
        "snittbetyg": "snittbetyg",
        "insatser_med_seminarium": "insatser med seminarium",
        "kommuner": "kommuner",
        "tillfallen": "tillfällen",
        "andel_nojda": "nöjda eller mycket nöjda",
        "styrelseledamoter": "styrelseledamöter",
        "seminarier": "seminarier",
        "foretag_som_sokt_utbetalning": "företag som sökt utbetalning",
        "beviljat_startbidrag": "beviljat startbidrag",
        "arbetstraningsplatser": "arbetsträningsplatser",
        "till_anstallning_eller_studier": "vidare till anställning eller studier",
        "anstallda_i_foretaget": "anställda i företaget",
        "kommuner_med_overenskommelse": "kommuner med överenskommelse",
        "anstallningar": "anställningar",
        "sammantraden": "sammanträden",
        "medlemmar": "medlemmar",
        "heltidstjanster": "heltidstjänster",
        "utskick": "utskick",
        "andra_forbund": "andra förbund",
        "insatser": "insatser",
        "esf_projekt": "ESF-projekt",
        "nya_insatser": "nya insatser",
        "forlangningar": "förlängningar",
        "ar_i_rad": "år i rad",
        "forfragningar": "förfrågningar",
        "timmar_per_manad": "timmar per månad",
        "personer": "personer",
        "organisationer": "organisationer",
        "yrkesroller": "yrkesroller",
        "manader_till_lonsam": "månader till lönsam",
        "manader": "månader",
    }
)
DIMENSIONS: Final = MappingProxyType(
    {"varifran": "Varifrån", "slag": "Slag", "analys": "Analys", "atgard": "Åtgärd", "hinder": "Strukturellt hinder"}
)
FORM_NAMES: Final = MappingProxyType(
    {
        "sjukpenning": "Sjukpenning",
        "sjuk_aktivitetsersattning": "Sjuk- och aktivitetsersättning",
        "aktivitetsstod": "Aktivitetsstöd",
        "forsorjningsstod": "Försörjningsstöd",
        "arbetsloshetsersattning": "Arbetslöshetsersättning",
    }
)
MEASURE_NOTE: Final = (
    "Försörjningsmåttet är kostnaden för alla former utom aktivitetsstöd, delad med invånarna 18–64 år och 365 dagar "
    "om året. Personer räknas i kvartalet och läggs aldrig ihop över kvartal."
)
NOTHING_ABOUT_SUPPORT: Final = "Ingen offentlig försörjning eller uppföljning är inläst"
REFUSED: Final = "Visas bara i läge intern: uppgifterna ingår inte i det som förbundet lämnar ut."
UNKNOWN_NOTE: Final = "Hur många som inte är kända räknas aldrig som noll. Andelarna är av dem vars situation är känd."
TEXT_FIELDS: Final = MappingProxyType(
    {
        "syfte": "Syfte",
        "intressenter": "Intressenter",
        "aktualiseras_genom": "Aktualiseras genom",
        "inklusionskriterier": "Vem kan delta",
        "kostnadstak": "Kostnadstak",
        "finansiering": "Finansiering",
        "utfall_individ": "Mål och utfall för individen",
        "utfall_projekt": "Mål och utfall för projektet",
        "kommentar_mal": "Kommentar till målen",
        "resultat_samverkan": "Resultat av samverkan",
        "framgangsfaktorer": "Framgångsfaktorer",
        "systemfel": "Systemfel",
        "utvarderingar": "Utvärderingar",
    }
)
DECISION_KINDS: Final = MappingProxyType(
    {"startad": "Startad", "förlängd": "Förlängd", "avslutad": "Avslutad", "läge": "Läge"}
)
ANCHORS: Final = MappingProxyType({"avslut": "efter avslut", "start": "efter start", "termin": "efter terminen"})


def format_kind(slag: str) -> str:
    """The kind of what is counted: "Kompetensaktiviteter"."""
    return KINDS.get(slag, capitalise(slag.replace("_", " ")))


def format_measure(matt: str) -> str:
    """What is counted: "arbetsträningsplatser"."""
    return MEASURES.get(matt, matt.replace("_", " "))


def format_item(item: SamverkanItem) -> str:
    """The number as the document hedges it; a mean without a stated scale says so."""
    text = format_value(item.value, item.figure.unit)
    if item.figure.unit is Unit.POANG and isinstance(item.value, Measured):
        text = format_mean(item.value)
        text += f" ({item.figure.skala})" if item.figure.skala else " (skala inte angiven)"
    return text


def format_mean(value: Value) -> str:
    """A mean with one decimal: "4,5"."""
    if not isinstance(value, Measured):
        return format_sign(value)
    return format_count(round_half_up(value.value, 1))


def format_answered(result: EnkatResult) -> str:
    """How many answered: "138 av 210 (66 %)", or only their number."""
    if isinstance(result.answer_rate, Measured):
        return format_share_value(result.answer_rate)
    return format_value(result.answered, Unit.ANTAL)


def format_scale_mean(result: EnkatResult) -> str:
    """The mean with its scale: "4,1 på skalan 1–5"."""
    if not isinstance(result.mean, Measured):
        return format_sign(result.mean)
    return f"{str(round_half_up(result.mean.value, 1)).replace('.', ',')} på skalan 1–{result.steps}"


def format_step_change(result: EnkatResult) -> str:
    """How the same persons have moved: "+1,2 steg"; the sign where it is not asked or hidden."""
    if not isinstance(result.step_change, Measured):
        return format_sign(result.step_change)
    return f"{format_signed(round_half_up(result.step_change.value, 1))}{NO_BREAK}steg"


def format_samverkan_title(samverkan: Samverkan, when: str) -> str:
    """The page's finding: lotsärenden solved, else how many insatser held seminars, else that nothing is stored."""
    solved = [row.solved for row in samverkan.lots]
    opened = [row.opened for row in samverkan.lots]
    if solved and all(isinstance(value, Measured) for value in (*solved, *opened)):
        done, total = (sum(value.value for value in side if isinstance(value, Measured)) for side in (solved, opened))
        return f"{format_counts(done, total)} lotsärenden {when} är lösta"
    kinds = {item.figure.slag for item in samverkan.items}
    count = [item for item in samverkan.items if item.figure.slag == "spridningsseminarium"]
    if count:
        events = len({item.figure.namn for item in count})
        return f"{format_count(events)} insatser spred sina resultat på seminarier {when}"
    return f"Samverkan {when}" if kinds else f"Inget om samverkan är lagrat för {when}"


def format_support_title(support: PublicSupport | None, when: str, *, followed_up: bool = False) -> str:
    """The page's finding: how many kommuner lie above riket's försörjningsmått, or that nothing is stored.

    `followed_up`: there is a follow-up of those who left to show.
    """
    if support is None:
        return f"Uppföljning efter start och avslut {when}" if followed_up else NOTHING_ABOUT_SUPPORT
    riket = next((row.measure for row in support.rows if row.is_riket), None)
    own = [row for row in support.rows if not row.is_riket and isinstance(row.measure, Measured)]
    if isinstance(riket, Measured) and own:
        above = [row for row in own if isinstance(row.measure, Measured) and row.measure.value > riket.value]
        count = format_counts(len(above), len(own)) if above else f"Ingen av {format_count(len(own))}"
        return f"{count} kommuner har högre försörjningsmått än riket {when}"
    return f"Offentlig försörjning {when}"


def format_money_measure(value: Value) -> str:
    """The försörjningsmått: "40,80 kr"."""
    if not isinstance(value, Measured):
        return format_sign(value)
    whole, _, decimals = str(round_half_up(value.value, 2)).partition(".")
    return f"{format_count(int(whole))},{decimals}{NO_BREAK}kr"


def format_distance(row: FollowUpRow) -> str:
    """When it was measured: "12 månader efter avslut", "3 månader, utgångspunkten är inte angiven"."""
    if row.months is None:
        return row.klass.replace("_", " ")
    months = f"{row.months}{NO_BREAK}{'månad' if row.months == 1 else 'månader'}"
    anchor = ANCHORS.get(row.anchor)
    text = f"{months} {anchor}" if anchor else f"{months}, utgångspunkten är inte angiven"
    return f"{text}, varaktigt i {row.duration}{NO_BREAK}månader" if row.duration else text


def format_follow_up_period(row: FollowUpRow) -> str:
    """Who was followed up: those who left in the period."""
    return f"avslutade {format_period(row.period)}" if row.anchor != "start" else f"började {format_period(row.period)}"


def format_field(field: str) -> str:
    """A field of the insatsredovisning: "Framgångsfaktorer"."""
    return TEXT_FIELDS.get(field, capitalise(field.replace("_", " ")))


def format_decisions_title(accounts: Accounts) -> str:
    """How many insatser were started, extended and ended: "2 startade, 5 förlängda, 8 avslutade"."""
    parts = []
    for one, many in (("startad", "startade"), ("förlängd", "förlängda"), ("avslutad", "avslutade")):
        count = sum(decision.kind == one for decision in accounts.decisions)
        if count:
            parts.append(f"{format_count(count)} {one if count == 1 else many}")
    return ", ".join(parts)


def format_follow_up_share(value: Value) -> str:
    """The share in one situation with its counts, the counts alone of fewer than ten: "3 av 5"."""
    if isinstance(value, Measured) and value.denominator is not None and value.denominator < SMALLEST_N:
        return format_value_counts(value)
    return format_share_value(value)


def format_outcome_kind(matt: str) -> str:
    """What a follow-up found: "i arbete eller studier"."""
    return _OUTCOMES.get(matt, load_registry().matt[matt].label if matt in load_registry().matt else matt)


_OUTCOMES: Final = MappingProxyType(
    {
        "uppfoljning_arbete_studier": "I arbete eller studier",
        "uppfoljning_rehabilitering": "I fortsatt rehabilitering",
        "uppfoljning_ovrigt": "I annan känd situation",
    }
)
