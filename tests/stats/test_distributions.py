"""Our distributions against scipy.stats, which the program itself is too light to load."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from finsam_dash.stats.distributions import (
    binomial_at_most,
    binomial_mass,
    binomial_quantile,
    chi_squared_tail,
    normal_quantile,
)

SHARES = (0.0, 1e-6, 0.1, 0.34, 0.5, 0.97, 1.0)


@pytest.mark.parametrize("n", [1, 2, 14, 277, 5000])
@pytest.mark.parametrize("share", SHARES)
def test_binomial_is_that_of_scipy_stats(n: int, share: float) -> None:
    counts = sorted({0, 1, n // 3, n // 2, n - 1, n})
    expected = stats.binom(n, share)
    close = {"rtol": 1e-9, "atol": 1e-300}
    np.testing.assert_allclose(binomial_mass(counts, n, share), expected.pmf(counts), **close)
    np.testing.assert_allclose([binomial_at_most(k, n, share) for k in counts], expected.cdf(counts), **close)


@pytest.mark.parametrize("n", [1, 2, 9, 30, 101])
@pytest.mark.parametrize("probability", [0.01, 0.05, 0.4, 0.9])  # at a tie, such as 0.5, rounding decides
def test_binomial_quantile_is_that_of_scipy_stats(n: int, probability: float) -> None:
    assert binomial_quantile(probability, n, 0.5) == stats.binom.ppf(probability, n, 0.5)


def test_the_ends_of_the_binomial_are_exact() -> None:
    assert binomial_at_most(-1, 10, 0.3) == 0
    assert binomial_at_most(10, 10, 0.3) == 1


@pytest.mark.parametrize("probability", [0.001, 0.5, 0.975, 0.999])
def test_normal_quantile_is_that_of_scipy_stats(probability: float) -> None:
    assert normal_quantile(probability) == stats.norm.ppf(probability)


@pytest.mark.parametrize("value", [0.0, 0.5, 3.84, 40.0])
def test_chi_squared_tail_is_that_of_scipy_stats(value: float) -> None:
    assert chi_squared_tail(value, 1) == pytest.approx(stats.chi2.sf(value, 1), rel=1e-12)


def test_the_program_does_not_load_scipy_stats() -> None:
    code = "import sys, finsam_dash.report.build, finsam_dash.cli; sys.exit('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
