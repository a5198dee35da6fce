"""Styrelseläge: the period as slides for the styrelse's meeting, full screen and turned by keys."""

from finsam_dash.ui import slides as show
from finsam_dash.ui.cache import load_insatser, load_report
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_known_to

NAME = "Styrelseläge"


def draw(selection: Selection) -> None:
    insatser = [insats for insats in load_insatser(selection.forbund.kod) if insats.is_active(selection.period)]
    slides = show.load_slides(selection, insatser)
    if show.is_shown():
        show.draw_slides(selection, slides)
        show.record_showing(selection)
        return
    report = load_report(selection, today())
    count = "En bild" if len(slides) == 1 else f"{len(slides)} bilder"
    title = f"{count} om {format_period(selection.period)}, en sak i taget"
    draw_head(NAME, title, selection, format_known_to(report.data_to, report.imported))
    show.draw_start(selection, slides, insatser)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
