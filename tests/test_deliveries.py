"""Where intake meets store: previews, refusals, the same file twice, likelihood, and the filling of a new store."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from build_store import ME
from published_store import published_store
from recompute_published import PUBLISHED

from finsam_dash.deliveries import (
    DeliveryWarning,
    Point,
    Preview,
    PublishedDataError,
    RefusedDeliveryError,
    build_preview,
    prepare_store,
    read_file,
    save_read,
    undo_delivery,
)
from finsam_dash.deliveries.filling import PROGRAM
from finsam_dash.intake import ReadDelivery
from finsam_dash.model import Forbund, Gender, Insats, InsatsPeriod, Period, Reason
from finsam_dash.store import (
    Comment,
    DeliveryState,
    Store,
    StoreError,
    check_integrity,
    load_all_forbund,
    load_comments,
    load_comparison_values,
    load_data_version,
    load_deliveries,
    load_figures,
    load_insatser,
    load_log,
    open_store,
    save_forbund,
    save_insats,
    save_new_insatser,
)
from finsam_dash.wording.problems import format_warning
from finsam_dash.wording.store import format_refused_delivery

TODAY = date(2026, 12, 31)
HEADER = "Insats;Månad;Kön;Pågående vid start;Nya;Avslutade"
OPEN = (InsatsPeriod(date(2026, 1, 1), None),)


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    save_forbund(store, Forbund("provet", "Provet"), ME)
    save_insats(store, "provet", Insats("stig", "Stig", OPEN), ME)
    save_insats(store, "provet", Insats("sara", "Sara", OPEN), ME)
    yield store
    store.close()


def preview_of(store: Store, *lines: str, header: str = HEADER, create: bool = False) -> tuple[Preview, ReadDelivery]:
    data = "\n".join((header, *lines)).encode()
    read = read_file(store, "provet", data, "fil.csv", today=TODAY, create_insatser=create)
    assert read.problems == ()
    return build_preview(store, "provet", read), read


def deliver(store: Store, *lines: str, header: str = HEADER, replace: bool = False) -> int | None:
    preview, read = preview_of(store, *lines, header=header)
    return save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY, replace=replace)


def stored(store: Store) -> dict[tuple[str, str, str, str], float | None]:
    return {
        (one.subject, one.matt, one.gender.value, one.period.code): one.value for one in load_figures(store, "provet")
    }


def changes_of(preview: Preview) -> list[tuple[str, str, float | None, float | None]]:
    return [(one.matt, one.period.code, one.before, one.after) for one in preview.changes]


def test_a_file_is_previewed_saved_and_undone(store: Store) -> None:
    preview, read = preview_of(store, "Stig;2026-01;Kvinna;10;3;2")
    assert (preview.new, preview.unchanged, len(preview.changes), preview.warnings) == (3, 0, 0, ())
    number = save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY)
    assert stored(store) == {
        ("stig", "pagaende", "kvinna", "2026-01"): 10,
        ("stig", "nya", "kvinna", "2026-01"): 3,
        ("stig", "avslutade", "kvinna", "2026-01"): 2,
    }
    assert number is not None
    undo_delivery(store, number, ME)
    assert stored(store) == {}


def test_the_same_file_twice_is_no_delivery_even_with_empty_cells(store: Store) -> None:
    lines = ("Stig;2026-01;Kvinna;10;;2", "Stig;2026-01;Man;4;-;..")
    assert deliver(store, *lines) == 1
    version = load_data_version(store)
    preview, _ = preview_of(store, *lines)
    assert preview.is_empty
    assert deliver(store, *lines) is None
    assert (load_data_version(store), len(load_deliveries(store, "provet"))) == (version, 1)


def test_an_empty_cell_where_nothing_is_stored_leaves_nothing_and_a_dash_says_something(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;;-;0")
    found = {one.matt: (one.value, one.reason) for one in load_figures(store, "provet")}
    assert found == {"nya": (None, Reason.EJ_REDOVISAT), "avslutade": (0, None)}
    # What was left empty may be filled in later without replacing anything.
    assert deliver(store, "Stig;2026-01;Kvinna;7;-;0") == 2


def test_stored_figures_are_not_changed_unless_confirmed(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;10;3;2", "Stig;2026-02;Kvinna;11;1;1")
    version = load_data_version(store)
    with pytest.raises(RefusedDeliveryError) as refused:
        deliver(store, "Stig;2026-01;Kvinna;10;4;")
    assert format_refused_delivery(refused.value) == (
        "Filen ändrar tal som redan är inlästa och är därför inte inläst. Lägg till --ersatt om de ska ersättas."
    )
    assert load_data_version(store) == version
    preview, _ = preview_of(store, "Stig;2026-01;Kvinna;10;4;")
    assert changes_of(preview) == [("nya", "2026-01", 3, 4), ("avslutade", "2026-01", 2, None)]
    last = preview.changes[-1]
    assert (last.subject, last.gender, last.after_reason, last.row) == ("stig", Gender.KVINNA, Reason.UPPGIFT_SAKNAS, 2)
    assert deliver(store, "Stig;2026-01;Kvinna;10;4;", replace=True) == 2
    assert stored(store)["stig", "avslutade", "kvinna", "2026-01"] is None
    assert stored(store)["stig", "nya", "kvinna", "2026-02"] == 1


def test_an_absent_column_or_row_leaves_what_is_stored(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;10;3;2", "Stig;2026-01;Man;5;1;0")
    assert deliver(store, "Stig;2026-01;Kvinna;4", header="Insats;Månad;Kön;Nya", replace=True) == 2
    assert stored(store)["stig", "avslutade", "kvinna", "2026-01"] == 2
    assert stored(store)["stig", "nya", "man", "2026-01"] == 1


def test_figures_that_a_later_file_repeats_stay_when_the_earlier_is_undone(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;10;3;2")
    deliver(store, "Stig;2026-01;Kvinna;10;3;2", "Stig;2026-02;Kvinna;11;0;0")
    assert [one.state for one in load_deliveries(store, "provet")] == [DeliveryState.ERSATT, DeliveryState.AKTIV]
    undo_delivery(store, 1, ME)
    assert len(stored(store)) == 6


def test_a_file_with_problems_cannot_be_previewed(store: Store) -> None:
    read = read_file(store, "provet", f"{HEADER}\nStig;2026-01;Kvinna;10;-3;2\n".encode(), "fil.csv", today=TODAY)
    with pytest.raises(RefusedDeliveryError) as refused:
        build_preview(store, "provet", read)
    assert refused.value.code == "problem"


def test_a_preview_of_an_older_store_is_not_saved(store: Store) -> None:
    preview, read = preview_of(store, "Stig;2026-01;Kvinna;10;3;2")
    deliver(store, "Stig;2026-01;Kvinna;10;4;2")
    with pytest.raises(StoreError) as refused:
        save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY)
    assert refused.value.code == "andrad_under_tiden"
    assert stored(store)["stig", "nya", "kvinna", "2026-01"] == 4


def test_new_insatser_come_with_the_delivery_or_not_at_all(store: Store) -> None:
    preview, read = preview_of(store, "Ny insats;2026-03;Kvinna;1;1;0", create=True)
    assert [one.kod for one in preview.new_insatser] == ["ny-insats"]
    save_insats(store, "provet", Insats("annan", "Annan"), ME)
    with pytest.raises(StoreError, match="andrad_under_tiden"):
        save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY)
    assert "ny-insats" not in [one.kod for one in load_insatser(store, "provet")]
    preview, read = preview_of(store, "Ny insats;2026-03;Kvinna;1;1;0", create=True)
    save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY)
    (new,) = (one for one in load_insatser(store, "provet") if one.kod == "ny-insats")
    assert (new.namn, new.periods) == ("Ny insats", (InsatsPeriod(date(2026, 3, 1), None),))


def test_the_same_rows_of_new_insatser_are_no_change_when_read_again(store: Store) -> None:
    """What one row a deltagande is counted to must not hang on whether the insatser were known before the file."""
    header = "Insats;Kön;Startdatum;Slutdatum"
    rows = ("Älgen;Kvinna;2026-01-05;2026-06-03", "Björn;Man;2026-02-05;2026-03-03", "Ko;Man;2026-04-05;")
    preview, read = preview_of(store, *rows, header=header, create=True)
    save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY)
    assert stored(store)["bjorn", "nya", "man", "2026-06"] == 0
    again, _ = preview_of(store, *rows, header=header)
    assert again.is_empty


def bring(store: Store, *lines: str, header: str = HEADER) -> tuple[int | None, list[str]]:
    """Deliver with new insatser created; the delivery's number, and what it warned of."""
    preview, read = preview_of(store, *lines, header=header, create=True)
    number = save_read(store, read, preview, ME, filename="fil.csv", known_from=TODAY, replace=True)
    return number, [format_warning(one) for one in read.warnings]


def times(store: Store, kod: str) -> tuple[InsatsPeriod, ...]:
    return next(one.periods for one in load_insatser(store, "provet") if one.kod == kod)


def both(month: str, name: str = "Ny") -> tuple[str, str]:
    return f"{name};{month};Kvinna;10;3;2", f"{name};{month};Man;5;1;0"


def test_an_insats_that_only_files_have_named_starts_with_its_earliest_month(store: Store) -> None:
    bring(store, *both("2026-03"))
    assert times(store, "ny") == (InsatsPeriod(date(2026, 3, 1), None),)
    earlier, told = bring(store, *both("2026-01"))
    assert times(store, "ny") == (InsatsPeriod(date(2026, 1, 1), None),)
    assert told == [
        "Ny har uppgifter för januari 2026, före sin första månad hittills. Starten flyttas dit, för den kommer bara "
        "från inlästa filer. Ange en start med insats andra om den är en annan."
    ]
    moved = load_log(store)[-1]
    assert json.loads(moved.before) == {"starter": {"ny": "2026-03-01"}}
    assert json.loads(moved.after)["starter"] == {"ny": "2026-01-01"}
    assert bring(store, *both("2026-02"))[1] == []
    # Undone, the insats starts where the months that are left do; without any it keeps its start.
    assert earlier is not None
    undo_delivery(store, earlier, ME)
    assert times(store, "ny") == (InsatsPeriod(date(2026, 2, 1), None),)
    for one in load_deliveries(store, "provet"):
        if one.state is not DeliveryState.ANGRAD:
            undo_delivery(store, one.id, ME)
    assert times(store, "ny") == (InsatsPeriod(date(2026, 2, 1), None),)


def test_a_start_that_somebody_wrote_stays(store: Store) -> None:
    outside = (
        "{} har uppgifter utanför sin registrerade tid: december 2025. De sparas, men en insats ingår i förbundets "
        "summor bara under sin registrerade tid. Rätta tiden med insats andra om den är fel."
    )
    assert bring(store, *both("2025-12", "Stig"))[1] == [outside.format("Stig")]
    assert times(store, "stig") == OPEN
    bring(store, *both("2026-03"))
    (new,) = (one for one in load_insatser(store, "provet") if one.kod == "ny")
    # Another field changed by hand says nothing of the start.
    save_insats(store, "provet", replace(new, ort="Orten"), ME)
    bring(store, *both("2026-02"))
    assert times(store, "ny") == (InsatsPeriod(date(2026, 2, 1), None),)
    save_insats(store, "provet", replace(new, periods=OPEN), ME)
    assert bring(store, *both("2025-12"))[1] == [outside.format("Ny")]
    assert times(store, "ny") == OPEN
    save_new_insatser(store, "provet", [Insats("plan", "Plan", OPEN)], ME)
    assert bring(store, *both("2025-12", "Plan"))[1] == [outside.format("Plan")]
    assert times(store, "plan") == OPEN


def test_rows_of_deltaganden_before_the_start_say_the_same_when_read_again(store: Store) -> None:
    """One who came and left long before the others: the months between are counted as they will be registered."""
    header = "Insats;Kön;Startdatum;Slutdatum"
    bring(store, "Ny;Kvinna;2026-05-05;2026-06-03", header=header)
    rows = ("Ny;Man;2026-01-05;2026-01-30", "Ny;Kvinna;2026-05-05;2026-06-03")
    bring(store, *rows, header=header)
    assert times(store, "ny") == (InsatsPeriod(date(2026, 1, 1), None),)
    assert bring(store, *rows, header=header)[0] is None


def test_comments_stay_with_the_delivery(store: Store) -> None:
    number = deliver(store, "Stig;2026-01;Kvinna;1;Sommarstängt", header="Insats;Månad;Kön;Nya;Kommentar")
    assert number is not None
    written = Comment("Sommarstängt", "stig", Period.parse("2026-01"))
    assert load_comments(store, "provet") == ((number, written),)
    later = deliver(store, "Stig;2026-02;Kvinna;1;Öppet igen", header="Insats;Månad;Kön;Nya;Kommentar")
    assert [(at, comment.text) for at, comment in load_comments(store, "provet")] == [
        (later, "Öppet igen"), (number, "Sommarstängt"),
    ]  # fmt: skip
    undo_delivery(store, number, ME)
    assert [at for at, _ in load_comments(store, "provet")] == [later]


def test_pagaende_that_does_not_follow_is_asked_about(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;10;3;2", "Stig;2026-01;Man;5;0;0", "Stig;2026-03;Kvinna;9;0;0")
    preview, _ = preview_of(store, "Stig;2026-02;Kvinna;12;0;3", "Stig;2026-02;Man;5;1;0")
    assert preview.warnings == (
        DeliveryWarning("flode", "stig", Gender.KVINNA, points=(Point(Period.parse("2026-02"), 11, 12),)),
    )


def test_nothing_is_asked_about_figures_that_the_file_does_not_change(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;10;3;2", "Stig;2026-02;Kvinna;99;0;0")
    preview, _ = preview_of(store, "Stig;2026-02;Kvinna;99;0;0", "Sara;2026-02;Kvinna;1;0;0")
    assert preview.warnings == ()


def test_a_jump_over_the_usual_level_is_asked_about(store: Store) -> None:
    header = "Insats;Månad;Kön;Nya"
    deliver(store, *(f"Stig;2026-{month:02d};Kvinna;{5 + month % 2}" for month in range(1, 7)), header=header)
    preview, _ = preview_of(store, "Stig;2026-07;Kvinna;50", header=header)
    assert preview.warnings == (
        DeliveryWarning("hopp", "stig", Gender.KVINNA, "nya", (Point(Period.parse("2026-07"), 6, 50),)),
    )
    assert preview_of(store, "Stig;2026-07;Kvinna;18", header=header)[0].warnings == ()


def test_small_numbers_do_not_jump(store: Store) -> None:
    header = "Insats;Månad;Kön;Nya"
    deliver(store, *(f"Stig;2026-{month:02d};Kvinna;1" for month in range(1, 7)), header=header)
    assert preview_of(store, "Stig;2026-07;Kvinna;4", header=header)[0].warnings == ()


LONG = "Insats/Grupp;Från;Till;Kön;Mått;Värde;Enhet"


def test_a_stated_total_that_is_not_the_sum_is_asked_about(store: Store) -> None:
    deliver(store, ";2026-01-01;2026-02-28;alla;nya;20;antal", header=LONG)
    months = [f"{name};2026-{month:02d};{kon};1;4;1" for name in ("Stig", "Sara") for month in (1, 2) for kon in "KM"]
    preview, _ = preview_of(store, *months)
    (total,) = (one for one in preview.warnings if one.code == "summa")
    assert total == DeliveryWarning("summa", "", Gender.ALLA, "nya", (Point(Period.parse("2026-01/2026-02"), 32, 20),))
    # Without Sara's February there is no sum to compare with.
    assert [one for one in preview_of(store, *months[:6])[0].warnings if one.code == "summa"] == []


JANUARY = Period.parse("2026-01")
OUTCOMES = "Insats;Månad;Kön;Till arbete och/eller studier;Till arbete;Till studier;Eget företag"


def questions(store: Store, *rows: str, header: str) -> list[tuple[str, str, str, str, tuple[Point, ...]]]:
    preview, _ = preview_of(store, *rows, header=header)
    return [(one.code, str(one.gender), one.matt, one.whole, one.points) for one in preview.warnings]


def test_a_total_over_gender_that_comes_later_than_its_parts_is_asked_about(store: Store) -> None:
    header = "Insats;Månad;Kön;Nya"
    deliver(store, "Stig;2026-01;Kvinna;5", "Stig;2026-01;Man;3", header=header)
    assert questions(store, "Stig;2026-01;Alla;9", header=header) == [
        ("summa", "alla", "nya", "", (Point(JANUARY, 8, 9),))
    ]
    assert questions(store, "Stig;2026-01;Alla;8", header=header) == []
    # Within one monthly file the row is named when it is read; the long form has no other place for the question.
    parts = [f"Stig;2026-02;{kon};nya;{count};antal" for kon, count in (("K", 5), ("M", 3), ("Alla", 9))]
    monthly = ("Stig;2026-02;Kvinna;5", "Stig;2026-02;Man;3", "Stig;2026-02;Alla;9")
    assert questions(store, *monthly, header=header) == []
    long = "Insats/Grupp;Insatsperiod;Kön;Mått;Värde;Enhet"
    assert questions(store, *parts, header=long) == [
        ("summa", "alla", "nya", "", (Point(Period.parse("2026-02"), 8, 9),))
    ]


def test_a_corrected_row_alone_is_not_said_to_lack_the_other_that_is_stored(store: Store) -> None:
    def lacking(*rows: str, header: str = "Insats;Månad;Kön;Nya") -> list[str]:
        _, read = preview_of(store, *rows, header=header)
        return [one.part("period") for one in read.warnings if one.code == "rad_for_kon_saknas"]

    deliver(store, "Stig;2026-01;Kvinna;5", "Stig;2026-01;Man;3", header="Insats;Månad;Kön;Nya")
    assert lacking("Stig;2026-01;Kvinna;6", "Stig;2026-02;Kvinna;6", "Sara;2026-01;Man;6") == ["2026-02", "2026-01"]
    # Of the men's avslutade nothing is stored: that total does lack them.
    assert lacking("Stig;2026-01;Kvinna;6;1", header="Insats;Månad;Kön;Nya;Avslutade") == ["2026-01"]
    # A column that is empty, as those of the template that an insats does not use, says nothing that could lack.
    assert lacking("Stig;2026-01;Kvinna;6;", header="Insats;Månad;Kön;Nya;Deltagare") == []


def test_a_part_that_is_more_than_the_stored_whole_is_asked_about(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;3", "Stig;2026-01;Man;3", header="Insats;Månad;Kön;Avslutade")
    header = "Insats;Månad;Kön;Till arbete och/eller studier;Bortfall"
    assert questions(store, "Stig;2026-01;Kvinna;5;3", "Stig;2026-01;Man;3;0", header=header) == [
        ("fler_an", "kvinna", "till_arbete_studier", "avslutade", (Point(JANUARY, 3, 5),))
    ]


def test_a_joint_outcome_over_its_parts_is_asked_about_and_one_below_them_is_not(store: Store) -> None:
    """Who works and studies counts once, so 4 of 3 + 2 is one person who does both; nobody does neither and counts."""
    over = (
        "Stig;2026-01;Kvinna;6;3;2;",
        "Stig;2026-01;Man;6;3;2;1",
        "Stig;2026-02;Kvinna;4;3;2;",
        "Sara;2026-01;K;9;;2;",
    )
    assert questions(store, *over, header=OUTCOMES) == [
        ("delar", "kvinna", "till_arbete_studier", "", (Point(JANUARY, 5, 6),))
    ]


def test_known_and_unknown_outcomes_beyond_those_who_left_are_asked_about(store: Store) -> None:
    deliver(store, "Stig;2026-01;Kvinna;6;5", header="Insats;Månad;Kön;Avslutade;Avslutade utan uppgift")
    header = "Insats;Månad;Kön;Till arbete och/eller studier"
    assert questions(store, "Stig;2026-01;Kvinna;2", header=header) == [
        ("utfall", "kvinna", "", "", (Point(JANUARY, 6, 7),))
    ]
    assert questions(store, "Stig;2026-01;Kvinna;1", header=header) == []


def test_an_earlier_month_that_changes_is_late_registration(store: Store) -> None:
    header = "Insats;Månad;Kön;Nya"
    deliver(store, "Stig;2026-01;Kvinna;3", "Stig;2026-02;Kvinna;4", header=header)
    preview, _ = preview_of(store, "Stig;2026-01;Kvinna;5", "Stig;2026-02;Kvinna;6", header=header)
    (late,) = preview.warnings
    assert (late.code, late.subject) == ("efterslapning", "stig")
    assert [(one.period.code, one.before, one.after) for one in late.changes] == [("2026-01", 3, 5)]


# The filling of a new store, with a small set of published data in the form of data/publicerat.

FIGURES = "Insats/Grupp;Från;Till;Kön;Mått;Värde;Enhet;Dokument;Rubrik"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "publicerat"
    folder.mkdir()
    write(folder / "forbund.csv", "kod;namn;pahittad", "provlan;Provlän;nej")
    write(
        folder / "insatser.csv",
        "forbund;kod;namn;kortnamn;syfte_typ;form;raknesatt;kon;huvudman;parter;malgrupp;syfte;ort;kommun;grupp;"
        "foregangare;ordning;dokument;rubrik",
        "provlan;stig-2;Stig 2;Stig;atergang;Finsam;med_personuppgifter;bada;;;;;;;;stig;2;d;r",
        "provlan;stig;Stig;Stig;;;anonym;kvinnor;;;;;;;;;1;d;r",
    )
    write(
        folder / "insatsperioder.csv",
        "forbund;insats;start;slut;etikett;notering;dokument;rubrik",
        "provlan;stig;2010-01-01;2012-12-31;;;d;r",
        "provlan;stig-2;2013-01-01;;Projekt;;d;r",
    )
    write(
        folder / "dokument.csv",
        "dokument;forbund;namn;kort;datum",
        "b.txt;provlan;Årsredovisning 2014;Årsredovisning 2014;2015-03-19",
    )
    write(
        folder / "provlan-arsredovisning.csv",
        FIGURES,
        "Stig 2;2014-01-01;2014-12-31;alla;avslutade;40;antal;b.txt;Stig",
    )
    write(folder / "rubriker.csv", "dokument;ordning;rubrik", "b.txt;1;Stig")
    return folder


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fill(tmp_path: Path, folder: Path, **options: Any) -> Store:
    return prepare_store(
        f"sqlite:///{tmp_path}/x.db", folders=(folder,), comparison_values=folder / "riket.csv", **options
    )


def avslutade(store: Store) -> dict[str, float | None]:
    return {one.period.code: one.value for one in load_figures(store, "provlan", matt=["avslutade"])}


def test_a_new_store_is_filled_as_by_deliveries(tmp_path: Path, folder: Path) -> None:
    shares: list[float] = []
    store = fill(tmp_path, folder, progress=shares.append)
    assert shares == [1.0]
    assert load_all_forbund(store) == (Forbund("provlan", "Provlän"),)
    assert [(one.kod, one.predecessors, one.periods[0].end) for one in load_insatser(store, "provlan")] == [
        ("stig", (), date(2012, 12, 31)),
        ("stig-2", ("stig",), None),
    ]
    (delivery,) = load_deliveries(store, "provlan")
    assert (delivery.fil, delivery.namn, delivery.actor) == (
        "provlan-arsredovisning.csv",
        "Årsredovisning 2014",
        PROGRAM,
    )
    assert (delivery.known_from, delivery.form) == (date(2015, 3, 19), "lang")
    (figure,) = load_figures(store, "provlan")
    assert (figure.value, figure.dokument, figure.rubrik) == (40, "b.txt", "Stig")
    version = load_data_version(store)
    store.close()
    again = fill(tmp_path, folder)
    assert load_data_version(again) == version
    again.close()


def test_an_empty_store_stays_empty(tmp_path: Path, folder: Path) -> None:
    fill(tmp_path, folder, empty=True).close()
    store = fill(tmp_path, folder)
    assert load_all_forbund(store) == ()
    store.close()


def test_later_published_data_reaches_a_store_once_and_never_replaces_others(tmp_path: Path, folder: Path) -> None:
    store = fill(tmp_path, folder)
    own = "Insats/Grupp;Från;Till;Kön;Mått;Värde;Enhet\nStig 2;2014-01-01;2014-12-31;alla;avslutade;41;antal\n"
    read = read_file(store, "provlan", own.encode(), "egen.csv", today=TODAY)
    save_read(
        store, read, build_preview(store, "provlan", read), ME, filename="egen.csv", known_from=TODAY, replace=True
    )
    store.close()
    with (folder / "dokument.csv").open("a", encoding="utf-8") as file:
        file.write("c.txt;provlan;Årsredovisning 2015;Årsredovisning 2015;2016-03-19\n")
    write(
        folder / "provlan-2015.csv",
        FIGURES,
        "Stig 2;2014-01-01;2014-12-31;alla;avslutade;42;antal;c.txt;Stig",
        "Stig 2;2015-01-01;2015-12-31;alla;avslutade;50;antal;c.txt;Stig",
    )
    store = fill(tmp_path, folder)
    assert avslutade(store) == {"2014": 41, "2015": 50}
    assert [one.fil for one in load_deliveries(store, "provlan")] == [
        "provlan-arsredovisning.csv",
        "egen.csv",
        "provlan-2015.csv",
    ]
    assert check_integrity(store) == ()
    store.close()


def test_what_was_undone_does_not_come_back_with_a_new_version(tmp_path: Path, folder: Path) -> None:
    store = fill(tmp_path, folder)
    undo_delivery(store, 1, ME)
    store.close()
    write(
        folder / "provlan-arsredovisning.csv",
        FIGURES,
        "Stig 2;2014-01-01;2014-12-31;alla;avslutade;43;antal;b.txt;Stig",
    )
    store = fill(tmp_path, folder)
    assert avslutade(store) == {}
    store.close()


def test_a_corrected_file_replaces_what_the_program_said_before(tmp_path: Path, folder: Path) -> None:
    fill(tmp_path, folder).close()
    write(
        folder / "provlan-arsredovisning.csv",
        FIGURES,
        "Stig 2;2014-01-01;2014-12-31;alla;avslutade;43;antal;b.txt;Stig",
    )
    store = fill(tmp_path, folder)
    assert avslutade(store) == {"2014": 43}
    assert [one.state for one in load_deliveries(store, "provlan")] == [DeliveryState.ERSATT, DeliveryState.AKTIV]
    store.close()


def test_an_interrupted_filling_goes_on(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = (folder / "provlan-arsredovisning.csv").read_bytes()
    write(
        folder / "provlan-arsredovisning.csv",
        FIGURES,
        "Stig 2;2014-01-01;2014-12-31;alla;avslutade;-1;antal;b.txt;Stig",
    )
    with pytest.raises(PublishedDataError, match=r"provlan-arsredovisning\.csv"):
        fill(tmp_path, folder)
    (folder / "provlan-arsredovisning.csv").write_bytes(good)
    store = fill(tmp_path, folder)
    assert avslutade(store) == {"2014": 40}
    assert len(load_deliveries(store, "provlan")) == 1
    store.close()


def test_comparison_values_come_with_the_program(tmp_path: Path, folder: Path) -> None:
    write(
        folder / "riket.csv",
        "indikator;kon;slag;namn;start;slut;varde;taljare;namnare;kalla;uttagsdatum;notering",
        "andel_arbete_studier;alla;riket;Riket;2015-01-01;2015-12-31;0,33;;;SUS;2016-01-16;",
    )
    store = fill(tmp_path, folder)
    (riket,) = load_comparison_values(store, "provlan")
    assert (riket.value, riket.extracted, riket.period) == (0.33, date(2016, 1, 16), Period.parse("2015"))
    store.close()


def start_filling(tmp_path: Path, folder: Path) -> subprocess.Popen[str]:
    """A process of its own that says "nu" and fills the store."""
    program = (
        "import sys; from pathlib import Path; from finsam_dash.deliveries import prepare_store; "
        "print('nu', flush=True); "
        "prepare_store(sys.argv[1], folders=(Path(sys.argv[2]),), comparison_values=Path('ingen'))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, f"sqlite:///{tmp_path}/x.db", str(folder)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_processes_fill_a_new_store_together(tmp_path: Path, folder: Path) -> None:
    started = [start_filling(tmp_path, folder) for _ in range(2)]
    assert [(process.communicate(timeout=120), process.returncode) for process in started] == [(("nu\n", ""), 0)] * 2
    store = open_store(f"sqlite:///{tmp_path}/x.db")
    assert (avslutade(store), len(load_deliveries(store, "provlan"))) == ({"2014": 40}, 1)
    store.close()


def test_a_filling_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(2):
        process = start_filling(tmp_path, PUBLISHED)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.1, 1.0))
        process.kill()
        process.communicate()
    store = fill(tmp_path, PUBLISHED)
    whole = published_store()
    for forbund in load_all_forbund(whole):
        assert load_figures(store, forbund.kod) == load_figures(whole, forbund.kod)
    assert load_all_forbund(store) == load_all_forbund(whole)
    assert check_integrity(store) == ()
    store.close()


def test_the_data_that_comes_with_the_program_can_be_read() -> None:
    """Every published file; the example's deliveries have tests of their own."""
    store = published_store()
    year = {
        (one.matt, one.gender.value): one.value
        for one in load_figures(store, "uppsala-lan", subjects=[""], period=Period.parse("2014"))
        if one.period == Period.parse("2014") and not one.indelning
    }
    assert (year["deltagare", "alla"], year["avslutade", "alla"]) == (454, 277)
    assert check_integrity(store) == ()
