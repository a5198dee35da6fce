"""A slide for each insats with something to show, and one list of those without an outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from finsam_dash.model import Gender, Measured, Missing, Reason, Suppressed, Unit, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_parts import DotRow
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.insats import find_goal, format_insats_title, is_missed, name_insats
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import HIDDEN_SIGN, MISSING_SIGN, format_hidden, format_number_word, format_value
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_reason
from finsam_dash.wording.slides.forbundet import STRIP_ROWS, name_cut
from finsam_dash.wording.slides.goals import build_own_goal_table, name_others
from finsam_dash.wording.slides.numbers import (
    build_hero,
    format_numbers_note,
    list_number_codes,
    list_numbers,
)
from finsam_dash.wording.slides.parts import (
    ROWS,
    Slide,
    SlideCell,
    SlideColumn,
    SlideDots,
    SlideTable,
    build_slide,
    join_sentences,
    split_rows,
)
from finsam_dash.wording.targets import OUTCOME_GOALS, format_goal_subject, format_goal_value
from finsam_dash.wording.titles import OUTCOME_NOUN, SLIDE_LENGTH

LINES: Final = 3
_LINES_BESIDE_NUMBERS: Final = 2
_LONGEST_LINE, _LONGEST_ALONE = 90, 170
"""Letters that a line of the slide takes, and two lines where nothing else is said."""
_LONGEST_KNOWN: Final = 38
"""Letters that a cell of the list takes on one line."""
_LIST_COLUMNS: Final = (SlideColumn("Insats", 330), SlideColumn("Utfall", 404), SlideColumn("Det som är känt", 434))
_SHORT_LIST_COLUMNS: Final = (SlideColumn("Insats", 500), SlideColumn("Utfall", 668))


def build_insats_slides(report: Report, insatser: Sequence[Report]) -> Iterator[Slide]:
    """One slide each for those with an outcome, or goals of another kind; the rest are gathered in one list."""
    silent = []
    for one in insatser:
        if one.insats is None:
            continue
        goals = _list_judged(one.insats)
        if isinstance(one.insats.outcome[0].value, Measured):
            yield _build_outcome_slide(one, one.insats, goals)
        elif len(goals) > 1:
            yield _build_goals_slide(one, one.insats, goals)
        else:
            silent.append(one)
    known = [_find_known(one) for one in silent]
    columns = _LIST_COLUMNS if any(known) else _SHORT_LIST_COLUMNS
    parts = split_rows(silent)
    for number, part in enumerate(parts, start=1):
        yield build_slide(
            report, f"insats-utan-{number}", "Insatser utan redovisat utfall",
            _silent_title(silent) + (f" ({number} av {len(parts)})" if len(parts) > 1 else ""),
            table=SlideTable(columns, tuple(_silent_row(one)[: len(columns)] for one in part)),
        )  # fmt: skip


def _list_judged(section: InsatsSection) -> list[TargetRow]:
    """The insats's goals that have both an outcome and a verdict."""
    return [
        goal
        for goal in section.goals
        if goal.verdict is not None and goal.verdict.uppnatt is not None and isinstance(goal.value, Measured)
    ]


def _build_outcome_slide(report: Report, section: InsatsSection, goals: Sequence[TargetRow]) -> Slide:
    first = section.outcome[0]
    now = [*section.outcome, *(row for pair in section.kon for row in (pair.first, pair.second))]
    known = [row for row in now if not isinstance(row.value, Missing)]
    # What is measured later has no riket to be held against: it is drawn alone, where there is nothing else.
    drawn = [row for row in known if row.group != "senare"] or known
    goal = find_goal(section)
    rows = tuple(
        replace(
            row, label=_name_group(row, report), klass="", group="", target=row.target if row is first else None,
            look_here=is_missed(goal, row),
        )
        for row in drawn[:STRIP_ROWS]
    )  # fmt: skip
    numbers = list_numbers(report, section.insats.kod)
    # The title tells of the goal about the outcome.
    lines = [_format_goal_line(goal) for goal in goals if goal.target.indikator not in OUTCOME_GOALS]
    if 0 < len(section.insats.malgrupp) <= (_LONGEST_LINE if numbers or lines else _LONGEST_ALONE):
        lines.append(f"Målgrupp: {section.insats.malgrupp.rstrip('.')}.")
    room = 0 if len(rows) > 1 else _LINES_BESIDE_NUMBERS
    return build_slide(
        report, f"insats-{section.insats.kod}", name_insats(section.insats),
        _shorten_title(format_insats_title(section, report.period), first),
        format_report_source(report, (), first.period),
        hero=build_hero(first.value, str(first.namnare_typ or "avslutade")),
        dots=SlideDots(rows, section.riket if first.compared else None, strip=True, of_goal=True),
        numbers=numbers,
        lines=tuple(lines[: room if numbers else LINES]),
        note=format_numbers_note(report, section.insats.kod, rows),
        measures=(OUTCOME_GOALS[0], *list_number_codes(report, section.insats.kod)),
    )  # fmt: skip


def _build_goals_slide(report: Report, section: InsatsSection, goals: Sequence[TargetRow]) -> Slide:
    """The slide of an insats that is followed up by other goals than how many reached arbete or studier."""
    name = name_insats(section.insats)
    reached = sum(bool(goal.verdict and goal.verdict.uppnatt) for goal in goals)
    first = format_number_word(reached, neuter=True) if reached else "inget"
    numbers = list_numbers(report, section.insats.kod)
    numbers_note = format_numbers_note(report, section.insats.kod)
    why = _say_why(report)
    about = f"{capitalise(OUTCOME_NOUN)}: {why[:1].lower()}{why[1:]}."
    return build_slide(
        report, f"insats-{section.insats.kod}", name,
        f"{name}: {first} av {format_number_word(len(goals))} mål nåddes i siffror",
        table=build_own_goal_table(goals[: ROWS - 2] if numbers else goals[:ROWS]),
        numbers=numbers,
        note=join_sentences(about, name_others(goals, {section.insats.kod: name}), numbers_note),
        measures=tuple(dict.fromkeys(goal.target.indikator for goal in goals)),
    )  # fmt: skip


def _name_group(row: DotRow, report: Report) -> str:
    """What a row is called on a slide whose title names the insats."""
    if row.klass:
        return capitalise(format_class(row.klass))
    return name_cut(row, report) if row.label in {gender.value for gender in Gender} else "Alla"


def _find_outcome(report: Report) -> Value:
    assert report.insats is not None
    return report.insats.outcome[0].value


def _is_measured(report: Report) -> bool:
    """Whether the insats is one that is asked how many reached arbete or studier."""
    value = _find_outcome(report)
    return not (isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIGT)


def _say_why(report: Report) -> str:
    """Why there is no outcome to show: "Mäts inte på arbete eller studier"."""
    value = _find_outcome(report)
    if not _is_measured(report):
        return f"Mäts inte på {OUTCOME_NOUN}"
    if not isinstance(value, Missing):
        return capitalise(format_hidden(value))
    return capitalise(format_reason(value).removeprefix(f"{format_name(value.reason)}: "))


def _silent_row(report: Report) -> tuple[SlideCell, ...]:
    assert report.insats is not None
    return (
        SlideCell(name_insats(report.insats.insats), strong=True),
        SlideCell(_say_why(report)),
        SlideCell(_find_known(report) or MISSING_SIGN),
    )


def _find_known(report: Report) -> str:
    """The key numbers that are known of the insats, as many as a line takes; "" without any."""
    assert report.insats is not None
    known = ""
    for number, what in list_numbers(report, report.insats.insats.kod):
        longer = f"{known}, {number} {what.partition(' (')[0]}".removeprefix(", ")
        if number != HIDDEN_SIGN and len(longer) <= _LONGEST_KNOWN:
            known = longer
    return known


_SILENT = {True: "har ett utfall som inte lämnas ut", False: "har ett utfall som inte visas: för få personer"}


def _silent_title(insatser: Sequence[Report]) -> str:
    """How many lack an outcome, by why: "Fem insatser har inte redovisat något utfall och två mäts inte på det"."""
    other = sum(not _is_measured(one) for one in insatser)
    values = [value for one in insatser if isinstance(value := _find_outcome(one), Suppressed)]
    hidden = len(values)
    told = len(insatser) - other - hidden
    kinds = [
        (told, "har inte redovisat något utfall", "har inte redovisat något utfall"),
        (other, f"mäts inte på {OUTCOME_NOUN}", "mäts inte på det"),
        (hidden, _SILENT[all(value.refused for value in values)], "visas inte"),
    ]
    found = [kind for kind in kinds if kind[0]]
    alone = len(found) == 1
    said = [f"{format_number_word(count)} {what if alone else short}" for count, what, short in found]
    count = found[0][0]
    number = format_number_word(count)
    said[0] = said[0].replace(number, f"{number} {'insats' if count == 1 else 'insatser'}", 1)
    return capitalise(format_list(said))


def _format_goal_line(row: TargetRow) -> str:
    what = capitalise(format_goal_subject(row))
    return f"{what}: {format_value(row.value, row.target.unit or Unit.ANTAL)}, mål {format_goal_value(row)}."


def _shorten_title(title: str, row: DotRow) -> str:
    """The title in fewer words where it is longer than a slide takes; what it says of certainty stays."""
    for long, short in (
        (", men om nivån ligger över målet kan inte avgöras", ", men det kan vara slump"),
        (", men om nivån ligger under taket kan inte avgöras", ", men det kan vara slump"),
        (", och nivån ligger säkert över målet", ", säkert över"),
        (", och nivån ligger säkert under taket", ", säkert under"),
        (f" {format_period(row.period)}", ""),
        (" gick till ", " till "),
        (": nivån ligger säkert ", ": säkert "),
    ):
        if len(title) > SLIDE_LENGTH:
            title = title.replace(long, short)
    return title
