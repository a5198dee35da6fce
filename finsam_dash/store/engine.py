"""The connection to the database: one engine a store, set up alike for every connection."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import StaticPool

from finsam_dash.store.errors import StoreError, explain_error

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_FILE = PROJECT / "data" / "lokal" / "finsam.db"

BUSY_SECONDS = 60
"""How long a connection waits for another process's write; the largest import takes less than half of it."""

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "fuse.sshfs", "afs", "ncpfs"})
SYNCED_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud")


@dataclass(frozen=True)
class Store:
    """An open store. `path` is None where the database is no file.

    `warnings` are codes for the user: "synkad_mapp" (the file lies in a folder that is synchronised elsewhere).
    """

    engine: Engine
    path: Path | None = None
    warnings: tuple[str, ...] = ()

    def close(self) -> None:
        """Let go of every connection; the store may be opened again."""
        self.engine.dispose()


def store_url(url: str | URL | None = None) -> URL:
    """The database to use: the URL given, else FINSAM_DATABAS, else the file under data/lokal.

    Raises StoreError "ogiltig_adress" for a text that is no database URL.
    """
    given = url or os.environ.get("FINSAM_DATABAS")
    if not given:
        return URL.create("sqlite", database=str(DEFAULT_FILE))
    try:
        parsed = make_url(given)
        parsed.get_dialect()
    except (sa.exc.ArgumentError, ImportError) as error:
        raise StoreError("ogiltig_adress") from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError("ogiltig_adress")
    return parsed


def database_file(url: URL) -> Path | None:
    """The SQLite file of a URL; None for a database in memory or on a server."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database).resolve()


def connect_engine(url: URL) -> Engine:
    """An engine whose connections hold foreign keys and begin their own transactions.

    What it is asked to do raises StoreError, as `explain_error` names it, where the disk or another process refuses.
    Raises StoreError "ogiltig_adress" when the database's driver is not installed.
    """
    if url.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(url, paramstyle="format", pool_pre_ping=True)
        except ImportError as error:
            raise StoreError("ogiltig_adress") from error
    path = database_file(url)
    options: dict[str, object] = {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
    if path is None:
        options["poolclass"] = StaticPool
    engine = sa.create_engine(url, **options)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)

    sa.event.listen(engine, "handle_error", lambda context: explain_error(context.original_exception, path))
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by its own rules, and never before DDL; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # A large import leaves a large log behind, which nobody needs once it is in the database.
    connection.execute("PRAGMA journal_size_limit = 16777216")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a read that turns into a write cannot wait for another writer.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def sqlite_driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for what SQLite does outside SQL and outside transactions."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


@contextmanager
def read(store: Store) -> Iterator[Connection]:
    """A connection that sees one moment of the store, however many queries it is asked."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def check_place(path: Path) -> tuple[str, ...]:
    """Refuse a file on a network drive, where SQLite's WAL does not hold; warn of a synchronised folder.

    Raises StoreError "natverksenhet". Returns the codes of Store.warnings.
    """
    if _is_on_network(path):
        raise StoreError("natverksenhet", fil=str(path))
    synced = any(part.lower().startswith(SYNCED_FOLDERS) for part in path.parts)
    return ("synkad_mapp",) if synced else ()


def _is_on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        remote = 4
        return ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return _mount_type(path, mounts) in NETWORK_FILE_SYSTEMS


def _mount_type(path: Path, mounts: list[str]) -> str:
    """The file system of the mount that holds the path, from the lines of /proc/mounts."""
    kind, longest = "", -1
    for line in mounts:
        fields = line.split(" ")
        point = Path(fields[1].replace("\\040", " "))
        if (point == path or point in path.parents) and len(point.parts) >= longest:
            kind, longest = fields[2], len(point.parts)
    return kind
