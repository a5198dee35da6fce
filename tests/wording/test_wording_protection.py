"""The words of Röjandekontroll where nothing is hidden."""

from __future__ import annotations

from finsam_dash.judgement.protection.publish import EMPTY_RECORD, PublishingPlan
from finsam_dash.wording.protection import format_control_title, format_cost

PLAN = PublishingPlan("ar", 5, {}, {}, frozenset(), 0, 0, EMPTY_RECORD)


def test_an_empty_forbund_has_nothing_to_protect_yet() -> None:
    assert format_control_title(PLAN, True, empty=True) == "Det finns inga uppgifter att skydda än"
    assert format_control_title(PLAN, True) == "Alla uppgifter står i offentliga dokument: inget behöver döljas"
    assert format_control_title(PLAN, False) == "Inget behöver döljas"


def test_where_nothing_is_hidden_no_hidden_numbers_are_counted() -> None:
    assert format_cost(PLAN) == "Gränsen är 5 personer."
