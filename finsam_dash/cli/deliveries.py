"""importera, mall, leveranser and angra: what comes in, and what is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from finsam_dash.cli.frame import (
    ACTOR,
    App,
    answer_in_swedish,
    check_file,
    print_answer,
    print_json,
    refuse,
    tell,
    today,
    write_file,
)
from finsam_dash.cli.options import file_argument, forbund_option, json_option, till_option
from finsam_dash.cli.swedish import SwedishCommand, SwedishRange
from finsam_dash.deliveries import Preview, RefusedDeliveryError, build_preview, list_contents, read_file, save_read
from finsam_dash.export.contract import to_delivery_json, to_import_json
from finsam_dash.export.template import NoInsatsError, to_template
from finsam_dash.intake import SIZE_LIMIT
from finsam_dash.model import Period
from finsam_dash.store import (
    StoreError,
    UnknownInsatsError,
    load_deliveries,
    load_forbund,
    load_insatser,
    undo_delivery,
)
from finsam_dash.wording.delivery import (
    format_change_line,
    format_delivery_row,
    format_delivery_warning,
    format_gaps,
)
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.problems import format_problem, format_warning
from finsam_dash.wording.store import format_refused_delivery
from finsam_dash.wording.template import format_no_insats

TRIES = 20
"""How often a file is compared with the store anew when other deliveries are saved meanwhile."""


@click.command("importera", cls=SwedishCommand)
@file_argument
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
    """Läs in en leverans, hel eller inte alls. Filen är xlsx eller csv."""
    load_forbund(app.store, forbund)
    check_file("Filen", fil)
    with fil.open("rb") as source:
        data = source.read(SIZE_LIMIT + 1)
    for tries_left in reversed(range(TRIES)):
        read = read_file(app.store, forbund, data, fil.name, today=today(), create_insatser=skapa_insatser)
        names = {found.kod: found.namn for found in (*load_insatser(app.store, forbund), *read.new_insatser)}
        if read.problems:
            if as_json:
                print_json(to_import_json(read, None, (), None, names))
            refuse(*map(format_problem, read.problems))
        preview = build_preview(app.store, forbund, read)
        contents = list_contents(app.store, forbund, read)
        if preview.changes and not ersatt and not torrkor:
            if as_json:
                print_json(to_import_json(read, preview, contents, None, names))
            refuse(
                *(format_change_line(change, names) for change in preview.changes),
                format_refused_delivery(RefusedDeliveryError("andrar")),
            )
        number = None
        if torrkor:
            break
        try:
            number = save_read(app.store, read, preview, ACTOR, filename=fil.name, known_from=today(), replace=ersatt)
            break
        except StoreError as error:
            # Another delivery was saved meanwhile. Nobody has looked at this preview, so it is made anew.
            if error.code != "andrad_under_tiden" or not tries_left:
                raise
    for sentence in (
        *map(format_warning, read.warnings),
        *(format_gaps(one, names) for one in contents if one.gaps),
        *(format_delivery_warning(warning, names) for warning in preview.warnings),
    ):
        tell(sentence)
    if as_json:
        print_json(to_import_json(read, preview, contents, number, names))
        return
    for line in _list_outcome(preview, number, names):
        click.echo(format_plain(line))


def _list_outcome(preview: Preview, number: int | None, names: Mapping[str, str]) -> Iterator[str]:
    """What came of the file: nothing new in it, what would change (without a number nothing was saved), a delivery."""
    figures = f"{preview.new} nya och {len(preview.changes)} ändrade uppgifter"
    if preview.is_empty:
        yield "Inga ändringar: allt i filen finns redan. Ingen leverans har sparats."
    elif number is None:
        yield from (format_change_line(change, names) for change in preview.changes)
        yield f"Torrkörning: {figures}. Inget har sparats."
    else:
        yield f"Leverans {number} är sparad: {figures}. Ångra med: angra {number}."


@click.command("mall", cls=SwedishCommand)
@forbund_option
@click.option("--insats", metavar="KOD", help="bara en insats; annars alla som pågår")
@click.option("--ar", required=True, type=SwedishRange(2000, 2100), metavar="ÅR", help="året som fylls i")
@click.option("--manad", type=SwedishRange(1, 12), metavar="1–12", help="bara en månad av året")
@till_option("FIL", "filen som skrivs (.xlsx)")
@click.pass_obj
@answer_in_swedish
def write_template(app: App, forbund: str, insats: str | None, ar: int, manad: int | None, till: Path) -> None:
    """Skriv en Excelmall som insatserna fyller i. Det ifyllda läses in med importera."""
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
    write_file(till, content)
    click.echo(f"Mallen är skriven till {till}.")


@click.command("leveranser", cls=SwedishCommand)
@forbund_option
@json_option
@click.pass_obj
@answer_in_swedish
def list_deliveries(app: App, forbund: str, as_json: bool) -> None:
    """Lista förbundets leveranser, äldst först."""
    found = load_deliveries(app.store, forbund)
    print_answer(
        as_json,
        lambda: {"leveranser": [to_delivery_json(delivery) for delivery in found]},
        lambda: ["  ".join(format_delivery_row(delivery)) for delivery in found],
    )


@click.command("angra", cls=SwedishCommand)
@click.argument("leverans", type=int, metavar="LEVERANS-ID")
@click.pass_obj
@answer_in_swedish
def undo(app: App, leverans: int) -> None:
    """Ångra en leverans; det som den ersatte gäller igen."""
    delivery = undo_delivery(app.store, leverans, ACTOR)
    click.echo(f"Leverans {leverans} ({delivery.fil}) är ångrad. Det som den ersatte gäller igen.")
