"""Write the synthetic förbund `exempel`: every csv file of this folder, the same bytes each time.

Run `python data/exempel/skapa.py`. Single deltaganden are drawn in memory, month by month from 2021-01 to 2025-12, and
every count is a count of them as they were registered on the day of the delivery; so the counts tie, and late
registrations move earlier months as they do for a real förbund. Nothing here describes a real person, insats or place.
"""

from __future__ import annotations

import calendar
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from deltaganden import INFLOW, Deltagande, compute_left, compute_new, compute_stock, draw_count, draw_deltaganden
from plan import (
    ALDER,
    EFTER,
    FIRST_YEAR,
    FODELSELAND,
    FORBUND,
    FORE,
    FORSORJNINGSTID,
    GRUPPER,
    HANDELSER,
    KOMMUNER,
    KOMMUNER_OF_GRUPP,
    KON,
    MONTHS,
    PLANS,
    UTBILDNING,
    Plan,
)
from register import compute_budget, compute_cost, compute_registers, compute_support, is_running

UPPFOLJNING = (
    "uppfoljning_avslutade",
    "uppfoljning_arbete_studier",
    "uppfoljning_rehabilitering",
    "uppfoljning_ovrigt",
    "ej_uppfoljda",
)

MONTH_HEADER = (
    "Insats", "Månad", "Kön", "Pågående vid start", "Nya", "Avslutade", "Avslutade utan uppgift",
    "Till arbete och/eller studier", "Till arbete", "Till studier", "Eget företag", "Bortfall", "Felregistrerade",
)  # fmt: skip
LONG_HEADER = (
    "Insats/Grupp", "Från", "Till", "Kön", "Mått", "Indelning", "Klass", "Värde", "Enhet", "Kvalifikator", "Orsak",
)  # fmt: skip

KON_LABEL = {"kvinna": "Kvinna", "man": "Man"}

Row = tuple[str, ...]


def format_month(month: int) -> str:
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"


def format_span(first: int, last: int) -> tuple[str, str]:
    """The first and last day of a span of months."""
    year, month = FIRST_YEAR + last // 12, last % 12 + 1
    return f"{format_month(first)}-01", f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def format_csv(header: Row, rows: Iterable[Row]) -> bytes:
    return "".join(";".join(row) + "\n" for row in (header, *rows)).encode("utf-8")


class Insats:
    """An insats with its drawn deltaganden, and the rows that it has delivered so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        people = draw_deltaganden(plan)
        self.people = {kon: [person for person in people if person.kon == kon] for kon in KON}
        random = Random(f"{FORBUND} {plan.kod} felregistrerade")
        self.mistakes = {(kon, month): int(random.random() < 0.06) for kon in KON for month in range(MONTHS)}
        self.delivered: dict[int, tuple[Row, ...]] = {}

    @property
    def kon(self) -> tuple[str, ...]:
        return KON[:1] if self.plan.gender_scope == "kvinnor" else KON

    @property
    def has_background(self) -> bool:
        return self.plan.counting_mode == "med_personuppgifter"

    def compute_known(self, known: int) -> int:
        """The last month whose registrations have reached the förbund by the end of month `known`."""
        return min(known, self.plan.last) if self.plan.stops_reporting else known

    def compute_month_row(self, kon: str, month: int, known: int) -> Row:
        people = self.people[kon]
        left = compute_left(people, month, known)
        counts = [len(compute_stock(people, month, known)), len(compute_new(people, month, known)), len(left)]
        row = (self.plan.namn, format_month(month), KON_LABEL[kon], *map(str, counts))
        if not self.has_background:
            return (*row, "", "", "", "", "", "", str(self.mistakes[kon, month]))
        outcomes = (
            sum(person.unknown for person in left),
            sum(person.reached for person in left),
            sum(person.work for person in left),
            sum(person.study for person in left),
            sum(person.own_business for person in left),
            sum(person.dropout for person in left),
            self.mistakes[kon, month],
        )
        return (*row, *map(str, outcomes))

    def deliver_month(self, month: int) -> Iterator[Row]:
        """The month's rows, and those of the three before that have changed since they were delivered, both kön."""
        if self.plan.counting_mode == "volym" or month > self.compute_known(month):
            return
        for past in range(max(self.plan.first, month - 3), min(self.plan.last, month) + 1):
            rows = tuple(self.compute_month_row(kon, past, month) for kon in self.kon)
            if self.delivered.get(past) != rows:
                self.delivered[past] = rows
                yield from rows


def format_count(
    insats: str, months: tuple[int, int], kon: str, matt: str, indelning: str, klass: str, count: int
) -> Row:
    return (insats, *format_span(*months), kon, matt, indelning, klass, str(count), "antal", "", "")


def compute_breakdown(insats: Insats, kon: str, months: tuple[int, int], known: int) -> Iterator[Row]:
    """Who was there, began and left in a quarter, by each indelning; försörjning of those who left."""
    people = insats.people[kon]
    span = range(months[0], months[1] + 1)
    stock = compute_stock(people, months[0], known)
    new = [person for month in span for person in compute_new(people, month, known)]
    left = [person for month in span for person in compute_left(people, month, known)]
    flows = {"pagaende": stock, "nya": new, "avslutade": left}
    outcomes = {
        "avslutade_utan_uppgift": [person for person in left if person.unknown],
        "till_arbete_studier": [person for person in left if person.reached],
    }
    cuts: tuple[tuple[str, tuple[str, ...], dict[str, list[Deltagande]], Callable[[Deltagande], str]], ...] = (
        ("alder", ALDER, {**flows, **outcomes}, lambda person: person.alder),
        ("forsorjningstid", FORSORJNINGSTID, {**flows, **outcomes}, lambda person: person.forsorjningstid),
        ("fodelseland", FODELSELAND, flows, lambda person: person.fodelseland),
        ("utbildning", UTBILDNING, flows, lambda person: person.utbildning),
        ("kommun", KOMMUNER_OF_GRUPP[insats.plan.grupp], {**flows, **outcomes}, lambda person: person.kommun),
        ("forsorjning_fore", FORE, {"avslutade": left}, lambda person: person.fore),
        ("forsorjning_efter", EFTER, {"avslutade": left}, lambda person: person.efter),
    )
    for indelning, klasser, groups, read in cuts:
        for matt, group in groups.items():
            classes = [read(person) for person in group]
            for klass in klasser:
                yield format_count(insats.plan.kod, months, kon, matt, indelning, klass, classes.count(klass))


def compute_moves(insats: Insats, months: tuple[int, int], known: int) -> Iterator[Row]:
    """The avslutade of a half-year by försörjning before and after, as one table."""
    left = [
        f"{person.fore}_till_{person.efter}"
        for kon in KON
        for month in range(months[0], months[1] + 1)
        for person in compute_left(insats.people[kon], month, known)
    ]
    for fore in FORE:
        for efter in EFTER:
            klass = f"{fore}_till_{efter}"
            count = left.count(klass)
            yield format_count(insats.plan.kod, months, "alla", "avslutade", "forsorjning_fore_efter", klass, count)


def compute_follow_up(insats: Insats, half: int, distance: int, known: int) -> Iterator[Row]:
    """What had become, `distance` months later, of those who left in a half-year; how many are not known is a count."""
    months = (half * 6, half * 6 + 5)
    klass = f"avslut_{distance}_man"
    finished = months[1] + distance <= insats.compute_known(known)
    for kon in insats.kon:
        left = [
            person
            for month in range(months[0], months[1] + 1)
            for person in compute_left(insats.people[kon], month, insats.compute_known(known))
        ]
        situations = [(person.later or {})[distance] for person in left]
        for matt in UPPFOLJNING:
            if finished:
                count = len(left) if matt == "uppfoljning_avslutade" else situations.count(matt)
                yield format_count(insats.plan.kod, months, kon, matt, "uppfoljning", klass, count)
            else:
                cell = (kon, matt, "uppfoljning", klass, "", "antal", "", "ingen_uppgift_annu")
                yield (insats.plan.kod, *format_span(*months), *cell)


def compute_persons(insatser: list[Insats], year: int, known: int) -> Iterator[Row]:
    """Unique persons of a year: in each insats that counts them, and in the whole förbund."""
    months = (year * 12, year * 12 + 11)
    total = dict.fromkeys(KON, 0)
    for insats in insatser:
        if not insats.has_background or (insats.plan.stops_reporting and months[1] > insats.plan.last):
            continue
        if months[1] < insats.plan.first or months[0] > insats.plan.last:
            continue
        for kon in insats.kon:
            people = insats.people[kon]
            seen = len(compute_stock(people, months[0], known))
            seen += sum(len(compute_new(people, month, known)) for month in range(months[0], months[1] + 1))
            persons = seen - seen // 25
            total[kon] += persons
            if insats.plan.counts_persons:
                yield format_count(insats.plan.kod, months, kon, "deltagare", "", "", persons)
    # One insats lacks in the last year: the förbund's own count is not säkerställd then.
    qualifier = "ej_sakerstalld" if year == 4 else ""
    for kon in KON:
        persons = str(round(total[kon] * 0.93))
        yield ("", *format_span(*months), kon, "deltagare", "", "", persons, "antal", qualifier, "")


def compute_half_year(insatser: list[Insats], half: int, known: int) -> Iterator[Row]:
    """Breakdowns of a half-year, the follow-ups that are due, and in the second half the year's deltagare."""
    months = (half * 6, half * 6 + 5)
    with_background = [insats for insats in insatser if insats.has_background]
    for insats in with_background:
        running = range(max(months[0], insats.plan.first), min(months[1], insats.plan.last) + 1)
        for first in (months[0], months[0] + 3):
            quarter = [month for month in range(first, first + 3) if month in running]
            if not quarter or (insats.plan.stops_reporting and first + 2 not in running):
                continue
            for kon in insats.kon:
                yield from compute_breakdown(insats, kon, (first, first + 2), insats.compute_known(known))
        if len(running) == 6:
            yield from compute_moves(insats, months, insats.compute_known(known))
        for distance, cohort in ((3, half), (6, half - 1), (12, half - 2)):
            first, last = cohort * 6, cohort * 6 + 5
            if insats.plan.stops_reporting and last + distance > insats.plan.last:
                continue
            if cohort >= 0 and first >= insats.plan.first and last <= insats.plan.last:
                yield from compute_follow_up(insats, cohort, distance, known)
    if half % 2 == 1:
        yield from compute_persons(insatser, half // 2, known)


def compute_quarter(insatser: list[Insats], quarter: int) -> Iterator[Row]:
    """Cost a month from the books, and the counts of insatser without personuppgifter."""
    for insats in insatser:
        plan = insats.plan
        for month in range(quarter * 3, quarter * 3 + 3):
            if not is_running(plan, month):
                continue
            cost = str(compute_cost(plan, month))
            yield (plan.kod, *format_span(month, month), "alla", "kostnad", "", "", cost, "kr", "", "")
    for insats in insatser:
        plan = insats.plan
        for month in range(quarter * 3, quarter * 3 + 3):
            if plan.counting_mode == "volym":
                random = Random(f"{FORBUND} {plan.kod} antal {month}")
                count = draw_count(random, plan.exits_a_year / 12 * INFLOW[month % 12])
            elif plan.counting_mode == "anonym":
                count = sum(len(compute_new(insats.people[kon], month, quarter * 3 + 2)) for kon in KON)
            else:
                continue
            yield format_count(plan.kod, (month, month), "alla", "deltagare_utan_personuppgifter", "", "", count)


def compute_budget_rows(insatser: list[Insats], year: int) -> Iterator[Row]:
    months = (year * 12, year * 12 + 11)
    for insats in insatser:
        if is_running(insats.plan, months[0]):
            budget = str(compute_budget(insats.plan, year))
            yield (insats.plan.kod, *format_span(*months), "alla", "budget", "", "", budget, "kr", "", "")


MONTH_NAMES = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """One delivery; `known_from` is the day the förbund got it."""

    file: str
    name: str
    short: str
    known_from: str
    content: bytes


def compute_deliveries() -> list[Delivery]:
    """Every delivery, oldest first."""
    insatser = [Insats(plan) for plan in PLANS]
    found = []
    for index in range(5):
        year = FIRST_YEAR + index
        content = format_csv(LONG_HEADER, compute_budget_rows(insatser, index))
        found.append(Delivery(f"{year}-budget.csv", f"Budget {year}", f"Budget {year}", f"{year - 1}-12-15", content))
    for month in range(MONTHS):
        name = f"{MONTH_NAMES[month % 12]} {FIRST_YEAR + month // 12}"
        content = format_csv(MONTH_HEADER, (row for insats in insatser for row in insats.deliver_month(month)))
        known_from = f"{format_month(month + 1)}-10"
        found.append(
            Delivery(
                f"{format_month(month)}.csv", f"Månadsuppgifter {name}", f"Månadsuppgifter {name}", known_from, content
            )
        )
    for year in range(FIRST_YEAR, FIRST_YEAR + 5):
        content = format_csv(LONG_HEADER, compute_support(year))
        name = f"Offentlig försörjning {year}"
        found.append(Delivery(f"{year}-forsorjning.csv", name, name, f"{year + 1}-02-15", content))
    for quarter in range(20):
        label = f"{FIRST_YEAR + quarter // 4}-K{quarter % 4 + 1}"
        name = f"Kostnad och volym kvartal {quarter % 4 + 1} {FIRST_YEAR + quarter // 4}"
        content = format_csv(LONG_HEADER, compute_quarter(insatser, quarter))
        known_from = f"{format_month(quarter * 3 + 3)}-05"
        found.append(
            Delivery(f"{label}-kostnad-och-volym.csv", name, f"Kostnad och volym {label}", known_from, content)
        )
    for half in range(10):
        # The half-year is reported when its late registrations have come in; the last one as far as it is known.
        known = min(half * 6 + 8, MONTHS - 1)
        label = f"{FIRST_YEAR + half // 2}-H{half % 2 + 1}"
        name = f"Fördelningar och uppföljningar halvår {half % 2 + 1} {FIRST_YEAR + half // 2}"
        content = format_csv(LONG_HEADER, compute_half_year(insatser, half, known))
        known_from = f"{format_month(known + 1)}-09"
        found.append(Delivery(f"{label}-fordelningar.csv", name, f"Fördelningar {label}", known_from, content))
    return sorted(found, key=lambda delivery: (delivery.known_from, delivery.file))


def compute_files() -> dict[str, bytes]:
    """Every file of the folder but this one: name -> bytes."""
    deliveries = compute_deliveries()
    kommun = {grupp: ", ".join(KOMMUNER[kod] for kod in KOMMUNER_OF_GRUPP[grupp]) for grupp in KOMMUNER_OF_GRUPP}
    parter = "Arbetsförmedlingen, Försäkringskassan, Regionen"
    insatser = [
        (
            FORBUND, plan.kod, plan.namn, plan.namn, plan.purpose, plan.form, plan.counting_mode, plan.gender_scope,
            plan.huvudman, f"{parter}, {kommun[plan.grupp]}", plan.malgrupp, plan.syfte,
            "" if not plan.grupp else GRUPPER[plan.grupp].removeprefix("Lokusgrupp "), kommun[plan.grupp], plan.grupp,
            "", str(order), "", "",
        )
        for order, plan in enumerate(PLANS, start=1)
    ]  # fmt: skip
    return {
        "forbund.csv": format_csv(("kod", "namn", "pahittad"), [(FORBUND, "Samordningsförbundet Exempel", "ja")]),
        "grupper.csv": format_csv(
            ("forbund", "kod", "namn", "slag", "kommun", "dokument", "rubrik", "ekonomipost"),
            [(FORBUND, kod, name, "lokusgrupp", kommun[kod], "", "", "") for kod, name in GRUPPER.items()],
        ),
        "insatser.csv": format_csv(
            (
                "forbund",
                "kod",
                "namn",
                "kortnamn",
                "syfte_typ",
                "form",
                "raknesatt",
                "kon",
                "huvudman",
                "parter",
                "malgrupp",
                "syfte",
                "ort",
                "kommun",
                "grupp",
                "foregangare",
                "ordning",
                "dokument",
                "rubrik",
            ),
            insatser,
        ),
        "insatsperioder.csv": format_csv(
            ("forbund", "insats", "start", "slut", "etikett", "notering", "dokument", "rubrik"),
            [(FORBUND, plan.kod, plan.start, plan.end, plan.form, "", "", "") for plan in PLANS],
        ),
        "handelser.csv": format_csv(("forbund", "insats", "datum", "text"), [(FORBUND, *row) for row in HANDELSER]),
        "dokument.csv": format_csv(
            ("dokument", "forbund", "namn", "kort", "datum"),
            [(item.file, FORBUND, item.name, item.short, item.known_from) for item in deliveries],
        ),
        **{item.file: item.content for item in deliveries},
        **{name: format_csv(header, rows) for name, (header, rows) in compute_registers().items()},
    }


def main() -> None:
    """Write the files beside this one, or into the folder that is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, content in compute_files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
