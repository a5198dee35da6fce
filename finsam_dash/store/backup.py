"""Backup and restore of a store."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import sqlalchemy as sa

from finsam_dash.model import Actor
from finsam_dash.store.copies import copy_database, is_ours, safety_copy_path
from finsam_dash.store.engine import Store, sqlite_driver
from finsam_dash.store.errors import StoreError, explain_error
from finsam_dash.store.integrity import check_integrity
from finsam_dash.store.opening import open_store
from finsam_dash.store.publications import keep_publications
from finsam_dash.store.schema import state
from finsam_dash.store.writing import load_data_version, write

_NOT_THE_FILE = ("nyare_schema", "disken_full", "disken_svarar_inte")
"""Why a backup cannot be used although it is whole."""


def backup(store: Store, path: Path) -> None:
    """Copy the store to a file while it is in use; an earlier copy at the path is replaced.

    Raises StoreError: "pg_dump" (a store on PostgreSQL has its own tool), "eget_arkiv" (the path is the store
    itself), "kan_ej_skrivas" (what stands at the path is no copy of a store, or the folder refuses).
    """
    _check_sqlite(store)
    if store.path is not None and path.resolve() == store.path:
        raise StoreError("eget_arkiv", fil=str(path))
    try:
        if path.exists() and not is_ours(path):
            raise StoreError("kan_ej_skrivas", fil=str(path))
        with store.engine.connect() as connection:
            copy_database(sqlite_driver(connection), path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StoreError("kan_ej_skrivas", fil=str(path)) from error


def restore(store: Store, path: Path, actor: Actor) -> Path | None:
    """Put a backup in the store's place; the data version becomes higher than both had.

    What the store has published since the backup was made stays on record: readers still have it.
    The file is copied, brought up to date and checked before anything happens to the store. Returns where the
    replaced store was copied to. Raises StoreError, with the store as it was: "pg_dump", "ingen_fil",
    "frammande_fil" (no store of ours), "skadad_fil", "nyare_schema", "eget_arkiv", "kan_ej_skrivas" (the store's folder
    refuses) and what `explain_error` names.
    """
    _check_sqlite(store)
    if not path.is_file():
        raise StoreError("ingen_fil", fil=str(path))
    if store.path is not None and path.resolve() == store.path:
        raise StoreError("eget_arkiv", fil=str(path))
    try:
        return _replace(store, path, actor)
    except (OSError, sqlite3.DatabaseError) as error:
        raise explain_error(error, store.path) or StoreError("kan_ej_skrivas", fil=str(store.path)) from error


def _replace(store: Store, path: Path, actor: Actor) -> Path | None:
    with tempfile.TemporaryDirectory(dir=None if store.path is None else store.path.parent) as folder:
        copy = Path(folder) / "kopia.db"
        _check_copy(path, copy)
        candidate = _open_candidate(copy, path)
        try:
            if check_integrity(candidate):
                raise StoreError("skadad_fil", fil=str(path))
            kept = None
            if store.path is not None:
                kept = safety_copy_path(store.path, "fore-aterstallning")
                backup(store, kept)
            from_version, own_version = load_data_version(candidate), load_data_version(store)
            with candidate.engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(state.update().values(data_version=max(from_version, own_version) + 1))
            with write(candidate, actor, "aterstall") as change, store.engine.connect() as own:
                kept_publications = keep_publications(own, change.connection)
                change.before = {"data_version": own_version}
                change.after = {"data_version": from_version, "fil": path.name, "utlamnat": kept_publications}
            with candidate.engine.connect() as source, store.engine.connect() as target:
                sqlite_driver(source).backup(sqlite_driver(target))
        finally:
            candidate.close()
    # Connections that were open hold what they had prepared for the tables of before.
    store.engine.dispose()
    return kept


def _check_sqlite(store: Store) -> None:
    if store.engine.dialect.name != "sqlite":
        raise StoreError("pg_dump")


def _open_candidate(copy: Path, path: Path) -> Store:
    try:
        return open_store(sa.URL.create("sqlite", database=str(copy)))
    except StoreError as error:
        if error.code in _NOT_THE_FILE:
            raise
        raise StoreError("skadad_fil", fil=str(path)) from error


def _check_copy(path: Path, copy: Path) -> None:
    """Copy the file if it is a whole store of ours."""
    if not is_ours(path):
        raise StoreError("frammande_fil", fil=str(path))
    try:
        copy_database(path, copy)
    except sqlite3.DatabaseError as error:
        refused = explain_error(error, copy.parents[1])
        if refused is not None and refused.code in _NOT_THE_FILE:
            raise refused from error
        raise StoreError("skadad_fil", fil=str(path)) from error
