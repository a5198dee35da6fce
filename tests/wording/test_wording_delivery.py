"""The words of a delivery: what changes, what to check, what the page is called."""

from dataclasses import replace

import pytest

from finsam_dash.deliveries import PROGRAM, ChangedFigure, DeliveryWarning, Point
from finsam_dash.model import Actor, Gender, Period, Reason, SubjectKind
from finsam_dash.store import Delivery, DeliveryState
from finsam_dash.wording.delivery import (
    format_change_line,
    format_change_row,
    format_current,
    format_delivery_row,
    format_delivery_warning,
    format_refused_title,
    format_undo_question,
    format_undone,
    format_warnings_title,
)

NAMES = {"stig-2": "Stig 2"}
MARCH = Period.month(2026, 3)


def changed(
    before=7.0, after=9.0, *, subject="stig-2", matt="nya", gender=Gender.KVINNA, reason=None, indelning="", klass=""
):
    kind = SubjectKind.INSATS if subject else SubjectKind.FORBUND
    return ChangedFigure(kind, subject, matt, indelning, klass, gender, MARCH, before, None, after, reason, 4)


def test_a_changed_figure_is_a_row_and_a_line():
    assert format_change_row(changed(), NAMES) == ("Stig 2", "Nya", "mars 2026", "Kvinnor", "7", "9")
    assert format_change_line(changed(), NAMES) == "Stig 2, nya, mars 2026, kvinnor: från 7 till 9."


def test_a_figure_that_goes_missing_says_so_and_never_zero():
    gone = changed(after=None, reason=Reason.UPPGIFT_SAKNAS, subject="", gender=Gender.ALLA)
    assert format_change_line(gone, NAMES) == "Hela förbundet, nya, mars 2026: från 7 till – (uppgift saknas)."


def test_a_share_and_a_subgroup_are_written_in_their_own_units_and_words():
    row = format_change_row(changed(0.3, 0.34, matt="andel_till_arbete", indelning="alder", klass="under_30"), NAMES)
    assert [cell.replace("\u00a0", " ") for cell in row][1:] == [
        "Andel till arbete, yngre än 30 år",
        "mars 2026",
        "Kvinnor",
        "30 %",
        "34 %",
    ]


@pytest.mark.parametrize(
    ("warning", "sentence"),
    [
        (
            DeliveryWarning("flode", "stig-2", Gender.KVINNA, points=(Point(MARCH, 12, 14),)),
            "Stig 2, kvinnor: pågående följer inte av månaden före. Mars 2026: 14 pågående, väntat 12.",
        ),
        (
            DeliveryWarning("hopp", "stig-2", Gender.ALLA, "avslutade", tuple(Point(MARCH, 6, 21) for _ in range(5))),
            "Stig 2, avslutade: ovanligt många. Mars 2026: 21, vanligt är 6. Mars 2026: 21, vanligt är 6. "
            "Mars 2026: 21, vanligt är 6. Samma sak gäller 2 perioder till.",
        ),
        (
            DeliveryWarning("summa", "", Gender.ALLA, "avslutade", (Point(Period.year(2014), 275, 277),)),
            "Hela förbundet, avslutade: totalen är en annan än summan av delarna. 2014: totalen är 277, delarna 275.",
        ),
        (
            DeliveryWarning(
                "fler_an", "stig-2", Gender.KVINNA, "till_arbete_studier", (Point(MARCH, 3, 5),), whole="avslutade"
            ),
            "Stig 2, till arbete och/eller studier, kvinnor: fler än avslutade, som de ingår i. Mars 2026: 5 av 3.",
        ),
        (
            DeliveryWarning("delar", "stig-2", Gender.MAN, "till_arbete_studier", (Point(MARCH, 5, 6),)),
            "Stig 2, till arbete och/eller studier, män: fler än till arbete och till studier tillsammans. "
            "Mars 2026: 6, delarna 5. Den som gör båda räknas en gång, så talet kan vara lägre än summan men inte "
            "högre.",
        ),
        (
            DeliveryWarning("utfall", "stig-2", Gender.ALLA, points=(Point(MARCH, 6, 7),)),
            "Stig 2: de som gick till arbete eller studier och de utan uppgift är tillsammans fler än avslutade. "
            "Mars 2026: 7, avslutade 6.",
        ),
        (
            DeliveryWarning("efterslapning", "stig-2", changes=[changed()]),
            "Stig 2: tidigare månader ändras (sen registrering). Stig 2, nya, mars 2026, kvinnor: från 7 till 9.",
        ),
    ],
)
def test_each_question_says_where_what_and_what_was_expected(warning, sentence):
    assert format_delivery_warning(warning, NAMES) == sentence


def test_titles_count_in_words():
    assert format_refused_title(4, 4) == "Filen lästes inte in. Fyra fel behöver rättas först."
    assert format_refused_title(40, 40) == "Filen lästes inte in. 40 fel behöver rättas först."
    assert format_warnings_title(2) == "Två upplysningar, hindrar inte inläsning"
    assert format_warnings_title(1) == "En upplysning, hindrar inte inläsning"


def test_a_delivery_in_the_list_is_told_on_stockholms_clock():
    delivery = Delivery(
        3, "provet", "mars.xlsx", "", "0" * 64, "2026-04-10T08:05:00Z", 24, 120, "manad", Actor(), MARCH.end,
        DeliveryState.ERSATT, 0,
    )  # fmt: skip
    assert format_delivery_row(delivery) == (
        "3",
        "mars.xlsx",
        "2026-03-31",
        "lokal användare",
        "24",
        "120",
        "Ersatt av senare",
    )
    part = replace(delivery, state=DeliveryState.AKTIV, current=52, actor=PROGRAM)
    assert format_delivery_row(part)[3:] == ("Följer med programmet", "24", "120, 68 ersatta senare", "Gäller")
    assert format_current(replace(part, current=120)) == "120"
    undone = replace(
        part, state=DeliveryState.ANGRAD, undone_by=Actor("forbundschef", "Chefen"), undone_time="2026-05-02T22:30:00Z"
    )
    assert format_delivery_row(undone)[-1] == "Ångrad 2026-05-03 00:30 av Chefen"


def test_undoing_is_asked_and_told_with_the_file_and_its_figures():
    delivery = Delivery(
        3, "provet", "mars.xlsx", "", "0" * 64, "2026-04-10T08:05:00Z", 24, 120, "manad", Actor(), MARCH.end,
        DeliveryState.AKTIV, 52,
    )  # fmt: skip
    assert format_undo_question(delivery) == (
        "52 tal ur mars.xlsx (leverans 3) slutar gälla. Det som leveransen ersatte gäller igen. "
        "Leveransen finns kvar i listan."
    )
    assert format_undone(delivery) == "mars.xlsx (leverans 3) gäller inte längre."


def test_one_mistake_in_many_places_is_one_mistake():
    assert format_refused_title(10, 1) == "Filen lästes inte in. Ett fel på tio ställen behöver rättas först."
