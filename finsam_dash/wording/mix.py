"""The words of a comparison in which everybody's mix is held equal."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import Gender, Measured
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import CaseMix, CaseMixRow
from finsam_dash.wording.insats_people import INDELNINGAR
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import format_count, format_hidden, format_number_word, format_points, format_share
from finsam_dash.wording.protection import GRIDS_DEFINITE

KON: Final = "kon"
NAMES: Final = MappingProxyType(
    {
        KON: "Kön",
        "alder": "Ålder",
        "utbildning": "Utbildning",
        "forsorjningstid": "Tid i försörjning",
        "fodelseland": "Födelseland",
        "kommun": "Kommun",
        "forsorjning_fore": "Försörjning före",
        "sysselsattning_fore": "Sysselsättning före",
    }
)
NOTHING: Final = (
    "Ingen sammansättning att ta hänsyn till",
    "Det krävs minst två insatser med samma syfte som har redovisat utfallet för just den här perioden.",
)
CAVEAT: Final = (
    "Hänsyn är tagen till en sak i taget, och bara till det som är redovisat. Insatserna tar in på olika grunder: en "
    "skillnad säger inte att arbetssättet är bättre eller sämre, bara att det är värt att ta reda på varför."
)
STRATA_CAPTION: Final = "Andelen i varje grupp"


def name_klass(mix: CaseMix, klass: str) -> str:
    """A stratum as a column heads it: "Kvinnor", "Yngre än 30 år"."""
    return capitalise(format_name(Gender(klass)) if mix.indelning == KON else format_class(f"{mix.indelning}:{klass}"))


def format_mix_reason(row: CaseMixRow) -> str:
    """Why an insats has no share with equal mix, in a few words."""
    return {
        "for_fa": f"färre än {SMALLEST_N} i en grupp",
        "ofullstandig": "grupperna täcker inte alla",
        "dold": format_hidden(row.crude.value, *(dot.value for dot in row.strata)),
        "": "ingen annan att jämföra med",
    }[row.reason]


def format_mix_title(mix: CaseMix) -> str:
    """The finding: whose difference turns, how much the shares change at most, or that it cannot be computed."""
    what = NAMES[mix.indelning].lower()
    if mix.refused:
        return f"Sammansättningen efter {what} lämnas inte ut"
    if mix.largest_change is None:
        return "För få i grupperna för att räkna om: grupperna står sida vid sida"
    if mix.turned:
        names = {row.crude.key: row.crude.label for row in mix.rows}
        lower, higher = mix.turned[0]
        return f"Med samma sammansättning efter {what} vänder skillnaden mellan {names[lower]} och {names[higher]}"
    most = format_points(mix.largest_change)
    return f"Med samma sammansättning efter {what} ändras andelarna med högst {most}"


def format_mix_lead(report: Report, mix: CaseMix) -> str:
    """What is done and what it can tell, or why it is not done."""
    what = NAMES[mix.indelning].lower()
    if mix.refused:
        grid = GRIDS_DEFINITE.get(report.publishing_grid, "per halvår")
        return (
            f"Grupper efter {what} ingår inte i det som förbundet lämnar ut. Insatserna lämnas ut {grid} och per "
            "kalenderår, för kvinnor och män."
        )
    if not mix.weights:
        return (
            f"För att räkna om behövs minst {SMALLEST_N} avslutade i varje grupp, i minst två insatser. Jämför i "
            "stället inom samma grupp, i tabellen nedanför."
        )
    groups = format_list(
        [
            f"{name_klass(mix, klass).lower()}: {format_count(weight)}"
            for klass, weight in zip(mix.klasser, mix.weights, strict=True)
            if weight
        ]
    )
    number = format_number_word(sum(row.standardised is not None for row in mix.rows))
    return (
        f"Insatserna möter olika personer. Här är varje andel omräknad till samma sammansättning efter {what}: den som "
        f"de {number} omräknade insatserna har tillsammans ({groups}). Andra skillnader mellan dem är kvar."
    )


def format_turned(mix: CaseMix) -> list[str]:
    """For each pair that the shares as they are mislead about, what happens, in numbers."""
    rows = {row.crude.key: row for row in mix.rows}
    sentences = []
    for lower, higher in mix.turned:
        texts = []
        for row in (rows[lower], rows[higher]):
            assert row.standardised is not None
            assert isinstance(row.crude.value, Measured)
            before, after = format_share(row.crude.value.value), format_share(row.standardised.value)
            texts.append(f"{row.crude.label} går från {before} till {after}")
        sentences.append(
            f"{format_list(texts)} med samma sammansättning. Skillnaden som den är säger mer om vilka de möter än om "
            "hur det går."
        )
    return sentences


def list_indelningar(mixes: Sequence[CaseMix]) -> dict[str, str]:
    """The indelningar that there is anything of, code to name."""
    return {mix.indelning: NAMES.get(mix.indelning, INDELNINGAR.get(mix.indelning, mix.indelning)) for mix in mixes}
