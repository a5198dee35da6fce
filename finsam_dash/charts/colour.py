"""Colour as the eye meets it: contrast, lightness, difference, and how it looks to the colour-blind.

A colour is "#RRGGBB" on the way in; nothing here knows which colours the product uses.
"""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

# Severity 1.0. Source: Machado, Oliveira & Fernandes (2009), IEEE TVCG 15(6).
_PROTAN: Final[Matrix] = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_DEUTAN: Final[Matrix] = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
# Machado's model is not meant for tritan vision. Source: Brettel, Viénot & Mollon (1997), two half-planes, for sRGB.
_TRITAN_FIRST: Final[Matrix] = (
    (1.01277, 0.13548, -0.14826),
    (-0.01243, 0.86812, 0.14431),
    (0.07589, 0.80500, 0.11911),
)
_TRITAN_SECOND: Final[Matrix] = (
    (0.93678, 0.18979, -0.12657),
    (0.06154, 0.81526, 0.12320),
    (-0.37562, 1.12767, 0.24796),
)
_TRITAN_NORMAL: Final[Triple] = (0.03901, -0.02788, -0.01113)

_TO_XYZ: Final[Matrix] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final[Triple] = (0.95047, 1.0, 1.08883)

VISIONS: Final = ("normal", "protan", "deutan", "tritan")


class Lab(NamedTuple):
    """CIELAB under D65."""

    lightness: float
    a: float
    b: float


def is_colour(text: str) -> bool:
    """Whether the text is a colour as we write one: "#" and six hexadecimal digits."""
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is not None


def read_rgb(colour: str) -> Triple:
    """Red, green and blue as 0-1. Raises ValueError for anything but "#RRGGBB"."""
    if not is_colour(colour):
        raise ValueError(f"{colour!r} is not #RRGGBB")
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _write_rgb(rgb: Triple) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in rgb)


def _linear(rgb: Triple) -> Triple:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return red, green, blue


def _gamma(rgb: Triple) -> Triple:
    clipped = (min(1.0, max(0.0, part)) for part in rgb)
    red, green, blue = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in clipped)
    return red, green, blue


def _times(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (sum(cell * part for cell, part in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def luminance(colour: str) -> float:
    """Relative luminance 0-1. Source: WCAG 2.2."""
    return _times(_TO_XYZ, _linear(read_rgb(colour)))[1]


def contrast(one: str, other: str = "#FFFFFF") -> float:
    """Contrast 1-21 between two colours. Source: WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str) -> Lab:
    """CIELAB of an sRGB colour under D65; `lightness` (L*) is what is left in grey print."""
    return _lab_of(_linear(read_rgb(colour)))


def _lab_of(linear: Triple) -> Lab:
    x, y, z = (part / white for part, white in zip(_times(_TO_XYZ, linear), _WHITE, strict=True))

    def root(part: float) -> float:
        return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    return Lab(116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z)))


def _simulated(colour: str, vision: str) -> Triple:
    """Linear light 0-1 as the vision meets it, not rounded to a colour of eight bits."""
    linear = _linear(read_rgb(colour))
    if vision == "normal":
        return linear
    if vision == "tritan":
        side = sum(part * normal for part, normal in zip(linear, _TRITAN_NORMAL, strict=True))
        matrix = _TRITAN_FIRST if side >= 0 else _TRITAN_SECOND
    else:
        matrix = {"protan": _PROTAN, "deutan": _DEUTAN}[vision]
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(matrix, linear))
    return red, green, blue


def simulate(colour: str, vision: str) -> str:
    """The colour as protan, deutan or tritan eyes see it; "normal" gives it back."""
    return _write_rgb(_gamma(_simulated(colour, vision)))


def difference(first: Lab, second: Lab) -> float:
    """ΔE2000 between two colours. Source: Sharma, Wu & Dalal (2005), Color Res Appl 30:21-30."""
    mean_chroma = (math.hypot(first.a, first.b) + math.hypot(second.a, second.b)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    a1, a2 = first.a * stretch, second.a * stretch
    c1, c2 = math.hypot(a1, first.b), math.hypot(a2, second.b)
    h1, h2 = math.degrees(math.atan2(first.b, a1)) % 360, math.degrees(math.atan2(second.b, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    lightness, chroma = (first.lightness + second.lightness) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))

    def cos(degrees: float) -> float:
        return math.cos(math.radians(degrees))

    weight = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.20 * cos(4 * hue - 63)
    scale_l = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    scale_c, scale_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * weight
    twist = -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    twist *= 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    part_l = (second.lightness - first.lightness) / scale_l
    part_c, part_h = (c2 - c1) / scale_c, d_hue / scale_h
    return math.sqrt(part_l**2 + part_c**2 + part_h**2 + twist * part_c * part_h)


def smallest_difference(one: str, other: str) -> float:
    """The smallest ΔE2000 between two colours in normal, protan, deutan and tritan vision."""
    return min(difference(_lab_of(_simulated(one, vision)), _lab_of(_simulated(other, vision))) for vision in VISIONS)


def lighten(colour: str, target_contrast: float) -> str:
    """The colour mixed with white until its contrast on white is the lowest that still reaches the target."""
    red, green, blue = read_rgb(colour)

    def mixed(share: float) -> str:
        return _write_rgb((red + (1 - red) * share, green + (1 - green) * share, blue + (1 - blue) * share))

    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if contrast(mixed(middle)) >= target_contrast else (low, middle)
    return mixed(low)


def see_through(colour: str, opacity: float) -> str:
    """The colour as "rgba(…)" with so much opacity (0-1)."""
    red, green, blue = (round(part * 255) for part in read_rgb(colour))
    return f"rgba({red},{green},{blue},{opacity:g})"
