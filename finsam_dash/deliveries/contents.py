"""What a read file holds, insats by insats: months, gaps and totals, to check against what the sender wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from finsam_dash.indicators.tiling import is_tile, merge_months
from finsam_dash.intake import ReadDelivery
from finsam_dash.model import Gender, GenderScope, Insats, Period, Reason
from finsam_dash.store import Store, load_coded, load_insatser

CHECKED = ("nya", "avslutade", "till_arbete_studier")
"""The mått whose totals are shown."""

_SCOPES = {
    GenderScope.BADA: frozenset({Gender.KVINNA, Gender.MAN}),
    GenderScope.KVINNOR: frozenset({Gender.KVINNA}),
    GenderScope.MAN: frozenset({Gender.MAN}),
}


@dataclass(frozen=True)
class Contents:
    """What a file holds of one subject ("" is the whole förbund).

    `periods` are those with figures, months on end joined. `gaps` are the months before the file's last one, from its
    first or from the last stored before it, in which the insats runs and neither the file nor the store has anything.
    `figures` counts what is not an empty cell. `totals` holds the CHECKED mått that the file has: their sum over the
    file, None where a month of them is not known.
    """

    subject: str
    periods: tuple[Period, ...]
    gaps: tuple[Period, ...]
    figures: int
    totals: Mapping[str, float | None]


def list_contents(store: Store, forbund: str, read: ReadDelivery) -> tuple[Contents, ...]:
    """What a file without problems holds, in the order of the register. Raises UnknownForbundError."""
    if read.figures.empty:
        return ()
    insatser = {one.kod: one for one in (*load_insatser(store, forbund), *read.new_insatser)}
    stored = _load_months(store, forbund, read)
    order = list(insatser)
    found = [
        _describe(str(kod), own, insatser.get(str(kod)), stored.get(str(kod), set()))
        for kod, own in read.figures.groupby("subject", observed=True)
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.subject) if one.subject in order else -1))


def _load_months(store: Store, forbund: str, read: ReadDelivery) -> dict[str, set[Period]]:
    """The months that are stored of each subject of the file."""
    coded = load_coded(store, forbund, subjects=set(read.figures["subject"].unique()), matt=CHECKED, undivided=True)
    months: dict[str, set[Period]] = {}
    pairs = pd.DataFrame({"subject": coded.subject, "period": coded.period}).drop_duplicates()
    for place, when in pairs.itertuples(index=False):
        period = Period(*map(date.fromisoformat, coded.periods[when]))
        if is_tile(period):
            months.setdefault(coded.subjects[place][1], set()).update(period.months())
    return months


def _describe(kod: str, own: pd.DataFrame, insats: Insats | None, stored: Collection[Period]) -> Contents:
    told = own[(own["reason"] != Reason.UPPGIFT_SAKNAS.value) | (own["dokument"] != "")]
    periods = _list_periods(told)
    months = [period for period in periods if is_tile(period) and period.month_count == 1]
    whole = len(months) == len(periods)
    undivided = own[own["indelning"] == ""]
    return Contents(
        kod,
        merge_months(months) if whole else tuple(periods),
        _find_gaps(months, stored, insats) if whole and months else (),
        len(told),
        {
            matt: _add_up(part, _SCOPES[insats.gender_scope if insats else GenderScope.BADA])
            for matt in CHECKED
            if not (part := undivided[undivided["matt"] == matt]).empty
        },
    )


def _list_periods(rows: pd.DataFrame) -> list[Period]:
    pairs = rows[["start", "end"]].astype(str).drop_duplicates()
    return sorted(
        Period(date.fromisoformat(start), date.fromisoformat(end)) for start, end in pairs.itertuples(index=False)
    )


def _find_gaps(months: list[Period], stored: Collection[Period], insats: Insats | None) -> tuple[Period, ...]:
    first = max((month for month in stored if month < months[0]), default=months[0])
    known = {*months, *stored}
    return merge_months(
        [
            month
            for month in Period(first.start, months[-1].end).months()
            if month not in known and (insats is None or not insats.periods or insats.is_active(month))
        ]
    )


def _add_up(rows: pd.DataFrame, parts: frozenset[Gender]) -> float | None:
    """The sum over the periods: the stated total of each, else kvinnor and män; None where either is not known."""
    periods = _list_periods(rows)
    if any(one.overlaps(other) for one, other in pairwise(periods)):
        return None
    total = 0.0
    for _, own in rows.groupby(["start", "end"], observed=True):
        values = dict(zip(own["gender"].astype(str), own["value"].tolist(), strict=True))
        stated = values.pop(Gender.ALLA.value, None)
        count = sum(values.values()) if parts <= values.keys() else float("nan")
        if stated is not None and not pd.isna(stated):
            count = stated
        if pd.isna(count):
            return None
        total += count
    return total
