"""The normal, binomial and chi-squared distributions from scipy.special.

scipy.stats offers the same, and takes half a second and 50 MB of every process to load.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special


def normal_quantile(probability: float) -> float:
    """Give z with P(Z <= z) = probability."""
    return float(special.ndtri(probability))


def binomial_mass(k: Any, n: int, share: float) -> Any:
    """Give P(X = k), for one whole number 0-n or an array of them."""
    k = np.asarray(k, dtype=float)
    ways = -math.log(n + 1) - special.betaln(n - k + 1, k + 1)
    return np.exp(ways + special.xlogy(k, share) + special.xlog1py(n - k, -share))


def binomial_at_most(k: int, n: int, share: float) -> float:
    """Give P(X <= k) for k in -1..n."""
    return 0.0 if k < 0 else float(special.bdtr(float(k), n, share))


def binomial_quantile(probability: float, n: int, share: float) -> int:
    """Give the smallest k with P(X <= k) >= probability."""
    return next(k for k in range(n + 1) if k == n or binomial_at_most(k, n, share) >= probability)


def chi_squared_tail(value: float, freedom: int) -> float:
    """Give P(X >= value)."""
    return float(special.chdtrc(freedom, value))
