"""What every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Two cores and tests in parallel: a slow example is the machine's, not the code's.
settings.register_profile("finsam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("finsam")
