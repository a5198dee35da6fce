"""docs/METOD.md: how everything is counted and judged, made from the registry, the thresholds and texts/*.md.

Write it with `python -m finsam_dash.wording.method_page docs/METOD.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from finsam_dash.judgement import policy
from finsam_dash.judgement.attention import differs_from_itself, find_signal
from finsam_dash.model import Settings
from finsam_dash.stats.funnel import family_wise_rate, flag_rate
from finsam_dash.stats.simulate import alarm_rate
from finsam_dash.wording.method import STATES, list_method
from finsam_dash.wording.numbers import format_plain, format_share

TEXTS = ("rakning", "perioder", "sakerhet", "dolt", "uppmarksamma", "riket", "pengar")
"""The files of finsam_dash/texts in the order of the page."""

COMPARED = 12
RATE_SIZES = (10, 20, 30, 50, 100, 200)
RATE_TARGETS = (0.1, 0.3, 0.5)
ALARM_SIZES = (2, 5, 10, 20)
ALARM_LEVELS = (0.2, 0.35, 0.5)
ALARM_MONTHS, ALARM_REPEATS = 60, 400


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
        utanfor_plan=format_share(policy.OFF_PLAN),
        troskel=settings.threshold,
        minsta_troskel=policy.SMALLEST_THRESHOLD,
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


def format_alarms() -> str:
    """How often the list of what deserves a look points at an insats where nothing has happened, simulated."""
    head = ("Avslutade i månaden", *(f"Nivå {format_share(level)}" for level in ALARM_LEVELS))
    rows = []
    for size in ALARM_SIZES:
        cells = []
        for level in ALARM_LEVELS:
            signal = alarm_rate(_has_signal, level, [size] * ALARM_MONTHS, ALARM_REPEATS)
            bortfall = alarm_rate(_differs, level / 3, [size * 12] * 2, ALARM_REPEATS)
            cells.append(f"{format_share(signal, 1)} · {format_share(bortfall, 1)}")
        rows.append((str(size), *cells))
    return format_table(head, rows)


def _has_signal(numerators: tuple[int, ...], denominators: tuple[int, ...]) -> bool:
    signal = find_signal(numerators, denominators)
    return signal is not None and signal.side != 0


def _differs(numerators: tuple[int, ...], denominators: tuple[int, ...]) -> bool:
    return differs_from_itself(numerators[1], denominators[1], numerators[0], denominators[0])


def format_method_page() -> str:
    """The whole page as Markdown, with ordinary spaces."""
    indicators = [(row.label, row.description, row.counted, row.direction, row.source) for row in list_method()]
    parts = [
        "# Metod\n",
        "Sidan är gjord av programmet ur registret över mått, gränserna för omdömen och texterna i finsam_dash/texts.\n"
        "Ändra där, inte här, och skriv sedan om sidan. Ett test jämför.\n",
        *(read_text(name) for name in TEXTS),
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
        f"Andelen av {ALARM_REPEATS} simulerade insatser, på samma nivå i fem år, där regeln slår till fast inget\n"
        "har hänt. Först signal över tid, sedan bortfall olikt sig självt (på en tredjedel av nivån). Ett larm av\n"
        "slump står kvar tills nästa punkt är klar.\n",
        format_alarms(),
    ]
    return format_plain("\n".join(parts))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(format_method_page().encode("utf-8"))
