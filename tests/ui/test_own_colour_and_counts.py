"""The förbund's own colour reaches the charts on a page, and budgeterat antal is entered and undone on its page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from build_figures import insats
from build_store import ME, deliver
from read_figures import read_figures
from streamlit.testing.v1 import AppTest

from finsam_dash.charts.theme import Palette, judge_accent
from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund, PlannedCount, Settings
from finsam_dash.store import Store, load_entries, save_forbund, save_insats, save_settings
from finsam_dash.ui.middleware import ROUTER

OWN = "#6A2C91"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    address = f"sqlite:///{tmp_path / 'finsam.db'}"
    store = prepare_store(address, empty=True)
    save_forbund(store, Forbund("provet", "Provet"), ME)
    save_insats(store, "provet", insats("ett", malgrupp="Alla"), ME)
    deliver(
        store,
        *(("ett", matt, "alla", "2025", value) for matt, value in (
            ("pagaende", 20), ("nya", 30), ("avslutade", 30), ("till_arbete_studier", 12), ("bortfall", 2),
        )),
    )  # fmt: skip
    monkeypatch.setenv("FINSAM_DATABAS", address)
    st.cache_resource.clear()
    yield store
    store.close()
    st.cache_resource.clear()


def open_app() -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.query_params.update({"forbund": "provet", "period": "2025", "lage": "intern"})
    return app.run()


def drawn(app: AppTest) -> str:
    """What the charts draw, without the template's list of colours for categories."""
    specs = [chart.figure for chart in read_figures(app)]
    return json.dumps([[spec["data"], spec["layout"].get("shapes")] for spec in specs])


def test_charts_are_drawn_in_the_own_colour_only_where_data_may_have_it(store: Store) -> None:
    """#8A1C4A is too near "titta här" for data: the frame has it, the charts keep the default."""
    default, own = Palette(), judge_accent(OWN).palette
    app = open_app()
    assert default.data in drawn(app)
    save_settings(store, "provet", Settings(accent=OWN), ME)
    seen = drawn(app.run())
    assert own.data in seen
    assert own.uncertainty in seen
    assert default.data not in seen
    save_settings(store, "provet", Settings(accent="#8A1C4A"), ME)
    seen = drawn(app.run())
    assert default.data in seen
    assert "#8A1C4A" not in seen


def test_a_count_is_entered_shown_and_undone(store: Store) -> None:
    app = open_app()
    app.session_state["budgeterat"] = True
    app.switch_page("../../pages/finsam.py").run()
    app.number_input[0].set_value(45)
    next(button for button in app.button if button.label == "Spara antalet").click().run()
    assert load_entries(store, "provet", PlannedCount)[0].number == 45
    said = "\n".join(element.proto.body for element in app.main if element.type == "html")
    assert "Budgeterat antal är 45." in said
    next(button for button in app.button if button.label == "Ångra senaste ändringen").click().run()
    assert load_entries(store, "provet", PlannedCount) == ()
