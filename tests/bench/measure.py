"""Timing, and the lines that the bench prints."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Time:
    """How long something took: by the clock, and of this process's processor time, in seconds."""

    clock: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Time]:
    taken = Time()
    clock, processor = time.perf_counter(), time.process_time()
    yield taken
    taken.clock, taken.processor = time.perf_counter() - clock, time.process_time() - processor


def time_median(act: Callable[[], object], repeats: int = 3) -> Time:
    """The median of some runs, by clock and by processor apart."""
    runs = []
    for _ in range(repeats):
        with timed() as taken:
            act()
        runs.append(taken)
    return Time(statistics.median(one.clock for one in runs), statistics.median(one.processor for one in runs))


def print_heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def print_ratio(what: str, ours: float, against: str, baseline: float, limit: float | None = None) -> None:
    """One line: two figures, their ratio, and whether it keeps within the limit."""
    ratio = ours / baseline if baseline else float("inf")
    verdict = "" if limit is None else f"  at most {limit:g}: {'holds' if ratio <= limit else 'OVER'}"
    print(f"{what}: {ours:.3f} / {against} {baseline:.3f} = {ratio:.2f}{verdict}", flush=True)


def print_bound(what: str, value: float, limit: float, unit: str) -> None:
    print(f"{what}: {value:.2f} {unit}  at most {limit:g}: {'holds' if value <= limit else 'OVER'}", flush=True)


@dataclass
class Samples:
    """Repeated measurements of one thing."""

    name: str
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def print(self) -> None:
        print(f"  {self.name}: median {self.median:.0f} ms of {_list(self.values)}", flush=True)


def _list(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.0f}" for value in values)
