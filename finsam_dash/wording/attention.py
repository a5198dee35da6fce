"""Att uppmärksamma: each thing in one sentence, with its rule and the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from finsam_dash.judgement.attention import Attention, Rule
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.numbers import format_count, format_share
from finsam_dash.wording.periods import format_in_period, format_period

HEADING = "Att uppmärksamma"
NOTHING = (
    "Ingen regel slår till. Det betyder inte att allt är bra, bara att inget skiljer sig mer än slumpen förklarar."
)
LISTED = 6
_WIDTHS = {1: "månad", 3: "kvartal", 6: "halvår", 12: "tolvmånadersperiod"}


def format_attention(items: Iterable[Attention], names: Mapping[str, str]) -> list[str]:
    """The list as sentences; what is beyond the first six is counted."""
    sentences = [_SENTENCES[item.rule](item, _name(item, names)) for item in items]
    rest = len(sentences) - LISTED
    return sentences[:LISTED] + ([f"… och {format_count(rest)} till."] if rest > 0 else [])


def _name(item: Attention, names: Mapping[str, str]) -> str:
    return "Hela förbundet" if item.insats is None else names.get(item.insats, item.insats)


def _goal(item: Attention, name: str) -> str:
    k, still, aim = item.number("k"), item.number("kvar"), item.number("mal")
    if "n" not in dict(item.numbers):
        return (
            f"{name}: målet {format_count(aim)} personer går inte längre att nå. {format_count(k)} har nått dit och "
            f"{format_count(still)} är kvar."
        )
    n = item.number("n")
    best = format_share((k + still) / (n + still), 1)
    return (
        f"{name}: målet {format_share(aim)} går inte att nå med dem som är inskrivna nu. {format_count(k)} av "
        f"{format_count(n)} hittills, och om alla {format_count(still)} som är kvar lyckas blir det {best}."
    )


def _signal(item: Attention, name: str) -> str:
    side = "högre" if item.number("sida") > 0 else "lägre"
    width = _WIDTHS[int(item.number("manader"))]
    return (
        f"{name}: andelen till arbete eller studier är {side} än tidigare, mer än slumpen brukar ge. Senaste {width}: "
        f"{format_count(item.number('k'))} av {format_count(item.number('n'))}, annars "
        f"{format_share(item.number('mitt'))} i snitt ({format_count(item.number('punkter'))} mätpunkter)."
    )


def _bortfall(item: Attention, name: str) -> str:
    return (
        f"{name}: bortfallet skiljer sig från året före. {format_count(item.number('k'))} av "
        f"{format_count(item.number('n'))} avslutade, mot {format_count(item.number('fore_k'))} av "
        f"{format_count(item.number('fore_n'))} (säkert på 99,8-procentsnivån)."
    )


def _consumption(item: Attention, name: str) -> str:
    return (
        f"{name}: förbrukningskvoten är {format_share(item.number('kvot'), 1)} {format_in_period(item.period)}. "
        "100 % är enligt plan; regeln gäller utanför 80–120 %."
    )


def _late(item: Attention, name: str) -> str:
    count, latest = int(item.number("manader")), format_period(item.period)
    if count == 1:
        return f"{name}: {latest} är inte redovisad, fast andra insatser har redovisat."
    return f"{name}: {format_count(count)} månader, senast {latest}, är inte redovisade, fast andra har redovisat."


def _changed(item: Attention, name: str) -> str:
    return (
        f"{format_count(item.number('antal'))} tidigare tal ändrades av den senaste leveransen ({item.text}), "
        f"senast för {format_period(item.period)}. Se Ändrat sedan förra leveransen."
    )


def _flow(item: Attention, name: str) -> str:
    gap = int(item.number("skillnad"))
    side = "fler" if gap > 0 else "färre"
    return (
        f"{name}: in och ut går inte ihop efter {format_period(item.period)}. Pågående vid nästa månads början är "
        f"{format_count(abs(gap))} {side} än pågående + nya − avslutade."
    )


def _unlike(item: Attention, name: str) -> str:
    side = "över" if item.number("sida") > 0 else "under"
    return capitalise(
        f"{name} ligger tydligt {side} insatser med samma syfte {format_in_period(item.period)}: "
        f"{format_count(item.number('k'))} av {format_count(item.number('n'))} mot "
        f"{format_share(item.number('linje'))}. {format_count(item.number('jamforelser'))} insatser jämfördes, "
        "gräns 99,8 %."
    )


_SENTENCES: dict[Rule, Callable[[Attention, str], str]] = {
    Rule.MAL: _goal,
    Rule.SIGNAL: _signal,
    Rule.BORTFALL: _bortfall,
    Rule.FORBRUKNING: _consumption,
    Rule.SEN: _late,
    Rule.ANDRAD: _changed,
    Rule.FLODE: _flow,
    Rule.AVVIKER: _unlike,
}
