"""Figures as SVG: places and texts against a second reading of the figure, and what is left to Plotly."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_chart_goldens import CHARTS

from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.svg import Picture, to_svg
from finsam_dash.charts.theme import SCREEN

NAMESPACE = "{http://www.w3.org/2000/svg}"
LEFT_TO_PLOTLY = {"tratt", "granser", "efterslapning", "forsorjning"}
"""The charts whose drawing holds more than is drawn here."""


def make_drawing(ends: tuple[float, float] = (0, 1)) -> Drawing:
    """An empty plot of 100 pixels' height on 0-10 upwards."""
    drawing = Drawing(SCREEN)
    drawing.update_layout(height=150, margin={"l": 40, "r": 60, "t": 20, "b": 30})
    drawing.update_xaxes(range=list(ends), tickmode="array", tickvals=[ends[0]], ticktext=["noll"], showline=True)
    drawing.update_yaxes(range=[0, 10], showticklabels=False)
    return drawing


def draw(drawing: Drawing) -> tuple[Picture, ElementTree.Element]:
    picture = to_svg(drawing.build())
    assert picture is not None
    return picture, ElementTree.fromstring(picture.svg)


def find(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(root.iter(NAMESPACE + name))


def test_the_picture_has_the_height_and_margins_of_the_figure():
    picture, root = draw(make_drawing())
    assert (picture.height, picture.margin) == (150, (20, 60, 30, 40))
    assert (root.get("width"), root.get("height")) == ("100%", "100")


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 10)), min_size=1, max_size=8))
def test_every_mark_stands_at_its_share_of_the_axes(points):
    drawing = make_drawing()
    drawing.add_scatter(
        x=[x for x, _ in points], y=[y for _, y in points], mode="markers", marker={"size": 8, "color": "#1B5EAC"},
        text=[f"punkt {index}" for index in range(len(points))], cliponaxis=False,
    )  # fmt: skip
    _, root = draw(drawing)
    circles = find(root, "circle")
    marks = [mark for mark in circles if mark.get("data-hover") is None]
    for found in (marks, [mark for mark in circles if mark.get("data-hover") is not None]):
        assert len(found) == len(points)
        for mark, (x, y) in zip(found, points, strict=True):
            assert float(mark.get("cx").rstrip("%")) == pytest.approx(x * 100, abs=0.001)
            assert float(mark.get("cy")) == pytest.approx(100 - y * 10, abs=0.01)
    assert [mark.get("r") for mark in marks] == ["4"] * len(points)


def test_a_point_that_is_lacking_breaks_the_line():
    drawing = make_drawing((0, 4))
    drawing.add_scatter(
        x=[0, 1, 2, 3, 4], y=[0, 5, None, 5, 10], mode="lines", line={"color": "#16202B", "width": 2}, hoverinfo="skip"
    )
    _, root = draw(drawing)
    ends = [
        tuple(line.get(name) for name in ("x1", "y1", "x2", "y2"))
        for line in find(root, "line")
        if line.get("stroke") == "#16202B"
    ]
    assert ends == [("0%", "100", "25%", "50"), ("75%", "50", "100%", "0")]


def test_a_bent_line_goes_through_its_points_on_the_stretched_sheet():
    drawing = make_drawing((0, 4))
    drawing.add_scatter(x=[0, 1, 4], y=[0, 5, 10], mode="lines", line={"color": "#16202B"}, hoverinfo="skip")
    drawing.add_scatter(x=[0, 1, 4], y=[0, 5, 10], mode="lines", line={"color": "#16202B", "shape": "hv"})
    _, root = draw(drawing)
    linear, steps = (path.get("d") for path in find(root, "path"))
    assert linear == "M0,100L250,50L1000,0"
    assert steps == "M0,100L250,100L250,50L1000,50L1000,0"
    assert {path.get("vector-effect") for path in find(root, "path")} == {"non-scaling-stroke"}


def test_bars_stand_on_each_other_upwards_and_downwards_apart():
    drawing = make_drawing((-0.5, 1.5))
    drawing.update_yaxes(range=[-10, 10])
    drawing.update_layout(barmode="relative", bargap=0.5)
    for heights in ([2, 3], [4, None], [-5, -1]):
        drawing.add_bar(x=[0, 1], y=heights, marker={"color": "#1B5EAC"})
    _, root = draw(drawing)
    boxes = [tuple(box.get(name) for name in ("x", "y", "width", "height")) for box in find(root, "rect")]
    # 20 units in 100 pixels; a bar is half a unit of two wide.
    assert boxes == [
        ("12.5%", "40", "25%", "10"),
        ("62.5%", "35", "25%", "15"),
        ("12.5%", "20", "25%", "20"),
        ("12.5%", "50", "25%", "25"),
        ("62.5%", "50", "25%", "5"),
    ]


def test_texts_keep_lines_and_bold_and_what_looks_like_markup():
    drawing = make_drawing()
    drawing.add_annotation(
        x=0.5, y=1, yref="paper", xshift=-7, text="<b>A &amp; B</b><br>x &lt; 3", xanchor="left", align="left"
    )
    _, root = draw(drawing)
    text = next(one for one in find(root, "text") if "A" in "".join(one.itertext()))
    first, second = (part for part in text if part.tag == NAMESPACE + "tspan")
    assert ("".join(first.itertext()), "".join(second.itertext())) == ("A & B", "x < 3")
    assert first[0].get("font-weight") == "600"
    assert (first.get("x"), first.get("dx"), text.get("text-anchor")) == ("50%", "-6", "start")
    apart = float(second.get("y")) - float(first.get("y"))
    assert apart == pytest.approx(1.3 * SCREEN.medium.label, abs=0.01)


def test_a_name_cannot_leave_its_text_or_attribute():
    drawing = make_drawing()
    evil = '"><image href="x" onerror="y()"/>'
    drawing.add_annotation(x=0, y=1, text="namn", hovertext=evil)
    drawing.add_scatter(
        x=[0.5], y=[5], mode="markers", marker={"size": 8, "color": "#1B5EAC"}, text=[evil], cliponaxis=False
    )
    _, root = draw(drawing)
    assert not find(root, "image")
    assert [one.get("data-hover") for one in root.iter() if one.get("data-hover")] == [evil, evil]


def add_pie(drawing: Drawing) -> None:
    drawing._traces.append({"type": "pie", "values": [1, 2]})


@pytest.mark.parametrize(
    "spoil",
    [
        add_pie,
        lambda drawing: drawing.add_scatter(x=[0], y=[0], mode="markers+text", text=["a"]),
        lambda drawing: drawing.add_scatter(x=[0], y=[0], mode="lines", line={"shape": "spline"}),
        lambda drawing: drawing.add_scatter(
            x=[0], y=[0], mode="markers", marker={"symbol": "star", "size": 4, "color": "#1B5EAC"}
        ),
        lambda drawing: drawing.add_shape(type="path", path="M0,0L1,1"),
        lambda drawing: drawing.add_annotation(x=0, y=0, text="<i>a</i>"),
        lambda drawing: drawing.add_annotation(x=0, y=0, text="a", showarrow=True),
        lambda drawing: drawing.update_xaxes(range=None),
        lambda drawing: drawing.update_xaxes(tickangle=45),
        lambda drawing: drawing.update_layout(barmode="group"),
        lambda drawing: drawing.update_layout(showlegend=True, legend={"x": 0}),
    ],
)
def test_what_is_not_known_is_left_to_plotly(spoil):
    drawing = make_drawing()
    assert to_svg(drawing.build()) is not None
    spoil(drawing)
    assert to_svg(drawing.build()) is None


@pytest.mark.parametrize("name", CHARTS)
def test_the_charts_of_the_screen_are_drawn_here_with_every_text_and_mark(name: str):
    figure = CHARTS[name](SCREEN)[0]
    picture = to_svg(figure)
    assert (picture is None) == (name in LEFT_TO_PLOTLY)
    if picture is None:
        return
    root = ElementTree.fromstring(picture.svg)
    said = ["".join(text.itertext()) for text in find(root, "text")]
    for note in figure.layout.annotations:
        assert unescape(re.sub("<br>|</?b>", "", note.text)) in said
    hovers = [one.get("data-hover") for one in root.iter() if one.get("data-hover")]
    for trace in figure.data:
        if trace.hoverinfo != "skip" and trace.text is not None:
            wanted = [trace.text] if isinstance(trace.text, str) else [text for text in trace.text if text]
            assert set(wanted) <= set(hovers)
