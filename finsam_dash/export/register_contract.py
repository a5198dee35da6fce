"""The JSON of avstamning, ekonomi, samverkan, uppfoljning and forsorjning, as plain dictionaries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_dash.export.contract import to_period
from finsam_dash.model import EconomyRow, IndicatorRow, Measured, Missing
from finsam_dash.report.content import Report
from finsam_dash.report.content_avstamning import Avstamning, AvstamningRow
from finsam_dash.wording.avstamning import format_explanation, format_expression_plain, format_parts
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.sentences import format_reason


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


def to_economy_json(report: Report, rows: tuple[EconomyRow, ...]) -> dict[str, Any]:
    """`ekonomi --json`: the stored rows of the year (`poster`, in their own unit), and what is computed, in kronor."""
    economy = report.economy
    assert economy is not None
    room, equity, financing = economy.room, economy.equity, economy.financing
    return {
        **_head(report),
        "ar": economy.year.end.year,
        "poster": [_to_post(row) for row in rows if row.period.end.year == economy.year.end.year],
        "finansiering": [
            {
                "medlem": member.medlem,
                "fran": member.first,
                "till": member.last,
                "andel": to_plain_number(member.share),
                "belopp": {
                    str(year): to_plain_number(amount)
                    for year, amount in zip(financing.years, member.amounts, strict=True)
                    if amount is not None
                },
            }
            for member in (financing.members if financing else ())
        ],
        "beslutsutrymme": None
        if room is None
        else {
            "tabell": room.tabell,
            "intakter": to_plain_number(room.income),
            "ingaende_kapital": to_plain_number(room.capital),
            "att_disponera": to_plain_number(room.available),
            "beslutat": to_plain_number(room.decided),
            "i_budgeten": to_plain_number(room.budgeted),
            "ej_beslutat": to_plain_number(room.undecided),
            "ansokt": to_plain_number(room.applied),
            "kvar": to_plain_number(room.left),
            "tryckt": {what: to_plain_number(amount) for what, amount in room.printed},
        },
        "insatser": [_to_money_row(report, row) for row in economy.insatser],
        "tryckta_kvoter": [
            {
                "slag": quota.kind,
                "post": quota.post,
                "insats": quota.insats or None,
                "insatsperiod": quota.insatsperiod or None,
                "period": to_period(quota.period),
                "varde": to_plain_number(quota.share),
                "kalla": quota.source,
            }
            for quota in economy.printed_quotas
        ],
        "andelar_av_bidraget": [
            {
                "slag": str(share.kind),
                "belopp": to_plain_number(share.amount),
                "bidrag": to_plain_number(share.bidrag),
                "andel": share.share,
            }
            for share in economy.shares
        ],
        "eget_kapital": None
        if equity is None
        else {
            "ingaende": to_plain_number(equity.opening),
            "intakter": to_plain_number(equity.income),
            "kostnader": to_plain_number(equity.costs),
            "resultat": to_plain_number(equity.result),
            "utgaende": to_plain_number(equity.closing),
            "andel_av_bidrag": equity.share,
            "tak": equity.ceiling,
            "tryckt": to_plain_number(equity.printed),
        },
        "prognoser": [
            {
                "insats": forecast.insats,
                "forbrukat": to_plain_number(forecast.used),
                "budget": to_plain_number(forecast.budget),
                "lagst": to_plain_number(forecast.low),
                "hogst": to_plain_number(forecast.high),
                "egna": [
                    {"datum": day.isoformat(), "belopp": to_plain_number(amount), "kommentar": comment}
                    for day, amount, comment in forecast.own
                ],
            }
            for forecast in economy.forecasts
        ],
        "konflikter": [
            {
                "vad": conflict.what,
                "tabell": conflict.first_table,
                "belopp": to_plain_number(conflict.first),
                "annan_tabell": conflict.second_table,
                "annat_belopp": to_plain_number(conflict.second),
            }
            for conflict in economy.conflicts
        ],
    }


def _head(report: Report) -> dict[str, Any]:
    return {
        "forbund": report.forbund.kod,
        "lage": str(report.lage),
        "period": to_period(report.period),
        "dataversion": report.data_version,
    }


def _to_post(row: EconomyRow) -> dict[str, Any]:
    return {
        "tabell": row.tabell,
        "posttyp": str(row.posttype),
        "tillstand": str(row.state),
        "kategori": row.kategori,
        "post": row.post,
        "insats": row.insats or None,
        "insatsperiod": row.insatsperiod or None,
        "medlem": row.medlem or None,
        "period": to_period(row.period),
        "belopp": to_plain_number(row.amount),
        "enhet": str(row.unit),
        "precision": to_plain_number(row.precision),
        "kvalifikator": str(row.qualifier),
        "datum": row.known_from.isoformat() if row.known_from else None,
        "kommentar": row.comment or None,
        "dokument": row.dokument or None,
        "rubrik": row.rubrik or None,
        "uttryck": row.uttryck or None,
    }


def _to_money_row(report: Report, row: IndicatorRow) -> dict[str, Any]:
    value = row.value
    measured = value if isinstance(value, Measured) else None
    names = {insats.kod: insats.namn for insats in report.insatser}
    return {
        "insats": row.subject,
        "indikator": row.indikator,
        "status": value.status,
        "varde": measured.value if measured else None,
        "undre": measured.lower if measured else None,
        "ovre": measured.upper if measured else None,
        "period": to_period(row.period),
        "orsak": format_plain(format_reason(value, names)) if isinstance(value, Missing) else None,
        "tackning": {"ingar": row.coverage.included, "av": row.coverage.expected, "utan": list(row.coverage.without)}
        if row.coverage and measured
        else None,
    }
