"""The heading of what can be decided, and follow-ups of very few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_dash.model import Measured, Period
from finsam_dash.report.content_economy import Economy
from finsam_dash.wording.economy import format_room_heading
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.samverkan import format_follow_up_share

ECONOMY = Economy(Period.year(2025), None, (), None, (), (), (), None, (), (), ())


def test_a_year_that_is_over_asks_no_question() -> None:
    assert format_room_heading(ECONOMY, date(2025, 12, 31)) == "Vad kan vi fortfarande besluta om?"
    assert format_room_heading(ECONOMY, date(2026, 1, 1)) == "Beslutsutrymmet för 2025"
    ahead = replace(ECONOMY, year=Period.year(2027))
    assert format_room_heading(ahead, date(2026, 1, 1)) == "Vad kan vi fortfarande besluta om?"


def test_fewer_than_ten_are_counted_and_never_a_percentage() -> None:
    assert format_plain(format_follow_up_share(Measured(3 / 9, 3, 9))) == "3 av 9"
    assert format_plain(format_follow_up_share(Measured(0.4, 4, 10))) == "4 av 10 (40 %)"
    assert format_plain(format_follow_up_share(Measured(0.31))) == "31 %"
