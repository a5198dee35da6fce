"""The printed report before any file format: headings, texts, tables and charts in order, all numbers from the Report.

`blocks` says what it is made of, `build` which parts come in which order; each part has a module of its own. Renderers
set it in Word, PowerPoint, Excel, PDF and HTML and add nothing of their own.
"""

from finsam_dash.export.document.blocks import (
    Block,
    BulletList,
    Cell,
    ChartBlock,
    Document,
    Heading,
    KeyNumbers,
    PageBreak,
    Paragraph,
    TableBlock,
    mark_text,
)
from finsam_dash.export.document.build import build_document
from finsam_dash.export.document.cells import fold_name, read_number
from finsam_dash.export.document.told import Told

__all__ = [
    "Block",
    "BulletList",
    "Cell",
    "ChartBlock",
    "Document",
    "Heading",
    "KeyNumbers",
    "PageBreak",
    "Paragraph",
    "TableBlock",
    "Told",
    "build_document",
    "fold_name",
    "mark_text",
    "read_number",
]
