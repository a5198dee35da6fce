"""A store in memory with everything of data/publicerat, filled as a new store is. Never written to by a test."""

from __future__ import annotations

from functools import cache

from recompute_published import PUBLISHED

from finsam_dash.deliveries import prepare_store
from finsam_dash.store import Store


def fill_store() -> Store:
    """A store of one's own, to change."""
    return prepare_store("sqlite://", folders=(PUBLISHED,))


@cache
def published_store() -> Store:
    """The store that tests share."""
    return fill_store()
