"""The JSON of avstamning, ekonomi, samverkan, uppfoljning and forsorjning, as plain dictionaries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_dash.report.content_avstamning import Avstamning, AvstamningRow
from finsam_dash.wording.avstamning import format_explanation, format_expression_plain, format_parts
from finsam_dash.wording.numbers import format_plain


def to_plain_number(value: Decimal | float | None) -> int | float | None:
    """A whole number as int, else as float; None stays None."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def to_avstamning_json(forbund: str, avstamning: Avstamning) -> dict[str, Any]:
    """`avstamning --json`: every printed result beside what its stored parts give."""
    counts: dict[str, int] = {}
    for row in avstamning.rows:
        counts[row.status] = counts.get(row.status, 0) + 1
    return {
        "forbund": forbund,
        "antal": counts,
        "rader": [to_avstamning_row(row) for row in avstamning.rows],
    }


def to_avstamning_row(row: AvstamningRow) -> dict[str, Any]:
    """One row; `delar` is worked out ("51/69") and `uttryck_delar` shows how ("51/(77 - 8)")."""
    result = row.result
    return {
        "dokument": result.dokument,
        "rubrik": result.rubrik,
        "uttryck": result.uttryck,
        "publicerat": to_plain_number(result.published),
        "omraknat": to_plain_number(row.recomputed),
        "delar": format_parts(row),
        "uttryck_delar": format_expression_plain(row.tokens),
        "hanvisning": result.parts,
        "enhet": str(result.unit),
        "status": str(row.status),
        "forklaring": format_plain(format_explanation(row)),
        "formel": result.formel,
        "kolumn": result.column,
        "precision": to_plain_number(result.precision),
        "kvalifikator": str(result.qualifier),
    }
