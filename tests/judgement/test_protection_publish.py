"""What a förbund may publish: the plan, rows cut from it, and its record in the store."""

from dataclasses import replace

import pytest
from build_figures import figure, figure_set, insats

from finsam_dash.indicators.compute import compute_indicators
from finsam_dash.judgement.protection.places import RowKey
from finsam_dash.judgement.protection.protect import HidingReason
from finsam_dash.judgement.protection.publish import hide_rows, plan_publishing, record_from_text, record_to_text
from finsam_dash.model import Gender, Measured, Missing, Period, Settings, Suppressed

HALF = Period.parse("2024-H1")
YEAR = Period.parse("2024")
TABLE = {
    "a": {"kvinna": (30, 12), "man": (28, 11)},
    "b": {"kvinna": (35, 14), "man": (31, 9)},
    "c": {"kvinna": (22, 8), "man": (6, 2)},
    "d": {"kvinna": (26, 10), "man": (24, 9)},
}


def figures_of(table, unknown=0):
    rows = []
    for kod, genders in table.items():
        for gender, (n, k) in genders.items():
            for half in ("2024-H1", "2024-H2"):
                rows.append(figure(kod, "avslutade", gender, half, n))
                rows.append(figure(kod, "avslutade_utan_uppgift", gender, half, unknown))
                rows.append(figure(kod, "till_arbete_studier", gender, half, k))
    return figure_set(rows, *(insats(kod) for kod in table))


def rows_by_key(rows):
    return {(row.subject, str(row.gender), row.indikator): row for row in rows}


def test_rows_are_cut_from_the_plan():
    figures = figures_of(TABLE)
    plan = plan_publishing(figures, Settings())
    rows = rows_by_key(hide_rows(compute_indicators(figures, HALF), plan, figures))
    assert rows["c", "man", "till_arbete_studier"].value == Suppressed()
    assert rows["c", "man", "andel_arbete_studier"].value == Suppressed()
    assert rows[None, "alla", "andel_arbete_studier"].value.value == pytest.approx(75 / 202)
    assert rows["a", "alla", "avslutade"].value == Measured(58)
    assert plan.hidden[RowKey("c", Gender.MAN, HALF, "till_arbete_studier")] is HidingReason.SMALL
    assert HidingReason.COMPLEMENTARY in plan.hidden.values()
    assert not set(plan.hidden) & set(plan.shown)
    assert plan.hidden_cells >= 4
    assert plan.exposed == frozenset()


def test_a_hidden_row_carries_nothing():
    figures = figures_of(TABLE)
    hidden = [
        row
        for row in hide_rows(compute_indicators(figures, HALF), plan_publishing(figures, Settings()), figures)
        if row.value == Suppressed()
    ]
    assert hidden
    assert {(row.sources, row.coverage, row.codes) for row in hidden} == {((), None, ())}


def test_a_cut_outside_the_grid_is_hidden_whole():
    figures = figures_of(TABLE)
    plan = plan_publishing(figures, Settings(publishing_grid="tertial"))
    rows = hide_rows(compute_indicators(figures, HALF), plan, figures)
    assert not [row for row in rows if isinstance(row.value, Measured)]


def test_a_row_of_another_data_version_is_hidden():
    figures = figures_of(TABLE)
    plan = plan_publishing(figures, Settings())
    newer = figures_of(TABLE | {"a": {"kvinna": (31, 13), "man": (28, 11)}})
    rows = rows_by_key(hide_rows(compute_indicators(newer, HALF), plan, newer))
    assert rows["a", "kvinna", "avslutade"].value == Suppressed()
    assert rows[None, "alla", "avslutade"].value == Suppressed()
    assert rows["b", "alla", "avslutade"].value == Measured(66)


def test_the_next_plan_remembers_what_was_published():
    first = plan_publishing(figures_of(TABLE), Settings())
    later = figures_of(TABLE | {"a": {"kvinna": (32, 14), "man": (28, 11)}})
    alone, together = plan_publishing(later, Settings()), plan_publishing(later, Settings(), [first.record])
    changed = RowKey("a", Gender.KVINNA, HALF, "avslutade")
    assert changed in alone.shown
    assert changed not in together.shown
    assert together.hidden[changed] is HidingReason.COMPLEMENTARY


def test_the_record_survives_the_store():
    plan = plan_publishing(figures_of(TABLE, unknown=1), Settings())
    assert record_from_text(record_to_text(plan.record)) == plan.record


def test_a_small_number_of_unknown_outcomes_is_not_printed():
    figures = figures_of(TABLE, unknown=1)
    plan = plan_publishing(figures, Settings())
    rows = rows_by_key(hide_rows(compute_indicators(figures, YEAR), plan, figures))
    assert rows[None, "alla", "andel_arbete_studier"].value.unknown == 16
    shown = [row for row in rows.values() if row.subject == "b" and isinstance(row.value, Measured)]
    assert {row.value.unknown for row in shown} <= {None}


def test_why_a_share_is_missing_may_tell_a_count():
    """Nobody left: the share says so. Where that nobody is hidden, so is the reason."""
    table = TABLE | {"c": {"kvinna": (22, 8), "man": (0, 0)}, "d": {"kvinna": (26, 10), "man": (2, 1)}}
    figures = figures_of(table)
    plan = plan_publishing(figures, Settings())
    rows = rows_by_key(hide_rows(compute_indicators(figures, HALF), plan, figures))
    share, count = rows["c", "man", "andel_arbete_studier"], rows["c", "man", "avslutade"]
    assert isinstance(share.value, Missing) == isinstance(count.value, Measured)
    own = RowKey("c", Gender.MAN, HALF, "andel_arbete_studier")
    without = replace(plan, shown={row: counts for row, counts in plan.shown.items() if row != own})
    rows = rows_by_key(hide_rows(compute_indicators(figures, HALF), without, figures))
    assert rows["c", "man", "andel_arbete_studier"].value == Suppressed()


def test_other_missing_rows_stay_missing():
    figures = figures_of(TABLE)
    rows = hide_rows(compute_indicators(figures, HALF), plan_publishing(figures, Settings()), figures)
    before = [row for row in compute_indicators(figures, HALF) if isinstance(row.value, Missing)]
    assert [row for row in rows if isinstance(row.value, Missing)] == before


def test_the_months_without_annat_okant_do_not_name_the_month_that_has_it():
    own = [figure("a", matt, "annat_okant", "2024-03", 1) for matt in ("avslutade", "till_arbete_studier")]
    months = [
        figure("a", matt, gender, f"2024-{month:02d}", count)
        for gender in ("kvinna", "man")
        for month in range(1, 13)
        for matt, count in (("avslutade", 12), ("till_arbete_studier", 6))
    ]
    figures = figure_set([*months, *own], insats("a"))
    intern = rows_by_key(compute_indicators(figures, YEAR))
    rows = rows_by_key(hide_rows(compute_indicators(figures, YEAR), plan_publishing(figures, Settings()), figures))
    for code in ("avslutade", "till_arbete_studier", "andel_arbete_studier"):
        for subject in ("a", None):
            assert isinstance(intern[subject, "annat_okant", code].value, Missing)
            assert rows[subject, "annat_okant", code].value == Suppressed()


def test_a_public_document_is_shown_outside_the_grid_too():
    own = figure("a", "avslutade", "alla", "2014-03", 3)._replace(dokument="arsredovisning-2014", rubrik="Resultat")
    figures = figure_set([own], insats("a", "2014-01-01"))
    plan = plan_publishing(figures, Settings())
    rows = rows_by_key(hide_rows(compute_indicators(figures, Period.parse("2014-03")), plan, figures))
    assert rows["a", "alla", "avslutade"].value == Measured(3)
    assert rows["a", "alla", "avslutade"].sources[0].dokument == "arsredovisning-2014"


def test_a_higher_threshold_hides_more():
    figures = figures_of(TABLE)
    low, high = (plan_publishing(figures, Settings(threshold=t)) for t in (3, 12))
    assert len(high.hidden) > len(low.hidden)
