"""What stands under the tables of a report: said once, and never so that a table is read as from another source."""

from __future__ import annotations

from finsam_dash.export.document import Told

BUDGET, YEAR = "Källa: Plan, Budget.", "Källa: Årsredovisning, Kostnader."


def list_said(told: Told, *tables: tuple[str, ...]) -> list[tuple[str, ...]]:
    said = []
    for notes in tables:
        said.append(told.list_new(notes))
        told.say(notes)
    return said


def test_a_source_is_said_again_when_another_has_come_between() -> None:
    assert list_said(Told(), (BUDGET,), (BUDGET,), (YEAR,), (BUDGET,)) == [(BUDGET,), (), (YEAR,), (BUDGET,)]


def test_another_note_is_said_once_under_a_heading() -> None:
    told = Told()
    assert list_said(told, ("Klasserna kan överlappa.", BUDGET), ("Klasserna kan överlappa.", YEAR)) == [
        ("Klasserna kan överlappa.", BUDGET), (YEAR,),
    ]  # fmt: skip
    told.forget()
    assert list_said(told, ("Klasserna kan överlappa.", YEAR)) == [("Klasserna kan överlappa.", YEAR)]
