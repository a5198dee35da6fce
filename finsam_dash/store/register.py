"""Förbund, insatser and grupper: what is registered about whom the figures speak of."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from finsam_dash.model import Actor, CountingMode, Forbund, GenderScope, Insats, InsatsPeriod, Purpose, SubjectKind
from finsam_dash.store.engine import Store, read
from finsam_dash.store.errors import StoreError, UnknownInsatsError
from finsam_dash.store.schema import (
    fact,
    forbund,
    grupp,
    insats,
    insats_period,
    leverans,
    log,
    period,
    predecessor,
    subject,
)
from finsam_dash.store.writing import find_forbund, insert_row, write

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Codes stand in URLs and on the command line: lower-case letters, digits and single hyphens."""


def load_forbund(store: Store, kod: str) -> Forbund:
    """One förbund. Raises UnknownForbundError."""
    with read(store) as connection:
        row = connection.execute(sa.select(forbund).where(forbund.c.id == find_forbund(connection, kod))).one()
    return Forbund(row.kod, row.namn, bool(row.pahittad))


def load_all_forbund(store: Store) -> tuple[Forbund, ...]:
    """Every förbund, those with real data first, in the order they were made."""
    with read(store) as connection:
        rows = connection.execute(sa.select(forbund).order_by(forbund.c.pahittad, forbund.c.id)).all()
    return tuple(Forbund(row.kod, row.namn, bool(row.pahittad)) for row in rows)


def save_forbund(store: Store, new: Forbund, actor: Actor) -> None:
    """Add a förbund, or change the name of one; nothing is written when nothing differs.

    Raises StoreError "ogiltig_kod" and "namn_saknas".
    """
    _check_code(new.kod, new.namn)
    with write(store, actor, "forbund") as change:
        connection = change.connection
        row = connection.execute(sa.select(forbund).where(forbund.c.kod == new.kod)).one_or_none()
        values = {"namn": new.namn, "pahittad": int(new.pahittad)}
        change.after = asdict(new)
        if row is None:
            change.forbund_id = insert_row(connection, forbund, kod=new.kod, **values)
            write_subject(connection, change.own, SubjectKind.FORBUND, "")
            return
        old = Forbund(row.kod, row.namn, bool(row.pahittad))
        change.forbund_id, change.before, change.nothing = row.id, asdict(old), old == new
        connection.execute(forbund.update().where(forbund.c.id == row.id).values(**values))


def load_insatser(store: Store, forbund_kod: str) -> tuple[Insats, ...]:
    """The insatser of a förbund, in their order. Raises UnknownForbundError."""
    with read(store) as connection:
        return read_insatser(connection, find_forbund(connection, forbund_kod))


def read_insatser(connection: Connection, forbund_id: int) -> tuple[Insats, ...]:
    """The insatser of a förbund within a transaction that is open already."""
    codes: dict[int, str] = {
        row.id: row.kod for row in connection.execute(sa.select(subject).where(subject.c.forbund_id == forbund_id))
    }
    periods: dict[int, list[InsatsPeriod]] = defaultdict(list)
    for row in connection.execute(
        sa.select(insats_period)
        .where(insats_period.c.forbund_id == forbund_id)
        .order_by(insats_period.c.first_day, insats_period.c.id)
    ):
        end = None if row.last_day is None else date.fromisoformat(row.last_day)
        periods[row.insats_id].append(InsatsPeriod(date.fromisoformat(row.first_day), end, row.label, row.note))
    before: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(sa.select(predecessor).where(predecessor.c.forbund_id == forbund_id)):
        before[row.insats_id].append(codes[row.predecessor_id])
    rows = connection.execute(
        sa.select(insats).where(insats.c.forbund_id == forbund_id).order_by(insats.c.position, insats.c.subject_id)
    )
    return tuple(
        Insats(
            kod=codes[row.subject_id],
            namn=row.namn,
            periods=tuple(periods[row.subject_id]),
            kortnamn=row.kortnamn,
            purpose=None if row.purpose is None else Purpose(row.purpose),
            form=row.form,
            counting_mode=CountingMode(row.counting_mode),
            gender_scope=GenderScope(row.gender_scope),
            huvudman=row.huvudman,
            parter=row.parter,
            malgrupp=row.malgrupp,
            syfte=row.syfte,
            ort=row.ort,
            kommun=row.kommun,
            grupp="" if row.grupp_id is None else codes[row.grupp_id],
            predecessors=tuple(sorted(before[row.subject_id])),
            order=row.position,
        )
        for row in rows
    )


def load_unstated_starts(store: Store, forbund_kod: str) -> frozenset[str]:
    """The insatser that a delivery created and whose time nobody has written since: their start follows the figures.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        return _list_unstated(connection, own, read_insatser(connection, own))


def _list_unstated(connection: Connection, forbund_id: int, insatser: Iterable[Insats]) -> frozenset[str]:
    # What a delivery creates has no row of its own in the log; what is registered, or given another time, has one.
    rows = connection.execute(
        sa.select(log.c.what, log.c.before, log.c.after).where(
            log.c.forbund_id == forbund_id, log.c.what.in_(("insats", "insatser"))
        )
    )
    stated: set[str] = set()
    for row in rows:
        before, after = (json.loads(text) if text else {} for text in (row.before, row.after))
        if row.what == "insatser":
            stated.update(after["koder"])
        elif before.get("periods") != after["periods"]:
            stated.add(after["kod"])
    return frozenset(
        insats.kod
        for insats in insatser
        if insats.kod not in stated and len(insats.periods) == 1 and insats.periods[0].end is None
    )


def move_starts(
    connection: Connection, forbund_id: int, first_days: Mapping[str, str] | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Let the unstated starts be the first day of the insats's figures, within a write that is open already.

    `first_days` are those of a delivery's figures by insats; only an insats that starts after its own is looked at.
    Gives the starts that were moved, by insats: as they were, and as they are.
    """
    insatser = read_insatser(connection, forbund_id)
    starts = {insats.kod: insats.periods[0].start.isoformat() for insats in insatser if insats.periods}
    asked = {kod for kod, start in starts.items() if first_days is None or first_days.get(kod, start) < start}
    asked &= _list_unstated(connection, forbund_id, insatser) if asked else set()
    if not asked:
        return {}, {}
    rows = connection.execute(
        sa.select(subject.c.id, subject.c.kod, sa.func.min(period.c.first_day).label("first_day"))
        .join(fact, sa.and_(fact.c.forbund_id == subject.c.forbund_id, fact.c.subject_id == subject.c.id))
        .join(period, period.c.id == fact.c.period_id)
        .join(leverans, leverans.c.id == fact.c.leverans_id)
        .where(subject.c.forbund_id == forbund_id, subject.c.kod.in_(asked), leverans.c.angrad_tid.is_(None))
        .group_by(subject.c.id, subject.c.kod)
    ).all()
    moved = {row.kod: row for row in rows if row.first_day != starts[row.kod]}
    for row in moved.values():
        connection.execute(
            insats_period.update().where(insats_period.c.insats_id == row.id).values(first_day=row.first_day)
        )
    return {kod: starts[kod] for kod in moved}, {kod: row.first_day for kod, row in moved.items()}


def save_insats(store: Store, forbund_kod: str, new: Insats, actor: Actor, *, reason: str = "") -> None:
    """Add an insats, or change one: all of its fields and periods become those given.

    Raises UnknownForbundError, UnknownInsatsError (a predecessor), StoreError "ogiltig_kod", "kod_upptagen" (a grupp
    has it), "namn_saknas", "namn_upptaget", "okand_grupp", "omvand_period".
    """
    with write(store, actor, "insats", forbund_kod, reason=reason) as change:
        old = {found.kod: found for found in read_insatser(change.connection, change.own)}.get(new.kod)
        change.before = None if old is None else _describe(old)
        change.after = _describe(new)
        change.nothing = change.before == change.after
        if not change.nothing:
            write_insatser(change.connection, change.own, forbund_kod, [new])


def save_new_insatser(store: Store, forbund_kod: str, new: Iterable[Insats], actor: Actor) -> int:
    """Add those insatser whose codes the förbund lacks, and leave the others alone; how many were added.

    Raises UnknownForbundError and the StoreErrors of save_insats.
    """
    with write(store, actor, "insatser", forbund_kod) as change:
        known = {found.kod for found in read_insatser(change.connection, change.own)}
        added = [item for item in new if item.kod not in known]
        change.after = {"koder": [item.kod for item in added]}
        change.nothing = not added
        write_insatser(change.connection, change.own, forbund_kod, added)
        return len(added)


def _check_insatser(items: Iterable[Insats], taken: Mapping[str, tuple[int, str]], holders: dict[str, str]) -> None:
    """Refuse an impossible code, time, name or grupp. `taken` is (id, kind) by code, `holders` the codes by name."""
    for item in items:
        _check_code(item.kod, item.namn)
        _check_periods(item)
        if item.kod in taken and taken[item.kod][1] != SubjectKind.INSATS:
            raise StoreError("kod_upptagen", kod=item.kod)
        if holders.setdefault(item.namn, item.kod) != item.kod:
            raise StoreError("namn_upptaget", namn=item.namn)
        if item.grupp and taken.get(item.grupp, (0, ""))[1] != SubjectKind.GRUPP:
            raise StoreError("okand_grupp", grupp=item.grupp)


def _to_period_row(part: InsatsPeriod) -> dict[str, object]:
    return {
        "first_day": part.start.isoformat(),
        "last_day": None if part.end is None else part.end.isoformat(),
        "label": part.label,
        "note": part.note,
    }


def write_insatser(connection: Connection, forbund_id: int, forbund_kod: str, new: Iterable[Insats]) -> None:
    """Add or change insatser within a write that is open already; they may be each other's predecessors."""
    changed = {item.kod: item for item in new}
    taken = {
        row.kod: (row.id, row.kind)
        for row in connection.execute(sa.select(subject).where(subject.c.forbund_id == forbund_id))
    }
    holders = {
        row.namn: row.kod
        for row in connection.execute(
            sa.select(insats.c.namn, subject.c.kod)
            .join(subject, subject.c.id == insats.c.subject_id)
            .where(insats.c.forbund_id == forbund_id)
        )
        if row.kod not in changed
    }
    _check_insatser(changed.values(), taken, holders)
    known = set(taken)
    for kod in (kod for kod in changed if kod not in known):
        taken[kod] = (write_subject(connection, forbund_id, SubjectKind.INSATS, kod), SubjectKind.INSATS)
    for item in changed.values():
        for kod in item.predecessors:
            if kod == item.kod or taken.get(kod, (0, ""))[1] != SubjectKind.INSATS:
                raise UnknownInsatsError(forbund_kod, kod)
    ids = {kod: key for kod, (key, _) in taken.items()}
    for item in changed.values():
        if item.kod in known:
            own = ids[item.kod]
            connection.execute(insats.update().where(insats.c.subject_id == own).values(_to_row(item, ids)))
            connection.execute(insats_period.delete().where(insats_period.c.insats_id == own))
            connection.execute(predecessor.delete().where(predecessor.c.insats_id == own))
    added = [item for kod, item in changed.items() if kod not in known]
    _insert_all(
        connection,
        insats,
        [{"forbund_id": forbund_id, "subject_id": ids[item.kod], **_to_row(item, ids)} for item in added],
    )
    periods = [(ids[item.kod], part) for item in changed.values() for part in item.periods]
    _insert_all(
        connection,
        insats_period,
        [{"forbund_id": forbund_id, "insats_id": own, **_to_period_row(part)} for own, part in periods],
    )
    _insert_all(
        connection,
        predecessor,
        [
            {"forbund_id": forbund_id, "insats_id": ids[item.kod], "predecessor_id": ids[kod]}
            for item in changed.values()
            for kod in item.predecessors
        ],
    )


def _to_row(item: Insats, ids: Mapping[str, int]) -> dict[str, object]:
    return {
        "namn": item.namn,
        "kortnamn": item.kortnamn,
        "purpose": None if item.purpose is None else item.purpose.value,
        "form": item.form,
        "counting_mode": item.counting_mode.value,
        "gender_scope": item.gender_scope.value,
        "huvudman": item.huvudman,
        "parter": item.parter,
        "malgrupp": item.malgrupp,
        "syfte": item.syfte,
        "ort": item.ort,
        "kommun": item.kommun,
        "grupp_id": ids[item.grupp] if item.grupp else None,
        "position": item.order,
    }


def _insert_all(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def load_grupper(store: Store, forbund_kod: str) -> dict[str, str]:
    """Code -> name of the förbund's lokusgrupper, in the order they were made. Raises UnknownForbundError."""
    with read(store) as connection:
        rows = connection.execute(
            sa.select(subject.c.kod, grupp.c.namn)
            .join(grupp, grupp.c.subject_id == subject.c.id)
            .where(grupp.c.forbund_id == find_forbund(connection, forbund_kod))
            .order_by(grupp.c.subject_id)
        )
        return {row.kod: row.namn for row in rows}


def save_grupp(store: Store, forbund_kod: str, kod: str, namn: str, actor: Actor) -> None:
    """Add a lokusgrupp or change its name.

    Raises UnknownForbundError, StoreError "ogiltig_kod", "kod_upptagen" (an insats has it) and "namn_saknas".
    """
    _check_code(kod, namn)
    with write(store, actor, "grupp", forbund_kod) as change:
        connection = change.connection
        row = connection.execute(
            sa.select(subject.c.id, grupp.c.namn)
            .join(grupp, grupp.c.subject_id == subject.c.id, isouter=True)
            .where(subject.c.forbund_id == change.own, subject.c.kod == kod)
        ).one_or_none()
        change.after = {"kod": kod, "namn": namn}
        if row is None:
            own = write_subject(connection, change.own, SubjectKind.GRUPP, kod)
            connection.execute(grupp.insert().values(forbund_id=change.own, subject_id=own, namn=namn))
        elif row.namn is None:
            raise StoreError("kod_upptagen", kod=kod)
        else:
            change.before = {"kod": kod, "namn": row.namn}
            change.nothing = row.namn == namn
            connection.execute(grupp.update().where(grupp.c.subject_id == row.id).values(namn=namn))


def write_subject(connection: Connection, forbund_id: int, kind: SubjectKind, kod: str) -> int:
    """A new subject for figures, within a write that is open already; its id."""
    return insert_row(connection, subject, forbund_id=forbund_id, kind=kind.value, kod=kod)


def _check_code(kod: str, namn: str) -> None:
    if not CODE.fullmatch(kod):
        raise StoreError("ogiltig_kod", kod=kod)
    if not namn.strip():
        raise StoreError("namn_saknas", kod=kod)


def _check_periods(item: Insats) -> None:
    for part in item.periods:
        if part.end is not None and part.end < part.start:
            raise StoreError("omvand_period", kod=item.kod, start=part.start, slut=part.end)


def _describe(item: Insats) -> dict[str, object]:
    """An insats as the log keeps it."""
    described = asdict(item)
    described["periods"] = [
        {**asdict(part), "start": part.start.isoformat(), "end": part.end and part.end.isoformat()}
        for part in item.periods
    ]
    described["predecessors"] = sorted(item.predecessors)
    return described
