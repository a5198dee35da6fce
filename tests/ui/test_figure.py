"""A figure on a page: the browser gets what was built, whatever the texts in it, and draws it with the same Plotly."""

from __future__ import annotations

import json
import re

import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs_version
from read_figures import DrawnFigure, read_figures
from streamlit.testing.v1 import AppTest

from finsam_dash.ui.middleware import STATIC

ODD = """Åsa & Ö'Hara <b>"x"</b> --> </script> \\u003c {}"""


def page(title: str, height: int, width: int | None, name: str) -> None:
    import plotly.graph_objects as go

    from finsam_dash.ui.figure import draw_figure, to_markup

    figure = go.Figure({"layout": {"title": {"text": title}, "height": height, "width": width}})
    draw_figure(to_markup(figure), "prov", title, name)


def draw(title: str = "Prov", width: int | None = None, name: str = "") -> tuple[DrawnFigure, str]:
    app = AppTest.from_function(page, args=(title, 240, width, name)).run()
    assert not app.exception
    return read_figures(app)[0], app.get("html")[0].proto.body


@pytest.mark.parametrize("text", [ODD, "SARA – 32 %", ""])
def test_any_text_reaches_the_browser_as_it_was_written(text: str) -> None:
    drawn, _ = draw(text)
    assert drawn.figure["layout"]["title"]["text"] == text
    assert drawn.alt == text
    assert drawn.figure == json.loads(go.Figure({"layout": {"title": {"text": text}, "height": 240}}).to_json())


def test_no_attribute_holds_what_the_browsers_sanitizer_drops() -> None:
    _, html = draw(ODD)
    figure = re.search("data-figur='([^']*)'", html)[1]
    assert not set("<>&") & set(figure)


@pytest.mark.parametrize(("width", "style"), [(None, "height:240px"), (788, "height:240px;width:788px")])
def test_the_place_is_as_large_as_the_figure_before_it_is_drawn(width: int | None, style: str) -> None:
    _, html = draw(width=width)
    assert f'style="{style}"' in html


@pytest.mark.parametrize(("name", "bar"), [("", False), ("sara", "hover")])
def test_there_is_a_button_for_the_picture_where_it_has_a_name(name: str, bar: object) -> None:
    drawn, _ = draw(name=name)
    assert drawn.config["displayModeBar"] == bar
    assert drawn.config["toImageButtonOptions"] == {"format": "svg", "filename": name}


def test_the_browsers_plotly_is_the_one_that_the_figures_are_built_for() -> None:
    script = (STATIC / "plotly" / "plotly-basic.min.js").read_text("utf-8")
    assert re.search(r"plotly\.js \(basic - minified\) v([\d.]+)", script)[1] == get_plotlyjs_version()
