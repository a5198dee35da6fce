"""kill -9 at random moments of an import: afterwards the store is as before or as after, never between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from finsam_dash.deliveries import build_preview, read_file, save_read
from finsam_dash.store import check_integrity, load_deliveries, open_store
from tests.bench.delivery_file import ACTOR, FORBUND, SEED, TODAY, make_store, to_csv
from tests.bench.measure import print_heading

INSATSER, MONTHS = 60, 24


def run(times: int) -> None:
    print_heading(f"kill -9 at {times} random moments of an import of {INSATSER * MONTHS * 2} rows")
    dice = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = to_csv(INSATSER, MONTHS)
        make_store(folder / "new.db", INSATSER).close()
        lives = []
        for _ in range(3):
            _copy(folder / "new.db", folder / "whole.db")
            lives.append(_import_and_kill(folder / "whole.db", data, None)[0])
        # The longest, so that the last moments of an import are among those that are tried.
        whole = max(lives)
        after = _look(folder / "whole.db")
        before = _look(folder / "new.db")
        print(f"an import that is left alone takes {whole:.2f} s and stores {after[1]} figures", flush=True)
        found: Counter[str] = Counter()
        for _ in range(times):
            _copy(folder / "new.db", folder / "killed.db")
            _, killed = _import_and_kill(folder / "killed.db", data, dice.uniform(0, whole))
            state = _look(folder / "killed.db")
            where = "before" if state == before else "after" if state == after else f"BETWEEN {state}"
            found[f"{where}, {'killed' if killed else 'had already ended'}"] += 1
    for what, count in sorted(found.items()):
        print(f"  {what}: {count}")
    broken = sum(count for what, count in found.items() if what.startswith("BETWEEN"))
    print(f"between or broken: {broken} of {times}  at most 0: {'holds' if not broken else 'OVER'}", flush=True)


def _copy(source: Path, target: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{target}{end}").unlink(missing_ok=True)
        if Path(f"{source}{end}").exists():
            shutil.copy(f"{source}{end}", f"{target}{end}")


def _import_and_kill(path: Path, data: bytes, moment: float | None) -> tuple[float, bool]:
    """Import in a child process, killed after so many seconds; how long it lived, and whether the kill ended it."""
    start = time.monotonic()
    child = os.fork()
    if not child:
        status = 1
        try:
            _import(path, data)
            status = 0
        finally:
            # Without a word to the parent's exit handlers.
            os._exit(status)
    if moment is not None:
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return time.monotonic() - start, os.WIFSIGNALED(status)


def _import(path: Path, data: bytes) -> None:
    store = open_store(f"sqlite:///{path}")
    read = read_file(store, FORBUND, data, "bench.csv", today=TODAY)
    preview = build_preview(store, FORBUND, read)
    save_read(store, read, preview, ACTOR, filename="bench.csv", known_from=TODAY)
    store.close()


def _look(path: Path) -> tuple[int, int, tuple[object, ...]]:
    """Deliveries, current figures, and what `kontrollera` finds."""
    store = open_store(f"sqlite:///{path}")
    deliveries = load_deliveries(store, FORBUND)
    problems = tuple(check_integrity(store))
    store.close()
    return len(deliveries), sum(one.current for one in deliveries), problems
