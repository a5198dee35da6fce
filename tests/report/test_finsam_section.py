"""Uppföljning Finsam: every amount from one source, budgeterat antal entered and undone, structure apart."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from build_figures import insats
from build_store import ME, deliver, empty_store
from published_store import published_store

from finsam_dash.export.finsam_workbook import to_finsam_xlsx
from finsam_dash.model import (
    Document,
    EconomyRow,
    EconomyTable,
    GenderScope,
    Insats,
    Lage,
    Period,
    PlannedCount,
    PostState,
    PostType,
    Purpose,
    TableKind,
    Unit,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.economy import OWN_TABLE
from finsam_dash.report.finsam import FinsamAmount, FinsamBasis, FinsamRow, load_finsam
from finsam_dash.store import Store, load_entries, load_entry_versions, load_log, save_entries, undo_entry
from finsam_dash.wording.finsam import (
    HEADER,
    format_finsam_cells,
    format_finsam_title,
    format_lead,
    format_sources,
    list_gaps,
)
from finsam_dash.wording.numbers import format_plain

YEAR = Period.parse("2025")
UTFALL, BUDGET, BESLUTAD, PROGNOS = PostState.UTFALL, PostState.BUDGET, PostState.BESLUTAD, PostState.PROGNOS
ETT, STOD = insats("ett", malgrupp="Alla"), insats("stod", purpose=Purpose.STRUKTUR)


def post(
    tabell: str, amount: int, state: PostState = UTFALL, *, unit: Unit = Unit.KR, name: str = "Ettan",
    part: str = "", posttype: PostType = PostType.KOSTNAD, period: Period = YEAR, dokument: str = "ar",
) -> EconomyRow:  # fmt: skip
    return EconomyRow(
        kod=f"{tabell}/{name}/ett/{part}/{state}/{posttype}/{period.code}",
        tabell=tabell,
        posttype=posttype,
        state=state,
        kategori="Insatser",
        post=name,
        period=period,
        amount=Decimal(amount),
        unit=unit,
        insats="ett",
        insatsperiod=part,
        dokument=dokument,
        rubrik=tabell,
    )


def table(name: str, kind: TableKind) -> EconomyTable:
    return EconomyTable(name, kind)


def store_with(*entries: EconomyRow | EconomyTable, insatser: tuple[Insats, ...] = (ETT,)) -> Store:
    store = empty_store(*insatser)
    save_entries(store, "provet", [Document("ar", "Årsredovisning 2025", "Årsredovisning 2025", YEAR), *entries], ME)
    return store


def basis_of(store: Store, period: Period = YEAR) -> FinsamBasis:
    report = build_report(
        store, "provet", period, lage=Lage.INTERN, as_of=date(2026, 4, 1), sections=("targets", "economy")
    )
    return load_finsam(store, report)


def row_of(store: Store) -> FinsamRow:
    return next(row for row in basis_of(store).individual if row.insats.kod == "ett")


MAIN, NOTE = table("Samverkansinsatser", TableKind.HUVUD), table("Not 3", TableKind.DEL)


def test_the_same_money_in_two_tables_and_a_delivery_is_counted_once() -> None:
    """591 tkr in one table, 591 444 kr in a note, 591 444 delivered: 591 444, not 1 773 888."""
    store = store_with(
        MAIN,
        NOTE,
        post("Samverkansinsatser", 373, unit=Unit.TKR, part="2"),
        post("Samverkansinsatser", 218, unit=Unit.TKR, part="3"),
        post("Not 3", 373_495, part="2"),
        post("Not 3", 217_949, part="3"),
    )
    deliver(store, ("ett", "kostnad", "alla", "2025", 591_444), ("ett", "budget", "alla", "2025", 600_000))
    row = row_of(store)
    assert row.outcome == FinsamAmount(Decimal(591_444), "Årsredovisning 2025, Not 3")
    assert row.budget == FinsamAmount(Decimal(600_000), "Insatsernas leveranser")
    assert format_plain(format_sources(row)) == ("Budget: Insatsernas leveranser. Utfall: Årsredovisning 2025, Not 3.")


def test_what_the_forbund_has_entered_comes_first_and_another_amount_is_said() -> None:
    store = store_with(MAIN, post("Samverkansinsatser", 500_000, BUDGET), post(OWN_TABLE, 450_000, BUDGET, dokument=""))
    row = row_of(store)
    assert row.budget == FinsamAmount(
        Decimal(450_000), "Egna uppgifter", (("Årsredovisning 2025, Samverkansinsatser", Decimal(500_000)),)
    )
    assert format_plain(format_sources(row)) == (
        "Budget: Egna uppgifter. Annat belopp för budget: 500 000 i Årsredovisning 2025, Samverkansinsatser."
    )


def test_sums_income_prognoser_other_years_and_other_tables_are_no_cost() -> None:
    year_before = Period.parse("2024")
    store = store_with(
        MAIN,
        table("Löptext", TableKind.TEXT),
        post("Samverkansinsatser", 100),
        post("Samverkansinsatser", 100, posttype=PostType.SUMMA, name="Summa"),
        post("Samverkansinsatser", 70, posttype=PostType.OVRIG_INTAKT, name="ESF"),
        post("Samverkansinsatser", 120, PROGNOS),
        post("Samverkansinsatser", 90, period=year_before),
        post("Samverkansinsatser", 1_000, period=Period.parse("2024-07/2025-12"), name="Hela tiden"),
        post("Löptext", 100_000),
    )
    row = row_of(store)
    assert row.outcome == FinsamAmount(Decimal(100), "Årsredovisning 2025, Samverkansinsatser")
    assert row.budget is None


def test_what_is_both_budgeted_and_decided_is_counted_once() -> None:
    store = store_with(MAIN, post("Samverkansinsatser", 100, BUDGET), post("Samverkansinsatser", 110, BESLUTAD),
                       post("Samverkansinsatser", 40, BESLUTAD, name="Ettan, tillägg"))  # fmt: skip
    budget = row_of(store).budget
    assert budget is not None
    assert budget.kronor == 140


def test_the_published_year_adds_no_two_tables() -> None:
    """Uppsala län 2014, Not 3: Hikikomori 373 495 + 217 949, 3.4.4 938 856 kr; together 19 615 497 with LÄS."""
    store = published_store()
    report = build_report(
        store, "uppsala-lan", Period.parse("2014"), lage=Lage.INTERN, as_of=date(2026, 4, 1),
        sections=("targets", "economy"),
    )  # fmt: skip
    outcomes = {row.insats.kod: row.outcome.kronor for row in load_finsam(store, report).individual if row.outcome}
    assert outcomes["hikikomori"] == 591_444
    assert outcomes["3-4-4"] == 938_856
    assert sum(outcomes.values()) == 19_615_497 - 96_222, "all of note 3 but the kartläggning, which is no insats here"


def test_places_a_year_are_not_called_a_number_for_the_whole_time() -> None:
    """Source: Årsredovisning 2014, Tierpsmodellen: upp till 40 deltagarplatser per år; United Action: minst 80."""
    store = published_store()
    report = build_report(
        store, "uppsala-lan", Period.parse("2014"), lage=Lage.INTERN, as_of=date(2026, 4, 1),
        sections=("targets", "economy"),
    )  # fmt: skip
    said = {row.insats.kod: list_gaps(row) for row in load_finsam(store, report).individual}
    assert "budgeterat antal: planen har 40 per år, aug 2012–dec 2014" in map(format_plain, said["tierpsmodellen"])
    assert "budgeterat antal: planen har 80 för juni 2013–dec 2014" in map(format_plain, said["united-action"])


def test_budgeterat_antal_is_entered_dated_logged_and_undone() -> None:
    store = store_with()
    assert row_of(store).budgeted is None
    for number in (40, 45):
        save_entries(store, "provet", [PlannedCount("ett/2025", "ett", YEAR, number)], ME, reason="antal")
    assert row_of(store).budgeted == 45
    assert basis_of(store, Period.parse("2024")).individual[0].budgeted is None
    assert undo_entry(store, "provet", PlannedCount, "ett/2025", ME)
    assert row_of(store).budgeted == 40
    assert [version.actor.name for version in load_entry_versions(store, "provet", PlannedCount, "ett/2025")] == (
        [ME.name] * 3
    )
    assert undo_entry(store, "provet", PlannedCount, "ett/2025", ME), "undoing again brings it back"
    assert row_of(store).budgeted == 45
    assert "PlannedCount/ett/2025" in str(load_log(store)[-1].after)


def test_what_does_not_apply_is_no_gap() -> None:
    """An insats for women alone has no men to count."""
    women = insats("ett", malgrupp="Alla", gender_scope=GenderScope.KVINNOR)
    store = store_with(insatser=(women,))
    deliver(store, ("ett", "deltagare", "alla", "2025", 20), ("ett", "deltagare", "kvinna", "2025", 20),
            ("ett", "kostnad", "alla", "2025", 100), ("ett", "budget", "alla", "2025", 90))  # fmt: skip
    save_entries(store, "provet", [PlannedCount("ett/2025", "ett", YEAR, 40)], ME)
    assert list_gaps(row_of(store)) == []


def test_undoing_the_first_entry_leaves_none_and_undoing_nothing_says_so() -> None:
    store = store_with()
    assert not undo_entry(store, "provet", PlannedCount, "ett/2025", ME)
    save_entries(store, "provet", [PlannedCount("ett/2025", "ett", YEAR, 40)], ME)
    assert undo_entry(store, "provet", PlannedCount, "ett/2025", ME)
    assert load_entries(store, "provet", PlannedCount) == ()


def test_structure_stands_apart_in_the_workbook() -> None:
    store = store_with(insatser=(ETT, STOD))
    deliver(store, ("ett", "deltagare", "alla", "2025", 31), ("ett", "deltagare", "kvinna", "2025", 20),
            ("ett", "deltagare", "man", "2025", 11), ("ett", "kostnad", "alla", "2025", 100),
            ("ett", "budget", "alla", "2025", 90))  # fmt: skip
    save_entries(store, "provet", [PlannedCount("ett/2025", "ett", YEAR, 40)], ME)
    basis = basis_of(store)
    assert [row.insats.kod for row in basis.individual] == ["ett"]
    assert [row.insats.kod for row in basis.structural] == ["stod"]
    assert format_finsam_title((*basis.individual, *basis.structural), YEAR) == (
        "En av två insatser har allt som ska fyllas i för 2025"
    )
    assert format_finsam_title(basis.individual, YEAR) == "Insatsen har allt som ska fyllas i för 2025"
    assert format_finsam_title(basis.structural, YEAR) == "Insatsen har inte allt som ska fyllas i för 2025"
    book = openpyxl.load_workbook(io.BytesIO(to_finsam_xlsx(basis, "2025", "källa")))
    first, second = book.worksheets
    assert [first.cell(5, column).value for column in range(4, 11)] == [20, 11, "–", 31, 40, 90, 100]
    assert [cell.value for cell in second[5]][:2] == ["STOD", "Strukturinsats"]
    assert len(HEADER) == len(format_finsam_cells(basis.individual[0]))


@pytest.mark.parametrize(("asked", "ending"), [("2025", "Tomt är aldrig noll."), ("2025-H1", "visas hela 2025.")])
def test_another_period_than_a_year_shows_its_year(asked: str, ending: str) -> None:
    assert format_lead(Period.parse(asked), YEAR).endswith(ending)
