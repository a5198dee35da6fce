"""The long form: one row a figure, as data/publicerat is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from intake_cases import CONTEXT, INSATSER, LONG_HEADER, problem_lines, read_lines, warning_lines

from finsam_dash.intake import IntakeContext, read_delivery
from finsam_dash.intake.codelists import load_codelist
from finsam_dash.model import DenominatorType, Qualifier, Reason, Unit

GOOD = (
    ";;2025-01-01;2025-12-31;alla;deltagare;;;454;antal;;;;dokumentets_ord;;454 deltagare;002.txt;Statistik",
    "Jobbspåret;2024;;;Kvinna;Avslutade;Ålder;Yngre än 30;3;antal;;;avslutade;;;;002.txt;Statistik",
    "Lokus Norr;;2024-03;2024-04;;kostnad;;;-1 250,5;kr;;;;;;;002.txt;Ekonomi",
    "GV;2012-08/2014-08;;;Alla;andel_arbete_studier;;;34 %;andel;340;981;deltagare;ca;;34 % (340 st);002.txt;Mål",
    "GV;2023;;;Alla;avslutade;;;;antal;;;;;ej_redovisat;;002.txt;Mål",
    "GV;2022;;;Alla;avslutade;;;..;antal;;;;;;;002.txt;Mål",
    "GV;2027;;;;budget;;;1250;tkr;;;;;;;002.txt;Budget",
    "Jobbspåret;2025;;;;avslutade;;;10;antal;;;;;;;d;r",
    "Jobbspåret;2025-H1;;;;avslutade;;;4;antal;;;;;;;d;r",
    "Jobbspåret;2025-03/2025-08;;;;avslutade;;;4;antal;;;;;;;d;r",
)  # fmt: skip


def test_every_field_of_a_row() -> None:
    read = read_lines(LONG_HEADER, *GOOD)
    assert problem_lines(read) == []
    assert [line.split(".")[0] for line in warning_lines(read)] == [
        "Grön växtkraft har uppgifter utanför sin registrerade tid: aug 2012–aug 2014"
    ]
    assert (read.form, read.row_count) == ("lang", 10)
    rows = read.figures.astype(object).where(read.figures.notna(), None).to_dict("records")
    shared = {"indelning": "", "klass": "", "numerator": None, "denominator": None, "namnare_typ": "", "sheet": ""}
    assert rows[0] == shared | {
        "kind": "forbund", "subject": "", "matt": "deltagare", "gender": "alla", "start": "2025-01-01",
        "end": "2025-12-31", "value": 454.0, "reason": "", "unit": "antal", "qualifier": "dokumentets_ord",
        "dokument": "002.txt",
        "rubrik": "Statistik", "uttryck": "454 deltagare", "row": 2,
    }  # fmt: skip
    assert rows[1] == shared | {
        "kind": "insats", "subject": "jobbsparet", "matt": "avslutade", "indelning": "alder", "klass": "under_30",
        "gender": "kvinna", "start": "2024-01-01", "end": "2024-12-31", "value": 3.0, "reason": "", "unit": "antal",
        "namnare_typ": "avslutade", "qualifier": "", "dokument": "002.txt", "rubrik": "Statistik", "uttryck": "",
        "row": 3,
    }  # fmt: skip
    assert (rows[2]["kind"], rows[2]["subject"], rows[2]["value"], rows[2]["unit"]) == (
        "grupp",
        "lokus-norr",
        -1250.5,
        "kr",
    )
    assert (rows[2]["start"], rows[2]["end"]) == ("2024-03-01", "2024-04-30")
    assert (rows[3]["value"], rows[3]["numerator"], rows[3]["denominator"], rows[3]["qualifier"]) == (
        0.34,
        340,
        981,
        "ca",
    )
    assert (rows[3]["start"], rows[3]["end"], rows[3]["namnare_typ"]) == ("2012-08-01", "2014-08-31", "deltagare")
    assert [row["reason"] for row in rows[4:6]] == ["ej_redovisat", "dolt_hos_kallan"]
    assert [row["value"] for row in rows[4:6]] == [None, None]
    assert (rows[6]["value"], rows[6]["unit"]) == (1_250_000.0, "kr")


def test_amounts_are_kept_in_kronor_whatever_unit_they_are_given_in() -> None:
    """A cost in kronor set against a budget in tkr gave a quota of 61 728 %."""
    lines = [
        f"GV;2025;;;;{matt};;;{amount};;;;;;;d;r"
        for matt, amount in (("kostnad", "1234567,5;kr"), ("budget", "2000,1;tkr"))
    ]
    assert read_lines(LONG_HEADER, *lines).figures[["value", "unit"]].values.tolist() == [
        [1234567.5, "kr"], [2000100.0, "kr"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("matt", "value", "unit", "own"),
    [
        ("deltagare", "5", "kr", "antal"),
        ("kostnad", "5", "antal", "kr"),
        ("andel_arbete_studier", "5", "antal", "andel"),
    ],
)
def test_a_unit_of_another_kind_is_refused(matt: str, value: str, unit: str, own: str) -> None:
    units = {"deltagare": Unit.ANTAL, "kostnad": Unit.KR, "andel_arbete_studier": Unit.ANDEL}
    read = read_lines(LONG_HEADER, f"GV;2025;;;;{matt};;;{value};{unit};;;;;;;d;r", matt_units=units)
    assert problem_lines(read) == [
        f'rad 2, kolumn Enhet: "{unit}" passar inte måttet {matt}, som anges i {own}. Rätta enheten, eller måttet.'
    ]


def test_a_period_to_come_is_refused_where_it_is_written() -> None:
    read = read_lines(LONG_HEADER, "GV;2027;;;;avslutade;;;5;antal;;;;;;;d;r")
    assert problem_lines(read) == [
        'rad 2, kolumn Insatsperiod: "2027" är en månad som inte har börjat än. Skriv en månad som har varit, eller '
        "ta bort raden."
    ]


@pytest.mark.parametrize("text", ["lokus-norr", "Lokusgrupp Norr", "lokusgrupp  NORR"])
def test_a_grupp_is_known_by_code_and_by_name(text: str) -> None:
    read = read_lines(LONG_HEADER, f"{text};;2024-03;2024-04;;kostnad;;;1250;kr;;;;;;;d;r")
    assert read.figures[["kind", "subject"]].values.tolist() == [["grupp", "lokus-norr"]]


def test_the_order_of_columns_does_not_matter() -> None:
    columns = list(reversed(LONG_HEADER.split(";")))
    lines = [LONG_HEADER, *GOOD]
    turned = [";".join(reversed(line.split(";"))) for line in lines]
    assert turned[0].split(";") == columns
    assert read_lines(*turned).figures.equals(read_lines(*lines).figures)


def test_a_count_of_another_denominator_need_not_fit_in_those_who_left() -> None:
    read = read_lines(
        LONG_HEADER,
        "GV;2012-08/2014-08;;;;avslutade;;;20;antal;;;;;;;d;r",
        "GV;2012-08/2014-08;;;;till_arbete_studier;;;25;antal;;;deltagare;;;;d;r",
    )
    assert problem_lines(read) == []


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("0,317689", "andel", 0.317689), ("0.317689", "andel", 0.317689), ("29 %", "andel", 0.29), ("100%", "andel", 1.0),
     ("1 024 476", "kr", 1024476), ("1024476,50", "kr", 1024476.5), ("-4,5", "poang", -4.5), ("12", "dagar", 12)],
)  # fmt: skip
def test_numbers_in_their_units(text: str, unit: str, value: float) -> None:
    read = read_lines(LONG_HEADER, f"GV;2025;;;;kostnad;;;{text};{unit};;;;;;;d;r")
    assert problem_lines(read) == []
    assert read.figures["value"].tolist() == [value]


def test_the_code_lists_are_the_closed_lists_of_the_model() -> None:
    assert set(load_codelist("enhet").names) == set(Unit)
    assert set(load_codelist("orsak").names) == set(Reason)
    assert set(load_codelist("kvalifikator").names) == set(Qualifier) - {""}
    assert set(load_codelist("namnartyp").names) == set(DenominatorType)


def test_the_delivery_is_empty_of_figures_when_one_row_is_bad() -> None:
    read = read_lines(LONG_HEADER, *GOOD, "GV;2021;;;;avslutade;;;-1;antal;;;;;;;d;r")
    assert [problem.code for problem in read.problems] == ["negativt"]
    assert read.figures.empty


def test_the_published_figures_of_uppsala_read_without_a_problem() -> None:
    folder = Path(__file__).parents[2] / "data" / "publicerat"
    data = (folder / "uppsala-lan-arsredovisning-2014.csv").read_bytes()
    context = IntakeContext(
        "uppsala-lan",
        INSATSER,
        date(2026, 4, 15),
        create_insatser=True,
        matt_codes=frozenset(row.split(";")[5] for row in data.decode().splitlines()[1:] if row.count(";") == 17),
    )
    read = read_delivery(data, "uppsala-lan-arsredovisning-2014.csv", context)
    assert problem_lines(read) == []
    total = read.figures[
        (read.figures["kind"] == "forbund") & (read.figures["matt"] == "avslutade")
        & (read.figures["start"] == "2014-01-01") & (read.figures["end"] == "2014-12-31")
        & (read.figures["gender"] == "alla") & (read.figures["indelning"] == "")
    ]  # fmt: skip
    assert total["value"].tolist() == [277.0]
    assert np.isfinite(read.figures.loc[read.figures["reason"] == "", "value"]).all()
    assert CONTEXT.forbund == "provforbund"


@pytest.mark.parametrize(
    ("share", "k", "n", "qualifier", "expected"),
    [
        ("32 %", 88, 277, "", []),
        ("31,8 %", 88, 277, "", []),
        ("0,32", 88, 277, "", []),
        ("0,125", 1, 8, "", []),
        ("12 %", 1, 8, "", []),  # half a step either way: half up is 13 %, and 12.5 lies as near 12
        ("34 %", 340, 981, "ca", []),
        ("34 %", 350, 1000, "drygt", []),  # a hedge allows a whole step, and no more
        ("34 %", 330, 1000, "narmare", []),
        ("34 %", 351, 1000, "over", ['"34 %" stämmer inte med Täljare och Nämnare: 351 av 1 000 (35,1 %).']),
        ("34 %", 10, 58, "ca", ['"34 %" stämmer inte med Täljare och Nämnare: 10 av 58 (17,2 %).']),
        ("", 88, 277, "ca", ["Andelen saknas, fast Täljare och Nämnare är ifyllda: 88 av 277 (31,8 %)."]),
        ("34 %", "", 58, "", []),
        ("34 %", 10, 58, "", ['"34 %" stämmer inte med Täljare och Nämnare: 10 av 58 (17,2 %).']),
        ("34 %", 340, 981, "", ['"34 %" stämmer inte med Täljare och Nämnare: 340 av 981 (34,7 %).']),
        ("0,3", 88, 277, "", []),
        ("0,30", 88, 277, "", ['"0,30" stämmer inte med Täljare och Nämnare: 88 av 277 (31,8 %).']),
        ("", 88, 277, "", ["Andelen saknas, fast Täljare och Nämnare är ifyllda: 88 av 277 (31,8 %)."]),
    ],
)
def test_a_share_that_its_own_counts_do_not_give_is_asked_about(
    share: str, k: int | str, n: int, qualifier: str, expected: list[str]
) -> None:
    advice = {
        "34 %": "Täljare och nämnare gäller. Kontrollera vilket av talen som är rätt.",
        "0,30": "Täljare och nämnare gäller. Kontrollera vilket av talen som är rätt.",
        "": "Uppgiften sparas som saknad. Skriv andelen om den är känd.",
    }
    row = f"GV;2025;;;;andel_arbete_studier;;;{share};andel;{k};{n};avslutade;{qualifier};;;d;r"
    read = read_lines(LONG_HEADER, row)
    assert problem_lines(read) == []
    assert [line.replace("\u00a0", " ") for line in warning_lines(read)] == [
        f"rad 2, kolumn Värde: {sentence} {advice[share]}" for sentence in expected
    ]


def test_a_hedge_makes_no_share_of_nobody() -> None:
    read = read_lines(LONG_HEADER, "GV;2025;;;;andel_arbete_studier;;;0 %;andel;0;0;avslutade;ca;;;d;r")
    assert problem_lines(read) == [
        "rad 2, kolumn Nämnare: Nämnaren är 0, och av ingen finns ingen andel. "
        "Rätta Nämnare, eller ta bort raden om ingen ingår."
    ]
