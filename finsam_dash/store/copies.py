"""Copies of a whole SQLite store, made while others read and write it, and the way back from one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from finsam_dash.store.schema import APPLICATION_ID


def copy_database(source: Path | sqlite3.Connection, target: Path) -> None:
    """Copy a database to a file; the file is whole or not there, and needs no file beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".ofardig")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            if isinstance(source, Path):
                with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original:
                    original.backup(copy)
            else:
                source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        os.replace(unfinished, target)
    finally:
        # On a full disk the copy's own log is left beside it.
        for suffix in ("", "-wal", "-shm"):
            target.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def safety_copy_path(database: Path, why: str) -> Path:
    """Where the program puts a copy before it changes a store: beside the store, dated, never overwritten."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return database.parent / "sakerhetskopior" / f"{database.stem}-{moment}-{why}.db"


def is_ours(path: Path) -> bool:
    """Whether a file says of itself that it is an SQLite database with our mark, damaged or not."""
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
