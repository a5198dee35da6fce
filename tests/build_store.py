"""Short ways to a filled store in tests."""

from __future__ import annotations

from datetime import date

import pandas as pd

from finsam_dash.model import Actor, Forbund, Insats, Period
from finsam_dash.store import DeliveryMeta, Store, open_store, save_delivery, save_forbund, save_insats

ME = Actor("forbundschef", "Test")


def empty_store(*insatser: Insats, forbund: str = "provet") -> Store:
    """A store in memory with one förbund."""
    store = open_store("sqlite://")
    save_forbund(store, Forbund(forbund, "Samordningsförbundet Provet"), ME)
    for insats in insatser:
        save_insats(store, forbund, insats, ME)
    return store


def frame(*rows: tuple[str, str, str, str, float | None]) -> pd.DataFrame:
    """Figures as intake makes them: (insats or "", mått, kön, period, value); None is uppgift saknas.

    A mått may carry "@indelning:klass".
    """
    return pd.DataFrame([_row(*row) for row in rows])


def _row(subject: str, matt: str, gender: str, period: str, value: float | None) -> dict[str, object]:
    matt, _, cut = matt.partition("@")
    indelning, _, klass = cut.partition(":")
    when = Period.parse(period)
    return {
        "kind": "insats" if subject else "forbund",
        "subject": subject,
        "matt": matt,
        "indelning": indelning,
        "klass": klass,
        "gender": gender,
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "value": float("nan") if value is None else float(value),
        "reason": "uppgift_saknas" if value is None else "",
        "unit": "andel" if matt.startswith("andel") else "antal",
        "numerator": float("nan"),
        "denominator": float("nan"),
        "namnare_typ": "",
        "qualifier": "",
        "dokument": "",
        "rubrik": "",
        "uttryck": "",
        "sheet": "",
        "row": 2,
    }


def deliver(
    store: Store,
    *rows: tuple[str, str, str, str, float | None],
    forbund: str = "provet",
    known_from: date = date(2026, 1, 10),
    name: str = "leverans.csv",
) -> int:
    """Save rows as one delivery; its number."""
    figures = frame(*rows)
    meta = DeliveryMeta(name, "0" * 64, len(figures), "manad", known_from)
    return save_delivery(store, forbund, figures, meta, ME)
