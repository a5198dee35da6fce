"""What the JSON of several commands has in common: numbers, periods, values, and who is asked about what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_dash.model import Coverage, Measured, Missing, Period, Value
from finsam_dash.report.content import Report
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.sentences import format_reason


def to_number(value: Decimal | float | None) -> int | float | None:
    """A whole number as int, else as float; None stays None."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def to_share(value: float | None) -> float | None:
    """A share 0-1, always a float and never rounded; None stays None."""
    return None if value is None else float(value)


def to_period(period: Period) -> dict[str, str]:
    """A period as its two dates, both included."""
    return {"start": period.start.isoformat(), "slut": period.end.isoformat()}


def to_head(report: Report) -> dict[str, Any]:
    """Whose figures they are, in which läge, of which period and data version."""
    return {
        "forbund": report.forbund.kod,
        "lage": str(report.lage),
        "period": to_period(report.period),
        "dataversion": report.data_version,
    }


def to_value(value: Value) -> dict[str, Any]:
    """A value in the contract's keys; every number of a hidden or missing one is null."""
    measured = value if isinstance(value, Measured) else None
    return {
        "status": value.status,
        "varde": to_number(measured.value) if measured else None,
        "taljare": to_number(measured.numerator) if measured else None,
        "namnare": to_number(measured.denominator) if measured else None,
        "undre": measured.lower if measured else None,
        "ovre": measured.upper if measured else None,
        "kvalifikator": str(measured.qualifier) if measured else "",
        "orsak": format_plain(format_reason(value)) if isinstance(value, Missing) else None,
    }


def to_coverage(coverage: Coverage | None, value: Value) -> dict[str, Any] | None:
    """How many insatser a measured sum in part holds, and which it lacks; None for every other value."""
    if coverage is None or not isinstance(value, Measured):
        return None
    return {"ingar": coverage.included, "av": coverage.expected, "utan": list(coverage.without)}
