"""The store that the pages of these tests open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from build_store import ME

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund
from finsam_dash.store import Store, save_forbund


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
