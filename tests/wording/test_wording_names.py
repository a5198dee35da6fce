"""Every member of every closed list of the model has a Swedish name."""

import inspect
from enum import StrEnum

import pytest

from finsam_dash import model
from finsam_dash.model import DenominatorType, Gender, GenderScope, Qualifier, SubjectKind
from finsam_dash.wording import names

LISTS = [
    value
    for _, value in inspect.getmembers(model, inspect.isclass)
    if issubclass(value, StrEnum) and value is not StrEnum
]


@pytest.mark.parametrize("closed_list", LISTS, ids=lambda closed_list: closed_list.__name__)
def test_every_member_is_named(closed_list: type[StrEnum]) -> None:
    found = [names.format_name(member) for member in closed_list if member is not Qualifier.NONE]
    assert all(found)
    assert len(set(found)) == len(found)


def test_lists_that_share_a_code_keep_their_own_words() -> None:
    assert names.format_name(Gender.MAN) == "män"
    assert names.format_name(GenderScope.MAN) == "bara män"
    assert names.format_name(SubjectKind.GRUPP) == "grupp"
    assert names.format_name(DenominatorType.GRUPP) == "i gruppen"
    assert names.format_name_capital(Gender.KVINNA) == "Kvinnor"


def test_of_whom() -> None:
    assert names.format_of_whom(DenominatorType.AVSLUTADE) == "av de avslutade"
    assert names.format_denominator(1159, DenominatorType.AVSLUTADE) == "av\u00a01\u00a0159 avslutade"
    assert names.format_denominator(69, DenominatorType.GENOMFORT) == "av\u00a069 som genomfört"
    assert names.format_denominator(None, DenominatorType.DELTAGARE) == "av deltagarna"
    assert names.format_denominator(None, None) == ""
    assert names.format_denominator(12, None) == "av\u00a012"
    assert {names.format_of_whom(kind)[:3] for kind in DenominatorType} == {"av "}


def test_lists_in_prose() -> None:
    assert names.format_list([]) == ""
    assert names.format_list(("A",)) == "A"
    assert names.format_list(["A", "B", "C"]) == "A, B och C"
    assert names.capitalise("eSF") == "ESF"
