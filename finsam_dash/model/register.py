"""Whom figures speak of and who speaks: förbund, insatser, actors, settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finsam_dash.model.period import Period
from finsam_dash.model.words import CountingMode, GenderScope, Purpose


@dataclass(frozen=True)
class InsatsPeriod:
    """One decided period of an insats (insatsperiod); `end` None is "t.v."."""

    start: date
    end: date | None
    label: str = ""
    note: str = ""

    def overlaps(self, period: Period) -> bool:
        return self.start <= period.end and (self.end is None or period.start <= self.end)


@dataclass(frozen=True)
class Insats:
    """An insats with what is registered about it; codes are set once and never reused."""

    kod: str
    namn: str
    periods: tuple[InsatsPeriod, ...] = ()
    kortnamn: str = ""
    purpose: Purpose | None = None
    form: str = ""
    counting_mode: CountingMode = CountingMode.MED_PERSONUPPGIFTER
    gender_scope: GenderScope = GenderScope.BADA
    huvudman: str = ""
    parter: str = ""
    malgrupp: str = ""
    syfte: str = ""
    ort: str = ""
    kommun: str = ""
    grupp: str = ""
    predecessors: tuple[str, ...] = ()
    order: int = 0

    def is_active(self, period: Period) -> bool:
        return any(part.overlaps(period) for part in self.periods)


@dataclass(frozen=True)
class Forbund:
    """A samordningsförbund. `pahittad` marks synthetic data; every surface must say so."""

    kod: str
    namn: str
    pahittad: bool = False


@dataclass(frozen=True)
class PlannedCount:
    """How many participants an insats is budgeted for in a year (budgeterat antal): a plan, about no person.

    `kod` is "insats/period".
    """

    kod: str
    insats: str
    period: Period
    number: int


@dataclass(frozen=True)
class Actor:
    """Who did something: a role and a name; locally "lokal användare"."""

    role: str = "forbundschef"
    name: str = "lokal användare"


@dataclass(frozen=True)
class Settings:
    """A förbund's settings at one moment, read as a whole. `threshold` is t of röjandekontroll (persons)."""

    threshold: int = 5
    show_zero: bool = True
    publishing_grid: str = "halvar"
    accent: str = ""
    logo_png: bytes = b""
    report_day: int = 10
