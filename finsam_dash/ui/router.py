"""The script of every run: which pages there are, the sidebar, and the page that was asked for.

Streamlit runs this file, not app.py. Pages are given by absolute path: a folder `pages/` beside the main script would
otherwise be served page by page on a fresh server, without this frame.
"""

from contextlib import nullcontext
from html import escape
from pathlib import Path

import streamlit as st

from finsam_dash.model import Settings
from finsam_dash.ui.appearance import format_accent_style, format_logo
from finsam_dash.ui.cache import load_choices, load_settings
from finsam_dash.ui.messages import page_boundary
from finsam_dash.ui.middleware import PRODUCT
from finsam_dash.ui.selection import Selection, settle_selection, today

PAGES = Path(__file__).resolve().parents[2] / "pages"
GROUPS = {
    "Läget": [
        ("oversikt.py", "Översikt", ""),
        ("mal.py", "Mål", "mal"),
        ("jamforelse.py", "Jämförelse", "jamforelse"),
        ("insats.py", "Insats", "insats"),
        ("riket.py", "Riket", "riket"),
    ],
    "Förbundet": [
        ("ekonomi.py", "Ekonomi", "ekonomi"),
        ("samverkan.py", "Samverkan", "samverkan"),
        ("forsorjning.py", "Försörjning", "forsorjning"),
    ],
    "Månaden": [("las_in.py", "Läs in", "las-in"), ("avstamning.py", "Avstämning", "avstamning")],
    "Lämna ut": [
        ("styrelselage.py", "Styrelseläge", "styrelselage"),
        ("finsam.py", "Uppföljning Finsam", "uppfoljning-finsam"),
        ("rapport.py", "Rapport", "rapport"),
        ("rojandekontroll.py", "Röjandekontroll", "rojandekontroll"),
    ],
    " ": [("om_matten.py", "Om måtten", "om-matten"), ("installningar.py", "Inställningar", "installningar")],
}


def _draw_sidebar(groups: dict[str, list[st.Page]], page: st.Page, selection: Selection | None) -> None:
    with st.sidebar:
        name = selection.forbund.namn if selection else PRODUCT
        invented = "<em>Påhittade data</em>" if selection and selection.forbund.pahittad else ""
        settings = load_settings(selection.forbund.kod) if selection else Settings()
        st.html(
            f'{format_logo(settings)}<p class="fd-namn"><strong>{escape(name)}</strong>{invented}</p>'
            f"{format_accent_style(settings)}"
        )
        for group, pages in groups.items():
            st.html(f'<p class="fd-grupp">{escape(group)}</p>')
            for link in pages:
                # The links carry the choice, so that a page opened in a new tab shows the same förbund and period.
                with st.container(key="aktuell_sida") if link is page else nullcontext():
                    st.page_link(link, query_params=selection.to_query() if selection else None, width="stretch")


def main() -> None:
    """Draw one run: settle the selection, draw the sidebar, run the page inside the error boundary."""
    groups = {
        group: [st.Page(PAGES / file, title=title, url_path=path, default=not path) for file, title, path in pages]
        for group, pages in GROUPS.items()
    }
    page = st.navigation(groups, position="hidden")
    selection = None
    with page_boundary(page.title):
        st.set_page_config(page_title=f"{page.title} – {PRODUCT}", layout="wide", initial_sidebar_state="expanded")
        selection = settle_selection(load_choices(today()))
        _draw_sidebar(groups, page, selection)
        page.run()


main()
