"""The page Rapport: what is ordered is what is made, and what is saved in publicering is recorded."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
import streamlit as st
from build_store import ME, deliver
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Forbund, Insats, InsatsPeriod
from finsam_dash.report.protection import ChangedFiguresError
from finsam_dash.store import Store, load_publications, save_forbund, save_grupp, save_insats
from finsam_dash.ui import rapport
from finsam_dash.ui.middleware import ROUTER

ALWAYS = (InsatsPeriod(date(2024, 1, 1), None),)
INSATSER = (
    Insats("stegen", "Stegen", ALWAYS, grupp="norr", kommun="Norrby kommun, Söderby kommun", order=1),
    Insats("navet", "Navet", ALWAYS, grupp="norr", kommun="Norrby kommun", order=2),
    Insats("bron", "Bron", ALWAYS, kommun="Söderby kommun", order=3),
)
COUNTS = (("pagaende", 40), ("nya", 20), ("avslutade", 44), ("till_arbete_studier", 20), ("bortfall", 8))


def fill(store: Store) -> None:
    save_forbund(store, Forbund("provet", "Samordningsförbundet Provet"), ME)
    save_grupp(store, "provet", "norr", "Lokusgrupp Norr", ME)
    for insats in INSATSER:
        save_insats(store, "provet", insats, ME)
        rows = [
            (insats.kod, matt, gender, "2025", count * (2 if gender == "alla" else 1))
            for gender in ("kvinna", "man", "alla")
            for matt, count in COUNTS
        ]
        deliver(store, *rows, name=f"{insats.kod}.csv")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[AppTest, Store]]:
    """The page on a store of its own."""
    address = f"sqlite:///{tmp_path / 'prov.db'}"
    store = prepare_store(address, empty=True)
    fill(store)
    monkeypatch.setenv("FINSAM_DATABAS", address)
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.query_params["forbund"], app.query_params["period"] = "provet", "2025"
    app.run()
    yield app.switch_page("../../pages/rapport.py").run(), store
    st.cache_resource.clear()


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """The button that saves, as the page drew it last: the runner cannot press it."""
    drawn: dict[str, Callable[[], bytes]] = {}

    def draw(label: str, data: Callable[[], bytes], **rest: object) -> bool:
        drawn.clear()
        drawn[str(rest["file_name"])] = data
        return False

    monkeypatch.setattr(rapport.st, "download_button", draw)
    return drawn


def make(app: AppTest) -> AppTest:
    app.button(key="rapport_gor").click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def headings(content: bytes) -> list[str]:
    word = docx.Document(io.BytesIO(content))
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name.startswith("Heading")]


def test_a_word_file_is_made_and_recorded_first_when_it_is_saved(opened, saved) -> None:
    app, store = opened
    make(app)
    assert "provet-uppfoljning-2025-publicering.docx är klar." in said(app)
    assert load_publications(store, "provet") == ()
    ((name, data),) = saved.items()
    content = data()
    assert [entry.what for entry in load_publications(store, "provet")] == [name]
    assert headings(content)[:2] == ["Sammanfattning", "Deltagarstatistik"]
    assert {"Stegen", "Navet", "Bron"} <= set(headings(content))
    (listed,) = [part for part in said(app.run()).split("<table")[1:] if "Publicerat, nyast" in part]
    assert name in listed


def test_a_file_that_others_have_changed_the_figures_of_is_not_handed_out(opened, saved) -> None:
    app, store = opened
    make(app)
    ((_, data),) = saved.items()
    deliver(store, ("bron", "nya", "alla", "2025", 42), name="sen.csv")
    with pytest.raises(ChangedFiguresError):
        data()
    assert load_publications(store, "provet") == ()
    saved.clear()
    app.run()
    assert saved == {}


def test_an_intern_report_of_chosen_parts_is_not_recorded(opened, saved) -> None:
    app, store = opened
    app.radio(key="rapport_lage").set_value("Intern").run()
    app.button_group(key="rapport_delar").set_value(["mal"]).run()
    make(app)
    ((name, data),) = saved.items()
    assert name == "provet-uppfoljning-2025-intern.docx"
    assert headings(data()) == [
        "Återkoppling till verksamhetsplanen",
        "Det som är dolt eller saknas, och varför",
    ]
    assert load_publications(store, "provet") == ()


@pytest.mark.parametrize(
    ("kind", "key", "choice", "name", "insatser"),
    [
        ("Valda insatser", "rapport_insatser", ["bron"], "bron", {"Bron"}),
        ("Lokusgrupp", "rapport_grupp", "norr", "lokusgrupp-norr", {"Stegen", "Navet"}),
        ("Kommun", "rapport_kommun", "Söderby kommun", "soderby-kommun", {"Stegen", "Bron"}),
    ],
)
def test_a_report_of_a_part_holds_its_insatser_alone(opened, saved, kind, key, choice, name, insatser) -> None:
    app, _ = opened
    app.radio(key="rapport_lage").set_value("Intern").run()
    app.selectbox(key="rapport_urval").set_value(kind).run()
    field = app.multiselect(key=key) if kind == "Valda insatser" else app.selectbox(key=key)
    field.set_value(choice).run()
    make(app)
    ((file, data),) = saved.items()
    assert file == f"provet-{name}-uppfoljning-2025-intern.docx"
    content = data()
    assert set(headings(content)) & {"Stegen", "Navet", "Bron"} == insatser
    text = "\n".join(cell.text for table in docx.Document(io.BytesIO(content)).tables for row in table.rows
                     for cell in row.cells)  # fmt: skip
    assert not any(insats.namn in text for insats in INSATSER if insats.namn not in insatser)


def test_nothing_chosen_cannot_be_made(opened) -> None:
    app, _ = opened
    app.selectbox(key="rapport_urval").set_value("Valda insatser").run()
    assert app.button(key="rapport_gor").disabled
    assert "Välj minst en insats och minst en del." in said(app)


def test_another_order_takes_the_made_file_away(opened, saved) -> None:
    app, _ = opened
    make(app)
    assert saved
    saved.clear()
    app.radio(key="rapport_lage").set_value("Intern").run()
    assert not saved
    assert "är klar" not in said(app)
