"""indikatorer, malbild, avstamning and the sections: what the report says, as JSON or lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from finsam_dash.cli.frame import (
    App,
    announce_protection,
    answer_in_swedish,
    check_file,
    print_answer,
    refuse,
    tell_protection,
    today,
)
from finsam_dash.cli.options import (
    PeriodType,
    check_per,
    forbund_option,
    json_option,
    per_option,
    period_option,
    with_lage,
)
from finsam_dash.cli.swedish import SwedishCommand
from finsam_dash.export.contract import (
    to_avstamning_json,
    to_economy_json,
    to_follow_up_json,
    to_indicator_json,
    to_samverkan_json,
    to_support_json,
    to_target_json,
)
from finsam_dash.intake.printed_table import read_printed_table
from finsam_dash.model import EconomyRow, Lage, Period
from finsam_dash.report.avstamning import build_avstamning
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.content import Report
from finsam_dash.report.registers import load_avstamning, load_parts
from finsam_dash.store import Store, load_entries
from finsam_dash.wording.avstamning import format_line as format_avstamning_line
from finsam_dash.wording.avstamning import format_title as format_avstamning_title
from finsam_dash.wording.lines import format_indicator_lines, format_target_lines
from finsam_dash.wording.problems import format_problem
from finsam_dash.wording.register_lines import (
    format_economy_lines,
    format_follow_up_lines,
    format_samverkan_lines,
    format_support_lines,
)

lage_option = with_lage(Lage.INTERN)


@click.command("indikatorer", cls=SwedishCommand)
@forbund_option
@period_option
@click.option("--insats", metavar="KOD", help="bara en insats")
@lage_option
@per_option
@json_option
@click.pass_obj
@answer_in_swedish
def indicators(
    app: App, forbund: str, period: Period, insats: str | None, lage: str, per: date | None, as_json: bool
) -> None:
    """Visa indikatorernas värden."""
    check_per(lage, per)
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
    print_answer(as_json, lambda: to_indicator_json(report), lambda: format_indicator_lines(report))


@click.command("malbild", cls=SwedishCommand)
@forbund_option
@period_option
@lage_option
@per_option
@json_option
@click.pass_obj
@answer_in_swedish
def targets(app: App, forbund: str, period: Period, lage: str, per: date | None, as_json: bool) -> None:
    """Visa målen med utfall och bedömning."""
    check_per(lage, per)
    announce_protection(app.store, forbund, Lage(lage))
    report = build_report(
        app.store, forbund, period, lage=Lage(lage), as_of=today(), known_by=per, sections=("targets",)
    )
    tell_protection(report)
    print_answer(as_json, lambda: to_target_json(report), lambda: format_target_lines(report))


@click.command("avstamning", cls=SwedishCommand)
@forbund_option
@click.option("--period", type=PeriodType(), help="bara dokument som gäller perioden; annars alla")
@click.option(
    "--fil", type=click.Path(path_type=Path), metavar="FIL", help="en egen tabell med Uttryck och Delar; sparas inte"
)
@json_option
@click.pass_obj
@answer_in_swedish
def avstamning(app: App, forbund: str, period: Period | None, fil: Path | None, as_json: bool) -> None:
    """Jämför tryckta resultat med vad delarna ger. De är dokumentens, eller en egen fils."""
    figures = load_figure_set(app.store, forbund)
    if fil is None:
        found = load_avstamning(app.store, forbund, figures, period)
    else:
        check_file("Filen", fil)
        read = read_printed_table(fil.read_bytes(), fil.name)
        if read.problems:
            refuse(*map(format_problem, read.problems))
        found = build_avstamning(read.results, (), load_parts(app.store, forbund, figures), None)
    print_answer(
        as_json,
        lambda: to_avstamning_json(forbund, found),
        lambda: [*map(format_avstamning_line, found.rows), f"{format_avstamning_title(found.rows)}."],
    )


def _section_command(
    name: str,
    section: str,
    to_json: Callable[[Report, Store], dict[str, Any]],
    format_lines: Callable[[Report], Iterable[str]],
    *,
    text: str,
) -> click.Command:
    """A command that shows one section of the report."""

    @click.command(name, cls=SwedishCommand, help=text)
    @forbund_option
    @period_option
    @lage_option
    @json_option
    @click.pass_obj
    @answer_in_swedish
    def show(app: App, forbund: str, period: Period, lage: str, as_json: bool) -> None:
        report = build_report(app.store, forbund, period, lage=Lage(lage), as_of=today(), sections=(section,))
        print_answer(as_json, lambda: to_json(report, app.store), lambda: format_lines(report))

    return show


economy = _section_command(
    "ekonomi",
    "economy",
    lambda report, store: to_economy_json(report, load_entries(store, report.forbund.kod, EconomyRow)),
    format_economy_lines,
    text="Visa budget, utfall och kostnader. Också finansiering och beslutsutrymme.",
)
samverkan = _section_command(
    "samverkan",
    "samverkan",
    lambda report, _: to_samverkan_json(report),
    format_samverkan_lines,
    text="Visa det som görs tillsammans. Seminarier, kompetensaktiviteter, lotsärenden, enkäter, internkontroll.",
)
support = _section_command(
    "forsorjning",
    "support",
    lambda report, _: to_support_json(report),
    format_support_lines,
    text="Visa offentlig försörjning per kommun. Försörjningsmåttet visas mot riket.",
)
follow_up = _section_command(
    "uppfoljning",
    "follow_up",
    lambda report, _: to_follow_up_json(report),
    format_follow_up_lines,
    text="Visa uppföljningar en tid efter start eller avslut.",
)
