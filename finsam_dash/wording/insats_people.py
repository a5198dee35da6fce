"""The words of who took part in an insats and what became of them, on the page Insats and in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import DenominatorType, Gender, Measured, Missing, Period, Reason, Suppressed, Unit, Value
from finsam_dash.report.content_insats import (
    Breakdown,
    FlowCategory,
    FollowUp,
    Forsorjning,
    InsatsSection,
    RecruitmentStep,
    Subgroups,
)
from finsam_dash.report.content_parts import DotRow, GroupDifference
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_name
from finsam_dash.wording.numbers import (
    format_number_word,
    format_share_value,
    format_share_words,
    format_value,
    share_of,
)
from finsam_dash.wording.periods import format_in_period, format_period
from finsam_dash.wording.sentences import format_hidden_sentence, format_reason, format_sign_words
from finsam_dash.wording.titles import format_forsorjning_title, format_groups_title, format_recruitment_title

INDELNINGAR: Final = MappingProxyType(
    {
        "alder": "Ålder",
        "utbildning": "Utbildning",
        "forsorjningstid": "Tid i försörjning",
        "fodelseland": "Födelseland",
        "kommun": "Kommun",
        "avslutsanledning": "Avslutsanledning",
        "sysselsattning_efter": "Sysselsättning efter",
        "sysselsattning_fore": "Sysselsättning före",
    }
)
COUNTED: Final = MappingProxyType(
    {"deltaganden": "Deltaganden", "deltagare": "Deltagare", "avslutade": "Avslutade deltaganden"}
)
_STEPS: Final = MappingProxyType(
    {"erbjudna": "Erbjudna att delta", "tackat_ja": "Tackat ja", "paborjat": "Påbörjat", "fullfoljt": "Fullföljt"}
)


def format_kon_heading(pair: GroupDifference) -> tuple[str, str]:
    """The heading of kvinnor and män, and whether the difference may be chance."""
    differs = {"skiljer": True, "kan_vara_slump": False}.get(pair.sakerhet)
    title = format_groups_title(
        first_name="Kvinnor", first=pair.first.value, second_name="Män", second=pair.second.value, differs=differs
    )
    return title, format_kon_sentence(pair)


def format_kon_sentence(pair: GroupDifference) -> str:
    """What may be said of the difference between kvinnor and män, or why nothing may."""
    values = (pair.first.value, pair.second.value)
    if any(isinstance(value, Suppressed) for value in values):
        return format_hidden_sentence(*values)
    lacking = [
        f"{capitalise(format_name(Gender(row.label)))}: {format_reason(row.value)}."
        for row in (pair.first, pair.second)
        if isinstance(row.value, Missing)
    ]
    if lacking:
        return " ".join(dict.fromkeys(lacking))
    match pair.sakerhet:
        case "skiljer":
            return "Skillnaden är större än slumpen förklarar (95 %-intervall enligt Newcombe utesluter noll)."
        case "kan_vara_slump":
            return "Skillnaden kan vara slump: 95 %-intervallet enligt Newcombe rymmer noll."
        case "for_fa":
            return f"För få för en bedömning: minst {SMALLEST_N} kvinnor och {SMALLEST_N} män behövs."
        case _:
            return "Antalet bakom andelarna saknas, därför ingen bedömning."


def name_categories(categories: Sequence[FlowCategory]) -> tuple[FlowCategory, ...]:
    """The categories of försörjning with their names."""
    named = []
    for category in categories:
        name = format_class(f"forsorjning_efter:{category.key}")
        if name == category.key.replace("_", " "):
            name = format_class(f"forsorjning_fore:{category.key}")
        named.append(replace(category, label=capitalise(name)))
    return tuple(named)


def format_forsorjning_heading(forsorjning: Forsorjning, period: Period) -> tuple[str, str]:
    """The heading of försörjning before and after, and what is counted."""
    fallen = next((one for one in name_categories(forsorjning.categories) if one.key == forsorjning.largest_fall), None)
    title = format_forsorjning_title(
        to_goal=forsorjning.to_goal,
        total=forsorjning.total,
        largest_fall=fallen.label if fallen else "",
        before=fallen.before if fallen else None,
        after=fallen.after if fallen else None,
    )
    below = f"Huvudsaklig försörjning vid start och vid avslut, avslutade deltaganden {format_in_period(period)}."
    unknown = next((one.after for one in forsorjning.categories if one.is_unknown), None)
    if isinstance(unknown, Measured) and unknown.value:
        below += f" För {format_number_word(round(unknown.value))} är den inte känd efteråt; de räknas inte i nämnaren."
    return title, below


def name_steps(steps: Sequence[RecruitmentStep]) -> tuple[RecruitmentStep, ...]:
    """The steps of recruitment with their names."""
    return tuple(replace(step, label=_STEPS.get(step.label, step.label)) for step in steps)


def format_recruitment_heading(section: InsatsSection) -> tuple[str, str]:
    """The heading of the recruitment chain, and the time it covers."""
    steps = name_steps(section.recruitment)
    title = format_recruitment_title(
        first_label=steps[0].label, first=steps[0].count, last_label=steps[-1].label, last=steps[-1].count
    )
    when = f" {format_period(section.recruitment_period)}" if section.recruitment_period else ""
    return title, f"Vägen in i insatsen{when}, personer i varje steg."


def format_subgroups_title(subgroups: Sequence[Subgroups]) -> str:
    """Say "Alla fyra grupper låg på eller över målen", from how many of the shares reach their goal."""
    judged = [
        (row.value.value, one.target)
        for one in subgroups
        for row in one.rows
        if isinstance(row.value, Measured) and one.target is not None
    ]
    if not judged:
        return "Så gick det i de olika grupperna"
    below = sum(share < target for share, target in judged)
    count = max(len(one.rows) for one in subgroups)
    if not below:
        return (
            f"Alla {format_number_word(count)} grupper låg på eller över {'målen' if len(subgroups) > 1 else 'målet'}"
        )
    return f"{capitalise(format_number_word(below))} av {format_number_word(len(judged))} mätningar låg under målet"


def format_subgroups_measure(one: Subgroups) -> str:
    """What one of the panels measures: "Inom fyra veckor"."""
    matt = load_registry().matt.get(one.matt)
    label = matt.label if matt is not None else one.matt
    _, separator, rest = label.partition(" inom ")
    return f"Inom {rest}" if separator else label


def name_subgroups(one: Subgroups) -> tuple[DotRow, ...]:
    """The rows of one panel with the groups' names."""
    return tuple(replace(row, label=capitalise(format_class(row.klass)), klass="") for row in one.rows)


def name_breakdown(breakdown: Breakdown) -> tuple[DotRow, ...]:
    """The shares of a breakdown as rows of a dot plot, in the code list's order."""
    return tuple(
        DotRow(
            row.klass,
            capitalise(format_class(row.klass)),
            row.share,
            breakdown.period,
            DenominatorType.AVSLUTADE,
            compared=False,
        )
        for row in breakdown.rows
    )


def has_shares(breakdown: Breakdown) -> bool:
    """Whether the outcome is counted in the classes at all."""
    return any(not isinstance(row.share, Missing) for row in breakdown.rows)


def format_breakdown_heading(breakdown: Breakdown) -> tuple[str, str]:
    """The heading of a breakdown, and what is counted."""
    name = INDELNINGAR.get(breakdown.indelning, capitalise(breakdown.indelning.replace("_", " ")))
    what = COUNTED[breakdown.matt]
    when = format_in_period(breakdown.period)
    total = f"{what} {when}: {format_value(breakdown.total, Unit.ANTAL)}."
    if isinstance(breakdown.total, Missing):
        total = f"Hur många {what.lower()} det var {when} är inte redovisat."
    return f"{what} efter {name.lower()}", f"{total} Klasserna kan överlappa."


def format_breakdown_rows(breakdown: Breakdown) -> list[tuple[str, str, str, str]]:
    """A row a class: name, how many, share of all, and share to work or studies of those who left."""
    total = breakdown.total.value if isinstance(breakdown.total, Measured) else None
    rows = []
    for row in breakdown.rows:
        part: Value = row.count
        if isinstance(row.count, Measured):
            part = Measured(row.count.value / total) if total else Missing(Reason.UPPGIFT_SAKNAS)
        rows.append(
            (
                capitalise(format_class(row.klass)),
                format_value(row.count, Unit.ANTAL),
                format_value(part, Unit.ANDEL),
                format_share_value(row.share),
            )
        )
    return rows


def name_follow_ups(follow_ups: Sequence[FollowUp]) -> tuple[DotRow, ...]:
    """The latest follow-up at each distance as a row, with the year in which the followed left."""
    latest: dict[str, FollowUp] = {}
    for one in follow_ups:
        if not isinstance(one.share, Missing) or one.klass not in latest:
            latest[one.klass] = one
    return tuple(
        DotRow(
            one.klass,
            f"{capitalise(format_class(one.klass))}, avslutade {format_period(one.period)}",
            one.share,
            one.period,
            compared=False,
        )
        for one in latest.values()
    )


FOLLOW_UP_HEADER: Final = (
    "När",
    "Slutade under",
    "Att följa upp",
    "I arbete eller studier",
    "Fortsatt rehabilitering",
    "Annat känt",
    "Inte känt",
    "Andel av de uppföljda",
)


def format_follow_up_rows(follow_ups: Sequence[FollowUp]) -> list[tuple[str, ...]]:
    """A row a distance and period. Who could not be reached is a column of its own, never nobody."""
    rows = []
    for one in follow_ups:
        counts = dict(one.counts)
        cells = [
            format_value(counts[matt], Unit.ANTAL)
            for matt in (
                "uppfoljning_avslutade",
                "uppfoljning_arbete_studier",
                "uppfoljning_rehabilitering",
                "uppfoljning_ovrigt",
                "ej_uppfoljda",
            )
        ]
        share = format_share_value(one.share)
        if isinstance(one.share, Missing):
            share = format_sign_words(one.share)
        rows.append((capitalise(format_class(one.klass)), format_period(one.period), *cells, share))
    return rows


def format_follow_up_heading(follow_ups: Sequence[FollowUp]) -> tuple[str, str]:
    """The heading of the follow-ups, and how the unknown are counted."""
    measured = [one for one in follow_ups if isinstance(one.share, Measured)]
    below = "Andel av dem som gick att följa upp. Hur det gick för övriga är inte känt och räknas aldrig som noll."
    if not measured:
        return "Hur det går efter avslutet är inte redovisat", below
    last = measured[-1]
    assert isinstance(last.share, Measured)
    title = (
        f"{format_share_words(share_of(last.share))} var i arbete eller studier {format_class(last.klass)} "
        f"(avslutade {format_period(last.period)})"
    )
    return title, below
