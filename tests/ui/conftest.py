"""The stores that the pages of these tests open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from build_store import ME
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund
from finsam_dash.store import Store, save_forbund
from finsam_dash.ui.middleware import ROUTER


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with förbundet "provet" and nothing in it, which the dashboard opens."""
    url = f"sqlite:///{tmp_path / 'finsam.db'}"
    monkeypatch.setenv("FINSAM_DATABAS", url)
    made = prepare_store(url, empty=True)
    save_forbund(made, Forbund("provet", "Samordningsförbundet Provet"), ME)
    st.cache_resource.clear()
    yield made
    st.cache_resource.clear()
    made.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Store], None]], str]:
    """The address of a store in the given state, made once: no test here writes to one."""
    made: dict[Callable[[Store], None], str] = {}

    def fill_once(fill: Callable[[Store], None]) -> str:
        if fill not in made:
            made[fill] = f"sqlite:///{tmp_path_factory.mktemp('lage') / 'finsam.db'}"
            store = prepare_store(made[fill], empty=True)
            fill(store)
            store.close()
        return made[fill]

    return fill_once


@pytest.fixture
def open_page(filled: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Open a page of a dashboard whose store is in the given state."""

    def run(fill: Callable[[Store], None], screen: str, **query: str) -> AppTest:
        monkeypatch.setenv("FINSAM_DATABAS", filled(fill))
        st.cache_resource.clear()
        app = AppTest.from_file(str(ROUTER), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        # The runner knows the pages first when the router has named them.
        return app if screen == "oversikt.py" else app.switch_page(f"../../pages/{screen}").run()

    yield run
    st.cache_resource.clear()
