"""How an indicator is counted, in words."""

from finsam_dash.indicators.registry import load_registry, read_expression
from finsam_dash.wording.method import format_counting, format_expression, list_method


def test_a_sum_is_written_with_the_labels_of_its_matt():
    assert format_expression(read_expression("avslutade - avslutade_utan_uppgift?")) == (
        "Avslutade − Avslutade utan uppgift"
    )


def test_a_share_with_a_second_way_says_both():
    assert format_counting(load_registry().indikatorer["andel_kvinnor"]) == (
        "Deltagare, kvinnor ÷ Deltagare. "
        "Annars: (Pågående vid start, kvinnor + Nya, kvinnor) ÷ (Pågående vid start + Nya)."
    )


def test_every_indicator_is_described_with_a_source():
    rows = list_method()
    assert [row.label for row in rows] == [indikator.label for indikator in load_registry().indikatorer.values()]
    assert all(row.description and row.source for row in rows)
