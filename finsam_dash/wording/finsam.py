"""Underlag för Uppföljning Finsam in words: columns, cells with numbers behind them, and why a cell is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finsam_dash.model import Gender, Measured, Missing, Period, Reason, Suppressed, Unit, Value
from finsam_dash.report.finsam import GENDERS, FinsamAmount, FinsamRow
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import EN_DASH, format_count, format_number_word, format_value
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_reason

NAME: Final = "Uppföljning Finsam"
INDIVIDUAL: Final = "Insatser för individer"
STRUCTURAL: Final = "Strukturövergripande insatser"
HEADER: Final = (
    ("Insats", False), ("Inriktning", False), ("Målgrupp", False), ("Kvinnor", True), ("Män", True),
    ("Annat/okänt", True), ("Alla", True), ("Budgeterat antal", True), ("Budget, kr", True), ("Utfall, kr", True),
    ("Källa för beloppen", False), ("Saknas, och varför", False),
)  # fmt: skip
"""Column and whether it holds numbers."""
ABOUT: Final = "Källor, och det som saknas"
LEAD: Final = (
    "Det här frågar det nationella systemet efter: skriv av rad för rad. Deltagare är unika personer i varje insats "
    "för sig och läggs inte ihop mellan insatser. Tomt är aldrig noll."
)


@dataclass(frozen=True)
class FinsamCell:
    """One cell: what is read, and the number behind it for the workbook (None for text and for what is not there)."""

    text: str
    number: float | None = None


def format_lead(asked: Period, year: Period) -> str:
    """What the page is for, and that it shows the whole year where another period is chosen."""
    return LEAD if asked == year else f"{LEAD} Systemet frågar per helår: här visas hela {format_period(year)}."


def format_finsam_title(rows: tuple[FinsamRow, ...], period: Period) -> str:
    """The finding: how many of the insatser can be typed in now."""
    total = len(rows)
    if not total:
        return f"Inga insatser pågick {format_period(period)}"
    whole = sum(not list_gaps(row) for row in rows)
    if total == 1:
        return f"Insatsen har {'' if whole else 'inte '}allt som ska fyllas i för {format_period(period)}"
    if whole == total:
        return f"Allt finns för {format_number_word(total)} insatser {format_period(period)}"
    return f"{capitalise(format_number_word(whole) if whole else 'ingen')} av {format_number_word(total)} insatser " + (
        f"har allt som ska fyllas i för {format_period(period)}"
    )


def format_finsam_cells(row: FinsamRow) -> tuple[FinsamCell, ...]:
    """A row under HEADER."""
    insats = row.insats
    purpose = capitalise(format_name(insats.purpose)) if insats.purpose is not None else EN_DASH
    return (
        FinsamCell(insats.kortnamn or insats.namn),
        FinsamCell(purpose),
        FinsamCell(insats.malgrupp or EN_DASH),
        *(FinsamCell(format_value(value, Unit.ANTAL), _number(value)) for value in row.deltagare),
        FinsamCell(EN_DASH if row.budgeted is None else format_count(row.budgeted), row.budgeted),
        _money(row.budget),
        _money(row.outcome),
        FinsamCell(format_sources(row)),
        FinsamCell(" ".join(f"{capitalise(gap)}." for gap in list_gaps(row))),
    )


def _number(value: Value) -> float | None:
    return value.value if isinstance(value, Measured) else None


def _money(amount: FinsamAmount | None) -> FinsamCell:
    if amount is None:
        return FinsamCell(EN_DASH)
    return FinsamCell(format_count(round(amount.kronor)), float(round(amount.kronor)))


def format_sources(row: FinsamRow) -> str:
    """Where budget and utfall come from, and what another source says where it says something else."""
    named = [(what, amount) for what, amount in (("budget", row.budget), ("utfall", row.outcome)) if amount is not None]
    if not named:
        return EN_DASH
    if len({amount.source for _, amount in named}) == 1:
        named = [(format_list([what for what, _ in named]), named[0][1])]
    sentences = [f"{capitalise(what)}: {amount.source}." for what, amount in named]
    for what, amount in (("budget", row.budget), ("utfall", row.outcome)):
        if amount is not None and amount.others:
            others = format_list([f"{format_count(round(kronor))} i {source}" for source, kronor in amount.others])
            sentences.append(f"Annat belopp för {what}: {others}.")
    return " ".join(sentences)


def list_gaps(row: FinsamRow) -> list[str]:
    """What cannot be typed in and why, one sentence a gap; what is not asked for is no gap."""
    gaps = []
    by_reason: dict[str, list[str]] = {}
    for gender, value in zip(GENDERS, row.deltagare, strict=True):
        if gender is Gender.ANNAT_OKANT or isinstance(value, Measured):
            continue
        if isinstance(value, Suppressed):
            reason = "visas inte i läget publicering"
        else:
            assert isinstance(value, Missing)
            if value.reason is Reason.EJ_TILLAMPLIGT:
                continue
            reason = format_reason(value)
        by_reason.setdefault(reason, []).append(format_name(gender))
    gaps += [f"deltagare, {format_list(genders)}: {reason}" for reason, genders in by_reason.items()]
    if row.budgeted is None:
        others = format_list([_format_planned(*planned) for planned in row.plan])
        gaps.append(f"budgeterat antal: planen har {others}" if others else "budgeterat antal: inte inskrivet")
    if row.budget is None:
        gaps.append("budget: inget belopp per insats är lagrat")
    if row.outcome is None:
        gaps.append("utfall: inget belopp per insats är lagrat")
    if not row.insats.malgrupp:
        gaps.append("målgrupp: inte ifylld")
    return gaps


def _format_planned(number: float, code: str, when: str) -> str:
    """A number of the plan's with the time that it holds for: "80 för juni 2013–dec 2014", "40 per år, 2012–2014"."""
    period = format_period(Period.parse(code))
    how_long = f"{when}, {period}" if when.startswith("per ") else f"för {period}"
    return f"{format_count(number)} {how_long}"


ENTER_LEAD: Final = (
    "Det antal deltagare som insatsen är budgeterad för under året. Tomt fält betyder att antalet inte är bestämt. "
    "Ett antal som skrivs här går före verksamhetsplanens."
)


def format_version(number: int | None, actor: str, moment: str) -> str:
    """One version of an entered number: when, who, and the number or that it was taken away."""
    return f"{moment}: {actor}, {'inget antal' if number is None else format_count(number)}"
