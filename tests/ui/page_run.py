"""A page run without a browser: opened as a link opens it, and read as text."""

from __future__ import annotations

import re
from typing import Any

from streamlit.testing.v1 import AppTest

from finsam_dash.ui.middleware import ROUTER


def open_page(screen: str, *, folds: tuple[str, ...] = (), **query: str) -> AppTest:
    """The page of förbundet "provet", 2025 in intern where `query` does not say otherwise, with `folds` open."""
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    for name, value in {"forbund": "provet", "period": "2025", "lage": "intern", **query}.items():
        app.query_params[name] = value
    app.run()
    # The runner knows the pages first when the router has named them.
    for key in folds:
        app.session_state[key] = True
    return app.switch_page(f"../../pages/{screen}").run()


def find(widgets: Any, label: str) -> Any:
    """The first of the widgets that has the label."""
    return next(widget for widget in widgets if widget.label == label)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button that says so."""
    return find(app.button, label).click().run()


def read_html(app: AppTest) -> str:
    """The page's own HTML, no-break spaces and all."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def texts(app: AppTest) -> str:
    """All that the page says, as one text: titles, headings and HTML, charts by their text alternative."""
    html = [re.sub(" data-figur='[^']*'", "", element.proto.body) for element in app.main if element.type == "html"]
    return "\n".join([*(title.value for title in app.title), *(head.value for head in app.header), *html])
