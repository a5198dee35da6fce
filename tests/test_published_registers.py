"""Registers that come with the program reach a new store, and an existing one exactly once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from build_store import ME
from published_store import published_store
from recompute_published import PUBLISHED, read_table

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import (
    Decision,
    Document,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Event,
    InsatsText,
    PrintedResult,
    SamverkanFigure,
)
from finsam_dash.store import Store, load_entries, load_entry_versions, remove_entry, save_entries

FORBUND = ("uppsala-lan", "skelleftea", "sydnarke", "ange")
HEADER = (PUBLISHED / "ekonomi.csv").read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (EconomyRow, "ekonomi"),
        (EconomyTable, "ekonomitabeller"),
        (EconomyCategory, "ekonomikategorier"),
        (SamverkanFigure, "samverkan"),
        (Decision, "beslut"),
        (InsatsText, "insatstexter"),
        (PrintedResult, "avstamning"),
        (Document, "dokument"),
    ],
)
def test_every_published_row_is_in_the_store_with_a_code_of_its_own(kind: type, table: str) -> None:
    stored = [(forbund, entry.kod) for forbund in FORBUND for entry in load_entries(published_store(), forbund, kind)]
    assert len(stored) == len(set(stored)) == len(read_table(table))


def test_amounts_are_stored_to_the_last_digit() -> None:
    stored = {row.kod: row for forbund in FORBUND for row in load_entries(published_store(), forbund, EconomyRow)}
    total = sum((row.amount or Decimal(0) for row in stored.values()), Decimal(0))
    assert total == sum((Decimal(row["belopp"] or "0") for row in read_table("ekonomi")), Decimal(0))


def money(post: str, amount: str) -> str:
    return f"prov;T;kostnad;budget;K;{post};;;;2025-01-01;2025-12-31;{amount};kr;1;;;;;;1"


def write(folder: Path, *rows: str) -> None:
    (folder / "forbund.csv").write_text("kod;namn;pahittad\nprov;Provet;ja\n", "utf-8")
    (folder / "ekonomi.csv").write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    (folder / "handelser.csv").write_text("forbund;insats;datum;text\nprov;;2025-02-01;Ny lokal\n", "utf-8")


def amounts(store: Store) -> dict[str, Decimal | None]:
    return {row.post: row.amount for row in load_entries(store, "prov", EconomyRow)}


def test_a_later_version_adds_once_and_leaves_what_users_have_touched(tmp_path: Path) -> None:
    folder, comparison = tmp_path / "data", tmp_path / "jamforelsevarden.csv"
    folder.mkdir()
    url = f"sqlite:///{tmp_path / 'prov.db'}"

    def open_again() -> Store:
        return prepare_store(url, folders=(folder,), comparison_values=comparison)

    write(folder, money("a", "1"), money("b", "2"), money("c", "3"))
    store = open_again()
    assert amounts(store) == {"a": 1, "b": 2, "c": 3}
    rows = {row.post: row for row in load_entries(store, "prov", EconomyRow)}
    save_entries(store, "prov", [replace(rows["a"], amount=Decimal(100))], ME)
    remove_entry(store, "prov", EconomyRow, rows["b"].kod, ME)

    write(folder, money("a", "11"), money("b", "12"), money("c", "13"), money("d", "14"))
    store = open_again()
    assert amounts(store) == {"a": 100, "c": 13, "d": 14}
    again = open_again()
    assert amounts(again) == {"a": 100, "c": 13, "d": 14}
    assert len(load_entry_versions(again, "prov", EconomyRow, rows["c"].kod)) == 2
    assert [event.text for event in load_entries(again, "prov", Event)] == ["Ny lokal"]
