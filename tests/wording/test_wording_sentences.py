"""States, sources and notes, whole sentences asserted."""

from dataclasses import replace
from datetime import date

import pytest

from finsam_dash.judgement.verdict import Riktning, Sakerhet, judge_share
from finsam_dash.model import Coverage, Lage, Measured, Missing, Period, Reason, Suppressed, Unit, Value
from finsam_dash.stats.proportions import wilson
from finsam_dash.wording import marks, sentences


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def share(k: int, n: int) -> Measured:
    lower, upper = wilson(k, n)
    return Measured(k / n, k, n, lower, upper)


@pytest.mark.parametrize(
    ("value", "target", "riktning", "expected"),
    [
        (
            share(14, 33),
            0.35,
            Riktning.MINST,
            "Om nivån ligger över målet 35 procent kan inte avgöras: 14 av 33, 95 %-intervall 27–59 procent.",
        ),
        (
            # The interval alone lies above: it is the four of whom nothing is known that leave it open.
            replace(share(39, 84), unknown=4),
            0.35,
            Riktning.MINST,
            "Om nivån ligger över målet 35 procent kan inte avgöras: 39 av 84, 95 %-intervall 36–57 procent, "
            "och för fyra är utfallet inte känt.",
        ),
        (
            share(11, 48),
            0.5,
            Riktning.MINST,
            "13 personer saknas. Nivån ligger säkert under målet 50 procent: 11 av 48, 95 %-intervall 13–37 procent.",
        ),
        (share(2, 8), 0.35, Riktning.MINST, "2 av 8. För få för en bedömning (färre än 10)."),
        (
            share(1, 80),
            0.1,
            Riktning.HOGST,
            "Nivån ligger säkert under taket 10 procent: 1 av 80, 95 %-intervall 0–7 procent.",
        ),
        (
            share(30, 80),
            0.1,
            Riktning.HOGST,
            "22 personer för många. Nivån ligger säkert över taket 10 procent: 30 av 80, 95 %-intervall 28–48 procent.",
        ),
        (
            Measured(0.27),
            0.5,
            Riktning.MINST,
            "27 procent. Målet 50 procent nås inte i siffror. Antalet bakom saknas, därför inget intervall.",
        ),
        (Suppressed(), 0.5, Riktning.MINST, "Visas inte: för få personer."),
        (Missing(Reason.UPPGIFT_SAKNAS), 0.5, Riktning.MINST, "Uppgift saknas."),
    ],
)
def test_the_sentence_of_a_target(value: Value, target: float, riktning: Riktning, expected: str) -> None:
    verdict = judge_share(value, target, riktning)
    assert plain(sentences.format_level_sentence(value, target, riktning, verdict)) == expected


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (
            "lucka:2026-04/2026-10;ej_slut:2026-11/2026-12",
            "inget inlämnat för apr–okt 2026, och nov–dec 2026 är inte slut än",
        ),
        ("ej_slut:2026-12", "december 2026 är inte slut än"),
        ("lucka:2026-02,2026-10", "inget inlämnat för februari 2026 och oktober 2026"),
        (
            "insatser:a,stig-2;ej_slut:2026-11/2026-12",
            "inte redovisat av A och stig-2, och nov–dec 2026 är inte slut än",
        ),
    ],
)
def test_months_that_are_not_over_are_told_apart_from_those_that_lack(detail: str, expected: str) -> None:
    missing = Missing(Reason.UPPGIFT_SAKNAS, detail)
    assert plain(sentences.format_reason(missing, {"a": "A"})) == f"uppgift saknas: {expected}"
    assert plain(sentences.format_missing_sentence(missing, names={"a": "A"})) == f"Uppgift saknas: {expected}."


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (Missing(Reason.UPPGIFT_SAKNAS), "Uppgift saknas: ENTER har inte redovisat utfallet."),
        (Missing(Reason.INGEN_UPPGIFT_ANNU), "ENTER: ingen uppgift ännu."),
        (Missing(Reason.UPPGIFT_SAKNAS, "period:2023-07"), "Uppgift saknas: tomt för juli 2023."),
        (Missing(Reason.DOLT_HOS_KALLAN, "tid:2023-07"), "Dolt hos källan: gäller juli 2023."),
        (
            Missing(Reason.UPPGIFT_SAKNAS, "lucka:2023-07,2023-09/2023-10"),
            "Uppgift saknas: inget inlämnat för juli 2023 och sep–okt 2023.",
        ),
        (Missing(Reason.UPPGIFT_SAKNAS, "insatser:a,stig-2"), "Uppgift saknas: inte redovisat av A och stig-2."),
        (Missing(Reason.UPPGIFT_SAKNAS, "rad:man"), "Uppgift saknas: rad för män saknas, skriv 0 om ingen."),
        (
            Missing(Reason.EJ_TILLAMPLIGT, "raknesatt:volym"),
            "Ej tillämpligt: insatsen är registrerad som volyminsats (endast antal).",
        ),
        (Missing(Reason.EJ_TILLAMPLIGT, "kon:kvinnor"), "Ej tillämpligt: insatsen är bara för kvinnor."),
        (Missing(Reason.EJ_TILLAMPLIGT, "namnare_noll"), "Ej tillämpligt: ingen i nämnaren."),
    ],
)
def test_why_a_value_is_missing(missing: Missing, expected: str) -> None:
    assert sentences.format_missing_sentence(missing, subject="ENTER", names={"a": "A"}) == expected


def test_cells_of_the_goal_table() -> None:
    assert plain(sentences.format_reached(True)) == "■ Ja"
    assert plain(sentences.format_reached(False)) == "□ Nej"
    assert sentences.format_reached(None) == "–"
    assert sentences.format_margin(-13) == "−13"
    assert sentences.format_margin_words(-7) == "7 saknas"
    assert sentences.format_margin_words(2) == "2 till godo"
    assert sentences.format_margin_words(0) == "precis nått"
    assert sentences.format_margin_words(-2, Riktning.HOGST) == "2 för många"
    assert sentences.format_margin_words(None) == "–"
    assert plain(sentences.format_target(0.35, Riktning.MINST)) == "minst 35 %"
    assert plain(sentences.format_target(0.125, Riktning.HOGST)) == "högst 12,5 %"
    assert plain(sentences.format_target(150, Riktning.MINST, Unit.ANTAL)) == "minst 150"
    assert plain(sentences.format_target_label(0.35)) == "Mål 35 %"
    cells = {sakerhet: sentences.format_certainty(sakerhet) for sakerhet in Sakerhet}
    assert cells[Sakerhet.SAKERT_UNDER] == "Säkert under målet"
    assert sentences.format_certainty(Sakerhet.SAKERT_UNDER, Riktning.HOGST) == "Säkert under taket"
    assert sentences.format_certainty(Sakerhet.SAKERT_OVER, short=True) == "Säkert över"
    assert all(cells.values())
    assert [sentences.format_certainty_sign(sakerhet) for sakerhet in list(Sakerhet)[:3]] == ["▲", "▼", "↔"]


def test_only_the_unwanted_side_is_a_place_to_look() -> None:
    wrong = {(s, r) for s in Sakerhet for r in Riktning if sentences.is_wrong_side(s, r)}
    assert wrong == {(Sakerhet.SAKERT_UNDER, Riktning.MINST), (Sakerhet.SAKERT_OVER, Riktning.HOGST)}


def test_the_footer_names_source_period_lage_and_extraction() -> None:
    line = sentences.format_source_line(
        source="Årsredovisning 2014",
        forbund="Uppsala län",
        period=Period.year(2014),
        lage=Lage.INTERN,
        extracted=date(2015, 3, 19),
    )
    assert plain(line) == (
        "Källa: Årsredovisning 2014, Uppsala län. Period: 1 jan–31 dec 2014. Läge: intern. Uttag: 2015-03-19."
    )
    invented = sentences.format_source_line(
        source="månadsleveranser",
        forbund="Exempelförbundet",
        period="varje insats egen period",
        lage=Lage.PUBLICERING,
        extracted=None,
        invented=True,
    )
    assert invented == (
        "Påhittade data. Källa: månadsleveranser, Exempelförbundet. Period: varje insats egen period. "
        "Läge: publicering. Uttagsdatum okänt."
    )


def test_notes() -> None:
    assert plain(sentences.format_distance(-7, 0.34)) == "Sju personer från rikets 34 %."
    assert plain(sentences.format_distance(1, 0.34)) == "En person över rikets 34 %."
    assert plain(sentences.format_distance(0, 0.34)) == "Precis rikets 34 %."
    assert sentences.format_unknown_note(Measured(0.3, 3, 10, unknown=8)) == (
        "För 8 är det inte känt hur det gick; de räknas inte i nämnaren."
    )
    assert sentences.format_unknown_note(Measured(0.3, 3, 10)) == ""
    assert sentences.format_coverage(Coverage(11, 12, ("stig-2",)), {"stig-2": "Stig 2"}) == (
        "11 av 12 insatser ingår. Utan: Stig 2."
    )
    assert plain(sentences.format_known_to(date(2014, 12, 31), date(2015, 3, 19))) == (
        "Uppgifter t.o.m. 31 december 2014, uttagna 19 mars 2015"
    )
    assert sentences.format_known_to(None, None) == "Inga uppgifter om deltagare inlästa"
    assert plain(sentences.format_comparisons_note(6)) == (
        "Sex jämförelser: bara utanför 99,8 % sägs en insats avvika tydligt."
    )


def test_the_line_that_names_the_marks_has_one_order() -> None:
    line = marks.format_marks([marks.Mark.RIKET, marks.Mark.RING, marks.Mark.PUNKT, marks.Mark.BALK, marks.Mark.RING])
    assert plain(line) == "Punkt: utfall. Balk: 95 %-intervall. Ring: andel utan antal. Streckad linje: riket."
    assert all(marks.format_marks([mark]) for mark in marks.Mark)
