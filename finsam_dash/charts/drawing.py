"""A figure being drawn: marks and texts are gathered as plain data and made into a Plotly figure once.

Plotly's own `add_annotation` and `add_shape` build the whole list anew for every text: fifty texts cost 0.2 s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from finsam_dash.charts.theme import Theme


class Drawing:
    """Gathers traces, shapes and texts with Plotly's own names, and builds the figure at the end."""

    def __init__(self, theme: Theme) -> None:
        self._traces: list[dict[str, Any]] = []
        # The screen's figures follow their column; the others have the width of slide or page.
        width = {} if theme.medium.name == "screen" else {"width": theme.medium.width}
        self._layout: dict[str, Any] = {"template": _write_template(theme), **width}

    def add_scatter(self, **trace: Any) -> None:
        self._add_trace("scatter", trace)

    def add_bar(self, **trace: Any) -> None:
        self._add_trace("bar", trace)

    def _add_trace(self, kind: str, trace: dict[str, Any]) -> None:
        texts = {"text": [_keep_own_marks(text) for text in trace["text"]]} if "text" in trace else {}
        self._traces.append({"type": kind, **trace, **texts})

    def add_shape(self, **shape: Any) -> None:
        self._layout.setdefault("shapes", []).append(shape)

    def add_annotation(self, **text: Any) -> None:
        written: dict[str, Any] = {name: _keep_own_marks(text[name]) for name in ("text", "hovertext") if name in text}
        self._layout.setdefault("annotations", []).append({"showarrow": False, **text, **written})

    def update_layout(self, **layout: Any) -> None:
        _merge(self._layout, layout)

    def update_xaxes(self, **axis: Any) -> None:
        _merge(self._layout, {"xaxis": axis})

    def update_yaxes(self, **axis: Any) -> None:
        _merge(self._layout, {"yaxis": axis})

    def build(self) -> go.Figure:
        """The figure as it was gathered; that Plotly knows every name in it is for the tests to say."""
        # To look through what we have written takes Plotly ten milliseconds a figure, twenty times the rest.
        return go.Figure({"data": self._traces, "layout": self._layout}, _validate=False)


@cache
def _write_template(theme: Theme) -> dict[str, Any]:
    return dict(pio.templates[theme.template].to_plotly_json())


def _keep_own_marks(text: str) -> str:
    """The text with our own bold and line breaks; Plotly would read a "<" in somebody's name as markup too."""
    return re.sub(r"<(?!/?b>|br>)", "&lt;", text)


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value
