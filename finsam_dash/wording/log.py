"""The store's log in Swedish: one line a change, what was done, by whom and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from finsam_dash.model import Period
from finsam_dash.store import LogEntry
from finsam_dash.wording.delivery import format_actor
from finsam_dash.wording.names import capitalise, format_list
from finsam_dash.wording.numbers import format_count
from finsam_dash.wording.periods import format_period, format_stored_moment

HEADING: Final = "Ändringslogg"
SHOWN: Final = 200
"""So many of the latest changes are listed."""
LEAD: Final = f"De {SHOWN} senaste ändringarna, den senaste först. Loggen går inte att ändra."
LOG_HEADER: Final = (("När", 15), ("Vad", 50), ("Av", 17), ("Skäl", 18))
"""Column and its width in per cent."""

REGISTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Target": "mål",
        "TargetOutcome": "utfall av mål",
        "TargetComment": "analyser av mål",
        "EconomyRow": "belopp",
        "EconomyTable": "ekonomitabeller",
        "EconomyCategory": "ekonomikategorier",
        "PlannedCount": "budgeterat antal deltagare",
        "InsatsText": "texter om insatser",
        "Decision": "beslut om insatser",
        "Event": "händelser",
        "SamverkanFigure": "uppgifter om samverkan",
        "Lotsarende": "lotsärenden",
        "Enkat": "enkätsvar",
        "ExternalFunding": "externa medel",
        "Risk": "risker i internkontrollen",
        "Document": "dokument",
        "PrintedResult": "tryckta resultat att stämma av",
    }
)
"""What the entries of a register are called, by the register's name."""

_SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "threshold": "gränsen för små tal",
        "show_zero": "om noll visas",
        "publishing_grid": "rutnätet för det som lämnas ut",
        "accent": "färgen",
        "logo_png": "loggan",
        "report_day": "redovisningsdagen",
    }
)

Content = Mapping[str, Any]


def format_log_row(entry: LogEntry) -> tuple[str, ...]:
    """A change as a row under LOG_HEADER, on Stockholm's clock."""
    before, after = (json.loads(text) if text else {} for text in (entry.before, entry.after))
    what = WHAT[entry.what](before, after)
    return format_stored_moment(entry.time), what, format_actor(entry.actor), capitalise(entry.reason)


def _delivered(before: Content, after: Content) -> str:
    return f"Leverans {after['leverans']} inläst: {after['fil']}{_moved(after)}"


def _undone(before: Content, after: Content) -> str:
    return f"Leverans {before['leverans']} ångrad: {before['fil']}{_moved(after)}"


def _moved(after: Content) -> str:
    """The insatser whose start followed the figures: "; insatsen navet börjar 2026-01-01"."""
    return "".join(f"; insatsen {kod} börjar {day}" for kod, day in after.get("starter", {}).items())


def _named(noun: str, ending: str) -> Callable[[Content, Content], str]:
    """What has a name was added or changed: "Insatsen Stegen inlagd", "Förbundet Norr ändrat"."""
    return lambda before, after: f"{noun} {after['namn']} {'ändra' if before else 'inlag'}{ending}"


def _entered(before: Content, after: Content) -> str:
    """What was entered in the registers: "Inlagt: mål (2). Ändrat: belopp (1)"."""
    done: dict[str, Counter[str]] = {"Inlagt": Counter(), "Ändrat": Counter(), "Borttaget": Counter()}
    for name, content in after.items():
        how = "Borttaget" if content is None else "Ändrat" if before.get(name) else "Inlagt"
        done[how][REGISTERS[name.partition("/")[0]]] += 1
    told = {
        how: format_list([f"{name} ({format_count(count)})" for name, count in own.items()])
        for how, own in done.items()
    }
    return ". ".join(f"{how}: {listed}" for how, listed in told.items() if listed)


WHAT: Final[Mapping[str, Callable[[Content, Content], str]]] = MappingProxyType(
    {
        "leverans": _delivered,
        "angra": _undone,
        "insats": _named("Insatsen", "d"),
        "grupp": _named("Lokusgruppen", "d"),
        "forbund": _named("Förbundet", "t"),
        "insatser": lambda before, after: f"Insatser inlagda: {format_list(after['koder'])}",
        "register": _entered,
        "installningar": lambda before, after: (
            f"Inställningar ändrade: {format_list([_SETTINGS[name] for name in after])}"
        ),
        "jamforelsevarden": lambda before, after: f"Jämförelsevärden inlagda: {format_count(after['antal'])}",
        "publicering": lambda before, after: (
            f"Utlämnat: {after['vad']}, {format_period(Period.parse(after['period']))}"
        ),
        "aterstall": lambda before, after: f"Säkerhetskopian {after['fil']} återställd",
        "fyllning": lambda before, after: "Det som följer med programmet är inlagt",
    }
)
"""The sentence of a change, by the log's code for it."""
