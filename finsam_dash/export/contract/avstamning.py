"""`avstamning --json`: what the documents print beside what its parts give."""

from __future__ import annotations

from collections import Counter
from typing import Any

from finsam_dash.export.contract.parts import to_number
from finsam_dash.report.content_avstamning import Avstamning, AvstamningRow
from finsam_dash.wording.avstamning import format_explanation, format_expression_plain, format_parts
from finsam_dash.wording.numbers import format_plain


def to_avstamning_json(forbund: str, avstamning: Avstamning) -> dict[str, Any]:
    """`avstamning --json`: every printed result beside what its stored parts give."""
    return {
        "forbund": forbund,
        "antal": dict(Counter(row.status for row in avstamning.rows)),
        "rader": [_to_row(row) for row in avstamning.rows],
    }


def _to_row(row: AvstamningRow) -> dict[str, Any]:
    """One row; `delar` is worked out ("51/69") and `uttryck_delar` shows how ("51/(77 - 8)")."""
    result = row.result
    return {
        "dokument": result.dokument,
        "rubrik": result.rubrik,
        "uttryck": result.uttryck,
        "publicerat": to_number(result.published),
        "omraknat": to_number(row.recomputed),
        "delar": format_parts(row),
        "uttryck_delar": format_expression_plain(row.tokens),
        "hanvisning": result.parts,
        "enhet": str(result.unit),
        "status": str(row.status),
        "forklaring": format_plain(format_explanation(row)),
        "formel": result.formel,
        "kolumn": result.column,
        "precision": to_number(result.precision),
        "kvalifikator": str(result.qualifier),
    }
