"""The form of a goal: what is not touched is not changed, and what is written is what the goal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from build_figures import share_goal

from finsam_dash.intake.plans import read_targets
from finsam_dash.model import DenominatorType, Period, Riktning, Target, TargetKind, Unit
from finsam_dash.ui.target_fields import change_target, find_problems, make_target, show_new, show_target

DATA = Path(__file__).parents[2] / "data"
GOALS = [
    goal for folder in ("publicerat", "exempel") for _, goal in read_targets((DATA / folder / "mal.csv").read_bytes())
]
YEAR = Period.year(2026)
SURVEY = share_goal(
    kod="plan-3",
    plan="Plan 2026",
    level="insatsmal",
    text="75 % ska må bättre.",
    period=YEAR,
    kind=TargetKind.ENKAT,
    indikator="andel_forbattrad_halsa",
    namnare_typ=DenominatorType.SVARANDE,
    malvarde=0.75,
    scope="insatsperiod",
    insats="sara",
)


def test_every_published_goal_is_the_same_after_its_form_was_saved_as_it_stood() -> None:
    assert len(GOALS) > 400
    for goal in GOALS:
        assert change_target(goal, show_target(goal), None) == goal
        assert find_problems(show_target(goal)) == []


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal.malvarde is not None][::9], ids=lambda goal: goal.kod)
def test_other_words_leave_the_rest_of_a_goal(goal: Target) -> None:
    written = replace(show_target(goal), text="  Andra \n ord. ", plan=" Ny plan ")
    assert change_target(goal, written, None) == replace(goal, text="Andra ord.", plan="Ny plan")


def test_another_number_in_the_same_unit_leaves_the_kind_of_goal() -> None:
    shown = show_target(SURVEY)
    assert (shown.side, shown.number) == ("minst", "75 %")
    assert change_target(SURVEY, replace(shown, number="80 %"), None) == replace(SURVEY, malvarde=0.8)
    assert change_target(SURVEY, replace(shown, side="hogst"), None) == replace(SURVEY, riktning=Riktning.HOGST)
    assert change_target(SURVEY, replace(shown, number="40"), None) == replace(
        SURVEY, kind=TargetKind.ANTAL, malvarde=40, unit=Unit.ANTAL
    )


def test_a_goal_becomes_one_against_riket_or_one_in_words() -> None:
    shown = show_target(SURVEY)
    assert change_target(SURVEY, replace(shown, side="riket"), None) == replace(
        SURVEY, kind=TargetKind.RIKET, malvarde=None, malkalla="riket"
    )
    assert change_target(SURVEY, replace(shown, side="inget"), None) == replace(
        SURVEY, kind=TargetKind.UTAN_TAL, riktning=None, malvarde=None, unit=None, malkalla="ingen"
    )


def test_a_span_is_shown_as_it_is_and_gives_way_to_a_number() -> None:
    span = replace(SURVEY, kind=TargetKind.INTERVALL, riktning=Riktning.EXAKT, malvarde=0.1, malvarde_hogst=0.2)
    shown = show_target(span)
    assert (shown.side, shown.number) == ("kvar", "")
    assert change_target(span, replace(shown, side="minst", number="15 %"), None) == replace(
        span, kind=TargetKind.ANDEL, riktning=Riktning.MINST, malvarde=0.15, malvarde_hogst=None
    )


def test_another_measure_insats_or_time_brings_what_follows_from_it() -> None:
    shown = show_target(SURVEY)
    other = replace(shown, indikator="andel_bortfall", insats="", end=date(2026, 6, 30))
    assert change_target(SURVEY, other, DenominatorType.AVSLUTADE) == replace(
        SURVEY,
        indikator="andel_bortfall",
        namnare_typ=DenominatorType.AVSLUTADE,
        insats="",
        scope="forbund",
        period=Period(YEAR.start, date(2026, 6, 30)),
        deadline=date(2026, 6, 30),
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.345, Unit.ANDEL, "34,5 %"),
        (1.0, Unit.ANDEL, "100 %"),
        (150, Unit.ANTAL, "150"),
        (1200000, Unit.ANTAL, "1200000"),
    ],
)
def test_a_number_stands_in_the_form_as_it_is_written(value: float, unit: Unit, text: str) -> None:
    goal = replace(SURVEY, kind=TargetKind.ANTAL, malvarde=value, unit=unit)
    assert show_target(goal).number == text
    again = change_target(goal, replace(show_target(goal), number=f"{text} "), None)
    assert (again.malvarde, again.unit) == (value, unit)


def test_a_new_goal_holds_what_is_written() -> None:
    fields = replace(show_new("Plan 2026", YEAR), text="Minst 30 % till arbete.", number="30 %", insats="sara")
    assert make_target("plan-1", fields, DenominatorType.AVSLUTADE) == share_goal(
        kod="plan-1",
        plan="Plan 2026",
        text="Minst 30 % till arbete.",
        period=YEAR,
        insats="sara",
        deadline=YEAR.end,
    )


def test_what_keeps_a_goal_from_being_saved() -> None:
    fields = replace(show_new("Plan", YEAR), number="trettio", end=date(2025, 1, 1))
    assert find_problems(fields) == [
        "Målets ord saknas. Skriv målet så som det står i planen.",
        "”trettio” är inget målvärde. Skriv till exempel 30 % eller 150.",
        "Målets sista dag ligger före den första. Ändra en av dem.",
    ]
