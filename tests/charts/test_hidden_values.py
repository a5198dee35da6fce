"""A hidden value leaves no number anywhere: not in the figure's JSON, the alt text, the table or the note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import chart_cases as cases
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_dash.charts import dots, flow, forsorjning, funnel, groups, mini, recruitment, small_multiples, trend
from finsam_dash.charts.table import ChartTable
from finsam_dash.model import Measured, Period, Suppressed, Value
from finsam_dash.report.content_comparison import CaseMixRow, Funnel, FunnelPoint, SmallMultiple
from finsam_dash.report.content_insats import FlowCategory, FlowLink, FlowMonth, RecruitmentStep
from finsam_dash.report.content_over_time import LatePoint
from finsam_dash.report.content_parts import DotRow, GroupDifference, TrendPoint

BIG = 7919
"""A prime that turns up in no other place of a chart."""


def everything(figure: go.Figure, alt: str, table: ChartTable, note: str) -> str:
    cells = "\n".join("\t".join(row) for row in table.rows)
    return "\n".join((figure.to_json(), alt, cells, note)).replace("\u00a0", " ").replace("\\u00a0", " ")


def dot_text(value: Value, **changed: object) -> str:
    rows = (*cases.DOTS[:2], replace(cases.DOTS[4], value=value, group=cases.AT_EXIT, **changed))
    given = {"rows": rows, "benchmark": cases.RIKET}
    return everything(
        dots.dot_plot_figure(**given),
        dots.dot_plot_alt(**given),
        dots.dot_plot_table(**given),
        dots.dot_plot_note(**given),
    )


def strip_text(value: Value) -> str:
    rows = (cases.STRIP[0], replace(cases.STRIP[1], value=value))
    given = {"rows": rows, "benchmark": cases.RIKET}
    return everything(
        dots.strip_figure(**given, only_chart=True),
        dots.dot_plot_alt(**given),
        dots.dot_plot_table(**given),
        dots.dot_plot_note(**given, only_chart=True),
    )


def funnel_text(value: Value, *, outside: bool = False, too_few: bool = False) -> str:
    points = (*cases.FUNNEL.points[:3], FunnelPoint("x", "X", value, outside, too_few))
    given = {"funnel": Funnel(cases.RIKET, points, 4)}
    return everything(
        funnel.funnel_figure(**given),
        funnel.funnel_alt(**given),
        funnel.funnel_table(**given),
        funnel.funnel_note(**given),
    )


def trend_text(value: Value) -> str:
    points = (*cases.YEARS[:2], TrendPoint(Period.year(2023), value))
    given = {"points": points}
    return everything(
        trend.trend_figure(**given), trend.trend_alt(**given), trend.trend_table(**given), trend.trend_note(**given)
    )


def rolling_text(value: Value) -> str:
    rolling = (*cases.ROLLING[:-1], replace(cases.ROLLING[-1], value=value))
    given = {"points": cases.POINTS, "rolling": rolling}
    return everything(
        trend.trend_figure(**given, target=0.4),
        trend.trend_alt(**given),
        trend.trend_table(**given),
        trend.trend_note(**given),
    )


def small_text(value: Value) -> str:
    multiples = (
        SmallMultiple("a", "A", cases.YEARS[:2]),
        SmallMultiple("b", "B", (TrendPoint(Period.year(2022), value),)),
    )
    given = {"multiples": multiples}
    return everything(
        small_multiples.small_multiples_figure(**given),
        small_multiples.small_multiples_alt(**given),
        small_multiples.small_multiples_table(**given),
        small_multiples.small_multiples_note(**given),
    )


def groups_text(value: Value, difference: float | None = 0.2, lower: float = 0.05, upper: float = 0.35) -> str:
    first = DotRow("kvinna", "kvinna", value, cases.Y2014, cases.AVSLUTADE)
    pairs = (
        cases.PAIRS[0],
        GroupDifference("X", first, cases.PAIRS[0].second, difference, lower, upper, "sakert_over"),
    )
    given = {"pairs": pairs}
    return everything(
        groups.groups_figure(**given),
        groups.groups_alt(**given),
        groups.groups_table(**given),
        groups.groups_note(**given),
    )


def mix_text(value: Value, reason: str = "dold") -> str:
    crude, strata = cases.MIX[1].crude, cases.MIX[1].strata
    standardised = replace(value, numerator=None, denominator=None) if isinstance(value, Measured) else None
    row = CaseMixRow(
        replace(crude, value=value), (replace(strata[0], value=value), strata[1]), standardised, reason
    )  # fmt: skip
    rows = (cases.MIX[0], row)
    return everything(
        groups.mix_figure(rows=rows),
        groups.mix_alt(rows=rows),
        groups.mix_table(rows=rows, klasser=["Nära", "Långt"]),
        groups.mix_note(rows=rows),
    )


def limits_text(value: Value) -> str:
    """A hidden point is never read, so there are no limits with it."""
    points = (*cases.YEARS[:2], TrendPoint(Period.year(2023), value))
    given = {"points": points, "late": (LatePoint(Period.year(2022), 0.3, 0.5, 0, 3),)}
    return everything(
        trend.trend_figure(**given), trend.trend_alt(**given), trend.trend_table(**given), trend.trend_note(**given)
    )


SHARE_CHARTS: dict[str, Callable[[Value], str]] = {
    "punkter": dot_text,
    "remsa": strip_text,
    "tratt": funnel_text,
    "ar_for_ar": trend_text,
    "rullande": rolling_text,
    "sma_diagram": small_text,
    "kvinnor_man": groups_text,
    "sammansattning": mix_text,
    "granser": limits_text,
}


def traces_of(value: Measured) -> list[str]:
    """The value as it would be written in JSON or Swedish."""
    assert value.lower is not None and value.upper is not None  # noqa: PT018
    numbers = [repr(number)[:12] for number in (value.value, value.lower, value.upper)]
    return [*numbers, f"{value.numerator:.0f} av {value.denominator:.0f}"]


@pytest.mark.parametrize("name", SHARE_CHARTS)
@settings(max_examples=8, deadline=None)
@given(counts=st.tuples(st.integers(11, 90), st.sampled_from([101, 103, 107, 109, 113])))
def test_a_hidden_share_leaves_no_number(name: str, counts: tuple[int, int]) -> None:
    value = cases.share(*counts)
    shown, hidden = SHARE_CHARTS[name](value), SHARE_CHARTS[name](Suppressed())
    found = [trace for trace in traces_of(value) if trace in shown]
    assert len(found) >= 2, "the search finds a value that is shown"
    assert [trace for trace in traces_of(value) if trace in hidden] == []
    assert ".." in hidden


def count_charts() -> dict[str, Callable[[Value], str]]:
    def flow_text(value: Value) -> str:
        months = tuple(
            FlowMonth(month, Measured(20), value if index == 3 else Measured(2), Measured(3))
            for index, month in enumerate(Period.parse("2024-01/2024-12").months())
        )
        given = {"months": months}
        return everything(
            flow.flow_figure(**given), flow.flow_alt(**given), flow.flow_table(**given), flow.flow_note(**given)
        )

    def stock_text(value: Value) -> str:
        months = tuple(
            FlowMonth(month, value if index == 11 else Measured(20), Measured(2), Measured(3))
            for index, month in enumerate(Period.parse("2024-01/2024-12").months())
        )
        given = {"months": months}
        return everything(
            flow.flow_figure(**given), flow.flow_alt(**given), flow.flow_table(**given), flow.flow_note(**given)
        )

    def forsorjning_text(value: Value) -> str:
        categories = (
            FlowCategory("lon", "Lön", Measured(0), value, is_goal=True),
            FlowCategory("bistand", "Försörjningsstöd", Measured(10), Measured(6)),
        )
        links = (FlowLink("bistand", "lon", value), FlowLink("bistand", "bistand", Measured(6)))
        return everything(
            forsorjning.forsorjning_figure(categories=categories, links=links),
            forsorjning.forsorjning_alt(categories=categories),
            forsorjning.forsorjning_table(categories=categories, links=links),
            forsorjning.forsorjning_note(categories=categories),
        )

    def recruitment_text(value: Value) -> str:
        given = {"steps": (RecruitmentStep("Erbjudna", Measured(9000)), RecruitmentStep("Tackat ja", value))}
        return everything(
            recruitment.recruitment_figure(**given),
            recruitment.recruitment_alt(**given),
            recruitment.recruitment_table(**given),
            recruitment.recruitment_note(**given),
        )

    return {"nya": flow_text, "pagaende": stock_text, "forsorjning": forsorjning_text, "steg": recruitment_text}


@pytest.mark.parametrize("name", count_charts())
def test_a_hidden_count_leaves_no_number(name: str) -> None:
    draw = count_charts()[name]
    shown, hidden = draw(Measured(BIG)), draw(Suppressed())
    needles = (str(BIG), "7 919", str(BIG + 22), "7 941", "88 %")  # the count, the year's sum, the share of 9 000
    assert [needle for needle in needles if needle in shown]
    assert [needle for needle in needles if needle in hidden] == []
    assert ".." in hidden


def test_a_sum_over_hidden_months_is_hidden() -> None:
    hidden = count_charts()["nya"](Suppressed())
    assert ".. på 12 mån" in hidden
    assert "36 på 12 mån" in hidden  # avslutade, all known


@given(look_here=st.booleans(), outside=st.booleans(), too_few=st.booleans())
@settings(max_examples=8, deadline=None)
def test_nothing_beside_a_hidden_value_tells_of_it(look_here: bool, outside: bool, too_few: bool) -> None:
    assert dot_text(Suppressed(), look_here=look_here) == dot_text(Suppressed())
    assert funnel_text(Suppressed(), outside=outside, too_few=too_few) == funnel_text(Suppressed())
    drawn = {mini.build_goal_svg(value=Suppressed(), target=0.4, look_here=flag) for flag in (look_here, False)}
    assert len(drawn) == 1


def test_a_difference_is_hidden_with_either_of_its_groups() -> None:
    assert groups_text(Suppressed(), 0.2) == groups_text(Suppressed(), 0.31, 0.11, 0.51)
    assert groups_text(cases.share(20, 40), 0.2) != groups_text(cases.share(20, 40), 0.31, 0.11, 0.51)


def test_a_flow_to_a_hidden_category_is_hidden_whoever_delivers_it() -> None:
    categories = (
        FlowCategory("lon", "Lön", Measured(0), Suppressed(), is_goal=True),
        FlowCategory("bistand", "Försörjningsstöd", Measured(10), Measured(6)),
    )
    links = (FlowLink("bistand", "lon", Measured(BIG)), FlowLink("bistand", "bistand", Measured(6)))
    text = everything(
        forsorjning.forsorjning_figure(categories=categories, links=links),
        forsorjning.forsorjning_alt(categories=categories),
        forsorjning.forsorjning_table(categories=categories, links=links),
        forsorjning.forsorjning_note(categories=categories),
    )
    assert str(BIG) not in text
    assert "7 919" not in text
