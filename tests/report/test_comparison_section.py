"""Insatser side by side: one purpose, one line, the plan's order or by n, and who may be said to lie outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from build_figures import share_goal
from build_store import ME, deliver, empty_store
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.comparison import is_drawn_outside, judge_against_line
from finsam_dash.model import (
    ComparisonValue,
    Gender,
    Insats,
    InsatsPeriod,
    Lage,
    Measured,
    Missing,
    Period,
    Purpose,
    Reason,
    Suppressed,
)
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.comparison import build_comparisons, order_rows, row_key
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import Comparison, LineComparison
from finsam_dash.report.content_parts import Benchmark, DotRow
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.stats.funnel import score_limits
from finsam_dash.stats.proportions import wilson
from finsam_dash.store import Store, save_comparison_values, save_entries
from finsam_dash.wording.comparison import format_against, format_against_short, format_line_choice, name_line

ALWAYS = (InsatsPeriod(date(2020, 1, 1), None),)
YEAR = Period.year(2025)
RIKET = ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", YEAR, 0.34, "Nationell rapport")


def insats(kod: str, order: int, purpose: Purpose | None = Purpose.ATERGANG) -> Insats:
    return Insats(kod, kod.capitalize(), ALWAYS, purpose=purpose, order=order)


def outcome(kod: str, k: int, n: int, period: str = "2025") -> list[tuple[str, str, str, str, float | None]]:
    return [(kod, "avslutade", "alla", period, n), (kod, "till_arbete_studier", "alla", period, k)]


def build(store: Store, *sections: str, lage: Lage = Lage.INTERN) -> Report:
    return build_report(store, "provet", YEAR, lage=lage, as_of=date(2026, 2, 1), sections=("comparison", *sections))


def compared(store: Store) -> Comparison:
    return build(store).comparison[0]


def four_insatser() -> Store:
    store = empty_store(insats("arken", 2), insats("bron", 1), insats("cirkeln", 3), insats("dalen", 4))
    deliver(store, *outcome("arken", 45, 64), *outcome("bron", 14, 33), *outcome("cirkeln", 2, 8))
    save_comparison_values(store, (RIKET,), ME)
    return store


def test_insatser_stand_in_the_plans_order_with_purposes_apart():
    store = empty_store(
        insats("arken", 2), insats("bron", 1), insats("cirkeln", 3, Purpose.FORBEREDELSE), insats("dalen", 4, None)
    )
    deliver(store, *outcome("arken", 60, 64), *outcome("bron", 1, 33), *outcome("cirkeln", 2, 20))
    found = build(store).comparison
    assert [(one.purpose, [row.key for row in one.rows]) for one in found] == [
        (Purpose.ATERGANG, ["bron", "arken"]),
        (Purpose.FORBEREDELSE, ["cirkeln"]),
        (None, ["dalen"]),
    ]


def test_riket_and_the_pooled_share_are_lines_that_can_be_chosen():
    riket, pooled = compared(four_insatser()).lines
    assert (riket.kod, riket.line.value, riket.comparisons, riket.over, riket.under) == (
        "riket",
        0.34,
        2,
        ("arken",),
        (),
    )
    assert (pooled.kod, pooled.line.kind, pooled.line.value) == ("insatserna", "pooled", pytest.approx(61 / 105))


def test_a_line_without_a_hidden_insats_says_that_it_is_of_those_shown():
    """79 av 137 with all three, 59 av 97 without the hidden one: another number must have another name."""
    store = empty_store(*(insats(kod, place) for place, kod in enumerate(("arken", "bron", "cirkeln"), start=1)))
    deliver(store, *outcome("arken", 45, 64), *outcome("bron", 14, 33), *outcome("cirkeln", 20, 40))
    figures = load_figure_set(store, "provet")

    def hide(row: DotRow) -> DotRow:
        return replace(row, value=Suppressed()) if row.key == "cirkeln" else row

    (whole,) = build_comparisons(figures, (), YEAR, riket=Benchmark("riket", "Riket", None), headline=None)
    (part,) = build_comparisons(figures, (), YEAR, riket=Benchmark("riket", "Riket", None), headline=None, cut=hide)
    lines = [one.lines[0].line for one in (whole, part)]
    assert [line.value for line in lines] == [pytest.approx(79 / 137), pytest.approx(59 / 97)]
    assert [format_against(line) for line in lines] == ["insatserna tillsammans", "de visade insatserna tillsammans"]
    assert [name_line(line).label for line in lines] == ["Insatserna tillsammans", "De visade tillsammans"]
    assert [format_against_short(line) for line in lines] == ["alla tillsammans", "de visade tillsammans"]
    assert [format_line_choice(LineComparison("alla", line, (), (), 2)) for line in lines] == [
        "Mot: insatserna tillsammans",
        "Mot: de visade tillsammans",
    ]


def test_a_single_insats_is_never_held_against_itself():
    store = empty_store(insats("arken", 1))
    deliver(store, *outcome("arken", 20, 40))
    assert compared(store).lines == ()


def test_the_forbunds_stated_share_is_the_line_where_periods_of_their_own_cannot_be_pooled():
    store = empty_store(insats("arken", 1), insats("bron", 2))
    deliver(store, *outcome("arken", 20, 40, "2024-02/2025-03"), *outcome("bron", 20, 40, "2024-05/2025-04"))
    deliver(store, *outcome("", 88, 277))
    (line,) = compared(store).lines
    assert (line.kod, line.line.label, line.line.value, line.comparisons) == ("insatserna", "forbundet", 88 / 277, 2)


def test_the_forbunds_own_goal_is_a_line():
    store = four_insatser()
    save_entries(store, "provet", [share_goal(plan="Plan 2025", malvarde=0.4)], ME)
    line = compared(store).lines[-1]
    assert (line.kod, line.line.kind, line.line.value, line.line.source) == ("mal-1", "target", 0.4, "Plan 2025")


def test_fewer_than_ten_are_not_compared_and_a_missing_outcome_keeps_its_row():
    found = compared(four_insatser())
    assert found.lines[0].comparisons == 2
    assert isinstance({row.key: row.value for row in found.rows}["dalen"], Missing)


def test_a_row_without_outcome_keeps_its_goal():
    store = four_insatser()
    save_entries(store, "provet", [share_goal(insats="dalen", malvarde=0.3)], ME)
    assert {row.key: row.target for row in compared(store).rows}["dalen"] == 0.3


def test_what_is_measured_later_stands_last_and_beside_no_line():
    store = empty_store(insats("arken", 1), insats("bron", 2))
    deliver(store, *outcome("arken", 20, 40), *outcome("bron", 12, 30))
    late = {"uppfoljning_avslutade": 30, "uppfoljning_arbete_studier": 10, "ej_uppfoljda": 5}
    deliver(store, *[("arken", f"{matt}@uppfoljning:avslut_12_man", "alla", "2024", n) for matt, n in late.items()])
    rows = compared(store).rows
    assert [(row.key, row.group, row.compared) for row in rows] == [
        ("arken", "vid_avslut", True),
        ("bron", "vid_avslut", True),
        ("arken", "senare", False),
    ]
    assert (rows[2].value.numerator, rows[2].value.denominator, rows[2].period) == (10, 25, Period.year(2024))


shares = st.tuples(st.integers(1, 400), st.integers(1, 99)).flatmap(
    lambda pair: st.tuples(st.integers(0, pair[0]), st.just(pair[0]), st.just(pair[1]))
)


@given(shares)
def test_a_flag_is_never_given_inside_the_limits_or_to_the_small(case):
    k, n, percent = case
    line = percent / 100
    side = judge_against_line(Measured(k / n, k, n), line)
    if n < 10:
        assert side is None
        return
    exact = Fraction(percent, 100)
    limits = score_limits(line, n, 0.998)
    outside = not limits.lower <= k / n <= limits.upper
    if min(n * exact, n * (1 - exact)) < 5:
        assert side == 0
    else:
        assert side == (0 if not outside else (1 if Fraction(k, n) > exact else -1))


@given(shares, st.integers(0, 60))
def test_unknown_outcomes_only_ever_withdraw_a_flag(case, unknown):
    k, n, percent = case
    known = judge_against_line(Measured(k / n, k, n), percent / 100)
    held = judge_against_line(Measured(k / n, k, n, unknown=unknown), percent / 100)
    assert held in (known, 0)


def test_an_insats_that_unknown_outcomes_keep_from_being_flagged_is_named():
    store = empty_store(insats("arken", 1), insats("bron", 2))
    deliver(
        store,
        *outcome("arken", 8, 81),
        ("arken", "avslutade_utan_uppgift", "alla", "2025", 8),
        *outcome("bron", 30, 90),
    )
    save_comparison_values(store, (RIKET,), ME)
    line = compared(store).lines[0]
    assert (line.over, line.under, line.undecided) == ((), (), ("arken",))
    assert is_drawn_outside(Measured(8 / 73, 8, 73), 0.34)


values = st.one_of(
    st.integers(1, 300).map(lambda n: Measured(0.5, n / 2, n)),
    st.just(Missing(Reason.UPPGIFT_SAKNAS)),
    st.just(Suppressed()),
)


@given(st.lists(values, max_size=12), st.randoms())
def test_the_order_by_n_never_depends_on_the_share(found, random):
    rows = [DotRow(str(place), "", value, YEAR, group="vid_avslut") for place, value in enumerate(found)]
    other = [
        DotRow(
            row.key, "", Measured(share, share * row.value.denominator, row.value.denominator), YEAR, group="vid_avslut"
        )
        if isinstance(row.value, Measured) and row.value.denominator and (share := random.random()) >= 0
        else row
        for row in rows
    ]
    assert [row.key for row in order_rows(rows, by_n=True)] == [row.key for row in order_rows(other, by_n=True)]
    assert order_rows(rows, by_n=False) == tuple(rows)


def test_five_years_kon_and_kommun_are_built_only_when_asked_for():
    store = empty_store(insats("arken", 1))
    for year in range(2021, 2026):
        deliver(store, *outcome("arken", 10 + year - 2021, 40, str(year)), known_from=date(2026, 1, 1))
    deliver(
        store,
        *[
            ("arken", f"{matt}@kommun:asmyra", "alla", "2025", n)
            for matt, n in (("avslutade", 12), ("till_arbete_studier", 5))
        ],
    )
    assert build(store).comparison_detail is None
    (detail,) = build(store, "comparison_detail").comparison_detail
    (multiple,) = detail.multiples
    assert [(point.period.code, point.value.numerator) for point in multiple.points] == [
        ("2021", 10),
        ("2022", 11),
        ("2023", 12),
        ("2024", 13),
        ("2025", 14),
    ]
    (kommun,) = detail.kommuner
    assert (row_key(kommun), kommun.value) == ("arken/kommun:asmyra", Measured(5 / 12, 5, 12, *wilson(5, 12)))


def test_those_outside_the_line_are_told_between_which_shares_chance_would_leave_them():
    line = compared(four_insatser()).lines[0]
    assert line.expected == (("arken", *score_limits(0.34, 64, 0.998)),)


def test_each_insats_is_held_against_itself_a_year_before():
    store = empty_store(insats("arken", 1), insats("bron", 2), insats("cirkeln", 3), insats("dalen", 4))
    deliver(store, *outcome("arken", 45, 64), *outcome("arken", 20, 60, "2024"))
    deliver(store, *outcome("bron", 5, 9), *outcome("bron", 20, 60, "2024"))
    deliver(store, *outcome("cirkeln", 20, 60))
    (detail,) = build(store, "comparison_detail").comparison_detail
    assert [(pair.label, pair.sakerhet, pair.difference is None) for pair in detail.earlier] == [
        ("Arken", "skiljer", False),
        ("Bron", "for_fa", True),
        ("Cirkeln", "", True),
    ]
    assert isinstance(detail.earlier[2].second.value, Missing)


def test_the_sections_survive_json():
    report = build(four_insatser(), "comparison_detail")
    assert from_json(to_json(report)) == report


def test_publicering_names_nobody_outside_the_line_that_it_hides():
    hidden = build(four_insatser(), "comparison_detail", lage=Lage.PUBLICERING)
    (comparison,) = hidden.comparison
    shown = {row_key(row) for row in comparison.rows if isinstance(row.value, Measured)}
    for line in comparison.lines:
        assert {*line.over, *line.under, *line.undecided} <= shown
    assert "cirkeln" not in shown
