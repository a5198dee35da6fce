"""What is printed for one förbund and period: its Report, one for each insats, and the texts that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from finsam_dash.model import Decision, InsatsText, Lage, Period
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import Report
from finsam_dash.store import Store, load_entries, load_insatser

PARTS = ("sammanfattning", "deltagare", "mal", "insatser", "beslut", "metod", "kvar")
"""The parts of a printed report, in its order. What is hidden is always said, whatever parts are chosen."""


@dataclass(frozen=True)
class Publication:
    """Everything that a printed report holds. `insatser` has one Report an insats, each with its section.

    `texts` and `decisions` are those whose time touches the period; they are written by the förbund or stand in its
    public documents, and hold no figure that is computed here.
    """

    report: Report
    insatser: tuple[Report, ...]
    texts: tuple[InsatsText, ...] = ()
    decisions: tuple[Decision, ...] = ()


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
    figures = load_figure_set(store, forbund, known_by)
    registered = load_insatser(store, forbund)
    chosen = None if insatser is None else tuple(insatser)
    whole = build_report(
        store, forbund, period, lage=lage, as_of=as_of, insatser=chosen, known_by=known_by,
        sections=("overview", "targets", "comparison", "ekonomi", "samverkan"), figures=figures,
    )  # fmt: skip
    printed = [one.kod for one in registered if (chosen is None and one.is_active(period)) or one.kod in (chosen or ())]
    reports = []
    for number, kod in enumerate(printed):
        tell((number + 1) / (len(printed) + 1))
        reports.append(
            build_report(
                store,
                forbund,
                period,
                lage=lage,
                as_of=as_of,
                insatser=(kod,),
                with_forbund=False,
                known_by=known_by,
                sections=("insats",),
                insats=kod,
                figures=figures,
            )
        )
    texts = [text for text in load_entries(store, forbund, InsatsText) if text.period.overlaps(period)]
    decisions = [
        decision
        for decision in load_entries(store, forbund, Decision)
        if decision.period is None or decision.period.overlaps(period)
    ]
    tell(1.0)
    return Publication(
        whole,
        tuple(reports),
        tuple(text for text in texts if chosen is None or text.insats in chosen),
        tuple(
            sorted(
                (decision for decision in decisions if chosen is None or decision.insats in chosen),
                key=lambda decision: decision.order,
            )
        ),
    )
