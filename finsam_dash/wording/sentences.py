"""Sentences about values and verdicts: what is sure, what is missing and why, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.judgement.verdict import Riktning, Sakerhet, Verdict
from finsam_dash.model import (
    CountingMode,
    Coverage,
    Gender,
    GenderScope,
    Lage,
    Measured,
    Missing,
    Period,
    Reason,
    Suppressed,
    Unit,
    Value,
)
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import (
    MISSING_SIGN,
    NO_BREAK,
    NOT_APPLICABLE_SIGN,
    format_count,
    format_counts,
    format_hedged,
    format_hidden,
    format_interval_words,
    format_money,
    format_number_word,
    format_share,
    format_share_words,
    format_signed,
    share_of,
)
from finsam_dash.wording.periods import format_date, format_period, format_period_dates

EXAMPLE_MARK: Final = "Påhittade data."
NO_COUNTS: Final = "antal saknas"
PRELIMINARY: Final = "preliminärt"
PRELIMINARY_MARK: Final = "p"

REACHED_SIGN: Final = "■"
NOT_REACHED_SIGN: Final = "□"
OVER_SIGN: Final = "▲"
UNDER_SIGN: Final = "▼"
UNDECIDED_SIGN: Final = "↔"

_CERTAINTY_SIGNS: Final = MappingProxyType(
    {
        Sakerhet.SAKERT_OVER: OVER_SIGN,
        Sakerhet.SAKERT_UNDER: UNDER_SIGN,
        Sakerhet.EJ_AVGORBART: UNDECIDED_SIGN,
        Sakerhet.FOR_FA: "",
        Sakerhet.OKANT_ANTAL: MISSING_SIGN,
        Sakerhet.PAGAR: "",
        Sakerhet.EJ_TILLAMPLIGT: NOT_APPLICABLE_SIGN,
    }
)


def is_wrong_side(sakerhet: Sakerhet, riktning: Riktning) -> bool:
    """Whether the level lies surely on the side that the target does not want: the only case drawn as "titta här"."""
    return (sakerhet, riktning) in (
        (Sakerhet.SAKERT_UNDER, Riktning.MINST),
        (Sakerhet.SAKERT_OVER, Riktning.HOGST),
    )


def format_certainty_sign(sakerhet: Sakerhet) -> str:
    """The sign before the words: ▲ ▼ ↔, "–" without counts, "." where the question does not apply."""
    return _CERTAINTY_SIGNS[sakerhet]


def format_certainty(sakerhet: Sakerhet, riktning: Riktning = Riktning.MINST, *, short: bool = False) -> str:
    """The words of "Hur säkert": "Säkert under målet", "Säkert under taket" for maxima; short without the noun."""
    noun = "" if short else (" taket" if riktning is Riktning.HOGST else " målet")
    match sakerhet:
        case Sakerhet.SAKERT_OVER:
            return f"Säkert över{noun}"
        case Sakerhet.SAKERT_UNDER:
            return f"Säkert under{noun}"
        case Sakerhet.EJ_AVGORBART:
            return "Kan inte avgöras"
        case Sakerhet.FOR_FA:
            return "För få"
        case Sakerhet.OKANT_ANTAL:
            return NO_COUNTS
        case Sakerhet.PAGAR:
            return "Pågår"
        case Sakerhet.EJ_TILLAMPLIGT:
            return "" if short else "inget att räkna osäkerhet på"


def format_reached(reached: bool | None, *, so_far: bool = False) -> str:
    """The cell "Nått i siffror": "■ Ja", "□ Nej" or "–"; "■ Ja hittills" while the goal's time runs (`so_far`)."""
    if reached is None:
        return MISSING_SIGN
    answer = f"{REACHED_SIGN}{NO_BREAK}Ja" if reached else f"{NOT_REACHED_SIGN}{NO_BREAK}Nej"
    return f"{answer} hittills" if so_far else answer


def format_margin(margin: int | None) -> str:
    """The cell "Personer": "+2", "−13", "0", or "–" where persons make no sense."""
    return MISSING_SIGN if margin is None else format_signed(margin)


def format_margin_caption(margin: int | None, riktning: Riktning = Riktning.MINST) -> str:
    """The words under the margin: "till godo", "precis nått", "saknas", for a maximum "för många"."""
    if margin is None:
        return ""
    if margin > 0:
        return "till godo"
    if margin == 0:
        return "precis nått"
    return "för många" if riktning is Riktning.HOGST else "saknas"


def format_margin_words(margin: int | None, riktning: Riktning = Riktning.MINST) -> str:
    """Margin and caption in one for slides: "2 till godo", "7 saknas", "precis nått"."""
    if not margin:
        return MISSING_SIGN if margin is None else format_margin_caption(0)
    return f"{format_count(abs(margin))} {format_margin_caption(margin, riktning)}"


def format_target_number(target: float, unit: Unit = Unit.ANDEL) -> str:
    """The target's own number: "35 %", "12,5 %" or "60"."""
    if unit is not Unit.ANDEL:
        return format_count(target)
    return format_share(target, 0 if round(target * 100, 6).is_integer() else 1)


def format_target(target: float, riktning: Riktning, unit: Unit = Unit.ANDEL) -> str:
    """The cell "Målvärde": "minst 35 %", "högst 10 %", "minst 60"."""
    word = {
        Riktning.MINST: "minst",
        Riktning.HOGST: "högst",
        Riktning.EXAKT: "exakt",
        Riktning.OKA: "öka från",
        Riktning.MINSKA: "minska från",
    }[riktning]
    return f"{word}{NO_BREAK}{format_target_number(target, unit)}"


def format_target_label(target: float) -> str:
    """The label on the line of a share target: "Mål 35 %"."""
    return f"Mål{NO_BREAK}{format_target_number(target)}"


def format_level_sentence(value: Value, target: float, riktning: Riktning, verdict: Verdict) -> str:
    """The sentence of a share target, as the states of the visual language say it.

    "Om nivån ligger över målet 35 procent kan inte avgöras: 14 av 33, 95 %-intervall 27–59 procent.";
    "13 personer saknas till målet 50 procent."; hidden, missing and too few have their own.
    """
    if isinstance(value, Suppressed):
        return format_hidden_sentence(value)
    if isinstance(value, Missing):
        return format_missing_sentence(value)
    noun = "taket" if riktning is Riktning.HOGST else "målet"
    decimals = 0 if round(target * 100, 6).is_integer() else 1
    aim = f"{noun} {format_share_words(target, decimals)}"
    if value.numerator is None or value.denominator is None:
        side = "nås" if verdict.uppnatt else "nås inte"
        share = capitalise(format_hedged(format_share_words(share_of(value)), value.qualifier))
        return f"{share}. {capitalise(aim)} {side} i siffror. Antalet bakom saknas, därför inget intervall."
    counts = format_counts(value.numerator, value.denominator)
    if verdict.sakerhet is Sakerhet.FOR_FA:
        return f"{counts}. För få för en bedömning (färre än {SMALLEST_N})."
    interval = ""
    if value.lower is not None and value.upper is not None:
        interval = f", 95{NO_BREAK}%-intervall {format_interval_words(value.lower, value.upper)}"
    side = "under" if riktning is Riktning.HOGST else "över"
    match verdict.sakerhet:
        case Sakerhet.EJ_AVGORBART:
            rest = f", och för {format_number_word(value.unknown)} är utfallet inte känt" if value.unknown else ""
            return f"Om nivån ligger {side} {aim} kan inte avgöras: {counts}{interval}{rest}."
        case Sakerhet.SAKERT_OVER:
            level = f"Nivån ligger säkert över {aim}: {counts}{interval}."
        case Sakerhet.SAKERT_UNDER:
            level = f"Nivån ligger säkert under {aim}: {counts}{interval}."
        case _:
            level = f"{capitalise(aim)}: {counts}."
    if verdict.marginal is not None and verdict.marginal < 0:
        return f"{format_lacking_sentence(verdict.marginal, riktning)} {level}"
    return level


def format_lacking_sentence(margin: int, riktning: Riktning = Riktning.MINST) -> str:
    """Say "13 personer saknas." for a margin below zero; for a maximum "13 personer för många."."""
    number = format_number_word(-margin)
    return capitalise(f"{number} {'person' if margin == -1 else 'personer'} {format_margin_caption(margin, riktning)}.")


def format_distance(margin: int, share: float) -> str:
    """Say "Sju personer från rikets 34 %."; `margin` is persons above (≥ 0) or below (< 0) it, n held fixed."""
    aim = f"rikets {format_share(share)}"
    if margin == 0:
        return f"Precis {aim}."
    persons = f"{format_number_word(abs(margin))} {'person' if abs(margin) == 1 else 'personer'}"
    return capitalise(f"{persons} {'över' if margin > 0 else 'från'} {aim}.")


def format_unknown_note(value: Measured) -> str:
    """Say "För 8 är det inte känt hur det gick; de räknas inte med." or "" where all is known."""
    if not value.unknown:
        return ""
    return f"För {format_count(value.unknown)} är det inte känt hur det gick; de räknas inte i nämnaren."


def format_sign_words(value: Suppressed | Missing) -> str:
    """Say what stands after the sign in a chart: "visas inte: för få personer", "uppgift saknas"."""
    return format_hidden(value) if isinstance(value, Suppressed) else format_name(value.reason)


def format_hidden_sentence(*values: Value) -> str:
    """Say "Visas inte: för få personer.", or "Lämnas inte ut."."""
    return f"{capitalise(format_hidden(*values))}."


_REASON_SENTENCES: Final = MappingProxyType(
    {
        Reason.UPPGIFT_SAKNAS: "Uppgift saknas",
        Reason.EJ_REDOVISAT: "Ej redovisat",
        Reason.DOLT_HOS_KALLAN: "Dolt hos källan",
        Reason.INGEN_UPPGIFT_ANNU: "Ingen uppgift ännu",
        Reason.MATS_EJ_LANGRE: "Mäts ej längre",
        Reason.INGEN_UPPFOLJNING: "Ingen uppföljning har gjorts",
        Reason.EJ_TILLAMPLIGT: "Ej tillämpligt",
    }
)


def format_missing_sentence(
    missing: Missing,
    *,
    subject: str = "",
    names: Mapping[str, str] | None = None,
) -> str:
    """Why a value is missing: "Uppgift saknas: ENTER har inte redovisat utfallet.", or what the detail tells.

    `subject` is the insats's name, `names` codes of insatser to names.
    """
    reason = _REASON_SENTENCES[missing.reason]
    if explained := _explain_detail(missing.detail, names or {}):
        return f"{reason}: {explained}."
    if subject and missing.reason is Reason.UPPGIFT_SAKNAS:
        return f"{reason}: {subject} har inte redovisat utfallet."
    return f"{subject}: {reason[0].lower()}{reason[1:]}." if subject else f"{reason}."


def format_reason(missing: Missing, names: Mapping[str, str] | None = None) -> str:
    """Why a value is missing, in a few words for a cell or the JSON: "uppgift saknas", with the gap named if known."""
    if missing.detail.startswith("rad:"):
        return f"rad för {format_name(Gender(missing.detail[4:]))} saknas: skriv 0 om ingen"
    explained = _explain_detail(missing.detail, names or {})
    return f"{format_name(missing.reason)}: {explained}" if explained else format_name(missing.reason)


def _list_periods(codes: str) -> str:
    return format_list([format_period(Period.parse(code)) for code in codes.split(",")])


def _explain_detail(detail: str, names: Mapping[str, str]) -> str:
    return ", och ".join(text for part in detail.split(";") if (text := _explain_part(part, names)))


_DETAILS: Final = MappingProxyType(
    {
        "namnare_noll": "ingen i nämnaren",
        "budget_noll": "budgeten är noll",
        "ingen_budget": "ingen budget är lagrad för tiden",
        "ingen_kostnad": "ingen kostnad är lagrad för tiden",
        "kostnad_annan_tid": "kostnaden och utfallet gäller inte samma tid",
        "taljare_storre_an_namnare": "täljaren är större än nämnaren i det som lämnats in",
    }
)


def _explain_part(detail: str, names: Mapping[str, str]) -> str:
    kind, _, rest = detail.partition(":")
    match kind:
        case "period":
            return f"tomt för {format_period(Period.parse(rest))}"
        case "tid":
            return f"gäller {format_period(Period.parse(rest))}"
        case "lucka":
            return f"inget inlämnat för {_list_periods(rest)}"
        case "ej_slut":
            return f"{_list_periods(rest)} är inte slut än"
        case "insatser":
            return f"inte redovisat av {format_list([names.get(code, code) for code in rest.split(',')])}"
        case "rad":
            return f"rad för {format_name(Gender(rest))} saknas, skriv 0 om ingen"
        case "raknesatt":
            return f"insatsen är registrerad som {format_name(CountingMode(rest))}"
        case "kon":
            return f"insatsen är {format_name(GenderScope(rest)).replace('bara ', 'bara för ')}"
        case "minst_kr":
            least = format_money(int(rest), Unit.KR)
            return f"ingen gick till arbete eller studier, så kostnaden per resultat är minst {least}"
        case _:
            return _DETAILS.get(kind, "")


def format_coverage(coverage: Coverage, names: Mapping[str, str]) -> str:
    """Say "11 av 12 insatser ingår. Utan: Stig 2."."""
    without = format_list([names.get(code, code) for code in coverage.without])
    return f"{format_counts(coverage.included, coverage.expected)} insatser ingår. Utan: {without}."


def format_source_line(
    *,
    source: str,
    forbund: str,
    period: Period | str,
    lage: Lage,
    extracted: date | None,
    invented: bool = False,
) -> str:
    """The footer of every chart and file.

    "Källa: Årsredovisning 2014, Uppsala län. Period: 1 jan–31 dec 2014. Läge: intern. Uttag: 2015-03-19.", with
    "Påhittade data." first for invented data. `period` may be words ("varje insats egen period").
    """
    when = format_period_dates(period) if isinstance(period, Period) else period
    drawn = f"Uttag: {extracted.isoformat()}" if extracted else "Uttagsdatum okänt"
    line = f"Källa: {source}, {forbund}. Period: {when}. Läge: {format_name(lage)}. {drawn}."
    return f"{EXAMPLE_MARK} {line}" if invented else line


def format_known_to(data_to: date | None, imported: date | None) -> str:
    """Say "Uppgifter t.o.m. 31 december 2014, uttagna 19 mars 2015", at the top of every page."""
    if data_to is None:
        return "Inga uppgifter om deltagare inlästa"
    known = f"Uppgifter t.o.m. {format_date(data_to)}"
    return f"{known}, uttagna {format_date(imported)}" if imported else known


def format_comparisons_note(comparisons: int) -> str:
    """Say "Sex jämförelser: bara utanför 99,8 % sägs en insats avvika tydligt.", beside every such comparison."""
    noun = "jämförelse" if comparisons == 1 else "jämförelser"
    number = capitalise(format_number_word(comparisons))
    return f"{number} {noun}: bara utanför 99,8{NO_BREAK}% sägs en insats avvika tydligt."


_ACCENT_REASONS: Final = MappingProxyType(
    {
        "ingen_farg": "den skrivs inte som # och sex siffror eller bokstäver A–F",
        "for_svag": "den syns för svagt mot vitt (minst 4,5:1 behövs)",
        "ljushet": "den är för ljus eller för mörk för att bära utfall",
        "nara_titta_har": "den är för lik färgen för ”titta här” för den som ser färger på ett annat sätt",
        "nara_text": "den är för lik textens färg",
    }
)


def format_accent_reasons(colour: str, reasons: tuple[str, ...], *, as_accent: bool) -> str:
    """Say why a förbund's colour is not used, or only in the frame; "" where it is used for data too."""
    if not reasons:
        return ""
    why = format_list([_ACCENT_REASONS[reason] for reason in reasons])
    if as_accent:
        return f"Färgen {colour} används i ramen men inte för utfall: {why}."
    return f"Färgen {colour} används inte: {why}."
