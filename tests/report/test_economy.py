"""Ekonomi: capital is not income, two tables that disagree, what can be decided, and shares of the bidrag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from build_figures import insats
from build_store import ME, deliver, empty_store
from published_store import published_store

from finsam_dash.export.contract import to_economy_json
from finsam_dash.model import (
    CategoryKind,
    EconomyCategory,
    EconomyRow,
    EconomyTable,
    Gender,
    Lage,
    Measured,
    Period,
    PostState,
    PostType,
    Riktning,
    Suppressed,
    TableKind,
    Target,
    TargetKind,
    Unit,
)
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.report.content_economy import Economy
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.store import Store, load_entries, save_entries
from finsam_dash.wording.economy import (
    format_conflict,
    format_cost_reasons,
    format_economy_title,
    format_equity_sentence,
    format_room_sentence,
    format_statement_cells,
    list_room_lines,
)
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.targets import format_target_sentence


def build(forbund: str, period: str, lage: Lage = Lage.INTERN, store: Store | None = None) -> Report:
    return build_report(
        store or published_store(),
        forbund,
        Period.parse(period),
        lage=lage,
        as_of=date(2026, 1, 1),
        sections=("economy",),
    )


def economy(forbund: str, period: str) -> Economy:
    found = build(forbund, period).economy
    assert found is not None
    return found


def test_ange_capital_is_not_income() -> None:
    """Source: Verksamhetsplan 2022, BUDGET 2022: 250 000 of eget kapital stands among the income."""
    equity = economy("ange", "2022").equity
    assert equity is not None
    assert (equity.income, equity.result) == (1_472_000, -100_000)
    assert (equity.opening, equity.closing, equity.printed) == (250_000, 150_000, 150_000)
    assert equity.share == pytest.approx(0.1019, abs=0.0001)
    assert equity.ceiling == 0.2
    assert format_plain(format_equity_sentence(equity)) == (
        "Året ger enligt budgeten ett underskott på 100 000 kr. Eget kapital går från 250 000 kr till 150 000 kr, "
        "10 procent av bidraget. Det är under taket 20 procent."
    )


def test_ange_can_still_decide_on_what_is_set_aside() -> None:
    room = economy("ange", "2022").room
    assert room is not None
    assert (room.available, room.decided, room.budgeted, room.undecided, room.left) == (
        1_722_000, 430_000, 444_500, 697_500, 150_000,
    )  # fmt: skip
    assert format_plain(format_room_sentence(room)).startswith("697 500 kr är avsatta i budgeten men ännu inte")


def test_what_a_budget_does_not_state_is_never_zero() -> None:
    """Source: Årsredovisning 2014, Inriktning insatser 2014 - budgetfördelning: nothing is said to be decided."""
    room = economy("uppsala-lan", "2014").room
    assert room is not None
    assert room.decided is None
    assert [line for line in list_room_lines(room) if line[1] != "–"] == [
        ("I budgeten", "23\u00a0844\u00a0000"), ("Avsatt men ej beslutat", "1\u00a0397\u00a0000"),
    ]  # fmt: skip
    assert ("Beslutat", "–") in list_room_lines(room)


def test_uppsala_2017_has_its_printed_decision_room() -> None:
    """Source: Verksamhetsplan 2017, Ekonomisk information: AKTUELLT BESLUTSUTRYMME 3 023 tkr."""
    room = economy("uppsala-lan", "2017").room
    assert room is not None
    assert room.left == 3_023_000 == dict(room.printed)["AKTUELLT BESLUTSUTRYMME"]
    assert room.applied is None


def test_skelleftea_separates_decided_and_new() -> None:
    room = economy("skelleftea", "2014").room
    assert room is not None
    assert (room.decided, room.undecided, room.capital) == (4_108_000, 2_004_000, 2_814_000)


def test_sydnarke_shows_both_budgets_of_2016() -> None:
    conflicts = economy("sydnarke", "2016").conflicts
    found = {conflict.what: (conflict.first, conflict.second) for conflict in conflicts}
    assert found["summa"] == (5_580_476, 5_494_516)
    assert found["resultat"] == (213_912, -1_075_016)
    assert found["intakter"] == (5_795_388, 4_405_000)
    assert format_plain(format_conflict(conflicts[0])).endswith(
        "delarna blir 5 580 476 kr, den tryckta totalen är 5 494 516 kr. Skillnaden är 85 960 kr."
    )


def test_uppsala_2014_uses_the_printed_shares_of_the_bidrag() -> None:
    """Source: Årsredovisning 2014, Förbrukning i förhållande till medlemsintäkt: 92,9, 3,2 and 20,1 %."""
    shares = {str(share.kind): round(share.share, 3) for share in economy("uppsala-lan", "2014").shares}
    assert shares == {"insatser": 0.929, "administration": 0.201, "styrelse": 0.032}


@pytest.mark.parametrize(
    ("start", "share"),
    [("Tidiga", 2.09), ("Sena", 0.87), ("Sociala", 0.28), ("Övriga", 0.44), ("SUMMA", 0.81)],
)
def test_shares_of_budget_are_computed_and_agree_with_the_printed(start: str, share: float) -> None:
    table = economy("uppsala-lan", "2014").tables[0]
    line = next(line for line in table.lines if line.post.startswith(start))
    assert line.share is not None
    assert round(line.share, 2) == share
    assert float(line.printed_share or 0) == share


def test_financing_is_per_member_and_year() -> None:
    financing = economy("uppsala-lan", "2014").financing
    assert financing is not None
    assert financing.years == (2011, 2012, 2013, 2014)
    assert financing.totals == (21_000_000, 22_000_000, 22_000_000, 22_000_000)
    state = financing.members[0]
    assert (state.amounts[-1], state.share, state.first, state.last) == (11_000_000, Decimal("0.5"), 2011, 2014)


def test_every_published_table_of_the_year_is_there_as_published() -> None:
    statements = {statement.tabell: statement for statement in economy("uppsala-lan", "2014").statements}
    stored = {
        row.tabell for row in load_entries(published_store(), "uppsala-lan", EconomyRow) if row.period.end.year == 2014
    }
    assert stored == set(statements)
    balance = statements["Balansräkning - Årsbokslut 2014-12-31"]
    assert [year for year, _ in balance.columns] == [2014, 2013]


def test_an_amount_keeps_the_reservation_of_its_document() -> None:
    """Source: Ordföranden har ordet ("drygt 20 miljoner kronor") and Sammanfattning ("cirka 6 milj kr")."""
    statements = {statement.tabell: statement for statement in economy("uppsala-lan", "2014").statements}
    for table, cells in (("Ordföranden har ordet", "drygt 20 000 tkr"), ("Sammanfattning", "cirka 6 000 tkr")):
        (row,) = [row for row in statements[table].rows if any(row.qualifiers)]
        assert [format_plain(cell) for cell in format_statement_cells(row)] == [cells]


def test_the_reasons_name_the_columns_that_lack() -> None:
    rows = {row.indikator: row for row in economy("uppsala-lan", "2014").insatser if row.subject == "sara"}
    assert format_plain(format_cost_reasons(rows, {})) == (
        "Förbrukad andel, ingen uppgift ännu: ingen budget är lagrad för tiden. "
        "Per deltagande och per avslut till arbete eller studier, uppgift saknas: inget inlämnat för 2014."
    )


def test_titles_say_the_finding() -> None:
    assert format_plain(format_economy_title(economy("uppsala-lan", "2014"))) == (
        "Insatserna förbrukade 81 procent av årets budget"
    )
    assert format_plain(format_economy_title(economy("ange", "2022"))) == (
        "697 500 kr i budgeten för 2022 är ännu inte beslutade"
    )
    assert format_plain(format_economy_title(economy("ange", "2020"))) == "Inga belopp är lagrade för 2020"


def test_the_json_holds_rows_and_what_is_computed() -> None:
    report = build("ange", "2022")
    content = to_economy_json(report, load_entries(published_store(), "ange", EconomyRow))
    assert content["eget_kapital"]["resultat"] == -100_000
    capital = [row for row in content["poster"] if row["posttyp"] == "ingaende_kapital"]
    assert [(row["belopp"], row["enhet"]) for row in capital] == [(250_000, "kr")]
    assert from_json(to_json(report)) == report


# ---- one's own rows


@pytest.fixture
def own() -> Store:
    store = empty_store(insats("bro", start="2025-01-01"))
    deliver(
        store,
        ("bro", "budget", "alla", "2025", 1200),
        *(("bro", "kostnad", "alla", f"2025-{month:02d}", 90) for month in range(1, 7)),
        ("bro", "pagaende", "alla", "2025-H1", 4),
        ("bro", "nya", "alla", "2025-H1", 6),
    )
    return store


def row(post: str, amount: int, state: PostState, day: date | None = None, **more: object) -> EconomyRow:
    return EconomyRow(
        f"{post}{day}", "Egen budget", PostType.KOSTNAD, state, "Insatser", post, Period.year(2025), Decimal(amount),
        Unit.KR, known_from=day, **more,
    )  # fmt: skip


def test_a_forecast_is_a_span_and_the_latest_own_prognos(own: Store) -> None:
    save_entries(
        own,
        "provet",
        [
            row("Bro", 1100, PostState.PROGNOS, date(2025, 6, 1), insats="bro", comment="Vakans"),
            row("Bro", 1050, PostState.PROGNOS, date(2025, 7, 1), insats="bro", comment="Två vakanser"),
        ],
        ME,
    )
    found = build("provet", "2025-H1", store=own).economy
    assert found is not None
    (forecast,) = found.forecasts
    assert (forecast.used, forecast.low, forecast.high) == (540, 1080, 1140)
    assert [(day.month, amount, comment) for day, amount, comment in forecast.own] == [
        (6, 1100, "Vakans"), (7, 1050, "Två vakanser"),
    ]  # fmt: skip
    line = next(line for table in found.tables for line in table.lines if line.insats == "bro" and line.budget)
    assert (line.forecast, line.comment) == (1050, "Två vakanser")
    public = build("provet", "2025-H1", Lage.PUBLICERING, own)
    assert "vakans" not in to_json(public).lower()
    rows = load_entries(own, "provet", EconomyRow)
    assert "vakans" not in str(to_economy_json(public, rows)).lower()


def test_own_rows_give_a_decision_room(own: Store) -> None:
    rows = [
        replace(row("Bidrag", 2000, PostState.BUDGET), posttype=PostType.BIDRAG),
        row("Bro", 1200, PostState.BESLUTAD),
        row("Nytt", 300, PostState.ANSOKT),
    ]
    save_entries(own, "provet", rows, ME)
    room = build("provet", "2025", store=own).economy.room  # type: ignore[union-attr]
    assert room is not None
    assert (room.decided, room.applied, room.left) == (1200, 300, 500)


@pytest.mark.parametrize(("started", "new", "public"), [(30, 26, Measured), (2, 1, Suppressed)])
def test_publicering_shows_a_cost_per_person_only_beside_the_persons(started: int, new: int, public: type) -> None:
    """With 3 deltaganden, below the threshold, the cost of each would tell how many they are."""
    store = empty_store(insats("bro", start="2025-01-01"))
    deliver(
        store,
        ("bro", "budget", "alla", "2025", 1200),
        *(("bro", "kostnad", "alla", f"2025-{month:02d}", 90) for month in range(1, 7)),
        ("bro", "pagaende", "alla", "2025-H1", started),
        ("bro", "nya", "alla", "2025-H1", new),
    )
    for lage, kind in ((Lage.INTERN, Measured), (Lage.PUBLICERING, public)):
        report = build("provet", "2025-H1", lage, store)
        assert report.economy is not None
        (cost,) = [row for row in report.economy.insatser if row.indikator == "kostnad_per_deltagande" and row.subject]
        (persons,) = [
            row
            for row in report.rows
            if (row.subject, row.indikator, row.gender) == ("bro", "deltaganden", Gender.ALLA)
        ]
        assert (type(cost.value), type(persons.value)) == (kind, kind)
        shares = [row for row in report.economy.insatser if row.indikator == "forbrukad_andel" and row.subject]
        assert [type(row.value) for row in shares] == [Measured]


def post(name: str, posttype: PostType, kategori: str, state: PostState, amount: int) -> EconomyRow:
    return EconomyRow(
        f"{name} {state}", "Budget 2025", posttype, state, kategori, name, Period.year(2025), Decimal(amount), Unit.KR,
        medlem="Regionen" if posttype is PostType.BIDRAG else "",
    )  # fmt: skip


def test_budget_and_outcome_of_the_same_posts_are_never_added(own: Store) -> None:
    """Worked by hand: 100 kr from before, 1 000 in bidrag; planned 300 + 800, spent 280 + 790."""
    budget, outcome = PostState.BUDGET, PostState.UTFALL
    rows = [
        post("Kvar", PostType.INGAENDE_KAPITAL, "Eget kapital", budget, 100),
        post("Bidrag", PostType.BIDRAG, "Bidrag", budget, 1000),
        post("Kansli", PostType.KOSTNAD, "Förvaltning", budget, 300),
        post("Insatser", PostType.KOSTNAD, "Insatser", PostState.BESLUTAD, 800),
    ]
    tables = [EconomyTable("Budget 2025", TableKind.HUVUD)]
    kinds = [
        EconomyCategory("Förvaltning", CategoryKind.ADMINISTRATION),
        EconomyCategory("Insatser", CategoryKind.INSATSER),
    ]
    save_entries(own, "provet", [*rows, *tables, *kinds], ME)
    planned = build("provet", "2025", store=own).economy
    assert planned is not None
    assert planned.equity is not None
    assert (planned.equity.basis, planned.equity.costs, planned.equity.closing) == (budget, 1100, 0)

    part = [post("Kansli", PostType.KOSTNAD, "Förvaltning", outcome, 280)]
    save_entries(own, "provet", part, ME)
    still = build("provet", "2025", store=own).economy
    assert still is not None
    assert still.equity is not None
    assert (still.equity.basis, still.equity.costs) == (budget, 1100)

    rest = [
        post("Insatser", PostType.KOSTNAD, "Insatser", outcome, 790),
        post("Bidrag", PostType.BIDRAG, "Bidrag", outcome, 1005),
        post("Kvar", PostType.INGAENDE_KAPITAL, "Eget kapital", outcome, 110),
    ]
    save_entries(own, "provet", rest, ME)
    spent = build("provet", "2025", store=own).economy
    assert spent is not None
    assert spent.equity is not None
    assert spent.equity.basis is outcome
    assert (spent.equity.opening, spent.equity.income, spent.equity.costs) == (110, 1005, 1070)
    assert (spent.equity.result, spent.equity.closing) == (-65, 45)
    assert format_plain(format_equity_sentence(spent.equity)) == (
        "Året ger enligt utfallet ett underskott på 65 kr. Eget kapital går från 110 kr till 45 kr, "
        "4 procent av bidraget."
    )
    assert {share.kind: (share.amount, share.bidrag) for share in spent.shares} == {
        CategoryKind.INSATSER: (790, 1005),
        CategoryKind.ADMINISTRATION: (280, 1005),
    }
    assert spent.room is not None
    assert (spent.room.income, spent.room.decided, spent.room.budgeted, spent.room.left) == (1005, 800, 300, 15)

    ceiling = Target(
        "tak", "Verksamhetsplan 2025", "finansiellt", "Eget kapital ska vara högst 4 % av bidraget.", Period.year(2025),
        kind=TargetKind.PENGAR, outcome="eget kapital ÷ bidrag", riktning=Riktning.HOGST, malvarde=0.04,
        unit=Unit.ANDEL, malkalla="fast",
    )  # fmt: skip
    save_entries(own, "provet", [ceiling], ME)
    for period, reached in (("2025", False), ("2025-H1", None)):
        judged = build_report(
            own, "provet", Period.parse(period), lage=Lage.INTERN, as_of=date(2026, 1, 1), sections=("targets",)
        )
        (goal,) = judged.targets or ()
        assert goal.verdict is not None
        assert goal.verdict.uppnatt is reached
        sentence = format_plain(format_target_sentence(goal) or "")
        told = "4,5 %, mål högst 4 %. Målet nåddes inte i siffror."
        if reached is False:
            public = build_report(
                own, "provet", Period.year(2025), lage=Lage.PUBLICERING, as_of=date(2026, 1, 1), sections=("targets",)
            )
            assert [type(row.value) for row in public.targets or ()] == [Measured]
        assert sentence == (told if reached is False else "Ingen uppgift ännu.")
