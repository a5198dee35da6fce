"""The command line: the same calls as the pages make, no logic of its own.

Exit 0 done, 1 refused by content (Swedish sentences on stderr, nothing saved), 2 a command or value that cannot be
understood. With --json stdout holds the JSON and nothing else, UTF-8 on every system. One module an area; `frame` and
`options` hold what they share, `swedish` what the command line library says in English.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from finsam_dash.cli import copies, deliveries, documents, figures, register
from finsam_dash.cli.frame import App, tell
from finsam_dash.cli.swedish import SwedishGroup

__all__ = ["main", "run"]


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


for command in (
    register.forbund,
    register.insats,
    deliveries.import_file,
    deliveries.write_template,
    deliveries.list_deliveries,
    deliveries.undo,
    figures.indicators,
    figures.targets,
    figures.avstamning,
    figures.economy,
    figures.samverkan,
    figures.support,
    figures.follow_up,
    documents.write_report,
    documents.write_charts,
    copies.back_up,
    copies.restore_file,
    copies.check,
):
    main.add_command(command)


def run() -> None:
    """Run the command line; a fault of the program itself ends in a Swedish sentence, never in a traceback."""
    # A stream that the caller has closed is None.
    for stream in filter(None, (sys.stdout, sys.stderr)):
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
