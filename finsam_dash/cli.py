"""The command line: the same calls as the pages make, no logic of its own.

Exit 0 done, 1 refused by content (Swedish sentences on stderr, nothing saved), 2 a command or value that cannot be
understood. With --json stdout holds the JSON and nothing else, UTF-8 on every system.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from finsam_dash.deliveries import RefusedDeliveryError, build_preview, prepare_store, read_file, save_read
from finsam_dash.export.contract import to_delivery_json, to_import_json, to_indicator_json, to_target_json
from finsam_dash.export.document import Document as PrintedDocument
from finsam_dash.export.document import build_document
from finsam_dash.export.files import SUFFIXES, WITH_PICTURES, to_file
from finsam_dash.export.images import FORMATS, NO_BROWSER, NoBrowserError, close_browser, find_browser, list_files
from finsam_dash.export.register_contract import (
    to_avstamning_json,
    to_economy_json,
    to_follow_up_json,
    to_samverkan_json,
    to_support_json,
)
from finsam_dash.export.template import NoInsatsError, to_template
from finsam_dash.export.word import BadTemplateError
from finsam_dash.intake import SIZE_LIMIT
from finsam_dash.intake.printed_table import read_printed_table
from finsam_dash.model import (
    Actor,
    CountingMode,
    EconomyRow,
    Forbund,
    GenderScope,
    Insats,
    InsatsPeriod,
    Lage,
    Period,
    PeriodError,
    Purpose,
)
from finsam_dash.report.avstamning import build_avstamning
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import Report
from finsam_dash.report.protection import find_plan, record_publication
from finsam_dash.report.publication import build_publication
from finsam_dash.report.registers import load_avstamning, load_parts
from finsam_dash.store import (
    Store,
    StoreError,
    UnknownInsatsError,
    backup,
    check_integrity,
    load_all_forbund,
    load_deliveries,
    load_entries,
    load_forbund,
    load_insatser,
    load_settings,
    restore,
    save_forbund,
    save_insats,
    undo_delivery,
)
from finsam_dash.wording.avstamning import format_line as format_avstamning_line
from finsam_dash.wording.avstamning import format_title as format_avstamning_title
from finsam_dash.wording.commandline import CLICK_SWEDISH
from finsam_dash.wording.delivery import format_change_line, format_delivery_row, format_delivery_warning
from finsam_dash.wording.document import BAD_TEMPLATE, format_charts_written, format_written
from finsam_dash.wording.lines import format_indicator_lines, format_target_lines
from finsam_dash.wording.names import format_list
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.periods import STOCKHOLM
from finsam_dash.wording.problems import format_problem, format_warning
from finsam_dash.wording.protection import MAKING, format_protection
from finsam_dash.wording.register_lines import (
    format_economy_lines,
    format_follow_up_lines,
    format_samverkan_lines,
    format_support_lines,
)
from finsam_dash.wording.store import (
    format_integrity_problem,
    format_refused_delivery,
    format_store_error,
    format_store_warning,
)
from finsam_dash.wording.template import format_no_insats

ACTOR = Actor()
NEW_STORE = "Databasen är ny och fylls med publicerade uppgifter och exempelförbundet. Det tar en liten stund."


def speak_swedish() -> None:
    """Replace the command line library's English sentences, in every module that holds them."""

    def translate(text: str) -> str:
        return CLICK_SWEDISH.get(text, text)

    def translate_number(one: str, many: str, number: int) -> str:
        return translate(one if number == 1 else many)

    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        module = importlib.import_module(f"click.{name}")
        for attribute, replacement in (("_", translate), ("ngettext", translate_number)):
            if hasattr(module, attribute):
                setattr(module, attribute, replacement)


speak_swedish()


class SwedishCommand(click.Command):
    """A command whose usage line is Swedish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[VAL]", **kwargs})


class SwedishGroup(click.Group):
    """A group of such commands."""

    command_class = SwedishCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        metavars = {"options_metavar": "[VAL]", "subcommand_metavar": "KOMMANDO [ARGUMENT]…"}
        super().__init__(*args, **{**metavars, **kwargs})


class PeriodType(click.ParamType):
    """A period as the contract writes it."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except PeriodError:
            self.fail(
                f"”{value}” är ingen period. Skriv till exempel 2014, 2014-H1, 2014-T2, 2014-K3, 2014-03, "
                "2013-12/2015-11 eller 2013-12-01/2015-11-30.",
                param,
                ctx,
            )


class DayType(click.ParamType):
    """A date as 2026-03-31."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"”{value}” är inget datum. Skriv som 2026-03-31.", param, ctx)


def refuse(*sentences: str) -> NoReturn:
    """Say why on stderr and exit 1."""
    for sentence in sentences:
        tell(sentence)
    raise click.exceptions.Exit(1)


def tell(sentence: str) -> None:
    """Progress, warnings and first-start messages go to stderr."""
    click.echo(format_plain(sentence), err=True)


def print_json(content: Any) -> None:
    """Write one JSON document to stdout in UTF-8, whatever the console's own encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


def announce_protection(store: Store, forbund: str, lage: Lage) -> None:
    """Say that the first cut of a data version takes longer than the next."""
    if lage is Lage.PUBLICERING and find_plan(store, forbund) is None:
        tell(MAKING)


def tell_protection(report: Report) -> None:
    """Say why a cut that publicering refuses is all hidden."""
    for sentence in format_protection(report)[1:]:
        tell(sentence)


def today() -> date:
    """Stockholm's today; the only clock of the command line."""
    return datetime.now(STOCKHOLM).date()


def answer_in_swedish(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what store and deliveries refuse into a sentence on stderr and exit 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except StoreError as error:
            refuse(format_store_error(error))
        except RefusedDeliveryError as error:
            refuse(format_refused_delivery(error))

    return wrapped


class App:
    """What the global options say; the store is opened when a command first asks for it."""

    def __init__(self, url: str | None, *, empty: bool) -> None:
        self.url, self.empty = url, empty
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The store, created, migrated and filled on first use; what that takes is told on stderr."""
        if self._store is None:
            told = False

            def progress(share: float) -> None:
                nonlocal told
                if not told:
                    tell(NEW_STORE)
                    told = True

            self._store = prepare_store(self.url, empty=self.empty, progress=progress)
            for warning in self._store.warnings:
                tell(format_store_warning(warning))
        return self._store


def with_lage(default: Lage) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option --lage, with the command's own default."""
    return click.option(
        "--lage",
        type=click.Choice([lage.value for lage in Lage]),
        default=default.value,
        show_default=True,
        help="intern för egna ögon, publicering för det som lämnas ut",
    )


forbund_option = click.option("--forbund", required=True, metavar="KOD", help="förbundets kod")
period_option = click.option(
    "--period", required=True, type=PeriodType(), help="2014, 2014-H1, 2014-03, 2013-12/2015-11 eller två datum"
)
per_option = click.option("--per", type=DayType(), help="vad som var känt den dagen")
json_option = click.option("--json", "as_json", is_flag=True, help="bara JSON på standard ut")


@click.group(
    cls=SwedishGroup,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog="Koder för förbund: uppsala-lan, skelleftea, sydnarke, ange och exempel (påhittade data).",
)
@click.option("--databas", metavar="URL", help="SQLAlchemy-adress; annars FINSAM_DATABAS eller filen i data/lokal")
@click.option("--tom", is_flag=True, help="en ny databas lämnas tom")
@click.pass_context
def main(ctx: click.Context, databas: str | None, tom: bool) -> None:
    """finsam_dash: uppföljning av insatser i ett samordningsförbund."""
    ctx.obj = App(databas, empty=tom)


@main.group()
def forbund() -> None:
    """Förbund: lägg till ett nytt, eller lista dem som finns."""


@forbund.command("ny")
@click.option("--kod", required=True, help="kort kod, till exempel nytt-forbund")
@click.option("--namn", required=True, help="förbundets namn")
@click.pass_obj
@answer_in_swedish
def new_forbund(app: App, kod: str, namn: str) -> None:
    """Lägg till ett tomt förbund."""
    if any(found.kod == kod for found in load_all_forbund(app.store)):
        refuse(f"Förbundet ”{kod}” finns redan. Koder återanvänds inte: välj en annan kod.")
    save_forbund(app.store, Forbund(kod, namn), ACTOR)
    click.echo(f"Förbundet {namn} ({kod}) är tillagt.")


@forbund.command("lista")
@json_option
@click.pass_obj
@answer_in_swedish
def list_forbund(app: App, as_json: bool) -> None:
    """Lista förbunden."""
    found = load_all_forbund(app.store)
    if as_json:
        print_json({"forbund": [{"kod": item.kod, "namn": item.namn, "pahittad": item.pahittad} for item in found]})
        return
    for item in found:
        click.echo(f"{item.kod}  {item.namn}{' (påhittade data)' if item.pahittad else ''}")


@main.group()
def insats() -> None:
    """Insatser: lägg till, ändra eller lista."""


def _insats_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--syfte", type=click.Choice([purpose.value for purpose in Purpose]), help="vad insatsen är till för"
        ),
        click.option(
            "--kon", type=click.Choice([scope.value for scope in GenderScope]), help="vem insatsen är öppen för"
        ),
        click.option("--raknesatt", type=click.Choice([mode.value for mode in CountingMode]), help="hur den räknas"),
        click.option("--huvudman", help="huvudman"),
        click.option("--kortnamn", help="högst 18 tecken, för diagram"),
        click.option("--slut", type=DayType(), help="sista dag; utelämnad är tills vidare"),
        click.option("--start", type=DayType(), help="första dag"),
        click.option("--namn", help="insatsens namn"),
        click.option("--kod", required=True, help="insatsens kod"),
        forbund_option,
    ):
        command = option(command)
    return command


def _apply(found: Insats, **given: Any) -> Insats:
    """The insats with what was given changed; start and end are those of its latest period."""
    if given["start"] or given["slut"]:
        *earlier, latest = found.periods or (InsatsPeriod(given["start"] or date.min, None),)
        period = replace(latest, start=given["start"] or latest.start, end=given["slut"] or latest.end)
        found = replace(found, periods=(*earlier, period))
    changes: dict[str, Any] = {
        "namn": given["namn"],
        "kortnamn": given["kortnamn"],
        "huvudman": given["huvudman"],
        "purpose": Purpose(given["syfte"]) if given["syfte"] else None,
        "counting_mode": CountingMode(given["raknesatt"]) if given["raknesatt"] else None,
        "gender_scope": GenderScope(given["kon"]) if given["kon"] else None,
    }
    return replace(found, **{name: value for name, value in changes.items() if value is not None})


@insats.command("ny")
@_insats_options
@click.pass_obj
@answer_in_swedish
def new_insats(app: App, forbund: str, kod: str, **given: Any) -> None:
    """Lägg till en insats."""
    known = load_insatser(app.store, forbund)
    if any(found.kod == kod for found in known):
        refuse(f"Insatsen ”{kod}” finns redan. Ändra den med: insats andra --forbund {forbund} --kod {kod}.")
    if not given["namn"] or not given["start"]:
        raise click.UsageError("En ny insats behöver --namn och --start.")
    order = 1 + max((found.order for found in known), default=0)
    save_insats(app.store, forbund, _apply(Insats(kod, given["namn"], order=order), **given), ACTOR)
    click.echo(f"Insatsen {given['namn']} ({kod}) är tillagd.")


@insats.command("andra")
@_insats_options
@click.pass_obj
@answer_in_swedish
def change_insats(app: App, forbund: str, kod: str, **given: Any) -> None:
    """Ändra en insats; det som inte anges är som förut."""
    old = {found.kod: found for found in load_insatser(app.store, forbund)}.get(kod)
    if old is None:
        raise UnknownInsatsError(forbund, kod)
    save_insats(app.store, forbund, _apply(old, **given), ACTOR)
    click.echo(f"Insatsen {kod} är ändrad.")


@insats.command("lista")
@forbund_option
@click.pass_obj
@answer_in_swedish
def list_insatser(app: App, forbund: str) -> None:
    """Lista förbundets insatser."""
    for found in load_insatser(app.store, forbund):
        click.echo(f"{found.kod}  {found.namn}")


@main.command("importera")
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@forbund_option
@click.option("--ersatt", is_flag=True, help="ändra uppgifter som redan finns")
@click.option("--skapa-insatser", is_flag=True, help="lägg till insatser som inte finns")
@click.option("--torrkor", is_flag=True, help="visa vad som skulle ändras, spara inget")
@json_option
@click.pass_obj
@answer_in_swedish
def import_file(
    app: App, fil: Path, forbund: str, ersatt: bool, skapa_insatser: bool, torrkor: bool, as_json: bool
) -> None:
    """Läs in en leverans (xlsx eller csv), hel eller inte alls."""
    load_forbund(app.store, forbund)
    if not fil.is_file():
        refuse(f"Filen ”{fil}” finns inte. Kontrollera namnet och mappen.")
    with fil.open("rb") as source:
        data = source.read(SIZE_LIMIT + 1)
    read = read_file(app.store, forbund, data, fil.name, today=today(), create_insatser=skapa_insatser)
    if read.problems:
        if as_json:
            print_json(to_import_json(read, None, None))
        refuse(*map(format_problem, read.problems))
    preview = build_preview(app.store, forbund, read)
    names = {found.kod: found.namn for found in (*load_insatser(app.store, forbund), *preview.new_insatser)}
    if preview.changes and not ersatt and not torrkor:
        if as_json:
            print_json(to_import_json(read, preview, None))
        refuse(
            *(format_change_line(change, names) for change in preview.changes),
            format_refused_delivery(RefusedDeliveryError("andrar")),
        )
    for sentence in (
        *map(format_warning, read.warnings),
        *(format_delivery_warning(warning, names) for warning in preview.warnings),
    ):
        tell(sentence)
    number = None
    if not torrkor:
        number = save_read(app.store, read, preview, ACTOR, filename=fil.name, known_from=today(), replace=ersatt)
    if as_json:
        print_json(to_import_json(read, preview, number))
        return
    if torrkor:
        for change in preview.changes:
            click.echo(format_plain(format_change_line(change, names)))
        click.echo(f"Torrkörning: {preview.new} nya och {len(preview.changes)} ändrade uppgifter. Inget har sparats.")
    elif number is None:
        click.echo("Inga ändringar: allt i filen finns redan. Ingen leverans har sparats.")
    else:
        click.echo(
            f"Leverans {number} är sparad: {preview.new} nya och {len(preview.changes)} ändrade uppgifter. "
            f"Ångra med: angra {number}."
        )


@main.command("mall")
@forbund_option
@click.option("--insats", metavar="KOD", help="bara en insats; annars alla som pågår")
@click.option("--ar", required=True, type=click.IntRange(2000, 2100), metavar="ÅR", help="året som fylls i")
@click.option("--manad", type=click.IntRange(1, 12), metavar="1–12", help="bara en månad av året")
@click.option("--till", required=True, metavar="FIL", type=click.Path(path_type=Path), help="filen som skrivs (.xlsx)")
@click.pass_obj
@answer_in_swedish
def write_template(app: App, forbund: str, insats: str | None, ar: int, manad: int | None, till: Path) -> None:
    """Skriv en Excelmall som insatserna fyller i; det ifyllda läses in med importera."""
    insatser = load_insatser(app.store, forbund)
    chosen = [found for found in insatser if insats in (None, found.kod)]
    if insats and not chosen:
        raise UnknownInsatsError(forbund, insats)
    if till.suffix.casefold() != ".xlsx":
        refuse(f"Filen ”{till}” måste sluta på .xlsx.")
    period = Period.month(ar, manad) if manad else Period.year(ar)
    try:
        content = to_template(load_forbund(app.store, forbund), chosen, period)
    except NoInsatsError:
        refuse(format_no_insats(period))
    try:
        till.write_bytes(content)
    except OSError:
        refuse(f"Filen ”{till}” går inte att skriva. Kontrollera att mappen finns och att filen inte är öppen.")
    click.echo(f"Mallen är skriven till {till}.")


@main.command("leveranser")
@forbund_option
@json_option
@click.pass_obj
@answer_in_swedish
def list_deliveries(app: App, forbund: str, as_json: bool) -> None:
    """Lista förbundets leveranser, äldst först."""
    found = load_deliveries(app.store, forbund)
    if as_json:
        print_json({"leveranser": [to_delivery_json(delivery) for delivery in found]})
        return
    for delivery in found:
        click.echo(format_plain("  ".join(format_delivery_row(delivery))))


@main.command("angra")
@click.argument("leverans", type=int, metavar="LEVERANS-ID")
@click.pass_obj
@answer_in_swedish
def undo(app: App, leverans: int) -> None:
    """Ångra en leverans; det som den ersatte gäller igen."""
    delivery = undo_delivery(app.store, leverans, ACTOR)
    click.echo(f"Leverans {leverans} ({delivery.fil}) är ångrad. Det som den ersatte gäller igen.")


@main.command("indikatorer")
@forbund_option
@period_option
@click.option("--insats", metavar="KOD", help="bara en insats")
@with_lage(Lage.INTERN)
@per_option
@json_option
@click.pass_obj
@answer_in_swedish
def indicators(
    app: App, forbund: str, period: Period, insats: str | None, lage: str, per: date | None, as_json: bool
) -> None:
    """Visa indikatorernas värden."""
    announce_protection(app.store, forbund, Lage(lage))
    report = build_report(
        app.store,
        forbund,
        period,
        lage=Lage(lage),
        as_of=today(),
        insatser=[insats] if insats else None,
        with_forbund=not insats,
        known_by=per,
    )
    tell_protection(report)
    content = to_indicator_json(report)
    if as_json:
        print_json(content)
        return
    for line in format_indicator_lines(report):
        click.echo(format_plain(line))


@main.command("malbild")
@forbund_option
@period_option
@with_lage(Lage.INTERN)
@per_option
@json_option
@click.pass_obj
@answer_in_swedish
def targets(app: App, forbund: str, period: Period, lage: str, per: date | None, as_json: bool) -> None:
    """Visa målen med utfall och bedömning."""
    announce_protection(app.store, forbund, Lage(lage))
    report = build_report(
        app.store, forbund, period, lage=Lage(lage), as_of=today(), known_by=per, sections=("targets",)
    )
    tell_protection(report)
    if as_json:
        print_json(to_target_json(report))
        return
    for line in format_target_lines(report):
        click.echo(format_plain(line))


@main.command("avstamning")
@forbund_option
@click.option("--period", type=PeriodType(), help="bara dokument som gäller perioden; annars alla")
@click.option(
    "--fil", type=click.Path(path_type=Path), metavar="FIL", help="en egen tabell med Uttryck och Delar; sparas inte"
)
@json_option
@click.pass_obj
@answer_in_swedish
def avstamning(app: App, forbund: str, period: Period | None, fil: Path | None, as_json: bool) -> None:
    """Jämför tryckta resultat, eller en egen rapports, med vad delarna ger."""
    figures = load_figure_set(app.store, forbund)
    if fil is None:
        found = load_avstamning(app.store, forbund, figures, period)
    else:
        if not fil.is_file():
            refuse(f"Filen ”{fil}” finns inte. Kontrollera namnet och mappen.")
        read = read_printed_table(fil.read_bytes(), fil.name)
        if read.problems:
            refuse(*map(format_problem, read.problems))
        found = build_avstamning(read.results, (), load_parts(app.store, forbund, figures), None)
    if as_json:
        print_json(to_avstamning_json(forbund, found))
        return
    for row in found.rows:
        click.echo(format_plain(format_avstamning_line(row)))
    click.echo(format_plain(f"{format_avstamning_title(found.rows)}."))


@main.command("ekonomi")
@forbund_option
@period_option
@with_lage(Lage.INTERN)
@json_option
@click.pass_obj
@answer_in_swedish
def economy(app: App, forbund: str, period: Period, lage: str, as_json: bool) -> None:
    """Visa pengarna: finansiering, budget, utfall, beslutsutrymme och kostnader."""
    report = _build_section(app, forbund, period, lage, "economy")
    if as_json:
        print_json(to_economy_json(report, load_entries(app.store, forbund, EconomyRow)))
        return
    for line in format_economy_lines(report):
        click.echo(format_plain(line))


@main.command("samverkan")
@forbund_option
@period_option
@with_lage(Lage.INTERN)
@json_option
@click.pass_obj
@answer_in_swedish
def samverkan(app: App, forbund: str, period: Period, lage: str, as_json: bool) -> None:
    """Visa seminarier, kompetensaktiviteter, lotsärenden, enkäter och internkontroll."""
    report = _build_section(app, forbund, period, lage, "samverkan")
    if as_json:
        print_json(to_samverkan_json(report))
        return
    for line in format_samverkan_lines(report):
        click.echo(format_plain(line))


@main.command("forsorjning")
@forbund_option
@period_option
@with_lage(Lage.INTERN)
@json_option
@click.pass_obj
@answer_in_swedish
def support(app: App, forbund: str, period: Period, lage: str, as_json: bool) -> None:
    """Visa offentlig försörjning per kommun, och försörjningsmåttet mot riket."""
    report = _build_section(app, forbund, period, lage, "support")
    if as_json:
        print_json(to_support_json(report))
        return
    for line in format_support_lines(report):
        click.echo(format_plain(line))


@main.command("uppfoljning")
@forbund_option
@period_option
@with_lage(Lage.INTERN)
@json_option
@click.pass_obj
@answer_in_swedish
def follow_up(app: App, forbund: str, period: Period, lage: str, as_json: bool) -> None:
    """Visa uppföljningar en tid efter start eller avslut."""
    report = _build_section(app, forbund, period, lage, "follow_up")
    if as_json:
        print_json(to_follow_up_json(report))
        return
    for line in format_follow_up_lines(report):
        click.echo(format_plain(line))


def _build_section(app: App, forbund: str, period: Period, lage: str, section: str) -> Report:
    return build_report(app.store, forbund, period, lage=Lage(lage), as_of=today(), sections=(section,))


lage_publicering = with_lage(Lage.PUBLICERING)
insats_option = click.option("--insats", "insatser", multiple=True, metavar="KOD", help="bara den insatsen; flera går")


def _build_document(
    app: App, forbund: str, period: Period, lage: str, insatser: tuple[str, ...], per: date | None
) -> PrintedDocument:
    """The report as blocks. What is published is recorded when it has been written, by `_record`."""
    announce_protection(app.store, forbund, Lage(lage))
    publication = build_publication(
        app.store,
        forbund,
        period,
        lage=Lage(lage),
        as_of=today(),
        insatser=insatser or None,
        known_by=per,
    )
    tell_protection(publication.report)
    settings = load_settings(app.store, forbund)
    return build_document(publication, accent=settings.accent, logo=settings.logo_png)


def _record(app: App, forbund: str, period: Period, lage: str, name: str) -> None:
    if Lage(lage) is Lage.PUBLICERING:
        record_publication(app.store, forbund, name, period, ACTOR)


@main.command("rapport")
@forbund_option
@period_option
@click.option("--till", required=True, metavar="FIL", type=click.Path(path_type=Path), help="filen som skrivs")
@click.option("--mall", metavar="FIL", type=click.Path(path_type=Path), help="egen Wordmall, för .docx")
@insats_option
@lage_publicering
@per_option
@click.pass_obj
@answer_in_swedish
def write_report(
    app: App,
    forbund: str,
    period: Period,
    till: Path,
    mall: Path | None,
    insatser: tuple[str, ...],
    lage: str,
    per: date | None,
) -> None:
    """Skriv rapporten som .docx, .pptx, .xlsx, .pdf eller .html."""
    suffix = till.suffix.lower()
    if suffix not in SUFFIXES:
        raise click.UsageError(f"Filen ska sluta på {format_list(list(SUFFIXES))}. ”{till.name}” gör inte det.")
    if mall is not None and suffix != ".docx":
        raise click.UsageError("En mall går bara att använda för .docx.")
    if mall is not None and not mall.is_file():
        refuse(f"Mallen ”{mall}” finns inte. Kontrollera namnet och mappen.")
    document = _build_document(app, forbund, period, lage, insatser, per)
    if suffix in WITH_PICTURES and find_browser() is None:
        tell(NO_BROWSER)
    try:
        content = to_file(document, suffix, template=mall.read_bytes() if mall else None)
    except BadTemplateError:
        refuse(BAD_TEMPLATE)
    _write_file(till, content)
    _record(app, forbund, period, lage, till.name)
    click.echo(format_plain(format_written(till.name, document.lead)))


def _write_file(place: Path, content: bytes) -> None:
    """Write the file, or say why it cannot be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError:
        refuse(f"”{place}” kan inte skrivas. Är filen öppen i ett annat program, eller saknas rättigheter till mappen?")


@main.command("diagram")
@forbund_option
@period_option
@click.option("--till", required=True, metavar="MAPP", type=click.Path(path_type=Path), help="mappen som fylls")
@click.option(
    "--format", "formats", default="png,svg,pdf", show_default=True, help="png, svg och pdf, med komma emellan"
)
@insats_option
@lage_publicering
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
    lage: str,
    per: date | None,
) -> None:
    """Skriv rapportens diagram som bilder, var och en med csv och alternativtext."""
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    if not chosen or set(chosen) - set(FORMATS):
        raise click.UsageError(f"”{formats}” går inte att förstå. Välj bland {format_list(list(FORMATS))}.")
    document = _build_document(app, forbund, period, lage, insatser, per)
    count = 0
    try:
        for name, content in list_files(document, chosen):
            _write_file(till / name, content)
            count += 1
    except NoBrowserError:
        _record(app, forbund, period, lage, till.name)
        refuse(NO_BROWSER, format_charts_written(count, till.name))
    finally:
        close_browser()
    _record(app, forbund, period, lage, till.name)
    click.echo(format_plain(format_charts_written(count, till.name)))


@main.command("sakerhetskopiera")
@click.option("--till", required=True, metavar="FIL", type=click.Path(path_type=Path), help="filen som skrivs")
@click.pass_obj
@answer_in_swedish
def back_up(app: App, till: Path) -> None:
    """Kopiera databasen till en fil, även medan den används."""
    backup(app.store, till)
    click.echo(f"Databasen är kopierad till {till}.")


@main.command("aterstall")
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@click.pass_obj
@answer_in_swedish
def restore_file(app: App, fil: Path) -> None:
    """Ersätt databasen med en säkerhetskopia; en skadad eller främmande fil ändrar inget."""
    kept = restore(app.store, fil, ACTOR)
    click.echo(f"Databasen är återställd från {fil}.")
    if kept is not None:
        click.echo(f"Den tidigare databasen finns kvar som {kept}.")


@main.command("kontrollera")
@click.pass_obj
@answer_in_swedish
def check(app: App) -> None:
    """Kontrollera att databasen är hel."""
    problems = check_integrity(app.store)
    if problems:
        refuse(*map(format_integrity_problem, problems))
    click.echo("Databasen är hel: nycklar, leveranser och kontrollsummor stämmer.")


def run() -> None:
    """Run the command line; a fault of the program itself ends in a Swedish sentence, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        main(prog_name="python -m finsam_dash")
    except Exception as error:
        # The message of an unexpected error may hold figures or rows of a file: only its place is told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        tell(
            f"Ett oväntat fel uppstod ({type(error).__name__}, {Path(place.filename).name}:{place.lineno}). "
            "Inget har sparats och inget har gått förlorat. Skicka raden till den som sköter installationen."
        )
        sys.exit(1)
