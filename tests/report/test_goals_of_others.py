"""A goal and an outcome that are shares of different persons: no verdict, or one that says so on every surface."""

from __future__ import annotations

from datetime import date

import pytest
from published_store import published_store

from finsam_dash.export.contract.targets import to_target_json
from finsam_dash.export.document import build_document
from finsam_dash.export.document.blocks import TableBlock
from finsam_dash.model import Lage, Period
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.report.content_targets import TargetRow
from finsam_dash.report.publication import build_publication
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.target_table import format_cells
from finsam_dash.wording.targets import format_target_sentence

AS_OF = date(2026, 11, 23)
PLANS = [("uppsala-lan", 2014), ("uppsala-lan", 2017), ("skelleftea", 2014), ("sydnarke", 2016), ("ange", 2022)]


def build(forbund: str, year: int, lage: Lage = Lage.INTERN) -> Report:
    return build_report(
        published_store(), forbund, Period.year(year), lage=lage, as_of=AS_OF, sections=("overview", "targets")
    )


def find(report: Report, kod: str) -> TargetRow:
    return next(row for row in report.targets or () if row.target.kod == kod)


@pytest.mark.parametrize(("forbund", "year"), PLANS)
def test_no_verdict_on_other_persons_is_silent_about_it(forbund: str, year: int) -> None:
    for row in build(forbund, year).targets or ():
        judged = row.verdict is not None and row.verdict.uppnatt is not None
        kinds = {row.target.namnare_typ, row.namnare_typ} - {None}
        if judged and len(kinds) == 2 and row.target.malkalla != "riket":
            assert row.note, row.target.kod
            assert "Annan nämnare: " in str(format_target_sentence(row)), row.target.kod


def test_isamverkan_is_not_judged_on_those_who_enrolled() -> None:
    # The document: "30 % av de som fullföljer projektet" against "43 personer har skrivits in … 30 % arbetar eller
    # studerar", when five had left.
    reason = "utfallet är av alla som skrivits in; målet gäller dem som fullföljt projektet."
    report = build("uppsala-lan", 2014)
    row = find(report, "ul14-isamverkan-2")
    cells = format_cells(row, report, {"isamverkan": "ISAmverkan"})
    assert row.verdict is not None
    assert row.verdict.uppnatt is None
    assert (cells.line, cells.certainty[0]) == (None, f"Kan inte jämföras: {reason}")
    assert format_plain(str(format_target_sentence(row))) == f"30 %, mål minst 30 %. Kan inte jämföras: {reason}"


@pytest.mark.parametrize("lage", list(Lage))
def test_a_judged_share_of_others_says_how_on_every_surface(lage: Lage) -> None:
    note = "Utfallet är av alla 27, med bortfallet; utan de 2 i bortfall blir nämnaren 25"
    report = build("uppsala-lan", 2014, lage)
    row = find(report, "ul14-united-action-6")
    assert format_plain(str(format_target_sentence(row))) == (
        "Målet nås inte i siffror. Sju personer saknas. Nivån ligger säkert under målet 50 procent: 7 av 27, "
        "95 %-intervall 13–45 procent. Annan nämnare: målet är en andel av dem som genomfört, utfallet en andel av "
        f"deltagarna. {note}."
    )
    cells = format_cells(row, report, {})
    assert cells.outcome[1] == "annan nämnare än målets, juni 2013–dec 2014"
    assert cells.text[1] == f"Mäts: närmast följande termin. Om utfallet: {note}"
    told = next(goal for goal in to_target_json(report)["mal"] if goal["kod"] == "ul14-united-action-6")
    assert told["notering"] == note
    publication = build_publication(published_store(), "uppsala-lan", Period.year(2014), lage=lage, as_of=AS_OF)
    document = build_document(publication)
    footnotes = [line for block in document.blocks if isinstance(block, TableBlock) for line in block.notes]
    assert f"United Action: {note}." in map(format_plain, footnotes)
    slide_notes = [slide.note for slide in document.slides if slide.key.startswith("mal-utfall")]
    assert sum("Annan nämnare än målets: " in line for line in slide_notes) == 1
