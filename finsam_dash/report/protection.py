"""The plan of what a förbund may publish: made once a data version, kept in the store, and recorded when it is used."""

from __future__ import annotations

import json

from finsam_dash import __version__
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.protection.history import Publication
from finsam_dash.judgement.protection.publish import (
    PublishingPlan,
    plan_from_text,
    plan_publishing,
    plan_to_text,
    record_from_text,
    record_to_text,
)
from finsam_dash.model import Actor, Period, Settings
from finsam_dash.store import (
    PlanKey,
    Store,
    has_publication,
    load_basis,
    load_figures,
    load_insatser,
    load_plan_text,
    load_publications,
    load_settings,
    save_plan_text,
    save_publication,
)

ENGINE = "5"
"""Raised when the same figures would be protected in another way, so that stored plans are made anew."""


class ChangedFiguresError(Exception):
    """The figures have changed since what is to be handed out was made: beside the present ones it tells of that."""


def make_key(store: Store, forbund: str, settings: Settings | None = None) -> PlanKey:
    """What the plan in force is made of. Raises store's UnknownForbundError."""
    chosen = settings or load_settings(store, forbund)
    text = json.dumps([chosen.publishing_grid, chosen.threshold, chosen.show_zero])
    return PlanKey(load_basis(store, forbund), text, f"{__version__}/{ENGINE}")


def find_plan(store: Store, forbund: str, settings: Settings | None = None) -> PublishingPlan | None:
    """The stored plan of the förbund's present figures, if it is made. `settings`: others than those in force.

    Raises store's UnknownForbundError.
    """
    text = load_plan_text(store, forbund, make_key(store, forbund, settings))
    return None if text is None else plan_from_text(text)


def load_plan(store: Store, forbund: str, settings: Settings | None = None) -> PublishingPlan:
    """The plan of the förbund's present figures, made and stored where it is not there: that takes seconds.

    What was published of other data versions, or under other settings, is protected against too. Raises store's
    UnknownForbundError.
    """
    found = find_plan(store, forbund, settings)
    if found is not None:
        return found
    chosen = settings or load_settings(store, forbund)
    key = make_key(store, forbund, chosen)
    figures = FigureSet(load_figures(store, forbund), load_insatser(store, forbund), load_registry())
    plan = plan_publishing(figures, chosen, load_records(store, forbund, key))
    if make_key(store, forbund, chosen) == key:
        # Figures that changed meanwhile would be another key's: such a plan is used by nobody.
        save_plan_text(store, forbund, key, plan_to_text(plan))
    return plan


def load_records(store: Store, forbund: str, key: PlanKey) -> tuple[Publication, ...]:
    """What earlier publications told, oldest first; those cut from the plan of this very key tell nothing new.

    Raises store's UnknownForbundError.
    """
    return tuple(
        record_from_text(entry.record)
        for entry in load_publications(store, forbund)
        if entry.record and entry.key != key
    )


def record_once(
    store: Store, forbund: str, what: str, period: Period, actor: Actor, *, data_version: int | None = None
) -> bool:
    """Record a publication as `record_publication` does, unless it is on record from these very figures already.

    For what is easily handed out many times: one chart, one table, the slides. Whether it was recorded now. Raises
    as `record_publication` does.
    """
    _check_unchanged(store, forbund, data_version)
    if has_publication(store, forbund, what, period, make_key(store, forbund)):
        return False
    record_publication(store, forbund, what, period, actor, data_version=data_version)
    return True


def record_publication(
    store: Store, forbund: str, what: str, period: Period, actor: Actor, *, data_version: int | None = None
) -> int:
    """Record that something was published from the present figures, so that later plans protect against it.

    `what` is said to people: a document's file name, or that a page was shown. The record holds the whole plan, also
    what the document did not print: a reader may have been given that too. `data_version` is that of what is handed
    out; None: it has left the house already. Raises ChangedFiguresError, with nothing recorded, where the figures or
    what protects them have changed since, and store's UnknownForbundError.
    """
    _check_unchanged(store, forbund, data_version)
    key = make_key(store, forbund)
    text = load_plan_text(store, forbund, key)
    if text is None:
        load_plan(store, forbund)
        text = load_plan_text(store, forbund, key)
    record = "" if text is None else record_to_text(plan_from_text(text, with_record=True).record)
    return save_publication(store, forbund, what, period, key, record, actor)


def _check_unchanged(store: Store, forbund: str, data_version: int | None) -> None:
    if data_version is not None and load_basis(store, forbund) > data_version:
        raise ChangedFiguresError(forbund)
