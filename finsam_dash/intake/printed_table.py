"""A table of printed results that a förbund wants to check before its report is printed: file or pasted text.

Columns: Uttryck (as it will be printed) and Delar (what it is made of), and if wanted Publicerat, Enhet, Precision,
Kvalifikator, Rubrik, Kolumn, Formel. What is not given is read from the expression: "34 % (340 av 981)" is the share
0,34 at whole per cent, made of 340/981. Nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from finsam_dash.intake.cells import REPORTED, clean_text, fold
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.intake.findings import Findings, Problem
from finsam_dash.intake.privacy import check_filename, check_privacy
from finsam_dash.intake.workbook import RawTable, UnreadableFileError, read_tables
from finsam_dash.model import PrintedResult, Qualifier, Unit

_HEADERS: Final = {
    "uttryck": "uttryck", "tryckt": "uttryck", "text": "uttryck", "star": "uttryck",
    "delar": "parts", "berakning": "parts", "raknas": "parts",
    "publicerat": "published", "varde": "published", "resultat": "published",
    "enhet": "unit", "precision": "precision", "kvalifikator": "qualifier",
    "rubrik": "rubrik", "kolumn": "column", "formel": "formel",
}  # fmt: skip
_HEDGES: Final = {"ca": "ca", "cirka": "ca", "omkring": "ca", "drygt": "drygt", "över": "over", "närmare": "narmare"}
_NUMBER = re.compile(
    r"(?:\b(?P<hedge>ca|cirka|omkring|drygt|över|närmare)\.?\s+)?"
    r"(?<![\w,.])(?P<number>[-−–]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|[-−–]?\d+(?:[,.]\d+)?)"
    r"\s*(?P<unit>%|procent\b|tkr\b|mkr\b|miljoner\b|kr\b|kronor\b)?",
    re.IGNORECASE,
)
_OF = re.compile(r"(\d[\d \u00a0]*) av (?:totalt )?(\d[\d \u00a0]*)")
OWN_REPORT: Final = "egen"
"""The document of what is checked before it is printed."""


@dataclass(frozen=True)
class ReadPrintedTable:
    """The rows of a table to check, or the problems that keep it from being read."""

    results: tuple[PrintedResult, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PrintedNumber:
    """A number as printed: its value (a share 0-1), unit, the step it is rounded to, and its hedge."""

    value: Decimal
    unit: Unit
    precision: Decimal
    qualifier: Qualifier = Qualifier.NONE


def read_printed_table(data: bytes, filename: str) -> ReadPrintedTable:
    """Read a table from a csv or xlsx file, or from text that was pasted out of one. Never raises for its content."""
    findings = Findings()
    try:
        file = read_tables(data, filename, _score)
    except UnreadableFileError as error:
        check_filename(filename, findings)
        findings.refuse(error.code, error.sheet)
        return ReadPrintedTable((), findings.problems)
    findings.sheets = [table.sheet for table in file.tables]
    results: list[PrintedResult] = []
    found = False
    for table in check_privacy(file, filename, findings):
        top = max(range(min(len(table), 30)), key=lambda index: _score(table.row(index)), default=-1)
        if top < 0 or _score(table.row(top)) < 1:
            continue
        heads = [_HEADERS.get(fold(cell), "") for cell in table.row(top)]
        if "uttryck" not in heads:
            continue
        found = True
        results += _read_rows(table, top, heads, findings)
    if not found:
        findings.refuse("uttryck_saknas")
    elif not results and not findings.problems:
        findings.refuse("inga_rader")
    return ReadPrintedTable(() if findings.problems else tuple(results), findings.problems)


def read_printed_number(text: str) -> PrintedNumber | None:
    """The number that an expression prints: the first with a % sign or money after it, else the first of all."""
    matches = list(_NUMBER.finditer(text))
    match = next((match for match in matches if match["unit"]), matches[0] if matches else None)
    if match is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f]", "", match["number"]).replace(",", ".")
    digits = re.sub("^[−–]", "-", digits)
    decimals = len(digits.partition(".")[2])
    value, step = Decimal(digits), Decimal(1).scaleb(-decimals)
    qualifier = Qualifier(_HEDGES[match["hedge"].casefold()]) if match["hedge"] else Qualifier.NONE
    match (match["unit"] or "").casefold():
        case "%" | "procent":
            return PrintedNumber(value / 100, Unit.ANDEL, step / 100, qualifier)
        case "mkr" | "miljoner":
            return PrintedNumber(value * 1000, Unit.TKR, step * 1000, qualifier)
        case "tkr":
            return PrintedNumber(value, Unit.TKR, step, qualifier)
        case "kr" | "kronor":
            return PrintedNumber(value, Unit.KR, step, qualifier)
        case _:
            return PrintedNumber(value, Unit.ANTAL, step, qualifier)


def read_printed_parts(text: str) -> str:
    """What an expression itself says it is made of: "34 % (340 av 981)" gives 340/981; "" when it does not."""
    match = _OF.search(text)
    if match is None:
        return ""
    return "/".join(re.sub(r"\D", "", side) for side in match.groups())


def _score(texts: Sequence[str]) -> int:
    keys = {_HEADERS.get(fold(text), "") for text in texts}
    return len(keys - {""}) if "uttryck" in keys else 0


def _read_rows(table: RawTable, top: int, heads: list[str], findings: Findings) -> list[PrintedResult]:
    results: list[PrintedResult] = []
    for index in range(top + 1, len(table)):
        cells = {head: text for head, text in zip(heads, table.row(index), strict=False) if head}
        line = int(table.lines[index])
        if REPORTED in cells.values() or not any(cells.values()):
            continue
        uttryck = clean_text(cells["uttryck"])
        if not uttryck:
            findings.refuse("uttryck_tomt", table.sheet, line)
            continue
        number = read_printed_number(cells.get("published") or uttryck)
        if number is None:
            findings.refuse("inget_tal_tryckt", table.sheet, line, value=uttryck)
            continue
        number = _apply(number, cells, table.sheet, line, findings)
        results.append(
            PrintedResult(
                kod=f"{OWN_REPORT}-{table.sheet}-{line}",
                dokument=OWN_REPORT,
                rubrik=cells.get("rubrik", ""),
                uttryck=uttryck,
                published=number.value,
                unit=number.unit,
                precision=number.precision,
                parts=cells.get("parts") or read_printed_parts(uttryck),
                formel=cells.get("formel", ""),
                column=cells.get("column", ""),
                qualifier=number.qualifier,
                order=len(results),
            )
        )
    return results


def _apply(number: PrintedNumber, cells: dict[str, str], sheet: str, line: int, findings: Findings) -> PrintedNumber:
    """The number with what the row's own columns say of its unit, precision and hedge."""
    if text := cells.get("unit"):
        unit = load_codelist("enhet").find(text)
        if unit is None:
            findings.refuse("okand_kod", sheet, line, "Enhet", text, lista="antal, andel, kr, tkr")
            return number
        if Unit(unit) is Unit.ANDEL and number.unit is Unit.ANTAL and number.value > 1:
            number = replace(number, value=number.value / 100, precision=number.precision / 100)
        number = replace(number, unit=Unit(unit))
    if text := cells.get("precision"):
        try:
            step = Decimal(text.replace(",", "."))
        except InvalidOperation:
            step = Decimal(0)
        if step <= 0:
            findings.refuse("inte_tal", sheet, line, "Precision", text)
            return number
        number = replace(number, precision=step)
    if text := cells.get("qualifier"):
        qualifier = load_codelist("kvalifikator").find(text)
        if qualifier is None:
            findings.refuse("okand_kod", sheet, line, "Kvalifikator", text, lista="ca, drygt, över, närmare")
            return number
        number = replace(number, qualifier=Qualifier(qualifier))
    return number
