"""States that the store of a page may be in: full, one month late, one insats only, empty, with a plan in words."""

from __future__ import annotations

from collections.abc import Callable

from build_store import ME, deliver

from finsam_dash.model import Forbund, Insats, InsatsPeriod, Period, Target
from finsam_dash.store import Store, save_entries, save_forbund, save_insats

MONTHS = ("2025-01", "2025-02", "2025-03")
HEADLINE_MATT = (("pagaende", 20), ("nya", 6), ("avslutade", 12), ("till_arbete_studier", 5), ("bortfall", 1))


def add_forbund(store: Store, *insatser: str) -> None:
    save_forbund(store, Forbund("provet", "Samordningsförbundet Provet"), ME)
    for place, kod in enumerate(insatser):
        always = (InsatsPeriod(Period.year(2024).start, None),)
        save_insats(store, "provet", Insats(kod, kod.capitalize(), always, order=place), ME)


def _deliver_months(store: Store, insats: str, *months: str) -> None:
    rows = [
        (insats, matt, gender, month, value)
        for month in months
        for gender in ("kvinna", "man", "alla")
        for matt, value in ((matt, count * (2 if gender == "alla" else 1)) for matt, count in HEADLINE_MATT)
    ]
    deliver(store, *rows, name=f"{insats}.csv")


def fill_full(store: Store) -> None:
    add_forbund(store, "stegen", "navet")
    _deliver_months(store, "stegen", *MONTHS)
    _deliver_months(store, "navet", *MONTHS)


def fill_one_late(store: Store) -> None:
    add_forbund(store, "stegen", "navet")
    _deliver_months(store, "stegen", *MONTHS)
    _deliver_months(store, "navet", *MONTHS[:2])


def fill_one_insats(store: Store) -> None:
    add_forbund(store, "stegen")
    _deliver_months(store, "stegen", *MONTHS)


def fill_nothing(store: Store) -> None:
    """A store without any förbund."""


STATES: dict[str, Callable[[Store], None]] = {
    "full": fill_full,
    "en månad sen": fill_one_late,
    "en insats": fill_one_insats,
    "tom": fill_nothing,
}


def fill_plan_in_words(store: Store) -> None:
    """A plan as Ånge's of 2022 is: goals in words, and no figures."""
    add_forbund(store, "stegen")
    _add_plan(store)


def fill_full_with_plan_in_words(store: Store) -> None:
    fill_full(store)
    _add_plan(store)


def _add_plan(store: Store) -> None:
    for kod in ("ett", "tva"):
        save_entries(
            store, "provet", [Target(kod, "Plan", "resultatmal", "Samverkan ska stärkas.", Period.year(2025))], ME
        )
