"""The options that several commands take, and what their values may look like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from finsam_dash.model import Lage, Period, PeriodError
from finsam_dash.wording.protection import PER_INTERN


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
per_option = click.option("--per", type=DayType(), help="vad som var känt den dagen, i läget intern")
json_option = click.option("--json", "as_json", is_flag=True, help="bara JSON på standard ut")
insatser_option = click.option(
    "--insats", "insatser", multiple=True, metavar="KOD", help="bara den insatsen; flera går"
)
grupp_option = click.option("--grupp", default="", metavar="KOD", help="bara lokusgruppens insatser")
kommun_option = click.option("--kommun", default="", metavar="NAMN", help="bara insatserna i kommunen")
file_argument = click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))


def check_per(lage: str, per: date | None) -> None:
    """Refuse --per in publicering: what is handed out is protected as the figures are now."""
    if per is not None and Lage(lage) is Lage.PUBLICERING:
        raise click.UsageError(f"--per {PER_INTERN} Lägg till --lage intern, eller ta bort --per.")


def till_option(metavar: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option --till: the file or folder that is written."""
    return click.option("--till", required=True, metavar=metavar, type=click.Path(path_type=Path), help=text)
