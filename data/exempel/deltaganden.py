"""Draw single deltaganden of `exempel` in memory; only counts of them are ever written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from plan import ALDER, FODELSELAND, FORBUND, FORE, FORSORJNINGSTID, KOMMUNER_OF_GRUPP, MONTHS, UTBILDNING, Plan

BURN_IN = 30
"""Months drawn before the first, so that there are pågående from the start."""

INFLOW = (1.45, 1.15, 1.05, 0.95, 0.80, 0.55, 0.25, 1.10, 1.60, 1.25, 1.05, 0.80)
"""Share of an even inflow that comes in each calendar month: low in July, high in September and January."""

LATE_EXIT = (0.81, 0.12, 0.05, 0.02)
"""Share of the avslutade that is registered in the month itself, one, two and three months late."""

LATE_START = (0.97, 0.03)
UNKNOWN_AT_EXIT = 0.05
UNKNOWN_AT_FOLLOW_UP = {3: 0.10, 6: 0.18, 12: 0.28}
KOMMUN_WEIGHTS = (0.62, 0.38, 0.5, 0.3, 0.4)
FEW_EXITS = (1, 5, 9, 15, 22, 24, 28, 32, 35, 38, 41, 46, 51, 56, 59)
"""The months of the exits of the insats that is too small to judge."""

FORE_BY_DEPENDENCE = (
    (0.25, 0.28, 0.08, 0.18, 0.14, 0.07),
    (0.34, 0.20, 0.12, 0.17, 0.10, 0.07),
    (0.50, 0.13, 0.18, 0.12, 0.03, 0.04),
)
ODDS_BY_DEPENDENCE = (1.3, 1.05, 0.75)
"""How likely to reach arbete or studier, against the rest, by time in offentlig försörjning."""

STILL_THERE = {3: 0.90, 6: 0.84, 12: 0.78}
"""Of those who left to arbete or studier, the share that is there 3, 6 and 12 months later."""

GAINED = {3: 0.06, 6: 0.10, 12: 0.14}
"""Of the others, the share that has come to arbete or studier by then."""


@dataclass
class Deltagande:
    """One drawn deltagande. `exit` None: still going on. `known_*` is the month in which it was registered."""

    kon: str
    alder: str
    utbildning: str
    forsorjningstid: str
    fodelseland: str
    kommun: str
    fore: str
    start: int
    known_start: int
    exit: int | None = None
    known_exit: int = 0
    unknown: bool = False
    dropout: bool = False
    work: bool = False
    study: bool = False
    own_business: bool = False
    efter: str = ""
    later: dict[int, str] | None = None

    @property
    def reached(self) -> bool:
        return self.work or self.study


def draw_one(random: Random, weights: Iterable[float]) -> int:
    """Draw an index with these weights, which need not add up to 1."""
    weights = list(weights)
    left = random.random() * sum(weights)
    for index, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return index
    return len(weights) - 1


def draw_count(random: Random, mean: float) -> int:
    """Draw from a Poisson distribution (Knuth's method, good for small means)."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def split_dependence(plan: Plan) -> tuple[float, float, float]:
    """The shares of under one year, one to three, and over three years in offentlig försörjning."""
    return (1 - plan.long_dependence) * 0.45, (1 - plan.long_dependence) * 0.55, plan.long_dependence


def compute_level(plan: Plan, month: int) -> float:
    """The share to arbete or studier that the plan means for a month, between the levels of two Januaries."""
    year, rest = divmod(max(month, 0), 12)
    return plan.levels[year] + (plan.levels[year + 1] - plan.levels[year]) * rest / 12


def draw_person(random: Random, plan: Plan, start: int) -> Deltagande:
    """Draw who begins in a month."""
    dependence = draw_one(random, split_dependence(plan))
    education = (plan.low_education, 0.75 * (1 - plan.low_education), 0.25 * (1 - plan.low_education))
    kommuner = KOMMUNER_OF_GRUPP[plan.grupp]
    return Deltagande(
        kon="kvinna" if random.random() < plan.women else "man",
        alder=ALDER[0 if random.random() < plan.under_30 else 1],
        utbildning=UTBILDNING[draw_one(random, education)],
        forsorjningstid=FORSORJNINGSTID[dependence],
        fodelseland=FODELSELAND[0 if random.random() < plan.foreign_born else 1],
        kommun=kommuner[draw_one(random, KOMMUN_WEIGHTS[: len(kommuner)])],
        fore=FORE[draw_one(random, FORE_BY_DEPENDENCE[dependence])],
        start=start,
        known_start=start + draw_one(random, LATE_START),
    )


def draw_exit(random: Random, plan: Plan, person: Deltagande, month: int) -> None:
    """Draw how a deltagande ends in a month, and what becomes of the person within a year."""
    person.exit = month
    person.known_exit = max(month + draw_one(random, LATE_EXIT), person.known_start)
    odds = ODDS_BY_DEPENDENCE[FORSORJNINGSTID.index(person.forsorjningstid)]
    mean = sum(share * odds for share, odds in zip(split_dependence(plan), ODDS_BY_DEPENDENCE, strict=True))
    chance = min(0.95, compute_level(plan, month) * odds / mean / (1 - plan.dropout))
    person.unknown = random.random() < UNKNOWN_AT_EXIT
    person.dropout = not person.unknown and random.random() < plan.dropout
    if not person.unknown and not person.dropout and random.random() < chance:
        kind = draw_one(random, (0.66, 0.27, 0.07) if person.alder == "30_och_over" else (0.5, 0.42, 0.08))
        person.work, person.study = kind in (0, 2), kind in (1, 2)
        person.own_business = person.work and random.random() < 0.06
    if person.unknown:
        person.efter = "okand"
    elif person.work:
        person.efter = "lon"
    elif person.study:
        person.efter = "studiestod"
    elif random.random() < 0.7:
        person.efter = person.fore
    else:
        person.efter = FORE[draw_one(random, (0.22, 0.16, 0.14, 0.32, 0.08, 0.08))]
    person.later = {}
    for distance in (3, 6, 12):
        if random.random() < UNKNOWN_AT_FOLLOW_UP[distance]:
            situation = "ej_uppfoljda"
        elif random.random() < (STILL_THERE if person.reached else GAINED)[distance]:
            situation = "uppfoljning_arbete_studier"
        else:
            situation = "uppfoljning_rehabilitering" if random.random() < 0.35 else "uppfoljning_ovrigt"
        person.later[distance] = situation


def draw_deltaganden(plan: Plan) -> list[Deltagande]:
    """Draw every deltagande of an insats with one; none for a volyminsats."""
    random = Random(f"{FORBUND} {plan.kod} {plan.draw}")
    if plan.counting_mode == "volym":
        return []
    drawn = []
    if plan.exits_a_year < 5:
        # Too few to leave to chance: 2–4 exits a year, and somebody always still there.
        for exit_month in (*FEW_EXITS, MONTHS + 2, MONTHS + 5):
            person = draw_person(random, plan, exit_month - 7 - draw_one(random, (1,) * 6))
            if exit_month < MONTHS:
                draw_exit(random, plan, person, exit_month)
            drawn.append(person)
        return drawn
    begin = plan.first if plan.first else -BURN_IN
    for month in range(begin, min(plan.last, MONTHS - 1) + 1):
        still_open = not plan.end or month <= plan.last - 3
        mean = plan.exits_a_year / 12 * INFLOW[month % 12] if still_open else 0.0
        for _ in range(draw_count(random, mean)):
            person = draw_person(random, plan, month)
            length = max(1, round(plan.length * (0.4 + 0.6 * (random.random() + random.random()))))
            leaves = month + length
            if leaves % 12 == 6 and random.random() < 0.6:
                leaves += -1 if length > 1 and random.random() < 0.6 else 1
            if plan.end:
                leaves = min(leaves, plan.last)
            if 0 <= leaves < MONTHS:
                draw_exit(random, plan, person, leaves)
            if leaves >= 0:
                drawn.append(person)
    return drawn


def compute_stock(people: list[Deltagande], month: int, known: int) -> list[Deltagande]:
    """Pågående at the month's start, as registered by the end of month `known`."""
    return [
        person
        for person in people
        if person.start < month
        and person.known_start <= known
        and not (person.exit is not None and person.exit < month and person.known_exit <= known)
    ]


def compute_new(people: list[Deltagande], month: int, known: int) -> list[Deltagande]:
    return [person for person in people if person.start == month and person.known_start <= known]


def compute_left(people: list[Deltagande], month: int, known: int) -> list[Deltagande]:
    return [person for person in people if person.exit == month and person.known_exit <= known]
