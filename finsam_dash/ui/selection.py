"""The shared choice of förbund, period and läge: in the URL, the same on every page, drawn at the top of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from finsam_dash.charts.text_width import SLACK, widest
from finsam_dash.indicators.tiling import is_tile, merge_months
from finsam_dash.model import Forbund, Lage, Period, PeriodError
from finsam_dash.ui.messages import draw_notice
from finsam_dash.wording.names import format_name
from finsam_dash.wording.periods import STOCKHOLM, format_period

_CURRENT = "valet"
_CHOICES = "valbart"
_PROBLEMS = "felaktiga_val"
_WRITTEN = "skrivna_adresser"
_LATE = 6
"""So many addresses back the browser may be, while the server is busy."""
_PARTS_OF_YEAR = (6, 4, 3, 1)
_SELECT_TEXT, _SELECT_FRAME = 14, 46
"""Pixels: the type of a select, and what its edge and arrow take. A page has our type: no slack for another."""
OWN_CHOICES = ("insats", "syfte", "mot", "bildlage", "insatsbilder")
"""Choices that only some pages have; the URL and the links carry them on, so that a page opens as it was left."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from. `periods` holds the stored and planned periods of each förbund.

    `opening` is the one that it opens on. `newest` is the code of the förbund with the newest figures; "" when there is
    no förbund. `counted` are the stored periods in which people were counted.
    """

    forbund: tuple[Forbund, ...]
    periods: Mapping[str, tuple[Period, ...]]
    opening: Mapping[str, Period]
    newest: str
    counted: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """What the user looks at. `own` holds the choices of single pages (OWN_CHOICES) as the URL has them, unchecked."""

    forbund: Forbund
    period: Period
    lage: Lage
    own: tuple[tuple[str, str], ...] = ()

    def choice(self, name: str) -> str:
        """One of OWN_CHOICES as the URL has it, "" where it is not chosen."""
        return dict(self.own).get(name, "")

    def to_query(self) -> dict[str, str]:
        """The choice as query parameters of the URL."""
        return {"forbund": self.forbund.kod, "period": self.period.code, "lage": self.lage.value} | dict(self.own)


@dataclass(frozen=True)
class PageSelect:
    """A select that one page adds to the top row; `name` is one of OWN_CHOICES, `shown` maps codes to texts."""

    name: str
    label: str
    shown: Mapping[str, str]
    value: str


def today() -> date:
    """Stockholm's today; the only clock of the pages."""
    return datetime.now(STOCKHOLM).date()


def list_periods(stored: Iterable[Period]) -> tuple[Period, ...]:
    """The periods to offer: years newest first, longer spans, then parts of years where finer figures exist.

    A year is offered when it or a part of it is stored. Halves, tertials, quarters and months come for the years with
    figures finer than the year. Other stored periods (the insatsers own) come last.
    """
    stored = sorted(set(stored), key=lambda period: (period.start, period.end), reverse=True)
    years: set[int] = set()
    parts: set[Period] = set()
    own: list[Period] = []
    for period in stored:
        if "/" in period.code:
            own.append(period)
            continue
        years.add(period.start.year)
        if period.is_calendar_year:
            continue
        for length in _PARTS_OF_YEAR:
            number = (period.start.month - 1) // length
            part = Period(
                Period.month(period.start.year, number * length + 1).start,
                Period.month(period.start.year, number * length + length).end,
            )
            if part.contains(period):
                parts.add(part)
    spans = [period for period in own if _is_whole_years(period)]
    others = [period for period in own if not _is_whole_years(period)]
    ordered_parts = sorted(parts, key=lambda part: (-part.start.year, -part.month_count, part.start))
    return (*(Period.year(year) for year in sorted(years, reverse=True)), *spans, *ordered_parts, *others)


def _is_whole_years(period: Period) -> bool:
    return period.is_whole_months and period.start.month == 1 and period.end.month == 12


def find_complete_part(stored: Iterable[Period], period: Period) -> Period | None:
    """The longest row of months within the period that stored parts of years cover, the latest of equally long ones.

    None when they cover no month of it; the period itself when nothing of it is lacking.
    """
    stored = list(stored)
    if period in stored:
        return period
    covered = {month for part in stored if is_tile(part) and period.contains(part) for month in part.months()}
    return max(merge_months(covered), key=lambda part: (part.month_count, part.start), default=None)


def find_default_period(stored: Iterable[Period], as_of_year: int) -> Period:
    """The latest whole year with figures: stored as a year, or with all its twelve months covered by stored parts.

    Falls back on the longest complete part of the latest year that has one, then on the latest year touched, then on
    the year before `as_of_year`.
    """
    stored = list(stored)
    years = sorted({period.end.year for period in stored}, reverse=True) or [as_of_year - 1]
    parts = [part for year in years if (part := find_complete_part(stored, Period.year(year))) is not None]
    whole = [part for part in parts if part.is_calendar_year]
    return next(iter((*whole, *parts, Period.year(years[0]))))


def read_selection(query: Mapping[str, str], choices: Choices) -> tuple[Selection | None, list[str]]:
    """The selection that the URL asks for, else the opening view, and what in the URL was no good.

    None when there is no förbund at all. A period that nothing is stored for is taken all the same.
    """
    if not choices.forbund:
        return None, []
    problems: list[str] = []
    known = {item.kod: item for item in choices.forbund}
    code = query.get("forbund", choices.newest)
    if code not in known:
        if "forbund" in query:
            problems.append("Förbundet i adressen finns inte här.")
        code = choices.newest
    period = choices.opening[code]
    if "period" in query:
        try:
            period = Period.parse(query["period"])
        except PeriodError:
            problems.append("Perioden i adressen går inte att läsa. Skriv till exempel 2014, 2014-H1 eller 2014-03.")
    lage = Lage.INTERN
    if "lage" in query:
        try:
            lage = Lage(query["lage"])
        except ValueError:
            problems.append("Läget i adressen finns inte. Skriv intern eller publicering.")
            # Fails closed: whoever asked for something else than intern gets the protected view.
            lage = Lage.PUBLICERING
    own = tuple((name, query[name]) for name in OWN_CHOICES if query.get(name))
    return Selection(known[code], period, lage, own), problems


def settle_selection(choices: Choices) -> Selection | None:
    """Decide the selection of this run from the URL, its only home. None when no förbund exists.

    The URL is written when the user chooses, and links carry it on; writing it here would add to the browser's
    history at every visit, and "back" would never leave the page.
    """
    selection, problems = read_selection(_read_address(), choices)
    st.session_state[_CURRENT], st.session_state[_CHOICES], st.session_state[_PROBLEMS] = selection, choices, problems
    return selection


def write_address(query: Mapping[str, str]) -> None:
    """Write a choice to the URL, all of it at once: a parameter at a time would be a step of its own for "back".

    The browser hears of it while the run goes on. What the user does meanwhile comes with an address of before.
    """
    written: list[dict[str, str]] = st.session_state.get(_WRITTEN, [])
    st.session_state[_WRITTEN] = [*written[-_LATE:], st.query_params.to_dict(), dict(query)]
    st.query_params.from_dict(query)


def _read_address() -> dict[str, str]:
    """What the URL asks for; where it is one of before the last choice and nobody went back to it, the last choice."""
    asked, context = st.query_params.to_dict(), get_script_run_ctx()
    *before, last = st.session_state.get(_WRITTEN, [asked])
    if asked == last:
        return asked
    if asked not in before or context is None or context.is_history_navigation:
        st.session_state.pop(_WRITTEN, None)
        return asked
    st.query_params.from_dict(last)
    return last


def format_period_choice(period: Period, stored: Collection[Period]) -> str:
    """A period as it stands in the select; a stored one that is no year or part of a year is an insats's own."""
    own = period in stored and "/" in period.code and not _is_whole_years(period)
    return f"Period: {format_period(period)}{' (insats)' if own else ''}"


def current_selection() -> Selection | None:
    """What this run looks at, as the router settled it; None when no förbund exists."""
    selection: Selection | None = st.session_state[_CURRENT]
    return selection


def current_part() -> Period | None:
    """The longest part of the chosen period in which people were counted; None when nothing of it is lacking."""
    choices: Choices = st.session_state[_CHOICES]
    selection = current_selection()
    if selection is None:
        return None
    part = find_complete_part(choices.counted.get(selection.forbund.kod, ()), selection.period)
    return None if part == selection.period else part


def find_newer_part() -> Period | None:
    """What people were counted in after the period that the förbund opens on: the longest part of its latest year.

    None where another period is chosen, or where nothing is newer. A year that runs is not opened by itself.
    """
    choices: Choices = st.session_state[_CHOICES]
    selection = current_selection()
    if selection is None or selection.period != choices.opening[selection.forbund.kod]:
        return None
    newest = _find_newest(choices, selection.forbund.kod)
    return newest if newest is not None and newest.end > selection.period.end else None


def find_part_of_year(day: date) -> Period:
    """The longest part of the day's year in which people were counted; the year where there is none."""
    choices: Choices = st.session_state[_CHOICES]
    selection, year = current_selection(), Period.year(day.year)
    counted = choices.counted.get(selection.forbund.kod, ()) if selection is not None else ()
    return find_complete_part(counted, year) or year


def _find_newest(choices: Choices, forbund: str) -> Period | None:
    """The longest complete part of the latest year in which people were counted."""
    counted = choices.counted.get(forbund, ())
    return find_complete_part(counted, Period.year(max(period.end for period in counted).year)) if counted else None


def forget_choice(key: str, options: Iterable[str]) -> None:
    """Forget what a control on the page was set to, where that is no longer among what it offers."""
    if key in st.session_state and st.session_state[key] not in set(options):
        del st.session_state[key]


def keep_choice(name: str) -> None:
    """Write what the user chose in the control `val_…` to the URL; codes where several can be chosen, by commas.

    Another choice, made before the page was drawn, may come in the same run.
    """
    current: Selection = st.session_state[_CURRENT]
    choices: Choices = st.session_state[_CHOICES]
    value = st.session_state[f"val_{name}"]
    query = current.to_query() | {name: value if isinstance(value, str) else ",".join(value)}
    if name == "forbund":
        # Insatser, purposes and goals are the förbund's own.
        query = {key: value for key, value in query.items() if key not in OWN_CHOICES}
    if name == "forbund" and current.period not in list_periods(choices.periods.get(query["forbund"], ())):
        query["period"] = choices.opening[query["forbund"]].code
    write_address({key: value for key, value in query.items() if value})
    st.session_state[_CURRENT], _ = read_selection(query, choices)


def correct_control(key: str, value: object) -> bool:
    """Set a control that the browser shows with another value than this one; False where there is none to correct.

    Told of what it shows, the browser would take back the next choice, made while this page was on its way to it. A
    control that is new to it takes the value as its default.
    """
    corrected: bool = st.session_state.get(key, value) != value
    if corrected:
        st.session_state[key] = value
    return corrected


def _draw_select(name: str, label: str, shown: Mapping[str, str], value: str) -> None:
    """Draw one select; `shown` maps codes to texts. It is as wide as the longest of them: no text is cut."""
    key, codes = f"val_{name}", list(shown)
    corrected = correct_control(key, value)
    st.selectbox(
        label,
        codes,
        index=0 if corrected else codes.index(value),
        key=key,
        format_func=shown.__getitem__,
        on_change=keep_choice,
        args=(name,),
        label_visibility="collapsed",
        filter_mode="contains" if len(shown) > 12 else None,
        width=max(110, round(widest(shown.values(), _SELECT_TEXT) / SLACK) + _SELECT_FRAME),
    )


# A hundred periods are named in three milliseconds, and are the same at every run.
@lru_cache(maxsize=32)
def _name_periods(stored: tuple[Period, ...], always: tuple[Period | None, ...]) -> Mapping[str, str]:
    """The periods to choose from, code -> text: first those of `always` that the others lack."""
    offered = list_periods(stored)
    missed = dict.fromkeys(one for one in always if one is not None and one not in offered)
    return {period.code: format_period_choice(period, stored) for period in (*missed, *offered)}


def draw_selection(selection: Selection, selects: Sequence[PageSelect] = ()) -> None:
    """Draw the selects on the top row, and a notice about what the URL asked in vain.

    `selects` are the page's own; they stand after the förbund.
    """
    choices: Choices = st.session_state[_CHOICES]
    forbund = {item.kod: item.namn.removeprefix("Samordningsförbundet ") for item in choices.forbund}
    # In the list, whatever they are: what the URL asks for, the whole part of the latest year, and the opening view.
    always = (selection.period, _find_newest(choices, selection.forbund.kod), choices.opening[selection.forbund.kod])
    periods = _name_periods(choices.periods.get(selection.forbund.kod, ()), always)
    with st.container(horizontal=True, vertical_alignment="center", key="val_rad"):
        _draw_select("forbund", "Förbund", forbund, selection.forbund.kod)
        for select in selects:
            _draw_select(select.name, select.label, select.shown, select.value)
        _draw_select("period", "Period", periods, selection.period.code)
        _draw_select("lage", "Läge", {lage.value: f"Läge: {format_name(lage)}" for lage in Lage}, selection.lage.value)
    if problems := st.session_state.get(_PROBLEMS):
        draw_notice("varning", "Adressen är inte helt rätt.", *problems, "Sidan visar i stället det som står i valen.")
