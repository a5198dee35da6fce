"""Goals as plans word them, and what is known of their outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finsam_dash.model.period import Period
from finsam_dash.model.value import Value
from finsam_dash.model.words import Basis, DenominatorType, Riktning, TargetKind, Unit


@dataclass(frozen=True)
class Target:
    """One goal as a plan words it. `text` is the document's wording to the letter, with ordinary spaces.

    `malvarde` is 0-1 for shares, persons, kr or points else, None for a goal without a number or against riket.
    `comparable` False: outcome and goal do not measure the same thing, and `comparable_reason` says how.
    `ended` is the day a förbundschef ended the goal, None while it holds.
    """

    kod: str
    plan: str
    level: str
    text: str
    period: Period
    kind: TargetKind = TargetKind.UTAN_TAL
    perspektiv: str = ""
    heading: str = ""
    indikator: str = ""
    outcome: str = ""
    namnare_typ: DenominatorType | None = None
    mattidpunkt: str = ""
    riktning: Riktning | None = None
    malvarde: float | None = None
    malvarde_hogst: float | None = None
    unit: Unit | None = None
    malkalla: Literal["fast", "riket", "baslinje", "ingen"] = "ingen"
    baseline: float | None = None
    baseline_period: str = ""
    scope: Literal["forbund", "grupp", "insats", "insatsperiod", "delgrupp"] = "forbund"
    insats: str = ""
    indelning: str = ""
    klass: str = ""
    deadline: date | None = None
    step_of: str = ""
    comparable: bool = True
    comparable_reason: str = ""
    has_pace: bool = False
    dokument: str = ""
    rubrik: str = ""
    order: int = 0
    ended: date | None = None

    @property
    def last_day(self) -> date:
        """The day the goal's time runs out."""
        return self.deadline or self.period.end


@dataclass(frozen=True)
class TargetOutcome:
    """What is known of a goal's outcome, from a day on. Either a reference to a stored figure or a value of its own.

    `matt` with indelning, klass and `reference_period` is the reference; it wins over the value, so that a changed
    figure changes the verdict. `indelning`/`klass` of a part ("delar") are `part`.
    """

    target: str
    known_from: date
    basis: Basis
    period: Period
    part: str = ""
    value: Value | None = None
    namnare_typ: DenominatorType | None = None
    text: str = ""
    note: str = ""
    matt: str = ""
    indelning: str = ""
    klass: str = ""
    reference_period: Period | None = None
    dokument: str = ""
    rubrik: str = ""
    uttryck: str = ""

    @property
    def kod(self) -> str:
        """Unique within the förbund: the goal, the day from which it is known, and what it speaks of."""
        return f"{self.target}/{self.known_from}/{self.period.code}/{self.part}"


@dataclass(frozen=True)
class TargetComment:
    """The förbund's analysis of a goal for one period; intern only."""

    target: str
    period: Period
    text: str

    @property
    def kod(self) -> str:
        """One comment a goal and period."""
        return f"{self.target}/{self.period.code}"
