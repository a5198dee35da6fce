"""The styrelse's slides as text: one message each, few rows, and a report of a few insatser has fewer slides."""

from __future__ import annotations

import re
from datetime import date

import pytest
from published_store import published_store

from finsam_dash.export.document import build_document
from finsam_dash.model import Lage, Period
from finsam_dash.report.publication import build_publication
from finsam_dash.wording.numbers import format_number_word
from finsam_dash.wording.slide_notes import format_definition
from finsam_dash.wording.slides import Slide

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


def test_a_date_in_the_foot_is_not_broken() -> None:
    for slide in slides_of("uppsala-lan", 2014):
        assert not re.search(r"\d-\d", slide.source)
        assert re.search(r"Uttag: \d{4}\u2011\d\d\u2011\d\d\.", slide.source)
