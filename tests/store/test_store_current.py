"""Which figures are current: worked stories, and a second, stupid definition as oracle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from build_store import ME, deliver, empty_store
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_dash.model import Forbund, Insats, Period
from finsam_dash.store import (
    DeliveryState,
    Store,
    StoreError,
    UnknownDeliveryError,
    UnknownForbundError,
    check_integrity,
    load_changes,
    load_data_version,
    load_deliveries,
    load_figures,
    save_forbund,
    save_new_insatser,
    undo_delivery,
)

CODES = ("stig", "sara")


def stored(
    store: Store, forbund: str = "provet", **filters: Any
) -> dict[tuple[str, str, str], tuple[float | None, int]]:
    return {
        (one.subject, one.matt, one.period.code): (one.value, one.leverans)
        for one in load_figures(store, forbund, **filters)
    }


@pytest.fixture
def store() -> Store:
    return empty_store(*(Insats(kod, kod.upper()) for kod in CODES))


def states(store: Store) -> list[DeliveryState]:
    return [one.state for one in load_deliveries(store, "provet")]


def test_the_latest_delivery_of_each_figure_is_current(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3), ("stig", "avslutade", "alla", "2026-01", 2))
    deliver(store, ("stig", "nya", "alla", "2026-01", 5), ("stig", "nya", "alla", "2026-02", 1))
    assert stored(store) == {
        ("stig", "nya", "2026-01"): (5, 2),
        ("stig", "nya", "2026-02"): (1, 2),
        ("stig", "avslutade", "2026-01"): (2, 1),
    }
    assert states(store) == [DeliveryState.AKTIV, DeliveryState.AKTIV]


def test_undoing_the_latest_makes_what_it_replaced_current_again(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3))
    deliver(store, ("stig", "nya", "alla", "2026-01", 5))
    assert states(store) == [DeliveryState.ERSATT, DeliveryState.AKTIV]
    undone = undo_delivery(store, 2, ME)
    assert (undone.state, undone.undone_by) == (DeliveryState.ANGRAD, ME)
    assert undone.undone_time >= undone.time
    assert stored(store) == {("stig", "nya", "2026-01"): (3, 1)}
    assert states(store) == [DeliveryState.AKTIV, DeliveryState.ANGRAD]


def test_undoing_an_earlier_one_leaves_the_later_figures(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3), ("stig", "nya", "alla", "2026-02", 4))
    deliver(store, ("stig", "nya", "alla", "2026-01", 5))
    undo_delivery(store, 1, ME)
    assert stored(store) == {("stig", "nya", "2026-01"): (5, 2)}


def test_a_figure_that_becomes_missing_hides_the_value_until_it_is_undone(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 0))
    deliver(store, ("stig", "nya", "alla", "2026-01", None))
    assert stored(store) == {("stig", "nya", "2026-01"): (None, 2)}
    undo_delivery(store, 2, ME)
    assert stored(store) == {("stig", "nya", "2026-01"): (0, 1)}


def test_what_was_known_on_a_day(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3), known_from=date(2026, 2, 10))
    deliver(store, ("stig", "nya", "alla", "2026-01", 5), known_from=date(2026, 3, 10))
    assert stored(store, known_by=date(2026, 2, 9)) == {}
    assert stored(store, known_by=date(2026, 3, 9)) == {("stig", "nya", "2026-01"): (3, 1)}
    assert stored(store, known_by=date(2026, 3, 10)) == {("stig", "nya", "2026-01"): (5, 2)}


def test_filters_reach_the_key(store: Store) -> None:
    deliver(
        store,
        ("", "deltagare", "alla", "2026", 9),
        ("stig", "nya", "alla", "2026-01", 1),
        ("sara", "nya", "alla", "2026-02", 2),
        ("sara", "avslutade", "alla", "2026-02", 3),
    )
    assert set(stored(store, subjects=["sara"], matt=["nya"])) == {("sara", "nya", "2026-02")}
    assert set(stored(store, subjects=[""])) == {("", "deltagare", "2026")}
    assert set(stored(store, period=Period.parse("2026-01"))) == {
        ("", "deltagare", "2026"),
        ("stig", "nya", "2026-01"),
    }
    assert stored(store, subjects=[]) == {}


def test_the_changes_of_a_delivery_are_told_as_they_were(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3))
    deliver(store, ("stig", "nya", "alla", "2026-01", 4), ("stig", "nya", "alla", "2026-02", 1))
    deliver(store, ("stig", "nya", "alla", "2026-01", 4))
    third = load_changes(store, "provet")
    assert third is not None
    assert (third.delivery.id, third.new, third.changed) == (3, 0, ())
    undo_delivery(store, 3, ME)
    latest = load_changes(store, "provet")
    assert latest is not None
    assert (latest.delivery.id, latest.new) == (2, 1)
    assert [(one.before.value, one.after.value) for one in latest.changed] == [(3, 4)]


def test_refusals_change_nothing(store: Store) -> None:
    deliver(store, ("stig", "nya", "alla", "2026-01", 3))
    version = load_data_version(store)
    with pytest.raises(UnknownDeliveryError) as unknown:
        undo_delivery(store, 99, ME)
    assert (unknown.value.code, unknown.value.parts) == ("okand_leverans", {"leverans": 99})
    with pytest.raises(StoreError) as stranger:
        deliver(store, ("okand", "nya", "alla", "2026-01", 3))
    assert (stranger.value.code, stranger.value.parts) == ("okant_subjekt", {"slag": "insats", "kod": "okand"})
    with pytest.raises(UnknownForbundError):
        deliver(store, ("stig", "nya", "alla", "2026-01", 3), forbund="annat")
    with pytest.raises(ValueError, match="a key stands twice"):
        deliver(store, ("stig", "nya", "alla", "2026-01", 3), ("stig", "nya", "alla", "2026-01", 3))
    assert (load_data_version(store), states(store)) == (version, [DeliveryState.AKTIV])


@dataclass
class Stupid:
    """The whole rule in one loop: a list of deliveries, the last one that is not undone wins."""

    deliveries: list[tuple[int, date, dict[tuple[str, str], float | None]]] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)

    def current(self, known_by: date) -> dict[tuple[str, str, str], tuple[float | None, int]]:
        found: dict[tuple[str, str, str], tuple[float | None, int]] = {}
        for number, known_from, figures in self.deliveries:
            if number not in self.undone and known_from <= known_by:
                for (kod, month), value in figures.items():
                    found[kod, "nya", month] = (value, number)
        return found


FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(("2026-01", "2026-02", "2026"))),
    st.one_of(st.none(), st.integers(0, 3).map(float)),
    min_size=1,
)
STEPS = st.lists(st.one_of(st.tuples(st.integers(0, 20), FIGURES), st.integers(1, 6)), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """One store for every example, each with a förbund of its own: to make a store takes longer than to use it."""
    store = empty_store()
    yield store
    store.close()


@settings(max_examples=30)
@given(steps=STEPS)
def test_current_is_what_a_stupid_loop_says(shared: Store, steps: list[tuple[int, dict] | int]) -> None:
    forbund = f"forbund-{load_data_version(shared)}"
    save_forbund(shared, Forbund(forbund, forbund), ME)
    save_new_insatser(shared, forbund, [Insats(kod, kod.upper()) for kod in CODES], ME)
    first, stupid = date(2026, 3, 1), Stupid()
    for step in steps:
        if not isinstance(step, int):
            day, figures = step
            known_from = first + timedelta(days=day)
            rows = [(kod, "nya", "alla", month, value) for (kod, month), value in figures.items()]
            number = deliver(shared, *rows, forbund=forbund, known_from=known_from)
            stupid.deliveries.append((number, known_from, figures))
        elif step <= len(stupid.deliveries) and (number := stupid.deliveries[step - 1][0]) not in stupid.undone:
            undo_delivery(shared, number, ME)
            stupid.undone.add(number)
    middle = first + timedelta(days=10)
    assert stored(shared, forbund) == stupid.current(date.max)
    assert stored(shared, forbund, known_by=middle) == stupid.current(middle)
    holders = [number for _, number in stupid.current(date.max).values()]
    for delivery in load_deliveries(shared, forbund):
        assert delivery.current == holders.count(delivery.id)
        expected = DeliveryState.AKTIV if delivery.id in holders else DeliveryState.ERSATT
        assert delivery.state is (DeliveryState.ANGRAD if delivery.id in stupid.undone else expected)


def test_the_store_is_sound_after_all_that(shared: Store) -> None:
    assert check_integrity(shared) == ()
