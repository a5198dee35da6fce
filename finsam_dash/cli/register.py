"""forbund and insats: what is registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import click

from finsam_dash.cli.frame import ACTOR, App, answer_in_swedish, print_answer, refuse
from finsam_dash.cli.options import DayType, forbund_option, json_option
from finsam_dash.cli.swedish import SwedishGroup
from finsam_dash.intake.privacy import is_personnummer
from finsam_dash.model import CountingMode, Forbund, GenderScope, Insats, InsatsPeriod, Purpose
from finsam_dash.store import (
    UnknownInsatsError,
    load_all_forbund,
    load_insatser,
    save_forbund,
    save_insats,
)
from finsam_dash.wording.register import PERSONNUMMER


def _refuse_personnummer(*given: object) -> None:
    if any(is_personnummer(text) for text in given if isinstance(text, str)):
        refuse(f"Inget har sparats. {PERSONNUMMER}")


@click.group("forbund", cls=SwedishGroup)
def forbund() -> None:
    """Förbund: lägg till ett nytt, eller lista dem som finns."""


@forbund.command("ny")
@click.option("--kod", required=True, help="kort kod, till exempel nytt-forbund")
@click.option("--namn", required=True, help="förbundets namn")
@click.pass_obj
@answer_in_swedish
def new_forbund(app: App, kod: str, namn: str) -> None:
    """Lägg till ett tomt förbund."""
    _refuse_personnummer(kod, namn)
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
    print_answer(
        as_json,
        lambda: {"forbund": [{"kod": item.kod, "namn": item.namn, "pahittad": item.pahittad} for item in found]},
        lambda: [f"{item.kod}  {item.namn}{' (påhittade data)' if item.pahittad else ''}" for item in found],
    )


@click.group("insats", cls=SwedishGroup)
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
        click.option("--malgrupp", help="vilka insatsen är till för, i ord"),
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
        "malgrupp": given["malgrupp"],
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
    _refuse_personnummer(kod, *given.values())
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
    _refuse_personnummer(*given.values())
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
