"""The small numbers of the fact table, and the words of the model that they stand for."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from finsam_dash.model import DenominatorType, Figure, Gender, Period, Qualifier, Reason, SubjectKind, Unit
from finsam_dash.store.coding import SOURCE_COLUMNS, Integers
from finsam_dash.store.schema import fact, leverans, period, series, source, subject

SUBJECT_KEY = ("kind", "kod")
SERIES_KEY = ("matt", "indelning", "klass", "gender")
PERIOD_KEY = ("first_day", "last_day")

parse_day = functools.lru_cache(maxsize=8192)(date.fromisoformat)


class FactKeys:
    """Turns the small numbers of a förbund's fact rows back into the words of the model."""

    def __init__(self, connection: Connection, forbund_id: int) -> None:
        def rows(table: sa.Table, *columns: str) -> Sequence[sa.Row]:
            return read_keys(connection, forbund_id, table, *columns)

        self.subjects = {row.id: (SubjectKind(row.kind), row.kod) for row in rows(subject, "kind", "kod")}
        self.series = {
            row.id: (row.matt, row.indelning, row.klass, Gender(row.gender)) for row in rows(series, *SERIES_KEY)
        }
        self.periods = {
            row.id: Period(parse_day(row.first_day), parse_day(row.last_day)) for row in rows(period, *PERIOD_KEY)
        }
        self.sources = {
            row.id: (
                Unit(row.unit),
                DenominatorType(row.namnare_typ) if row.namnare_typ else None,
                Qualifier(row.qualifier),
                row.dokument,
                row.rubrik,
                row.uttryck,
            )
            for row in rows(source, *SOURCE_COLUMNS)
        }
        self.known_from = {row.id: parse_day(row.known_from) for row in rows(leverans, "known_from")}
        self.reasons: dict[str | None, Reason | None] = {None: None, **{reason.value: reason for reason in Reason}}

    def filters(
        self,
        subjects: Collection[str] | None,
        matt: Collection[str] | None,
        period: Period | None,
        undivided: bool = False,
    ) -> list[sa.ColumnElement[bool]]:
        """The conditions on the key that leave these codes and the periods that overlap."""
        conditions: list[sa.ColumnElement[bool]] = []
        if subjects is not None:
            chosen = [key for key, (_, kod) in self.subjects.items() if kod in subjects]
            conditions.append(fact.c.subject_id.in_(chosen))
        if matt is not None or undivided:
            chosen = [
                key
                for key, (name, indelning, *_) in self.series.items()
                if (matt is None or name in matt) and not (undivided and indelning)
            ]
            conditions.append(fact.c.series_id.in_(chosen))
        if period is not None:
            chosen = [key for key, one in self.periods.items() if one.overlaps(period)]
            conditions.append(fact.c.period_id.in_(chosen))
        return conditions

    def read_figure(
        self,
        subject_id: int,
        series_id: int,
        period_id: int,
        leverans_id: int,
        value: float | None,
        reason: str | None,
        numerator: float | None,
        denominator: float | None,
        source_id: int,
    ) -> Figure:
        """The figure of a row of FIGURE_COLUMNS."""
        unit, namnare_typ, qualifier, dokument, rubrik, uttryck = self.sources[source_id]
        # tuple.__new__ takes half the time of Figure(…), and there may be tens of thousands.
        return tuple.__new__(
            Figure,
            (
                *self.subjects[subject_id],
                *self.series[series_id],
                self.periods[period_id],
                value,
                self.reasons[reason],
                unit,
                numerator,
                denominator,
                namnare_typ,
                qualifier,
                dokument,
                rubrik,
                leverans_id,
                self.known_from[leverans_id],
                uttryck,
            ),
        )


def read_keys(connection: Connection, forbund_id: int, table: sa.Table, *columns: str) -> Sequence[sa.Row]:
    """The förbund's rows of a table of keys: the id, then the columns."""
    chosen = [table.c.id, *(table.c[column] for column in columns)]
    return connection.execute(sa.select(*chosen).where(table.c.forbund_id == forbund_id)).all()


def find_ids(
    connection: Connection,
    forbund_id: int,
    table: sa.Table,
    columns: tuple[str, ...],
    keys: Sequence[tuple[str, ...]],
) -> Integers:
    """The ids of the keys; -1 for those that the store does not know."""
    known = {tuple(row[1:]): row[0] for row in read_keys(connection, forbund_id, table, *columns)}
    return np.array([known.get(key, -1) for key in keys], np.int64)


def add_ids(
    connection: Connection,
    forbund_id: int,
    table: sa.Table,
    columns: tuple[str, ...],
    keys: Sequence[tuple[str, ...]],
) -> Integers:
    """The ids of the keys; those that the store does not know are added."""
    found = find_ids(connection, forbund_id, table, columns, keys)
    new = [keys[place] for place in np.flatnonzero(found < 0).tolist()]
    if not new:
        return found
    connection.execute(
        table.insert(), [{"forbund_id": forbund_id, **dict(zip(columns, key, strict=True))} for key in new]
    )
    return find_ids(connection, forbund_id, table, columns, keys)
