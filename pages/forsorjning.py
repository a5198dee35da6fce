"""Försörjning: public support per kommun against riket, and what became of those who left."""

from finsam_dash.ui import samverkan as view
from finsam_dash.ui.cache import load_insatser, load_report
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.periods import format_in_period
from finsam_dash.wording.samverkan import format_support_title
from finsam_dash.wording.sentences import format_known_to

NAME = "Försörjning"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "support", "follow_up")
    # A follow-up reaches back to insatser that are no longer active in the period.
    names = {insats.kod: insats.kortnamn or insats.namn for insats in load_insatser(selection.forbund.kod)}
    followed_up = bool(report.follow_up)
    title = format_support_title(report.support, format_in_period(selection.period), followed_up=followed_up)
    draw_head(NAME, title, selection, format_known_to(report.data_to, report.imported))
    view.draw_support(report.support)
    view.draw_follow_up(report.follow_up or (), names)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
