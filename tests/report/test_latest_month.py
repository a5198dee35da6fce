"""Who has handed in the latest month: against worked cases, and in words."""

from __future__ import annotations

import pytest
from build_figures import figure, figure_set, insats

from finsam_dash.model import CountingMode, Figure, Period
from finsam_dash.report.latest_month import LatestMonth, find_latest_month
from finsam_dash.wording.delivery import format_latest_month
from finsam_dash.wording.numbers import format_plain

NAMES = {"a": "Stegen", "b": "Bron", "c": "Navet"}


def months(kod: str, *codes: str, matt: str = "avslutade") -> list[Figure]:
    return [figure(kod, matt, "alla", code, 1) for code in codes]


def test_the_latest_month_of_all_and_who_lacks_it() -> None:
    figures = [
        *months("a", "2026-09", "2026-10"),
        *months("b", "2026-09"),
        # Counts its visitors alone, and has its own month too.
        *months("c", "2026-10", matt="deltagare_utan_personuppgifter"),
        # Whole years are no months, and who has ended or never reported by month is not waited for.
        *months("d", "2025"),
        *months("e", "2026-08"),
    ]
    own = (
        insats("a"), insats("b"), insats("c", counting_mode=CountingMode.ANONYM), insats("d"),
        insats("e", end="2026-08-31"),
    )  # fmt: skip
    assert find_latest_month(figure_set(figures, *own)) == LatestMonth(Period.parse("2026-10"), ("a", "c"), ("b",))


def test_a_forbund_that_reports_by_year_has_no_latest_month() -> None:
    assert find_latest_month(figure_set(months("a", "2025"), insats("a"))) is None
    assert find_latest_month(figure_set([], insats("a"))) is None


@pytest.mark.parametrize(
    ("handed_in", "lacking", "expected"),
    [
        ("a", "", "Senaste månaden, oktober 2026: insatsen har lämnat."),
        ("ab", "", "Senaste månaden, oktober 2026: båda insatserna har lämnat."),
        ("abc", "", "Senaste månaden, oktober 2026: alla 3 insatser har lämnat."),
        ("a", "bc", "Senaste månaden, oktober 2026: 1 av 3 insatser har lämnat. Det saknas från Bron och Navet."),
    ],
)
def test_the_sentence(handed_in: str, lacking: str, expected: str) -> None:
    found = LatestMonth(Period.parse("2026-10"), tuple(handed_in), tuple(lacking))
    assert format_plain(format_latest_month(found, NAMES)) == expected
