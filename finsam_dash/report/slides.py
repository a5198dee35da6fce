"""What the styrelse's slides need beyond the Report's sections: how the year changed, and what to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from finsam_dash.judgement.comparison import judge_groups
from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import Measured, Riktning
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.report.content_targets import TargetRow

AHEAD: Final = timedelta(days=183)
"""How long before its end an insats needs a decision: half a year, so that people already in it can be seen through."""


@dataclass(frozen=True)
class YearChange:
    """The latest two years with counts. `differs` is None where no verdict may be given."""

    before: TrendPoint
    after: TrendPoint
    differs: bool | None


@dataclass(frozen=True)
class DecisionNeed:
    """Why an insats is on the styrelse's table: its period ends on `day`, or it surely missed `target`."""

    insats: str
    kind: Literal["slut", "mal"]
    day: date | None = None
    target: TargetRow | None = None


def compare_years(report: Report) -> YearChange | None:
    """The period's year against the latest one before it; None where one of the two is not known with its counts."""
    if report.riket is None or not report.period.is_calendar_year:
        return None
    known = [
        point
        for point in report.riket.own
        if isinstance(point.value, Measured) and point.value.denominator and point.period.end <= report.period.end
    ]
    if len(known) < 2 or known[-1].period != report.period:
        return None
    before, after = known[-2], known[-1]
    return YearChange(before, after, judge_groups(after.value, before.value).differs)


def list_decisions(report: Report) -> tuple[DecisionNeed, ...]:
    """What the styrelse must decide on, in the plan's order: insatser about to end, then goals surely missed."""
    last = report.period.end
    needs = []
    for insats in report.insatser:
        ends = [part.end for part in insats.periods]
        latest = max((end for end in ends if end is not None), default=None)
        if latest is not None and None not in ends and last <= latest <= last + AHEAD:
            needs.append(DecisionNeed(insats.kod, "slut", day=latest))
        needs += [
            DecisionNeed(insats.kod, "mal", target=row)
            for row in report.targets or ()
            if row.target.insats == insats.kod and _is_surely_missed(row)
        ]
    return tuple(sorted(needs, key=lambda need: need.kind == "mal"))


def _is_surely_missed(row: TargetRow) -> bool:
    if row.verdict is None or row.verdict.uppnatt is not False:
        return False
    wrong = Sakerhet.SAKERT_OVER if row.target.riktning is Riktning.HOGST else Sakerhet.SAKERT_UNDER
    return row.verdict.sakerhet is wrong
