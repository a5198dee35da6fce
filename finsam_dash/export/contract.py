"""The JSON that scripts rely on (indikatorer, leveranser …), as plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from finsam_dash.deliveries import Contents, Preview
from finsam_dash.indicators.registry import load_registry
from finsam_dash.intake import Finding, ReadDelivery
from finsam_dash.model import IndicatorRow, Measured, Missing, Period
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.store import Delivery
from finsam_dash.wording.delivery import format_delivery_warning, format_gaps
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.problems import format_problem, format_warning
from finsam_dash.wording.sentences import format_reason
from finsam_dash.wording.targets import format_target_reason, format_target_sentence


def to_number(value: float | None) -> float | int | None:
    """A whole number as int, else as it is; None stays None."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else float(value)


def to_share(value: float | None) -> float | None:
    """A share 0-1, always a float and never rounded; None stays None."""
    return None if value is None else float(value)


def to_period(period: Period) -> dict[str, str]:
    """A period as its two dates, both included."""
    return {"start": period.start.isoformat(), "slut": period.end.isoformat()}


def to_source(report: Report, row: IndicatorRow) -> str:
    """Where a row's figures come from: documents with headings, deliveries by name."""
    names = {delivery.id: delivery.name for delivery in report.deliveries}
    parts: dict[str, list[str]] = {}
    for source in row.sources:
        headings = parts.setdefault(names.get(source.leverans, f"leverans {source.leverans}"), [])
        if source.rubrik and source.rubrik not in headings:
            headings.append(source.rubrik)
    text = "; ".join(f"{name}, {', '.join(headings)}" if headings else name for name, headings in parts.items())
    if "namnare_ar_avslutade" in row.codes and isinstance(row.value, Measured):
        text += ". Avslutade utan uppgift har aldrig lämnats: nämnaren är alla avslutade."
    return text


def to_indicator_json(report: Report) -> dict[str, Any]:
    """`indikatorer --json`: every indicator × kön for the förbund and the insatser."""
    return {
        "forbund": report.forbund.kod,
        "lage": str(report.lage),
        "period": to_period(report.period),
        "dataversion": report.data_version,
        "rader": [_to_row(report, row) for row in report.rows],
    }


def _to_row(report: Report, row: IndicatorRow) -> dict[str, Any]:
    indikator = load_registry().indikatorer[row.indikator]
    value = row.value
    measured = value if isinstance(value, Measured) else None
    coverage = row.coverage
    number = to_number if indikator.form == "antal" else to_share
    found: dict[str, Any] = {
        "insats": row.subject,
        "gender": str(row.gender),
        "indikator": row.indikator,
        "status": value.status,
        "taljare": to_number(measured.numerator) if measured else None,
        "namnare": to_number(measured.denominator) if measured else None,
        "varde": number(measured.value) if measured else None,
        "undre": to_share(measured.lower) if measured else None,
        "ovre": to_share(measured.upper) if measured else None,
        "orsak": None,
        "orsak_kod": None,
        "tackning": None,
        "kalla": to_source(report, row),
        "kvalifikator": str(measured.qualifier) if measured else "",
    }
    if isinstance(value, Missing):
        names = {insats.kod: insats.namn for insats in report.insatser}
        found["orsak"] = format_plain(format_reason(value, names))
        found["orsak_kod"] = str(value.reason)
    if coverage is not None and measured is not None:
        found["tackning"] = {"ingar": coverage.included, "av": coverage.expected, "utan": list(coverage.without)}
    if indikator.form == "andel":
        found["namnare_typ"] = str(row.namnare_typ or indikator.namnare_typ)
        found["utan_uppgift"] = measured.unknown if measured else None
        found["publicerat"] = to_share(measured.published) if measured else None
    return found


def to_target_json(report: Report) -> dict[str, Any]:
    """`malbild --json`: every goal of the period with its outcome and verdict."""
    return {
        "forbund": report.forbund.kod,
        "lage": str(report.lage),
        "period": to_period(report.period),
        "dataversion": report.data_version,
        "mal": [_to_target(report, row) for row in report.targets or ()],
    }


def _to_target(report: Report, row: TargetRow) -> dict[str, Any]:
    target, verdict = row.target, row.verdict
    measured = row.value if isinstance(row.value, Measured) else None
    names = {insats.kod: insats.namn for insats in report.insatser}
    malvarde = row.riket.value if target.malkalla == "riket" and row.riket is not None else target.malvarde
    reason, sentence = format_target_reason(row, names), format_target_sentence(row, names)
    status = "matt" if verdict is not None and any(isinstance(part.value, Measured) for part in row.parts) else None
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
        "malvarde": to_number(malvarde),
        "malvarde_hogst": to_number(target.malvarde_hogst),
        "malkalla": target.malkalla,
        "baslinje": (
            {"varde": to_number(target.baseline), "period": target.baseline_period or None}
            if target.malkalla == "baslinje"
            else None
        ),
        "period": to_period(target.period),
        "deadline": target.last_day.isoformat(),
        "mattidpunkt": target.mattidpunkt or None,
        "steg_av": target.step_of or None,
        "jamforbar": target.comparable and row.reason != "annan_namnare",
        "status": status or row.value.status,
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
        "delar": [
            {
                "klass": part.klass,
                "taljare": to_number(part.value.numerator) if isinstance(part.value, Measured) else None,
                "namnare": to_number(part.value.denominator) if isinstance(part.value, Measured) else None,
                "varde": to_number(part.value.value) if isinstance(part.value, Measured) else None,
                "uppnatt": part.verdict.uppnatt,
            }
            for part in row.parts
        ],
        "tidigare": [
            {
                "period": to_period(earlier.period),
                "varde": to_number(earlier.value.value) if isinstance(earlier.value, Measured) else None,
                "riket": to_share(earlier.riket),
            }
            for earlier in row.earlier
        ],
        "utfall_text": row.outcome_text or None,
        "kommentar": row.comment or None,
        "mening": format_plain(sentence) if sentence else None,
        "kalla": ", ".join(part for part in (target.dokument or target.plan, target.rubrik) if part),
    }


def to_delivery_json(delivery: Delivery) -> dict[str, Any]:
    """One row of `leveranser --json`. `tid` is UTC."""
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
