"""The pages Insats and Jämförelse in four states, by Streamlit's own test runner: what they say and what they draw."""

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import (  # noqa: F401
    STATES,
    fill_full,
    fill_one_insats,
    fill_one_late,
    filled,
    open_page,
    texts,
)

SCREENS = {"insats.py": "Insats", "jamforelse.py": "Jämförelse"}


def alts(app: AppTest) -> list[str]:
    return [element.proto.alt for element in app.main if element.type == "plotly_chart"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("state", "lage"), [*((state, "intern") for state in STATES), ("full", "publicering")])
def test_the_pages_are_drawn_in_every_state(open_page, screen: str, state: str, lage: str):  # noqa: F811
    app = open_page(STATES[state], screen, forbund="provet", period="2025", lage=lage)
    assert not app.exception
    said = texts(app)
    assert "kunde inte visas" not in said
    assert SCREENS[screen] in said
    if state == "tom":
        assert "Inga förbund finns ännu" in said
    else:
        assert len(app.title) == 1
        assert all(alt for alt in alts(app))


def test_insats_shows_the_one_that_the_address_asks_for(open_page):  # noqa: F811
    app = open_page(fill_full, "insats.py", forbund="provet", period="2025-K1", insats="navet")
    assert app.title[0].value == "Navet: 42\u00a0procent gick till arbete eller studier under första kvartalet 2025"
    select = next(select for select in app.selectbox if select.label == "Insats")
    assert (select.value, select.options) == ("navet", ["Stegen", "Navet"])
    assert alts(app)[0].startswith("Punktdiagram med 1 rad.")


def test_another_insats_keeps_the_rest_of_the_choice(open_page):  # noqa: F811
    app = open_page(fill_full, "insats.py", forbund="provet", period="2025-K1")
    next(select for select in app.selectbox if select.label == "Insats").set_value("navet").run()
    assert app.title[0].value.startswith("Navet: ")
    query = {name: values[0] if isinstance(values, list) else values for name, values in app.query_params.items()}
    assert query == {"forbund": "provet", "period": "2025-K1", "lage": "intern", "insats": "navet"}


def test_a_late_month_is_named_and_gives_no_share(open_page):  # noqa: F811
    app = open_page(fill_one_late, "insats.py", forbund="provet", period="2025-K1", insats="navet")
    assert app.title[0].value == (
        "Navet: utfallet under första kvartalet 2025 kan inte räknas, inget inlämnat för mars 2025"
    )


def test_only_few_charts_stand_on_the_first_view(open_page):  # noqa: F811
    assert len(alts(open_page(fill_full, "insats.py", forbund="provet", period="2025-K1"))) == 3
    assert len(alts(open_page(fill_full, "jamforelse.py", forbund="provet", period="2025-K1"))) == 1


def test_comparison_says_the_number_of_comparisons_and_what_it_cannot_tell(open_page):  # noqa: F811
    app = open_page(fill_full, "jamforelse.py", forbund="provet", period="2025-K1")
    said = texts(app)
    assert app.title[0].value == "Ingen av två insatser avviker tydligt från insatserna tillsammans"
    assert "Två jämförelser: bara utanför 99,8\u00a0% sägs en insats avvika tydligt." in said
    assert "Jämförelsen är oviktad." in said
    assert "Insatserna står i planens ordning och rangordnas inte." in said


def test_a_single_insats_has_nothing_to_be_compared_with(open_page):  # noqa: F811
    app = open_page(fill_one_insats, "jamforelse.py", forbund="provet", period="2025-K1")
    assert app.title[0].value == "Utan angivet syfte: inget att jämföra med för perioden"
    assert "Stegen: 30 av 72 (42\u00a0%)" in alts(app)[0]
