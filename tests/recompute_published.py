"""A stupid second reader of data/publicerat: evaluates the `delar` of avstamning.csv as LASMIG.md defines them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from finsam_dash.model import Period

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "publicerat"
TOKEN = re.compile(r"\s*(?:(?P<ref>[EFTNS]\[[^\]]*\])|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()]))")
RESULT_TYPES = {"summa", "resultat"}


class PartError(LookupError):
    """A reference that names no stored row, or more than one."""


@dataclass(frozen=True)
class Span:
    """A value and how far rounding of what was printed can move it."""

    low: Fraction
    value: Fraction
    high: Fraction
    rounded: bool = False

    def combine(self, other: Span, sign: str) -> Span:
        def apply(left: Fraction, right: Fraction) -> Fraction:
            return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right}.get(
                sign, lambda: left / right
            )()

        corners = [apply(left, right) for left in (self.low, self.high) for right in (other.low, other.high)]
        return Span(
            min(corners), apply(self.value, other.value), max(corners), sign == "/" or self.rounded or other.rounded
        )


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


@cache
def read_figures() -> tuple[dict[str, str], ...]:
    """Every figure file of data/publicerat, with the förbund of its document as `forbund`."""
    owner = {row["dokument"]: row["forbund"] for row in read_table("dokument")}
    rows = []
    for path in sorted(PUBLISHED.glob("*-*.csv")):
        for row in read_table(path.stem):
            rows.append({**row, "forbund": owner[row["Dokument"]]})
    return tuple(rows)


def read_number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def find_step(text: str) -> Fraction:
    """The step that a printed share was rounded to, from its decimals."""
    decimals = len(text.replace(",", ".").partition(".")[2])
    return Fraction(1, 10**decimals)


def find_money(forbund: str, reference: str) -> Span:
    tabell, chosen, *rest = reference.split("|")
    year, _, state = (rest[0] if rest else "").partition(":")
    rows = [row for row in read_table("ekonomi") if row["forbund"] == forbund and row["tabell"] == tabell]
    rows = [row for row in rows if not year or row["slut"][:4] == year]
    rows = [row for row in rows if not state or row["tillstand"] == state]
    name, equals, wanted = chosen.partition("=")
    if equals and name == "posttyp":
        rows = [row for row in rows if row["posttyp"] == wanted]
    elif equals and name == "kategori":
        rows = [row for row in rows if row["kategori"] == wanted and row["posttyp"] not in RESULT_TYPES]
    else:
        rows = [row for row in rows if row["post"] == chosen]
        if len(rows) > 1:
            raise PartError(f"{len(rows)} rows for {reference!r}")
    rows = [row for row in rows if row["belopp"]]
    if not rows:
        raise PartError(f"no row for {reference!r}")
    total = sum((read_number(row["belopp"]) for row in rows), Fraction(0))
    slack = sum((read_number(row["precision"]) / 2 for row in rows if read_number(row["belopp"])), Fraction(0))
    return Span(total - slack, total, total + slack)


def find_figure(forbund: str, reference: str, column: str) -> Span:
    subject, matt, classes, gender, period = reference.split("|")
    indelning, _, klass = classes.partition(":")
    wanted = Period.parse(period)
    rows = [
        row
        for row in read_figures()
        if row["forbund"] == forbund
        and (row["Insats/Grupp"], row["Mått"], row["Indelning"], row["Klass"], row["Kön"])
        == (subject, matt, indelning, klass, gender)
        and (row["Från"], row["Till"]) == (str(wanted.start), str(wanted.end))
    ]
    if len(rows) != 1 or not rows[0][column]:
        raise PartError(f"{len(rows)} rows for {reference!r}")
    value = read_number(rows[0][column])
    slack = find_step(rows[0][column]) / 2 if rows[0]["Enhet"] == "andel" and column == "Värde" else Fraction(0)
    return Span(value - slack, value, value + slack)


def find_samverkan(forbund: str, reference: str) -> Span:
    slag, name, matt, year = reference.split("|")
    rows = [
        row
        for row in read_table("samverkan")
        if row["forbund"] == forbund
        and (row["slag"], row["matt"], row["slut"][:4]) == (slag, matt, year)
        and name in ("*", row["namn"])
    ]
    if not rows or (len(rows) > 1 and name != "*"):
        raise PartError(f"{len(rows)} rows for {reference!r}")
    total = sum((read_number(row["varde"]) for row in rows), Fraction(0))
    return Span(total, total, total)


def evaluate(forbund: str, text: str) -> Span:
    """The value of one `delar`, with the span that rounding of its parts leaves.

    Raises PartError for a reference that is not exactly one row, and ValueError for text that is no expression.
    """
    tokens = []
    position = 0
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"{text!r} at {position}")
        tokens.append(match[match.lastgroup or 0])
        position = match.end()

    def take() -> str:
        return tokens.pop(0) if tokens else ""

    def atom() -> Span:
        token = take()
        if token == "(":
            inside = chain("+-")
            if take() != ")":
                raise ValueError(text)
            return inside
        if token == "-":
            return Span(Fraction(0), Fraction(0), Fraction(0)).combine(atom(), "-")
        if token[1:2] == "[":
            body = token[2:-1]
            if token[0] == "E":
                return find_money(forbund, body)
            if token[0] == "S":
                return find_samverkan(forbund, body)
            return find_figure(forbund, body, {"F": "Värde", "T": "Täljare", "N": "Nämnare"}[token[0]])
        number = read_number(token)
        return Span(number, number, number)

    def chain(signs: str) -> Span:
        deeper = (lambda: chain("*/")) if signs == "+-" else atom
        left = deeper()
        while tokens and tokens[0] in signs:
            sign = take()
            left = left.combine(deeper(), sign)
        return left

    result = chain("+-")
    if tokens:
        raise ValueError(text)
    return result


def round_half_up(value: Fraction, step: Fraction) -> Fraction:
    """Half away from zero, to a multiple of step."""
    count = abs(value) / step
    whole = int(count + Fraction(1, 2))
    return (whole if value >= 0 else -whole) * step


def judge(row: dict[str, str], forbund: str) -> tuple[str, Fraction | None, bool]:
    """(status, recomputed value, whether only rounding explains the tie) of one row of avstamning.csv."""
    if not row["delar"]:
        return "kan_ej_raknas", None, False
    span = evaluate(forbund, row["delar"])
    published, step = read_number(row["publicerat"]), read_number(row["precision"])
    if round_half_up(span.value, step) == published:
        return "stammer", span.value, False
    if row["kvalifikator"] in ("ca", "drygt", "over", "narmare") and abs(span.value - published) <= step:
        return "stammer", span.value, False
    reach = step / 2 if span.rounded else Fraction(0)
    if span.low - reach <= published <= span.high + reach:
        return "stammer", span.value, True
    return "avviker", span.value, False
