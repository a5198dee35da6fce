"""The walk through a period: förbundet, the goals, what changed, what needs a decision, the money, each insats."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_dash.report.content import Report
from finsam_dash.wording.protection import format_protection, format_refused_title
from finsam_dash.wording.slides.changes import build_change_slides
from finsam_dash.wording.slides.comparison import build_comparison_slides
from finsam_dash.wording.slides.decisions import build_decision_slides
from finsam_dash.wording.slides.economy import build_economy_slides
from finsam_dash.wording.slides.forbundet import build_forbund_slides
from finsam_dash.wording.slides.goals import build_goal_slides
from finsam_dash.wording.slides.insatser import build_insats_slides
from finsam_dash.wording.slides.parts import Slide, build_slide


def build_slides(report: Report, insatser: Sequence[Report] = ()) -> tuple[Slide, ...]:
    """The slides of a period, and those of `insatser`, Reports whose section "insats" is that insats.

    `report` has the sections "overview", "targets", "comparison", "comparison_detail", "riket" and "economy"; one that
    is lacking, as in a report of a few insatser, leaves its slides out. Where röjandekontroll gives nothing yet, or
    nothing of the whole period, one slide says so in place of those about persons.
    """
    refused = format_refused_title(report)
    if refused:
        why = build_slide(report, "rojandekontroll", "Röjandekontroll", refused, lines=format_protection(report))
        return (why,) if report.protection == "vantar" else (why, *build_economy_slides(report))
    names = report.names
    return (
        *build_forbund_slides(report, names),
        *build_goal_slides(report, names),
        *build_change_slides(report, names),
        *build_decision_slides(report, names),
        *build_economy_slides(report),
        *build_comparison_slides(report),
        *build_insats_slides(report, insatser),
    )
