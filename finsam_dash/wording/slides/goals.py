"""The goals in tables: outcome against target, how sure that is, and how many persons are to spare or lacking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import Basis, Measured, Missing, Riktning, Suppressed, TargetKind, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, name_subject
from finsam_dash.wording.numbers import (
    HIDDEN_SIGN,
    MISSING_SIGN,
    NO_BREAK,
    format_count,
    format_hidden,
    format_number_word,
    format_value,
    format_value_counts,
)
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.sentences import (
    OVER_SIGN,
    UNDER_SIGN,
    format_certainty,
    format_certainty_sign,
    format_reached,
    is_wrong_side,
)
from finsam_dash.wording.slides.parts import (
    GoalPicture,
    Slide,
    SlideCell,
    SlideColumn,
    SlideTable,
    build_slide,
    format_hidden_note,
    join_sentences,
    split_rows,
)
from finsam_dash.wording.target_table import find_line
from finsam_dash.wording.targets import OUTCOME_GOALS, format_goal_subject, format_goal_value
from finsam_dash.wording.titles import OUTCOME_NOUN

LONGEST_LIST: Final = 90


def build_goal_slides(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    """The goals about arbete or studier, others in per cent, and those in numbers; a hidden one keeps its place."""
    rows = report.targets or ()
    hidden = [row for row in rows if row.verdict is None]
    judged = [row for row in rows if row.verdict is not None and row.verdict.uppnatt is not None]
    if hidden and not judged:
        count, values = format_count(len(hidden)), [row.value for row in hidden]
        is_refused = all(isinstance(value, Suppressed) and value.refused for value in values)
        yield build_slide(
            report, "mal", "Målen", f"Utfallet mot målen {format_hidden(*values)}",
            lines=(
                f"{count} mål har ett utfall som {'inte lämnas ut' if is_refused else 'kan röja enskilda'}.",
                "De visas i läget intern, för kansliet och den som har rätt att se dem.",
            ),
        )  # fmt: skip
        return
    # A hidden goal keeps its place: without it the others would look like all there are.
    kept = [row for row in rows if row in judged or row in hidden]
    shares = [row for row in kept if find_line(row) is not None]
    about_outcome = [row for row in shares if row.target.indikator in OUTCOME_GOALS]
    others = [row for row in shares if row not in about_outcome]
    counts = [row for row in kept if row.target.kind in (TargetKind.ANTAL, TargetKind.KAPACITET)]
    for key, about, of_kind in (
        ("utfall", f"mål om {OUTCOME_NOUN}", about_outcome),
        ("andel", "andra mål i procent", others),
        ("antal", "mål om antal", counts),
    ):
        yield from _list_slides(report, names, of_kind, key, about, _name_without(rows, of_kind, names, key))


def _list_slides(
    report: Report, names: Mapping[str, str], rows: Sequence[TargetRow], key: str, about: str, without: str
) -> Iterator[Slide]:
    parts = split_rows(rows)
    for number, part in enumerate(parts, start=1):
        title = _goals_title(part, about)
        hidden = format_hidden_note(row.value for row in part if row.verdict is None)
        notes = (hidden, name_others(part, names), _name_running(part, names), without if number == len(parts) else "")
        if len(parts) > 1:
            title = f"{capitalise(about)}, {number} av {len(parts)}: {title[:1].lower()}{title[1:]}".replace(
                f" {about} nåddes", " nåddes"
            )
        yield build_slide(
            report, f"mal-{key}-{number}", "Målen", title, format_report_source(report, (), "varje mål egen tid"),
            table=_build_goal_table(part, names, pictured=key != "antal", with_what=key != "utfall"),
            note=join_sentences(*notes),
            measures=tuple(dict.fromkeys(row.target.indikator for row in part)),
        )  # fmt: skip


def _name_running(rows: Sequence[TargetRow], names: Mapping[str, str]) -> str:
    """The goals judged before their time is out: "Målets tid är inte slut: SARA."."""
    running = dict.fromkeys(
        names.get(row.target.insats, row.target.insats) if row.target.insats else "hela förbundet"
        for row in rows
        if row.basis is Basis.HITTILLS and row.verdict is not None and row.verdict.uppnatt is not None
    )
    return f"Målets tid är inte slut: {format_list(list(running))}." if running else ""


def name_others(rows: Sequence[TargetRow], names: Mapping[str, str]) -> str:
    """The goals judged on a share of others than they name: "Annan nämnare än målets: United Action 16–19 år."."""
    listed = [
        " ".join(
            part
            for part in (
                name_subject(row.target.insats, names),
                format_class(f"{row.target.indelning}:{row.target.klass}") if row.target.klass else "",
            )
            if part
        )
        for row in rows
        if row.is_judged_of_others
    ]
    return f"Annan nämnare än målets: {format_list(listed)}." if listed else ""


def _name_without(rows: Sequence[TargetRow], shown: Sequence[TargetRow], names: Mapping[str, str], key: str) -> str:
    """The insatser whose goal about arbete or studier has no outcome: "Utan uppgift: Navet."; "" of other goals."""
    if key != "utfall":
        return ""
    there = {row.target.insats for row in shown}
    lacking = dict.fromkeys(
        names.get(row.target.insats, row.target.insats) if row.target.insats else "hela förbundet"
        for row in rows
        if row.target.indikator in OUTCOME_GOALS and row.target.insats not in there and isinstance(row.value, Missing)
    )
    if not lacking:
        return ""
    listed = f"Utan uppgift: {format_list(list(lacking))}."
    return listed if len(listed) <= LONGEST_LIST else f"Utan uppgift: {format_count(len(lacking))} insatser."


def _goals_title(rows: Sequence[TargetRow], about: str) -> str:
    judged = [row.verdict for row in rows if row.verdict is not None and row.verdict.uppnatt is not None]
    reached = sum(bool(verdict.uppnatt) for verdict in judged)
    hidden = len(rows) - len(judged)
    if not judged:
        return f"{capitalise(about)}: utfallet {format_hidden(*(row.value for row in rows), between=', ')}"
    if len(rows) == 1:
        missed_surely = not reached and judged[0].sakerhet.is_sure
        said = "nåddes i siffror" if reached else "missades säkert" if missed_surely else "nåddes inte i siffror"
        return f"Målet{about.partition('mål')[2]} {said}"
    first = format_number_word(reached, neuter=True) if reached else "inget"
    of_whom = f"{format_number_word(len(judged))} {about}{' som visas' if hidden else ''}"
    title = capitalise(f"{first} av {of_whom} nåddes i siffror")
    if hidden or reached == len(judged):
        return title
    if not any(verdict.sakerhet is Sakerhet.EJ_AVGORBART or verdict.sakerhet.is_sure for verdict in judged):
        return title
    missed = sum(not verdict.uppnatt and verdict.sakerhet.is_sure for verdict in judged)
    return f"{title}. {capitalise(format_number_word(missed, neuter=True)) if missed else 'Inget'} missades säkert."


def build_own_goal_table(rows: Sequence[TargetRow]) -> SlideTable:
    """The goals of one insats, of any kind: what each is about, outcome, target, picture and whether it was reached."""
    columns = (
        SlideColumn("Mål", 470), SlideColumn("Utfall", 130, True), SlideColumn("Målvärde", 190, True),
        SlideColumn(f"0–100{NO_BREAK}%", 228), SlideColumn("Nått", 150),
    )  # fmt: skip
    return SlideTable(columns, tuple(map(_own_goal_row, rows)))


def _own_goal_row(row: TargetRow) -> tuple[SlideCell, ...]:
    assert row.verdict is not None
    line = find_line(row)
    look_here = is_wrong_side(row.verdict.sakerhet, row.target.riktning or Riktning.MINST)
    value = format_value(row.value, row.target.unit or Unit.ANTAL).replace("cirka", "ca")
    return (
        SlideCell(capitalise(format_goal_subject(row))),
        SlideCell(value, strong=True),
        SlideCell(format_goal_value(row)),
        SlideCell("", picture=GoalPicture(row.value, line, look_here)) if line is not None else SlideCell(""),
        SlideCell(_say_reached(row)),
    )


def _say_reached(row: TargetRow) -> str:
    """Say "■ ja" or "□ nej"."""
    assert row.verdict is not None
    return format_reached(row.verdict.uppnatt).replace("Ja", "ja").replace("Nej", "nej")


def _build_goal_table(
    rows: Sequence[TargetRow], names: Mapping[str, str], pictured: bool, with_what: bool
) -> SlideTable:
    if pictured:
        # What the goal is about takes the place of the persons.
        columns = (
            SlideColumn("Insats", 350 if with_what else 244), SlideColumn("Utfall", 96, True), SlideColumn("", 130),
            SlideColumn("Mål", 130, True), SlideColumn(f"0–100{NO_BREAK}%", 180 if with_what else 166),
            SlideColumn("Nått", 82), SlideColumn("Hur säkert", 200),
            *(() if with_what else (SlideColumn("Personer", 120),)),
        )  # fmt: skip
    else:
        columns = (
            SlideColumn("Insats", 558), SlideColumn("Utfall", 160, True), SlideColumn("Mål", 140, True),
            SlideColumn("Nått", 120), SlideColumn("Personer", 190),
        )  # fmt: skip
    return SlideTable(columns, tuple(_goal_row(row, names, pictured, with_what) for row in rows))


def _hidden_goal_row(row: TargetRow, who: str, goal: str, pictured: bool, with_what: bool) -> tuple[SlideCell, ...]:
    hidden = SlideCell(HIDDEN_SIGN)
    if not pictured:
        return (SlideCell(who), hidden, SlideCell(goal), hidden, hidden)
    line = find_line(row)
    assert line is not None
    picture = SlideCell("", picture=GoalPicture(row.value, line, look_here=False))
    cells = (SlideCell(who), hidden, SlideCell(""), SlideCell(goal), picture, hidden, hidden)
    return cells if with_what else (*cells, hidden)


def _goal_row(row: TargetRow, names: Mapping[str, str], pictured: bool, with_what: bool) -> tuple[SlideCell, ...]:
    target, verdict, value = row.target, row.verdict, row.value
    riktning = target.riktning or Riktning.MINST
    who = name_subject(target.insats, names)
    if target.klass and not with_what:
        who = f"{who} {format_class(f'{target.indelning}:{target.klass}')}"
    if with_what:
        who = f"{who}: {format_goal_subject(row)}"
    goal = _short_goal(row)
    if verdict is None:
        return _hidden_goal_row(row, who, goal, pictured, with_what)
    reached = _say_reached(row)
    persons = MISSING_SIGN
    if verdict.marginal is not None:
        word = "till godo" if verdict.marginal > 0 else "precis" if verdict.marginal == 0 else "saknas"
        if verdict.marginal < 0 and riktning is Riktning.HOGST:
            word = "för många"
        persons = f"{format_count(abs(verdict.marginal))} {word}" if verdict.marginal else word
    if not pictured:
        return (
            SlideCell(who), SlideCell(format_value(value, target.unit or Unit.ANTAL), strong=True), SlideCell(goal),
            SlideCell(reached), SlideCell(persons),
        )  # fmt: skip
    share, counted, aim, picture, certainty = build_share_cells(row)
    cells = (SlideCell(who), share, counted, aim, picture, SlideCell(reached), certainty)
    return cells if with_what else (*cells, SlideCell(persons))


def build_share_cells(row: TargetRow) -> tuple[SlideCell, SlideCell, SlideCell, SlideCell, SlideCell]:
    """A goal in per cent that is judged: the share, its persons, the target, the picture, how sure it is."""
    verdict, value, line = row.verdict, row.value, find_line(row)
    assert verdict is not None
    assert line is not None
    riktning = row.target.riktning or Riktning.MINST
    look_here = is_wrong_side(verdict.sakerhet, riktning)
    sign = format_certainty_sign(verdict.sakerhet)
    words = format_certainty(verdict.sakerhet, riktning, short=True).lower()
    counted = isinstance(value, Measured) and value.denominator is not None
    return (
        SlideCell(format_value(value, Unit.ANDEL).replace("cirka", "ca"), strong=True),
        SlideCell(format_value_counts(value) if counted else ""),
        SlideCell(_short_goal(row)),
        SlideCell("", picture=GoalPicture(value, line, look_here)),
        SlideCell(
            words,
            strong=verdict.sakerhet.is_sure,
            sign=sign if sign in (OVER_SIGN, UNDER_SIGN, "↔") else "",
            look_here=look_here,
        ),
    )


def _short_goal(row: TargetRow) -> str:
    return format_goal_value(row).removeprefix(f"minst{NO_BREAK}")
