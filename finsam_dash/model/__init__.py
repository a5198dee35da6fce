"""The frozen words of the domain: periods, kön, insatser, goals, and a value that is measured, hidden or missing."""

from finsam_dash.model.avstamning import Document, PrintedResult
from finsam_dash.model.ekonomi import (
    CategoryKind,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    PostState,
    PostType,
    TableKind,
)
from finsam_dash.model.figure import ComparisonValue, Figure, IndicatorRow, Source
from finsam_dash.model.insatstext import Decision, Event, InsatsText
from finsam_dash.model.period import MONTHS, Period, PeriodError
from finsam_dash.model.register import Actor, Forbund, Insats, InsatsPeriod, PlannedCount, Settings
from finsam_dash.model.samverkan import Enkat, ExternalFunding, Lotsarende, Risk, SamverkanFigure
from finsam_dash.model.target import Target, TargetComment, TargetOutcome
from finsam_dash.model.value import REFUSED, Coverage, Measured, Missing, Suppressed, Value
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
    "REFUSED",
    "Actor",
    "Basis",
    "CategoryKind",
    "ComparisonValue",
    "CountingMode",
    "Coverage",
    "Decision",
    "DenominatorType",
    "Document",
    "EconomyCategory",
    "EconomyRow",
    "EconomyTable",
    "Enkat",
    "Event",
    "ExternalFunding",
    "Figure",
    "Forbund",
    "Gender",
    "GenderScope",
    "IndicatorRow",
    "Insats",
    "InsatsPeriod",
    "InsatsText",
    "Lage",
    "Lotsarende",
    "Measured",
    "Missing",
    "Period",
    "PeriodError",
    "PlannedCount",
    "PostState",
    "PostType",
    "PrintedResult",
    "Purpose",
    "Qualifier",
    "Reason",
    "Riktning",
    "Risk",
    "SamverkanFigure",
    "Settings",
    "Source",
    "SubjectKind",
    "Suppressed",
    "TableKind",
    "Target",
    "TargetComment",
    "TargetKind",
    "TargetOutcome",
    "Unit",
    "Value",
]
