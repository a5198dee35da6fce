"""Figures into the store: the fact table only grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

import numpy as np
from sqlalchemy.engine import Connection

from finsam_dash.store.coding import (
    REASONS,
    SOURCE_COLUMNS,
    CodedFigures,
    Floats,
    checksum_rows,
    join_key,
    new_checksum,
)
from finsam_dash.store.errors import StoreError
from finsam_dash.store.fact_keys import PERIOD_KEY, SERIES_KEY, SUBJECT_KEY, add_ids, find_ids
from finsam_dash.store.facts import CHUNK
from finsam_dash.store.schema import fact, period, series, source, subject

Progress = Callable[[float], None]
"""Called with the share done, 0-1."""


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
    subject_ids = find_ids(connection, forbund_id, subject, SUBJECT_KEY, figures.subjects)
    unknown = np.setdiff1d(np.flatnonzero(subject_ids < 0), np.setdiff1d(np.arange(len(subject_ids)), figures.subject))
    if len(unknown):
        kind, kod = figures.subjects[int(unknown[0])]
        raise StoreError("okant_subjekt", slag=kind, kod=kod)
    series_ids = add_ids(connection, forbund_id, series, SERIES_KEY, figures.all_series)
    period_ids = add_ids(connection, forbund_id, period, PERIOD_KEY, figures.periods)
    source_ids = add_ids(connection, forbund_id, source, SOURCE_COLUMNS, figures.sources)
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
