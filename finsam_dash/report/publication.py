"""What is printed for one förbund and period: its Report, and one for each insats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from finsam_dash.model import Insats, Lage, Period
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import LineComparison, Report
from finsam_dash.report.protection import load_plan
from finsam_dash.store import Store, load_forbund, load_grupper

PARTS = ("sammanfattning", "deltagare", "mal", "insatser", "beslut", "samverkan", "ekonomi", "metod", "kvar")
"""The parts of a printed report, in its order. What is hidden is always said, whatever parts are chosen."""

SECTIONS = ("overview", "targets", "comparison", "economy", "samverkan", "accounts")


@dataclass(frozen=True)
class Publication:
    """Everything that a printed report holds: the Report, and one for each insats with its section.

    `scope` is what the report is about where that is not the whole förbund: an insats, a lokusgrupp, a kommun.
    `grupper` names the lokusgrupper by code.
    """

    report: Report
    insatser: tuple[Report, ...]
    scope: str = ""
    grupper: Mapping[str, str] = field(default_factory=dict)


class UnknownScopeError(LookupError):
    """No insats of the period belongs to the named lokusgrupp or kommun; `known` are those that have one."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        super().__init__(asked)
        self.asked, self.known = asked, known


def list_kommuner(insats: Insats) -> tuple[str, ...]:
    """The kommuner of an insats; several are written with commas between."""
    return tuple(part.strip() for part in insats.kommun.split(",") if part.strip())


def choose_by_group(insatser: Iterable[Insats], period: Period, grupp: str) -> tuple[str, ...]:
    """The codes of the insatser of a lokusgrupp (its code) that are active in the period. Raises UnknownScopeError."""
    active = [one for one in insatser if one.is_active(period) and one.grupp]
    return _found(grupp, {one.kod: (one.grupp,) for one in active})


def choose_by_kommun(insatser: Iterable[Insats], period: Period, kommun: str) -> tuple[str, ...]:
    """The codes of the insatser in a kommun that are active in the period. Raises UnknownScopeError."""
    active = [one for one in insatser if one.is_active(period)]
    return _found(kommun, {one.kod: list_kommuner(one) for one in active})


def _found(asked: str, places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    wanted = asked.casefold()
    chosen = tuple(kod for kod, names in places.items() if wanted in {name.casefold() for name in names})
    if not chosen:
        raise UnknownScopeError(asked, tuple(dict.fromkeys(name for names in places.values() for name in names)))
    return chosen


def build_publication(
    store: Store,
    forbund: str,
    period: Period,
    *,
    lage: Lage,
    as_of: date,
    insatser: Iterable[str] | None = None,
    scope: str = "",
    known_by: date | None = None,
    progress: Callable[[float], None] | None = None,
) -> Publication:
    """Build what is printed. `insatser` None: every insats active in the period; else only what concerns those.

    `scope` names what those insatser have in common. `known_by`: only what was known on that day. `progress` is told
    how much is done, 0-1. Raises store's UnknownForbundError and UnknownInsatsError.
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
    if chosen is not None:
        whole = _narrow(whole, frozenset(printed))
        if len(printed) == 1 and not scope:
            scope = next(one.namn for one in figures.insatser if one.kod == printed[0])
    return Publication(whole, tuple(reports), scope, load_grupper(store, forbund))


def _narrow(report: Report, codes: frozenset[str]) -> Report:
    """The Report without what concerns other insatser or the förbund as a whole; nothing is computed anew."""
    comparison = tuple(
        replace(
            one,
            rows=tuple(row for row in one.rows if row.key in codes),
            lines=tuple(_narrow_line(line, codes) for line in one.lines),
        )
        for one in report.comparison or ()
        if len({row.key for row in one.rows} & codes) > 1
    )
    economy, accounts, samverkan = report.economy, report.accounts, report.samverkan
    if economy is not None:
        of_these = tuple(row for row in economy.insatser if row.subject in codes)
        economy = replace(
            economy, financing=None, tables=(), room=None, insatser=of_these, printed_quotas=(), shares=(), equity=None,
            forecasts=tuple(one for one in economy.forecasts if one.insats in codes), statements=(), conflicts=(),
        )  # fmt: skip
    if accounts is not None:
        accounts = replace(
            accounts,
            whole=replace(accounts.whole, texts=(), decisions=(), events=()),
            insatser=tuple(one for one in accounts.insatser if one.insats in codes),
            decisions=tuple(one for one in accounts.decisions if one.insats in codes),
        )
    if samverkan is not None:
        samverkan = replace(
            samverkan,
            items=tuple(item for item in samverkan.items if item.figure.insats in codes),
            lots=(),
            breakdowns=(),
            enkater=(),
            funding=(),
            risks=None,
            overdue=(),
        )
    return replace(
        report,
        rows=tuple(row for row in report.rows if row.subject in codes),
        insatser=tuple(one for one in report.insatser if one.kod in codes),
        overview=None,
        targets=tuple(row for row in report.targets or () if row.target.insats in codes),
        comparison=comparison,
        economy=economy,
        samverkan=samverkan,
        accounts=accounts,
    )


def _narrow_line(line: LineComparison, codes: frozenset[str]) -> LineComparison:
    """The line with the chosen insatser alone; no number of comparisons, which was of all of them."""

    def among(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if key.partition("/")[0] in codes)

    return replace(
        line, over=among(line.over), under=among(line.under), comparisons=None, undecided=among(line.undecided)
    )
