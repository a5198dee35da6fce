"""Money: what is granted, decided, spent and forecast, row by row as it is published or entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finsam_dash.model.period import Period
from finsam_dash.model.words import Qualifier, Unit


class PostType(StrEnum):
    """What an amount is (posttyp). Amounts are stored positive; only resultat and kassaflöde carry a sign."""

    BIDRAG = "bidrag"
    OVRIG_INTAKT = "ovrig_intakt"
    INGAENDE_KAPITAL = "ingaende_kapital"
    KOSTNAD = "kostnad"
    TILLGANG = "tillgang"
    EGET_KAPITAL = "eget_kapital"
    SKULD = "skuld"
    KASSAFLODE = "kassaflode"
    SUMMA = "summa"
    RESULTAT = "resultat"


class PostState(StrEnum):
    """How firm an amount is (tillstånd)."""

    UTFALL = "utfall"
    BUDGET = "budget"
    PROGNOS = "prognos"
    BESLUTAD = "beslutad"
    ANSOKT = "ansokt"
    EJ_BESLUTAD = "ej_beslutad"


class TableKind(StrEnum):
    """What a table of amounts is: only one of a year is the budget or outcome that is shown first (huvud)."""

    HUVUD = "huvud"
    DEL = "del"
    TEXT = "text"
    AVVIKANDE = "avvikande"
    BALANS = "balans"
    KASSAFLODE = "kassaflode"
    ANDEL = "andel"
    RIKET = "riket"
    EGEN = "egen"


class CategoryKind(StrEnum):
    """What a category of costs is for; administration is compared with the bidrag."""

    INSATSER = "insatser"
    ADMINISTRATION = "administration"
    STYRELSE = "styrelse"
    FINANSIELLT = "finansiellt"
    OVRIGT = "ovrigt"


@dataclass(frozen=True)
class EconomyRow:
    """One amount. `amount` None is a post that is printed without one; `unit` is kr, tkr, or andel for a printed share.

    `precision` is the step that the amount is rounded to, in the unit. `insatsperiod` is the label of the decided
    period that the money belongs to. `known_from` and `comment` are for a prognos: its day and its author's words.
    """

    kod: str
    tabell: str
    posttype: PostType
    state: PostState
    kategori: str
    post: str
    period: Period
    amount: Decimal | None
    unit: Unit
    precision: Decimal = Decimal(1)
    insats: str = ""
    insatsperiod: str = ""
    medlem: str = ""
    formel: str = ""
    qualifier: Qualifier = Qualifier.NONE
    known_from: date | None = None
    comment: str = ""
    dokument: str = ""
    rubrik: str = ""
    uttryck: str = ""
    order: int = 0

    @property
    def kronor(self) -> Decimal | None:
        """The amount in kronor; None without an amount, and for a share."""
        if self.amount is None or self.unit is Unit.ANDEL:
            return None
        return self.amount * 1000 if self.unit is Unit.TKR else self.amount


@dataclass(frozen=True)
class EconomyTable:
    """What a table of EconomyRows is. Its code is its name."""

    tabell: str
    kind: TableKind
    dokument: str = ""
    rubrik: str = ""
    note: str = ""
    order: int = 0

    @property
    def kod(self) -> str:
        return self.tabell


@dataclass(frozen=True)
class EconomyCategory:
    """What a category of costs is for. Its code is its name."""

    kategori: str
    kind: CategoryKind

    @property
    def kod(self) -> str:
        return self.kategori
