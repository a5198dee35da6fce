"""Ekonomi, samverkan, försörjning and follow-ups as lines of text for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_dash.model import Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_samverkan import HIDDEN_LOTS
from finsam_dash.wording import economy as money
from finsam_dash.wording import samverkan as words
from finsam_dash.wording.lines import format_report_head
from finsam_dash.wording.names import capitalise, format_name
from finsam_dash.wording.numbers import format_share, format_share_value, format_value
from finsam_dash.wording.periods import format_period


def format_economy_lines(report: Report) -> Iterator[str]:
    """The main lines of Ekonomi; the JSON has every row."""
    economy = report.economy
    assert economy is not None
    yield format_report_head(report)
    yield f"{money.format_economy_title(economy)}."
    for conflict in economy.conflicts:
        yield f"Går isär: {money.format_conflict(conflict)}"
    if economy.room is not None:
        yield f"Beslutsutrymme ({economy.room.tabell}):"
        for what, amount in money.list_room_lines(economy.room):
            yield f"  {what}: {amount} kr"
    for share in economy.shares:
        yield f"{capitalise(format_name(share.kind))}: {format_share(share.share)} av bidraget"
    if economy.equity is not None:
        yield money.format_equity_sentence(economy.equity)
    for table in economy.tables:
        yield f"{table.tabell} ({table.source}), kronor:"
        for line in table.lines:
            cells = [
                f"{money.STATE_HEADS[state].lower()} {cell}"
                for state in table.columns
                if (cell := money.format_line_cell(line, state))
            ]
            if share_text := money.format_line_share(line):
                cells.append(f"förbrukad andel {share_text}")
            yield f"  {line.post}: {', '.join(cells)}"


def format_samverkan_lines(report: Report) -> Iterator[str]:
    """Every stored number about working together."""
    samverkan = report.samverkan
    assert samverkan is not None
    yield format_report_head(report)
    for item in samverkan.items:
        figure = item.figure
        theme = f", {figure.tema}" if figure.tema else ""
        yield (
            f"{words.format_kind(figure.slag)}: {figure.namn}{theme}: {words.format_item(item)} "
            f"{words.format_measure(figure.matt)} ({format_period(figure.period)}). Källa: {item.source}."
        )
    if samverkan.lots == HIDDEN_LOTS:
        yield f"Lotsärenden: {words.REFUSED}"
    else:
        for row in samverkan.lots:
            yield (
                f"Lotsärenden {row.grupp}, {row.coordinator}: {format_value(row.opened, Unit.ANTAL)}, varav lösta "
                f"{format_value(row.solved, Unit.ANTAL)}"
            )
    for result in samverkan.enkater:
        yield (
            f"Enkät {result.enkat.namn}: {result.enkat.question}: {format_share_value(result.positive)} positiva, "
            f"medel {words.format_scale_mean(result)}, svar {words.format_answered(result)}"
        )
    for risk in samverkan.risks or ():
        yield f"Internkontroll: {risk.text}. Ansvarig: {risk.owner}. Följs upp {risk.follow_up.isoformat()}."


def format_support_lines(report: Report) -> Iterator[str]:
    """The försörjningsmått and the five forms, kommun by kommun."""
    yield format_report_head(report)
    support = report.support
    if support is None:
        yield "Ingen offentlig försörjning är lagrad."
        return
    for row in support.rows:
        yield f"{row.kommun}: försörjningsmått {words.format_money_measure(row.measure)} per invånare och dag"
        for form in row.forms:
            yield (
                f"  {words.FORM_NAMES[form.form]}: {format_value(form.persons, Unit.ANTAL)} personer, "
                f"{format_value(form.cost, Unit.KR)}"
            )


def format_follow_up_lines(report: Report) -> Iterator[str]:
    """Every follow-up of the period."""
    yield format_report_head(report)
    names = report.full_names
    if not report.follow_up:
        yield "Ingen uppföljning är lagrad."
    for row in report.follow_up or ():
        yield (
            f"{names.get(row.insats, row.insats)}, {words.format_distance(row)}, {words.format_follow_up_period(row)}: "
            f"{format_value(row.left, Unit.ANTAL)} att följa upp, {format_value(row.unknown, Unit.ANTAL)} inte kända"
        )
        for outcome in row.outcomes:
            yield (
                f"  {words.format_outcome_kind(outcome.matt)}: {format_value(outcome.count, Unit.ANTAL)} "
                f"({format_share_value(outcome.share)})"
            )
