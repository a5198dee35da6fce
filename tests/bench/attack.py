"""Röjandekontroll of many random systems, each attacked by the tests' own solver."""

from __future__ import annotations

import os
import subprocess
import sys

BATCH = 1000
TEST = "tests/judgement/test_protection_engine.py::test_random_systems_withstand_the_attacker"


def run(systems: int, workers: str = "auto") -> None:
    """Attack so many random systems with the test of the engine, a batch with a seed of its own at a time.

    Tells how many have withstood after each batch; exits with pytest's code at the first batch that does not.
    """
    for done in range(0, systems, BATCH):
        size = min(BATCH, systems - done)
        batch = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", workers, f"--hypothesis-seed={done}", TEST],
            env=os.environ | {"FINSAM_RANDOM_SYSTEMS": str(size)},
            capture_output=True,
            text=True,
            check=False,
        )
        if batch.returncode:
            print(batch.stdout + batch.stderr, flush=True)
            sys.exit(batch.returncode)
        print(f"{done + size} of {systems} random systems withstood the attacker", flush=True)
