"""A monthly file as large as one wants, whose flows add up, and a store that knows its insatser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from finsam_dash.deliveries import prepare_store
from finsam_dash.model import Actor, Forbund, Insats, InsatsPeriod
from finsam_dash.store import Store, save_forbund, save_new_insatser

FORBUND = "bench"
ACTOR = Actor("program", "bench")
TODAY = date(2026, 6, 1)
HEADER = (
    "Insats", "Månad", "Kön", "Pågående vid start", "Nya", "Avslutade", "Avslutade utan uppgift",
    "Till arbete och/eller studier", "Till arbete", "Till studier", "Bortfall", "Felregistrerade",
)  # fmt: skip
FIRST_YEAR = 2015
SEED = 20260601


def list_rows(insatser: int, months: int) -> Iterator[tuple[str | int, ...]]:
    """insatser × months × 2 rows."""
    random = np.random.default_rng(SEED)
    for number in range(insatser):
        ongoing = [20, 20]
        for month in range(months):
            when = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
            for side, kon in enumerate(("Kvinna", "Man")):
                new, ended = (int(one) for one in random.integers(0, 6, 2))
                ended = min(ended, ongoing[side] + new)
                work = ended // 4
                studies = ended // 5
                yield (
                    f"Insats {number:04d}", when, kon, ongoing[side], new, ended, int(ended > 3), work + studies, work,
                    studies, int(ended > 1), 0,
                )  # fmt: skip
                ongoing[side] += new - ended


def to_csv(insatser: int, months: int) -> bytes:
    lines = [";".join(HEADER), *(";".join(map(str, row)) for row in list_rows(insatser, months))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def make_store(path: Path, insatser: int) -> Store:
    """A new store with the förbund and the insatser of the file."""
    store = prepare_store(f"sqlite:///{path}", empty=True)
    save_forbund(store, Forbund(FORBUND, "Bench"), ACTOR)
    always = (InsatsPeriod(date(FIRST_YEAR, 1, 1), None),)
    names = [f"Insats {number:04d}" for number in range(insatser)]
    save_new_insatser(
        store, FORBUND, [Insats(name.lower().replace(" ", "-"), name, always, order=1) for name in names], ACTOR
    )
    return store
