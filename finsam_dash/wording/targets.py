"""Goals in words: where each stands, how sure that is, and why a verdict is not given."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    Actor,
    Basis,
    DenominatorType,
    Measured,
    Missing,
    Period,
    Riktning,
    Target,
    TargetKind,
    Unit,
)
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.delivery import format_actor
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_name, format_of_whom
from finsam_dash.wording.numbers import (
    EN_DASH,
    NOT_APPLICABLE_SIGN,
    decimals_to_tell_apart,
    format_count,
    format_counts,
    format_money,
    format_number_word,
    format_share,
    format_share_with_counts,
    format_value,
)
from finsam_dash.wording.periods import format_date, format_period, format_stored_moment
from finsam_dash.wording.sentences import (
    format_level_sentence,
    format_missing_sentence,
    format_reason,
    format_target,
    format_target_number,
)

LEVELS: Final = MappingProxyType(
    {
        "overgripande": "Övergripande mål",
        "mal": "Mål",
        "resultatmal": "Resultatmål",
        "verksamhetsmal": "Verksamhetsmål",
        "finansiellt": "Finansiella mål",
        "insatsmal": "Insatsernas mål",
        "aktivitet": "Aktiviteter och åtaganden",
        "fokusomrade": "Fokusområden",
        "matt": "Mått",
    }
)

OUTCOME_GOALS: Final = (
    "andel_arbete_studier",
    "andel_arbete_studier_fullfoljda",
    "andel_till_arbete",
    "andel_till_studier",
    "andel_uppfoljning_arbete_studier",
)
"""The indikatorer of a goal about how many reached arbete or studier."""


def format_level(level: str) -> str:
    """The plan's level of a goal: "Resultatmål"."""
    return LEVELS[level]


def format_goal_value(row: TargetRow) -> str:
    """The cell "Målvärde": "minst 35 %", "10–20 %", "minst riket, 34 %", "öka", or "." without a number."""
    target = row.target
    if target.malkalla == "riket":
        if row.riket is None or row.riket.value is None:
            return "minst som riket"
        return f"minst som riket, {format_share(row.riket.value)}"
    unit = target.unit or Unit.ANTAL
    if target.malvarde is not None and target.malvarde_hogst is not None:
        return _between(target.malvarde, target.malvarde_hogst, unit)
    if target.malvarde is not None and target.riktning in (Riktning.MINST, Riktning.HOGST, Riktning.EXAKT):
        if unit in (Unit.KR, Unit.TKR):
            return f"{format_name(target.riktning)} {format_money(target.malvarde, unit)}"
        return format_target(target.malvarde, target.riktning, unit)
    if target.malvarde is not None and target.riktning is not None:
        return f"{format_name(target.riktning)} till {format_share(target.malvarde)} av utgångsläget"
    if target.malvarde is not None:
        return _number(target.malvarde, unit)
    if target.riktning is not None and target.malkalla == "baslinje":
        return format_name(target.riktning)
    return "ja eller nej" if target.kind is TargetKind.JA_NEJ else NOT_APPLICABLE_SIGN


def _between(lowest: float, highest: float, unit: Unit) -> str:
    """The two ends with one unit after the last."""
    low, high = _number(lowest, unit), _number(highest, unit)
    sign = "%" if unit is Unit.ANDEL else unit.value
    return f"{low.removesuffix(sign).rstrip()}{EN_DASH}{high}"


def _number(value: float, unit: Unit) -> str:
    return format_money(value, unit) if unit in (Unit.KR, Unit.TKR) else format_target_number(value, unit)


def format_version(target: Target | None, actor: Actor, time: str) -> str:
    """One version of a goal: when (`time` is UTC), who wrote it, and its value where it has one."""
    who = f"{format_stored_moment(time)}: {format_actor(actor)}"
    if target is None or target.malvarde is None:
        return who
    return f"{who}, målvärde {_number(target.malvarde, target.unit or Unit.ANTAL)}"


def format_goal_subject(row: TargetRow) -> str:
    """What the goal counts, short enough for a row: "minskat beroende av offentlig försörjning"."""
    matt = load_registry()
    kod = row.target.indikator
    found = matt.indikatorer.get(kod) or matt.matt.get(kod)
    label = found.label if found is not None else ""
    for start in ("Andel som ", "Andel med ", "Andel av ", "Andel "):
        if label.startswith(start):
            return label.removeprefix(start)
    text = label[:1].lower() + label[1:]
    if row.target.klass:
        text = f"{text}, {format_class(f'{row.target.indelning}:{row.target.klass}')}"
    return text


def format_outcome(row: TargetRow) -> str:
    """The cell "Utfall": "88 av 277 (32 %)", "103", "Ja", ".." or "–"."""
    value = row.value
    if not isinstance(value, Measured):
        if span := _format_span(row):
            return span
        return "; ".join(format_part(row, index) for index in range(len(row.parts))) or format_value(
            value, row.target.unit or Unit.ANTAL
        )
    if row.target.kind is TargetKind.JA_NEJ:
        return "Ja" if value.value else "Nej"
    if value.numerator is not None and value.denominator:
        return format_share_with_counts(value.numerator, value.denominator)
    aim = row.target.malvarde
    if row.target.unit is Unit.ANDEL and aim is not None and (decimals := decimals_to_tell_apart(value.value, aim)):
        return format_share(value.value, decimals)
    return format_value(value, row.target.unit or Unit.ANTAL)


def _format_span(row: TargetRow) -> str:
    """An outcome that the document gives as a span: "90–95 %"; "" else."""
    ends = {part.klass: part.value for part in row.parts}
    low, high = (ends.get(f"intervall:{end}") for end in ("lagst", "hogst"))
    if not isinstance(low, Measured) or not isinstance(high, Measured):
        return ""
    return _between(low.value, high.value, row.target.unit or Unit.ANTAL)


def format_part(row: TargetRow, index: int) -> str:
    """One part of a goal that holds for several groups: "grupp 1: 33 %"."""
    part = row.parts[index]
    return f"{format_class(part.klass)}: {format_value(part.value, row.target.unit or Unit.ANTAL)}"


_NO_NUMBER: Final = "Målet har inget tal att nå, så om det är nått kan inte räknas."


def format_target_sentence(row: TargetRow, names: Mapping[str, str] | None = None) -> str | None:
    """Where the goal stands, in sentences; None for a hidden goal.

    `names` are the insatser's names by code.
    """
    if row.verdict is None:
        return None
    sentences = [_standing(row) if isinstance(row.value, Measured) else _without_value(row, names)]
    if row.outcome_text and not isinstance(row.value, Measured):
        sentences.append(f"{capitalise(row.outcome_text).rstrip('.')}.")
    if row.is_judged_of_others:
        sentences.append(_name_denominators(row))
    if row.note:
        sentences.append(f"{capitalise(row.note).rstrip('.')}.")
    sentences += [
        f"{format_period(earlier.period).capitalize()}: {format_value(earlier.value, Unit.ANDEL)}"
        + (f" mot rikets {format_share(earlier.riket)}." if earlier.riket is not None else ".")
        for earlier in row.earlier
    ]
    return " ".join(filter(None, sentences))


def _without_value(row: TargetRow, names: Mapping[str, str] | None) -> str:
    if any(isinstance(part.value, Measured) for part in row.parts):
        return _parts(row)
    if row.target.kind is TargetKind.UTAN_TAL:
        return _NO_NUMBER
    return format_missing_sentence(row.value, names=names) if isinstance(row.value, Missing) else ""


def _standing(row: TargetRow) -> str:
    target = row.target
    if row.basis is Basis.PROGNOS:
        return _forecast(row)
    if target.kind is TargetKind.UTAN_TAL:
        counted = load_registry().matt.get(target.indikator)
        what = f"{counted.label}: " if counted is not None else ""
        return f"{what}{format_outcome(row)}. {_NO_NUMBER}"
    if target.kind is TargetKind.JA_NEJ:
        return f"{format_outcome(row)}.{_reached(row)}"
    if not target.comparable or row.reason:
        return f"{_stands(row)} {format_why_not(row)}"
    if row.partial:
        return f"{_stands(row)} Delsumma: alla insatser ingår inte, därför ingen bedömning."
    if target.malkalla == "riket":
        return _against_riket(row)
    if target.unit is Unit.ANTAL and (row.verdict is None or row.verdict.uppnatt is None):
        return _running(row)
    return _share(row) if _is_share_of_persons(target) else _stands(row) + _reached(row)


def _is_share_of_persons(target: Target) -> bool:
    money = target.kind is TargetKind.PENGAR
    return target.unit is Unit.ANDEL and not money and target.malvarde is not None and target.malvarde_hogst is None


def format_why_not(row: TargetRow) -> str:
    """Why there is a value but no verdict: the plan's own reason, or the denominators that differ."""
    if row.reason == "annan_namnare":
        return _name_denominators(row)
    return f"Kan inte jämföras: {row.reason[:1].lower()}{row.reason[1:].rstrip('.')}." if row.reason else ""


def _name_denominators(row: TargetRow) -> str:
    wanted, found = (
        "av andra" if kind in (None, DenominatorType.ANNAN) else format_of_whom(kind)
        for kind in (row.target.namnare_typ, row.namnare_typ)
    )
    return f"Annan nämnare: målet är en andel {wanted}, utfallet en andel {found}."


def format_target_reason(row: TargetRow, names: Mapping[str, str] | None = None) -> str | None:
    """Why the goal has no verdict, for a cell or the JSON; None where it has one or is hidden."""
    if row.verdict is None or row.verdict.uppnatt is not None:
        return None
    if isinstance(row.value, Missing) and not row.parts:
        if row.value.detail == "utan_tal":
            return "målet har inget tal att nå"
        return format_reason(row.value, names)
    if row.basis is Basis.PROGNOS:
        return "bara en prognos"
    if row.reason or not row.target.comparable:
        return format_why_not(row)
    if row.partial:
        return "delsumma: alla insatser ingår inte"
    if row.target.malkalla == "riket" and (row.riket is None or row.riket.value is None):
        return "inget riksvärde för året"
    if row.target.malkalla == "baslinje" and row.target.baseline is None:
        return "utgångsläget är inte känt"
    if row.basis is Basis.HITTILLS:
        return "pågår"
    return "kan inte besvaras"


def _stands(row: TargetRow) -> str:
    until = f" till och med {format_date(row.measured.end)}" if row.basis is Basis.HITTILLS else ""
    return f"{format_outcome(row)}{until}, mål {format_goal_value(row)}."


def _reached(row: TargetRow) -> str:
    if row.verdict is None or row.verdict.uppnatt is None:
        return ""
    return " Målet nåddes i siffror." if row.verdict.uppnatt else " Målet nåddes inte i siffror."


def _share(row: TargetRow) -> str:
    target, verdict = row.target, row.verdict
    assert target.malvarde is not None
    assert target.riktning is not None
    assert verdict is not None
    sentence = format_level_sentence(row.value, target.malvarde, target.riktning, verdict)
    if verdict.sakerhet is Sakerhet.OKANT_ANTAL or target.riktning is Riktning.EXAKT:
        return sentence if verdict.sakerhet is Sakerhet.OKANT_ANTAL else _stands(row) + _reached(row)
    so_far = " hittills" if row.basis is Basis.HITTILLS else ""
    if verdict.uppnatt and verdict.marginal is not None:
        spare = f", {format_persons(verdict.marginal)} till godo" if verdict.marginal else ", precis"
        return f"Målet nås i siffror{so_far}{spare}. {sentence}"
    return f"Målet nås inte i siffror{so_far}. {sentence}"


def format_persons(number: int) -> str:
    """Say "fyra personer", "en person"."""
    return f"{format_number_word(abs(number))} {'person' if abs(number) == 1 else 'personer'}"


def _against_riket(row: TargetRow) -> str:
    verdict = row.verdict
    if row.riket is None or row.riket.value is None:
        return f"{_stands(row)} Inget riksvärde finns för året, så målet kan inte bedömas."
    assert verdict is not None
    word = "nås" if verdict.uppnatt else "nås inte"
    aim = format_share(row.riket.value)
    sure = {
        Sakerhet.EJ_AVGORBART: "Skillnaden kan vara slump.",
        Sakerhet.SAKERT_OVER: "Nivån ligger säkert över rikets.",
        Sakerhet.SAKERT_UNDER: "Nivån ligger säkert under rikets.",
        Sakerhet.FOR_FA: "För få för en bedömning.",
    }.get(verdict.sakerhet, "")
    return f"{format_outcome(row)} mot rikets {aim}: målet {word} i siffror. {sure}".rstrip()


def _running(row: TargetRow) -> str:
    text = f"Pågår till {format_date(row.target.last_day)}: {_stands(row)}"
    if row.pace is not None:
        text += f" I jämn takt vore det {format_count(round(row.pace))} nu."
    return text


def _forecast(row: TargetRow) -> str:
    target = row.target
    text = f"Prognos: {format_outcome(row)}, mål {format_goal_value(row)}."
    if target.malvarde is None or target.riktning is None or not isinstance(row.value, Measured):
        return text
    inside = (
        row.value.value <= target.malvarde if target.riktning is Riktning.HOGST else row.value.value >= target.malvarde
    )
    return f"{text} Prognosen pekar mot att målet {'nås' if inside else 'inte nås'}."


def _parts(row: TargetRow) -> str:
    reached = [part.verdict.uppnatt for part in row.parts]
    listed = _format_span(row) or ", ".join(format_part(row, index) for index in range(len(row.parts)))
    if None in reached:
        return f"{capitalise(listed)}. {format_why_not(row)}".rstrip()
    count = format_counts(sum(bool(answer) for answer in reached), len(reached))
    return f"{capitalise(listed)}. {count} nådde {format_goal_value(row)}."


def format_measured_period(measured: Period, asked: Period) -> str:
    """The time an outcome covers, where it is another than the period asked; "" else."""
    return "" if measured == asked else format_period(measured)
