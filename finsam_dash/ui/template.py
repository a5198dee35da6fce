"""The Excel template to hand out: choose insats and year, and download."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from finsam_dash.export.template import to_template
from finsam_dash.model import Forbund, Insats, Period
from finsam_dash.wording.template import format_template_name

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = ""


@st.fragment
def draw_template(forbund: Forbund, insatser: Sequence[Insats], today: date) -> None:
    """Draw the choice of insats and year and the button that makes their template at the click.

    Only insatser that are active in the chosen year can be chosen; a förbund without any insats has no template.
    """
    years = [year for year in (today.year, today.year + 1, today.year - 1) if _active(insatser, year)]
    if not years:
        return
    st.header("Mall att fylla i", anchor=False)
    st.html(
        '<p class="fd-under">En Excelfil att skicka ut. Insats, månad och kön står redan i raderna, och det '
        "som insatsen fyller i går att läsa in här.</p>"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="mall_rad"):
        year = st.selectbox("År", years, key="mall_ar", width=120)
        names = {one.kod: one.namn for one in _active(insatser, year)}
        kod = st.selectbox(
            "Insats",
            [_ALL, *names],
            format_func=lambda one: names.get(one, "Alla insatser"),
            key="mall_insats",
            width=320,
        )
        chosen = [one for one in insatser if kod in (_ALL, one.kod)]
        period = Period.year(year)
        st.download_button(
            "Ladda ner mall",
            lambda: to_template(forbund, chosen, period),
            format_template_name(forbund, kod, period),
            WORKBOOK,
            on_click="ignore",
        )


def _active(insatser: Sequence[Insats], year: int) -> list[Insats]:
    return [one for one in insatser if one.is_active(Period.year(year))]
