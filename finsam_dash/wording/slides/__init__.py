"""The styrelse's slides as frozen data: one message each, stated as its title. Screen and PowerPoint draw the same.

A slide has at most one chart and at most seven rows. Titles are at most 90 characters. Each subject has its own file.
"""

from finsam_dash.wording.slides.build import build_slides
from finsam_dash.wording.slides.parts import (
    ROWS,
    STAGE_WIDTH,
    GoalPicture,
    Hero,
    Slide,
    SlideCell,
    SlideColumn,
    SlideDots,
    SlideTable,
    SlideTrend,
    join_sentences,
)

__all__ = [
    "ROWS",
    "STAGE_WIDTH",
    "GoalPicture",
    "Hero",
    "Slide",
    "SlideCell",
    "SlideColumn",
    "SlideDots",
    "SlideTable",
    "SlideTrend",
    "build_slides",
    "join_sentences",
]
