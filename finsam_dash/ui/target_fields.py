"""A goal as its form shows it, and the goal that what is written there makes. Pure: nothing is drawn here.

A field that nobody touched changes nothing: plans hold goals with more to them than the form can show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finsam_dash.intake.plans import read_goal_number
from finsam_dash.model import DenominatorType, Period, Riktning, Target, TargetKind, Unit

Side = Literal["minst", "hogst", "riket", "inget", "kvar"]
"""What is to be reached: a value at least or at most, riket, nothing in figures, or ("kvar") what the goal says now."""


@dataclass(frozen=True)
class TargetFields:
    """The fields of the form: texts as they are written, codes as they are chosen, the days both included."""

    text: str
    plan: str
    level: str
    insats: str
    indikator: str
    side: Side
    number: str
    start: date
    end: date


def show_target(target: Target) -> TargetFields:
    """The fields as they are before anything is changed."""
    side = _side(target)
    return TargetFields(
        target.text,
        target.plan,
        target.level,
        target.insats,
        target.indikator,
        side,
        _format_number(target) if side in ("minst", "hogst") else "",
        target.period.start,
        target.period.end,
    )


def show_new(plan: str, period: Period) -> TargetFields:
    """The fields of a goal that is yet to be written."""
    return TargetFields("", plan, "resultatmal", "", "andel_arbete_studier", "minst", "", period.start, period.end)


def find_problems(fields: TargetFields) -> list[str]:
    """Why the goal cannot be saved, a sentence each."""
    problems = []
    if not fields.text.strip():
        problems.append("Målets ord saknas. Skriv målet så som det står i planen.")
    if fields.side in ("minst", "hogst") and read_goal_number(fields.number) is None:
        problems.append(f"”{fields.number}” är inget målvärde. Skriv till exempel 30 % eller 150.")
    if fields.end < fields.start:
        problems.append("Målets sista dag ligger före den första. Ändra en av dem.")
    return problems


def make_target(kod: str, fields: TargetFields, namnare_typ: DenominatorType | None) -> Target:
    """The new goal that the fields say. `namnare_typ` is that of the chosen indikator."""
    empty = Target(kod, plan="", level="", text="", period=Period(fields.start, fields.end))
    named = replace(empty, deadline=fields.end, indikator=fields.indikator, namnare_typ=namnare_typ)
    return _write_aim(_write_insats(_write_words(named, fields), fields), fields)


def change_target(target: Target, fields: TargetFields, namnare_typ: DenominatorType | None) -> Target:
    """The goal with what the fields say otherwise than it; `namnare_typ` is that of the chosen indikator."""
    shown, changed = show_target(target), target
    if (fields.text, fields.plan, fields.level) != (shown.text, shown.plan, shown.level):
        changed = _write_words(changed, fields)
    if (fields.start, fields.end) != (shown.start, shown.end):
        changed = replace(changed, period=Period(fields.start, fields.end))
    if fields.end != shown.end:
        changed = replace(changed, deadline=fields.end)
    if fields.indikator != shown.indikator:
        changed = replace(changed, indikator=fields.indikator, namnare_typ=namnare_typ)
    if fields.insats != shown.insats:
        changed = _write_insats(changed, fields)
    if (fields.side, fields.number) != (shown.side, shown.number):
        changed = _write_aim(changed, fields)
    return changed


def _side(target: Target) -> Side:
    if target.kind is TargetKind.RIKET:
        return "riket"
    if target.kind is TargetKind.UTAN_TAL:
        return "inget"
    is_number = target.malkalla == "fast" and target.unit in (Unit.ANDEL, Unit.ANTAL) and target.malvarde is not None
    if is_number and target.malvarde_hogst is None:
        if target.riktning is Riktning.MINST:
            return "minst"
        if target.riktning is Riktning.HOGST:
            return "hogst"
    return "kvar"


def _format_number(target: Target) -> str:
    value = Decimal(repr(target.malvarde)) * (100 if target.unit is Unit.ANDEL else 1)
    text = f"{value.normalize():f}".replace(".", ",")
    return f"{text} %" if target.unit is Unit.ANDEL else text


def _write_words(target: Target, fields: TargetFields) -> Target:
    return replace(target, text=" ".join(fields.text.split()), plan=fields.plan.strip(), level=fields.level)


def _write_insats(target: Target, fields: TargetFields) -> Target:
    return replace(target, insats=fields.insats, scope="insats" if fields.insats else "forbund")


def _write_aim(target: Target, fields: TargetFields) -> Target:
    """The goal with the side and the number that are written; one of money or of a survey stays so in the same unit."""
    if fields.side == "kvar":
        return target
    plain = replace(target, malvarde=None, malvarde_hogst=None, riktning=None, unit=None)
    if fields.side == "inget":
        return replace(plain, kind=TargetKind.UTAN_TAL, malkalla="ingen")
    if fields.side == "riket":
        return replace(plain, kind=TargetKind.RIKET, riktning=Riktning.MINST, unit=Unit.ANDEL, malkalla="riket")
    found = read_goal_number(fields.number)
    assert found is not None
    value, unit = found
    keeps_kind = _side(target) in ("minst", "hogst") and target.unit is unit
    kind = target.kind if keeps_kind else TargetKind.ANDEL if unit is Unit.ANDEL else TargetKind.ANTAL
    return replace(plain, kind=kind, riktning=Riktning(fields.side), malvarde=value, unit=unit, malkalla="fast")
