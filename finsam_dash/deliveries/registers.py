"""The registers that come with the program: goals and their outcomes, read from csv into entries."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from finsam_dash.intake.plans import read_target_outcomes, read_targets
from finsam_dash.model import Actor
from finsam_dash.store import Store, load_touched_entries, register_name, save_entries
from finsam_dash.store.entries import Entry


def save_published_registers(store: Store, folder: Path, actor: Actor) -> None:
    """Save what the folder's registers hold and the store has not; what a user has changed or removed is left alone.

    Raises ValueError for a code outside the closed lists, a fault of the program.
    """
    entries: dict[str, list[Entry]] = defaultdict(list)
    forbund_of: dict[str, str] = {}
    if (path := folder / "mal.csv").is_file():
        for forbund, target in read_targets(path.read_bytes()):
            entries[forbund].append(target)
            forbund_of[target.kod] = forbund
    if (path := folder / "malutfall.csv").is_file():
        for outcome in read_target_outcomes(path.read_bytes()):
            entries[forbund_of[outcome.target]].append(outcome)
    for forbund, found in entries.items():
        touched = load_touched_entries(store, forbund, actor)
        untouched = [entry for entry in found if (register_name(type(entry)), entry.kod) not in touched]
        save_entries(store, forbund, untouched, actor, reason="följer med programmet")
