"""The section of one insats: its outcome, its people, its goals, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from finsam_dash.indicators.compute import compute_indicator, compute_published_share
from finsam_dash.indicators.figures import FigureSet, Subject, read_figure
from finsam_dash.indicators.registry import Indikator, Term
from finsam_dash.indicators.tiling import is_tile
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.judgement.comparison import judge_balance, judge_groups, judge_periods
from finsam_dash.judgement.over_time import SeriesReading, read_levels, read_series
from finsam_dash.judgement.policy import PRELIMINARY_DAYS, SMALLEST_N
from finsam_dash.judgement.verdict import NO_VERDICT, Sakerhet, Verdict, judge_against_riket, judge_share
from finsam_dash.model import (
    DenominatorType,
    Figure,
    Gender,
    GenderScope,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    Riktning,
    Source,
    Suppressed,
    Unit,
    Value,
)
from finsam_dash.report.content import (
    Benchmark,
    Breakdown,
    BreakdownRow,
    DeliveryInfo,
    DotRow,
    EventNote,
    Flow,
    FlowCategory,
    FlowLink,
    FlowMonth,
    FollowUp,
    Forsorjning,
    GroupDifference,
    InsatsSection,
    RecruitmentStep,
    StatedFigure,
    Subgroups,
    TargetRow,
    Trend,
    TrendPoint,
)
from finsam_dash.report.outcomes import (
    AT_EXIT,
    COMPARABLE,
    FOLLOW_UP,
    HEADLINE,
    build_outcomes,
    compute_class_share,
    compute_follow_up,
    compute_nearest,
    distance,
    insats_subject,
    latest_first,
)

TREND_MONTHS = 60
FLOW_MONTHS = 24
SUMMED_MONTHS = 12
ROLLING_MONTHS = 12
RECRUITMENT = ("erbjudna", "tackat_ja", "paborjat", "fullfoljt")
FACTS = (
    "deltagare",
    "deltaganden",
    "deltagare_utan_personuppgifter",
    "nya",
    "avslutade",
    "bortfall",
    "andel_bortfall",
    "andel_kvinnor",
    "andel_under_30",
    "andel_utrikesfodda",
    "andel_forsorjning_over_3_ar",
    "forbrukningskvot",
    "forbrukad_andel",
    "kostnad_per_deltagande",
    "kostnad_per_resultat",
)
BEFORE, AFTER, BEFORE_AFTER = "forsorjning_fore", "forsorjning_efter", "forsorjning_fore_efter"
GOAL_FORSORJNING = frozenset({"lon", "studiestod"})
UNKNOWN = "okand"
NO_BREAKDOWN = frozenset({BEFORE, AFTER, BEFORE_AFTER, FOLLOW_UP, "grupp", "steg", "intervall", "kon", "upplevelse"})
FOLLOW_UP_COUNTS = (
    "uppfoljning_avslutade",
    "uppfoljning_arbete_studier",
    "uppfoljning_rehabilitering",
    "uppfoljning_ovrigt",
    "ej_uppfoljda",
)
FOLLOW_UP_SHARE = "andel_uppfoljning_arbete_studier"
_YEARS = 5


def build_insats(
    figures: FigureSet,
    insats: Insats,
    period: Period,
    *,
    riket: Benchmark,
    goals: Sequence[TargetRow],
    deliveries: Sequence[DeliveryInfo],
    events: Sequence[EventNote] = (),
    shortest: int = 1,
) -> InsatsSection:
    """Build the section of one insats from figures that nothing has yet been hidden of.

    `goals` are those of the whole förbund in the period, `deliveries` those that may be named, `events` the dated
    notes of the förbund and of this insats. `shortest`: no part of the trend is of fewer months.
    """
    subject = insats_subject(insats.kod)
    stored = figures.subject_figures(subject)
    outcome = build_outcomes(figures, insats, goals, period)
    own_goals = tuple(goal for goal in goals if goal.target.insats == insats.kod)
    preliminary_from = find_preliminary_from(stored)
    goal = _find_headline_goal(outcome, own_goals)
    trend = build_trend(figures, insats, period, preliminary_from, shortest)
    trend = replace(trend, reading=read_trend(trend.points))
    behind = {figure.leverans for figure in stored}
    steps, steps_period = _build_recruitment(figures, subject, period)
    return InsatsSection(
        insats=insats,
        riket=riket,
        verdict=_judge_against_riket(outcome[0], riket),
        outcome=outcome,
        goal=goal,
        goals=own_goals,
        facts=_build_facts(figures, insats, period),
        kon=tuple(pair for pair in (build_kon(figures, insats, period),) if pair is not None),
        trend=_judge_trend(trend, next((one for one in own_goals if one.target.kod == goal), None), events),
        flow=_build_flow(figures, insats, period, preliminary_from),
        breakdowns=_build_breakdowns(figures, insats, stored, period),
        forsorjning=_build_forsorjning(figures, subject, period),
        follow_ups=_build_follow_ups(figures, subject, stored, period),
        subgroups=_build_subgroups(figures, insats, stored, own_goals, period),
        recruitment=steps,
        recruitment_period=steps_period,
        chain=list_chain(figures.insatser, insats),
        stated=_list_stated(stored, insats, figures, period),
        deliveries=tuple(delivery for delivery in deliveries if delivery.id in behind),
    )


def _judge_against_riket(row: DotRow, riket: Benchmark) -> Verdict:
    if riket.value is None or row.group != AT_EXIT or row.klass or row.namnare_typ not in COMPARABLE:
        return NO_VERDICT
    return judge_against_riket(row.value, riket.value)


def _find_headline_goal(outcome: Sequence[DotRow], goals: Sequence[TargetRow]) -> str:
    """The code of the goal that is drawn at the first row which has one."""
    for row in outcome:
        for goal in goals:
            if row.target is not None and goal.target.malvarde == row.target and goal.value == row.value:
                return goal.target.kod
    return ""


def _build_facts(figures: FigureSet, insats: Insats, period: Period) -> tuple[IndicatorRow, ...]:
    rows = []
    for kod in FACTS:
        indikator = figures.registry.indikatorer.get(kod)
        if indikator is None:
            continue
        genders = (Gender.ALLA,) if indikator.form != "antal" else (Gender.ALLA, Gender.KVINNA, Gender.MAN)
        rows += [compute_nearest(figures, indikator, insats.kod, gender, period) for gender in genders]
    return tuple(rows)


def build_kon(figures: FigureSet, insats: Insats, period: Period) -> GroupDifference | None:
    """Kvinnor and män with the difference and its interval; None for an insats that is open to one kön only."""
    if insats.gender_scope is not GenderScope.BADA:
        return None
    indikator = figures.registry.indikatorer[HEADLINE]
    first, second = (
        compute_nearest(figures, indikator, insats.kod, gender, period) for gender in (Gender.KVINNA, Gender.MAN)
    )
    same = first.period == second.period and first.namnare_typ is second.namnare_typ
    verdict = judge_groups(first.value, second.value if same else Missing(Reason.UPPGIFT_SAKNAS))
    dots = [
        DotRow(f"{insats.kod}/{row.gender}", str(row.gender), row.value, row.period, row.namnare_typ)
        for row in (first, second)
    ]
    return GroupDifference(
        insats.kortnamn or insats.namn,
        dots[0],
        dots[1],
        verdict.difference,
        verdict.lower,
        verdict.upper,
        judge_words(verdict.differs, (first.value, second.value)),
    )


def build_earlier(figures: FigureSet, kod: str | None, period: Period) -> GroupDifference | None:
    """The period against the same time a year before, with the difference where one may be said. Nothing is hidden yet.

    None where neither is known or the two would overlap. `kod` None is the whole förbund.
    """
    if period.month_count > SUMMED_MONTHS or not period.is_whole_months:
        return None
    indikator = figures.registry.indikatorer[HEADLINE]
    now, before = (
        compute_indicator(figures, indikator, kod, Gender.ALLA, when) for when in (period, period.shift_years(-1))
    )
    if not (isinstance(now.value, Measured) or isinstance(before.value, Measured)):
        return None
    first, second = (
        DotRow(kod or "alla", row.period.code, row.value, row.period, row.namnare_typ) for row in (now, before)
    )
    verdict = judge_periods(now, before)
    words = judge_words(verdict.differs, (now.value, before.value))
    if now.coverage is not None or before.coverage is not None:
        words = "ofullstandig"
    elif verdict.differs is None and DenominatorType.AVSLUTADE not in (now.namnare_typ, before.namnare_typ):
        words = "samma_personer"
    return GroupDifference(kod or "", first, second, verdict.difference, verdict.lower, verdict.upper, words)


def judge_words(differs: bool | None, values: Iterable[Value]) -> str:
    """A code for wording: skiljer, kan_vara_slump, for_fa, or "" where there is nothing to compare."""
    if differs is not None:
        return "skiljer" if differs else "kan_vara_slump"
    counted = [value.denominator for value in values if isinstance(value, Measured) and value.denominator is not None]
    return "for_fa" if len(counted) == 2 and min(counted) < SMALLEST_N else ""


def find_preliminary_from(stored: Iterable[Figure]) -> date | None:
    """The first day whose month is still preliminary: ended too short a time before the insats's latest delivery.

    None where nothing is delivered by month.
    """
    monthly = [figure for figure in stored if figure.period.month_count == 1 and figure.value is not None]
    if not monthly:
        return None
    known = max(figure.known_from for figure in monthly)
    late = [figure.period.start for figure in monthly if (known - figure.period.end).days < PRELIMINARY_DAYS]
    return min(late, default=None)


def build_trend(
    figures: FigureSet, insats: Insats, period: Period, preliminary_from: date | None, shortest: int = 1
) -> Trend:
    """The share over five years up to the period's end: by month with rolling twelve, else by the parts stored.

    Parts that are no calendar tiles (an insats's own periods) are points only where they do not overlap.
    """
    subject = insats_subject(insats.kod)
    indikator = figures.registry.indikatorer[HEADLINE]
    stored = figures.stored_periods(subject, "till_arbete_studier") | figures.stored_periods(subject, HEADLINE)
    stored = frozenset(part for part in stored if part.end <= last_of_month(period))
    if not stored:
        return Trend(())
    tiles = [part for part in stored if is_tile(part)]
    if not tiles:
        return Trend(_list_own_points(figures, insats, indikator, stored))
    length = max(shortest, min(part.month_count for part in tiles))
    first = max(min(part.start for part in tiles), months_before(period, TREND_MONTHS))
    last = max(part.end for part in tiles)
    wanted = [part for part in list_tiles(first, last, length) if insats.is_active(part)]
    points = tuple(
        TrendPoint(
            part,
            compute_indicator(figures, indikator, insats.kod, Gender.ALLA, part).value,
            preliminary_from is not None and part.end >= preliminary_from,
        )
        for part in wanted
    )
    if length != 1:
        return Trend(points)
    begun = min(part.start for part in tiles)
    rolling = []
    for part in wanted:
        window = Period(months_before(part, ROLLING_MONTHS), part.end)
        value = compute_indicator(figures, indikator, insats.kod, Gender.ALLA, window).value
        if window.start >= begun and isinstance(value, Measured):
            late = preliminary_from is not None and part.end >= preliminary_from
            rolling.append(TrendPoint(window, value, late))
    return Trend(points, tuple(rolling))


def _judge_trend(trend: Trend, goal: TargetRow | None, events: Sequence[EventNote]) -> Trend:
    """The trend with its dated notes and, where the goal is of avslutade too, the goal and the last level's verdict."""
    shown = [point.period for point in (trend.points or trend.rolling)]
    noted = tuple(event for event in events if shown and min(shown).start <= event.date <= max(shown).end)
    trend = replace(trend, events=noted)
    if goal is None or goal.target.malvarde is None or goal.namnare_typ is not DenominatorType.AVSLUTADE:
        return trend
    latest = trend.rolling[-1].value if trend.rolling else None
    riktning = goal.target.riktning or Riktning.MINST
    sakerhet = judge_share(latest, goal.target.malvarde, riktning).sakerhet if latest else Sakerhet.EJ_TILLAMPLIGT
    return replace(trend, target=goal.target.malvarde, sakerhet=sakerhet)


def read_trend(
    points: Sequence[TrendPoint],
    partial: Collection[Period] = (),
    target: float | None = None,
    riktning: Riktning | None = None,
) -> SeriesReading | None:
    """What the settled points say over time; None where one is hidden, they are not of one length or lack counts.

    Points in `partial` lack an insats: like a month that is missing they are left out.
    """
    settled = [point for point in points if not point.preliminary]
    lengths = {point.period.month_count for point in settled}
    if len(lengths) != 1 or any(isinstance(point.value, Suppressed) for point in settled):
        return None
    length = lengths.pop()
    higher = {Riktning.MINST: True, Riktning.HOGST: False}.get(riktning) if riktning is not None else None
    measured = [point.value for point in settled if isinstance(point.value, Measured)]
    if measured and all(value.numerator is None for value in measured):
        whole = len(measured) == len(settled) and not partial
        return read_levels([value.value for value in measured], length, target, higher) if whole else None
    counts = [(0, 0) if point.period in partial else count_point(point) for point in settled]
    if any(value.numerator is None for value in measured):
        return None
    return read_series([k for k, _ in counts], [n for _, n in counts], length, target, higher)


def count_point(point: TrendPoint) -> tuple[int, int]:
    """The counts of a point; 0 of 0 where it has none."""
    value = point.value
    if isinstance(value, Measured) and value.numerator is not None and value.denominator:
        return int(value.numerator), int(value.denominator)
    return 0, 0


def last_of_month(period: Period) -> date:
    """The last day of the month in which the period ends."""
    return period.months()[-1].end


def months_before(period: Period, count: int) -> date:
    """The first day of the month that begins `count` months which end with the period."""
    number = period.end.year * 12 + period.end.month - count
    return date(number // 12, number % 12 + 1, 1)


def list_tiles(first: date, last: date, length: int) -> list[Period]:
    """The calendar's parts of `length` months from the one that holds `first` to the one that holds `last`."""
    tiles = []
    number = first.year * 12 + (first.month - 1) // length * length
    while number <= last.year * 12 + last.month - 1:
        months = [Period.month((number + index) // 12, (number + index) % 12 + 1) for index in (0, length - 1)]
        tiles.append(Period(months[0].start, months[1].end))
        number += length
    return tiles


def _list_own_points(
    figures: FigureSet, insats: Insats, indikator: Indikator, stored: Iterable[Period]
) -> tuple[TrendPoint, ...]:
    points: list[TrendPoint] = []
    for part in sorted(stored, key=lambda part: (part.end, part.start)):
        value = compute_indicator(figures, indikator, insats.kod, Gender.ALLA, part).value
        if isinstance(value, Measured) and not any(point.period.overlaps(part) for point in points):
            points.append(TrendPoint(part, value))
    return tuple(points) if len(points) > 1 else ()


def _build_flow(figures: FigureSet, insats: Insats, period: Period, preliminary_from: date | None) -> Flow | None:
    """Two years of months up to the period's end; nothing where the insats is not delivered by month."""
    subject = insats_subject(insats.kod)
    monthly = [part for part in figures.stored_periods(subject, "nya") if part.month_count == 1]
    monthly = [part for part in monthly if part.end <= last_of_month(period)]
    if not monthly:
        return None
    first = max(min(monthly).start, months_before(period, FLOW_MONTHS))
    months = [part for part in list_tiles(first, last_of_month(period), 1) if insats.is_active(part)]
    if not months or max(monthly).end < months[0].start:
        return None
    flow = tuple(
        FlowMonth(
            month,
            _count(figures, subject, "pagaende", month),
            _count(figures, subject, "nya", month),
            _count(figures, subject, "avslutade", month),
            preliminary_from is not None and month.end >= preliminary_from,
        )
        for month in months
    )
    latest = flow[-SUMMED_MONTHS:]
    nya, avslutade = _sum([month.nya for month in latest]), _sum([month.avslutade for month in latest])
    return Flow(flow, nya, avslutade, len(latest), judge_balance(nya, avslutade))


def _count(
    figures: FigureSet,
    subject: Subject,
    matt: str,
    period: Period,
    indelning: str = "",
    klass: str = "",
    gender: Gender = Gender.ALLA,
) -> Value:
    count = figures.count(subject, Term(1, matt, indelning, klass), gender, period)
    return count if isinstance(count, Missing) else Measured(count.value, qualifier=count.qualifier)


def _sum(values: Sequence[Value]) -> Value:
    for value in values:
        if not isinstance(value, Measured):
            return value
    return Measured(sum(value.value for value in values if isinstance(value, Measured)))


def _build_breakdowns(
    figures: FigureSet, insats: Insats, stored: Sequence[Figure], period: Period
) -> tuple[Breakdown, ...]:
    """Every indelning that is stored of the insats's participants, over the period or the insats's own."""
    subject = insats_subject(insats.kod)
    found = []
    for indelning in dict.fromkeys(figure.indelning for figure in stored):
        if not indelning or indelning in NO_BREAKDOWN:
            continue
        matts = {figure.matt for figure in stored if figure.indelning == indelning}
        classes = _in_list_order(indelning, {figure.klass for figure in stored if figure.indelning == indelning})
        for matt in ("deltaganden", "deltagare", "avslutade"):
            needed = {"pagaende", "nya"} if matt == "deltaganden" else {matt}
            if needed <= matts and (one := _break_down(figures, subject, indelning, classes, matt, period)):
                found.append(one)
                break
    return tuple(sorted(found, key=lambda breakdown: breakdown.indelning))


def _in_list_order(indelning: str, classes: Iterable[str]) -> list[str]:
    """The classes as the code list orders them; those that a förbund has made itself come last, by name."""
    order = {kod: place for place, kod in enumerate(load_codelist("klass").names)}
    return sorted(classes, key=lambda klass: (order.get(f"{indelning}:{klass}", len(order)), klass))


def _break_down(
    figures: FigureSet, subject: Subject, indelning: str, classes: Sequence[str], matt: str, period: Period
) -> Breakdown | None:
    matts = ("pagaende", "nya") if matt == "deltaganden" else (matt,)
    own = {
        part for klass in classes for each in matts for part in figures.stored_periods(subject, each, indelning, klass)
    }
    indikator = figures.registry.indikatorer[HEADLINE]
    for when in (period, *latest_first(own, period)):
        counts = {
            klass: _sum([_count(figures, subject, each, when, indelning, klass) for each in matts]) for klass in classes
        }
        if any(isinstance(count, Measured) for count in counts.values()):
            rows = tuple(
                BreakdownRow(
                    f"{indelning}:{klass}",
                    count,
                    compute_class_share(figures, indikator, subject[1], Gender.ALLA, when, indelning, klass).value,
                )
                for klass, count in counts.items()
            )
            total = _sum([_count(figures, subject, each, when) for each in matts])
            return Breakdown(indelning, matt, when, total, rows)
    return None


def _build_forsorjning(figures: FigureSet, subject: Subject, period: Period) -> Forsorjning | None:
    """Försörjning of those who left, before and after; the flows between where they are delivered."""
    classes = figures.stored_classes(subject, "avslutade")
    keys = [
        klass
        for side in (BEFORE, AFTER)
        for klass in _in_list_order(side, {klass for indelning, klass in classes if indelning == side})
    ]
    keys = [key for key in dict.fromkeys(keys) if key != UNKNOWN] + ([UNKNOWN] if UNKNOWN in keys else [])

    def count(indelning: str, klass: str) -> Value:
        if (indelning, klass) not in classes:
            return Measured(0)
        return _count(figures, subject, "avslutade", period, indelning, klass)

    categories = tuple(
        FlowCategory(key, key, count(BEFORE, key), count(AFTER, key), key in GOAL_FORSORJNING, key == UNKNOWN)
        for key in keys
    )
    if not any(isinstance(category.after, Measured) and category.after.value for category in categories):
        return None
    links = []
    for indelning, klass in sorted(classes):
        before, separator, after = klass.partition("_till_")
        if indelning == BEFORE_AFTER and separator:
            value = count(indelning, klass)
            if not isinstance(value, Measured) or value.value:
                links.append(FlowLink(before, after, value))
    falls = {
        category.key: category.before.value - category.after.value
        for category in categories
        if isinstance(category.before, Measured) and isinstance(category.after, Measured)
    }
    largest = max(falls, key=lambda key: falls[key], default="")
    return Forsorjning(
        categories,
        tuple(links) if all(isinstance(link.count, Measured) for link in links) else (),
        to_goal=_sum([category.after for category in categories if category.is_goal]),
        total=_sum([category.after for category in categories]),
        largest_fall=largest if falls.get(largest, 0) > 0 else "",
    )


def _build_follow_ups(
    figures: FigureSet, subject: Subject, stored: Sequence[Figure], period: Period
) -> tuple[FollowUp, ...]:
    """Every distance that is stored, for each of the five latest years, or for the insats's own periods."""
    measures = (*FOLLOW_UP_COUNTS, FOLLOW_UP_SHARE)
    stored = [figure for figure in stored if figure.indelning == FOLLOW_UP and figure.matt in measures]
    found = []
    for klass in sorted({figure.klass for figure in stored}, key=distance):
        parts = {figure.period for figure in stored if figure.klass == klass and figure.period.start <= period.end}
        years = sorted({Period.year(part.start.year) for part in parts if is_tile(part)})[-_YEARS:]
        for when in (*years, *sorted(part for part in parts if not is_tile(part))):
            found.append(_follow_up(figures, subject, klass, when))
    return tuple(found)


def _follow_up(figures: FigureSet, subject: Subject, klass: str, when: Period) -> FollowUp:
    share = compute_follow_up(figures, subject, klass, when)
    counts = tuple((matt, _count(figures, subject, matt, when, FOLLOW_UP, klass)) for matt in FOLLOW_UP_COUNTS)
    stated = figures.find_figure(subject, FOLLOW_UP_SHARE, Gender.ALLA, when, FOLLOW_UP, klass)
    if not isinstance(share, Measured) and stated is not None:
        indikator = figures.registry.indikatorer[HEADLINE]
        share = compute_published_share(indikator, subject[1], Gender.ALLA, when, stated).value
    known = [matt for matt, count in counts if isinstance(count, Measured)]
    if known == ["ej_uppfoljda"]:
        share = Missing(Reason.INGEN_UPPFOLJNING)
    return FollowUp(klass=f"{FOLLOW_UP}:{klass}", period=when, share=share, counts=counts)


def _build_subgroups(
    figures: FigureSet, insats: Insats, stored: Sequence[Figure], goals: Sequence[TargetRow], period: Period
) -> tuple[Subgroups, ...]:
    """Shares that are printed for each of the insats's own groups or steps, a measure at a time."""
    indikator = figures.registry.indikatorer[HEADLINE]
    by_matt: dict[str, list[DotRow]] = {}
    for figure in stored:
        if figure.indelning not in ("grupp", "steg") or figure.unit is not Unit.ANDEL:
            continue
        if figure.gender is not Gender.ALLA or not figure.period.overlaps(period):
            continue
        row = compute_published_share(indikator, insats.kod, Gender.ALLA, figure.period, figure)
        klass = f"{figure.indelning}:{figure.klass}"
        by_matt.setdefault(figure.matt, []).append(
            DotRow(f"{insats.kod}/{klass}", "", row.value, figure.period, row.namnare_typ, klass)
        )
    targets = {goal.target.indikator: goal.target.malvarde for goal in goals if goal.parts}
    order = sorted(by_matt, key=lambda matt: ("manader" in matt, matt))
    return tuple(Subgroups(matt, tuple(by_matt[matt]), targets.get(matt)) for matt in order)


def _build_recruitment(
    figures: FigureSet, subject: Subject, period: Period
) -> tuple[tuple[RecruitmentStep, ...], Period | None]:
    """The steps from an offered place to completed, over one and the same period; nothing with fewer than three."""
    own = frozenset().union(*(figures.stored_periods(subject, matt) for matt in RECRUITMENT))
    for when in (period, *latest_first(own, period)):
        steps = [RecruitmentStep(matt, _count(figures, subject, matt, when)) for matt in RECRUITMENT]
        if sum(isinstance(step.count, Measured) for step in steps) >= 3:
            return tuple(step for step in steps if figures.is_delivered(subject, step.label)), when
    return (), None


def list_chain(insatser: Sequence[Insats], insats: Insats) -> tuple[Insats, ...]:
    """The insats with all that it follows on and all that follows on it, the earliest first."""
    by_code = {one.kod: one for one in insatser}
    found: dict[str, Insats] = {}
    queue = [insats]
    while queue:
        one = queue.pop()
        if one.kod in found:
            continue
        found[one.kod] = one
        queue += [by_code[kod] for kod in one.predecessors if kod in by_code]
        queue += [other for other in insatser if one.kod in other.predecessors]
    return tuple(
        sorted(found.values(), key=lambda one: (min((part.start for part in one.periods), default=date.max), one.kod))
    )


def _list_stated(
    stored: Sequence[Figure], insats: Insats, figures: FigureSet, period: Period
) -> tuple[StatedFigure, ...]:
    """What documents print about the insats for times that touch the period, in the order of the registry."""
    indikator = figures.registry.indikatorer[HEADLINE]
    order = {matt: place for place, matt in enumerate((*figures.registry.indikatorer, *figures.registry.matt))}
    rows = []
    for figure in stored:
        if not figure.uttryck or not figure.period.overlaps(period):
            continue
        if figure.unit is Unit.ANDEL:
            value = compute_published_share(indikator, insats.kod, figure.gender, figure.period, figure).value
        else:
            count = read_figure(figure)
            value = count if isinstance(count, Missing) else Measured(count.value, qualifier=count.qualifier)
        klass = f"{figure.indelning}:{figure.klass}" if figure.indelning else ""
        source = Source(figure.leverans, figure.dokument, figure.rubrik)
        rows.append(
            StatedFigure(
                figure.matt,
                klass,
                figure.gender,
                figure.period,
                value,
                figure.unit,
                figure.namnare_typ,
                figure.uttryck,
                source,
            )
        )
    return tuple(sorted(rows, key=lambda row: (order.get(row.matt, len(order)), row.klass, row.period)))
