"""What a series says, in sentences: the reading, whether the target is met, what is preliminary, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.over_time_lag import Lag, LagStep
from finsam_dash.judgement.policy import SHORTEST_RUN_CHART, SMALLEST_LAG, SMALLEST_N, SMALLEST_TREND
from finsam_dash.model import Measured, Missing, Riktning, Suppressed
from finsam_dash.report.content import Report
from finsam_dash.report.content_over_time import LatePoint, OverTime, Series, Step
from finsam_dash.report.content_parts import EventNote, GroupDifference
from finsam_dash.wording.names import capitalise, format_list
from finsam_dash.wording.numbers import (
    EN_DASH,
    MINUS,
    NO_BREAK,
    format_count,
    format_hidden,
    format_interval,
    format_number_word,
    format_share,
    format_share_words,
    share_of,
)
from finsam_dash.wording.periods import format_date_short, format_period, format_period_months
from finsam_dash.wording.protection import GRIDS_DEFINITE
from finsam_dash.wording.sentences import format_hidden_sentence, format_reason, format_target
from finsam_dash.wording.titles import OUTCOME, format_few_title, is_few

STEPS: Final[Mapping[Step, str]] = MappingProxyType(
    {"manad": "Månad", "rullande": "Rullande 12", "tertial": "Tertial", "halvar": "Halvår", "ar": "År"}
)
_CUTS: Final = MappingProxyType(
    {
        "manad": "enskilda månader",
        "rullande": "rullande tolv månader",
        "tertial": "tertial",
        "halvar": "halvår",
        "ar": "år",
    }
)
FOLD: Final = "Hela förbundet över tid"
_ONE: Final = MappingProxyType(
    {
        1: "Den senaste månaden",
        3: "Det senaste kvartalet",
        4: "Det senaste tertialet",
        6: "Det senaste halvåret",
        12: "Det senaste året",
    }
)
_MANY: Final = MappingProxyType({1: "månader", 3: "kvartal", 4: "tertial", 6: "halvår", 12: "år"})
_SINGLE: Final = MappingProxyType({1: "en månad", 3: "ett kvartal", 4: "ett tertial", 6: "ett halvår", 12: "ett år"})
_METHODS: Final = MappingProxyType({"p_diagram": "p-diagram", "xmr": "XmR-diagram"})
_RULES: Final = MappingProxyType(
    {
        "utanfor_grans": "utanför gränsen",
        "sju_pa_en_sida": "sju i rad på samma sida om mitten",
        "sju_at_samma_hall": "sju i rad åt samma håll",
        "tva_av_tre": "två av tre nära gränsen",
    }
)


def format_reading(reading: SeriesReading) -> str:
    """What may be said of the points over time, with how many they are and how they were read."""
    points = f"{format_count(reading.points)}{NO_BREAK}{_MANY.get(reading.months, 'perioder')}"
    if reading.kind == "for_fa":
        needed = SMALLEST_TREND if reading.months >= 6 else SHORTEST_RUN_CHART
        return f"För få mätpunkter för att säga något om utvecklingen: {points}, minst {needed} behövs."
    if reading.kind in _METHODS:
        how = f"{_METHODS[reading.kind]}, {points}"
        latest = _ONE.get(reading.months, "Den senaste perioden")
        if not reading.side:
            return f"{latest} skiljer sig inte mer än slumpen brukar ge ({how})."
        if reading.rule == "sju_at_samma_hall":
            way = "stigit" if reading.side > 0 else "sjunkit"
            return f"Andelen har {way} {_RULES[reading.rule]}, mer än slumpen brukar ge ({how})."
        side = "högre" if reading.side > 0 else "lägre"
        why = f" {EN_DASH} {_RULES[reading.rule]}" if reading.rule else ""
        return f"{latest} är {side} än slumpen brukar ge{why} ({how})."
    if reading.kind == "lopdiagram":
        if reading.side:
            return f"Nivån har förskjutits under tiden, mer än slumpen brukar ge (löpdiagram, {points})."
        return f"Inget tecken på förskjutning (löpdiagram, {points})."
    if reading.side:
        return f"Andelen har {'ökat' if reading.side > 0 else 'minskat'} över {points}, mer än slumpen förklarar."
    return f"Ingen säker ökning eller minskning över {points}."


def format_reach(reading: SeriesReading, target: float | None, riktning: Riktning | None) -> str:
    """Whether single points meet the target always, at times or never as long as nothing changes; "" where unsaid."""
    if not reading.reach or target is None:
        return ""
    aim = f"målet {format_target(target, riktning or Riktning.MINST)}"
    one = _SINGLE.get(reading.months, "en period")
    if any(limit.is_signal for limit in reading.limits):
        return f"Hela tiden tillsammans klarar {reading.reach} {aim}, men nivån har ändrats under tiden."
    match reading.reach:
        case "alltid":
            return f"Klarar alltid {aim}: så länge inget ändras hamnar nästan varje punkt ({one}) på rätt sida."
        case "aldrig":
            return f"Klarar aldrig {aim}: så länge inget ändras hamnar nästan varje punkt ({one}) på fel sida."
        case _:
            return f"Klarar ibland {aim}: {one} hamnar på den ena eller andra sidan utan att något har ändrats."


def format_late_point(one: LatePoint) -> str:
    """What a preliminary point usually becomes: "18–33 % (0–3 avslutade till)"."""
    added = f"{_format_added(one.fewest, one.most)} {_name_avslutade(one.fewest, one.most)}"
    return f"{_format_span(one)} ({added} till)"


def _format_span(one: LatePoint) -> str:
    low, high = format_share(one.lower), format_share(one.upper)
    return low if low == high else format_interval(one.lower, one.upper)


def _format_added(fewest: int, most: int) -> str:
    if fewest == most:
        return _format_signed(fewest)
    if fewest < 0:
        return f"{_format_signed(fewest)} till {_format_signed(most)}"
    return f"{format_count(fewest)}{EN_DASH}{format_count(most)}"


def _name_avslutade(fewest: int, most: int) -> str:
    return "avslutad" if fewest == most == 1 else "avslutade"


def _format_signed(number: int) -> str:
    """A count with U+2212 where it is negative and no sign where it is not."""
    return f"{MINUS}{format_count(-number)}" if number < 0 else format_count(number)


def format_lag(lag: Lag | None) -> str:
    """How much preliminary months usually change, age by age, and what it is learnt from; or that it is not known."""
    if lag is None:
        return ""
    if not lag.steps:
        return (
            "Hur mycket preliminära månader brukar ändras är inte känt: det krävs minst "
            f"{SMALLEST_LAG} månader som lämnades in i tid och sedan har blivit klara."
        )
    verb = "ändras" if any(step.fewest < 0 for step in lag.steps) else "öka"
    first, *rest = _drop_settled(lag.steps)
    changes = [f"brukar den {_format_change(first, verb)}"]
    changes += [f"efter {format_number_word(step.age)} {_format_change(step)}" for step in rest]
    whole = "en månad" if first.age == 1 else f"{format_number_word(first.age)} månader"
    months = format_count(max(step.months for step in lag.steps))
    basis = {
        "insats": f"insatsens {months} klara månader",
        "insatser": f"{months} klara månader hos alla insatser, för insatsens egna är för få",
        "forbund": f"hela förbundets {months} klara månader",
    }[lag.basis]
    return (
        "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i "
        f"{whole} {format_list(changes)}. Så har det varit åtta gånger av tio ({basis})."
    )


def _drop_settled(steps: tuple[LagStep, ...]) -> tuple[LagStep, ...]:
    """The ages up to the first from which nothing usually changes: those after it say no more."""
    last = max((place for place, step in enumerate(steps) if step.fewest or step.most), default=-1)
    return steps[: last + 2]


def _format_change(step: LagStep, verb: str = "") -> str:
    if step.fewest == step.most == 0:
        return f"inte {verb} alls" if verb else "inte alls"
    added = _format_added(step.fewest, step.most)
    return f"{verb} med {added} {_name_avslutade(step.fewest, step.most)}" if verb else f"med {added}"


def format_late(series: Series) -> str:
    """Where the preliminary points usually end: "Dec 2025 brukar öka med 0–3 avslutade, till 18–33 %."; "" without."""
    found = []
    for one in series.late:
        last = one.period.months()[-1]
        rolling = series.step == "rullande"
        when = f"tolv månader t.o.m. {format_period_months(last)}" if rolling else format_period(one.period)
        if one.fewest == one.most == 0 and one.upper - one.lower < 0.005:
            continue
        verb = "öka" if one.fewest >= 0 else "ändras"
        added = f"{_format_added(one.fewest, one.most)} {_name_avslutade(one.fewest, one.most)}"
        found.append(f"{when} brukar {verb} med {added}, till {_format_span(one)}")
    return f"{capitalise('; '.join(found))}." if found else ""


def format_refused(report: Report, step: Step, *, insats: bool) -> str:
    """Why a cut is not shown in publicering."""
    grid = GRIDS_DEFINITE.get(report.publishing_grid, "per halvår")
    what = _CUTS[step]
    if insats:
        return (
            f"{capitalise(what)} ingår inte i det som förbundet lämnar ut, så serien visas inte. "
            f"Insatserna lämnas ut {grid} och per kalenderår."
        )
    return (
        f"{capitalise(what)} ingår inte i det som förbundet lämnar ut, så serien visas inte. "
        f"Hela förbundet lämnas ut per månad, {grid} och per kalenderår."
    )


def format_series_title(series: Series) -> str:
    """The finding of one cut over time."""
    reading = series.reading
    if series.refused:
        return f"{capitalise(_CUTS[series.step])} lämnas inte ut"
    if series.step == "rullande":
        last = next((point for point in reversed(series.points) if isinstance(point.value, Measured)), None)
        if last is None or not isinstance(last.value, Measured):
            return "Rullande tolv månader: uppgift saknas"
        when = f"de tolv månaderna t.o.m. {format_period_months(last.period.months()[-1])}"
        if is_few(last.value):
            return format_few_title(last.value, when)
        return f"{format_share_words(share_of(last.value))} {OUTCOME} {when}"
    if reading is None:
        hidden = any(isinstance(point.value, Suppressed) for point in series.points)
        return "Serien läses inte: minst ett tal visas inte" if hidden else "Andel till arbete eller studier över tid"
    if reading.kind == "for_fa":
        return "För få mätpunkter för att säga något om utvecklingen"
    if reading.kind == "trend" and reading.side:
        way = "ökat" if reading.side > 0 else "minskat"
        return f"Andelen till arbete eller studier har {way} mer än slumpen förklarar"
    if reading.kind == "lopdiagram" and reading.side:
        return "Nivån har förskjutits mer än slumpen brukar ge"
    if reading.side:
        way = "uppåt" if reading.side > 0 else "nedåt"
        return f"{_ONE.get(reading.months, 'Den senaste perioden')} pekar {way}, mer än slumpen brukar ge"
    if reading.kind == "trend":
        return "Ingen säker ökning eller minskning av andelen till arbete eller studier"
    if reading.kind == "lopdiagram":
        return "Inget tecken på att andelen till arbete eller studier har förskjutits"
    earlier = sum(limit.is_signal for limit in reading.limits)
    if earlier:
        noun = "tidigare punkt avviker" if earlier == 1 else "tidigare punkter avviker"
        return f"{capitalise(format_number_word(earlier))} {noun} mer än slumpen brukar ge, men inte den senaste"
    return "Andelen till arbete eller studier varierar inte mer än slumpen brukar ge"


def format_series_lead(over: OverTime, series: Series) -> str:
    """What is drawn, what it says, and whether the target is met."""
    drawn = {
        "manad": "Varje punkt är en månad.",
        "rullande": "Linje: rullande tolv månader. Inga regler prövas på dem, för grannar delar elva månader.",
        "tertial": "Varje punkt är ett tertial.",
        "halvar": "Varje punkt är ett halvår.",
        "ar": "Varje punkt är ett år.",
    }[series.step]
    reading = series.reading
    if reading is None:
        return drawn
    if series.joined:
        drawn = f"Stora punkter: {_MANY[reading.months]}, för en månad i taget är för få. Grå punkter: månader."
    last = series.read_until
    until = f" Läst t.o.m. {format_period_months(last.months()[-1])}." if last is not None else ""
    reach = format_reach(reading, over.target, over.riktning)
    return " ".join(part for part in (drawn, f"{format_reading(reading)}{until}", reach) if part)


def format_series_notes(over: OverTime, series: Series) -> tuple[str, ...]:
    """What to keep in mind: where preliminary points usually end, what is not known, what was left out."""
    notes = []
    if any(point.preliminary for point in series.points):
        notes += [format_late(series), format_lag(over.lag)]
    if series.partial:
        count = format_number_word(len(series.partial))
        noun = "punkt" if len(series.partial) == 1 else "punkter"
        unread = "" if series.reading is None else " De ritas men räknas inte i läsningen."
        notes.append(f"{capitalise(count)} {noun} saknar någon insats.{unread}")
    return tuple(note for note in notes if note)


def format_earlier_title(pair: GroupDifference) -> str:
    """Say "2025 32 procent, 2024 36: skillnaden kan vara slump"."""
    now, before = pair.first, pair.second
    names = f"{format_period(now.period)} mot {format_period(before.period)}"
    if not (isinstance(now.value, Measured) and isinstance(before.value, Measured)):
        hidden = isinstance(now.value, Suppressed) or isinstance(before.value, Suppressed)
        why = format_hidden(now.value, before.value, between=", ") if hidden else "uppgift saknas"
        return f"{capitalise(names)}: {why}"
    shares = f"{format_share(share_of(now.value))} mot {format_share(share_of(before.value))}"
    end = {
        "skiljer": ", skillnaden är större än slumpen förklarar",
        "kan_vara_slump": ", skillnaden kan vara slump",
        "for_fa": ", för få för en bedömning",
    }.get(pair.sakerhet, "")
    return f"{capitalise(names)}: {shares}{end}"


def format_earlier_sentence(pair: GroupDifference, names: Mapping[str, str] | None = None) -> str:
    """What may be said of the period against the year before, or why nothing may; `names` are of the insatser."""
    values = (pair.first.value, pair.second.value)
    if any(isinstance(value, Suppressed) for value in values):
        return format_hidden_sentence(*values)
    lacking = [
        f"{capitalise(format_period(row.period))}: {format_reason(row.value, names)}."
        for row in (pair.first, pair.second)
        if isinstance(row.value, Missing)
    ]
    if lacking:
        return " ".join(lacking)
    match pair.sakerhet:
        case "skiljer":
            return "95 %-intervallet för skillnaden (Newcombe) utesluter noll."
        case "kan_vara_slump":
            return "95 %-intervallet för skillnaden (Newcombe) rymmer noll."
        case "for_fa":
            return f"Minst {SMALLEST_N} behövs båda gångerna."
        case "ofullstandig":
            return "Ingen bedömning: minst en insats har inte redovisat hela tiden."
        case "samma_personer":
            return "Ingen bedömning: andelarna är inte av avslutade, så samma person kan vara med båda gångerna."
        case _:
            return "Ingen bedömning: antalet bakom andelarna saknas."


def name_earlier(pair: GroupDifference, label: str = "") -> GroupDifference:
    """The two times with their names, for the chart; `label` names the insats where there are several."""
    first, second = (replace(row, label=capitalise(format_period(row.period))) for row in (pair.first, pair.second))
    return replace(pair, label=label, first=first, second=second)


def name_event(index: int) -> str:
    """The letter of a dated note on a chart: A to Z, then AA. The shipped typeface has no ①."""
    earlier, letter = divmod(index, 26)
    return (name_event(earlier - 1) if earlier else "") + chr(ord("A") + letter)


def format_events(events: Sequence[EventNote]) -> str:
    """What the letters above a chart stand for: "Händelser: A, 1 mars 2021: Flyttade. B, …"; "" for none.

    `events` are in date order. The chart draws the letters alone: the notes are sentences, and its width is not known.
    """
    if not events:
        return ""
    notes = [
        f"{name_event(index)}, {format_date_short(event.date)}: {event.text.rstrip('. ')}."
        for index, event in enumerate(events)
    ]
    return f"{'Händelse' if len(events) == 1 else 'Händelser'}: {' '.join(notes)}"
