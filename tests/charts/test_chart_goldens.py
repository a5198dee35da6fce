"""Every chart as a text projection, with its alt text, its table and its note, against the file that was looked at.

After a wanted change: UPPDATERA_FACIT=1 pytest tests/charts/test_chart_goldens.py, then look at the difference.
"""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import chart_cases as cases
import plotly.graph_objects as go
import pytest
from figure_text import figure_to_text

from finsam_dash.charts import chain, dots, flow, forsorjning, funnel, groups, recruitment, small_multiples, trend
from finsam_dash.charts.drawing import Drawing
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.theme import PRINT, SCREEN, SLIDE, Theme

GOLDEN = Path(__file__).parents[1] / "golden" / "charts"
AS_OF = date(2017, 1, 1)

Drawn = tuple[go.Figure, str, ChartTable, str]


def _strip(theme: Theme) -> Drawn:
    given = {"rows": cases.STRIP, "benchmark": cases.RIKET}
    return (
        dots.strip_figure(**given, only_chart=theme is SLIDE, theme=theme),
        dots.dot_plot_alt(**given),
        dots.dot_plot_table(**given),
        dots.dot_plot_note(**given, only_chart=theme is SLIDE),
    )


def _dots(theme: Theme) -> Drawn:
    given = {"rows": cases.DOTS, "benchmark": cases.RIKET}
    return (
        dots.dot_plot_figure(**given, asked=cases.Y2014, theme=theme),
        dots.dot_plot_alt(**given),
        dots.dot_plot_table(**given),
        dots.dot_plot_note(**given, comparisons=6, theme=theme),
    )


def _funnel(theme: Theme) -> Drawn:
    given = {"funnel": cases.FUNNEL}
    return (
        funnel.funnel_figure(**given, theme=theme),
        funnel.funnel_alt(**given),
        funnel.funnel_table(**given),
        funnel.funnel_note(**given),
    )


def _trend(theme: Theme) -> Drawn:
    given = {"points": cases.POINTS, "rolling": cases.ROLLING}
    return (
        trend.trend_figure(**given, target=0.4, events=cases.EVENTS, theme=theme),
        trend.trend_alt(**given, target=0.4, events=cases.EVENTS),
        trend.trend_table(**given),
        trend.trend_note(**given, target=0.4, events=cases.EVENTS),
    )


def _limits(theme: Theme) -> Drawn:
    given = {"points": cases.READ_POINTS, "reading": cases.READING, "late": cases.LATE}
    return (
        trend.trend_figure(**given, target=0.4, theme=theme),
        trend.trend_alt(**given, target=0.4),
        trend.trend_table(**given),
        trend.trend_note(**given, target=0.4),
    )


def _joined(theme: Theme) -> Drawn:
    given = {"points": cases.MANY_POINTS, "joined": cases.JOINED, "reading": cases.JOINED_READING}
    return (
        trend.trend_figure(**given, theme=theme),
        trend.trend_alt(**given),
        trend.trend_table(**given),
        trend.trend_note(**given),
    )


def _late(theme: Theme) -> Drawn:
    given = {"points": cases.POINTS, "rolling": cases.ROLLING, "late": cases.LATE_ROLLING}
    return (
        trend.trend_figure(**given, theme=theme),
        trend.trend_alt(**given),
        trend.trend_table(**given),
        trend.trend_note(**given),
    )


def _mix(theme: Theme) -> Drawn:
    given = {"rows": cases.MIX}
    return (
        groups.mix_figure(**given, theme=theme),
        groups.mix_alt(**given),
        groups.mix_table(**given, klasser=["Nära", "Långt"]),
        groups.mix_note(**given),
    )


def _years(theme: Theme) -> Drawn:
    return (
        trend.trend_figure(points=cases.YEARS, benchmark=cases.RIKET, theme=theme),
        trend.trend_alt(points=cases.YEARS),
        trend.trend_table(points=cases.YEARS),
        trend.trend_note(points=cases.YEARS, benchmark=cases.RIKET),
    )


def _flow(theme: Theme) -> Drawn:
    given = {"months": cases.FLOW}
    return (
        flow.flow_figure(**given, theme=theme),
        flow.flow_alt(**given),
        flow.flow_table(**given),
        flow.flow_note(**given),
    )


def _forsorjning(theme: Theme) -> Drawn:
    given = {"categories": cases.CATEGORIES}
    return (
        forsorjning.forsorjning_figure(**given, links=cases.LINKS, theme=theme),
        forsorjning.forsorjning_alt(**given),
        forsorjning.forsorjning_table(**given, links=cases.LINKS),
        forsorjning.forsorjning_note(**given),
    )


def _groups(theme: Theme) -> Drawn:
    given = {"pairs": cases.PAIRS}
    return (
        groups.groups_figure(**given, theme=theme),
        groups.groups_alt(**given),
        groups.groups_table(**given),
        groups.groups_note(**given),
    )


def _small(theme: Theme) -> Drawn:
    given = {"multiples": cases.MULTIPLES}
    return (
        small_multiples.small_multiples_figure(**given, theme=theme),
        small_multiples.small_multiples_alt(**given),
        small_multiples.small_multiples_table(**given),
        small_multiples.small_multiples_note(**given),
    )


def _recruitment(theme: Theme) -> Drawn:
    given = {"steps": cases.STEPS}
    return (
        recruitment.recruitment_figure(**given, theme=theme),
        recruitment.recruitment_alt(**given),
        recruitment.recruitment_table(**given),
        recruitment.recruitment_note(**given),
    )


def _chain(theme: Theme) -> Drawn:
    return (
        chain.chain_figure(insatser=cases.CHAIN, current="vaxthuset-2", as_of=AS_OF, theme=theme),
        chain.chain_alt(insatser=cases.CHAIN),
        chain.chain_table(insatser=cases.CHAIN),
        "",
    )


CHARTS: dict[str, Callable[[Theme], Drawn]] = {
    "remsa": _strip,
    "punkter": _dots,
    "tratt": _funnel,
    "trend": _trend,
    "granser": _limits,
    "granser_sammanlagda": _joined,
    "efterslapning": _late,
    "sammansattning": _mix,
    "ar_for_ar": _years,
    "in_och_ut": _flow,
    "forsorjning": _forsorjning,
    "kvinnor_man": _groups,
    "sma_diagram": _small,
    "rekrytering": _recruitment,
    "kedja": _chain,
}


def _to_text(drawn: Drawn) -> str:
    figure, alt, table, note = drawn
    rows = "\n".join(" | ".join(row) for row in (table.header, *table.rows))
    text = f"{figure_to_text(figure)}\nalt: {alt}\nmärken: {note}\n\n{rows}\n"
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("theme", [SCREEN, SLIDE, PRINT], ids=lambda theme: theme.medium.name)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_was_looked_at(name: str, theme: Theme) -> None:
    golden = GOLDEN / f"{name}-{theme.medium.name}.txt"
    text = _to_text(CHARTS[name](theme))
    if os.environ.get("UPPDATERA_FACIT"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_names_its_own_template_and_separators(name: str) -> None:
    figure = CHARTS[name](SCREEN)[0]
    assert figure.layout.template.layout.separators == ",\u00a0"
    assert figure.layout.template.layout.font.family.startswith('"Source Sans 3"')
    assert figure.layout.showlegend is None
    assert figure.layout.template.layout.showlegend is False
    assert figure.layout.width is None
    assert CHARTS[name](SLIDE)[0].layout.width == 1168


@pytest.mark.parametrize("theme", [SCREEN, SLIDE, PRINT], ids=lambda theme: theme.medium.name)
@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_says_what_plotly_would_make_of_it(name: str, theme: Theme) -> None:
    """Nothing of ours is in Plotly's short forms, which only Python knows, or of a kind that it would mend."""
    figure, *_ = CHARTS[name](theme)
    assert json.loads(go.Figure(figure.to_dict()).to_json()) == json.loads(figure.to_json())


def test_a_name_that_plotly_does_not_know_is_found() -> None:
    drawing = Drawing(SCREEN)
    drawing.update_layout(fonts={})
    with pytest.raises(ValueError, match="fonts"):
        drawing.build()
