"""The goals as a table, grouped as the förbund's own plan groups them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.verdict import Sakerhet, Verdict
from finsam_dash.model import Basis, Measured, Missing, Reason, Riktning, TargetKind, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, name_subject
from finsam_dash.wording.numbers import (
    MISSING_SIGN,
    NO_BREAK,
    NOT_APPLICABLE_SIGN,
    format_count,
    format_hidden,
    format_share,
    format_value,
    format_value_interval,
)
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import (
    NO_COUNTS,
    format_certainty,
    format_certainty_sign,
    format_margin,
    format_margin_caption,
    format_reached,
    is_wrong_side,
)
from finsam_dash.wording.targets import (
    OUTCOME_GOALS,
    format_goal_subject,
    format_goal_value,
    format_level,
    format_measured_period,
    format_outcome,
    format_target_reason,
)
from finsam_dash.wording.titles import format_goals_lead, format_goals_title, format_goals_title_short

HEADER = (
    ("Insats", 10),
    ("Mål, med planens ord", 27),
    ("Målvärde", 10),
    ("Utfall", 13),
    ("Bild, 0–100 %, eller skäl", 16),
    ("Nått i siffror", 6),
    ("Hur säkert", 11),
    ("Personer", 7),
)
"""Column and its width in per cent."""

MARKS = (
    "Lodrätt streck: målet. Punkt: utfall. Balk: 95 %-intervall, rimligt spann för nivån. "
    "Ring: publicerad andel, antal saknas. Orange: säkert på fel sida om målet. "
    "Personer: till godo eller saknas för att nå målet."
)

SHORT_HEADER = (("Insats", 28), ("0–100 %", 30), ("Nått", 12), ("Hur säkert", 30))
SHORT_COUNT = 6

WORDS_HEADER = (("Insats", 14), ("Mål, med planens ord", 46), ("Vad som är känt", 40))


@dataclass(frozen=True)
class TargetGroup:
    """Goals that stand under one heading of the plan. `heading` is the plan's, `level` ours."""

    plan: str
    level: str
    heading: str
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True)
class TargetCells:
    """One goal as formatted cells, each with its second line.

    `open`: there is no verdict, and `certainty` says why.
    `line` is the target to draw (0-1), None where there is no share to picture, and `no_picture` says why.
    """

    kod: str
    insats: str
    text: tuple[str, str]
    goal: str
    outcome: tuple[str, str]
    reached: str
    certainty: tuple[str, str]
    persons: tuple[str, str]
    strong: bool
    open: bool = False
    known: str = ""
    line: float | None = None
    look_here: bool = False
    no_picture: str = ""


def split_rows(rows: Iterable[TargetRow]) -> tuple[tuple[TargetRow, ...], tuple[TargetRow, ...]]:
    """Goals that figures can answer, and goals in words: without a number, or yes or no without an answer."""
    found = tuple(rows)
    in_words = tuple(
        row
        for row in found
        if row.target.kind is TargetKind.UTAN_TAL
        or (row.target.kind is TargetKind.JA_NEJ and not isinstance(row.value, Measured))
    )
    return tuple(row for row in found if row not in in_words), in_words


def list_groups(rows: Iterable[TargetRow]) -> tuple[TargetGroup, ...]:
    """The goals under the headings of their plans, in the plans' order."""
    groups: dict[tuple[str, str, str], list[TargetRow]] = {}
    for row in rows:
        target = row.target
        groups.setdefault((target.plan, format_level(target.level), target.heading or target.perspektiv), []).append(
            row
        )
    return tuple(TargetGroup(*key, tuple(found)) for key, found in groups.items())


def format_cells(row: TargetRow, report: Report, names: Mapping[str, str]) -> TargetCells:
    """One goal as the table's cells."""
    target, verdict, value = row.target, row.verdict, row.value
    who, riktning = name_subject(target.insats, names), target.riktning or Riktning.MINST
    reason = format_target_reason(row, names) or ""
    denominator = ""
    money = target.kind is TargetKind.PENGAR
    if isinstance(value, Measured) and value.denominator is None and target.unit is Unit.ANDEL and not money:
        denominator = "antal saknas"
    period = format_measured_period(row.measured, report.period)
    others = "annan nämnare än målets" if row.is_judged_of_others else ""
    below = ", ".join(part for part in (denominator, others, period) if part)
    if verdict is None:
        return TargetCells(
            target.kod, who, (target.text, ""), format_goal_value(row), ("..", ""), "..", ("..", ""), ("..", ""),
            strong=False,
        )  # fmt: skip
    sign, words = format_certainty_sign(verdict.sakerhet), format_certainty(verdict.sakerhet, riktning)
    interval = format_value_interval(value) if isinstance(value, Measured) and value.lower is not None else ""
    # Beside words of its own the sign of what does not apply looks like a slip of the pen.
    certainty = (words if sign == NOT_APPLICABLE_SIGN and words else f"{sign} {words}".strip(), interval)
    if row.parts and target.unit is Unit.ANDEL:
        certainty = (_format_parts_certainty(row), "")
    if verdict.uppnatt is None:
        if _waits_for_figures(row):
            reason = f"pågår, {reason}"
        pace = "" if row.pace is None else f"jämn takt vore {format_count(round(row.pace))} nu"
        certainty = (reason, interval or pace)
    margin = format_margin(verdict.marginal)
    caption = format_margin_caption(verdict.marginal, riktning)
    line = find_line(row)
    no_picture = ""
    if line is None and (money or target.unit is Unit.ANTAL):
        no_picture = "pengar, ingen skala" if money else "antal, ingen skala"
    return TargetCells(
        target.kod,
        who,
        (target.text, _format_below(row)),
        format_goal_value(row),
        (format_outcome(row), below),
        format_reached(verdict.uppnatt, so_far=row.basis is Basis.HITTILLS),
        certainty,
        (margin, caption if verdict.uppnatt is not None or row.pace is None else f"av {format_goal_value(row)}"),
        strong=verdict.sakerhet.is_sure,
        open=verdict.uppnatt is None,
        known=". ".join(part for part in (_format_known(row), row.comment) if part),
        line=line,
        look_here=is_wrong_side(verdict.sakerhet, riktning),
        no_picture=no_picture,
    )


def _waits_for_figures(row: TargetRow) -> bool:
    """Whether the goal's time runs and nothing is known of its outcome yet."""
    is_silent = isinstance(row.value, Missing) and row.value.reason is Reason.INGEN_UPPGIFT_ANNU and not row.parts
    return is_silent and row.basis is Basis.HITTILLS and row.target.kind is not TargetKind.UTAN_TAL


def _format_parts_certainty(row: TargetRow) -> str:
    """How sure a goal for each of several parts is: no interval stands behind any of them, or one a part does."""
    has_counts = any(isinstance(part.value, Measured) and part.value.denominator is not None for part in row.parts)
    return "bedöms inte för delarna tillsammans" if has_counts else f"{MISSING_SIGN} {NO_COUNTS}"


def _format_known(row: TargetRow) -> str:
    """What is known of a goal in words: its own words, else the figures of its parts."""
    if row.outcome_text or not any(isinstance(part.value, Measured) for part in row.parts):
        return row.outcome_text
    return capitalise(format_outcome(row))


def _format_below(row: TargetRow) -> str:
    """What stands under the plan's words: when it is measured, how to read the outcome, earlier years, analysis."""
    earlier = [
        f"{format_period(one.period)}: {format_value(one.value, row.target.unit or Unit.ANTAL)}"
        + (f" mot rikets {format_share(one.riket)}" if one.riket is not None else "")
        for one in row.earlier
    ]
    history = [format_history(row)] if len(row.history) > 1 else []
    parts = [
        f"Mäts: {row.target.mattidpunkt}" if row.target.mattidpunkt else "",
        f"Om utfallet: {row.note}" if row.note else "",
        f"Över åren: {', '.join([*earlier, *history])}" if earlier or history else "",
        f"Analys: {row.comment}" if row.comment else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part)


def find_line(row: TargetRow) -> float | None:
    """The target on the 0–100 % scale: only on a share of persons with its own denominator."""
    target = row.target
    if target.kind is TargetKind.PENGAR:
        return None
    if target.malkalla == "riket":
        return row.riket.value if row.riket is not None else None
    fits = target.unit is Unit.ANDEL and target.comparable and not row.reason and not row.parts
    return target.malvarde if fits and target.malvarde is not None and 0 <= target.malvarde <= 1 else None


def choose_for_overview(rows: Iterable[TargetRow]) -> tuple[TargetRow, ...]:
    """The goals to picture on Översikt: one judged share for each insats, at most six, in the plan's order.

    Of an insats's goals the one about arbete or studier comes first, then the one with counts. A surely missed goal is
    never the one that has no room.
    """
    chosen: dict[str, TargetRow] = {}
    for row in rows:
        if row.verdict is None or row.verdict.uppnatt is None or find_line(row) is None:
            continue
        earlier = chosen.get(row.target.insats)
        if earlier is None or _rank_for_overview(row) > _rank_for_overview(earlier):
            chosen[row.target.insats] = row
    first = sorted(chosen.values(), key=lambda row: not _is_surely_missed(row))[:SHORT_COUNT]
    return tuple(row for row in chosen.values() if row in first)


def _is_surely_missed(row: TargetRow) -> bool:
    return row.verdict is not None and is_wrong_side(row.verdict.sakerhet, row.target.riktning or Riktning.MINST)


def _rank_for_overview(row: TargetRow) -> tuple[bool, bool]:
    return _is_about_outcome(row), isinstance(row.value, Measured) and row.value.lower is not None


def _is_about_outcome(row: TargetRow) -> bool:
    target = row.target
    return target.indikator in OUTCOME_GOALS and target.riktning is not Riktning.HOGST and not target.klass


def format_short_goal(row: TargetRow) -> str:
    """What a goal is about where that is not arbete or studier of all: "Avbrutit på egen begäran, högst 10 %"; "" else.

    Of a group alone: "16–19 år, minst 50 %".
    """
    if _is_about_outcome(row):
        return ""
    target = row.target
    klass = format_class(f"{target.indelning}:{target.klass}") if target.klass else ""
    about = "" if klass and target.indikator in OUTCOME_GOALS else format_goal_subject(row)
    return capitalise(", ".join(part for part in (about, klass, format_goal_value(row)) if part))


def format_short_certainty(row: TargetRow) -> str:
    """How sure a judged goal is in two or three words on one line: "↔ Kan inte avgöras", "▼ Säkert under"."""
    if row.verdict is None:
        return ".."
    sakerhet, riktning = row.verdict.sakerhet, row.target.riktning or Riktning.MINST
    words = f"{format_certainty_sign(sakerhet)} {format_certainty(sakerhet, riktning, short=True)}"
    return words.strip().replace(" ", NO_BREAK)


def format_overview_title(rows: Iterable[TargetRow]) -> str:
    """The finding in half a page's width: "8 av 14 mål nåddes i siffror, 2 säkert. 1 missades säkert"."""
    found = tuple(rows)
    judged = [row.verdict for row in found if row.verdict is not None and row.verdict.uppnatt is not None]
    return format_goals_title_short(
        reached=sum(bool(verdict.uppnatt) for verdict in judged),
        total=len(judged),
        certain=sum(bool(verdict.uppnatt) and verdict.sakerhet.is_sure for verdict in judged),
        missed=sum(not verdict.uppnatt and verdict.sakerhet.is_sure for verdict in judged),
        hidden=[row.value for row in found if row.verdict is None],
    )


def format_goals_link(count: int) -> str:
    """The link to the goals' own page: "Alla 14 mål", "Till målet"."""
    return "Till målet" if count == 1 else f"Alla {format_count(count)} mål"


def format_targets_title(rows: Iterable[TargetRow]) -> tuple[str, str]:
    """The finding and the line under it, of the goals that can be answered."""
    found = tuple(rows)
    judged = [row.verdict for row in found if row.verdict is not None and row.verdict.uppnatt is not None]
    hidden = [row.value for row in found if row.verdict is None]
    title = format_goals_title(
        reached=sum(bool(verdict.uppnatt) for verdict in judged),
        total=len(judged),
        certain=sum(bool(verdict.uppnatt) and verdict.sakerhet.is_sure for verdict in judged),
        hidden=hidden,
    )
    lead = format_goals_lead(
        missed_certain=sum(not verdict.uppnatt and verdict.sakerhet.is_sure for verdict in judged),
        undecided=sum(verdict.sakerhet is Sakerhet.EJ_AVGORBART for verdict in judged),
        hidden=hidden,
    )
    if not judged:
        lead = f"{format_count(len(hidden))} mål {format_hidden(*hidden)}." if hidden else ""
    return title, " ".join(part for part in (lead, _format_uncertain(judged), format_not_judged(found)) if part)


def _format_uncertain(judged: Sequence[Verdict]) -> str:
    """What the goals are that are neither sure nor undecided, so that the numbers of the lead add up."""
    found = Counter(verdict.sakerhet for verdict in judged)
    kinds = [(found[sakerhet], what) for sakerhet, what in _WITHOUT_CERTAINTY.items() if found[sakerhet]]
    if not kinds:
        return ""
    listed = format_list([f"{format_count(count)} {what}" for count, what in kinds])
    return f"Osäkerhet räknas inte för {listed}."


_WITHOUT_CERTAINTY: Final = MappingProxyType(
    {
        Sakerhet.EJ_TILLAMPLIGT: "mål om till exempel antal eller belopp",
        Sakerhet.OKANT_ANTAL: "mål där antalet bakom andelen saknas",
        Sakerhet.FOR_FA: "mål med för få personer",
    }
)


def format_not_judged(rows: Iterable[TargetRow]) -> str:
    """How many goals have no verdict and why: "Av 84 mål kan 53 inte bedömas: 26 pågår, 27 följs upp i ord."."""
    found = tuple(rows)
    open_rows = [row for row in found if row.verdict is not None and row.verdict.uppnatt is None]
    if not open_rows:
        return ""
    reasons = Counter(_name_obstacle(row) for row in open_rows)
    listed = format_list([f"{format_count(reasons[reason])} {reason}" for reason in _OBSTACLES if reasons[reason]])
    if len(found) == 1:
        return f"Målet kan inte bedömas: {next(iter(reasons))}."
    everyone = f"De {format_count(len(found))} målen" if len(open_rows) == len(found) else ""
    first = (
        f"{everyone} kan inte bedömas"
        if everyone
        else (f"Av {format_count(len(found))} mål kan {format_count(len(open_rows))} inte bedömas")
    )
    return f"{first}: {listed}."


_OBSTACLES: Final = ("pågår", "saknar uppgift", "följs upp i ord", "kan inte jämföras", "har bara en delsumma")


def _name_obstacle(row: TargetRow) -> str:
    """Why a goal has no verdict, as one of a few kinds."""
    running, missing, in_words, other, partial = _OBSTACLES
    if row.partial:
        return partial
    if row in split_rows([row])[1]:
        return in_words
    if (isinstance(row.value, Measured) or row.parts) and (row.reason or not row.target.comparable):
        return other
    if isinstance(row.value, Missing) and row.value.reason is not Reason.INGEN_UPPGIFT_ANNU and not row.parts:
        return missing
    return running if row.basis in (Basis.HITTILLS, Basis.PROGNOS) else missing


def format_history(row: TargetRow) -> str:
    """The goal's earlier years in a line: "2021: 31 %, 2022: 29 %"."""
    unit = row.target.unit or Unit.ANTAL
    return ", ".join(f"{format_period(point.period)}: {format_value(point.value, unit)}" for point in row.history)
