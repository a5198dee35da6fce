"""The registers that come with the program: goals, money, samverkan, texts and printed results, from csv to entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from finsam_dash.intake import published
from finsam_dash.intake.plans import read_target_outcomes, read_targets
from finsam_dash.model import Actor
from finsam_dash.store import Store, load_touched_entries, register_name, save_entries
from finsam_dash.store.entries import Entry

_READERS: Mapping[str, Callable[[bytes], Iterator[tuple[str, Any]]]] = {
    "ekonomi.csv": published.read_economy,
    "ekonomitabeller.csv": published.read_economy_tables,
    "ekonomikategorier.csv": published.read_economy_categories,
    "samverkan.csv": published.read_samverkan,
    "insatstexter.csv": published.read_insats_texts,
    "handelser.csv": published.read_events,
    "lotsarenden.csv": published.read_lotsarenden,
    "enkater.csv": published.read_enkater,
    "externa_medel.csv": published.read_external_funding,
    "internkontroll.csv": published.read_risks,
}


def save_published_registers(store: Store, folder: Path, actor: Actor) -> None:
    """Save what the folder's registers hold and the store has not; what a user has changed or removed is left alone.

    Raises ValueError for a code outside the closed lists, a fault of the program.
    """
    entries: dict[str, list[Entry]] = defaultdict(list)
    for forbund, entry in _read_registers(folder):
        entries[forbund].append(entry)
    for forbund, found in entries.items():
        touched = load_touched_entries(store, forbund, actor)
        untouched = [entry for entry in found if (register_name(type(entry)), entry.kod) not in touched]
        save_entries(store, forbund, untouched, actor, reason="följer med programmet")


def _read_registers(folder: Path) -> Iterator[tuple[str, Entry]]:
    def read(name: str) -> bytes:
        path = folder / name
        return path.read_bytes() if path.is_file() else b""

    forbund_of: dict[str, str] = {}
    for forbund, target in read_targets(read("mal.csv")):
        forbund_of[target.kod] = forbund
        yield forbund, target
    for outcome in read_target_outcomes(read("malutfall.csv")):
        yield forbund_of[outcome.target], outcome
    for name, reader in _READERS.items():
        yield from reader(read(name))
    documents = tuple(published.read_documents(read("dokument.csv")))
    yield from documents
    owners = {document.kod: forbund for forbund, document in documents}
    yield from published.read_printed_results(read("avstamning.csv"), owners)
    yield from published.read_decisions(
        read("beslut.csv"), {document.kod: document.period for _, document in documents}
    )
