"""Avstämning: every printed result beside what its stored parts give, and a control of one's own report."""

import streamlit as st

from finsam_dash.model import Lage
from finsam_dash.ui import avstamning as view
from finsam_dash.ui.cache import load_parts, load_report
from finsam_dash.ui.page import draw_head, draw_no_forbund
from finsam_dash.ui.selection import Selection, current_selection, today
from finsam_dash.wording.avstamning import format_title
from finsam_dash.wording.sentences import format_known_to

NAME = "Avstämning"


def draw(selection: Selection) -> None:
    report = load_report(selection, today(), "avstamning")
    status = format_known_to(report.data_to, report.imported)
    if selection.lage is Lage.PUBLICERING or report.avstamning is None:
        draw_head(NAME, "Avstämning finns bara i läget intern", selection, status)
        st.html('<p class="fd-under">Byt läge ovan för att se tryckta resultat bredvid omräknade.</p>')
        return
    avstamning = report.avstamning
    draw_head(NAME, format_title(avstamning.rows), selection, status)
    if avstamning.rows:
        view.draw_counts(avstamning.rows)
        rows = view.choose_rows(avstamning, selection.period)
        source = f"Källa: förbundets publicerade dokument, {report.forbund.namn}. Läge: intern."
        view.draw_rows(view.build_rows_table("Avstämning", rows, avstamning.documents), source, "avstamning")
    else:
        st.html('<p class="fd-under">Förbundet har inga publicerade dokument att stämma av.</p>')
    view.draw_own_report(load_parts(selection))


if (chosen := current_selection()) is None:
    draw_no_forbund(NAME)
else:
    draw(chosen)
