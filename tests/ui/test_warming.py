"""What the server does before the first visitor: the store and the newest figures are read, and no fault stops it."""

import logging
import threading
from collections.abc import Iterator

import pytest
import streamlit as st
from build_store import deliver

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Actor, Forbund, Insats, InsatsPeriod, Period
from finsam_dash.store import save_forbund, save_insats
from finsam_dash.ui import cache, warming

ME = Actor("forbundschef", "Test")


@pytest.fixture
def address(tmp_path, monkeypatch) -> Iterator[str]:
    st.cache_resource.clear()
    address = f"sqlite:///{tmp_path / 'varm.db'}"
    monkeypatch.setenv("FINSAM_DATABAS", address)
    yield address
    st.cache_resource.clear()


def test_the_first_visitor_finds_the_figures_counted(address, monkeypatch):
    store = prepare_store(address, empty=True)
    save_forbund(store, Forbund("provet", "Provet"), ME)
    year = Period.year(2025)
    save_insats(store, "provet", Insats("stegen", "Stegen", (InsatsPeriod(year.start, None),)), ME)
    deliver(store, ("stegen", "avslutade", "alla", "2025", 12))
    store.close()
    warming._warm()

    def refuse(*args: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(cache, "load_figure_set", refuse)
    assert [insats.kod for insats in cache.load_insatser("provet")] == ["stegen"]


def test_a_store_that_cannot_be_opened_is_left_for_the_page_to_tell(address, monkeypatch, caplog):
    monkeypatch.setenv("FINSAM_DATABAS", "mysql://nagonstans/finsam")
    with caplog.at_level(logging.INFO, "finsam_dash"):
        warming._warm()
    assert "The server could not be warmed up." in caplog.messages


def test_only_the_warming_thread_is_spared_streamlits_warning():
    record = logging.makeLogRecord({"threadName": warming.THREAD})
    assert not warming._is_another_thread(record)
    assert warming._is_another_thread(logging.makeLogRecord({"threadName": threading.current_thread().name}))
