"""Numbers in Swedish: whole per cent half up, hard spaces, decimal comma, U+2212.

A share is 0-1 on the way in; percent exists only in what comes out.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from babel.numbers import format_decimal

from finsam_dash.model import Measured, Missing, Qualifier, Reason, Suppressed, Unit, Value

NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"
EN_DASH: Final = "\u2013"

HIDDEN_SIGN: Final = ".."
MISSING_SIGN: Final = EN_DASH
NOT_APPLICABLE_SIGN: Final = "."

_LOCALE: Final = "sv_SE"
_WORDS: Final = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_QUALIFIER_WORDS: Final = {
    Qualifier.CA: "cirka",
    Qualifier.DRYGT: "drygt",
    Qualifier.OVER: "över",
    Qualifier.NARMARE: "närmare",
}

Number = int | float | Decimal | Fraction

# A page writes the same few hundred numbers at every run, and exact arithmetic and Babel take their time for each. By
# type too: the fraction that a float is exactly equals the float, and is not the number that its shortest text says.
_remember: Final = lru_cache(maxsize=20_000, typed=True)


@_remember
def round_half_up(number: Number, decimals: int = 0) -> Decimal:
    """The number at so many decimals, ties away from zero.

    A float is read by its shortest text, so 0.345 is the tie that a reader sees and not 0.34499999….
    """
    if isinstance(number, Fraction):
        # 28 digits: a tie is exact, and no other fraction of persons comes that near to one.
        exact = Decimal(number.numerator) / Decimal(number.denominator)
    else:
        exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@_remember
def _digits(number: Decimal, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(abs(number), format=pattern, locale=_LOCALE))
    return (MINUS if number < 0 else "") + text


def _percent(share: Number, decimals: int) -> Decimal:
    scaled = share * 100 if isinstance(share, int | Fraction) else Decimal(repr(float(share))) * 100
    return round_half_up(scaled, decimals)


@_remember
def format_percent_number(share: Number, decimals: int = 0) -> str:
    """The number of per cent without its sign, as "32"."""
    return _digits(_percent(share, decimals), decimals)


def format_share(share: Number, decimals: int = 0) -> str:
    """A share as "32 %", for charts, tables and single cells."""
    return f"{format_percent_number(share, decimals)}{NO_BREAK}%"


def format_share_words(share: Number, decimals: int = 0) -> str:
    """A share as "32 procent", for titles and prose."""
    return f"{format_percent_number(share, decimals)}{NO_BREAK}procent"


def decimals_to_tell_apart(share: Number, line: Number) -> int:
    """How many decimals (0-2) keep rounding from hiding on which side of the line the share lies.

    34.66 % against the target 35 % needs one: as "35 %" it would look like reached.
    """
    true_side = _side(_exact(share), _exact(line))
    for decimals in (0, 1):
        if _side(_percent(share, decimals), _percent(line, decimals)) == true_side:
            return decimals
    return 2


@_remember
def _exact(number: Number) -> Fraction:
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _side(number: Fraction | Decimal, line: Fraction | Decimal) -> int:
    return (number > line) - (number < line)  # type: ignore[operator]


def format_interval(lower: Number, upper: Number) -> str:
    """Two shares as "27–37 %"."""
    return f"{_between(lower, upper)}{NO_BREAK}%"


def format_interval_words(lower: Number, upper: Number) -> str:
    """Two shares as "27–37 procent", for prose."""
    return f"{_between(lower, upper)}{NO_BREAK}procent"


def _between(lower: Number, upper: Number) -> str:
    return f"{format_percent_number(lower)}{EN_DASH}{format_percent_number(upper)}"


@_remember
def format_count(count: Number) -> str:
    """A count as "1 159"; a figure that is not whole keeps up to two decimals."""
    for decimals in (0, 1):
        rounded = round_half_up(count, decimals)
        if rounded == round_half_up(count, 9):
            return _digits(rounded, decimals)
    return _digits(round_half_up(count, 2), 2)


def format_signed(number: Number) -> str:
    """A change as "+2", "−36" or "0"."""
    return ("+" if number > 0 else "") + format_count(number)


def format_money(amount: Number, unit: Unit) -> str:
    """An amount as "20 440 tkr" or "924 000 kr", whole units half up."""
    if unit not in (Unit.KR, Unit.TKR):
        raise ValueError(f"{unit} is not money")
    return f"{_digits(round_half_up(amount), 0)}{NO_BREAK}{unit.value}"


def format_points(difference: Number, decimals: int = 0) -> str:
    """A difference between shares as "2 procentenheter", with U+2212 where negative."""
    rounded = _percent(difference, decimals)
    noun = "procentenhet" if abs(rounded) == 1 else "procentenheter"
    return f"{_digits(rounded, decimals)}{NO_BREAK}{noun}"


def format_counts(numerator: Number, denominator: Number) -> str:
    """Say "88 av 277", the second column of a chart row."""
    return f"{format_count(numerator)} av {format_count(denominator)}"


def format_share_with_counts(numerator: Number, denominator: Number, decimals: int = 0) -> str:
    """Say "88 av 277 (32 %)", for prose and single cells; without a denominator to divide by only "0 av 0"."""
    counts = format_counts(numerator, denominator)
    if not denominator:
        return counts
    return f"{counts} ({format_share(_exact(numerator) / _exact(denominator), decimals)})"


def share_of(value: Measured) -> Number:
    """The share to print: exact from its counts where it has them, else as published."""
    if value.numerator is not None and value.denominator:
        return _exact(value.numerator) / _exact(value.denominator)
    return value.value


def format_number_word(number: int, neuter: bool = False) -> str:
    """Noll to tolv in words, more as digits; `neuter` gives "ett" for 1."""
    if number == 1 and neuter:
        return "ett"
    return _WORDS[number] if 0 <= number < len(_WORDS) else format_count(number)


def format_sign(value: Suppressed | Missing) -> str:
    """The sign of a value that is not shown: ".." hidden, "–" missing, "." not applicable."""
    if isinstance(value, Suppressed):
        return HIDDEN_SIGN
    return NOT_APPLICABLE_SIGN if value.reason is Reason.EJ_TILLAMPLIGT else MISSING_SIGN


def format_hidden(*values: Value, between: str = ": ") -> str:
    """What is said where one of the values is hidden: "visas inte: för få personer", "lämnas inte ut".

    The latter where the publishing grid holds none of those that are hidden: how few they are is not why.
    """
    hidden = [value for value in values if isinstance(value, Suppressed)]
    is_refused = bool(hidden) and all(value.refused for value in hidden)
    return "lämnas inte ut" if is_refused else f"visas inte{between}för få personer"


def format_value(value: Value, unit: Unit, decimals: int = 0) -> str:
    """A value in its unit, with its hedge ("närmare 800"), or the sign that stands in its place."""
    if not isinstance(value, Measured):
        return format_sign(value)
    match unit:
        case Unit.ANDEL:
            text = format_share(share_of(value), decimals)
        case Unit.KR | Unit.TKR:
            text = format_money(value.value, unit)
        case Unit.DAGAR:
            text = f"{format_count(value.value)}{NO_BREAK}{'dag' if value.value == 1 else 'dagar'}"
        case Unit.POANG:
            text = f"{format_count(value.value)}{NO_BREAK}poäng"
        case Unit.ANTAL:
            text = format_count(value.value)
    return format_hedged(text, value.qualifier)


def format_hedged(text: str, qualifier: Qualifier) -> str:
    """A number with the source's reservation before it, where it has one: "cirka 6 000 tkr"."""
    hedge = _QUALIFIER_WORDS.get(qualifier)
    return f"{hedge}{NO_BREAK}{text}" if hedge else text


def format_share_value(value: Value) -> str:
    """A share for prose and single cells: "88 av 277 (32 %)", "29 %" without counts, or its sign."""
    if isinstance(value, Measured) and value.numerator is not None and value.denominator is not None:
        return format_share_with_counts(value.numerator, value.denominator)
    return format_value(value, Unit.ANDEL)


def format_value_counts(value: Value) -> str:
    """The counts column of a share: "88 av 277", "antal saknas" for a share without them, or the sign."""
    if not isinstance(value, Measured):
        return format_sign(value)
    if value.numerator is None or value.denominator is None:
        return "antal saknas"
    return format_counts(value.numerator, value.denominator)


def format_value_interval(value: Value) -> str:
    """The interval column of a share: "27–37 %", "antal saknas" where nothing carries one, or the sign."""
    if not isinstance(value, Measured):
        return format_sign(value)
    if value.lower is None or value.upper is None:
        return "antal saknas" if value.denominator is None else MISSING_SIGN
    return format_interval(value.lower, value.upper)


def format_plain(text: str) -> str:
    """The same text with ordinary spaces, for files and output that scripts compare."""
    return text.replace(NO_BREAK, " ")
