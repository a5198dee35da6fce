"""intake: a delivered file to checked figures, and every problem found in it. No database, nothing on disk or in a log.

`read_delivery` is the only way in. Three forms are recognised from the header row: the monthly form (`monthly`), the
long form (`long`) and one row a deltagande (`participants`). A file with a problem gives no figures at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from finsam_dash.intake.checks import NOT_MORE_THAN, check_monthly, check_registered
from finsam_dash.intake.delivery import (
    FIGURE_COLUMNS,
    KEY_COLUMNS,
    Comment,
    IntakeContext,
    ReadColumn,
    ReadDelivery,
    Reading,
    counts_frame,
)
from finsam_dash.intake.findings import Finding, Findings, Problem, Warning_
from finsam_dash.intake.headers import COUNTS, HEADERS, HeaderWord, Table, find_tables, score_headers
from finsam_dash.intake.long import read_long
from finsam_dash.intake.monthly import counts_of, read_monthly
from finsam_dash.intake.participants import read_participants
from finsam_dash.intake.privacy import check_filename, check_privacy
from finsam_dash.intake.workbook import SIZE_LIMIT, UnreadableFileError, read_tables

__all__ = [
    "COUNTS",
    "FIGURE_COLUMNS",
    "HEADERS",
    "KEY_COLUMNS",
    "NOT_MORE_THAN",
    "SIZE_LIMIT",
    "Comment",
    "Finding",
    "HeaderWord",
    "IntakeContext",
    "Problem",
    "ReadColumn",
    "ReadDelivery",
    "Warning_",
    "read_delivery",
]


def read_delivery(data: bytes, filename: str, context: IntakeContext) -> ReadDelivery:
    """Read one delivered file (xlsx or csv) to figures, or to every problem that keeps it from being saved.

    Never raises for what a file may hold: each fault is a Problem in the result. Neither the file's rows nor its name
    leave this function other than in the figures, comments and findings; a finding about a person's data carries none
    of it.
    """
    findings = Findings()
    reading = Reading(context, findings)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        file = read_tables(data, filename, score_headers)
    except UnreadableFileError as error:
        check_filename(filename, findings)
        findings.refuse(error.code, error.sheet)
        return ReadDelivery("", counts_frame([], reading), sha256, problems=findings.problems)
    findings.sheets = [table.sheet for table in file.tables]
    tables = find_tables(check_privacy(file, filename, findings), findings)
    form = tables[0].form if tables else ""
    columns = tuple(
        ReadColumn(table.sheet, column.name, column.key, column.gender) for table in tables for column in table.columns
    )
    figures, comments, row_count = _read_form(form, tables, reading)
    if tables and not row_count and not findings.problems:
        findings.refuse("inga_rader", tables[0].sheet, tables[0].header_line)
    if findings.problems:
        return ReadDelivery(
            form,
            counts_frame([], reading),
            sha256,
            columns=columns,
            problems=findings.problems,
            warnings=findings.warnings,
        )
    check_registered(figures, reading)
    return ReadDelivery(
        form, figures, sha256, row_count, reading.new_insatser(figures), comments, columns, (), findings.warnings
    )


def _read_form(form: str, tables: Sequence[Table], reading: Reading) -> tuple[pd.DataFrame, tuple[Comment, ...], int]:
    """The figures, comments and number of rows of the tables, all of one form."""
    if form == "lang":
        figures, row_count = read_long(tables, reading)
        return figures, (), row_count
    if form == "deltagare":
        counts, row_count = read_participants(tables, reading)
        return counts_frame(counts, reading), (), row_count
    monthly = [read_monthly(table, reading) for table in tables]
    if monthly:
        check_monthly(monthly, reading)
    counts = [piece for table in monthly for block in table.blocks for piece in counts_of(block)]
    comments = tuple(comment for table in monthly for comment in table.comments)
    return counts_frame(counts, reading), comments, sum(table.row_count for table in monthly)
