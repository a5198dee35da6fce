"""Röjandekontroll on abstract systems: worked cases, random systems attacked by a solver of their own, mutations."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from attacker import find_disclosed, find_ranges
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_dash.judgement.protection.attack import Attack, Witnesses
from finsam_dash.judgement.protection.protect import HidingReason, audit, hidden_mask, is_proven, protect
from finsam_dash.judgement.protection.system import Cell, Inequality, System

REFERENCE = Path(__file__).parent.parent / "stats" / "statistik_referens.json"
H1 = {"A": (7, 3), "B": (12, 9), "C": (2, 6), "D": (8, 11)}
H2 = {"A": (9, 6), "B": (10, 13), "C": (5, 8), "D": (7, 12)}


def table_system(halves, *, with_year=False):
    """Insats x kön x half-year with all totals; the year too where asked for. Cells: (insats, kön, period)."""
    values = {}
    for period, table in halves.items():
        for name, (women, men) in table.items():
            values |= {(name, "K", period): women, (name, "M", period): men}
    names, periods = list(next(iter(halves.values()))), list(halves)
    sums = []
    if with_year:
        for name in names:
            for kon in "KM":
                values[name, kon, "year"] = sum(values[name, kon, period] for period in periods)
                sums.append({(name, kon, "year"): -1} | {(name, kon, period): 1 for period in periods})
        periods = [*periods, "year"]
    for period in periods:
        for name in names:
            values[name, "T", period] = values[name, "K", period] + values[name, "M", period]
        for kon in "KMT":
            values["T", kon, period] = sum(values[name, kon, period] for name in names)
            sums.append({("T", kon, period): -1} | {(name, kon, period): 1 for name in names})
        for name in [*names, "T"]:
            sums.append({(name, "T", period): -1, (name, "K", period): 1, (name, "M", period): 1})
    if with_year:
        for name in [*names, "T"]:
            for kon in ("T",) if name != "T" else ("K", "M", "T"):
                sums.append({(name, kon, "year"): -1} | {(name, kon, period): 1 for period in halves})
    return make_system(values, sums)


def make_system(values, sums, limits=(), unprinted=(), known=()):
    def cost(cell):
        return (values[cell] + 1) * (3 if "T" in cell else 1)

    cells = tuple(
        Cell(cell, value, cost(cell), known=cell in known, printed=cell not in unprinted)
        for cell, value in values.items()
    )
    return System(
        cells,
        tuple(tuple(terms.items()) for terms in sums),
        tuple(Inequality(tuple(terms.items()), most) for terms, most in limits),
    )


def attacked(system, protection, threshold=5):
    """What the independent attacker works out of what the protection leaves in sight."""
    shown = {
        cell.id: cell.value
        for cell in system.cells
        if cell.known or (cell.printed and cell.id not in protection.hidden)
    }
    guarded = protection.hidden | {cell.id for cell in system.cells if cell.is_primary(threshold)}
    sums = [dict(terms) for terms in system.equalities]
    limits = [(dict(inequality.terms), inequality.limit) for inequality in system.inequalities]
    signed = {cell.id for cell in system.cells if cell.signed}
    return find_disclosed(shown, sums, limits, guarded - protection.exposed, threshold, signed)


def ranges_when_hidden(system, hidden):
    shown = {cell.id: cell.value for cell in system.cells if cell.id not in hidden}
    return find_ranges(shown, [dict(terms) for terms in system.equalities], [])


def hide_only(system, hidden):
    """A protection that hides exactly `hidden`, proven or not."""
    return replace(protect(system, 5), reasons=dict.fromkeys(hidden, HidingReason.SMALL), exposed=frozenset())


# Worked cases (method note, section 4)


def test_two_small_cells_alone_are_recovered_exactly():
    system = table_system({"H1": H1})
    hidden = {("A", "M", "H1"), ("C", "K", "H1")}
    assert ranges_when_hidden(system, hidden) == {("A", "M", "H1"): (3, 3), ("C", "K", "H1"): (2, 2)}
    assert audit(system, hide_only(system, hidden)) == hidden


def test_two_by_two_hidden_is_safe():
    system = table_system({"H1": H1})
    hidden = {(name, kon, "H1") for name in "AC" for kon in "KM"}
    ranges = ranges_when_hidden(system, hidden)
    assert {cell[:2]: found for cell, found in ranges.items()} == {
        ("A", "K"): (1, 9),
        ("A", "M"): (1, 9),
        ("C", "K"): (0, 8),
        ("C", "M"): (0, 8),
    }
    assert audit(system, hide_only(system, hidden)) == frozenset()


def test_reference_records_of_the_attack():
    """tests/stats/statistik_referens.json, method sdc_attack_domain: our attack finds the reference's ranges."""
    records = [record for record in json.loads(REFERENCE.read_text()) if record["method"] == "sdc_attack_domain"]
    assert len(records) == 3
    for record in records:
        values, expected = record["input"]["table"], record["output"]["bounds"]
        halves = {name: (values[f"{name}|K"], values[f"{name}|M"]) for name in "ABCD"}
        system = table_system({"H1": halves})
        limits = []
        if "attacker_knows" in record["input"]:  # "<5" beside a cell: 1 to 4
            for name, kon in (("A", "M"), ("C", "K")):
                limits += [({(name, kon, "H1"): 1}, 4), ({(name, kon, "H1"): -1}, -1)]
            system = replace(
                system, inequalities=tuple(Inequality(tuple(terms.items()), most) for terms, most in limits)
            )
        hidden = frozenset((*name.split("|"), "H1") for name in record["input"]["suppressed"])
        witnesses = Witnesses(system, 5)
        attack = Attack(system, hidden_mask(system, hidden), witnesses)
        attack._ask_each(hidden_mask(system, hidden))
        shown = {cell.id: cell.value for cell in system.cells if cell.id not in hidden}
        ranges = find_ranges(shown, [dict(terms) for terms in system.equalities], limits)
        for name, (least, greatest) in expected.items():
            cell = (*name.split("|"), "H1")
            assert ranges[cell] == pytest.approx((least, greatest), abs=1e-6)
            place = system.index[cell]
            found = (system.values[place] + witnesses.lowest[place], system.values[place] + witnesses.highest[place])
            assert least <= found[0] <= found[1] <= greatest
            assert (found[1] - found[0] >= 3) == (greatest - least >= 3)


def test_worked_table_is_protected_with_its_four_cells():
    system = table_system({"H1": H1})
    protection = protect(system, 5)
    assert protection.hidden == {(name, kon, "H1") for name in "AC" for kon in "KM"}
    small = {cell for cell, reason in protection.reasons.items() if reason is HidingReason.SMALL}
    assert small == {("A", "M", "H1"), ("C", "K", "H1")}
    assert protection.cost == 18
    assert attacked(system, protection) == set()


def test_a_half_year_is_recovered_through_the_year_and_the_year_then_hides_the_same_cells():
    system = table_system({"H1": H1, "H2": H2}, with_year=True)
    four = {(name, kon, "H1") for name in "AC" for kon in "KM"}
    assert audit(system, hide_only(system, four)) == four
    protection = protect(system, 5)
    assert four <= protection.hidden
    assert attacked(system, protection) == set()
    also_year = four | {(name, kon, "year") for name, kon, _ in four}
    assert attacked(system, hide_only(system, also_year)) == set()
    assert len(protection.hidden) <= len(also_year)


def test_sums_alone_are_no_proof_when_a_part_cannot_exceed_its_whole():
    """k hidden, n shown: the misses n - k follow, and k <= n narrows what sums leave open."""
    values = {("k", "A"): 6, ("k", "B"): 7, ("k", "T"): 13, ("n", "A"): 7, ("n", "B"): 30, ("n", "T"): 37}
    values |= {("m", name): values["n", name] - values["k", name] for name in "ABT"}
    sums = [{(part, "T"): -1, (part, "A"): 1, (part, "B"): 1} for part in "knm"]
    sums += [{("n", name): -1, ("k", name): 1, ("m", name): 1} for name in "ABT"]
    system = make_system(values, sums, unprinted=[("m", name) for name in "ABT"])
    two = frozenset({("k", "A"), ("k", "B")})
    assert find_ranges({c: v for c, v in values.items() if c[0] != "m" and c not in two}, sums)["k", "A"] == (0, 7)
    protection = protect(system, 5)
    assert ("m", "A") not in protection.hidden  # never printed, so never in the list of hidden cells
    assert attacked(system, protection) == set()
    assert not {("k", "A"), ("n", "A")} <= {c.id for c in system.cells} - protection.hidden


def test_what_is_bigger_than_its_parts_is_known():
    """max(arbete, studier) <= k <= arbete + studier: shown parts give k away."""
    values = {"k": 4, "work": 4, "study": 0, "n": 40, "m": 36}
    sums = [{"n": -1, "k": 1, "m": 1}]
    limits = [({"work": 1, "k": -1}, 0), ({"study": 1, "k": -1}, 0), ({"k": 1, "work": -1, "study": -1}, 0)]
    system = make_system(values, sums, limits, unprinted=["m"])
    only = hide_only(system, {"k"})
    assert audit(system, only) == {"k", "work"}  # work is small and in sight: it counts as worked out
    protection = protect(system, 5)
    assert {"k", "work"} <= protection.hidden
    assert attacked(system, protection) == set()


def test_rounding_of_a_printed_share_narrows_a_count():
    """A share of 3 % of 33 is one person: 2.5 % <= k/n < 3.5 % leaves k = 1 only."""
    values = {"k": 1, "n": 33, "m": 32}
    limits = [({"n": 25, "k": -1000}, 0), ({"k": 1000, "n": -35}, 0)]
    sums = [{"n": -1, "k": 1, "m": 1}]
    told = make_system(values, sums, limits, unprinted=["m"], known=["n"])
    protection = protect(told, 5)
    assert protection.exposed == {
        "k",
    }
    assert "k" in protection.hidden
    untold = make_system(values, sums, [], unprinted=["m"], known=["n"])
    assert protect(untold, 5).exposed == frozenset()


# What is known, negative, nobody


def test_public_figures_are_never_hidden_and_the_rest_is_published_though_they_give_a_cell_away():
    values = {"a": 3, "b": 20, "t": 23, "c": 30, "d": 31, "u": 61}
    sums = [{"t": -1, "a": 1, "b": 1}, {"u": -1, "c": 1, "d": 1}]
    protection = protect(make_system(values, sums, known=["b", "t"]), 5)
    assert protection.hidden == {"a"}
    assert protection.exposed == {"a"}
    assert protect(make_system(values, sums, known=["a", "b", "t"]), 5).hidden == frozenset()


def test_a_small_change_between_publications_is_protected_though_it_is_a_fall():
    cells = (
        Cell("old", 20, known=True),
        Cell("new", 18, 19),
        Cell("change", -2, printed=False, signed=True),
        Cell("other", 40, 41),
        Cell("sum", 58, 300),
    )
    system = System(cells, ((("new", 1), ("old", -1), ("change", -1)), (("sum", -1), ("new", 1), ("other", 1))))
    protection = protect(system, 5)
    assert protection.hidden == {"new", "other"}
    assert attacked(system, protection) == set()
    larger = replace(
        system,
        cells=(
            *cells[:1],
            Cell("new", 13, 14),
            Cell("change", -7, printed=False, signed=True),
            *cells[3:4],
            Cell("sum", 53, 300),
        ),
    )
    assert protect(larger, 5).hidden == frozenset()


def test_nobody_is_shown_unless_the_setting_says_otherwise():
    values = {"k": 0, "m": 12, "n": 12, "k2": 8, "m2": 9, "n2": 17}
    sums = [{"n": -1, "k": 1, "m": 1}, {"n2": -1, "k2": 1, "m2": 1}]
    system = make_system(values, sums, unprinted=["m", "m2"])
    assert protect(system, 5).hidden == frozenset()
    strict = replace(system, cells=tuple(replace(cell, small_zero=True) for cell in system.cells))
    protection = protect(strict, 5)
    assert protection.hidden == {"k"}  # of 12, anything from 0 to 12
    assert attacked(strict, protection) == set()


def test_a_headline_below_the_threshold_is_hidden_like_any_other():
    values = {("A", "k"): 2, ("B", "k"): 1, ("T", "k"): 3}
    system = make_system(values, [{("T", "k"): -1, ("A", "k"): 1, ("B", "k"): 1}])
    assert protect(system, 5).hidden == set(values)


def kept_table(*names):
    """H1 and an insats E of three persons in all: only the sum over insatser can hide E's total."""
    system = table_system({"H1": H1 | {"E": (2, 1)}})
    return replace(
        system,
        cells=tuple(
            replace(cell, kept=cell.id[0] if cell.id[0] in names and cell.id[1] == "T" else None)
            for cell in system.cells
        ),
    )


def test_totals_that_are_kept_cannot_all_be_kept_where_one_insats_is_small():
    """The proof that one must go: with every other total in sight, E's three persons are worked out exactly."""
    system = kept_table()
    hidden = {cell.id for cell in system.cells} - {(name, "T", "H1") for name in "ABCDT"}
    assert ranges_when_hidden(system, hidden)["E", "T", "H1"] == (3, 3)
    assert ("E", "T", "H1") in audit(system, hide_only(system, frozenset(hidden)))


def test_the_cheapest_kept_total_goes_and_no_second_one():
    protection = protect(kept_table(*"ABCDT"), 5)
    totals = {cell[0] for cell in protection.hidden if cell[1] == "T"}
    assert totals == {"E", "C"}
    assert attacked(kept_table(*"ABCDT"), protection) == set()


def test_what_is_not_kept_goes_before_what_is():
    protection = protect(kept_table("C", "T"), 5)
    totals = {cell[0] for cell in protection.hidden if cell[1] == "T"}
    assert len(totals) == 2
    assert totals & {"C", "T"} == set()


def test_nothing_small_means_nothing_hidden():
    system = table_system({"H1": {"A": (7, 8), "B": (12, 9)}})
    protection = protect(system, 5)
    assert (protection.hidden, protection.proof, protection.cost) == (frozenset(), (), 0)
    assert is_proven(system, protection)


# The system refuses what is not so


@pytest.mark.parametrize(
    ("cells", "sums", "limits", "text"),
    [
        ([Cell("a", 1), Cell("a", 2)], (), (), "a cell is there twice"),
        ([Cell("a", -1)], (), (), "a: -1 persons"),
        ([Cell("a", 1)], ((("b", 1),),), (), "b is no cell"),
        ([Cell("a", 1)], ((("a", 1),),), (), "the values do not keep (('a', 1),)"),
        (
            [Cell("a", 1)],
            (),
            (Inequality((("a", 1),), 0),),
            "the values do not keep Inequality(terms=(('a', 1),), limit=0)",
        ),
    ],
)
def test_a_system_that_its_values_do_not_keep_is_refused(cells, sums, limits, text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        System(tuple(cells), sums, limits)


# Random systems


@st.composite
def systems(draw, insatser, periods):
    """Insats x kön x period with k, n, misses, bortfall, two outcomes and all totals."""
    names = [f"i{i}" for i in range(insatser)]
    values, sums, limits = {}, [], []
    top = draw(st.sampled_from([6, 15, 40]))
    for name in names:
        for kon in "KM":
            for period in range(periods):
                n = draw(st.integers(0, top))
                k = draw(st.integers(0, n))
                work = draw(st.integers(0, k))
                study = draw(st.integers(k - work, k))
                lost = draw(st.integers(0, n))
                own = {"n": n, "k": k, "m": n - k, "w": work, "s": study, "b": lost, "f": n - lost}
                values |= {(part, name, kon, period): count for part, count in own.items()}
    parts = "nkmwsbf"
    for part in parts:
        for name in names:
            for kon in "KM":
                cells = [(part, name, kon, period) for period in range(periods)]
                values[part, name, kon, "T"] = sum(values[cell] for cell in cells)
                sums.append({(part, name, kon, "T"): -1} | dict.fromkeys(cells, 1))
            for period in [*range(periods), "T"]:
                cells = [(part, name, kon, period) for kon in "KM"]
                values[part, name, "T", period] = sum(values[cell] for cell in cells)
                sums.append({(part, name, "T", period): -1} | dict.fromkeys(cells, 1))
        for kon in "KMT":
            for period in [*range(periods), "T"]:
                cells = [(part, name, kon, period) for name in names]
                values[part, "T", kon, period] = sum(values[cell] for cell in cells)
                sums.append({(part, "T", kon, period): -1} | dict.fromkeys(cells, 1))
    for _, name, kon, period in [cell for cell in values if cell[0] == "n"]:
        one = {part: (part, name, kon, period) for part in parts}
        sums.append({one["n"]: -1, one["k"]: 1, one["m"]: 1})
        sums.append({one["n"]: -1, one["b"]: 1, one["f"]: 1})
        limits += [({one["w"]: 1, one["k"]: -1}, 0), ({one["s"]: 1, one["k"]: -1}, 0)]
        limits.append(({one["k"]: 1, one["w"]: -1, one["s"]: -1}, 0))
    system = make_system(values, sums, limits, unprinted=[cell for cell in values if cell[0] in "mf"])
    return replace(
        system,
        cells=tuple(
            replace(cell, kept=hidden_last(cell.id), block=None if cell.id[3] == "T" else cell.id[3])
            for cell in system.cells
        ),
    )


def hidden_last(cell):
    """As the grid does: the whole's own totals each by itself, and the years of an insats as one."""
    part, name, kon, period = cell
    if part in "mf" or kon != "T" or (name != "T" and period != "T"):
        return None
    return cell if name == "T" else name


RANDOM_SYSTEMS = int(os.environ.get("FINSAM_RANDOM_SYSTEMS", "300" if os.environ.get("CI") == "true" else "80"))
"""How many random systems are attacked: about five a second, so 300 in CI, other ones every time, and 20 000 by
`python -m tests.bench attack`, which is run when the engine of röjandekontroll has changed."""
SHAPES = [(2, 2), (2, 4), (3, 2), (3, 3), (4, 2), (4, 3), (5, 2), (6, 2)]


@pytest.mark.parametrize(("insatser", "periods"), SHAPES)
def test_random_systems_withstand_the_attacker(insatser, periods):
    @settings(
        max_examples=max(1, RANDOM_SYSTEMS // len(SHAPES)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(systems(insatser, periods), st.sampled_from([3, 5, 5, 10]))
    def run(system, threshold):
        protection = protect(system, threshold)
        primary = {cell.id for cell in system.cells if cell.is_primary(threshold) and cell.printed}
        assert primary <= protection.hidden
        assert is_proven(system, protection)
        assert protection.exposed == frozenset()
        assert attacked(system, protection, threshold) == set()

    run()


# Mutations: a protection with one complementary cell taken out does not hold


@pytest.mark.parametrize(
    "system",
    [
        table_system({"H1": H1}),
        table_system({"H1": H1, "H2": H2}, with_year=True),
        table_system({"H1": {"A": (20, 3), "B": (31, 17), "C": (9, 14)}}),
        table_system({"H1": {"A": (4, 30), "B": (31, 40)}, "H2": {"A": (30, 30), "B": (20, 20)}}, with_year=True),
    ],
)
def test_unhiding_one_complementary_cell_is_caught(system):
    protection = protect(system, 5)
    complementary = [cell for cell, reason in protection.reasons.items() if reason is HidingReason.COMPLEMENTARY]
    assert complementary
    for cell in complementary:
        reasons = {other: reason for other, reason in protection.reasons.items() if other != cell}
        mutant = replace(protection, reasons=reasons)
        assert attacked(system, mutant), cell
        assert audit(system, mutant), cell
        assert not is_proven(system, mutant), cell


def test_a_witness_that_does_not_add_up_is_no_proof():
    system = table_system({"H1": H1})
    protection = protect(system, 5)
    assert is_proven(system, protection)
    spoilt = ({**protection.proof[0], system.index["A", "K", "H1"]: 99}, *protection.proof[1:])
    assert not is_proven(system, replace(protection, proof=spoilt))
    seen = ({**protection.proof[0], system.index["B", "K", "H1"]: 1}, *protection.proof[1:])
    assert not is_proven(system, replace(protection, proof=seen))
    assert not is_proven(system, replace(protection, proof=()))


def test_the_same_system_gives_the_same_protection():
    system = table_system({"H1": H1, "H2": H2}, with_year=True)
    assert protect(system, 5) == protect(system, 5)


def test_audit_can_be_given_what_is_really_shown():
    system = table_system({"H1": H1})
    protection = protect(system, 5)
    shown = frozenset(cell.id for cell in system.cells) - protection.hidden
    assert audit(system, protection, shown) == frozenset()
    assert audit(system, protection, shown | {("A", "K", "H1")}) >= {("A", "M", "H1")}
    assert np.array_equal(
        hidden_mask(system, protection.hidden).nonzero()[0], sorted(system.index[c] for c in protection.hidden)
    )
