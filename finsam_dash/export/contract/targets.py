"""`malbild --json`: every goal with its outcome and verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from finsam_dash.export.contract.parts import to_head, to_number, to_period, to_share
from finsam_dash.model import Measured
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetPart, TargetRow
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.targets import format_target_reason, format_target_sentence


def to_target_json(report: Report) -> dict[str, Any]:
    """`malbild --json`: every goal of the period with its outcome and verdict."""
    return {
        **to_head(report),
        "mal": [_to_target(report, row) for row in report.targets or ()],
    }


def _to_target(report: Report, row: TargetRow) -> dict[str, Any]:
    target = row.target
    names = report.full_names
    sentence = format_target_sentence(row, names)
    return {
        "kod": target.kod,
        "forbund": report.forbund.kod,
        "insats": target.insats or None,
        "perspektiv": target.perspektiv,
        "plan": target.plan,
        "niva": target.level,
        "rubrik": target.heading,
        "text": target.text,
        "indikator": target.indikator or None,
        "typ": str(target.kind),
        "enhet": str(target.unit) if target.unit else None,
        "riktning": str(target.riktning) if target.riktning else None,
        **_to_aim(row),
        "period": to_period(target.period),
        "deadline": target.last_day.isoformat(),
        "mattidpunkt": target.mattidpunkt or None,
        "steg_av": target.step_of or None,
        **_to_outcome(row, names),
        "delar": [_to_part(part) for part in row.parts],
        "tidigare": [
            {
                "period": to_period(earlier.period),
                "varde": to_number(earlier.value.value) if isinstance(earlier.value, Measured) else None,
                "riket": to_share(earlier.riket),
            }
            for earlier in row.earlier
        ],
        "utfall_text": row.outcome_text or None,
        "notering": row.note or None,
        "kommentar": row.comment or None,
        "mening": format_plain(sentence) if sentence else None,
        "kalla": ", ".join(part for part in (target.dokument or target.plan, target.rubrik) if part),
    }


def _to_aim(row: TargetRow) -> dict[str, Any]:
    """What is to be reached: a value of its own, riket's, or a step from a baseline."""
    target = row.target
    malvarde = row.riket.value if target.malkalla == "riket" and row.riket is not None else target.malvarde
    has_baseline = target.malkalla == "baslinje"
    return {
        "malvarde": to_number(malvarde),
        "malvarde_hogst": to_number(target.malvarde_hogst),
        "malkalla": target.malkalla,
        "baslinje": {"varde": to_number(target.baseline), "period": target.baseline_period or None}
        if has_baseline
        else None,
    }


def _to_outcome(row: TargetRow, names: Mapping[str, str]) -> dict[str, Any]:
    """What came of it, what may be said of that, and why not where nothing may be said."""
    verdict, reason = row.verdict, format_target_reason(row, names)
    measured = row.value if isinstance(row.value, Measured) else None
    parts_are_measured = verdict is not None and any(isinstance(part.value, Measured) for part in row.parts)
    return {
        "jamforbar": row.target.comparable and row.reason != "annan_namnare",
        "status": "matt" if parts_are_measured else row.value.status,
        "orsak": format_plain(reason) if reason else None,
        "underlag": str(row.basis),
        "matt_period": to_period(row.measured),
        "taljare": to_number(measured.numerator) if measured else None,
        "namnare": to_number(measured.denominator) if measured else None,
        "namnare_typ": str(row.namnare_typ) if row.namnare_typ else None,
        "varde": to_number(measured.value) if measured else None,
        "undre": to_share(measured.lower) if measured else None,
        "ovre": to_share(measured.upper) if measured else None,
        "utan_uppgift": measured.unknown if measured else None,
        "uppnatt": verdict.uppnatt if verdict else None,
        "sakerhet": str(verdict.sakerhet) if verdict else None,
        "marginal_personer": verdict.marginal if verdict else None,
        "takt": to_number(row.pace),
    }


def _to_part(part: TargetPart) -> dict[str, Any]:
    measured = part.value if isinstance(part.value, Measured) else None
    return {
        "klass": part.klass,
        "taljare": to_number(measured.numerator) if measured else None,
        "namnare": to_number(measured.denominator) if measured else None,
        "varde": to_number(measured.value) if measured else None,
        "uppnatt": part.verdict.uppnatt,
    }
