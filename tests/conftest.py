"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest
from alembic.script import ScriptDirectory
from filelock import FileLock
from hypothesis import HealthCheck, settings

from finsam_dash.charts.drawing import Drawing
from finsam_dash.deliveries import prepare_store
from finsam_dash.store import backup

# Two cores and tests in parallel: a slow example is the machine's, not the code's.
settings.register_profile("finsam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("finsam")


@pytest.fixture(scope="session", autouse=True)
def _migrations_are_read_once() -> Iterator[None]:
    """Hundreds of tests make a store: Alembic reads its scripts once a process and not, at 30 ms, once a store."""
    read = cache(ScriptDirectory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", lambda config: read(config.get_main_option("script_location")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_figure_is_looked_through_by_plotly() -> Iterator[None]:
    """The product saves Plotly's validation for speed; a figure that any test draws is refused if it would be."""
    build = Drawing.build

    def build_validated(drawing: Drawing) -> go.Figure:
        figure = build(drawing)
        go.Figure(figure.to_dict())
        return figure

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "build", build_validated)
        yield


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store filled as every new one is, made once for all workers. Copy it to write to it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    file = shared / "filled.db"
    with FileLock(shared / "filled.lock"):
        if not file.exists():
            store = prepare_store(f"sqlite:///{shared / 'filling.db'}")
            backup(store, file)
            store.close()
    return file
