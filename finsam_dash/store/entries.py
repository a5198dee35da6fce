"""Entries of registers: goals, outcomes, comments, notes. Every version is kept; the latest is current."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from finsam_dash.model import Actor
from finsam_dash.store.engine import Store, read
from finsam_dash.store.schema import entry
from finsam_dash.store.writing import find_forbund, write


class Entry(Protocol):
    """A frozen dataclass of the model with a code that is unique within its register, and never reused."""

    @property
    def kod(self) -> str: ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class EntryVersion(Generic[E]):
    """One version of an entry: who wrote it when (UTC). `entry` is None where it was removed."""

    time: str
    actor: Actor
    entry: E | None


@cache
def _adapter(kind: type) -> TypeAdapter:
    return TypeAdapter(kind)


def register_name(kind: type) -> str:
    """The name under which entries of a kind are stored."""
    return kind.__name__


def load_entries(store: Store, forbund_kod: str, kind: type[E]) -> tuple[E, ...]:
    """The current entries of one register, in the order in which they were first written.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        rows = connection.execute(
            sa.select(entry.c.kod, entry.c.content)
            .where(entry.c.forbund_id == own, entry.c.register == register_name(kind))
            .order_by(entry.c.id)
        )
        # A later version takes the place of an earlier one without moving it.
        current = {row.kod: row.content for row in rows}
    return tuple(_adapter(kind).validate_json(content) for content in current.values() if content)


def load_entry_versions(store: Store, forbund_kod: str, kind: type[E], kod: str) -> tuple[EntryVersion[E], ...]:
    """Every version of one entry, oldest first. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        rows = connection.execute(
            sa.select(entry)
            .where(entry.c.forbund_id == own, entry.c.register == register_name(kind), entry.c.kod == kod)
            .order_by(entry.c.id)
        ).all()
    return tuple(
        EntryVersion(
            row.tid, Actor(row.role, row.name), _adapter(kind).validate_json(row.content) if row.content else None
        )
        for row in rows
    )


def load_touched_entries(store: Store, forbund_kod: str, actor: Actor) -> frozenset[tuple[str, str]]:
    """(register, code) of every entry with a version by somebody else than the actor. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        rows = connection.execute(
            sa.select(entry.c.register, entry.c.kod)
            .where(entry.c.forbund_id == own, sa.or_(entry.c.role != actor.role, entry.c.name != actor.name))
            .distinct()
        )
        return frozenset((row.register, row.kod) for row in rows)


def save_entries(store: Store, forbund_kod: str, entries: Iterable[Entry], actor: Actor, *, reason: str = "") -> int:
    """Add entries or new versions of them, all in one change; how many differed from what was current.

    Raises UnknownForbundError.
    """
    with write(store, actor, "register", forbund_kod, reason=reason) as change:
        before: dict[str, object] = {}
        after: dict[str, object] = {}
        given = [
            (register_name(type(item)), item.kod, _adapter(type(item)).dump_json(item).decode("utf-8"))
            for item in entries
        ]
        current = _load_latest(change.connection, change.forbund_id, {kod for _, kod, _ in given})
        rows = []
        for register, kod, content in given:
            if current.get((register, kod)) == content:
                continue
            name = f"{register}/{kod}"
            before[name], after[name] = current.get((register, kod)), content
            current[register, kod] = content
            rows.append(_row(change.forbund_id, register, kod, content, change.time, actor))
        if rows:
            change.connection.execute(sa.insert(entry), rows)
        change.before, change.after, change.nothing = before, after, not after
        return len(after)


def remove_entry(
    store: Store, forbund_kod: str, kind: type[Entry], kod: str, actor: Actor, *, reason: str = ""
) -> None:
    """Take an entry out of its register; its versions stay readable. Raises UnknownForbundError."""
    with write(store, actor, "register", forbund_kod, reason=reason) as change:
        change.before, change.after = {"kod": kod}, {f"{register_name(kind)}/{kod}": None}
        row = _row(change.forbund_id, register_name(kind), kod, "", change.time, actor)
        change.connection.execute(sa.insert(entry), [row])


def undo_entry(store: Store, forbund_kod: str, kind: type[Entry], kod: str, actor: Actor, *, reason: str = "") -> bool:
    """Make the version before the latest current again, or none where there was none; False where there is no version.

    The undone version stays readable, so undoing again brings it back. Raises UnknownForbundError.
    """
    versions = load_entry_versions(store, forbund_kod, kind, kod)
    if not versions:
        return False
    before = versions[-2].entry if len(versions) > 1 else None
    if before is not None:
        save_entries(store, forbund_kod, [before], actor, reason=reason)
    else:
        remove_entry(store, forbund_kod, kind, kod, actor, reason=reason)
    return True


def _load_latest(connection: sa.Connection, forbund_id: int | None, codes: set[str]) -> dict[tuple[str, str], str]:
    """The latest content of every entry with one of the codes, by register and code."""
    rows = connection.execute(
        sa.select(entry.c.register, entry.c.kod, entry.c.content)
        .where(entry.c.forbund_id == forbund_id, entry.c.kod.in_(codes))
        .order_by(entry.c.id)
    )
    return {(row.register, row.kod): row.content for row in rows}


def _row(forbund_id: int | None, register: str, kod: str, content: str, time: str, actor: Actor) -> dict[str, object]:
    return {
        "forbund_id": forbund_id,
        "register": register,
        "kod": kod,
        "content": content,
        "tid": time,
        "role": actor.role,
        "name": actor.name,
    }
