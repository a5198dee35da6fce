"""The styrelse's slides as text: one message each, few rows, and a report of a few insatser has fewer slides."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from published_store import published_store

from finsam_dash.export.document import build_document
from finsam_dash.export.powerpoint.slide_chart import build_slide_chart
from finsam_dash.model import Lage, Measured, Period, Suppressed
from finsam_dash.report.content_comparison import ComparisonDetail
from finsam_dash.report.content_parts import DotRow, GroupDifference
from finsam_dash.report.publication import build_publication
from finsam_dash.wording.insats import name_outcome
from finsam_dash.wording.numbers import format_number_word, format_plain
from finsam_dash.wording.slide_notes import format_definition
from finsam_dash.wording.slides import Slide
from finsam_dash.wording.slides.changes import build_change_slides
from finsam_dash.wording.slides.decisions import build_decision_slides

AS_OF = date(2026, 11, 23)


def slides_of(forbund: str, year: int, *, insatser: tuple[str, ...] | None = None) -> tuple[Slide, ...]:
    publication = build_publication(
        published_store(), forbund, Period.year(year), lage=Lage.INTERN, as_of=AS_OF, insatser=insatser
    )
    return build_document(publication).slides


@pytest.mark.parametrize(("forbund", "year"), [("uppsala-lan", 2014), ("sydnarke", 2014), ("skelleftea", 2015)])
def test_each_slide_has_one_message_and_at_most_seven_rows(forbund: str, year: int) -> None:
    slides = slides_of(forbund, year)
    assert slides
    assert len({slide.key for slide in slides}) == len(slides)
    for slide in slides:
        assert 0 < len(slide.title) <= 90
        assert (slide.dots is not None) + (slide.trend is not None) + (slide.table is not None) <= 1
        assert slide.table is None or (
            1 <= len(slide.table.rows) <= 7 and sum(column.width for column in slide.table.columns) == 1168
        )
        assert all(format_definition(kod) for kod in slide.measures)


def test_a_report_of_one_insats_has_its_own_slides_alone() -> None:
    slides = slides_of("uppsala-lan", 2014, insatser=("sara",))
    assert [slide.key for slide in slides] == ["mal-utfall-1", "insats-sara"]
    title = slides[-1].title.replace("\u00a0", " ")
    assert title == "SARA nådde målet 35 procent med två personers marginal, men det kan vara slump"


def test_the_point_of_a_surely_missed_goal_says_look_here_on_the_slide_as_on_the_page() -> None:
    publication = build_publication(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=AS_OF
    )  # fmt: skip
    slides = {slide.key: slide for slide in build_document(publication).slides}
    marked = {}
    for one in publication.insatser:
        assert one.insats is not None
        slide = slides.get(f"insats-{one.insats.insats.kod}")
        if slide is None or slide.dots is None:
            continue
        on_page = [row.value for row in name_outcome(one.insats) if row.look_here]
        assert [row.value for row in slide.dots.rows if row.look_here] == on_page
        marked[one.insats.insats.kod] = bool(on_page)
    assert [kod for kod, is_marked in marked.items() if is_marked] == ["stig-2"]
    assert len(marked) > 5
    chart = build_slide_chart(slides["insats-stig-2"])
    assert chart is not None
    assert "Orange: säkert på fel sida om målet." in chart.note
    assert "Utfall, titta här" in [series.name for series in chart.chart.series]


def test_a_count_is_defined_by_what_is_counted() -> None:
    assert format_definition("nya").startswith("Nya. ")
    assert " Räknas så: Nya. Källa: " in format_definition("nya")
    assert format_definition("finns_inte") == ""


def test_what_is_not_in_a_number_is_said_beside_it() -> None:
    slides = {slide.key: slide for slide in slides_of("uppsala-lan", 2014)}
    for share, what in slides["forbundet"].numbers:
        assert "%" not in share or re.search(r"\(\d+ av \d+\)", what)
    named = [row[0].text for row in slides["beslut-1"].table.rows]
    assert named == sorted(named, key=named.index)
    assert slides["beslut-1"].title.startswith(f"{format_number_word(len(set(named))).capitalize()} insatser")


def test_a_number_of_one_insats_is_no_number_of_the_forbund() -> None:
    """Of Uppsala's fourteen insatser only 3.4.4 tells its 65 new: they gave way to what holds for all."""
    slides = {slide.key: slide for slide in slides_of("uppsala-lan", 2014)}
    assert [format_plain(what) for _, what in slides["forbundet"].numbers] == [
        "deltagare", "utan personuppgifter", "avslutade", "till arbete eller studier",
    ]  # fmt: skip


def test_insatser_without_an_outcome_stand_in_one_list() -> None:
    """Sydnärke has told nothing of 2016: no slide of its own for any of ten insatser, and none with only a dash."""
    slides = slides_of("sydnarke", 2016)
    lists = [slide for slide in slides if slide.key.startswith("insats-")]
    assert [slide.key for slide in lists] == ["insats-utan-1", "insats-utan-2"]
    named = [row[0].text for slide in lists for row in slide.table.rows]
    assert len(named) == len(set(named)) == 10
    assert lists[0].title == "Sju insatser har inte redovisat något utfall och tre mäts inte på det (1 av 2)"
    assert not [slide for slide in slides if slide.hero is not None and slide.hero.number in ("–", ".")]
    first = slides[0]
    assert first.title == "Uppgift saknas om hur många som gick till arbete eller studier 2016"
    assert (
        first.lines[1]
        == "Sju insatser ska redovisa hur många som gick till arbete eller studier. Ingen uppgift är inläst."
    )


def test_an_insats_whose_outcome_stands_on_a_slide_is_not_counted_as_silent() -> None:
    """Grön Rehab's 22 and Athena's 46 percent are of other years than 2014, and Hikikomori's goals of another kind."""
    slides = slides_of("uppsala-lan", 2014)
    decisions, last = next(slide for slide in slides if slide.key == "beslut-1"), slides[-1]
    assert "22 %" in [row[2].text.replace("\u00a0", " ") for row in decisions.table.rows]
    assert decisions.note == "Inget utfall redovisat: ENTER, Samordnad insats, 3.4.4 och Romane Buca."
    assert last.title == "Fyra insatser har inte redovisat något utfall och en mäts inte på det"


def test_an_insats_that_is_followed_up_by_other_goals_has_them_in_a_table() -> None:
    slide = next(slide for slide in slides_of("uppsala-lan", 2014) if slide.key == "insats-hikikomori")
    assert slide.title == "Hikikomori: tre av tre mål nåddes i siffror"
    assert [row[1].text.replace("\u00a0", " ") for row in slide.table.rows] == ["100 %", "95 %", "77 %"]
    assert slide.table.large


def pair(key: str, now: tuple[float, float], before: tuple[float, float], sakerhet: str) -> GroupDifference:
    rows = [
        DotRow(key, "alla", Measured(top / of, top, of), Period.year(year))
        for year, (top, of) in ((2025, now), (2024, before))
    ]
    return GroupDifference(key, rows[0], rows[1], rows[0].value.value - rows[1].value.value, None, None, sakerhet)


def test_each_insats_is_held_against_its_own_year_before() -> None:
    """8 of 73 against 29 of 87 is 11 % against 33 %: 22 points down; one with too few is named and not judged."""
    pairs = (
        pair("ratt", (8, 73), (29, 87), "skiljer"),
        pair("vagen", (30, 94), (37, 103), "kan_vara_slump"),
        pair("gles", (1, 3), (1, 3), "for_fa"),
    )
    report = build_publication(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=AS_OF
    ).report
    shown = replace(report, riket=None, overview=None, comparison_detail=(ComparisonDetail(None, (), (), (), pairs),))
    (slide,) = build_change_slides(shown, {"ratt": "Rätt spår", "vagen": "Vägen", "gles": "Gläntan"})
    assert slide.title == "Mot året före: i ratt är skillnaden större än slumpen förklarar"
    cells = [tuple(cell.text.replace("\u00a0", " ") for cell in row) for row in slide.table.rows]
    assert cells == [
        ("Rätt spår", "33 %", "29 av 87", "11 %", "8 av 73", "\u221222", "större än slump"),
        ("Vägen", "36 %", "37 av 103", "32 %", "30 av 94", "\u22124", "kan vara slump"),
    ]
    assert format_plain(slide.note) == (
        "Andel av de avslutade till arbete eller studier. Två jämförelser: även om inget skiljer är risken 10 % att "
        "minst en av dem ser ut att göra det. För få för en bedömning: Gläntan."
    )


def test_an_insats_that_is_hidden_is_named_beside_the_differences_that_are_shown() -> None:
    """None of five must not be read as none of the seven: the hidden one may be the one that differs."""
    report = build_publication(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=AS_OF
    ).report
    hidden = pair("ratt", (8, 73), (29, 87), "")
    hidden = replace(hidden, first=replace(hidden.first, value=Suppressed()), difference=None)
    pairs = (hidden, pair("vagen", (30, 94), (37, 103), "kan_vara_slump"))
    shown = replace(report, riket=None, overview=None, comparison_detail=(ComparisonDetail(None, (), (), (), pairs),))
    (slide,) = build_change_slides(shown, {"ratt": "Rätt spår", "vagen": "Vägen"})
    assert [row[0].text for row in slide.table.rows] == ["Vägen"]
    assert slide.note.endswith(" Rätt spår visas inte: för få personer.")


def test_no_insats_is_said_to_need_no_decision_when_its_goal_is_hidden() -> None:
    """In publicering a goal that is surely missed may be hidden, and the styrelse sees publicering first."""
    report = build_publication(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=AS_OF
    ).report
    sara = next(row for row in report.targets or () if row.target.insats == "sara")
    silent = tuple(item for item in report.overview.missing if item.insats == "enter")
    shown = replace(report, insatser=(), overview=replace(report.overview, missing=silent))
    names = {"sara": "SARA", "enter": "ENTER"}
    (slide,) = build_decision_slides(replace(shown, targets=(replace(sara, verdict=None, value=Suppressed()),)), names)
    assert slide.title == "Ingen insats som visas kräver beslut, men alla har inte redovisat utfall"
    assert slide.lines == ("Inget utfall redovisat: ENTER.", "Hur det gick mot målen visas inte för SARA.")
    (slide,) = build_decision_slides(replace(shown, targets=(sara,)), names)
    assert slide.title == "Ingen insats kräver beslut, men alla har inte redovisat utfall"
    assert slide.lines == ("Inget utfall redovisat: ENTER.",)


def test_a_difference_that_its_two_shares_do_not_show_is_explained() -> None:
    """11 of 36 is 30,6 and 9 of 32 is 28,1: 31 and 28 on the slide, 2,4 apart."""
    report = build_publication(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=AS_OF
    ).report
    pairs = (pair("vardag", (11, 36), (9, 32), "kan_vara_slump"),)
    shown = replace(report, riket=None, overview=None, comparison_detail=(ComparisonDetail(None, (), (), (), pairs),))
    (slide,) = build_change_slides(shown, {"vardag": "Vardagskraft"})
    assert [cell.text for cell in slide.table.rows[0]][5] == "+2"
    assert format_plain(slide.note) == (
        "Andel av de avslutade till arbete eller studier. Skillnaden räknas före avrundning. "
        "En jämförelse: även om inget skiljer är risken 5 % att det ser ut så."
    )


def test_a_date_in_the_foot_is_not_broken() -> None:
    for slide in slides_of("uppsala-lan", 2014):
        assert not re.search(r"\d-\d", slide.source)
        assert re.search(r"Uttag: \d{4}\u2011\d\d\u2011\d\d\.", slide.source)
