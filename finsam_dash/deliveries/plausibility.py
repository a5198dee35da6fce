"""Is a delivery likely, beside what is stored? Questions to ask, never reasons to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from finsam_dash.deliveries.changes import Changes, read_period
from finsam_dash.deliveries.contradictions import judge_contradictions
from finsam_dash.deliveries.questions import DeliveryWarning, Point
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.policy import JUMP_FACTOR
from finsam_dash.model import Gender, GenderScope, Insats, Period, Unit
from finsam_dash.store import CodedFigures, Store, load_coded, load_insatser, overlay_figures
from finsam_dash.store.coding import Floats, Integers

FLOW = ("pagaende", "nya", "avslutade")

USUAL_MONTHS = 4
"""With fewer months than this there is no usual level to jump from."""

CHANCE = 3.0
"""A level of n persons varies by about the root of n from month to month; less than three times that is no jump."""

GROUP = 200_000
"""Figures that are looked at together."""


def judge_delivery(
    store: Store,
    forbund: str,
    incoming: CodedFigures,
    fresh: NDArray[np.bool_],
    changes: Changes,
    *,
    totals_told: bool = False,
) -> tuple[DeliveryWarning, ...]:
    """Every question that the new and changed (`fresh`) figures of a delivery raise beside what is stored.

    `totals_told`: a total over kön that is not its parts in the file itself has been asked about already.
    """
    if not fresh.any():
        return ()
    registry = load_registry()
    flows = {matt.kod for matt in registry.matt.values() if matt.unit is Unit.ANTAL and matt.kind == "flode"}
    counts = flows | {matt.kod for matt in registry.matt.values() if matt.kind == "bestand"}
    insatser = load_insatser(store, forbund)
    found: list[DeliveryWarning] = []
    newest: dict[str, int] = {}
    for subjects in _in_groups(incoming.subject, fresh):
        own = np.isin(incoming.subject, subjects)
        codes = {incoming.subjects[place][1] for place in subjects}
        stored = load_coded(store, forbund, subjects=codes, matt=counts, undivided=True)
        months = _Months(stored, incoming.take(own), fresh[own], counts)
        found += (*_judge_flow(months), *_judge_jumps(months))
        found += judge_contradictions(months.after, months.fresh, months.delivered, totals_told=totals_told)
        found += _judge_totals(months, [one for one in _list_stated(months, flows) if one.subject], insatser)
        newest |= months.newest()
    stored = load_coded(store, forbund, subjects={""}, matt=flows, undivided=True)
    whole = np.isin(incoming.subject, [place for place, (_, kod) in enumerate(incoming.subjects) if not kod])
    stated = list(_list_stated(_Months(stored, incoming.take(whole), fresh[whole], flows), flows))
    if stated:
        span = Period(min(one.period.start for one in stated), max(one.period.end for one in stated))
        stored = load_coded(store, forbund, matt=flows, period=span, undivided=True)
        found += _judge_totals(_Months(stored, incoming, fresh, flows), stated, insatser)
    return (*found, *_judge_late(newest, changes))


def _in_groups(subject: Integers, fresh: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The subjects with fresh figures, as many together as have about GROUP figures, so that memory stays bounded."""
    sizes = np.bincount(subject)
    group: list[int] = []
    for place in np.unique(subject[fresh]).tolist():
        group.append(place)
        if sizes[group].sum() > GROUP:
            yield group
            group = []
    if group:
        yield group


class _Months:
    """The whole-month counts as they are once the delivery is saved, undivided by indelning, one row a figure."""

    def __init__(
        self, stored: CodedFigures, incoming: CodedFigures, fresh: NDArray[np.bool_], counts: Iterable[str]
    ) -> None:
        after, origin = overlay_figures(stored, incoming)
        is_fresh = np.append(fresh, False)[origin]
        wanted = set(counts)
        plain = np.array([matt in wanted and not indelning for matt, indelning, _, _ in after.all_series], bool)
        number = np.array([_month_number(*days) for days in after.periods], np.int64)
        known = plain[after.series] & ~np.isnan(after.value)
        self.after, self.fresh, self.delivered = after.take(known), is_fresh[known], origin[known] >= 0
        month = number[self.after.period]
        self.rows = self.after.take(month >= 0)
        self.row_fresh = self.fresh[month >= 0]
        self.month = month[month >= 0]

    def newest(self) -> dict[str, int]:
        """The number of the last month that is known of each subject."""
        last = pd.Series(self.month).groupby(self.rows.subject).max()
        return {self.rows.subjects[int(place)][1]: int(number) for place, number in last.items()}

    def of_matt(self, matt: str) -> tuple[Integers, Floats, NDArray[np.bool_]]:
        """Subject, kön and month as one sorted number, with value and freshness."""
        gender = {one: place for place, one in enumerate(Gender)}
        named = np.array([one[0] == matt for one in self.rows.all_series], bool)
        of_series = np.array([gender[Gender(one[3])] for one in self.rows.all_series], np.int64)
        chosen = named[self.rows.series]
        subject = self.rows.subject[chosen].astype(np.int64)
        key = (subject << 32) | (of_series[self.rows.series[chosen]] << 24) | self.month[chosen]
        order = np.argsort(key)
        return key[order], self.rows.value[chosen][order], self.row_fresh[chosen][order]


def _month_number(start: str, end: str) -> int:
    """Months since year 0 for exactly one calendar month, else -1."""
    period = read_period(start, end)
    if not period.is_whole_months or period.month_count != 1:
        return -1
    return period.start.year * 12 + period.start.month - 1


def _month(number: int) -> Period:
    return Period.month(number // 12, number % 12 + 1)


def _judge_flow(months: _Months) -> Iterator[DeliveryWarning]:
    """Pågående + nya − avslutade of a month is the next month's pågående."""
    (start, stock, stock_fresh), (new, added, added_fresh), (left, gone, gone_fresh) = map(months.of_matt, FLOW)
    whole = np.intersect1d(np.intersect1d(np.intersect1d(start, new), left), start - 1)
    at, next_at = np.searchsorted(start, whole), np.searchsorted(start, whole + 1)
    new_at, left_at = np.searchsorted(new, whole), np.searchsorted(left, whole)
    if not len(whole):
        return
    expected, found = stock[at] + added[new_at] - gone[left_at], stock[next_at]
    asked = stock_fresh[at] | added_fresh[new_at] | gone_fresh[left_at] | stock_fresh[next_at]
    broken = np.flatnonzero((expected != found) & asked)
    points: dict[tuple[int, int], list[Point]] = {}
    for place in broken.tolist():
        key = int(whole[place]) + 1
        group = (key >> 32, (key >> 24) & 0xFF)
        point = Point(_month(key & 0xFFFFFF), float(expected[place]), float(found[place]))
        points.setdefault(group, []).append(point)
    for (subject, gender), found_points in points.items():
        yield DeliveryWarning(
            "flode", months.rows.subjects[subject][1], tuple(Gender)[gender], points=tuple(found_points)
        )


def _judge_jumps(months: _Months) -> Iterator[DeliveryWarning]:
    """A month far above the level that is usual for the insats, mått and kön (the median of its months)."""
    if not months.row_fresh.any():
        return
    group = (months.rows.subject.astype(np.int64) << 21) | months.rows.series
    grouped = pd.Series(months.rows.value).groupby(group)
    usual = np.maximum(grouped.transform("median").to_numpy(), 1.0)
    over = months.rows.value - usual
    jumped = (
        months.row_fresh
        & (grouped.transform("size").to_numpy() >= USUAL_MONTHS)
        & (months.rows.value > JUMP_FACTOR * usual)
        & (over > CHANCE * np.sqrt(usual))
    )
    places = np.flatnonzero(jumped)
    places = places[np.lexsort((months.month[places], group[places]))]
    points: dict[tuple[int, int], list[Point]] = {}
    for place in places.tolist():
        point = Point(_month(int(months.month[place])), float(usual[place]), float(months.rows.value[place]))
        points.setdefault((int(months.rows.subject[place]), int(months.rows.series[place])), []).append(point)
    for (subject, series), found in points.items():
        matt, _, _, gender = months.rows.all_series[series]
        yield DeliveryWarning("hopp", months.rows.subjects[subject][1], Gender(gender), matt, tuple(found))


@dataclass(frozen=True)
class _Stated:
    """A total as it is stated; `fresh` if the delivery brings or changes it."""

    subject: str
    matt: str
    gender: Gender
    period: Period
    value: float
    fresh: bool


def _judge_totals(months: _Months, stated: Sequence[_Stated], insatser: Sequence[Insats]) -> Iterator[DeliveryWarning]:
    """A total stated for a longer period is the sum of its months; the förbund's is the sum of its insatser."""
    parts = _Parts(months, insatser) if stated else None
    for one in stated:
        assert parts is not None
        summed, fresh = parts.sum(one.subject, one.matt, one.gender, one.period)
        if summed is not None and summed != one.value and (fresh or one.fresh):
            point = Point(one.period, summed, one.value)
            yield DeliveryWarning("summa", one.subject, one.gender, one.matt, (point,))


def _list_stated(months: _Months, flows: set[str]) -> Iterator[_Stated]:
    """The totals stated for more than one month, and the förbund's own for any whole months."""
    after = months.after
    periods = [read_period(*days) for days in after.periods]
    whole = np.array([period.is_whole_months for period in periods], bool)
    longer = np.array([period.month_count > 1 for period in periods], bool)
    flow = np.array([matt in flows for matt, *_ in after.all_series], bool)
    of_forbund = np.array([kod == "" for _, kod in after.subjects], bool)
    total = flow[after.series] & whole[after.period] & (longer[after.period] | of_forbund[after.subject])
    for place in np.flatnonzero(total).tolist():
        matt, _, _, gender = after.all_series[after.series[place]]
        kod = after.subjects[after.subject[place]][1]
        period = periods[after.period[place]]
        yield _Stated(kod, matt, Gender(gender), period, float(after.value[place]), bool(months.fresh[place]))


class _Parts:
    """What stated totals are made of, found month by month and insats by insats."""

    def __init__(self, months: _Months, insatser: Sequence[Insats]) -> None:
        self._insatser = insatser
        self._scope = {insats.kod: insats.gender_scope for insats in insatser}
        self._modes = {matt.kod: matt.modes for matt in load_registry().matt.values()}
        self._known: dict[tuple[str, str, Gender, Period], tuple[float, bool]] = {}
        after = months.after
        for place, (subject, series, period) in enumerate(
            zip(after.subject.tolist(), after.series.tolist(), after.period.tolist(), strict=True)
        ):
            matt, _, _, gender = after.all_series[series]
            key = (after.subjects[subject][1], matt, Gender(gender), read_period(*after.periods[period]))
            self._known[key] = float(after.value[place]), bool(months.fresh[place])

    def sum(self, subject: str, matt: str, gender: Gender, period: Period) -> tuple[float | None, bool]:
        """The sum of a total's parts, None where one is missing, and whether any part is fresh."""
        if subject or (period.month_count > 1 and self._find("", matt, gender, period.months()[0]) is not None):
            return self._add(self._find(subject, matt, gender, month) for month in period.months())
        expected = [
            insats
            for insats in self._insatser
            if insats.is_active(period) and insats.counting_mode in self._modes[matt]
        ]
        return self._add(self._of_insats(insats, matt, gender, period) for insats in expected)

    def _of_insats(self, insats: Insats, matt: str, gender: Gender, period: Period) -> tuple[float, bool] | None:
        months = [month for month in period.months() if insats.is_active(month)]
        value, fresh = self._add(self._find(insats.kod, matt, gender, month) for month in months)
        return self._find(insats.kod, matt, gender, period) if value is None else (value, fresh)

    def _find(self, subject: str, matt: str, gender: Gender, period: Period) -> tuple[float, bool] | None:
        """What is stated, or for alla the sum of kvinnor and män."""
        stated = self._known.get((subject, matt, gender, period))
        if stated is not None or gender is not Gender.ALLA:
            return stated
        parts = {
            GenderScope.BADA: (Gender.KVINNA, Gender.MAN),
            GenderScope.KVINNOR: (Gender.KVINNA,),
            GenderScope.MAN: (Gender.MAN,),
        }[self._scope.get(subject, GenderScope.BADA)]
        found = [self._known.get((subject, matt, part, period)) for part in parts]
        other = self._known.get((subject, matt, Gender.ANNAT_OKANT, period))
        value, fresh = self._add([*found, other] if other is not None else found)
        return None if value is None else (value, fresh)

    @staticmethod
    def _add(parts: Iterable[tuple[float, bool] | None]) -> tuple[float | None, bool]:
        found = list(parts)
        known = [part for part in found if part is not None]
        fresh = any(is_fresh for _, is_fresh in known)
        if not found or len(known) < len(found):
            return None, fresh
        return sum(value for value, _ in known), fresh


def _judge_late(newest: Mapping[str, int], changes: Changes) -> Iterator[DeliveryWarning]:
    """Changes of months before the newest that is known of the insats: eftersläpning."""
    first_days = {kod: _month(number).start.isoformat() for kod, number in newest.items()}
    for kod, late in changes.before(first_days).of_subjects().items():
        yield DeliveryWarning("efterslapning", kod, changes=late)
