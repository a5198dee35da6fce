"""A delivered file on its way in: read in memory, shown as problems or as a preview, saved, undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from finsam_dash.deliveries import Contents, Preview, build_preview, list_contents, read_file, save_read, undo_delivery
from finsam_dash.intake import Problem, ReadDelivery
from finsam_dash.model import Actor
from finsam_dash.report.latest_month import find_latest_month
from finsam_dash.store import (
    Delivery,
    DeliveryState,
    Store,
    StoreError,
    load_comments,
    load_data_version,
    load_deliveries,
)
from finsam_dash.ui.cache import load_figure_set_now
from finsam_dash.ui.messages import draw_notice
from finsam_dash.ui.protection import start_plan
from finsam_dash.ui.selection import Selection, current_selection, find_part_of_year, today
from finsam_dash.ui.table import Cell, Column, Table, build_table, draw_table, to_csv
from finsam_dash.wording.delivery import (
    CHANGE_HEADER,
    COMMENT_HEADER,
    CONTENTS_HEADER,
    DELIVERY_HEADER,
    format_change_row,
    format_comment_rows,
    format_contents_note,
    format_contents_row,
    format_contents_sum,
    format_delivery_row,
    format_delivery_warning,
    format_gaps,
    format_latest_month,
    format_preview_title,
    format_refused_title,
    format_saved_title,
    format_undo_question,
    format_undone,
    format_warnings_title,
    format_way_to_overview,
    name_delivery,
)
from finsam_dash.wording.numbers import NO_BREAK, format_count
from finsam_dash.wording.problems import ProblemRow, format_problem, format_problem_row, format_warning, group_problems
from finsam_dash.wording.store import format_store_error

ACTOR = Actor()
SHOWN = 200
"""Rows of a list that are drawn; the file to download has all of them."""

_LATEST = 12
"""Deliveries that are always in view."""

_ROUND, _READ, _SAVED, _ASKED = "inlasning_varv", "inlasning_last", "inlasning_sparad", "angra_fraga"
_PRIVATE = ("personnummer", "namnkolumn", "kontaktkolumn", "fodelsekolumn")


@dataclass(frozen=True)
class Upload:
    """An uploaded file as read against one data version; `preview` is None when the file has problems."""

    filename: str
    read: ReadDelivery
    preview: Preview | None
    contents: tuple[Contents, ...]


def _round_key(name: str) -> str:
    # A new key is the only way to empty Streamlit's uploader; what belongs to the file goes with it.
    return f"{name}_{st.session_state.get(_ROUND, 0)}"


def read_upload(store: Store, selection: Selection) -> Upload | None:
    """The file that is chosen now, read and compared once for each data version; None when none is chosen."""
    chosen: UploadedFile | None = st.session_state.get(_round_key("fil"))
    if chosen is None:
        st.session_state.pop(_READ, None)
        return None
    st.session_state.pop(_SAVED, None)
    create = bool(st.session_state.get(_round_key("skapa_insatser")))
    key = (chosen.file_id, selection.forbund.kod, load_data_version(store), create)
    kept = st.session_state.get(_READ)
    if kept is not None and kept[0] == key:
        upload: Upload = kept[1]
        return upload
    with st.spinner("Läser filen …"):
        read = read_file(
            store, selection.forbund.kod, chosen.getvalue(), chosen.name, today=today(), create_insatser=create
        )
        preview = None if read.problems else build_preview(store, selection.forbund.kod, read)
        contents = () if read.problems else list_contents(store, selection.forbund.kod, read)
    upload = Upload(chosen.name, read, preview, contents)
    st.session_state[_READ] = (key, upload)
    return upload


def format_title(upload: Upload | None) -> str:
    """The page's title for where the file is on its way."""
    if upload is None:
        saved = st.session_state.get(_SAVED)
        return saved[1] if saved else "Läs in en fil från en insats"
    if upload.preview is None:
        problems = upload.read.problems
        return format_refused_title(len(problems), len(group_problems(problems)))
    return format_preview_title(upload.preview)


def draw_latest_month(forbund: str, names: Mapping[str, str]) -> None:
    """Draw which insatser have handed in the latest month, where they report by month."""
    found = find_latest_month(load_figure_set_now(forbund))
    if found is not None:
        st.html(f'<p class="fd-under">{escape(format_latest_month(found, names))}</p>')


def draw_uploader(forbund: str, again: bool) -> None:
    """Draw the field that takes a file. `again`: after a refusal it asks for the corrected one."""
    st.file_uploader(
        "Välj rättad fil" if again else f"Månadsfil till {forbund} (xlsx eller csv)",
        # The older formats are let in so that intake can say what to do with them.
        type=["xlsx", "csv", "xls", "txt"],
        max_upload_size=20,
        key=_round_key("fil"),
    )
    st.html(
        '<p class="fd-fot">Filen läses i minnet och sparas aldrig. Bara antal sparas, och först när du har sett vad '
        "som ändras. Uppgifter om enskilda personer tas inte emot.</p>"
    )
    st.checkbox("Skapa insatser som filen nämner men som inte är registrerade", key=_round_key("skapa_insatser"))


def draw_refusal(upload: Upload) -> None:
    """Draw that nothing of a file was saved."""
    draw_notice("fel", f"{upload.filename}.", "Inget har sparats eller ändrats. Rätta i filen och läs in den igen.")


def draw_problems(upload: Upload) -> None:
    """Draw every problem of a refused file, with the list as text and as a file."""
    problems = upload.read.problems
    each = [(problem, format_problem_row(problem)) for problem in problems]
    table, grouped = (
        build_table(
            f"Fel i {upload.filename}",
            ["Var", "Kolumn", "Står i filen", "Vad är fel", "Skriv i stället"],
            [_problem_cells(problem, row) for problem, row in rows],
        )
        for rows in (each, group_problems(problems))
    )
    with st.container(horizontal=True, gap="small"):
        # No st.button: a rerun for what the browser does by itself would only disturb.
        st.html('<button type="button" class="fd-knapp fd-kopiera">Kopiera listan som text</button>', width="content")
        st.download_button(
            "Ladda ner fellistan",
            lambda: to_csv(table, f"{upload.filename}: {format_count(len(problems))} fel"),
            "fellista.csv",
            "text/csv",
            on_click="ignore",
        )
    text = "\n".join(format_problem(problem, "sida") for problem in problems)
    st.html(f'<pre class="fd-kopia">{escape(text)}</pre><p class="fd-kopierat" role="status"></p>')
    draw_table(_first(grouped, "fel"))
    st.html('<p class="fd-fot">Radnumren är de som Excel visar. I en csv-fil är de filens rader.</p>')


def _problem_cells(problem: Problem, row: ProblemRow) -> tuple[str | Cell, ...]:
    found: str | Cell = row.star_i_filen
    if problem.code.startswith(_PRIVATE):
        found = Cell("visas inte", quiet=True)
    where = row.var if "," in row.var else row.var.replace(" ", NO_BREAK)
    return where, row.kolumn, found, row.fel, row.skriv


def draw_preview(upload: Upload, names: Mapping[str, str]) -> None:
    """Draw what is in the file and what saving it would change."""
    preview = upload.preview
    assert preview is not None
    names = _with_new(names, preview)
    draw_table(_summarise(upload, preview, names))
    if preview.new_insatser:
        created = ", ".join(insats.namn for insats in preview.new_insatser)
        draw_notice("info", "Nya insatser:", f"{created}. De registreras med personuppgifter och för båda könen.")
    if preview.changes:
        st.header("Det här ändras", anchor=False)
        shown = [format_change_row(change, names) for change in preview.changes[:SHOWN]]
        columns = [Column(name, numeric=name in ("Från", "Till")) for name in CHANGE_HEADER]
        draw_table(build_table("Tal som ändras", columns, shown, _count_rest(len(preview.changes), "ändringar")))
    if upload.read.comments:
        st.header("Kommentarer i filen", anchor=False)
        comments = [(None, one.insats, one.period, one.text) for one in upload.read.comments]
        draw_table(_list_comments("Kommentarer i filen", COMMENT_HEADER[:3], format_comment_rows(comments, names)))


def draw_confirmation(store: Store, upload: Upload) -> None:
    """Ask for consent where stored figures change, and save."""
    preview = upload.preview
    if preview is None or preview.is_empty:
        return
    agreed = not preview.changes or st.checkbox(
        "Ersätt de lagrade talen. De gamla finns kvar i den tidigare leveransen och gäller igen om du ångrar.",
        key=_round_key("ersatt"),
    )
    if st.button("Spara leveransen", type="primary", disabled=not agreed):
        _save(store, upload)


def _with_new(names: Mapping[str, str], preview: Preview) -> Mapping[str, str]:
    return {**names, **{insats.kod: insats.namn for insats in preview.new_insatser}}


def _summarise(upload: Upload, preview: Preview, names: Mapping[str, str]) -> Table:
    rows = [format_contents_row(one, names) for one in upload.contents]
    if len(rows) > 1:
        rows.append(format_contents_sum(upload.contents))
    columns = [name if place < 2 else Column(name, numeric=True) for place, name in enumerate(CONTENTS_HEADER)]
    caption = f"{upload.filename}: {format_count(upload.read.row_count)} rader"
    return build_table(caption, columns, rows, format_contents_note(preview, upload.contents))


def draw_warnings(upload: Upload, names: Mapping[str, str]) -> None:
    """Draw what does not keep the file from being saved."""
    lines = [format_warning(warning, "sida") for warning in upload.read.warnings]
    if upload.preview is not None:
        names = _with_new(names, upload.preview)
        lines = [format_gaps(one, names) for one in upload.contents if one.gaps] + lines
        lines += [format_delivery_warning(warning, names) for warning in upload.preview.warnings]
    if lines:
        st.header(format_warnings_title(len(lines)), anchor=False)
        rest = _count_rest(len(lines), "upplysningar")
        draw_notice("varning", "Kontrollera:", *lines[:SHOWN], *([rest] if rest else []), repeat=True)


def _save(store: Store, upload: Upload) -> None:
    assert upload.preview is not None
    bar = st.progress(0.0, "Sparar …")

    def show_progress(done: float) -> None:
        bar.progress(min(done, 1.0), "Sparar …")

    try:
        number = save_read(
            store,
            upload.read,
            upload.preview,
            ACTOR,
            filename=upload.filename,
            known_from=today(),
            replace=True,
            progress=show_progress,
        )
    except StoreError as error:
        draw_notice("varning", "Inget sparades.", format_store_error(error))
        return
    _protect_anew(store)
    latest = max((period.end for one in upload.contents for period in one.periods), default=today())
    st.session_state[_SAVED] = (number, format_saved_title(upload.preview), latest)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_READ, None)
    st.rerun()


def draw_saved() -> None:
    """Draw where to look at what was just saved, and the way back from it."""
    saved, selection = st.session_state.get(_SAVED), current_selection()
    if not saved or selection is None:
        return
    number, _, latest = saved
    part = find_part_of_year(latest)
    link = escape(f"./?{urlencode({**selection.to_query(), 'period': part.code})}")
    st.html(
        f'<div class="fd-notis fd-notis-info" role="status"><p><strong>Klart.</strong> Talen gäller nu på alla sidor. '
        f'<a href="{link}" target="_self">{escape(format_way_to_overview(part))}</a>. Du kan ångra leveransen, också '
        "senare.</p></div>"
    )
    st.button("Ångra leveransen", key="angra_sparad", on_click=_ask, args=(number,))


def draw_deliveries(store: Store, forbund: str, names: Mapping[str, str]) -> None:
    """Draw the förbund's deliveries, newest first, the way to undo one of them, and what was written in them."""
    deliveries = list(reversed(load_deliveries(store, forbund)))
    st.header("Leveranser", anchor=False)
    if not deliveries:
        st.html('<p class="fd-under">Inget är inläst ännu.</p>')
        return
    columns = [Column(name, numeric=name in ("Nr", "Rader")) for name in DELIVERY_HEADER]
    latest, older = deliveries[:_LATEST], deliveries[_LATEST:]
    draw_table(build_table("Leveranser, den senaste först", columns, [format_delivery_row(one) for one in latest]))
    active = {one.id: one for one in deliveries if one.state is not DeliveryState.ANGRAD}
    if active:
        _draw_undo(active)
    if older:
        with st.expander(f"Äldre leveranser ({len(older)})"):
            draw_table(build_table("Äldre leveranser", columns, [format_delivery_row(one) for one in older]))
    comments = [(number, one.subject, one.period, one.text) for number, one in load_comments(store, forbund)]
    if rows := format_comment_rows(comments, names):
        with st.expander(f"Kommentarer i leveranserna ({format_count(len(rows))})"):
            draw_table(_list_comments("Kommentarer, den senaste leveransen först", COMMENT_HEADER, rows))


def _list_comments(caption: str, header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    columns = [Column(name, numeric=name == "Leverans") for name in header]
    return build_table(caption, columns, rows[:SHOWN], _count_rest(len(rows), "kommentarer"))


def _draw_undo(active: Mapping[int, Delivery]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="angra_rad"):
        number = st.selectbox(
            "Ångra en leverans",
            list(active),
            index=None,
            format_func=lambda number: name_delivery(active[number]),
            placeholder="Välj leverans",
            width=420,
        )
        st.button("Ångra den valda", disabled=number is None, key="angra_vald", on_click=_ask, args=(number,))
    st.html('<p class="fd-fot">Det som leveransen ersatte gäller igen. Leveransen finns kvar i listan.</p>')


def _ask(number: int | None) -> None:
    """Ask before a delivery is undone; None asks nothing more."""
    st.session_state[_ASKED] = number


def draw_undo_question(store: Store, forbund: str) -> None:
    """Draw, where a delivery is about to be undone, which one it is, and the choice to go through with it or not."""
    asked = st.session_state.get(_ASKED)
    delivery = next((one for one in load_deliveries(store, forbund) if one.id == asked), None)
    if delivery is None or delivery.state is DeliveryState.ANGRAD:
        return
    draw_notice("varning", "Ska leveransen ångras?", format_undo_question(delivery))
    with st.container(horizontal=True, gap="small"):
        if st.button("Ja, ångra", type="primary", key="angra_ja"):
            _undo(store, delivery)
        st.button("Nej, behåll den", key="angra_nej", on_click=_ask, args=(None,))


def _undo(store: Store, delivery: Delivery) -> None:
    _ask(None)
    undo_delivery(store, delivery.id, ACTOR)
    _protect_anew(store)
    st.session_state[_SAVED] = None
    st.session_state["angrad"] = format_undone(delivery)
    st.rerun()


def _protect_anew(store: Store) -> None:
    # Made now, beside the pages, so that publicering seldom has to be waited for.
    if (selection := current_selection()) is not None:
        start_plan(store, selection.forbund.kod)


def draw_undone() -> None:
    """Say once that a delivery is undone."""
    if sentence := st.session_state.pop("angrad", None):
        draw_notice("info", "Ångrat.", sentence)


def _first(table: Table, what: str) -> Table:
    rest = _count_rest(len(table.rows), what)
    return Table(table.caption, table.columns, table.rows[:SHOWN], rest)


def _count_rest(count: int, what: str) -> str:
    if count <= SHOWN:
        return ""
    return f"Här visas de {format_count(SHOWN)} första av {format_count(count)} {what}."
