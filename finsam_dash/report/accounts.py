"""Insatsredovisning in words: texts, fate, decisions of the year and events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_dash.model import Decision, Event, Insats, InsatsText, Lage, Period
from finsam_dash.report.content_samverkan import Accounts, InsatsAccount


def build_accounts(
    insatser: Iterable[Insats],
    texts: Iterable[InsatsText],
    decisions: Iterable[Decision],
    events: Iterable[Event],
    period: Period,
    lage: Lage,
) -> Accounts:
    """Texts whose period overlaps the one asked, decisions told of it, and events that lie in it.

    In publicering what is not from a document is left out: texts of one's own are looked at before they are printed.
    """
    public = lage is Lage.PUBLICERING
    overlapping = [text for text in texts if text.period.overlaps(period)]
    chosen = [text for text in overlapping if text.dokument or not public]
    withheld = [text for text in overlapping if text not in chosen]
    told = [
        decision
        for decision in sorted(decisions, key=lambda decision: decision.order)
        if (decision.dokument or not public) and _is_told(decision, period)
    ]
    dated = [
        event for event in sorted(events, key=lambda event: event.date) if period.start <= event.date <= period.end
    ]
    shown = [] if public else dated
    return Accounts(
        whole=_account("", chosen, withheld, told, shown),
        insatser=tuple(
            _account(insats.kod, chosen, withheld, told, shown)
            for insats in insatser
            if insats.is_active(period) or any(text.insats == insats.kod for text in overlapping)
        ),
        decisions=tuple(decision for decision in told if decision.kind != "läge"),
    )


def _account(
    insats: str,
    texts: Sequence[InsatsText],
    withheld: Sequence[InsatsText],
    decisions: Sequence[Decision],
    events: Sequence[Event],
) -> InsatsAccount:
    own = tuple(decision for decision in decisions if insats and decision.insats == insats)
    fates = [decision.fate for decision in own if decision.fate]
    return InsatsAccount(
        insats,
        tuple(text for text in texts if text.insats == insats),
        own,
        tuple(event for event in events if event.insats in ("", insats)),
        fates[-1] if fates else "",
        tuple(dict.fromkeys(text.field for text in withheld if text.insats == insats)),
    )


def _is_told(decision: Decision, period: Period) -> bool:
    if decision.period is not None:
        return decision.period.overlaps(period)
    start = decision.start or decision.end
    return start is not None and period.start <= start <= period.end
