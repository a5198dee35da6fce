"""What a förbund may publish at a data version, and what it has published: kept as text that others can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from finsam_dash.model import Actor, Period
from finsam_dash.store.engine import Store, read
from finsam_dash.store.schema import forbund, log, publication, publishing_plan, state
from finsam_dash.store.writing import find_forbund, write

NOT_ABOUT_FIGURES = ("register", "jamforelsevarden", "fyllning", "forbund", "publicering")
"""The log's codes of changes that move no count of persons, no insats and no setting: plans outlive them."""


PROTECTING = ("threshold", "show_zero", "publishing_grid")
"""The settings that decide what is hidden; a change of any other leaves the plan as it is."""


class PlanKey(NamedTuple):
    """What a plan was made of: `basis` of `load_basis`, and settings and program as text."""

    basis: int
    settings: str
    program: str


@dataclass(frozen=True)
class PublicationEntry:
    """One publication: what left the house, over which period, when (UTC) and by whom.

    `data_version` is the store's own when it was recorded, `key` that of the plan it was cut from. `record` is what
    that plan tells, "" where an earlier publication of the same plan holds it.
    """

    id: int
    what: str
    period: Period
    data_version: int
    key: PlanKey
    record: str
    time: str
    actor: Actor


def load_basis(store: Store, forbund_kod: str) -> int:
    """The data version of the latest change that may move the förbund's counts, insatser or what protects them.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        query = sa.select(sa.func.max(log.c.data_version)).where(
            sa.or_(log.c.forbund_id == own, log.c.forbund_id.is_(None)),
            log.c.what.not_in(NOT_ABOUT_FIGURES),
            sa.or_(log.c.what != "installningar", *(log.c.after.contains(f'"{name}"') for name in PROTECTING)),
        )
        return int(connection.execute(query).scalar() or 0)


def load_plan_text(store: Store, forbund_kod: str, key: PlanKey) -> str | None:
    """The stored plan of the key; None where none is made yet. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        return connection.execute(
            sa.select(publishing_plan.c.content).where(publishing_plan.c.forbund_id == own, *_is(key))
        ).scalar()


def save_plan_text(store: Store, forbund_kod: str, key: PlanKey, content: str) -> None:
    """Keep a plan, and forget those of earlier data versions. Raises UnknownForbundError.

    A plan follows from what is stored, and anybody may make it again: it changes no data, so it raises no data
    version and leaves no row in the log.
    """
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        own = find_forbund(connection, forbund_kod)
        same = sa.and_(publishing_plan.c.forbund_id == own, *_is(key))
        old = sa.and_(publishing_plan.c.forbund_id == own, publishing_plan.c.basis < key.basis)
        connection.execute(publishing_plan.delete().where(sa.or_(same, old)))
        connection.execute(publishing_plan.insert().values(forbund_id=own, content=content, **key._asdict()))


def save_publication(
    store: Store, forbund_kod: str, what: str, period: Period, key: PlanKey, record: str, actor: Actor
) -> int:
    """Record that something was published, with what the plan behind it tells; its number.

    Raises UnknownForbundError.
    """
    with write(store, actor, "publicering", forbund_kod) as change:
        known = change.connection.execute(
            sa.select(publication.c.id).where(publication.c.forbund_id == change.own, *_is(key, publication)).limit(1)
        ).scalar()
        # The state row is already raised by this very change; what was published is the version before it.
        version = change.connection.execute(sa.select(state.c.data_version)).scalar_one() - 1
        change.after = {"vad": what, "period": period.code, "dataversion": version}
        return int(
            change.connection.execute(
                publication.insert()
                .values(
                    forbund_id=change.own,
                    what=what,
                    first_day=period.start.isoformat(),
                    last_day=period.end.isoformat(),
                    data_version=version,
                    record="" if known is not None else record,
                    tid=change.time,
                    role=actor.role,
                    name=actor.name,
                    **key._asdict(),
                )
                .returning(publication.c.id)
            ).scalar_one()
        )


def has_publication(store: Store, forbund_kod: str, what: str, period: Period, key: PlanKey) -> bool:
    """Whether the same was published before from the plan of the key. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        query = sa.select(publication.c.id).where(
            publication.c.forbund_id == own,
            publication.c.what == what,
            publication.c.first_day == period.start.isoformat(),
            publication.c.last_day == period.end.isoformat(),
            *_is(key, publication),
        )
        return connection.execute(query.limit(1)).scalar() is not None


def load_publications(store: Store, forbund_kod: str) -> tuple[PublicationEntry, ...]:
    """Everything the förbund has published, oldest first. Raises UnknownForbundError."""
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        rows = connection.execute(
            sa.select(publication).where(publication.c.forbund_id == own).order_by(publication.c.id)
        ).all()
    return tuple(
        PublicationEntry(
            row.id,
            row.what,
            Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)),
            row.data_version,
            PlanKey(row.basis, row.settings, row.program),
            row.record,
            row.tid,
            Actor(row.role, row.name),
        )
        for row in rows
    )


def keep_publications(source: sa.Connection, target: sa.Connection) -> int:
    """Copy to another store the publications that it lacks, of the förbund that both have; how many they were.

    What has left the house is known to others, whatever store is restored.
    """
    own_id = {row.kod: row.id for row in target.execute(sa.select(forbund.c.kod, forbund.c.id))}
    columns = [column for column in publication.c if column.name not in ("id", "forbund_id")]
    query = sa.select(forbund.c.kod, *columns).join(forbund, forbund.c.id == publication.c.forbund_id)
    known = {tuple(row) for row in target.execute(query)}
    lacking = [
        row for row in source.execute(query.order_by(publication.c.id)) if tuple(row) not in known and row.kod in own_id
    ]
    for row in lacking:
        values = {column.name: getattr(row, column.name) for column in columns}
        target.execute(publication.insert().values(forbund_id=own_id[row.kod], **values))
    return len(lacking)


def _is(key: PlanKey, table: sa.Table = publishing_plan) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.basis == key.basis, table.c.settings == key.settings, table.c.program == key.program)
