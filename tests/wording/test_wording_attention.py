"""Every rule has its name, its page and its sentence; every case of the simulation its words."""

from __future__ import annotations

import pytest
from list_pages import list_pages

from finsam_dash.judgement.attention import Attention, Rule
from finsam_dash.judgement.attention_rates import CASES
from finsam_dash.model import Period
from finsam_dash.wording.attention import RULES, format_attention, format_case, format_rest
from finsam_dash.wording.numbers import format_plain

NUMBERS = {
    "k": 12.0, "n": 20.0, "kvar": 5.0, "mal": 0.5, "nya": 7.0, "manader": 3.0, "sida": 1.0, "mitt": 0.4,
    "punkter": 14.0, "fore_k": 3.0, "fore_n": 30.0, "kvot": 1.3, "andra": 1.0, "antal": 2.0, "perioder": 1.0,
    "skillnad": -4.0, "linje": 0.3, "jamforelser": 6.0, "forbundet": 0.0,
}  # fmt: skip


def say(rule: Rule, text: str = "", insats: str | None = "ett", **numbers: float) -> str:
    item = Attention(rule, insats, Period.parse("2025-03"), tuple((NUMBERS | numbers).items()), text)
    return format_plain(format_attention([item], {"ett": "Ettan"})[0].text)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_a_name_a_page_of_the_menu_and_a_sentence(rule: Rule) -> None:
    item = Attention(rule, None, Period.parse("2025"), tuple(NUMBERS.items()))
    line = format_attention([item], {})[0]
    assert {page.path: page.title for page in list_pages()}[line.path] == line.page
    assert line.rule == RULES[rule]
    assert line.text.startswith("Hela förbundet")
    assert line.text.endswith((".", ")."))
    assert line.insats == ""


def test_sentences_follow_their_numbers() -> None:
    assert say(Rule.SIGNAL, "sju_at_samma_hall", sida=-1.0) == (
        "Ettan: andelen till arbete eller studier har sjunkit, mer än slumpen brukar ge (sju i rad åt samma håll). "
        "Senaste kvartal: 12 av 20, i snitt 40 % över 14 mätpunkter."
    )
    assert say(Rule.SEN, manader=1.0, andra=0.0) == ("Ettan: mars 2025 är inte redovisad.")
    assert say(Rule.ANDRAD, "Mars") == (
        "Ettan: 2 tal som redan var klara ändrades av den senaste leveransen (Mars), senast för mars 2025."
    )
    assert say(Rule.FLODE) == (
        "Ettan: in och ut går inte ihop efter mars 2025. Pågående vid nästa månads början är 4 färre än pågående + nya "
        "− avslutade."
    )
    assert say(Rule.AVVIKER, sida=-1.0, insats="okand").startswith("okand ligger tydligt under insatser med samma")
    assert say(Rule.AVVIKER, "alder:20_64", forbundet=1.0) == (
        "Ettan 20–64 år ligger tydligt över hela förbundet i mars 2025: 12 av 20 mot 30 %. Sex jämförelser gjordes, "
        "gräns 99,8 %."
    )


def test_a_count_says_what_is_left_of_its_time() -> None:
    numbers = {name: value for name, value in NUMBERS.items() if name != "n"}
    for changed, ending in (
        ({"manader": 0.0}, "och 5 är kvar. Tiden är ute."),
        ({"kvar": 0.0, "manader": 1.0}, "12 hittills. Med samma takt som hittills, 7 nya, räcker inte en månad till."),
    ):
        item = Attention(Rule.MAL, "ett", Period.parse("2025"), tuple((numbers | {"mal": 60.0} | changed).items()))
        text = format_plain(format_attention([item], {"ett": "Ettan"})[0].text)
        assert text.startswith("Ettan: målet 60 går inte längre att nå. 12 hittills")
        assert text.endswith(ending)


def test_every_simulated_case_has_words() -> None:
    assert len({format_case(rule, case) for rule, case, _, _ in CASES}) == len(CASES)


def test_the_rest_is_counted() -> None:
    assert format_rest(2) == "Visa två till"
