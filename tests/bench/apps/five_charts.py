"""Five charts of one insats of the example förbund: the same Report and figures whichever framework draws them.

No framework here: each keeps the Report by data version, as ours does.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import plotly.graph_objects as go

from finsam_dash.charts import chain, dots, flow, groups, trend
from finsam_dash.deliveries import prepare_store
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import Lage, Period
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.store import Store, load_data_version, load_insatser
from finsam_dash.wording import insats as words

FORBUND, PERIOD, AS_OF = "exempel", Period.year(2025), date(2026, 6, 1)
INSATSER = ("vagen-vidare", "arbetsbron", "unga-framat", "ratt-spar", "navet")


@lru_cache(maxsize=1)
def load_store() -> Store:
    return prepare_store(None)


@lru_cache(maxsize=1)
def load_names() -> dict[str, str]:
    return {insats.kod: insats.namn for insats in load_insatser(load_store(), FORBUND)}


@lru_cache(maxsize=1)
def _load_figures(data_version: int) -> FigureSet:
    return load_figure_set(load_store(), FORBUND)


@lru_cache(maxsize=20)
def _load_section(kod: str, data_version: int) -> InsatsSection:
    report = build_report(
        load_store(),
        FORBUND,
        PERIOD,
        lage=Lage.INTERN,
        as_of=AS_OF,
        sections=("insats",),
        insats=kod,
        figures=_load_figures(data_version),
    )
    assert report.insats is not None
    return report.insats


def build_five(kod: str) -> list[go.Figure]:
    """The outcome, the way over time, in and out, kvinnor and män, and the chain of insatser."""
    section = _load_section(kod, load_data_version(load_store()))
    assert section.flow is not None
    over = section.trend
    return [
        dots.strip_figure(rows=words.name_outcome(section), target=section.outcome[0].target),
        trend.trend_figure(points=over.points, rolling=over.rolling, target=over.target, events=over.events),
        flow.flow_figure(months=section.flow.months),
        groups.groups_figure(pairs=section.kon),
        chain.chain_figure(insatser=section.chain, current=kod, as_of=PERIOD.end),
    ]
