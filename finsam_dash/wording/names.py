"""Swedish labels for the closed lists of the model."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from finsam_dash.model import (
    OF_DELTAGANDEN,
    Basis,
    CategoryKind,
    CountingMode,
    DenominatorType,
    Gender,
    GenderScope,
    IndicatorRow,
    Lage,
    PostState,
    PostType,
    Purpose,
    Qualifier,
    Reason,
    Riktning,
    SubjectKind,
    TableKind,
    TargetKind,
    Unit,
)
from finsam_dash.wording.numbers import NO_BREAK, Number, format_count

WHOLE_FORBUND: Final = "Hela förbundet"

# Keyed on the class first: StrEnum members of two lists with the same text ("man", "grupp") are equal and hash alike.
_NAMES: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = MappingProxyType(
    {
        Gender: {
            Gender.ALLA: "alla",
            Gender.KVINNA: "kvinnor",
            Gender.MAN: "män",
            Gender.ANNAT_OKANT: "annat eller okänt kön",
        },
        Lage: {
            Lage.INTERN: "intern",
            Lage.PUBLICERING: "publicering",
        },
        Reason: {
            Reason.UPPGIFT_SAKNAS: "uppgift saknas",
            Reason.EJ_REDOVISAT: "ej redovisat",
            Reason.DOLT_HOS_KALLAN: "dolt hos källan",
            Reason.INGEN_UPPGIFT_ANNU: "ingen uppgift ännu",
            Reason.MATS_EJ_LANGRE: "mäts ej längre",
            Reason.INGEN_UPPFOLJNING: "ingen uppföljning",
            Reason.EJ_TILLAMPLIGT: "ej tillämpligt",
        },
        Qualifier: {
            Qualifier.NONE: "",
            Qualifier.CA: "cirka",
            Qualifier.DRYGT: "drygt",
            Qualifier.OVER: "över",
            Qualifier.NARMARE: "närmare",
            Qualifier.EJ_SAKERSTALLD: "ej säkerställd",
            Qualifier.DOKUMENTETS_ORD: "dokumentets ord",
            Qualifier.HARLEDD: "härledd ur andel och nämnare",
        },
        DenominatorType: {
            DenominatorType.AVSLUTADE: "avslutade",
            DenominatorType.DELTAGARE: "deltagare",
            DenominatorType.INSKRIVNA: "inskrivna",
            DenominatorType.GENOMFORT: "som genomfört",
            DenominatorType.SVARANDE: "svarande",
            DenominatorType.GRUPP: "i gruppen",
            DenominatorType.ANNAN: "enligt egen nämnare",
        },
        CountingMode: {
            CountingMode.MED_PERSONUPPGIFTER: "med personuppgifter",
            CountingMode.ANONYM: "anonym",
            CountingMode.VOLYM: "volyminsats (endast antal)",
        },
        Purpose: {
            Purpose.ATERGANG: "återgång till arbetsmarknaden",
            Purpose.FORBEREDELSE: "förberedelse för fortsatt rehabilitering",
            Purpose.ESF: "ESF-projekt",
            Purpose.STRUKTUR: "strukturinsats",
        },
        GenderScope: {
            GenderScope.BADA: "kvinnor och män",
            GenderScope.KVINNOR: "bara kvinnor",
            GenderScope.MAN: "bara män",
        },
        Unit: {
            Unit.ANTAL: "antal",
            Unit.ANDEL: "andel",
            Unit.KR: "kr",
            Unit.TKR: "tkr",
            Unit.DAGAR: "dagar",
            Unit.POANG: "poäng",
        },
        Basis: {
            Basis.UTFALL: "utfall",
            Basis.HITTILLS: "hittills",
            Basis.PROGNOS: "prognos",
        },
        Riktning: {
            Riktning.MINST: "minst",
            Riktning.HOGST: "högst",
            Riktning.EXAKT: "exakt",
            Riktning.OKA: "öka",
            Riktning.MINSKA: "minska",
        },
        TargetKind: {
            TargetKind.ANTAL: "antal",
            TargetKind.ANDEL: "andel",
            TargetKind.HOGST: "högst",
            TargetKind.INTERVALL: "intervall",
            TargetKind.RIKET: "mot riket",
            TargetKind.KAPACITET: "platser",
            TargetKind.ENKAT: "enkät",
            TargetKind.MEDEL: "medelbetyg",
            TargetKind.STEG: "i steg",
            TargetKind.BASLINJE: "mot utgångsläget",
            TargetKind.PENGAR: "pengar",
            TargetKind.JA_NEJ: "ja eller nej",
            TargetKind.UTAN_TAL: "utan tal",
        },
        PostType: {
            PostType.BIDRAG: "bidrag",
            PostType.OVRIG_INTAKT: "övrig intäkt",
            PostType.INGAENDE_KAPITAL: "ingående kapital",
            PostType.KOSTNAD: "kostnad",
            PostType.TILLGANG: "tillgång",
            PostType.EGET_KAPITAL: "eget kapital",
            PostType.SKULD: "skuld",
            PostType.KASSAFLODE: "kassaflöde",
            PostType.SUMMA: "summa",
            PostType.RESULTAT: "resultat",
        },
        PostState: {
            PostState.UTFALL: "utfall",
            PostState.BUDGET: "budget",
            PostState.PROGNOS: "prognos",
            PostState.BESLUTAD: "beslutad",
            PostState.ANSOKT: "ansökt",
            PostState.EJ_BESLUTAD: "ej beslutad",
        },
        TableKind: {
            TableKind.HUVUD: "huvudtabell",
            TableKind.DEL: "del av en budget eller ett utfall",
            TableKind.TEXT: "belopp ur löptext",
            TableKind.AVVIKANDE: "stämmer inte med huvudtabellen",
            TableKind.BALANS: "balansräkning",
            TableKind.KASSAFLODE: "kassaflödesanalys",
            TableKind.ANDEL: "andelar",
            TableKind.RIKET: "hela landet",
            TableKind.EGEN: "egen uppgift",
        },
        CategoryKind: {
            CategoryKind.INSATSER: "insatser",
            CategoryKind.ADMINISTRATION: "administration",
            CategoryKind.STYRELSE: "styrelse",
            CategoryKind.FINANSIELLT: "finansiellt",
            CategoryKind.OVRIGT: "övrigt",
        },
        SubjectKind: {
            SubjectKind.FORBUND: "förbundet",
            SubjectKind.INSATS: "insats",
            SubjectKind.GRUPP: "grupp",
        },
    }
)

_OF_WHOM: Final = MappingProxyType(
    {
        DenominatorType.AVSLUTADE: "av de avslutade",
        DenominatorType.DELTAGARE: "av deltagarna",
        DenominatorType.INSKRIVNA: "av de inskrivna",
        DenominatorType.GENOMFORT: "av dem som genomfört",
        DenominatorType.SVARANDE: "av de svarande",
        DenominatorType.GRUPP: "av gruppen",
        DenominatorType.ANNAN: "av en egen nämnare",
    }
)


def format_name(member: StrEnum) -> str:
    """The Swedish name of a member of one of the model's closed lists, in lower case."""
    return _NAMES[type(member)][member]


def format_name_capital(member: StrEnum) -> str:
    """The name as it begins a row or a choice: "Kvinnor"."""
    return capitalise(format_name(member))


def capitalise(text: str) -> str:
    """The text with its first letter as a capital and the rest as it is ("ESF-projekt" stays)."""
    return text[:1].upper() + text[1:]


def name_subject(subject: str | None, names: Mapping[str, str]) -> str:
    """What an insats is called, by its code where nobody has named it; the förbund itself has none ("" or None)."""
    return names.get(subject, subject) if subject else WHOLE_FORBUND


def format_of_whom(kind: DenominatorType) -> str:
    """Of whom a share is a share, in prose: "av de avslutade"."""
    return _OF_WHOM[kind]


def format_row_of_whom(row: IndicatorRow) -> str:
    """Of whom a row's share is a share: "av deltagandena" where no unique persons are supplied; "" without a word."""
    if OF_DELTAGANDEN in row.codes:
        return "av deltagandena"
    return format_of_whom(row.namnare_typ) if row.namnare_typ else ""


def format_denominator(denominator: Number | None, kind: DenominatorType | None) -> str:
    """The denominator column of a chart row: "av 277 avslutade", "av avslutade" where the number is not known."""
    noun = format_name(kind) if kind else ""
    if denominator is None:
        return format_of_whom(kind) if kind else ""
    return f"av{NO_BREAK}{format_count(denominator)} {noun}".rstrip()


def format_list(words: tuple[str, ...] | list[str], joint: str = "och") -> str:
    """Words in a row with "och", or another joint, before the last: "A, B och C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
