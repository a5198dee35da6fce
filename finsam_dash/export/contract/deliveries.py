"""`leveranser --json` and `importera --json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from finsam_dash.deliveries import Contents, Preview
from finsam_dash.export.contract.parts import to_number, to_period
from finsam_dash.intake import Finding, ReadDelivery
from finsam_dash.store import Delivery
from finsam_dash.wording.delivery import format_delivery_warning, format_gaps
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.problems import format_problem, format_warning


def to_delivery_json(delivery: Delivery) -> dict[str, Any]:
    """One row of `leveranser --json`. `tid` and `angrad_tid` are UTC."""
    return {
        "id": delivery.id,
        "fil": delivery.fil,
        "namn": delivery.namn or None,
        "sha256": delivery.sha256,
        "tid": delivery.time,
        "rader": delivery.rows,
        "figurer": delivery.figures,
        "gallande": delivery.current,
        "form": delivery.form,
        "av": delivery.actor.name,
        "kand_fran": delivery.known_from.isoformat(),
        "tillstand": str(delivery.state),
        "angrad_tid": delivery.undone_time or None,
        "angrad_av": delivery.undone_by.name if delivery.undone_by else None,
    }


def to_import_json(
    read: ReadDelivery,
    preview: Preview | None,
    contents: Sequence[Contents],
    number: int | None,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """`importera --json`: every problem and warning, what changes from–to, and the delivery's number if saved.

    `names` are the insatser's names by code, for the sentences.
    """
    changes = () if preview is None else preview.changes
    warnings = [_to_finding(warning, format_plain(format_warning(warning))) for warning in read.warnings]
    sentences = [format_gaps(one, names) for one in contents if one.gaps]
    if preview is not None:
        sentences += [format_delivery_warning(warning, names) for warning in preview.warnings]
    warnings += [
        {"blad": None, "rad": None, "kolumn": None, "varde": None, "text": format_plain(sentence)}
        for sentence in sentences
    ]
    return {
        "problem": [_to_finding(problem, format_plain(format_problem(problem))) for problem in read.problems],
        "varningar": warnings,
        "leverans": number,
        "rader": read.row_count,
        "nya": 0 if preview is None else preview.new,
        "oforandrade": 0 if preview is None else preview.unchanged,
        "andringar": [
            {
                "insats": change.subject or None,
                "matt": change.matt,
                "indelning": change.indelning or None,
                "klass": change.klass or None,
                "gender": str(change.gender),
                "period": to_period(change.period),
                "fran": to_number(change.before),
                "till": to_number(change.after),
                "orsak_fran": str(change.before_reason) if change.before_reason else None,
                "orsak_till": str(change.after_reason) if change.after_reason else None,
            }
            for change in changes
        ],
        "nya_insatser": [] if preview is None else [insats.kod for insats in preview.new_insatser],
    }


def _to_finding(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "kod": finding.code,
        "blad": finding.sheet or None,
        "rad": finding.row,
        "kolumn": finding.column or None,
        "varde": finding.value or None,
        "text": text,
    }
