"""Indicators from stored figures: counts are pooled, shares carry numerator, denominator and interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from finsam_dash.indicators.economy import compute_economy
from finsam_dash.indicators.figures import FORBUND, NOT_OVER, Count, FigureSet, Subject, as_value, join_counts
from finsam_dash.indicators.registry import Expression, Indikator
from finsam_dash.model import (
    OF_DELTAGANDEN,
    Coverage,
    Figure,
    Gender,
    GenderScope,
    IndicatorRow,
    Insats,
    Measured,
    Missing,
    Period,
    Reason,
    Source,
    SubjectKind,
)
from finsam_dash.stats.proportions import wilson

GENDERS = (Gender.ALLA, Gender.KVINNA, Gender.MAN, Gender.ANNAT_OKANT)


def compute_indicators(
    figures: FigureSet, period: Period, insatser: Iterable[str] | None = None, *, with_forbund: bool = True
) -> tuple[IndicatorRow, ...]:
    """Every indicator × kön for the förbund and for insatser in a period.

    `insatser` are codes; None means every insats active in the period. Kön annat/okänt is there where delivered.
    """
    if insatser is None:
        chosen = tuple(insats.kod for insats in figures.insatser if insats.is_active(period))
    else:
        chosen = tuple(insatser)
    genders = GENDERS if figures.has_gender(Gender.ANNAT_OKANT, period) else GENDERS[:3]
    subjects: list[str | None] = [*([None] if with_forbund else []), *chosen]
    return tuple(
        compute_indicator(figures, indikator, subject, gender, period)
        for subject in subjects
        for indikator in figures.registry.indikatorer.values()
        for gender in genders
    )


def compute_indicator(
    figures: FigureSet, indikator: Indikator, insats: str | None, gender: Gender, period: Period
) -> IndicatorRow:
    """One indicator for one kön; `insats` None is the whole förbund.

    For the förbund: the sum where every expected insats has the figure, else a figure stated for exactly that
    period, else the partial sum with its coverage, numerator and denominator over the same insatser.
    """
    return figures.remember_row(indikator, insats, gender, period, _compute_row)


def _compute_row(
    figures: FigureSet, indikator: Indikator, insats: str | None, gender: Gender, period: Period
) -> IndicatorRow:
    if gender not in indikator.genders:
        return IndicatorRow(insats, gender, indikator.kod, Missing(Reason.EJ_TILLAMPLIGT), period)
    if indikator.form == "ekonomi":
        return compute_economy(figures, indikator, insats, period)
    if insats is not None:
        return _compute_own(figures, indikator, (SubjectKind.INSATS, insats), insats, gender, period)
    return _compute_forbund(figures, indikator, gender, period)


def _compute_own(
    figures: FigureSet, indikator: Indikator, subject: Subject, name: str | None, gender: Gender, period: Period
) -> IndicatorRow:
    """The indicator from the subject's own figures: counts first, else a share published as such."""
    lacking: Missing | None = None
    for numerator, denominator in indikator.pairs:
        top = evaluate(figures, subject, numerator, gender, period)
        if isinstance(top, Missing):
            lacking = lacking or top
            continue
        if indikator.form == "antal":
            return IndicatorRow(name, gender, indikator.kod, as_value(top), period, sources=tuple(sorted(top.sources)))
        bottom = evaluate(figures, subject, denominator, gender, period)
        if isinstance(bottom, Missing):
            lacking = lacking or bottom
            continue
        published = figures.find_figure(subject, indikator.kod, gender, period)
        return _share_row(
            indikator,
            name,
            gender,
            period,
            top,
            bottom,
            unknown=_count_unknown(figures, subject, denominator, gender, period),
            published=published.value if published else None,
            codes=_denominator_codes(figures, [subject], denominator),
        )
    stated = figures.find_figure(subject, indikator.kod, gender, period)
    if stated is not None and indikator.form == "andel":
        return compute_published_share(indikator, name, gender, period, stated)
    if name is not None:
        insats = next((insats for insats in figures.insatser if insats.kod == name), None)
        if insats is not None and not _gives_by_mode(figures, insats, indikator):
            lacking = Missing(Reason.EJ_TILLAMPLIGT, f"raknesatt:{insats.counting_mode}")
    return IndicatorRow(name, gender, indikator.kod, lacking or Missing(Reason.UPPGIFT_SAKNAS), period)


@dataclass(frozen=True)
class _Part:
    """What one insats adds to the förbund's figure; a count has no denominator."""

    insats: str
    numerator: Count
    denominator: Count | None = None


def _compute_forbund(figures: FigureSet, indikator: Indikator, gender: Gender, period: Period) -> IndicatorRow:
    stated = _compute_own(figures, indikator, FORBUND, None, gender, period)
    is_unique = any(figures.registry.matt[term.matt].kind == "unik" for term in indikator.pairs[0][0])
    if is_unique and (len(indikator.pairs) == 1 or isinstance(stated.value, Measured)):
        return stated
    expected = [
        insats.kod
        for insats in figures.insatser
        if insats.is_active(period) and _gives(figures, insats, indikator, gender)
    ]
    found = {insats: _find_part(figures, indikator, insats, gender, period) for insats in expected}
    parts = [part for part in found.values() if isinstance(part, _Part)]
    lacking = {insats: missing for insats, missing in found.items() if isinstance(missing, Missing)}
    if (lacking or not parts) and isinstance(stated.value, Measured):
        return stated
    if not parts:
        return IndicatorRow(None, gender, indikator.kod, _join_lacking(lacking), period) if lacking else stated
    coverage = Coverage(len(parts), len(expected), tuple(lacking)) if lacking else None
    return _pool(figures, indikator, parts, gender, period, coverage)


def _pool(
    figures: FigureSet,
    indikator: Indikator,
    parts: Sequence[_Part],
    gender: Gender,
    period: Period,
    coverage: Coverage | None,
) -> IndicatorRow:
    """The förbund's figure as the sum of its insatser, numerator and denominator each for itself."""
    top = join_counts([part.numerator for part in parts])
    if indikator.form == "antal":
        sources = tuple(sorted(top.sources))
        return IndicatorRow(None, gender, indikator.kod, as_value(top), period, sources=sources, coverage=coverage)
    denominator = indikator.pairs[-1][1]
    subjects = [(SubjectKind.INSATS, part.insats) for part in parts]
    unknowns = [_count_unknown(figures, subject, denominator, gender, period) for subject in subjects]
    known = [unknown for unknown in unknowns if unknown is not None]
    published = figures.find_figure(FORBUND, indikator.kod, gender, period)
    return _share_row(
        indikator,
        None,
        gender,
        period,
        top,
        join_counts([part.denominator for part in parts if part.denominator is not None]),
        unknown=sum(known) if known else None,
        published=published.value if published else None,
        codes=_denominator_codes(figures, subjects, denominator),
        coverage=coverage,
    )


def _join_lacking(lacking: Mapping[str, Missing]) -> Missing:
    """Why the whole förbund lacks a figure: the insatser that could have handed it in, and time that is not over."""
    behind = [kod for kod, missing in lacking.items() if not missing.detail.startswith(NOT_OVER)]
    parts = {part for missing in lacking.values() for part in missing.detail.split(";") if part.startswith(NOT_OVER)}
    reason = lacking[behind[0]].reason if behind else next(iter(lacking.values())).reason
    told = [f"insatser:{','.join(behind)}"] if behind else []
    return Missing(reason, ";".join([*told, *sorted(parts)[:1]]))


def _gives(figures: FigureSet, insats: Insats, indikator: Indikator, gender: Gender) -> bool:
    """Whether the insats's counting mode and kön give the figure at all."""
    if gender is Gender.MAN and insats.gender_scope is GenderScope.KVINNOR:
        return False
    if gender is Gender.KVINNA and insats.gender_scope is GenderScope.MAN:
        return False
    return _gives_by_mode(figures, insats, indikator)


def _gives_by_mode(figures: FigureSet, insats: Insats, indikator: Indikator) -> bool:
    terms = [term for side in indikator.pairs[-1] for term in side if not term.optional]
    return all(insats.counting_mode in figures.registry.matt[term.matt].modes for term in terms)


def _find_part(
    figures: FigureSet, indikator: Indikator, insats: str, gender: Gender, period: Period
) -> _Part | Missing:
    """An insats's part of the förbund's sum; a published share with counts of the same denominator is one too."""
    subject = (SubjectKind.INSATS, insats)
    numerator, denominator = indikator.pairs[-1]
    top = evaluate(figures, subject, numerator, gender, period)
    if indikator.form == "antal":
        return top if isinstance(top, Missing) else _Part(insats, top)
    bottom = evaluate(figures, subject, denominator, gender, period)
    if isinstance(top, Count) and isinstance(bottom, Count):
        return _Part(insats, top, bottom)
    stated = figures.find_figure(subject, indikator.kod, gender, period)
    if (
        stated is not None
        and stated.numerator is not None
        and stated.denominator is not None
        and (stated.namnare_typ or indikator.namnare_typ) is indikator.namnare_typ
    ):
        sources = frozenset((Source(stated.leverans, stated.dokument, stated.rubrik),))
        return _Part(insats, Count(stated.numerator, sources=sources), Count(stated.denominator, sources=sources))
    return (
        top if isinstance(top, Missing) else bottom if isinstance(bottom, Missing) else Missing(Reason.UPPGIFT_SAKNAS)
    )


def evaluate(
    figures: FigureSet, subject: Subject, expression: Expression, gender: Gender, period: Period
) -> Count | Missing:
    """The sum of an expression's terms for one subject; missing as soon as one term is."""
    counts = []
    for term in expression:
        count = figures.count(subject, term, gender, period)
        if isinstance(count, Missing):
            return count
        counts.append(count)
    return join_counts(counts, [term.sign for term in expression])


def _count_unknown(
    figures: FigureSet, subject: Subject, denominator: Expression, gender: Gender, period: Period
) -> int | None:
    """How many avslutade stand outside the denominator since their outcome is not known; None if never delivered."""
    for term in denominator:
        if term.optional and figures.is_delivered(subject, term.matt):
            count = figures.count(subject, term, gender, period)
            return int(count.value) if isinstance(count, Count) else None
    return None


def _denominator_codes(figures: FigureSet, subjects: Sequence[Subject], denominator: Expression) -> tuple[str, ...]:
    """What the denominator is where the registry's word does not tell: a person may be in several deltaganden."""
    codes = []
    optional = [term.matt for term in denominator if term.optional]
    if optional and any(not figures.is_delivered(subject, matt) for subject in subjects for matt in optional):
        codes.append("namnare_ar_avslutade")
    if {term.matt for term in denominator} == {"pagaende", "nya"}:
        codes.append(OF_DELTAGANDEN)
    return tuple(codes)


def _share_row(
    indikator: Indikator,
    insats: str | None,
    gender: Gender,
    period: Period,
    top: Count,
    bottom: Count,
    *,
    unknown: int | None,
    published: float | None,
    codes: tuple[str, ...],
    coverage: Coverage | None = None,
) -> IndicatorRow:
    value = compute_share(top.value, bottom.value)
    if isinstance(value, Measured):
        qualifier = join_counts([top, bottom]).qualifier
        value = replace(value, qualifier=qualifier, unknown=unknown, published=published)
    else:
        codes = ()
    sources = tuple(sorted(top.sources | bottom.sources))
    return IndicatorRow(insats, gender, indikator.kod, value, period, indikator.namnare_typ, sources, coverage, codes)


def compute_share(k: float, n: float) -> Measured | Missing:
    """k of n with the Wilson interval; missing where nobody is in the denominator or k is more than all of it."""
    if n <= 0:
        return Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    if k > n:
        return Missing(Reason.UPPGIFT_SAKNAS, "taljare_storre_an_namnare")
    lower, upper = wilson(k, n)
    return Measured(k / n, k, n, lower, upper)


def compute_published_share(
    indikator: Indikator, insats: str | None, gender: Gender, period: Period, stated: Figure
) -> IndicatorRow:
    """A share that a document prints: with its counts where it prints them, else without an interval."""
    namnare_typ = stated.namnare_typ or indikator.namnare_typ
    sources = (Source(stated.leverans, stated.dokument, stated.rubrik),)
    if stated.value is None:
        reason = Missing(stated.reason or Reason.UPPGIFT_SAKNAS)
        return IndicatorRow(insats, gender, indikator.kod, reason, period, namnare_typ, sources)
    if stated.numerator is not None and stated.denominator:
        lower, upper = wilson(stated.numerator, stated.denominator)
        value = Measured(
            stated.numerator / stated.denominator,
            stated.numerator,
            stated.denominator,
            lower,
            upper,
            qualifier=stated.qualifier,
            published=stated.value,
        )
    else:
        value = Measured(stated.value, qualifier=stated.qualifier, published=stated.value)
    return IndicatorRow(insats, gender, indikator.kod, value, period, namnare_typ, sources, codes=("publicerad_andel",))
