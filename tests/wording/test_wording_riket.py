"""The förbund against riket, in words."""

from __future__ import annotations

from dataclasses import replace

from finsam_dash.judgement.verdict import Sakerhet
from finsam_dash.model import ComparisonValue, Gender, Measured, Missing, Period, Reason
from finsam_dash.report.content import RiketSection, RiketYear
from finsam_dash.report.content_parts import TrendPoint
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.riket import format_gap, format_other_row, format_riket_title, list_events


def riket(year: int, share: float) -> ComparisonValue:
    return ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", Period.year(year), share, "Rapport")


def year(number: int, own: float | None, *values: float) -> RiketYear:
    value = Missing(Reason.UPPGIFT_SAKNAS, f"lucka:{number}") if own is None else Measured(own)
    return RiketYear(Period.year(number), value, value, value, tuple(riket(number, share) for share in values))


SECTION = RiketSection((year(2014, 0.32, 0.34), year(2015, 0.31, 0.33, 0.34), year(2016, None)), (), (), ())


def test_the_title_is_about_the_year_asked_else_the_latest_with_both() -> None:
    assert format_plain(format_riket_title(SECTION, Period.year(2014))) == "2014 hade förbundet 32 % och riket 34 %"
    assert format_plain(format_riket_title(SECTION, Period.year(2016))) == (
        "2015 hade förbundet 31 % och riket 33 % och 34 % (källorna går isär)"
    )


def test_the_title_says_whether_the_difference_may_be_chance() -> None:
    unsure = replace(SECTION.years[0], sakerhet=Sakerhet.EJ_AVGORBART)
    title = format_riket_title(replace(SECTION, years=(unsure,)), Period.year(2014))
    assert format_plain(title) == "2014 hade förbundet 32 % och riket 34 %: skillnaden kan vara slump"


def test_a_year_that_is_not_drawn_is_said() -> None:
    assert format_gap(SECTION, Period.year(2014), {}) == ""
    assert format_plain(format_gap(SECTION, Period.year(2016), {})) == (
        "2016 är inte med i diagrammet: uppgift saknas: inget inlämnat för 2016."
    )


def test_the_forbund_itself_is_no_other_forbund() -> None:
    value = ComparisonValue("a", Gender.ALLA, "forbund", "Förbundet A", Period.year(2015), 0.31, "Rapport")
    assert format_other_row(value, "Andel", "Förbundet A")[1] == "Förbundet självt: Förbundet A"
    assert format_other_row(value, "Andel", "Förbundet B")[1] == "Annat förbund: Förbundet A"


def test_the_end_of_sus_is_noted_only_in_a_chart_that_reaches_it() -> None:
    def events(*years: int) -> list[str]:
        points = tuple(TrendPoint(Period.year(number), Measured(0.3)) for number in years)
        return [event.text for event in list_events(RiketSection((), points[:1], points[1:], ()))]

    assert events(2021, 2025) == ["SUS upphörde. Efter det finns inget riksvärde."]
    assert events(2014, 2015) == []
