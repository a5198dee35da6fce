"""Equal mix: whom it is computed for, what it gives, and when the shares as they are mislead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.comparison_mix import is_large_enough, judge_mix
from finsam_dash.stats.proportions import newcombe
from finsam_dash.wording.method_page import MIX_CASE, format_mix_case
from finsam_dash.wording.numbers import format_plain

# The method note's Simpson case: A meets mostly those far from work, and is better for both groups.
SIMPSON = {"a": {"nara": (18, 30), "langt": (14, 70)}, "b": {"nara": (42, 75), "langt": (4, 25)}}


def test_it_is_the_case_that_the_method_page_works_out():
    assert [list(strata.values()) for strata in MIX_CASE.values()] == [list(one.values()) for one in SIMPSON.values()]
    assert "| 32 av 100 (32 %) | 41 % (31–51 %) |" in format_plain(format_mix_case())
    assert "| 46 av 100 (46 %) | 37 % (30–47 %) |" in format_plain(format_mix_case())


def test_the_simpson_case_turns():
    mix = judge_mix(SIMPSON)
    assert mix.weights == {"nara": 105, "langt": 95}
    assert mix.standardised["a"].value == pytest.approx(105 / 200 * 18 / 30 + 95 / 200 * 14 / 70)
    assert mix.standardised["b"].value == pytest.approx(105 / 200 * 42 / 75 + 95 / 200 * 4 / 25)
    assert newcombe(32, 100, 46, 100).upper < 0, "as they are the two differ by more than chance explains"
    assert mix.turned == (("a", "b"),)


def test_an_order_that_chance_explains_is_not_called_turned():
    small = {kod: {klass: (k // 2, n // 2) for klass, (k, n) in one.items()} for kod, one in SIMPSON.items()}
    mix = judge_mix(small)
    assert mix.standardised["a"].value > mix.standardised["b"].value
    assert mix.turned == ()


def test_an_insats_with_nine_in_a_group_is_left_out_of_the_weights_too():
    mix = judge_mix(SIMPSON | {"c": {"nara": (9, 9), "langt": (1, 500)}})
    assert set(mix.standardised) == {"a", "b"}
    assert mix.weights == {"nara": 105, "langt": 95}


@pytest.mark.parametrize(
    "groups",
    [
        {},
        {"a": SIMPSON["a"]},
        {"a": SIMPSON["a"], "b": {"nara": (42, 75)}},
        {"a": {"nara": (18, 30)}, "b": {"nara": (42, 75)}},
        {"a": {"nara": (0, 0)}, "b": {"nara": (0, 0)}},
    ],
)
def test_two_groups_in_two_insatser_are_the_least(groups):
    mix = judge_mix(groups)
    assert (mix.standardised, mix.weights, mix.turned) == ({}, {}, ())


def test_a_group_that_nobody_is_in_counts_for_nothing():
    empty = {kod: one | {"okand": (0, 0)} for kod, one in SIMPSON.items()}
    assert judge_mix(empty) == judge_mix(SIMPSON)
    assert is_large_enough({"nara": (1, 10)}, frozenset({"nara"}))
    assert not is_large_enough({"nara": (1, 9)}, frozenset({"nara"}))


COUNTS = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
GROUPS = st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.sampled_from("xyz"), COUNTS), max_size=4)


@given(GROUPS)
def test_the_standardised_share_is_what_each_insats_would_have_with_the_weights(groups):
    mix = judge_mix(groups)
    used = {klass for one in groups.values() for klass, (_, n) in one.items() if n}
    large = {kod for kod, one in groups.items() if all(one.get(klass, (0, 0))[1] >= 10 for klass in used)}
    if len(large) < 2 or len(used) < 2:
        assert not mix.standardised
        return
    assert set(mix.standardised) == large
    persons = {klass: sum(groups[kod][klass][1] for kod in large) for klass in used}
    assert mix.weights == persons
    for kod, found in mix.standardised.items():
        expected = sum(persons[klass] * groups[kod][klass][0] / groups[kod][klass][1] for klass in used)
        assert found.value == pytest.approx(expected / sum(persons.values()))
        assert 0 <= found.lower <= found.value <= found.upper <= 1
    for lower, higher in mix.turned:
        assert mix.standardised[lower].value > mix.standardised[higher].value
