"""What the store refuses, as codes with their parts; wording makes the Swedish sentences."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import sqlalchemy as sa

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "upptagen",
    sqlite3.SQLITE_READONLY: "skrivskyddad",
    sqlite3.SQLITE_IOERR: "disken_svarar_inte",
    sqlite3.SQLITE_CORRUPT: "skadad_databas",
    sqlite3.SQLITE_FULL: "disken_full",
}
_OF_THE_SYSTEM = {errno.ENOSPC: "disken_full", errno.EDQUOT: "disken_full", errno.EROFS: "skrivskyddad"}


class StoreError(Exception):
    """The store refuses or cannot answer. `code` is stable; `parts` are the words for the sentence."""

    def __init__(self, code: str, **parts: object) -> None:
        super().__init__(code, parts)
        self.code = code
        self.parts = parts

    def __str__(self) -> str:
        return f"{self.code} {self.parts}" if self.parts else self.code


class UnknownForbundError(StoreError):
    """No förbund has the code."""

    def __init__(self, forbund: str) -> None:
        super().__init__("okant_forbund", forbund=forbund)


class UnknownInsatsError(StoreError):
    """No insats of the förbund has the code."""

    def __init__(self, forbund: str, insats: str) -> None:
        super().__init__("okand_insats", forbund=forbund, insats=insats)


class UnknownDeliveryError(StoreError):
    """No delivery has the number."""

    def __init__(self, leverans: int) -> None:
        super().__init__("okand_leverans", leverans=leverans)


def explain_error(error: BaseException, place: Path | str | None) -> StoreError | None:
    """What the disk or another process refused, as a StoreError; None for an error of another kind.

    Codes: "upptagen", "skrivskyddad", "disken_full", "disken_svarar_inte", "skadad_databas". `place` is the
    database's file.
    """
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The lowest byte is the kind; the rest says where in SQLite it arose.
        code = _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    else:
        code = _OF_THE_SYSTEM.get(cause.errno or 0) if isinstance(cause, OSError) else None
    return None if code is None else StoreError(code, fil=str(place))
