"""Working together: seminars, kompetensaktiviteter, enkäter, sociala företag, lotsärenden, risks, funding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_dash.model.period import Period
from finsam_dash.model.words import Qualifier, Unit


@dataclass(frozen=True)
class SamverkanFigure:
    """One number about working together. `slag` is its kind, `matt` what is counted, both open lists of codes.

    `value` is 0-1 for shares, None where röjandekontroll hides it. `skala` is "" where the document does not say on
    what scale a mean is. `svarande` is who answered or took part, `medlem` which organisations.
    """

    kod: str
    slag: str
    namn: str
    matt: str
    period: Period
    value: Decimal | None
    unit: Unit
    tema: str = ""
    insats: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    skala: str = ""
    svarande: str = ""
    medlem: str = ""
    qualifier: Qualifier = Qualifier.NONE
    dokument: str = ""
    rubrik: str = ""
    uttryck: str = ""
    order: int = 0


@dataclass(frozen=True)
class Lotsarende:
    """One lotsärende, without anything about the person: whence it came, what it was, what was done.

    `solved` None is an ärende that is still open. `coordinator` is a role or an area, never a person's name.
    """

    kod: str
    opened: date
    grupp: str
    coordinator: str
    whence: str
    kind: str
    analysis: str = ""
    action: str = ""
    hindrance: str = ""
    solved: bool | None = None


@dataclass(frozen=True)
class Enkat:
    """One question of an enkät: `answers` are counts from the lowest to the highest step of the scale.

    `positive_from` is the step (1 is the lowest) from which an answer is positive; `sent` how many were asked, None
    when not known. `before` are the same persons' answers at the start, for stegförflyttning.
    """

    kod: str
    namn: str
    question: str
    period: Period
    svarande: str
    answers: tuple[int, ...]
    positive_from: int
    sent: int | None = None
    insats: str = ""
    before: tuple[int, ...] = ()


@dataclass(frozen=True)
class ExternalFunding:
    """A decision on money from elsewhere (ESF, statsbidrag …); `amount` in kronor, None when not decided."""

    kod: str
    funder: str
    what: str
    decided: date | None
    amount: Decimal | None
    state: str
    insats: str = ""


@dataclass(frozen=True)
class Risk:
    """One risk of internkontroll, with its owner (a role) and the day of its follow-up."""

    kod: str
    text: str
    owner: str
    follow_up: date
    action: str = ""
    done: bool = False
