"""The synthetic förbund: the files are what the generator writes, and what they say holds together.

The files are read here with csv alone and replayed in the order of dokument.csv; nothing of the generator is used.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from finsam_dash.indicators.registry import load_registry
from finsam_dash.intake import IntakeContext, read_delivery
from finsam_dash.model import CountingMode, GenderScope, Insats, InsatsPeriod

FOLDER = Path(__file__).resolve().parents[2] / "data" / "exempel"
COUNTS = (
    "Pågående vid start", "Nya", "Avslutade", "Avslutade utan uppgift", "Till arbete och/eller studier", "Till arbete",
    "Till studier", "Eget företag", "Bortfall", "Felregistrerade",
)  # fmt: skip
MONTHS = tuple(f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13))

Key = tuple[str, str, str]
Counts = dict[str, int | None]


def read_rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@cache
def read_insatser() -> dict[str, dict[str, str]]:
    return {row["namn"]: row for row in read_rows("insatser.csv")}


def replay_months() -> Iterator[tuple[str, dict[Key, Counts], list[Key]]]:
    """After each month's delivery: the month, everything known by then, and the keys of that file."""
    known: dict[Key, Counts] = {}
    for month in MONTHS:
        keys = []
        for row in read_rows(f"{month}.csv"):
            key = (row["Insats"], row["Månad"], row["Kön"])
            keys.append(key)
            known[key] = {name: int(row[name]) if row[name] else None for name in COUNTS}
        yield month, known, keys


@cache
def read_final() -> dict[Key, Counts]:
    final: dict[Key, Counts] = {}
    for _, known, _ in replay_months():
        final = known
    return final


@cache
def read_long() -> dict[tuple[str, str, str, str, str, str, str], tuple[str, str, str, str]]:
    """(subject, from, to, kön, mått, indelning, klass) -> (value, unit, kvalifikator, orsak)."""
    found = {}
    for document in read_rows("dokument.csv"):
        if document["dokument"].removesuffix(".csv") in MONTHS:
            continue
        for row in read_rows(document["dokument"]):
            key = (
                row["Insats/Grupp"],
                row["Från"],
                row["Till"],
                row["Kön"],
                row["Mått"],
                row["Indelning"],
                row["Klass"],
            )
            assert key not in found, key
            found[key] = (row["Värde"], row["Enhet"], row["Kvalifikator"], row["Orsak"])
    return found  # fmt: skip


def sum_year(insats: str, year: int, name: str, kon: str = "") -> int:
    return sum(
        counts[name] or 0
        for (owner, month, row_kon), counts in read_final().items()
        if owner == insats and month.startswith(str(year)) and kon in ("", row_kon)
    )


def read_share(insats: str, year: int) -> float:
    left = sum_year(insats, year, "Avslutade") - sum_year(insats, year, "Avslutade utan uppgift")
    return sum_year(insats, year, "Till arbete och/eller studier") / left


def next_month(month: str) -> str:
    index = MONTHS.index(month) + 1
    return MONTHS[index] if index < len(MONTHS) else ""


def test_the_generator_writes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", str(FOLDER / "skapa.py"), str(tmp_path)], check=True, timeout=120)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix == ".csv"}
    assert sorted(written) == sorted(kept)
    assert [name for name in kept if kept[name] != written[name]] == []


def test_every_file_is_listed_once_in_the_order_it_was_known() -> None:
    documents = read_rows("dokument.csv")
    names = [row["dokument"] for row in documents]
    registers = {"forbund.csv", "grupper.csv", "insatser.csv", "insatsperioder.csv", "handelser.csv", "dokument.csv"}
    registers |= {"ekonomi.csv", "ekonomitabeller.csv", "ekonomikategorier.csv", "samverkan.csv", "lotsarenden.csv"}
    registers |= {"enkater.csv", "externa_medel.csv", "internkontroll.csv", "mal.csv", "beslut.csv", "insatstexter.csv"}
    assert sorted(names) == sorted({path.name for path in FOLDER.glob("*.csv")} - registers)
    days = [date.fromisoformat(row["datum"]) for row in documents]
    assert days == sorted(days)
    by_name = dict(zip(names, days, strict=True))
    assert by_name["2021-01.csv"] == date(2021, 2, 10)
    assert by_name["2025-12.csv"] == date(2026, 1, 10)
    assert {row["forbund"] for row in documents} == {"exempel"}


def test_twelve_insatser_of_three_purposes_in_three_lokusgrupper() -> None:
    insatser = list(read_insatser().values())
    assert [row["syfte_typ"] for row in insatser].count("atergang") == 7
    assert [row["syfte_typ"] for row in insatser].count("forberedelse") == 4
    assert [row["syfte_typ"] for row in insatser].count("esf") == 1
    assert {row["grupp"] for row in insatser} - {""} == {row["kod"] for row in read_rows("grupper.csv")}
    assert {row["raknesatt"] for row in insatser} == {"med_personuppgifter", "anonym", "volym"}
    assert [row["kod"] for row in insatser if row["kon"] == "kvinnor"] == ["kvinnokraft"]
    assert {row["insats"] for row in read_rows("insatsperioder.csv")} == {row["kod"] for row in insatser}
    assert read_rows("forbund.csv") == [{"kod": "exempel", "namn": "Samordningsförbundet Exempel", "pahittad": "ja"}]


def test_flows_tie_after_every_delivery() -> None:
    """A month's pågående + nya − avslutade is the next month's pågående, whatever has been registered so far."""
    checked = 0
    for month, known, _ in replay_months():
        latest = MONTHS[max(0, MONTHS.index(month) - 5) : MONTHS.index(month)]
        for (insats, past, kon), counts in known.items():
            after = known.get((insats, next_month(past), kon))
            if past not in latest or after is None:
                continue
            stock, new, left = (counts[name] or 0 for name in COUNTS[:3])
            assert stock + new - left == after["Pågående vid start"], (month, insats, past, kon)
            checked += 1
    assert checked > 4000


def test_outcomes_fit_within_the_avslutade_in_every_delivered_row() -> None:
    for month in MONTHS:
        for row in read_rows(f"{month}.csv"):
            if not row["Bortfall"]:
                assert read_insatser()[row["Insats"]]["raknesatt"] == "anonym"
                continue
            _, _, left, unknown, reached, work, study, own, dropout, _ = (int(row[name]) for name in COUNTS)
            assert reached <= left - unknown - dropout
            assert max(work, study, own) <= reached <= work + study + own
            assert own <= work


def test_later_deliveries_correct_the_three_months_before_and_raise_the_avslutade() -> None:
    first: dict[Key, int] = {}
    by_lag: dict[int, int] = defaultdict(int)
    total = 0
    before: dict[Key, int] = {}
    for month, known, keys in replay_months():
        for key in keys:
            lag = MONTHS.index(month) - MONTHS.index(key[1])
            assert 0 <= lag <= 3
            left = known[key]["Avslutade"] or 0
            assert left >= before.get(key, 0)
            by_lag[lag] += left - before.get(key, 0)
            before[key] = left
            first.setdefault(key, left)
    total = sum(before.values())
    shares = [by_lag[lag] / total for lag in range(4)]
    assert shares == pytest.approx([0.81, 0.12, 0.05, 0.02], abs=0.02)
    assert sum(first.values()) < total


def test_july_is_low_and_september_and_january_are_high() -> None:
    new: dict[str, int] = defaultdict(int)
    for (_, month, _), counts in read_final().items():
        new[month[5:]] += counts["Nya"] or 0
    mean = sum(new.values()) / 12
    assert new["07"] < 0.45 * mean
    assert new["09"] > 1.3 * mean
    assert new["01"] > 1.2 * mean


@pytest.mark.parametrize(
    "insats", ["Vägen vidare", "Arbetsbron", "Kvinnokraft", "Jobbnyckeln", "Vardagskraft", "Navet", "Språngbrädan"]
)
def test_a_quiet_insats_stays_around_a_third(insats: str) -> None:
    years = [year for year in range(2021, 2026) if sum_year(insats, year, "Avslutade") >= 10]
    left = sum(sum_year(insats, year, "Avslutade") - sum_year(insats, year, "Avslutade utan uppgift") for year in years)
    reached = sum(sum_year(insats, year, "Till arbete och/eller studier") for year in years)
    assert 0.30 <= reached / left <= 0.36
    assert all(abs(read_share(insats, year) - reached / left) < 0.1 for year in years)


def test_one_improves_one_drops_and_one_is_too_small_to_judge() -> None:
    assert read_share("Unga framåt", 2021) < 0.25
    assert read_share("Unga framåt", 2025) > 0.5
    assert read_share("Rätt spår", 2021) > 0.4
    assert read_share("Rätt spår", 2025) < 0.2
    assert all(2 <= sum_year("Gläntan", year, "Avslutade") <= 4 for year in range(2021, 2026))


def test_one_stops_reporting_and_one_has_women_only() -> None:
    months = {month for insats, month, _ in read_final() if insats == "Navet"}
    assert sorted(months) == list(MONTHS[:55])
    assert {kon for insats, _, kon in read_final() if insats == "Kvinnokraft"} == {"Kvinna"}
    assert {month for insats, month, _ in read_final() if insats == "Språngbrädan"} == set(MONTHS[12:48])
    assert not any(insats == "Öppna dörren" for insats, _, _ in read_final())


def list_quarter(start: str) -> list[str]:
    year, month = int(start[:4]), int(start[5:7])
    return [f"{year}-{number:02d}" for number in range(month, month + 3)]


def test_breakdowns_add_up_to_the_quarter() -> None:
    """Each indelning of each mått adds up to what is known of the quarter in the end, and none is lacking."""
    names = {
        "nya": "Nya",
        "avslutade": "Avslutade",
        "avslutade_utan_uppgift": "Avslutade utan uppgift",
        "till_arbete_studier": "Till arbete och/eller studier",
    }
    names_of = {row["kod"]: name for name, row in read_insatser().items()}
    sums: dict[tuple[str, str, str, str, str], int] = defaultdict(int)
    stock: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for (kod, start, _, kon, matt, indelning, _), (value, unit, _, _) in read_long().items():
        if kod and indelning in ("alder", "utbildning", "forsorjningstid", "fodelseland", "kommun", "forsorjning_fore"):
            assert unit == "antal"
            if matt in names:
                sums[names_of[kod], start, kon.capitalize(), matt, indelning] += int(value)
            elif matt == "pagaende":
                stock[names_of[kod], start, kon.capitalize(), indelning] += int(value)
    final = read_final()
    assert len(sums) > 3000
    for (insats, start, kon, matt, _), value in sums.items():
        months = [final[insats, month, kon] for month in list_quarter(start) if (insats, month, kon) in final]
        assert value == sum(counts[names[matt]] or 0 for counts in months)
    for (insats, start, kon, _), value in stock.items():
        if (insats, start[:7], kon) in final:
            assert value == final[insats, start[:7], kon]["Pågående vid start"]
    background = {name for name, row in read_insatser().items() if row["raknesatt"] == "med_personuppgifter"}
    quarters = {key[:3] for key in sums}
    for insats, month, kon in final:
        whole = all((insats, other, kon) in final for other in list_quarter(f"{month}-01"))
        if insats in background and month[5:] in ("01", "04", "07", "10") and whole:
            assert (insats, f"{month}-01", kon) in quarters


def test_moves_between_forsorjning_add_up_to_both_sides() -> None:
    moves: dict[tuple[str, str, str], int] = defaultdict(int)
    sides: dict[tuple[str, str, str], int] = defaultdict(int)
    halves = {}
    for (kod, start, end, _, _, indelning, klass), (value, *_) in read_long().items():
        if indelning == "forsorjning_fore_efter":
            fore, _, efter = klass.partition("_till_")
            halves[kod, start] = end
            moves[kod, start, f"forsorjning_fore:{fore}"] += int(value)
            moves[kod, start, f"forsorjning_efter:{efter}"] += int(value)
    for (kod, start, end, _, _, indelning, klass), (value, *_) in read_long().items():
        if indelning in ("forsorjning_fore", "forsorjning_efter"):
            first = f"{start[:5]}{'01' if start[5:7] <= '06' else '07'}-01"
            if (kod, first) in halves and end <= halves[kod, first]:
                sides[kod, first, f"{indelning}:{klass}"] += int(value)
    assert len(moves) > 1000
    assert moves == sides


def test_follow_ups_account_for_everybody_and_never_call_the_unknown_zero() -> None:
    groups: dict[tuple[str, str, str, str], dict[str, str]] = defaultdict(dict)
    for (kod, start, _, kon, matt, indelning, klass), (value, _, _, orsak) in read_long().items():
        if indelning == "uppfoljning":
            groups[kod, start, kon, klass][matt] = value or orsak
    waiting = 0
    for key, group in groups.items():
        assert len(group) == 5
        if set(group.values()) == {"ingen_uppgift_annu"}:
            assert key[1] == "2025-07-01"
            assert key[3] == "avslut_3_man"
            waiting += 1
            continue
        followed = int(group.pop("uppfoljning_avslutade"))
        assert sum(int(value) for value in group.values()) == followed
    assert waiting > 0
    assert {klass for _, _, _, klass in groups} == {"avslut_3_man", "avslut_6_man", "avslut_12_man"}
    assert sum(int(group["ej_uppfoljda"]) for group in groups.values() if group["ej_uppfoljda"].isdigit()) > 100


def test_unique_persons_are_never_more_than_the_deltaganden() -> None:
    names_of = {row["kod"]: name for name, row in read_insatser().items()}
    seen = 0
    for (kod, start, end, kon, matt, indelning, _), (value, *_) in read_long().items():
        if matt != "deltagare" or indelning or not kod:
            continue
        year = int(start[:4])
        assert (start, end) == (f"{year}-01-01", f"{year}-12-31")
        label, name = kon.capitalize(), names_of[kod]
        stock = read_final()[name, f"{year}-01", label]["Pågående vid start"] or 0
        assert 0 <= int(value) <= stock + sum_year(name, year, "Nya", label)
        seen += 1
    assert seen > 60
    whole = [key for key in read_long() if key[4] == "deltagare" and key[0] == ""]
    assert sorted({(key[1][:4], key[3]) for key in whole}) == [
        (str(year), kon) for year in range(2021, 2026) for kon in ("kvinna", "man")
    ]


def test_cost_is_monthly_and_near_the_year_s_budget_but_for_one() -> None:
    cost: dict[tuple[str, str], int] = defaultdict(int)
    budget = {}
    for (kod, start, _, _, matt, _, _), (value, unit, _, _) in read_long().items():
        if matt in ("kostnad", "budget"):
            assert unit == "kr"
        if matt == "kostnad":
            cost[kod, start[:4]] += int(value)
        if matt == "budget":
            budget[kod, start[:4]] = int(value)
    assert set(cost) == set(budget)
    off_plan = {key for key in budget if not 0.93 <= cost[key] / budget[key] <= 1.05}
    assert off_plan == {("navet", "2025")}


def test_eget_kapital_of_a_year_is_what_the_year_before_left() -> None:
    money: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in read_rows("ekonomi.csv"):
        money[row["start"][:4], row["posttyp"], row["tillstand"]] += int(row["belopp"])
    cost: dict[str, int] = defaultdict(int)
    for (_, start, _, _, matt, _, _), (value, _, _, _) in read_long().items():
        if matt == "kostnad":
            cost[start[:4]] += int(value)
    opening = [money[str(year), "ingaende_kapital", "budget"] for year in range(2021, 2026)]
    results = [
        money[str(year), "bidrag", "budget"] - money[str(year), "kostnad", "utfall"] - cost[str(year)]
        for year in range(2021, 2026)
    ]
    assert opening[1:] == [start + result for start, result in zip(opening, results, strict=True)][:-1]
    assert all(kapital > 0 for kapital in opening)


def test_every_year_has_its_plan_with_goals_of_the_forbund_and_of_each_insats_that_runs() -> None:
    goals = read_rows("mal.csv")
    assert len({row["kod"] for row in goals}) == len(goals)
    for year in ("2021", "2022", "2023", "2024", "2025"):
        own = [row for row in goals if row["plan"] == f"Verksamhetsplan {year}"]
        assert {(row["start"], row["slut"]) for row in own} == {(f"{year}-01-01", f"{year}-12-31")}
        running = {row["kod"] for row in read_insatser().values()} - (
            {"sprangbradan"} if year in ("2021", "2025") else set()
        )
        assert {row["insats"] for row in own} == running | {""}
    in_figures = [row for row in goals if row["typ"] != "utan_tal"]
    assert all(row["malvarde"] and row["riktning"] in ("minst", "hogst") for row in in_figures)
    # The number that the words promise is the one that is compared with.
    for row in in_figures:
        if row["typ"] == "andel":
            assert f"{float(row['malvarde']) * 100:g} %" in row["text"]
        if row["typ"] == "antal":
            assert f"{row['malvarde']} personer" in row["text"]


def test_insatser_without_personuppgifter_give_antal_only() -> None:
    counted: dict[str, set[str]] = defaultdict(set)
    for (kod, start, _, kon, matt, _, _), _ in read_long().items():
        if matt == "deltagare_utan_personuppgifter":
            assert kon == "alla"
            counted[kod].add(start[:7])
    assert {kod: len(months) for kod, months in counted.items()} == {"oppna-dorren": 60, "motesplatsen": 60}
    others = {key[4] for key in read_long() if key[0] == "oppna-dorren"}
    assert others == {"deltagare_utan_personuppgifter", "kostnad", "budget"}


def test_every_klass_is_named_in_the_code_list() -> None:
    with (FOLDER.parent / "referens" / "klass.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["kod"] for row in csv.DictReader(stream, delimiter=";") if row["benamning"]}
    used = {f"{key[5]}:{key[6]}" for key in read_long() if key[5] not in ("", "forsorjning_fore_efter", "uppfoljning")}
    assert used <= named


def test_events_are_dated_within_the_years_and_name_an_insats_or_none() -> None:
    events = read_rows("handelser.csv")
    codes = {row["kod"] for row in read_insatser().values()}
    assert len(events) >= 5
    assert [row["datum"] for row in events] == sorted(row["datum"] for row in events)
    assert all(row["insats"] in codes | {""} and "2021" <= row["datum"][:4] <= "2025" and row["text"] for row in events)


def test_every_delivery_is_read_without_a_problem_or_a_warning() -> None:
    """As the förbund itself would read them, on the day they came."""
    periods: dict[str, list[InsatsPeriod]] = defaultdict(list)
    for row in read_rows("insatsperioder.csv"):
        end = date.fromisoformat(row["slut"]) if row["slut"] else None
        periods[row["insats"]].append(InsatsPeriod(date.fromisoformat(row["start"]), end))
    insatser = tuple(
        Insats(
            row["kod"],
            row["namn"],
            tuple(periods[row["kod"]]),
            counting_mode=CountingMode(row["raknesatt"]),
            gender_scope=GenderScope(row["kon"]),
        )
        for row in read_insatser().values()
    )
    grupper = {row["kod"]: row["namn"] for row in read_rows("grupper.csv")}
    matt = frozenset(load_registry().matt)
    figures = 0
    for row in read_rows("dokument.csv"):
        name, today = row["dokument"], date.fromisoformat(row["datum"])
        context = IntakeContext("exempel", insatser, today, grupper, matt_codes=matt)
        read = read_delivery((FOLDER / name).read_bytes(), name, context)
        assert (name, read.problems, read.warnings) == (name, (), ())
        assert read.form == ("manad" if name.removesuffix(".csv") in MONTHS else "lang")
        figures += len(read.figures)
    assert figures > 50_000
