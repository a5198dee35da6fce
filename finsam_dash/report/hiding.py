"""Läge publicering for the sections of one insats and of comparisons: every measured value is hidden, in one place."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from finsam_dash.judgement.publishing import hide
from finsam_dash.judgement.verdict import NO_VERDICT, Sakerhet
from finsam_dash.model import IndicatorRow, Measured, Missing, Suppressed
from finsam_dash.report.content import (
    Benchmark,
    DotRow,
    Flow,
    Forsorjning,
    FunnelPoint,
    GroupDifference,
    InsatsSection,
    LineComparison,
    TargetRow,
    Trend,
)
from finsam_dash.report.targets import hide_target

_Section = TypeVar("_Section")
_TELLING = frozenset({"namnare_noll", "taljare_storre_an_namnare"})
"""Details that say something of the counts themselves: that nobody left is a figure too."""


def hide_section(section: _Section) -> _Section:
    """The section with nothing left that was computed from persons: values, flags, numbers of comparisons, texts.

    What is missing stays missing, with its reason; what a plan or a national report prints stays too.
    """
    hidden: _Section = _hide(section)
    return hidden


def _hide(part: Any) -> Any:
    if isinstance(part, Measured) or (isinstance(part, Missing) and part.detail in _TELLING):
        return Suppressed()
    if isinstance(part, TargetRow):
        return hide_target(part)
    if isinstance(part, IndicatorRow):
        return hide(part) if isinstance(_hide(part.value), Suppressed) else part
    if isinstance(part, Benchmark):
        return replace(part, value=None) if part.kind == "pooled" else part
    if isinstance(part, tuple):
        return tuple(_hide(one) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    whole = replace(part, **{field.name: _hide(getattr(part, field.name)) for field in fields(part) if field.init})
    if isinstance(whole, DotRow):
        return replace(whole, look_here=False)
    if isinstance(whole, FunnelPoint):
        return replace(whole, outside=False, too_few=False)
    if isinstance(whole, GroupDifference):
        return replace(whole, difference=None, lower=None, upper=None, sakerhet="")
    if isinstance(whole, LineComparison):
        return replace(whole, over=(), under=(), comparisons=None)
    if isinstance(whole, Flow):
        return replace(whole, balance="")
    if isinstance(whole, Trend):
        # Dated notes are for intern only.
        return replace(whole, sakerhet=Sakerhet.EJ_TILLAMPLIGT, events=())
    if isinstance(whole, Forsorjning):
        # Flows that nobody went are not listed, so the list itself tells.
        return replace(whole, links=(), largest_fall="")
    if isinstance(whole, InsatsSection):
        return replace(whole, verdict=NO_VERDICT, stated=(), deliveries=())
    return whole
