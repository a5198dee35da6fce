"""Charts as files: SVG and PDF for the graphic designer, PNG for everybody, each with its csv and its words.

Plotly draws them in the Chromium that is installed, in one page that is kept. Two figures at once in one page would
get each other's pictures. So there is one page, and one lock, in this module, which is imported once a process.
"""

from __future__ import annotations

import atexit
import csv
import io
import os
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import plotly
import plotly.graph_objects as go

from finsam_dash.charts.frame import framed_figure
from finsam_dash.charts.theme import FONT_FOLDER, PRINT, SEPARATORS, Theme, themed
from finsam_dash.export.chart_page import PAGE, ChartPage
from finsam_dash.export.document import ChartBlock, Document, TableBlock, fold_name, mark_text
from finsam_dash.model import MONTHS
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.periods import format_month_short

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FORMATS = ("png", "svg", "pdf")
PIXELS_PER_INCH = 96
PNG_RESOLUTION = 300
"""Dots an inch; the chart is 16 cm wide."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
            "microsoft-edge")  # fmt: skip
ENVIRONMENT = "CHROMIUM_PATH"
NO_BROWSER = (
    "Bilder kan inte göras här: varken Chromium, Chrome eller Edge finns på datorn. Word, PowerPoint, Excel och "
    "csv fungerar ändå, pdf och webbsida får tabeller i stället för diagram, och knappen Ladda ner bilden (svg) vid "
    "varje diagram på skärmen fungerar alltid. Installera Chromium, eller sätt CHROMIUM_PATH till den som finns."
)
NO_BROWSER_HERE = (
    "Bilder med titel och källa görs av Chromium, Chrome eller Edge, som inte finns på datorn. Tabellen går att ladda "
    "ner här, och knappen Ladda ner bilden (svg) i diagrammets övre hörn fungerar alltid."
)
NO_BROWSER_PUBLISHING = (
    "Bilder görs av Chromium, Chrome eller Edge, som inte finns på datorn. Tabellen går att ladda ner här."
)

_LOCK = threading.RLock()
_PAGE: ChartPage | None = None


class NoBrowserError(RuntimeError):
    """No Chromium, Chrome or Edge is installed; `NO_BROWSER` says what works all the same."""


def find_browser() -> str | None:
    """The browser that draws: CHROMIUM_PATH, else the first that is installed; None where there is none."""
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        return named if Path(named).is_file() else None
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    for place in ("Program Files/Google/Chrome/Application/chrome.exe",
                  "Program Files (x86)/Microsoft/Edge/Application/msedge.exe"):  # fmt: skip
        path = Path("C:/") / place
        if path.is_file():
            return str(path)
    return None


@cache
def _prepare_folder() -> Path:
    """A folder of this process with the locale and the list of fonts; removed with the process's temporary files."""
    folder = Path(tempfile.mkdtemp(prefix="finsam-diagram-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    months = ", ".join(f'"{name}"' for name in MONTHS)
    short = ", ".join(f'"{format_month_short(number)}"' for number in range(1, 13))
    (folder / "sv.js").write_text(
        "var sv = {moduleType: 'locale', name: 'sv', dictionary: {}, format: {"
        f"months: [{months}], shortMonths: [{short}], decimal: ',', thousands: '\\u00a0', date: '%Y-%m-%d'}}}};"
        "if (window.Plotly) { Plotly.register(sv); Plotly.setPlotConfig({locale: 'sv'}); }",
        encoding="utf-8",
    )
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONT_FOLDER}</dir><dir>/usr/share/fonts</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    (folder / "diagram.html").write_text(PAGE % (script.as_uri(), (folder / "sv.js").as_uri()), encoding="utf-8")
    return folder


def _start() -> ChartPage:
    global _PAGE
    if _PAGE is None:
        browser = find_browser()
        if browser is None:
            raise NoBrowserError(NO_BROWSER)
        folder = _prepare_folder()
        # The browser reads fonts where this variable points; the shipped files are then embedded in the PDF.
        os.environ.setdefault("FONTCONFIG_FILE", str(folder / "fonts.conf"))
        _PAGE = ChartPage(browser, folder / "diagram.html")
    return _PAGE


def close_browser() -> None:
    """Let the browser go; the next chart starts it again."""
    global _PAGE
    with _LOCK:
        page, _PAGE = _PAGE, None
        if page is not None:
            page.close()


atexit.register(close_browser)


def to_image(figure: Figure, form: str) -> bytes:
    """One figure as "png", "svg" or "pdf", at its own width and height. Raises NoBrowserError."""
    return to_images(figure, (form,))[form]


def to_images(figure: Figure, forms: Sequence[str]) -> dict[str, bytes]:
    """One figure in several formats by name, drawn once. Raises NoBrowserError."""
    sized = go.Figure(figure)
    sized.update_layout(width=figure.layout.width or _WIDTH, height=figure.layout.height or _HEIGHT)
    drawing = str(sized.to_json())
    scale = PNG_RESOLUTION / PIXELS_PER_INCH
    with _LOCK:
        try:
            return _start().draw(drawing, forms, scale)
        except NoBrowserError:
            raise
        except Exception:
            # The browser may have died since last time; one new start, and what is wrong then is a fault.
            close_browser()
            return _start().draw(drawing, forms, scale)


_WIDTH, _HEIGHT = 700, 450
"""Plotly's own size, for a figure without one."""


def frame_chart(block: ChartBlock, document: Document) -> Figure:
    """The chart as it travels alone: finding above, marks and source below, läge and date in the source line."""
    source = f"{block.source} {document.mark}".strip()
    return _frame(
        block.draw, title=block.title, subtitle=block.subtitle, note=block.note, source=source,
        theme=themed(PRINT, document.accent),
    )  # fmt: skip


def to_chart_image(
    draw: Callable[..., Figure], form: str, *, title: str, subtitle: str = "", note: str = "", source: str = "",
    theme: Theme = PRINT,
) -> bytes:  # fmt: skip
    """One chart alone in print size, with title, marks and source in the picture. `draw` takes a theme by name.

    Raises NoBrowserError.
    """
    return to_image(_frame(draw, title=title, subtitle=subtitle, note=note, source=source, theme=theme), form)


def _frame(draw: Callable[..., Figure], *, theme: Theme, **texts: str) -> Figure:
    figure = framed_figure(figure=draw(theme=theme), theme=theme, **texts)
    figure.update_layout(separators=SEPARATORS)
    return figure


def to_csv(table: TableBlock, source: str) -> bytes:
    """The table as csv, `;` between cells, UTF-8 with BOM, so that Excel reads å ä ö; the source is the last row."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_guard(name) for name in table.header)
    for row in table.rows:
        writer.writerow(_guard(cell.text) for cell in row)
    writer.writerow([])
    writer.writerow([_guard(source)])
    return stream.getvalue().encode("utf-8-sig")


def _guard(text: str) -> str:
    """The text with ordinary spaces, never a formula: one that begins like one gets an apostrophe before it."""
    plain = format_plain(text).replace("\n", ", ").replace("\u2212", "-")
    number = plain.lstrip("+-").replace(" ", "").replace(",", "").replace(".", "").rstrip("%").isdigit()
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@", "\t", "\r") and len(plain) > 1 and not number else plain


def list_files(
    document: Document,
    formats: Sequence[str] = FORMATS,
    *,
    charts: Iterable[ChartBlock] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Every chart of the report as files with speaking names, one at a time: pictures, a csv and an alt text each.

    A chart of which nothing is known, or may be shown, has no picture: its words say why.
    Raises NoBrowserError before the first picture; csv and alt texts come first.
    """
    chosen = list(document.charts() if charts is None else charts)
    place = fold_name(document.forbund.removeprefix("Samordningsförbundet"), document.title)
    tell = progress or (lambda share: None)
    for block in chosen:
        name = f"{place}-{block.key}"
        yield f"{name}.csv", to_csv(block.table, block.source)
        mark = f"{mark_text(document)} " if mark_text(document) else ""
        alt = f"{mark}{block.title}.\r\n{block.alt}\r\n{block.note}\r\n{block.source}\r\n"
        yield f"{name}.txt", format_plain(alt).encode("utf-8-sig")
    drawn = [block for block in chosen if block.native is not None]
    for number, block in enumerate(drawn, start=1):
        for form, content in to_images(frame_chart(block, document), formats).items():
            yield f"{place}-{block.key}.{form}", content
        tell(number / len(drawn))


def to_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in one ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()
