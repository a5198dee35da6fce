"""The cells of a goal, as its page and Översikt draw them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from finsam_dash.judgement.verdict import Riktning, Sakerhet, Verdict, judge_share
from finsam_dash.model import (
    Basis,
    Forbund,
    Lage,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Target,
    TargetKind,
    Unit,
    Value,
)
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.report.content_targets import EarlierOutcome, TargetPart, TargetRow
from finsam_dash.stats.proportions import wilson
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.target_table import (
    choose_for_overview,
    format_cells,
    format_overview_title,
    format_short_certainty,
    format_short_goal,
    format_targets_title,
    split_rows,
)
from finsam_dash.wording.targets import format_target_sentence

YEAR = Period.year(2025)
REPORT = Report(Forbund("a", "A"), YEAR, Lage.INTERN, date(2026, 1, 1), 1, 5, (), (), ())


def share(k: int, n: int) -> Measured:
    return Measured(k / n, k, n, *wilson(k, n))


def goal(kod: str = "m", insats: str = "", value: Measured | None = None, **fields: object) -> TargetRow:
    target = Target(
        kod, "Plan", "resultatmal", "Minst 30 % ska nå arbete.", YEAR, TargetKind.ANDEL, riktning=Riktning.MINST,
        malvarde=0.3, unit=Unit.ANDEL, malkalla="fast", insats=insats, mattidpunkt="vid avslut",
    )  # fmt: skip
    found = value or share(22, 70)
    return TargetRow(target, found, YEAR, Basis.UTFALL, judge_share(found, 0.3, Riktning.MINST), **fields)  # type: ignore[arg-type]


def test_a_goal_tells_its_years_and_its_analysis() -> None:
    row = goal(
        history=(TrendPoint(Period.year(2024), share(20, 70)), TrendPoint(YEAR, share(22, 70))),
        earlier=(EarlierOutcome(Period.year(2015), Measured(0.31), 0.34, "plan"),),
        comment="Bättre än i fjol.",
    )
    assert format_plain(format_cells(row, REPORT, {}).text[1]) == (
        "Mäts: vid avslut. Över åren: 2015: 31 % mot rikets 34 %, 2024: 29 %, 2025: 31 %. Analys: Bättre än i fjol"
    )


def test_oversikt_takes_one_goal_an_insats_with_counts_first() -> None:
    printed = replace(goal("a", "bron"), value=Measured(0.4))
    counted, other = goal("b", "bron"), goal("c", "stegen")
    assert [row.target.kod for row in choose_for_overview([printed, counted, other])] == ["b", "c"]


def test_oversikt_has_room_for_a_surely_missed_goal_in_the_plans_order() -> None:
    rows = [goal(name, name) for name in "abcdefg"]
    assert [row.target.kod for row in choose_for_overview(rows)] == list("abcdef")
    rows.append(goal("h", "h", share(8, 73)))
    assert [row.target.kod for row in choose_for_overview(rows)] == [*"abcde", "h"]
    assert format_overview_title(rows) == "7 av 8 mål nåddes i siffror, 0 säkert. 1 missades säkert"


def test_oversikt_takes_the_goal_about_arbete_before_another_and_says_what_the_other_is() -> None:
    left = goal("a", "bron")
    left = replace(
        left,
        target=replace(left.target, indikator="andel_avbrutit", riktning=Riktning.HOGST, malvarde=0.1),
    )
    work = goal("b", "bron")
    work = replace(work, target=replace(work.target, indikator="andel_arbete_studier"))
    assert [row.target.kod for row in choose_for_overview([left, work])] == ["b"]
    assert [row.target.kod for row in choose_for_overview([left])] == ["a"]
    assert format_short_goal(work) == ""
    assert format_plain(format_short_goal(left)) == "Avbrutit på egen begäran, högst 10 %"
    young = replace(work, target=replace(work.target, indelning="alder", klass="16_19"))
    assert format_plain(format_short_goal(young)) == "16–19 år, minst 30 %"


def test_oversikt_says_how_sure_in_a_few_words() -> None:
    assert format_short_certainty(goal()) == "↔\u00a0Kan\u00a0inte\u00a0avgöras"
    missed = goal(value=share(8, 73))
    assert format_short_certainty(missed) == "▼\u00a0Säkert\u00a0under"
    assert format_short_certainty(replace(missed, verdict=None)) == ".."


def test_the_line_below_says_how_many_goals_have_no_verdict_and_why() -> None:
    judged = goal("a", value=share(8, 73))
    no_verdict = Verdict(None, Sakerhet.PAGAR, None)
    runs = replace(goal("b"), basis=Basis.HITTILLS, verdict=no_verdict)
    lacks = replace(goal("c"), value=Missing(Reason.EJ_REDOVISAT), verdict=no_verdict)
    words = replace(lacks, target=replace(lacks.target, kind=TargetKind.UTAN_TAL))
    assert format_targets_title([judged, runs, lacks, words]) == (
        "Målet nåddes inte i siffror",
        "1 mål missades säkert. Av 4 mål kan 3 inte bedömas: 1 pågår, 1 saknar uppgift och 1 följs upp i ord.",
    )
    assert format_targets_title([runs, lacks]) == (
        "Inga mål går att följa upp än", "De 2 målen kan inte bedömas: 1 pågår och 1 saknar uppgift."
    )  # fmt: skip
    assert format_targets_title([]) == ("Inga mål går att följa upp än", "")
    hidden = replace(judged, verdict=None)
    assert format_targets_title([hidden])[1] == "1 mål visas inte: för få personer."


def test_a_goal_judged_before_its_time_is_out_says_so() -> None:
    assert format_cells(goal(), REPORT, {}).reached == "■\u00a0Ja"
    assert format_cells(replace(goal(), basis=Basis.HITTILLS), REPORT, {}).reached == "■\u00a0Ja hittills"


def test_goals_without_a_number_stand_apart() -> None:
    plain = goal("a")
    words = replace(plain, target=replace(plain.target, kod="b", kind=TargetKind.UTAN_TAL, malvarde=None))
    assert split_rows([words, plain]) == ((plain,), (words,))


def test_a_goal_that_still_runs_tells_its_pace() -> None:
    running = Verdict(None, Sakerhet.PAGAR, -17)
    target = replace(goal().target, kind=TargetKind.ANTAL, malvarde=50, unit=Unit.ANTAL)
    row = TargetRow(target, Measured(33), YEAR, Basis.HITTILLS, running, pace=27.1)
    assert format_cells(row, REPORT, {}).certainty == ("pågår", "jämn takt vore 27 nu")


def part(klass: str, value: Value, answer: bool | None = True) -> TargetPart:
    return TargetPart(klass, value, Verdict(answer, Sakerhet.OKANT_ANTAL))


def in_parts(*parts: TargetPart, reached: bool | None = True) -> TargetRow:
    verdict = Verdict(reached, Sakerhet.EJ_TILLAMPLIGT)
    return replace(goal(), value=Missing(Reason.UPPGIFT_SAKNAS), verdict=verdict, parts=parts)


def test_a_goal_in_parts_says_that_counts_lack_and_not_that_there_is_nothing_to_compute() -> None:
    """Source: Årsredovisning 2014, Växthuset II: the groups' shares are printed without counts."""
    printed = in_parts(part("grupp:1", Measured(0.333)), part("grupp:2", Measured(0.4)))
    assert format_cells(printed, REPORT, {}).certainty == ("– antal saknas", "")
    counted = in_parts(part("grupp:1", share(5, 15)), part("grupp:2", share(9, 15)))
    assert format_cells(counted, REPORT, {}).certainty == ("bedöms inte för delarna tillsammans", "")


def test_an_outcome_between_two_ends_is_one_span() -> None:
    """Source: Årsredovisning 2014, Jobbstudion: 90-95%."""
    ends = (part("intervall:lagst", Measured(0.9), None), part("intervall:hogst", Measured(0.95), None))
    found = in_parts(*ends, reached=None)
    assert format_plain(format_cells(found, REPORT, {}).outcome[0]) == "90–95 %"
    unlike = replace(found, reason="utfallet är ett spann", target=replace(found.target, comparable=False))
    assert format_plain(format_target_sentence(unlike) or "") == "90–95 %. Kan inte jämföras: utfallet är ett spann."


def test_a_goal_whose_parts_are_not_known_says_that_once() -> None:
    """Source: Årsredovisning 2014, ENTER: hälsa, tilltro and motivation, none measured yet."""
    parts = [part(f"upplevelse:{one}", Missing(Reason.INGEN_UPPGIFT_ANNU), None) for one in ("halsa", "tilltro")]
    waits = replace(in_parts(*parts, reached=None), value=Missing(Reason.INGEN_UPPGIFT_ANNU))
    assert format_target_sentence(waits) == "Ingen uppgift ännu."


def test_an_outcome_about_so_much_is_so_in_the_sentence_too() -> None:
    """Source: Årsredovisning 2014, Stig 2: Ca 25% av de övriga."""
    about = replace(goal(), value=Measured(0.25, qualifier=Qualifier.CA), verdict=Verdict(False, Sakerhet.OKANT_ANTAL))
    assert format_plain(format_target_sentence(about) or "") == (
        "Cirka 25 procent. Målet 30 procent nås inte i siffror. Antalet bakom saknas, därför inget intervall."
    )


def test_a_goal_that_runs_without_a_figure_says_both_and_one_that_is_not_measured_any_more_does_not_run() -> None:
    """Source: Årsredovisning 2014: SARA's "Mäts ej längre", Stig 2's four months after the project."""
    no_verdict = Verdict(None, Sakerhet.PAGAR)
    waits = replace(goal("a"), value=Missing(Reason.INGEN_UPPGIFT_ANNU), basis=Basis.HITTILLS, verdict=no_verdict)
    ceased = replace(waits, value=Missing(Reason.MATS_EJ_LANGRE))
    assert format_cells(waits, REPORT, {}).certainty == ("pågår, ingen uppgift ännu", "")
    assert format_cells(ceased, REPORT, {}).certainty == ("mäts ej längre", "")
    assert format_targets_title([waits, ceased])[1] == "De 2 målen kan inte bedömas: 1 pågår och 1 saknar uppgift."


def test_a_goal_in_words_tells_the_figures_of_its_parts() -> None:
    """Source: Årsredovisning 2014, Uppföljning VP: 56% yngre än 30 år, 53% kvinnor."""
    known = in_parts(part("alder:under_30", Measured(0.56), None), part("kon:kvinna", Measured(0.53), None))
    words = replace(known, target=replace(known.target, kind=TargetKind.UTAN_TAL, malvarde=None))
    assert format_plain(format_cells(words, REPORT, {}).known) == "Yngre än 30 år: 56 %; kvinnor: 53 %"
    own = replace(words, outcome_text="Uppmärksammas i urvalet")
    assert format_cells(own, REPORT, {}).known == "Uppmärksammas i urvalet"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"malvarde": 0.1, "malvarde_hogst": 0.2}, "10–20 %"),
        ({"malvarde": 2, "malvarde_hogst": 3, "unit": Unit.ANTAL}, "2–3"),
        ({"malvarde": 1000, "malvarde_hogst": 1500, "unit": Unit.KR}, "1 000–1 500 kr"),
        ({"riktning": Riktning.MINSKA, "malvarde": 0.5, "malkalla": "baslinje"}, "minska till 50 % av utgångsläget"),
    ],
)
def test_a_goal_between_two_ends_has_one_unit_and_one_against_the_start_says_so(
    fields: dict[str, Any], text: str
) -> None:
    row = goal()
    assert format_plain(format_cells(replace(row, target=replace(row.target, **fields)), REPORT, {}).goal) == text
