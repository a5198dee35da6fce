"""The menu "Ladda ner" of a chart: every format where a browser is installed, else the table and what still works."""

from __future__ import annotations

import json
from functools import partial

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.export import images
from finsam_dash.export.images import NO_BROWSER_HERE
from finsam_dash.ui.chart import _build


def page() -> None:
    from functools import partial

    from test_chart_menu import draw

    from finsam_dash.ui.chart import draw_chart
    from finsam_dash.ui.table import build_table

    table = build_table("Andel till arbete", ["Insats", "Andel"], [["SARA", "42 %"]])
    draw_chart("prov", "SARA nådde målet", partial(draw), "Ett diagram.", table, "Källa: prov.")


def draw(*, theme: Theme) -> go.Figure:
    """A figure that says its theme, so that page and file can be told apart."""
    return go.Figure({"layout": {"height": 100, "width": theme.medium.width, "title": {"text": theme.medium.name}}})


@pytest.fixture(autouse=True)
def _no_forbund(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default colours: the page stands alone, without a choice of förbund."""
    monkeypatch.setattr("finsam_dash.ui.chart.load_theme", lambda theme: theme)


def read_menu(*, opened: bool = True) -> tuple[list[str], str]:
    app = AppTest.from_function(page)
    app.session_state["ladda_prov"] = opened
    app.run()
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    return labels, " ".join(element.proto.body for element in app.get("html"))


def test_a_figure_is_made_once_of_the_same_content() -> None:
    made: list[tuple[str, ...]] = []

    def draw_rows(*, rows: tuple[str, ...], theme: Theme) -> go.Figure:
        made.append(rows)
        return go.Figure({"layout": {"height": 100, "title": {"text": "".join(rows)}}})

    markup = [_build(partial(draw_rows, rows=rows), SCREEN) for rows in (["a"], ["a", "b"], ["a"], ["a"])]
    assert made == [("a",), ("a", "b")]
    assert [json.loads(one.json)["layout"]["title"]["text"] for one in markup] == ["a", "ab", "a", "a"]


def test_a_chart_has_its_picture_in_three_formats_and_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_dash.ui.chart.find_browser", lambda: "/usr/bin/chromium")
    labels, texts = read_menu()
    assert labels == ["Bild (png)", "Bild (svg)", "Pdf", "Tabell (csv)"]
    assert NO_BROWSER_HERE not in texts


def test_the_menu_holds_nothing_until_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_dash.ui.chart.find_browser", lambda: "/usr/bin/chromium")
    labels, _ = read_menu(opened=False)
    assert labels == []


def test_without_a_browser_the_menu_has_the_table_and_says_what_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_dash.ui.chart.find_browser", lambda: None)
    labels, texts = read_menu()
    assert labels == ["Tabell (csv)"]
    assert NO_BROWSER_HERE in texts
    assert "Ladda ner bilden (svg)" in NO_BROWSER_HERE


def test_the_page_draws_for_the_screen_and_the_file_for_print(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(images, "to_image", lambda figure, form: drawn.append(figure.layout.title.text) or b"")
    images.to_chart_image(draw, "png", title="SARA nådde målet", source="Källa: prov.")
    assert draw(theme=SCREEN).layout.title.text == "screen"
    assert drawn == ["print"]
