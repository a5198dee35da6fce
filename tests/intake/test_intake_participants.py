"""One anonymous row a deltagande: counted into months, and only the counts come out."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import INSATSER, figures_of, problem_lines, read_lines, warning_lines

from finsam_dash.intake import ReadDelivery
from finsam_dash.intake.codelists import load_codelist

HEADER = (
    "Insats;Kön;Födelseår;Startdatum;Slutdatum;Avslutsanledning;Sysselsättning efter;Försörjning före;"
    "Försörjning efter;Utbildning;Kommun"
)
ROWS = (
    "Jobbspåret;K;1990;2024-11-20;2025-02-10;Fullföljt;Arbete;Sjukpenning;Lön;Gymnasium;Tierp",
    "Jobbspåret;M;1999;2025-01-05;2025-03-31;Avbrott;Arbetssökande;A-kassa;A-kassa;Grundskola;Tierps kommun",
    "Jobbspåret;K;2001;2025-01-31;2025-02-01;Fullföljt;Studier;Försörjningsstöd;Studiemedel;Grundskola;Heby",
    "Jobbspåret;K;1980;2025-02-01;;;;;;;",
    "Jobbspåret;M;1980;2025-02-11;2025-02-12;Felregistrering;;;;;",
    "Jobbspåret;M;1985;2025-02-15;2025-03-01;Fullföljt;Vet ej;;;Högskola;",
)


def values(read: ReadDelivery, matt: str, gender: str, klass: str = "") -> list[float | None]:
    """The values month by month."""
    frame = read.figures
    own = frame[
        (frame["matt"] == matt)
        & (frame["gender"] == gender)
        & (frame["klass"] == klass.partition(":")[2])
        & (frame["indelning"] == klass.partition(":")[0])
    ]
    return own.assign(start=own["start"].astype(str)).sort_values("start")["value"].tolist()


def test_a_worked_case() -> None:
    """November 2024 to March 2025, counted by hand."""
    read = read_lines(HEADER, *ROWS)
    assert problem_lines(read) == []
    assert read.row_count == 6
    assert sorted(set(read.figures["start"].astype(str))) == [
        "2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01",
    ]  # fmt: skip
    assert values(read, "nya", "kvinna") == [1, 0, 1, 1, 0]
    assert values(read, "nya", "man") == [0, 0, 1, 1, 0]
    assert values(read, "pagaende", "kvinna") == [0, 1, 1, 2, 1]
    assert values(read, "pagaende", "man") == [0, 0, 0, 1, 2]
    assert values(read, "avslutade", "kvinna") == [0, 0, 0, 2, 0]
    assert values(read, "avslutade", "man") == [0, 0, 0, 0, 2]
    assert values(read, "till_arbete_studier", "kvinna") == [0, 0, 0, 2, 0]
    assert values(read, "till_arbete", "kvinna") == [0, 0, 0, 1, 0]
    assert values(read, "till_studier", "kvinna") == [0, 0, 0, 1, 0]
    assert values(read, "avslutade_utan_uppgift", "man") == [0, 0, 0, 0, 1]
    assert values(read, "bortfall", "man") == [0, 0, 0, 0, 1]
    assert values(read, "felregistrerade", "man") == [0, 0, 0, 1, 0]
    assert values(read, "nya", "kvinna", "alder:under_30") == [0, 0, 1, 0, 0]
    assert values(read, "avslutade", "kvinna", "alder:30_och_over") == [0, 0, 0, 1, 0]
    assert values(read, "avslutade", "man", "utbildning:eftergymnasial") == [0, 0, 0, 0, 1]
    assert values(read, "nya", "man", "kommun:tierp") == [0, 0, 1, 0, 0]
    assert values(read, "avslutade", "kvinna", "forsorjning_fore:sjukpenning") == [0, 0, 0, 1, 0]
    assert values(read, "avslutade", "kvinna", "forsorjning_efter:lon") == [0, 0, 0, 1, 0]
    assert values(read, "avslutade", "man", "avslutsanledning:avbrott") == [0, 0, 0, 0, 1]
    assert (read.figures["reason"] == "").all()


def test_only_counts_come_out() -> None:
    read = read_lines(HEADER, *ROWS)
    shown = read.figures.to_csv() + repr((read.comments, read.warnings, read.columns))
    for trace in ("1990", "2024-11-20", "2025-02-10"):
        assert trace not in shown
    assert set(read.figures["row"]) == {1}


def test_what_the_file_does_not_tell_is_not_counted() -> None:
    read = read_lines("Insats;Kön;Startdatum;Slutdatum", "Jobbspåret;K;2025-01-05;2025-02-10")
    assert set(read.figures["matt"]) == {"pagaende", "nya", "avslutade"}
    assert set(read.figures["indelning"]) == {""}


def test_an_exit_without_a_reason_makes_the_bortfall_missing() -> None:
    read = read_lines(
        "Insats;Kön;Startdatum;Slutdatum;Avslutsanledning",
        "Jobbspåret;K;2025-01-05;2025-02-10;",
        "Jobbspåret;M;2025-01-05;2025-02-10;Avbrott",
    )
    assert figures_of(read)[("jobbsparet", "2025-02", "kvinna", "bortfall")] == "uppgift_saknas"
    assert figures_of(read)[("jobbsparet", "2025-02", "man", "bortfall")] == 1
    assert figures_of(read)[("jobbsparet", "2025-01", "kvinna", "bortfall")] == 0
    assert warning_lines(read)[0] == (
        "rad 1, kolumn Avslutsanledning: Avslutsanledning saknas för en person som har avslutats. "
        "Bortfallet är okänt för de månaderna, inte noll."
    )


def test_a_title_line_states_the_months() -> None:
    rows = ("Insats;Kön;Startdatum;Slutdatum", "Jobbspåret;K;2022-01-05;", "Jobbspåret;K;2025-02-05;2025-02-20")
    read = read_lines("Period 2025-01 – 2025-03", *rows)
    assert values(read, "pagaende", "kvinna") == [1, 1, 1]
    assert values(read, "nya", "kvinna") == [0, 1, 0]
    assert values(read, "avslutade", "man") == [0, 0, 0]
    assert warning_lines(read) == [
        "rad 2: 2 rader har räknats till jan–mars 2025. Skriv en rad ovanför rubrikraden, "
        "till exempel Period 2026-01 – 2026-03, om filen gäller andra månader."
    ]
    read = read_lines("Uttag 2025-04-30", *rows)
    assert len(values(read, "nya", "kvinna")) == 40


def test_no_month_that_has_not_begun_is_counted() -> None:
    read = read_lines("Period 2026", "Insats;Kön;Startdatum;Slutdatum", "Jobbspåret;K;2026-01-05;")
    assert max(read.figures["start"].astype(str)) == "2026-04-01"


def test_an_insats_for_women_has_no_row_for_men() -> None:
    read = read_lines("Insats;Kön;Startdatum;Slutdatum", "Kvinnokraft;K;2025-01-05;")
    assert set(read.figures["gender"]) == {"kvinna"}


def test_a_text_outside_the_list_is_ovrigt_with_a_warning() -> None:
    read = read_lines("Insats;Kön;Startdatum;Slutdatum;Utbildning", "Jobbspåret;K;2025-01-05;;Sjökapten")
    assert values(read, "nya", "kvinna", "utbildning:ovrigt") == [1]
    assert warning_lines(read)[0] == (
        'rad 1, kolumn Utbildning: "Sjökapten" finns inte i listan och räknas som övrigt. '
        "Lägg till det i kodlistan om det ska räknas för sig."
    )


@pytest.mark.parametrize(
    ("text", "klass"),
    [
        ("Tierps kommun", "tierp"),
        ("Borås kommun", "boras"),
        ("Hofors kommun", "hofors"),
        ("Upplands-Bro", "upplands_bro"),
    ],
)
def test_a_kommun_by_its_own_name(text: str, klass: str) -> None:
    read = read_lines("Insats;Kön;Startdatum;Slutdatum;Kommun", f"Jobbspåret;K;2025-01-05;;{text}")
    assert values(read, "nya", "kvinna", f"kommun:{klass}") == [1]


@pytest.mark.parametrize("name", ["avslutsanledning", "sysselsattning"])
def test_every_spelling_of_a_code_list_stands_for_one_code(name: str) -> None:
    codes = load_codelist(name)
    for code, label in codes.names.items():
        assert codes.find(code) == code
        assert codes.find(label.upper()) == code
    assert load_codelist("avslutsanledning").having("felregistrering") == {"felregistrering"}
    assert load_codelist("sysselsattning").having("arbete") == {
        "arbete", "subventionerat_arbete", "eget_foretag", "arbete_och_studier",
    }  # fmt: skip


@st.composite
def deltaganden(draw: st.DrawFn) -> list[tuple[str, str, date, date | None, str, str]]:
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        start = draw(st.dates(date(2024, 1, 1), date(2025, 6, 30)))
        end = draw(st.one_of(st.none(), st.integers(0, 500).map(lambda days, start=start: start + timedelta(days))))
        if end is not None and end > date(2026, 4, 15):
            end = None
        reason = "" if end is None else draw(st.sampled_from(["Fullföljt", "Avbrott", "Felregistrering"]))
        job = draw(st.sampled_from(["Arbete", "Studier", "Arbete och studier", "Arbetssökande", "Okänd", ""]))
        rows.append(
            (
                draw(st.sampled_from([insats.namn for insats in INSATSER[:2]])),
                draw(st.sampled_from(["Kvinna", "Man", "Annat"])),
                start,
                end,
                reason,
                job,
            )
        )
    return rows


def count_stupidly(rows: list[tuple[str, str, date, date | None, str, str]]) -> Counter[tuple[str, str, str, str]]:
    """The oracle: walk through every row and every month, one at a time."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    genders = {"Kvinna": "kvinna", "Man": "man", "Annat": "annat_okant"}
    codes = {insats.namn: insats.kod for insats in INSATSER}
    for insats, gender, start, end, reason, job in rows:
        key = (codes[insats], genders[gender])
        if reason == "Felregistrering":
            counts[(key[0], f"{end:%Y-%m}", key[1], "felregistrerade")] += 1
            continue
        counts[(key[0], f"{start:%Y-%m}", key[1], "nya")] += 1
        for year in range(2024, 2027):
            for month in range(1, 13):
                first = date(year, month, 1)
                if start < first and (end is None or end >= first):
                    counts[(key[0], f"{first:%Y-%m}", key[1], "pagaende")] += 1
        if end is None:
            continue
        exit_key = (key[0], f"{end:%Y-%m}", key[1])
        counts[(*exit_key, "avslutade")] += 1
        counts[(*exit_key, "bortfall")] += reason == "Avbrott"
        counts[(*exit_key, "avslutade_utan_uppgift")] += job in ("", "Okänd")
        counts[(*exit_key, "till_arbete")] += "rbete" in job and "sökande" not in job
        counts[(*exit_key, "till_studier")] += "tudier" in job
        counts[(*exit_key, "till_arbete_studier")] += job in ("Arbete", "Studier", "Arbete och studier")
    return counts


@settings(max_examples=25, deadline=None)
@given(rows=deltaganden())
def test_the_counts_are_those_of_a_stupid_counter(rows: list[tuple[str, str, date, date | None, str, str]]) -> None:
    read = read_lines(
        "Insats;Kön;Startdatum;Slutdatum;Avslutsanledning;Sysselsättning efter",
        *(f"{row[0]};{row[1]};{row[2]};{row[3] or ''};{row[4]};{row[5]}" for row in rows),
    )
    assert problem_lines(read) == []
    expected = count_stupidly(rows)
    found = figures_of(read)
    last = max(key[1] for key in found)
    for key, value in found.items():
        assert value == expected[key], key
    assert {key for key, value in expected.items() if value and key[1] <= last} <= set(found)
