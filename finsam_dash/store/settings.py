"""Settings of a förbund, values to compare with, and the log."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from finsam_dash.model import Actor, ComparisonValue, Gender, Period, Settings
from finsam_dash.store.engine import Store, read
from finsam_dash.store.schema import comparison, forbund, log, setting
from finsam_dash.store.writing import find_forbund, write


@dataclass(frozen=True)
class LogEntry:
    """One change of the store. `time` is UTC; `before` and `after` are JSON, "" for none; `forbund` "" is the store."""

    id: int
    time: str
    forbund: str
    actor: Actor
    what: str
    before: str
    after: str
    reason: str
    data_version: int


def load_settings(store: Store, forbund_kod: str, *, at: str = "") -> Settings:
    """The förbund's settings, or those in force at a moment (UTC, ISO). Raises UnknownForbundError."""
    with read(store) as connection:
        query = sa.select(setting.c.name, setting.c.value).where(
            setting.c.forbund_id == find_forbund(connection, forbund_kod)
        )
        if at:
            query = query.where(setting.c.tid <= at)
        # Later rows overwrite earlier ones of the same name.
        stored = {row.name: row.value for row in connection.execute(query.order_by(setting.c.id))}
    known = {field.name for field in fields(Settings)}
    changed: dict[str, Any] = {name: _from_text(value) for name, value in stored.items() if name in known}
    return replace(Settings(), **changed)


def save_settings(store: Store, forbund_kod: str, new: Settings, actor: Actor, *, reason: str = "") -> None:
    """Make these the förbund's settings from now on; what was in force before stays readable.

    Raises UnknownForbundError.
    """
    with write(store, actor, "installningar", forbund_kod, reason=reason) as change:
        rows = change.connection.execute(
            sa.select(setting.c.name, setting.c.value)
            .where(setting.c.forbund_id == change.forbund_id)
            .order_by(setting.c.id)
        )
        in_force = {field.name: _to_text(field.default) for field in fields(Settings)} | {
            row.name: row.value for row in rows
        }
        wanted = {field.name: _to_text(getattr(new, field.name)) for field in fields(Settings)}
        changed = {name: text for name, text in wanted.items() if in_force[name] != text}
        change.before = {name: in_force[name] for name in changed}
        change.after = dict(changed)
        change.nothing = not changed
        for name, text in changed.items():
            change.connection.execute(
                setting.insert().values(forbund_id=change.forbund_id, tid=change.time, name=name, value=text)
            )


def _to_text(value: object) -> str:
    if isinstance(value, bytes):
        return json.dumps({"base64": base64.b64encode(value).decode("ascii")})
    return json.dumps(value, ensure_ascii=False)


def _from_text(text: str) -> object:
    value = json.loads(text)
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def load_comparison_values(store: Store, forbund_kod: str) -> tuple[ComparisonValue, ...]:
    """The values for every förbund and the förbund's own, oldest period first. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        rows = connection.execute(
            sa.select(comparison)
            .where(sa.or_(comparison.c.forbund_id.is_(None), comparison.c.forbund_id == own))
            .order_by(comparison.c.first_day, comparison.c.id)
        ).all()
    return tuple(_to_comparison_value(row) for row in rows)


def save_comparison_values(
    store: Store, values: Iterable[ComparisonValue], actor: Actor, forbund_kod: str | None = None
) -> int:
    """Add the values that are not there already, for one förbund or (None) for all; how many were added.

    Raises UnknownForbundError.
    """
    with write(store, actor, "jamforelsevarden", forbund_kod) as change:
        own = comparison.c.forbund_id.is_(None) if forbund_kod is None else comparison.c.forbund_id == change.forbund_id
        known = {_to_comparison_value(row) for row in change.connection.execute(sa.select(comparison).where(own))}
        new = [value for value in dict.fromkeys(values) if value not in known]
        change.nothing = not new
        change.after = {"antal": len(new)}
        for value in new:
            change.connection.execute(
                comparison.insert().values(
                    forbund_id=change.forbund_id,
                    indikator=value.indikator,
                    gender=value.gender.value,
                    kind=value.kind,
                    name=value.name,
                    first_day=value.period.start.isoformat(),
                    last_day=value.period.end.isoformat(),
                    value=value.value,
                    numerator=value.numerator,
                    denominator=value.denominator,
                    source=value.source,
                    extracted=None if value.extracted is None else value.extracted.isoformat(),
                    note=value.note,
                )
            )
        return len(new)


def _to_comparison_value(row: sa.Row) -> ComparisonValue:
    return ComparisonValue(
        indikator=row.indikator,
        gender=Gender(row.gender),
        kind=row.kind,
        name=row.name,
        period=Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)),
        value=row.value,
        source=row.source,
        numerator=row.numerator,
        denominator=row.denominator,
        extracted=None if row.extracted is None else date.fromisoformat(row.extracted),
        note=row.note,
    )


def load_log(store: Store, forbund_kod: str | None = None, *, newest: int | None = None) -> tuple[LogEntry, ...]:
    """The log, oldest first: the whole store's, or one förbund's with what was done to the store; the `newest` of it.

    Raises UnknownForbundError.
    """
    query = sa.select(log, forbund.c.kod).join(forbund, forbund.c.id == log.c.forbund_id, isouter=True)
    with read(store) as connection:
        if forbund_kod is not None:
            own = find_forbund(connection, forbund_kod)
            query = query.where(sa.or_(log.c.forbund_id == own, log.c.forbund_id.is_(None)))
        rows = connection.execute(query.order_by(log.c.id.desc()).limit(newest)).all()
    return tuple(
        LogEntry(
            row.id,
            row.tid,
            row.kod or "",
            Actor(row.role, row.name),
            row.what,
            row.before or "",
            row.after or "",
            row.reason,
            row.data_version,
        )
        for row in reversed(rows)
    )
