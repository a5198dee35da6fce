"""`samverkan --json` and `forsorjning --json`: what is done together, and public support in the kommuner."""

from __future__ import annotations

from typing import Any

from finsam_dash.export.contract.parts import to_head, to_number, to_period, to_value
from finsam_dash.model import ExternalFunding, Risk
from finsam_dash.report.content import Report
from finsam_dash.report.content_samverkan import EnkatResult, LotsRow, SamverkanItem


def to_samverkan_json(report: Report) -> dict[str, Any]:
    """`samverkan --json`: stored numbers, lotsärenden, enkäter, external funding and risks of the period."""
    samverkan = report.samverkan
    assert samverkan is not None
    risks = samverkan.risks
    return {
        **to_head(report),
        "rader": [_to_item(item) for item in samverkan.items],
        "lotsarenden": [_to_lots(row) for row in samverkan.lots],
        "lotsarenden_efter": [
            {
                "indelning": part.dimension,
                "klass": part.label,
                "antal": to_value(part.count),
                "losta": to_value(part.solved),
            }
            for part in samverkan.breakdowns
        ],
        "enkater": [_to_enkat(result) for result in samverkan.enkater],
        "externa_medel": [_to_funding(item) for item in samverkan.funding],
        "internkontroll": None
        if risks is None
        else [_to_risk(risk, is_overdue=risk.kod in samverkan.overdue) for risk in risks],
    }


def to_support_json(report: Report) -> dict[str, Any]:
    """`forsorjning --json`: the five forms per kommun, and the försörjningsmått by quarter."""
    support = report.support
    kommuner = [row.kommun for row in support.rows] if support else []
    return {
        **to_head(report),
        "kvartal": to_period(support.quarter) if support and support.quarter else None,
        "kommuner": [
            {
                "kommun": row.kommun,
                "riket": row.is_riket,
                "befolkning_18_64": to_value(row.population),
                "forsorjningsmatt": to_value(row.measure),
                "former": [
                    {
                        "form": form.form,
                        "personer": to_value(form.persons),
                        "kostnad": to_value(form.cost),
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
                    kommun: to_value(value) for kommun, value in zip(kommuner, quarter.measures, strict=True)
                },
            }
            for quarter in (support.quarters if support else ())
        ],
    }


def _to_item(item: SamverkanItem) -> dict[str, Any]:
    figure = item.figure
    return {
        "slag": figure.slag,
        "namn": figure.namn,
        "tema": figure.tema or None,
        "insats": figure.insats or None,
        "matt": figure.matt,
        "period": to_period(figure.period),
        **to_value(item.value),
        "enhet": str(figure.unit),
        "skala": figure.skala or None,
        "svarande": figure.svarande or None,
        "medlem": figure.medlem or None,
        "dokument": figure.dokument or None,
        "rubrik": figure.rubrik or None,
        "uttryck": figure.uttryck or None,
    }


def _to_lots(row: LotsRow) -> dict[str, Any]:
    return {
        "grupp": row.grupp,
        "samordnare": row.coordinator,
        "oppnade": to_value(row.opened),
        "losta": to_value(row.solved),
        "ej_losta": to_value(row.unsolved),
        "pagar": to_value(row.still_open),
    }


def _to_enkat(result: EnkatResult) -> dict[str, Any]:
    enkat = result.enkat
    return {
        "kod": enkat.kod,
        "namn": enkat.namn,
        "fraga": enkat.question,
        "period": to_period(enkat.period),
        "svarande": enkat.svarande,
        "insats": enkat.insats or None,
        "svar": list(enkat.answers),
        "skala": f"1-{result.steps}",
        "antal_svar": to_value(result.answered),
        "svarsfrekvens": to_value(result.answer_rate),
        "andel_positiva": to_value(result.positive),
        "medel": to_value(result.mean),
        "stegforflyttning": to_value(result.step_change),
    }


def _to_funding(item: ExternalFunding) -> dict[str, Any]:
    return {
        "kod": item.kod,
        "finansiar": item.funder,
        "avser": item.what,
        "beslutad": item.decided.isoformat() if item.decided else None,
        "belopp": to_number(item.amount),
        "tillstand": item.state,
        "insats": item.insats or None,
    }


def _to_risk(risk: Risk, *, is_overdue: bool) -> dict[str, Any]:
    return {
        "kod": risk.kod,
        "risk": risk.text,
        "ansvarig": risk.owner,
        "uppfoljning": risk.follow_up.isoformat(),
        "atgard": risk.action or None,
        "klar": risk.done,
        "forsenad": is_overdue,
    }
