"""Who took part in an insats and what became of them: classes, försörjning, follow-ups, recruitment."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_dash.indicators.compute import compute_published_share
from finsam_dash.indicators.figures import FigureSet, Subject
from finsam_dash.indicators.tiling import is_tile
from finsam_dash.model import Figure, Gender, Insats, Measured, Missing, Period, Reason, Value
from finsam_dash.report.content_insats import (
    Breakdown,
    BreakdownRow,
    FlowCategory,
    FlowLink,
    FollowUp,
    Forsorjning,
    RecruitmentStep,
)
from finsam_dash.report.counts import count_persons, sum_counts
from finsam_dash.report.outcomes import (
    FOLLOW_UP,
    HEADLINE,
    compute_class_share,
    compute_follow_up,
    distance,
    insats_subject,
    latest_first,
    order_classes,
)

RECRUITMENT = ("erbjudna", "tackat_ja", "paborjat", "fullfoljt")
BEFORE, AFTER, BEFORE_AFTER = "forsorjning_fore", "forsorjning_efter", "forsorjning_fore_efter"
GOAL_FORSORJNING = frozenset({"lon", "studiestod"})
UNKNOWN = "okand"
NO_BREAKDOWN = frozenset({BEFORE, AFTER, BEFORE_AFTER, FOLLOW_UP, "grupp", "steg", "intervall", "kon", "upplevelse"})
FOLLOW_UP_COUNTS = (
    "uppfoljning_avslutade",
    "uppfoljning_arbete_studier",
    "uppfoljning_rehabilitering",
    "uppfoljning_ovrigt",
    "ej_uppfoljda",
)
FOLLOW_UP_SHARE = "andel_uppfoljning_arbete_studier"
_YEARS = 5


def build_breakdowns(
    figures: FigureSet, insats: Insats, stored: Sequence[Figure], period: Period
) -> tuple[Breakdown, ...]:
    """Every indelning that is stored of the insats's participants, over the period or the insats's own."""
    subject = insats_subject(insats.kod)
    found = []
    for indelning in dict.fromkeys(figure.indelning for figure in stored):
        if not indelning or indelning in NO_BREAKDOWN:
            continue
        matts = {figure.matt for figure in stored if figure.indelning == indelning}
        classes = order_classes(indelning, {figure.klass for figure in stored if figure.indelning == indelning})
        for matt in ("deltaganden", "deltagare", "avslutade"):
            needed = {"pagaende", "nya"} if matt == "deltaganden" else {matt}
            if needed <= matts and (one := _break_down(figures, subject, indelning, classes, matt, period)):
                found.append(one)
                break
    return tuple(sorted(found, key=lambda breakdown: breakdown.indelning))


def _break_down(
    figures: FigureSet, subject: Subject, indelning: str, classes: Sequence[str], matt: str, period: Period
) -> Breakdown | None:
    matts = ("pagaende", "nya") if matt == "deltaganden" else (matt,)
    own = {
        part for klass in classes for each in matts for part in figures.stored_periods(subject, each, indelning, klass)
    }
    indikator = figures.registry.indikatorer[HEADLINE]
    for when in (period, *latest_first(own, period)):
        counts = {
            klass: sum_counts([count_persons(figures, subject, each, when, indelning, klass) for each in matts])
            for klass in classes
        }
        if any(isinstance(count, Measured) for count in counts.values()):
            rows = tuple(
                BreakdownRow(
                    f"{indelning}:{klass}",
                    count,
                    compute_class_share(figures, indikator, subject[1], Gender.ALLA, when, indelning, klass).value,
                )
                for klass, count in counts.items()
            )
            total = sum_counts([count_persons(figures, subject, each, when) for each in matts])
            return Breakdown(indelning, matt, when, total, rows)
    return None


def build_forsorjning(figures: FigureSet, subject: Subject, period: Period) -> Forsorjning | None:
    """Försörjning of those who left, before and after; the flows between where they are delivered."""
    classes = figures.stored_classes(subject, "avslutade")
    keys = [
        klass
        for side in (BEFORE, AFTER)
        for klass in order_classes(side, {klass for indelning, klass in classes if indelning == side})
    ]
    keys = [key for key in dict.fromkeys(keys) if key != UNKNOWN] + ([UNKNOWN] if UNKNOWN in keys else [])

    def count(indelning: str, klass: str) -> Value:
        if (indelning, klass) not in classes:
            return Measured(0)
        return count_persons(figures, subject, "avslutade", period, indelning, klass)

    categories = tuple(
        FlowCategory(key, key, count(BEFORE, key), count(AFTER, key), key in GOAL_FORSORJNING, key == UNKNOWN)
        for key in keys
    )
    if not any(isinstance(category.after, Measured) and category.after.value for category in categories):
        return None
    links = []
    for indelning, klass in sorted(classes):
        before, separator, after = klass.partition("_till_")
        if indelning == BEFORE_AFTER and separator:
            value = count(indelning, klass)
            if not isinstance(value, Measured) or value.value:
                links.append(FlowLink(before, after, value))
    return Forsorjning(
        categories,
        tuple(links) if all(isinstance(link.count, Measured) for link in links) else (),
        to_goal=sum_counts([category.after for category in categories if category.is_goal]),
        total=sum_counts([category.after for category in categories if not category.is_unknown]),
        largest_fall=_find_largest_fall(categories),
    )


def _find_largest_fall(categories: Sequence[FlowCategory]) -> str:
    """The key of the category that fell most, wherever those not known went; "" where none surely did."""
    falls = {
        category.key: category.before.value - category.after.value
        for category in categories
        if isinstance(category.before, Measured) and isinstance(category.after, Measured) and not category.is_unknown
    }
    largest = max(falls, key=lambda key: falls[key], default="")
    next_largest = max((fall for key, fall in falls.items() if key != largest), default=0)
    unknown = sum(one.after.value for one in categories if one.is_unknown and isinstance(one.after, Measured))
    return largest if falls.get(largest, 0) - unknown > max(0, next_largest) else ""


def build_follow_ups(
    figures: FigureSet, subject: Subject, stored: Sequence[Figure], period: Period
) -> tuple[FollowUp, ...]:
    """Every distance that is stored, for each of the five latest years, or for the insats's own periods."""
    measures = (*FOLLOW_UP_COUNTS, FOLLOW_UP_SHARE)
    stored = [figure for figure in stored if figure.indelning == FOLLOW_UP and figure.matt in measures]
    found = []
    for klass in sorted({figure.klass for figure in stored}, key=distance):
        parts = {figure.period for figure in stored if figure.klass == klass and figure.period.start <= period.end}
        years = sorted({Period.year(part.start.year) for part in parts if is_tile(part)})[-_YEARS:]
        for when in (*years, *sorted(part for part in parts if not is_tile(part))):
            found.append(_follow_up(figures, subject, klass, when))
    return tuple(found)


def _follow_up(figures: FigureSet, subject: Subject, klass: str, when: Period) -> FollowUp:
    share = compute_follow_up(figures, subject, klass, when)
    counts = tuple((matt, count_persons(figures, subject, matt, when, FOLLOW_UP, klass)) for matt in FOLLOW_UP_COUNTS)
    stated = figures.find_figure(subject, FOLLOW_UP_SHARE, Gender.ALLA, when, FOLLOW_UP, klass)
    if not isinstance(share, Measured) and stated is not None:
        indikator = figures.registry.indikatorer[HEADLINE]
        share = compute_published_share(indikator, subject[1], Gender.ALLA, when, stated).value
    known = [matt for matt, count in counts if isinstance(count, Measured)]
    if known == ["ej_uppfoljda"]:
        share = Missing(Reason.INGEN_UPPFOLJNING)
    return FollowUp(klass=f"{FOLLOW_UP}:{klass}", period=when, share=share, counts=counts)


def build_recruitment(
    figures: FigureSet, subject: Subject, period: Period
) -> tuple[tuple[RecruitmentStep, ...], Period | None]:
    """The steps from an offered place to completed, over one and the same period; nothing with fewer than three."""
    own = frozenset().union(*(figures.stored_periods(subject, matt) for matt in RECRUITMENT))
    for when in (period, *latest_first(own, period)):
        steps = [RecruitmentStep(matt, count_persons(figures, subject, matt, when)) for matt in RECRUITMENT]
        if sum(isinstance(step.count, Measured) for step in steps) >= 3:
            return tuple(step for step in steps if figures.is_delivered(subject, step.label)), when
    return (), None
