"""Stored figures, indexed, and the one rule for which of them make up a count in a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from finsam_dash.indicators.registry import Indikator, Matt, Registry, Term
from finsam_dash.indicators.tiling import find_tiling, merge_months, split_gaps
from finsam_dash.model import (
    EconomyRow,
    Figure,
    Gender,
    GenderScope,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Source,
    SubjectKind,
    Value,
)

Subject = tuple[SubjectKind, str]
FORBUND: Subject = (SubjectKind.FORBUND, "")
NOT_OVER = "ej_slut"
"""The kind of a Missing's detail that names time which is not over yet."""


@dataclass(frozen=True)
class Count:
    """A count in a period, with what it was made of."""

    value: float
    qualifier: Qualifier = Qualifier.NONE
    sources: frozenset[Source] = frozenset()


class FigureSet:
    """The figures of one förbund, current at one data version, ready to be asked.

    `as_of` is today: a month that is not over on that day is not lacking, and is told apart from those that are.
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        insatser: Iterable[Insats],
        registry: Registry,
        economy: Iterable[EconomyRow] = (),
        *,
        as_of: date | None = None,
    ) -> None:
        self.registry = registry
        self.as_of = as_of
        self.economy = tuple(economy)
        self.insatser = tuple(insatser)
        self._scope = {(SubjectKind.INSATS, insats.kod): insats.gender_scope for insats in self.insatser}
        self._insats = {(SubjectKind.INSATS, insats.kod): insats for insats in self.insatser}
        self._figures: dict[tuple[Subject, str, str, str, Gender], dict[Period, Figure]] = {}
        self._cuts: dict[Subject, set[tuple[str, str, str]]] = {}
        self._delivered: set[tuple[Subject, str]] = set()
        # A FigureSet never changes, so what it has once counted it remembers.
        self._counts: dict[tuple[Subject, Term, Gender, Period], Count | Missing] = {}
        self._idle: dict[tuple[Subject, Period], frozenset[Period]] = {}
        self._series_read: dict[tuple[Subject, str, str, str, Gender], _Series] = {}
        self._by_subject: dict[Subject, tuple[Figure, ...]] = {}
        self._classes: dict[tuple[Subject, str], frozenset[tuple[str, str]]] = {}
        self._public: dict[tuple[str | None, Period], bool] = {}
        self._rows: dict[tuple[Indikator, str | None, Gender, Period], IndicatorRow] = {}
        self._unpublished: dict[str, set[Period]] = {}
        for figure in figures:
            if figure.value is not None and not figure.dokument:
                self._unpublished.setdefault(figure.subject, set()).add(figure.period)
            subject = (figure.kind, figure.subject)
            key = (subject, figure.matt, figure.indelning, figure.klass, figure.gender)
            if key not in self._figures:
                self._figures[key] = {}
                self._cuts.setdefault(subject, set()).add((figure.matt, figure.indelning, figure.klass))
            self._figures[key][figure.period] = figure
            if figure.value is not None:
                self._delivered.add((subject, figure.matt))

    def find_figure(
        self, subject: Subject, matt: str, gender: Gender, period: Period, indelning: str = "", klass: str = ""
    ) -> Figure | None:
        """The figure stored for exactly this key, if any."""
        return self._figures.get((subject, matt, indelning, klass, gender), {}).get(period)

    def is_delivered(self, subject: Subject, matt: str) -> bool:
        """Whether the subject has ever delivered a value of the mått, in any period."""
        return (subject, matt) in self._delivered

    def has_gender(self, gender: Gender, period: Period) -> bool:
        """Whether any figure of this kön lies within the period."""
        return any(
            key[4] is gender and any(period.contains(stored) for stored in series)
            for key, series in self._figures.items()
        )

    def is_public(self, insats: str | None = None, period: Period | None = None) -> bool:
        """Whether every value that is stored stands in a public document: of one insats or (None) of everybody.

        With a period only what is stored of a time that overlaps it.
        """
        own = self._unpublished.values() if insats is None else [self._unpublished.get(insats, set())]
        if period is None:
            return not any(own)
        key = (insats, period)
        if key not in self._public:
            self._public[key] = not any(period.overlaps(stored) for periods in own for stored in periods)
        return self._public[key]

    def stored_periods(self, subject: Subject, matt: str, indelning: str = "", klass: str = "") -> frozenset[Period]:
        """The periods for which the subject has a value of the mått in one klass, whatever kön."""
        return frozenset(
            period
            for gender in Gender
            for period, figure in self._figures.get((subject, matt, indelning, klass, gender), {}).items()
            if figure.value is not None
        )

    def stored_classes(self, subject: Subject, matt: str) -> frozenset[tuple[str, str]]:
        """The (indelning, klass) pairs, other than the whole, for which the subject has a value of the mått."""
        key = (subject, matt)
        if key not in self._classes:
            self._classes[key] = frozenset(
                (indelning, klass)
                for other, indelning, klass in self._cuts.get(subject, ())
                if other == matt and indelning and self.stored_periods(subject, matt, indelning, klass)
            )
        return self._classes[key]

    def subject_figures(self, subject: Subject) -> tuple[Figure, ...]:
        """Every figure of one subject, the missing ones too, in order of mått, class, kön and period."""
        if subject not in self._by_subject:
            self._by_subject[subject] = tuple(
                series[period]
                for cut in sorted(self._cuts.get(subject, ()))
                for gender in Gender
                if (series := self._figures.get((subject, *cut, gender))) is not None
                for period in sorted(series)
            )
        return self._by_subject[subject]

    def all_periods(self) -> frozenset[Period]:
        """Every period that any stored value speaks of."""
        return self._periods

    @cached_property
    def _periods(self) -> frozenset[Period]:
        return frozenset(
            period for series in self._figures.values() for period, figure in series.items() if figure.value is not None
        )

    def count(self, subject: Subject, term: Term, gender: Gender, period: Period) -> Count | Missing:
        """The count of one term in a period: the finest tiling, else the figure stated for just that period."""
        key = (subject, term, gender, period)
        if key not in self._counts:
            self._counts[key] = self._count(subject, term, term.gender or gender, period)
        return self._counts[key]

    def remember_row(
        self,
        indikator: Indikator,
        insats: str | None,
        gender: Gender,
        period: Period,
        compute: Callable[[FigureSet, Indikator, str | None, Gender, Period], IndicatorRow],
    ) -> IndicatorRow:
        """The row that `compute` gives; the second time what it gave the first."""
        key = (indikator, insats, gender, period)
        if key not in self._rows:
            self._rows[key] = compute(self, indikator, insats, gender, period)
        return self._rows[key]

    def _count(self, subject: Subject, term: Term, gender: Gender, period: Period) -> Count | Missing:
        matt = self.registry.matt[term.matt]
        if term.optional and not self.is_delivered(subject, term.matt):
            return Count(0)
        scope = self._scope.get(subject, GenderScope.BADA)
        if (gender is Gender.MAN and scope is GenderScope.KVINNOR) or (
            gender is Gender.KVINNA and scope is GenderScope.MAN
        ):
            whole = self._count(subject, term, Gender.ALLA, period) if term.gender else None
            if isinstance(whole, Count):
                # Women of those who are in an insats for men: nobody, as it is everybody in one for women.
                return Count(0, sources=whole.sources)
            return whole or Missing(Reason.EJ_TILLAMPLIGT, f"kon:{scope}")
        series = self._series(subject, term, gender)
        found = self._count_over(subject, matt, series, period)
        if isinstance(found, Missing) and gender is Gender.ALLA:
            # Kön may be delivered over different tiles (women monthly, men by quarter): add the wholes.
            parts = [
                self._count_over(subject, matt, self._series(subject, term, part), period)
                for part in self._parts(subject, term)
            ]
            if parts and all(isinstance(part, Count) for part in parts):
                return join_counts([part for part in parts if isinstance(part, Count)])
        return found

    def _series(self, subject: Subject, term: Term, gender: Gender) -> _Series:
        base = (subject, term.matt, term.indelning, term.klass)
        key = (*base, gender)
        if key not in self._series_read:
            parts = self._parts(subject, term) if gender is Gender.ALLA else ()
            self._series_read[key] = _Series(
                self._figures.get(key, {}), {part: self._figures.get((*base, part), {}) for part in parts}
            )
        return self._series_read[key]

    def _parts(self, subject: Subject, term: Term) -> tuple[Gender, ...]:
        """The kön that make up a total for this subject and mått."""
        scope = self._scope.get(subject, GenderScope.BADA)
        parts = {
            GenderScope.BADA: (Gender.KVINNA, Gender.MAN),
            GenderScope.KVINNOR: (Gender.KVINNA,),
            GenderScope.MAN: (Gender.MAN,),
        }[scope]
        other = (subject, term.matt, term.indelning, term.klass, Gender.ANNAT_OKANT)
        return (*parts, Gender.ANNAT_OKANT) if other in self._figures else parts

    def _count_over(self, subject: Subject, matt: Matt, series: _Series, period: Period) -> Count | Missing:
        exact = series[period] if period in series.periods else None
        if matt.kind == "unik":
            return exact if exact is not None else Missing(Reason.UPPGIFT_SAKNAS, f"period:{period.code}")
        gaps: tuple[Period, ...]
        if not series.periods:
            gaps = tuple(month for month in period.months() if month not in self._idle_months(subject, period))
            return self._name_gaps(merge_months(gaps) if period.is_whole_months else (), period)
        start, end = period.start, period.end
        within = {stored: series[stored] for stored in series.periods if start <= stored.start and stored.end <= end}
        known = {stored: count for stored, count in within.items() if isinstance(count, Count)}
        idle = self._idle_months(subject, period)
        if matt.kind == "bestand":
            months = [month for month in period.months() if month not in idle] or list(period.months()[:1])
            first = months[0].start if period.is_whole_months else period.start
            starting = [stored for stored in known if stored.start == first]
            if starting:
                return known[min(starting, key=lambda stored: stored.days)]
            gaps = (months[0],)
        else:
            tiles, gaps = find_tiling(known.keys(), period, idle)
            if tiles:
                return join_counts([known[tile] for tile in tiles])
            if isinstance(exact, Count):
                return exact
        for stored in sorted(within):
            lacking = within[stored]
            if isinstance(lacking, Missing):
                kind = "period" if lacking.reason is Reason.UPPGIFT_SAKNAS else "tid"
                return lacking if lacking.detail else Missing(lacking.reason, f"{kind}:{stored.code}")
        return self._name_gaps(merge_months(gaps), period)

    def _name_gaps(self, gaps: tuple[Period, ...], period: Period) -> Missing:
        lacking, ahead = split_gaps(gaps or (period,), self.as_of)
        parts = (("lucka", lacking), (NOT_OVER, ahead))
        detail = ";".join(f"{kind}:{','.join(gap.code for gap in found)}" for kind, found in parts if found)
        return Missing(Reason.UPPGIFT_SAKNAS, detail)

    def _idle_months(self, subject: Subject, period: Period) -> frozenset[Period]:
        """Months of the period in which the insats is not running, so that nothing is expected of it."""
        key = (subject, period)
        if key not in self._idle:
            insats = self._insats.get(subject)
            idle: frozenset[Period] = frozenset()
            if insats is not None and insats.periods:
                idle = frozenset(month for month in period.months() if not insats.is_active(month))
            self._idle[key] = idle if len(idle) < period.month_count else frozenset()
        return self._idle[key]


class _Series:
    """One series of a subject, each period of it read when it is first asked for: most are in no Report.

    A stated figure wins over the sum of its parts. Without parts there is what is stated.
    """

    def __init__(self, stated: Mapping[Period, Figure], parts: Mapping[Gender, Mapping[Period, Figure]]) -> None:
        self._stated = stated
        self._parts = parts
        self._read: dict[Period, Count | Missing] = {}
        self.periods = frozenset().union(stated, *parts.values())

    def __getitem__(self, period: Period) -> Count | Missing:
        if period not in self._read:
            self._read[period] = self._read_period(period)
        return self._read[period]

    def _read_period(self, period: Period) -> Count | Missing:
        own = read_figure(self._stated[period]) if period in self._stated else None
        if own is not None and (isinstance(own, Count) or not self._parts):
            return own
        counts: list[Count] = []
        lacking: Missing | None = None
        for part, series in self._parts.items():
            if period not in series:
                # Annat/Okänt counts only in the periods where it is delivered.
                if part is not Gender.ANNAT_OKANT:
                    lacking = lacking or Missing(Reason.UPPGIFT_SAKNAS, f"rad:{part}")
                continue
            value = read_figure(series[period])
            if isinstance(value, Missing):
                lacking = lacking or value
            else:
                counts.append(value)
        return join_counts(counts) if lacking is None else own or lacking


def read_figure(figure: Figure) -> Count | Missing:
    """A stored figure as a count, or as missing with the stored reason."""
    if figure.value is None:
        return Missing(figure.reason or Reason.UPPGIFT_SAKNAS)
    return Count(figure.value, figure.qualifier, _name_source(figure.leverans, figure.dokument, figure.rubrik))


# Thousands of figures come out of each delivery.
@lru_cache(maxsize=1000)
def _name_source(leverans: int, dokument: str, rubrik: str) -> frozenset[Source]:
    return frozenset((Source(leverans, dokument, rubrik),))


def as_value(count: Count | Missing) -> Value:
    """The count as an indicator's value."""
    return count if isinstance(count, Missing) else Measured(count.value, qualifier=count.qualifier)


def join_counts(counts: list[Count], signs: list[int] | None = None) -> Count:
    """Add counts; a hedge on one of several makes the sum "cirka"."""
    signs = signs or [1] * len(counts)
    if len(counts) == 1 and signs[0] == 1:
        return counts[0]
    hedged = any(
        count.qualifier not in (Qualifier.NONE, Qualifier.DOKUMENTETS_ORD, Qualifier.HARLEDD) for count in counts
    )
    return Count(
        sum(sign * count.value for sign, count in zip(signs, counts, strict=True)),
        Qualifier.CA if hedged else Qualifier.NONE,
        frozenset().union(*(count.sources for count in counts)) if counts else frozenset(),
    )
