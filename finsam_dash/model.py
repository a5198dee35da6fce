"""The frozen words of the domain: periods, kön, insatser, and a value that is measured, hidden or missing."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple


class Gender(StrEnum):
    """Kön as it is counted; `ALLA` is the total, stated or summed."""

    ALLA = "alla"
    KVINNA = "kvinna"
    MAN = "man"
    ANNAT_OKANT = "annat_okant"


class Lage(StrEnum):
    """The läge of a surface: for the kansli's own eyes, or for publication (röjandekontroll applies)."""

    INTERN = "intern"
    PUBLICERING = "publicering"


class Reason(StrEnum):
    """Why a figure is missing; a closed list. The Swedish words are in wording."""

    UPPGIFT_SAKNAS = "uppgift_saknas"
    EJ_REDOVISAT = "ej_redovisat"
    DOLT_HOS_KALLAN = "dolt_hos_kallan"
    INGEN_UPPGIFT_ANNU = "ingen_uppgift_annu"
    MATS_EJ_LANGRE = "mats_ej_langre"
    INGEN_UPPFOLJNING = "ingen_uppfoljning"
    EJ_TILLAMPLIGT = "ej_tillampligt"


class Qualifier(StrEnum):
    """How a document hedges a figure, or how we came by it."""

    NONE = ""
    CA = "ca"
    DRYGT = "drygt"
    OVER = "over"
    NARMARE = "narmare"
    EJ_SAKERSTALLD = "ej_sakerstalld"
    DOKUMENTETS_ORD = "dokumentets_ord"
    HARLEDD = "harledd"


class DenominatorType(StrEnum):
    """Of whom a share is a share (namnare_typ). Shares of different types are never pooled."""

    AVSLUTADE = "avslutade"
    DELTAGARE = "deltagare"
    INSKRIVNA = "inskrivna"
    GENOMFORT = "genomfort"
    SVARANDE = "svarande"
    GRUPP = "grupp"
    ANNAN = "annan"


class CountingMode(StrEnum):
    """How an insats is registered (räknesätt); only the first has background and outcome."""

    MED_PERSONUPPGIFTER = "med_personuppgifter"
    ANONYM = "anonym"
    VOLYM = "volym"


class Purpose(StrEnum):
    """What an insats is for; only insatser of the same purpose are compared."""

    ATERGANG = "atergang"
    FORBEREDELSE = "forberedelse"
    ESF = "esf"
    STRUKTUR = "struktur"


class GenderScope(StrEnum):
    """Whom an insats is open to; decides whether a lacking row for one kön is a gap."""

    BADA = "bada"
    KVINNOR = "kvinnor"
    MAN = "man"


class Unit(StrEnum):
    """The unit of a stored figure; a share is 0-1."""

    ANTAL = "antal"
    ANDEL = "andel"
    KR = "kr"
    TKR = "tkr"
    DAGAR = "dagar"
    POANG = "poang"


class SubjectKind(StrEnum):
    """What a figure speaks of."""

    FORBUND = "forbund"
    INSATS = "insats"
    GRUPP = "grupp"


MONTHS = ("januari", "februari", "mars", "april", "maj", "juni",
          "juli", "augusti", "september", "oktober", "november", "december")  # fmt: skip


class PeriodError(ValueError):
    """The text names no period."""


@dataclass(frozen=True, order=True)
class Period:
    """Two dates, both included; every label is derived from them."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(f"{self.start}/{self.end}")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2014`, `2014-H1`, `2014-T2`, `2014-K3`, `2014-03`, `2013-12/2015-11` or two ISO dates.

        Raises PeriodError for anything else.
        """
        text = text.strip()
        try:
            if match := re.fullmatch(r"(\d{4})(?:-([HTK])(\d))?", text):
                year = int(match[1])
                if match[2] is None:
                    return cls.year(year)
                length = {"H": 6, "T": 4, "K": 3}[match[2]]
                number = int(match[3])
                if not 1 <= number <= 12 // length:
                    raise PeriodError(text)
                first = cls.month(year, (number - 1) * length + 1)
                return cls(first.start, cls.month(year, number * length).end)
            if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
                return cls.month(int(match[1]), int(match[2]))
            if match := re.fullmatch(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})", text):
                start = cls.month(int(match[1]), int(match[2])).start
                return cls(start, cls.month(int(match[3]), int(match[4])).end)
            if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", text):
                return cls(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
        except (ValueError, IndexError) as error:
            raise PeriodError(text) from error
        raise PeriodError(text)

    @property
    def code(self) -> str:
        """The shortest text that `parse` reads back to this period."""
        if self.is_whole_months:
            for length, letter in ((12, ""), (6, "H"), (4, "T"), (3, "K")):
                if self.month_count == length and (self.start.month - 1) % length == 0:
                    number = (self.start.month - 1) // length + 1
                    return f"{self.start.year:04d}" + (f"-{letter}{number}" if letter else "")
            if self.month_count == 1:
                return f"{self.start:%Y-%m}"
            return f"{self.start:%Y-%m}/{self.end:%Y-%m}"
        return f"{self.start}/{self.end}"

    @property
    def is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    @property
    def is_calendar_year(self) -> bool:
        return self.is_whole_months and self.start.month == 1 and self.month_count == 12

    @property
    def month_count(self) -> int:
        """Calendar months touched, the first and last included."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def months(self) -> tuple[Period, ...]:
        """The calendar months touched, in order."""
        first = self.start.year * 12 + self.start.month - 1
        return tuple(Period.month(index // 12, index % 12 + 1) for index in range(first, first + self.month_count))

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift_years(self, years: int) -> Period:
        """The same calendar span `years` later; 29 February becomes the 28th."""

        def moved(day: date) -> date:
            last = calendar.monthrange(day.year + years, day.month)[1]
            return day.replace(year=day.year + years, day=min(day.day, last))

        end_of_month = (self.end + timedelta(days=1)).day == 1
        end = moved(self.end)
        if end_of_month:
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
        return Period(moved(self.start), end)


@dataclass(frozen=True)
class Measured:
    """A value that is known. Shares are 0-1; counts are whole numbers.

    `numerator` and `denominator` are None for counts and for a share published without counts.
    `lower` and `upper` are Wilson 95 % limits, None where there is nothing to compute them from.
    `unknown` is the number of avslutade whose outcome is not known, outside the denominator.
    """

    value: float
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    qualifier: Qualifier = Qualifier.NONE
    unknown: int | None = None
    published: float | None = None
    status: Literal["matt"] = "matt"


@dataclass(frozen=True)
class Suppressed:
    """A value that is hidden by röjandekontroll. It carries nothing, so nothing can leak from it."""

    status: Literal["dold"] = "dold"


@dataclass(frozen=True)
class Missing:
    """A value that is not known, and why. `detail` is data for the sentence (a gap, an insats), never the sentence."""

    reason: Reason
    detail: str = ""
    status: Literal["saknas"] = "saknas"


Value = Measured | Suppressed | Missing


@dataclass(frozen=True)
class Coverage:
    """How many of the expected insatser a partial sum holds, and the codes of those it lacks (tackning)."""

    included: int
    expected: int
    without: tuple[str, ...]


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


@dataclass(frozen=True)
class ComparisonValue:
    """A published value to compare with: riket, another förbund, a region, a share of the population.

    `value` is 0-1. `extracted` is the uttagsdatum, None when it is not known. Two values for one year are both kept.
    """

    indikator: str
    gender: Gender
    kind: str
    name: str
    period: Period
    value: float
    source: str
    numerator: float | None = None
    denominator: float | None = None
    extracted: date | None = None
    note: str = ""


class Riktning(StrEnum):
    """Which side of a target is the good one; `oka` and `minska` are against a baseline."""

    MINST = "minst"
    HOGST = "hogst"
    EXAKT = "exakt"
    OKA = "oka"
    MINSKA = "minska"


class TargetKind(StrEnum):
    """What kind of goal a target is (typ); it decides which arithmetic is allowed."""

    ANTAL = "antal"
    ANDEL = "andel"
    HOGST = "hogst"
    INTERVALL = "intervall"
    RIKET = "riket"
    KAPACITET = "kapacitet"
    ENKAT = "enkat"
    MEDEL = "medel"
    STEG = "steg"
    BASLINJE = "baslinje"
    PENGAR = "pengar"
    JA_NEJ = "ja_nej"
    UTAN_TAL = "utan_tal"


class Basis(StrEnum):
    """What an outcome is (underlag): final, so far, or a forecast."""

    UTFALL = "utfall"
    HITTILLS = "hittills"
    PROGNOS = "prognos"


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
    value_high: float | None = None
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


class Figure(NamedTuple):
    """One current stored figure, as the store hands it out. `value` None means missing, and `reason` says why.

    Source: one row of the store's fact table. `subject` is "" for the förbund itself, else the code of the
    insats or grupp. `known_from` is the day the delivery's content was known (uttagsdatum, else the day of import).
    `uttryck` is the expression as the document prints it, "" outside documents.
    """

    kind: SubjectKind
    subject: str
    matt: str
    indelning: str
    klass: str
    gender: Gender
    period: Period
    value: float | None
    reason: Reason | None
    unit: Unit
    numerator: float | None
    denominator: float | None
    namnare_typ: DenominatorType | None
    qualifier: Qualifier
    dokument: str
    rubrik: str
    leverans: int
    known_from: date
    uttryck: str = ""


@dataclass(frozen=True, order=True)
class Source:
    """Where a figure comes from: a delivery, and the document and heading where it is published."""

    leverans: int
    dokument: str = ""
    rubrik: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator for one subject and kön. `subject` None is the whole förbund.

    `period` is what the value covers (the period asked, or a document's own period). `codes` are remarks for
    wording, such as "namnare_ar_avslutade" (utan uppgift never delivered) and "publicerad_andel".
    """

    subject: str | None
    gender: Gender
    indikator: str
    value: Value
    period: Period
    namnare_typ: DenominatorType | None = None
    sources: tuple[Source, ...] = ()
    coverage: Coverage | None = None
    codes: tuple[str, ...] = ()
