"""Chart files: speaking names, csv and words for each, and everybody their own figure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import plotly.graph_objects as go
import pytest
from PIL import Image
from printed import document
from pypdf import PdfReader

from finsam_dash.export import images
from finsam_dash.export.document import Cell, TableBlock, read_number
from finsam_dash.export.files import to_file
from finsam_dash.export.images import (
    NO_BROWSER,
    NoBrowserError,
    close_browser,
    find_browser,
    frame_chart,
    list_files,
    to_chart_image,
    to_csv,
    to_image,
    to_zip,
)
from finsam_dash.model import Unit

needs_browser = pytest.mark.skipif(find_browser() is None, reason="needs a Chromium")


@pytest.fixture(autouse=True, scope="module")
def _no_browser_is_left() -> Iterator[None]:
    yield
    close_browser()


def numbered(number: int) -> go.Figure:
    return go.Figure({"layout": {"width": 300, "height": 100, "title": {"text": f"Nummer {number} slut"}}})


@needs_browser
def test_ten_at_once_each_get_their_own_figure() -> None:
    with ThreadPoolExecutor(10) as pool:
        drawn = list(pool.map(lambda number: to_image(numbered(number), "svg").decode(), range(10)))
    assert [re.findall(r"Nummer (\d) slut", svg)[0] for svg in drawn] == [str(number) for number in range(10)]


@needs_browser
def test_ten_charts_alone_at_once_each_get_their_own_with_title_and_source() -> None:
    """As on a page where ten people save ten charts: every file holds its own title and source, and nobody else's."""
    charts = document().charts()

    def draw(number: int) -> str:
        return to_chart_image(
            charts[number].draw, "svg", title=f"Diagram {number} slut", source=f"Källa: nummer {number}."
        ).decode()

    with ThreadPoolExecutor(10) as pool:
        drawn = list(pool.map(draw, range(10)))
    for number, svg in enumerate(drawn):
        assert re.findall(r"Diagram (\d) slut", svg) == [str(number)]
        assert f"Källa: nummer {number}." in svg


@needs_browser
def test_a_browser_that_has_died_is_started_again() -> None:
    to_image(numbered(1), "svg")
    page = images._PAGE
    assert page is not None
    page._wait(page._browser.send_command("Browser.close"))
    assert b"Nummer 2 slut" in to_image(numbered(2), "svg")


@needs_browser
def test_a_chart_travels_alone_in_three_formats() -> None:
    chart = document().charts()[1]
    files = dict(list_files(document(), charts=[chart]))
    name = "uppsala-lan-uppfoljning-2014-insatser-atergang-till-arbetsmarknaden"
    assert set(files) == {f"{name}.{suffix}" for suffix in ("csv", "txt", "png", "svg", "pdf")}
    svg = files[f"{name}.svg"].decode()
    for text in ("United Action 20–64 år", "Läge: intern.", "Uttag:", "INTERN", "Källa:"):
        assert text in svg.replace("\u00a0", " ")
    width, _ = Image.open(io.BytesIO(files[f"{name}.png"])).size
    assert width == pytest.approx(16 / 2.54 * 300, abs=3)
    page = PdfReader(io.BytesIO(files[f"{name}.pdf"])).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]) for font in fonts}
    assert all("SourceSans3" in font for font in names)
    assert zipfile.ZipFile(io.BytesIO(to_zip(files.items()))).namelist() == list(files)


def test_without_a_browser_csv_and_words_come_and_the_message_says_what_works(monkeypatch: pytest.MonkeyPatch) -> None:
    close_browser()
    monkeypatch.setenv("CHROMIUM_PATH", "/finns/inte")
    files = list_files(document(), charts=document().charts()[:1])
    assert [name.rsplit(".", 1)[1] for name, _ in (next(files), next(files))] == ["csv", "txt"]
    with pytest.raises(NoBrowserError, match=r"Word, PowerPoint, Excel och csv fungerar ändå") as raised:
        next(files)
    assert str(raised.value) == NO_BROWSER
    assert to_file(document(), ".pdf").startswith(b"%PDF")


def test_a_chart_that_nothing_can_be_drawn_of_has_words_and_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty frame with a scale of its own tells nobody anything, and the report has a sentence in its place."""
    monkeypatch.setattr(images, "to_images", lambda figure, formats: {"svg": b""})
    hikikomori, sara = (
        next(one for one in document().charts() if one.key == f"{kod}-utfall") for kod in ("hikikomori", "sara")
    )
    assert hikikomori.native is None
    assert hikikomori not in document().drawn()
    names = [name for name, _ in list_files(document(), ["svg"], charts=[hikikomori, sara])]
    place = "uppsala-lan-uppfoljning-2014"
    assert names == [
        f"{place}-hikikomori-utfall.csv", f"{place}-hikikomori-utfall.txt", f"{place}-sara-utfall.csv",
        f"{place}-sara-utfall.txt", f"{place}-sara-utfall.svg",
    ]  # fmt: skip


def test_the_source_line_and_the_finding_stand_in_the_figure() -> None:
    chart = document().charts()[0]
    texts = " ".join(text.text for text in frame_chart(chart, document()).layout.annotations).replace("\u00a0", " ")
    assert chart.title.split(".")[0].replace("\u00a0", " ") in texts
    assert "Läge: intern." in texts
    assert "Period: 1 jan–31 dec 2014." in texts


def test_csv_takes_no_text_for_a_formula() -> None:
    block = TableBlock(
        "Prov", ("Insats", "Tal"), ((Cell("=1+1"), Cell("−36")), (Cell("@x"), Cell(".."))), (False, True)
    )
    assert to_csv(block, "Källa: prov.").decode("utf-8-sig") == (
        "Insats;Tal\r\n'=1+1;-36\r\n'@x;..\r\n\r\nKälla: prov.\r\n"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("32\u00a0%", (0.32, Unit.ANDEL)),
        ("1\u00a0159", (1159, Unit.ANTAL)),
        ("\u221236", (-36, Unit.ANTAL)),
        ("34,7\u00a0%", (0.347, Unit.ANDEL)),
        ("..", (None, None)),
        ("–", (None, None)),
        ("27–37\u00a0%", (None, None)),
        ("88 av 277", (None, None)),
    ],
)
def test_a_charts_cell_is_read_as_the_number_it_says(text: str, number: tuple[float | None, Unit | None]) -> None:
    found = read_number(text)
    assert found == (pytest.approx(number[0]) if number[0] is not None else None, number[1])
