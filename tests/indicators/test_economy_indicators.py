"""Money: quotas over the budget's own time, and cost per deltagande and result only over the same time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from build_figures import figure, insats
from published_store import published_store

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import (
    EconomyRow,
    Figure,
    Gender,
    Insats,
    InsatsPeriod,
    Measured,
    Missing,
    Period,
    PostState,
    PostType,
    Reason,
    Unit,
    Value,
)
from finsam_dash.report.build import load_figure_set

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def value(
    code: str, figures: list[Figure], period: str, of: str | None = "bro", rows: tuple[EconomyRow, ...] = ()
) -> Value:
    found = FigureSet(figures, [insats("bro"), insats("stegen")], load_registry(), rows)
    return compute_indicator(found, load_registry().indikatorer[code], of, Gender.ALLA, Period.parse(period)).value


def money(budget: float, monthly: float) -> list[Figure]:
    costs = [figure("bro", "kostnad", "alla", month, monthly) for month in MONTHS]
    return [figure("bro", "budget", "alla", "2025", budget), *costs]


@pytest.mark.parametrize(
    ("code", "period", "expected"),
    [
        ("forbrukningskvot", "2025", 1.0),
        ("forbrukad_andel", "2025", 1.0),
        ("forbrukningskvot", "2025-H1", 1.0),
        ("forbrukad_andel", "2025-H1", 0.5),
        ("forbrukad_andel", "2025-03", 0.25),
        ("forbrukningskvot", "2025-03", 1.0),
    ],
)
def test_quota_is_to_date_and_share_is_of_the_whole_year(code: str, period: str, expected: float) -> None:
    found = value(code, money(1200, 100), period)
    assert isinstance(found, Measured)
    assert found.value == pytest.approx(expected)


@pytest.mark.parametrize("code", ["forbrukningskvot", "forbrukad_andel"])
def test_a_budget_of_nothing_is_neither_zero_nor_endless(code: str) -> None:
    assert value(code, money(0, 100), "2025") == Missing(Reason.EJ_TILLAMPLIGT, "budget_noll")


def test_without_a_budget_the_quota_is_missing() -> None:
    assert value("forbrukningskvot", [], "2025") == Missing(Reason.INGEN_UPPGIFT_ANNU, "ingen_budget")


def test_cost_per_result_is_the_methods_worked_case() -> None:
    """Source: the method's section on money: 3 000 000 kr, 18 of 60: 166 667 kr (117 623-251 279)."""
    counts = [
        figure("bro", "kostnad", "alla", "2025", 3_000_000),
        figure("bro", "avslutade", "alla", "2025", 60),
        figure("bro", "till_arbete_studier", "alla", "2025", 18),
        figure("bro", "pagaende", "alla", "2025", 40),
        figure("bro", "nya", "alla", "2025", 60),
    ]
    found = value("kostnad_per_resultat", counts, "2025")
    assert isinstance(found, Measured)
    assert [round(number or 0) for number in (found.value, found.lower, found.upper)] == [166_667, 117_623, 251_279]
    each = value("kostnad_per_deltagande", counts, "2025")
    assert isinstance(each, Measured)
    assert each.value == 30_000


def test_no_result_gives_no_cost_but_a_least_one() -> None:
    counts = [
        figure("bro", "kostnad", "alla", "2025", 1_000_000),
        figure("bro", "avslutade", "alla", "2025", 10),
        figure("bro", "till_arbete_studier", "alla", "2025", 0),
    ]
    found = value("kostnad_per_resultat", counts, "2025")
    assert isinstance(found, Missing)
    assert found.reason is Reason.EJ_TILLAMPLIGT
    kind, _, least = found.detail.partition(":")
    assert kind == "minst_kr"
    assert 300_000 < int(least) < 400_000


def test_cost_and_cohort_of_different_times_give_nothing() -> None:
    counts = [
        figure("bro", "kostnad", "alla", "2025", 1_000_000),
        figure("bro", "avslutade", "alla", "2024-07/2025-12", 10),
        figure("bro", "till_arbete_studier", "alla", "2024-07/2025-12", 5),
    ]
    assert value("kostnad_per_resultat", counts, "2025") == Missing(Reason.EJ_TILLAMPLIGT, "kostnad_annan_tid")


def test_a_partial_sum_says_which_insats_lacks() -> None:
    found = FigureSet(money(1200, 100), [insats("bro"), insats("stegen")], load_registry())
    row = compute_indicator(found, load_registry().indikatorer["forbrukad_andel"], None, Gender.ALLA, Period.year(2025))
    assert row.coverage is not None
    assert (row.coverage.included, row.coverage.expected, row.coverage.without) == (1, 2, ("stegen",))


@pytest.mark.parametrize(
    ("kod", "expected"),
    [("athena", 0.93), ("enter", 0.87), ("sara", 0.92), ("hikikomori", 0.75), ("samordnad-alvkarleby", 1.11)],
)
def test_printed_quotas_belong_to_the_running_insatsperiod(kod: str, expected: float) -> None:
    """Source: Årsredovisning 2014, Samverkansinsatser; SARA and Hikikomori have several rows, one runs in 2014."""
    figures = load_figure_set(published_store(), "uppsala-lan")
    row = compute_indicator(
        figures, load_registry().indikatorer["forbrukningskvot"], kod, Gender.ALLA, Period.year(2014)
    )
    assert isinstance(row.value, Measured)
    assert row.value.value == expected


def test_the_whole_of_2014_is_the_printed_sum() -> None:
    figures = load_figure_set(published_store(), "uppsala-lan")
    row = compute_indicator(
        figures, load_registry().indikatorer["forbrukad_andel"], None, Gender.ALLA, Period.year(2014)
    )
    assert isinstance(row.value, Measured)
    assert row.value.value == pytest.approx(20_440 / 25_241)


def test_costs_are_taken_from_one_table_only() -> None:
    def row(table: str, unit: Unit, amount: str) -> EconomyRow:
        year = Period.year(2025)
        return EconomyRow(
            table, table, PostType.KOSTNAD, PostState.UTFALL, "K", "p", year, Decimal(amount), unit, insats="bro"
        )

    counts = [figure("bro", "pagaende", "alla", "2025", 4), figure("bro", "nya", "alla", "2025", 6)]
    rows = (row("tabellen", Unit.TKR, "1000"), row("noten", Unit.KR, "1000400"))
    found = value("kostnad_per_deltagande", counts, "2025", rows=rows)
    assert isinstance(found, Measured)
    assert found.value == pytest.approx(100_040)


def test_insatser_without_personuppgifter_have_no_cost_per_result() -> None:
    from finsam_dash.model import CountingMode

    anonym = Insats("a", "A", (InsatsPeriod(date(2020, 1, 1), None),), counting_mode=CountingMode.ANONYM)
    row = compute_indicator(
        FigureSet([], [anonym], load_registry()),
        load_registry().indikatorer["kostnad_per_resultat"],
        "a",
        Gender.ALLA,
        Period.year(2025),
    )
    assert row.value == Missing(Reason.EJ_TILLAMPLIGT, "raknesatt:anonym")
