"""`indikatorer --json` and `uppfoljning --json`: shares and counts with their parts, and where they come from."""

from __future__ import annotations

from typing import Any

from finsam_dash.export.contract.parts import to_coverage, to_head, to_number, to_period, to_share, to_value
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import OF_DELTAGANDEN, IndicatorRow, Measured, Missing
from finsam_dash.report.content import Report
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.sentences import format_reason


def to_indicator_json(report: Report) -> dict[str, Any]:
    """`indikatorer --json`: every indicator × kön for the förbund and the insatser."""
    return {
        **to_head(report),
        "rader": [_to_row(report, row) for row in report.rows],
    }


def to_follow_up_json(report: Report) -> dict[str, Any]:
    """`uppfoljning --json`: every follow-up with its anchor, distance, duration and outcomes; unknown is never 0."""
    return {
        **to_head(report),
        "rader": [
            {
                "insats": row.insats,
                "klass": row.klass,
                "utgangspunkt": row.anchor or None,
                "manader": row.months,
                "varaktighet_manader": row.duration,
                "period": to_period(row.period),
                "avslutade": to_value(row.left),
                "inte_kanda": to_value(row.unknown),
                "utfall": [
                    {"matt": outcome.matt, "antal": to_value(outcome.count), "andel": to_value(outcome.share)}
                    for outcome in row.outcomes
                ],
                "tryckt": [{"matt": matt, "enhet": str(unit), **to_value(value)} for matt, unit, value in row.printed],
                "kalla": row.source or None,
            }
            for row in report.follow_up or ()
        ],
    }


def _to_row(report: Report, row: IndicatorRow) -> dict[str, Any]:
    indikator = load_registry().indikatorer[row.indikator]
    value = row.value
    measured = value if isinstance(value, Measured) else None
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
        "tackning": to_coverage(row.coverage, value),
        "kalla": _name_sources(report, row),
        "kvalifikator": str(measured.qualifier) if measured else "",
    }
    if isinstance(value, Missing):
        names = report.full_names
        found["orsak"] = format_plain(format_reason(value, names))
        found["orsak_kod"] = str(value.reason)
    if indikator.form == "andel":
        found["namnare_typ"] = str(row.namnare_typ or indikator.namnare_typ)
        found["utan_uppgift"] = measured.unknown if measured else None
        found["publicerat"] = to_share(measured.published) if measured else None
    return found


def _name_sources(report: Report, row: IndicatorRow) -> str:
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
    if OF_DELTAGANDEN in row.codes and isinstance(row.value, Measured):
        text += ". Nämnaren är deltaganden: en person kan delta flera gånger."
    return text
