"""Röjandekontroll of many random systems, each attacked by the tests' own solver."""

from __future__ import annotations

import os
import subprocess
import sys


def run(systems: int) -> None:
    """Attack so many random systems with the test of the engine; exits with pytest's code."""
    test = "tests/judgement/test_protection_engine.py::test_random_systems_withstand_the_attacker"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "auto", test],
        env=os.environ | {"FINSAM_RANDOM_SYSTEMS": str(systems)},
        check=False,
    )
    sys.exit(done.returncode)
