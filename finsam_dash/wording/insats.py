"""The words of the page Insats: its finding, the headings of its charts, facts, breakdowns and follow-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    CountingMode,
    DenominatorType,
    Gender,
    GenderScope,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    Riktning,
    Suppressed,
    Unit,
    Value,
)
from finsam_dash.report.content import (
    Breakdown,
    DotRow,
    Flow,
    FlowCategory,
    FollowUp,
    Forsorjning,
    GroupDifference,
    InsatsSection,
    RecruitmentStep,
    StatedFigure,
    Subgroups,
    TargetRow,
    Trend,
)
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, format_name, format_of_whom
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_count,
    format_interval,
    format_number_word,
    format_share_value,
    format_share_words,
    format_value,
    format_value_counts,
    share_of,
)
from finsam_dash.wording.over_time import format_reading
from finsam_dash.wording.periods import format_date, format_in_period, format_period, format_period_months
from finsam_dash.wording.sentences import (
    HIDDEN_SENTENCE,
    format_missing_sentence,
    format_reason,
    format_sign_words,
    format_unknown_note,
)
from finsam_dash.wording.titles import (
    format_flow_title,
    format_forsorjning_title,
    format_goal_title,
    format_groups_title,
    format_outcome_title,
    format_recruitment_title,
    format_trend_title,
)

GROUPS: Final = MappingProxyType(
    {"vid_avslut": "Vid avslut", "senare": "Vid senare uppföljning, jämförs inte med riket"}
)
OTHER_DENOMINATOR: Final = "annan nämnare"
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
_EVERYBODY: Final = MappingProxyType(
    {
        DenominatorType.AVSLUTADE: "Alla avslutade",
        DenominatorType.DELTAGARE: "Alla deltagare",
        DenominatorType.INSKRIVNA: "Alla inskrivna",
        DenominatorType.GENOMFORT: "Alla som genomfört",
        DenominatorType.SVARANDE: "Alla svarande",
    }
)
_STEPS: Final = MappingProxyType(
    {"erbjudna": "Erbjudna att delta", "tackat_ja": "Tackat ja", "paborjat": "Påbörjat", "fullfoljt": "Fullföljt"}
)
TREND_NOTE: Final = "Rullande värden är en utjämnad bild: inga trendregler prövas på dem."
CHAIN_NOTE: Final = "Insatser i en kedja följer på varandra. Deras tal läggs aldrig ihop."
_SHARE_FACTS: Final = (
    "andel_bortfall",
    "andel_kvinnor",
    "andel_under_30",
    "andel_utrikesfodda",
    "andel_forsorjning_over_3_ar",
)
_FACT_NAMES: Final = MappingProxyType(
    {
        "andel_bortfall": "Bortfall",
        "andel_kvinnor": "Kvinnor",
        "andel_under_30": "Yngre än 30 år",
        "andel_utrikesfodda": "Utrikesfödda",
        "andel_forsorjning_over_3_ar": f"Mer än 3{NO_BREAK}år i försörjning",
        "forbrukningskvot": "Förbrukningskvot",
        "forbrukad_andel": "Förbrukad andel",
        "kostnad_per_deltagande": "Kostnad per deltagande",
        "kostnad_per_resultat": "Kostnad per resultat",
    }
)


@dataclass(frozen=True)
class Fact:
    """One fact about an insats: what it is, and a second line."""

    label: str
    text: str
    below: str = ""


def name_insats(insats: Insats) -> str:
    """What an insats is called in titles and rows."""
    return insats.kortnamn or insats.namn


def find_goal(section: InsatsSection) -> TargetRow | None:
    """The goal that the outcome is drawn against."""
    return next((goal for goal in section.goals if goal.target.kod == section.goal), None)


def format_insats_title(section: InsatsSection, period: Period, *, as_of: date | None = None) -> str:
    """The finding: against the insats's own goal, else against riket, else how it went or that nothing is known.

    `as_of` is today: months that are not over are not lacking.
    """
    name, goal = name_insats(section.insats), find_goal(section)
    first = section.outcome[0]
    if goal is not None and isinstance(first.value, Measured) and goal.verdict is not None and first.target is not None:
        return format_goal_title(
            name=name,
            value=goal.value,
            target=first.target,
            riktning=goal.target.riktning or Riktning.MINST,
            verdict=goal.verdict,
        )
    if isinstance(first.value, Missing):
        if first.value.reason is Reason.EJ_TILLAMPLIGT:
            return f"{name} mäts inte på hur många som går till arbete eller studier"
        if any(period.contains(point.period) and isinstance(point.value, Measured) for point in section.trend.points):
            why = format_reason(first.value, as_of=as_of).removeprefix(f"{format_name(first.value.reason)}: ")
            return f"{name}: utfallet {format_in_period(period)} kan inte räknas, {why}"
        return f"{name} har inte redovisat något utfall {format_in_period(period)}"
    if isinstance(first.value, Suppressed):
        return f"{name}: utfallet visas inte, för få personer"
    compared = section.verdict.uppnatt is not None
    sakerhet = section.verdict.sakerhet if compared else _certainty(first.value)
    title = format_outcome_title(
        value=first.value,
        period=first.period,
        riket=section.riket.value if compared else None,
        sakerhet=sakerhet,
        outcome=_outcome(first),
    )
    return f"{name}: {title[:1].lower()}{title[1:]}"


def _certainty(value: Measured) -> Sakerhet:
    few = value.denominator is not None and value.denominator < SMALLEST_N
    return Sakerhet.FOR_FA if few else Sakerhet.EJ_TILLAMPLIGT


def _outcome(row: DotRow) -> str:
    if row.klass:
        return f"({format_class(row.klass)}) gick till arbete eller studier"
    return "gick till arbete eller studier" if row.group != "senare" else f"hade nått utfallet {row.note}".rstrip()


def is_not_applicable(section: InsatsSection) -> bool:
    """Whether the insats is not of the kind that has outcomes, and nothing later is measured either."""
    return all(isinstance(row.value, Missing) and row.value.reason is Reason.EJ_TILLAMPLIGT for row in section.outcome)


def format_outcome_heading(section: InsatsSection, *, as_of: date | None = None) -> tuple[str, str]:
    """The heading of the outcome chart and the line under it: of whom, who are counted, the interval.

    `as_of` is today: months that are not over are not lacking.
    """
    row = section.outcome[0]
    value = row.value
    if not isinstance(value, Measured):
        why = (
            HIDDEN_SENTENCE
            if isinstance(value, Suppressed)
            else format_missing_sentence(value, subject=name_insats(section.insats), as_of=as_of)
        )
        return "Andel till arbete eller studier", why
    title = f"{format_share_words(share_of(value))} till arbete, studier eller eget företag"
    if row.group == "senare":
        title = f"{format_share_words(share_of(value))} {row.note or format_later(row)}"
    if row.klass and row.group != "senare":
        title = "Andel till arbete eller studier, per grupp"
    parts = [_of_whom(row)]
    bortfall = next(
        (fact.value for fact in section.facts if fact.indikator == "bortfall" and fact.gender is Gender.ALLA), None
    )
    whole = row.namnare_typ in (DenominatorType.DELTAGARE, DenominatorType.AVSLUTADE)
    if whole and not row.klass and row.group != "senare" and isinstance(bortfall, Measured) and bortfall.value:
        parts[0] += f", {format_count(bortfall.value)} i bortfall räknas med"
    if value.lower is not None and value.upper is not None and not row.klass:
        parts.append(f"95{NO_BREAK}%-intervall {format_interval(value.lower, value.upper)}, rimligt spann för nivån")
    if unknown := format_unknown_note(value):
        parts.append(unknown.rstrip("."))
    parts.append(capitalise(format_period(row.period)))
    return title, ". ".join(part for part in parts if part) + "."


def _of_whom(row: DotRow) -> str:
    value = row.value
    if row.klass and row.group != "senare":
        return "Grupperna läggs aldrig ihop"
    if not isinstance(value, Measured) or value.numerator is None or value.denominator is None:
        if row.namnare_typ in (None, DenominatorType.ANNAN):
            return "Så som andelen är tryckt: av vilka framgår inte, och antalet bakom saknas"
        return f"Andel {format_of_whom(row.namnare_typ)} så som den är tryckt: antalet bakom saknas"
    kind = format_name(row.namnare_typ) if row.namnare_typ else "uppföljda"
    return f"{format_value_counts(value)} {kind}"


def format_later(row: DotRow) -> str:
    """What a later follow-up measures, in a few words."""
    return f"i arbete eller studier {format_class(row.klass)}" if row.klass else "vid senare uppföljning"


def name_outcome(section: InsatsSection) -> tuple[DotRow, ...]:
    """The rows of the outcome chart: whom each is of, and the groups' headings where there are two."""
    named = []
    groups = {row.group for row in section.outcome}
    for row in section.outcome:
        if row.group == "senare":
            label = capitalise(row.note or (format_class(row.klass) if row.klass else "vid uppföljning"))
        elif row.klass:
            label = capitalise(format_class(row.klass))
        else:
            label = _EVERYBODY.get(row.namnare_typ, "Alla") if row.namnare_typ else "Alla"
        if row.period != section.outcome[0].period:
            label += f", {format_period(row.period)}"
        group = GROUPS[row.group].partition(",")[0] if len(groups) > 1 else ""
        remark = OTHER_DENOMINATOR if row.target_note else ""
        named.append(replace(row, label=label, klass="", group=group, target_note=remark))
    return tuple(named)


def format_trend_heading(trend: Trend, asked: Period) -> tuple[str, str]:
    """The heading of the chart over time, and what its marks are; months that end before `asked` are named."""
    reading = f" {format_reading(trend.reading)}" if trend.reading is not None else ""
    if not trend.rolling:
        below = f"Varje punkt är en period för sig, med 95 %-intervall.{reading}"
        return "Andel till arbete eller studier över tid", below
    last = trend.rolling[-1]
    title = format_trend_title(value=last.value, target=trend.target, sakerhet=trend.sakerhet)
    months = [point.value.denominator for point in trend.points if isinstance(point.value, Measured)]
    counted = [int(count) for count in months if count]
    span = f" ({min(counted)}–{max(counted)} avslutade)" if counted else ""
    until = format_period_months(last.period.months()[-1])
    if last.period.end != asked.end:
        title = title.replace("det senaste året", f"de tolv månaderna t.o.m. {until}")
    return title, (
        f"Linje: rullande tolv månader, senast t.o.m. {until}. Ljust fält: 95{NO_BREAK}%-intervall. "
        f"Grå punkter: enskilda månader{span}.{reading}"
    )


def format_flow_heading(flow: Flow) -> tuple[str, str]:
    """The heading of in and out, and what its two panels show."""
    last = flow.months[-1].period
    when = (
        "det senaste året" if flow.month_count == 12 else f"de senaste {format_number_word(flow.month_count)} månaderna"
    )
    title = format_flow_title(nya=flow.nya, avslutade=flow.avslutade, balance=flow.balance or None, when=when)
    below = (
        "Överst: pågående vid månadens början. Underst: nya (uppåt) och avslutade (nedåt), "
        f"t.o.m. {format_period(last)}."
    )
    if any(month.preliminary for month in flow.months):
        below += " Randigt och prickat: preliminärt, kan öka när sena registreringar kommer in."
    return title, below


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
        return HIDDEN_SENTENCE
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
    return title, f"Huvudsaklig försörjning vid start och vid avslut, avslutade deltaganden {format_in_period(period)}."


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
    total = format_value(breakdown.total, Unit.ANTAL)
    return (
        f"{what} efter {name.lower()}",
        f"{what} {format_in_period(breakdown.period)}: {total}. Klasserna kan överlappa.",
    )


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
    "Avslutade",
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


def format_facts(section: InsatsSection) -> list[Fact]:
    """What the insats is and whom it has reached, in the order they are asked for."""
    insats = section.insats
    facts = [
        Fact("Målgrupp", insats.malgrupp),
        Fact("Syfte", insats.syfte),
        Fact("Inriktning", capitalise(format_name(insats.purpose)) if insats.purpose else ""),
        Fact("Parter", insats.parter),
        Fact("Huvudman", insats.huvudman),
        Fact("Ort", insats.ort or insats.kommun),
        Fact("Form", capitalise(insats.form)),
        Fact("Registreras", capitalise(format_name(insats.counting_mode))),
    ]
    if insats.gender_scope is not GenderScope.BADA:
        facts.append(Fact("Öppen för", format_name(insats.gender_scope)))
    facts += _number_facts(section.facts, insats)
    return [fact for fact in facts if fact.text]


def _number_facts(rows: Sequence[IndicatorRow], insats: Insats) -> list[Fact]:
    by_key = {(row.indikator, row.gender): row for row in rows}
    facts = []
    for kod in ("deltagare", "deltaganden", "deltagare_utan_personuppgifter"):
        row = by_key.get((kod, Gender.ALLA))
        if row is not None and not isinstance(row.value, Missing):
            facts.append(
                Fact(
                    capitalise(kod.replace("deltagare_utan_personuppgifter", "Utan personuppgifter")),
                    _persons(by_key, kod),
                    _when(row),
                )
            )
            if kod != "deltagare_utan_personuppgifter":
                break
    for kod in _SHARE_FACTS:
        row = by_key.get((kod, Gender.ALLA))
        if row is None or isinstance(row.value, Missing):
            continue
        if kod == "andel_kvinnor" and not isinstance(by_key["deltagare", Gender.KVINNA].value, Missing):
            continue
        facts.append(Fact(_FACT_NAMES[kod], format_share_value(row.value), format_fact_below(row, by_key)))
    for kod in ("forbrukad_andel", "forbrukningskvot", "kostnad_per_deltagande", "kostnad_per_resultat"):
        row = by_key.get((kod, Gender.ALLA))
        if kod == "forbrukningskvot" and _same(row, by_key.get(("forbrukad_andel", Gender.ALLA))):
            continue
        if row is not None and not isinstance(row.value, Missing):
            unit = Unit.KR if kod.startswith("kostnad") else Unit.ANDEL
            shown = (
                replace(row.value, numerator=None, denominator=None) if isinstance(row.value, Measured) else row.value
            )
            facts.append(Fact(_FACT_NAMES[kod], format_value(shown, unit)))
    if not facts and insats.counting_mode is CountingMode.MED_PERSONUPPGIFTER:
        facts.append(Fact("Deltagare", "uppgift saknas"))
    return facts


def format_fact_below(row: IndicatorRow, by_key: Mapping[tuple[str, Gender], IndicatorRow]) -> str:
    """Of whom a share of facts is a share: the numbers beside it count others."""
    if not isinstance(row.value, Measured):
        return ""
    if row.value.denominator is None:
        return "antal saknas"
    if row.namnare_typ is not DenominatorType.DELTAGARE:
        return format_of_whom(row.namnare_typ) if row.namnare_typ else ""
    persons, times = (by_key.get((kod, Gender.ALLA)) for kod in ("deltagare", "deltaganden"))
    if persons is not None and isinstance(persons.value, Measured) and persons.value.value == row.value.denominator:
        return "av deltagarna"
    if times is not None and isinstance(times.value, Measured) and times.value.value == row.value.denominator:
        return "av deltagandena: en person kan delta flera gånger"
    return format_of_whom(row.namnare_typ)


def _same(one: IndicatorRow | None, other: IndicatorRow | None) -> bool:
    """Whether two rows show the same value: at the year's end the two shares of the budget do."""
    return one is not None and other is not None and one.value == other.value


def _persons(by_key: Mapping[tuple[str, Gender], IndicatorRow], kod: str) -> str:
    text = format_value(by_key[kod, Gender.ALLA].value, Unit.ANTAL)
    parts = []
    for gender in (Gender.KVINNA, Gender.MAN):
        row = by_key.get((kod, gender))
        if row is not None and isinstance(row.value, Measured) and row.period == by_key[kod, Gender.ALLA].period:
            parts.append(f"{format_count(row.value.value)} {format_name(gender)}")
    return f"{text} ({', '.join(parts)})" if len(parts) == 2 else text


def _when(row: IndicatorRow) -> str:
    return capitalise(format_period(row.period))


def format_chain_title(chain: Sequence[Insats]) -> str:
    """Say "En kedja av insatser sedan 2010", or since when a single insats has run."""
    starts = [part.start for insats in chain for part in insats.periods]
    if not starts:
        return "Insatsens tid är inte inlagd"
    since = min(starts).year
    return f"En kedja av insatser sedan {since}" if len(chain) > 1 else f"Insatsens tid sedan {since}"


STATED_HEADER: Final = ("Uppgift", "Grupp", "Period", "Värde", "Så står det i dokumentet")


def format_stated_rows(stated: Sequence[StatedFigure]) -> list[tuple[str, ...]]:
    """What the documents print about the insats, a row a figure, with the printed words."""
    registry = load_registry()
    rows: list[tuple[str, ...]] = []
    for one in stated:
        entry = registry.indikatorer.get(one.matt) or registry.matt.get(one.matt)
        group = [format_class(one.klass)] if one.klass else []
        if one.gender is not Gender.ALLA:
            group.append(format_name(one.gender))
        value = format_share_value(one.value) if one.unit is Unit.ANDEL else format_value(one.value, one.unit)
        if isinstance(one.value, Missing):
            value = format_sign_words(one.value)
        label = entry.label if entry is not None else one.matt
        rows.append((label, capitalise(format_list(group)), format_period(one.period), value, one.text))
    return rows


def format_deliveries(section: InsatsSection, limit: int = 10) -> list[str]:
    """The deliveries behind the insats's figures, the latest first; more than `limit` are counted."""
    ordered = sorted(section.deliveries, key=lambda delivery: (delivery.known_from, delivery.id), reverse=True)
    lines = [f"{delivery.name}, {format_date(delivery.known_from)}" for delivery in ordered[:limit]]
    rest = len(ordered) - limit
    return [*lines, f"… och {format_count(rest)} tidigare."] if rest > 0 else lines
