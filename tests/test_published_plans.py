"""The four plans in data/publicerat: goals, insatser and economy hold together, and stand in the documents.

The text checks need the documents: FINSAM_DOKUMENT names their folder. Without it they are skipped.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import recompute_published
from recompute_published import PUBLISHED, evaluate, judge, read_figures, read_number, read_table

from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import CountingMode, DenominatorType, GenderScope, Purpose, Qualifier, Reason, Unit

UPPSALA = "000_8193371f963bab9d.txt"
SKELLEFTEA = "001_3623e6eaad00acc9.txt"
SYDNARKE = "003_012a687b5704bc5b.txt"
ANGE = "004_3cec9309cdf15549.txt"
REPORT = "002_5bed5bbb5df62a70.txt"
PLANS = (UPPSALA, SKELLEFTEA, SYDNARKE, ANGE)

LEVELS = {
    "overgripande",
    "mal",
    "resultatmal",
    "verksamhetsmal",
    "finansiellt",
    "insatsmal",
    "aktivitet",
    "fokusomrade",
    "matt",
}
KINDS = {
    "antal",
    "andel",
    "hogst",
    "intervall",
    "riket",
    "kapacitet",
    "enkat",
    "medel",
    "steg",
    "baslinje",
    "pengar",
    "ja_nej",
    "utan_tal",
}
POST_TYPES = {
    "bidrag",
    "ovrig_intakt",
    "ingaende_kapital",
    "kostnad",
    "tillgang",
    "eget_kapital",
    "skuld",
    "kassaflode",
    "summa",
    "resultat",
}
STATES = {"beslutad", "ansokt", "ej_beslutad", "utfall", "prognos", "budget"}


def goals(dokument: str = "") -> list[dict[str, str]]:
    return [row for row in read_table("mal") if dokument in ("", row["dokument"]) and row["dokument"] in PLANS]


def money() -> list[dict[str, str]]:
    return [row for row in read_table("ekonomi") if row["dokument"] in PLANS]


def owner(dokument: str) -> str:
    return next(row["forbund"] for row in read_table("dokument") if row["dokument"] == dokument)


# ---- structure


def test_goal_codes_are_unique() -> None:
    assert [code for code, count in Counter(row["kod"] for row in read_table("mal")).items() if count > 1] == []


def test_goals_use_the_closed_lists() -> None:
    registry = load_registry()
    known = set(registry.matt) | set(registry.indikatorer)
    insatser = {(row["forbund"], row["kod"]) for row in read_table("insatser")}
    wrong = [
        row["kod"]
        for row in goals()
        if row["forbund"] != owner(row["dokument"])
        or row["niva"] not in LEVELS
        or row["typ"] not in KINDS
        or row["riktning"] not in {"", "minst", "hogst", "exakt", "oka", "minska"}
        or row["malkalla"] not in {"fast", "riket", "baslinje", "ingen"}
        or row["omfattning"] not in {"forbund", "grupp", "insats", "insatsperiod", "delgrupp"}
        or (row["namnare_typ"] and row["namnare_typ"] not in set(DenominatorType))
        or (row["enhet"] and row["enhet"] not in set(Unit))
        or (row["indikator"] and row["indikator"] not in known)
        or (row["insats"] and (row["forbund"], row["insats"]) not in insatser)
        or date.fromisoformat(row["slut"]) < date.fromisoformat(row["start"])
        or not row["deadline"]
    ]
    assert wrong == []


def test_goal_values_fit_their_kind() -> None:
    for row in goals():
        value = read_number(row["malvarde"]) if row["malvarde"] else None
        if row["typ"] in {"utan_tal", "riket", "ja_nej"}:
            assert value is None, row["kod"]
        elif row["typ"] != "baslinje":
            assert value is not None, row["kod"]
        if row["typ"] == "utan_tal":
            assert row["malkalla"] == "ingen", row["kod"]
        if row["typ"] == "intervall":
            assert value < read_number(row["malvarde_hogst"]), row["kod"]
        if row["enhet"] == "andel" and value is not None:
            assert 0 <= value <= 1, row["kod"]


def test_every_level_of_each_plan_is_there() -> None:
    counts = {dokument: Counter(row["niva"] for row in goals(dokument)) for dokument in PLANS}
    assert (counts[UPPSALA]["mal"], counts[UPPSALA]["resultatmal"]) == (6, 7)
    assert (counts[ANGE]["mal"], counts[ANGE]["resultatmal"], counts[ANGE]["matt"]) == (4, 8, 12)
    assert (counts[SKELLEFTEA]["mal"], counts[SKELLEFTEA]["matt"]) == (8, 10)
    assert (counts[SYDNARKE]["verksamhetsmal"], counts[SYDNARKE]["finansiellt"]) == (5, 3)
    perspectives = {row["perspektiv"] for row in goals(SKELLEFTEA) if row["niva"] == "mal"}
    assert perspectives == {"Individen", "Förnyelse/utveckling", "Arbetsätt/processer", "Ekonomi"}


@pytest.mark.parametrize(
    ("code", "kind", "way", "value"),
    [
        ("uppsala-2017-resultatmal-3", "riket", "minst", ""),
        ("uppsala-2017-resultatmal-4", "antal", "minst", "200"),
        ("uppsala-2017-resultatmal-5", "antal", "minst", "50"),
        ("uppsala-2017-resultatmal-7", "antal", "minst", "4"),
        ("uppsala-2017-seminarier", "antal", "exakt", "6"),
        ("uppsala-2017-styrelsemoten", "antal", "exakt", "5"),
        ("skelleftea-2014-individen-mal-1", "andel", "minst", "1"),
        ("skelleftea-2014-fornyelse-aktivitet-3", "antal", "minst", "4"),
        ("sydnarke-2016-kvantitativt-1", "antal", "minst", "150"),
        ("sydnarke-2016-kvantitativt-2", "andel", "minst", "0.3"),
        ("sydnarke-2016-kvantitativt-3", "antal", "minst", "60"),
        ("sydnarke-2016-individuellt-3", "enkat", "minst", "0.8"),
        ("sydnarke-2016-pa-vag-1", "andel", "minst", "0.5"),
        ("sydnarke-2016-forsteget-2", "andel", "minst", "0.8"),
        ("sydnarke-2016-drop-outs-1", "baslinje", "minska", "0.5"),
        ("sydnarke-2016-framsteget-1", "antal", "minst", "28"),
        ("sydnarke-2016-framsteget-2", "antal", "minst", "6"),
        ("ange-2022-resultatmal-4-3", "pengar", "hogst", "0.2"),
        ("ange-2022-medlemssamrad", "antal", "minst", "1"),
    ],
)
def test_goal_is_read_as_the_plan_means_it(code: str, kind: str, way: str, value: str) -> None:
    row = next(row for row in goals() if row["kod"] == code)
    assert (row["typ"], row["riktning"], row["malvarde"]) == (kind, way, value)


def test_the_interval_goal_of_ips_has_both_ends() -> None:
    row = next(row for row in goals() if row["text"] == "Dessutom ska mellan 10-20 % påbörja utbildning.")
    assert (row["typ"], row["malvarde"], row["malvarde_hogst"], row["insats"]) == ("intervall", "0.1", "0.2", "ips")


def test_outcomes_belong_to_goals_and_figures() -> None:
    codes = {row["kod"] for row in read_table("mal")}
    stored = {(row["forbund"], row["Mått"], row["Från"], row["Till"]) for row in read_figures()}
    for row in read_table("malutfall"):
        assert row["mal"] in codes
        assert row["orsak"] in {"", *Reason}
        if row["kalla_matt"] and row["dokument"] in PLANS:
            assert (owner(row["dokument"]), row["kalla_matt"], row["kalla_start"], row["kalla_slut"]) in stored


def test_ange_capital_is_not_income() -> None:
    rows = [row for row in money() if row["forbund"] == "ange"]
    total = {kind: sum(read_number(row["belopp"]) for row in rows if row["posttyp"] == kind) for kind in POST_TYPES}
    year = total["bidrag"] + total["ovrig_intakt"] - total["kostnad"]
    left = total["ingaende_kapital"] + year
    outcome = next(row for row in read_table("malutfall") if row["mal"] == "ange-2022-resultatmal-4-3")
    assert (year, left) == (-100_000, 150_000)
    assert (outcome["underlag"], read_number(outcome["taljare"]), read_number(outcome["namnare"])) == (
        "prognos",
        left,
        total["bidrag"],
    )
    assert abs(read_number(outcome["varde"]) - left / total["bidrag"]) < Fraction(1, 1_000_000)


def test_sydnarke_keeps_both_budgets_of_2016() -> None:
    results = {
        row["tabell"]: row["belopp"]
        for row in money()
        if row["forbund"] == "sydnarke" and row["post"] in ("Resultat", "Årets resultat") and row["slut"][:4] == "2016"
    }
    assert results == {"Budget 2016-2018": "213912", "Resultatbudget år 2016": "-1075016"}


def test_money_uses_the_closed_lists() -> None:
    insatser = {(row["forbund"], row["kod"]) for row in read_table("insatser")}
    decided = {(row["forbund"], row["insats"], f"{row['start']}/{row['slut']}") for row in read_table("insatsperioder")}
    wrong = [
        row["post"]
        for row in money()
        if row["posttyp"] not in POST_TYPES
        or row["tillstand"] not in STATES
        or row["enhet"] not in {"kr", "tkr", "andel"}
        or row["kvalifikator"] not in set(Qualifier)
        or (row["insats"] and (row["forbund"], row["insats"]) not in insatser)
        or (row["insatsperiod"] and (row["forbund"], row["insats"], row["insatsperiod"]) not in decided)
        or (row["belopp"].startswith("-") and row["posttyp"] not in {"resultat", "kassaflode", "summa"})
        or date.fromisoformat(row["slut"]) < date.fromisoformat(row["start"])
    ]
    assert wrong == []


def test_every_table_says_what_it_is() -> None:
    described = [(row["forbund"], row["tabell"]) for row in read_table("ekonomitabeller")]
    used = {(row["forbund"], row["tabell"]) for row in money()}
    assert used <= set(described)
    assert len(set(described)) == len(described)


def test_every_cost_category_of_the_plans_has_a_kind() -> None:
    known = {(row["forbund"], row["kategori"]) for row in read_table("ekonomikategorier")}
    used = {(row["forbund"], row["kategori"]) for row in money() if row["posttyp"] == "kostnad"}
    assert used <= known


def test_insatser_use_the_closed_lists() -> None:
    codes = {(row["forbund"], row["kod"]) for row in read_table("insatser")}
    with_period = {(row["forbund"], row["insats"]) for row in read_table("insatsperioder")}
    for row in read_table("insatser"):
        if row["dokument"] in PLANS:
            assert row["syfte_typ"] in set(Purpose)
            assert row["raknesatt"] in set(CountingMode)
            assert row["kon"] in set(GenderScope)
            assert (row["forbund"], row["kod"]) in with_period
    assert len(codes) == len(read_table("insatser"))


def test_no_personal_data_is_published() -> None:
    pattern = re.compile(r"[\w.]+@[\w.]+|(?<!\d )\b07\d[- ]?\d{2,3}[ -]?\d{2}|\b\d{6}-\d{4}\b")
    found = [
        (path.name, match[0])
        for path in sorted(PUBLISHED.iterdir())
        for match in pattern.finditer(path.read_text("utf-8"))
    ]
    assert found == []


# ---- avstämning


def judged() -> list[tuple[dict[str, str], str, Fraction | None]]:
    return [(row, *judge(row, owner(row["dokument"]))[:2]) for row in read_table("avstamning")]


def test_every_row_of_the_avstamning_can_be_evaluated() -> None:
    rows = [(row["dokument"], status) for row, status, _ in judged()]
    counts = Counter(status for _, status in rows)
    assert len(rows) >= 400
    assert counts["stammer"] + counts["avviker"] >= 250
    plans = Counter(status for dokument, status in rows if dokument in PLANS)
    assert plans == {"stammer": 184, "avviker": 16, "kan_ej_raknas": 8}
    report = Counter(status for dokument, status in rows if dokument == REPORT)
    assert report == {"stammer": 351, "avviker": 4, "kan_ej_raknas": 97}


def test_every_deviation_is_explained() -> None:
    assert [row["uttryck"] for row, status, _ in judged() if status != "stammer" and not row["forklaring"]] == []


@pytest.mark.parametrize(
    ("expression", "column", "status", "recomputed"),
    [
        ("TOTALT 5 494 516 100 %", "", "avviker", 5_580_476),
        ("Rörelsens kostnader - 5 580 476 kr - 5 593 966 kr - 5 607 716 kr", "Budget 2016", "stammer", 5_580_476),
        ("ÅRETS RESULTAT -4 692", "", "stammer", -4_692),
        ("AKTUELLT BESLUTSUTRYMME 3 023", "", "stammer", 3_023),
        ("68 procent av budgeten för samverkansinsatserna", "", "stammer", Fraction(14_410, 21_077)),
        ("Prognos eget kapital 150 000", "", "stammer", 150_000),
        ("Summa omsättningstillgångar 20 714 699 25 199 952", "2014", "stammer", 20_714_700),
        ("34 % (340 st)", "", "avviker", Fraction(340, 981)),
        ("73,9%", "", "stammer", Fraction(51, 69)),
        ("överstiger budgeterad nivå med 25%", "2014", "avviker", Fraction(4_424, 4_260) - 1),
        ("ett beräknat överskott med 799 tkr efter finansiella intäkter", "", "avviker", 749),
    ],
)
def test_known_result(expression: str, column: str, status: str, recomputed: Fraction) -> None:
    found = {(s, value) for row, s, value in judged() if (row["uttryck"], row["kolumn"]) == (expression, column)}
    assert found == {(status, recomputed)}


def test_a_changed_part_changes_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {row["uttryck"] + row["delar"]: status for row, status, _ in judged()}
    real = read_table

    def changed(name: str) -> tuple[dict[str, str], ...]:
        rows = real(name)
        if name != "ekonomi":
            return rows
        return tuple({**row, "belopp": "431000"} if row["post"] == "Ångemodellen" else row for row in rows)

    monkeypatch.setattr(recompute_published, "read_table", changed)
    after = {row["uttryck"] + row["delar"]: status for row, status, _ in judged()}
    moved = {key for key in before if before[key] != after[key]}
    mentions = {
        row["uttryck"] + row["delar"]
        for row in real("avstamning")
        if row["dokument"] == ANGE
        and re.search(r"\|Ångemodellen\||kategori=Insatser\||posttyp=kostnad\|", row["delar"])
    }
    assert moved == mentions
    assert len(moved) >= 4


@pytest.mark.parametrize(
    "text", ["E[Budget 2022|Finns inte|2022]", "E[Saknas|Ångemodellen|2022]", "F[|nya|:|alla|1999]"]
)
def test_a_reference_to_nothing_is_an_error(text: str) -> None:
    with pytest.raises(LookupError):
        evaluate("ange", text)


def test_a_category_without_year_sums_every_part_once() -> None:
    parts = [
        read_number(row["belopp"])
        for row in money()
        if row["tabell"] == "Kostnadstak per insats" and row["kategori"] == "Insatser"
    ]
    assert evaluate("sydnarke", "E[Kostnadstak per insats|kategori=Insatser]").value == sum(parts) == 4_611_000


# ---- the documents' own text


def squeeze(text: str) -> str:
    """The text without markup and with ordinary single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"</?\w+[^>]*>|[*•✓]", "", text)).strip()


@pytest.fixture(scope="module")
def sections() -> dict[tuple[str, str], str]:
    folder = os.environ.get("FINSAM_DOKUMENT")
    if not folder:
        pytest.skip("FINSAM_DOKUMENT does not name the folder of the documents")
    parts: dict[tuple[str, str], list[str]] = {}
    for dokument in (*PLANS, REPORT):
        headings = [row["rubrik"] for row in read_table("rubriker") if row["dokument"] == dokument]
        current = ""
        for line in (Path(folder) / dokument).read_text("utf-8").split("\n"):
            if headings and squeeze(line) == headings[0]:
                current = headings.pop(0)
            else:
                parts.setdefault((dokument, current), []).append(line)
        assert headings == []
    return {key: squeeze("\n".join(lines)) for key, lines in parts.items()}


@pytest.mark.parametrize(
    ("table", "column"), [("mal", "text"), *((name, "uttryck") for name in ("malutfall", "ekonomi", "avstamning"))]
)
def test_wording_stands_under_its_heading(sections: dict[tuple[str, str], str], table: str, column: str) -> None:
    rows = [row for row in read_table(table) if row["dokument"] in PLANS or table == "avstamning"]
    missing = [
        row[column] for row in rows if squeeze(row[column]) not in sections.get((row["dokument"], row["rubrik"]), "")
    ]
    assert rows
    assert missing == []


def test_figures_stand_under_their_heading(sections: dict[tuple[str, str], str]) -> None:
    rows = [row for row in read_figures() if row["Dokument"] in PLANS]
    missing = [
        row["Uttryck"] for row in rows if row["Uttryck"] not in sections.get((row["Dokument"], row["Rubrik"]), "")
    ]
    assert len(rows) >= 4
    assert missing == []


def test_amounts_are_the_printed_digits(sections: dict[tuple[str, str], str]) -> None:
    def digits(text: str) -> str:
        return re.sub(r"\D", "", text)

    wrong = [
        row["uttryck"]
        for row in money()
        if row["enhet"] != "andel"
        and row["precision"] == "1"
        and read_number(row["belopp"] or "0")
        and digits(row["belopp"]) not in digits(row["uttryck"])
    ]
    assert wrong == []


def test_no_printed_budget_line_is_forgotten(sections: dict[tuple[str, str], str]) -> None:
    """Every number of four digits or more in the budget sections is a stored amount."""
    chosen = {
        UPPSALA: ["Ekonomisk information"],
        SYDNARKE: [
            "11.Ledning och administration, övrigt",
            "Fördelning av gemensamma resurser i kr i %, för 2016",
            "Budget 2016-2018",
            "Resultatbudget år 2016",
            "Balansbudget år 2016",
        ],
        ANGE: ["BUDGET 2022"],
    }
    stored = {re.sub(r"\D", "", row["belopp"]) for row in money()}
    for dokument, headings in chosen.items():
        for heading in headings:
            printed = re.findall(r"(?<!\d)\d{1,3}(?: \d{3})+(?! ?%)", sections[(dokument, heading)])
            assert printed
            assert [text for text in printed if text.replace(" ", "") not in stored] == []
