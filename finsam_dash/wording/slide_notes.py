"""What the speaker has at hand: how each number of a slide is counted, of what, and where that is laid down."""

from __future__ import annotations

from finsam_dash.indicators.registry import load_registry
from finsam_dash.wording.definitions import find_definition
from finsam_dash.wording.method import METHOD_NOTE
from finsam_dash.wording.slides import Slide


def format_slide_notes(slide: Slide) -> tuple[str, ...]:
    """Paragraphs: the definition of each measure, how certainty is judged, and the slide's own source line."""
    defined = [text for kod in slide.measures if (text := format_definition(kod))]
    return (*defined, *((METHOD_NOTE,) if defined else ()), slide.source)


def format_definition(kod: str) -> str:
    """A measure in full: what it says, täljare, nämnare and source; "" for a code that has none."""
    one = find_definition(kod)
    if one is None:
        matt = load_registry().matt.get(kod)
        return f"{matt.label}: antal, som insatserna redovisar det." if matt is not None else ""
    counted = f"Räknas så: {one.numerator}"
    if one.denominator:
        counted = f"Täljare: {one.numerator} Nämnare: {one.denominator}"
    return f"{one.label}. {one.description.rstrip('.')}. {counted} Källa: {one.source.rstrip('.')}."
