"""The closed lists of the domain: every word that a figure, an insats or a goal may carry."""

from __future__ import annotations

from enum import StrEnum


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
