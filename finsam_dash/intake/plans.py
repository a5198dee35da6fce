"""The published goals and their outcomes: csv rows -> Target and TargetOutcome."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finsam_dash.intake.codelists import load_codelist
from finsam_dash.model import (
    Basis,
    DenominatorType,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Riktning,
    Target,
    TargetKind,
    TargetOutcome,
    Unit,
    Value,
)
from finsam_dash.stats.proportions import wilson


def read_rows(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of one of the project's own csv files (`;`, UTF-8), every cell stripped."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8")), delimiter=";"):
        yield {name: (cell or "").strip() for name, cell in row.items()}


def read_number(text: str) -> float | None:
    """A number with decimal comma or point; None for an empty cell."""
    return float(text.replace(",", ".")) if text else None


def read_day(text: str) -> date | None:
    """An ISO date; None for an empty cell."""
    return date.fromisoformat(text) if text else None


def read_goal_number(text: str) -> tuple[float, Unit] | None:
    """A goal's value as people write it: "30 %" is a share, "1 150" a count; None for what is neither."""
    plain = "".join(text.split()).replace(",", ".")
    percent = plain.endswith("%")
    if not re.fullmatch(r"\d+(\.\d+)?", plain.rstrip("%")):
        return None
    number = Decimal(plain.rstrip("%"))
    if percent:
        return (float(number / 100), Unit.ANDEL) if number <= 100 else None
    return float(number), Unit.ANTAL


def read_targets(data: bytes) -> Iterator[tuple[str, Target]]:
    """Read data/publicerat/mal.csv: (förbund, goal), in the file's order.

    Raises ValueError for a code outside the closed lists.
    """
    for row in read_rows(data):
        yield (
            row["forbund"],
            Target(
                kod=row["kod"],
                plan=row["plan"],
                level=row["niva"],
                text=row["text"],
                period=Period(date.fromisoformat(row["start"]), date.fromisoformat(row["slut"])),
                kind=TargetKind(row["typ"]),
                perspektiv=row["perspektiv"],
                heading=row["grupp_rubrik"],
                indikator=row["indikator"],
                outcome=row["utfall"],
                namnare_typ=DenominatorType(row["namnare_typ"]) if row["namnare_typ"] else None,
                mattidpunkt=row["mattidpunkt"],
                riktning=Riktning(row["riktning"]) if row["riktning"] else None,
                malvarde=read_number(row["malvarde"]),
                malvarde_hogst=read_number(row["malvarde_hogst"]),
                unit=Unit(row["enhet"]) if row["enhet"] else None,
                malkalla=row["malkalla"] or "ingen",  # type: ignore[arg-type]
                baseline=read_number(row["baslinje_varde"]),
                baseline_period=row["baslinje_period"],
                scope=row["omfattning"] or "forbund",  # type: ignore[arg-type]
                insats=row["insats"],
                indelning=row["indelning"],
                klass=_read_class(row["indelning"], row["klass"]),
                deadline=read_day(row["deadline"]),
                step_of=row["steg_av"],
                comparable=row["jamforbar"] != "nej",
                comparable_reason=row["jamforbar_orsak"],
                has_pace=row["forvantad_takt"] == "ja",
                dokument=row["dokument"],
                rubrik=row["rubrik"],
                order=int(row["ordning"] or 0),
            ),
        )


def read_target_outcomes(data: bytes) -> Iterator[TargetOutcome]:
    """Read data/publicerat/malutfall.csv. Raises ValueError for a code outside the closed lists."""
    for row in read_rows(data):
        reference = None
        if row["kalla_start"]:
            reference = Period(date.fromisoformat(row["kalla_start"]), date.fromisoformat(row["kalla_slut"]))
        yield TargetOutcome(
            target=row["mal"],
            known_from=date.fromisoformat(row["per"]),
            basis=Basis(row["underlag"]),
            period=Period(date.fromisoformat(row["start"]), date.fromisoformat(row["slut"])),
            part=f"{row['indelning']}:{_read_class(row['indelning'], row['klass'])}" if row["klass"] else "",
            value=_read_value(row),
            namnare_typ=DenominatorType(row["namnare_typ"]) if row["namnare_typ"] else None,
            text=row["utfall_text"],
            note=row["notering"],
            matt=row["kalla_matt"],
            indelning=row["kalla_indelning"],
            klass=_read_class(row["kalla_indelning"], row["kalla_klass"]),
            reference_period=reference,
            dokument=row["dokument"],
            rubrik=row["rubrik"],
            uttryck=row["uttryck"],
        )


def _read_class(indelning: str, klass: str) -> str:
    """The class as figures carry it: the closed list's own code where it knows the spelling."""
    return (load_codelist("klass", indelning).find(klass) if klass else None) or klass


def _read_value(row: dict[str, str]) -> Value | None:
    number = read_number(row["varde"])
    if number is None:
        return Missing(Reason(row["orsak"])) if row["orsak"] else None
    numerator, denominator = read_number(row["taljare"]), read_number(row["namnare"])
    unknown = read_number(row["okant"])
    qualifier = Qualifier(row["kvalifikator"])
    if numerator is None or not denominator:
        return Measured(number, qualifier=qualifier, published=number)
    if not row["namnare_typ"]:
        # A ratio of amounts has no persons behind it, so no interval.
        return Measured(numerator / denominator, qualifier=qualifier, published=number)
    lower, upper = wilson(numerator, denominator)
    known = None if unknown is None else int(unknown)
    return Measured(numerator / denominator, numerator, denominator, lower, upper, qualifier, known, number)
