"""Jämförelse: insatser of the same purpose side by side, against one line; never ranked."""

from urllib.parse import urlencode

from finsam_dash.ui import comparison as parts
from finsam_dash.ui.cache import load_report
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording import comparison as words
from finsam_dash.wording.protection import format_protection
from finsam_dash.wording.sentences import format_known_to

NAME = "Jämförelse"


def draw(selection: Selection) -> None:
    tab = parts.open_tab()
    report = load_report(selection, today(), *parts.SECTIONS[tab])
    status = format_known_to(report.data_to, report.imported)
    view = parts.choose_view(report, selection)
    if view is None:
        draw_head(NAME, "Ingen insats pågår under perioden", selection, status)
        action = ("Till Läs in", f"las-in?{urlencode(selection.to_query())}")
        why = "Välj en annan period, eller lägg till insatser på sidan Läs in."
        draw_empty("Här finns inget att jämföra", why, action=action)
        return
    draw_head(
        NAME,
        words.format_finding(view.comparison, view.line, tab=tab),
        selection,
        status,
        protection=format_protection(report),
        selects=parts.build_selects(report, view),
    )
    parts.draw_tabs(report, view)


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
