"""What may be said of a series: the method by how many points there are, and the words for it."""

import pytest

from finsam_dash.judgement.over_time import SeriesReading, read_series
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.over_time import format_reading


@pytest.mark.parametrize(
    ("ks", "ns", "months", "expected"),
    [
        ([8, 9] * 10, [20] * 20, 1, SeriesReading("p_diagram", 20, 1, 0)),
        ([8, 9] * 9 + [8, 19], [20] * 20, 1, SeriesReading("p_diagram", 20, 1, 1)),
        ([1, 2] * 30, [4] * 60, 1, SeriesReading("p_diagram", 20, 3, 0)),
        ([8, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8], [20] * 11, 1, SeriesReading("lopdiagram", 11, 1, 0)),
        ([4, 5, 4, 5, 4, 5, 13, 12, 14, 12, 13, 15], [20] * 12, 1, SeriesReading("lopdiagram", 12, 1, 1)),
        ([8, 9, 8, 9], [20] * 4, 1, SeriesReading("for_fa", 4, 1, 0)),
        ([5, 9, 13, 17, 21], [40] * 5, 6, SeriesReading("trend", 5, 6, 1)),
        ([12, 11, 12, 13, 12], [40] * 5, 12, SeriesReading("trend", 5, 12, 0)),
        ([12, 11, 12, 13], [40] * 4, 12, SeriesReading("for_fa", 4, 12, 0)),
        ([1, 0, 0] * 8, [2] * 24, 1, SeriesReading("for_fa", 8, 3, 0)),
        ([], [], 1, SeriesReading("for_fa", 0, 1, 0)),
    ],
)
def test_the_reading_follows_the_number_of_points(ks, ns, months, expected):
    assert read_series(ks, ns, months) == expected


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (SeriesReading("for_fa", 4, 12), "För få mätpunkter för att säga något om utvecklingen: 4 år, minst 5 behövs."),
        (
            SeriesReading("p_diagram", 20, 3, 0),
            "Det senaste kvartalet skiljer sig inte mer än slumpen brukar ge (p-diagram, 20 kvartal).",
        ),
        (
            SeriesReading("p_diagram", 14, 1, -1),
            "Den senaste månaden är lägre än slumpen brukar ge (p-diagram, 14 månader).",
        ),
        (SeriesReading("lopdiagram", 11, 1, 0), "Inget tecken på förskjutning (löpdiagram, 11 månader)."),
        (
            SeriesReading("lopdiagram", 11, 3, 1),
            "Nivån har förskjutits under tiden, mer än slumpen brukar ge (löpdiagram, 11 kvartal).",
        ),
        (SeriesReading("trend", 10, 6, 1), "Andelen har ökat över 10 halvår, mer än slumpen förklarar."),
        (SeriesReading("trend", 10, 6, 0), "Ingen säker ökning eller minskning över 10 halvår."),
    ],
)
def test_the_words(reading, text):
    assert format_plain(format_reading(reading)) == text
