"""data/publicerat: every stored figure is well formed, and what the årsredovisning 2014 prints stands in it.

The text checks need the documents: FINSAM_DOKUMENT names their folder. Without it they are skipped.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from recompute_published import PUBLISHED, find_step, read_figures, read_number, read_table, round_half_up

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import (
    CountingMode,
    DenominatorType,
    Gender,
    GenderScope,
    Period,
    Purpose,
    Qualifier,
    Reason,
    Unit,
)

DOCUMENT = "002_5bed5bbb5df62a70.txt"
UPPSALA = "uppsala-lan"
INSATSER_2014 = (
    "sara",
    "united-action",
    "tierpsmodellen",
    "stig-2",
    "jobbstudion",
    "enter",
    "vaxthuset-2",
    "samordnad-alvkarleby",
    "isamverkan",
    "hikikomori",
    "3-4-4",
    "gron-rehab",
    "impuls",
    "romane-buca",
    "athena",
)
CASES = Path(__file__).resolve().parent / "cases" / "arsredovisning_2014.csv"
WHOLE_PERCENT = Fraction(1, 100)


def of_2014(table: str) -> list[dict[str, str]]:
    return [row for row in read_table(table) if row["dokument"] == DOCUMENT]


def figures_of_2014() -> list[dict[str, str]]:
    return [row for row in read_figures() if row["Dokument"] == DOCUMENT]


def name(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[key] for key in ("Insats/Grupp", "Mått", "Indelning", "Klass", "Kön", "Från", "Till"))


def periods_of(insats: str) -> list[dict[str, str]]:
    return [row for row in read_table("insatsperioder") if (row["forbund"], row["insats"]) == (UPPSALA, insats)]


# ---- every published figure


def test_figures_use_the_closed_lists() -> None:
    registry = load_registry()
    measures = set(registry.matt) | set(registry.indikatorer)
    subjects = {(row["forbund"], row["kod"]) for table in ("insatser", "grupper") for row in read_table(table)}
    wrong = [
        name(row)
        for row in read_figures()
        if row["Mått"] not in measures
        or row["Kön"] not in set(Gender)
        or row["Enhet"] not in set(Unit)
        or row["Kvalifikator"] not in set(Qualifier)
        or (row["Nämnartyp"] and row["Nämnartyp"] not in set(DenominatorType))
        or (row["Insats/Grupp"] and (row["forbund"], row["Insats/Grupp"]) not in subjects)
        or bool(row["Indelning"]) != bool(row["Klass"])
        or date.fromisoformat(row["Till"]) < date.fromisoformat(row["Från"])
        or not (row["Uttryck"] and row["Rubrik"])
    ]
    assert wrong == []


def test_a_figure_has_a_value_or_a_reason() -> None:
    wrong = [name(row) for row in read_figures() if bool(row["Värde"]) == bool(row["Orsak"])]
    assert wrong == []
    assert {row["Orsak"] for row in read_figures() if row["Orsak"]} <= set(Reason)


def test_a_figure_is_stored_once() -> None:
    counts = Counter((row["forbund"], *name(row)) for row in read_figures())
    assert [key for key, count in counts.items() if count > 1] == []


def test_shares_are_between_nobody_and_everybody_and_counts_are_whole() -> None:
    for row in read_figures():
        if not row["Värde"]:
            continue
        value = read_number(row["Värde"])
        if row["Enhet"] == Unit.ANDEL:
            assert 0 <= value <= 1, name(row)
            assert row["Mått"].startswith("andel_"), name(row)
            assert row["Nämnartyp"], name(row)
        elif row["Enhet"] == Unit.ANTAL:
            assert value.denominator == 1, name(row)
            assert value >= 0, name(row)


def shares_with_counts() -> Iterator[tuple[dict[str, str], int, int, Fraction, Fraction]]:
    for row in read_figures():
        if row["Enhet"] == Unit.ANDEL and row["Täljare"] and row["Nämnare"]:
            step = min(find_step(row["Värde"]), WHOLE_PERCENT)
            yield row, int(row["Täljare"]), int(row["Nämnare"]), read_number(row["Värde"]), step


def test_a_share_is_its_counts_at_the_printed_precision() -> None:
    rows = list(shares_with_counts())
    assert len(rows) >= 20
    for row, numerator, denominator, value, step in rows:
        assert 0 <= numerator <= denominator, name(row)
        assert round_half_up(Fraction(numerator, denominator), step) == value, name(row)


def test_a_derived_count_is_the_only_whole_number_that_fits() -> None:
    derived = [row for row in shares_with_counts() if row[0]["Kvalifikator"] == Qualifier.HARLEDD]
    assert derived
    for row, numerator, denominator, value, step in derived:
        fitting = [k for k in range(denominator + 1) if round_half_up(Fraction(k, denominator), step) == value]
        assert fitting == [numerator], name(row)


def test_parts_by_gender_make_the_total() -> None:
    stored = {name(row): read_number(row["Värde"]) for row in figures_of_2014() if row["Värde"]}
    checked = 0
    for key, total in stored.items():
        women, men = (stored.get((*key[:4], gender, *key[5:])) for gender in ("kvinna", "man"))
        if key[4] == "alla" and not key[1].startswith("andel_") and women is not None and men is not None:
            assert women + men == total, key
            checked += 1
    assert checked == 2


# ---- insatser of 2014


def test_exactly_the_documents_fifteen_insatser_were_active_in_2014() -> None:
    year = Period.year(2014)
    rows = sorted(
        (row for row in read_table("insatser") if row["forbund"] == UPPSALA), key=lambda row: int(row["ordning"])
    )
    active = [
        row["kod"]
        for row in rows
        if any(
            date.fromisoformat(part["start"]) <= year.end
            and (not part["slut"] or date.fromisoformat(part["slut"]) >= year.start)
            for part in periods_of(row["kod"])
        )
    ]
    assert tuple(active) == INSATSER_2014
    kinds = Counter(row["syfte_typ"] for row in rows if row["kod"] in INSATSER_2014)
    assert kinds == {Purpose.ATERGANG: 9, Purpose.FORBEREDELSE: 4, Purpose.ESF: 2}


def test_insatser_are_registered_with_closed_lists_and_short_names() -> None:
    codes = {(row["forbund"], row["kod"]) for row in read_table("insatser")}
    for row in read_table("insatser"):
        assert row["syfte_typ"] in set(Purpose), row["kod"]
        assert row["raknesatt"] in set(CountingMode), row["kod"]
        assert row["kon"] in set(GenderScope), row["kod"]
        assert 0 < len(row["kortnamn"]) <= 18, row["kod"]
        for earlier in filter(None, row["foregangare"].split(",")):
            assert (row["forbund"], earlier) in codes, row["kod"]


def test_periods_of_an_insats_follow_on_each_other() -> None:
    for insats in {row["insats"] for row in of_2014("insatsperioder")}:
        spans = sorted((part["start"], part["slut"]) for part in periods_of(insats))
        # Only the last one may be open.
        assert all("" < earlier[1] < later[0] for earlier, later in pairwise(spans)), insats


def test_the_chain_of_vaxthuset_has_no_gap() -> None:
    chain = ["samordnad-alvkarleby"]
    rows = {row["kod"]: row for row in read_table("insatser") if row["forbund"] == UPPSALA}
    while earlier := rows[chain[0]]["foregangare"]:
        chain.insert(0, earlier)
    assert chain == ["vaxthuset", "vaxthuset-2", "samordnad-alvkarleby"]
    spans = [(part["start"], part["slut"]) for insats in chain for part in periods_of(insats)]
    assert spans == [("2010-01-01", "2012-07-31"), ("2012-08-01", "2014-08-31"), ("2014-09-01", "2016-12-31")]


# ---- worked cases, typed from the document a second time


def read_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case['insats']}-{case['matt']}-{case['kalla']}")
def test_worked_case(case: dict[str, str]) -> None:
    period = Period.parse(case["period"])
    indelning, _, klass = case["klass"].partition(":")
    key = (case["insats"], case["matt"], indelning, klass, case["kon"], str(period.start), str(period.end))
    found = [row for row in figures_of_2014() if name(row) == key]
    assert len(found) == 1
    assert read_number(found[0]["Värde"]) == read_number(case["varde"])
    assert (found[0]["Täljare"], found[0]["Nämnare"]) == (case["taljare"], case["namnare"])
    assert found[0]["Nämnartyp"] == case["namnare_typ"]


@pytest.mark.parametrize(
    ("insats", "matt", "reason"),
    [
        ("sara", "andel_forbattrad_halsa", Reason.MATS_EJ_LANGRE),
        ("enter", "andel_arbete_studier", Reason.INGEN_UPPGIFT_ANNU),
        ("jobbstudion", "andel_utrikesfodda", Reason.UPPGIFT_SAKNAS),
        ("romane-buca", "bortfall", Reason.UPPGIFT_SAKNAS),
        ("athena", "andel_utrikesfodda", Reason.EJ_REDOVISAT),
    ],
)
def test_what_is_not_known_has_the_documents_reason(insats: str, matt: str, reason: Reason) -> None:
    found = [row["Orsak"] for row in figures_of_2014() if (row["Insats/Grupp"], row["Mått"]) == (insats, matt)]
    assert found == [reason]


# ---- goals of 2014


def test_every_outcome_refers_to_one_stored_figure() -> None:
    insats = {row["kod"]: row["insats"] for row in read_table("mal")}
    stored = Counter(name(row) for row in figures_of_2014())
    references = [
        (
            insats[row["mal"]],
            row["kalla_matt"],
            row["kalla_indelning"],
            row["kalla_klass"],
            "alla",
            row["kalla_start"],
            row["kalla_slut"],
        )
        for row in of_2014("malutfall")
        if row["kalla_matt"]
    ]
    assert len(references) >= 50
    assert [key for key in references if stored[key] != 1] == []


def test_every_goal_of_2014_says_what_is_known_of_it() -> None:
    goals = {row["kod"] for row in of_2014("mal")}
    assert len(goals) == 85
    assert {row["mal"] for row in of_2014("malutfall")} == goals
    silent = [
        row["mal"]
        for row in of_2014("malutfall")
        if not (row["varde"] or row["kalla_matt"] or row["orsak"] or row["utfall_text"])
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("code", "kind", "way", "value", "comparable"),
    [
        ("ul14-sara-1", "antal", "minst", "50", "ja"),
        ("ul14-sara-2", "andel", "minst", "0.35", "ja"),
        ("ul14-united-action-4", "andel", "minst", "0.7", "ja"),
        ("ul14-united-action-6", "andel", "minst", "0.5", "ja"),
        ("ul14-tierpsmodellen-1", "kapacitet", "hogst", "40", "nej"),
        ("ul14-tierpsmodellen-2", "hogst", "hogst", "0.1", "ja"),
        ("ul14-jobbstudion-3", "steg", "minst", "0.6", "nej"),
        ("ul14-isamverkan-2", "andel", "minst", "0.3", "nej"),
        ("ul14-vaxthuset-2-2", "andel", "minst", "0.2", "ja"),
        ("ul14-romane-buca-1", "antal", "minst", "50", "nej"),
        ("ul14-athena-3", "andel", "minst", "0.8", "nej"),
        ("ul14-fin-4", "pengar", "exakt", "1000", "ja"),
    ],
)
def test_goal_is_read_as_the_document_means_it(code: str, kind: str, way: str, value: str, comparable: str) -> None:
    row = next(row for row in of_2014("mal") if row["kod"] == code)
    assert (row["typ"], row["riktning"], row["malvarde"], row["jamforbar"]) == (kind, way, value, comparable)
    assert bool(row["jamforbar_orsak"]) == (comparable == "nej")


# ---- economy of 2014


def amount(table: str, post: str, year: int) -> Fraction:
    (found,) = [
        read_number(row["belopp"])
        for row in of_2014("ekonomi")
        if (row["tabell"], row["post"], row["slut"][:4]) == (table, post, str(year))
    ]
    return found


@pytest.mark.parametrize("year", [2013, 2014])
def test_the_balance_ties_from_its_smallest_parts(year: int) -> None:
    table = "Balansräkning - Årsbokslut 2014-12-31"
    parts = {
        kind: sum(
            read_number(row["belopp"])
            for row in of_2014("ekonomi")
            if row["tabell"] == table and row["slut"][:4] == str(year) and row["posttyp"] in kinds
        )
        for kind, kinds in {"assets": {"tillgang"}, "claims": {"eget_kapital", "resultat", "skuld"}}.items()
    }
    printed = amount(table, "SUMMA TILLGÅNGAR", year)
    # The smallest parts of 2014 are rounded to whole kronor, and the printed sum is 1 krona more.
    assert abs(parts["assets"] - printed) <= 1
    assert abs(parts["claims"] - printed) <= 1


def test_the_cost_table_has_26_posts_for_16_insatser() -> None:
    rows = [row for row in of_2014("ekonomi") if row["tabell"] == "Samverkansinsatser 2014" and row["insats"]]
    assert len({row["post"] for row in rows}) == 26
    active = {row["insats"] for row in rows if row["slut"] == "2014-12-31" and read_number(row["belopp"])}
    assert active == {*INSATSER_2014, "livet-ar-skont"}


def test_costs_of_an_insatsperiod_name_a_period_that_exists() -> None:
    labels = {(row["insats"], row["etikett"]) for row in read_table("insatsperioder") if row["forbund"] == UPPSALA}
    used = {(row["insats"], row["insatsperiod"]) for row in of_2014("ekonomi") if row["insatsperiod"]}
    assert len(used) == 25
    assert used <= labels


def test_member_fees_are_half_the_states_and_a_quarter_each() -> None:
    fees = [row for row in of_2014("ekonomi") if row["medlem"] and row["enhet"] == "kr" and row["posttyp"] == "bidrag"]
    for year, total in ((2011, 21_000_000), (2012, 22_000_000), (2013, 22_000_000), (2014, 22_000_000)):
        by_member = {row["medlem"]: read_number(row["belopp"]) for row in fees if row["slut"][:4] == str(year)}
        assert len(by_member) == 10
        assert by_member.pop("Försäkringskassan/Arbetsförmedlingen") == total / 2
        assert by_member.pop("Uppsala läns landsting") == total / 4
        assert sum(by_member.values()) == total / 4


# ---- samverkan, decisions and comparison values


def test_samverkan_is_well_formed() -> None:
    insatser = {row["kod"] for row in read_table("insatser")}
    for row in read_table("samverkan"):
        value = read_number(row["varde"])
        assert row["enhet"] in set(Unit), row["uttryck"]
        assert row["kvalifikator"] in set(Qualifier), row["uttryck"]
        assert not row["insats"] or row["insats"] in insatser, row["uttryck"]
        assert row["start"] <= row["slut"], row["uttryck"]
        assert value >= 0, row["uttryck"]
        assert row["enhet"] != Unit.ANDEL or value <= 1, row["uttryck"]


def test_the_boards_year_is_told_as_the_document_counts_it() -> None:
    kinds = Counter((row["slag"], row["beslutad_av"]) for row in of_2014("beslut"))
    assert kinds[("startad", "styrelsen")] == 2
    assert kinds[("förlängd", "styrelsen")] == 5
    assert {row["insats"] for row in of_2014("beslut") if row["insats"]} >= set(INSATSER_2014)


def test_riket_of_2015_keeps_both_values() -> None:
    with (PUBLISHED.parent / "referens" / "jamforelsevarden.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    riket = sorted((row["start"][:4], row["varde"], row["uttagsdatum"]) for row in rows if row["slag"] == "riket")
    assert riket == [("2014", "0.34", ""), ("2015", "0.33", "2016-01-16"), ("2015", "0.34", "")]
    assert all(row["kalla"] for row in rows)
    # No riksnitt exists after SUS closed in April 2023.
    assert all(row["slut"] < "2023-05-01" for row in rows if row["slag"] == "riket")


# ---- the document's own text


def squeeze(text: str) -> str:
    """The text without markup and with ordinary single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"</?\w+[^>]*>|[*•]", "", text)).strip()


@pytest.fixture(scope="module")
def text() -> str:
    folder = os.environ.get("FINSAM_DOKUMENT")
    if not folder:
        pytest.skip("FINSAM_DOKUMENT does not name the folder of the documents")
    return (Path(folder) / DOCUMENT).read_text("utf-8")


@pytest.fixture(scope="module")
def lines(text: str) -> dict[str, list[str]]:
    """The document's lines by heading; a heading's section ends where the next begins."""
    headings = [row["rubrik"] for row in of_2014("rubriker")]
    parts: dict[str, list[str]] = {}
    current = ""
    for line in text.split("\n"):
        if headings and line.strip() == headings[0]:
            current = headings.pop(0)
        else:
            parts.setdefault(current, []).append(line)
    assert headings == []
    return parts


@pytest.fixture(scope="module")
def sections(lines: dict[str, list[str]]) -> dict[str, str]:
    return {heading: squeeze("\n".join(part)) for heading, part in lines.items()}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("mal", "text"),
        *((table, "uttryck") for table in ("malutfall", "ekonomi", "samverkan", "beslut", "avstamning")),
    ],
)
def test_wording_stands_under_its_heading(sections: dict[str, str], table: str, column: str) -> None:
    rows = of_2014(table)
    assert rows
    assert [row[column] for row in rows if squeeze(row[column]) not in sections.get(row["rubrik"], "")] == []


def test_figures_stand_under_their_heading(sections: dict[str, str]) -> None:
    rows = figures_of_2014()
    assert len(rows) >= 160
    assert [name(row) for row in rows if squeeze(row["Uttryck"]) not in sections.get(row["Rubrik"], "")] == []


def test_every_heading_is_one_of_the_document(sections: dict[str, str]) -> None:
    for table in ("insatser", "insatsperioder", "insatstexter", "ekonomitabeller"):
        assert {row["rubrik"] for row in of_2014(table)} <= set(sections), table


def test_the_value_is_a_number_of_its_expression() -> None:
    """Every count, share and amount is printed in its own expression, in digits or as derived from them."""
    words = {"två": 2, "sex": 6}
    for row in figures_of_2014():
        if not row["Värde"] or row["Kvalifikator"] == Qualifier.HARLEDD:
            continue
        printed = {
            read_number(number.replace(" ", ""))
            for number in re.findall(r"\d{1,3}(?: \d{3})+|\d+(?:,\d+)?", row["Uttryck"])
        } | {Fraction(number) for word, number in words.items() if word in row["Uttryck"]}
        value = read_number(row["Värde"]) * (100 if row["Enhet"] == Unit.ANDEL else 1)
        assert value in printed, name(row)


def test_amounts_are_the_printed_digits() -> None:
    def digits(text: str) -> str:
        return re.sub(r"\D", "", text)

    for row in of_2014("ekonomi"):
        if row["enhet"] != "andel" and row["precision"] == "1" and read_number(row["belopp"]):
            assert digits(row["belopp"]) in digits(row["uttryck"]), row["uttryck"]


def test_no_printed_amount_is_forgotten(lines: dict[str, list[str]]) -> None:
    """Every number with thousands in the economic sections, in a cell or in the text, is a stored amount."""
    headings = [row["rubrik"] for row in of_2014("rubriker")]
    economic = headings[headings.index("Kommentar till årsredovisning 2014") :]
    stored = {re.sub(r"\D", "", row["belopp"]) for row in of_2014("ekonomi")}
    cells = [cell for heading in economic for line in lines.get(heading, []) for cell in line.split("\t")]
    printed = [number for cell in cells for number in re.findall(r"(?<![\d,])\d{1,3}(?: \d{3})+(?!\d)", cell)]
    assert len(printed) >= 300
    assert [number for number in printed if number.replace(" ", "") not in stored] == []


def own_words() -> Iterator[tuple[str, str]]:
    columns = {
        "insatser": ("malgrupp", "syfte"),
        "insatsperioder": ("etikett", "notering"),
        "insatstexter": ("text",),
        "malutfall": ("utfall_text", "notering"),
        "mal": ("jamforbar_orsak",),
        "beslut": ("text",),
        "ekonomitabeller": ("notering",),
    }
    for table, names in columns.items():
        for row in of_2014(table):
            for column in names:
                yield table, row[column]


def test_own_texts_carry_over_no_sentence(text: str) -> None:
    """No run of seven words of a summary stands in the document."""

    def words(part: str) -> list[str]:
        return re.findall(r"\w+", part.lower())

    source = " " + " ".join(words(text)) + " "
    copied = [
        (table, run)
        for table, part in own_words()
        for spoken in [words(part)]
        for run in (" ".join(spoken[at : at + 7]) for at in range(len(spoken) - 6))
        if f" {run} " in source
    ]
    assert copied == []


def test_no_name_of_a_person_is_published(text: str) -> None:
    people = set(re.findall(r"([A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?) \([A-ZÅÄÖ]{1,2}\)", text))
    assert len(people) >= 15
    surnames = {person.split()[-1] for person in people}
    published = {path.name: path.read_text("utf-8") for path in sorted(PUBLISHED.iterdir())}
    found = [(file, surname) for file, content in published.items() for surname in surnames if surname in content]
    assert found == []
