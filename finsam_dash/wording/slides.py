"""The styrelse's slides as frozen data: one message each, stated as its title. Screen and PowerPoint draw the same.

A slide has at most one chart and at most seven rows. Titles are at most 90 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from finsam_dash.indicators.registry import load_registry
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    Basis,
    Gender,
    Lage,
    Measured,
    Missing,
    Reason,
    Riktning,
    Suppressed,
    TargetKind,
    Unit,
    Value,
)
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import Comparison
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_parts import Benchmark, DotRow, TrendPoint
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.slides import YearChange, compare_years, list_decisions
from finsam_dash.wording import economy as money
from finsam_dash.wording.comparison import format_against, name_line, name_rows
from finsam_dash.wording.insats import format_insats_title, name_insats
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, format_name_capital
from finsam_dash.wording.numbers import (
    HIDDEN_SIGN,
    NO_BREAK,
    format_count,
    format_number_word,
    format_percent_number,
    format_share_words,
    format_value,
    format_value_counts,
    share_of,
)
from finsam_dash.wording.overview import OWN_PERIODS, format_changes, format_report_source
from finsam_dash.wording.periods import format_date, format_period
from finsam_dash.wording.protection import format_protection, format_refused_title
from finsam_dash.wording.sentences import (
    HIDDEN_SENTENCE,
    OVER_SIGN,
    UNDER_SIGN,
    format_certainty,
    format_certainty_sign,
    format_coverage,
    format_reached,
    is_wrong_side,
)
from finsam_dash.wording.target_table import find_line
from finsam_dash.wording.targets import OUTCOME_GOALS, format_goal_subject, format_goal_value
from finsam_dash.wording.titles import OUTCOME_NOUN, SLIDE_LENGTH, format_comparison_slide_title, format_outcome_title

Row = TypeVar("Row")

ROWS: Final = 7
STRIP_ROWS: Final = 4
KEY_NUMBERS: Final = 4
GOAL_LINES: Final = 3
_NAMED: Final = 90
HIDDEN_NOTE: Final = f"{HIDDEN_SIGN}{NO_BREAK}visas inte: för få personer."
CAVEAT: Final = "Insatserna rangordnas inte: de möter olika personer."

_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_KEY_NUMBERS: Final = {
    "deltagare": "deltagare",
    "deltaganden": "deltaganden",
    "andel_kvinnor": "kvinnor",
    "andel_under_30": f"under 30{NO_BREAK}år",
    "deltagare_utan_personuppgifter": "utan personuppgifter",
    "avslutade": "avslutade",
    "nya": "nya",
    "till_arbete_studier": f"till {OUTCOME_NOUN}",
}


@dataclass(frozen=True)
class Hero:
    """The one large number, with what it is made of under it."""

    number: str
    strong: str
    rest: str


@dataclass(frozen=True)
class SlideDots:
    """Shares with intervals, a row each. `strip`: one subject in a few cuts, beside a hero number."""

    rows: tuple[DotRow, ...]
    benchmark: Benchmark | None
    strip: bool
    comparisons: int | None = None


@dataclass(frozen=True)
class SlideTrend:
    """The share year by year, with riket's."""

    points: tuple[TrendPoint, ...]
    riket: tuple[TrendPoint, ...]


@dataclass(frozen=True)
class GoalPicture:
    """A goal on the scale 0-100 %."""

    value: Value
    target: float
    look_here: bool


@dataclass(frozen=True)
class SlideCell:
    """One cell. `sign` stands before the text, orange where `look_here`; `picture` stands in its place."""

    text: str
    strong: bool = False
    sign: str = ""
    look_here: bool = False
    picture: GoalPicture | None = None


@dataclass(frozen=True)
class SlideColumn:
    """One column; `width` is in pixels of a stage 1168 wide."""

    title: str
    width: int
    numeric: bool = False


@dataclass(frozen=True)
class SlideTable:
    """At most seven rows; the first cell of a row heads it."""

    columns: tuple[SlideColumn, ...]
    rows: tuple[tuple[SlideCell, ...], ...]


@dataclass(frozen=True)
class Slide:
    """One slide: its message as the title, and what shows it. `name` says what it is about, in a list of slides.

    `measures` are the codes of what is shown, in the order of the slide; the speaker's notes define them.
    """

    key: str
    name: str
    title: str
    source: str
    intern: bool
    hero: Hero | None = None
    dots: SlideDots | None = None
    trend: SlideTrend | None = None
    table: SlideTable | None = None
    lines: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    measures: tuple[str, ...] = ()


def build_slides(report: Report, insatser: Sequence[Report] = ()) -> tuple[Slide, ...]:
    """The slides of a period, and one for each Report in `insatser`, whose section "insats" is that insats.

    `report` has the sections "overview", "targets", "comparison", "riket" and "economy"; one that is lacking, as in a
    report of a few insatser, leaves its slides out. Where röjandekontroll
    gives nothing yet, or nothing of the whole period, one slide says so in place of those about persons.
    """
    refused = format_refused_title(report)
    if refused:
        why = _slide(report, "rojandekontroll", "Röjandekontroll", refused, lines=format_protection(report))
        return (why,) if report.protection == "vantar" else (why, *_economy(report))
    names = {insats.kod: insats.kortnamn or insats.namn for insats in report.insatser}
    slides = [*_forbundet(report), *_goals(report, names), *_changes(report, names), *_decisions(report, names)]
    slides += [*_economy(report), *_comparisons(report)]
    slides += [_insats(one, one.insats) for one in insatser if one.insats is not None]
    return tuple(slides)


def _slide(report: Report, key: str, name: str, title: str, source: str = "", **parts: object) -> Slide:
    shown = _DATE.sub(
        "\\1\N{NON-BREAKING HYPHEN}\\2\N{NON-BREAKING HYPHEN}\\3",
        source or format_report_source(report, (), report.period),
    )
    return Slide(key, name, title, shown, report.lage is Lage.INTERN, **parts)  # type: ignore[arg-type]


def _forbundet(report: Report) -> Iterator[Slide]:
    overview = report.overview
    if overview is None:
        return
    headline = overview.headline.value
    title = format_outcome_title(
        value=headline, period=report.period, riket=overview.riket.value, sakerhet=overview.verdict.sakerhet
    )
    rows = [replace(row, label=_name_cut(row, report)) for row in overview.strip[:STRIP_ROWS]]
    source = format_report_source(report, overview.headline.sources, report.period)
    numbers = _list_numbers(report, None)
    partly_hidden = HIDDEN_SIGN in {number for number, _ in numbers} and not isinstance(headline, Suppressed)
    coverage = overview.headline.coverage if isinstance(headline, Measured) else None
    names = {insats.kod: insats.kortnamn or insats.namn for insats in report.insatser}
    notes = [format_coverage(coverage, names) if coverage is not None else "", HIDDEN_NOTE if partly_hidden else ""]
    yield _slide(
        report, "forbundet", "Förbundet", title, source,
        hero=_hero(headline, "avslutade"),
        dots=SlideDots(tuple(rows), overview.riket, strip=True),
        numbers=numbers,
        note=" ".join(note for note in notes if note),
        measures=(overview.headline.indikator, *_list_number_codes(report, None)),
    )  # fmt: skip


def _name_cut(row: DotRow, report: Report) -> str:
    if row.label not in {gender.value for gender in Gender}:
        return row.label
    if row.period != report.period:
        return format_period(row.period)
    name = format_name_capital(Gender(row.label))
    return f"{name} {format_period(row.period)}" if row.label == Gender.ALLA and row.period.is_calendar_year else name


def _name_group(row: DotRow, report: Report) -> str:
    """What a row is called on a slide whose title names the insats."""
    if row.klass:
        return capitalise(format_class(row.klass))
    return _name_cut(row, report) if row.label in {gender.value for gender in Gender} else "Alla"


def _hero(value: Value, whom: str) -> Hero:
    number = format_value(value, Unit.ANDEL)
    outcome = "till arbete, studier eller eget företag"
    if isinstance(value, Suppressed):
        return Hero(number, HIDDEN_SENTENCE, "")
    if isinstance(value, Missing):
        measured = value.reason is not Reason.EJ_TILLAMPLIGT
        return Hero(number, "Uppgift saknas." if measured else "Mäts inte här.", "")
    if value.numerator is None or value.denominator is None:
        return Hero(number, "Antalet bakom saknas", outcome)
    return Hero(number, f"{format_value_counts(value)} {whom}", outcome)


def _list_number_codes(report: Report, insats: str | None) -> list[str]:
    """The key numbers that are shown: at most four, the known ones before the hidden."""
    found = _find_numbers(report, insats)
    codes = [kod for kod in _KEY_NUMBERS if kod in found and _is_key_number(kod, found[kod])]
    if "deltagare" in codes and "deltaganden" in codes:
        codes.remove("deltaganden")
    shown = [kod for kod in codes if isinstance(found[kod], Measured)]
    shown += [kod for kod in codes if kod not in shown]
    return sorted(shown[:KEY_NUMBERS], key=list(_KEY_NUMBERS).index)


def _is_key_number(kod: str, value: Value) -> bool:
    """Known or hidden; a share only with the persons that it is a share of."""
    if not isinstance(value, Measured):
        return isinstance(value, Suppressed)
    return value.denominator is not None or load_registry().indikatorer[kod].form != "andel"


def _find_numbers(report: Report, insats: str | None) -> dict[str, Value]:
    return {row.indikator: row.value for row in report.rows if row.subject == insats and row.gender is Gender.ALLA}


def _list_numbers(report: Report, insats: str | None) -> tuple[tuple[str, str], ...]:
    found = _find_numbers(report, insats)
    units = load_registry().indikatorer
    numbers = []
    for kod in _list_number_codes(report, insats):
        unit = Unit.ANDEL if units[kod].form == "andel" else Unit.ANTAL
        counts = format_value_counts(found[kod]) if unit is Unit.ANDEL and isinstance(found[kod], Measured) else ""
        what = f"{_KEY_NUMBERS[kod]} ({counts})" if counts else _KEY_NUMBERS[kod]
        numbers.append((format_value(found[kod], unit), what))
    return tuple(numbers)


def _goals(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    rows = report.targets or ()
    hidden = [row for row in rows if row.verdict is None]
    judged = [row for row in rows if row.verdict is not None and row.verdict.uppnatt is not None]
    if hidden and not judged:
        count = format_count(len(hidden))
        yield _slide(
            report, "mal", "Målen", "Utfallet mot målen visas inte: för få personer",
            lines=(
                f"{count} mål har ett utfall som kan röja enskilda.",
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
        yield from _goal_slides(report, names, of_kind, key, about, _name_without(rows, of_kind, names, key))


def _goal_slides(
    report: Report, names: Mapping[str, str], rows: Sequence[TargetRow], key: str, about: str, without: str
) -> Iterator[Slide]:
    parts = _split(rows)
    for number, part in enumerate(parts, start=1):
        title = _goals_title(part, about)
        hidden = HIDDEN_NOTE if any(row.verdict is None for row in part) else ""
        notes = (hidden, _name_running(part, names), without if number == len(parts) else "")
        if len(parts) > 1:
            title = f"{capitalise(about)}, {number} av {len(parts)}: {title[:1].lower()}{title[1:]}".replace(
                f" {about} nåddes", " nåddes"
            )
        yield _slide(
            report, f"mal-{key}-{number}", "Målen", title, format_report_source(report, (), "varje mål egen tid"),
            table=_goal_table(part, names, pictured=key != "antal", with_what=key != "utfall"),
            note=" ".join(note for note in notes if note),
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
    return listed if len(listed) <= _NAMED else f"Utan uppgift: {format_count(len(lacking))} insatser."


def _split(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows in parts of at most seven, as even as can be: nine are five and four."""
    count = -(-len(rows) // ROWS)
    sizes = [len(rows) // count + (part < len(rows) % count) for part in range(count)] if count else []
    parts, start = [], 0
    for size in sizes:
        parts.append(rows[start : start + size])
        start += size
    return parts


def _goals_title(rows: Sequence[TargetRow], about: str) -> str:
    judged = [row.verdict for row in rows if row.verdict is not None and row.verdict.uppnatt is not None]
    reached = sum(bool(verdict.uppnatt) for verdict in judged)
    hidden = len(rows) - len(judged)
    if not judged:
        return f"{capitalise(about)}: utfallet visas inte, för få personer"
    if len(rows) == 1:
        missed_surely = not reached and _is_sure(judged[0].sakerhet)
        said = "nåddes i siffror" if reached else "missades säkert" if missed_surely else "nåddes inte i siffror"
        return f"Målet{about.partition('mål')[2]} {said}"
    first = format_number_word(reached, neuter=True) if reached else "inget"
    of_whom = f"{format_number_word(len(judged))} {about}{' som visas' if hidden else ''}"
    title = capitalise(f"{first} av {of_whom} nåddes i siffror")
    if hidden or not any(verdict.sakerhet is Sakerhet.EJ_AVGORBART or _is_sure(verdict.sakerhet) for verdict in judged):
        return title
    missed = sum(not verdict.uppnatt and _is_sure(verdict.sakerhet) for verdict in judged)
    return f"{title}. {capitalise(format_number_word(missed, neuter=True)) if missed else 'Inget'} missades säkert."


def _is_sure(sakerhet: Sakerhet) -> bool:
    return sakerhet in (Sakerhet.SAKERT_OVER, Sakerhet.SAKERT_UNDER)


def _goal_table(rows: Sequence[TargetRow], names: Mapping[str, str], pictured: bool, with_what: bool) -> SlideTable:
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
            SlideColumn("Insats", 560), SlideColumn("Utfall", 130, True), SlideColumn("Mål", 160, True),
            SlideColumn("Nått", 140), SlideColumn("Personer", 178),
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
    who = names.get(target.insats, target.insats) if target.insats else "Hela förbundet"
    if target.klass and not with_what:
        who = f"{who} {format_class(f'{target.indelning}:{target.klass}')}"
    if with_what:
        who = f"{who}: {format_goal_subject(row)}"
    goal = format_goal_value(row).removeprefix(f"minst{NO_BREAK}")
    if verdict is None:
        return _hidden_goal_row(row, who, goal, pictured, with_what)
    reached = format_reached(verdict.uppnatt).replace("Ja", "ja").replace("Nej", "nej")
    persons = "–"
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
    look_here = is_wrong_side(verdict.sakerhet, riktning)
    sure = verdict.sakerhet in (Sakerhet.SAKERT_OVER, Sakerhet.SAKERT_UNDER)
    sign = format_certainty_sign(verdict.sakerhet)
    words = format_certainty(verdict.sakerhet, riktning, short=True).lower()
    line = find_line(row)
    assert line is not None
    counted = isinstance(value, Measured) and value.denominator is not None
    return (
        SlideCell(who),
        SlideCell(format_value(value, Unit.ANDEL).replace("cirka", "ca"), strong=True),
        SlideCell(format_value_counts(value) if counted else ""),
        SlideCell(goal),
        SlideCell("", picture=GoalPicture(value, line, look_here)),
        SlideCell(reached),
        SlideCell(words, strong=sure, sign=sign if sign in (OVER_SIGN, UNDER_SIGN, "↔") else "", look_here=look_here),
        *(() if with_what else (SlideCell(persons),)),
    )


def _changes(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    change = compare_years(report)
    if change is not None and report.riket is not None:
        last = report.period.end
        own = tuple(point for point in report.riket.own if point.period.end <= last)
        # Riket years before the first of the förbund's own would leave a gap and nothing to compare.
        first = own[0].period.start
        riket = tuple(point for point in report.riket.riket if first <= point.period.start and point.period.end <= last)
        yield _slide(
            report, "andring", "Vad som har ändrats", _change_title(change),
            format_report_source(report, (), "varje år för sig"),
            trend=SlideTrend(own, riket), measures=(OUTCOME_GOALS[0],),
        )  # fmt: skip
    changes = report.overview.changes if report.overview is not None else None
    if changes is not None and changes.changed:
        count = format_number_word(len(changes.changed), neuter=True)
        yield _slide(
            report, "leverans", "Vad som har ändrats",
            capitalise(f"{count} tidigare tal ändrades av den senaste leveransen"),
            lines=tuple(format_changes(changes, names)),
        )  # fmt: skip


def _change_title(change: YearChange) -> str:
    before, after = change.before.value, change.after.value
    assert isinstance(before, Measured)
    assert isinstance(after, Measured)
    first = format_percent_number(share_of(before))
    second = format_share_words(share_of(after))
    if first == format_percent_number(share_of(after)):
        return f"{second} till {OUTCOME_NOUN} {format_period(change.after.period)}, lika stor andel som året före"
    verdict = {
        True: "Skillnaden är större än slumpen förklarar.",
        False: "Skillnaden kan vara slump.",
        None: "För få för en bedömning.",
    }[change.differs]
    return (
        f"Från {first} till {second} mellan {format_period(change.before.period)} och "
        f"{format_period(change.after.period)}. {verdict}"
    )


def _decisions(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    needs = list_decisions(report)
    missing = _list_unreported(report, names)
    if not needs and not missing:
        return
    columns = (SlideColumn("Insats", 420), SlideColumn("Varför", 748))
    rows = []
    order = list(dict.fromkeys(need.insats for need in needs))
    for need in sorted(needs, key=lambda need: order.index(need.insats)):
        target = need.target
        if need.day is not None:
            why = SlideCell(f"Insatsperioden tar slut {format_date(need.day)}")
        else:
            assert target is not None
            assert target.verdict is not None
            why = SlideCell(_missed(target), sign=format_certainty_sign(target.verdict.sakerhet), look_here=True)
        rows.append((SlideCell(names.get(need.insats, need.insats), strong=True), why))
    note = ""
    if missing:
        listed = format_list(missing)
        note = f"Inget utfall redovisat: {listed}."
        if len(note) > _NAMED:
            note = f"{capitalise(format_number_word(len(missing)))} insatser har inte redovisat något utfall."
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)] or [[]]
    for number, part in enumerate(parts, start=1):
        yield _slide(
            report, f"beslut-{number}", "Insatser som kräver beslut", _decision_title(report, number, len(parts)),
            table=SlideTable(columns, tuple(part)) if part else None,
            lines=(note,) if not part else (),
            note=note if part and number == len(parts) else "",
            measures=tuple(dict.fromkeys(need.target.target.indikator for need in needs if need.target is not None)),
        )  # fmt: skip


def _missed(row: TargetRow) -> str:
    goal = format_goal_value(row).removeprefix(f"minst{NO_BREAK}")
    outcome = format_value(row.value, Unit.ANDEL)
    aim = "taket" if row.target.riktning is Riktning.HOGST else "målet"
    klass = f"{capitalise(format_class(f'{row.target.indelning}:{row.target.klass}'))}: " if row.target.klass else ""
    missed = f"{klass}säkert på fel sida om {aim} {goal}: {outcome}, {format_value_counts(row.value)}"
    return capitalise(missed)


def _list_unreported(report: Report, names: Mapping[str, str]) -> list[str]:
    overview = report.overview
    if overview is None:
        return []
    headline = overview.headline.indikator
    return [
        names.get(item.insats, item.insats) for item in overview.missing if item.insats and item.indikator == headline
    ]


def _decision_title(report: Report, number: int, count: int) -> str:
    needs = list_decisions(report)
    ending = {need.insats for need in needs if need.kind == "slut"}
    missed = {need.insats for need in needs if need.kind == "mal"}
    total = len(ending | missed)
    if not total:
        return "Ingen insats kräver beslut, men alla har inte redovisat utfall"
    noun = "insats" if total == 1 else "insatser"
    if not missed:
        title = f"{format_number_word(total)} {noun} tar slut inom ett halvår"
    elif not ending:
        title = f"{format_number_word(total)} {noun} har säkert missat ett mål"
    else:
        title = (
            f"{format_number_word(total)} {noun} kräver beslut: {format_number_word(len(ending))} tar slut, "
            f"{format_number_word(len(missed))} har säkert missat ett mål"
        )
    return capitalise(f"{title}{f' ({number} av {count})' if count > 1 else ''}")


def _economy(report: Report) -> Iterator[Slide]:
    economy = report.economy
    if economy is None or (economy.room is None and not economy.shares and not economy.tables):
        return
    table = None
    lines: tuple[str, ...] = ()
    if economy.room is not None:
        found = [(what, amount) for what, amount in money.list_room_lines(economy.room) if amount != "–"]
        columns = (SlideColumn("Beslutsutrymme", 860), SlideColumn("kr", 308, True))
        last = len(found) - 1
        table = SlideTable(
            columns,
            tuple(
                (SlideCell(what, strong=index == last), SlideCell(amount, strong=index == last))
                for index, (what, amount) in enumerate(found[-ROWS:] if len(found) > ROWS else found)
            ),
        )
    yield _slide(
        report, "ekonomi", "Ekonomi och beslutsutrymme", money.format_economy_title(economy),
        table=table, lines=lines, numbers=_list_money(report), measures=("forbrukningskvot", "forbrukad_andel"),
    )  # fmt: skip


def _list_money(report: Report) -> tuple[tuple[str, str], ...]:
    assert report.economy is not None
    return tuple(
        (number, what[:1].lower() + what[1:]) for number, what in money.list_key_numbers(report.economy)[:KEY_NUMBERS]
    )


def _comparisons(report: Report) -> Iterator[Slide]:
    comparisons = [one for one in report.comparison or () if len({row.key for row in one.rows}) > 1]
    comparisons.sort(key=lambda one: -len({row.key for row in one.rows}))
    shown, refused = 0, False
    for one in comparisons:
        line = next(iter(one.lines), None)
        rows = [replace(row, group="") for row in name_rows(one.rows, line) if row.compared and not _is_empty(row)]
        hidden = sum(isinstance(row.value, Suppressed) for row in rows)
        if hidden > len(rows) - 2:
            refused = refused or hidden > 0
            continue
        if line is not None and line.comparisons == 1:
            continue
        shown += 1
        benchmark = name_line(line.line) if line is not None and line.line.value is not None else None
        for number, part in enumerate(_split(rows), start=1):
            yield _slide(
                report, f"jamforelse-{shown}-{number}", "Jämförelse", _comparison_title(one),
                format_report_source(report, (), OWN_PERIODS),
                dots=SlideDots(
                    tuple(part), benchmark, strip=False,
                    comparisons=line.comparisons if line is not None else None,
                ),
                note=CAVEAT,
                measures=(OUTCOME_GOALS[0],),
            )  # fmt: skip
    if refused and not shown:
        yield _slide(
            report, "jamforelse", "Jämförelse", "Jämförelsen mellan insatser visas inte: för få personer",
            lines=("Insatsernas utfall visas i läget intern, för den som har rätt att se dem.",),
        )  # fmt: skip


def _is_empty(row: DotRow) -> bool:
    return isinstance(row.value, Missing)


def _comparison_title(one: Comparison) -> str:
    line = next(iter(one.lines), None)
    if line is None or not line.comparisons:
        return "Insatserna sida vid sida: det finns inget att jämföra med"
    # "Insatserna tillsammans" twice in a sentence about insatser is too long for a slide.
    against = "alla tillsammans" if line.line.kind == "pooled" else format_against(line.line)
    return format_comparison_slide_title(
        over=len(line.over), under=len(line.under), comparisons=line.comparisons, against=against
    )


def _insats(report: Report, section: InsatsSection) -> Slide:
    first = section.outcome[0]
    name = name_insats(section.insats)
    rows = tuple(
        replace(row, label=_name_group(row, report), klass="", group="", target=None)
        for row in (*section.outcome, *(row for pair in section.kon for row in (pair.first, pair.second)))
        if row.group != "senare" and not isinstance(row.value, Missing)
    )[:STRIP_ROWS]
    numbers = _list_numbers(report, section.insats.kod)
    goals = [goal for goal in section.goals if goal.verdict is not None and goal.verdict.uppnatt is not None]
    measured = [goal for goal in goals if isinstance(goal.value, Measured)]
    return _slide(
        report, f"insats-{section.insats.kod}", name,
        _shorten_title(format_insats_title(section, report.period), first),
        format_report_source(report, (), first.period),
        hero=_hero(first.value, str(first.namnare_typ or "avslutade")),
        dots=SlideDots(rows, section.riket if first.compared else None, strip=True) if rows else None,
        numbers=numbers,
        lines=() if numbers else tuple(map(_format_goal_line, measured[:GOAL_LINES])),
        note=_format_goals_note(goals) if goals and numbers else "",
        measures=(OUTCOME_GOALS[0], *_list_number_codes(report, section.insats.kod)),
    )  # fmt: skip


def _format_goals_note(goals: Sequence[TargetRow]) -> str:
    reached = sum(bool(goal.verdict and goal.verdict.uppnatt) for goal in goals)
    if len(goals) == 1:
        return "Målet nåddes i siffror." if reached else "Målet nåddes inte i siffror."
    first = format_number_word(reached, neuter=True) if reached else "inget"
    return f"{capitalise(first)} av {format_number_word(len(goals))} mål nåddes i siffror."


def _format_goal_line(row: TargetRow) -> str:
    what = capitalise(format_goal_subject(row))
    return f"{what}: {format_value(row.value, row.target.unit or Unit.ANTAL)}, mål {format_goal_value(row)}."


def _shorten_title(title: str, row: DotRow) -> str:
    """The title in fewer words where it is longer than a slide takes; what it says of certainty stays."""
    for long, short in (
        (", men om nivån ligger över målet kan inte avgöras", ", men det kan vara slump"),
        (", men om nivån ligger under taket kan inte avgöras", ", men det kan vara slump"),
        (f" {format_period(row.period)}", ""),
        (" gick till ", " till "),
        (": nivån ligger säkert ", ": säkert "),
    ):
        if len(title) > SLIDE_LENGTH:
            title = title.replace(long, short)
    return title
