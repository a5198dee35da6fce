"""What a series says, in one sentence."""

from __future__ import annotations

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.policy import SHORTEST_RUN_CHART, SMALLEST_TREND
from finsam_dash.wording.numbers import format_count

_ONE = {1: "Den senaste månaden", 3: "Det senaste kvartalet", 6: "Det senaste halvåret", 12: "Det senaste året"}
_MANY = {1: "månader", 3: "kvartal", 4: "tertial", 6: "halvår", 12: "år"}


def format_reading(reading: SeriesReading) -> str:
    """What may be said of the points over time, with how many they are and how they were read."""
    points = f"{format_count(reading.points)} {_MANY.get(reading.months, 'perioder')}"
    if reading.kind == "for_fa":
        needed = SMALLEST_TREND if reading.months >= 6 else SHORTEST_RUN_CHART
        return f"För få mätpunkter för att säga något om utvecklingen: {points}, minst {needed} behövs."
    if reading.kind == "p_diagram":
        if reading.side:
            side = "högre" if reading.side > 0 else "lägre"
            return f"{_ONE[reading.months]} är {side} än slumpen brukar ge (p-diagram, {points})."
        return f"{_ONE[reading.months]} skiljer sig inte mer än slumpen brukar ge (p-diagram, {points})."
    if reading.kind == "lopdiagram":
        if reading.side:
            return f"Nivån har förskjutits under tiden, mer än slumpen brukar ge (löpdiagram, {points})."
        return f"Inget tecken på förskjutning (löpdiagram, {points})."
    if reading.side:
        return f"Andelen har {'ökat' if reading.side > 0 else 'minskat'} över {points}, mer än slumpen förklarar."
    return f"Ingen säker ökning eller minskning över {points}."
