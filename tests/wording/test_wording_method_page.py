"""docs/METOD.md is what the registry, the thresholds and the texts make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import finsam_dash
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement import policy
from finsam_dash.wording.method_page import TEXTS, format_method_page, format_table

ROOT = Path(finsam_dash.__file__).resolve().parents[1]


def test_the_page_is_written_anew_after_every_change() -> None:
    written = (ROOT / "docs" / "METOD.md").read_text("utf-8")
    assert written == format_method_page(), (
        "run: python -m finsam_dash.wording.method_page docs/METOD.md"
    )  # fmt: skip


def test_every_indicator_is_described_and_every_text_is_used() -> None:
    page = format_method_page()
    for indikator in load_registry().indikatorer.values():
        assert f"| {indikator.label} | {indikator.description} |" in page
    assert sorted(path.stem for path in (ROOT / "finsam_dash" / "texts").glob("*.md")) == sorted(TEXTS)
    assert "{" not in page


THRESHOLDS = [name for name in vars(policy) if name.isupper()]


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_every_threshold_is_quoted(monkeypatch: pytest.MonkeyPatch, threshold: str) -> None:
    """Another value in policy, and the page says so."""
    before = format_method_page()
    value = getattr(policy, threshold)
    monkeypatch.setattr(policy, threshold, value + 2 if isinstance(value, int) else value - 0.04)
    after = format_method_page()
    assert after != before


def test_the_thresholds_stand_in_sentences() -> None:
    page = format_method_page()
    assert "Med färre än 10 i nämnaren ges inget omdöme." in page
    assert (
        "är minst 1 och mindre än förbundets gräns (5 om inget annat är bestämt, aldrig under 3). Noll räknas inte "
        "som ett litet tal, om förbundet inte har valt det."
    ) in " ".join(page.split())
    assert "Wilsons\nintervall med 95 % säkerhet" in page


def test_the_stated_false_alarm_rates_are_those_of_the_binomial_distribution() -> None:
    """At n = 10 and a line of 50 % the score test flags 0, 1, 9 and 10 of 10 at 95 %: 22 of 1 024 outcomes.

    At 99.8 % it flags 0 and 10: 2 of 1 024.
    """
    row = next(line for line in format_method_page().splitlines() if line.startswith("| 10 |"))
    assert row.split(" | ")[3].removesuffix(" |") == "2,1 % · 0,2 %"
    assert round(100 * 22 / 1024, 1) == 2.1
    assert round(100 * 2 / 1024, 1) == 0.2


def test_a_table_escapes_its_own_sign() -> None:
    assert format_table(("A", "B"), [("1|2", "3")]) == "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |\n"
