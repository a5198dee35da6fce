"""Röjandekontroll over successive publications with late registrations, attacked by the solver of its own."""

from itertools import pairwise

import pytest
from attacker import find_disclosed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_dash.judgement.protection.history import Change, Earlier, Sight, add_history, record_publication
from finsam_dash.judgement.protection.protect import audit, is_proven, protect
from finsam_dash.judgement.protection.system import Cell, Inequality, System


def table(rows, *, known=()):
    """Insats x kön with totals, k of n and what is left of n. `rows`: {insats: ((k, n) women, (k, n) men)}."""
    values, sums = {}, []
    for name, kon in rows.items():
        for letter, (k, n) in zip("KM", kon, strict=True):
            values |= {("k", name, letter): k, ("n", name, letter): n, ("m", name, letter): n - k}
    for part in "knm":
        for name in rows:
            values[part, name, "T"] = values[part, name, "K"] + values[part, name, "M"]
            sums.append({(part, name, "T"): -1, (part, name, "K"): 1, (part, name, "M"): 1})
        for kon in "KMT":
            values[part, "T", kon] = sum(values[part, name, kon] for name in rows)
            sums.append({(part, "T", kon): -1} | {(part, name, kon): 1 for name in rows})
    for _, name, kon in [cell for cell in values if cell[0] == "n"]:
        sums.append({("n", name, kon): -1, ("k", name, kon): 1, ("m", name, kon): 1})
    cells = tuple(
        Cell(cell, value, (value + 1) * (3 if "T" in cell else 1), known=cell in known, printed=cell[0] != "m")
        for cell, value in values.items()
    )
    return System(cells, tuple(tuple(terms.items()) for terms in sums))


def publish(*tables, threshold=5):
    """Publish tables one after the other; the systems and protections, in order."""
    records, done = [], []
    for system in tables:
        full = add_history(system, records)
        protection = protect(full, threshold)
        done.append((full, protection))
        records.append(record_publication(full, protection))
    return done


def disclosed_over_time(tables, done, threshold=5):
    """What an attacker works out who keeps every publication: he compares figures himself, cell by cell.

    His unknowns are (cell, value) pairs seen through the publications only as "the same as last time or not".
    """
    seen, sums, signed, guarded = {}, [], set(), set()
    for table_, (_, protection) in zip(tables, done, strict=True):
        value = {cell.id: cell.value for cell in table_.cells}
        shown = {cell.id for cell in table_.cells if cell.printed and cell.id not in protection.hidden}
        seen |= {(cell, value[cell]): value[cell] for cell in shown}
        sums += [{(cell, value[cell]): factor for cell, factor in terms} for terms in table_.equalities]
        guarded |= {(cell, value[cell]) for cell in value if cell in protection.hidden or 0 < value[cell] < threshold}
    for before, after in pairwise(tables):
        old, new = ({cell.id: cell.value for cell in one.cells} for one in (before, after))
        for cell in old:
            if old[cell] != new[cell]:
                change = ("change", cell, old[cell], new[cell])
                sums.append({(cell, new[cell]): 1, (cell, old[cell]): -1, change: -1})
                signed.add(change)
                if abs(new[cell] - old[cell]) < threshold:
                    guarded.add(change)
    exposed = set()
    for _, protection in done:
        for cell in protection.exposed:
            if isinstance(cell, Change):
                exposed.add(("change", *cell))
            elif isinstance(cell, Earlier):
                exposed.add((cell.id, cell.value))
            else:
                exposed |= {pair for pair in guarded if pair[0] == cell}
    return find_disclosed(seen, sums, [], guarded - exposed, threshold, signed) - exposed


BASE = {"A": ((8, 20), (9, 22)), "B": ((12, 30), (11, 25)), "C": ((7, 18), (10, 21))}


def test_nothing_changed_nothing_more_hidden():
    first, second = publish(table(BASE), table(BASE))
    assert first[1].hidden == second[1].hidden == frozenset()
    assert all(cell.known for cell in second[0].cells if cell.printed)


def test_a_late_registration_of_two_persons_is_not_told_by_subtraction():
    later = BASE | {"A": ((10, 22), (9, 22))}
    tables = [table(BASE), table(later)]
    done = publish(*tables)
    (_, first), (system, second) = done
    assert first.hidden == frozenset()
    assert ("k", "A", "K") in second.hidden
    assert ("n", "A", "K") in second.hidden
    assert ("k", "A", "M") not in second.hidden  # unchanged: everybody knows it
    assert Change(("k", "A", "K"), 8, 10) in {cell.id for cell in system.cells}
    assert disclosed_over_time(tables, done) == set()
    assert is_proven(system, second)


def test_a_large_change_is_shown():
    later = BASE | {"A": ((14, 40), (9, 22))}
    assert publish(table(BASE), table(later))[1][1].hidden == frozenset()


def test_what_was_hidden_and_has_not_changed_stays_hidden():
    small = BASE | {"A": ((2, 20), (9, 22))}
    tables = [table(small), table(small | {"C": ((40, 90), (50, 95))})]
    done = publish(*tables)
    kept = {cell for cell in done[0][1].hidden if cell[1] in "AB" and cell[2] != "T"}
    assert ("k", "A", "K") in kept
    assert kept <= done[1][1].hidden
    assert disclosed_over_time(tables, done) == set()


def test_an_earlier_hidden_count_is_not_given_away_by_a_later_publication():
    small = BASE | {"A": ((2, 20), (9, 22))}
    tables = [table(small), table(small | {"A": ((9, 28), (9, 22))})]
    done = publish(*tables)
    system, protection = done[1]
    assert Earlier(("k", "A", "K"), 2) in {cell.id for cell in system.cells}
    assert disclosed_over_time(tables, done) == set()
    assert audit(system, protection) == frozenset()


def test_a_record_tells_how_each_cell_stood():
    system = table(BASE | {"A": ((2, 20), (9, 22))})
    protection = protect(system, 5)
    record = record_publication(system, protection)
    assert record.cells["k", "A", "K"] == (2, Sight.HIDDEN)
    assert record.cells["m", "A", "K"] == (18, Sight.UNPRINTED)
    assert record.cells["n", "T", "T"] == (136, Sight.SHOWN)
    assert set(record.equalities) == set(system.equalities)


def test_ties_of_an_earlier_publication_still_hold_for_what_was_then():
    old = System((Cell("k", 6), Cell("n", 30)), (), (Inequality((("k", 1), ("n", -1))),))
    record = record_publication(old, protect(old, 5))
    now = add_history(System((Cell("k", 7), Cell("n", 30)), ()), [record])
    assert Inequality(((Earlier("k", 6), 1), ("n", -1))) in now.inequalities


def test_a_figure_of_a_public_document_is_known_whatever_was_hidden():
    system = table(BASE | {"A": ((2, 20), (9, 22))})
    record = record_publication(system, protect(system, 5))
    public = table(BASE | {"A": ((2, 20), (9, 22))}, known={("k", "A", "K")})
    protection = protect(add_history(public, [record]), 5)
    assert ("k", "A", "K") not in protection.hidden


@st.composite
def two_publications(draw):
    names = "ABCDEF"[: draw(st.integers(2, 4))]
    top = draw(st.sampled_from([8, 20, 50]))

    def share():
        n = draw(st.integers(0, top))
        return draw(st.integers(0, n)), n

    rows = {name: (share(), share()) for name in names}
    tables = [table(rows)]
    for _ in range(draw(st.integers(1, 2))):
        late = {}
        for name, kon in rows.items():
            late[name] = tuple(
                (k + more, n + more + other)
                for k, n in kon
                for more, other in [draw(st.sampled_from([(0, 0), (0, 0), (0, 0), (1, 0), (0, 2), (3, 4)]))]
            )
        rows = late
        tables.append(table(rows))
    return tables


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(two_publications())
def test_random_late_registrations_withstand_the_attacker(tables):
    done = publish(*tables)
    for system, protection in done:
        assert is_proven(system, protection)
    assert disclosed_over_time(tables, done) == set()


@pytest.mark.parametrize("change", [1, -2, 4])
def test_small_changes_either_way_are_guarded(change):
    later = BASE | {"B": ((12 + change, 30 + change), (11, 25))}
    assert ("k", "B", "K") in publish(table(BASE), table(later))[1][1].hidden
