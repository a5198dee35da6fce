"""Opening a store: the folder, the lock, the migrations and the backup before them."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.engine import URL, Connection, Engine

from finsam_dash.store.copies import copy_database, is_ours, safety_copy_path
from finsam_dash.store.engine import (
    PROJECT,
    Store,
    check_place,
    connect_engine,
    database_file,
    sqlite_driver,
    store_url,
)
from finsam_dash.store.errors import StoreError, explain_error
from finsam_dash.store.schema import APPLICATION_ID, HEAD

MIGRATIONS = PROJECT / "sql" / "migrations"

LOCK_SECONDS = 600
"""How long a second process waits while the first creates, migrates and fills the store."""
LOCK_FILE_TRIES = 20 if sys.platform == "win32" else 1
"""How often the lock file is tried before it is said that it cannot be written."""


def open_store(url: str | URL | None = None, *, prepare: Callable[[Store], None] | None = None) -> Store:
    """Open the store that the URL names, creating its folder and bringing its tables up to date.

    `prepare` is called with the store before any other process may open it; it has to end well when called again.
    Raises StoreError: "ogiltig_adress", "natverksenhet", "frammande_fil" (a database, but not ours), "skadad_databas"
    (ours, but it cannot be read), "nyare_schema" (written by a later version of the program), "kan_ej_oppnas" (the
    folder or the server refuses), and what `explain_error` names: "upptagen" (another process does not let go),
    "disken_full" and the like.
    """
    address = store_url(url)
    path = database_file(address)
    warnings: tuple[str, ...] = ()
    if path is not None:
        warnings = check_place(path)
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    store = Store(connect_engine(address), path, warnings)
    try:
        with _alone(store):
            with _explained(path or address.host):
                _bring_up_to_date(store)
            if prepare is not None:
                prepare(store)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def _explained(place: object) -> Iterator[None]:
    """Turn what the system and the database say when a store cannot be opened into our codes."""
    try:
        yield
    except Timeout as error:
        raise StoreError("upptagen", fil=str(place)) from error
    except (OSError, sqlite3.OperationalError, sa.exc.OperationalError) as error:
        raise explain_error(error, str(place)) or StoreError("kan_ej_oppnas", fil=str(place)) from error
    except (sqlite3.DatabaseError, sa.exc.DatabaseError) as error:
        own = isinstance(place, Path) and is_ours(place)
        raise StoreError("skadad_databas" if own else "frammande_fil", fil=str(place)) from error


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """One process at a time: a lock file beside an SQLite file, an advisory lock on PostgreSQL."""
    if store.path is not None:
        place = f"{store.path}.lock"
        lock = FileLock(place, timeout=LOCK_SECONDS)
        with _explained(store.path):
            _check_lock_file(place)
            lock.acquire()
        try:
            yield
        finally:
            lock.release()
    elif store.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(b"finsam_dash").digest()[:8], "big", signed=True)
        with _explained(store.engine.url.host):
            connection = store.engine.connect()
        with connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
    else:
        yield


def _check_lock_file(place: str) -> None:
    """Raise OSError at once where the lock file cannot be written: the lock itself would wait for it to become free."""
    for tries_left in reversed(range(LOCK_FILE_TRIES)):
        try:
            with Path(place).open("ab"):
                return
        except PermissionError:
            if not tries_left:
                raise
            # On Windows also what a file says for a moment when another process has just let go of it.
            time.sleep(0.1)


def _bring_up_to_date(store: Store) -> None:
    version = read_schema_version(store.engine)
    if version == HEAD:
        return
    if version is not None and not any((MIGRATIONS / "versions").glob(f"{version}_*.py")):
        raise StoreError("nyare_schema")
    if version is not None and store.path is not None:
        copy_database(store.path, safety_copy_path(store.path, f"schema-{version}"))
    migrate(store.engine)


def read_schema_version(engine: Engine) -> str | None:
    """The migration that the database is at; None for an empty one.

    Raises StoreError "frammande_fil" for a database with tables that are not ours, and "skadad_databas" for ours
    without the row that says what it is.
    """
    with engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if not tables:
            return None
        if not {"alembic_version", "state", "fact", "leverans"} <= tables:
            raise StoreError("frammande_fil", fil=engine.url.database)
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if version is None or connection.execute(sa.text("SELECT id FROM state")).scalar() is None:
            raise StoreError("skadad_databas", fil=engine.url.database)
        return str(version)


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the tables to the newest migration or the one named, in one transaction."""
    with engine.connect().execution_options(writes=True) as connection:
        if engine.dialect.name == "sqlite":
            # Rebuilding a table with foreign keys on deletes its children, and inside a transaction this is ignored.
            driver = sqlite_driver(connection)
            if database_file(engine.url) is not None:
                driver.execute("PRAGMA journal_mode = WAL")
            driver.execute("PRAGMA foreign_keys = OFF")
            try:
                _run_migrations(connection, to)
            finally:
                driver.execute("PRAGMA foreign_keys = ON")
        else:
            _run_migrations(connection, to)


def _run_migrations(connection: Connection, to: str) -> None:
    # Imported here: alembic costs a fifth of a second, and most starts have nothing to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A percent sign in the user's path is no interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, to)
        if connection.dialect.name == "sqlite":
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreError("skadad_fil", fil=connection.engine.url.database)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
