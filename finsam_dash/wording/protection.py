"""What röjandekontroll hides and refuses, in words."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.protection.protect import HidingReason
from finsam_dash.judgement.protection.publish import PublishingPlan
from finsam_dash.model import Period
from finsam_dash.report.content import Report
from finsam_dash.wording.names import capitalise, format_name_capital, name_subject
from finsam_dash.wording.numbers import format_count
from finsam_dash.wording.periods import format_period, sort_key

GRIDS = {"halvar": "halvår", "tertial": "tertial"}
GRIDS_DEFINITE = {"halvar": "per halvår", "tertial": "per tertial"}
HIDDEN = "Uppgifter som kan röja enskilda visas inte och skrivs som två punkter (..)."
WAITING_TITLE = "Röjandekontrollen räknas om"
WAITING = (
    "Röjandekontrollen räknas om, eftersom uppgifterna eller inställningarna är ändrade. Det tar några sekunder, en "
    "gång för varje ändring. Inget visas förrän den är klar; sidan fylls i av sig själv."
)
MAKING = "Röjandekontrollen räknas om för de nya uppgifterna. Det tar några sekunder, en gång för varje ändring."
CHANGED_MEANWHILE = (
    "Uppgifterna ändrades medan det gjordes, och inget är antecknat som utlämnat. Lämna inte ut det som skrevs: "
    "kör kommandot igen."
)


PER_INTERN = "går bara i läget intern: det som lämnas ut skyddas utifrån dagens uppgifter och det som är utlämnat."


def format_refused_title(report: Report) -> str:
    """The finding of a page whose whole cut is refused, or not ready; "" where it is neither."""
    if report.protection == "vantar":
        return WAITING_TITLE
    return f"{capitalise(format_period(report.period))} lämnas inte ut" if report.protection == "utanfor" else ""


def format_protection(report: Report) -> tuple[str, ...]:
    """The sentences that läge publicering needs beside a report; none in intern."""
    if not report.protection:
        return ()
    if report.protection == "vantar":
        return (WAITING,)
    period, grid = format_period(report.period), GRIDS_DEFINITE.get(report.publishing_grid, "per halvår")
    choose = f"Insatserna lämnas ut {grid}, per kalenderår och för sina egna beslutade perioder."
    if report.protection == "utanfor":
        return (
            HIDDEN,
            f"{capitalise(period)} ingår inte i det som förbundet lämnar ut, så uppgifterna för den perioden är dolda. "
            f"{choose} Hela förbundet lämnas ut också per månad. Välj en sådan period.",
        )
    if report.protection == "bara_forbundet":
        return (HIDDEN, f"För {period} lämnas bara hela förbundets uppgifter ut. {choose}")
    return (HIDDEN,)


REASONS = {
    HidingReason.SMALL: "Liten grupp",
    HidingReason.COMPLEMENTARY: "Skyddar en liten grupp",
}
REASON_NOTE = (
    "Liten grupp: talet, det som är kvar av nämnaren eller nämnaren själv är färre än gränsen. Skyddar en liten grupp: "
    "talet är inte litet, men med det skulle ett litet tal gå att räkna ut. I det som lämnas ut är tecknet detsamma "
    "(..), för skälet i sig skulle säga något."
)
SUMMARY_HEADER = ("Insats", "Visas inte", "Liten grupp", "Skyddar en liten grupp")
HIDDEN_HEADER = ("Insats", "Kön", "Mått", "Varför")
COST_HEADER = ("Rutnät", "Visas", "Visas inte", "Små", "Skyddar små", "Personer i det dolda")
NO_PUBLICATIONS = (
    "Inget är antecknat som utlämnat. Det som sparas eller visas för styrelsen i läget publicering antecknas av sig "
    "självt, och skyddas mot att jämföras med senare siffror."
)


SHOWN_SLIDES = "Bilderna i Styrelseläge"


def format_saved_picture(caption: str, form: str) -> str:
    """A chart that was saved by itself, in the record of what has been published."""
    return f"Bild: {caption} ({form})"


def format_saved_table(caption: str) -> str:
    """A table that was saved by itself, in the record of what has been published."""
    return f"Tabell: {caption} (csv)"


def format_control_title(plan: PublishingPlan, public: bool, *, empty: bool = False) -> str:
    """The finding of the page Röjandekontroll; `empty`: the förbund has no figures yet."""
    if empty:
        return "Det finns inga uppgifter att skydda än"
    if public:
        return "Alla uppgifter står i offentliga dokument: inget behöver döljas"
    if not plan.hidden:
        return "Inget behöver döljas"
    return (
        f"{format_count(len(plan.hidden))} av {format_count(len(plan.hidden) + len(plan.shown))} uppgifter visas inte"
    )


def format_cost(plan: PublishingPlan) -> str:
    """What the protection costs, in words: "Bland dem räknas 11 544 personer, några flera gånger."."""
    if not plan.hidden:
        return f"Gränsen är {plan.threshold} personer."
    small = sum(reason is HidingReason.SMALL for reason in plan.hidden.values())
    return (
        f"Gränsen är {plan.threshold} personer. {format_count(small)} uppgifter är små i sig, och "
        f"{format_count(len(plan.hidden) - small)} döljs för att de små annars kunde räknas ut. Bakom de "
        f"{format_count(plan.hidden_cells)} dolda talen står sammanlagt {format_count(plan.hidden_persons)} personer, "
        "där samma person räknas i varje tal som hen ingår i."
    )


def format_exposed(plan: PublishingPlan, names: Mapping[str, str]) -> tuple[str, ...]:
    """What can be worked out from what was public already, whatever is hidden now."""
    if not plan.exposed:
        return ()
    periods: dict[str, list[str]] = {}
    for row in sorted(plan.exposed, key=lambda row: (row.period.start, row.period.end)):
        periods.setdefault(name_subject(row.subject, names), []).append(format_period(row.period))
    rows = (f"{name}: {', '.join(dict.fromkeys(periods[name]))}" for name in sorted(periods, key=sort_key))
    return (
        "Några små tal går att räkna ut av det som redan har lämnats ut, hur mycket som än döljs nu. De visas ändå "
        "inte, och resten lämnas ut som vanligt:",
        *rows,
    )


def format_plan_row(grid: str, plan: PublishingPlan, *, chosen: bool) -> tuple[str, ...]:
    """One publishing grid and what it hides, for the table that compares them."""
    small = sum(reason is HidingReason.SMALL for reason in plan.hidden.values())
    return (
        f"{capitalise(GRIDS[grid])}{' (valt)' if chosen else ''}",
        format_count(len(plan.shown)),
        format_count(len(plan.hidden)),
        format_count(small),
        format_count(len(plan.hidden) - small),
        format_count(plan.hidden_persons),
    )


def list_hidden_insatser(plan: PublishingPlan, period: Period, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """How many rows of one period are hidden and why, a line for hela förbundet and each insats that has any."""
    rows = []
    for subject in (None, *names):
        reasons = [why for row, why in plan.hidden.items() if (row.subject, row.period) == (subject, period)]
        if reasons:
            small = sum(why is HidingReason.SMALL for why in reasons)
            counts = (len(reasons), small, len(reasons) - small)
            name = name_subject(subject, names)
            rows.append((name, *(format_count(count) for count in counts)))
    return rows


def list_hidden(plan: PublishingPlan, period: Period, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The rows of one period that are hidden, insats by insats in the order of `names`, each with why."""
    labels = load_registry().indikatorer
    place = {kod: number for number, kod in enumerate(names)}
    rows = [row for row in plan.hidden if row.period == period]
    rows.sort(key=lambda row: (-1 if row.subject is None else place.get(row.subject, len(place)), row.indikator))
    return [
        (
            name_subject(row.subject, names),
            format_name_capital(row.gender),
            labels[row.indikator].label if row.indikator in labels else "Pågående vid start",
            REASONS[plan.hidden[row]],
        )
        for row in rows
    ]
