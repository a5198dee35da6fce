"""Figures in and out of the store, and the one definition of which of them are current."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from finsam_dash.model import DenominatorType, Figure, Gender, Period, Qualifier, Reason, SubjectKind, Unit
from finsam_dash.store.coding import (
    EXPRESSION_COLUMNS,
    REASONS,
    SOURCE_COLUMNS,
    CodedFigures,
    Floats,
    Integers,
    checksum_rows,
    join_key,
    new_checksum,
)
from finsam_dash.store.engine import Store, read
from finsam_dash.store.errors import StoreError
from finsam_dash.store.schema import fact, leverans, period, series, source, state, subject
from finsam_dash.store.writing import find_forbund

Progress = Callable[[float], None]
"""Called with the share done, 0-1."""

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

SUBJECT_KEY = ("kind", "kod")
SERIES_KEY = ("matt", "indelning", "klass", "gender")
PERIOD_KEY = ("first_day", "last_day")

parse_day = functools.lru_cache(maxsize=8192)(date.fromisoformat)


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
    counted = sa.select(leverans.c.id).where(leverans.c.forbund_id == forbund_id, leverans.c.angrad_tid.is_(None))
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
        keys = _Keys(connection, own)
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
        keys = _Keys(connection, own)
        counted = sa.select(leverans.c.id).where(leverans.c.forbund_id == own, leverans.c.angrad_tid.is_(None))
        query = (
            sa.select(*FIGURE_COLUMNS)
            .where(
                fact.c.forbund_id == own,
                fact.c.leverans_id.in_(counted),
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
        keys = _Keys(connection, own)
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


def read_changes(connection: Connection, forbund_id: int, number: int) -> tuple[int, list[tuple[Figure, Figure]]]:
    """What a delivery changed when it came: how many of its figures were new, and (before, after) of the changed."""
    keys = _Keys(connection, forbund_id)
    active = sa.select(leverans.c.id).where(
        leverans.c.forbund_id == forbund_id, leverans.c.angrad_tid.is_(None), leverans.c.id < number
    )
    rows = (
        sa.select(
            *FIGURE_COLUMNS,
            sa.func.lag(fact.c.leverans_id).over(partition_by=FIGURE_KEY, order_by=fact.c.leverans_id).label("earlier"),
        )
        .where(fact.c.forbund_id == forbund_id, sa.or_(fact.c.leverans_id.in_(active), fact.c.leverans_id == number))
        .subquery()
    )
    own = rows.c.leverans_id == number
    new = connection.execute(
        sa.select(sa.func.count()).select_from(rows).where(own, rows.c.earlier.is_(None))
    ).scalar_one()
    replaced = fact.alias()
    same_figure = sa.and_(
        replaced.c.forbund_id == forbund_id,
        *(replaced.c[column.name] == rows.c[column.name] for column in FIGURE_COLUMNS[:3]),
        replaced.c.leverans_id == rows.c.earlier,
    )
    stated = FIGURE_COLUMNS[4:]
    another = sa.or_(*(rows.c[column.name].is_distinct_from(replaced.c[column.name]) for column in stated))
    query = (
        sa.select(*(replaced.c[column.name] for column in FIGURE_COLUMNS), *rows.c)
        .select_from(rows.join(replaced, same_figure))
        .where(own, another)
    )
    width = len(FIGURE_COLUMNS)
    pairs = [
        (keys.read_figure(*row[:width]), keys.read_figure(*row[width : 2 * width])) for row in connection.execute(query)
    ]
    # The source differs also where only the document does, and that is no change.
    return new, [(before, after) for before, after in pairs if _content(before) != _content(after)]


def _content(figure: Figure) -> tuple[object, ...]:
    """What makes two figures of one key the same: all but where they are printed and who delivered them."""
    return (
        figure.value,
        figure.reason,
        figure.numerator,
        figure.denominator,
        figure.unit,
        figure.namnare_typ,
        figure.qualifier,
    )


class _Keys:
    """The small numbers of a förbund's fact rows, turned back into the words of the model."""

    def __init__(self, connection: Connection, forbund_id: int) -> None:
        def rows(table: sa.Table, *columns: str) -> Sequence[sa.Row]:
            return _rows(connection, forbund_id, table, *columns)

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


def load_periods(store: Store, forbund: str, *, matt: Collection[str] | None = None) -> tuple[Period, ...]:
    """Every period that a figure of an active delivery speaks of, in order; `matt`: a figure of one of these.

    Raises UnknownForbundError.
    """
    with read(store) as connection:
        own = find_forbund(connection, forbund)
        active = sa.select(leverans.c.id).where(leverans.c.forbund_id == own, leverans.c.angrad_tid.is_(None))
        used = sa.select(fact.c.period_id).where(fact.c.forbund_id == own, fact.c.leverans_id.in_(active)).distinct()
        if matt is not None:
            asked = sa.select(series.c.id).where(series.c.forbund_id == own, series.c.matt.in_(matt))
            used = used.where(fact.c.series_id.in_(asked))
        rows = connection.execute(
            sa.select(period.c.first_day, period.c.last_day).where(period.c.id.in_(used)).order_by(*period.c[2:4])
        )
        return tuple(Period(parse_day(first), parse_day(last)) for first, last in rows)


def _rows(connection: Connection, forbund_id: int, table: sa.Table, *columns: str) -> Sequence[sa.Row]:
    chosen = [table.c.id, *(table.c[column] for column in columns)]
    return connection.execute(sa.select(*chosen).where(table.c.forbund_id == forbund_id)).all()


NEW, SAME, CHANGED, EMPTY = range(4)
"""What an incoming figure is to the store. EMPTY: an empty cell where nothing is stored, which leaves nothing."""


@dataclass(frozen=True, eq=False)
class StoredDiff:
    """What incoming figures are to those that are current: `status` by figure, and the stored side of the changed.

    `changed` are the places of the changed figures; the stored arrays run beside it. `reason` points into REASONS.
    """

    data_version: int
    status: NDArray[np.int8]
    changed: Integers
    value: Floats
    reason: Integers
    leverans: Integers

    def count(self, status: int) -> int:
        """How many figures have the status."""
        return int(np.count_nonzero(self.status == status))


def load_diff(store: Store, forbund: str, figures: CodedFigures) -> StoredDiff:
    """Compare incoming figures with the current ones. Raises UnknownForbundError."""
    with read(store) as connection:
        return diff_figures(connection, find_forbund(connection, forbund), figures)


def diff_figures(connection: Connection, forbund_id: int, figures: CodedFigures) -> StoredDiff:
    """Compare incoming figures with the current ones, subject by subject so that memory stays bounded.

    Two figures are the same when value or reason, numerator, denominator, unit, namnare_typ and qualifier are;
    where they are printed is no difference.
    """
    subject_ids = _known_ids(connection, forbund_id, subject, SUBJECT_KEY, figures.subjects)
    series_ids = _known_ids(connection, forbund_id, series, SERIES_KEY, figures.all_series)
    period_ids = _known_ids(connection, forbund_id, period, PERIOD_KEY, figures.periods)
    width = len(EXPRESSION_COLUMNS)
    expressions: dict[tuple[str, ...], int] = {}
    incoming_expression = np.array(
        [expressions.setdefault(key[:width], len(expressions)) for key in figures.sources], np.int64
    )
    stored_expression = {
        row[0]: expressions.setdefault(tuple(row[1:]), len(expressions))
        for row in _rows(connection, forbund_id, source, *EXPRESSION_COLUMNS)
    }
    empty = (figures.reason == REASONS.index(Reason.UPPGIFT_SAKNAS)) & np.array(
        [not key[width] for key in figures.sources], bool
    )[figures.source]
    status = np.where(empty, EMPTY, NEW).astype(np.int8)
    key = join_key(
        subject_ids[figures.subject], series_ids[figures.series] & 0x1FFFFF, period_ids[figures.period] & 0x1FFFFF
    )
    order = np.argsort(key)
    sorted_key = key[order]
    places, values, reasons, deliveries = [], [], [], []
    for stored in _current_in_chunks(connection, forbund_id, subject_ids, series_ids, period_ids):
        at = np.searchsorted(sorted_key, stored["key"])
        met = at < len(sorted_key)
        met[met] = sorted_key[at[met]] == stored["key"][met]
        place = order[at[met]]
        theirs = {name: column[met] for name, column in stored.items()}
        same = (
            _equal(figures.value[place], theirs["value"])
            & (figures.reason[place] == theirs["reason"])
            & _equal(figures.numerator[place], theirs["numerator"])
            & _equal(figures.denominator[place], theirs["denominator"])
            & (
                incoming_expression[figures.source[place]]
                == np.array([stored_expression[one] for one in theirs["source"].tolist()], np.int64)
            )
        )
        status[place] = np.where(same, SAME, CHANGED)
        places.append(place[~same])
        values.append(theirs["value"][~same])
        reasons.append(theirs["reason"][~same])
        deliveries.append(theirs["leverans"][~same])
    version = int(connection.execute(sa.select(state.c.data_version)).scalar_one())
    return StoredDiff(
        version, status, _joined(places, int), _joined(values, float), _joined(reasons, int), _joined(deliveries, int)
    )


def _equal(one: Floats, other: Floats) -> NDArray[np.bool_]:
    return (one == other) | (np.isnan(one) & np.isnan(other))


def _joined(parts: list[NDArray], kind: type) -> NDArray:
    return np.concatenate(parts) if parts else np.empty(0, kind)


def _current_in_chunks(
    connection: Connection, forbund_id: int, subject_ids: Integers, series_ids: Integers, period_ids: Integers
) -> Iterator[dict[str, NDArray]]:
    """The current figures of the subjects, series and periods, as columns, about CHUNK at a time."""
    chosen = [sorted(int(one) for one in ids if one >= 0) for ids in (subject_ids, series_ids, period_ids)]
    if not all(chosen):
        return
    subjects, all_series, periods = chosen
    filters = [
        fact.c.subject_id.in_(subjects), fact.c.series_id.in_(all_series), fact.c.period_id.in_(periods)
    ]  # fmt: skip
    query = select_current(forbund_id, FIGURE_COLUMNS, filters)
    result = connection.execute(query, execution_options={"yield_per": CHUNK})
    for rows in result.partitions():
        yield to_columns(rows)


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


def _known_ids(
    connection: Connection,
    forbund_id: int,
    table: sa.Table,
    columns: tuple[str, ...],
    keys: Sequence[tuple[str, ...]],
) -> Integers:
    """The ids of the keys; -1 for those that the store does not know."""
    known = {tuple(row[1:]): row[0] for row in _rows(connection, forbund_id, table, *columns)}
    return np.array([known.get(key, -1) for key in keys], np.int64)


def _ids(
    connection: Connection,
    forbund_id: int,
    table: sa.Table,
    columns: tuple[str, ...],
    keys: Sequence[tuple[str, ...]],
) -> Integers:
    """The ids of the keys; those that the store does not know are added."""
    found = _known_ids(connection, forbund_id, table, columns, keys)
    new = [keys[place] for place in np.flatnonzero(found < 0).tolist()]
    if not new:
        return found
    connection.execute(
        table.insert(), [{"forbund_id": forbund_id, **dict(zip(columns, key, strict=True))} for key in new]
    )
    return _known_ids(connection, forbund_id, table, columns, keys)


def write_figures(
    connection: Connection,
    forbund_id: int,
    leverans_id: int,
    figures: CodedFigures,
    progress: Progress | None = None,
) -> str:
    """Append the figures of a delivery; their checksum.

    Raises StoreError "okant_subjekt" for an insats or grupp that is not registered.
    """
    subject_ids = _known_ids(connection, forbund_id, subject, SUBJECT_KEY, figures.subjects)
    unknown = np.setdiff1d(np.flatnonzero(subject_ids < 0), np.setdiff1d(np.arange(len(subject_ids)), figures.subject))
    if len(unknown):
        kind, kod = figures.subjects[int(unknown[0])]
        raise StoreError("okant_subjekt", slag=kind, kod=kod)
    series_ids = _ids(connection, forbund_id, series, SERIES_KEY, figures.all_series)
    period_ids = _ids(connection, forbund_id, period, PERIOD_KEY, figures.periods)
    source_ids = _ids(
        connection,
        forbund_id,
        source,
        SOURCE_COLUMNS,
        figures.sources,
    )
    # In the order of the primary key, so that the table grows at its end and the checksum has one order.
    order = np.argsort(join_key(subject_ids[figures.subject], series_ids[figures.series], period_ids[figures.period]))
    insert = fact.insert().compile(dialect=connection.dialect)
    checksum = new_checksum()
    for start in range(0, len(order), CHUNK):
        part = figures.take(order[start : start + CHUNK])
        columns = (
            subject_ids[part.subject],
            series_ids[part.series],
            period_ids[part.period],
            source_ids[part.source],
            part.value,
            part.numerator,
            part.denominator,
        )
        checksum.update(checksum_rows(columns, part.reason))
        rows: Mapping[str, object] = {
            "forbund_id": repeat(forbund_id, len(part)),
            "subject_id": columns[0].tolist(),
            "series_id": columns[1].tolist(),
            "period_id": columns[2].tolist(),
            "leverans_id": repeat(leverans_id, len(part)),
            "source_id": columns[3].tolist(),
            "value": _with_none(part.value),
            "numerator": _with_none(part.numerator),
            "denominator": _with_none(part.denominator),
            "reason": [REASONS[place] or None for place in part.reason.tolist()],
        }
        in_order = [rows[name] for name in insert.positiontup or ()]
        connection.exec_driver_sql(str(insert), list(zip(*in_order, strict=True)))
        if progress is not None:
            progress(min(1.0, (start + CHUNK) / len(order)))
    return checksum.hexdigest()


def _with_none(column: Floats) -> Sequence[float | None]:
    lacking = np.isnan(column)
    if lacking.all():
        return [None] * len(column)
    if not lacking.any():
        return column.tolist()
    return [None if value != value else value for value in column.tolist()]
