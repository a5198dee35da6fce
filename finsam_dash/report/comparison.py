"""Insatser of the same purpose side by side: against one line, over five years, by kön and by kommun. Never ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.comparison import is_drawn_outside, judge_against_line
from finsam_dash.judgement.policy import FUNNEL_CONFIDENCE
from finsam_dash.model import (
    DenominatorType,
    Gender,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Purpose,
    Suppressed,
    Unit,
)
from finsam_dash.report.content_comparison import Comparison, ComparisonDetail, LineComparison, SmallMultiple
from finsam_dash.report.content_parts import Benchmark, DotRow, TrendPoint
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.differences import build_earlier, build_kon
from finsam_dash.report.outcomes import (
    AT_EXIT,
    COMPARABLE,
    HEADLINE,
    LATER,
    build_outcomes,
    compute_class_share,
    insats_subject,
    is_counted,
    is_hidden_follow_up,
)
from finsam_dash.report.trend import build_trend, find_preliminary_from
from finsam_dash.stats.funnel import score_limits

RIKET, POOLED, POOLED_SHOWN, FORBUNDET = "riket", "insatserna", "visade", "forbundet"
KOMMUN = "kommun"
YEARS_BACK = 4
PURPOSES: tuple[Purpose | None, ...] = (*Purpose, None)


def row_key(row: DotRow) -> str:
    """What tells one row from another: the insats, and the subgroup where it is one."""
    return f"{row.key}/{row.klass}" if row.klass else row.key


def order_rows(rows: Iterable[DotRow], *, by_n: bool) -> tuple[DotRow, ...]:
    """The rows in the plan's order or, within their groups, the largest denominator first; never by value.

    A row without a denominator that is shown comes last, in the plan's order.
    """
    if not by_n:
        return tuple(rows)
    groups = {AT_EXIT: 0, LATER: 1}
    return tuple(sorted(rows, key=lambda row: (groups.get(row.group, 2), -_denominator(row))))


def _denominator(row: DotRow) -> float:
    value = row.value
    return value.denominator if isinstance(value, Measured) and value.denominator is not None else -1.0


def build_comparisons(
    figures: FigureSet,
    goals: Sequence[TargetRow],
    period: Period,
    *,
    riket: Benchmark,
    headline: IndicatorRow | None,
    cut: Callable[[DotRow], DotRow] = lambda row: row,
) -> tuple[Comparison, ...]:
    """A comparison for every purpose that has an insats active in the period.

    `cut` hides what may not be published of a row; a hidden row is neither pooled nor compared nor counted.
    `headline` is the förbund's own share over the period, held against where the insatser cannot be pooled.
    """
    found = []
    for purpose, insatser in group_by_purpose(figures.insatser, period):
        rows = tuple(
            _mark_compared(row) for insats in insatser for row in build_outcomes(figures, insats, goals, period)
        )
        rows = (*(row for row in rows if row.group != LATER), *(row for row in rows if row.group == LATER))
        pairs = [(row, seen) for row in rows if not is_hidden_follow_up(seen := cut(row))]
        shown = tuple(seen for _, seen in pairs)
        # Judged on the row as it was computed: a small number of unknown outcomes is no longer in a protected one.
        judged = [row for row, seen in pairs if not isinstance(seen.value, Suppressed)]
        lines = [
            *([(RIKET, riket)] if riket.value is not None else []),
            *([(POOLED, pooled)] if (pooled := _pool(shown, period, headline)) is not None else []),
            *_list_targets(goals),
        ]
        found.append(Comparison(purpose, shown, tuple(_judge(kod, line, judged) for kod, line in lines)))
    return tuple(found)


def group_by_purpose(insatser: Sequence[Insats], period: Period) -> list[tuple[Purpose | None, list[Insats]]]:
    """The insatser that are active in the period, by purpose; a purpose without any is left out."""
    active = [insats for insats in insatser if insats.is_active(period)]
    groups = [(purpose, [insats for insats in active if insats.purpose is purpose]) for purpose in PURPOSES]
    return [(purpose, group) for purpose, group in groups if group]


def _mark_compared(row: DotRow) -> DotRow:
    """Beside the line stand shares at exit, of those who left or took part; what is missing leaves no gap in it."""
    comparable = isinstance(row.value, Missing) or row.namnare_typ in COMPARABLE
    return replace(row, compared=row.group == AT_EXIT and comparable)


def _pool(rows: Sequence[DotRow], period: Period, headline: IndicatorRow | None) -> Benchmark | None:
    """The rows' own counts added where they are of avslutade over just this period, else the förbund's own share.

    Its label tells where a hidden row is not in it: then it is another number than läge intern has.
    """
    parts = [
        row.value
        for row in rows
        if row.compared and row.period == period and row.namnare_typ is DenominatorType.AVSLUTADE and not row.klass
    ]
    has_hidden = any(isinstance(part, Suppressed) for part in parts)
    counted = [part for part in parts if isinstance(part, Measured) and part.numerator is not None and part.denominator]
    if len(counted) > 1:
        persons = sum(part.denominator or 0 for part in counted)
        share = sum(part.numerator or 0 for part in counted) / persons
        return Benchmark("pooled", POOLED_SHOWN if has_hidden else POOLED, share, period.end.year)
    # A single insats would be held against itself.
    if not counted and headline is not None and isinstance(headline.value, Measured) and headline.coverage is None:
        return Benchmark("pooled", FORBUNDET, headline.value.value, period.end.year)
    return None


def _list_targets(goals: Sequence[TargetRow]) -> list[tuple[str, Benchmark]]:
    """The förbund's own goals for the same share, each as a line."""
    return [
        (goal.target.kod, Benchmark("target", goal.target.text, goal.target.malvarde, source=goal.target.plan))
        for goal in goals
        if goal.target.scope == "forbund"
        and goal.target.indikator == HEADLINE
        and goal.target.unit is Unit.ANDEL
        and goal.target.malkalla == "fast"
        and goal.target.malvarde is not None
        and goal.target.malvarde_hogst is None
    ]


def _judge(kod: str, line: Benchmark, rows: Sequence[DotRow]) -> LineComparison:
    assert line.value is not None
    sides = {row_key(row): judge_against_line(row.value, line.value) for row in rows if row.compared}
    sizes = {row_key(row): row.value.denominator for row in rows if isinstance(row.value, Measured)}
    return LineComparison(
        kod,
        line,
        tuple(key for key, side in sides.items() if side == 1),
        tuple(key for key, side in sides.items() if side == -1),
        sum(side is not None for side in sides.values()),
        tuple(
            row_key(row)
            for row in rows
            if row.compared and sides[row_key(row)] == 0 and is_drawn_outside(row.value, line.value)
        ),
        tuple(
            (key, *score_limits(line.value, sizes[key] or 0, FUNNEL_CONFIDENCE)) for key, side in sides.items() if side
        ),
    )


def build_comparison_details(
    figures: FigureSet, comparisons: Sequence[Comparison], period: Period
) -> tuple[ComparisonDetail, ...]:
    """What the tabs beyond the first show of the same insatser, nothing yet hidden."""
    by_code = {insats.kod: insats for insats in figures.insatser}
    found = []
    for comparison in comparisons:
        insatser = [by_code[kod] for kod in dict.fromkeys(row.key for row in comparison.rows)]
        targets = {row.key: row.target for row in comparison.rows if row.group == AT_EXIT and not row.klass}
        pairs = [build_kon(figures, insats, period) for insats in insatser]
        found.append(
            ComparisonDetail(
                comparison.purpose,
                tuple(_build_multiple(figures, insats, period, targets.get(insats.kod)) for insats in insatser),
                tuple(pair for pair in pairs if pair is not None),
                tuple(row for insats in insatser for row in _list_kommuner(figures, insats, period)),
                tuple(
                    replace(pair, label=insats.kortnamn or insats.namn)
                    for insats in insatser
                    if (pair := build_earlier(figures, insats.kod, period)) is not None
                ),
            )
        )
    return tuple(found)


def _build_multiple(figures: FigureSet, insats: Insats, period: Period, target: float | None) -> SmallMultiple:
    """The same part of the year five years back; the insats's own published periods where nothing else is stored."""
    indikator = figures.registry.indikatorer[HEADLINE]
    preliminary_from = find_preliminary_from(figures.subject_figures(insats_subject(insats.kod)))
    last = period if period.month_count <= 12 else Period.year(period.end.year)
    points = tuple(
        TrendPoint(
            when,
            compute_indicator(figures, indikator, insats.kod, Gender.ALLA, when).value,
            preliminary_from is not None and when.end >= preliminary_from,
        )
        for when in (last.shift_years(-back) for back in range(YEARS_BACK, -1, -1))
        if insats.is_active(when)
    )
    if not any(is_counted(point.value) for point in points):
        points = build_trend(figures, insats, period, preliminary_from).points or points[-1:]
    return SmallMultiple(insats.kod, insats.kortnamn or insats.namn, points, target)


def _list_kommuner(figures: FigureSet, insats: Insats, period: Period) -> list[DotRow]:
    subject = insats_subject(insats.kod)
    indikator = figures.registry.indikatorer[HEADLINE]
    classes = figures.stored_classes(subject, "avslutade") | figures.stored_classes(subject, HEADLINE)
    rows = []
    for indelning, klass in sorted(classes):
        if indelning == KOMMUN:
            row = compute_class_share(figures, indikator, insats.kod, Gender.ALLA, period, indelning, klass)
            label = insats.kortnamn or insats.namn
            rows.append(DotRow(insats.kod, label, row.value, period, row.namnare_typ, f"{indelning}:{klass}"))
    return rows
