"""Numbers in Swedish against worked cases of the visual language and a second, stupid rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.model import Measured, Missing, Qualifier, Reason, Suppressed, Unit
from finsam_dash.wording import numbers

HARD = "\u00a0"


def hard(text: str) -> str:
    """Write `_` for a no-break space, so that a reader sees where it stands."""
    return text.replace("_", HARD)


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [
        (88 / 277, 0, "32_%"),
        (340 / 981, 0, "35_%"),
        (340 / 981, 1, "34,7_%"),
        (0.345, 0, "35_%"),
        (0.125, 0, "13_%"),
        (Fraction(69, 200), 0, "35_%"),
        (0.0, 0, "0_%"),
        (1.0, 0, "100_%"),
        (1.92, 0, "192_%"),
    ],
)
def test_a_share_is_whole_per_cent_half_up(share: float, decimals: int, printed: str) -> None:
    assert numbers.format_share(share, decimals) == hard(printed)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_per_cent_agrees_with_rounding_by_hand(counts: tuple[int, int]) -> None:
    k, n = counts
    by_hand = (200 * k + n) // (2 * n)  # floor(100k/n + 1/2) in whole numbers
    assert numbers.format_share(Fraction(k, n)) == f"{by_hand}{HARD}%"
    assert numbers.format_share_with_counts(k, n).endswith(f"({by_hand}{HARD}%)")


@given(st.integers(-(10**9), 10**9))
def test_a_count_reads_back(count: int) -> None:
    text = numbers.format_count(count)
    assert int(text.replace(HARD, "").replace("−", "-")) == count
    assert " " not in text
    assert "-" not in text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (numbers.format_interval(0.265675, 0.374692), "27–37_%"),
        (numbers.format_interval_words(0.2724, 0.5919), "27–59_procent"),
        (numbers.format_count(1159), "1_159"),
        (numbers.format_count(4.5), "4,5"),
        (numbers.format_signed(2), "+2"),
        (numbers.format_signed(-36), "−36"),
        (numbers.format_signed(0), "0"),
        (numbers.format_money(20440, Unit.TKR), "20_440_tkr"),
        (numbers.format_money(924000.5, Unit.KR), "924_001_kr"),
        (numbers.format_points(0.02), "2_procentenheter"),
        (numbers.format_points(-0.01), "−1_procentenhet"),
        (numbers.format_counts(88, 277), "88 av 277"),
        (numbers.format_share_with_counts(88, 277), "88 av 277 (32_%)"),
        (numbers.format_share_with_counts(0, 0), "0 av 0"),
        (numbers.format_share_words(0.35), "35_procent"),
        (numbers.format_number_word(12), "tolv"),
        (numbers.format_number_word(13), "13"),
        (numbers.format_number_word(1, neuter=True), "ett"),
    ],
)
def test_the_printed_forms_of_the_visual_language(printed: str, expected: str) -> None:
    assert printed == hard(expected)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Suppressed(), Unit.ANDEL, ".."),
        (Missing(Reason.UPPGIFT_SAKNAS), Unit.ANTAL, "–"),
        (Missing(Reason.DOLT_HOS_KALLAN), Unit.ANTAL, "–"),
        (Missing(Reason.EJ_TILLAMPLIGT), Unit.ANTAL, "."),
        (Measured(0), Unit.ANTAL, "0"),
        (Measured(800, qualifier=Qualifier.NARMARE), Unit.ANTAL, "närmare_800"),
        (Measured(1250, qualifier=Qualifier.CA), Unit.ANTAL, "cirka_1_250"),
        (Measured(1500, qualifier=Qualifier.DRYGT), Unit.ANTAL, "drygt_1_500"),
        (Measured(2000, qualifier=Qualifier.OVER), Unit.ANTAL, "över_2_000"),
        (Measured(800, qualifier=Qualifier.HARLEDD), Unit.ANTAL, "800"),
        (Measured(88 / 277, 88, 277), Unit.ANDEL, "32_%"),
        (Measured(1), Unit.DAGAR, "1_dag"),
        (Measured(4.5), Unit.POANG, "4,5_poäng"),
    ],
)
def test_a_value_or_the_sign_in_its_place(value: object, unit: Unit, expected: str) -> None:
    assert numbers.format_value(value, unit) == hard(expected)  # type: ignore[arg-type]


def test_columns_of_a_chart_row() -> None:
    counted = Measured(88 / 277, 88, 277, 0.265675, 0.374692)
    printed_only = Measured(0.29)
    assert numbers.format_value_counts(counted) == "88 av 277"
    assert numbers.format_value_interval(counted) == f"27–37{HARD}%"
    assert numbers.format_value_counts(printed_only) == "antal saknas"
    assert numbers.format_value_interval(printed_only) == "antal saknas"
    assert numbers.format_share_value(printed_only) == f"29{HARD}%"
    assert numbers.format_share_value(Suppressed()) == ".."


@pytest.mark.parametrize(
    ("share", "line", "decimals"),
    [(88 / 277, 0.34, 0), (340 / 981, 0.35, 1), (0.3499, 0.35, 2), (0.35, 0.35, 0), (0.3549, 0.35, 1)],
)
def test_decimals_appear_only_where_rounding_hides_a_side(share: float, line: float, decimals: int) -> None:
    assert numbers.decimals_to_tell_apart(share, line) == decimals


def test_money_in_another_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="antal is not money"):
        numbers.format_money(1, Unit.ANTAL)


def test_half_up_reads_a_float_as_it_is_printed() -> None:
    assert numbers.round_half_up(2.675, 2) == Decimal("2.68")
    assert numbers.round_half_up(-0.5) == Decimal(-1)
