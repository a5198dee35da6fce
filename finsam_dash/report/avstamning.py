"""Avstämning: the reference language of printed results, evaluated on what is stored.

An expression holds + - * / and parentheses, numbers, and references to stored figures:

    E[table|post|year]  E[table|post|year:state]  E[table|kategori=K|year]  E[table|posttyp=P|year]   amounts
    F[insats|mått|indelning:klass|kön|period]   T[...] its numerator   N[...] its denominator         figures
    S[slag|namn|mått|year]   name * is the sum of all                                                 samverkan

Source: data/publicerat/LASMIG.md, "Avstämning". Everything is computed in exact fractions; each value carries the span
that the rounding of its printed parts leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from finsam_dash.indicators.figures import FORBUND, Count, FigureSet, Subject
from finsam_dash.indicators.registry import Term, load_registry
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.model import (
    Document,
    EconomyRow,
    Figure,
    Gender,
    Period,
    PeriodError,
    PostType,
    PrintedResult,
    Qualifier,
    SamverkanFigure,
    SubjectKind,
    Unit,
)
from finsam_dash.report.content_avstamning import Avstamning, AvstamningRow, AvstamningStatus, Ground

_TOKEN = re.compile(r"\s*(?:(?P<reference>[EFTNS]\[[^\]]*\])|(?P<number>\d+(?:[.,]\d+)?)|(?P<sign>[-+*/()]))")
_HEDGES = frozenset((Qualifier.CA, Qualifier.DRYGT, Qualifier.OVER, Qualifier.NARMARE))
_RESULTS = frozenset((PostType.SUMMA, PostType.RESULTAT))
_SHARE_STEP = 2
"""A printed share is rounded to whole per cent or finer: two decimals at least."""


class PartError(LookupError):
    """A reference that names no stored figure, or several; its text is the reference."""


class ExpressionError(ValueError):
    """A text that is no expression; its text is what could not be read."""


@dataclass(frozen=True)
class Parts:
    """What references are looked up in: the figures, amounts and numbers of one förbund."""

    figures: FigureSet
    economy: tuple[EconomyRow, ...] = ()
    samverkan: tuple[SamverkanFigure, ...] = ()


@dataclass(frozen=True)
class Span:
    """A value and how far the rounding of what it is made of can move it; `rounded` itself, as a quotient is."""

    low: Fraction
    value: Fraction
    high: Fraction
    rounded: bool = False


@dataclass(frozen=True)
class Evaluation:
    """The value of an expression, and its tokens with the numbers in the place of references."""

    span: Span
    tokens: tuple[str, ...]


def build_avstamning(
    results: Iterable[PrintedResult], documents: Iterable[Document], parts: Parts, period: Period | None
) -> Avstamning:
    """Recompute every printed result of the documents that are about the period; None is all documents."""
    known = {document.kod: document for document in documents}

    def is_asked(result: PrintedResult) -> bool:
        document = known.get(result.dokument)
        return period is None or document is None or document.period.overlaps(period)

    rows = tuple(
        compute_result(result, parts) for result in sorted(results, key=lambda row: row.order) if is_asked(result)
    )
    used = dict.fromkeys(row.result.dokument for row in rows)
    return Avstamning(rows, tuple(known[kod] for kod in used if kod in known))


def compute_result(result: PrintedResult, parts: Parts) -> AvstamningRow:
    """Recompute one printed result and say whether it stämmer.

    It does when the value rounded half up at the printed precision is the printed one (both sides of an exact tie),
    when the document hedges and they are at most one step apart, or when the rounding of the parts can give it.
    """
    if not result.parts.strip():
        return AvstamningRow(result, AvstamningStatus.KAN_EJ_RAKNAS)
    try:
        evaluation = evaluate(result.parts, parts)
    except (PartError, ExpressionError) as error:
        return AvstamningRow(result, AvstamningStatus.KAN_EJ_RAKNAS, lacking=str(error))
    except ZeroDivisionError:
        return AvstamningRow(result, AvstamningStatus.KAN_EJ_RAKNAS, lacking="/ 0")
    ground = find_ground(evaluation.span, Fraction(result.published), Fraction(result.precision), result.qualifier)
    status = AvstamningStatus.AVVIKER if ground is Ground.INGEN else AvstamningStatus.STAMMER
    recomputed, ratio = to_decimal(evaluation.span.value), find_ratio(evaluation.tokens)
    return AvstamningRow(result, status, recomputed, evaluation.tokens, ratio, ground)


def find_ground(span: Span, published: Fraction, step: Fraction, qualifier: Qualifier) -> Ground:
    """Why the printed value is what the parts give; INGEN when it is not."""
    away = abs(span.value - published)
    if away <= step / 2:
        return Ground.LIKA
    if qualifier in _HEDGES and away <= step:
        return Ground.UNGEFAR
    reach = step / 2 if span.rounded else Fraction(0)
    if span.low - reach <= published <= span.high + reach:
        return Ground.AVRUNDNING
    return Ground.INGEN


def find_ratio(tokens: tuple[str, ...]) -> tuple[str, str] | None:
    """The two sides of an expression that is one division, each worked out; None for anything else.

    A side that is no decimal number (1 / 3) cannot be written, so there is no such pair either.
    """
    depth, places = 0, []
    for place, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth == 0 and token in ("+", "-", "*", "/"):
            places.append(place)
    if len(places) != 1 or tokens[places[0]] != "/":
        return None
    sides = (tokens[: places[0]], tokens[places[0] + 1 :])
    nothing = Parts(FigureSet((), (), load_registry()))
    left, right = (evaluate(" ".join(side), nothing).span.value for side in sides)
    if any(Fraction(to_decimal(side)) != side for side in (left, right)):
        return None
    return format_number(left), format_number(right)


def to_decimal(value: Fraction) -> Decimal:
    """The fraction as a decimal number of 28 digits."""
    with localcontext() as context:
        context.prec = 28
        return Decimal(value.numerator) / Decimal(value.denominator)


def evaluate(text: str, parts: Parts) -> Evaluation:
    """Compute an expression. Raises PartError, ExpressionError and ZeroDivisionError."""
    tokens = list(_split(text))
    printed: list[str] = []

    def take() -> str:
        return tokens.pop(0) if tokens else ""

    def atom() -> Span:
        token = take()
        if token == "(":
            printed.append(token)
            inside = chain("+-")
            if take() != ")":
                raise ExpressionError(text)
            printed.append(")")
            return inside
        if token == "-":
            printed.append(token)
            return _combine(_constant(Fraction(0)), atom(), "-")
        if token[1:2] == "[":
            span, numbers = _look_up(token, parts)
            several = len(numbers) > 1
            shown = " + ".join(numbers).split(" ")
            printed.extend(["(", *shown, ")"] if several else shown)
            return span
        try:
            number = Fraction(token.replace(",", "."))
        except ValueError as error:
            raise ExpressionError(text) from error
        printed.append(token.replace(",", "."))
        return _constant(number)

    def chain(signs: str) -> Span:
        deeper: Callable[[], Span] = (lambda: chain("*/")) if signs == "+-" else atom
        left = deeper()
        while tokens and tokens[0] in signs:
            sign = take()
            printed.append(sign)
            left = _combine(left, deeper(), sign)
        return left

    result = chain("+-")
    if tokens:
        raise ExpressionError(text)
    if printed[0] == "(" and printed[-1] == ")" and "(" not in printed[1:]:
        # The whole is one sum of a category.
        printed = printed[1:-1]
    return Evaluation(result, tuple(printed))


def _split(text: str) -> Iterator[str]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(text[position:].strip())
        yield match[match.lastgroup or 0]
        position = match.end()


def _constant(value: Fraction) -> Span:
    return Span(value, value, value)


def _combine(left: Span, right: Span, sign: str) -> Span:
    def apply(one: Fraction, other: Fraction) -> Fraction:
        match sign:
            case "+":
                return one + other
            case "-":
                return one - other
            case "*":
                return one * other
            case _:
                return one / other

    value = apply(left.value, right.value)
    if sign == "/" and right.low <= 0 <= right.high:
        # A rounded divisor that may be nothing: its rounding says nothing about the quotient.
        return Span(value, value, value, True)
    corners = [apply(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return Span(min(corners), value, max(corners), sign == "/" or left.rounded or right.rounded)


def _look_up(token: str, parts: Parts) -> tuple[Span, list[str]]:
    kind, names = token[0], [name.strip() for name in token[2:-1].split("|")]
    try:
        if kind == "E":
            return _look_up_amount(names, parts.economy)
        if kind == "S":
            return _look_up_samverkan(names, parts.samverkan)
        return _look_up_figure(kind, names, parts.figures)
    except (PartError, PeriodError, ValueError) as error:
        raise PartError(token) from error


def _look_up_amount(names: list[str], economy: tuple[EconomyRow, ...]) -> tuple[Span, list[str]]:
    table, chosen, *rest = names
    year, _, state = (rest[0] if rest else "").partition(":")
    group, equals, wanted = chosen.partition("=")
    rows = [
        row
        for row in economy
        if row.tabell == table
        and (not year or row.period.end.year == int(year))
        and (not state or row.state == state)
        and (
            (row.posttype == wanted if group == "posttyp" else row.kategori == wanted and row.posttype not in _RESULTS)
            if equals and group in ("posttyp", "kategori")
            else row.post == chosen
        )
    ]
    if not equals and len(rows) > 1:
        raise PartError(chosen)
    amounts = [(row.amount, row.precision) for row in rows if row.amount is not None]
    if not amounts:
        raise PartError(chosen)
    total = sum((Fraction(amount) for amount, _ in amounts), Fraction(0))
    slack = sum((Fraction(precision) / 2 for amount, precision in amounts if amount), Fraction(0))
    return Span(total - slack, total, total + slack), [format_number(Fraction(amount)) for amount, _ in amounts]


def _look_up_samverkan(names: list[str], samverkan: tuple[SamverkanFigure, ...]) -> tuple[Span, list[str]]:
    slag, name, matt, year = names
    values = [
        Fraction(row.value)
        for row in samverkan
        if (row.slag, row.matt, row.period.end.year) == (slag, matt, int(year))
        and name in ("*", row.namn)
        and row.value is not None
    ]
    if not values or (len(values) > 1 and name != "*"):
        raise PartError(name)
    return _constant(sum(values, Fraction(0))), [format_number(value) for value in values]


def _look_up_figure(kind: str, names: list[str], figures: FigureSet) -> tuple[Span, list[str]]:
    subject_code, matt, classes, gender_code, period_code = names
    indelning, _, klass = classes.partition(":")
    # A class may be written as people write it: stored is the code that the intake gave it.
    klass = (load_codelist("klass", indelning).find(klass) if klass else None) or klass
    gender, period = Gender(gender_code), Period.parse(period_code)
    subject: Subject = (SubjectKind.INSATS, subject_code) if subject_code else FORBUND
    figure = figures.find_figure(subject, matt, gender, period, indelning, klass)
    if figure is None and subject_code:
        figure = figures.find_figure((SubjectKind.GRUPP, subject_code), matt, gender, period, indelning, klass)
    if figure is None:
        return _count(kind, figures, subject, Term(1, matt, indelning, klass), gender, period)
    number = _read(figure, kind)
    if number is None:
        raise PartError(matt)
    slack = find_step(number) / 2 if figure.unit is Unit.ANDEL and kind == "F" else Fraction(0)
    return Span(number - slack, number, number + slack), [format_number(number)]


def _count(
    kind: str, figures: FigureSet, subject: Subject, term: Term, gender: Gender, period: Period
) -> tuple[Span, list[str]]:
    """A count that is delivered in parts: months of the period, or kön of the total."""
    if kind != "F" or term.matt not in figures.registry.matt:
        raise PartError(term.matt)
    count = figures.count(subject, term, gender, period)
    if not isinstance(count, Count):
        raise PartError(term.matt)
    number = _exact(count.value)
    return _constant(number), [format_number(number)]


def _read(figure: Figure, kind: str) -> Fraction | None:
    value = {"F": figure.value, "T": figure.numerator, "N": figure.denominator}[kind]
    return None if value is None else _exact(value)


def _exact(value: float) -> Fraction:
    """The number that the shortest text of the float says: 0.34, not the nearest binary fraction."""
    return Fraction(repr(float(value)))


def find_step(share: Fraction) -> Fraction:
    """The step that a printed share is rounded to: whole per cent, or as many decimals as it has."""
    decimals = _SHARE_STEP
    while share * 10**decimals % 1 and decimals < 9:
        decimals += 1
    return Fraction(1, 10**decimals)


def format_number(number: Fraction) -> str:
    """A number of a document with plain digits and a decimal point."""
    text = str(to_decimal(number))
    return text if "E" not in text else f"{to_decimal(number):f}"
