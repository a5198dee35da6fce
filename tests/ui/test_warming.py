"""What the server counts before anybody asks: the newest figures and what a page says is next. No fault stops it."""

import logging
import threading
from collections.abc import Iterator
from functools import partial
from queue import Queue

import pytest
import streamlit as st
from build_store import ME, deliver
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund, Insats, InsatsPeriod, Period
from finsam_dash.store import save_forbund, save_insats
from finsam_dash.ui import cache, warming
from finsam_dash.ui.middleware import ROUTER


@pytest.fixture
def address(tmp_path, monkeypatch) -> Iterator[str]:
    st.cache_resource.clear()
    address = f"sqlite:///{tmp_path / 'varm.db'}"
    monkeypatch.setenv("FINSAM_DATABAS", address)
    yield address
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _nothing_is_asked_before(monkeypatch) -> None:
    monkeypatch.setattr(warming, "_asked", Queue(maxsize=1))
    monkeypatch.setattr(warming, "PAUSE", 0)


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
    assert "What may be asked for could not be counted ahead." in caplog.messages


def test_what_a_page_says_may_be_next_is_done_one_after_another():
    done: list[str] = []

    def fail() -> None:
        done.append("fel")
        raise RuntimeError

    warming.count_ahead([partial(done.append, "ett"), fail, partial(done.append, "två")])
    warming.count_ahead([partial(done.append, "en annan sidas")])
    warming._do_asked()
    assert done == ["ett", "fel", "två"]
    warming.count_ahead(partial(done.append, str(number)) for number in range(1000))
    warming._do_asked()
    assert len(done) == 3 + warming.MOST


def test_an_insats_that_is_chosen_after_another_finds_its_report_built(address, monkeypatch):
    store = prepare_store(address, empty=True)
    save_forbund(store, Forbund("provet", "Provet"), ME)
    year = Period.year(2025)
    for kod in ("stegen", "vagen"):
        save_insats(store, "provet", Insats(kod, kod.title(), (InsatsPeriod(year.start, None),)), ME)
    deliver(store, ("stegen", "avslutade", "alla", "2025", 12), ("vagen", "avslutade", "alla", "2025", 30))
    store.close()
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.query_params.update({"forbund": "provet", "period": "2025", "lage": "intern", "insats": "stegen"})
    app.run().switch_page("../../pages/insats.py").run()
    warming._do_asked()

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(cache, "build_report", refuse)
    app.query_params["insats"] = "vagen"
    app.run()
    assert not app.exception
    assert "Vagen" in " ".join(title.value for title in app.title)


def test_only_the_warming_thread_is_spared_streamlits_warning():
    record = logging.makeLogRecord({"threadName": warming.THREAD})
    assert not warming._is_another_thread(record)
    assert warming._is_another_thread(logging.makeLogRecord({"threadName": threading.current_thread().name}))
