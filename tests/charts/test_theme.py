"""The values of the visual language, recomputed: contrast, lightness, difference in all four visions."""

from itertools import combinations

import plotly.io as pio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.charts import colour
from finsam_dash.charts.theme import (
    CATEGORICAL,
    DIVERGING,
    FONT_FOLDER,
    MEDIA,
    SCREEN,
    SEQUENTIAL,
    Palette,
    judge_accent,
    themed,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")

ROLES = {  # role: contrast on white, L*
    "text": (16.5, 12),
    "text_2": (8.2, 34),
    "riket": (6.0, 42),
    "axis": (3.5, 57),
    "data": (6.5, 40),
    "uncertainty": (3.3, 59),
    "look_here": (4.5, 50),
    "context": (4.6, 49),
    "refused": (7.5, 36),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_contrast_and_lightness_that_it_is_chosen_for(role: str) -> None:
    value = getattr(Palette(), role)
    assert round(colour.contrast(value), 1) == ROLES[role][0]
    assert round(colour.lab(value).lightness) == ROLES[role][1]


def test_text_stands_on_every_background() -> None:
    palette = Palette()
    for background in (palette.field, palette.info_background):
        assert colour.contrast(palette.text, background) >= 14


def test_roles_differ_in_all_four_visions() -> None:
    palette = Palette()
    assert round(colour.smallest_difference(palette.data, palette.look_here)) == 49
    assert round(colour.smallest_difference(palette.data, palette.uncertainty)) == 18
    assert round(colour.smallest_difference(palette.data, palette.context)) == 18


def test_categories_differ_in_all_four_visions() -> None:
    def smallest(colours: tuple[str, ...]) -> float:
        return min(colour.smallest_difference(one, other) for one, other in combinations(colours, 2))

    assert round(smallest(CATEGORICAL[:5]), 1) >= 18.9
    assert round(smallest(CATEGORICAL), 1) >= 8.5
    assert min(colour.contrast(value) for value in CATEGORICAL) >= 3.05
    assert [round(colour.lab(value).lightness) for value in CATEGORICAL[:5]] == [40, 53, 13, 61, 29]
    assert len(CATEGORICAL) == len(SEQUENTIAL) == len(DIVERGING) == 10


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_agrees_with_the_published_pairs(
    first: tuple[float, float, float], second: tuple[float, float, float], expected: float
) -> None:
    """Source: Sharma, Wu & Dalal (2005), table 1."""
    assert colour.difference(colour.Lab(*first), colour.Lab(*second)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("seen", "vision"), [("#1358AA", "deutan"), ("#3565AF", "protan"), ("#006A82", "tritan"), ("#1B5EAC", "normal")]
)
def test_simulation_agrees_with_the_table_of_colours(seen: str, vision: str) -> None:
    """The visual language's own picture of its colours, read off in whole RGB steps."""
    assert colour.simulate("#1B5EAC", vision) == seen


@given(COLOURS, COLOURS)
def test_contrast_and_difference_are_symmetric(one: str, other: str) -> None:
    assert colour.contrast(one, other) == colour.contrast(other, one) >= 1
    first, second = colour.lab(one), colour.lab(other)
    assert colour.difference(first, second) == pytest.approx(colour.difference(second, first), abs=1e-9)
    assert colour.difference(first, first) == 0


@given(COLOURS)
def test_an_accent_is_used_only_where_it_keeps_the_rules(accent: str) -> None:
    default = Palette()
    judged = judge_accent(accent)
    assert judged.as_accent or judged.reasons
    if judged.as_accent:
        assert colour.contrast(judged.palette.accent) >= 4.5
    else:
        assert judged.palette == default
    if not judged.reasons and accent != default.data:
        assert 25 <= colour.lab(judged.palette.data).lightness <= 48
        assert colour.smallest_difference(judged.palette.data, default.look_here) >= 20
        assert colour.smallest_difference(judged.palette.data, default.text) >= 18
        assert 3.3 <= colour.contrast(judged.palette.uncertainty) < 3.4
    else:
        assert judged.palette.data == default.data
        assert judged.palette.uncertainty == default.uncertainty


@pytest.mark.parametrize(
    ("accent", "as_accent", "reasons"),
    [
        ("#2B6A6C", True, ()),
        ("#1b5eac", True, ()),
        ("", False, ()),
        ("#FFCC00", False, ("for_svag", "ljushet")),
        ("#A3202B", True, ("nara_titta_har",)),
        ("#111111", True, ("ljushet", "nara_text")),
        ("blå", False, ("ingen_farg",)),
    ],
)
def test_worked_accents(accent: str, as_accent: bool, reasons: tuple[str, ...]) -> None:
    judged = judge_accent(accent)
    assert (judged.as_accent, judged.reasons) == (as_accent, reasons)
    assert themed(SCREEN, accent).palette == judged.palette


def test_every_medium_has_a_template_of_its_own_and_the_default_is_left_alone() -> None:
    before = pio.templates.default
    for theme in MEDIA.values():
        layout = pio.templates[theme.template].layout
        assert layout.font.size == theme.medium.label
        assert layout.separators == ",\u00a0"
        assert layout.paper_bgcolor == "#FFFFFF"
    assert pio.templates.default == before
    assert MEDIA["slide"].at_width(700).medium.width == 700


def test_marks_have_the_sizes_of_the_table() -> None:
    screen, slide, paper = (MEDIA[name].medium for name in ("screen", "slide", "print"))
    assert (screen.point, slide.point) == (11, 20)
    assert (screen.bar, slide.bar) == (6, 12)
    assert (screen.target, slide.target) == (2.5, 4)
    assert (screen.riket, screen.riket_dash, slide.riket, slide.riket_dash) == (2, "6px,4px", 4, "14px,8px")
    assert paper.point * 0.75 == pytest.approx(7)
    assert paper.bar * 0.75 == pytest.approx(4)
    assert (screen.point_look_here, slide.point_look_here) == (13, 22)
    assert min(slide.line, slide.axis, slide.target, slide.riket) >= 3
    assert slide.grid == 0


def test_a_colour_must_be_written_in_full() -> None:
    with pytest.raises(ValueError, match="'#FFF' is not #RRGGBB"):
        colour.read_rgb("#FFF")


def test_the_fonts_and_their_licence_are_shipped() -> None:
    names = {path.name for path in FONT_FOLDER.iterdir()}
    assert {"SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf", "SourceSans3-Bold.ttf", "OFL.txt"} <= names
