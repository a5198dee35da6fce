"""The publishing grid: what is in it, what it hides, and an attacker who sees only the rows that are shown.

The attacker's knowledge is written here from the domain (kön, time and insatser add up, k of n, stock and flow), not
taken from the grid's own system: a tie that the grid forgot would show as a disclosure.
"""

import random
from datetime import date

import pytest
from attacker import find_disclosed
from build_figures import figure, figure_set, insats

from finsam_dash.indicators.compute import compute_indicators
from finsam_dash.judgement.protection.grid import _Layout, build_grid
from finsam_dash.judgement.protection.places import FAMILIES, GRID_MONTHS, RowKey, grid_periods, holds_row
from finsam_dash.judgement.protection.protect import audit, is_proven, protect
from finsam_dash.model import CountingMode, Gender, Measured, Period

FLOWS = ("nya", "avslutade", "avslutade_utan_uppgift", "till_arbete_studier", "till_arbete", "till_studier", "bortfall")
ALLA, KVINNA, MAN = Gender.ALLA, Gender.KVINNA, Gender.MAN


def month_figures(kod, gender, month, stock, counts):
    return [figure(kod, matt, gender, month, count) for matt, count in {"pagaende": stock, **counts}.items()]


def random_forbund(seed, insatser, months, mean):
    """Monthly figures of a few insatser, stocks and flows in balance; sizes differ, so some are small."""
    draw = random.Random(seed)
    figures = []
    for number in range(insatser):
        size = mean * draw.choice([0.3, 1, 1, 2])
        for gender in ("kvinna", "man"):
            stock = draw.randint(0, int(4 * size) + 3)
            for index in range(months):
                left = min(stock, int(draw.gammavariate(3, size / 3)))
                unknown = sum(draw.random() < 0.05 for _ in range(left))
                k = sum(draw.random() < 0.35 for _ in range(left - unknown))
                work = sum(draw.random() < 0.7 for _ in range(k))
                counts = {
                    "nya": int(draw.gammavariate(3, size / 3)),
                    "avslutade": left,
                    "avslutade_utan_uppgift": unknown,
                    "till_arbete_studier": k,
                    "till_arbete": work,
                    "till_studier": k - work,
                    "bortfall": sum(draw.random() < 0.1 for _ in range(left - unknown - k)),
                }
                month = f"{2024 + index // 12}-{index % 12 + 1:02d}"
                figures += month_figures(f"i{number}", gender, month, stock, counts)
                stock += counts["nya"] - left
    return figure_set(figures, *(insats(f"i{number}") for number in range(insatser)))


def unknowns_of(row):
    """The counts that a row prints, as (measure, subject, kön, period): its value, or numerator and denominator."""

    def own(measure, gender=row.gender):
        return (measure, row.subject, gender, row.period)

    pairs = {
        "andel_arbete_studier": (own("till_arbete_studier"), own("known")),
        "andel_arbete_studier_fullfoljda": (own("till_arbete_studier"), own("completed")),
        "andel_bortfall": (own("bortfall"), own("avslutade")),
        "andel_kvinnor": (own("deltaganden", KVINNA), own("deltaganden", ALLA)),
    }
    return pairs.get(row.indikator, (own(row.indikator),))


def domain_knowledge(counts):
    """All that an outsider knows of the counts {(measure, subject, kön, period): value}: sums and limits."""
    sums, limits = [], []
    periods = {key[3] for key in counts}
    subjects = {key[1] for key in counts}
    measures = {key[0] for key in counts}

    def there(*keys):
        return all(key in counts for key in keys)

    for measure, subject, gender, period in counts:
        key = (measure, subject, gender, period)
        parts = [(measure, subject, part, period) for part in (KVINNA, MAN)]
        if gender is ALLA and there(*parts):
            sums.append({key: -1} | dict.fromkeys(parts, 1))
        parts = [(measure, name, gender, period) for name in subjects if name is not None]
        if subject is None and there(*parts):
            sums.append({key: -1} | dict.fromkeys(parts, 1))
        if measure not in ("pagaende", "deltaganden", "deltagare"):
            for length in (6, 1):
                parts = [
                    (measure, subject, gender, p) for p in periods if p.month_count == length and period.contains(p)
                ]
                if len(parts) * length == period.month_count > length and there(*parts):
                    sums.append({key: -1} | dict.fromkeys(parts, 1))
        if measure == "pagaende":
            for other in periods:
                same = (measure, subject, gender, other)
                if other.start == period.start and other != period and there(same):
                    sums.append({key: 1, same: -1})
                flow = [(name, subject, gender, period) for name in ("nya", "avslutade")]
                if (other.start - period.end).days == 1 and there(same, *flow):
                    sums.append({same: -1, key: 1, flow[0]: 1, flow[1]: -1})
    for subject, gender, period in {key[1:] for key in counts}:
        one = {measure: (measure, subject, gender, period) for measure in measures}
        for whole, part in [
            ("avslutade", "known"),
            ("known", "completed"),
            ("known", "till_arbete_studier"),
            ("completed", "till_arbete_studier"),
            ("avslutade", "bortfall"),
            ("till_arbete_studier", "till_arbete"),
            ("till_arbete_studier", "till_studier"),
            ("deltaganden", "avslutade"),
            ("deltaganden", "deltagare"),
            ("deltagare", "pagaende"),
        ]:
            if there(one.get(whole), one.get(part)):
                limits.append(({one[part]: 1, one[whole]: -1}, 0))
        halves = [("deltagare", subject, gender, p) for p in periods if p.month_count == 6 and period.contains(p)]
        if period.is_calendar_year and there(one.get("deltagare"), *halves) and len(halves) == 2:
            limits.append(({one["deltagare"]: 1} | dict.fromkeys(halves, -1), 0))
            limits += [({half: 1, one["deltagare"]: -1}, 0) for half in halves]
        ties = [
            ({"deltaganden": -1, "pagaende": 1, "nya": 1}, sums),
            ({"known": -1, "completed": 1, "bortfall": 1}, sums),
        ]
        for terms, kept in ties:
            if there(*(one.get(measure) for measure in terms)):
                kept.append({one[measure]: factor for measure, factor in terms.items()})
        outcome = [one.get(name) for name in ("till_arbete_studier", "till_arbete", "till_studier")]
        if there(*outcome):
            limits.append(({outcome[0]: 1, outcome[1]: -1, outcome[2]: -1}, 0))
    return sums, limits


def true_counts(grid):
    """Every count that the grid's rows print, by the test's own naming."""
    counts = {}
    value = {cell.id: cell.value for cell in grid.system.cells}
    for row, cells in grid.rows.items():
        for name, cell in zip(unknowns_of(row), cells, strict=True):
            assert counts.setdefault(name, value[cell]) == value[cell]
    return counts


def attacked(grid, shown, threshold=5, over=()):
    """What the attacker works out from the shown rows. `over` are the (insats, period) after which nobody is left."""
    counts = true_counts(grid)
    sums, limits = domain_knowledge(counts)
    for name in [name for name in counts if name[0] == "avslutade" and (name[1], name[3]) in over]:
        sums.append({name: -1, ("deltaganden", *name[1:]): 1})
    seen = {name: counts[name] for row in shown for name in unknowns_of(row)}
    # What is left of a shown denominator is guarded as well.
    # A denominator alone is not: it is often printed elsewhere, as avslutade where no outcome is unknown.
    guarded = {unknowns_of(row)[0] for row in grid.rows} - set(seen)
    for row in grid.rows:
        names = unknowns_of(row)
        if len(names) == 2:
            rest = ("rest", *names)
            counts[rest] = counts[names[1]] - counts[names[0]]
            sums.append({names[1]: -1, names[0]: 1, rest: 1})
            if 0 < counts[rest] < threshold:
                guarded.add(rest)
    for terms in sums:
        assert sum(counts[name] * factor for name, factor in terms.items()) == 0
    return find_disclosed(seen, sums, limits, guarded, threshold)


@pytest.mark.parametrize(
    ("seed", "insatser", "months", "mean"),
    [(1, 2, 12, 2), (2, 3, 12, 3), (3, 4, 12, 4), (4, 3, 24, 3), (5, 5, 12, 6), (6, 2, 24, 1), (7, 4, 12, 0.5)],
)
def test_the_shown_rows_of_random_forbund_withstand_the_attacker(seed, insatser, months, mean):
    grid = build_grid(random_forbund(seed, insatser, months, mean))
    protection = protect(grid.system, 5)
    shown = grid.shown_rows(protection.hidden)
    assert is_proven(grid.system, protection)
    assert protection.exposed == frozenset()
    assert attacked(grid, shown) == set()
    assert any(row.subject is None for row in shown)


@pytest.mark.parametrize("forgotten", ["_tie_terms", "_tie_genders", "_tie_times", "_tie_stocks", "_tie_insatser"])
def test_a_tie_that_the_grid_forgets_is_found_by_the_attacker(forgotten, monkeypatch):
    monkeypatch.setattr(_Layout, forgotten, lambda self: None)
    grids = (build_grid(random_forbund(seed, 3, 12, 3)) for seed in range(4))
    assert any(attacked(grid, grid.shown_rows(protect(grid.system, 5).hidden)) for grid in grids)


def restless_forbund(seed, insatser, *, with_persons=False, with_end=False):
    """A year in which most leave by June or December. `with_persons`: deltagare are counted, not by kön.

    `with_end`: only the first insats is emptied, for it is over with December.
    """
    draw = random.Random(seed)
    figures, persons = [], {}
    for number in range(insatser):
        size = (1, 2, 3)[seed % 3] * draw.choice([0.3, 1, 1, 2])
        is_over = with_end and number == 0
        for gender in ("kvinna", "man"):
            stock = draw.randint(0, int(4 * size) + 3)
            for month in range(1, 13):
                there = stock + (new := int(draw.gammavariate(3, size / 3)))
                left = min(there, int(draw.gammavariate(3, size / 3)))
                if month in (6, 12) and not with_end:
                    left = sum(draw.random() > 0.3 for _ in range(there))
                left = there if is_over and month == 12 else left
                k = sum(draw.random() < 0.35 for _ in range(left))
                counts = dict.fromkeys(FLOWS, 0) | {"nya": new, "avslutade": left, "till_arbete_studier": k}
                figures += month_figures(f"i{number}", gender, f"2024-{month:02d}", stock, counts | {"till_arbete": k})
                for period, first in (("2024", 1), (f"2024-H{1 if month < 7 else 2}", 1 if month < 7 else 7)):
                    key = f"i{number}", "deltagare", "alla", period
                    persons[key] = persons.get(key, 0) + new + (stock if month == first else 0)
                stock = there - left
    figures += [figure(*key, count) for key, count in persons.items()] if with_persons else []
    ends = ["2024-12-31" if with_end else None, *[None] * (insatser - 1)]
    return figure_set(figures, *(insats(f"i{number}", end=end) for number, end in enumerate(ends)))


RESTLESS = [
    ({}, "_tie_wholes", range(3, 6)),
    ({"with_persons": True}, "_tie_wholes", range(3)),
    ({"with_end": True}, "_tie_last_persons", (9,)),
]


def attack_restless(seed, kind):
    grid = build_grid(restless_forbund(seed, 2 + seed % 3, **kind))
    over = {("i0", Period.parse(code)) for code in ("2024-H2", "2024")} if "with_end" in kind else ()
    return attacked(grid, grid.shown_rows(protect(grid.system, 5).hidden), over=over)


@pytest.mark.parametrize(("kind", "tie", "seeds"), RESTLESS)
def test_who_was_there_tells_nothing_of_who_left_and_of_how_many_they_are(kind, tie, seeds, monkeypatch):
    """Nobody leaves who was not there, nobody is counted twice as a person, and an insats that is over is empty."""
    assert [attack_restless(seed, kind) for seed in seeds] == [set()] * len(seeds)
    monkeypatch.setattr(_Layout, tie, lambda self: None)
    assert any(attack_restless(seed, kind) for seed in seeds)


def steady_forbund(*more):
    """Two large insatser with the same persons every month, and figures of their own besides."""
    counts = {"nya": 12, "avslutade": 11, "avslutade_utan_uppgift": 0, "till_arbete_studier": 5}
    figures = [
        one
        for kod in "ab"
        for gender in ("kvinna", "man")
        for month in range(1, 13)
        for one in month_figures(kod, gender, f"2024-{month:02d}", 59 + month, counts)
    ]
    return figure_set([*figures, *more], insats("a"), insats("b"))


@pytest.mark.parametrize("period", ["2024", "2024-H1"])
@pytest.mark.parametrize("subject", ["a", None])
def test_one_person_of_annat_okant_in_one_month_does_not_follow_from_the_others(subject, period):
    """Annat/okänt is told in March alone: its own year is missing, but the total has the person all the same."""
    counts = {"nya": 2, "avslutade": 1, "avslutade_utan_uppgift": 0, "till_arbete_studier": 1}
    grid = build_grid(steady_forbund(*month_figures("a", "annat_okant", "2024-03", 0, counts)))
    shown = grid.shown_rows(protect(grid.system, 5).hidden)
    for code in ("avslutade", "till_arbete_studier", "nya", "deltaganden"):
        rows = {RowKey(subject, gender, Period.parse(period), code) for gender in (ALLA, KVINNA, MAN)}
        assert RowKey(subject, Gender.ANNAT_OKANT, Period.parse(period), code) not in grid.rows
        assert len(rows & shown) < 3


def test_an_insats_without_anybody_in_a_denominator_is_in_the_sum_of_the_forbund():
    """Its avslutade are all of unknown outcome, or nobody: the förbund's share is of avslutade all the same."""
    grid = build_grid(restless_forbund(6, 2))
    tied = {frozenset(key for key, _ in terms) for terms in grid.system.equalities}
    shares = [cells[1] for row, cells in grid.rows.items() if row[::3] == (None, "andel_arbete_studier")]
    assert len(shares) > 10
    for key in shares:
        parts = {key._replace(quantity=quantity) for quantity in ("avslutade", "avslutade_utan_uppgift")}
        assert frozenset({key, *parts}) in tied


def test_what_the_forbund_counts_beside_its_insatser_does_not_follow_from_them():
    """The förbund's own total of the year holds three persons of an insats that has not delivered the month."""
    figures = steady_forbund(figure("", "avslutade", "alla", "2024", 2 * 264 + 3))
    late = figure_set(
        [one for kod in ("", "a", "b") for one in figures.subject_figures(("insats" if kod else "forbund", kod))],
        insats("a"), insats("b"), insats("c"),
    )  # fmt: skip
    grid = build_grid(late)
    year = {RowKey(kod, ALLA, Period.parse("2024"), "avslutade") for kod in ("a", "b", None)}
    assert year <= grid.rows.keys()
    assert not year <= grid.shown_rows(protect(grid.system, 5).hidden)


def test_a_small_row_left_in_is_found_by_the_attacker():
    grid = build_grid(random_forbund(2, 3, 12, 3))
    assert attacked(grid, frozenset(grid.rows))


def test_every_row_of_the_grid_holds_the_counts_of_the_indicators():
    figures = random_forbund(3, 4, 12, 4)
    grid = build_grid(figures)
    value = {cell.id: cell.value for cell in grid.system.cells}
    period = Period.parse("2024-H1")
    checked = 0
    for row in compute_indicators(figures, period):
        key = RowKey(row.subject, row.gender, period, row.indikator)
        if key not in grid.rows:
            continue
        assert isinstance(row.value, Measured)
        counts = [row.value.value] if row.value.numerator is None else [row.value.numerator, row.value.denominator]
        assert [value[cell] for cell in grid.rows[key]] == counts
        checked += 1
    assert checked > 40


def test_a_month_of_an_insats_is_outside_the_grid_and_a_month_of_the_forbund_is_in_it():
    grid = build_grid(random_forbund(3, 4, 12, 4))
    month = Period.parse("2024-03")
    assert RowKey(None, ALLA, month, "andel_arbete_studier") in grid.rows
    assert not [row for row in grid.rows if row.subject is not None and row.period == month]
    assert not [row for row in grid.rows if row.period == Period.parse("2024-01/2024-05")]


def test_what_the_grid_has_no_place_for_is_known_before_anybody_has_counted():
    """Every row of the grid has a place; a month of an insats, a quarter, and what is cut no finer, have none."""
    figures = random_forbund(3, 4, 12, 4)
    named = {insats.kod: insats for insats in figures.insatser} | {None: None}
    for name in GRID_MONTHS:
        for row in build_grid(figures, name).rows:
            assert holds_row(row.indikator, named[row.subject], row.gender, row.period, name), row
    one, month, half = named["i0"], Period.parse("2024-03"), Period.parse("2024-H1")
    refused = [
        ("avslutade", one, ALLA, month),
        ("avslutade", one, ALLA, Period.parse("2024-K1")),
        ("avslutade", None, KVINNA, month),
        ("bortfall", one, ALLA, half),
        ("bortfall", one, KVINNA, Period.parse("2024")),
        ("deltagare", None, ALLA, month),
        ("avslutade", None, ALLA, Period.parse("2024-02/2024-07")),
        ("kostnad_per_resultat", None, ALLA, half),
    ]
    assert [row for row in refused if holds_row(*row)] == []
    assert holds_row("avslutade", one, ALLA, half)
    assert not holds_row("avslutade", one, ALLA, half, "tertial")


def test_tertial_instead_of_half_years():
    figures = random_forbund(3, 4, 12, 4)
    assert [period.code for period in grid_periods(figures, 4)] == ["2024-T1", "2024", "2024-T2", "2024-T3"]
    grid = build_grid(figures, "tertial")
    codes = {row.period.code for row in grid.rows if row.subject is not None}
    assert codes == {"2024-T1", "2024-T2", "2024-T3", "2024"}
    protection = protect(grid.system, 5)
    assert is_proven(grid.system, protection)
    with pytest.raises(KeyError):
        build_grid(figures, "manad")


HALVES = {
    "2024-H1": {"a": (7, 3), "b": (12, 9), "c": (2, 6), "d": (8, 11)},
    "2024-H2": {"a": (9, 6), "b": (10, 13), "c": (5, 8), "d": (7, 12)},
}


def worked_forbund():
    figures = [
        figure(kod, "nya", gender, half, count)
        for half, table in HALVES.items()
        for kod, counts in table.items()
        for gender, count in zip(("kvinna", "man"), counts, strict=True)
    ]
    return figure_set(figures, *(insats(kod) for kod in "abcd"))


def test_the_worked_table_through_the_whole_mapping():
    """A man 3 and C kvinna 2 in H1 take their neighbours with them, and the year cannot give them back."""
    grid = build_grid(worked_forbund())
    protection = protect(grid.system, 5)
    hidden = set(grid.rows) - grid.shown_rows(protection.hidden)
    half = Period.parse("2024-H1")
    assert {RowKey(kod, gender, half, "nya") for kod in "ac" for gender in (KVINNA, MAN)} <= hidden
    assert RowKey(None, ALLA, Period.parse("2024"), "nya") not in hidden
    assert len(hidden) <= 8
    assert attacked(grid, grid.shown_rows(protection.hidden)) == set()


def test_figures_of_a_public_document_are_known_and_never_hidden():
    figures = [
        replace_source(figure("a", "avslutade", "alla", "2014", 3), "arsredovisning-2014"),
        replace_source(figure("a", "till_arbete_studier", "alla", "2014", 2), "arsredovisning-2014"),
        figure("b", "avslutade", "alla", "2014", 3),
    ]
    grid = build_grid(figure_set(figures, insats("a", "2014-01-01"), insats("b", "2014-01-01")))
    protection = protect(grid.system, 5)
    year = Period.parse("2014")
    shown = grid.shown_rows(protection.hidden)
    assert RowKey("a", ALLA, year, "avslutade") in shown
    assert RowKey("a", ALLA, year, "andel_arbete_studier") in shown
    assert RowKey("b", ALLA, year, "avslutade") not in shown
    assert RowKey(None, ALLA, year, "avslutade") not in shown  # with a known, it would give b


def replace_source(found, document):
    return found._replace(dokument=document, rubrik="Resultat")


def test_a_public_share_without_counts_stays_and_has_no_cells():
    figures = [replace_source(figure("a", "andel_arbete_studier", "alla", "2014", 0.34), "plan-2015")]
    grid = build_grid(figure_set(figures, insats("a", "2014-01-01")))
    assert grid.rows == {RowKey("a", ALLA, Period.parse("2014"), "andel_arbete_studier"): ()}


def test_a_printed_share_narrows_counts_that_are_ours():
    """A document prints 3 %; our own count of 33 then tells that it was one person."""
    figures = [
        replace_source(figure("a", "avslutade", "alla", "2014", 33), "arsredovisning-2014"),
        figure("a", "till_arbete_studier", "alla", "2014", 1),
        replace_source(figure("a", "andel_arbete_studier", "alla", "2014", 0.03), "arsredovisning-2014"),
    ]
    told = figure_set(figures, insats("a", "2014-01-01"))
    grid = build_grid(told)
    protection = protect(grid.system, 5)
    assert {cell.quantity for cell in protection.exposed} >= {"till_arbete_studier"}
    assert RowKey("a", ALLA, Period.parse("2014"), "till_arbete_studier") not in grid.shown_rows(protection.hidden)
    untold = build_grid(figure_set(figures[:2], insats("a", "2014-01-01")))
    assert protect(untold.system, 5).exposed == frozenset()


def test_forbund_figures_over_different_insatser_give_away_the_one_between_them():
    """Avslutade is summed over all insatser, the share only over those with personuppgifter: the rest follows."""
    figures = []
    for kod, n in (("a", 40), ("b", 3)):
        figures.append(figure(kod, "avslutade", "alla", "2024-H1", n))
    figures.append(figure("a", "till_arbete_studier", "alla", "2024-H1", 15))
    figures.append(figure("a", "bortfall", "alla", "2024-H1", 10))
    found = figure_set(figures, insats("a"), insats("b", counting_mode=CountingMode.ANONYM))
    grid = build_grid(found)
    protection = protect(grid.system, 5)
    shown = grid.shown_rows(protection.hidden)
    half = Period.parse("2024-H1")
    assert RowKey("b", ALLA, half, "avslutade") not in shown
    pair = {RowKey(None, ALLA, half, "avslutade"), RowKey(None, ALLA, half, "andel_arbete_studier")}
    assert not pair <= shown
    assert is_proven(grid.system, protection)


def test_zero_and_all_are_small_only_where_the_setting_says_so():
    figures = [
        figure("a", "avslutade", "alla", "2024-H1", 12),
        figure("a", "till_arbete_studier", "alla", "2024-H1", 0),
    ]
    found = figure_set(figures, insats("a"))
    half = Period.parse("2024-H1")
    share = RowKey("a", ALLA, half, "andel_arbete_studier")
    open_grid, strict = build_grid(found), build_grid(found, show_zero=False)
    assert share in open_grid.shown_rows(protect(open_grid.system, 5).hidden)
    assert share not in strict.shown_rows(protect(strict.system, 5).hidden)


def test_own_periods_are_in_the_grid_and_what_sticks_out_of_a_half_year_is_guarded():
    """An own period January to July beside the half-year tells of July by subtraction."""
    figures = [
        figure("a", "nya", "alla", f"2024-{month:02d}", count)
        for month, count in enumerate([6, 7, 8, 6, 7, 9, 2, 8, 9, 7, 8, 9], start=1)
    ]
    found = figure_set(figures, insats("a", "2024-01-01", "2024-07-31"), insats("b", "2024-01-01"))
    july = Period.parse("2024-07")
    grid = build_grid(found)
    own = RowKey("a", ALLA, Period(date(2024, 1, 1), date(2024, 7, 31)), "nya")
    assert own in grid.rows
    cells = {cell.id: cell for cell in grid.system.cells if cell.id.period == july and cell.id.subject == "a"}
    assert [(cell.value, cell.printed) for cell in cells.values()] == [(2, False)]
    shown = grid.shown_rows(protect(grid.system, 5).hidden)
    assert not {own, RowKey("a", ALLA, Period.parse("2024-H1"), "nya")} <= shown


def test_how_many_have_an_unknown_outcome_is_not_guarded():
    figures = [
        figure("a", "avslutade", "alla", "2024-H1", 40),
        figure("a", "avslutade_utan_uppgift", "alla", "2024-H1", 2),
        figure("a", "till_arbete_studier", "alla", "2024-H1", 15),
    ]
    grid = build_grid(figure_set(figures, insats("a")))
    assert protect(grid.system, 5).hidden == frozenset()
    unknown = next(cell for cell in grid.system.cells if cell.id.quantity == "avslutade_utan_uppgift")
    assert (unknown.value, unknown.printed, unknown.guard) == (2, False, False)


def test_families_name_indicators_and_no_indicator_twice():
    codes = [code for family in FAMILIES for code in family.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) - {"pagaende"} <= set(figure_set([]).registry.indikatorer)


def test_a_forbund_without_figures_has_an_empty_grid():
    grid = build_grid(figure_set([], insats("a")))
    assert (grid.rows, grid.system.cells) == ({}, ())
    protection = protect(grid.system, 5)
    assert (protection.hidden, audit(grid.system, protection)) == (frozenset(), frozenset())


def test_what_an_insats_has_of_a_split_that_it_does_not_print_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alfa's 3 to studies in the first half-year stand nowhere, but are the förbund's 15 less all of Beta's 12.

    Beta's year is printed and nobody left Beta in the second half-year, so its year is its first half-year.
    """
    figures = []
    for index in range(12):
        for gender in ("kvinna", "man"):
            month, early = f"2025-{index + 1:02d}", index < 6
            studies = 1 if not early or index == 0 or (index == 1 and gender == "kvinna") else 0
            for kod, left, k, to_studies in (("alfa", 4, 2, studies), ("beta", 2 * early, 1 * early, 1 * early)):
                work = k - to_studies if kod == "beta" or not studies or not early else k - 1
                counts = {"nya": left, "avslutade": left, "till_arbete_studier": k, "till_arbete": work}
                figures += month_figures(kod, gender, month, 30, counts | {"till_studier": to_studies})
    found = figure_set(figures, insats("alfa"), insats("beta"))
    year, first, second = Period.year(2025), Period.parse("2025-H1"), Period.parse("2025-H2")
    worked_out = {
        RowKey(None, ALLA, first, "till_studier"),
        RowKey("beta", ALLA, year, "till_studier"),
        RowKey("beta", ALLA, second, "avslutade"),
    }

    def shown() -> frozenset[RowKey]:
        grid = build_grid(found)
        return grid.shown_rows(protect(grid.system, 5).hidden)

    assert not worked_out <= shown()
    monkeypatch.setattr("finsam_dash.judgement.protection.grid.FREE_PARTS", 0)
    assert worked_out <= shown()
