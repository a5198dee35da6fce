"""The same story on every database that the store is for."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from store_story import tell

HERE = Path(__file__).parent


def test_in_memory() -> None:
    tell("sqlite://")


def test_in_a_file_with_a_difficult_name(tmp_path: Path) -> None:
    tell(f"sqlite:///{tmp_path}/100 % säkert/%(här)s/finsam.db")


@pytest.mark.skipif(shutil.which("pg_virtualenv") is None, reason="pg_virtualenv saknas: apt-get install postgresql")
@pytest.mark.skipif(importlib.util.find_spec("psycopg") is None, reason="psycopg saknas: pip install psycopg[binary]")
def test_on_postgresql() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE.parents[1])])}
    told = subprocess.run(
        ["pg_virtualenv", sys.executable, str(HERE / "store_story.py"), "postgresql+psycopg://"],
        env=environment,
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
