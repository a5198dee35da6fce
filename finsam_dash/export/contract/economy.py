"""`ekonomi --json`: what is stored of the year, and what is computed from it."""

from __future__ import annotations

from typing import Any

from finsam_dash.export.contract.parts import to_coverage, to_head, to_number, to_period
from finsam_dash.model import EconomyRow, IndicatorRow, Lage, Measured, Missing
from finsam_dash.report.content import Report
from finsam_dash.report.content_economy import (
    Conflict,
    DecisionRoom,
    Equity,
    Financing,
    Forecast,
    PrintedQuota,
)
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.sentences import format_reason


def to_economy_json(report: Report, rows: tuple[EconomyRow, ...]) -> dict[str, Any]:
    """`ekonomi --json`: the stored rows of the year (`poster`, in their own unit), and what is computed, in kronor."""
    economy = report.economy
    assert economy is not None
    year = economy.year.end.year
    stored = [row for row in rows if row.period.end.year == year]
    return {
        **to_head(report),
        "ar": year,
        "poster": [_to_post(row, with_comment=report.lage is Lage.INTERN) for row in stored],
        "finansiering": _to_members(economy.financing) if economy.financing else [],
        "beslutsutrymme": _to_room(economy.room) if economy.room else None,
        "insatser": [_to_money_row(report, row) for row in economy.insatser],
        "tryckta_kvoter": [_to_quota(quota) for quota in economy.printed_quotas],
        "andelar_av_bidraget": [
            {
                "slag": str(share.kind),
                "belopp": to_number(share.amount),
                "bidrag": to_number(share.bidrag),
                "andel": share.share,
            }
            for share in economy.shares
        ],
        "eget_kapital": _to_equity(economy.equity) if economy.equity else None,
        "prognoser": [_to_forecast(forecast) for forecast in economy.forecasts],
        "konflikter": [_to_conflict(conflict) for conflict in economy.conflicts],
    }


def _to_post(row: EconomyRow, *, with_comment: bool) -> dict[str, Any]:
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
        "belopp": to_number(row.amount),
        "enhet": str(row.unit),
        "precision": to_number(row.precision),
        "kvalifikator": str(row.qualifier),
        "datum": row.known_from.isoformat() if row.known_from else None,
        "kommentar": (row.comment or None) if with_comment else None,
        "dokument": row.dokument or None,
        "rubrik": row.rubrik or None,
        "uttryck": row.uttryck or None,
    }


def _to_members(financing: Financing) -> list[dict[str, Any]]:
    return [
        {
            "medlem": member.medlem,
            "fran": member.first,
            "till": member.last,
            "andel": to_number(member.share),
            "belopp": {
                str(year): to_number(amount)
                for year, amount in zip(financing.years, member.amounts, strict=True)
                if amount is not None
            },
        }
        for member in financing.members
    ]


def _to_room(room: DecisionRoom) -> dict[str, Any]:
    return {
        "tabell": room.tabell,
        "intakter": to_number(room.income),
        "ingaende_kapital": to_number(room.capital),
        "att_disponera": to_number(room.available),
        "beslutat": to_number(room.decided),
        "i_budgeten": to_number(room.budgeted),
        "ej_beslutat": to_number(room.undecided),
        "ansokt": to_number(room.applied),
        "kvar": to_number(room.left),
        "tryckt": {what: to_number(amount) for what, amount in room.printed},
    }


def _to_money_row(report: Report, row: IndicatorRow) -> dict[str, Any]:
    value = row.value
    measured = value if isinstance(value, Measured) else None
    names = report.full_names
    return {
        "insats": row.subject,
        "indikator": row.indikator,
        "status": value.status,
        "varde": measured.value if measured else None,
        "undre": measured.lower if measured else None,
        "ovre": measured.upper if measured else None,
        "period": to_period(row.period),
        "orsak": format_plain(format_reason(value, names)) if isinstance(value, Missing) else None,
        "tackning": to_coverage(row.coverage, value),
    }


def _to_quota(quota: PrintedQuota) -> dict[str, Any]:
    return {
        "slag": quota.kind,
        "post": quota.post,
        "insats": quota.insats or None,
        "insatsperiod": quota.insatsperiod or None,
        "period": to_period(quota.period),
        "varde": to_number(quota.share),
        "kalla": quota.source,
    }


def _to_equity(equity: Equity) -> dict[str, Any]:
    return {
        "grund": equity.basis.value,
        "ingaende": to_number(equity.opening),
        "intakter": to_number(equity.income),
        "kostnader": to_number(equity.costs),
        "resultat": to_number(equity.result),
        "utgaende": to_number(equity.closing),
        "andel_av_bidrag": equity.share,
        "tak": equity.ceiling,
        "tryckt": to_number(equity.printed),
    }


def _to_forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "insats": forecast.insats,
        "forbrukat": to_number(forecast.used),
        "budget": to_number(forecast.budget),
        "lagst": to_number(forecast.low),
        "hogst": to_number(forecast.high),
        "egna": [
            {"datum": day.isoformat(), "belopp": to_number(amount), "kommentar": comment}
            for day, amount, comment in forecast.own
        ],
    }


def _to_conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "vad": conflict.what,
        "tabell": conflict.first_table,
        "belopp": to_number(conflict.first),
        "annan_tabell": conflict.second_table,
        "annat_belopp": to_number(conflict.second),
    }
