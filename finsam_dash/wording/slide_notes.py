"""What the speaker has at hand: how each number of a slide is counted, of what, and where that is laid down."""

from __future__ import annotations

from typing import Final

from finsam_dash.indicators.registry import load_registry
from finsam_dash.wording.method import METHOD_NOTE, format_expression
from finsam_dash.wording.slides import Slide

_COUNT: Final = "Räknas så"


def format_slide_notes(slide: Slide) -> tuple[str, ...]:
    """Paragraphs: the definition of each measure, how certainty is judged, and the slide's own source line."""
    defined = [text for kod in slide.measures if (text := format_definition(kod))]
    return (*defined, *((METHOD_NOTE,) if defined else ()), slide.source)


def format_definition(kod: str) -> str:
    """A measure in full: what it says, täljare, nämnare and source; "" for a code that has none."""
    registry = load_registry()
    if (indikator := registry.indikatorer.get(kod)) is None:
        matt = registry.matt.get(kod)
        return f"{matt.label}: antal, som insatserna redovisar det." if matt is not None else ""
    ways = []
    for numerator, denominator in indikator.pairs:
        if denominator:
            ways.append(f"Täljare: {format_expression(numerator)}. Nämnare: {format_expression(denominator)}.")
        else:
            ways.append(f"{_COUNT}: {format_expression(numerator)}.")
    counted = " Annars: ".join(ways)
    return f"{indikator.label}. {indikator.description.rstrip('.')}. {counted} Källa: {indikator.source.rstrip('.')}."
