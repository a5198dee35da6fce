"""Figures out of the store, and the one definition of which of them are current."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from finsam_dash.model import Figure, Period
from finsam_dash.store.coding import REASONS, CodedFigures, Integers, join_key
from finsam_dash.store.engine import Store, read
from finsam_dash.store.fact_keys import FactKeys, parse_day
from finsam_dash.store.schema import fact, leverans, period, series
from finsam_dash.store.writing import find_forbund

CHUNK = 100_000
"""Rows handed to the database, or compared, at a time."""

FIGURE_KEY = (fact.c.forbund_id, fact.c.subject_id, fact.c.series_id, fact.c.period_id)
"""What a figure is a figure of; several deliveries may each have stated it."""

FIGURE_COLUMNS = (
    fact.c.subject_id,
    fact.c.series_id,
    fact.c.period_id,
    fact.c.leverans_id,
    fact.c.value,
    fact.c.reason,
    fact.c.numerator,
    fact.c.denominator,
    fact.c.source_id,
)

IDS = ("subject", "series", "period", "leverans", "source")
NUMBERS = ("value", "numerator", "denominator")
ROW_NAMES = ("subject", "series", "period", "leverans", "value", "reason", "numerator", "denominator", "source")
"""FIGURE_COLUMNS, as the columns of an array are called."""


def select_active(forbund_id: int) -> sa.Select:
    """The numbers of the förbund's deliveries that are not undone."""
    return sa.select(leverans.c.id).where(leverans.c.forbund_id == forbund_id, leverans.c.angrad_tid.is_(None))


def select_current(
    forbund_id: int,
    columns: Sequence[sa.ColumnElement],
    filters: Sequence[sa.ColumnElement[bool]] = (),
    *,
    known_by: date | None = None,
) -> sa.Select:
    """The one definition of current: of every figure the row of the latest delivery that is not undone.

    `filters` may speak of the key only: subject, series and period. `known_by`: of what was known on that day.
    """
    counted = select_active(forbund_id)
    if known_by is not None:
        counted = counted.where(leverans.c.known_from <= known_by.isoformat())
    later = sa.func.lead(fact.c.leverans_id).over(partition_by=FIGURE_KEY, order_by=fact.c.leverans_id)
    rows = (
        sa.select(*columns, later.label("later"))
        .where(fact.c.forbund_id == forbund_id, *filters, fact.c.leverans_id.in_(counted))
        .subquery()
    )
    return sa.select(*(column for column in rows.c if column.name != "later")).where(rows.c.later.is_(None))


def load_figures(
    store: Store,
    forbund: str,
    *,
    subjects: Collection[str] | None = None,
    matt: Collection[str] | None = None,
    period: Period | None = None,
    known_by: date | None = None,
) -> list[Figure]:
    """The current figures of a förbund, ordered by subject.

    `subjects` are codes of insatser and grupper, "" for the förbund itself; `period`: those that overlap it;
    `known_by`: as they were known on that day. Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund)
        keys = FactKeys(connection, own)
        query = select_current(own, FIGURE_COLUMNS, keys.filters(subjects, matt, period), known_by=known_by)
        return [keys.read_figure(*row) for row in connection.execute(query)]


def load_versions(
    store: Store, forbund: str, *, subjects: Collection[str] | None = None, matt: Collection[str] | None = None
) -> list[Figure]:
    """Every value that a delivery that is not undone has stated without indelning, current or not, oldest first.

    `subjects` are codes of insatser and grupper, "" for the förbund itself. Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund)
        keys = FactKeys(connection, own)
        query = (
            sa.select(*FIGURE_COLUMNS)
            .where(
                fact.c.forbund_id == own,
                fact.c.leverans_id.in_(select_active(own)),
                *keys.filters(subjects, matt, None, undivided=True),
            )
            .order_by(fact.c.leverans_id)
        )
        return [keys.read_figure(*row) for row in connection.execute(query)]


def load_coded(
    store: Store,
    forbund: str,
    *,
    subjects: Collection[str] | None = None,
    matt: Collection[str] | None = None,
    period: Period | None = None,
    undivided: bool = False,
) -> CodedFigures:
    """The current figures as whole numbers, for work on very many of them; `undivided`: only those without indelning.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund)
        keys = FactKeys(connection, own)
        query = select_current(own, FIGURE_COLUMNS, keys.filters(subjects, matt, period, undivided))
        result = connection.execute(query, execution_options={"yield_per": CHUNK})
        parts = [to_columns(rows) for rows in result.partitions()]
    columns = {
        name: np.concatenate([part[name] for part in parts])
        if parts
        else np.empty(0, float if name in NUMBERS else int)
        for name in (*IDS, *NUMBERS, "reason")
    }
    subject_texts = {key: (kind.value, kod) for key, (kind, kod) in keys.subjects.items()}
    series_texts = {key: (*words, gender.value) for key, (*words, gender) in keys.series.items()}
    period_texts = {key: (one.start.isoformat(), one.end.isoformat()) for key, one in keys.periods.items()}
    source_texts = {
        key: (unit.value, typ.value if typ else "", qualifier.value, *texts)
        for key, (unit, typ, qualifier, *texts) in keys.sources.items()
    }
    return CodedFigures(
        tuple(subject_texts.values()),
        tuple(series_texts.values()),
        tuple(period_texts.values()),
        tuple(source_texts.values()),
        _places(columns["subject"], subject_texts),
        _places(columns["series"], series_texts),
        _places(columns["period"], period_texts),
        _places(columns["source"], source_texts),
        columns["value"],
        columns["numerator"],
        columns["denominator"],
        columns["reason"].astype(np.int8),
        np.zeros(len(columns["value"]), np.int32),
    )


def _places(ids: Integers, texts: Mapping[int, tuple[str, ...]]) -> Integers:
    """Each id's place among the texts."""
    known = np.array(list(texts), np.int64)
    order = np.argsort(known)
    return order[np.searchsorted(known[order], ids)].astype(np.int32)


def load_periods(store: Store, forbund: str, *, matt: Collection[str] | None = None) -> tuple[Period, ...]:
    """Every period that a figure of an active delivery speaks of, in order; `matt`: a figure of one of these.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund)
        is_active = fact.c.leverans_id.in_(select_active(own))
        used = sa.select(fact.c.period_id).where(fact.c.forbund_id == own, is_active).distinct()
        if matt is not None:
            asked = sa.select(series.c.id).where(series.c.forbund_id == own, series.c.matt.in_(matt))
            used = used.where(fact.c.series_id.in_(asked))
        rows = connection.execute(
            sa.select(period.c.first_day, period.c.last_day).where(period.c.id.in_(used)).order_by(*period.c[2:4])
        )
        return tuple(Period(parse_day(first), parse_day(last)) for first, last in rows)


def to_columns(rows: Sequence[Sequence[object]]) -> dict[str, NDArray]:
    """Rows of FIGURE_COLUMNS as arrays, with the three parts of the key joined as "key"."""
    places = {text or None: place for place, text in enumerate(REASONS)}
    named: dict[str, NDArray] = {}
    for name, column in zip(ROW_NAMES, zip(*rows, strict=True), strict=True):
        if name == "reason":
            named[name] = np.array([places[text] for text in column], np.int64)
        else:
            named[name] = np.array(column, np.float64 if name in NUMBERS else np.int64)
    named["key"] = join_key(named["subject"], named["series"], named["period"])
    return named
