"""Comparing shares of groups of different composition: direct standardisation over strata."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

from finsam_dash.stats.proportions import wilson

_Stratum = TypeVar("_Stratum", bound=Hashable)


class Standardised(NamedTuple):
    """A directly standardised share with its limits."""

    value: float
    lower: float
    upper: float


def directly_standardise(
    strata: Mapping[_Stratum, tuple[int, int]], weights: Mapping[_Stratum, float], confidence: float = 0.95
) -> Standardised:
    """Give the share that (k, n) a stratum would add up to with the standard's weights.

    Weights need not sum to 1. The limits combine each stratum's Wilson limits (MOVER). Raises ValueError where a
    stratum with weight has nobody in it: such groups cannot be compared.
    Source: Zou & Donner (2008), Stat Med 27:1693-1702; Fleiss (1981), ch. 14.
    """
    total = sum(weights.values())
    value = below = above = 0.0
    for stratum, weight in weights.items():
        k, n = strata.get(stratum, (0, 0))
        limits = wilson(k, n, confidence)
        part, share = weight / total, k / n
        value += part * share
        below += (part * (share - limits.lower)) ** 2
        above += (part * (limits.upper - share)) ** 2
    return Standardised(value, value - math.sqrt(below), value + math.sqrt(above))


def combined_weights(*groups: Mapping[_Stratum, tuple[int, int]]) -> dict[_Stratum, int]:
    """Give the combined n of every stratum over the groups: the standard that favours none of them."""
    weights: dict[_Stratum, int] = {}
    for group in groups:
        for stratum, (_, n) in group.items():
            weights[stratum] = weights.get(stratum, 0) + n
    return weights
