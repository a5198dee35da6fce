"""How often each rule of what deserves a look fires though nothing has happened: by simulation, stored for METOD.

Write the stored rates anew with `python -m finsam_dash.judgement.attention_rates`; the same seed gives the same file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Final

from finsam_dash.judgement.attention import (
    Rule,
    differs_from_itself,
    is_count_out_of_reach,
    is_flow_gap,
    is_late,
    is_off_plan,
    is_out_of_reach,
    is_revised,
    is_signal,
)
from finsam_dash.judgement.comparison import judge_against_line
from finsam_dash.judgement.over_time import read_series
from finsam_dash.model import Measured, Period
from finsam_dash.stats.simulate import Draw, event_rate

REPEATS: Final = 4000
SEED: Final = 2026
FILE: Final = "attention_rates.json"

SIZES: Final = (2.0, 5.0, 10.0, 20.0)
"""Avslutade a month."""
LEVEL: Final = 0.35
DROPOUT: Final = 0.12
STAY: Final = 8
"""Months that a deltagande lasts: with `size` exits a month there are eight times as many inskrivna."""
SERIES: Final = 60
GOAL_TIME: Final = 24
YEAR: Final = 12
"""Months."""
INSATSER: Final = 12
LATE_EXITS: Final = (0.81, 0.12, 0.05, 0.02)
"""Share of the avslutade registered in the month itself, one, two and three months late: as in the example förbund."""
NEVER_IN_TIME: Final = 0.01
"""Share of the avslutade registered later still, after the month is no longer preliminary. Our own choice."""
COST_SPREAD: Final = 0.25
"""Relative spread of a month's cost around an even budget. Our own choice."""
MONTHS_SPENT: Final = (1.0, 3.0, 6.0, 12.0)
REPORT_DAY: Final = 10
DAYS_LATE: Final = (0.0, 5.0, 15.0, 31.0)


@dataclass(frozen=True)
class AlarmRate:
    """How often a rule fires in a case where nothing has happened: `size` is what the case varies."""

    rule: Rule
    case: str
    size: float
    rate: float


@dataclass(frozen=True)
class AlarmRates:
    """The rates of every rule, from so many simulated insatser a case."""

    repeats: int
    seed: int
    rates: tuple[AlarmRate, ...]


Case = tuple[Rule, str, tuple[float, ...], Callable[[float], Callable[[Draw], "bool | None"]]]


def _share_goal(size: float) -> Callable[[Draw], bool | None]:
    def fires(draw: Draw) -> bool | None:
        left = [draw.count(size) for _ in range(GOAL_TIME)]
        hits = [draw.hits(n, LEVEL) for n in left]
        still = draw.count(size * STAY)
        ks, ns = list(accumulate(hits)), list(accumulate(left))
        if ks[-1] < LEVEL * ns[-1]:
            return None
        return any(is_out_of_reach(k, n, still, LEVEL) for k, n in zip(ks[:-1], ns[:-1], strict=True))

    return fires


def _count_goal(size: float) -> Callable[[Draw], bool | None]:
    aim = math.floor(size * GOAL_TIME)

    def fires(draw: Draw) -> bool | None:
        left = [draw.count(size) for _ in range(GOAL_TIME)]
        came = [draw.count(size) for _ in range(GOAL_TIME)]
        still = draw.count(size * STAY)
        total = list(accumulate(left))
        if total[-1] < aim:
            return None
        for month in range(1, GOAL_TIME):
            new = sum(came[:month])
            if is_count_out_of_reach(total[month - 1], still, aim, came=new, gone=month, left=GOAL_TIME - month):
                return True
        return False

    return fires


def _signal(level: float) -> Callable[[float], Callable[[Draw], bool]]:
    def of_size(size: float) -> Callable[[Draw], bool]:
        def fires(draw: Draw) -> bool:
            left = [draw.count(size) for _ in range(SERIES)]
            return is_signal(read_series([draw.hits(n, level) for n in left], left, 1))

        return fires

    return of_size


def _two_years(level: float) -> Callable[[float], Callable[[Draw], bool]]:
    def of_size(size: float) -> Callable[[Draw], bool]:
        def fires(draw: Draw) -> bool:
            before, now = draw.count(size * YEAR), draw.count(size * YEAR)
            return differs_from_itself(draw.hits(now, level), now, draw.hits(before, level), before)

        return fires

    return of_size


def _changed(size: float) -> Callable[[Draw], bool]:
    """A delivery of a month that also corrects the months before, each exit when it came to be registered."""

    def fires(draw: Draw) -> bool:
        for months_late in range(1, YEAR + 1):
            share = LATE_EXITS[months_late] if months_late < len(LATE_EXITS) else NEVER_IN_TIME / (YEAR - 3)
            month = Period.month(2024, 12)
            known = month.end + timedelta(days=REPORT_DAY + 31 * (months_late - 1))
            late = draw.count(size * share)
            if late and is_revised(month, known, size, size + late):
                return True
        return False

    return fires


def _flow(size: float) -> Callable[[Draw], bool]:
    """A year of months where the exits that are never registered in time are lacking, and pågående is right."""

    def fires(draw: Draw) -> bool:
        return any(is_flow_gap(draw.count(size * NEVER_IN_TIME)) for _ in range(YEAR))

    return fires


def _unlike(any_of: int) -> Callable[[float], Callable[[Draw], bool]]:
    """Twelve insatser at one level against the line of them all; whether one of the first `any_of` is pointed at."""

    def of_size(size: float) -> Callable[[Draw], bool]:
        def fires(draw: Draw) -> bool:
            ns = [draw.count(size * YEAR) for _ in range(INSATSER)]
            ks = [draw.hits(n, LEVEL) for n in ns]
            line = sum(ks) / sum(ns)
            values = [
                Measured(k / n, numerator=k, denominator=n) for k, n in zip(ks[:any_of], ns[:any_of], strict=True) if n
            ]
            return any(judge_against_line(value, line) in (1, -1) for value in values)

        return fires

    return of_size


def _spent(months: float) -> Callable[[Draw], bool]:
    def fires(draw: Draw) -> bool:
        quota = sum(draw.amount(1, COST_SPREAD) for _ in range(int(months))) / months
        return is_off_plan(quota, int(months), YEAR)

    return fires


def _late(longest: float) -> Callable[[Draw], bool]:
    """A month that comes on some day up to `longest` days after its day of report, looked for on a day of the month."""

    def fires(draw: Draw) -> bool:
        end = date(2024, 12, 31)
        comes, looked = draw.day(1, REPORT_DAY + int(longest)), draw.day(1, 31)
        is_there = comes <= looked
        return not is_there and is_late(end, REPORT_DAY, end + timedelta(days=looked))

    return fires


CASES: Final[tuple[Case, ...]] = (
    (Rule.MAL, "andel", SIZES, _share_goal),
    (Rule.MAL, "antal", SIZES, _count_goal),
    (Rule.SIGNAL, "20", SIZES, _signal(0.2)),
    (Rule.SIGNAL, "35", SIZES, _signal(LEVEL)),
    (Rule.SIGNAL, "50", SIZES, _signal(0.5)),
    (Rule.NIVA, "35", SIZES, _two_years(LEVEL)),
    (Rule.BORTFALL, "12", SIZES, _two_years(DROPOUT)),
    (Rule.FLODE, "", SIZES, _flow),
    (Rule.ANDRAD, "", SIZES, _changed),
    (Rule.AVVIKER, "en", SIZES, _unlike(1)),
    (Rule.AVVIKER, "nagon", SIZES, _unlike(INSATSER)),
    (Rule.FORBRUKNING, "", MONTHS_SPENT, _spent),
    (Rule.SEN, "", DAYS_LATE, _late),
)


def compute_alarm_rates(repeats: int = REPEATS, seed: int = SEED) -> AlarmRates:
    """Simulate every case of every rule; each case has a seed of its own, so that one more changes no other."""
    rates = []
    for number, (rule, case, sizes, of_size) in enumerate(CASES):
        for place, size in enumerate(sizes):
            own = seed * 10_000 + number * 100 + place
            rates.append(AlarmRate(rule, case, size, event_rate(of_size(size), repeats, own)))
    return AlarmRates(repeats, seed, tuple(rates))


def read_alarm_rates() -> AlarmRates:
    """The stored rates, that METOD prints."""
    stored = json.loads(resources.files("finsam_dash").joinpath("judgement", FILE).read_text("utf-8"))
    rates = tuple(AlarmRate(Rule(one["rule"]), one["case"], one["size"], one["rate"]) for one in stored["rates"])
    return AlarmRates(stored["repeats"], stored["seed"], rates)


if __name__ == "__main__":
    text = json.dumps(asdict(compute_alarm_rates()), ensure_ascii=False, indent=1)
    Path(__file__).with_name(FILE).write_text(text + "\n", "utf-8")
