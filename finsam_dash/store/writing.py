"""The one way to change a store: a transaction, a row in the log, and the data version raised by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from finsam_dash.model import Actor
from finsam_dash.store.engine import Store, read
from finsam_dash.store.errors import StoreError, UnknownForbundError
from finsam_dash.store.schema import forbund as forbund_table
from finsam_dash.store.schema import log, state


@dataclass
class Change:
    """A write under way. Whoever makes it fills in before and after; `nothing` leaves the store as it was."""

    connection: Connection
    time: str
    forbund_id: int | None = None
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    nothing: bool = False

    @property
    def own(self) -> int:
        """The id of the förbund that is changed."""
        assert self.forbund_id is not None
        return self.forbund_id


@contextmanager
def write(
    store: Store,
    actor: Actor,
    what: str,
    forbund: str | None = None,
    *,
    reason: str = "",
    expected_version: int | None = None,
) -> Iterator[Change]:
    """Open the store for one change, all of it or nothing.

    `what` is the log's code for the change. Raises UnknownForbundError, and StoreError "andrad_under_tiden" when
    the data version is another than the expected one.
    """
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin() as transaction:
        # First of all, so that writers on PostgreSQL stand in line here, as SQLite's do at BEGIN IMMEDIATE.
        connection.execute(state.update().values(data_version=state.c.data_version + 1))
        version = connection.execute(sa.select(state.c.data_version)).scalar_one()
        if expected_version is not None and version != expected_version + 1:
            raise StoreError("andrad_under_tiden")
        change = Change(connection, utc_now())
        if forbund is not None:
            change.forbund_id = find_forbund(connection, forbund)
        yield change
        if change.nothing:
            transaction.rollback()
            return
        connection.execute(
            log.insert().values(
                forbund_id=change.forbund_id,
                tid=change.time,
                role=actor.role,
                name=actor.name,
                what=what,
                before=_to_json(change.before),
                after=_to_json(change.after),
                reason=reason,
                data_version=version,
            )
        )


def utc_now() -> str:
    """This moment, UTC, as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _to_json(content: Mapping[str, object] | None) -> str | None:
    return None if content is None else json.dumps(content, ensure_ascii=False, sort_keys=True)


def find_forbund(connection: Connection, kod: str) -> int:
    """The id of a förbund. Raises UnknownForbundError."""
    found = connection.execute(sa.select(forbund_table.c.id).where(forbund_table.c.kod == kod)).scalar()
    if found is None:
        raise UnknownForbundError(kod)
    return int(found)


def insert_row(connection: Connection, table: sa.Table, **values: object) -> int:
    """Add one row; its id."""
    return int(connection.execute(table.insert().values(**values).returning(table.c.id)).scalar_one())


def load_content(store: Store) -> str:
    """What the store has been filled with: "nytt" before it is decided, "tomt", or a digest of the published files."""
    with read(store) as connection:
        return str(connection.execute(sa.select(state.c.content)).scalar_one())


def save_content(store: Store, content: str, actor: Actor) -> None:
    """Remember what the store has been filled with."""
    with write(store, actor, "fyllning") as change:
        change.before = {"innehall": change.connection.execute(sa.select(state.c.content)).scalar_one()}
        change.after = {"innehall": content}
        change.nothing = change.before == change.after
        change.connection.execute(state.update().values(content=content))


def load_data_version(store: Store) -> int:
    """The number that every change of the store raises by one; caches are keyed on it."""
    with read(store) as connection:
        return int(connection.execute(sa.select(state.c.data_version)).scalar_one())
