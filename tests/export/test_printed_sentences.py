"""Sentences of the printed report of 2014, read as a stranger reads them: whole, and with nothing else to go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from printed import AS_OF, document, plain, publication
from published_store import published_store

from finsam_dash.charts.text_width import text_width
from finsam_dash.export.document import Document, build_document
from finsam_dash.export.document.blocks import Block, ChartBlock, KeyNumbers, Paragraph, TableBlock
from finsam_dash.export.document.insats_charts import build_insats_charts
from finsam_dash.export.document.insatser import build_insatser
from finsam_dash.export.document.participants import build_participants
from finsam_dash.export.document.samverkan import build_samverkan
from finsam_dash.export.native import BarChart, build_trend_chart
from finsam_dash.model import Enkat, IndicatorRow, Lage, Measured, Missing, Period, Reason, Suppressed
from finsam_dash.report.content_insats import FlowMonth, Trend
from finsam_dash.report.content_parts import DeliveryInfo, TrendPoint
from finsam_dash.report.content_samverkan import EnkatResult, LotsRow
from finsam_dash.report.publication import build_publication
from finsam_dash.wording.comparison import name_rows
from finsam_dash.wording.document import format_flow_marks, format_trend_marks
from finsam_dash.wording.insats import format_trend_heading, format_trend_note

SOURCE = "Källa: Årsredovisning 2014, Samordningsförbundet Uppsala län."


def find_table(title: str) -> TableBlock:
    return next(table for table in document().tables() if plain(table.title) == title)


def find_chart(key: str) -> ChartBlock:
    return next(chart for chart in document().charts() if chart.key == key)


def hide(rows: tuple[IndicatorRow, ...], *indicators: str) -> tuple[IndicatorRow, ...]:
    return tuple(replace(row, value=Suppressed()) if row.indikator in indicators else row for row in rows)


def blocks_of(kod: str, *hidden: str) -> Iterator[Block]:
    """What is printed of one insats of 2014 when some of its facts are hidden."""
    whole = publication()
    own = []
    for report in whole.insatser:
        if report.insats is not None and report.insats.insats.kod == kod:
            own.append(replace(report, insats=replace(report.insats, facts=hide(report.insats.facts, *hidden))))
    return build_insatser(replace(whole, insatser=tuple(own)))


def test_a_hidden_number_that_ends_a_sentence_is_not_an_ellipsis() -> None:
    """ "nya ..." reads as a text cut short, and the pdf makes one sign of them."""
    for hidden, count in (
        (("nya",), "Deltagare 89, deltaganden 89, nya .."),
        ((), "Deltagare 89, deltaganden 89, nya 65."),
    ):
        table = next(one for one in blocks_of("3-4-4", *hidden) if isinstance(one, TableBlock) and len(one.rows) > 5)
        assert [plain(row[1].text) for row in table.rows if row[0].text == "Antal"] == [count]


@pytest.mark.parametrize("lage", list(Lage))
def test_nothing_printed_ends_in_three_points(lage: Lage) -> None:
    texts = [cell.text for table in document(lage).tables() for row in table.rows for cell in row]
    texts += [block.text for block in document(lage).blocks if isinstance(block, Paragraph)]
    assert [text for text in texts if "..." in text] == []


def test_deltagare_are_what_is_never_added() -> None:
    """Avslutade of the insatser are added, in the table above: only unique persons cannot be."""
    notes = [plain(note) for note in find_table("Insatserna 2014").notes]
    assert "Deltagare läggs aldrig ihop över insatser: samma person kan finnas i flera." in notes


def test_a_note_speaks_only_of_columns_that_are_there() -> None:
    table = find_table("Så räknas måtten")
    assert table.header == ("Mått", "Vad det är", "Så räknas det")
    assert [plain(note) for note in table.notes] == [
        "Andelar räknas på antal och aldrig som medelvärden av andelar. Intervallet är 95 % enligt Wilson. Varje "
        "insats räknas för sig: en summa över insatser är deltaganden, inte personer."
    ]


@pytest.mark.parametrize(
    ("key", "note"),
    [
        # Asked a year after the exit, of those who could be reached: no line of riket, and not the goal's denominator.
        ("gron-rehab-utfall", "Ring: andel utan antal. 1) Annan nämnare."),
        ("athena-utfall", "Ring: andel utan antal. Kort streck: eget mål med samma nämnare."),
        (
            "tierpsmodellen-utfall",
            "Ring: andel utan antal. Kort streck: eget mål med samma nämnare. Streckad linje: riket.",
        ),
    ],
)
def test_the_marks_that_are_named_are_those_that_are_drawn(key: str, note: str) -> None:
    chart = find_chart(key)
    assert plain(chart.note) == note
    assert ("Riket 34 %" in plain(chart.alt)) == ("Streckad linje" in note)


def test_a_goal_of_other_persons_has_no_line_in_any_chart() -> None:
    """Its table says "annan nämnare än målets", so no chart may say "eget mål med samma nämnare"."""
    table = find_table("Förberedelse för fortsatt rehabilitering: insatserna i siffror")
    row = next(row for row in table.rows if row[0].text == "Grön Rehab")
    assert [plain(cell.text) for cell in row] == [
        "Grön Rehab", "sep 2011–nov 2013", "ett år efter avslut", "22 %", "antal saknas", "antal saknas",
        "annan nämnare",
    ]  # fmt: skip
    assert plain(find_chart("gron-rehab-utfall").title) == (
        "Grön Rehab: 22 procent hade nått utfallet ett år efter avslut sep 2011–nov 2013"
    )


@pytest.mark.parametrize(
    ("key", "period"),
    [
        ("sara-utfall", "1 dec 2013–31 dec 2014"),
        ("jobbstudion-utfall", "1 dec 2011–30 juni 2014"),
        ("gron-rehab-vagen-in", "1 sep 2011–31 jan 2015"),
    ],
)
def test_a_chart_of_one_insats_says_its_own_period(key: str, period: str) -> None:
    assert plain(find_chart(key).source) == f"{SOURCE} Period: {period}. Läge: intern. Uttag: 2015-03-19."


def test_charts_of_several_insatser_say_that_periods_differ() -> None:
    chart = next(chart for chart in document().charts() if chart.key.startswith("insatser-atergang"))
    assert "Period: 1 jan–31 dec 2014 eller radens egen. Läge: intern." in plain(chart.source)


def test_the_year_in_which_they_left_is_not_a_number_of_persons() -> None:
    table = next(table for table in document().tables() if table.key == "gron-rehab-uppfoljning")
    assert table.header[:3] == ("När", "Slutade under", "Att följa upp")


def test_a_breakdown_without_its_total_says_so() -> None:
    assert plain(find_table("SARA: deltagare efter födelseland").notes[0]) == (
        "Hur många deltagare det var dec 2009–dec 2014 är inte redovisat. Klasserna kan överlappa."
    )


def test_an_outcome_says_what_it_counts() -> None:
    """716 läkarintyg are not 716 persons."""
    rows = find_table("Impuls: insatsredovisning").rows
    assert [plain(row[1].text) for row in rows if row[0].text == "Utfall projektet"] == [
        "Identifierade läkarintyg: 716. Målet har inget tal att nå, så om det är nått kan inte räknas."
    ]


def test_the_report_of_a_year_does_not_speak_of_the_next() -> None:
    assert plain(document().lead) == (
        "Samordningsförbundet Uppsala län. Uppgifter t.o.m. 31 december 2014, uttagna 25 november 2016. Läge: intern."
    )


def test_what_the_insatser_cost_has_a_source_and_so_has_the_table_after_it() -> None:
    notes = [plain(note) for note in find_table("Förbundets kostnad").notes]
    assert len(notes) == 2
    assert notes[1] == (
        "Källa: Årsredovisning 2014 och Verksamhetsplan 2017, Samordningsförbundet Uppsala län. "
        "Period: 1 jan–31 dec 2014 eller radens egen. Läge: intern. Uttag: 2016-11-25."
    )


def test_what_the_forbund_counts_itself_has_a_source_and_a_time() -> None:
    whole = publication()
    enkat = Enkat("e", "Deltagarenkät", "Har det hjälpt?", Period.parse("2014-10"), "deltagare", (0, 0, 0, 9, 0), 4, 12)
    told = EnkatResult(
        enkat, 5, Measured(9), Measured(0.75, 9, 12), Measured(1.0, 9, 9), Measured(4.0), Missing(Reason.EJ_TILLAMPLIGT)
    )
    lots = LotsRow("norr", "Samordnare Norr", Measured(9), Measured(5), Measured(2), Measured(2))
    assert whole.report.samverkan is not None
    samverkan = replace(whole.report.samverkan, items=(), lots=(lots,), enkater=(told,))
    found = build_samverkan(replace(whole, report=replace(whole.report, samverkan=samverkan)))
    tables = [block for block in found if isinstance(block, TableBlock)]
    assert [(plain(table.title), table.notes) for table in tables] == [
        ("Lotsärenden per lokusgrupp 2014", ("Källa: Egna uppgifter.",)), ("Enkäter", ("Källa: Egna uppgifter.",)),
    ]  # fmt: skip
    assert [plain(cell.text) for cell in tables[1].rows[0]] == [
        "Deltagarenkät, oktober 2014", "Har det hjälpt?", "9 av 12 (75 %)", "9 av 9 (100 %)", "4,0 på skalan 1–5",
    ]  # fmt: skip


def test_the_line_under_a_chart_over_time_names_the_signs_in_its_gaps() -> None:
    month, nobody = Period.parse("2025-01"), Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll")
    points = (TrendPoint(month, Measured(0.3, 3, 10)), TrendPoint(Period.parse("2025-02"), nobody))
    assert plain(format_trend_note(Trend(points))) == ". ej tillämpligt."
    gap = TrendPoint(Period.parse("2025-03"), Missing(Reason.UPPGIFT_SAKNAS))
    assert plain(format_trend_note(Trend((*points, gap)))) == "– uppgift saknas. . ej tillämpligt."
    assert format_trend_note(Trend(points[:1])) == ""


def test_a_chart_over_time_of_which_all_is_hidden_says_so() -> None:
    points = tuple(TrendPoint(Period.parse(f"{year}-H1"), Suppressed()) for year in (2024, 2025))
    over_time = "Andel till arbete eller studier över tid"
    assert format_trend_heading(Trend(points), Period.year(2025))[0] == f"{over_time} visas inte: för få personer"
    some = (TrendPoint(Period.year(2023), Measured(0.3, 9, 30)), *points)
    assert format_trend_heading(Trend(some), Period.year(2025))[0] == over_time


def test_a_share_of_the_contribution_says_that_it_is_one() -> None:
    numbers = next(
        block for block in document().blocks if isinstance(block, KeyNumbers) and "kr" in block.numbers[0][0]
    )
    assert [what for _, what in numbers.numbers] == [
        "Bidrag från medlemmarna", "Insatser, andel av bidraget", "Administration, andel av bidraget",
        "Styrelse, andel av bidraget",
    ]  # fmt: skip


def test_the_goals_of_the_lead_add_up() -> None:
    """2 surely reached, 2 surely missed, 4 undecided, 12 + 10 without: 30. And 30 + 54 are the plan's 84."""
    leads = [plain(block.text) for block in document().blocks if isinstance(block, Paragraph)]
    assert (
        "2 mål missades säkert, 4 kan inte avgöras: för få personer för att skilja utfallet från målet. Det är det "
        "vanliga och inget underbetyg. Osäkerhet räknas inte för 12 mål om till exempel antal eller belopp och 10 mål "
        "där antalet bakom andelen saknas. Av 84 mål kan 54 inte bedömas: 9 pågår, 10 saknar uppgift, 27 följs upp i "
        "ord och 8 kan inte jämföras."
    ) in leads


def test_a_comparison_of_which_all_is_hidden_says_why_nothing_is_drawn() -> None:
    whole = publication()
    hidden = tuple(
        replace(one, rows=tuple(replace(row, value=Suppressed()) for row in one.rows), lines=())
        for one in whole.report.comparison or ()
    )
    blocks = build_participants(replace(whole, report=replace(whole.report, comparison=hidden)), {})
    undrawn = [plain(block.title) for block in blocks if isinstance(block, ChartBlock) and block.native is None]
    why = "andel till arbete eller studier per insats visas inte: för få personer"
    assert undrawn == [
        f"Återgång till arbetsmarknaden: {why}",
        f"Förberedelse för fortsatt rehabilitering: {why}",
        f"ESF-projekt: {why}",
    ]


@cache
def plan_document(forbund: str, year: int) -> Document:
    """A year for which there is a plan, and no figures yet."""
    return build_document(
        build_publication(published_store(), forbund, Period.year(year), lage=Lage.INTERN, as_of=AS_OF)
    )


def paragraphs_of(printed: Document) -> list[str]:
    return [plain(block.text) for block in printed.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("year", [2015, 2017])
def test_a_goal_that_outlives_its_insats_names_it(year: int) -> None:
    """Stig 2 ended in 2014 and is to be followed up in 2015: its code is nobody's name."""
    goals = [table for table in plan_document("uppsala-lan", year).tables() if table.header[0] == "Insats"]
    named = {row[0].text for table in goals for row in table.rows}
    assert named & {"stig-2", "samordnad-alvkarleby"} == set()
    assert ("Stig 2" if year == 2015 else "Samordnad insats") in named


def test_a_plan_without_deliveries_is_its_own_source() -> None:
    printed = plan_document("ange", 2022)
    assert plain(printed.source) == (
        "Källa: Verksamhetsplan 2022, Samordningsförbundet Ånge. Period: 1 jan–31 dec 2022. Läge: intern. "
        "Uttagsdatum okänt."
    )
    assert plain(printed.lead) == "Samordningsförbundet Ånge. Inga uppgifter om deltagare inlästa. Läge: intern."


def test_nothing_is_promised_that_does_not_stand_further_on() -> None:
    assert "Utan uppgifter för just 2022: Ångemodellen." in paragraphs_of(plan_document("ange", 2022))
    notes = [plain(note) for note in find_table("Insatserna 2014").notes]
    assert notes[0] == (
        "Utan uppgifter för just 2014: SARA, United Action, Tierpsmodellen, Stig 2, Jobbstudion, ENTER, Växthuset II, "
        "Samordnad insats, ISAmverkan, Hikikomori, Grön Rehab, Impuls, Romane Buca och Athena. "
        "De redovisas med sina egna perioder nedan."
    )


def test_an_insats_that_is_not_asked_has_not_failed_to_answer() -> None:
    """KUR and Praktikmatchen are counted as volumes: "mäts inte på hur många som går till arbete eller studier"."""
    said = paragraphs_of(plan_document("skelleftea", 2014))
    assert [text for text in said if "ingen av insatserna har redovisat" in text] == [
        "Återgång till arbetsmarknaden: ingen av insatserna har redovisat hur många som gick till arbete eller studier "
        "(Arbetsm.torget och Hälsans Trädgård).",
        "ESF-projekt: ingen av insatserna har redovisat hur många som gick till arbete eller studier "
        "(Utsikten 2.0, Unga in och TExAS).",
    ]


def late_points(months: int, late: int) -> tuple[TrendPoint, ...]:
    """Months of 2025, the last `late` of them preliminary."""
    return tuple(
        TrendPoint(Period.parse(f"2025-{month:02}"), Measured(1 / 3, 1, 3), month > months - late)
        for month in range(1, months + 1)
    )


def test_a_native_chart_over_time_dots_what_is_preliminary_and_says_so() -> None:
    """Word's chart drew the last months as if they were final; where nothing is preliminary nothing is said of dots."""
    rolling = late_points(12, 3)
    chart = build_trend_chart(rolling, rolling)
    assert chart is not None
    lines = {series.name: series for series in chart.series if series.name.startswith("Rullande")}
    assert {name: (len(line.points), line.dash) for name, line in lines.items()} == {
        "Rullande 12 månader": (9, "solid"), "Rullande 12 månader, preliminärt": (4, "sysDot"),
    }  # fmt: skip
    assert lines["Rullande 12 månader, preliminärt"].points[0] == lines["Rullande 12 månader"].points[-1]
    plainly = "Tjock linje: rullande 12 månader. Tunna linjer: 95 %-intervall. Grå punkter: enskilda månader."
    assert plain(format_trend_marks(Trend(rolling, rolling))) == (
        f"{plainly} Prickat: preliminärt, kan ändras när sena registreringar kommer in."
    )
    settled = late_points(12, 0)
    assert plain(format_trend_marks(Trend(settled, settled))) == plainly


def test_a_native_chart_over_time_is_broken_where_the_share_is_not_known() -> None:
    points = list(late_points(5, 0))
    points[2] = TrendPoint(points[2].period, Missing(Reason.UPPGIFT_SAKNAS))
    chart = build_trend_chart(points)
    assert chart is not None
    assert [len(series.points) for series in chart.series if series.name == "Utfall"] == [2, 2]


def test_stripes_are_named_only_where_a_preliminary_month_has_a_bar() -> None:
    """Navet has delivered nothing since July: its last months are preliminary, and nothing of them is drawn."""
    month, nothing = Period.parse("2025-12"), Missing(Reason.UPPGIFT_SAKNAS)
    assert not format_flow_marks([FlowMonth(month, nothing, nothing, nothing, True)]).count("Randigt")
    assert format_flow_marks([FlowMonth(month, nothing, Measured(2), nothing, True)]).count("Randigt") == 1


def test_a_footnote_stands_under_no_chart_of_word_that_lacks_its_mark() -> None:
    """1) is written in the column of targets, which the chart that Word draws does not have."""
    charts = [chart for chart in document().charts() if "1)" in chart.note]
    assert [chart.key for chart in charts][:2] == [
        "insatser-atergang-till-arbetsmarknaden",
        "insatser-forberedelse-for-fortsatt-rehabilitering",
    ]
    assert all(chart.native_note and "1)" not in chart.native_note for chart in charts)


def test_a_colour_is_named_only_where_the_chart_has_it() -> None:
    """Office draws every step of the way in with one colour; the printed chart marks the last."""
    chart = find_chart("gron-rehab-vagen-in")
    assert chart.note == "Stapel: antal personer i steget. Färg: sista steget."
    assert chart.native_note == "Stapel: antal personer i steget."
    assert isinstance(chart.native, BarChart)
    assert len({bars.colour for bars in chart.native.bars}) == 1


def test_months_of_one_and_the_same_count_are_no_span() -> None:
    months = late_points(12, 0)
    below = format_trend_heading(Trend(months, months), Period.year(2025))[1]
    assert "Grå punkter: enskilda månader (3 avslutade i varje)." in below
    alone = tuple(replace(point, value=Measured(1.0, 1, 1)) for point in months)
    below = format_trend_heading(Trend(alone, alone), Period.year(2025))[1]
    assert "Grå punkter: enskilda månader (1 avslutad i varje)." in below


def test_rows_measured_later_stand_beside_the_line_only_where_there_is_one() -> None:
    """Grön Rehab is measured a year after; a förbund without riket has no line that its rows could be compared with."""
    one = next(one for one in publication().report.comparison if any(row.key == "gron-rehab" for row in one.rows))
    rows = tuple(row for row in one.rows if row.key == "gron-rehab")
    riket = next(line for line in one.lines if line.line.value is not None)
    unknown = replace(riket, line=replace(riket.line, value=None))
    assert [name_rows(rows, line)[0].group for line in (riket, unknown, None)] == [
        "Vid senare uppföljning, jämförs inte med linjen", "Vid senare uppföljning", "Vid senare uppföljning",
    ]  # fmt: skip


def test_a_goal_of_a_hundred_per_cent_stands_on_one_line() -> None:
    """ "minst 100" stood over a lone "%" in Word: the width of the text, and 5 points between columns, of 160 mm."""
    table = next(table for table in document().tables() if table.key.startswith("mal-") and "Målvärde" in table.header)
    column = table.header.index("Målvärde")
    shares = [row[column].text for one in document().tables() if one.header == table.header for row in one.rows]
    assert "minst 100\u00a0%" in [text.replace("minst\u00a0", "minst ") for text in shares]
    assert text_width("minst 100\u00a0%", 9) <= 160 / 25.4 * 72 * table.widths[column] - 5


def test_a_chart_over_years_names_every_delivery_behind_it() -> None:
    """Five years of months stood over "14 leveranser", which were those of the last year alone."""
    report = publication().insatser[0]
    assert report.insats is not None
    deliveries = tuple(DeliveryInfo(number, f"Leverans {number}", AS_OF) for number in range(1, 7))
    points = late_points(12, 0)
    section = replace(report.insats, deliveries=deliveries[:5], trend=Trend(points), flow=None)
    charts = build_insats_charts(replace(report, deliveries=deliveries), section, lambda period: "bara årets")
    over_time = next(chart for chart in charts if isinstance(chart, ChartBlock))
    assert over_time.source.startswith("Källa: 5 leveranser, senast Leverans 5, ")
