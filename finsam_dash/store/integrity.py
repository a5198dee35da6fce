"""Is the store whole? Keys, deliveries, states and checksums, each computed a second time from the rows themselves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from finsam_dash.store.coding import checksum_rows, new_checksum
from finsam_dash.store.deliveries import count_current
from finsam_dash.store.engine import Store, read
from finsam_dash.store.errors import StoreError
from finsam_dash.store.facts import CHUNK, FIGURE_COLUMNS, FIGURE_KEY, to_columns
from finsam_dash.store.schema import fact, forbund, leverans, log, metadata, state


@dataclass(frozen=True)
class IntegrityProblem:
    """Something in the store that cannot be. `code` is stable; `parts` are the words for the sentence.

    Codes: "skadad_databas" (text), "tabell_saknas" (tabell), "brutna_nycklar" (tabell, antal), "leverans_antal"
    (leverans, sagda, funna), "leverans_summa" (leverans), "gallande" (leverans, sagda, funna), "logg" (version, rader).
    """

    code: str
    parts: tuple[tuple[str, object], ...] = ()


def check_integrity(store: Store) -> tuple[IntegrityProblem, ...]:
    """Every problem of the store as a store; what documents or insatser got wrong is not looked at."""
    try:
        with read(store) as connection:
            problems = _check_database(connection)
            if problems:
                # Rows of a damaged database cannot be relied on to be read.
                return tuple(problems)
            problems += _check_log(connection)
            for forbund_id in connection.execute(sa.select(forbund.c.id).order_by(forbund.c.id)).scalars().all():
                problems += _check_deliveries(connection, forbund_id)
    except sa.exc.DatabaseError as error:
        return (_problem("skadad_databas", text=str(error.orig)),)
    except StoreError as error:
        if error.code != "skadad_databas":
            raise
        return (_problem("skadad_databas", text=str(error.__cause__)),)
    return tuple(problems)


def _problem(code: str, **parts: object) -> IntegrityProblem:
    return IntegrityProblem(code, tuple(parts.items()))


def _check_database(connection: Connection) -> list[IntegrityProblem]:
    """Tables that are gone, and the database's own checks. PostgreSQL holds its keys itself and has none to ask for."""
    lacking = set(metadata.tables) - set(sa.inspect(connection).get_table_names())
    if lacking or connection.dialect.name != "sqlite":
        return [_problem("tabell_saknas", tabell=table) for table in sorted(lacking)]
    texts = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    problems = [_problem("skadad_databas", text=text) for text in texts if text != "ok"]
    broken = Counter(row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
    return problems + [_problem("brutna_nycklar", tabell=table, antal=broken[table]) for table in sorted(broken)]


def _check_log(connection: Connection) -> list[IntegrityProblem]:
    """Every row has raised the data version, so none has passed it."""
    version = connection.execute(sa.select(state.c.data_version)).scalar_one()
    versions = connection.execute(sa.select(log.c.data_version).order_by(log.c.id)).scalars().all()
    if list(versions) == sorted(versions) and version >= (versions[-1] if versions else 0):
        return []
    return [_problem("logg", version=version, rader=len(versions))]


def _check_deliveries(connection: Connection, forbund_id: int) -> list[IntegrityProblem]:
    """Read every figure once, in the order of its key, and count and sum what each delivery holds."""
    deliveries = connection.execute(sa.select(leverans).where(leverans.c.forbund_id == forbund_id)).all()
    active = np.array([row.id for row in deliveries if row.angrad_tid is None], np.int64)
    counts: Counter[int] = Counter()
    current: Counter[int] = Counter()
    checksums: dict[int, hashlib._Hash] = {row.id: new_checksum() for row in deliveries}
    query = sa.select(*FIGURE_COLUMNS).where(fact.c.forbund_id == forbund_id)
    ordered = query.order_by(*FIGURE_KEY, fact.c.leverans_id)
    last: tuple[int, int] | None = None
    for rows in connection.execute(ordered, execution_options={"yield_per": CHUNK}).partitions():
        columns = to_columns(rows)
        for number in np.unique(columns["leverans"]).tolist():
            own = columns["leverans"] == number
            counts[number] += int(own.sum())
            names = ("subject", "series", "period", "source", "value", "numerator", "denominator")
            checksums[number].update(checksum_rows([columns[name][own] for name in names], columns["reason"][own]))
        standing = np.isin(columns["leverans"], active)
        keys, holders = columns["key"][standing], columns["leverans"][standing]
        if not len(keys):
            continue
        # The last active delivery of each key; a key may go on in the next chunk.
        ends = np.flatnonzero(np.append(keys[1:] != keys[:-1], True))
        if last is not None and last[0] != keys[0]:
            current[last[1]] += 1
        current.update(holders[ends[:-1]].tolist())
        last = int(keys[-1]), int(holders[-1])
    if last is not None:
        current[last[1]] += 1
    stated = count_current(connection, forbund_id)
    return [problem for row in deliveries for problem in _judge_delivery(row, counts, current, stated, checksums)]


def _judge_delivery(
    row: sa.Row,
    counts: Counter[int],
    current: Counter[int],
    stated: Counter[int],
    checksums: dict[int, hashlib._Hash],
) -> Sequence[IntegrityProblem]:
    problems = []
    if row.figures != counts[row.id]:
        problems.append(_problem("leverans_antal", leverans=row.id, sagda=row.figures, funna=counts[row.id]))
    if row.checksum != checksums[row.id].hexdigest():
        problems.append(_problem("leverans_summa", leverans=row.id))
    if stated[row.id] != current[row.id]:
        problems.append(_problem("gallande", leverans=row.id, sagda=stated[row.id], funna=current[row.id]))
    return problems
