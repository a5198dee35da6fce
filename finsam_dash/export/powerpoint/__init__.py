"""The styrelse's slides as a deck: the walk of Styrelseläge, with charts that PowerPoint edits, and notes."""

from finsam_dash.export.powerpoint.slide_chart import SlideChart, build_slide_chart
from finsam_dash.export.powerpoint.writer import to_pptx

__all__ = ["SlideChart", "build_slide_chart", "to_pptx"]
