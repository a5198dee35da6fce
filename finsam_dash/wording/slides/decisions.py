"""Insatser that need a decision: which end soon, which surely missed a goal, and how each of them went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.slides import list_decisions
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list
from finsam_dash.wording.numbers import MISSING_SIGN, NO_BREAK, format_number_word
from finsam_dash.wording.periods import format_date_short
from finsam_dash.wording.slides.goals import LONGEST_LIST, build_share_cells
from finsam_dash.wording.slides.parts import (
    STAGE_WIDTH,
    Slide,
    SlideCell,
    SlideColumn,
    SlideTable,
    build_slide,
    join_sentences,
    split_rows,
)
from finsam_dash.wording.target_table import find_line
from finsam_dash.wording.targets import OUTCOME_GOALS, format_target_sentence

_OUTCOME_COLUMNS: Final = (
    SlideColumn("Utfall", 90, True),
    SlideColumn("", 128),
    SlideColumn("Mål", 124, True),
    SlideColumn(f"0–100{NO_BREAK}%", 186),
    SlideColumn("Hur säkert", 196),
)
_END: Final = 176
_FEW: Final = 2
"""With no more rows than this the goals that were missed are told in words as well."""


def build_decision_slides(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    """A row for each insats that ends within half a year or surely missed a goal, with its outcome where judged."""
    needs = list_decisions(report)
    silent = _list_unreported(report, names)
    if not needs and not silent:
        return
    ends = {need.insats: need.day for need in needs if need.day is not None}
    missed = [need.target for need in needs if need.target is not None]
    rows = [
        (kod, goal)
        for kod in dict.fromkeys(need.insats for need in needs)
        for goal in _choose_goals(report, kod, missed)
    ]
    goals = [goal for _, goal in rows if goal is not None]
    hidden = _list_hidden_goals(report, names)
    withheld = f"Hur det gick mot målen visas inte för {format_list(hidden)}." if hidden else ""
    note = join_sentences(_format_silent(silent), withheld)
    told = [f"{names.get(goal.target.insats, '')}: {format_target_sentence(goal, names)}" for goal in missed]
    lines = tuple(one for one in (*told, _format_silent(silent), withheld) if one) if len(rows) <= _FEW else ()
    parts = split_rows(rows) or [[]]
    for number, part in enumerate(parts, start=1):
        yield build_slide(
            report, f"beslut-{number}", "Insatser som kräver beslut",
            _decision_title(report, number, len(parts), of_shown=bool(hidden)),
            table=_build_table(part, names, ends, with_outcome=bool(goals)) if part else None,
            lines=lines,
            note=note if number == len(parts) and not lines else "",
            measures=tuple(dict.fromkeys(goal.target.indikator for goal in goals)),
        )  # fmt: skip


def _choose_goals(report: Report, kod: str, missed: Sequence[TargetRow]) -> list[TargetRow | None]:
    """The goals that the insats surely missed, else its first judged goal about the outcome, else None."""
    own = [goal for goal in missed if goal.target.insats == kod]
    if own:
        return list(own)
    for goal in report.targets or ():
        if _is_judged_share(goal) and goal.target.insats == kod and goal.target.indikator in OUTCOME_GOALS:
            return [goal]
    return [None]


def _is_judged_share(goal: TargetRow) -> bool:
    return goal.verdict is not None and goal.verdict.uppnatt is not None and find_line(goal) is not None


def _build_table(
    rows: Sequence[tuple[str, TargetRow | None]],
    names: Mapping[str, str],
    ends: Mapping[str, date | None],
    *,
    with_outcome: bool,
) -> SlideTable:
    dated = (SlideColumn("Tar slut", _END if with_outcome else STAGE_WIDTH // 2),) if ends else ()
    outcome = _OUTCOME_COLUMNS if with_outcome else ()
    rest = STAGE_WIDTH - sum(column.width for column in (*dated, *outcome))
    return SlideTable(
        (SlideColumn("Insats", rest), *dated, *outcome),
        tuple(
            (
                SlideCell(_name_row(kod, goal, names), strong=True),
                *([SlideCell(_format_end(ends.get(kod)))] if dated else []),
                *(_outcome_cells(goal) if outcome else ()),
            )
            for kod, goal in rows
        ),
    )


def _name_row(kod: str, goal: TargetRow | None, names: Mapping[str, str]) -> str:
    name = names.get(kod, kod)
    if goal is None or not goal.target.klass:
        return name
    return f"{name} {format_class(f'{goal.target.indelning}:{goal.target.klass}')}"


def _format_end(day: date | None) -> str:
    return MISSING_SIGN if day is None else format_date_short(day)


def _outcome_cells(goal: TargetRow | None) -> Sequence[SlideCell]:
    if goal is None:
        return (SlideCell(MISSING_SIGN), *(SlideCell("") for _ in _OUTCOME_COLUMNS[2:]), SlideCell("inget utfall"))
    return build_share_cells(goal)


def _list_unreported(report: Report, names: Mapping[str, str]) -> list[str]:
    overview = report.overview
    if overview is None:
        return []
    headline = overview.headline.indikator
    silent = [item.insats for item in overview.missing if item.insats and item.indikator == headline]
    # Another year's share, or one of another kind, is held against a goal and shown: that insats is not silent.
    told = {goal.target.insats for goal in report.targets or () if _is_judged_share(goal)}
    return [names.get(kod, kod) for kod in silent if kod not in told]


def _format_silent(silent: list[str]) -> str:
    """Name the insatser that have told no outcome, or count them where they are many."""
    if not silent:
        return ""
    note = f"Inget utfall redovisat: {format_list(silent)}."
    if len(note) <= LONGEST_LIST:
        return note
    return f"{capitalise(format_number_word(len(silent)))} insatser har inte redovisat något utfall."


def _list_hidden_goals(report: Report, names: Mapping[str, str]) -> list[str]:
    """The insatser with a goal whose outcome is hidden: whether it was missed is not known to who sees the slide."""
    kods = (row.target.insats for row in report.targets or () if row.verdict is None and row.target.insats)
    return [names.get(kod, kod) for kod in dict.fromkeys(kods)]


def _decision_title(report: Report, number: int, count: int, *, of_shown: bool) -> str:
    needs = list_decisions(report)
    ending = {need.insats for need in needs if need.kind == "slut"}
    missed = {need.insats for need in needs if need.kind == "mal"}
    total = len(ending | missed)
    if not total:
        which = "Ingen insats som visas" if of_shown else "Ingen insats"
        return f"{which} kräver beslut, men alla har inte redovisat utfall"
    noun = "insats" if total == 1 else "insatser"
    first = f"{format_number_word(total)} {noun}"
    if not missed:
        title = f"{first} tar slut inom ett halvår"
    elif not ending:
        title = f"{first} har säkert missat ett mål"
    elif missed <= ending:
        whom = "Den" if total == 1 else "Alla" if missed == ending else f"{format_number_word(len(missed))} av dem"
        title = f"{first} tar slut inom ett halvår. {capitalise(whom)} har säkert missat ett mål."
    else:
        title = (
            f"{first} kräver beslut: {format_number_word(len(ending))} tar slut, "
            f"{format_number_word(len(missed))} har säkert missat ett mål"
        )
    return capitalise(f"{title}{f' ({number} av {count})' if count > 1 else ''}")
