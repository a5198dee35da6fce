"""The closed lists of data/referens: a code once, and a spelling for one code only."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from finsam_dash.intake.cells import fold

FOLDER = Path(__file__).resolve().parents[1] / "data" / "referens"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


LISTS = [path for path in sorted(FOLDER.glob("*.csv")) if {"kod", "benamning", "stavningar"} <= set(read_rows(path)[0])]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_code_stands_once_and_a_spelling_for_one_code(path: Path) -> None:
    rows = read_rows(path)
    codes = [row["kod"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(row["benamning"] for row in rows)
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        indelning = row["kod"].partition(":")[0] if ":" in row["kod"] else ""
        for spelling in (*row["stavningar"].split(","), row["benamning"]):
            if fold(spelling):
                meant[indelning, fold(spelling)].add(row["kod"])
    assert {spelling: found for spelling, found in meant.items() if len(found) > 1} == {}


def test_there_are_lists() -> None:
    assert {"enhet", "klass", "kvalifikator", "orsak"} <= {path.stem for path in LISTS}
