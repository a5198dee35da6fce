"""The registry of what is measured, read from indikatorer.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from finsam_dash.model import CountingMode, DenominatorType, Gender, Unit

TERM = re.compile(
    r"(?P<matt>[a-z_]+)(?:@(?P<indelning>[a-z_]+):(?P<klass>[a-z0-9_]+))?(?:#(?P<gender>[a-z_]+))?(?P<optional>\?)?"
)


@dataclass(frozen=True)
class Matt:
    """A mått that can be stored. `kind` says how it behaves over time; `modes` which insatser give it."""

    kod: str
    label: str
    kind: Literal["flode", "bestand", "unik"]
    unit: Unit
    modes: frozenset[CountingMode]


@dataclass(frozen=True)
class Term:
    """One term of a sum. `optional`: nobody, where the insats has never delivered the mått."""

    sign: int
    matt: str
    indelning: str = ""
    klass: str = ""
    gender: Gender | None = None
    optional: bool = False


Expression = tuple[Term, ...]


@dataclass(frozen=True)
class Indikator:
    """What is shown. `pairs` are (numerator, denominator) in the order they are tried; a count has no denominator.

    `unit` is antal or andel as the form says, andel or kr for money.
    """

    kod: str
    label: str
    description: str
    form: Literal["antal", "andel", "ekonomi"]
    pairs: tuple[tuple[Expression, Expression], ...]
    genders: frozenset[Gender]
    namnare_typ: DenominatorType | None
    direction: Literal["hogre", "lagre", "neutral"]
    source: str
    unit: Unit = Unit.ANTAL


@dataclass(frozen=True)
class Registry:
    """Every mått and every indikator, by code and in the file's order."""

    matt: dict[str, Matt]
    indikatorer: dict[str, Indikator]


def read_expression(text: str) -> Expression:
    """Read a sum of terms such as `avslutade - avslutade_utan_uppgift?`.

    Raises ValueError for a term that cannot be read.
    """
    terms = []
    for sign, body in re.findall(r"(^|[+-])\s*([^+\-\s]+)", text.strip()):
        match = TERM.fullmatch(body)
        if match is None:
            raise ValueError(f"not a term: {body!r} in {text!r}")
        terms.append(
            Term(
                sign=-1 if sign == "-" else 1,
                matt=match["matt"],
                indelning=match["indelning"] or "",
                klass=match["klass"] or "",
                gender=Gender(match["gender"]) if match["gender"] else None,
                optional=bool(match["optional"]),
            )
        )
    return tuple(terms)


@cache
def load_registry() -> Registry:
    """Read indikatorer.toml.

    Raises ValueError when a term names a mått that is not in the file, and KeyError when a required key is lacking.
    """
    raw = tomllib.loads(resources.files(__package__).joinpath("indikatorer.toml").read_text("utf-8"))
    matt = {
        kod: Matt(
            kod=kod,
            label=entry["label"],
            kind=entry["kind"],
            unit=Unit(entry.get("unit", "antal")),
            modes=frozenset(CountingMode(mode) for mode in entry["modes"]),
        )
        for kod, entry in raw["matt"].items()
    }
    indikatorer = {}
    for kod, entry in raw["indikator"].items():
        pairs = tuple(
            (read_expression(pair["numerator"]), read_expression(pair.get("denominator", "")))
            for pair in (entry, entry.get("or_else"))
            if pair and "numerator" in pair
        )
        for term in (term for pair in pairs for side in pair for term in side):
            if term.matt not in matt:
                raise ValueError(f"indikator {kod}: unknown mått {term.matt}")
        genders = entry.get("genders", ["kvinna", "man", "annat_okant"])
        indikatorer[kod] = Indikator(
            kod=kod,
            label=entry["label"],
            description=entry["description"],
            form=entry["form"],
            pairs=pairs,
            genders=frozenset({Gender.ALLA, *(Gender(gender) for gender in genders)}),
            namnare_typ=DenominatorType(entry["namnare_typ"]) if "namnare_typ" in entry else None,
            direction=entry["direction"],
            source=entry["source"],
            unit=Unit(entry.get("unit", entry["form"])),
        )
    return Registry(matt, indikatorer)
