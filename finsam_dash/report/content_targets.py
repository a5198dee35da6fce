"""The goals of a Report, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_dash.judgement.verdict import Verdict
from finsam_dash.model import Basis, DenominatorType, Period, Source, Target, Value
from finsam_dash.report.content_parts import Benchmark, TrendPoint


@dataclass(frozen=True)
class TargetPart:
    """One part of a goal that holds for each of several groups (delar): `klass` is "indelning:klass"."""

    klass: str
    value: Value
    verdict: Verdict


@dataclass(frozen=True)
class EarlierOutcome:
    """An outcome from before the goal's own time, such as the year that the plan compares with riket."""

    period: Period
    value: Value
    riket: float | None
    source: str


@dataclass(frozen=True)
class TargetRow:
    """One goal with where it stands. `measured` is the time the value covers, `pace` the count expected by now.

    `reason` is the Swedish reason from the plan's data why no verdict is given though there is a value; `partial`
    says that the value is a partial sum, which gets no verdict. `public`: documents that everybody may read give the
    outcome. A hidden goal has no `verdict` at all.
    """

    target: Target
    value: Value
    measured: Period
    basis: Basis
    verdict: Verdict | None
    namnare_typ: DenominatorType | None = None
    parts: tuple[TargetPart, ...] = ()
    pace: float | None = None
    riket: Benchmark | None = None
    outcome_text: str = ""
    note: str = ""
    comment: str = ""
    reason: str = ""
    partial: bool = False
    history: tuple[TrendPoint, ...] = ()
    earlier: tuple[EarlierOutcome, ...] = ()
    sources: tuple[Source, ...] = ()
    public: bool = False

    @property
    def is_judged_of_others(self) -> bool:
        """Whether a verdict is given though the outcome is a share of others than the goal names: `note` says how."""
        judged = self.verdict is not None and self.verdict.uppnatt is not None
        return judged and is_of_others(self.target, self.namnare_typ)


def is_of_others(target: Target, namnare_typ: DenominatorType | None) -> bool:
    """Whether a share is of others than the goal names; avslutade and genomfört are both a plan's words for one."""
    exits = {DenominatorType.AVSLUTADE, DenominatorType.GENOMFORT}
    if target.namnare_typ is None or namnare_typ is None or target.namnare_typ is namnare_typ:
        return False
    if target.malkalla == "riket":
        # Riket is published of avslutade, so that is what a plan measures against it, whatever word it uses.
        return False
    return not (target.namnare_typ in exits and namnare_typ in exits and target.scope == "forbund")
