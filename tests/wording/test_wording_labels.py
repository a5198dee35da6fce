"""What rows are called."""

import pytest

from finsam_dash.model import Period
from finsam_dash.wording.labels import format_class, format_row_label


@pytest.mark.parametrize(
    ("klass", "words"),
    [
        ("alder:16_19", "16–19 år"),
        ("alder:under_30", "yngre än 30 år"),
        ("grupp:2", "grupp 2"),
        ("steg:1_2", "steg 1–2"),
        ("uppfoljning:12_man", "efter 12 månader"),
        ("uppfoljning:avslut_12_man", "12 månader efter avslut"),
        ("fodelseland:utrikes", "utrikesfödda"),
        ("enkat:mycket_nojd", "mycket nojd"),
    ],
)
def test_a_subgroup_in_words(klass: str, words: str) -> None:
    assert format_class(klass).replace("\u00a0", " ") == words


def test_a_row_is_named_by_insats_or_kon_subgroup_and_period() -> None:
    assert format_row_label("kvinna", period=Period.year(2014)) == "Kvinnor 2014"
    assert format_row_label("alla", period=Period.parse("2010-01/2014-12")) == "Alla 2010–2014"
    assert format_row_label("United Action", "alder:16_19") == "United Action 16–19\u00a0år"
    assert format_row_label("SARA") == "SARA"
    assert format_row_label("alla", period=Period.parse("2026-01/2026-03")) == "Alla, första kvartalet 2026"
