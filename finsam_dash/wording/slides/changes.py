"""What has changed: the förbund over the years, each insats against its own year before, the latest delivery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_dash.model import Measured, Suppressed, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_parts import GroupDifference
from finsam_dash.report.slides import YearChange, compare_years
from finsam_dash.wording.comparison import format_earlier_title, format_pair_comparisons
from finsam_dash.wording.names import capitalise, format_list
from finsam_dash.wording.numbers import (
    HIDDEN_SIGN,
    MISSING_SIGN,
    format_hidden,
    format_number_word,
    format_percent_number,
    format_share_words,
    format_signed,
    format_value,
    format_value_counts,
    round_half_up,
    share_of,
)
from finsam_dash.wording.overview import format_changes, format_report_source
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.slides.parts import (
    Slide,
    SlideCell,
    SlideColumn,
    SlideTable,
    SlideTrend,
    build_slide,
    join_sentences,
    split_rows,
)
from finsam_dash.wording.targets import OUTCOME_GOALS
from finsam_dash.wording.titles import OUTCOME_NOUN, SLIDE_LENGTH

NAME = "Vad som har ändrats"
_CHANCE = {"skiljer": "större än slump", "kan_vara_slump": "kan vara slump"}


def build_change_slides(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    """The year against those before, each insats against its own year before, and what a delivery changed."""
    change = compare_years(report)
    if change is not None and report.riket is not None:
        last = report.period.end
        own = tuple(point for point in report.riket.own if point.period.end <= last)
        # Riket years before the first of the förbund's own would leave a gap and nothing to compare.
        first = own[0].period.start
        riket = tuple(point for point in report.riket.riket if first <= point.period.start and point.period.end <= last)
        yield build_slide(
            report, "andring", NAME, _change_title(change),
            format_report_source(report, (), "varje år för sig"),
            trend=SlideTrend(own, riket), measures=(OUTCOME_GOALS[0],),
        )  # fmt: skip
    yield from _list_earlier(report, names)
    changes = report.overview.changes if report.overview is not None else None
    if changes is not None and changes.changed:
        count = format_number_word(len(changes.changed), neuter=True)
        yield build_slide(
            report, "leverans", NAME,
            capitalise(f"{count} tidigare tal ändrades av den senaste leveransen"),
            lines=tuple(format_changes(changes, names)),
        )  # fmt: skip


def _list_earlier(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    """The insatser that can be held against their own year before; none without one that is judged."""
    whole = [
        pair
        for detail in report.comparison_detail or ()
        for pair in detail.earlier
        if not any(row.klass for row in (pair.first, pair.second))
    ]
    pairs = [pair for pair in whole if pair.sakerhet]
    withheld = [pair for pair in whole if _is_hidden(pair)]
    if not any(pair.sakerhet in ("skiljer", "kan_vara_slump") for pair in pairs):
        return
    title = format_earlier_title(pairs)
    if len(title) > SLIDE_LENGTH:
        count = format_number_word(sum(pair.sakerhet == "skiljer" for pair in pairs), neuter=True)
        title = f"Mot året före: {count} skillnader är större än slumpen förklarar"
    few = [pair for pair in pairs if pair.sakerhet == "for_fa" and not _is_hidden(pair)]
    pairs = [pair for pair in pairs if pair not in few]
    told = f"För få för en bedömning: {format_list([_name_pair(pair, names) for pair in few])}." if few else ""
    if withheld:
        values = [row.value for pair in withheld for row in (pair.first, pair.second)]
        told = join_sentences(
            f"{format_list([_name_pair(pair, names) for pair in withheld])} {format_hidden(*values)}.", told
        )
    now, before = pairs[0].first.period, pairs[0].second.period
    columns = (
        SlideColumn("Insats", 322), SlideColumn(capitalise(format_period(before)), 104, True), SlideColumn("", 140),
        SlideColumn(capitalise(format_period(now)), 104, True), SlideColumn("", 140),
        SlideColumn("Procentenheter", 172, True), SlideColumn("Skillnaden", 186),
    )  # fmt: skip
    parts = split_rows(pairs)
    for number, part in enumerate(parts, start=1):
        page = f" ({number} av {len(parts)})" if len(parts) > 1 else ""
        yield build_slide(
            report, f"andring-insatser-{number}", NAME, title + page,
            table=SlideTable(columns, tuple(_earlier_row(pair, names) for pair in part)),
            note=join_sentences(
                "Andel av de avslutade till arbete eller studier.",
                UNROUNDED if any(map(_is_off_by_rounding, part)) else "",
                format_pair_comparisons(pairs),
                told if number == len(parts) else "",
            ),
            measures=(OUTCOME_GOALS[0],),
        )  # fmt: skip


UNROUNDED = "Skillnaden räknas före avrundning."


def _is_off_by_rounding(pair: GroupDifference) -> bool:
    """Whether the two shares as shown give another difference than the one that is shown: 28 and 31, but +2."""
    if pair.difference is None or _is_hidden(pair):
        return False
    first, second = (row.value for row in (pair.first, pair.second))
    assert isinstance(first, Measured)
    assert isinstance(second, Measured)
    shown = round_half_up(first.value * 100) - round_half_up(second.value * 100)
    return shown != round_half_up(pair.difference * 100)


def _is_hidden(pair: GroupDifference) -> bool:
    return any(isinstance(row.value, Suppressed) for row in (pair.first, pair.second))


def _name_pair(pair: GroupDifference, names: Mapping[str, str]) -> str:
    return names.get(pair.first.key, pair.label)


def _earlier_row(pair: GroupDifference, names: Mapping[str, str]) -> tuple[SlideCell, ...]:
    cells = [SlideCell(_name_pair(pair, names))]
    for row in (pair.second, pair.first):
        counted = isinstance(row.value, Measured) and row.value.denominator is not None
        cells.append(SlideCell(format_value(row.value, Unit.ANDEL), strong=row is pair.first))
        cells.append(SlideCell(format_value_counts(row.value) if counted else ""))
    hidden = _is_hidden(pair)
    points = HIDDEN_SIGN if hidden else MISSING_SIGN
    if pair.difference is not None and not hidden:
        points = format_signed(round_half_up(pair.difference * 100))
    surely = pair.sakerhet == "skiljer"
    said = HIDDEN_SIGN if hidden else _CHANCE.get(pair.sakerhet, MISSING_SIGN)
    return (*cells, SlideCell(points), SlideCell(said, strong=surely))


def _change_title(change: YearChange) -> str:
    before, after = change.before.value, change.after.value
    assert isinstance(before, Measured)
    assert isinstance(after, Measured)
    first = format_percent_number(share_of(before))
    second = format_share_words(share_of(after))
    if first == format_percent_number(share_of(after)):
        return f"{second} till {OUTCOME_NOUN} {format_period(change.after.period)}, lika stor andel som året före"
    verdict = {
        True: "Skillnaden är större än slumpen förklarar.",
        False: "Skillnaden kan vara slump.",
        None: "För få för en bedömning.",
    }[change.differs]
    return (
        f"Från {first} till {second} mellan {format_period(change.before.period)} och "
        f"{format_period(change.after.period)}. {verdict}"
    )
