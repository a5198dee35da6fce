"""How often a rule fires when nothing has happened: false alarm rates by seeded simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def alarm_rate(
    fires: Callable[[tuple[int, ...], tuple[int, ...]], bool],
    level: float | Sequence[float],
    denominators: Sequence[int],
    repeats: int = 1000,
    seed: int = 1,
) -> float:
    """Give the share of simulated series in which `fires(numerators, denominators)` is true.

    `level` is the true share, one for all points (nothing happens: the false alarm rate) or one a point (the power).
    The same seed gives the same answer.
    """
    counts = np.random.default_rng(seed).binomial(list(denominators), level, size=(repeats, len(denominators)))
    sizes = tuple(int(n) for n in denominators)
    return sum(bool(fires(tuple(row), sizes)) for row in counts.tolist()) / repeats
