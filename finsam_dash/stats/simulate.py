"""How often something happens by chance alone: false alarm rates by seeded simulation."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np


class Draw:
    """Chance for one simulation: the same seed gives the same draws."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def count(self, mean: float) -> int:
        """A Poisson count."""
        return int(self._random.poisson(mean))

    def hits(self, n: int, share: float) -> int:
        """How many of n succeed."""
        return int(self._random.binomial(n, share))

    def day(self, first: int, last: int) -> int:
        """A day from `first` to `last`, both included, each as likely."""
        return int(self._random.integers(first, last + 1))

    def amount(self, mean: float, spread: float) -> float:
        """A lognormal amount with a mean and a relative spread (standard deviation / mean)."""
        sigma = math.sqrt(math.log(1 + spread**2))
        return float(self._random.lognormal(math.log(mean) - sigma**2 / 2, sigma))


def event_rate(happens: Callable[[Draw], bool | None], repeats: int = 1000, seed: int = 1) -> float:
    """Give the share of simulated cases in which `happens(draw)` is true; a case that gives None is not counted.

    Raises ValueError where no case is counted. The same seed gives the same answer.
    """
    draw = Draw(seed)
    found = [outcome for outcome in (happens(draw) for _ in range(repeats)) if outcome is not None]
    if not found:
        raise ValueError("no simulated case is counted")
    return sum(found) / len(found)
