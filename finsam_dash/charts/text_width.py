"""How wide a text is drawn, measured in the shipped font."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from PIL import ImageFont

from finsam_dash.charts.theme import FONT_FOLDER

# Arial, the last fallback, is 8 % wider than Source Sans 3.
SLACK: Final = 1.08
_MEASURE_SIZE: Final = 100


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "SourceSans3-Bold.ttf" if bold else "SourceSans3-Regular.ttf"
    return ImageFont.truetype(FONT_FOLDER / name, _MEASURE_SIZE)


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width in pixels of one line of text at a font size in pixels, with slack for a fallback font."""
    return _font(bold).getlength(text) * size / _MEASURE_SIZE * SLACK


def plain_text(text: str) -> str:
    """The text without the tags that Plotly understands."""
    return re.sub(r"<[^>]*>", "", text)


def widest(texts: Iterable[str], size: float, bold: bool = False) -> float:
    """The width of the widest of the texts; 0 for none."""
    return max((text_width(text, size, bold) for text in texts), default=0.0)


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`; a word that is wider stands alone. No-break spaces hold."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with "…" where it is wider than `width`."""
    if text_width(text, size, bold) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        cut = text[:length].rstrip() + "…"
        if text_width(cut, size, bold) <= width:
            return cut
    return "…"
