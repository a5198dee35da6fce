"""The parts that charts are made of: scales, lines, labels, time, small pictures, frames."""

import itertools
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import chart_cases as cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.charts import dots, mini
from finsam_dash.charts.chain import chain_figure
from finsam_dash.charts.events import event_room, event_rows
from finsam_dash.charts.flow import flow_figure
from finsam_dash.charts.forsorjning import forsorjning_figure
from finsam_dash.charts.frame import framed_figure
from finsam_dash.charts.funnel import funnel_figure
from finsam_dash.charts.groups import groups_figure
from finsam_dash.charts.labels import Spot, place_labels, spread
from finsam_dash.charts.recruitment import recruitment_figure
from finsam_dash.charts.share_rows import scale_end, share_ticks
from finsam_dash.charts.small_multiples import small_multiples_figure
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.text_width import plain_text, shorten, text_width, wrap
from finsam_dash.charts.theme import PRINT, SCREEN, SLIDE
from finsam_dash.charts.time_axis import middle, month_number
from finsam_dash.charts.trend import trend_figure
from finsam_dash.model import Insats, InsatsPeriod, Measured, Missing, Period, Reason, Suppressed
from finsam_dash.report.content_comparison import Funnel, FunnelPoint, SmallMultiple
from finsam_dash.report.content_insats import FlowCategory, FlowMonth, RecruitmentStep
from finsam_dash.report.content_parts import Benchmark, DotRow, EventNote, TrendPoint
from finsam_dash.wording.over_time import name_event

SHARES = st.lists(st.floats(0, 1), max_size=5)


@given(SHARES, st.booleans())
def test_the_scale_is_cut_at_half_only_when_all_fits_and_nothing_else_is_in_view(
    shares: list[float], only: bool
) -> None:
    end = scale_end(shares, only)
    assert end in (0.5, 1.0)
    assert all(share <= end for share in shares)
    assert (end == 0.5) == (only and bool(shares) and max(shares) <= 0.45)


def test_ticks_by_medium() -> None:
    assert [text.replace("\u00a0", " ") for text in share_ticks(1.0, SCREEN)[1]] == [
        "0 %", "20 %", "40 %", "60 %", "80 %", "100 %",
    ]  # fmt: skip
    assert [text.replace("\u00a0", " ") for text in share_ticks(0.5, SLIDE)[1]] == ["0", "25", "50 %"]
    assert share_ticks(1.0, SCREEN, 120)[0] == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("theme", [PRINT, SCREEN, SLIDE])
@pytest.mark.parametrize("draw", [dots.dot_plot_figure, dots.strip_figure])
def test_the_heading_of_a_group_ends_before_the_axis(draw, theme) -> None:
    """Short names and denominators left a margin that is narrower than the heading above them."""
    later = "Vid senare uppföljning, jämförs inte med linjen"
    first = DotRow("a", "3.4.4", Measured(0.5, 42, 84, 0.4, 0.6), Period.year(2014), group="Vid avslut")
    figure = draw(rows=[first, replace(first, key="b", group=later)], theme=theme)
    (heading,) = [note for note in figure.layout.annotations if later in note.text]
    start = figure.layout.margin.l + heading.xshift
    assert start == pytest.approx(0, abs=1)
    assert text_width(later, heading.font.size, bold=True) <= figure.layout.margin.l


def test_only_names_of_rows_are_cut_where_the_room_for_the_rest_is_kept() -> None:
    name, whom = "Samordnad arbetslivsinriktad insats med behovsanpassat stöd", "uppföljda 12 månader efter avslut"
    rows = [DotRow("a", name, Measured(0.5, 42, 84, 0.4, 0.6), Period.year(2024), note=whom)]
    texts = [note.text for note in dots.dot_plot_figure(rows=rows, theme=PRINT).layout.annotations]
    assert [text.replace("\u00a0", " ") for text in texts if text.endswith(whom)] == [f"av 84 {whom}"]
    assert name not in texts
    assert [text for text in texts if text.startswith("Samordnad") and text.endswith("…")]


def test_the_goal_of_a_hidden_row_is_not_said_to_be_none() -> None:
    """The plan's 35 procent stands in the table of goals of the same report."""
    rows = [
        DotRow("a", "Arbetsbron", Measured(0.5, 42, 84, 0.4, 0.6), Period.year(2025), target=0.3),
        DotRow("b", "Rätt spår", Suppressed(), Period.year(2025)),
        DotRow("c", "Gläntan", Measured(0.5, 42, 84, 0.4, 0.6), Period.year(2025)),
    ]
    table = dots.dot_plot_table(rows=rows)
    assert [row[table.header.index("Mål")].replace("\u00a0", " ") for row in table.rows] == ["30 %", "..", "."]
    for theme, without in ((PRINT, "."), (SCREEN, "inget mål")):
        texts = [note.text for note in dots.dot_plot_figure(rows=rows, theme=theme).layout.annotations]
        assert texts[-3:] == ["30\u00a0%", "..", without]


def lines_named(figure: object, name: str) -> list[list[float]]:
    return [list(trace.y) for trace in figure.data if trace.name == name]  # type: ignore[attr-defined]


def test_rikets_line_stops_before_rows_measured_later() -> None:
    figure = dots.dot_plot_figure(rows=cases.DOTS, benchmark=cases.RIKET)
    assert lines_named(figure, "Riket\u00a034\u00a0%") == [[0.5, -6.5]]  # heading and six rows; not Grön Rehab
    alone = dots.dot_plot_figure(rows=[replace(row, compared=False) for row in cases.DOTS], benchmark=cases.RIKET)
    assert lines_named(alone, "Riket\u00a034\u00a0%") == []
    broken = [replace(row, compared=index != 1, group="") for index, row in enumerate(cases.DOTS[:4])]
    figure = dots.dot_plot_figure(rows=broken, benchmark=cases.RIKET)
    drawn = [list(trace.y) for trace in figure.data if trace.mode == "lines" and trace.line.dash == "6px,4px"]
    assert drawn == [[0.5, -0.5], [-1.5, -3.5]]


def test_a_target_line_is_solid_and_a_benchmark_without_value_is_not_drawn() -> None:
    target = Benchmark("target", "Mål", 0.35)
    figure = dots.strip_figure(rows=cases.STRIP[:1], benchmark=target)
    assert [trace.line.dash for trace in figure.data if trace.name == "Mål\u00a035\u00a0%"] == [None]
    without = dots.strip_figure(rows=cases.STRIP[:1], benchmark=Benchmark("riket", "Riket", None))
    assert len(without.data) == 2  # interval and point
    assert dots.benchmark_label(Benchmark("riket", "Riket", None)) == "Riket\u00a0–"


def test_a_name_with_the_characters_of_markup_is_written_as_it_is() -> None:
    name = "Ungdom <25 & <a href='https://exempel.se'>vidare</a>"
    figure = dots.strip_figure(rows=[replace(cases.STRIP[0], label=name)])
    escaped = "&lt;a href='https://exempel.se'>vidare&lt;/a>"
    (hover,) = next(trace.text for trace in figure.data if trace.mode == "markers")
    assert hover.startswith(f"<b>Ungdom &lt;25 & {escaped}</b><br>")
    assert "<a" not in figure.to_json()


def test_one_decimal_appears_only_where_rounding_hides_the_target() -> None:
    close = replace(cases.DOTS[0], value=cases.share(340, 981), target=0.35)
    clear = replace(cases.DOTS[0], value=cases.share(340, 981), target=0.5)
    assert dots.dot_plot_table(rows=[close]).rows[0][3] == "34,7\u00a0%"
    assert dots.dot_plot_table(rows=[clear]).rows[0][3] == "35\u00a0%"


def test_print_explains_another_denominator_in_a_note() -> None:
    note = dots.dot_plot_note(rows=cases.DOTS, benchmark=cases.RIKET, theme=PRINT)
    assert note.endswith("1) Annan nämnare.")
    assert "1)" not in dots.dot_plot_note(rows=cases.DOTS, benchmark=cases.RIKET)


@given(st.lists(st.floats(-500, 500), max_size=8), st.floats(1, 60))
def test_spread_keeps_distance_and_order(places: list[float], distance: float) -> None:
    moved = spread(places, distance)
    order = sorted(range(len(places)), key=lambda index: places[index])
    assert all(moved[second] - moved[first] >= distance - 1e-6 for first, second in itertools.pairwise(order))
    if all(places[second] - places[first] >= distance for first, second in itertools.pairwise(order)):
        assert moved == pytest.approx(places)


def test_a_label_with_room_stands_right_of_its_point_and_one_under_a_line_gets_a_leader() -> None:
    free = place_labels(
        [Spot(100, 100)], ["SARA 42 %"], lines=[], size=14, radius=7, bold=[False], width=600, height=400
    )
    assert (free[0].anchor, free[0].dx > 0, free[0].leader) == ("left", True, False)
    crossing = [[Spot(x, y) for x in range(0, 600, 4)] for y in (88, 100, 112)]
    pressed = place_labels(
        [Spot(100, 100)], ["SARA 42 %"], lines=crossing, size=14, radius=7, bold=[False], width=600, height=400
    )
    assert pressed[0].leader


@given(st.lists(st.tuples(st.integers(60, 500), st.integers(40, 360)), min_size=1, max_size=6, unique=True))
def test_labels_stay_inside_the_plot(places: list[tuple[int, int]]) -> None:
    spots = [Spot(float(x), float(y)) for x, y in places]
    labels = place_labels(
        spots, ["A 1 %"] * len(spots), lines=[], size=14, radius=7, bold=[False] * len(spots), width=600, height=400
    )
    for spot, label in zip(spots, labels, strict=True):
        assert 0 < spot.x + label.dx < 600
        assert 0 < spot.y + label.dy < 400


def test_the_funnel_draws_the_insatser_that_have_a_denominator() -> None:
    figure = funnel_figure(funnel=cases.FUNNEL)
    points = {trace.name: len(trace.x) for trace in figure.data if trace.mode == "markers"}
    assert points == {"Utfall": 3, "Titta här": 1}
    assert figure.layout.xaxis.range[1] == 100
    huge = Funnel(cases.RIKET, (FunnelPoint("x", "X", cases.share(300, 1159)),), 1)
    assert funnel_figure(funnel=huge).layout.xaxis.ticktext[-1] == "1\u00a0500"
    empty = Funnel(Benchmark("riket", "Riket", None), (), 0)
    assert funnel_figure(funnel=empty).layout.xaxis.range[1] == 50


def test_time_is_counted_in_months() -> None:
    assert middle(Period.month(2024, 3)) == month_number(date(2024, 3, 31))
    assert middle(Period.year(2024)) == month_number(date(2024, 6, 1)) + 0.5


def event_days(*days: date) -> list[EventNote]:
    return [EventNote(day, "En lång text om något som hände") for day in days]


def test_letters_of_dated_notes_stand_above_each_other_where_they_would_touch() -> None:
    shown = Period.parse("2023-01/2025-12").months()
    close = event_days(date(2024, 1, 5), date(2024, 1, 20), date(2024, 9, 5))
    assert event_rows(close, shown, 300, SCREEN, preliminary=False) == [0, 1, 0]
    assert event_rows(close, shown, 3000, SCREEN, preliminary=False) == [0, 0, 0]
    late = event_days(date(2025, 11, 5))
    assert event_rows(late, shown, 300, SCREEN, preliminary=False) == [0]
    assert event_rows(late, shown, 300, SCREEN, preliminary=True) == [1]
    assert event_rows((), shown, 300, SCREEN, preliminary=True) == []
    assert (event_room((), SCREEN), event_room([0, 1, 0], SCREEN)) == (0, 2 * 13 * 1.25)


@given(days=st.lists(st.dates(date(2021, 1, 1), date(2025, 12, 31)), max_size=30), narrowed=st.floats(1, 4))
def test_letters_never_touch_in_a_column_that_is_wider_than_the_least(days: list[date], narrowed: float) -> None:
    events, shown = event_days(*sorted(days)), Period.parse("2021-01/2025-12").months()
    rows = event_rows(events, shown, 300, SCREEN, preliminary=True)
    wide = 300 * narrowed
    boxes: list[tuple[float, float, int]] = [(wide - text_width("preliminärt", 13) / 1.08, wide, 0)]
    for index, (event, row) in enumerate(zip(events, rows, strict=True)):
        middle = (month_number(event.date) - month_number(shown[0].start) + (event.date.day - 1) / 31) / 60 * wide
        half = text_width(name_event(index), 13, bold=True) / 1.08 / 2
        boxes.append((middle - half, middle + half, row))
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0]


def test_a_box_too_short_for_its_name_leaves_it_to_a_longer_one_of_the_same_insats() -> None:
    def written(*periods: tuple[date, date | None]) -> list[str]:
        insats = Insats("ua", "United Action", tuple(InsatsPeriod(*period) for period in periods))
        figure = chain_figure(insatser=[insats], current="ua", as_of=date(2024, 1, 1), theme=SCREEN.at_width(390))
        assert len(figure.layout.shapes) == len(periods)
        return [note.text for note in figure.layout.annotations]

    long, short = (date(2020, 1, 1), date(2022, 12, 31)), (date(2023, 1, 1), date(2023, 3, 31))
    assert written(long, short, (date(2023, 4, 1), None)) == ["United Action"]
    half = (date(2020, 1, 1), date(2021, 12, 31))
    assert written(half, (date(2022, 1, 1), None)) == ["United Action", "United Action"]
    assert written((date(2023, 1, 1), date(2023, 2, 28))) == ["Unite…"]


def test_text_is_measured_wrapped_and_cut() -> None:
    assert text_width("MMM", 14) > text_width("iii", 14)
    assert text_width("SARA", 28) == pytest.approx(2 * text_width("SARA", 14))
    assert plain_text("<b>37\u00a0%</b> (32 av 86)") == "37\u00a0% (32 av 86)"
    long = "Samordnad arbetslivsinriktad insats i Älvkarleby kommun"
    lines = wrap(long, 150, 14)
    assert " ".join(lines) == long
    assert all(text_width(line, 14) <= 150 for line in lines)
    assert shorten(long, 150, 14).endswith("…")
    assert text_width(shorten(long, 150, 14), 14) <= 150
    assert shorten("SARA", 150, 14) == "SARA"


def elements(svg: str) -> list[str]:
    return [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg)]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (cases.share(14, 33), ["path", "path", "path", "circle"]),  # scale, interval, target, point
        (Measured(0.27), ["path", "path", "circle"]),
        (Suppressed(), ["path", "path", "circle", "circle"]),
        (Missing(Reason.UPPGIFT_SAKNAS), ["path", "path", "path", "path"]),
        (Missing(Reason.EJ_TILLAMPLIGT), ["path", "path", "circle"]),
    ],
)
def test_a_goal_in_a_cell(value: Measured | Suppressed | Missing, drawn: list[str]) -> None:
    svg = mini.build_goal_svg(value=value, target=0.35)
    assert elements(svg) == drawn
    assert "text" not in elements(svg)


def test_a_goal_in_a_cell_is_orange_only_where_asked() -> None:
    assert "#C45500" in mini.build_goal_svg(value=cases.share(7, 27), target=0.5, look_here=True)
    assert "#C45500" not in mini.build_goal_svg(value=cases.share(7, 27), target=0.5)


def test_a_chart_as_a_file_of_its_own_carries_finding_and_source() -> None:
    figure = dots.strip_figure(rows=cases.STRIP, benchmark=cases.RIKET, theme=PRINT)
    before = figure.to_json()
    framed = framed_figure(
        figure=figure,
        title="32 procent gick till arbete eller studier 2014. Riket hade 34: skillnaden kan vara slump.",
        subtitle="Andel av avslutade.",
        note="Punkt: utfall.",
        source="Påhittade data. Källa: månadsleveranser.",
        theme=PRINT,
    )
    texts = [plain_text(note.text) for note in framed.layout.annotations]
    assert " ".join(texts[-5:]) == (
        "32 procent gick till arbete eller studier 2014. Riket hade 34: skillnaden kan vara slump. "
        "Andel av avslutade. Punkt: utfall. Påhittade data. Källa: månadsleveranser."
    )
    assert framed.layout.annotations[-1].text.startswith("<b>Påhittade data.</b>")
    assert framed.layout.height > figure.layout.height
    assert figure.to_json() == before


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have the header's length"):
        ChartTable(("A", "B"), (("1",),), (False, True))


def test_charts_of_nothing_are_drawn_without_marks() -> None:
    drawn = [
        dots.dot_plot_figure(rows=()),
        dots.strip_figure(rows=(), benchmark=cases.RIKET),
        trend_figure(points=()),
        flow_figure(months=()),
        forsorjning_figure(categories=()),
        groups_figure(pairs=()),
        small_multiples_figure(multiples=()),
        recruitment_figure(steps=()),
        chain_figure(insatser=(), current="", as_of=date(2024, 1, 1)),
    ]
    assert [sum(len(trace.x) for trace in figure.data) for figure in drawn] == [0] * len(drawn)


@pytest.mark.parametrize("value", [Suppressed(), Missing(Reason.UPPGIFT_SAKNAS)])
def test_charts_where_nothing_is_known_show_only_signs(value: Suppressed | Missing) -> None:
    month = Period.month(2024, 1)
    drawn = [
        dots.dot_plot_figure(rows=[replace(cases.DOTS[1], value=value)]),
        trend_figure(points=[TrendPoint(month, value)], rolling=[TrendPoint(Period.year(2023), value)]),
        flow_figure(months=[FlowMonth(month, value, value, value)]),
        forsorjning_figure(categories=[FlowCategory("x", "X", value, value)]),
        small_multiples_figure(multiples=[SmallMultiple("x", "X", (TrendPoint(month, value),))]),
        recruitment_figure(steps=[RecruitmentStep("X", value)]),
    ]
    sign = ".." if isinstance(value, Suppressed) else "–"
    for figure in drawn:
        assert sum(len(trace.x) for trace in figure.data) == 0
        assert any(sign in plain_text(note.text) for note in figure.layout.annotations)
