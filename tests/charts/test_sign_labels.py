"""Signs at the baseline: what is lacking says why, what does not apply has its sign alone."""

from __future__ import annotations

from finsam_dash.charts.trend import trend_figure
from finsam_dash.model import Measured, Missing, Period, Reason
from finsam_dash.report.content_parts import TrendPoint


def texts(reason: Reason) -> list[str]:
    points = [TrendPoint(Period.year(2021), Measured(0.3, 3, 10)), TrendPoint(Period.year(2022), Missing(reason))]
    return [str(note.text) for note in trend_figure(points=points).layout.annotations]


def test_a_point_without_anyone_to_count_has_its_sign_and_no_label() -> None:
    shown = texts(Reason.EJ_TILLAMPLIGT)
    assert "<b>.</b>" in shown
    assert not any("tillämpligt" in text for text in shown)


def test_a_point_that_is_missing_says_why() -> None:
    assert "2022:<br>uppgift saknas" in texts(Reason.UPPGIFT_SAKNAS)
