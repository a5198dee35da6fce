"""The published registers of money, samverkan, texts and printed results: csv rows -> the model's frozen words.

Every reader gives (förbund, entry) in the file's order and raises ValueError for a code outside the closed lists.
Codes of entries are made of what names a row, so that they stay the same when rows are added before it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finsam_dash.intake.plans import read_day, read_rows
from finsam_dash.model import (
    CategoryKind,
    Decision,
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Enkat,
    Event,
    ExternalFunding,
    InsatsText,
    Lotsarende,
    Period,
    PostState,
    PostType,
    PrintedResult,
    Qualifier,
    Risk,
    SamverkanFigure,
    TableKind,
    Unit,
)


def make_code(*parts: str) -> str:
    """A short code made of what names an entry; the same parts always give the same code."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]


def read_decimal(text: str) -> Decimal | None:
    """An exact number with decimal comma or point; None for an empty cell. Raises decimal.InvalidOperation."""
    return Decimal(text.replace(",", ".")) if text else None


def read_documents(data: bytes) -> Iterator[tuple[str, Document]]:
    """Read dokument.csv; a delivery without a time that it reports (start, slut) is no document to check."""
    for row in read_rows(data):
        if not row.get("start"):
            continue
        period = Period(date.fromisoformat(row["start"]), date.fromisoformat(row["slut"]))
        yield (
            row["forbund"],
            Document(row["dokument"], row["namn"], row["kort"], period, date.fromisoformat(row["datum"])),
        )


def read_printed_results(data: bytes, owners: dict[str, str]) -> Iterator[tuple[str, PrintedResult]]:
    """Read data/publicerat/avstamning.csv; `owners` gives the förbund of each document."""
    seen: Counter[str] = Counter()
    for order, row in enumerate(read_rows(data)):
        code = make_code(row["dokument"], row["rubrik"], row["uttryck"], row["kolumn"], row["formel"])
        seen[code] += 1
        yield (
            owners[row["dokument"]],
            PrintedResult(
                kod=code if seen[code] == 1 else f"{code}-{seen[code]}",
                dokument=row["dokument"],
                rubrik=row["rubrik"],
                uttryck=row["uttryck"],
                published=_amount(row["publicerat"]),
                unit=Unit(row["enhet"]),
                precision=_amount(row["precision"]),
                parts=row["delar"],
                formel=row["formel"],
                note=row["forklaring"],
                column=row["kolumn"],
                qualifier=Qualifier(row["kvalifikator"]),
                order=order,
            ),
        )


def read_economy(data: bytes) -> Iterator[tuple[str, EconomyRow]]:
    """Read ekonomi.csv."""
    for row in read_rows(data):
        named = ("tabell", "post", "medlem", "insats", "insatsperiod", "start", "slut", "tillstand", "posttyp", "enhet")
        yield (
            row["forbund"],
            EconomyRow(
                kod=make_code(*(row[name] for name in named)),
                tabell=row["tabell"],
                posttype=PostType(row["posttyp"]),
                state=PostState(row["tillstand"]),
                kategori=row["kategori"],
                post=row["post"],
                period=_period(row),
                amount=read_decimal(row["belopp"]),
                unit=Unit(row["enhet"]),
                precision=_amount(row["precision"]),
                insats=row["insats"],
                insatsperiod=row["insatsperiod"],
                medlem=row["medlem"],
                formel=row["formel"],
                qualifier=Qualifier(row["kvalifikator"]),
                dokument=row["dokument"],
                rubrik=row["rubrik"],
                uttryck=row["uttryck"],
                order=int(row["ordning"] or 0),
            ),
        )


def read_economy_tables(data: bytes) -> Iterator[tuple[str, EconomyTable]]:
    """Read ekonomitabeller.csv."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            EconomyTable(
                row["tabell"],
                TableKind(row["slag"]),
                row["dokument"],
                row["rubrik"],
                row["notering"],
                int(row["ordning"] or 0),
            ),
        )


def read_economy_categories(data: bytes) -> Iterator[tuple[str, EconomyCategory]]:
    """Read ekonomikategorier.csv."""
    for row in read_rows(data):
        yield row["forbund"], EconomyCategory(row["kategori"], CategoryKind(row["slag"]))


def read_samverkan(data: bytes) -> Iterator[tuple[str, SamverkanFigure]]:
    """Read samverkan.csv."""
    for row in read_rows(data):
        named = ("slag", "namn", "tema", "matt", "start", "slut", "insats")
        yield (
            row["forbund"],
            SamverkanFigure(
                kod=make_code(*(row[name] for name in named)),
                slag=row["slag"],
                namn=row["namn"],
                matt=row["matt"],
                period=_period(row),
                value=_amount(row["varde"]),
                unit=Unit(row["enhet"]),
                tema=row["tema"],
                insats=row["insats"],
                numerator=read_decimal(row["taljare"]),
                denominator=read_decimal(row["namnare"]),
                skala=row["skala"],
                svarande=row["svarande"],
                medlem=row["medlem"],
                qualifier=Qualifier(row["kvalifikator"]),
                dokument=row["dokument"],
                rubrik=row["rubrik"],
                uttryck=row["uttryck"],
                order=int(row["ordning"] or 0),
            ),
        )


def read_decisions(data: bytes, years: dict[str, Period]) -> Iterator[tuple[str, Decision]]:
    """Read beslut.csv; `years` gives the time that each document reports, which is when its decisions were told."""
    for row in read_rows(data):
        named = ("insats", "namn", "slag", "beslutad", "start", "slut")
        yield (
            row["forbund"],
            Decision(
                kod=make_code(*(row[name] for name in named)),
                namn=row["namn"],
                kind=row["slag"],
                insats=row["insats"],
                decided_by=row["beslutad_av"],
                decided=row["beslutad"],
                start=read_day(row["start"]),
                end=read_day(row["slut"]),
                fate=row["ode"],
                text=row["text"],
                period=years.get(row["dokument"]),
                dokument=row["dokument"],
                rubrik=row["rubrik"],
                uttryck=row["uttryck"],
                order=int(row["ordning"] or 0),
            ),
        )


def read_insats_texts(data: bytes) -> Iterator[tuple[str, InsatsText]]:
    """Read insatstexter.csv."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            InsatsText(row["insats"], row["falt"], row["text"], _period(row), row["dokument"], row["rubrik"]),
        )


def read_events(data: bytes) -> Iterator[tuple[str, Event]]:
    """Read handelser.csv."""
    for row in read_rows(data):
        code = make_code(row["insats"], row["datum"], row["text"])
        yield row["forbund"], Event(code, date.fromisoformat(row["datum"]), row["text"], row["insats"])


def read_lotsarenden(data: bytes) -> Iterator[tuple[str, Lotsarende]]:
    """Read lotsarenden.csv; lost is ja, nej, or empty for an ärende that is still open."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            Lotsarende(
                kod=row["kod"],
                opened=date.fromisoformat(row["oppnat"]),
                grupp=row["grupp"],
                coordinator=row["samordnare"],
                whence=row["varifran"],
                kind=row["slag"],
                analysis=row["analys"],
                action=row["atgard"],
                hindrance=row["hinder"],
                solved={"ja": True, "nej": False, "": None}[row["lost"]],
            ),
        )


def read_enkater(data: bytes) -> Iterator[tuple[str, Enkat]]:
    """Read enkater.csv; svar and fore are counts from the lowest step to the highest, separated by spaces."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            Enkat(
                kod=row["kod"],
                namn=row["namn"],
                question=row["fraga"],
                period=_period(row),
                svarande=row["svarande"],
                answers=tuple(int(count) for count in row["svar"].split()),
                positive_from=int(row["positivt_fran"]),
                sent=int(row["utskick"]) if row["utskick"] else None,
                insats=row["insats"],
                before=tuple(int(count) for count in row["fore"].split()),
            ),
        )


def read_external_funding(data: bytes) -> Iterator[tuple[str, ExternalFunding]]:
    """Read externa_medel.csv; amounts in kronor."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            ExternalFunding(
                row["kod"],
                row["finansiar"],
                row["avser"],
                read_day(row["beslutad"]),
                read_decimal(row["belopp"]),
                row["tillstand"],
                row["insats"],
            ),
        )


def read_risks(data: bytes) -> Iterator[tuple[str, Risk]]:
    """Read internkontroll.csv."""
    for row in read_rows(data):
        yield (
            row["forbund"],
            Risk(
                row["kod"],
                row["risk"],
                row["ansvarig"],
                date.fromisoformat(row["uppfoljning"]),
                row["atgard"],
                row["klar"] == "ja",
            ),
        )


def _period(row: dict[str, str]) -> Period:
    return Period(date.fromisoformat(row["start"]), date.fromisoformat(row["slut"]))


def _amount(text: str) -> Decimal:
    number = read_decimal(text)
    if number is None:
        raise ValueError("a number is lacking")
    return number
