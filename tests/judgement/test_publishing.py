"""The narrow rule of publicering: what is not proven harmless is hidden."""

from __future__ import annotations

import pytest

from finsam_dash.judgement.publishing import protect_rows
from finsam_dash.model import (
    Coverage,
    DenominatorType,
    Gender,
    IndicatorRow,
    Measured,
    Missing,
    Period,
    Reason,
    Settings,
    Source,
    Suppressed,
)

YEAR = Period.parse("2014")
SHOWN = {"avslutade", "till_arbete_studier", "andel_arbete_studier"}


def rows(k: float, n: float, period: Period = YEAR, **share: object) -> tuple[IndicatorRow, ...]:
    source = (Source(1),)
    return (
        IndicatorRow(None, Gender.ALLA, "avslutade", Measured(n), period, sources=source),
        IndicatorRow(None, Gender.ALLA, "till_arbete_studier", Measured(k), period, sources=source),
        IndicatorRow(
            None,
            Gender.ALLA,
            "andel_arbete_studier",
            Measured(k / n, k, n, 0.1, 0.9),
            period,
            **{"namnare_typ": DenominatorType.AVSLUTADE, "sources": source, **share},  # type: ignore[arg-type]
        ),
        IndicatorRow(None, Gender.KVINNA, "avslutade", Measured(n - 6), period, sources=source),
        IndicatorRow("sara", Gender.ALLA, "avslutade", Measured(40), period, sources=source),
        IndicatorRow(None, Gender.ALLA, "nya", Measured(90), period, sources=source),
        IndicatorRow(None, Gender.ALLA, "bortfall", Missing(Reason.UPPGIFT_SAKNAS), period),
    )


def shown(found: tuple[IndicatorRow, ...]) -> set[str]:
    return {row.indikator for row in found if isinstance(row.value, Measured)}


def test_the_headline_of_a_year_is_shown_and_all_else_hidden() -> None:
    found = protect_rows(rows(88, 277), YEAR, Settings())
    assert shown(found) == SHOWN
    assert all(row.gender is Gender.ALLA and row.subject is None for row in found if isinstance(row.value, Measured))
    assert found[-1].value == Missing(Reason.UPPGIFT_SAKNAS)
    hidden = [row for row in found if isinstance(row.value, Suppressed)]
    assert len(hidden) == 3
    assert all((row.sources, row.coverage, row.codes) == ((), None, ()) for row in hidden)


@pytest.mark.parametrize(("k", "n"), [(4, 60), (57, 60), (1, 4), (3, 4)])
def test_small_counts_hide_all_three(k: int, n: int) -> None:
    assert shown(protect_rows(rows(k, n), YEAR, Settings())) == set()


@pytest.mark.parametrize(("k", "n"), [(0, 60), (60, 60), (5, 60), (55, 60)])
def test_nobody_and_the_threshold_itself_are_shown(k: int, n: int) -> None:
    assert shown(protect_rows(rows(k, n), YEAR, Settings())) == SHOWN


def test_zero_is_hidden_where_the_settings_say_so() -> None:
    assert shown(protect_rows(rows(0, 60), YEAR, Settings(show_zero=False))) == set()


@pytest.mark.parametrize("period", ["2014-H1", "2014-03", "2013-12/2014-11"])
def test_no_other_period_than_a_calendar_year(period: str) -> None:
    part = Period.parse(period)
    assert shown(protect_rows(rows(88, 277, part), part, Settings())) == set()


@pytest.mark.parametrize(
    "share",
    [
        {"namnare_typ": DenominatorType.DELTAGARE},
        {"coverage": Coverage(11, 12, ("x",))},
        {"value": Measured(0.32)},
        {"value": Measured(88 / 270, 88, 270, 0.1, 0.9, unknown=7)},
        {"value": Missing(Reason.UPPGIFT_SAKNAS)},
    ],
)
def test_fails_closed(share: dict[str, object]) -> None:
    value = share.pop("value", None)
    found = list(rows(88, 277, **share))
    if value is not None:
        found[2] = IndicatorRow(
            None,
            Gender.ALLA,
            "andel_arbete_studier",
            value,
            YEAR,
            DenominatorType.AVSLUTADE,  # type: ignore[arg-type]
        )
    assert shown(protect_rows(tuple(found), YEAR, Settings())) == set()
