"""The publishing grid of a förbund laid out over its figures, as one system to protect.

Everything that an indicator prints in one of the grid's places is a cell (numerator, denominator, and what is left of
the denominator), and so is everything that follows from those by adding and subtracting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from finsam_dash.indicators.compute import compute_indicator, evaluate
from finsam_dash.indicators.figures import FORBUND, Count, FigureSet, Subject
from finsam_dash.indicators.registry import Expression, Indikator, Term
from finsam_dash.judgement.protection.places import (
    FAMILIES,
    GRID_MONTHS,
    STOCK,
    CellKey,
    Family,
    RowKey,
    grid_periods,
    own_periods,
)
from finsam_dash.judgement.protection.price import compute_cost, find_kept
from finsam_dash.judgement.protection.system import Cell, CellId, Inequality, System, Terms
from finsam_dash.model import Gender, IndicatorRow, Measured, Missing, Period, SubjectKind
from finsam_dash.stats.proportions import exact

PRESENT = "pagaende + nya"
"""Those who were in an insats at some time of the period, as a quantity."""
UNIQUE = frozenset({"deltagare"})
"""Persons who may be counted in many periods, each once in each."""
NOT_MORE_THAN = (("avslutade", PRESENT), ("deltagare", PRESENT), (STOCK, "deltagare"))
"""A quantity and the one that it cannot be more than, where no share already says so."""

TELLING_DETAILS = frozenset({"namnare_noll", "taljare_storre_an_namnare"})
"""Why a share is missing may itself tell a count (nobody in the denominator): such a row is cut out like any other,
and an insats that has it is in förbundets sum all the same."""

HARMLESS = frozenset({"avslutade_utan_uppgift"})
"""Not guarded where it can be worked out: how many have an outcome that is not known says nothing of any of them.
Were it guarded, the denominator of nearly every share would be hidden. It is never printed where it is small."""

FREE_PARTS = 5
"""With so many insatser that have persons on both sides of a split, each may have up to four more or fewer on one."""


@dataclass(frozen=True)
class Grid:
    """The grid of one data version: the system to protect, and the cells that each row prints."""

    system: System
    rows: dict[RowKey, tuple[CellKey, ...]]

    def shown_rows(self, hidden: Iterable[CellId]) -> frozenset[RowKey]:
        """The rows of which no cell is hidden; a row outside the grid is never among them."""
        out_of_sight = frozenset(hidden)
        return frozenset(row for row, cells in self.rows.items() if not out_of_sight.intersection(cells))


def build_grid(figures: FigureSet, grid: str = "halvar", *, show_zero: bool = True) -> Grid:
    """Lay out a förbund's whole publishing grid over all its figures.

    `grid` is a key of GRID_MONTHS. With `show_zero` False a nobody of a group that is not empty is small too (0 % and
    100 % disclose). Figures that a public document prints are known to all. Raises KeyError for an unknown grid.
    """
    return _Layout(figures, GRID_MONTHS[grid], show_zero).build()


class _Layout:
    def __init__(self, figures: FigureSet, months: int, show_zero: bool) -> None:
        self.figures, self.show_zero = figures, show_zero
        periods = figures.all_periods()
        self.periods = grid_periods(figures, months)
        self.months = tuple(sorted({month for period in periods for month in period.months()}))
        self.genders = (
            (Gender.ALLA, Gender.KVINNA, Gender.MAN, Gender.ANNAT_OKANT)
            if any(figures.has_gender(Gender.ANNAT_OKANT, period) for period in self.periods)
            else (Gender.ALLA, Gender.KVINNA, Gender.MAN)
        )
        self.values: dict[CellKey, int] = {}
        self.printed: set[CellKey] = set()
        self.known: set[CellKey] = set()
        self.expressions: dict[str, Expression] = {}
        self.equalities: dict[frozenset[tuple[CellKey, int]], None] = {}
        self.inequalities: list[Inequality] = []
        self.rows: dict[RowKey, tuple[CellKey, ...]] = {}
        self.shown_in: dict[CellKey, tuple[IndicatorRow, str]] = {}

    def build(self) -> Grid:
        for insats in self.figures.insatser:
            for family in FAMILIES:
                genders = self.genders if family.insats_genders else self.genders[:1]
                periods = [
                    period
                    for period in self.periods
                    if insats.is_active(period) and (family.insats_short or period.is_calendar_year)
                ]
                for period in dict.fromkeys((*periods, *own_periods(insats))):
                    self._add_rows(family, insats.kod, genders, period)
        for family in FAMILIES:
            genders = self.genders if family.forbund_genders else self.genders[:1]
            for period in self.periods:
                self._add_rows(family, None, genders, period)
            for month in self.months if family.month else ():
                self._add_rows(family, None, self.genders[:1], month)
        self._add_parts()
        self._tie_terms()
        self._tie_genders()
        self._tie_times()
        self._tie_stocks()
        self._tie_insatser()
        self._tie_last_persons()
        self._tie_outcomes()
        self._tie_wholes()
        return Grid(self._system(), self.rows)

    # What is printed

    def _add_rows(self, family: Family, subject: str | None, genders: Iterable[Gender], period: Period) -> None:
        for code in family.codes:
            for gender in genders:
                if code == STOCK:
                    self._add_stock(subject, gender, period)
                    continue
                indikator = self.figures.registry.indikatorer[code]
                if gender not in indikator.genders:
                    continue
                row = compute_indicator(self.figures, indikator, subject, gender, period)
                if isinstance(row.value, Measured):
                    self._add_row(indikator, row, row.value)
                elif isinstance(row.value, Missing) and row.value.detail == "namnare_noll":
                    # That there is no share tells that nobody is in its denominator.
                    self._add_row(indikator, row, Measured(0.0, 0, 0))

    def _add_row(self, indikator: Indikator, row: IndicatorRow, value: Measured) -> None:
        is_known = bool(row.sources) and all(source.dokument for source in row.sources)
        key = RowKey(row.subject, row.gender, row.period, indikator.kod)
        numerator, denominator = self._pair(indikator, row, value)
        if indikator.form == "antal":
            self.rows[key] = (self._add(row, numerator, value.value, is_known, indikator.kod),)
            return
        if value.numerator is None or value.denominator is None:
            if is_known:
                self.rows[key] = ()
            return
        top = self._add(row, numerator, value.numerator, is_known, indikator.kod)
        bottom = self._add(row, denominator, value.denominator, is_known, indikator.kod)
        self._add_rest(key, top, bottom, is_known)
        self.rows[key] = (top, bottom)
        if value.published is not None:
            self._add_rounding(top, bottom, value.published)

    def _add_rest(self, row: RowKey, top: CellKey, bottom: CellKey, is_known: bool) -> None:
        """What is left of the denominator of a share."""
        rest = _rest_of(row, top, bottom)
        self.values[rest] = self.values[bottom] - self.values[top]
        if is_known:
            self.known.add(rest)
        self._tie({bottom: -1, top: 1, rest: 1})

    def _add_parts(self) -> None:
        """What each insats has of a förbund row that is split further than the insats's own rows.

        It is printed nowhere, but follows from the row where the others' parts are known: who has nobody outside the
        row, or nobody in it. Where enough insatser have both, each part keeps its possibilities.
        """
        for row, cells in list(self.rows.items()):
            if row.subject is not None or row.period.month_count == 1:
                continue
            parts = [
                own
                for insats in self.figures.insatser
                if row._replace(subject=insats.kod) not in self.rows
                and (own := self._find_parts(cells, insats.kod)) is not None
            ]
            if all(sum(map(self._is_split, column)) >= FREE_PARTS for column in zip(*parts, strict=True)):
                continue
            for own in parts:
                self.values |= own
                if len(own) == 2:
                    top, bottom = (key for key, _ in own)
                    self._add_rest(row._replace(subject=top.subject), top, bottom, False)

    def _find_parts(self, cells: Sequence[CellKey], kod: str) -> tuple[tuple[CellKey, int], ...] | None:
        """The insats's part of each cell of a förbund row; None where it has none, or more than its denominator."""
        found = [(key, self._find_piece(key)) for key in (cell._replace(subject=kod, variant="") for cell in cells)]
        known = tuple((key, value) for key, value in found if value is not None)
        whole = len(known) == len(cells) and known[0][1] <= known[-1][1]
        return known if whole else None

    def _is_split(self, part: tuple[CellKey, int]) -> bool:
        """Whether the insats has persons both in the part and in the rest of its own year."""
        key, value = part
        year = key._replace(gender=Gender.ALLA, period=Period.year(key.period.start.year))
        return 0 < value < self.values.get(year, 0)

    def _add_stock(self, subject: str | None, gender: Gender, period: Period) -> None:
        term = Term(1, STOCK)
        if subject is None:
            parts = [
                self.figures.count((SubjectKind.INSATS, insats.kod), term, gender, period)
                for insats in self.figures.insatser
                if insats.is_active(period)
            ]
            counts = [part for part in parts if isinstance(part, Count)]
            if not counts:
                return
            value = sum(count.value for count in counts)
            sources = frozenset().union(*(count.sources for count in counts))
        else:
            found = self.figures.count((SubjectKind.INSATS, subject), term, gender, period)
            if not isinstance(found, Count):
                return
            value, sources = found.value, found.sources
        key = CellKey(subject, gender, period, STOCK)
        self._store(key, value, bool(sources) and all(source.dokument for source in sources))
        self.printed.add(key)
        self.expressions[STOCK] = (term,)
        self.rows[RowKey(subject, gender, period, STOCK)] = (key,)

    def _pair(self, indikator: Indikator, row: IndicatorRow, value: Measured) -> tuple[Expression, Expression]:
        """The pair of expressions that the row was computed by."""
        own: Subject = FORBUND if row.subject is None else (SubjectKind.INSATS, row.subject)
        asked = value.value if indikator.form == "antal" else value.numerator
        for pair in indikator.pairs:
            top = evaluate(self.figures, own, pair[0], row.gender, row.period)
            if isinstance(top, Count) and top.value == asked:
                return pair
        return indikator.pairs[-1]

    def _add(self, row: IndicatorRow, expression: Expression, value: float, is_known: bool, code: str) -> CellKey:
        own = {term.gender for term in expression}
        gender = next(iter(own)) if len(own) == 1 and None not in own else row.gender
        key = CellKey(row.subject, gender or row.gender, row.period, _quantity(expression))
        if self.values.get(key, value) != value:
            key = key._replace(variant=code)
        self._store(key, value, is_known)
        self.printed.add(key)
        self.expressions[key.quantity] = tuple(replace(term, gender=None) for term in expression)
        if row.subject is None:
            self.shown_in[key] = row, code
        return key

    def _store(self, key: CellKey, value: float, is_known: bool) -> None:
        self.values[key] = int(value)
        if is_known:
            self.known.add(key)

    def _add_rounding(self, top: CellKey, bottom: CellKey, published: float) -> None:
        """A share that a document prints tells that the count lies where it rounds to that share."""
        shown = Decimal(repr(published))
        half = exact(Decimal(1).scaleb(min(-2, int(shown.as_tuple().exponent)))) / 2
        for bound, sign in ((exact(shown) - half, -1), (exact(shown) + half, 1)):
            terms = ((top, sign * bound.denominator), (bottom, -sign * bound.numerator))
            if self.values[top] * terms[0][1] + self.values[bottom] * terms[1][1] <= 0:
                self.inequalities.append(Inequality(terms))

    # What ties the cells

    def _tie(self, terms: dict[CellKey, int]) -> None:
        """Keep an equality if the values keep it; what is not so, nobody can know."""
        if len(terms) > 1 and sum(self.values[key] * factor for key, factor in terms.items()) == 0:
            self.equalities[frozenset(terms.items())] = None

    def _tie_terms(self) -> None:
        """A sum of mått is its terms; a term that is not printed is a cell nobody sees, but can work out."""
        for key in list(self.values):
            expression = self.expressions.get(key.quantity, ())
            subjects = self._summed_over(key) if len(expression) > 1 else ()
            terms = {key: -1}
            for term in expression if subjects else ():
                if term.optional and not any(self.figures.is_delivered(subject, term.matt) for subject in subjects):
                    continue
                counts = [self.figures.count(subject, term, key.gender, key.period) for subject in subjects]
                found = [count.value for count in counts if isinstance(count, Count)]
                if len(found) < len(counts):
                    break
                single = (replace(term, sign=1),)
                part = CellKey(key.subject, key.gender, key.period, _quantity(single))
                if self.values.get(part, sum(found)) != sum(found):
                    part = part._replace(variant=f"{key.quantity} {key.variant}")
                if part not in self.values:
                    self._store(part, sum(found), key in self.known)
                self.expressions.setdefault(part.quantity, single)
                terms[part] = term.sign
            else:
                self._tie(terms)

    def _summed_over(self, key: CellKey) -> tuple[Subject, ...]:
        """The subjects whose own figures make up a cell: an insats itself, or the insatser of a förbund row."""
        if key.subject is not None:
            return ((SubjectKind.INSATS, key.subject),)
        if key not in self.shown_in:
            return ()
        return tuple((SubjectKind.INSATS, kod) for kod in sorted(self._included(*self.shown_in[key]))) or (FORBUND,)

    def _tie_genders(self) -> None:
        """A total is the sum of its kön; who stands in it alone is a cell that nobody sees, but can work out.

        So it is where annat/okänt is told for one month and not for the others, or a total has no kön.
        """
        for key in [key for key in self.values if key.gender is Gender.ALLA]:
            parts = [key._replace(gender=gender) for gender in self.genders[1:]]
            rest = key._replace(gender=Gender.ANNAT_OKANT, variant=f"{key.variant} utan rad")
            self._tie_parts(key, [part for part in parts if part in self.values], rest)

    def _tie_parts(self, whole: CellKey, parts: Sequence[CellKey], rest: CellKey) -> None:
        """A sum of parts; what is left of the whole beside them is the cell `rest`."""
        left = self.values[whole] - sum(self.values[part] for part in parts)
        if parts and left > 0:
            self._store(rest, left, self.known.issuperset((whole, *parts)))
            parts = (*parts, rest)
        self._tie({whole: -1} | dict.fromkeys(parts, 1))

    def _tie_times(self) -> None:
        """A flow over a period is the sum of its parts: the shortest cells that tile it, pieces between them added."""
        series: dict[CellKey, set[Period]] = {}
        for key in self.values:
            if self._is_flow(key):
                series.setdefault(key._replace(period=Period.year(1)), set()).add(key.period)
        for base, periods in series.items():
            edges = sorted({period.start for period in periods} | {p.end + timedelta(days=1) for p in periods})
            for period in sorted(periods):
                inner = [edge for edge in edges if period.start <= edge <= period.end + timedelta(days=1)]
                pieces = [
                    base._replace(period=Period(start, end - timedelta(days=1))) for start, end in pairwise(inner)
                ]
                if len(pieces) > 1 and all(self._has_piece(piece) for piece in pieces):
                    self._tie({base._replace(period=period): -1} | dict.fromkeys(pieces, 1))

    def _has_piece(self, piece: CellKey) -> bool:
        """Whether the piece is a cell; one that is not printed is added, if the figures give it."""
        found = self._find_piece(piece)
        if found is None:
            return False
        self.values[piece] = found
        return True

    def _find_piece(self, piece: CellKey) -> int | None:
        """The value of a cell, of one that is not printed too; None where the figures do not give it."""
        if piece in self.values:
            return self.values[piece]
        if piece.subject is None or piece.quantity not in self.expressions:
            return None
        subject = (SubjectKind.INSATS, piece.subject)
        found = evaluate(self.figures, subject, self.expressions[piece.quantity], piece.gender, piece.period)
        return int(found.value) if isinstance(found, Count) and found.value >= 0 else None

    def _is_flow(self, key: CellKey) -> bool:
        expression = self.expressions.get(key.quantity, ())
        return bool(expression) and all(self.figures.registry.matt[term.matt].kind == "flode" for term in expression)

    def _adds(self, key: CellKey) -> bool:
        """Whether the insatser's counts are added to the förbund's: not where they are unique persons."""
        expression = self.expressions.get(key.quantity, ())
        return bool(expression) and all(self.figures.registry.matt[term.matt].kind != "unik" for term in expression)

    def _tie_stocks(self) -> None:
        """The stock at a start is one count whatever the period; stock + nya - avslutade leads to the next."""
        stocks = [key for key in self.values if key.quantity == STOCK]
        starts: dict[tuple[str | None, Gender, date], CellKey] = {}
        for key in sorted(stocks, key=lambda key: (key.subject or "", key.gender, key.period)):
            first = starts.setdefault((key.subject, key.gender, key.period.start), key)
            if first != key:
                self._tie({first: 1, key: -1})
        for key in stocks:
            following = starts.get((key.subject, key.gender, key.period.end + timedelta(days=1)))
            flows = [key._replace(quantity=quantity) for quantity in ("nya", "avslutade")]
            if following is not None and all(flow in self.values for flow in flows):
                self._tie({following: -1, key: 1, flows[0]: 1, flows[1]: -1})

    def _tie_insatser(self) -> None:
        """A förbund figure is the sum over the insatser that have it; one of its own may hold more than theirs."""
        for key in [key for key in self.values if key.subject is None]:
            parts = [key._replace(subject=insats.kod, variant="") for insats in self.figures.insatser]
            found = [part for part in parts if part in self.values]
            if sum(self.values[part] for part in found) != self.values[key] and key in self.shown_in:
                included = self._included(*self.shown_in[key])
                found = [part for part in found if part.subject in included]
            if self._adds(key):
                self._tie_parts(key, found, key._replace(variant=f"{key.variant} utan insats"))
            else:
                self._tie({key: -1} | dict.fromkeys(found, 1))

    def _included(self, row: IndicatorRow, code: str) -> frozenset[str]:
        """The insatser that a förbund row is summed over."""
        indikator = self.figures.registry.indikatorer[code]
        without = row.coverage.without if row.coverage else ()
        values = {
            insats.kod: compute_indicator(self.figures, indikator, insats.kod, row.gender, row.period).value
            for insats in self.figures.insatser
            if insats.kod not in without
        }
        return frozenset(
            kod
            for kod, value in values.items()
            if isinstance(value, Measured) or (isinstance(value, Missing) and value.detail in TELLING_DETAILS)
        )

    def _tie_last_persons(self) -> None:
        """Everybody has left an insats that is over: those who were there are those who left."""
        over = {
            insats.kod: max(part.end or date.max for part in insats.periods)
            for insats in self.figures.insatser
            if insats.periods
        }
        for there in [key for key in self.values if key.quantity == PRESENT]:
            left = there._replace(quantity="avslutade")
            if left in self.values and over.get(there.subject or "", date.max) <= there.period.end:
                self._tie({there: -1, left: 1})

    def _tie_wholes(self) -> None:
        """What is at most what, where the figures keep it: nobody leaves who was not there, nobody is two persons."""
        bounds = [
            {key: 1, key._replace(quantity=whole): -1}
            for key in self.values
            for part, whole in NOT_MORE_THAN
            if key.quantity == part and key._replace(quantity=whole) in self.values
        ]
        unique: dict[CellKey, list[CellKey]] = {}
        for key in self.values:
            if key.quantity in UNIQUE:
                unique.setdefault(key._replace(period=Period.year(1)), []).append(key)
        for keys in unique.values():
            for whole in keys:
                parts = [key for key in keys if key != whole and whole.period.contains(key.period)]
                bounds += [{part: 1, whole: -1} for part in parts]
                tiles = [key for key in parts if not any(o != key and o.period.contains(key.period) for o in parts)]
                if sum(key.period.days for key in tiles) == whole.period.days:
                    bounds.append({whole: 1} | dict.fromkeys(tiles, -1))
        for terms in bounds:
            self._limit(terms)

    def _limit(self, terms: dict[CellKey, int]) -> None:
        """Keep an inequality (at most nobody more) if the values keep it."""
        if sum(self.values[key] * factor for key, factor in terms.items()) <= 0:
            self.inequalities.append(Inequality(tuple(terms.items())))

    def _tie_outcomes(self) -> None:
        """max(arbete, studier) <= till arbete och/eller studier <= their sum, where the figures keep it."""
        for whole in [key for key in self.values if key.quantity == "till_arbete_studier"]:
            parts = [whole._replace(quantity=quantity) for quantity in ("till_arbete", "till_studier")]
            if not all(part in self.values for part in parts):
                continue
            bounds = [{part: 1, whole: -1} for part in parts] + [{whole: 1} | dict.fromkeys(parts, -1)]
            for terms in bounds:
                self._limit(terms)

    # The system

    def _system(self) -> System:
        kept = find_kept(self.rows, self.values)
        cells = tuple(
            Cell(
                key,
                value,
                compute_cost(key, value),
                known=key in self.known,
                printed=key in self.printed,
                small_zero=not self.show_zero and self._is_telling_zero(key),
                guard=False if key.quantity in HARMLESS else None,
                block=key.period.start.year if key.period.start.year == key.period.end.year else None,
                kept=kept.get(key),
            )
            for key, value in self.values.items()
        )
        equalities: Iterator[Terms] = (tuple(sorted(terms, key=repr)) for terms in self.equalities)
        return System(cells, tuple(equalities), tuple(self.inequalities))

    @cached_property
    def _wholes(self) -> dict[CellKey, list[CellKey]]:
        """The denominators of each numerator and of what is left of it."""
        wholes: dict[CellKey, list[CellKey]] = {}
        for row, cells in self.rows.items():
            if len(cells) == 2:
                top, bottom = cells
                for part in (top, _rest_of(row, top, bottom)):
                    wholes.setdefault(part, []).append(bottom)
        return wholes

    def _is_telling_zero(self, key: CellKey) -> bool:
        return self.values[key] == 0 and any(self.values[whole] > 0 for whole in self._wholes.get(key, ()))


def _rest_of(row: RowKey, top: CellKey, bottom: CellKey) -> CellKey:
    """The cell of what is left of a row's denominator."""
    return CellKey(row.subject, row.gender, row.period, f"{bottom.quantity} - ({top.quantity})", row.indikator)


def _quantity(expression: Expression) -> str:
    """An expression as text: its terms with signs, without kön."""
    words = []
    for term in expression:
        name = term.matt + (f"@{term.indelning}:{term.klass}" if term.indelning else "")
        words.append(("- " if term.sign < 0 else "+ ") + name)
    return " ".join(words).removeprefix("+ ")
