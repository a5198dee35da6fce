"""What the intake tests share: one förbund, and the shortest ways to read a file and to look at the result."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

from finsam_dash.intake import IntakeContext, ReadDelivery, read_delivery
from finsam_dash.model import GenderScope, Insats, InsatsPeriod
from finsam_dash.wording.problems import format_problem, format_warning

FILES = Path(__file__).parent / "files"
OPEN_ENDED = (InsatsPeriod(date(2020, 1, 1), None),)
INSATSER = (
    Insats("jobbsparet", "Jobbspåret", OPEN_ENDED),
    Insats("gron-vaxtkraft", "Grön växtkraft", OPEN_ENDED, kortnamn="GV"),
    Insats("kvinnokraft", "Kvinnokraft", OPEN_ENDED, gender_scope=GenderScope.KVINNOR),
)
CONTEXT = IntakeContext(
    "provforbund",
    INSATSER,
    date(2026, 4, 15),
    grupper={"lokus-norr": "Lokusgrupp Norr"},
    matt_codes=frozenset(
        ("avslutade", "till_arbete_studier", "bortfall", "deltagare", "kostnad", "budget", "andel_arbete_studier")
    ),
)
HEADER = "Insats;Månad;Kön;Pågående vid start;Nya;Avslutade;Till arbete och/eller studier;Bortfall"
LONG_HEADER = (
    "Insats/Grupp;Insatsperiod;Från;Till;Kön;Mått;Indelning;Klass;Värde;Enhet;Täljare;Nämnare;Nämnartyp;"
    "Kvalifikator;Orsak;Uttryck;Dokument;Rubrik"
)


def read_text(text: str, filename: str = "leverans.csv", encoding: str = "utf-8", **changes: object) -> ReadDelivery:
    """Read a csv text; `changes` are to the context."""
    return read_delivery(text.encode(encoding), filename, replace(CONTEXT, **changes))


def read_lines(*lines: str, **changes: object) -> ReadDelivery:
    """Read csv lines."""
    return read_text("\n".join(lines) + "\n", **changes)


def to_workbook(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """A workbook made by openpyxl, one sheet an entry."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return save_book(book)


def save_book(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_book(data: bytes, filename: str = "leverans.xlsx", **changes: object) -> ReadDelivery:
    return read_delivery(data, filename, replace(CONTEXT, **changes))


def problem_lines(read: ReadDelivery) -> list[str]:
    return [format_problem(problem) for problem in read.problems]


def warning_lines(read: ReadDelivery) -> list[str]:
    return [format_warning(warning) for warning in read.warnings]


def figures_of(read: ReadDelivery) -> dict[tuple[str, str, str, str], float | str]:
    """The undivided figures: (subject, start, gender, mått) to the value, or to the reason that it is missing."""
    frame = read.figures[read.figures["indelning"] == ""]
    return {
        (str(row.subject), str(row.start)[:7], str(row.gender), str(row.matt)): row.value
        if pd.notna(row.value)
        else str(row.reason)
        for row in frame.itertuples()
    }
