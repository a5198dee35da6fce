"""Eftersläpning: what is usually added to a month, learnt from months that are settled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.over_time_lag import Correction, Lag, LagStep, LateSpan, judge_lag, judge_late_span
from finsam_dash.stats.series import middle_span
from finsam_dash.wording.method_page import LAG_CASE

YEAR = range(24252, 24264)


def worked_case():
    """Twelve months: of ten avslutade each, one to three are added in the first month after, one of them in work."""
    late = {(month, 1): Correction(1, count) for month, count in zip(YEAR, LAG_CASE, strict=True)}
    return late | {(month, 2): Correction(0, 0) for month in YEAR}


def test_the_worked_case_of_the_method_page():
    lag = judge_lag("insats", [worked_case()])
    assert lag == Lag("insats", (LagStep(1, 12, 12, 1, 3), LagStep(2, 12, 0, 0, 0)))
    # 4 of 10 becomes 5 of 11 with one more, 5 of 13 with three more.
    assert judge_late_span(4, 10, 1, 1, [worked_case()]) == LateSpan(5 / 13, 5 / 11, 1, 3)
    assert judge_late_span(4, 10, 1, 2, [worked_case()]) == LateSpan(0.4, 0.4, 0, 0)


def test_eleven_months_tell_nothing():
    late = {key: one for key, one in worked_case().items() if key[0] != YEAR[0]}
    assert judge_lag("insats", [late]) == Lag("insats", ())
    assert judge_late_span(4, 10, 1, 1, [late]) is None


@pytest.mark.parametrize("age", [-1, 0, 3, 5, 40])
def test_an_age_that_nobody_has_seen_has_no_span(age):
    assert judge_late_span(4, 10, 1, age, [worked_case()]) is None


def test_a_share_is_never_over_a_hundred_per_cent_nor_of_nobody():
    more_hits = {(month, 1): Correction(5, 0) for month in YEAR}
    assert judge_late_span(8, 10, 1, 1, [more_hits]) == LateSpan(1, 1, 0, 0)
    withdrawn = {(month, 1): Correction(-2, -2) for month in YEAR}
    assert judge_late_span(2, 2, 1, 1, [withdrawn]) is None


CORRECTIONS = st.dictionaries(
    st.tuples(st.integers(24252, 24290), st.integers(1, 4)),
    st.tuples(st.integers(-3, 6), st.integers(-3, 9)).map(lambda pair: Correction(*pair)),
    max_size=150,
)


def slow_sums(groups, months, age):
    """Month by month, by hand: a time that ended `age` months before it was known so."""
    found = []
    for group in groups:
        for last in range(24252, 24291):
            sums, whole = [0, 0], True
            for back in range(months):
                if age + back > 4:
                    break
                if (last - back, age + back) not in group:
                    whole = False
                    break
                sums[0] += group[last - back, age + back][0]
                sums[1] += group[last - back, age + back][1]
            if whole:
                found.append(tuple(sums))
    return found


def middle_eight_of_ten(values):
    """Take the least and the greatest away in turn, one pair for every ten values."""
    left = list(values)
    for _ in range(len(values) // 10):
        left.remove(min(left))
        left.remove(max(left))
    return min(left), max(left)


@given(st.lists(CORRECTIONS, max_size=3))
def test_the_usual_corrections_are_those_of_a_slow_count(groups):
    lag = judge_lag("insatser", groups)
    for age in range(1, 5):
        sums = slow_sums(groups, 1, age)
        found = next((step for step in lag.steps if step.age == age), None)
        if len(sums) < 12:
            assert found is None
            continue
        added = middle_eight_of_ten([n for _, n in sums])
        assert found == LagStep(age, len(sums), sum(one != (0, 0) for one in sums), *added)


@given(st.lists(CORRECTIONS, max_size=3), st.sampled_from([1, 4, 6, 12]), st.integers(1, 4), st.integers(10, 60))
def test_the_span_of_a_share_is_that_of_a_slow_count(groups, months, age, n):
    k = n // 3
    sums = slow_sums(groups, months, age)
    shares = [min(max((k + dk) / (n + dn), 0), 1) for dk, dn in sums if n + dn > 0]
    found = judge_late_span(k, n, months, age, groups)
    if min(len(sums), len(shares)) < 12:
        assert found is None
    else:
        assert found == LateSpan(*middle_eight_of_ten(shares), *middle_eight_of_ten([dn for _, dn in sums]))


def test_nothing_has_no_span():
    with pytest.raises(ValueError, match=r"^nothing has no span$"):
        middle_span([], 0.1)
