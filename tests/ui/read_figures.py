"""The charts of a page under AppTest: what is drawn, how, and what is read instead of it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any, NamedTuple

from streamlit.testing.v1 import AppTest


class DrawnFigure(NamedTuple):
    """One chart: Plotly's figure and settings as the browser gets them."""

    key: str
    alt: str
    figure: dict[str, Any]
    config: dict[str, Any]


def read_figures(app: AppTest) -> list[DrawnFigure]:
    """The page's charts from above."""
    reader = _Reader()
    for element in app.main:
        if element.type == "html":
            reader.feed(element.proto.body)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[DrawnFigure] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if own.get("class") == "fd-diagram":
            drawn = json.loads(own["data-figur"])
            self.found.append(DrawnFigure(own["data-nyckel"], own["aria-label"], drawn["figure"], drawn["config"]))
