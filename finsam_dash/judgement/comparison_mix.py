"""Insatser that meet different people: the share each would have if all met the same mix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from finsam_dash.judgement.policy import CONFIDENCE, SMALLEST_N
from finsam_dash.stats.proportions import newcombe
from finsam_dash.stats.standardise import Standardised, combined_weights, directly_standardise

Strata = Mapping[str, tuple[int, int]]
"""Stratum to (k, n)."""


@dataclass(frozen=True)
class Mix:
    """The standardised shares by insats, the weights by stratum, and the pairs that the crude shares mislead about.

    A pair is (lower, higher) by the crude shares, which differ by more than chance explains; standardised the first is
    the higher. All empty where fewer than two insatser have ten persons in every stratum.
    """

    standardised: Mapping[str, Standardised]
    weights: Mapping[str, int]
    turned: tuple[tuple[str, str], ...]


def is_large_enough(strata: Strata, klasser: frozenset[str]) -> bool:
    """Whether an insats has at least ten persons in each of the strata that anybody is in."""
    return all(strata.get(klass, (0, 0))[1] >= SMALLEST_N for klass in klasser)


def judge_mix(groups: Mapping[str, Strata]) -> Mix:
    """Standardise every insats that is large enough to the mix of all of those together.

    Strata in which nobody of any insats is are left out. Raises ValueError where k > n. Source: method note, Simpson
    case; Fleiss (1981), ch. 14.
    """
    klasser = frozenset(klass for strata in groups.values() for klass, (_, n) in strata.items() if n)
    chosen = {
        kod: {klass: strata[klass] for klass in sorted(klasser)}
        for kod, strata in groups.items()
        if klasser and is_large_enough(strata, klasser)
    }
    if len(chosen) < 2 or len(klasser) < 2:
        return Mix({}, {}, ())
    weights = combined_weights(*chosen.values())
    standardised = {kod: directly_standardise(strata, weights) for kod, strata in chosen.items()}
    crude = {
        kod: (sum(k for k, _ in strata.values()), sum(n for _, n in strata.values())) for kod, strata in chosen.items()
    }
    turned = []
    for one, other in combinations(chosen, 2):
        lower, higher = sorted((one, other), key=lambda kod: crude[kod][0] / crude[kod][1])
        apart = newcombe(*crude[lower], *crude[higher], CONFIDENCE).upper < 0
        if apart and standardised[lower].value > standardised[higher].value:
            turned.append((lower, higher))
    return Mix(standardised, weights, tuple(turned))
