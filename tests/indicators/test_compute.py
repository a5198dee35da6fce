"""Indicators in worked cases, and against a second, stupid implementation."""

from __future__ import annotations

from datetime import date

import pytest
from build_figures import figure, figure_set, insats
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.indicators.compute import compute_indicators
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import (
    OF_DELTAGANDEN,
    CountingMode,
    Coverage,
    DenominatorType,
    Gender,
    GenderScope,
    IndicatorRow,
    Measured,
    Missing,
    Period,
    Reason,
)

YEAR = Period.parse("2025")
MONTHS = [month.code for month in YEAR.months()]


def find(
    figures: FigureSet, indikator: str, insats: str | None = None, gender: str = "alla", period: Period = YEAR
) -> IndicatorRow:
    (row,) = [
        row
        for row in compute_indicators(figures, period)
        if (row.subject, row.indikator, row.gender) == (insats, indikator, Gender(gender))
    ]
    return row


def measured(row: IndicatorRow) -> Measured:
    assert isinstance(row.value, Measured), row.value
    return row.value


def test_counts_are_pooled_and_percentages_never_averaged() -> None:
    """3/5, 12/20, 9/45, 30/100 -> 54/170 = 31.76 %, not 42.5 %. Source: method note, section 3."""
    counts = {"a": (3, 5), "b": (12, 20), "c": (9, 45), "d": (30, 100)}
    figures = [
        figure(kod, matt, "alla", "2025", value)
        for kod, (k, n) in counts.items()
        for matt, value in (("till_arbete_studier", k), ("avslutade", n))
    ]
    share = measured(find(figure_set(figures, *map(insats, counts)), "andel_arbete_studier"))
    assert (share.numerator, share.denominator) == (54, 170)
    assert share.value == pytest.approx(0.317647, abs=1e-6)
    assert (share.lower, share.upper) == pytest.approx((0.252353, 0.391001), abs=1e-6)


def test_stated_total_wins_over_the_sum_of_its_parts() -> None:
    figures = [
        figure("a", "nya", "kvinna", "2025", 4),
        figure("a", "nya", "man", "2025", 5),
        figure("a", "nya", "alla", "2025", 10),
    ]
    assert measured(find(figure_set(figures, insats("a")), "nya", "a")).value == 10


def test_a_lacking_row_for_one_kon_makes_the_total_missing() -> None:
    figures = figure_set([figure("a", "nya", "kvinna", "2025", 4)], insats("a"))
    assert find(figures, "nya", "a").value == Missing(Reason.UPPGIFT_SAKNAS, "rad:man")
    assert measured(find(figures, "nya", "a", "kvinna")).value == 4


def test_an_insats_for_women_only_needs_no_row_for_men() -> None:
    figures = [figure(kod, "nya", "kvinna", "2025", 4) for kod in "ab"] + [figure("b", "nya", "man", "2025", 6)]
    found = figure_set(figures, insats("a", gender_scope=GenderScope.KVINNOR), insats("b"))
    assert measured(find(found, "nya", "a")).value == 4
    assert find(found, "nya", "a", "man").value == Missing(Reason.EJ_TILLAMPLIGT, "kon:kvinnor")
    assert measured(find(found, "nya", gender="man")).value == 6
    assert find(found, "nya", gender="man").coverage is None
    assert measured(find(found, "nya")).value == 14


def test_an_insats_for_men_is_in_the_share_of_women_with_nobody() -> None:
    women = [figure("a", "deltagare", "kvinna", "2025", 30)]
    men = [figure("b", matt, "man", "2025", 10) for matt in ("pagaende", "nya")]
    both = [figure("c", matt, gender, "2025", 10) for matt in ("pagaende", "nya") for gender in ("kvinna", "man")]
    own = [figure("a", matt, "kvinna", "2025", 15) for matt in ("pagaende", "nya")]
    found = figure_set(
        women + men + both + own,
        insats("a", gender_scope=GenderScope.KVINNOR),
        insats("b", gender_scope=GenderScope.MAN),
        insats("c"),
    )
    assert measured(find(found, "andel_kvinnor", "a")).value == 1
    assert (
        measured(find(found, "andel_kvinnor", "b")).numerator,
        measured(find(found, "andel_kvinnor", "b")).denominator,
    ) == (0, 20)
    whole = find(found, "andel_kvinnor")
    assert (measured(whole).numerator, measured(whole).denominator, whole.coverage) == (50, 90, None)
    assert find(found, "deltaganden", "b", "kvinna").value == Missing(Reason.EJ_TILLAMPLIGT, "kon:man")
    nothing = figure_set([], insats("b", gender_scope=GenderScope.MAN))
    assert find(nothing, "andel_kvinnor", "b").value == find(nothing, "andel_under_30", "b").value


def test_other_or_unknown_kon_is_part_of_the_total_where_delivered() -> None:
    figures = [figure("a", "nya", gender, "2025", 2) for gender in ("kvinna", "man", "annat_okant")]
    found = figure_set(figures, insats("a"))
    assert measured(find(found, "nya", "a")).value == 6
    assert measured(find(found, "nya", "a", "annat_okant")).value == 2


def test_kon_delivered_over_different_tiles_add_up() -> None:
    figures = [figure("a", "nya", "kvinna", month, 1) for month in MONTHS]
    figures += [figure("a", "nya", "man", f"2025-K{quarter}", 2) for quarter in range(1, 5)]
    assert measured(find(figure_set(figures, insats("a")), "nya", "a")).value == 12 + 8


def test_missing_month_names_the_gap_and_zero_is_a_value() -> None:
    figures = [figure("a", "nya", "alla", month, 0) for month in MONTHS if month not in ("2025-03", "2025-04")]
    found = figure_set(figures, insats("a"))
    assert find(found, "nya", "a").value == Missing(Reason.UPPGIFT_SAKNAS, "lucka:2025-03/2025-04")
    assert measured(find(found, "nya", "a", period=Period.parse("2025-K4"))).value == 0


def test_what_the_source_hides_is_told_apart_from_an_empty_cell() -> None:
    months = [figure("a", "nya", "alla", month, 1) for month in MONTHS[1:]]
    for reason, kind in ((Reason.UPPGIFT_SAKNAS, "period"), (Reason.DOLT_HOS_KALLAN, "tid")):
        found = figure_set([figure("a", "nya", "alla", MONTHS[0], None, reason=reason), *months], insats("a"))
        assert find(found, "nya", "a").value == Missing(reason, f"{kind}:{MONTHS[0]}")


def test_a_month_that_is_not_over_is_told_apart_and_blames_nobody() -> None:
    both = [figure(kod, "nya", "alla", f"2025-{number:02d}", 1) for kod in ("a", "b") for number in range(1, 11)]
    own = (insats("a"), insats("b"))
    running = FigureSet(both, own, load_registry(), as_of=date(2025, 11, 23))
    not_over = Missing(Reason.UPPGIFT_SAKNAS, "ej_slut:2025-11/2025-12")
    assert find(running, "nya", "a").value == not_over
    assert find(running, "nya", None).value == not_over
    # b has not handed in October, which is over; a has, and only waits for the months to pass.
    late = FigureSet(both[:-1], own, load_registry(), as_of=date(2025, 11, 23))
    assert find(late, "nya", "b").value == Missing(Reason.UPPGIFT_SAKNAS, "lucka:2025-10;ej_slut:2025-11/2025-12")
    assert find(late, "nya", None).value == Missing(Reason.UPPGIFT_SAKNAS, "insatser:b;ej_slut:2025-11/2025-12")
    over = FigureSet(both, own, load_registry(), as_of=date(2026, 1, 10))
    assert find(over, "nya", None).value == Missing(Reason.UPPGIFT_SAKNAS, "insatser:a,b")


def test_months_before_the_insats_began_are_no_gap() -> None:
    figures = [figure("a", "nya", "alla", month, 2) for month in MONTHS[8:]]
    assert measured(find(figure_set(figures, insats("a", "2025-09-01")), "nya", "a")).value == 8


def test_deltaganden_are_those_at_the_start_and_the_new() -> None:
    figures = [figure("a", "pagaende", "alla", month, 10 + index) for index, month in enumerate(MONTHS)]
    figures += [figure("a", "nya", "alla", month, 3) for month in MONTHS]
    assert measured(find(figure_set(figures, insats("a")), "deltaganden", "a")).value == 10 + 36


def test_unique_participants_are_never_added_or_tiled() -> None:
    figures = [figure("a", "deltagare", "alla", month, 5) for month in MONTHS]
    figures += [figure(kod, "deltagare", "alla", "2025-H1", 30) for kod in "ab"]
    found = figure_set(figures, insats("a"), insats("b"))
    assert isinstance(find(found, "deltagare", "a").value, Missing)
    assert isinstance(find(found, "deltagare", period=Period.parse("2025-H1")).value, Missing)
    assert measured(find(found, "deltagare", "a", period=Period.parse("2025-H1"))).value == 30


def test_sum_over_insatser_else_stated_else_partial_with_coverage() -> None:
    figures = [figure("a", "avslutade", "alla", "2025", 20), figure("a", "till_arbete_studier", "alla", "2025", 6)]
    pair = (insats("a"), insats("b"))
    partial = find(figure_set(figures, *pair), "andel_arbete_studier")
    assert partial.coverage == Coverage(1, 2, ("b",))
    assert (measured(partial).numerator, measured(partial).denominator) == (6, 20)

    stated = [figure("", "avslutade", "alla", "2025", 50), figure("", "till_arbete_studier", "alla", "2025", 9)]
    share = find(figure_set(figures + stated, *pair), "andel_arbete_studier")
    assert (measured(share).numerator, measured(share).denominator, share.coverage) == (9, 50, None)

    whole = [figure("b", "avslutade", "alla", "2025", 10), figure("b", "till_arbete_studier", "alla", "2025", 4)]
    share = find(figure_set(figures + stated + whole, *pair), "andel_arbete_studier")
    assert (measured(share).numerator, measured(share).denominator, share.coverage) == (10, 30, None)


def test_numerator_and_denominator_are_over_the_same_insatser() -> None:
    figures = [figure(kod, "avslutade", "alla", "2025", 20) for kod in "ab"]
    figures.append(figure("a", "till_arbete_studier", "alla", "2025", 6))
    share = find(figure_set(figures, insats("a"), insats("b")), "andel_arbete_studier")
    assert (measured(share).numerator, measured(share).denominator) == (6, 20)
    assert share.coverage == Coverage(1, 2, ("b",))


def test_a_volyminsats_is_not_expected_to_give_outcomes() -> None:
    figures = [figure("a", "avslutade", "alla", "2025", 20), figure("a", "till_arbete_studier", "alla", "2025", 6)]
    found = figure_set(figures, insats("a"), insats("v", counting_mode=CountingMode.VOLYM))
    assert find(found, "andel_arbete_studier").coverage is None
    assert find(found, "andel_arbete_studier", "v").value == Missing(Reason.EJ_TILLAMPLIGT, "raknesatt:volym")


def test_unknown_outcomes_stand_outside_the_denominator() -> None:
    figures = [
        figure("a", "avslutade", "alla", "2025", 20),
        figure("a", "avslutade_utan_uppgift", "alla", "2025", 4),
        figure("a", "till_arbete_studier", "alla", "2025", 8),
        figure("a", "bortfall", "alla", "2025", 6),
    ]
    found = figure_set(figures, insats("a"))
    row = find(found, "andel_arbete_studier", "a")
    assert (measured(row).denominator, measured(row).unknown, row.codes) == (16, 4, ())
    assert measured(find(found, "andel_arbete_studier_fullfoljda", "a")).denominator == 10
    assert measured(find(found, "andel_bortfall", "a")).denominator == 20


def test_a_share_of_deltagare_that_is_counted_in_deltaganden_says_so() -> None:
    """Without unique persons the registry's or_else counts deltaganden; with them it does not."""
    young, counts = "alder:under_30", [("pagaende", 8, 3), ("nya", 2, 1)]
    times = [figure("a", matt, "alla", month, n) for month in MONTHS for matt, n, _ in counts]
    times += [figure("a", matt, "alla", month, n, klass=young) for month in MONTHS for matt, _, n in counts]
    row = find(figure_set(times, insats("a")), "andel_under_30", "a")
    assert (measured(row).denominator, row.codes) == (8 + 12 * 2, (OF_DELTAGANDEN,))
    persons = [figure("a", "deltagare", "alla", "2025", n, klass=klass) for n, klass in ((30, ""), (12, young))]
    row = find(figure_set(times + persons, insats("a")), "andel_under_30", "a")
    assert (measured(row).denominator, row.codes) == (30, ())


def test_unknown_never_delivered_and_unknown_delivered_in_part() -> None:
    base = [figure("a", matt, "alla", month, 5) for matt in ("avslutade", "till_arbete_studier") for month in MONTHS]
    row = find(figure_set(base, insats("a")), "andel_arbete_studier", "a")
    assert (measured(row).denominator, row.codes) == (60, ("namnare_ar_avslutade",))

    partly = [figure("a", "avslutade_utan_uppgift", "alla", month, 0) for month in MONTHS[:6]]
    row = find(figure_set(base + partly, insats("a")), "andel_arbete_studier", "a")
    assert row.value == Missing(Reason.UPPGIFT_SAKNAS, "lucka:2025-H2")


def test_shares_of_different_denominators_are_never_pooled() -> None:
    """25 of 58 deltagare is a share too, and says so; the förbund's share of avslutade leaves it out."""
    figures = [
        figure(
            "a", "andel_arbete_studier", "alla", "2025", 0.43, counts=(25, 58), namnare_typ=DenominatorType.DELTAGARE
        ),
        figure("b", "andel_arbete_studier", "alla", "2025", 0.30, counts=(6, 20)),
    ]
    found = figure_set(figures, insats("a"), insats("b"))
    row = find(found, "andel_arbete_studier", "a")
    assert (measured(row).value, row.namnare_typ) == (pytest.approx(25 / 58), DenominatorType.DELTAGARE)
    assert measured(row).published == 0.43
    whole = find(found, "andel_arbete_studier")
    assert (measured(whole).numerator, measured(whole).denominator) == (6, 20)
    assert whole.coverage == Coverage(1, 2, ("a",))


def test_a_share_published_without_counts_has_no_interval() -> None:
    row = find(
        figure_set([figure("", "andel_arbete_studier", "man", "2025", 0.34)]), "andel_arbete_studier", None, "man"
    )
    assert row.value == Measured(0.34, published=0.34)


def test_nobody_in_the_denominator_is_not_applicable() -> None:
    figures = [figure("a", matt, "alla", "2025", 0) for matt in ("avslutade", "till_arbete_studier")]
    row = find(figure_set(figures, insats("a")), "andel_arbete_studier", "a")
    assert row.value == Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")


def test_a_cut_without_meaning_is_not_applicable() -> None:
    found = figure_set([figure("a", "deltagare", gender, "2025", 5) for gender in ("kvinna", "man")], insats("a"))
    assert find(found, "andel_kvinnor", "a", "kvinna").value == Missing(Reason.EJ_TILLAMPLIGT)
    assert measured(find(found, "andel_kvinnor", "a")).value == 0.5


counts = st.integers(0, 12)
cells = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(MONTHS), st.sampled_from(["kvinna", "man"])),
    st.tuples(counts, counts).map(lambda pair: (min(pair), max(pair))),
    max_size=72,
)


@given(cells)
def test_like_adding_by_hand(delivered: dict[tuple[str, str, str], tuple[int, int]]) -> None:
    figures = []
    for (kod, month, gender), (k, n) in delivered.items():
        figures += [figure(kod, "till_arbete_studier", gender, month, k), figure(kod, "avslutade", gender, month, n)]
    row = find(figure_set(figures, *map(insats, "abc")), "andel_arbete_studier")

    whole = [
        kod
        for kod in "abc"
        if all((kod, month, gender) in delivered for month in MONTHS for gender in ("kvinna", "man"))
    ]
    k = sum(pair[0] for key, pair in delivered.items() if key[0] in whole)
    n = sum(pair[1] for key, pair in delivered.items() if key[0] in whole)
    if not whole or n == 0:
        assert isinstance(row.value, Missing)
    else:
        assert (measured(row).numerator, measured(row).denominator) == (k, n)
        assert row.coverage == (
            None if len(whole) == 3 else Coverage(len(whole), 3, tuple(sorted(set("abc") - set(whole))))
        )
