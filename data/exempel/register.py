"""What the synthetic förbund holds besides deliveries: money, samverkan and the public försörjning of its kommuner.

Every row is drawn from a seed of its own name, so that the files are the same each time. Nothing here is real: riket
too is invented, and is called so.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from plan import FIRST_YEAR, FORBUND, GRUPPER, KOMMUNER, KOMMUNER_OF_GRUPP, PLANS, Plan
from verksamhetsplan import (
    DECISION_HEADER,
    TARGET_HEADER,
    TEXT_HEADER,
    compute_decisions,
    compute_targets,
    compute_texts,
)

Row = tuple[str, ...]

YEARS = range(FIRST_YEAR, FIRST_YEAR + 5)
MEMBERS = {
    "Försäkringskassan/Arbetsförmedlingen": 0.5,
    "Regionen": 0.25,
    "Tallheds kommun": 0.08,
    "Kvarnsunds kommun": 0.05,
    "Lindhamra kommun": 0.07,
    "Björkholma kommun": 0.03,
    "Åsmyra kommun": 0.02,
}
JOINED = {"Åsmyra kommun": 2023}
"""Members that came later: the förbund's first years are without them."""
BIDRAG = 30_900_000
OPENING = 3_600_000
"""Eget kapital when the first year began."""
ADMINISTRATION = {"Förvaltning": 3_150_000, "Förtroendevalda": 620_000}

POPULATION = {"tallhed": 6_900, "kvarnsund": 4_300, "lindhamra": 9_800, "bjorkholma": 3_600, "asmyra": 2_700}
RIKET = ("riket", 6_050_000)
LEVEL = {"tallhed": 1.15, "kvarnsund": 0.95, "lindhamra": 1.05, "bjorkholma": 1.2, "asmyra": 0.85, "riket": 1.0}
FORMS = {
    # Persons in working age of a thousand in a quarter, and kronor a person and month.
    "sjukpenning": (22, 13_400),
    "sjuk_aktivitetsersattning": (48, 11_900),
    "aktivitetsstod": (26, 9_800),
    "forsorjningsstod": (31, 8_600),
    "arbetsloshetsersattning": (24, 12_700),
}

ECONOMY_HEADER = (
    "forbund", "tabell", "posttyp", "tillstand", "kategori", "post", "insats", "insatsperiod", "medlem", "start",
    "slut", "belopp", "enhet", "precision", "formel", "kvalifikator", "dokument", "rubrik", "uttryck", "ordning",
)  # fmt: skip


def compute_budget(plan: Plan, year: int) -> int:
    """The year's budget of an insats, in kronor; `year` is counted from the first."""
    return round(plan.exits_a_year * plan.cost_an_exit * 1.03**year / 10_000) * 10_000


def compute_cost(plan: Plan, month: int) -> int:
    """What an insats cost in a month, in kronor."""
    random = Random(f"{FORBUND} {plan.kod} kostnad {month}")
    share = (0.9 if month % 12 == 6 else 1.01) * (0.96 + 0.08 * random.random())
    spending = plan.spending if month >= 48 else 0.985
    return round(compute_budget(plan, month // 12) / 12 * share * spending)


def is_running(plan: Plan, month: int) -> bool:
    return plan.first <= month and (not plan.end or month <= plan.last)


def compute_economy() -> Iterator[Row]:
    """Members' bidrag, the kansli's budget and outcome, and what each year began with."""
    order, opening = 0, OPENING
    for index, year in enumerate(YEARS):
        running = [plan for plan in PLANS if is_running(plan, index * 12)]
        span = (f"{year}-01-01", f"{year}-12-31")
        members = {name: share for name, share in MEMBERS.items() if year >= JOINED.get(name, FIRST_YEAR)}
        whole = sum(members.values())
        rows: list[tuple[str, str, str, str, str, int]] = []
        for name, share in members.items():
            amount = round(BIDRAG * 1.03**index * share / whole / 1000) * 1000
            rows.append(("bidrag", "budget", "Bidrag", f"Bidrag {name}", name, amount))
        rows.append(("ingaende_kapital", "budget", "Eget kapital", "Kvar från tidigare år", "", opening))
        for post, base in ADMINISTRATION.items():
            budget = round(base * 1.03**index / 1000) * 1000
            spent = round(budget * (0.95 + 0.08 * Random(f"{FORBUND} {post} {year}").random()))
            rows += [("kostnad", "budget", post, post, "", budget), ("kostnad", "utfall", post, post, "", spent)]
        # What the insatser of the year may cost, and what is set aside without a decision.
        decided = sum(compute_budget(plan, index) for plan in running)
        rows.append(("kostnad", "beslutad", "Insatser", "Beslutade insatser", "", decided))
        rows.append(("kostnad", "ej_beslutad", "Insatser", "Avsatt för nya insatser", "", 900_000))
        income = sum(amount for kind, *_, amount in rows if kind == "bidrag")
        spent = sum(amount for kind, state, *_, amount in rows if (kind, state) == ("kostnad", "utfall"))
        opening += (
            income - spent - sum(compute_cost(plan, index * 12 + month) for plan in running for month in range(12))
        )
        for kind, state, category, post, member, amount in rows:
            order += 1
            yield (
                FORBUND, f"Budget {year}", kind, state, category, post, "", "", member, *span, str(amount), "kr", "1",
                "", "", "", "", "", str(order),
            )  # fmt: skip


def compute_economy_tables() -> Iterator[Row]:
    for order, year in enumerate(YEARS, start=1):
        yield (FORBUND, f"Budget {year}", "huvud", "", "", "Påhittade belopp", str(order))


CATEGORIES = (
    ("Förvaltning", "administration"),
    ("Förtroendevalda", "styrelse"),
    ("Insatser", "insatser"),
)

LOTS_HEADER = (
    "forbund", "kod", "oppnat", "grupp", "samordnare", "varifran", "slag", "analys", "atgard", "hinder", "lost",
)  # fmt: skip
WHENCE = ("Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Vårdcentralen", "Psykiatrin", "Den enskilde själv")
KINDS = ("Faller mellan stolarna", "Oklar arbetsförmåga", "Saknar insats", "Otydligt ansvar")
ACTIONS = ("Flerpartsmöte", "Hänvisad till insats", "Ny rutin mellan parterna", "Lyft till styrgruppen")
HINDRANCES = ("Olika definitioner av arbetsförmåga", "Väntetid till utredning", "Sekretess mellan parterna", "")


def compute_lotsarenden() -> Iterator[Row]:
    """Lotsärenden of the last two years; none holds anything about a person."""
    number = 0
    for grupp, name in GRUPPER.items():
        random = Random(f"{FORBUND} lots {grupp}")
        for year in (2024, 2025):
            for month in range(1, 13):
                for _ in range(random.choice((0, 1, 1, 2, 3))):
                    number += 1
                    recent = year == 2025 and month > 9
                    solved = random.choice(("ja", "ja", "nej")) if not recent else random.choice(("ja", "", ""))
                    yield (
                        FORBUND, f"lots-{number}", f"{year}-{month:02d}-{random.randint(1, 28):02d}", grupp,
                        f"Samordnare {name.removeprefix('Lokusgrupp ')}", random.choice(WHENCE), random.choice(KINDS),
                        "Kartlagt med parterna", random.choice(ACTIONS), random.choice(HINDRANCES), solved,
                    )  # fmt: skip


ENKAT_HEADER = (
    "forbund", "kod", "namn", "fraga", "start", "slut", "svarande", "svar", "fore", "positivt_fran", "utskick",
    "insats",
)  # fmt: skip
QUESTIONS = (
    ("Deltagarenkät", "Insatsen har fört mig närmare arbete eller studier", "deltagare", "", 210),
    ("Medarbetarenkät", "Samarbetet mellan parterna fungerar bra", "medarbetare", "", 64),
    ("Stegförflyttning", "Hur nära arbete eller studier är du?", "deltagare", "unga-framat", 58),
)


def compute_enkater() -> Iterator[Row]:
    """One enkät a year of each kind; the last compares the same persons before and after."""
    for year in YEARS:
        for number, (name, question, who, insats, sent) in enumerate(QUESTIONS, start=1):
            random = Random(f"{FORBUND} enkät {name} {year}")
            answered = round(sent * (0.6 + 0.2 * random.random()))
            answers = draw_answers(random, answered, 0.75)
            before = draw_answers(random, answered, 0.45) if name == "Stegförflyttning" else []
            yield (
                FORBUND, f"enkat-{year}-{number}", name, question, f"{year}-10-01", f"{year}-10-31", who,
                " ".join(map(str, answers)), " ".join(map(str, before)), "4", str(sent), insats,
            )  # fmt: skip


def draw_answers(random: Random, count: int, level: float) -> list[int]:
    """Answers 1-5 from about `level` of the way up."""
    answers = [0] * 5
    for _ in range(count):
        answers[sum(random.random() < level for _ in range(4))] += 1
    return answers


FUNDING_HEADER = ("forbund", "kod", "finansiar", "avser", "beslutad", "belopp", "tillstand", "insats")
FUNDING = (
    (
        "esf-sprangbradan",
        "ESF-rådet",
        "Språngbrädan, projektmedel",
        "2022-11-15",
        "4800000",
        "beviljad",
        "sprangbradan",
    ),
    ("esf-nytt", "ESF-rådet", "Ansökan om fortsättning", "", "", "sökt", ""),
)
RISK_HEADER = ("forbund", "kod", "risk", "ansvarig", "uppfoljning", "atgard", "klar")
RISKS = (
    (
        "risk-1",
        "Insatser lämnar uppgifter för sent",
        "Förbundschefen",
        "2025-10-31",
        "Påminnelse den 10:e",
        "",
    ),
    (
        "risk-2",
        "Små grupper kan röjas",
        "Förbundschefen",
        "2025-06-30",
        "Tröskel och granskning",
        "ja",
    ),
    (
        "risk-3",
        "Underskott när ett bidrag minskar",
        "Styrelsens ordförande",
        "2026-03-31",
        "Scenario i budgeten",
        "",
    ),
)
SAMVERKAN_HEADER = (
    "forbund", "slag", "namn", "tema", "insats", "start", "slut", "matt", "varde", "enhet", "taljare", "namnare",
    "skala", "svarande", "medlem", "kvalifikator", "dokument", "rubrik", "uttryck", "ordning",
)  # fmt: skip


def compute_samverkan() -> Iterator[Row]:
    """Kompetensaktiviteter with participants per medlemsorganisation, own or supported."""
    order = 0
    for year in YEARS:
        for theme, kind in (("Motiverande samtal", "egen"), ("Psykisk ohälsa och arbete", "stödd")):
            random = Random(f"{FORBUND} {theme} {year}")
            for member in ("Arbetsförmedlingen", "Försäkringskassan", "Regionen", "Kommunerna"):
                order += 1
                yield (
                    FORBUND, "kompetensaktivitet", theme, f"{kind} aktivitet, {member}", "",
                    f"{year}-04-01", f"{year}-04-30",
                    "deltagare", str(random.randint(5, 30)), "antal",
                    "", "", "", "medarbetare", member, "", "", "", "", str(order),
                )  # fmt: skip


def compute_support(year: int) -> Iterator[Row]:
    """Persons and cost of the five försörjningsformer, and the population 18-64, by kommun and quarter."""
    for kommun, people in (*POPULATION.items(), RIKET):
        for quarter in range(4):
            first = quarter * 3 + 1
            last = f"{year}-{first + 2:02d}-{(31, 30, 30, 31)[quarter]}"
            span = (f"{year}-{first:02d}-01", last)
            yield ("", *span, "alla", "befolkning_18_64", "kommun", kommun, str(people), "antal", "", "")
            for form, (level, monthly) in FORMS.items():
                random = Random(f"{FORBUND} {form} {kommun} {year} {quarter}")
                trend = 1 - 0.02 * (year - FIRST_YEAR) if kommun != "riket" else 1 - 0.01 * (year - FIRST_YEAR)
                noise = 1 if kommun == "riket" else 0.94 + 0.12 * random.random()
                persons = round(people * level / 1000 * LEVEL[kommun] * trend * noise)
                cost = round(persons * monthly * 3 * 1.02 ** (year - FIRST_YEAR) / 100) * 100
                yield ("", *span, "alla", f"{form}_personer", "kommun", kommun, str(persons), "antal", "", "")
                # Grouped as a Swede writes it: ten digits in a row may be a personnummer, and the intake refuses them.
                grouped = f"{cost:,}".replace(",", " ")
                yield ("", *span, "alla", f"{form}_kostnad", "kommun", kommun, grouped, "kr", "", "")


assert set(POPULATION) == set(KOMMUNER) == set(KOMMUNER_OF_GRUPP[""])


def compute_registers() -> dict[str, tuple[Row, list[Row]]]:
    """Every register: file name -> header and rows."""
    return {
        "ekonomi.csv": (ECONOMY_HEADER, list(compute_economy())),
        "ekonomitabeller.csv": (
            ("forbund", "tabell", "slag", "dokument", "rubrik", "notering", "ordning"), list(compute_economy_tables()),
        ),
        "ekonomikategorier.csv": (("forbund", "kategori", "slag"), [(FORBUND, *row) for row in CATEGORIES]),
        "lotsarenden.csv": (LOTS_HEADER, list(compute_lotsarenden())),
        "enkater.csv": (ENKAT_HEADER, list(compute_enkater())),
        "externa_medel.csv": (FUNDING_HEADER, [(FORBUND, *row) for row in FUNDING]),
        "internkontroll.csv": (RISK_HEADER, [(FORBUND, *row) for row in RISKS]),
        "samverkan.csv": (SAMVERKAN_HEADER, list(compute_samverkan())),
        "mal.csv": (TARGET_HEADER, list(compute_targets())),
        "beslut.csv": (DECISION_HEADER, list(compute_decisions())),
        "insatstexter.csv": (TEXT_HEADER, list(compute_texts())),
    }  # fmt: skip
