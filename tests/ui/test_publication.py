"""What leaves the house from a page in publicering is on record: pictures and tables saved, and slides shown."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from build_store import ME, deliver, empty_store
from read_figures import read_figures
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund, Lage, Period
from finsam_dash.report.protection import ChangedFiguresError, load_plan
from finsam_dash.store import PlanKey, Store, load_basis, load_data_version, load_publications
from finsam_dash.ui import cache
from finsam_dash.ui.middleware import ROUTER
from finsam_dash.ui.protection import ask_plan
from finsam_dash.ui.selection import Selection

YEAR = Period.year(2025)
FIGURES = [
    ("bron", matt, gender, f"2025-{month:02d}", count)
    for month in range(1, 13)
    for gender in ("kvinna", "man")
    for matt, count in (("avslutade", 4), ("till_arbete_studier", 2), ("nya", 4), ("pagaende", 20))
]


@pytest.fixture
def store(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'finsam.db'}"
    monkeypatch.setenv("FINSAM_DATABAS", url)
    monkeypatch.setattr("build_store.open_store", lambda _: prepare_store(url, empty=True))
    from build_figures import insats

    made = empty_store(insats("bron"))
    deliver(made, *FIGURES, known_from=YEAR.end)
    st.cache_resource.clear()
    yield made
    st.cache_resource.clear()


def open_page(page: str, lage: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=180)
    for name, value in {"forbund": "provet", "period": "2025", "lage": lage, **query}.items():
        app.query_params[name] = value
    app.run()
    app = app.switch_page(f"../../pages/{page}").run()
    assert not app.exception
    return app


def draw_menu(monkeypatch: pytest.MonkeyPatch, app: AppTest, lage: str) -> dict[str, Callable[[], bytes]]:
    """What the buttons in a chart's menu save: the runner cannot press them, so what is drawn is kept."""
    drawn: dict[str, Callable[[], bytes]] = {}

    def draw(label: str, data: Callable[[], bytes], *rest: object, **named: object) -> bool:
        drawn[label] = data
        return False

    monkeypatch.setattr("finsam_dash.ui.chart.st.download_button", draw)
    for name, value in {"forbund": "provet", "period": "2025", "lage": lage}.items():
        app.query_params[name] = value
    app.session_state["ladda_insatser"] = True
    app.run()
    assert not app.exception
    return drawn


def save_table(monkeypatch: pytest.MonkeyPatch, lage: str) -> None:
    app = AppTest.from_file(str(ROUTER), default_timeout=180)
    drawn = draw_menu(monkeypatch, app, lage)
    for _ in range(2):
        assert drawn["Tabell (csv)"]().startswith(b"\xef\xbb\xbf")


def test_a_table_that_is_saved_in_publicering_is_on_record_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save_table(monkeypatch, "publicering")
    (entry,) = load_publications(store, "provet")
    assert entry.what.startswith("Tabell: ")
    assert entry.what.endswith(" (csv)")
    assert (entry.period, bool(entry.record)) == (YEAR, True)


def test_what_is_saved_in_intern_is_not_on_record(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save_table(monkeypatch, "intern")
    assert load_publications(store, "provet") == ()


def test_a_table_of_figures_that_have_changed_since_is_not_handed_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else reads in a file while the page stands open: the two together would tell what was changed."""
    app = AppTest.from_file(str(ROUTER), default_timeout=180)
    table = draw_menu(monkeypatch, app, "publicering")["Tabell (csv)"]
    deliver(store, ("bron", "nya", "kvinna", "2025-11", 9), known_from=YEAR.end)
    with pytest.raises(ChangedFiguresError):
        table()
    assert load_publications(store, "provet") == ()


def test_a_page_is_not_shown_by_a_plan_of_other_figures(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[PlanKey | None] = []

    def ask(opened: Store, forbund: str) -> PlanKey | None:
        asked.append(ask_plan(opened, forbund))
        if len(asked) == 1:
            deliver(store, ("bron", "nya", "kvinna", "2025-11", 9), known_from=YEAR.end)
        return asked[-1]

    load_plan(store, "provet")
    monkeypatch.setattr(cache, "ask_plan", ask)
    chosen = Selection(Forbund("provet", "Provet"), YEAR, Lage.PUBLICERING)
    report = cache.load_report(chosen, YEAR.end)
    assert len(set(asked)) == 2
    assert report.data_version == load_data_version(store)
    assert asked[-1] is None or asked[-1].basis == load_basis(store, "provet")


def test_slides_that_are_shown_are_on_record_and_their_list_is_not(store: Store) -> None:
    open_page("styrelselage.py", "intern")
    open_page("styrelselage.py", "intern", bild="1", bildlage="intern")
    assert load_publications(store, "provet") == ()
    for _ in range(2):
        open_page("styrelselage.py", "intern", bild="1")
    (entry,) = load_publications(store, "provet")
    assert (entry.what, entry.period) == ("Bilderna i Styrelseläge", YEAR)
    deliver(store, ("bron", "nya", "kvinna", "2025-11", 9), known_from=YEAR.end)
    open_page("styrelselage.py", "intern", bild="1")
    assert len(load_publications(store, "provet")) == 2


def test_the_record_folds_what_is_older(store: Store) -> None:
    from finsam_dash.report.protection import record_publication

    for number in range(12):
        record_publication(store, "provet", f"Rapport {number}.docx", YEAR, ME)
    app = open_page("rojandekontroll.py", "intern")
    tables = [element.proto.body for element in app.get("html") if "<caption" in element.proto.body]
    newest = next(body for body in tables if "Publicerat, nyast först" in body)
    older = next(body for body in tables if "Publicerat tidigare" in body)
    assert newest.index("Rapport 11.docx") < newest.index("Rapport 2.docx")
    assert ("Rapport 1.docx" in newest, "Rapport 1.docx" in older) == (False, True)
    assert [one.label for one in app.expander if "tidigare" in one.label] == ["2 tidigare"]


def test_the_button_that_plotly_saves_by_itself_is_there_in_intern_alone(store: Store) -> None:
    for lage, bar in (("intern", "hover"), ("publicering", False)):
        app = AppTest.from_file(str(ROUTER), default_timeout=180)
        for name, value in {"forbund": "provet", "period": "2025", "lage": lage}.items():
            app.query_params[name] = value
        bars = [chart.config["displayModeBar"] for chart in read_figures(app.run())]
        assert bars
        assert all(one == bar for one in bars), lage
