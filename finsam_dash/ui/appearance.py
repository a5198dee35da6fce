"""Förbundets utseende: its name, its own colour where that can be seen, its logo; shown in the frame, set in a form."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from typing import Final

import streamlit as st
from PIL import Image, UnidentifiedImageError

from finsam_dash.charts.theme import SCREEN, Palette, Theme, judge_accent, themed
from finsam_dash.model import Actor, Forbund, Settings
from finsam_dash.store import Store, save_forbund, save_settings
from finsam_dash.ui.cache import load_settings
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.selection import current_selection
from finsam_dash.wording.sentences import format_accent_reasons

LARGEST_LOGO: Final = 200_000
"""Bytes. The logo goes with every page of the dashboard and every document."""
LONGEST_SIDE: Final = 2000
REASON: Final = "förbundets utseende"


def load_theme(theme: Theme = SCREEN) -> Theme:
    """The theme in the colours of the förbund that is looked at: its own colour where data may have it."""
    selection = current_selection()
    return theme if selection is None else themed(theme, load_settings(selection.forbund.kod).accent)


def format_logo(settings: Settings) -> str:
    """The förbund's logo for the sidebar, as HTML; "" where it has none. The name stands beside it, so alt is empty."""
    if not settings.logo_png:
        return ""
    data = base64.b64encode(settings.logo_png).decode()
    return f'<img class="fd-logga" src="data:image/png;base64,{data}" alt="">'


def format_accent_style(settings: Settings) -> str:
    """The förbund's colour for the frame, as a style element; "" where it has none that can be seen on white."""
    accent = judge_accent(settings.accent).palette.accent
    return f"<style>:root{{--accent:{accent}}}</style>" if accent != Palette().accent else ""


def check_logo(data: bytes) -> str:
    """Why the file cannot be the logo, as a Swedish sentence; "" where it can. Nothing of it is kept here."""
    if len(data) > LARGEST_LOGO:
        return f"Filen är för stor: högst {LARGEST_LOGO // 1000} kB. Spara bilden i mindre format."
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.verify()
            longest = max(image.size)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return "Filen är ingen png-bild. Spara loggan som png och försök igen."
    except Image.DecompressionBombError:
        longest = LONGEST_SIDE + 1
    if longest > LONGEST_SIDE:
        return f"Bilden är för stor: högst {LONGEST_SIDE} bildpunkter på längsta sidan."
    return ""


def draw_form(store: Store, forbund: Forbund) -> None:
    """Draw the form; what is saved is logged, and what was in force before stays readable."""
    settings = load_settings(forbund.kod)
    with st.form("utseende", border=False, width=560):
        name = st.text_input("Förbundets namn", value=forbund.namn, max_chars=120)
        accent = st.text_input(
            "Egen färg", value=settings.accent, placeholder="#1B5EAC", max_chars=7,
            help="Skriv # och sex tecken. Tomt fält ger programmets blå.",
        )  # fmt: skip
        # Streamlit counts in whole MB: the style sheet hides its own sentence, so that only one limit is told.
        file = st.file_uploader(
            f"Logga (png, högst {LARGEST_LOGO // 1000} kB)", type=["png"], max_upload_size=1, key="logga"
        )
        keep = st.checkbox("Ta bort loggan", value=False) if settings.logo_png else False
        if st.form_submit_button("Spara utseendet", type="primary"):
            _save(store, forbund, settings, name.strip(), accent.strip(), file.getvalue() if file else None, keep)
    _draw_judgement(settings.accent)


def _save(
    store: Store, forbund: Forbund, old: Settings, name: str, accent: str, logo: bytes | None, remove: bool
) -> None:
    problems = [] if name else ["Namnet saknas. Skriv förbundets namn."]
    if accent and "ingen_farg" in judge_accent(accent).reasons:
        problems.append(format_accent_reasons(accent, ("ingen_farg",), as_accent=False))
    if logo is not None and (why := check_logo(logo)):
        problems.append(why)
    if problems:
        draw_notice("varning", "Inget har sparats.", *problems)
        return
    if refuse_personnummer(name):
        return
    kept = b"" if remove else old.logo_png
    new = replace(old, accent=accent.upper(), logo_png=kept if logo is None else logo)
    save_settings(store, forbund.kod, new, Actor(), reason=REASON)
    save_forbund(store, replace(forbund, namn=name), Actor())
    st.rerun()


def _draw_judgement(accent: str) -> None:
    if not accent:
        return
    judged = judge_accent(accent)
    if judged.reasons:
        instead = "" if judged.as_accent else " Programmets blå används i stället."
        why = format_accent_reasons(accent, judged.reasons, as_accent=judged.as_accent)
        draw_notice("info", "Färgen prövas mot vitt och mot diagrammens andra färger.", f"{why}{instead}")
    else:
        draw_notice("info", "Färgen går att använda överallt.", f"{accent} syns mot vitt och skiljer sig från resten.")
