"""Insatser with the same purpose side by side, never ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from finsam_dash.model import Missing, Suppressed, Value
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import Comparison
from finsam_dash.wording.comparison import format_against_short, format_undecided, name_line, name_rows
from finsam_dash.wording.numbers import format_hidden
from finsam_dash.wording.overview import format_own_periods, format_report_source
from finsam_dash.wording.slides.parts import Slide, SlideDots, build_slide, split_rows
from finsam_dash.wording.targets import OUTCOME_GOALS
from finsam_dash.wording.titles import SLIDE_LENGTH, format_comparison_slide_title

CAVEAT: Final = "Insatserna rangordnas inte: de möter olika personer."


def build_comparison_slides(report: Report) -> Iterator[Slide]:
    """A slide a purpose with at least two insatser to show; where most of them are hidden, one that says so."""
    comparisons = [one for one in report.comparison or () if len({row.key for row in one.rows}) > 1]
    comparisons.sort(key=lambda one: -len({row.key for row in one.rows}))
    shown, hidden = 0, list[Value]()
    for one in comparisons:
        line = next(iter(one.lines), None)
        named = name_rows(one.rows, line)
        rows = [replace(row, group="") for row in named if row.compared and not isinstance(row.value, Missing)]
        unseen = [row.value for row in rows if isinstance(row.value, Suppressed)]
        if len(unseen) > len(rows) - 2:
            hidden += unseen
            continue
        if line is not None and line.comparisons == 1:
            continue
        shown += 1
        benchmark = name_line(line.line) if line is not None and line.line.value is not None else None
        parts, title = split_rows(rows), _comparison_title(one)
        for number, part in enumerate(parts, start=1):
            page = f" ({number} av {len(parts)})"
            yield build_slide(
                report, f"jamforelse-{shown}-{number}", "Jämförelse",
                title + page if len(parts) > 1 and len(title + page) <= SLIDE_LENGTH else title,
                format_report_source(report, (), format_own_periods(report.period)),
                dots=SlideDots(
                    tuple(part), benchmark, strip=False,
                    comparisons=line.comparisons if line is not None else None,
                ),
                note=f"{format_undecided(one, line)} {CAVEAT}".lstrip(),
                measures=(OUTCOME_GOALS[0],),
            )  # fmt: skip
    if hidden and not shown:
        yield build_slide(
            report, "jamforelse", "Jämförelse", f"Jämförelsen mellan insatser {format_hidden(*hidden)}",
            lines=("Insatsernas utfall visas i läget intern, för den som har rätt att se dem.",),
        )  # fmt: skip


def _comparison_title(one: Comparison) -> str:
    line = next(iter(one.lines), None)
    if line is None or not line.comparisons:
        return "Insatserna sida vid sida: det finns inget att jämföra med"
    return format_comparison_slide_title(
        over=len(line.over), under=len(line.under), comparisons=line.comparisons,
        against=format_against_short(line.line),
        undecided=len(line.undecided),
    )  # fmt: skip
