"""The words of the page Insats: its finding, its outcome, what goes over time, its chain, figures in documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    DenominatorType,
    Gender,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    Riktning,
    Suppressed,
    Unit,
)
from finsam_dash.report.content_insats import (
    Flow,
    InsatsSection,
    StatedFigure,
    Trend,
)
from finsam_dash.report.content_parts import DotRow
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.marks import Mark, format_marks, marks_of_signs
from finsam_dash.wording.names import capitalise, format_list, format_name, format_of_whom
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_count,
    format_hidden,
    format_interval,
    format_number_word,
    format_share_value,
    format_share_words,
    format_value,
    format_value_counts,
    share_of,
)
from finsam_dash.wording.over_time import format_events, format_reading
from finsam_dash.wording.periods import format_date, format_in_period, format_period, format_period_months
from finsam_dash.wording.sentences import (
    format_hidden_sentence,
    format_missing_sentence,
    format_reason,
    format_sign_words,
    format_unknown_note,
    is_wrong_side,
)
from finsam_dash.wording.titles import (
    format_flow_title,
    format_goal_title,
    format_outcome_title,
    format_trend_title,
)

_GROUPS: Final = MappingProxyType({"vid_avslut": "Vid avslut", "senare": "Vid senare uppföljning"})
OTHER_DENOMINATOR: Final = "annan nämnare"
_EVERYBODY: Final = MappingProxyType(
    {
        DenominatorType.AVSLUTADE: "Alla avslutade",
        DenominatorType.DELTAGARE: "Alla deltagare",
        DenominatorType.INSKRIVNA: "Alla inskrivna",
        DenominatorType.GENOMFORT: "Alla som genomfört",
        DenominatorType.SVARANDE: "Alla svarande",
    }
)
_NAMED: Final = 10
_ROLLING: Final = "Rullande värden är en utjämnad bild: inga trendregler prövas på dem."
CHAIN_NOTE: Final = "Insatser i en kedja följer på varandra. Deras tal läggs aldrig ihop."


def format_group(group: str, *, with_line: bool = False) -> str:
    """The heading of the rows of a group; `with_line`: the chart has a line that holds for those at exit alone."""
    name = _GROUPS.get(group, group)
    return f"{name}, jämförs inte med linjen" if with_line and group == "senare" else name


def name_insats(insats: Insats) -> str:
    """What an insats is called in titles and rows."""
    return insats.kortnamn or insats.namn


def find_goal(section: InsatsSection) -> TargetRow | None:
    """The goal that the outcome is drawn against."""
    return next((goal for goal in section.goals if goal.target.kod == section.goal), None)


def format_insats_title(section: InsatsSection, period: Period) -> str:
    """The finding: against the insats's own goal, else against riket, else how it went or that nothing is known."""
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
            why = format_reason(first.value).removeprefix(f"{format_name(first.value.reason)}: ")
            return f"{name}: utfallet {format_in_period(period)} kan inte räknas, {why}"
        return f"{name} har inte redovisat något utfall {format_in_period(period)}"
    if isinstance(first.value, Suppressed):
        return f"{name}: utfallet {format_hidden(first.value, between=', ')}"
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


def format_outcome_heading(section: InsatsSection) -> tuple[str, str]:
    """The heading of the outcome chart and the line under it: of whom, who are counted, the interval."""
    row = section.outcome[0]
    value = row.value
    if not isinstance(value, Measured):
        why = (
            format_hidden_sentence(value)
            if isinstance(value, Suppressed)
            else format_missing_sentence(value, subject=name_insats(section.insats))
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
    """The rows of the outcome chart: whom each is of, the groups' headings where there are two, and what to look at."""
    named = []
    goal = find_goal(section)
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
        group = format_group(row.group) if len(groups) > 1 else ""
        remark = OTHER_DENOMINATOR if row.target_note else ""
        look_here = is_missed(goal, row)
        named.append(replace(row, label=label, klass="", group=group, target_note=remark, look_here=look_here))
    return tuple(named)


def is_missed(goal: TargetRow | None, row: DotRow) -> bool:
    """Whether the row is the goal's own outcome, surely on the wrong side of it: then its point says "titta här"."""
    if goal is None or goal.verdict is None or goal.target.riktning is None or row.value != goal.value:
        return False
    return is_wrong_side(goal.verdict.sakerhet, goal.target.riktning)


def format_trend_note(trend: Trend) -> str:
    """The line under the chart over time: what its rolling values are, the signs in its gaps, and its dated notes."""
    gaps = [point.value for point in trend.points if not isinstance(point.value, Measured)]
    signs = marks_of_signs(gaps)
    if any(isinstance(gap, Missing) and gap.reason is Reason.EJ_TILLAMPLIGT for gap in gaps):
        signs.add(Mark.EJ_TILLAMPLIGT)
    said = (_ROLLING if trend.rolling else "", format_marks(signs), format_events(trend.events))
    return " ".join(one for one in said if one)


def format_trend_heading(trend: Trend, asked: Period) -> tuple[str, str]:
    """The heading of the chart over time, and what its marks are; months that end before `asked` are named."""
    reading = f" {format_reading(trend.reading)}" if trend.reading is not None else ""
    if not trend.rolling:
        below = f"Varje punkt är en period för sig, med 95 %-intervall.{reading}"
        title = "Andel till arbete eller studier över tid"
        values = [point.value for point in trend.points]
        if any(isinstance(value, Suppressed) for value in values) and not any(
            isinstance(value, Measured) for value in values
        ):
            title = f"{title} {format_hidden(*values)}"
        return title, below
    last = trend.rolling[-1]
    title = format_trend_title(value=last.value, target=trend.target, sakerhet=trend.sakerhet)
    months = [point.value.denominator for point in trend.points if isinstance(point.value, Measured)]
    counted = [int(count) for count in months if count]
    span = f" ({_format_span(min(counted), max(counted))})" if counted else ""
    until = format_period_months(last.period.months()[-1])
    if last.period.end != asked.end:
        title = title.replace("det senaste året", f"de tolv månaderna t.o.m. {until}")
    return title, (
        f"Linje: rullande tolv månader, senast t.o.m. {until}. Ljust fält: 95{NO_BREAK}%-intervall. "
        f"Grå punkter: enskilda månader{span}.{reading}"
    )


def _format_span(fewest: int, most: int) -> str:
    if fewest == most:
        return f"{most} {'avslutad' if most == 1 else 'avslutade'} i varje"
    return f"{fewest}–{most} avslutade"


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


def format_deliveries(section: InsatsSection) -> list[str]:
    """The deliveries behind the insats's figures, the latest first; more than ten are counted."""
    ordered = sorted(section.deliveries, key=lambda delivery: (delivery.known_from, delivery.id), reverse=True)
    lines = [f"{delivery.name}, {format_date(delivery.known_from)}" for delivery in ordered[:_NAMED]]
    rest = len(ordered) - _NAMED
    return [*lines, f"… och {format_count(rest)} tidigare."] if rest > 0 else lines
