"""The page Rapport: choose what is printed and how, see it being made, and what has been published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from finsam_dash.export.document import Document, build_document, fold_name
from finsam_dash.export.files import MIME_TYPES, WITH_TEMPLATE, to_file
from finsam_dash.export.images import FORMATS, NO_BROWSER, NoBrowserError, find_browser, list_files, to_zip
from finsam_dash.export.office_template import BadTemplateError
from finsam_dash.model import Actor, Insats, Lage
from finsam_dash.report.protection import record_publication
from finsam_dash.report.publication import PARTS, build_publication, group_by_kommun, group_by_lokusgrupp
from finsam_dash.store import Store, load_data_version, load_grupper, load_insatser, load_settings
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.protection import ASK_AGAIN
from finsam_dash.ui.publication import draw_record
from finsam_dash.ui.selection import Selection
from finsam_dash.wording import document as words
from finsam_dash.wording.names import format_list, format_name
from finsam_dash.wording.protection import PER_INTERN

ALL, ONE, GROUP, KOMMUN = "Alla insatser", "Valda insatser", "Lokusgrupp", "Kommun"
_FORMATS = {
    ".docx": "Word (.docx)",
    ".pptx": "PowerPoint (.pptx)",
    ".xlsx": "Excel (.xlsx)",
    ".pdf": "Pdf (.pdf)",
    ".html": "Webbsida (.html)",
    ".zip": "Alla diagram som bilder (.zip)",
}
_MADE = "gjord_rapport"


@dataclass(frozen=True)
class Order:
    """What is to be printed. `insatser` None is every insats active in the period; `scope` what those chosen share."""

    selection: Selection
    lage: Lage
    known_by: date | None
    insatser: tuple[str, ...] | None
    scope: str
    parts: tuple[str, ...]
    suffix: str
    template: bytes | None


def draw_order(store: Store, selection: Selection, today: date) -> Order:
    """Draw the choices and give what is ordered; läge opens on publicering, whatever the page's own läge is."""
    insatser = load_insatser(store, selection.forbund.kod)
    left, right = st.columns(2, gap="medium")
    with left:
        lage = st.radio(
            "Läge",
            list(Lage)[::-1],
            format_func=lambda one: format_name(one).capitalize(),
            captions=[words.PUBLISHED_WARNING, words.INTERN_WARNING],
            key="rapport_lage",
        )
        known_by = st.date_input(
            "Vad som var känt den dagen", None, max_value=today, format="YYYY-MM-DD", key="rapport_per",
            help=f"Tom: allt som är känt i dag. Ett datum ger rapporten som den hade sett ut då, och {PER_INTERN}",
            disabled=lage is Lage.PUBLICERING,
        )  # fmt: skip
        chosen, scope = _choose_insatser(store, insatser, selection)
    with right:
        parts = st.pills(
            "Delar", list(PARTS), selection_mode="multi", default=list(PARTS),
            format_func=words.PART_NAMES.__getitem__, key="rapport_delar",
        )  # fmt: skip
        suffix = st.selectbox("Format", list(_FORMATS), format_func=_FORMATS.__getitem__, key="rapport_format")
        template = None
        if suffix in WITH_TEMPLATE:
            endings = WITH_TEMPLATE[suffix]
            upload = st.file_uploader(
                f"Förbundets egen mall ({format_list(list(endings), 'eller')})",
                type=[ending.removeprefix(".") for ending in endings],
                key=f"rapport_mall{suffix}",
                help=words.TEMPLATE_HELP[suffix],
            )
            template = upload.getvalue() if upload is not None else None
        if suffix in (".pdf", ".html", ".zip") and find_browser() is None:
            draw_notice("varning", "Ingen webbläsare att rita med.", NO_BROWSER)
    day = known_by if isinstance(known_by, date) and lage is Lage.INTERN else None
    return Order(selection, lage, day, chosen, scope, tuple(parts), suffix, template)


def _choose_insatser(
    store: Store, insatser: Sequence[Insats], selection: Selection
) -> tuple[tuple[str, ...] | None, str]:
    """A report of all, of some, of a lokusgrupp or of a kommun: the codes (None is all) and what they share."""
    period = selection.period
    groups, places = group_by_lokusgrupp(insatser, period), group_by_kommun(insatser, period)
    kinds = [ALL, ONE, *([GROUP] if groups else []), *([KOMMUN] if places else [])]
    kind = st.selectbox("Insatser", kinds, key="rapport_urval")
    if kind == ONE:
        names = {one.kod: one.namn for one in insatser if one.is_active(period)}
        chosen = st.multiselect(
            "Välj insatser", list(names), format_func=names.__getitem__, placeholder="Välj en eller flera",
            key="rapport_insatser",
        )  # fmt: skip
        return tuple(chosen), ""
    if kind == GROUP:
        called = load_grupper(store, selection.forbund.kod)
        group = st.selectbox(
            "Lokusgrupp", list(groups), format_func=lambda kod: called.get(kod, kod), key="rapport_grupp"
        )
        return groups[group], called.get(group, group)
    if kind == KOMMUN:
        place = st.selectbox("Kommun", list(places), key="rapport_kommun")
        return places[place], place
    return None, ""


def draw_making(store: Store, order: Order, today: date) -> None:
    """Draw the button that makes the file, its progress, and the button that saves it."""
    lacking = order.insatser == () or not order.parts
    pressed = st.button("Gör rapporten", type="primary", disabled=lacking, key="rapport_gor")
    if lacking:
        st.html('<p class="fd-under">Välj minst en insats och minst en del.</p>')
    # A file is kept in the session until something it was made of changes; it never touches the disk.
    key = (order, load_data_version(store))
    if pressed:
        st.session_state.pop(_MADE, None)
        made = _make(store, order, today)
        if made is not None:
            st.session_state[_MADE] = (key, *made)
    if (kept := st.session_state.get(_MADE)) is not None and kept[0] == key:
        _, name, content = kept
        draw_notice("info", f"{name} är klar.", words.LAGE_SENTENCES[order.lage])
        st.download_button(
            "Spara filen",
            data=lambda: _publish(store, order, name, content, key[1]),
            file_name=name,
            mime=MIME_TYPES[order.suffix],
            on_click="ignore",
            type="primary",
            key="rapport_spara",
        )


def _publish(store: Store, order: Order, name: str, content: bytes, version: int) -> bytes:
    """Record that the file of the data version is handed out, and give it: only what is saved is published."""
    if order.lage is Lage.PUBLICERING:
        forbund, period = order.selection.forbund.kod, order.selection.period
        record_publication(store, forbund, name, period, Actor(), data_version=version)
    return content


def _make(store: Store, order: Order, today: date) -> tuple[str, bytes] | None:
    """The file's name and bytes; None where the template or the browser was no good, which is said."""
    forbund, period = order.selection.forbund, order.selection.period
    bar = st.progress(0.0, "Uppgifterna räknas samman …")

    def count(share: float) -> None:
        bar.progress(share * 0.4, "Uppgifterna räknas samman …")

    publication = build_publication(
        store, forbund.kod, period, lage=order.lage, as_of=today, insatser=order.insatser, scope=order.scope,
        known_by=order.known_by, progress=count,
    )  # fmt: skip
    settings = load_settings(store, forbund.kod)
    document = build_document(publication, order.parts, accent=settings.accent, logo=settings.logo_png)
    name = fold_name(forbund.namn.removeprefix("Samordningsförbundet"), document.title, order.lage)
    try:
        content = _write(document, order, bar)
    except BadTemplateError as error:
        draw_notice("fel", *words.format_bad_template(error.flaw, order.suffix))
        return None
    except NoBrowserError:
        draw_notice("varning", "Bilderna kunde inte göras.", NO_BROWSER)
        return None
    finally:
        bar.empty()
    return f"{name}{order.suffix}", content


def _write(document: Document, order: Order, bar: st.delta_generator.DeltaGenerator) -> bytes:
    def tell(share: float) -> None:
        bar.progress(0.4 + share * 0.6, "Diagrammen ritas …")

    if order.suffix == ".zip":
        return to_zip(list_files(document, FORMATS, progress=tell))
    bar.progress(0.4, "Filen skrivs …")
    return to_file(document, order.suffix, template=order.template, progress=tell)


def draw_published(store: Store, forbund: str) -> None:
    """Draw what has been published, newest first, with a file that is saved while the page stands."""
    st.header("Publicerat", anchor=False)
    # Saving runs no script, or the file could change under it: the list asks by itself while there is one to save.
    again = ASK_AGAIN if _MADE in st.session_state else None
    st.fragment(draw_record, run_every=again)(store, forbund, "Inget är publicerat ännu.")
