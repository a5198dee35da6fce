"""What is printed for one förbund and period: its Report, and one for each insats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from finsam_dash.model import Insats, Lage, Period
from finsam_dash.report.build import build_report, load_figure_set, load_protected
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import LineComparison
from finsam_dash.report.content_parts import DeliveryInfo
from finsam_dash.store import Store, load_forbund, load_grupper

PARTS = ("sammanfattning", "deltagare", "mal", "insatser", "beslut", "samverkan", "ekonomi", "metod", "kvar")
"""The parts of a printed report, in its order. What is hidden is always said, whatever parts are chosen."""

SECTIONS = ("overview", "targets", "comparison", "comparison_detail", "riket", "economy", "samverkan", "accounts")


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


def group_by_lokusgrupp(insatser: Iterable[Insats], period: Period) -> dict[str, tuple[str, ...]]:
    """The codes of the insatser active in the period, by the code of their lokusgrupp."""
    return _gather((one.grupp, one.kod) for one in insatser if one.grupp and one.is_active(period))


def group_by_kommun(insatser: Iterable[Insats], period: Period) -> dict[str, tuple[str, ...]]:
    """The codes of the insatser active in the period, by kommun; one with several kommuner stands under each."""
    return _gather(
        (kommun.strip(), one.kod)
        for one in insatser
        if one.is_active(period)
        for kommun in one.kommun.split(",")
        if kommun.strip()
    )


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, kod in pairs:
        found[key] = (*found.get(key, ()), kod)
    return found


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
    plan = None
    if lage is Lage.PUBLICERING:
        figures, plan = load_protected(store, forbund, known_by, as_of=as_of)
    else:
        figures = load_figure_set(store, forbund, known_by, as_of=as_of)
    chosen = None if insatser is None else tuple(insatser)

    def build(
        sections: Iterable[str],
        codes: tuple[str, ...] | None,
        insats: str | None = None,
        deliveries: Sequence[DeliveryInfo] | None = None,
    ) -> Report:
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
            deliveries=deliveries,
        )

    whole = build(SECTIONS, chosen)
    printed = [one.kod for one in figures.insatser if (one.is_active(period) if chosen is None else one.kod in chosen)]
    reports = []
    for number, kod in enumerate(printed, start=1):
        reports.append(build(("insats",), (kod,), kod, whole.deliveries))
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
        comparison_detail=None,
        riket=None,
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
