"""Counts that cannot all be right: within a delivery, or with what is stored beside it.

A file in which a part is more than its whole is refused when it is read; here are those that come in different
deliveries, and what is only asked about. A person who both works and studies counts once in the joint outcome: it may
be less than arbete and studier together, never more.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from finsam_dash.deliveries.changes import read_period
from finsam_dash.deliveries.questions import DeliveryWarning, Point
from finsam_dash.intake import NOT_MORE_THAN
from finsam_dash.model import DenominatorType, Gender
from finsam_dash.store import CodedFigures
from finsam_dash.store.coding import SOURCE_COLUMNS

JOINT, UNKNOWN, ENDED = "till_arbete_studier", "avslutade_utan_uppgift", "avslutade"
PARTS = ("till_arbete", "till_studier", "eget_foretag")
_KEY = ["subject", "gender", "period"]


def judge_contradictions(
    figures: CodedFigures, fresh: NDArray[np.bool_], delivered: NDArray[np.bool_], *, totals_told: bool
) -> Iterator[DeliveryWarning]:
    """Every contradiction that a new or changed (`fresh`) count is part of.

    `figures` are the known counts as they are once the delivery is saved; `delivered` are those that stand in the file.
    `totals_told`: a total in the file that is not its parts in the file has been asked about already.
    """
    rows = pd.DataFrame(
        {
            "subject": figures.subject,
            "period": figures.period,
            "matt": np.array([series[0] for series in figures.all_series], object)[figures.series],
            "gender": np.array([series[3] for series in figures.all_series], object)[figures.series],
            "value": figures.value,
            "fresh": fresh,
            "delivered": delivered,
            "namnare_typ": np.array([text[SOURCE_COLUMNS.index("namnare_typ")] for text in figures.sources], object)[
                figures.source
            ],
        }
    )
    yield from _judge_outcomes(figures, rows)
    yield from _judge_genders(figures, rows, totals_told)


def _judge_outcomes(figures: CodedFigures, rows: pd.DataFrame) -> Iterator[DeliveryWarning]:
    # "25 av 58 deltagare" counts other persons than those who left.
    own = rows[rows["namnare_typ"].isin(["", DenominatorType.AVSLUTADE])]
    by_matt = {
        str(matt): part.set_index(_KEY)[["value", "fresh", "delivered"]]
        for matt, part in own.groupby("matt", observed=True)
    }
    for part, whole in NOT_MORE_THAN:
        if part in by_matt and whole in by_matt:
            wide = by_matt[part].merge(by_matt[whole], left_index=True, right_index=True, suffixes=("", "_hel"))
            stored = ~(wide["delivered"] & wide["delivered_hel"])
            wrong = wide[(wide["value"] > wide["value_hel"]) & stored & (wide["fresh"] | wide["fresh_hel"])]
            yield from _warn(figures, wrong["value"], wrong["value_hel"], "fler_an", part, whole)
    if JOINT in by_matt and all(part in by_matt for part in PARTS[:2]):
        yield from _judge_sum(figures, by_matt, (JOINT,), PARTS, "delar", JOINT)
    if all(matt in by_matt for matt in (JOINT, UNKNOWN, ENDED)):
        yield from _judge_sum(figures, by_matt, (JOINT, UNKNOWN), (ENDED,), "utfall", "")


def _judge_sum(
    figures: CodedFigures,
    by_matt: dict[str, pd.DataFrame],
    smaller: tuple[str, ...],
    larger: tuple[str, ...],
    code: str,
    matt: str,
) -> Iterator[DeliveryWarning]:
    """Where the one sum is more than the other; eget företag that is not told is counted within arbete."""
    wide = pd.concat({name: by_matt[name] for name in (*smaller, *larger) if name in by_matt}, axis=1)
    value = wide.xs("value", axis=1, level=1).astype(float)
    value = value.fillna({PARTS[-1]: 0.0})
    fresh = wide.xs("fresh", axis=1, level=1).fillna(value=False).any(axis=1)
    found = value[list(smaller)].sum(axis=1, skipna=False)
    most = value[[name for name in larger if name in value]].sum(axis=1, skipna=False)
    wrong = (found > most) & fresh
    yield from _warn(figures, found[wrong], most[wrong], code, matt, "")


def _judge_genders(figures: CodedFigures, rows: pd.DataFrame, totals_told: bool) -> Iterator[DeliveryWarning]:
    """A stated total over kön is kvinnor and män together, and annat or okänt kön where it is told."""
    stated = rows[rows["gender"] == Gender.ALLA]
    if stated.empty:
        return
    for matt, part in rows.groupby("matt", observed=True):
        wide = part.set_index(["subject", "period", "gender"])[["value", "fresh", "delivered"]].unstack("gender")
        value = wide["value"].reindex(columns=list(map(str, Gender))).astype(float)
        parts = value[Gender.KVINNA] + value[Gender.MAN] + value[Gender.ANNAT_OKANT].fillna(0)
        known = wide["delivered"].notna()
        told = (wide["delivered"].fillna(value=False).astype(bool) | ~known).all(axis=1) & totals_told
        fresh = wide["fresh"].fillna(value=False).astype(bool).any(axis=1)
        wrong = value[((value[Gender.ALLA] - parts).abs() > 0) & fresh & ~told].assign(gender=str(Gender.ALLA))
        wrong = wrong.set_index("gender", append=True).reorder_levels(_KEY)
        summed = wrong[Gender.KVINNA] + wrong[Gender.MAN] + wrong[Gender.ANNAT_OKANT].fillna(0)
        yield from _warn(figures, wrong[Gender.ALLA], summed, "summa", str(matt), "")


def _warn(
    figures: CodedFigures, found: pd.Series, expected: pd.Series, code: str, matt: str, whole: str
) -> Iterator[DeliveryWarning]:
    """One warning a subject and kön, its periods in order."""
    points: dict[tuple[int, str], list[Point]] = {}
    for (subject, gender, period), value in found.items():
        point = Point(read_period(*figures.periods[period]), float(expected[subject, gender, period]), float(value))
        points.setdefault((subject, gender), []).append(point)
    for (subject, gender), told in points.items():
        ordered = tuple(sorted(told, key=lambda point: point.period))
        yield DeliveryWarning(code, figures.subjects[subject][1], Gender(gender), matt, ordered, whole=whole)
