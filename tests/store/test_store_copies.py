"""Integrity, backup and restore, and a process that is killed while it saves."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from build_store import ME, deliver

from finsam_dash.model import Forbund, Insats
from finsam_dash.store import (
    Store,
    StoreError,
    backup,
    check_integrity,
    load_data_version,
    load_deliveries,
    load_figures,
    load_log,
    open_store,
    restore,
    save_forbund,
    save_insats,
    undo_delivery,
)
from finsam_dash.store.engine import connect_engine, store_url
from finsam_dash.store.opening import migrate
from finsam_dash.wording.store import format_integrity_problem, format_store_error

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/finsam.db")
    save_forbund(store, Forbund("provet", "Provet"), ME)
    save_insats(store, "provet", Insats("stig", "Stig"), ME)
    deliver(store, ("stig", "nya", "alla", "2026-01", 3), ("stig", "nya", "alla", "2026-02", 4))
    deliver(store, ("stig", "nya", "alla", "2026-01", 5))
    yield store
    store.close()


def tamper(store: Store, *statements: str) -> None:
    """Change the file as no part of the program can."""
    assert store.path is not None
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for table in ("fact", "log"):
            connection.execute(f"DROP TRIGGER {table}_no_update")
            connection.execute(f"DROP TRIGGER {table}_no_delete")
        for statement in statements:
            connection.execute(statement)


def value(store: Store) -> float | None:
    return load_figures(store, "provet", subjects=["stig"])[0].value


def test_a_sound_store_has_no_problems(store: Store) -> None:
    undo_delivery(store, 1, ME)
    assert check_integrity(store) == ()


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        (
            "UPDATE fact SET value = 6 WHERE leverans_id = 2",
            ["Leverans 2 har ändrats efter att den sparades: kontrollsumman stämmer inte."],
        ),
        (
            "DELETE FROM fact WHERE value = 4",
            [
                "Leverans 1 ska ha 2 tal men har 1.",
                "Leverans 1 har ändrats efter att den sparades: kontrollsumman stämmer inte.",
            ],
        ),
        (
            "DELETE FROM period WHERE first_day = '2026-02-01'",
            ["Tabellen fact har 1 rader som pekar på något som inte finns."],
        ),
        ("DROP TABLE comment", ["Tabellen comment saknas. Återställ en säkerhetskopia."]),
        ("UPDATE state SET data_version = 2", ["Loggen stämmer inte: 4 rader, sista versionen är 2."]),
    ],
)
def test_what_was_tampered_with_is_found(store: Store, statement: str, sentences: list[str]) -> None:
    tamper(store, statement)
    assert [format_integrity_problem(problem) for problem in check_integrity(store)] == sentences


def test_a_backup_is_the_store_at_that_moment_and_comes_back(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "kopior" / "kopia.db"
    backup(store, copy)
    assert [path.name for path in copy.parent.iterdir()] == ["kopia.db"]
    undo_delivery(store, 2, ME)
    version = load_data_version(store)
    assert value(store) == 3
    kept = restore(store, copy, ME)
    assert value(store) == 5
    assert load_data_version(store) > version
    assert check_integrity(store) == ()
    last = load_log(store)[-1]
    assert (last.what, last.data_version) == ("aterstall", load_data_version(store))
    # What was replaced is still there, and can come back in its turn.
    assert kept is not None
    restore(store, kept, ME)
    assert value(store) == 3
    assert load_data_version(store) > last.data_version


def test_restoring_into_a_new_store_brings_the_old_one_to_a_new_computer(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "kopia.db")
    other = open_store(f"sqlite:///{tmp_path}/annan/finsam.db")
    restore(other, tmp_path / "kopia.db", ME)
    assert [one.id for one in load_deliveries(other, "provet")] == [1, 2]
    assert load_data_version(other) > load_data_version(store)
    other.close()


def test_a_backup_of_an_older_schema_is_brought_up_to_date(store: Store, tmp_path: Path) -> None:
    engine = connect_engine(store_url(f"sqlite:///{tmp_path}/gammal.db"))
    migrate(engine, "0001")
    engine.dispose()
    restore(store, tmp_path / "gammal.db", ME)
    assert check_integrity(store) == ()
    save_forbund(store, Forbund("nytt", "Nytt"), ME)


def _text(path: Path) -> None:
    path.write_text("ingen databas " * 1000, encoding="utf-8")


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kunder (namn TEXT)")


def _truncated(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data), 4096):
        data[place : place + 400] = bytes(400)
    path.write_bytes(bytes(data))


def _falsified(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER fact_no_update")
        connection.execute("UPDATE fact SET value = 6 WHERE leverans_id = 2")


def _later(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


FOREIGN = "{} är ingen databas från finsam_dash. Kontrollera filens namn."
DAMAGED = "{} är skadad och går inte att använda. Ta en annan säkerhetskopia."


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_text, FOREIGN),
        (_foreign, FOREIGN),
        (_truncated, DAMAGED),
        (_overwritten, DAMAGED),
        (_falsified, DAMAGED),
        (_later, "Databasen är skriven av en nyare version av programmet. Uppdatera programmet."),
        (Path.unlink, "Filen {} finns inte. Kontrollera namnet och mappen."),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_the_store_kept(
    store: Store, tmp_path: Path, spoil: object, sentence: str
) -> None:
    copy = tmp_path / "kopia.db"
    if spoil not in (_text, _foreign):
        backup(store, copy)
    assert callable(spoil)
    spoil(copy)
    before = (load_data_version(store), value(store), sorted(path.name for path in tmp_path.iterdir()))
    with pytest.raises(StoreError) as refused:
        restore(store, copy, ME)
    assert format_store_error(refused.value) == sentence.format(copy)
    assert (load_data_version(store), value(store), sorted(path.name for path in tmp_path.iterdir())) == before


def test_a_damaged_store_says_that_it_is_damaged_and_not_somebody_elses(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "kopia.db"
    backup(store, copy)
    content = copy.read_bytes()
    copy.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///{copy}")
    assert format_store_error(refused.value) == (
        f"Databasen {copy} är skadad. Flytta undan filen och återställ sedan en säkerhetskopia."
    )


def test_a_backup_never_overwrites_the_store_or_another_file(store: Store, tmp_path: Path) -> None:
    assert store.path is not None
    with pytest.raises(StoreError, match="eget_arkiv"):
        backup(store, store.path)
    with pytest.raises(StoreError, match="eget_arkiv"):
        restore(store, store.path, ME)
    other = tmp_path / "budget.xlsx"
    other.write_bytes(b"ett kalkylark")
    with pytest.raises(StoreError) as refused:
        backup(store, other)
    assert format_store_error(refused.value) == f"{other} går inte att skriva. Välj en annan mapp eller ett annat namn."
    assert other.read_bytes() == b"ett kalkylark"
    backup(store, tmp_path / "kopia.db")
    backup(store, tmp_path / "kopia.db")


SAVE = """
import sys
from build_store import deliver
from finsam_dash.store import open_store
store = open_store(sys.argv[1])
rows = [("stig", "nya", kon, f"{ar}-{manad:02d}", 9) for kon in ("kvinna", "man", "annat_okant")
        for ar in range(1000, 3000) for manad in range(1, 13)]
print("nu", flush=True)
deliver(store, *rows)
"""


def test_a_process_killed_while_it_saves_leaves_before_or_after(store: Store, tmp_path: Path) -> None:
    chance = random.Random(20140831)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])}
    states = []
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE, f"sqlite:///{store.path}"], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "nu\n"
        time.sleep(chance.uniform(0.5, 2.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert check_integrity(store) == ()
        states.append([delivery.figures for delivery in load_deliveries(store, "provet")])
    for before, after in zip([[2, 1], *states], states, strict=False):
        assert after in (before, [*before, 72_000])
