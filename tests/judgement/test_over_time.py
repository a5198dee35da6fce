"""What may be said of a series: the method by how many points there are, and the words for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.over_time import SeriesReading, read_levels, read_series
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.stats.series import p_chart, trend_of_shares, xmr
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.over_time import format_reading


def brief(reading):
    return reading.kind, reading.points, reading.months, reading.side


@pytest.mark.parametrize(
    ("ks", "ns", "months", "expected"),
    [
        ([8, 9] * 10, [20] * 20, 1, SeriesReading("p_diagram", 20, 1, 0)),
        ([8, 9] * 9 + [8, 19], [20] * 20, 1, SeriesReading("p_diagram", 20, 1, 1)),
        ([1, 2] * 30, [4] * 60, 1, SeriesReading("p_diagram", 20, 3, 0)),
        ([1, 1, 2, 0] * 15, [3] * 60, 1, SeriesReading("p_diagram", 15, 4, 0)),
        ([8, 9] * 8, [20] * 16, 4, SeriesReading("p_diagram", 16, 4, 0)),
        # The last month has nine: put together with the two before it there are enough for a verdict.
        ([8, 9] * 19 + [9], [20] * 38 + [9], 1, SeriesReading("p_diagram", 13, 3, 0)),
        ([8, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8], [20] * 11, 1, SeriesReading("lopdiagram", 11, 1, 0)),
        ([4, 5, 4, 5, 4, 5, 13, 12, 14, 12, 13, 15], [20] * 12, 1, SeriesReading("lopdiagram", 12, 1, 1)),
        ([8, 9, 8, 9], [20] * 4, 1, SeriesReading("for_fa", 4, 1, 0)),
        ([5, 9, 13, 17, 21], [40] * 5, 6, SeriesReading("trend", 5, 6, 1)),
        ([12, 11, 12, 13, 12], [40] * 5, 12, SeriesReading("trend", 5, 12, 0)),
        ([12, 11, 12, 13], [40] * 4, 12, SeriesReading("for_fa", 4, 12, 0)),
        ([1, 0, 0] * 8, [2] * 24, 1, SeriesReading("for_fa", 8, 3, 0)),
        ([], [], 1, SeriesReading("for_fa", 0, 1, 0)),
    ],
)
def test_the_reading_follows_the_number_of_points(ks, ns, months, expected):
    found = read_series(ks, ns, months)
    assert brief(found) == brief(expected)
    assert (found.center is not None, bool(found.limits)) == (
        (True, True) if found.kind == "p_diagram" else (False,) * 2
    )


COUNTS = st.integers(0, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(COUNTS, max_size=70), st.sampled_from([1, 3, 4, 6, 12]), st.sampled_from([None, 0.2, 0.5]))
def test_no_reading_is_made_of_too_little_and_its_limits_are_those_of_the_method(counts, months, target):
    ks, ns = [k for k, _ in counts], [n for _, n in counts]
    found = read_series(ks, ns, months, target, True)
    assert found.months % months == 0
    size = found.months // months
    rest = len(counts) % size
    blocks = [(sum(ks[i : i + size]), sum(ns[i : i + size])) for i in range(rest, len(counts), size)]
    used = [block for block in blocks if block[1]]
    if found.kind == "for_fa":
        assert (found.side, found.rule, found.reach, found.limits) == (0, "", "", ())
        return
    assert found.points == len(used)
    hits, total = sum(k for k, _ in used), sum(n for _, n in used)
    assert min(hits, total - hits) >= 3 * len(used)
    if found.kind == "trend":
        assert found.months >= 6
        assert len(used) >= 5
        return
    assert found.months < 6
    if found.kind == "lopdiagram":
        assert len(used) >= 10
        return
    assert len(used) >= 13
    assert used[-1][1] >= SMALLEST_N
    chart = p_chart([k for k, _ in used], [n for _, n in used])
    assert [(one.lower, one.upper) for one in found.limits] == list(zip(chart.lower, chart.upper, strict=True))
    last = found.limits[-1]
    assert last.is_signal is (found.side != 0) is (found.rule != "")
    if target is not None:
        assert found.reach == ("alltid" if target < last.lower else "aldrig" if target > last.upper else "ibland")


def test_a_falling_point_that_still_lies_high_is_read_as_falling():
    """Ten low months, then a leap and seven falling ones: the last is above the centre and goes down."""
    ks = [20, 21] * 8 + [62, 59, 56, 53, 50, 47, 44]
    found = read_series(ks, [100] * len(ks), 1)
    assert ks[-1] > p_chart(ks, [100] * len(ks)).center
    assert (found.side, found.rule) == (1, "sju_pa_en_sida")
    gentle = [36, 34] * 10 + [41, 40, 39, 38, 37, 36, 35.5]
    levels = read_levels([value / 100 for value in gentle], 1)
    assert (levels.kind, levels.rule, levels.side) == ("xmr", "sju_at_samma_hall", -1)


def test_shares_without_counts_are_read_by_xmr_from_thirteen_points():
    values = [0.3, 0.34, 0.31, 0.36, 0.33, 0.29, 0.35, 0.32, 0.3, 0.37, 0.33, 0.31, 0.6]
    found = read_levels(values, 12, 0.35, True)
    chart = xmr(values)
    assert (found.kind, found.side, found.rule, found.reach) == ("xmr", 1, "utanfor_grans", "ibland")
    assert [(one.lower, one.upper) for one in found.limits] == list(zip(chart.lower, chart.upper, strict=True))
    assert read_levels(values[:12], 12).kind == "lopdiagram"
    assert read_levels(values[:9], 12) == SeriesReading("for_fa", 9, 12, last=8)


def test_a_year_in_which_nobody_left_is_no_point_but_time_that_passed():
    ks, ns = [5, 9, 0, 13, 17, 30], [40, 40, 0, 40, 40, 40]
    found = read_series(ks, ns, 12)
    assert (found.kind, found.points, found.side) == ("trend", 5, 1)
    assert trend_of_shares([5, 9, 13, 17, 30], [40] * 5, [0, 1, 3, 4, 5]).p < 0.05


@pytest.mark.parametrize(
    ("ks", "target", "higher", "reach"),
    [
        ([40, 41] * 8, 0.2, True, "alltid"),
        ([40, 41] * 8, 0.2, False, "aldrig"),
        ([40, 41] * 8, 0.4, True, "ibland"),
        ([40, 41] * 8, 0.7, True, "aldrig"),
        ([40, 41] * 8, 0.7, None, ""),
        ([40, 41] * 8, 1.0, True, ""),
    ],
)
def test_whether_single_points_meet_the_target(ks, target, higher, reach):
    assert read_series(ks, [100] * 16, 1, target, higher).reach == reach


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (SeriesReading("for_fa", 4, 12), "För få mätpunkter för att säga något om utvecklingen: 4 år, minst 5 behövs."),
        (
            SeriesReading("p_diagram", 20, 3, 0),
            "Det senaste kvartalet skiljer sig inte mer än slumpen brukar ge (p-diagram, 20 kvartal).",
        ),
        (
            SeriesReading("p_diagram", 14, 1, -1),
            "Den senaste månaden är lägre än slumpen brukar ge (p-diagram, 14 månader).",
        ),
        (SeriesReading("lopdiagram", 11, 1, 0), "Inget tecken på förskjutning (löpdiagram, 11 månader)."),
        (
            SeriesReading("lopdiagram", 11, 3, 1),
            "Nivån har förskjutits under tiden, mer än slumpen brukar ge (löpdiagram, 11 kvartal).",
        ),
        (SeriesReading("trend", 10, 6, 1), "Andelen har ökat över 10 halvår, mer än slumpen förklarar."),
        (SeriesReading("trend", 10, 6, 0), "Ingen säker ökning eller minskning över 10 halvår."),
    ],
)
def test_the_words(reading, text):
    assert format_plain(format_reading(reading)) == text
