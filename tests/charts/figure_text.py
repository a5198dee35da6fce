"""A figure as readable lines: what is drawn, where and in which role; sizes in pixels left out."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import plotly.graph_objects as go

from finsam_dash.charts.text_width import plain_text
from finsam_dash.charts.theme import Palette

_ROLES = {getattr(Palette(), field.name): field.name for field in reversed(fields(Palette))}


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{round(value, 6):.4g}" if isinstance(value, int | float) else str(value)


def _role(colour: Any) -> str:
    if isinstance(colour, list | tuple):
        return "/".join(_role(each) for each in colour)
    return _ROLES.get(str(colour), str(colour))


def _points(trace: Any) -> str:
    places = [f"{_number(x)};{_number(y)}" for x, y in zip(trace.x, trace.y, strict=True)]
    return " ".join(places) if len(places) <= 40 else f"{len(places)} punkter, {places[0]} … {places[-1]}"


def _trace(trace: Any) -> str:
    if trace.type == "bar":
        hatched = " randig" if trace.marker.pattern.shape else ""
        return f"stapel {trace.name}{hatched} [{_role(trace.marker.color)}]: {_points(trace)}"
    style = []
    if "lines" in trace.mode:
        style.append(f"linje {_role(trace.line.color)} {trace.line.dash or 'solid'}")
    if "markers" in trace.mode:
        style.append(f"{trace.marker.symbol or 'märke'} {_role(trace.marker.color)}")
    if trace.fill:
        style.append(f"fält {trace.fillcolor}")
    return f"{trace.name} [{', '.join(style)}]: {_points(trace)}"


def _axis(name: str, axis: Any) -> str:
    ticks = " | ".join(plain_text(text.replace("<br>", " ")) for text in axis.ticktext or ())
    return f"{name} {_number(axis.range[0])} till {_number(axis.range[1])}: {ticks}".rstrip()


def _shape(shape: Any) -> str:
    if shape.type == "path":
        return f"band {shape.fillcolor}: {shape.path}"
    across = ("marginal", "marginal") if shape.xsizemode == "pixel" else (_number(shape.x0), _number(shape.x1))
    place = f"{across[0]} {_number(shape.y0)} {across[1]} {_number(shape.y1)}"
    colour = _role(shape.fillcolor if shape.type == "rect" else shape.line.color)
    return f"{shape.type} {colour} {shape.line.dash or ''}".rstrip() + f": {place}"


def _text(note: Any) -> str:
    where = (
        f"{_number(note.x)}{'p' if note.xref == 'paper' else ''};{_number(note.y)}{'p' if note.yref == 'paper' else ''}"
    )
    bold = " (fet)" if "<b>" in note.text or (note.font.weight or 0) not in (0, 400) else ""
    leader = " (streck)" if note.showarrow else ""
    return f"{where} {plain_text(note.text.replace('<br>', ' / '))}{bold}{leader}".replace("\u00a0", " ")


def figure_to_text(figure: go.Figure) -> str:
    """Axes, traces, shapes and texts of a figure, one a line, in drawing order."""
    layout = figure.to_dict()["layout"]
    lines = [f"höjd {figure.layout.height}"]
    for name in sorted(key for key in layout if key.startswith(("xaxis", "yaxis"))):
        axis = figure.layout[name]
        if axis.range is not None:
            lines.append(_axis(name, axis))
    lines += [_trace(trace) for trace in figure.data]
    lines += [_shape(shape) for shape in figure.layout.shapes]
    lines += [_text(note) for note in figure.layout.annotations]
    return "\n".join(lines) + "\n"
