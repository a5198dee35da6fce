"""What a printed report is made of: headings, texts, tables, charts. Renderers know nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from finsam_dash.charts.theme import Theme
from finsam_dash.export.native import NativeChart
from finsam_dash.model import Unit
from finsam_dash.wording.sentences import EXAMPLE_MARK
from finsam_dash.wording.slides import Slide

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class Heading:
    """A heading of level 1-3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` says how it stands out."""

    text: str
    kind: Literal["text", "lead", "note", "warning"] = "text"


@dataclass(frozen=True)
class BulletList:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One cell. `number` is the value as a number (share 0-1), None for text and for what is hidden or missing."""

    text: str
    number: float | None = None
    unit: Unit | None = None
    strong: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table; `header` is its first row, and the first cell of a row heads it. `widths` are parts of the whole."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class ChartBlock:
    """A chart: what it finds, what it shows, and three ways to draw it.

    `draw` gives the figure in a theme, `native` what Office can edit (None where Office has no such chart), `table`
    the same figures as text. `key` becomes the file's name. `native_subtitle` and `native_note` stand in place of
    `subtitle` and `note` where the native chart's marks are others.
    """

    key: str
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    table: TableBlock
    draw: Callable[[Theme], Figure] = field(compare=False)
    native: NativeChart | None = None
    native_subtitle: str = ""
    native_note: str = ""


@dataclass(frozen=True)
class KeyNumbers:
    """Numbers in a row, each with what it counts."""

    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageBreak:
    """A new page, where the medium has pages."""


Block = Heading | Paragraph | BulletList | TableBlock | ChartBlock | KeyNumbers | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole report. `mark` is the word boxed on every page ("INTERN"), `invented` that the data are made up.

    `slides` are the same period as the styrelse sees it.
    """

    title: str
    lead: str
    forbund: str
    footer: str
    source: str
    mark: str
    invented: bool
    blocks: tuple[Block, ...]
    accent: str = ""
    logo: bytes = b""
    slides: tuple[Slide, ...] = ()

    def charts(self) -> tuple[ChartBlock, ...]:
        """The charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ChartBlock))

    def drawn(self) -> tuple[ChartBlock, ...]:
        """The charts that something can be drawn of: the others only say why not."""
        return tuple(chart for chart in self.charts() if chart.native is not None)

    def tables(self) -> tuple[TableBlock, ...]:
        """The tables that stand by themselves, in order; a chart's own is with the chart."""
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))


def mark_text(document: Document) -> str:
    """The marks that every page and slide bears: invented data and läge intern; "" for a publication of real data."""
    return " ".join(part for part in (EXAMPLE_MARK if document.invented else "", document.mark) if part)
