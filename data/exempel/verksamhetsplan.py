"""The synthetic förbund's yearly plan and what its styrelse decided: goals, decisions and each insats's own words.

A goal is set before its year and holds for it, as in a real verksamhetsplan; none is fitted to what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan import FIRST_YEAR, FORBUND, PLANS, Plan

Row = tuple[str, ...]

YEARS = range(FIRST_YEAR, FIRST_YEAR + 5)

TARGET_HEADER = (
    "kod", "forbund", "plan", "niva", "perspektiv", "grupp_rubrik", "text", "indikator", "utfall", "namnare_typ",
    "mattidpunkt", "typ", "riktning", "malvarde", "malvarde_hogst", "enhet", "malkalla", "baslinje_varde",
    "baslinje_period", "omfattning", "insats", "indelning", "klass", "start", "slut", "deadline", "steg_av",
    "jamforbar", "jamforbar_orsak", "forvantad_takt", "dokument", "rubrik", "ordning",
)  # fmt: skip
DECISION_HEADER = (
    "forbund", "insats", "namn", "slag", "beslutad_av", "beslutad", "start", "slut", "ode", "text", "dokument",
    "rubrik", "uttryck", "ordning",
)  # fmt: skip
TEXT_HEADER = ("forbund", "insats", "falt", "text", "start", "slut", "dokument", "rubrik")


@dataclass(frozen=True)
class Goal:
    """One goal of a year's plan. `value` is 0-1 for a share; `measure` empty for a goal in words."""

    level: str
    perspektiv: str
    text: str
    measure: str = ""
    outcome: str = ""
    kind: str = "utan_tal"
    direction: str = ""
    value: str = ""
    unit: str = ""
    denominator: str = ""


FORBUNDETS = (
    Goal("overgripande", "Vision", "Fler i förbundets kommuner ska kunna försörja sig genom eget arbete."),
    Goal(
        "resultatmal", "Deltagare", "Minst 30 % av dem som avslutar en insats ska gå till arbete eller studier.",
        "andel_arbete_studier", "arbete eller studier", "andel", "minst", "0.3", "andel", "avslutade",
    ),
    Goal(
        "resultatmal", "Deltagare", "Minst 650 personer ska delta i insatser med personuppgifter under året.",
        "deltagare", "deltagare", "antal", "minst", "650", "antal",
    ),
    Goal(
        "resultatmal", "Deltagare", "Högst 15 % av dem som avslutar ska ha lämnat insatsen i förtid.",
        "andel_bortfall", "bortfall", "andel", "hogst", "0.15", "andel", "avslutade",
    ),
    Goal("verksamhetsmal", "Samverkan", "Parterna ska ha en gemensam bild av vilka som behöver samordnat stöd."),
    Goal(
        "finansiellt", "Ekonomi", "Insatserna ska hålla sig inom den budget som styrelsen har beslutat.",
        "forbrukad_andel", "budgetram", "pengar", "hogst", "1", "andel",
    ),
    Goal(
        "finansiellt", "Ekonomi", "Eget kapital ska vara högst 20 % av årets bidrag.",
        "", "eget kapital ÷ bidrag", "pengar", "hogst", "0.2", "andel",
    ),
)  # fmt: skip
"""The goals of the whole förbund, the same each year."""

LEVELS = {
    "vagen-vidare": 30,
    "arbetsbron": 30,
    "unga-framat": 25,
    "ratt-spar": 35,
    "kvinnokraft": 25,
    "jobbnyckeln": 25,
    "navet": 30,
    "vardagskraft": 20,
    "sprangbradan": 25,
}
"""The share in per cent of the avslutade that an insats is to bring to arbete or studier."""

VOLUMES = {"oppna-dorren": 350, "motesplatsen": 60}
"""The persons that an insats without personuppgifter is to meet in a year."""


def build_goal(plan: Plan) -> Goal:
    """The goal of one insats: a share, a number of persons, or words where so few leave that a share says nothing."""
    if plan.kod in LEVELS:
        level = LEVELS[plan.kod]
        return Goal(
            "insatsmal", "Mål individ", f"Minst {level} % av dem som avslutar ska gå till arbete eller studier.",
            "andel_arbete_studier", "arbete eller studier", "andel", "minst", str(level / 100), "andel", "avslutade",
        )  # fmt: skip
    if plan.kod in VOLUMES:
        return Goal(
            "insatsmal", "Mål individ", f"Minst {VOLUMES[plan.kod]} personer ska få stöd under året.",
            "deltagare_utan_personuppgifter", "deltagare", "antal", "minst", str(VOLUMES[plan.kod]), "antal",
        )  # fmt: skip
    return Goal("insatsmal", "Mål individ", "Deltagarna ska bryta isoleringen och orka med en första kontakt.")


def compute_targets() -> Iterator[Row]:
    """Every goal of every year: the förbund's own, then the insatser's in the plan's order."""
    order = 0
    for year in YEARS:
        start, end = f"{year}-01-01", f"{year}-12-31"
        goals = [(f"{number}", "", goal) for number, goal in enumerate(FORBUNDETS, start=1)]
        goals += [
            (plan.kod, plan.kod, build_goal(plan))
            for plan in PLANS
            if plan.start <= start and (not plan.end or plan.end >= end)
        ]
        for name, insats, goal in goals:
            order += 1
            yield (
                f"{FORBUND}-{year}-{name}", FORBUND, f"Verksamhetsplan {year}", goal.level, goal.perspektiv, "",
                goal.text, goal.measure, goal.outcome, goal.denominator, "vid avslut" if goal.denominator else "",
                goal.kind, goal.direction, goal.value, "", goal.unit, "fast" if goal.value else "ingen", "", "",
                "insats" if insats else "forbund", insats, "", "", start, end, end, "", "ja", "", "nej", "", "",
                str(order),
            )  # fmt: skip


DECISIONS = (
    ("sprangbradan", "startad", "2021-10-12", "2022-01-01", "2024-12-31", "", "ESF-projekt, förbundet medfinansierar"),
    ("unga-framat", "förlängd", "2022-06-14", "2022-08-15", "", "", "Ny arbetsmetod med en fast kontaktperson"),
    ("sprangbradan", "avslutad", "2024-10-15", "", "2024-12-31", "", "Avslutas enligt plan"),
    ("navet", "förlängd", "2025-03-11", "2025-07-01", "", "", "Förlängs med uppföljning varje kvartal"),
    ("ratt-spar", "förlängd", "2025-10-14", "2026-01-01", "2026-12-31", "", "Ett år, med ny plan för arbetsgivare"),
)


def compute_decisions() -> Iterator[Row]:
    names = {plan.kod: plan.namn for plan in PLANS}
    for order, (insats, kind, decided, start, end, fate, text) in enumerate(DECISIONS, start=1):
        yield (
            FORBUND, insats, names[insats], kind, "styrelsen", decided, start, end, fate, text, "", "", "", str(order),
        )  # fmt: skip


TEXTS = {
    "": {
        "framgangsfaktorer": "Fasta kontaktpersoner, gemensamma lokaler och tid för parterna att planera tillsammans",
        "systemfel": "Olika regler för när en planering får börja, och korta beslut som gör personal svår att behålla",
    },
    "vagen-vidare": {
        "resultat_samverkan": "Parterna planerar tillsammans varje vecka och deltagaren berättar sin historia en gång",
        "framgangsfaktorer": "Handläggare från tre parter i samma lokal",
    },
    "arbetsbron": {
        "resultat_samverkan": "Arbetsgivaren är med från första mötet",
        "framgangsfaktorer": "Tidig kontakt med arbetsgivaren",
        "systemfel": "Väntetid till bedömning av arbetsförmåga",
    },
    "unga-framat": {
        "resultat_samverkan": "Skolan och kommunens aktivitetsansvar tar över utan glapp",
        "framgangsfaktorer": "En fast kontaktperson genom hela tiden",
    },
    "ratt-spar": {
        "systemfel": "Samarbetet med den största arbetsgivaren upphörde 2024 och inget har kommit i stället",
    },
    "kvinnokraft": {"framgangsfaktorer": "Små grupper och samma handledare hela tiden"},
    "jobbnyckeln": {"framgangsfaktorer": "Arbetsspecialist som följer med ut på arbetsplatsen"},
    "navet": {"systemfel": "Två av tre handläggare slutade under 2025 och uppföljningen stannade"},
    "vardagskraft": {"resultat_samverkan": "Vårdcentralerna remitterar direkt till insatsen"},
}
"""What the insatser wrote in their yearly report of the last year."""


def compute_texts() -> Iterator[Row]:
    year = YEARS[-1]
    for insats, fields in TEXTS.items():
        for field, text in fields.items():
            yield (FORBUND, insats, field, text, f"{year}-01-01", f"{year}-12-31", "", "")
