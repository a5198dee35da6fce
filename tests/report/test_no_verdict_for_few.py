"""Whatever a Report says of a share, it says no verdict of fewer than ten, and interval, test and funnel agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from build_figures import share_goal
from build_store import ME, deliver, empty_store
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_dash.judgement.over_time import SeriesReading
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    ComparisonValue,
    Gender,
    Insats,
    InsatsPeriod,
    Lage,
    Measured,
    Period,
    Purpose,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.comparison import row_key
from finsam_dash.report.content import Overview, Report
from finsam_dash.report.content_comparison import CaseMix, Comparison
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_over_time import Series
from finsam_dash.report.content_parts import GroupDifference
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.store import save_comparison_values, save_entries

ALWAYS = (InsatsPeriod(date(2020, 1, 1), None),)
YEAR = Period.year(2025)
MONTHS = Period.parse("2024-01/2025-12").months()
CODES = ("arken", "bron", "cirkeln")
RIKET = ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", YEAR, 0.34, "Nationell rapport")
ANSWERS = frozenset({Sakerhet.SAKERT_OVER, Sakerhet.SAKERT_UNDER, Sakerhet.EJ_AVGORBART})
SECTIONS = ("overview", "targets", "insats", "comparison", "comparison_detail", "case_mix", "over_time")


def build(counts: dict[str, list[tuple[int, int]]]) -> Report:
    store = empty_store(*(Insats(kod, kod, ALWAYS, purpose=Purpose.ATERGANG, order=i) for i, kod in enumerate(CODES)))
    rows = [
        (kod, matt, gender, month.code, count)
        for kod, series in counts.items()
        for place, (k, n) in enumerate(series)
        for gender, month in ((("kvinna", "man")[place % 2], MONTHS[place // 2]),)
        for matt, count in (("avslutade", n), ("till_arbete_studier", k))
    ]
    deliver(store, *rows, known_from=date(2026, 6, 1))
    save_comparison_values(store, (RIKET,), ME)
    goals = [share_goal(kod=f"mal-{kod or 'alla'}", malvarde=0.4, insats=kod) for kod in ("", *CODES)]
    save_entries(store, "provet", goals, ME)
    return build_report(
        store, "provet", YEAR, lage=Lage.INTERN, as_of=date(2026, 6, 2), sections=SECTIONS, insats="arken"
    )


def every(part: Any, kind: type) -> Iterator[Any]:
    """Every part of a kind in the Report, wherever it stands."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for one in part:
            yield from every(one, kind)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from every(getattr(part, field.name), kind)


def size(value: Any) -> float:
    return value.denominator or 0 if isinstance(value, Measured) else 0


def side_by_interval(value: Measured, line: float) -> Sakerhet:
    assert value.lower is not None
    assert value.upper is not None
    if value.lower > line:
        return Sakerhet.SAKERT_OVER
    return Sakerhet.SAKERT_UNDER if value.upper < line else Sakerhet.EJ_AVGORBART


few = st.integers(0, 3).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
some = st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
counts_of = st.sampled_from([few, some]).flatmap(lambda one: st.lists(one, min_size=48, max_size=48))


@settings(max_examples=6, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(CODES, counts_of)))
def test_no_part_of_a_report_judges_fewer_than_ten(counts):
    report = build(counts)
    for row in every(report, TargetRow):
        if row.verdict is not None and row.verdict.sakerhet in ANSWERS:
            assert size(row.value) >= SMALLEST_N
            assert row.verdict.sakerhet is side_by_interval(row.value, 0.4)
        elif isinstance(row.value, Measured) and row.verdict is not None:
            assert size(row.value) < SMALLEST_N
    for section in every(report, InsatsSection):
        first = section.outcome[0].value
        if section.verdict.sakerhet in ANSWERS:
            assert size(first) >= SMALLEST_N
            assert section.verdict.sakerhet is side_by_interval(first, 0.34)
        if section.trend.sakerhet in ANSWERS:
            assert size(section.trend.rolling[-1].value) >= SMALLEST_N
    for overview in every(report, Overview):
        if overview.verdict.sakerhet in ANSWERS:
            assert size(overview.headline.value) >= SMALLEST_N
            assert overview.verdict.sakerhet is side_by_interval(overview.headline.value, 0.34)
    for pair in every(report, GroupDifference):
        if pair.sakerhet in ("skiljer", "kan_vara_slump"):
            assert min(size(pair.first.value), size(pair.second.value)) >= SMALLEST_N
        else:
            assert (pair.difference, pair.lower, pair.upper) == (None, None, None)
    for comparison in every(report, Comparison):
        values = {row_key(row): row.value for row in comparison.rows}
        for line in comparison.lines:
            for key in (*line.over, *line.under):
                assert size(values[key]) >= SMALLEST_N
            # Whoever is outside the funnel is on that side by the 95 % interval too.
            assert all(side_by_interval(values[key], line.line.value) is Sakerhet.SAKERT_OVER for key in line.over)
            assert all(side_by_interval(values[key], line.line.value) is Sakerhet.SAKERT_UNDER for key in line.under)
            for key, lower, upper in line.expected:
                assert not lower <= values[key].value <= upper
    for mix in every(report, CaseMix):
        for row in mix.rows:
            if row.standardised is not None:
                assert all(size(dot.value) >= SMALLEST_N for dot in row.strata)
    for series in every(report, Series):
        reading = series.reading
        if reading is not None and reading.limits:
            points = series.joined or series.points
            last = reading.limits[-1]
            assert size(points[-1 if series.joined else last.last].value) >= SMALLEST_N
    for reading in every(report, SeriesReading):
        if reading.kind == "for_fa":
            assert (reading.side, reading.reach) == (0, "")
