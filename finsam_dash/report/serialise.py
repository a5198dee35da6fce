"""The Report as JSON and back, unchanged."""

from __future__ import annotations

from pydantic import TypeAdapter

from finsam_dash.report.content import Report

_ADAPTER = TypeAdapter(Report)


def to_json(report: Report) -> str:
    """The whole Report as one JSON text, UTF-8, dates in ISO form."""
    return _ADAPTER.dump_json(report).decode("utf-8")


def from_json(text: str) -> Report:
    """Read back what `to_json` wrote; equal to the Report it was written from. Raises pydantic's ValidationError."""
    return _ADAPTER.validate_json(text)
