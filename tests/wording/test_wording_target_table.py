"""The cells of a goal, as its page and Översikt draw them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_dash.judgement.verdict import Riktning, Sakerhet, Verdict, judge_share
from finsam_dash.model import Basis, Forbund, Lage, Measured, Missing, Period, Reason, Target, TargetKind, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.report.content_targets import EarlierOutcome, TargetRow
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
