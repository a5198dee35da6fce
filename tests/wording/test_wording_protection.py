"""The words of Röjandekontroll where nothing is hidden, and where it is too late to hide."""

from __future__ import annotations

from dataclasses import replace

from finsam_dash.judgement.protection.places import RowKey
from finsam_dash.judgement.protection.publish import EMPTY_RECORD, PublishingPlan
from finsam_dash.model import Gender, Period
from finsam_dash.wording.protection import format_control_title, format_cost, format_exposed

PLAN = PublishingPlan("ar", 5, {}, {}, frozenset(), 0, 0, EMPTY_RECORD)


def test_an_empty_forbund_has_nothing_to_protect_yet() -> None:
    assert format_control_title(PLAN, True, empty=True) == "Det finns inga uppgifter att skydda än"
    assert format_control_title(PLAN, True) == "Alla uppgifter står i offentliga dokument: inget behöver döljas"
    assert format_control_title(PLAN, False) == "Inget behöver döljas"


def test_where_nothing_is_hidden_no_hidden_numbers_are_counted() -> None:
    assert format_cost(PLAN) == "Gränsen är 5 personer."


def test_what_is_exposed_takes_a_line_an_insats_in_order_of_time() -> None:
    periods = ("2022-H1", "2021", "2022", "2021-H2")
    rows = [
        RowKey("glantan", kon, Period.parse(one), "bortfall") for one in periods for kon in (Gender.KVINNA, Gender.MAN)
    ]
    plan = replace(PLAN, exposed=frozenset({*rows, RowKey("arken", Gender.ALLA, Period.parse("2021"), "bortfall")}))
    assert format_exposed(plan, {"glantan": "Gläntan", "arken": "Arken"}) == (
        "Några små tal går att räkna ut av det som redan har lämnats ut, hur mycket som än döljs nu. De visas ändå "
        "inte, och resten lämnas ut som vanligt:",
        "Arken: 2021",
        "Gläntan: 2021, andra halvåret 2021, första halvåret 2022, 2022",
    )
    assert format_exposed(PLAN, {}) == ()
