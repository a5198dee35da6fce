"""The only home of colour, type and mark sizes: one visual language for screen, slide and print.

Blue is outcome, black target, dashed grey riket, a pale bar uncertainty, orange "titta här" (never "bad").
Every colour has a shape and a word beside it. Sizes are CSS pixels; print sizes are points turned into pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import plotly.graph_objects as go
import plotly.io as pio

from finsam_dash.charts.colour import contrast, is_colour, lab, lighten, smallest_difference

FONT_FOLDER: Final = Path(__file__).with_name("fonts")
FONT_NAME: Final = "Source Sans 3"
FONT_FAMILY: Final = '"Source Sans 3", "Source Sans", Calibri, Arial, sans-serif'
WEIGHT_REGULAR: Final = 400
WEIGHT_SEMIBOLD: Final = 600
WEIGHT_BOLD: Final = 700

SEPARATORS: Final = ",\u00a0"
"""Plotly's layout.separators: decimal comma, and a no-break space between thousands."""


@dataclass(frozen=True)
class Palette:
    """A colour for each role. Contrast on white and L* stand in the visual language; the tests recompute them."""

    text: str = "#16202B"
    text_2: str = "#47505B"
    target: str = "#16202B"
    riket: str = "#5A6470"
    axis: str = "#828A95"
    data: str = "#1B5EAC"
    uncertainty: str = "#6690BF"
    look_here: str = "#C45500"
    context: str = "#71767C"
    refused: str = "#A3202B"
    rule: str = "#C9CFD6"
    grid: str = "#E4E8EC"
    field: str = "#F4F6F8"
    background: str = "#FFFFFF"
    info_background: str = "#EDF3FA"
    accent: str = "#1B5EAC"


CATEGORICAL: Final = (
    "#1B5EAC", "#AB7403", "#390A43", "#579EA1", "#851E00", "#71767C", "#043839", "#C44676", "#7A6BE6", "#5A633B",
)  # fmt: skip
SEQUENTIAL: Final = (
    "#E6F0FB", "#C8DAEF", "#A9C5E6", "#8BB0DC", "#6D9CCF", "#5087C2", "#3372B4", "#125DA3", "#004A89", "#033869",
)  # fmt: skip
DIVERGING: Final = (
    "#7B3702", "#A74F0C", "#C97847", "#E2A989", "#EFD9CD", "#D0E0F2", "#95BBE7", "#5E93CD", "#256BB1", "#044884",
)  # fmt: skip


@dataclass(frozen=True)
class Medium:
    """Sizes in CSS pixels for one medium.

    `width` is the figure's own on slide and page. On the screen figures follow their column: there it is the narrowest
    that the column becomes, in a window of 1280 with the sidebar, and what fits in it fits in all that are wider.
    """

    name: str
    width: int
    title: float
    finding: float
    body: float
    label: float
    tick: float
    footer: float
    point: float
    point_look_here: float
    ring: float
    halo: float
    month_point: float
    bar: float
    target: float
    riket: float
    riket_dash: str
    line: float
    axis: float
    grid: float
    row: float
    dense_row: float
    gap: float


_PT: Final = 4 / 3
"""CSS pixels a point."""

SCREEN_MEDIUM: Final = Medium(
    name="screen", width=950, title=28, finding=20, body=16, label=14, tick=13, footer=13, point=11,
    point_look_here=13, ring=2.5, halo=2, month_point=6, bar=6, target=2.5, riket=2, riket_dash="6px,4px", line=2.5,
    axis=1, grid=1, row=34, dense_row=27, gap=6,
)  # fmt: skip
SLIDE_MEDIUM: Final = Medium(
    name="slide", width=1168, title=40, finding=24, body=24, label=24, tick=22, footer=16, point=20,
    point_look_here=22, ring=4, halo=3, month_point=9, bar=12, target=4, riket=4, riket_dash="14px,8px", line=4,
    axis=3, grid=0, row=60, dense_row=60, gap=10,
)  # fmt: skip
PRINT_MEDIUM: Final = Medium(
    name="print", width=605, title=18 * _PT, finding=11 * _PT, body=10.5 * _PT, label=9 * _PT, tick=8.5 * _PT,
    footer=8.5 * _PT, point=7 * _PT, point_look_here=8.5 * _PT, ring=1.5 * _PT, halo=1.25 * _PT, month_point=3.5 * _PT,
    bar=4 * _PT, target=1.5 * _PT, riket=1.25 * _PT, riket_dash="6.7px,4px", line=1.5 * _PT, axis=0.75 * _PT,
    grid=0.5 * _PT, row=25, dense_row=22, gap=4,
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """A medium with its colours: what every chart function is given."""

    medium: Medium
    palette: Palette = Palette()

    @property
    def template(self) -> str:
        """The name of the registered Plotly template of this medium."""
        return f"finsam_{self.medium.name}"

    def at_width(self, width: int) -> Theme:
        """The same theme for a figure of another logical width in pixels."""
        return replace(self, medium=replace(self.medium, width=width))

    @property
    def is_slide(self) -> bool:
        return self.medium.name == "slide"


SCREEN: Final = Theme(SCREEN_MEDIUM)
SLIDE: Final = Theme(SLIDE_MEDIUM)
PRINT: Final = Theme(PRINT_MEDIUM)
MEDIA: Final = {theme.medium.name: theme for theme in (SCREEN, SLIDE, PRINT)}


def _template(theme: Theme) -> go.layout.Template:
    palette, medium = theme.palette, theme.medium
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "linecolor": palette.axis,
        "linewidth": medium.axis,
        "gridcolor": palette.grid,
        "gridwidth": medium.grid,
        "tickfont": {"size": medium.tick, "color": palette.text_2},
        "title": {"font": {"size": medium.tick, "color": palette.text_2}},
        "fixedrange": True,
        "automargin": False,
        "separatethousands": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT_FAMILY, "size": medium.label, "color": palette.text},
            "colorway": list(CATEGORICAL),
            "colorscale": {
                "sequential": [[index / 9, colour] for index, colour in enumerate(SEQUENTIAL)],
                "diverging": [[index / 9, colour] for index, colour in enumerate(DIVERGING)],
            },
            "paper_bgcolor": palette.background,
            "plot_bgcolor": palette.background,
            "separators": SEPARATORS,
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": palette.background,
                "bordercolor": palette.axis,
                "font": {"family": FONT_FAMILY, "size": medium.label, "color": palette.text},
                "align": "left",
            },
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"showarrow": False, "font": {"size": medium.label, "color": palette.text}},
        }
    )


# `import streamlit` replaces plotly's default template with a placeholder that exports come out black from:
# every figure names its own.
for _theme in MEDIA.values():
    pio.templates[_theme.template] = _template(_theme)


LOWEST_ACCENT_CONTRAST: Final = 4.5
DATA_LIGHTNESS: Final = (25.0, 48.0)
DATA_FROM_LOOK_HERE: Final = 20.0
DATA_FROM_INK: Final = 18.0
UNCERTAINTY_CONTRAST: Final = 3.3


@dataclass(frozen=True)
class AccentJudgement:
    """Where a förbund's own colour may be used: in the frame (`as_accent`), and why not for data too.

    `reasons` are codes: "ingen_farg", "for_svag", "ljushet", "nara_titta_har", "nara_text";
    empty when it is.
    `palette` is the palette to draw with.
    """

    colour: str
    as_accent: bool
    reasons: tuple[str, ...]
    palette: Palette


def judge_accent(colour: str) -> AccentJudgement:
    """Judge a förbund's accent by the visual language.

    The frame asks 4.5:1 on white; data also L* 25-48, ΔE2000 at least 20 to
    "titta här" and 18 to ink in all four visions. Where it replaces data, uncertainty is its hue lightened to 3.3:1.
    An empty text is "no accent" and gives the default.
    """
    default = Palette()
    if not colour:
        return AccentJudgement("", False, (), default)
    if not is_colour(colour):
        return AccentJudgement(colour, False, ("ingen_farg",), default)
    colour = colour.upper()
    if colour == default.data:
        return AccentJudgement(colour, True, (), default)
    reasons = []
    as_accent = contrast(colour) >= LOWEST_ACCENT_CONTRAST
    if not as_accent:
        reasons.append("for_svag")
    if not DATA_LIGHTNESS[0] <= lab(colour).lightness <= DATA_LIGHTNESS[1]:
        reasons.append("ljushet")
    if smallest_difference(colour, default.look_here) < DATA_FROM_LOOK_HERE:
        reasons.append("nara_titta_har")
    if smallest_difference(colour, default.text) < DATA_FROM_INK:
        reasons.append("nara_text")
    if not as_accent:
        return AccentJudgement(colour, False, tuple(reasons), default)
    if reasons:
        return AccentJudgement(colour, True, tuple(reasons), replace(default, accent=colour))
    palette = replace(default, accent=colour, data=colour, uncertainty=lighten(colour, UNCERTAINTY_CONTRAST))
    return AccentJudgement(colour, True, (), palette)


def themed(theme: Theme, accent: str) -> Theme:
    """The theme with a förbund's accent where it is allowed, else as it is."""
    return replace(theme, palette=judge_accent(accent).palette)
