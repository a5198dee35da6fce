"""Economy and beslutsutrymme: what there is, what is bound, what is left, and the four numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finsam_dash.report.content import Economy, Report
from finsam_dash.wording import economy as money
from finsam_dash.wording.numbers import MISSING_SIGN, NO_BREAK
from finsam_dash.wording.slides.numbers import KEY_NUMBERS
from finsam_dash.wording.slides.parts import ROWS, STAGE_WIDTH, Slide, SlideCell, SlideColumn, SlideTable, build_slide

_FULL_ROOM: Final = 4
"""With fewer lines than this the sum of beslutsutrymmet is not known: the key numbers stand in the same table."""
_AMOUNT: Final = 308


def build_economy_slides(report: Report) -> Iterator[Slide]:
    """The slide about money; none where nothing of it is known."""
    economy = report.economy
    if economy is None or (economy.room is None and not economy.shares and not economy.tables):
        return
    lines = (
        []
        if economy.room is None
        else [line for line in money.list_room_lines(economy.room) if line[1] != MISSING_SIGN]
    )
    numbers = money.list_key_numbers(economy)
    whole = len(lines) >= _FULL_ROOM
    yield build_slide(
        report, "ekonomi", "Ekonomi och beslutsutrymme", money.format_economy_title(economy),
        table=_build_room_table(economy, lines) if whole else _build_money_table(lines, numbers),
        numbers=tuple((number, what[:1].lower() + what[1:]) for number, what in numbers[:KEY_NUMBERS]) if whole else (),
        measures=("forbrukningskvot", "forbrukad_andel"),
    )  # fmt: skip


def _build_room_table(economy: Economy, lines: list[tuple[str, str]]) -> SlideTable:
    """Beslutsutrymmet from the top down; its last line is the sum where that is known."""
    summed = economy.room is not None and economy.room.left is not None
    shown = lines[-ROWS:]
    return SlideTable(
        (SlideColumn("Beslutsutrymme", STAGE_WIDTH - _AMOUNT), SlideColumn("kr", _AMOUNT, True)),
        tuple(
            (
                SlideCell(what, strong=summed and place == len(shown)),
                SlideCell(amount, strong=summed and place == len(shown)),
            )
            for place, (what, amount) in enumerate(shown, start=1)
        ),
    )


def _build_money_table(lines: list[tuple[str, str]], numbers: list[tuple[str, str]]) -> SlideTable | None:
    """What is known of the money in one table, each amount with its unit; None where nothing is."""
    rows = [
        *((what, number) for number, what in numbers),
        *((what, f"{amount}{NO_BREAK}kr") for what, amount in lines),
    ]
    if not rows:
        return None
    return SlideTable(
        (SlideColumn("Ekonomi", STAGE_WIDTH - _AMOUNT), SlideColumn("", _AMOUNT, True)),
        tuple((SlideCell(what), SlideCell(amount, strong=True)) for what, amount in rows[:ROWS]),
    )
