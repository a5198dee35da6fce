"""docs/METOD.md: how everything is counted and judged, made from the registry, the thresholds and texts/*.md.

Write it with `python -m finsam_dash.wording.method_page docs/METOD.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from finsam_dash.judgement import policy
from finsam_dash.judgement.attention import Rule
from finsam_dash.judgement.attention_rates import AlarmRate, read_alarm_rates
from finsam_dash.judgement.comparison_mix import judge_mix
from finsam_dash.judgement.over_time_lag import Correction, judge_lag, judge_late_span
from finsam_dash.model import Settings
from finsam_dash.stats.funnel import family_wise_rate, flag_rate
from finsam_dash.wording.attention import RULES, format_case
from finsam_dash.wording.method import STATES, list_method
from finsam_dash.wording.numbers import (
    format_count,
    format_interval,
    format_plain,
    format_share,
    format_share_with_counts,
)

TEXTS = (
    "rakning", "perioder", "over_tid", "sakerhet", "sammansattning", "dolt", "uppmarksamma", "riket", "pengar",
)  # fmt: skip
"""The files of finsam_dash/texts in the order of the page."""

LAG_CASE = (1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 2, 9)
"""A worked case: what came to be added to twelve months that were first delivered with ten avslutade each."""
MIX_CASE = {"Insats A": {"nära": (18, 30), "långt": (14, 70)}, "Insats B": {"nära": (42, 75), "långt": (4, 25)}}
"""A worked case of Simpson's paradox: A has the lower share, and the higher in both groups."""

COMPARED = 12
RATE_SIZES = (10, 20, 30, 50, 100, 200)
RATE_TARGETS = (0.1, 0.3, 0.5)


def read_text(name: str) -> str:
    """A text of finsam_dash/texts with the thresholds filled in. Raises KeyError for an unknown name in braces."""
    text = resources.files("finsam_dash").joinpath("texts", f"{name}.md").read_text("utf-8")
    settings = Settings()
    return text.format(
        sakerhet=format_share(policy.CONFIDENCE),
        tratt=format_share(policy.FUNNEL_CONFIDENCE, 1),
        minsta_n=policy.SMALLEST_N,
        preliminara_dagar=policy.PRELIMINARY_DAYS,
        hopp=policy.JUMP_FACTOR,
        minsta_vantade=policy.SMALLEST_EXPECTED,
        minsta_serie=policy.SMALLEST_SERIES,
        minsta_lopdiagram=policy.SHORTEST_RUN_CHART,
        minsta_trend=policy.SMALLEST_TREND,
        minsta_per_punkt=policy.SMALLEST_MEAN_COUNT,
        langsta_slap=policy.LONGEST_LAG,
        minsta_slap=policy.SMALLEST_LAG,
        mittersta=format_share(1 - 2 * policy.LAG_TRIMMED),
        utanfor_plan=format_share(policy.OFF_PLAN),
        tidigast_plan=policy.SHORTEST_SPENDING,
        minsta_glapp=policy.SMALLEST_GAP,
        tyst_dagar=policy.SILENT_DAYS,
        troskel=settings.threshold,
        minsta_troskel=policy.SMALLEST_THRESHOLD,
        doljs_sist=policy.SMALLEST_KEPT,
        familj_inre=format_share(family_wise_rate(COMPARED, 1 - policy.CONFIDENCE)),
        familj_yttre=format_share(family_wise_rate(COMPARED, 1 - policy.FUNNEL_CONFIDENCE), 1),
    )


def format_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def format_rates() -> str:
    """How often the flags of policy really go up when nothing differs, exactly, by size and line."""
    head = ("Nämnare", *(f"Linje {format_share(target)}" for target in RATE_TARGETS))
    rows = []
    for n in RATE_SIZES:
        cells = []
        for target in RATE_TARGETS:
            inner = format_share(flag_rate(n, target, target, policy.CONFIDENCE), 1)
            outer = format_share(flag_rate(n, target, target, policy.FUNNEL_CONFIDENCE), 1)
            few = min(n * target, n * (1 - target)) < policy.SMALLEST_EXPECTED
            cells.append(f"{inner} · används inte" if few else f"{inner} · {outer}")
        rows.append((str(n), *cells))
    return format_table(head, rows)


def format_alarms(rates: Sequence[AlarmRate], head: str) -> str:
    """How often rules fire though nothing has happened, one row a case; `head` names what the columns vary."""
    sizes = sorted({rate.size for rate in rates})
    cases: dict[tuple[Rule, str], dict[float, float]] = {}
    for rate in rates:
        cases.setdefault((rate.rule, rate.case), {})[rate.size] = rate.rate
    rows = [
        (RULES[rule], format_case(rule, case), *(format_share(found[size], 1) for size in sizes))
        for (rule, case), found in cases.items()
    ]
    return format_table(("Regel", "Vad som prövas", *(f"{size:g} {head}" for size in sizes)), rows)


def format_lag_case() -> str:
    """The worked case of late corrections: what is usual, and what a month of 4 of 10 usually becomes."""
    corrections = {(month, 1): Correction(1, added) for month, added in enumerate(LAG_CASE)}
    added = " ".join(str(count) for count in LAG_CASE)
    lag = judge_lag("insats", [corrections])
    span = judge_late_span(4, 10, 1, 1, [corrections])
    usual = "inget, för de är för få"
    if lag.steps and span is not None:
        usual = (
            f"{lag.steps[0].fewest}–{lag.steps[0].most} avslutade, så 4 av 10 (40 %) brukar bli "
            f"{format_interval(span.lower, span.upper)}"
        )
    return (
        "*Räknat exempel.* Tolv månader levererades först med tio avslutade. Senare tillkom "
        f"{added} avslutade, varav en\ntill arbete i varje månad. Det som brukar tillkomma när en månad är en månad "
        f"gammal är\n{usual}.\n"
    )


def format_mix_case() -> str:
    """The worked case of equal mix: a lower share that is higher in both groups."""
    mix = judge_mix(MIX_CASE)
    rows = []
    for name, strata in MIX_CASE.items():
        k, n = (sum(part) for part in zip(*strata.values(), strict=True))
        equal = mix.standardised.get(name)
        rows.append(
            (
                name,
                *(format_share_with_counts(*counts) for counts in strata.values()),
                format_share_with_counts(k, n),
                "–" if equal is None else f"{format_share(equal.value)} ({format_interval(equal.lower, equal.upper)})",
            )
        )
    head = ("", *(klass.capitalize() for klass in MIX_CASE["Insats A"]), "Som det är", "Samma sammansättning")
    weights = " och ".join(f"{mix.weights.get(klass, 0)} {klass}" for klass in MIX_CASE["Insats A"])
    text = f"*Räknat exempel.* Insats A möter mest dem som står långt från arbete. Vikter: {weights}."
    return f"{text}\n\n{format_table(head, rows)}"


CASES: dict[str, Callable[[], str]] = {"over_tid": format_lag_case, "sammansattning": format_mix_case}
"""The worked cases that follow a text."""


def format_method_page() -> str:
    """The whole page as Markdown, with ordinary spaces."""
    alarms = read_alarm_rates()
    indicators = [(row.label, row.description, row.counted, row.direction, row.source) for row in list_method()]
    parts = [
        "# Metod\n",
        "Sidan är gjord av programmet ur registret över mått, gränserna för omdömen och texterna i finsam_dash/texts.\n"
        "Ändra där, inte här, och skriv sedan om sidan. Ett test jämför.\n",
        *(read_text(name) + (f"\n{CASES[name]()}" if name in CASES else "") for name in TEXTS),
        "## Måtten\n",
        format_table(("Mått", "Vad det är", "Så räknas det", "Riktning", "Källa"), indicators),
        "## Så visas det som är dolt, saknas eller är osäkert\n",
        format_table(("Tillstånd", "I diagram", "I tabell", "I mening"), list(STATES)),
        "## Hur ofta det larmar av slump\n",
        "Andelen fall där omdömet säger att nivån skiljer sig fast den ligger på linjen, räknad exakt.\n"
        f"Först gränsen för {format_share(policy.CONFIDENCE)}, sedan den för "
        f"{format_share(policy.FUNNEL_CONFIDENCE, 1)}.\n",
        format_rates(),
        "## Hur ofta Att uppmärksamma larmar av slump\n",
        f"Andelen av {format_count(alarms.repeats)} simulerade fall (frö {alarms.seed}) där regeln slår till fast\n"
        "ingenting har hänt. Talen är lagrade och skrivs om med python -m finsam_dash.judgement.attention_rates.\n"
        "Ett larm av slump står kvar tills nästa punkt är klar.\n",
        "Efter antal avslutade i månaden:\n",
        format_alarms([rate for rate in alarms.rates if rate.rule not in (Rule.FORBRUKNING, Rule.SEN)], "avslutade"),
        "Efter antal månader av budgetens tolv:\n",
        format_alarms([rate for rate in alarms.rates if rate.rule is Rule.FORBRUKNING], "mån"),
        "Efter hur många dagar för sent en månad som längst kommer:\n",
        format_alarms([rate for rate in alarms.rates if rate.rule is Rule.SEN], "dagar"),
    ]
    return format_plain("\n".join(parts))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(format_method_page().encode("utf-8"))
