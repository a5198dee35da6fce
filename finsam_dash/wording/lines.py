"""The Report as plain lines for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Gender, Measured, Missing, Suppressed, Unit
from finsam_dash.report.content import Report
from finsam_dash.wording.names import format_name, format_row_of_whom, name_subject
from finsam_dash.wording.numbers import format_share_with_counts, format_sign, format_value, format_value_interval
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import EXAMPLE_MARK, format_coverage, format_hidden_sentence, format_reason
from finsam_dash.wording.target_table import format_targets_title
from finsam_dash.wording.targets import format_target_sentence


def format_report_head(report: Report) -> str:
    """Whose report it is, over a listing or at the foot of a page: förbund, period, läge, invented or not."""
    invented = f"{EXAMPLE_MARK} " if report.forbund.pahittad else ""
    return f"{invented}{report.forbund.namn}, {format_period(report.period)}. Läge: {format_name(report.lage)}."


def format_indicator_lines(report: Report) -> Iterator[str]:
    """Every indicator, one a line, under a line for the förbund and each insats."""
    yield format_report_head(report)
    names = report.full_names
    subject: str | None = ""
    for row in report.rows:
        if row.subject != subject:
            subject = row.subject
            yield ""
            yield name_subject(subject, names)
        indikator = load_registry().indikatorer[row.indikator]
        gender = "" if row.gender is Gender.ALLA else f", {format_name(row.gender)}"
        value = row.value
        if isinstance(value, Missing):
            text = f"{format_sign(value)} ({format_reason(value, names)})"
        elif isinstance(value, Suppressed) or indikator.form == "antal":
            text = format_value(value, Unit.ANTAL)
        elif value.numerator is not None and value.denominator:
            counts = format_share_with_counts(value.numerator, value.denominator)
            text = f"{counts} {format_row_of_whom(row)}".rstrip() + f", intervall {format_value_interval(value)}"
        else:
            text = format_value(value, indikator.unit)
        note = f" {format_coverage(row.coverage, names)}" if row.coverage and isinstance(value, Measured) else ""
        yield f"  {indikator.label}{gender}: {text}{note}"


def format_target_lines(report: Report) -> Iterator[str]:
    """Every goal with its sentence, under the finding."""
    yield format_report_head(report)
    rows = report.targets or ()
    yield from filter(None, format_targets_title(rows))
    names = report.full_names
    for row in rows:
        who = name_subject(row.target.insats, names)
        yield ""
        yield f"{who}: {row.target.text}"
        yield f"  {format_target_sentence(row, names) or format_hidden_sentence(row.value)}"
