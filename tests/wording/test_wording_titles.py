"""The ten titles of the visual language, and what a title must never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.judgement.verdict import Riktning, Sakerhet, Verdict, judge_share
from finsam_dash.model import REFUSED, Measured, Missing, Period, Reason, Suppressed, Value
from finsam_dash.stats.proportions import wilson
from finsam_dash.wording import titles

Y2014 = Period.year(2014)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def share(k: int, n: int) -> Measured:
    lower, upper = wilson(k, n)
    return Measured(k / n, k, n, lower, upper)


def test_title_1_the_headline_against_riket() -> None:
    title = titles.format_outcome_title(value=share(88, 277), period=Y2014, riket=0.34, sakerhet=Sakerhet.EJ_AVGORBART)
    assert plain(title) == "32 procent gick till arbete eller studier 2014. Riket hade 34: skillnaden kan vara slump."
    assert len(title) <= titles.SLIDE_LENGTH


def outcome(value: Value, sakerhet: Sakerhet, riket: float | None = 0.34) -> str:
    return plain(titles.format_outcome_title(value=value, period=Y2014, riket=riket, sakerhet=sakerhet))


def test_the_headline_in_its_other_states() -> None:
    went = "gick till arbete eller studier 2014"
    assert (
        outcome(share(60, 277), Sakerhet.SAKERT_UNDER)
        == f"22 procent {went}. Riket hade 34: nivån ligger säkert under."
    )
    assert (
        outcome(share(140, 277), Sakerhet.SAKERT_OVER) == f"51 procent {went}. Riket hade 34: nivån ligger säkert över."
    )
    assert outcome(share(94, 277), Sakerhet.EJ_AVGORBART) == f"34 procent {went}. Riket hade lika stor andel."
    assert outcome(share(2, 8), Sakerhet.FOR_FA) == f"2 av 8 {went}. För få för en bedömning."
    assert outcome(share(0, 14), Sakerhet.EJ_AVGORBART, None) == f"Ingen av 14 {went}"
    assert outcome(Measured(0.29), Sakerhet.OKANT_ANTAL) == f"29 procent {went}. Riket hade 34."
    assert outcome(Suppressed(), Sakerhet.EJ_AVGORBART) == f"Hur många som {went} visas inte: för få personer"
    assert outcome(Missing(Reason.UPPGIFT_SAKNAS), Sakerhet.EJ_AVGORBART) == f"Uppgift saknas om hur många som {went}"


def test_title_2_goals_reached() -> None:
    assert titles.format_goals_title(reached=8, total=14, certain=2) == (
        "8 av 14 mål nåddes i siffror. För 2 av dem är det också säkert."
    )
    assert titles.format_goals_title(reached=8, total=14, certain=0) == (
        "8 av 14 mål nåddes i siffror. För inget av dem är det säkert."
    )
    assert titles.format_goals_title(reached=2, total=14, certain=2) == (
        "2 av 14 mål nåddes i siffror. För alla är det också säkert."
    )
    assert (
        titles.format_goals_title(reached=1, total=3, certain=1) == "1 av 3 mål nåddes i siffror. Det är också säkert."
    )
    assert titles.format_goals_title(reached=0, total=14, certain=0) == "Inget av 14 mål nåddes i siffror"
    assert titles.format_goals_title(reached=0, total=0, certain=0) == "Inga mål går att följa upp än"
    assert titles.format_goals_title_short(reached=8, total=14, certain=2) == "8 av 14 mål nåddes i siffror, 2 säkert"
    assert titles.format_goals_lead(missed_certain=3, undecided=5) == (
        "3 mål missades säkert, 5 kan inte avgöras: för få personer för att skilja utfallet från målet. "
        "Det är det vanliga och inget underbetyg."
    )


def test_goals_that_are_hidden_are_never_counted_as_if_they_were_not_there() -> None:
    assert titles.format_goals_title(reached=7, total=9, certain=1, hidden=[Suppressed()] * 2) == (
        "7 av 9 mål som visas nåddes i siffror. För 1 av dem är det också säkert."
    )
    nothing = "Utfallet mot målen visas inte: för få personer"
    assert titles.format_goals_title(reached=0, total=0, certain=0, hidden=[Suppressed()] * 2) == nothing
    refused = titles.format_goals_title(reached=0, total=0, certain=0, hidden=[REFUSED] * 2)
    assert refused == "Utfallet mot målen lämnas inte ut"
    assert titles.format_goals_title_short(reached=7, total=9, certain=1, hidden=[Suppressed()] * 2) == (
        "7 av 9 mål som visas nåddes i siffror, 1 säkert"
    )
    assert titles.format_goals_lead(missed_certain=0, undecided=0, hidden=[Suppressed()] * 2) == (
        "2 mål visas inte: för få personer. Av dem som visas: inget mål missades säkert."
    )


def goal(name: str, value: Measured, target: float, riktning: Riktning = Riktning.MINST) -> str:
    verdict = judge_share(value, target, riktning)
    return plain(titles.format_goal_title(name=name, value=value, target=target, riktning=riktning, verdict=verdict))


def test_titles_3_and_6_one_insats_against_its_target() -> None:
    assert goal("Växthuset II", share(25, 58), 0.35) == (
        "Växthuset II nådde målet 35 procent med fyra personers marginal, "
        "men om nivån ligger över målet kan inte avgöras"
    )
    assert goal("Stig 2", share(11, 48), 0.5) == "Stig 2: 13 personer saknas till målet 50 procent"
    assert goal("Grön Rehab", share(192, 239), 0.7) == (
        "Grön Rehab nådde målet 70 procent med 24 personers marginal, och nivån ligger säkert över målet"
    )
    assert goal("Växthuset II", share(50, 58), 0.85) == (
        "Växthuset II nådde precis målet 85 procent, men om nivån ligger över målet kan inte avgöras"
    )
    assert goal("Tierp", share(1, 80), 0.1, Riktning.HOGST) == (
        "Tierp höll taket 10 procent med sju personers marginal, och nivån ligger säkert under taket"
    )
    assert goal("SARA", share(11, 33), 0.35) == ("SARA: en person saknas till målet 35 procent, men det kan vara slump")
    assert goal("Liten", share(2, 8), 0.35) == "Liten: 2 av 8, för få för en bedömning mot målet 35 procent"
    assert goal("Tierpsmodellen", Measured(0.27), 0.5) == (
        "Tierpsmodellen: 27 procent mot målet 50 procent. Målet nåddes inte i siffror."
    )
    assert goal("ISAmverkan", Measured(0.3), 0.3) == "ISAmverkan nådde målet 30 procent"


def test_a_single_compared_insats_is_told_as_one():
    assert titles.format_comparison_title(over=[], under=[], comparisons=1) == (
        "Den jämförda insatsen avviker inte tydligt från riket"
    )
    assert titles.format_comparison_slide_title(over=0, under=1, comparisons=1) == (
        "Den jämförda insatsen ligger tydligt under riket"
    )
    assert titles.format_funnel_title(outside=0, comparisons=1) == (
        "Den jämförda insatsen skiljer sig inte mer från riket än slumpen förklarar"
    )
    assert titles.format_funnel_title(outside=1, comparisons=1) == (
        "Den jämförda insatsen skiljer sig mer från riket än slumpen förklarar"
    )


def test_titles_4_and_5_insatser_against_a_line() -> None:
    over = ["Jobbstudion", "United Action 20–64 år"]
    assert titles.format_comparison_title(over=over, under=[], comparisons=6) == (
        "Jobbstudion och United Action 20–64 år ligger tydligt över riket"
    )
    assert titles.format_comparison_title(over=["A"], under=["B"], comparisons=6) == (
        "A ligger tydligt över riket och B ligger tydligt under"
    )
    assert titles.format_comparison_title(over=[], under=[], comparisons=6) == (
        "Ingen av sex insatser avviker tydligt från riket"
    )
    long = [f"En insats med ett mycket långt namn {number}" for number in range(4)]
    assert titles.format_comparison_title(over=long, under=[], comparisons=12) == (
        "Fyra av tolv insatser ligger tydligt över riket. Övriga åtta avviker inte tydligt."
    )
    assert titles.format_comparison_slide_title(over=1, under=0, comparisons=6, undecided=1) == (
        "En av sex insatser ligger tydligt över riket. En går inte att avgöra."
    )
    assert titles.format_comparison_slide_title(over=0, under=0, comparisons=4, undecided=2) == (
        "Ingen av fyra insatser avviker tydligt från riket. Två går inte att avgöra."
    )
    assert titles.format_comparison_slide_title(over=2, under=0, comparisons=6) == (
        "Två av sex insatser ligger tydligt över riket. Övriga fyra avviker inte tydligt."
    )
    assert titles.format_funnel_title(outside=2, comparisons=6) == (
        "Två av sex insatser skiljer sig mer från riket än slumpen förklarar"
    )
    assert titles.format_funnel_title(outside=0, comparisons=0) == "Ingen insats går att jämföra med riket"


@pytest.mark.parametrize(
    ("nya", "avslutade", "title"),
    [
        (100, 90, "Ungefär lika många in som ut 2025: 100 nya och 90 avslutade"),
        (121, 101, "Fler in än ut 2025, men det kan vara slump: 121 nya och 101 avslutade"),
        (7, 9, "Fler ut än in 2025, men det kan vara slump: 7 nya och 9 avslutade"),
        (0, 0, "Ungefär lika många in som ut 2025: 0 nya och 0 avslutade"),
    ],
)
def test_counts_that_differ_before_the_readers_eyes_are_not_called_the_same(nya: int, avslutade: int, title: str):
    said = titles.format_flow_title(
        nya=Measured(nya), avslutade=Measured(avslutade), balance="ungefar_lika", when="2025"
    )
    assert said.replace("\u00a0", " ") == title


def test_titles_7_to_10() -> None:
    flow = titles.format_flow_title(
        nya=Measured(83), avslutade=Measured(86), balance="ungefar_lika", when="det senaste året"
    )
    assert flow == "Ungefär lika många in som ut det senaste året: 83 nya och 86 avslutade"
    assert titles.format_flow_title(nya=Suppressed(), avslutade=Measured(86), balance=None, when="2014") == (
        "In och ut 2014 visas inte: för få personer"
    )
    forsorjning = titles.format_forsorjning_title(
        to_goal=Measured(78),
        total=Measured(212),
        largest_fall="Försörjningsstöd",
        before=Measured(86),
        after=Measured(52),
    )
    assert forsorjning == "78 av 212 gick till lön eller studier. Försörjningsstödet minskade mest, från 86 till 52."
    assert plain(titles.format_spent_title(0.81, Y2014)) == "Insatserna förbrukade 81 procent av årets budget"


def test_titles_over_time_and_of_groups() -> None:
    trend = titles.format_trend_title(value=share(32, 86), target=0.4, sakerhet=Sakerhet.EJ_AVGORBART)
    assert plain(trend) == (
        "37 procent gick till arbete eller studier det senaste året. Målet 40 procent ligger inom osäkerheten."
    )
    few = titles.format_trend_title(value=share(1, 3))
    assert plain(few) == "1 av 3 gick till arbete eller studier det senaste året. För få för en bedömning."
    groups = titles.format_groups_title(
        first_name="Kvinnor", first=Measured(0.29), second_name="Män", second=Measured(0.34), differs=False
    )
    assert plain(groups) == "Kvinnor 29 procent, män 34 till arbete eller studier: skillnaden kan vara slump"
    few_men = titles.format_groups_title(
        first_name="Kvinnor", first=share(5, 12), second_name="Män", second=share(0, 1), differs=None
    )
    assert plain(few_men) == "Kvinnor 5 av 12, män 0 av 1 till arbete eller studier"
    recruitment = titles.format_recruitment_title(
        first_label="Erbjudna", first=Measured(819), last_label="Fullföljde", last=Measured(192)
    )
    assert plain(recruitment) == "819 erbjudna, 192 fullföljde: 23 procent hela vägen"


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (
            Missing(Reason.EJ_TILLAMPLIGT),
            Missing(Reason.EJ_TILLAMPLIGT),
            "Kvinnor och män jämförs inte: ej tillämpligt",
        ),
        (share(12, 38), Missing(Reason.EJ_TILLAMPLIGT), "Kvinnor och män jämförs inte: ej tillämpligt"),
        (
            Missing(Reason.EJ_TILLAMPLIGT),
            Missing(Reason.UPPGIFT_SAKNAS),
            "Kvinnor och män: uppgift saknas om arbete eller studier",
        ),
    ],
)
def test_what_does_not_apply_to_a_group_is_not_said_to_be_missing(first: Value, second: Value, title: str) -> None:
    made = titles.format_groups_title(first_name="Kvinnor", first=first, second_name="Män", second=second, differs=None)
    assert made == title


@given(st.sampled_from(list(Sakerhet)), st.sampled_from(list(Riktning)))
def test_a_hidden_value_leaves_no_number_in_any_title(sakerhet: Sakerhet, riktning: Riktning) -> None:
    hidden = Suppressed()
    verdict = Verdict(True, sakerhet, 7)
    made = [
        titles.format_outcome_title(value=hidden, period=Y2014, riket=0.34, sakerhet=sakerhet).replace("2014", ""),
        titles.format_goal_title(name="A", value=hidden, target=0.35, riktning=riktning, verdict=verdict).replace(
            "35", ""
        ),
        titles.format_trend_title(value=hidden, target=0.35, sakerhet=sakerhet),
        titles.format_groups_title(
            first_name="Kvinnor", first=hidden, second_name="Män", second=Measured(0.34), differs=True
        ),
        titles.format_flow_title(nya=hidden, avslutade=Measured(3), balance="fler_ut", when="i år"),
        titles.format_forsorjning_title(to_goal=hidden, total=Measured(3)),
        titles.format_recruitment_title(first_label="A", first=Measured(3), last_label="B", last=hidden),
    ]
    assert not [title for title in made if any(letter.isdigit() for letter in title)]


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(1, 99))
def test_the_headline_keeps_its_length_and_never_contradicts_itself(counts: tuple[int, int], riket: int) -> None:
    k, n = counts
    sakerhet = judge_share(share(k, n), riket / 100, Riktning.MINST).sakerhet
    title = titles.format_outcome_title(value=share(k, n), period=Y2014, riket=riket / 100, sakerhet=sakerhet)
    assert len(title) <= titles.SCREEN_LENGTH
    assert ("säkert" in title) <= (sakerhet in (Sakerhet.SAKERT_OVER, Sakerhet.SAKERT_UNDER))
