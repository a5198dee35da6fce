"""The commands avstamning, ekonomi, samverkan, forsorjning and uppfoljning: JSON, text and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from published_store import published_store

from finsam_dash.cli import frame, main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Run one command on the published store."""
    monkeypatch.setattr(frame, "prepare_store", lambda *args, **kwargs: published_store())

    def call(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == code, result.output
        return result

    return call


def read(result: Result) -> dict:
    return json.loads(result.stdout)


def test_avstamning_has_the_contracts_keys(run) -> None:
    rows = read(run("avstamning", "--forbund", "uppsala-lan", "--json"))["rader"]
    assert all(
        set(row)
        >= {"dokument", "rubrik", "uttryck", "publicerat", "omraknat", "delar", "enhet", "status", "forklaring"}
        for row in rows
    )
    found = next(row for row in rows if row["uttryck"] == "34 % (340 st)")
    assert (found["publicerat"], found["delar"], found["status"], found["enhet"]) == (
        0.34, "340/981", "avviker", "andel",
    )  # fmt: skip
    assert "\u00a0" not in found["forklaring"]
    assert read(run("avstamning", "--forbund", "uppsala-lan", "--period", "2013", "--json"))["rader"] == []


def test_avstamning_as_text_ends_with_its_finding(run) -> None:
    lines = run("avstamning", "--forbund", "ange").stdout.splitlines()
    assert lines[-1].endswith("omräknade uppgifter stämmer med det som är tryckt.")


def test_avstamning_of_an_own_file(run, tmp_path: Path) -> None:
    path = tmp_path / "egen.csv"
    path.write_text("Uttryck;Delar\n34 % (340 st);340/981\n", "utf-8")
    (row,) = read(run("avstamning", "--forbund", "ange", "--fil", str(path), "--json"))["rader"]
    assert (row["status"], row["delar"]) == ("avviker", "340/981")
    path.write_text("Namn;Tal\n1;2\n", "utf-8")
    refused = run("avstamning", "--forbund", "ange", "--fil", str(path), code=1)
    assert refused.stdout == ""
    assert "ingen kolumn Uttryck" in refused.stderr
    missing = run("avstamning", "--forbund", "ange", "--fil", str(tmp_path / "nej.csv"), code=1)
    assert "finns inte" in missing.stderr


@pytest.mark.parametrize(
    ("command", "forbund", "period", "key"),
    [
        ("ekonomi", "ange", "2022", "eget_kapital"),
        ("samverkan", "uppsala-lan", "2014", "rader"),
        ("forsorjning", "uppsala-lan", "2014", "kommuner"),
        ("uppfoljning", "uppsala-lan", "2014", "rader"),
    ],
)
def test_each_command_gives_json_and_text(run, command: str, forbund: str, period: str, key: str) -> None:
    words = (command, "--forbund", forbund, "--period", period)
    content = read(run(*words, "--json"))
    assert (content["forbund"], content["lage"]) == (forbund, "intern")
    assert key in content
    assert len(run(*words).stdout.splitlines()) >= 2
    assert read(run(*words, "--lage", "publicering", "--json"))["lage"] == "publicering"


def test_ange_has_its_capital_apart(run) -> None:
    content = read(run("ekonomi", "--forbund", "ange", "--period", "2022", "--json"))
    assert content["eget_kapital"] == {
        "grund": "budget", "ingaende": 250_000, "intakter": 1_472_000, "kostnader": 1_572_000, "resultat": -100_000,
        "utgaende": 150_000, "andel_av_bidrag": pytest.approx(0.1019, abs=1e-4), "tak": 0.2, "tryckt": 150_000,
    }  # fmt: skip


@pytest.mark.parametrize("command", ["avstamning", "ekonomi", "samverkan", "forsorjning", "uppfoljning"])
def test_an_unknown_forbund_is_refused_in_swedish(run, command: str) -> None:
    words = [command, "--forbund", "finns-inte", *(() if command == "avstamning" else ("--period", "2014"))]
    refused = run(*words, code=1)
    assert refused.stdout == ""
    assert "finns-inte" in refused.stderr
