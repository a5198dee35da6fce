"""What figures are to those that are stored: new, the same or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from finsam_dash.model import Figure, Gender, Reason
from finsam_dash.store.coding import EXPRESSION_COLUMNS, REASONS, CodedFigures, Floats, Integers, join_key
from finsam_dash.store.engine import Store, read
from finsam_dash.store.fact_keys import PERIOD_KEY, SERIES_KEY, SUBJECT_KEY, FactKeys, find_ids, read_keys
from finsam_dash.store.facts import CHUNK, FIGURE_COLUMNS, FIGURE_KEY, select_active, select_current, to_columns
from finsam_dash.store.schema import fact, leverans, period, series, source, state, subject
from finsam_dash.store.writing import find_forbund


def read_changes(connection: Connection, forbund_id: int, number: int) -> tuple[int, list[tuple[Figure, Figure]]]:
    """What a delivery changed when it came: how many of its figures were new, and (before, after) of the changed."""
    keys = FactKeys(connection, forbund_id)
    active = select_active(forbund_id).where(leverans.c.id < number)
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
    subject_ids = find_ids(connection, forbund_id, subject, SUBJECT_KEY, figures.subjects)
    series_ids = find_ids(connection, forbund_id, series, SERIES_KEY, figures.all_series)
    period_ids = find_ids(connection, forbund_id, period, PERIOD_KEY, figures.periods)
    width = len(EXPRESSION_COLUMNS)
    expressions: dict[tuple[str, ...], int] = {}
    incoming_expression = np.array(
        [expressions.setdefault(key[:width], len(expressions)) for key in figures.sources], np.int64
    )
    stored_expression = {
        row[0]: expressions.setdefault(tuple(row[1:]), len(expressions))
        for row in read_keys(connection, forbund_id, source, *EXPRESSION_COLUMNS)
    }
    empty = (figures.reason == REASONS.index(Reason.UPPGIFT_SAKNAS)) & np.array(
        [not key[width] for key in figures.sources], bool
    )[figures.source]
    empty &= ~_is_delivered_part(figures, empty)
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


def _is_delivered_part(figures: CodedFigures, empty: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which figures are of annat eller okänt kön where the file holds a count of it.

    That part belongs to a total only where it is delivered, so its empty cells are kept as missing.
    """
    part = np.array([gender == Gender.ANNAT_OKANT for *_, gender in figures.all_series], bool)[figures.series]
    place = figures.subject.astype(np.int64) * len(figures.periods) + figures.period
    return part & np.isin(place, place[part & ~empty])


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
