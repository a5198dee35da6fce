"""The closed lists of data/referens: what people write, and the code that it stands for.

The lists are our own (the code lists of SUS are not public) and may be edited without Python. Each is a csv with the
columns kod; benamning; stavningar (other spellings, separated by commas) and, in some, properties of the code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from finsam_dash.intake.cells import fold

REFERENS = Path(__file__).resolve().parents[2] / "data" / "referens"


@dataclass(frozen=True)
class CodeList:
    """One closed list: folded spelling to code, code to name, and the codes that have a property."""

    codes: dict[str, str]
    names: dict[str, str]
    properties: dict[str, frozenset[str]]

    def find(self, text: str) -> str | None:
        return self.codes.get(fold(text))

    def having(self, name: str) -> frozenset[str]:
        """The codes marked ja in the column of this name."""
        return self.properties.get(name, frozenset())


@lru_cache
def load_codelist(name: str, indelning: str = "") -> CodeList:
    """Read data/referens/<name>.csv; with an indelning only its classes, of a list whose codes are indelning:klass."""
    with (REFERENS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    if indelning:
        prefix = f"{indelning}:"
        rows = [row | {"kod": row["kod"].removeprefix(prefix)} for row in rows if row["kod"].startswith(prefix)]
    codes = {
        fold(spelling): row["kod"]
        for row in rows
        for spelling in (*row["stavningar"].split(","), row["benamning"], row["kod"])
        if fold(spelling)
    }
    marks = [column for column in (rows[0] if rows else {}) if column not in ("kod", "benamning", "stavningar")]
    properties = {mark: frozenset(row["kod"] for row in rows if row[mark] == "ja") for mark in marks}
    return CodeList(codes, {row["kod"]: row["benamning"] for row in rows}, properties)
