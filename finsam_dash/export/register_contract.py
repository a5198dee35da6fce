"""The JSON of avstamning, ekonomi, samverkan, uppfoljning and forsorjning, as plain dictionaries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_dash.export.contract import to_period
from finsam_dash.model import EconomyRow, IndicatorRow, Lage, Measured, Missing, Value
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
        "poster": [
            _to_post(row, with_comment=report.lage is Lage.INTERN)
            for row in rows
            if row.period.end.year == economy.year.end.year
        ],
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
            for member in financing.members
        ]
        if financing
        else [],
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
            "grund": equity.basis.value,
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
        "belopp": to_plain_number(row.amount),
        "enhet": str(row.unit),
        "precision": to_plain_number(row.precision),
        "kvalifikator": str(row.qualifier),
        "datum": row.known_from.isoformat() if row.known_from else None,
        "kommentar": (row.comment or None) if with_comment else None,
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


def to_value_json(value: Value) -> dict[str, Any]:
    """A value in the contract's keys; every number of a hidden or missing one is null."""
    measured = value if isinstance(value, Measured) else None
    return {
        "status": value.status,
        "varde": to_plain_number(measured.value) if measured else None,
        "taljare": to_plain_number(measured.numerator) if measured else None,
        "namnare": to_plain_number(measured.denominator) if measured else None,
        "undre": measured.lower if measured else None,
        "ovre": measured.upper if measured else None,
        "kvalifikator": str(measured.qualifier) if measured else "",
        "orsak": format_plain(format_reason(value)) if isinstance(value, Missing) else None,
    }


def to_samverkan_json(report: Report) -> dict[str, Any]:
    """`samverkan --json`: stored numbers, lotsärenden, enkäter, external funding and risks of the period."""
    samverkan = report.samverkan
    assert samverkan is not None
    return {
        **_head(report),
        "rader": [
            {
                "slag": item.figure.slag,
                "namn": item.figure.namn,
                "tema": item.figure.tema or None,
                "insats": item.figure.insats or None,
                "matt": item.figure.matt,
                "period": to_period(item.figure.period),
                **to_value_json(item.value),
                "enhet": str(item.figure.unit),
                "skala": item.figure.skala or None,
                "svarande": item.figure.svarande or None,
                "medlem": item.figure.medlem or None,
                "dokument": item.figure.dokument or None,
                "rubrik": item.figure.rubrik or None,
                "uttryck": item.figure.uttryck or None,
            }
            for item in samverkan.items
        ],
        "lotsarenden": [
            {
                "grupp": row.grupp,
                "samordnare": row.coordinator,
                "oppnade": to_value_json(row.opened),
                "losta": to_value_json(row.solved),
                "ej_losta": to_value_json(row.unsolved),
                "pagar": to_value_json(row.still_open),
            }
            for row in samverkan.lots
        ],
        "lotsarenden_efter": [
            {
                "indelning": part.dimension,
                "klass": part.label,
                "antal": to_value_json(part.count),
                "losta": to_value_json(part.solved),
            }
            for part in samverkan.breakdowns
        ],
        "enkater": [
            {
                "kod": result.enkat.kod,
                "namn": result.enkat.namn,
                "fraga": result.enkat.question,
                "period": to_period(result.enkat.period),
                "svarande": result.enkat.svarande,
                "insats": result.enkat.insats or None,
                "svar": list(result.enkat.answers),
                "skala": f"1-{result.steps}",
                "antal_svar": to_value_json(result.answered),
                "svarsfrekvens": to_value_json(result.answer_rate),
                "andel_positiva": to_value_json(result.positive),
                "medel": to_value_json(result.mean),
                "stegforflyttning": to_value_json(result.step_change),
            }
            for result in samverkan.enkater
        ],
        "externa_medel": [
            {
                "kod": item.kod,
                "finansiar": item.funder,
                "avser": item.what,
                "beslutad": item.decided.isoformat() if item.decided else None,
                "belopp": to_plain_number(item.amount),
                "tillstand": item.state,
                "insats": item.insats or None,
            }
            for item in samverkan.funding
        ],
        "internkontroll": None
        if samverkan.risks is None
        else [
            {
                "kod": risk.kod,
                "risk": risk.text,
                "ansvarig": risk.owner,
                "uppfoljning": risk.follow_up.isoformat(),
                "atgard": risk.action or None,
                "klar": risk.done,
                "forsenad": risk.kod in samverkan.overdue,
            }
            for risk in samverkan.risks
        ],
    }


def to_support_json(report: Report) -> dict[str, Any]:
    """`forsorjning --json`: the five forms per kommun, and the försörjningsmått by quarter."""
    support = report.support
    kommuner = [row.kommun for row in support.rows] if support else []
    return {
        **_head(report),
        "kvartal": to_period(support.quarter) if support and support.quarter else None,
        "kommuner": [
            {
                "kommun": row.kommun,
                "riket": row.is_riket,
                "befolkning_18_64": to_value_json(row.population),
                "forsorjningsmatt": to_value_json(row.measure),
                "former": [
                    {
                        "form": form.form,
                        "personer": to_value_json(form.persons),
                        "kostnad": to_value_json(form.cost),
                    }
                    for form in row.forms
                ],
            }
            for row in (support.rows if support else ())
        ],
        "per_kvartal": [
            {
                "period": to_period(quarter.period),
                "forsorjningsmatt": {
                    kommun: to_value_json(value) for kommun, value in zip(kommuner, quarter.measures, strict=True)
                },
            }
            for quarter in (support.quarters if support else ())
        ],
    }


def to_follow_up_json(report: Report) -> dict[str, Any]:
    """`uppfoljning --json`: every follow-up with its anchor, distance, duration and outcomes; unknown is never 0."""
    return {
        **_head(report),
        "rader": [
            {
                "insats": row.insats,
                "klass": row.klass,
                "utgangspunkt": row.anchor or None,
                "manader": row.months,
                "varaktighet_manader": row.duration,
                "period": to_period(row.period),
                "avslutade": to_value_json(row.left),
                "inte_kanda": to_value_json(row.unknown),
                "utfall": [
                    {"matt": outcome.matt, "antal": to_value_json(outcome.count), "andel": to_value_json(outcome.share)}
                    for outcome in row.outcomes
                ],
                "tryckt": [
                    {"matt": matt, "enhet": str(unit), **to_value_json(value)} for matt, unit, value in row.printed
                ],
                "kalla": row.source or None,
            }
            for row in report.follow_up or ()
        ],
    }
