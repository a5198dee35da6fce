"""Registers: every version is kept, the latest is current, and nothing is rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from build_figures import share_goal
from build_store import ME

from finsam_dash.model import (
    Actor,
    Basis,
    Forbund,
    Measured,
    Missing,
    Period,
    Reason,
    Target,
    TargetOutcome,
)
from finsam_dash.store import (
    Store,
    load_data_version,
    load_entries,
    load_entry_versions,
    load_log,
    open_store,
    remove_entry,
    save_entries,
    save_forbund,
)

GOAL = share_goal(plan="Plan 2026", period=Period.year(2026))


@pytest.fixture
def store() -> Store:
    opened = open_store("sqlite://")
    save_forbund(opened, Forbund("a", "Förbund A"), ME)
    save_forbund(opened, Forbund("b", "Förbund B"), ME)
    return opened


def test_an_entry_comes_back_as_it_was(store: Store) -> None:
    outcomes = [
        TargetOutcome("mal-1", date(2027, 3, 1), Basis.UTFALL, Period.year(2026), value=value, part=part)
        for part, value in (("", Measured(0.4, 4, 10)), ("grupp:2", Missing(Reason.INGEN_UPPFOLJNING)))
    ]
    assert save_entries(store, "a", [GOAL, *outcomes], ME) == 3
    assert load_entries(store, "a", Target) == (GOAL,)
    assert load_entries(store, "a", TargetOutcome) == tuple(outcomes)
    assert load_entries(store, "b", Target) == ()


def test_a_new_version_takes_the_place_and_the_old_one_is_kept(store: Store) -> None:
    other = replace(GOAL, kod="mal-2")
    save_entries(store, "a", [GOAL, other], ME)
    changed = replace(GOAL, malvarde=0.35)
    save_entries(store, "a", [changed], Actor("forbundschef", "Annan"), reason="ny plan")
    assert load_entries(store, "a", Target) == (changed, other)
    versions = load_entry_versions(store, "a", Target, "mal-1")
    assert [version.actor.name for version in versions] == ["Test", "Annan"]
    assert [version.entry for version in versions] == [GOAL, changed]
    entry = load_log(store, "a")[-1]
    assert (entry.what, entry.reason, entry.actor.name) == ("register", "ny plan", "Annan")
    assert "0.35" in entry.after
    assert "0.35" not in entry.before


def test_the_same_again_changes_nothing(store: Store) -> None:
    save_entries(store, "a", [GOAL], ME)
    version = load_data_version(store)
    assert save_entries(store, "a", [GOAL], ME) == 0
    assert load_data_version(store) == version


def test_a_removed_entry_is_gone_but_not_lost(store: Store) -> None:
    save_entries(store, "a", [GOAL], ME)
    remove_entry(store, "a", Target, "mal-1", ME)
    assert load_entries(store, "a", Target) == ()
    assert [version.entry for version in load_entry_versions(store, "a", Target, "mal-1")] == [GOAL, None]
    save_entries(store, "a", [GOAL], ME)
    assert load_entries(store, "a", Target) == (GOAL,)


def test_rows_cannot_be_rewritten(store: Store) -> None:
    save_entries(store, "a", [GOAL], ME)
    for statement in ("UPDATE entry SET content = ''", "DELETE FROM entry"):
        with pytest.raises(sa.exc.DatabaseError, match="append only"), store.engine.begin() as connection:
            connection.execute(sa.text(statement))
