"""rapport and diagram: the report as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from finsam_dash.cli.frame import (
    ACTOR,
    App,
    announce_protection,
    answer_in_swedish,
    check_file,
    refuse,
    tell,
    tell_protection,
    today,
    write_file,
)
from finsam_dash.cli.options import (
    check_per,
    forbund_option,
    grupp_option,
    insatser_option,
    kommun_option,
    per_option,
    period_option,
    till_option,
    with_lage,
)
from finsam_dash.cli.swedish import SwedishCommand
from finsam_dash.export.document import Document, build_document
from finsam_dash.export.files import SUFFIXES, WITH_PICTURES, WITH_TEMPLATE, to_file
from finsam_dash.export.images import FORMATS, NO_BROWSER, NoBrowserError, close_browser, find_browser, list_files
from finsam_dash.export.office_template import BadTemplateError
from finsam_dash.model import Lage, Period
from finsam_dash.report.protection import ChangedFiguresError, record_publication
from finsam_dash.report.publication import PARTS, build_publication, group_by_kommun, group_by_lokusgrupp
from finsam_dash.store import load_data_version, load_grupper, load_insatser, load_settings
from finsam_dash.wording.document import (
    format_bad_template,
    format_charts_written,
    format_no_scope,
    format_written,
)
from finsam_dash.wording.names import format_list
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.protection import CHANGED_MEANWHILE

lage_option = with_lage(Lage.PUBLICERING)


@dataclass(frozen=True)
class Scope:
    """Which insatser a report is about: None is every one that is active; `name` is what they have in common."""

    insatser: tuple[str, ...] | None
    name: str = ""


def _choose(app: App, forbund: str, period: Period, insatser: tuple[str, ...], grupp: str, kommun: str) -> Scope:
    """What --insats, --grupp and --kommun ask for; at most one of them."""
    if sum(bool(one) for one in (insatser, grupp, kommun)) > 1:
        raise click.UsageError("Välj en av --insats, --grupp och --kommun.")
    if grupp:
        registered = load_insatser(app.store, forbund)
        found = group_by_lokusgrupp(registered, period)
        if grupp not in found:
            refuse(format_no_scope("lokusgruppen", grupp, period, list(found)))
        return Scope(found[grupp], load_grupper(app.store, forbund).get(grupp, grupp))
    if kommun:
        found = group_by_kommun(load_insatser(app.store, forbund), period)
        name = next((one for one in found if one.casefold() == kommun.casefold()), "")
        if not name:
            refuse(format_no_scope("kommunen", kommun, period, list(found)))
        return Scope(found[name], name)
    return Scope(insatser or None)


def _read_words(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Words with commas between, each once. Raises click's UsageError for none, and for one that is not known."""
    words = tuple(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    if not words or set(words) - set(known):
        raise click.UsageError(f"”{text}” går inte att förstå. Välj bland {format_list(list(known))}.")
    return words


def _build_document(
    app: App, forbund: str, period: Period, lage: str, scope: Scope, per: date | None, parts: Sequence[str] = PARTS
) -> Document:
    """The report as blocks. What is published is recorded when it has been written, by `_record`."""
    check_per(lage, per)
    announce_protection(app.store, forbund, Lage(lage))
    publication = build_publication(
        app.store,
        forbund,
        period,
        lage=Lage(lage),
        as_of=today(),
        insatser=scope.insatser,
        scope=scope.name,
        known_by=per,
    )
    tell_protection(publication.report)
    settings = load_settings(app.store, forbund)
    return build_document(publication, parts, accent=settings.accent, logo=settings.logo_png)


def _record(app: App, forbund: str, period: Period, lage: str, name: str, version: int) -> None:
    if Lage(lage) is Lage.PUBLICERING:
        try:
            record_publication(app.store, forbund, name, period, ACTOR, data_version=version)
        except ChangedFiguresError:
            refuse(CHANGED_MEANWHILE)


@click.command("rapport", cls=SwedishCommand)
@forbund_option
@period_option
@till_option("FIL", "filen som skrivs")
@click.option(
    "--mall",
    metavar="FIL",
    type=click.Path(path_type=Path),
    help="egen mall: .docx eller .dotx för Word, .pptx eller .potx för PowerPoint",
)
@click.option(
    "--delar", default=",".join(PARTS), show_default=True, help="vad rapporten ska innehålla, med komma emellan"
)
@insatser_option
@grupp_option
@kommun_option
@lage_option
@per_option
@click.pass_obj
@answer_in_swedish
def write_report(
    app: App,
    forbund: str,
    period: Period,
    till: Path,
    mall: Path | None,
    delar: str,
    insatser: tuple[str, ...],
    grupp: str,
    kommun: str,
    lage: str,
    per: date | None,
) -> None:
    """Skriv rapporten som dokument. Filens namn slutar på .docx, .pptx, .xlsx, .pdf eller .html."""
    suffix = till.suffix.lower()
    if suffix not in SUFFIXES:
        endings = format_list(list(SUFFIXES), "eller")
        raise click.UsageError(f"Filen ska sluta på {endings}. ”{till.name}” gör inte det.")
    if mall is not None and suffix not in WITH_TEMPLATE:
        raise click.UsageError(f"En mall går bara att använda för {format_list(list(WITH_TEMPLATE), 'och')}.")
    if mall is not None and mall.suffix.lower() not in WITH_TEMPLATE[suffix]:
        endings = format_list(list(WITH_TEMPLATE[suffix]), "eller")
        raise click.UsageError(f"Mallen för {suffix} ska sluta på {endings}. ”{mall.name}” gör inte det.")
    parts = _read_words(delar, PARTS)
    if mall is not None:
        check_file("Mallen", mall)
    version = load_data_version(app.store)
    document = _build_document(
        app, forbund, period, lage, _choose(app, forbund, period, insatser, grupp, kommun), per, parts
    )
    if suffix in WITH_PICTURES and find_browser() is None:
        tell(NO_BROWSER)
    try:
        content = to_file(document, suffix, template=mall.read_bytes() if mall else None)
    except BadTemplateError as error:
        refuse(*format_bad_template(error.flaw, suffix))
    write_file(till, content)
    _record(app, forbund, period, lage, till.name, version)
    click.echo(format_plain(format_written(till.name, document.lead)))


@click.command("diagram", cls=SwedishCommand)
@forbund_option
@period_option
@till_option("MAPP", "mappen som fylls")
@click.option(
    "--format", "formats", default="png,svg,pdf", show_default=True, help="png, svg och pdf, med komma emellan"
)
@insatser_option
@grupp_option
@kommun_option
@lage_option
@per_option
@click.pass_obj
@answer_in_swedish
def write_charts(
    app: App,
    forbund: str,
    period: Period,
    till: Path,
    formats: str,
    insatser: tuple[str, ...],
    grupp: str,
    kommun: str,
    lage: str,
    per: date | None,
) -> None:
    """Skriv rapportens diagram som bilder. Var och en har csv och alternativtext."""
    chosen = _read_words(formats, FORMATS)
    scope = _choose(app, forbund, period, insatser, grupp, kommun)
    version = load_data_version(app.store)
    document = _build_document(app, forbund, period, lage, scope, per)
    count = 0
    try:
        for name, content in list_files(document, chosen):
            write_file(till / name, content)
            count += 1
    except NoBrowserError:
        _record(app, forbund, period, lage, till.name, version)
        refuse(NO_BROWSER, format_charts_written(count, till.name))
    finally:
        close_browser()
    _record(app, forbund, period, lage, till.name, version)
    click.echo(format_plain(format_charts_written(count, till.name)))
