"""The frozen words of the domain: periods, kön, insatser, goals, and a value that is measured, hidden or missing."""

from finsam_dash.model.figure import ComparisonValue, Figure, IndicatorRow, Source
from finsam_dash.model.period import MONTHS, Period, PeriodError
from finsam_dash.model.register import Actor, Forbund, Insats, InsatsPeriod, Settings
from finsam_dash.model.target import Target, TargetComment, TargetOutcome
from finsam_dash.model.value import Coverage, Measured, Missing, Suppressed, Value
from finsam_dash.model.words import (
    Basis,
    CountingMode,
    DenominatorType,
    Gender,
    GenderScope,
    Lage,
    Purpose,
    Qualifier,
    Reason,
    Riktning,
    SubjectKind,
    TargetKind,
    Unit,
)

__all__ = [
    "MONTHS",
    "Actor",
    "Basis",
    "ComparisonValue",
    "CountingMode",
    "Coverage",
    "DenominatorType",
    "Figure",
    "Forbund",
    "Gender",
    "GenderScope",
    "IndicatorRow",
    "Insats",
    "InsatsPeriod",
    "Lage",
    "Measured",
    "Missing",
    "Period",
    "PeriodError",
    "Purpose",
    "Qualifier",
    "Reason",
    "Riktning",
    "Settings",
    "Source",
    "SubjectKind",
    "Suppressed",
    "Target",
    "TargetComment",
    "TargetKind",
    "TargetOutcome",
    "Unit",
    "Value",
]
