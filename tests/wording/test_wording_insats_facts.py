"""What the facts of an insats say of whom their shares count."""

from __future__ import annotations

from finsam_dash.model import OF_DELTAGANDEN, DenominatorType, Gender, IndicatorRow, Measured, Period
from finsam_dash.wording.insats_facts import format_fact_below

YEAR = Period.year(2025)


def row(kod: str, value: Measured, kind: DenominatorType, *codes: str) -> IndicatorRow:
    return IndicatorRow("a", Gender.ALLA, kod, value, YEAR, kind, codes=codes)


def test_a_share_says_whom_it_is_of_when_the_numbers_beside_it_count_others() -> None:
    """What the denominator is comes from how it was counted: 175 deltaganden may be as many as the deltagare."""
    women = row("andel_kvinnor", Measured(0.5, 95, 175), DenominatorType.DELTAGARE)
    young = row("andel_under_30", Measured(0.4, 68, 175), DenominatorType.DELTAGARE, OF_DELTAGANDEN)
    lost = row("andel_bortfall", Measured(0.07, 7, 101), DenominatorType.AVSLUTADE)
    printed = row("andel_bortfall", Measured(0.03), DenominatorType.ANNAN)
    assert [format_fact_below(found) for found in (women, young, lost, printed)] == [
        "av deltagarna",
        "av deltagandena: en person kan delta flera gånger",
        "av de avslutade",
        "antal saknas",
    ]
