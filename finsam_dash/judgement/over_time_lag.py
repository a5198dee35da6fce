"""Eftersläpning: how much a month that has just been delivered usually changes before it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from finsam_dash.judgement.policy import LAG_TRIMMED, LONGEST_LAG, SMALLEST_LAG
from finsam_dash.stats.series import middle_span


class Correction(NamedTuple):
    """What was added later (may be negative): persons in the share's numerator and denominator."""

    k: int
    n: int


Corrections = Mapping[tuple[int, int], Correction]
"""By month number (year · 12 + month − 1) and age, in whole months from the month's end to when it was known so."""


@dataclass(frozen=True)
class LagStep:
    """What is usual for a month that is `age` months old: the middle eight of ten of `months` settled months.

    `fewest` to `most` is what came to be added to avslutade; `changed` is how many of the months changed at all.
    """

    age: int
    months: int
    changed: int
    fewest: int
    most: int


@dataclass(frozen=True)
class Lag:
    """The usual size of later corrections, an age a step; no steps where too few settled months tell it.

    `basis`: the insats's own months, those of all insatser of the förbund one by one, or the förbund's sums.
    """

    basis: Literal["insats", "insatser", "forbund"]
    steps: tuple[LagStep, ...] = ()


class LateSpan(NamedTuple):
    """What a share (0-1) usually becomes, and how many avslutade are usually added."""

    lower: float
    upper: float
    fewest: int
    most: int


def judge_lag(basis: Literal["insats", "insatser", "forbund"], groups: Sequence[Corrections]) -> Lag:
    """Learn the usual corrections of single months. A group is an insats, or the förbund's sums.

    An age with fewer than twelve settled months is left out: it is not known. Source: definition in docs/METOD.md.
    """
    steps = []
    for age in range(1, LONGEST_LAG + 1):
        found = _list_sums(groups, 1, age)
        if len(found) < SMALLEST_LAG:
            continue
        added = middle_span([one.n for one in found], LAG_TRIMMED)
        changed = sum(one != (0, 0) for one in found)
        steps.append(LagStep(age, len(found), changed, int(added[0]), int(added[1])))
    return Lag(basis, tuple(steps))


def judge_late_span(k: int, n: int, months: int, age: int, groups: Sequence[Corrections]) -> LateSpan | None:
    """What a share of k of n over `months` months, the last of them `age` months old, usually becomes.

    Each correction that was once made to as long a time, at the same age, is tried on the share as it stands: the
    middle eight of ten are usual. None where fewer than twelve are known, or the share is old enough to be settled.
    """
    if not 1 <= age <= LONGEST_LAG:
        return None
    found = _list_sums(groups, months, age)
    if len(found) < SMALLEST_LAG:
        return None
    shares = []
    for one in found:
        later_n = n + one.n
        if later_n > 0:
            shares.append(min(max((k + one.k) / later_n, 0.0), 1.0))
    if len(shares) < SMALLEST_LAG:
        return None
    added = middle_span([one.n for one in found], LAG_TRIMMED)
    return LateSpan(*middle_span(shares, LAG_TRIMMED), int(added[0]), int(added[1]))


def _list_sums(groups: Sequence[Corrections], months: int, age: int) -> list[Correction]:
    """Every correction of a time of `months` months that ended `age` months before; all its months must be known."""
    found = []
    for corrections in groups:
        for month, first_age in corrections:
            if first_age != age:
                continue
            # Months that are older than the longest lag no longer change.
            young = range(min(months, LONGEST_LAG - age + 1))
            parts = [corrections.get((month - back, age + back)) for back in young]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                found.append(Correction(sum(part.k for part in known), sum(part.n for part in known)))
    return found
