"""Att uppmärksamma: each thing in one sentence, with its rule, the numbers behind it, and where to look further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from finsam_dash.judgement.attention import Attention, Rule
from finsam_dash.judgement.attention_rates import (
    COST_SPREAD,
    DROPOUT,
    GOAL_TIME,
    INSATSER,
    LATE_EXITS,
    LEVEL,
    NEVER_IN_TIME,
    SERIES,
    STAY,
)
from finsam_dash.judgement.policy import OFF_PLAN
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, name_subject
from finsam_dash.wording.numbers import (
    EN_DASH,
    decimals_to_tell_apart,
    format_count,
    format_number_word,
    format_share,
)
from finsam_dash.wording.periods import format_in_period, format_period

HEADING: Final = "Att uppmärksamma"
NOTHING: Final = (
    "Ingen regel slår till. Det betyder inte att allt är bra, bara att inget skiljer sig mer än slumpen förklarar."
)
NOTHING_YET: Final = "Inget är inläst för perioden, så det finns inget att pröva."
LISTED: Final = 6
"""So many lines stand open; the rest are folded."""
RULES: Final[Mapping[Rule, str]] = {
    Rule.MAL: "Mål utom räckhåll",
    Rule.SIGNAL: "Signal över tid",
    Rule.NIVA: "Ny nivå",
    Rule.BORTFALL: "Bortfall olikt sig självt",
    Rule.FORBRUKNING: "Förbrukning utanför plan",
    Rule.SEN: "Sen leverans",
    Rule.ANDRAD: "Ändrade tal",
    Rule.FLODE: "In och ut går inte ihop",
    Rule.AVVIKER: "Olik de andra",
}
_PAGES: Final[Mapping[Rule, tuple[str, str]]] = {
    Rule.MAL: ("mal", "Mål"),
    Rule.SIGNAL: ("insats", "Insats"),
    Rule.NIVA: ("insats", "Insats"),
    Rule.BORTFALL: ("insats", "Insats"),
    Rule.FORBRUKNING: ("ekonomi", "Ekonomi"),
    Rule.SEN: ("las-in", "Läs in"),
    Rule.ANDRAD: ("las-in", "Läs in"),
    Rule.FLODE: ("insats", "Insats"),
    Rule.AVVIKER: ("jamforelse", "Jämförelse"),
}
"""The page, by its path and its name, where each thing is seen in full."""
_WIDTHS: Final = {1: "månad", 3: "kvartal", 4: "tertial", 6: "halvår", 12: "tolvmånadersperiod"}
_BROKEN: Final = {
    "utanfor_grans": "utanför gränsen",
    "sju_pa_en_sida": "sju i rad på samma sida om mitten",
    "sju_at_samma_hall": "sju i rad åt samma håll",
    "tva_av_tre": "två av tre nära gränsen",
}


@dataclass(frozen=True)
class AttentionLine:
    """One line of the list: the rule's name, the sentence with its numbers, and the page that shows the whole.

    `path` is the page's, `page` its name; `insats` is the code that the link carries, "" for the whole förbund.
    """

    rule: str
    text: str
    path: str
    page: str
    insats: str


def format_attention(items: Iterable[Attention], names: Mapping[str, str]) -> list[AttentionLine]:
    """Every line of the list, in its order; `names` maps an insats's code to what it is called."""
    lines = []
    for item in items:
        name = name_subject(item.insats, names)
        path, page = _PAGES[item.rule]
        lines.append(AttentionLine(RULES[item.rule], _SENTENCES[item.rule](item, name), path, page, item.insats or ""))
    return lines


def format_rest(count: int) -> str:
    """The line under which the rest is folded: "Visa två till"."""
    return f"Visa {format_number_word(count)} till"


def format_case(rule: Rule, case: str) -> str:
    """What was simulated to see how often a rule fires though nothing has happened, for METOD."""
    stay = f"{STAY} gånger så många inskrivna"
    texts = {
        (Rule.MAL, "andel"): (
            f"Mål {format_share(LEVEL)}, nivå {format_share(LEVEL)}, {GOAL_TIME} månader, {stay}; månad för månad, "
            "bland dem som nådde målet"
        ),
        (Rule.MAL, "antal"): (
            f"Så många avslutade som väntas på {GOAL_TIME} månader, {stay}; månad för månad, bland dem som nådde målet"
        ),
        (Rule.NIVA, "35"): f"Samma nivå två år i rad, {format_share(LEVEL)}",
        (Rule.BORTFALL, "12"): f"Samma bortfall två år i rad, {format_share(DROPOUT)}",
        (Rule.FLODE, ""): (
            f"Ett år där {format_share(NEVER_IN_TIME)} av avsluten aldrig kommer in i tid och pågående är rätt"
        ),
        (Rule.ANDRAD, ""): (
            f"En leverans med sena avslut: {format_share(1 - LATE_EXITS[0])} kommer en till tre månader sent, "
            f"{format_share(NEVER_IN_TIME)} ännu senare"
        ),
        (Rule.AVVIKER, "en"): f"En av {INSATSER} insatser på samma nivå, {format_share(LEVEL)}, ett år",
        (Rule.AVVIKER, "nagon"): f"Någon av {INSATSER} insatser på samma nivå, {format_share(LEVEL)}, ett år",
        (Rule.FORBRUKNING, ""): f"Budgeten förbrukas jämnt, månaderna varierar {format_share(COST_SPREAD)}",
        (Rule.SEN, ""): "Månaden kommer, men inte i tid: sedd en dag vilken som helst i månaden efter",
    }
    if rule is Rule.SIGNAL:
        return f"Samma nivå i {SERIES} månader, {format_share(int(case) / 100)}"
    return texts[rule, case]


def _goal(item: Attention, name: str) -> str:
    k, still, aim = item.number("k"), item.number("kvar"), item.number("mal")
    if "n" in dict(item.numbers):
        n = item.number("n")
        most = (k + still) / (n + still)
        best = format_share(most, decimals_to_tell_apart(most, aim))
        return (
            f"{name}: målet {format_share(aim)} går inte att nå med dem som är inskrivna nu. {format_count(k)} av "
            f"{format_count(n)} hittills, och om alla {format_count(still)} som är kvar lyckas blir det {best}."
        )
    so_far = f"{name}: målet {format_count(aim)} går inte längre att nå. {capitalise(format_count(k))} hittills"
    if still:
        so_far += f", och {format_count(still)} är kvar"
    left = int(item.number("manader"))
    if not left:
        return f"{so_far}. Tiden är ute."
    months = "en månad" if left == 1 else f"{format_number_word(left)} månader"
    return f"{so_far}. Med samma takt som hittills, {format_count(item.number('nya'))} nya, räcker inte {months} till."


def _signal(item: Attention, name: str) -> str:
    width = _WIDTHS[int(item.number("manader"))]
    broken = f" ({_BROKEN[item.text]})" if item.text else ""
    if item.text == "sju_at_samma_hall":
        way = "har stigit" if item.number("sida") > 0 else "har sjunkit"
    else:
        way = "är högre än tidigare" if item.number("sida") > 0 else "är lägre än tidigare"
    return (
        f"{name}: andelen till arbete eller studier {way}, mer än slumpen brukar ge{broken}. Senaste {width}: "
        f"{format_count(item.number('k'))} av {format_count(item.number('n'))}, i snitt "
        f"{format_share(item.number('mitt'))} över {format_count(item.number('punkter'))} mätpunkter."
    )


def _level(item: Attention, name: str) -> str:
    is_higher = item.number("k") * item.number("fore_n") > item.number("fore_k") * item.number("n")
    return (
        f"{name}: andelen till arbete eller studier är {'högre' if is_higher else 'lägre'} än året före. {_years(item)}"
    )


def _bortfall(item: Attention, name: str) -> str:
    return f"{name}: bortfallet skiljer sig från året före. {_years(item)}"


def _years(item: Attention) -> str:
    return (
        f"{format_count(item.number('k'))} av {format_count(item.number('n'))} avslutade {format_period(item.period)}, "
        f"mot {format_count(item.number('fore_k'))} av {format_count(item.number('fore_n'))} de tolv månaderna före "
        "(säkert på 99,8-procentsnivån)."
    )


def _consumption(item: Attention, name: str) -> str:
    limits = f"{format_share(1 - OFF_PLAN).rstrip('%').rstrip()}{EN_DASH}{format_share(1 + OFF_PLAN)}"
    quota = item.number("kvot")
    nearest = 1 + OFF_PLAN if quota > 1 else 1 - OFF_PLAN
    return (
        f"{name}: förbrukningskvoten är {format_share(quota, decimals_to_tell_apart(quota, nearest))} "
        f"{format_in_period(item.period)}. "
        f"100 % är enligt plan; regeln gäller utanför {limits}."
    )


def _late(item: Attention, name: str) -> str:
    count, latest = int(item.number("manader")), format_period(item.period)
    others = ", fast andra insatser har redovisat" if item.number("andra") else ""
    if item.insats is None:
        others = " av någon insats"
    if count == 1:
        return f"{name}: {latest} är inte redovisad{others}."
    return f"{name}: {format_number_word(count)} månader, senast {latest}, är inte redovisade{others}."


def _changed(item: Attention, name: str) -> str:
    count = int(item.number("antal"))
    what = "ett tal som redan var klart ändrades" if count == 1 else f"{format_count(count)} tal som redan var klara"
    what += "" if count == 1 else " ändrades"
    return f"{name}: {what} av den senaste leveransen ({item.text}), senast för {format_period(item.period)}."


def _flow(item: Attention, name: str) -> str:
    gap = int(item.number("skillnad"))
    side = "fler" if gap > 0 else "färre"
    return (
        f"{name}: in och ut går inte ihop efter {format_period(item.period)}. Pågående vid nästa månads början är "
        f"{format_count(abs(gap))} {side} än pågående + nya − avslutade."
    )


def _unlike(item: Attention, name: str) -> str:
    side = "över" if item.number("sida") > 0 else "under"
    who = f"{name} {format_class(item.text)}" if item.text else name
    line = "hela förbundet" if item.number("forbundet") else "insatser med samma syfte"
    return (
        f"{who} ligger tydligt {side} {line} {format_in_period(item.period)}: "
        f"{format_count(item.number('k'))} av {format_count(item.number('n'))} mot "
        f"{format_share(item.number('linje'))}. {capitalise(format_number_word(int(item.number('jamforelser'))))} "
        "jämförelser gjordes, gräns 99,8 %."
    )


_SENTENCES: Final[Mapping[Rule, Callable[[Attention, str], str]]] = {
    Rule.MAL: _goal,
    Rule.SIGNAL: _signal,
    Rule.NIVA: _level,
    Rule.BORTFALL: _bortfall,
    Rule.FORBRUKNING: _consumption,
    Rule.SEN: _late,
    Rule.ANDRAD: _changed,
    Rule.FLODE: _flow,
    Rule.AVVIKER: _unlike,
}
