"""What is printed for one förbund and period: its Report, and one for each insats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from finsam_dash.model import Lage, Period
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import Report
from finsam_dash.report.protection import load_plan
from finsam_dash.store import Store, load_forbund

PARTS = ("sammanfattning", "deltagare", "mal", "insatser", "beslut", "samverkan", "ekonomi", "metod", "kvar")
"""The parts of a printed report, in its order. What is hidden is always said, whatever parts are chosen."""


SECTIONS = ("overview", "targets", "comparison", "economy", "samverkan", "accounts")


@dataclass(frozen=True)
class Publication:
    """Everything that a printed report holds: the Report, and one for each insats with its section."""

    report: Report
    insatser: tuple[Report, ...]


def build_publication(
    store: Store,
    forbund: str,
    period: Period,
    *,
    lage: Lage,
    as_of: date,
    insatser: Iterable[str] | None = None,
    known_by: date | None = None,
    progress: Callable[[float], None] | None = None,
) -> Publication:
    """Build what is printed. `insatser` None: every insats active in the period; else only those, by their codes.

    `known_by`: only what was known on that day. `progress` is told how much is done, 0-1. Raises store's
    UnknownForbundError and UnknownInsatsError.
    """
    tell = progress or (lambda share: None)
    load_forbund(store, forbund)
    figures = load_figure_set(store, forbund, known_by)
    plan = load_plan(store, forbund) if lage is Lage.PUBLICERING else None
    chosen = None if insatser is None else tuple(insatser)

    def build(sections: Iterable[str], codes: tuple[str, ...] | None, insats: str | None = None) -> Report:
        return build_report(
            store,
            forbund,
            period,
            lage=lage,
            as_of=as_of,
            insatser=codes,
            with_forbund=insats is None,
            known_by=known_by,
            sections=sections,
            insats=insats,
            figures=figures,
            plan=plan,
        )

    whole = build(SECTIONS, chosen)
    printed = [one.kod for one in figures.insatser if (one.is_active(period) if chosen is None else one.kod in chosen)]
    reports = []
    for number, kod in enumerate(printed, start=1):
        reports.append(build(("insats",), (kod,), kod))
        tell(number / len(printed))
    return Publication(whole, tuple(reports))
