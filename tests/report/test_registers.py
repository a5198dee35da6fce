"""Samverkan, försörjning, follow-ups and texts: what is counted, what is not known, and what publicering hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from build_figures import insats
from build_store import ME, deliver, empty_store
from published_store import published_store

from finsam_dash.export.contract import to_follow_up_json, to_samverkan_json, to_support_json
from finsam_dash.model import (
    REFUSED,
    Decision,
    Enkat,
    Event,
    ExternalFunding,
    InsatsText,
    Lage,
    Lotsarende,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Risk,
    SamverkanFigure,
    Suppressed,
    Unit,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.report.content_samverkan import LotsRow
from finsam_dash.report.follow_up import read_klass
from finsam_dash.report.registers import load_planned_years
from finsam_dash.report.samverkan import compute_enkat
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.store import Store, save_entries
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.samverkan import (
    format_decisions_title,
    format_distance,
    format_item,
    format_samverkan_title,
    format_step_change,
    format_support_title,
)

YEAR = Period.year(2025)
SECTIONS = ("samverkan", "support", "follow_up", "accounts")


def build(store: Store, forbund: str = "provet", period: str = "2025", lage: Lage = Lage.INTERN) -> Report:
    return build_report(store, forbund, Period.parse(period), lage=lage, as_of=date(2026, 1, 1), sections=SECTIONS)


@pytest.fixture(scope="module")
def report() -> Report:
    return build(published_store(), "uppsala-lan", "2014")


# ---- what the documents print


def test_the_seminars_of_2014_are_there_with_their_hedges(report: Report) -> None:
    """Source: Årsredovisning 2014, Spridningsseminarier."""
    assert report.samverkan is not None
    seminars = [item for item in report.samverkan.items if item.figure.slag == "spridningsseminarium"]
    people = {item.figure.namn: item.value.value for item in seminars if item.figure.matt == "deltagare"}  # type: ignore[union-attr]
    assert people == {
        "ISAmverkan": 150, "Grön Rehab": 70, "Hikikomori": 70, "Impuls": 40, "United Action": 26, "Tierpsmodellen": 30,
    }  # fmt: skip
    hikikomori = next(item for item in seminars if item.figure.namn == "Hikikomori")
    assert hikikomori.value.qualifier is Qualifier.CA  # type: ignore[union-attr]
    grade = next(item for item in seminars if item.figure.matt == "snittbetyg")
    assert format_item(grade) == "4,5 (skala inte angiven)"


def test_the_documents_own_follow_ups_keep_what_is_unknown(report: Report) -> None:
    """Source: Årsredovisning 2014, Grön Rehab: 29 persons (22 %), 62 (48 %), 50 not followed up; Athena 75 and 54 %."""
    rows = {(row.insats, row.klass, row.period.code): row for row in report.follow_up or ()}
    first = rows["gron-rehab", "avslut_12_man", "2011-09/2013-11"]
    assert (first.anchor, first.months, first.duration) == ("avslut", 12, None)
    assert [(outcome.count.value, outcome.share.value) for outcome in first.outcomes[:2]] == [(29, 0.22), (62, 0.48)]  # type: ignore[union-attr]
    assert isinstance(first.left, Missing)
    assert isinstance(first.unknown, Missing)
    later = rows["gron-rehab", "avslut_12_man", "2013-12/2015-01"]
    assert later.unknown == Measured(50)
    assert all(isinstance(outcome.count, Missing) for outcome in later.outcomes)
    athena = [row for row in rows.values() if row.insats == "athena"]
    assert sorted(value.value for row in athena for _, _, value in row.printed) == [0.54, 0.75]  # type: ignore[union-attr]
    assert {row.anchor for row in athena} == {""}


def test_the_year_is_told_decision_by_decision(report: Report) -> None:
    accounts = report.accounts
    assert accounts is not None
    kinds = [decision.kind for decision in accounts.decisions]
    assert format_decisions_title(accounts) == (
        f"{kinds.count('startad')} startade, {kinds.count('förlängd')} förlängda, {kinds.count('avslutad')} avslutade"
    )
    by_board = [decision.kind for decision in accounts.decisions if decision.decided_by == "styrelsen"]
    assert (by_board.count("startad"), by_board.count("förlängd")) == (2, 5)
    fates = {account.insats: account.fate for account in accounts.insatser if account.fate}
    assert (fates["stig-2"], fates["jobbstudion"]) == ("implementerad", "inte implementerad")
    assert {text.field for text in accounts.whole.texts} == {"framgangsfaktorer", "systemfel"}


def test_published_figures_are_shown_in_publicering_too(report: Report) -> None:
    public = build(published_store(), "uppsala-lan", "2014", Lage.PUBLICERING)
    assert public.samverkan is not None
    assert report.samverkan is not None
    assert public.samverkan.items == report.samverkan.items
    assert public.follow_up == report.follow_up
    assert public.samverkan.risks is None


# ---- what a förbund counts itself


def own_store() -> Store:
    store = empty_store(insats("bro"))
    deliver(
        store,
        ("bro", "uppfoljning_avslutade@uppfoljning:avslut_6_man", "alla", "2025-H1", 20),
        ("bro", "uppfoljning_avslutade@uppfoljning:avslut_6_man", "alla", "2025-H2", 10),
        ("bro", "uppfoljning_arbete_studier@uppfoljning:avslut_6_man", "alla", "2025-H1", 6),
        ("bro", "uppfoljning_arbete_studier@uppfoljning:avslut_6_man", "alla", "2025-H2", 4),
        ("bro", "ej_uppfoljda@uppfoljning:avslut_6_man", "alla", "2025-H1", 3),
        ("bro", "ej_uppfoljda@uppfoljning:avslut_6_man", "alla", "2025-H2", 2),
        *(("", f"{form}_personer@kommun:a", "alla", "2025-K4", 10) for form in ("sjukpenning", "aktivitetsstod")),
        *(
            ("", f"{form}_kostnad@kommun:{kommun}", "alla", f"2025-K{quarter}", 365_000)
            for kommun in ("a", "riket")
            for quarter in range(1, 5)
            for form in ("sjukpenning", "sjuk_aktivitetsersattning", "forsorjningsstod", "arbetsloshetsersattning")
        ),
        *(("", "aktivitetsstod_kostnad@kommun:a", "alla", f"2025-K{quarter}", 999) for quarter in range(1, 5)),
        ("", "befolkning_18_64@kommun:a", "alla", "2025-K4", 1000),
        ("", "befolkning_18_64@kommun:riket", "alla", "2025-K4", 2000),
        ("", "sjukpenning_personer@kommun:riket", "alla", "2025-K4", 500),
    )
    entries = [
        *(
            Lotsarende(f"l{number}", date(2025, 3, number + 1), "norr", "Samordnare", "Kommunen", "Oklart", solved=end)
            for number, end in enumerate((True, True, False, None))
        ),
        Lotsarende("gammal", date(2024, 3, 1), "norr", "Samordnare", "Kommunen", "Oklart", solved=True),
        Enkat("e", "Enkät", "Går det bra?", YEAR, "deltagare", (1, 1, 2, 4, 2), 4, 20, before=(4, 4, 1, 1, 0)),
        ExternalFunding("f", "ESF", "Projekt", date(2025, 5, 1), Decimal(100), "beviljad"),
        Risk("r1", "Sen", "Chefen", date(2025, 12, 31)),
        Risk("r2", "Klar", "Chefen", date(2025, 12, 31), done=True),
        SamverkanFigure("s", "kompetensaktivitet", "Kurs", "deltagare", YEAR, Decimal(12), Unit.ANTAL),
        InsatsText("bro", "systemfel", "Väntetider", YEAR),
        Decision("d", "Bro", "förlängd", "bro", "styrelsen", "2025", date(2025, 7, 1), None, "pågår"),
        Event("h", date(2025, 2, 1), "Ny lokal", "bro"),
        Event("g", date(2024, 2, 1), "I fjol", "bro"),
    ]
    save_entries(store, "provet", entries, ME)
    return store


@pytest.fixture(scope="module")
def own() -> Report:
    return build(own_store())


def test_follow_ups_add_up_and_leave_the_unknown_out_of_the_denominator(own: Report) -> None:
    (row,) = own.follow_up or ()
    assert (row.left, row.unknown) == (Measured(30), Measured(5))
    share = row.outcomes[0].share
    assert isinstance(share, Measured)
    assert (share.numerator, share.denominator, share.unknown) == (10, 25, 5)
    assert row.outcomes[1].count == Missing(Reason.UPPGIFT_SAKNAS, "lucka:2025")
    assert isinstance(row.outcomes[1].share, Missing)
    assert format_plain(format_distance(row)) == "6 månader efter avslut"


def test_without_a_count_of_the_unknown_there_is_no_share() -> None:
    store = empty_store(insats("bro"))
    deliver(
        store,
        ("bro", "uppfoljning_avslutade@uppfoljning:avslut_6_man", "alla", "2025", 20),
        ("bro", "uppfoljning_arbete_studier@uppfoljning:avslut_6_man", "alla", "2025", 6),
    )
    (row,) = build(store).follow_up or ()
    assert isinstance(row.unknown, Missing)
    assert row.outcomes[0].count == Measured(6)
    assert isinstance(row.outcomes[0].share, Missing)


@pytest.mark.parametrize(
    ("klass", "expected"),
    [
        ("avslut_12_man", ("avslut", 12, None)),
        ("start_6_man_i_3_man", ("start", 6, 3)),
        ("3_man", ("", 3, None)),
        ("senare", ("", None, None)),
    ],
)
def test_a_class_names_anchor_distance_and_duration(klass: str, expected: tuple[str, int | None, int | None]) -> None:
    assert read_klass(klass) == expected


def test_the_forsorjningsmatt_leaves_aktivitetsstod_out(own: Report) -> None:
    """Source: Skellefteå's plan: cost of all forms but aktivitetsstöd, by inhabitants 18-64 and 365 days."""
    assert own.support is not None
    first, riket = own.support.rows
    assert first.measure == Measured(4 * 4 * 365_000 / 1000 / 365)
    assert riket.is_riket
    assert riket.measure == Measured(8)
    assert own.support.quarter == Period.parse("2025-K4")
    quarters = [quarter.measures[0] for quarter in own.support.quarters]
    assert quarters[-1] == Measured(16)
    title = format_plain(format_support_title(own.support, "2025"))
    assert title == "1 av 1 kommuner har högre försörjningsmått än riket 2025"


def test_lotsarenden_are_counted_by_group_and_answer(own: Report) -> None:
    samverkan = own.samverkan
    assert samverkan is not None
    (row,) = samverkan.lots
    assert [value.value for value in (row.opened, row.solved, row.unsolved, row.still_open)] == [4, 2, 1, 1]  # type: ignore[union-attr]
    whence = next(part for part in samverkan.breakdowns if part.dimension == "varifran")
    assert (whence.label, whence.count, whence.solved) == ("Kommunen", Measured(4), Measured(2))
    assert format_plain(format_samverkan_title(samverkan, "2025")) == "2 av 4 lotsärenden 2025 är lösta"
    assert samverkan.overdue == ("r1",)


def test_an_enkat_gives_share_mean_rate_and_change(own: Report) -> None:
    assert own.samverkan is not None
    (result,) = own.samverkan.enkater
    assert isinstance(result.positive, Measured)
    assert (result.positive.numerator, result.positive.denominator) == (6, 10)
    assert result.mean == Measured(3.5)
    assert isinstance(result.answer_rate, Measured)
    assert result.answer_rate.value == 0.5
    assert format_plain(format_step_change(result)) == "+1,6 steg"
    empty = compute_enkat(replace(result.enkat, answers=(0, 0, 0), positive_from=2, before=()))
    assert isinstance(empty.positive, Missing)


def test_texts_decisions_and_events_of_the_period_are_told(own: Report) -> None:
    assert own.accounts is not None
    (bro,) = own.accounts.insatser
    assert [text.text for text in bro.texts] == ["Väntetider"]
    assert [event.text for event in bro.events] == ["Ny lokal"]
    assert bro.fate == "pågår"
    assert format_decisions_title(own.accounts) == "1 förlängd"


def test_publicering_fails_closed_for_what_is_not_printed_anywhere() -> None:
    public = build(own_store(), lage=Lage.PUBLICERING)
    samverkan, accounts = public.samverkan, public.accounts
    assert samverkan is not None
    assert accounts is not None
    (item,) = samverkan.items
    assert (item.value, item.figure.value, item.figure.numerator, item.figure.uttryck) == (REFUSED, None, None, "")
    assert samverkan.lots == (LotsRow("", "", REFUSED, REFUSED, REFUSED, REFUSED),)
    assert samverkan.breakdowns == ()
    assert samverkan.enkater[0].enkat.answers == ()
    assert samverkan.risks is None
    (row,) = public.follow_up or ()
    assert {type(value) for value in (row.left, row.unknown, *(outcome.count for outcome in row.outcomes))} == {
        Suppressed
    }
    assert public.support is not None
    assert {type(form.persons) for row in public.support.rows for form in row.forms} <= {Suppressed, Missing}
    assert (accounts.insatser[0].texts, accounts.insatser[0].events) == ((), ())
    for content in (to_samverkan_json(public), to_follow_up_json(public)):
        assert "dold" in str(content)
    assert from_json(to_json(public)) == public


def test_the_json_names_what_is_asked_for(own: Report) -> None:
    content = to_follow_up_json(own)["rader"][0]
    assert (content["utgangspunkt"], content["manader"], content["inte_kanda"]["varde"]) == ("avslut", 6, 5)
    kommun = to_support_json(own)["kommuner"][0]
    assert kommun["forsorjningsmatt"]["varde"] == 16
    assert {form["form"] for form in kommun["former"]} >= {"aktivitetsstod", "sjukpenning"}
    assert to_samverkan_json(own)["internkontroll"][0]["forsenad"] is True


@pytest.mark.parametrize(
    ("forbund", "years"),
    [
        ("ange", ["2022"]),
        ("sydnarke", ["2016", "2018", "2017"]),
        ("uppsala-lan", ["2017", "2014", "2015"]),
        ("skelleftea", ["2014", "2015", "2016", "2013"]),
    ],
)
def test_the_years_of_plans_and_budgets_are_there_without_a_single_figure(forbund: str, years: list[str]) -> None:
    """Sources: the four plans; Sydnärke's Budget 2016-2018."""
    assert [year.code for year in load_planned_years(published_store(), forbund)] == years
