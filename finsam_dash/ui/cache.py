"""The store, opened once a process, and what is read from it, kept until the data version changes. Never by time."""

from __future__ import annotations

from datetime import date

import streamlit as st

from finsam_dash import __version__
from finsam_dash.deliveries import prepare_store
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.model import Insats, Lage, Period, Settings
from finsam_dash.report.avstamning import Parts
from finsam_dash.report.build import build_report, load_delivery_infos, load_figure_set
from finsam_dash.report.content import DeliveryInfo, Report
from finsam_dash.report.registers import load_parts as load_stored_parts
from finsam_dash.report.registers import load_planned_years
from finsam_dash.store import PlanKey, Store, load_all_forbund, load_basis, load_data_version, load_periods
from finsam_dash.store import load_settings as load_stored_settings
from finsam_dash.ui.protection import ask_plan, find_made_plan
from finsam_dash.ui.selection import Choices, Selection, find_default_period, today

# A year is worth opening on when people were counted in it; a single printed share is not enough.
COUNTED = ("deltagare", "avslutade", "nya")


@st.cache_resource(show_spinner="Databasen görs i ordning. Första gången tar det en liten stund.")
def load_store() -> Store:
    """The store that FINSAM_DATABAS names, created and filled on first use."""
    return prepare_store(None)


def load_choices(as_of: date) -> Choices:
    """The förbund and their stored periods."""
    store = load_store()
    return _load_choices(store, load_data_version(store), as_of.year)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_choices(_store: Store, data_version: int, as_of_year: int) -> Choices:
    forbund = load_all_forbund(_store)
    stored = {item.kod: load_periods(_store, item.kod) for item in forbund}
    newest = max(
        (item for item in forbund if stored[item.kod]),
        key=lambda item: max(period.end for period in stored[item.kod]),
        default=forbund[0] if forbund else None,
    )
    counted = {item.kod: load_periods(_store, item.kod, matt=COUNTED) for item in forbund}
    # A plan or a budget is worth reading before anybody has delivered a figure for its year.
    planned = {item.kod: load_planned_years(_store, item.kod) for item in forbund}
    periods = {item.kod: tuple(dict.fromkeys((*stored[item.kod], *planned[item.kod]))) for item in forbund}
    opening = {
        item.kod: find_default_period(counted[item.kod] or planned[item.kod][:1] or stored[item.kod], as_of_year)
        for item in forbund
    }
    return Choices(forbund, periods, opening, newest.kod if newest else "", counted)


def load_report(selection: Selection, as_of: date, *sections: str, insats: str | None = None) -> Report:
    """The Report of the selection; built once for each data version and choice. `insats` is whom "insats" is about."""
    store = load_store()
    # In publicering the plan of what may be shown comes first: it is read once, and until it is made nothing is shown.
    key = None if selection.lage is Lage.INTERN else ask_plan(store, selection.forbund.kod)
    report = _load_report(
        store,
        load_data_version(store),
        __version__,
        key,
        selection.forbund.kod,
        selection.period,
        selection.lage,
        as_of,
        sections,
        insats,
    )
    if key is not None and load_basis(store, selection.forbund.kod) != key.basis:
        # Somebody changed the figures after the plan was read: it does not protect them.
        return load_report(selection, as_of, *sections, insats=insats)
    return report


def load_insatser(forbund: str) -> tuple[Insats, ...]:
    """The förbund's insatser in the plan's order."""
    return load_figure_set_now(forbund).insatser


def load_figure_set_now(forbund: str) -> FigureSet:
    """The förbund's figures at the present data version."""
    store = load_store()
    return _load_figures(store, load_data_version(store), __version__, forbund, today())


@st.cache_resource(show_spinner=False, max_entries=2)
def _load_figures(_store: Store, data_version: int, program_version: str, forbund: str, as_of: date) -> FigureSet:
    # A FigureSet remembers what it has counted, so the next Report of the same förbund costs a fraction of the first.
    return load_figure_set(_store, forbund, as_of=as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_deliveries(_store: Store, data_version: int, program_version: str, forbund: str) -> tuple[DeliveryInfo, ...]:
    # Which of them is current is the slowest question to the store, and has one answer for every page and choice.
    return load_delivery_infos(_store, forbund)


@st.cache_resource(show_spinner=False, max_entries=100, hash_funcs={Period: lambda period: period.code})
def _load_report(
    _store: Store,
    data_version: int,
    program_version: str,
    plan_key: PlanKey | None,
    forbund: str,
    period: Period,
    lage: Lage,
    as_of: date,
    sections: tuple[str, ...],
    insats: str | None,
) -> Report:
    # cache_resource hands out the one Report itself: it is frozen, and a copy a run would cost more than to build it.
    return build_report(
        _store,
        forbund,
        period,
        lage=lage,
        as_of=as_of,
        sections=sections,
        # The page of one insats shows no rows of the others.
        insatser=None if insats is None else (insats,),
        with_forbund=insats is None,
        insats=insats,
        figures=_load_figures(_store, data_version, program_version, forbund, as_of),
        deliveries=_load_deliveries(_store, data_version, program_version, forbund),
        plan=None if lage is Lage.INTERN else find_made_plan(_store, forbund, plan_key),
        waiting=lage is not Lage.INTERN and plan_key is None,
    )


def load_settings(forbund: str) -> Settings:
    """The förbund's settings in force; read once for each data version, though every chart asks for its colour."""
    store = load_store()
    return _load_settings(store, load_data_version(store), forbund)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_settings(_store: Store, data_version: int, forbund: str) -> Settings:
    return load_stored_settings(_store, forbund)


def load_parts(selection: Selection) -> Parts:
    """What printed results of the förbund are recomputed from; read once for each data version."""
    store = load_store()
    return _load_parts(store, load_data_version(store), selection.forbund.kod)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_parts(_store: Store, data_version: int, forbund: str) -> Parts:
    return load_stored_parts(_store, forbund, load_figure_set(_store, forbund))
