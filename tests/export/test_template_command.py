"""The template on the command line: written, filled in, imported; and why there is none."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from finsam_dash.cli import main


@pytest.fixture
def run(tmp_path: Path):
    """Run one command on a store of its own with one förbund."""

    def call(*words: str, code: int = 0) -> Result:
        address = f"sqlite:///{tmp_path / 'prov.db'}"
        result = CliRunner().invoke(main, ["--databas", address, "--tom", *words])
        assert result.exit_code == code, result.output
        return result

    call("forbund", "ny", "--kod", "prov", "--namn", "Provförbundet")
    return call


def test_mall_is_written_filled_in_and_imported(run, tmp_path: Path):
    run("insats", "ny", "--forbund", "prov", "--kod", "bron", "--namn", "Bron", "--start", "2024-01-01")
    path = tmp_path / "mall.xlsx"
    run("mall", "--forbund", "prov", "--insats", "bron", "--ar", "2025", "--till", str(path))
    untouched = run("importera", str(path), "--forbund", "prov", code=1)
    assert untouched.stderr == (
        "Fyll i, rad 5: Det finns inga rader med uppgifter under rubrikraden. Fyll i minst en rad.\n"
    )
    book = openpyxl.load_workbook(path)
    for line, nya in ((6, 3), (7, 4)):
        book["Fyll i"].cell(line, 5).value = nya
    book.save(path)
    assert run("importera", str(path), "--forbund", "prov").stdout.startswith("Leverans 1 är sparad: 2")
    rows = json.loads(run("indikatorer", "--forbund", "prov", "--period", "2025-01", "--json").stdout)["rader"]
    assert next(row["varde"] for row in rows if row["indikator"] == "nya" and not row["insats"]) == 7


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--insats", "finns-inte", "--ar", "2025"), "Insatsen ”finns-inte” finns inte i förbundet ”prov”."),
        (("--ar", "2025"), "Ingen vald insats pågår 2025. Välj ett annat år eller en annan insats."),
    ],
)
def test_mall_says_why_there_is_none(run, tmp_path: Path, words: tuple[str, ...], message: str):
    refused = run("mall", "--forbund", "prov", *words, "--till", str(tmp_path / "mall.xlsx"), code=1)
    assert refused.stderr == f"{message}\n"
