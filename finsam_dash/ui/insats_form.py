"""An insats added on Läs in or changed on Insats: what it is, for whom, how it is counted and when it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from finsam_dash.intake.cells import slug
from finsam_dash.intake.privacy import is_personnummer
from finsam_dash.model import Actor, CountingMode, GenderScope, Insats, InsatsPeriod, Purpose
from finsam_dash.store import Store, StoreError, load_insatser, save_insats
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.selection import today
from finsam_dash.wording import register as words
from finsam_dash.wording.names import format_name_capital
from finsam_dash.wording.store import format_store_error

LONGEST_SHORT_NAME = 18
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)
_ROUND, _SAVED = "insats_varv", "insats_sparad"


def draw_new_insats(store: Store, forbund: str, insatser: Sequence[Insats]) -> None:
    """Draw the form that adds an insats: open while the förbund has none, else folded away."""
    if insatser:
        draw_fold(words.ADD, "ny_insats", partial(_draw_form, store, forbund, None))
        return
    st.header(words.ADD, anchor=False)
    st.html(f'<p class="fd-under">{words.ADD_FIRST}</p>')
    st.fragment(_draw_form)(store, forbund, None)


def draw_changed_insats(store: Store, forbund: str, insats: Insats) -> None:
    """Draw the form that changes an insats, folded away."""
    draw_fold(words.CHANGE, "andra_insats", partial(_draw_form, store, forbund, insats))


def draw_saved_insats() -> None:
    """Say once which insats was saved."""
    if sentence := st.session_state.pop(_SAVED, ""):
        draw_notice("info", "Sparat.", sentence)


def _draw_form(store: Store, forbund: str, old: Insats | None) -> None:
    """Draw the fields of one insats; `old` None is a new one. What is saved is logged by the store."""

    # A new key is the only way to empty a field once it is saved.
    def key(name: str) -> str:
        return f"insats_{name}_{forbund}_{old.kod if old else ''}_{st.session_state.get(_ROUND, 0)}"

    base = old or Insats("", "", ())
    written = _draw_fields(base, key)
    if not st.button("Spara insatsen", type="primary", key=key("spara")):
        return
    known = load_insatser(store, forbund)
    problems = _find_problems(written, None if old else {one.kod for one in known})
    if problems or written.start is None:
        draw_notice("varning", "Inget har sparats.", *problems)
        return
    new = replace(
        base,
        kod=written.kod,
        namn=written.name,
        kortnamn=written.short,
        huvudman=written.owner,
        malgrupp=written.group,
        syfte=written.aim,
        periods=(*base.periods[:-1], replace(_latest(base), start=written.start, end=written.end)),
        purpose=written.purpose,
        counting_mode=written.mode,
        gender_scope=written.scope,
        order=base.order if old else 1 + max((one.order for one in known), default=0),
    )
    try:
        save_insats(store, forbund, new, Actor())
    except StoreError as error:
        draw_notice("varning", "Inget har sparats.", format_store_error(error))
        return
    st.session_state[_SAVED] = words.format_saved(new, added=old is None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


@dataclass(frozen=True)
class _Written:
    """What stands in the fields: texts with single spaces, `start` None where it is empty, `end` None: tills vidare."""

    kod: str
    name: str
    short: str
    owner: str
    group: str
    aim: str
    start: date | None
    end: date | None
    mode: CountingMode
    scope: GenderScope
    purpose: Purpose | None


def _latest(insats: Insats) -> InsatsPeriod:
    return insats.periods[-1] if insats.periods else InsatsPeriod(date(today().year, 1, 1), None)


def _draw_fields(base: Insats, key: Callable[[str], str]) -> _Written:
    """Draw the fields with what the insats holds; the code of one that has none yet follows its name."""
    latest = _latest(base)
    left, right = st.columns(2)
    name = left.text_input("Insatsens namn", base.namn, max_chars=120, key=key("namn"))
    short = right.text_input(
        f"Kort namn i diagram (högst {LONGEST_SHORT_NAME} tecken)",
        base.kortnamn,
        max_chars=max(LONGEST_SHORT_NAME, len(base.kortnamn)),
        key=key("kortnamn"),
    )
    kod = base.kod or slug(name)
    st.html(f'<p class="fd-fot">{escape(words.format_code(kod, fixed=bool(base.kod)))}</p>')
    if len(base.periods) > 1:
        st.html(f'<p class="fd-fot">{escape(words.format_several_periods(len(base.periods)))}</p>')
    left, right = st.columns(2)
    start = left.date_input("Första dag", latest.start, _FIRST, _LAST, format="YYYY-MM-DD", key=key("start"))
    end = right.date_input(
        "Sista dag (tom: tills vidare)", latest.end, _FIRST, _LAST, format="YYYY-MM-DD", key=key("slut")
    )
    modes, scopes, purposes = tuple(CountingMode), tuple(GenderScope), ("", *Purpose)
    mode = left.selectbox(
        "Räknesätt",
        modes,
        index=modes.index(base.counting_mode),
        format_func=format_name_capital,
        key=key("raknesatt"),
        help=words.MODE_HELP,
    )
    scope = right.selectbox(
        "Öppen för",
        scopes,
        index=scopes.index(base.gender_scope),
        format_func=format_name_capital,
        key=key("kon"),
        help=words.SCOPE_HELP,
    )
    purpose = left.selectbox(
        "Inriktning",
        purposes,
        index=purposes.index(base.purpose or ""),
        format_func=lambda one: format_name_capital(one) if one else words.NO_PURPOSE,
        key=key("inriktning"),
        help=words.PURPOSE_HELP,
    )
    owner = right.text_input("Huvudman", base.huvudman, max_chars=120, key=key("huvudman"))
    group = st.text_area("Målgrupp", base.malgrupp, height=80, key=key("malgrupp"))
    aim = st.text_area("Syfte", base.syfte, height=80, key=key("syfte"))
    name, short, owner, group, aim = (" ".join(text.split()) for text in (name, short, owner, group, aim))
    first, last = (day if isinstance(day, date) else None for day in (start, end))
    return _Written(
        kod, name, short, owner, group, aim, first, last, mode, scope, Purpose(purpose) if purpose else None
    )


def _find_problems(written: _Written, taken: set[str] | None) -> list[str]:
    """What keeps an insats from being saved; `taken` are the codes that a new one may not have."""
    problems = []
    if not written.kod or not written.name:
        problems.append(words.NO_NAME)
    elif taken is not None and written.kod in taken:
        problems.append(format_store_error(StoreError("kod_upptagen", kod=written.kod)))
    if written.start is None:
        problems.append(words.NO_START)
    if any(map(is_personnummer, (written.name, written.short, written.owner, written.group, written.aim))):
        problems.append(words.PERSONNUMMER)
    return problems
