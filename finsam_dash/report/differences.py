"""Two groups or two times side by side, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.comparison import judge_groups, judge_periods
from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.model import DenominatorType, Gender, GenderScope, Insats, Measured, Missing, Period, Reason, Value
from finsam_dash.report.content_parts import DotRow, GroupDifference
from finsam_dash.report.outcomes import HEADLINE, compute_nearest, is_counted

LONGEST_PERIOD = 12
"""Months: a longer period would overlap the same time a year before."""


def build_kon(figures: FigureSet, insats: Insats, period: Period) -> GroupDifference | None:
    """Kvinnor and män with the difference and its interval; None for an insats that is open to one kön only."""
    if insats.gender_scope is not GenderScope.BADA:
        return None
    indikator = figures.registry.indikatorer[HEADLINE]
    first, second = (
        compute_nearest(figures, indikator, insats.kod, gender, period) for gender in (Gender.KVINNA, Gender.MAN)
    )
    same = first.period == second.period and first.namnare_typ is second.namnare_typ
    verdict = judge_groups(first.value, second.value if same else Missing(Reason.UPPGIFT_SAKNAS))
    dots = [
        DotRow(f"{insats.kod}/{row.gender}", str(row.gender), row.value, row.period, row.namnare_typ)
        for row in (first, second)
    ]
    return GroupDifference(
        insats.kortnamn or insats.namn,
        dots[0],
        dots[1],
        verdict.difference,
        verdict.lower,
        verdict.upper,
        judge_words(verdict.differs, (first.value, second.value)),
    )


def build_earlier(figures: FigureSet, kod: str | None, period: Period) -> GroupDifference | None:
    """The period against the same time a year before, with the difference where one may be said. Nothing is hidden yet.

    None where neither is known or the two would overlap. `kod` None is the whole förbund.
    """
    if period.month_count > LONGEST_PERIOD or not period.is_whole_months:
        return None
    indikator = figures.registry.indikatorer[HEADLINE]
    now, before = (
        compute_indicator(figures, indikator, kod, Gender.ALLA, when) for when in (period, period.shift_years(-1))
    )
    if not (is_counted(now.value) or is_counted(before.value)):
        return None
    first, second = (
        DotRow(kod or "alla", row.period.code, row.value, row.period, row.namnare_typ) for row in (now, before)
    )
    verdict = judge_periods(now, before)
    words = judge_words(verdict.differs, (now.value, before.value))
    if now.coverage is not None or before.coverage is not None:
        words = "ofullstandig"
    elif verdict.differs is None and DenominatorType.AVSLUTADE not in (now.namnare_typ, before.namnare_typ):
        words = "samma_personer"
    return GroupDifference(kod or "", first, second, verdict.difference, verdict.lower, verdict.upper, words)


def judge_words(differs: bool | None, values: Iterable[Value]) -> str:
    """A code for wording: skiljer, kan_vara_slump, for_fa, or "" where there is nothing to compare."""
    if differs is not None:
        return "skiljer" if differs else "kan_vara_slump"
    counted = [value.denominator for value in values if isinstance(value, Measured) and value.denominator is not None]
    return "for_fa" if len(counted) == 2 and min(counted) < SMALLEST_N else ""
