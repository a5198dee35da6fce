"""Opening: the tables, the place of the file, and two processes at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from build_store import ME
from filelock import FileLock

from finsam_dash.model import Forbund
from finsam_dash.store import (
    StoreError,
    load_all_forbund,
    load_data_version,
    open_store,
    opening,
    save_forbund,
    store_url,
)
from finsam_dash.store.engine import _mount_type, check_place, connect_engine, sqlite_driver
from finsam_dash.store.errors import explain_error
from finsam_dash.store.opening import MIGRATIONS, migrate
from finsam_dash.store.schema import HEAD, metadata
from finsam_dash.wording.store import format_store_error, format_store_warning

PROJECT = Path(__file__).parents[2]


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def read_tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL")
        return {name: "".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    open_store(url_of(tmp_path / "migrated.db")).close()
    engine = connect_engine(store_url(url_of(tmp_path / "known.db")))
    metadata.create_all(engine)
    engine.dispose()
    assert read_tables(tmp_path / "migrated.db") == read_tables(tmp_path / "known.db")


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_every_table_but_the_store_s_own_carries_the_forbund() -> None:
    assert {name for name, table in metadata.tables.items() if "forbund_id" not in table.c} == {"forbund", "state"}


def test_every_connection_holds_foreign_keys_and_waits(tmp_path: Path) -> None:
    store = open_store(url_of(tmp_path / "ny" / "mapp" / "x.db"))
    with store.engine.connect() as one, store.engine.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"), store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO subject (forbund_id, kind, kod) VALUES (99, 'insats', 'x')")
    with pytest.raises(sa.exc.IntegrityError, match="CHECK"), store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO forbund (kod, namn, pahittad) VALUES ('x', 'X', 2)")
    store.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = open_store(url_of(path))
    save_forbund(store, Forbund("provet", "Provet"), ME)
    store.close()
    again = open_store(url_of(path))
    assert (load_data_version(again), [one.kod for one in load_all_forbund(again)]) == (1, ["provet"])
    again.close()
    assert not (tmp_path / "sakerhetskopior").exists()


def test_an_older_store_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    engine = connect_engine(store_url(url_of(path)))
    migrate(engine, "0001")
    engine.dispose()
    store = open_store(url_of(path))
    save_forbund(store, Forbund("provet", "Provet"), ME)
    store.close()
    (copy,) = (tmp_path / "sakerhetskopior").iterdir()
    assert copy.name.startswith("x-")
    assert copy.name.endswith("-schema-0001.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


@pytest.mark.parametrize("what", ["text", "databas"])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "annat.db"
    if what == "text":
        path.write_text("Det här är ingen databas. " * 100, encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE kunder (namn TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == f"{path} är ingen databas från finsam_dash. Kontrollera filens namn."
    assert path.read_bytes() == before


def test_a_store_of_a_later_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_store(url_of(path)).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == (
        "Databasen är skriven av en nyare version av programmet. Uppdatera programmet."
    )
    assert not (tmp_path / "sakerhetskopior").exists()


def test_a_lock_that_is_not_let_go_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LOCK_SECONDS", 0.1)
    path = tmp_path / "x.db"
    with FileLock(f"{path}.lock"), pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == (
        f"Databasen {path} används av ett annat program som inte blir klart. Stäng det och försök igen."
    )
    assert not path.exists()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ingen mapp", encoding="utf-8")
    path = tmp_path / "fil" / "x.db"
    with pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == (
        f"Databasen {path} går inte att öppna. Kontrollera att mappen går att skriva i, eller att servern svarar."
    )


@pytest.mark.parametrize("text", ["inte en adress", "mysql://server/x", "oracle://server/x"])
def test_an_address_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(text)
    assert format_store_error(refused.value) == (
        "Databasens adress går inte att läsa. Skriv som sqlite:///mapp/finsam.db eller postgresql+psycopg://server/databas."
    )


def test_the_environment_names_the_store_unless_the_caller_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FINSAM_DATABAS", raising=False)
    assert Path(store_url().database or "") == PROJECT / "data" / "lokal" / "finsam.db"
    monkeypatch.setenv("FINSAM_DATABAS", "sqlite:///annan.db")
    assert store_url().database == "annan.db"
    assert store_url("sqlite:///given.db").database == "given.db"


def test_network_drives_are_refused_and_synchronised_folders_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = [
        "/dev/sda1 / ext4 rw 0 0",
        "server:/delad /mnt/delad\\040mapp nfs4 rw 0 0",
        "//server/x /mnt/smb cifs rw 0 0",
    ]
    assert _mount_type(Path("/home/x/finsam.db"), mounts) == "ext4"
    assert _mount_type(Path("/mnt/delad mapp/a/finsam.db"), mounts) == "nfs4"
    assert _mount_type(Path("/mnt/smb/finsam.db"), mounts) == "cifs"
    with pytest.raises(StoreError, match="natverksenhet"):
        check_place(Path("//server/delad/finsam.db"))
    assert check_place(Path("/home/x/OneDrive - Kommunen/finsam.db")) == ("synkad_mapp",)
    assert format_store_warning("synkad_mapp").startswith("Databasen ligger i en mapp som synkroniseras till molnet.")
    assert check_place(Path("/home/x/finsam.db")) == ()


OPEN_AND_FILL = """
import sys
from finsam_dash.store import open_store, load_content, save_content, save_forbund
from finsam_dash.model import Actor, Forbund
def prepare(store):
    if load_content(store) == "nytt":
        save_forbund(store, Forbund("provet", "Provet"), Actor())
        save_content(store, "klart", Actor())
open_store(sys.argv[1], prepare=prepare)
"""


def test_two_processes_at_once_on_a_new_store_both_end_well(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_FILL, url_of(tmp_path / "ny" / "x.db")],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert ended == [("", 0), ("", 0)]
    store = open_store(url_of(tmp_path / "ny" / "x.db"))
    assert load_data_version(store) == 2
    store.close()


def test_a_lock_file_that_cannot_be_made_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock would take "no such file" for another process that has just let go, and wait ten minutes."""
    path = tmp_path / "x.db"
    own_open = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "x.db.lock":
            raise FileNotFoundError(2, "No such file or directory", str(self))
        return own_open(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == (
        f"Databasen {path} går inte att öppna. Kontrollera att mappen går att skriva i, eller att servern svarar."
    )


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            sqlite3.SQLITE_READONLY,
            "Databasen {} är skrivskyddad, så inget kan sparas. Ändra rättigheterna till filen och mappen.",
        ),
        (sqlite3.SQLITE_FULL, "Disken är full, så databasen {} kan inte ändras. Frigör plats och försök igen."),
        (
            sqlite3.SQLITE_IOERR | (19 << 8),
            "Disken svarar inte som den ska när databasen {} läses eller skrivs. Kontrollera att disken är ansluten "
            "och har ledig plats, och försök igen.",
        ),
        (
            sqlite3.SQLITE_BUSY,
            "Databasen {} används av ett annat program som inte blir klart. Stäng det och försök igen.",
        ),
        (
            sqlite3.SQLITE_CORRUPT,
            "Databasen {} är skadad. Flytta undan filen och återställ sedan en säkerhetskopia.",
        ),
    ],
)
def test_what_the_disk_refuses_is_said_in_words(code: int, sentence: str) -> None:
    error = sqlite3.OperationalError("whatever SQLite says")
    error.sqlite_errorcode = code
    refused = explain_error(sa.exc.OperationalError("INSERT", {}, error), Path("x.db"))
    assert refused is not None
    assert format_store_error(refused) == sentence.format("x.db")
    assert explain_error(sqlite3.IntegrityError("CHECK"), Path("x.db")) is None


def test_a_store_that_is_full_or_read_only_says_so_and_is_as_before(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = open_store(url_of(path))
    save_forbund(store, Forbund("provet", "Provet"), ME)
    for pragma, code in (("query_only = ON", "skrivskyddad"), ("max_page_count = 1", "disken_full")):
        with store.engine.connect() as connection:
            sqlite_driver(connection).execute(f"PRAGMA {pragma}")
        with pytest.raises(StoreError) as refused:
            save_forbund(store, Forbund("stort", "x" * 10**6), ME)
        assert (refused.value.code, refused.value.parts["fil"]) == (code, str(path))
        with store.engine.connect() as connection:
            sqlite_driver(connection).execute("PRAGMA query_only = OFF")
    assert [one.kod for one in load_all_forbund(store)] == ["provet"]
    store.close()


def test_a_store_without_its_own_row_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_store(url_of(path)).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM state")
    with pytest.raises(StoreError) as refused:
        open_store(url_of(path))
    assert format_store_error(refused.value) == (
        f"Databasen {path} är skadad. Flytta undan filen och återställ sedan en säkerhetskopia."
    )
