"""The sections Samverkan, Försörjning, Uppföljning and Insatsredovisning of the Report."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_dash.model import (
    REFUSED,
    Decision,
    Enkat,
    Event,
    ExternalFunding,
    InsatsText,
    Period,
    Risk,
    SamverkanFigure,
    Unit,
    Value,
)


@dataclass(frozen=True)
class SamverkanItem:
    """One stored number about working together, with its value as it may be shown.

    Where that is hidden the figure holds no number either, only what it would be of.
    """

    figure: SamverkanFigure
    value: Value
    source: str


@dataclass(frozen=True)
class LotsRow:
    """Lotsärenden of one lokusgrupp and coordinator in the period: how many, and how they ended.

    In publicering one hidden row without names stands for all of them, whatever the period.
    """

    grupp: str
    coordinator: str
    opened: Value
    solved: Value
    unsolved: Value
    still_open: Value


HIDDEN_LOTS = (LotsRow("", "", REFUSED, REFUSED, REFUSED, REFUSED),)
"""All lotsärenden in publicering: who had one in a month, and of what kind, would tell of that very one."""


@dataclass(frozen=True)
class Breakdown:
    """How many lotsärenden have one answer to one question: varifran, slag, analys, atgard or hinder.

    `solved` counts those among them whose ärende is solved.
    """

    dimension: str
    label: str
    count: Value
    solved: Value


@dataclass(frozen=True)
class EnkatResult:
    """One question of an enkät: `positive` is a share with counts, `mean` is on the scale 1-`steps`.

    `answer_rate` is of those asked. `step_change` is the mean of the same persons after less before.
    """

    enkat: Enkat
    steps: int
    answered: Value
    answer_rate: Value
    positive: Value
    mean: Value
    step_change: Value


@dataclass(frozen=True)
class Samverkan:
    """Working together in the period. Risks are None in publicering, where internkontroll does not belong."""

    items: tuple[SamverkanItem, ...]
    lots: tuple[LotsRow, ...]
    breakdowns: tuple[Breakdown, ...]
    enkater: tuple[EnkatResult, ...]
    funding: tuple[ExternalFunding, ...]
    risks: tuple[Risk, ...] | None
    overdue: tuple[str, ...] = ()


@dataclass(frozen=True)
class SupportForm:
    """One försörjningsform in one kommun: persons in the latest quarter of the period, kronor over the period."""

    form: str
    persons: Value
    cost: Value


@dataclass(frozen=True)
class SupportRow:
    """The five forms of one kommun (or riket), and the försörjningsmått: kronor per inhabitant 18-64 and day."""

    kommun: str
    forms: tuple[SupportForm, ...]
    population: Value
    measure: Value
    is_riket: bool = False


@dataclass(frozen=True)
class SupportQuarter:
    """One quarter: the försörjningsmått of each kommun, in the order of the rows."""

    period: Period
    measures: tuple[Value, ...]


@dataclass(frozen=True)
class PublicSupport:
    """Offentlig försörjning per kommun. `quarter` is the one that persons are counted in, None without any."""

    quarter: Period | None
    rows: tuple[SupportRow, ...]
    quarters: tuple[SupportQuarter, ...]
    source: str


@dataclass(frozen=True)
class FollowUpOutcome:
    """How many of the followed were in one situation: `count` persons, `share` of those whose situation is known."""

    matt: str
    count: Value
    share: Value


@dataclass(frozen=True)
class FollowUpRow:
    """One follow-up: `anchor` is avslut, start, termin or "" (not said), `months` the distance from it.

    `duration` is how many months the outcome must have lasted, None when not said. `left` are those to follow up,
    `unknown` those whose situation is not known (never 0 for lack of data), `period` when they left or began.
    """

    insats: str
    klass: str
    anchor: str
    months: int | None
    duration: int | None
    period: Period
    left: Value
    unknown: Value
    outcomes: tuple[FollowUpOutcome, ...]
    printed: tuple[tuple[str, Unit, Value], ...]
    source: str


@dataclass(frozen=True)
class InsatsAccount:
    """What is told in words of one insats ("" is the whole förbund): texts, decisions and events of the period.

    `fate` is the latest that is known of what became of it; "" when nothing is. `withheld` names the fields whose text
    exists and is shown in intern alone.
    """

    insats: str
    texts: tuple[InsatsText, ...]
    decisions: tuple[Decision, ...]
    events: tuple[Event, ...]
    fate: str = ""
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class Accounts:
    """Insatsredovisning: the förbund's own syntheses first, then insats by insats, and the decisions of the year."""

    whole: InsatsAccount
    insatser: tuple[InsatsAccount, ...]
    decisions: tuple[Decision, ...]
