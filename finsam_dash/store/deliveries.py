"""Deliveries: saved whole, listed with their state, undone without being lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from finsam_dash.model import Actor, Figure, Insats, Period
from finsam_dash.store.coding import CodedFigures, code_figures
from finsam_dash.store.engine import Store, read
from finsam_dash.store.errors import StoreError, UnknownDeliveryError
from finsam_dash.store.fact_changes import read_changes
from finsam_dash.store.fact_keys import parse_day
from finsam_dash.store.fact_writing import Progress, write_figures
from finsam_dash.store.facts import select_current
from finsam_dash.store.register import move_starts, write_insatser
from finsam_dash.store.schema import comment, fact, forbund, leverans, subject
from finsam_dash.store.writing import Change, find_forbund, insert_row, write


class DeliveryState(StrEnum):
    """aktiv: at least one of its figures is current; ersatt: none is; angrad: undone."""

    AKTIV = "aktiv"
    ERSATT = "ersatt"
    ANGRAD = "angrad"


@dataclass(frozen=True)
class DeliveryMeta:
    """What is known of a delivered file. `rows` are the file's; `known_from` is uttagsdatum or the day of import."""

    fil: str
    sha256: str
    rows: int
    form: str
    known_from: date
    namn: str = ""


@dataclass(frozen=True)
class Comment:
    """A free text that came with a delivery; intern only, never exported. `subject` "" is the förbund itself."""

    text: str
    subject: str = ""
    period: Period | None = None


@dataclass(frozen=True)
class Delivery:
    """A saved delivery. Times are UTC; `current` counts its figures that are current.

    `undone_by` and `undone_time` are who undid it and when, None and "" where nobody has.
    """

    id: int
    forbund: str
    fil: str
    namn: str
    sha256: str
    time: str
    rows: int
    figures: int
    form: str
    actor: Actor
    known_from: date
    state: DeliveryState
    current: int
    undone_by: Actor | None = None
    undone_time: str = ""


@dataclass(frozen=True)
class FigureChange:
    """A figure that a delivery made another: `before` was current until then."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class DeliveryChanges:
    """What a delivery changed: `new` figures that were not stored, and those that became another."""

    delivery: Delivery
    new: int
    changed: tuple[FigureChange, ...] = ()


def save_delivery(
    store: Store,
    forbund_kod: str,
    figures: pd.DataFrame | CodedFigures,
    meta: DeliveryMeta,
    actor: Actor,
    *,
    new_insatser: Iterable[Insats] = (),
    comments: Iterable[Comment] = (),
    counts: Mapping[str, int] | None = None,
    expected_version: int | None = None,
    progress: Progress | None = None,
) -> int:
    """Save a delivery with its new insatser and comments, whole or not at all; its number.

    `figures` is a frame as intake makes it. `counts` go to the log. An insats whose start nobody has written starts
    where its figures do, also when earlier months come later. Raises UnknownForbundError, StoreError
    "okant_subjekt" (an insats or grupp that is not registered) and "andrad_under_tiden" (the data version is another
    than the expected one).
    """
    coded = figures if isinstance(figures, CodedFigures) else code_figures(figures)
    with write(store, actor, "leverans", forbund_kod, expected_version=expected_version) as change:
        connection = change.connection
        write_insatser(connection, change.own, forbund_kod, new_insatser)
        # The facts point at the delivery, and the delivery's checksum is known after the facts.
        number = insert_row(
            connection,
            leverans,
            forbund_id=change.own,
            fil=meta.fil,
            sha256=meta.sha256,
            tid=change.time,
            rader=meta.rows,
            figures=len(coded),
            checksum="",
            form=meta.form,
            role=actor.role,
            name=actor.name,
            known_from=meta.known_from.isoformat(),
            namn=meta.namn,
        )
        checksum = write_figures(connection, change.own, number, coded, progress)
        connection.execute(leverans.update().where(leverans.c.id == number).values(checksum=checksum))
        _write_comments(connection, change.own, number, comments)
        change.after = {"leverans": number, "fil": meta.fil, "figurer": len(coded), **(counts or {})}
        _move_starts(change, _list_first_days(coded))
        return number


def _list_first_days(coded: CodedFigures) -> dict[str, str]:
    """The first day that the figures speak of, by code of the subject."""
    # Days as small whole numbers: a delivery may hold millions of figures.
    days, day = np.unique(np.array([start for start, _ in coded.periods], dtype=str), return_inverse=True)
    first = pd.Series(day[coded.period]).groupby(coded.subject).min()
    return {coded.subjects[place][1]: str(days[earliest]) for place, earliest in first.items()}


def _move_starts(change: Change, first_days: Mapping[str, str] | None = None) -> None:
    before, after = move_starts(change.connection, change.own, first_days)
    if after:
        change.before = {**(change.before or {}), "starter": before}
        change.after = {**(change.after or {}), "starter": after}


def _write_comments(connection: Connection, forbund_id: int, number: int, comments: Iterable[Comment]) -> None:
    rows = connection.execute(sa.select(subject.c.kod, subject.c.id).where(subject.c.forbund_id == forbund_id))
    known = {row.kod: row.id for row in rows}
    for item in comments:
        connection.execute(
            comment.insert().values(
                forbund_id=forbund_id,
                leverans_id=number,
                subject_id=known[item.subject],
                first_day=None if item.period is None else item.period.start.isoformat(),
                last_day=None if item.period is None else item.period.end.isoformat(),
                text=item.text,
            )
        )


def undo_delivery(store: Store, number: int, actor: Actor) -> Delivery:
    """Undo a delivery: what it replaced is current again, and figures of later deliveries stay.

    An insats whose start nobody has written starts again where the figures that are left do.

    Raises UnknownDeliveryError and StoreError "redan_angrad".
    """
    forbund_kod = _find_delivery(store, number).forbund
    with write(store, actor, "angra", forbund_kod) as change:
        row = change.connection.execute(sa.select(leverans).where(leverans.c.id == number)).one()
        if row.angrad_tid is not None:
            raise StoreError("redan_angrad", leverans=number, fil=row.fil)
        change.before = {"leverans": number, "fil": row.fil}
        change.connection.execute(
            leverans.update()
            .where(leverans.c.id == number)
            .values(angrad_tid=change.time, angrad_role=actor.role, angrad_name=actor.name)
        )
        _move_starts(change)
    return _find_delivery(store, number)


def load_deliveries(store: Store, forbund_kod: str) -> tuple[Delivery, ...]:
    """The deliveries of a förbund, oldest first. Raises UnknownForbundError."""
    with read(store) as connection:
        return _read_deliveries(connection, find_forbund(connection, forbund_kod), forbund_kod)


def load_delivery_names(store: Store, forbund_kod: str) -> tuple[tuple[int, str, date], ...]:
    """Number, name and the day it was known from of each delivery that is not undone, oldest first.

    Which of their figures are current is not asked, which is what takes time in `load_deliveries`. Raises
    UnknownForbundError.
    """
    with read(store) as connection:
        rows = connection.execute(
            sa.select(leverans.c.id, leverans.c.namn, leverans.c.fil, leverans.c.known_from)
            .where(leverans.c.forbund_id == find_forbund(connection, forbund_kod), leverans.c.angrad_tid.is_(None))
            .order_by(leverans.c.id)
        )
        return tuple((row.id, row.namn or row.fil, parse_day(row.known_from)) for row in rows)


def _find_delivery(store: Store, number: int) -> Delivery:
    if number.bit_length() > 63:  # more than a database can count to
        raise UnknownDeliveryError(number)
    with read(store) as connection:
        row = connection.execute(
            sa.select(forbund.c.id, forbund.c.kod)
            .join(leverans, leverans.c.forbund_id == forbund.c.id)
            .where(leverans.c.id == number)
        ).one_or_none()
        if row is None:
            raise UnknownDeliveryError(number)
        return next(one for one in _read_deliveries(connection, row.id, row.kod) if one.id == number)


def _read_deliveries(connection: Connection, forbund_id: int, forbund_kod: str) -> tuple[Delivery, ...]:
    current = count_current(connection, forbund_id)
    rows = connection.execute(sa.select(leverans).where(leverans.c.forbund_id == forbund_id).order_by(leverans.c.id))
    return tuple(
        Delivery(
            id=row.id,
            forbund=forbund_kod,
            fil=row.fil,
            namn=row.namn,
            sha256=row.sha256,
            time=row.tid,
            rows=row.rader,
            figures=row.figures,
            form=row.form,
            actor=Actor(row.role, row.name),
            known_from=parse_day(row.known_from),
            state=_judge_state(row, current),
            current=current[row.id],
            undone_by=None if row.angrad_tid is None else Actor(row.angrad_role, row.angrad_name),
            undone_time=row.angrad_tid or "",
        )
        for row in rows
    )


def _judge_state(row: sa.Row, current: Counter[int]) -> DeliveryState:
    if row.angrad_tid is not None:
        return DeliveryState.ANGRAD
    return DeliveryState.AKTIV if current[row.id] else DeliveryState.ERSATT


def count_current(connection: Connection, forbund_id: int) -> Counter[int]:
    """How many figures of each delivery are current."""
    rows = select_current(forbund_id, [fact.c.leverans_id]).subquery()
    counted = sa.select(rows.c.leverans_id, sa.func.count()).group_by(rows.c.leverans_id)
    return Counter({row[0]: row[1] for row in connection.execute(counted)})


def load_comments(store: Store, forbund_kod: str) -> tuple[tuple[int, Comment], ...]:
    """The comments of every delivery that is not undone, with its number, the newest delivery first.

    For intern surfaces only. Raises UnknownForbundError.
    """
    with read(store) as connection:
        rows = connection.execute(
            sa.select(comment, subject.c.kod)
            .join(subject, subject.c.id == comment.c.subject_id, isouter=True)
            .join(leverans, leverans.c.id == comment.c.leverans_id)
            .where(comment.c.forbund_id == find_forbund(connection, forbund_kod), leverans.c.angrad_tid.is_(None))
            .order_by(comment.c.leverans_id.desc(), comment.c.id)
        ).all()
    return tuple(
        (
            row.leverans_id,
            Comment(
                row.text,
                row.kod or "",
                None if row.first_day is None else Period(parse_day(row.first_day), parse_day(row.last_day)),
            ),
        )
        for row in rows
    )


def load_changes(store: Store, forbund_kod: str) -> DeliveryChanges | None:
    """What the latest delivery that is not undone changed when it came; None when there is no such delivery.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund_kod)
        deliveries = _read_deliveries(connection, own, forbund_kod)
        active = [one for one in deliveries if one.state is not DeliveryState.ANGRAD]
        if not active:
            return None
        delivery = active[-1]
        if delivery.id == deliveries[0].id:
            # Nothing was there to change, and the largest delivery is often the first.
            return DeliveryChanges(delivery, delivery.figures)
        new, changed = read_changes(connection, own, delivery.id)
    return DeliveryChanges(delivery, new, tuple(FigureChange(before, after) for before, after in changed))
