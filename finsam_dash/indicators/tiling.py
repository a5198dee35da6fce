"""Which stored periods make up the period that was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from finsam_dash.model import Period

TILE_LENGTHS = (1, 3, 4, 6, 12)


def is_tile(period: Period) -> bool:
    """Whether a period is a calendar month, quarter, tertial, half-year or year."""
    return (
        period.is_whole_months
        and period.month_count in TILE_LENGTHS
        and (period.start.month - 1) % period.month_count == 0
    )


def find_tiling(
    stored: Collection[Period], asked: Period, idle: Collection[Period] = ()
) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Find the finest exact tiling of `asked` by stored periods.

    `idle` are months in which nothing is expected: they may stand empty. Returns (tiles, gaps): with gaps, the months
    that no tiling reaches, the tiles are of no use. Mixed lengths may tile; of several tilings the one with the most
    tiles wins, and of those the one whose first difference is the shorter tile. Periods that are not calendar tiles
    never tile.
    """
    if not asked.is_whole_months:
        return (), (asked,)
    months = asked.months()
    if all(month in stored for month in months):
        # Nothing is finer than months, and most that is asked for is stored so.
        return months, ()
    position = {month.start: index for index, month in enumerate(months)}
    starting: dict[int, list[Period]] = {}
    for period in stored:
        if asked.contains(period) and is_tile(period):
            starting.setdefault(position[period.start], []).append(period)
    idle_at = {position[month.start] for month in idle if month.start in position}
    last = len(months)
    best: list[tuple[int, tuple[Period, ...]] | None] = [None] * last + [(0, ())]
    for index in range(last - 1, -1, -1):
        options = []
        for period in sorted(starting.get(index, ()), key=lambda tile: tile.month_count):
            rest = best[index + period.month_count]
            if rest is not None:
                options.append((rest[0] + 1, (period, *rest[1])))
        if index in idle_at and (rest := best[index + 1]) is not None:
            options.append(rest)
        best[index] = max(options, key=lambda option: option[0], default=None)
    if best[0] is not None:
        return best[0][1], ()
    covered = {month for tiles in starting.values() for tile in tiles for month in tile.months()}
    gaps = tuple(month for month in months if month not in covered and position[month.start] not in idle_at)
    return (), gaps or months


def merge_months(months: Collection[Period]) -> tuple[Period, ...]:
    """Join months that follow on each other into longer periods, in order."""
    merged: list[Period] = []
    for month in sorted(months):
        if merged and (month.start - merged[-1].end).days == 1:
            merged[-1] = Period(merged[-1].start, month.end)
        else:
            merged.append(month)
    return tuple(merged)


def split_gaps(gaps: Iterable[Period], as_of: date | None) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Gaps parted in two: what is lacking, and from the running month on what nobody can have handed in by `as_of`.

    None: no day is known, and all of it is lacking.
    """
    lacking: list[Period] = []
    ahead: list[Period] = []
    for gap in gaps:
        if as_of is None or gap.end < as_of:
            lacking.append(gap)
            continue
        first = max(gap.start, as_of.replace(day=1))
        ahead.append(Period(first, gap.end))
        if gap.start < first:
            lacking.append(Period(gap.start, first - timedelta(days=1)))
    return tuple(lacking), tuple(ahead)
