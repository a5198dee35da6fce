"""Avstämning: the reference language, what stämmer, and every published row against a second evaluator."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from build_figures import insats
from build_store import ME, deliver, empty_store
from hypothesis import example, given
from hypothesis import strategies as st
from published_store import fill_store, published_store
from recompute_published import judge, read_table

from finsam_dash.export.contract import to_avstamning_json
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import (
    EconomyRow,
    Lage,
    Period,
    PostState,
    PostType,
    PrintedResult,
    Qualifier,
    Unit,
)
from finsam_dash.report.avstamning import (
    ExpressionError,
    Parts,
    Span,
    compute_result,
    evaluate,
    find_ground,
    find_ratio,
)
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content_avstamning import AvstamningRow, AvstamningStatus, Ground
from finsam_dash.report.registers import load_avstamning
from finsam_dash.report.serialise import from_json, to_json
from finsam_dash.store import Store, load_entries, save_entries
from finsam_dash.wording.avstamning import format_explanation, format_title
from finsam_dash.wording.numbers import format_plain

NOTHING = Parts(FigureSet((), (), load_registry()))
FORBUND = ("uppsala-lan", "skelleftea", "sydnarke", "ange")


def rows_of(store: Store) -> list[AvstamningRow]:
    return [row for kod in FORBUND for row in load_avstamning(store, kod, load_figure_set(store, kod)).rows]


def result(published: str, parts: str, unit: Unit = Unit.ANTAL, step: str = "1", **more: object) -> PrintedResult:
    return PrintedResult("r", "d", "Rubrik", published, Decimal(published), unit, Decimal(step), parts, **more)


# ---- the published rows


def test_every_published_row_is_judged_as_the_second_evaluator_does() -> None:
    owners = {row["dokument"]: row["forbund"] for row in read_table("dokument")}
    expected = Counter()
    for row in read_table("avstamning"):
        status, value, _ = judge(row, owners[row["dokument"]])
        expected[row["dokument"], row["rubrik"], row["uttryck"], row["kolumn"], status, value and float(value)] += 1
    found = Counter(
        (
            row.result.dokument,
            row.result.rubrik,
            row.result.uttryck,
            row.result.column,
            str(row.status),
            None if row.recomputed is None else float(row.recomputed),
        )
        for row in rows_of(published_store())
    )
    assert found == expected


def test_enough_is_recomputed_and_every_deviation_is_explained() -> None:
    rows = rows_of(published_store())
    counts = Counter(row.status for row in rows)
    assert len(rows) >= 400
    assert counts[AvstamningStatus.STAMMER] + counts[AvstamningStatus.AVVIKER] >= 250
    assert [row.lacking for row in rows if row.lacking] == []
    unexplained = [row.result.uttryck for row in rows if row.status != "stammer" and not row.result.note]
    assert unexplained == []


@pytest.mark.parametrize(
    ("forbund", "uttryck", "column", "status", "delar", "share"),
    [
        ("uppsala-lan", "34 % (340 st)", "", "avviker", "340/981", 0.346585),
        ("uppsala-lan", "73,9%", "", "stammer", "51/69", 0.739130),
        ("sydnarke", "TOTALT 5 494 516 100 %", "", "avviker", "1024476 + 4556000", 5_580_476),
    ],
)
def test_known_rows_of_the_contract(
    forbund: str, uttryck: str, column: str, status: str, delar: str, share: float
) -> None:
    store = published_store()
    content = to_avstamning_json(forbund, load_avstamning(store, forbund, load_figure_set(store, forbund)))
    found = next(
        row for row in content["rader"] if (row["uttryck"], row["kolumn"], row["delar"]) == (uttryck, column, delar)
    )
    assert found["status"] == status
    assert found["omraknat"] == pytest.approx(share, abs=1e-6)
    assert set(found) >= {
        "dokument", "rubrik", "uttryck", "publicerat", "omraknat", "delar", "enhet", "status", "forklaring",
        "formel", "kolumn", "precision", "kvalifikator",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "value"),
    [
        ("Tidiga och samordnade insatser med syfte", "2.09"),
        ("Sena och samordnade insatser som syftar", "0.87"),
        ("Sociala företag", "0.28"),
        ("Övriga utvecklingsinsatser", "0.44"),
    ],
)
def test_the_shares_of_budget_tie(start: str, value: str) -> None:
    rows = rows_of(published_store())
    found = [
        row
        for row in rows
        if row.result.rubrik == "Inriktning insatser 2014 - budgetfördelning"
        and row.result.uttryck.startswith(start)
        and row.result.published == Decimal(value)
    ]
    assert found
    assert {row.status for row in found} == {AvstamningStatus.STAMMER}


@pytest.fixture(scope="module")
def own_store() -> Store:
    """A published store to change; its tests change different förbund."""
    return fill_store()


def test_one_changed_amount_changes_every_row_it_is_part_of(own_store: Store) -> None:
    store = own_store
    before = {row.result.kod: row for row in load_avstamning(store, "ange", load_figure_set(store, "ange")).rows}
    (row,) = [row for row in load_entries(store, "ange", EconomyRow) if row.post == "Ångemodellen"]
    save_entries(store, "ange", [replace(row, amount=Decimal(431_000))], ME)
    after = load_avstamning(store, "ange", load_figure_set(store, "ange")).rows
    changed = {row.result.kod for row in after if row.recomputed != before[row.result.kod].recomputed}
    mentions = {
        kod
        for kod, row in before.items()
        if any(word in row.result.parts for word in ("|Ångemodellen|", "kategori=Insatser|", "posttyp=kostnad|"))
    }
    assert changed == mentions
    assert len(changed) >= 4
    assert {row.status for row in after if row.result.kod in changed} == {AvstamningStatus.AVVIKER}


def test_one_changed_figure_changes_every_row_it_is_part_of(own_store: Store) -> None:
    store = own_store
    before = {row.result.kod: row for row in rows_of(store)}
    deliver(store, ("", "avslutade", "alla", "2010-01/2014-12", 980), forbund="uppsala-lan")
    changed = [row for row in rows_of(store) if row.recomputed != before[row.result.kod].recomputed]
    assert "340/980" in {"/".join(row.ratio) for row in changed if row.ratio}


def test_the_section_is_intern_only_and_survives_json() -> None:
    def build(lage: Lage):
        return build_report(
            published_store(),
            "ange",
            Period.year(2022),
            lage=lage,
            as_of=date(2026, 1, 1),
            sections=("avstamning",),
        )

    report = build(Lage.INTERN)
    assert report.avstamning is not None
    assert len(report.avstamning.rows) > 20
    assert from_json(to_json(report)) == report
    assert build(Lage.PUBLICERING).avstamning is None


def test_a_period_chooses_the_documents_that_are_about_it() -> None:
    store = published_store()
    figures = load_figure_set(store, "uppsala-lan")
    documents = {
        year: {row.result.dokument for row in load_avstamning(store, "uppsala-lan", figures, Period.year(year)).rows}
        for year in (2013, 2014, 2017)
    }
    assert documents == {2013: set(), 2014: {"002_5bed5bbb5df62a70.txt"}, 2017: {"000_8193371f963bab9d.txt"}}


# ---- the language


NUMBERS = st.integers(0, 999).map(str)
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join), inner.map(lambda text: f"({text})")
    ),
    max_leaves=8,
)


@given(EXPRESSIONS)
@example("1 / (1 / 3)")
@example("6 / (1 / 4)")
def test_expressions_are_what_python_makes_of_them(text: str) -> None:
    import re

    try:
        expected = eval(re.sub(r"(\d+)", r"Fraction(\1)", text))
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            evaluate(text, NOTHING)
        return
    evaluation = evaluate(text, NOTHING)
    assert evaluation.span.value == expected
    ratio = find_ratio(evaluation.tokens)
    if ratio is not None:
        assert Fraction(ratio[0]) / Fraction(ratio[1]) == expected


@pytest.mark.parametrize("text", ["", "1 +", "(1", "1)", "1 2", "a", "E[x", "1 ** 2"])
def test_text_that_is_no_expression_cannot_be_computed(text: str) -> None:
    if not text:
        assert compute_result(result("1", text), NOTHING).status is AvstamningStatus.KAN_EJ_RAKNAS
        return
    with pytest.raises(ExpressionError):
        evaluate(text, NOTHING)


def money(post: str, amount: str, **more: object) -> EconomyRow:
    return EconomyRow(
        post, "T", PostType.KOSTNAD, PostState.UTFALL, "K", post, Period.year(2014), Decimal(amount), Unit.TKR,
        Decimal(1), **more,
    )  # fmt: skip


def with_money(*rows: EconomyRow) -> Parts:
    return Parts(NOTHING.figures, rows)


def test_a_reference_names_one_row_or_a_group_of_rows() -> None:
    parts = with_money(money("a", "3"), money("b", "4"), replace(money("s", "7"), posttype=PostType.SUMMA))
    assert evaluate("E[T|a|2014]", parts).span.value == 3
    assert evaluate("E[T|kategori=K|2014]", parts).span.value == 7
    assert evaluate("E[T|posttyp=kostnad|2014]", parts).span.value == 7
    assert evaluate("E[T|a|2014:utfall] / E[T|s|2014]", parts).tokens == ("3", "/", "7")
    for missing in ("E[T|a|2013]", "E[T|a|2014:budget]", "E[X|a|2014]", "E[T|kategori=L|2014]", "E[T|a|år]"):
        row = compute_result(result("1", missing), parts)
        assert (row.status, row.lacking) == (AvstamningStatus.KAN_EJ_RAKNAS, missing)
    twice = with_money(money("a", "3"), replace(money("a", "4"), kod="other"))
    assert compute_result(result("3", "E[T|a|2014]"), twice).lacking == "E[T|a|2014]"


def test_figures_delivered_by_month_make_up_the_count_of_a_report() -> None:
    store = empty_store(insats("bro"))
    deliver(
        store,
        *(("bro", "avslutade", "alla", f"2025-{month:02d}", 2) for month in range(1, 13)),
        ("bro", "andel_till_arbete", "alla", "2025", 0.25),
    )
    parts = Parts(load_figure_set(store, "provet"))
    assert evaluate("F[bro|avslutade|:|alla|2025]", parts).span.value == 24
    share = evaluate("F[bro|andel_till_arbete|:|alla|2025]", parts).span
    assert (share.low, share.high) == (Fraction(49, 200), Fraction(51, 200))
    assert compute_result(result("24", "F[bro|nya|:|alla|2025]"), parts).lacking == "F[bro|nya|:|alla|2025]"


# ---- what stämmer


@pytest.mark.parametrize(
    ("value", "published", "step", "qualifier", "ground"),
    [
        ("340/981", "0.34", "0.01", Qualifier.NONE, Ground.INGEN),
        ("340/981", "0.35", "0.01", Qualifier.NONE, Ground.LIKA),
        ("69/200", "0.34", "0.01", Qualifier.NONE, Ground.LIKA),
        ("69/200", "0.35", "0.01", Qualifier.NONE, Ground.LIKA),
        ("386", "380", "10", Qualifier.DRYGT, Ground.UNGEFAR),
        ("391", "380", "10", Qualifier.DRYGT, Ground.INGEN),
        ("386", "380", "10", Qualifier.NONE, Ground.INGEN),
    ],
)
def test_the_rule_at_its_edges(value: str, published: str, step: str, qualifier: Qualifier, ground: Ground) -> None:
    exact = Fraction(value)
    assert find_ground(Span(exact, exact, exact), Fraction(published), Fraction(step), qualifier) is ground


def test_a_sum_of_rounded_parts_may_differ_by_half_a_unit_a_part_and_no_more() -> None:
    parts = with_money(money("a", "10"), money("b", "20"), money("c", "30"))
    for printed, ground in (("61", Ground.AVRUNDNING), ("58", Ground.INGEN), ("60", Ground.LIKA)):
        row = compute_result(result(printed, "E[T|posttyp=kostnad|2014]", Unit.TKR), parts)
        assert row.ground is ground, printed
    assert compute_result(result("62", "E[T|posttyp=kostnad|2014]", Unit.TKR), parts).ground is Ground.INGEN


def test_a_share_of_rounded_parts_stammer_when_rounding_can_give_it() -> None:
    parts = with_money(money("a", "1"), money("b", "3"))
    row = compute_result(result("0.4", "E[T|a|2014] / E[T|b|2014]", Unit.ANDEL, "0.01"), parts)
    assert (row.status, row.ground) == (AvstamningStatus.STAMMER, Ground.AVRUNDNING)
    assert compute_result(result("0.7", "E[T|a|2014] / E[T|b|2014]", Unit.ANDEL, "0.01"), parts).ground is Ground.INGEN


def test_a_division_by_nothing_cannot_be_computed() -> None:
    row = compute_result(result("0", "1/0"), NOTHING)
    assert row.status is AvstamningStatus.KAN_EJ_RAKNAS
    assert format_explanation(row) == "Nämnaren är noll, så det finns inget att räkna ut."


# ---- the sentences


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            result("0.34", "340/981", Unit.ANDEL, "0.01", formel="till arbete ÷ avslutade"),
            "Till arbete ÷ avslutade: 340 / 981 = 34,66 %. Tryckt är 34 %: 0,7 procentenheter mindre än delarna ger.",
        ),
        (
            result("0.739", "51/(77 - 8)", Unit.ANDEL, "0.001"),
            "51 / (77 − 8) = 51 / 69 = 73,913 %. Avrundat blir det 73,9 %, som är tryckt.",
        ),
        (result("8157", "2045 + 6112", Unit.TKR), "2 045 + 6 112 = 8 157 tkr. Tryckt är samma tal."),
        (
            result("380", "386", step="10", qualifier=Qualifier.DRYGT),
            "386. Tryckt är 380. Dokumentet skriver ”drygt”, så ett steg åt endera hållet räknas som samma.",
        ),
        (result("1", "", note="Antalen är inte tryckta"), "Antalen är inte tryckta."),
        (result("1", ""), "Delarna är inte tryckta."),
        (
            result("1", "E[T|x|2014]"),
            "Kan inte räknas: E[T|x|2014] finns inte i det som är lagrat, eller är inget uttryck.",
        ),
    ],
)
def test_explanations_can_be_followed(row: PrintedResult, sentence: str) -> None:
    assert format_plain(format_explanation(compute_result(row, NOTHING))) == sentence


def test_the_title_counts_what_was_recomputed() -> None:
    good, bad, none = (
        compute_result(row, NOTHING) for row in (result("2", "1 + 1"), result("3", "1 + 1"), result("3", ""))
    )
    assert format_title([none]) == "Inget tryckt resultat kan räknas om ännu"
    assert format_title([good, none]) == "Den enda omräknade uppgiften stämmer med det som är tryckt"
    assert format_title([good, bad]) == "En av 2 omräknade uppgifter avviker från det som är tryckt"
