"""Words about insatser: texts of the insatsredovisning, decisions, and dated events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finsam_dash.model.period import Period


@dataclass(frozen=True)
class InsatsText:
    """One field of an insatsredovisning for one period; `insats` "" is the whole förbund."""

    insats: str
    field: str
    text: str
    period: Period
    dokument: str = ""
    rubrik: str = ""

    @property
    def kod(self) -> str:
        """One text an insats, field and period start."""
        return f"{self.insats}/{self.field}/{self.period.start}"


@dataclass(frozen=True)
class Decision:
    """What was decided about an insats and what became of it. `decided` is a time in the document's own precision.

    `kind` is startad, förlängd, avslutad or läge; `fate` says whether it was implemented ("" when not known).
    """

    kod: str
    namn: str
    kind: str
    insats: str = ""
    decided_by: str = ""
    decided: str = ""
    start: date | None = None
    end: date | None = None
    fate: str = ""
    text: str = ""
    period: Period | None = None
    dokument: str = ""
    rubrik: str = ""
    uttryck: str = ""
    order: int = 0


@dataclass(frozen=True)
class Event:
    """A dated note (händelse) that is drawn on charts over time; `insats` "" is the whole förbund."""

    kod: str
    date: date
    text: str
    insats: str = ""
