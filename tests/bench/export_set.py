"""The full set of one year of the example: five reports, and every chart as PNG, SVG and PDF; time and memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from finsam_dash.deliveries import prepare_store
from finsam_dash.export.document import build_document
from finsam_dash.export.files import SUFFIXES, WITH_PICTURES, draw_pictures, to_file
from finsam_dash.export.images import FORMATS, close_browser, list_files
from finsam_dash.model import Lage, Period
from finsam_dash.report.publication import build_publication
from tests.bench.measure import Time, print_bound, print_heading, print_ratio, timed
from tests.bench.servers import filled_store

SECONDS, WORD_SECONDS, MEGABYTES, CHARTS = 60.0, 5.0, 1500.0, 40


def run(database: str | None, lage: str) -> None:
    with filled_store(database) as address, _Watch() as watch:
        store = prepare_store(address)
        print_heading(f"The full set, exempel 2025, läge {lage}")
        with timed() as whole:
            taken, publication = _timed(
                lambda: build_publication(
                    store, "exempel", Period.year(2025), lage=Lage(lage), as_of=date(2026, 11, 23)
                )
            )
            _say("the Reports", taken)
            document = build_document(publication)
            sizes: dict[str, int] = {}
            taken, pictures = _timed(lambda: draw_pictures(document))
            _say(f"{len(pictures)} pictures for pdf and html", taken)
            for suffix in SUFFIXES:
                given = pictures if suffix in WITH_PICTURES else None
                taken, content = _timed(lambda suffix=suffix, given=given: to_file(document, suffix, pictures=given))
                sizes[suffix] = len(content)
                _say(suffix, taken)
                if suffix == ".docx":
                    print_bound("a Word file", taken.clock, WORD_SECONDS, "s")
            taken, files = _timed(lambda: dict(list_files(document)))
            _say(f"{len(document.charts())} charts in {', '.join(FORMATS)}", taken)
            processor = sum(_read_processor(process) for process in _list_family())
        close_browser()
        store.close()
    print_bound("the full set", whole.clock, SECONDS, "s")
    print(f"  processor, browser and all: {processor:.1f} s, so at best {processor / 2:.1f} s on two cores", flush=True)
    print_bound("memory at most, with the browser (PSS)", watch.most, MEGABYTES, "MB")
    print_ratio("charts", len(document.charts()), "asked", CHARTS)
    print(f"{len(files)} files of charts, {sum(map(len, files.values())) / 1e6:.1f} MB; reports {sizes}", flush=True)


def _timed(act: Callable[[], object]) -> tuple[Time, object]:
    with timed() as taken:
        made = act()
    return taken, made


def _say(what: str, taken: Time) -> None:
    print(f"  {what}: {taken.clock:.2f} s clock, {taken.processor:.2f} s processor here", flush=True)


class _Watch:
    """The most memory of this process and all below it, in MB: each shared page counted once (PSS), so Linux only."""

    def __init__(self) -> None:
        self.most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.5):
            self.most = max(self.most, sum(_read_pss(process) for process in _list_family()) / 1024)


def _list_family() -> list[Path]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {int(Path("/proc/self").resolve().name)}
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return [Path("/proc") / str(number) for number in family]


def _read_processor(process: Path) -> float:
    """Seconds of processor time since the process began; 0 for one that has ended."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read_pss(process: Path) -> int:
    """Kilobytes; 0 for a process that has ended."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
