"""sakerhetskopiera, aterstall and kontrollera: the store itself."""

from __future__ import annotations

from pathlib import Path

import click

from finsam_dash.cli.frame import ACTOR, App, answer_in_swedish, refuse
from finsam_dash.cli.options import file_argument, till_option
from finsam_dash.cli.swedish import SwedishCommand
from finsam_dash.store import backup, check_integrity, restore
from finsam_dash.wording.store import format_integrity_problem


@click.command("sakerhetskopiera", cls=SwedishCommand)
@till_option("FIL", "filen som skrivs")
@click.pass_obj
@answer_in_swedish
def back_up(app: App, till: Path) -> None:
    """Kopiera databasen till en fil, även medan den används."""
    backup(app.store, till)
    click.echo(f"Databasen är kopierad till {till}.")


@click.command("aterstall", cls=SwedishCommand)
@file_argument
@click.pass_obj
@answer_in_swedish
def restore_file(app: App, fil: Path) -> None:
    """Ersätt databasen med en säkerhetskopia. En skadad eller främmande fil ändrar inget."""
    kept = restore(app.store, fil, ACTOR)
    click.echo(f"Databasen är återställd från {fil}.")
    if kept is not None:
        click.echo(f"Den tidigare databasen finns kvar som {kept}.")


@click.command("kontrollera", cls=SwedishCommand)
@click.pass_obj
@answer_in_swedish
def check(app: App) -> None:
    """Kontrollera att databasen är hel."""
    problems = check_integrity(app.store)
    if problems:
        refuse(*map(format_integrity_problem, problems))
    click.echo("Databasen är hel: nycklar, leveranser och kontrollsummor stämmer.")
