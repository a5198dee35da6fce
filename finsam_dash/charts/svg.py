"""A figure as SVG, made on the server: the browser needs no chart library, and the text is the page's own.

The screen's figures are drawn from few things: straight lines, areas, bars, round and square marks, shapes and texts
on axes whose range and ticks are given. Those are drawn here with places across in per cent, so that the picture
follows its column while text and marks keep their size. A figure with anything else is left to Plotly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Final

import plotly.graph_objects as go

# Source Sans 3's own, in parts of the size: a text's box reaches from the one to the other.
ASCENT, DESCENT = 1.024, 0.4
LINE: Final = 1.3
PAD: Final = 1
REACH: Final = 9
"""How far from a mark's middle the pointer finds it, in pixels."""

STRETCH: Final = 1000
"""A bent line is drawn on a sheet of this width that is stretched to the column."""

_DASHES: Final = {"solid": (), "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
_TEXT_PARTS: Final = re.compile(r"(</?b>|<br>)")

_TRACE: Final = {
    "type", "mode", "x", "y", "xaxis", "yaxis", "name", "text", "hoverinfo", "hovertemplate", "cliponaxis", "marker",
    "line", "fill", "fillcolor", "textposition", "orientation",
}  # fmt: skip
_MARKER: Final = {"symbol", "size", "color", "line", "pattern"}
_SYMBOLS: Final = {"circle", "square", "circle-open", "square-open"}
_SHAPE: Final = {
    "type", "xref", "yref", "x0", "x1", "y0", "y1", "xanchor", "xsizemode", "fillcolor", "line", "layer",
}  # fmt: skip
_ANNOTATION: Final = {
    "text", "x", "y", "xref", "yref", "xshift", "yshift", "xanchor", "yanchor", "font", "showarrow", "align",
    "bgcolor", "borderpad", "hovertext", "width",
}  # fmt: skip
_AXIS: Final = {
    "range", "domain", "anchor", "tickmode", "tickvals", "ticktext", "tickangle", "tickfont", "showgrid", "showline",
    "showticklabels", "layer", "visible", "gridcolor", "gridwidth", "linecolor", "linewidth", "zeroline",
}  # fmt: skip
_LAYOUT: Final = {
    "template", "height", "width", "margin", "annotations", "shapes", "bargap", "barmode", "hovermode", "showlegend",
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """The plot area as SVG of the column's width less the margins; `margin` is (top, right, bottom, left), pixels."""

    svg: str
    height: float
    margin: tuple[float, float, float, float]


class _NotDrawnHereError(Exception):
    """The figure holds something that only Plotly draws."""


def to_svg(figure: go.Figure) -> Picture | None:
    """Draw the figure; None where it holds something that is not drawn here."""
    try:
        return _Sheet(figure).draw()
    except _NotDrawnHereError:
        return None


@dataclass(frozen=True)
class _Axis:
    settings: Mapping[str, Any]
    start: float
    end: float
    domain: tuple[float, float]

    def share(self, value: float) -> float:
        """The value's place along the plot area, 0-1."""
        low, high = self.domain
        return low + (high - low) * (value - self.start) / (self.end - self.start)


class _Sheet:
    def __init__(self, figure: go.Figure) -> None:
        content = figure.to_plotly_json()
        self.traces: Sequence[Mapping[str, Any]] = content["data"]
        self.layout: Mapping[str, Any] = content["layout"]
        template = self.layout.get("template", {}).get("layout", {})
        axes = {name: axis for name, axis in self.layout.items() if re.fullmatch(r"[xy]axis\d*", name)}
        _allow(self.layout.keys() - axes.keys(), _LAYOUT)
        if self.layout.get("barmode", "relative") not in ("relative", "overlay"):
            raise _NotDrawnHereError
        margin = self.layout.get("margin", {})
        self.margin = tuple(float(margin.get(side, 0)) for side in "trbl")
        self.height = float(self.layout["height"]) - self.margin[0] - self.margin[2]
        self.font = template["font"]
        self.axes = {name.replace("axis", ""): _read_axis(axis, template) for name, axis in axes.items()}

    def draw(self) -> Picture:
        texts = [self._annotation(text) for text in self.layout.get("annotations", ())]
        shapes = {layer: "".join(self._shapes(layer)) for layer in ("below", "above")}
        bars = "".join(self._bars())
        scatter = [self._scatter(trace) for trace in self.traces if trace["type"] == "scatter"]
        if any(trace["type"] not in ("scatter", "bar") for trace in self.traces):
            raise _NotDrawnHereError
        grid, lines, labels = (
            "".join(part) for part in zip(*(self._axis(name, axis) for name, axis in self.axes.items()), strict=True)
        )
        drawn, found = ("".join(part) for part in zip(*scatter, strict=True)) if scatter else ("", "")
        body = shapes["below"] + grid + lines + bars + drawn + labels + shapes["above"] + "".join(texts) + found
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{_n(self.height)}" overflow="visible" '
            f'font-family="{escape(self.font["family"])}">{body}</svg>'
        )
        return Picture(svg, float(self.layout["height"]), self.margin)  # type: ignore[arg-type]

    def _x(self, reference: str, value: float) -> float:
        return value if reference == "paper" else self._find(reference).share(value)

    def _y(self, reference: str, value: float) -> float:
        share = value if reference == "paper" else self._find(reference).share(value)
        return self.height * (1 - share)

    def _find(self, reference: str) -> _Axis:
        if reference not in self.axes:
            raise _NotDrawnHereError
        return self.axes[reference]

    def _axis(self, name: str, axis: _Axis) -> tuple[str, str, str]:
        """Grid, line and tick labels of an axis that lies below or to the left of its plot."""
        own = axis.settings
        if own.get("visible") is False:
            return "", "", ""
        across = name.startswith("x")
        other = self._find(own.get("anchor", ("y" if across else "x") + ("" if len(name) == 1 else name[1:])))
        low, high = (self.height * (1 - share) for share in other.domain) if across else other.domain
        ticks = list(zip(own.get("tickvals", ()), own.get("ticktext", own.get("tickvals", ())), strict=True))
        grid = line = labels = ""
        if own.get("showgrid"):
            stroke = _stroke(own["gridcolor"], own["gridwidth"])
            for value, _ in ticks:
                share = axis.share(value)
                if not axis.domain[0] - 1e-9 <= share <= axis.domain[1] + 1e-9:
                    continue
                # A grid line on the axis itself would lie under its line.
                grid += self._line(share, low, share, high, stroke) if across else self._level(share, low, high, stroke)
        if own.get("showline"):
            stroke = _stroke(own["linecolor"], own["linewidth"], crisp=True)
            ends = axis.domain
            if across:
                line = self._line(ends[0], low, ends[1], low, stroke)
            else:
                line = self._line(low, self.height * (1 - ends[0]), low, self.height * (1 - ends[1]), stroke)
        if own.get("showticklabels", True):
            font = own["tickfont"]
            for value, text in ticks:
                share = axis.share(value)
                if across:
                    place = {"x": share, "y": low + PAD / 2 + ASCENT * font["size"] + 0.18 * font["size"]}
                    labels += self._text(str(text), **place, anchor="center", font=font)
                else:
                    y = self.height * (1 - share) + 0.35 * font["size"]
                    labels += self._text(str(text), x=low, y=y, dx=-0.3 * font["size"], anchor="right", font=font)
        return grid, line, labels

    def _level(self, share: float, low: float, high: float, stroke: str) -> str:
        y = self.height * (1 - share)
        return self._line(low, y, high, y, stroke)

    def _line(self, x0: float, y0: float, x1: float, y1: float, stroke: str) -> str:
        return f'<line x1="{_p(x0)}" y1="{_n(y0)}" x2="{_p(x1)}" y2="{_n(y1)}" {stroke}/>'

    def _text(
        self,
        text: str,
        *,
        x: float,
        y: float,
        anchor: str,
        font: Mapping[str, Any],
        dx: float = 0,
        behind: str = "",
        hover: str = "",
    ) -> str:
        """One or more lines of text; `y` is the first line's baseline."""
        size = font.get("size", self.font["size"])
        colour = font.get("color", self.font["color"])
        weight = f' font-weight="{font["weight"]}"' if font.get("weight", 400) != 400 else ""
        shift = f' dx="{_n(dx)}"' if dx else ""
        lines = "".join(
            f'<tspan x="{_p(x)}" y="{_n(y + index * LINE * size)}"{shift}>{line}</tspan>'
            for index, line in enumerate(_read_lines(text))
        )
        back = f' paint-order="stroke" stroke="{behind}" stroke-width="4"' if behind else ""
        told = f' data-hover="{escape(hover)}"' if hover else ""
        return (
            f'<text text-anchor="{_ANCHORS[anchor]}" font-size="{_n(size)}" fill="{colour}"{weight}{back}{told}>'
            f"{lines}</text>"
        )

    def _annotation(self, note: Mapping[str, Any]) -> str:
        _allow(note.keys(), _ANNOTATION)
        if note.get("showarrow", False) or "width" in note:
            raise _NotDrawnHereError
        font = note.get("font", {})
        size = font.get("size", self.font["size"])
        rows = len(_TEXT_PARTS.sub(lambda found: "\n" if found[0] == "<br>" else "", note["text"]).split("\n"))
        if rows > 1 and note.get("align", "center") != note.get("xanchor", "center"):
            raise _NotDrawnHereError
        tall = (ASCENT + DESCENT + (rows - 1) * LINE) * size
        y = self._y(note.get("yref", "y"), note["y"]) - note.get("yshift", 0)
        pad = note.get("borderpad", PAD)
        top = {"top": y + pad, "middle": y - tall / 2, "bottom": y - tall - pad}[note.get("yanchor", "middle")]
        anchor = note.get("xanchor", "center")
        inwards = {"left": pad, "center": 0, "right": -pad}[anchor]
        return self._text(
            note["text"],
            x=self._x(note.get("xref", "x"), note["x"]),
            y=top + ASCENT * size,
            dx=note.get("xshift", 0) + inwards,
            anchor=anchor,
            font=font,
            behind=note.get("bgcolor", ""),
            hover=note.get("hovertext", ""),
        )

    def _shapes(self, layer: str) -> Iterator[str]:
        for shape in self.layout.get("shapes", ()):
            _allow(shape.keys(), _SHAPE)
            if shape["type"] not in ("line", "rect"):
                raise _NotDrawnHereError
            if (shape.get("layer", "above") == "below") != (layer == "below"):
                continue
            line = shape.get("line", {})
            stroke = _stroke(line.get("color", "none"), line.get("width", 2), line.get("dash", "solid"))
            y0, y1 = (self._y(shape.get("yref", "y"), shape[end]) for end in ("y0", "y1"))
            reference = shape.get("xref", "x")
            if shape.get("xsizemode") == "pixel":
                if shape["type"] != "line":
                    raise _NotDrawnHereError
                yield (
                    f'<svg x="{_p(self._x(reference, shape["xanchor"]))}" overflow="visible"><line '
                    f'x1="{_n(shape["x0"])}" y1="{_n(y0)}" x2="{_n(shape["x1"])}" y2="{_n(y1)}" {stroke}/></svg>'
                )
                continue
            x0, x1 = (self._x(reference, shape[end]) for end in ("x0", "x1"))
            if shape["type"] == "line":
                yield self._line(x0, y0, x1, y1, stroke)
            else:
                fill = shape.get("fillcolor", "none")
                yield _rect(x0, y0, x1, y1, f'fill="{fill}" {stroke if line.get("width", 2) else ""}')

    def _bars(self) -> Iterator[str]:
        """Bars on each other where they stand at the same place, upwards and downwards apart."""
        ends: dict[tuple[str, float, bool], float] = {}
        gap = self.layout.get("bargap", 0.2)
        bars = [trace for trace in self.traces if trace["type"] == "bar"]
        for trace in bars:
            _allow(trace.keys(), _TRACE)
            _allow(trace["marker"].keys(), _MARKER)
            lying = trace.get("orientation") == "h"
            places, lengths = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
            x_name, y_name = trace.get("xaxis", "x"), trace.get("yaxis", "y")
            apart = min((b - a for a, b in pairwise(sorted({p for one in bars for p in _places(one)}))), default=1)
            half = apart * (1 - gap) / 2
            paint, defined = _paint(trace["marker"])
            yield defined
            for index, (place, length) in enumerate(zip(places, lengths, strict=True)):
                if length is None:
                    continue
                key = (y_name, place, length < 0)
                start = 0.0 if self.layout.get("barmode") == "overlay" else ends.get(key, 0.0)
                ends[key] = start + length
                along, side = (start, start + length), (place - half, place + half)
                across, up = (along, side) if lying else (side, along)
                hover = _hover(trace, index)
                told = f' data-hover="{escape(hover)}"' if hover else ""
                yield _rect(
                    self._x(x_name, across[0]), self._y(y_name, up[0]),
                    self._x(x_name, across[1]), self._y(y_name, up[1]), paint + told,
                )  # fmt: skip

    def _scatter(self, trace: Mapping[str, Any]) -> tuple[str, str]:
        """The trace, and the unseen places that answer the pointer."""
        _allow(trace.keys(), _TRACE)
        _allow(trace.get("marker", {}).keys(), _MARKER - {"pattern"})
        mode = trace["mode"]
        if mode not in ("lines", "markers", "lines+markers") or trace.get("fill", "none") not in ("none", "toself"):
            raise _NotDrawnHereError
        x_name, y_name = trace.get("xaxis", "x"), trace.get("yaxis", "y")
        points = [
            None if x is None or y is None else (self._x(x_name, x), self._y(y_name, y))
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        drawn = self._runs(trace, points) if "lines" in mode else ""
        found = []
        for index, point in enumerate(points):
            if point is None:
                continue
            if "markers" in mode:
                drawn += _mark(trace["marker"], index, *point)
            if hover := _hover(trace, index):
                found.append(
                    f'<circle cx="{_p(point[0])}" cy="{_n(point[1])}" r="{REACH}" fill="none" pointer-events="all" '
                    f'data-hover="{escape(hover)}"/>'
                )
        if trace.get("cliponaxis", True) and "lines" in mode and any(p and not self._inside(p) for p in points):
            drawn = f'<svg width="100%" height="{_n(self.height)}">{drawn}</svg>'
        return drawn, "".join(found)

    def _inside(self, point: tuple[float, float]) -> bool:
        return -1e-6 <= point[0] <= 1 + 1e-6 and -1e-3 <= point[1] <= self.height + 1e-3

    def _runs(self, trace: Mapping[str, Any], points: Sequence[tuple[float, float] | None]) -> str:
        """The unbroken runs of a line: a straight one in per cent, a bent one on the stretched sheet."""
        line = trace.get("line", {})
        if line.get("shape", "linear") not in ("linear", "hv"):
            raise _NotDrawnHereError
        filled = trace.get("fill") == "toself"
        width = line.get("width", 2)
        stroke = _stroke(line["color"], width, line.get("dash", "solid")) if width and "color" in line else ""
        straight, bent = "", ""
        for run in _split(points):
            if len(run) == 1:
                continue
            if len(run) == 2 and not filled and line.get("shape") != "hv":
                straight += self._line(*run[0], *run[1], stroke)
                continue
            steps = [(b[0], a[1]) for a, b in pairwise(run)] if line.get("shape") == "hv" else []
            path = [run[0], *((p for pair in zip(steps, run[1:], strict=True) for p in pair) if steps else run[1:])]
            bent += "M" + "L".join(f"{_n(x * STRETCH)},{_n(y)}" for x, y in path) + ("Z" if filled else "")
        if bent:
            fill = trace.get("fillcolor", "none") if filled else "none"
            bent = (
                f'<svg width="100%" height="{_n(self.height)}" viewBox="0 0 {STRETCH} {_n(self.height)}" '
                f'preserveAspectRatio="none" overflow="visible"><path d="{bent}" fill="{fill}" {stroke} '
                'stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
            )
        return straight + bent


def _allow(found: Any, known: set[str]) -> None:
    if not set(found) <= known:
        raise _NotDrawnHereError


def _read_axis(axis: Mapping[str, Any], template: Mapping[str, Any]) -> _Axis:
    _allow(axis.keys(), _AXIS)
    if "range" not in axis or (axis.get("tickvals") is None and axis.get("showticklabels", True) and _is_seen(axis)):
        raise _NotDrawnHereError
    if axis.get("tickangle", 0) or not all(isinstance(end, int | float) for end in axis["range"]):
        raise _NotDrawnHereError
    settings = {**template["xaxis"], **axis}
    settings["tickfont"] = {**template["xaxis"]["tickfont"], **axis.get("tickfont", {})}
    start, end = axis["range"]
    low, high = axis.get("domain", (0, 1))
    return _Axis(settings, start, end, (low, high))


def _is_seen(axis: Mapping[str, Any]) -> bool:
    return axis.get("visible", True) is not False


def _read_lines(text: str) -> list[str]:
    """The text's lines as SVG, bold where it is bold. Only <b> and <br> are known."""
    lines, bold = [""], False
    for part in _TEXT_PARTS.split(text):
        if part == "<br>":
            lines.append("")
        elif part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif re.search(r"<[a-z/]", part):
            raise _NotDrawnHereError
        elif part:
            # Plotly reads entities in its texts, so ours are written with them.
            words = escape(part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            lines[-1] += f'<tspan font-weight="600">{words}</tspan>' if bold else words
    return lines


def _places(bar: Mapping[str, Any]) -> Sequence[float]:
    return bar["y"] if bar.get("orientation") == "h" else bar["x"]  # type: ignore[no-any-return]


def _hover(trace: Mapping[str, Any], index: int) -> str:
    if trace.get("hoverinfo") in ("skip", "none") or "text" not in trace:
        return ""
    text = trace["text"]
    return str(text if isinstance(text, str) else text[index] or "")


def _split(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _mark(marker: Mapping[str, Any], index: int, x: float, y: float) -> str:
    def own(value: Any) -> Any:
        return value[index] if isinstance(value, list | tuple) else value

    symbol, size, colour = own(marker.get("symbol", "circle")), own(marker.get("size", 6)), own(marker["color"])
    if symbol not in _SYMBOLS:
        raise _NotDrawnHereError
    line = marker.get("line", {})
    width = own(line.get("width", 1 if symbol.endswith("-open") else 0))
    fill, edge = ("none", colour) if symbol.endswith("-open") else (colour, own(line.get("color", "none")))
    style = f'fill="{fill}"' + (f' stroke="{edge}" stroke-width="{_n(width)}"' if width else "")
    if symbol.startswith("circle"):
        return f'<circle cx="{_p(x)}" cy="{_n(y)}" r="{_n(size / 2)}" {style}/>'
    return (
        f'<svg x="{_p(x)}" y="{_n(y)}" overflow="visible"><rect x="{_n(-size / 2)}" y="{_n(-size / 2)}" '
        f'width="{_n(size)}" height="{_n(size)}" {style}/></svg>'
    )


def _paint(marker: Mapping[str, Any]) -> tuple[str, str]:
    """Fill and edge of a bar, and what has to be defined for it."""
    line = marker.get("line", {})
    edge = f' stroke="{line["color"]}" stroke-width="{_n(line["width"])}"' if line.get("width") else ""
    pattern = marker.get("pattern", {})
    if not pattern.get("shape"):
        return f'fill="{marker["color"]}"{edge}', ""
    if pattern["shape"] != "/":
        raise _NotDrawnHereError
    ground, ink = pattern.get("bgcolor", "none"), pattern.get("fgcolor", marker["color"])
    size, wide = pattern.get("size", 8), pattern.get("size", 8) * pattern.get("solidity", 0.3)
    name = "fd-" + re.sub(r"\W", "", f"{ground}{ink}{size}")
    defined = (
        f'<defs><pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{size}" height="{size}" fill="{ground}"/>'
        f'<rect width="{_n(wide)}" height="{size}" fill="{ink}"/></pattern></defs>'
    )
    return f'fill="url(#{name})"{edge}', defined


def _rect(x0: float, y0: float, x1: float, y1: float, style: str) -> str:
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return (
        f'<rect x="{_p(left)}" y="{_n(top)}" width="{_p(right - left)}" height="{_n(bottom - top)}" {style.strip()}/>'
    )


def _stroke(colour: str, width: float, dash: str = "solid", *, crisp: bool = False) -> str:
    text = f'stroke="{colour}" stroke-width="{_n(width)}"'
    if dash in _DASHES:
        parts = [f"{_n(part * max(width, 3))}" for part in _DASHES[dash]]
    else:
        parts = re.findall(r"[\d.]+", dash)
    if parts:
        text += f' stroke-dasharray="{" ".join(parts)}"'
    return text + (' shape-rendering="crispEdges"' if crisp else "")


def _n(number: float) -> str:
    return f"{round(float(number), 2):g}" if abs(number) < 1e5 else str(round(number))


def _p(share: float) -> str:
    return f"{round(100 * float(share), 3):g}%"
