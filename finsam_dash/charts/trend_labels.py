"""What stands right of a chart over time: the latest level in figures, and the names of target and riket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from finsam_dash.charts.dots import benchmark_label
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.labels import spread
from finsam_dash.charts.theme import Theme
from finsam_dash.model import Measured, Unit
from finsam_dash.report.content_parts import Benchmark, TrendPoint
from finsam_dash.wording.numbers import NO_BREAK, format_counts, format_interval, format_value
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_target_label


class EndLabel(NamedTuple):
    """Lines of text right of the plot, at the level of what they name."""

    level: float
    lines: Sequence[str]
    is_target: bool = False


def list_end_labels(
    main: Sequence[TrendPoint],
    rolling: bool,
    target: float | None,
    benchmark: Benchmark | None,
    latest_riket: TrendPoint | None,
) -> list[EndLabel]:
    """The names of target, benchmark and `latest_riket`, and the latest point of `main` in figures."""
    labels: list[EndLabel] = []
    if target is not None:
        labels.append(EndLabel(target, [format_target_label(target)], is_target=True))
    if benchmark is not None and benchmark.value is not None:
        labels.append(EndLabel(benchmark.value, [benchmark_label(benchmark)]))
    latest = main[-1] if main else None
    if latest is not None and isinstance(latest.value, Measured):
        value = latest.value
        lines = [f"<b>{format_value(value, Unit.ANDEL)}</b>"]
        if value.numerator is not None and value.denominator is not None:
            lines[0] += f" ({format_counts(value.numerator, value.denominator)})"
        lines.append(f"senaste 12{NO_BREAK}mån" if rolling else format_period(latest.period))
        if value.lower is not None and value.upper is not None:
            lines.append(format_interval(value.lower, value.upper))
        labels.append(EndLabel(value.value, lines))
    if latest_riket is not None and isinstance(latest_riket.value, Measured):
        name = f"Riket {format_value(latest_riket.value, Unit.ANDEL)}"
        labels.append(EndLabel(latest_riket.value.value, [name, format_period(latest_riket.period)]))
    return labels


def draw_end_labels(figure: Drawing, labels: Sequence[EndLabel], pixels: float, theme: Theme) -> None:
    """Each label at its own level, moved apart where they would touch; `pixels` is the height of a share of 1."""
    line_height = theme.medium.tick * 1.3
    entries = [
        (level, line, index, is_target) for level, lines, is_target in labels for index, line in enumerate(lines)
    ]
    order = sorted(range(len(entries)), key=lambda number: (-entries[number][0], entries[number][2]))
    wanted = [-entries[number][0] * pixels + entries[number][2] * 0.01 for number in order]
    heights = spread(wanted, line_height)
    for number, height in zip(order, heights, strict=True):
        level, line, _, is_target = entries[number]
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=level, yanchor="middle", yshift=-(height + level * pixels),
            text=f"<b>{line}</b>" if is_target else line,
            font={"size": theme.medium.tick, "color": theme.palette.text},
        )  # fmt: skip
