"""The records of statistik_referens.json on adding up: over insatser, over twelve months and over halves of a year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from build_figures import figure, figure_set, insats

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import Gender, Measured, Missing, Period

RECORDS = json.loads((Path(__file__).parents[1] / "stats" / "statistik_referens.json").read_text(encoding="utf-8"))
CLOSE = {"rel": 0, "abs": 1e-6}
SHARE = "andel_arbete_studier"


def record(method: str) -> tuple[dict, dict]:
    (found,) = [one for one in RECORDS if one["method"] == method]
    return found["input"], found["output"]


def compute(figures: FigureSet, indikator: str, subject: str | None, period: Period) -> Measured | Missing:
    value = compute_indicator(figures, figures.registry.indikatorer[indikator], subject, Gender.ALLA, period).value
    assert isinstance(value, Measured | Missing)
    return value


def test_the_share_of_several_insatser_is_of_their_counts() -> None:
    given, expected = record("pool_sum_of_counts")
    codes = [f"i{number}" for number in range(len(given["k"]))]
    figures = [
        figure(kod, matt, "alla", "2025", value)
        for kod, k, n in zip(codes, given["k"], given["n"], strict=True)
        for matt, value in (("till_arbete_studier", k), ("avslutade", n))
    ]
    share = compute(figure_set(figures, *map(insats, codes)), SHARE, None, Period.parse("2025"))
    assert isinstance(share, Measured)
    assert share.value == pytest.approx(expected["pooled"], **CLOSE)
    assert (share.lower, share.upper) == pytest.approx(tuple(expected["pooled_wilson"]), **CLOSE)
    mean = sum(k / n for k, n in zip(given["k"], given["n"], strict=True)) / len(codes)
    assert 100 * (mean - share.value) == pytest.approx(expected["difference_points"], **CLOSE)


def test_the_share_over_twelve_months_is_of_their_counts() -> None:
    given, expected = record("rolling_12_months")
    months = (*Period.parse("2024").months(), *Period.parse("2025").months())[: len(given["k"])]
    figures = figure_set(
        [
            figure("a", matt, "alla", month.code, value)
            for month, k, n in zip(months, given["k"], given["n"], strict=True)
            for matt, value in (("till_arbete_studier", k), ("avslutade", n))
        ],
        insats("a"),
    )
    for first, last, window in zip(months, months[11:], expected["windows"], strict=False):
        share = compute(figures, SHARE, "a", Period(first.start, last.end))
        assert isinstance(share, Measured)
        assert (share.numerator, share.denominator) == (window["k"], window["n"])
        assert (share.lower, share.upper) == pytest.approx(tuple(window["wilson"]), **CLOSE)
    assert len(months[11:]) == len(expected["windows"])


def test_those_who_left_add_up_over_halves_and_persons_do_not() -> None:
    given, expected = record("stock_flow_periods")
    halves = [
        figure("a", matt, "alla", f"2025-{half}", given[f"{name}_{half}"])
        for half in ("H1", "H2")
        for matt, name in (("avslutade", "avslutade"), ("deltagare", "participants_any_time"))
    ]
    year, persons = Period.parse("2025"), expected["year_unique_participants"]
    added = figure_set(halves, insats("a"))
    left = compute(added, "avslutade", "a", year)
    assert isinstance(left, Measured)
    assert left.value == expected["avslutade_year_if_each_exit_counted_once"]
    assert isinstance(compute(added, "deltagare", "a", year), Missing)
    stated = compute(
        figure_set([*halves, figure("a", "deltagare", "alla", "2025", persons)], insats("a")), "deltagare", "a", year
    )
    assert isinstance(stated, Measured)
    assert stated.value == persons != expected["wrong_sum"]
