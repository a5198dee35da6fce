"""docs/TACKNING.md is what data/publicerat makes of it, and leaves nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

import finsam_dash
from finsam_dash.wording.coverage_page import format_coverage_page, read_figures, read_rows

ROOT = Path(finsam_dash.__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def page() -> str:
    return format_coverage_page()


def test_the_page_is_written_anew_after_every_change(page: str) -> None:
    written = (ROOT / "docs" / "TACKNING.md").read_text("utf-8")
    assert written == page, "run: python -m finsam_dash.wording.coverage_page docs/TACKNING.md"


def test_every_goal_table_and_result_is_there(page: str) -> None:
    for row in read_rows("mal.csv"):
        assert f"| {row['kod']} |" in page
    for row in read_rows("ekonomitabeller.csv"):
        assert f"| {row['tabell']} |" in page
    for row in read_rows("avstamning.csv"):
        assert f"| {row['uttryck'].replace('|', chr(92) + '|')} |" in page


def test_every_heading_with_something_stored_is_there(page: str) -> None:
    used = {row["rubrik"] for name in ("mal", "ekonomi", "samverkan", "avstamning") for row in read_rows(f"{name}.csv")}
    used |= {row["rubrik"] for row in read_figures()}
    listed = {row["rubrik"] for row in read_rows("rubriker.csv")}
    assert used <= listed
    for heading in used:
        assert f"| {heading} |" in page


def test_the_known_results_say_where_they_live(page: str) -> None:
    line = next(line for line in page.splitlines() if "| 34 % (340 st) |" in line)
    assert "siffra förbundet" in line
    line = next(line for line in page.splitlines() if "| TOTALT 5 494 516 100 % |" in line)
    assert "belopp Fördelning av gemensamma resurser 2016: TOTALT, 2016 budget" in line
