"""Ekonomi in words: titles, cells and sentences about money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from finsam_dash.model import IndicatorRow, Measured, Missing, PostState, PostType, Unit, Value
from finsam_dash.report.content_economy import (
    BudgetLine,
    Conflict,
    DecisionRoom,
    Economy,
    Equity,
    Statement,
    StatementRow,
)
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import (
    EN_DASH,
    MISSING_SIGN,
    NO_BREAK,
    NOT_APPLICABLE_SIGN,
    decimals_to_tell_apart,
    format_count,
    format_counts,
    format_hedged,
    format_money,
    format_share,
    format_share_words,
    format_sign,
)
from finsam_dash.wording.periods import format_date, format_period
from finsam_dash.wording.sentences import format_reason
from finsam_dash.wording.titles import format_spent_title

QUOTA_HEAD: Final = "Förbrukningskvot"
SHARE_HEAD: Final = "Förbrukad andel"
PER_START_HEAD: Final = "Per deltagande"
PER_RESULT_HEAD: Final = "Per avslut till arbete eller studier"
_COST_HEADS: Final[Mapping[str, str]] = {
    "forbrukningskvot": QUOTA_HEAD,
    "forbrukad_andel": SHARE_HEAD,
    "kostnad_per_deltagande": PER_START_HEAD,
    "kostnad_per_resultat": PER_RESULT_HEAD,
}
QUOTA_NOTE: Final = (
    "Förbrukningskvot är förbrukat mot en jämn förbrukning till och med periodens slut: 100 procent är i takt. "
    "Förbrukad andel är förbrukat av hela budgeten. Kostnaden är förbundets, andra parters ingår inte, och säger inte "
    "vad som hade hänt utan insatsen."
)
NO_COSTS: Final = (
    "Ingen budget och ingen kostnad per insats är lagrad för perioden. Skriv in beloppen längst ner på sidan, "
    "eller läs in dem i den långa formen på sidan Läs in."
)
STATE_HEADS: Final[Mapping[PostState, str]] = {
    PostState.BUDGET: "Budget",
    PostState.BESLUTAD: "Beslutat",
    PostState.EJ_BESLUTAD: "Ej beslutat",
    PostState.ANSOKT: "Ansökt",
    PostState.UTFALL: "Utfall",
    PostState.PROGNOS: "Prognos",
}
CONFLICT_WORDS: Final[Mapping[str, str]] = {
    "intakter": "Intäkter",
    "kostnader": "Kostnader",
    "resultat": "Resultat",
    "summa": "Summan av delarna och den tryckta totalen",
}


def format_kronor(amount: Decimal | None) -> str:
    """An amount in kronor; a dash where there is none."""
    return EN_DASH if amount is None else format_money(amount, Unit.KR)


def format_whole(amount: Decimal | None) -> str:
    """An amount in kronor without its unit, for columns that name it."""
    return EN_DASH if amount is None else format_kronor(amount).removesuffix(f"{NO_BREAK}kr")


def format_economy_title(economy: Economy) -> str:
    """The page's finding: what is used of budget, else what can still be decided, else what insatser cost."""
    whole = next((row for row in economy.insatser if row.subject is None and row.indikator == "forbrukad_andel"), None)
    if whole is not None and isinstance(whole.value, Measured) and whole.coverage is None:
        return format_spent_title(whole.value.value, whole.period)
    room = economy.room
    year = format_period(economy.year)
    if room is not None and room.undecided:
        return f"{format_kronor(room.undecided)} i budgeten för {year} är ännu inte beslutade"
    if room is not None and room.left is not None:
        return f"Styrelsen kan besluta om ytterligare {format_kronor(room.left)} {year}"
    insatser = next((share for share in economy.shares if share.kind == "insatser"), None)
    if insatser is not None:
        return f"{capitalise(format_share_words(insatser.share))} av bidraget {year} går till insatser"
    return f"Inga belopp är lagrade för {year}" if not economy.tables else f"Budget och utfall {year}"


def list_key_numbers(economy: Economy) -> list[tuple[str, str]]:
    """The numbers on the top row, each with what it is."""
    numbers: list[tuple[str, str]] = []
    if economy.shares:
        numbers.append((format_kronor(economy.shares[0].bidrag), "Bidrag från medlemmarna"))
    for share in economy.shares:
        numbers.append((format_share(share.share), f"{capitalise(format_name(share.kind))}, andel av bidraget"))
    if economy.equity is not None:
        basis = "utfall" if economy.equity.basis is PostState.UTFALL else "budget"
        numbers.append((format_kronor(economy.equity.result), f"Årets resultat, {basis}"))
        numbers.append((format_kronor(economy.equity.closing), "Eget kapital vid årets slut"))
    return numbers[:5]


def list_room_lines(room: DecisionRoom) -> list[tuple[str, str]]:
    """What there is, what is bound and what is left, from the top down: (what, kronor)."""
    lines = []
    if room.income:
        lines.append(("Årets intäkter", format_whole(room.income)))
        lines.append(("Kvar från tidigare år", format_whole(room.capital)))
        lines.append(("Att disponera", format_whole(room.available)))
    lines.append(("Beslutat", format_whole(room.decided)))
    # "Besides" what is decided; where that is not known, the whole budget.
    lines.append(("I budgeten" if room.decided is None else "I budgeten i övrigt", format_whole(room.budgeted)))
    lines.append(("Avsatt men ej beslutat", format_whole(room.undecided)))
    lines.append(("Ansökt", format_whole(room.applied)))
    if room.left is not None:
        lines.append(("Kvar när allt detta är räknat", format_whole(room.left)))
    return lines


def format_room_heading(economy: Economy, as_of: date) -> str:
    """The heading of what can be decided; of a year that is over it is no question any more."""
    if economy.year.end < as_of:
        return f"Beslutsutrymmet för {format_period(economy.year)}"
    return "Vad kan vi fortfarande besluta om?"


def format_room_sentence(room: DecisionRoom) -> str:
    """What the styrelse can still decide on, in one sentence or two."""
    parts = []
    if room.undecided:
        parts.append(f"{format_kronor(room.undecided)} är avsatta i budgeten men ännu inte beslutade.")
    if room.left is not None and room.left >= 0:
        parts.append(f"När hela budgeten är räknad återstår {format_kronor(room.left)}.")
    elif room.left is not None:
        parts.append(f"Budgeten är {format_kronor(-room.left)} större än det som finns att disponera.")
    if room.capital:
        parts.append("Det som är kvar från tidigare år är inte årets intäkt.")
    return " ".join(parts)


def format_line_cell(line: BudgetLine, state: PostState) -> str:
    """The amount of a post in one state, in kronor without the unit."""
    amount = {
        PostState.BUDGET: line.budget,
        PostState.BESLUTAD: line.decided,
        PostState.EJ_BESLUTAD: line.undecided,
        PostState.ANSOKT: line.applied,
        PostState.UTFALL: line.outcome,
        PostState.PROGNOS: line.forecast,
    }[state]
    return format_whole(amount)


def format_line_share(line: BudgetLine) -> str:
    """Used of budget; "." where the budget is nothing, "–" where there is no budget or no outcome."""
    if line.share is not None:
        return format_share(line.share)
    has_plan = line.budget is not None or line.decided is not None
    return NOT_APPLICABLE_SIGN if has_plan and line.outcome is not None else MISSING_SIGN


def format_line_note(line: BudgetLine) -> str:
    """What stands under a post's name: its insatsperiod, the day and words of its prognos."""
    own = line.insatsperiod != line.post and "/" not in line.insatsperiod
    parts = [line.insatsperiod if own else ""]
    if line.forecast_day is not None:
        parts.append(f"prognos {format_date(line.forecast_day)}{': ' + line.comment if line.comment else ''}")
    return ", ".join(part for part in parts if part)


def format_money_value(value: Value, unit: Unit) -> str:
    """A quota as "92 %", a cost as "30 000 kr", or the sign that stands in its place."""
    if not isinstance(value, Measured):
        return format_sign(value)
    return format_share(value.value) if unit is Unit.ANDEL else format_money(value.value, unit)


def format_cost_interval(row: IndicatorRow) -> str:
    """The interval of a cost per result: "117 623–251 279 kr"; "" without one."""
    value = row.value
    if not isinstance(value, Measured) or value.lower is None or value.upper is None:
        return ""
    low, high = (format_count(round(end)) for end in (value.lower, value.upper))
    return f"{low}{EN_DASH}{high}{NO_BREAK}kr"


def format_cost_coverage(row: IndicatorRow) -> str:
    """How many insatser a cost of the whole förbund holds: "9 av 10 insatser"; "" where all are in it."""
    return f"{format_counts(row.coverage.included, row.coverage.expected)} insatser" if row.coverage else ""


def format_cost_reasons(found: Mapping[str, IndicatorRow], names: Mapping[str, str]) -> str:
    """Which of an insats's quotas and costs are not there, and why; "" where all are, or are hidden.

    Those that lack for one reason stand together: "Förbrukad andel, ingen uppgift ännu: … Per deltagande, …".
    """
    together: dict[str, list[str]] = {}
    for kod, head in _COST_HEADS.items():
        value = found[kod].value
        if isinstance(value, Missing):
            together.setdefault(format_reason(value, names), []).append(head[:1].lower() + head[1:])
    return " ".join(f"{capitalise(format_list(heads))}, {reason.rstrip('.')}." for reason, heads in together.items())


def format_equity_sentence(equity: Equity) -> str:
    """How eget kapital moves over the year, and how it stands against its ceiling."""
    basis = "enligt utfallet" if equity.basis is PostState.UTFALL else "enligt budgeten"
    outcome = "överskott" if equity.result >= 0 else "underskott"
    sentence = (
        f"Året ger {basis} ett {outcome} på {format_kronor(abs(equity.result))}. "
        f"Eget kapital går från {format_kronor(equity.opening)} till {format_kronor(equity.closing)}"
    )
    if equity.share is not None:
        decimals = 0 if equity.ceiling is None else decimals_to_tell_apart(equity.share, equity.ceiling)
        sentence += f", {format_share_words(equity.share, decimals)} av bidraget"
    sentence += "."
    if equity.ceiling is not None and equity.share is not None:
        word = "under" if equity.share <= equity.ceiling else "över"
        sentence += f" Det är {word} taket {format_share_words(equity.ceiling)}."
    if equity.printed is not None and equity.printed != equity.closing:
        sentence += f" Dokumentet skriver {format_kronor(equity.printed)}."
    return sentence


def format_conflict(conflict: Conflict) -> str:
    """Two tables that do not agree, in one sentence."""
    away = format_kronor(abs(conflict.first - conflict.second))
    if conflict.what == "summa":
        return (
            f"{conflict.second_table}: delarna blir {format_kronor(conflict.first)}, den tryckta totalen är "
            f"{format_kronor(conflict.second)}. Skillnaden är {away}."
        )
    return (
        f"{CONFLICT_WORDS[conflict.what]}: {format_kronor(conflict.first)} i {conflict.first_table}, "
        f"{format_kronor(conflict.second)} i {conflict.second_table}. Skillnaden är {away}."
    )


def format_statement_head(year: int, state: PostState) -> str:
    """The head of a column: "2014, utfall"."""
    return f"{year}, {format_name(state)}"


def format_statement_cells(row: StatementRow) -> tuple[str, ...]:
    """The amounts of a row of a published table, in the table's own unit and with its own reservations."""
    return tuple(
        format_hedged(_format_statement_amount(row, amount), qualifier)
        for amount, qualifier in zip(row.amounts, row.qualifiers, strict=True)
    )


def _format_statement_amount(row: StatementRow, amount: Decimal | None) -> str:
    if amount is None:
        # A row without any amount is a heading.
        return MISSING_SIGN if any(other is not None for other in row.amounts) else ""
    if row.unit is Unit.ANDEL:
        return format_share(float(amount), 1 if amount * 100 % 1 else 0)
    return format_money(amount, row.unit)


def is_sum(row: StatementRow | BudgetLine) -> bool:
    """Whether the row is printed as a sum or a result, and so stands in bold."""
    return row.posttype in (PostType.SUMMA, PostType.RESULTAT)


def format_statement_title(statement: Statement) -> str:
    """The published table's name with what it is: "Balansräkning … (balansräkning)"."""
    return f"{statement.tabell} ({format_name(statement.kind)})"
