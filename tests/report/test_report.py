"""The Report: built from the store, protected before anybody sees it, and JSON there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from build_figures import insats, share_goal
from build_store import ME, deliver, empty_store

from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import (
    Basis,
    ComparisonValue,
    DenominatorType,
    Document,
    EconomyRow,
    Gender,
    Lage,
    Measured,
    Missing,
    Period,
    PostState,
    PostType,
    Reason,
    Riktning,
    Suppressed,
    TargetComment,
    TargetKind,
    TargetOutcome,
    Unit,
)
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.registers import load_amounts
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.store import Store, load_deliveries, save_comparison_values, save_entries, undo_delivery
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.targets import format_target_reason, format_target_sentence

YEAR = Period.parse("2025")
GOAL = share_goal()


def build(store: Store, lage: Lage = Lage.INTERN, period: Period = YEAR, known_by: date | None = None) -> Report:
    return build_report(
        store,
        "provet",
        period,
        lage=lage,
        as_of=date(2026, 2, 1),
        known_by=known_by,
        sections=("overview", "targets"),
    )


@pytest.fixture
def store() -> Store:
    made = empty_store(insats("bro"), insats("stegen"))
    deliver(
        made,
        ("bro", "avslutade", "alla", "2025", 40),
        ("bro", "till_arbete_studier", "alla", "2025", 14),
        ("stegen", "avslutade", "alla", "2025", 30),
        ("stegen", "till_arbete_studier", "alla", "2025", 8),
    )
    riket = ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", YEAR, 0.34, "Rapport")
    save_comparison_values(made, [riket], ME)
    save_entries(made, "provet", [GOAL, TargetComment("mal-1", YEAR, "Bättre än i fjol.")], ME)
    return made


def goal(report: Report, kod: str = "mal-1") -> TargetRow:
    assert report.targets is not None
    return next(row for row in report.targets if row.target.kod == kod)


@pytest.mark.parametrize("lage", Lage)
def test_json_there_and_back(store: Store, lage: Lage) -> None:
    report = build(store, lage)
    assert from_json(to_json(report)) == report


def test_one_changed_count_changes_indicator_verdict_and_sentence(store: Store) -> None:
    before = build(store)
    assert before.overview is not None
    value = before.overview.headline.value
    assert isinstance(value, Measured)
    assert (value.numerator, value.denominator) == (22, 70)
    assert goal(before).verdict is not None
    assert (goal(before).verdict.uppnatt, goal(before).verdict.marginal) == (True, 1)
    assert format_plain(str(format_target_sentence(goal(before)))) == (
        "Målet nås i siffror, en person till godo. Om nivån ligger över målet 30 procent kan inte avgöras: "
        "22 av 70, 95 %-intervall 22–43 procent."
    )

    deliver(store, ("stegen", "till_arbete_studier", "alla", "2025", 2), name="rattad.csv")
    after = build(store)
    assert after.overview is not None
    assert isinstance(after.overview.headline.value, Measured)
    assert after.overview.headline.value.numerator == 16
    verdict = goal(after).verdict
    assert verdict is not None
    assert (verdict.uppnatt, verdict.sakerhet, verdict.marginal) == (False, Sakerhet.EJ_AVGORBART, -5)
    assert str(format_target_sentence(goal(after))).startswith("Målet nås inte i siffror.")
    assert after.data_version > before.data_version
    assert after.overview.changes is not None
    assert [(change.before, change.after) for change in after.overview.changes.changed] == [(8, 2)]


def test_what_was_known_on_a_day(store: Store) -> None:
    deliver(store, ("bro", "till_arbete_studier", "alla", "2025", 20), known_from=date(2026, 3, 10))
    early, late = build(store, known_by=date(2026, 1, 31)), build(store, known_by=date(2026, 3, 31))
    assert [row.value for row in (goal(early), goal(late))] == [
        replace(goal(early).value, numerator=22),
        replace(goal(late).value, numerator=28),
    ]


def test_an_amount_is_known_from_the_day_of_its_document_or_its_own(store: Store) -> None:
    plan = Document("plan", "Plan 2025", "Plan 2025", YEAR, date(2024, 11, 20))
    amounts = [
        EconomyRow(kod, "Budget", PostType.KOSTNAD, PostState.BUDGET, "Insatser", kod, YEAR, Decimal(1), Unit.KR, **own)
        for kod, own in (
            ("tryckt", {"dokument": "plan"}),
            ("prognos", {"known_from": date(2025, 5, 2)}),
            ("odaterat", {}),
        )
    ]
    save_entries(store, "provet", [plan, *amounts], ME)
    known = {
        day: [row.kod for row in load_amounts(store, "provet", day)]
        for day in (date(2024, 11, 19), date(2024, 11, 20), date(2025, 5, 2), None)
    }
    assert list(known.values()) == [
        ["odaterat"],
        ["tryckt", "odaterat"],
        ["tryckt", "prognos", "odaterat"],
        ["tryckt", "prognos", "odaterat"],
    ]
    early = load_figure_set(store, "provet", date(2024, 11, 19))
    assert [row.kod for row in early.economy] == ["odaterat"]


def test_publicering_says_of_what_is_shown_just_what_intern_says(store: Store) -> None:
    report, intern = build(store, Lage.PUBLICERING), build(store)
    assert report.overview is not None
    assert intern.overview is not None
    assert report.overview.dots == intern.overview.dots
    assert report.overview.changes is None
    shown, whole = goal(report), goal(intern)
    assert (shown.value, shown.verdict, shown.comment) == (whole.value, whole.verdict, "")
    assert report.protection == "inom"


def test_publicering_hides_a_goal_with_all_that_tells_of_it(store: Store) -> None:
    deliver(store, ("bro", "till_arbete_studier", "alla", "2025", 3), name="rattad.csv")
    own = replace(GOAL, kod="eget", scope="insats", insats="bro")
    save_entries(store, "provet", [own], ME)
    report = build(store, Lage.PUBLICERING)
    assert report.overview is not None
    assert {dot.key: type(dot.value) for dot in report.overview.dots} == {"bro": Suppressed, "stegen": Suppressed}
    hidden = goal(report, "eget")
    assert isinstance(hidden.value, Suppressed)
    assert (hidden.verdict, hidden.comment, hidden.history) == (None, "", ())
    assert format_target_sentence(hidden) is None
    assert '"numerator":3' not in to_json(report)


def test_a_goal_without_outcome_is_never_false(store: Store) -> None:
    goals = [
        replace(GOAL, kod="utan-tal", kind=TargetKind.UTAN_TAL, malvarde=None, indikator="", malkalla="ingen"),
        replace(GOAL, kod="utan-data", indikator="andel_forbattrad_halsa"),
        replace(GOAL, kod="pagar", indikator="", period=Period.parse("2025-01/2026-12")),
        replace(GOAL, kod="riket-26", malkalla="riket", malvarde=None, period=Period.year(2026)),
    ]
    save_entries(store, "provet", goals, ME)
    report = build(store)
    for kod, reason in (
        ("utan-tal", "målet har inget tal att nå"),
        ("utan-data", "uppgift saknas"),
        ("pagar", "ingen uppgift ännu"),
    ):
        row = goal(report, kod)
        assert row.verdict is not None
        assert row.verdict.uppnatt is None
        assert format_target_reason(row) == reason
    later = goal(build(store, period=Period.year(2026)), "riket-26")
    assert later.verdict is not None
    assert later.verdict.uppnatt is None


def test_against_riket_of_the_same_year(store: Store) -> None:
    save_entries(store, "provet", [replace(GOAL, kod="riket", malkalla="riket", malvarde=None)], ME)
    row = goal(build(store), "riket")
    assert row.verdict is not None
    assert (row.verdict.uppnatt, row.verdict.sakerhet) == (False, Sakerhet.EJ_AVGORBART)
    assert format_plain(str(format_target_sentence(row))) == (
        "22 av 70 (31 %) mot rikets 34 %: målet nås inte i siffror. Skillnaden kan vara slump."
    )


def test_an_outcome_refers_to_a_stored_figure_and_follows_it(store: Store) -> None:
    own = Period.parse("2024-03-15/2025-12-31")
    target = replace(
        GOAL, kod="inskrivna", indikator="inskrivna", kind=TargetKind.ANTAL, unit=Unit.ANTAL, malvarde=60, insats="bro",
        period=own,
    )  # fmt: skip
    outcome = TargetOutcome("inskrivna", date(2026, 1, 1), Basis.UTFALL, own, matt="inskrivna", reference_period=own)
    save_entries(store, "provet", [target, outcome], ME)
    deliver(store, ("bro", "inskrivna", "alla", own.code, 48))
    row = goal(build(store), "inskrivna")
    assert row.verdict is not None
    assert (row.verdict.uppnatt, row.verdict.marginal, row.measured) == (False, -12, own)
    deliver(store, ("bro", "inskrivna", "alla", own.code, 61))
    row = goal(build(store), "inskrivna")
    assert row.verdict is not None
    assert (row.verdict.uppnatt, row.verdict.marginal) == (True, 1)


def test_a_forecast_is_no_outcome(store: Store) -> None:
    target = replace(GOAL, kod="kapital", indikator="", kind=TargetKind.PENGAR, riktning=Riktning.HOGST, malvarde=0.2)
    outcome = TargetOutcome("kapital", date(2025, 1, 1), Basis.PROGNOS, YEAR, value=Measured(0.102))
    save_entries(store, "provet", [target, outcome], ME)
    row = goal(build(store), "kapital")
    assert row.verdict is not None
    assert row.verdict.uppnatt is None
    assert format_plain(str(format_target_sentence(row))) == (
        "Prognos: 10 %, mål högst 20 %. Prognosen pekar mot att målet nås."
    )


def test_a_computed_share_of_others_than_the_goal_names_is_not_judged(store: Store) -> None:
    save_entries(store, "provet", [replace(GOAL, kod="del", namnare_typ=DenominatorType.DELTAGARE)], ME)
    row = goal(build(store), "del")
    assert row.verdict is not None
    assert (row.verdict.uppnatt, row.reason) == (None, "annan_namnare")


def test_a_partial_sum_gets_no_verdict() -> None:
    made = empty_store(insats("bro"), insats("stegen"))
    deliver(made, ("bro", "avslutade", "alla", "2025", 40), ("bro", "till_arbete_studier", "alla", "2025", 14))
    save_entries(made, "provet", [GOAL], ME)
    report = build(made)
    assert goal(report).partial
    assert goal(report).verdict is not None
    assert goal(report).verdict.uppnatt is None
    assert report.overview is not None
    assert report.overview.verdict.uppnatt is None
    missing = report.overview.missing
    assert (missing[0].insats, missing[0].detail) == (None, "insatser:stegen")


def test_a_hole_is_missing_with_its_reason() -> None:
    made = empty_store(insats("bro"))
    deliver(made, ("bro", "avslutade", "alla", "2025", None))
    report = build(made)
    row = next(row for row in report.rows if row.subject == "bro" and row.indikator == "avslutade")
    assert row.value == Missing(Reason.UPPGIFT_SAKNAS, "period:2025")


def test_a_month_never_stands_for_the_year_that_lacks_the_others() -> None:
    made = empty_store(insats("bro"))
    for month in ("2025-01", "2025-02"):
        deliver(
            made,
            ("bro", "avslutade", "alla", month, 10),
            ("bro", "till_arbete_studier", "alla", month, 4),
            name=f"{month}.csv",
        )
    overview = build(made).overview
    assert overview is not None
    (dot,) = overview.dots
    assert (dot.period, type(dot.value)) == (YEAR, Missing)


def test_an_undone_delivery_is_no_source(store: Store) -> None:
    deliver(store, ("bro", "nya", "alla", "2025", 9), name="fel.csv")
    assert [delivery.name for delivery in build(store).deliveries][-1] == "fel.csv"
    undo_delivery(store, load_deliveries(store, "provet")[-1].id, ME)
    assert "fel.csv" not in [delivery.name for delivery in build(store).deliveries]
