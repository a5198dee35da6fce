"""Short ways to write stored figures and goals in tests."""

from __future__ import annotations

from datetime import date

from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import (
    DenominatorType,
    Figure,
    Gender,
    Insats,
    InsatsPeriod,
    Period,
    Qualifier,
    Reason,
    Riktning,
    SubjectKind,
    Target,
    TargetKind,
    Unit,
)


def figure(
    subject: str,
    matt: str,
    gender: str,
    period: str,
    value: float | None,
    *,
    counts: tuple[int, int] | None = None,
    namnare_typ: DenominatorType | None = None,
    reason: Reason = Reason.UPPGIFT_SAKNAS,
    klass: str = "",
) -> Figure:
    """One figure; `subject` "" is the förbund, `klass` is "indelning:klass"."""
    indelning, _, name = klass.partition(":")
    return Figure(
        kind=SubjectKind.INSATS if subject else SubjectKind.FORBUND,
        subject=subject,
        matt=matt,
        indelning=indelning,
        klass=name,
        gender=Gender(gender),
        period=Period.parse(period),
        value=value,
        reason=None if value is not None else reason,
        unit=Unit.ANDEL if matt.startswith("andel") else Unit.ANTAL,
        numerator=counts[0] if counts else None,
        denominator=counts[1] if counts else None,
        namnare_typ=namnare_typ,
        qualifier=Qualifier.NONE,
        dokument="",
        rubrik="",
        leverans=1,
        known_from=date(2026, 1, 10),
    )


def insats(kod: str, start: str = "2020-01-01", end: str | None = None, **fields: object) -> Insats:
    """An insats with one period."""
    period = InsatsPeriod(date.fromisoformat(start), date.fromisoformat(end) if end else None)
    return Insats(kod, kod.upper(), (period,), **fields)  # type: ignore[arg-type]


def figure_set(figures: list[Figure], *insatser: Insats) -> FigureSet:
    """The figures as the store would hand them out."""
    return FigureSet(figures, insatser, load_registry())


def share_goal(**fields: object) -> Target:
    """A goal of 2025, the förbund's or that of the `insats`: at least 30 % of those who left to work or studies."""
    given: dict[str, object] = {
        "kod": "mal-1",
        "plan": "Plan",
        "level": "resultatmal",
        "text": "Minst 30 % ska gå till egen försörjning.",
        "period": Period.year(2025),
        "kind": TargetKind.ANDEL,
        "indikator": "andel_arbete_studier",
        "namnare_typ": DenominatorType.AVSLUTADE,
        "riktning": Riktning.MINST,
        "malvarde": 0.3,
        "unit": Unit.ANDEL,
        "malkalla": "fast",
        "scope": "insats" if fields.get("insats") else "forbund",
    }
    return Target(**(given | fields))  # type: ignore[arg-type]
