"""The whole way out: reports are built, serialised and read by an attacker who knows how a förbund adds up.

He reads everything that carries a number in the Report's JSON and in `indikatorer --json`, over every period and two
publications with late registrations between them, and works out what he can with a solver of his own.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from attacker import find_disclosed
from build_figures import share_goal
from build_store import ME, deliver, empty_store
from test_protection_grid import domain_knowledge, random_forbund, true_counts, unknowns_of

from finsam_dash.export.contract import to_indicator_json
from finsam_dash.indicators.figures import FORBUND, FigureSet
from finsam_dash.judgement.protection.grid import build_grid
from finsam_dash.judgement.protection.places import RowKey
from finsam_dash.judgement.protection.protect import HidingReason
from finsam_dash.model import Gender, Lage, Period, SubjectKind
from finsam_dash.report import build as building
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.protection import load_plan, record_publication
from finsam_dash.report.serialise import to_json
from finsam_dash.stats.proportions import wilson
from finsam_dash.store import save_entries, save_settings
from finsam_dash.store.settings import load_settings

AS_OF = date(2025, 2, 1)
YEAR = Period.parse("2024")
HALVES = (Period.parse("2024-H1"), Period.parse("2024-H2"))
PERIODS = (YEAR, *HALVES, *YEAR.months(), Period.parse("2024-K1"))
SHARE = "andel_arbete_studier"
LARGEST = 400
"""So many avslutade an attacker tries when he only has an interval."""


def list_rows(figures: FigureSet) -> list[tuple[str, str, str, str, float]]:
    subjects = [FORBUND, *((SubjectKind.INSATS, insats.kod) for insats in figures.insatser)]
    return [
        (figure.subject, figure.matt, str(figure.gender), figure.period.code, figure.value)
        for subject in subjects
        for figure in figures.subject_figures(subject)
    ]


def make_store(figures: FigureSet):
    store = empty_store(*figures.insatser)
    deliver(store, *list_rows(figures), known_from=date(2025, 1, 10))
    goals = [
        share_goal(kod=f"mal-{kod or 'alla'}", period=YEAR, insats=kod)
        for kod in ("", *(insats.kod for insats in figures.insatser))
    ]
    save_entries(store, "provet", goals, ME)
    return store


def publish(store) -> list[str]:
    """Every document that leaves the house: Reports with all their sections, and the command line's JSON."""
    texts = []
    figures = load_figure_set(store, "provet", as_of=AS_OF)
    # As every surface does: one reading of the store, one plan.
    build = partial(
        build_report, store, "provet", lage=Lage.PUBLICERING, as_of=AS_OF, figures=figures,
        plan=load_plan(store, "provet"),
    )  # fmt: skip
    sections = (
        "overview", "targets", "comparison", "comparison_detail", "case_mix", "riket", "economy", "insats", "over_time",
        "attention",
    )  # fmt: skip
    for period in PERIODS:
        for insats in figures.insatser if period in (YEAR, *HALVES) else figures.insatser[:1]:
            report = build(period, sections=sections, insats=insats.kod)
            texts.append(to_json(report))
        texts.append(json.dumps(to_indicator_json(report)))
        # Without an insats the series are the förbund's.
        whole = build(period, sections=("over_time",))
        texts.append(to_json(whole))
    return texts


# What the attacker reads


def read_numbers(texts: list[str], codes: set[str]) -> dict[tuple, float]:
    """Every count that one cell tells by itself: {(measure, subject, kön, period): count}."""
    seen: dict[tuple, float] = {}
    for text in texts:
        for row, value in find_values(json.loads(text), codes):
            names = unknowns_of(row)
            counts = read_counts(value, len(names))
            for name, count in zip(names, counts, strict=True):
                if count is not None:
                    assert seen.setdefault(name, count) == count
    return seen


def read_counts(value: dict[str, Any], parts: int) -> tuple[float | None, ...]:
    """The count, or numerator and denominator; from the limits of an interval alone where that is all there is."""
    if parts == 1:
        return (value.get("value"),)
    top, bottom = value.get("numerator"), value.get("denominator")
    if top is None and value.get("lower") is not None:
        for n in range(1, LARGEST):
            for k in range(n + 1):
                if max(abs(a - value[b]) for a, b in zip(wilson(k, n), ("lower", "upper"), strict=True)) < 1e-9:
                    return k, n
    return top, bottom


def find_values(node: Any, codes: set[str], insats: str | None = None) -> Iterator[tuple[RowKey, dict[str, Any]]]:
    """Every value in a document with what it is of, wherever it stands; hidden ones too, for they must be empty."""
    if isinstance(node, list):
        for part in node:
            yield from find_values(part, codes, insats)
        return
    if not isinstance(node, dict):
        return
    if "rader" in node:
        for row in node["rader"]:
            value = {"value": row["varde"], "numerator": row["taljare"], "denominator": row["namnare"]}
            value |= {"lower": row["undre"], "upper": row["ovre"]}
            if row["status"] != "saknas" and is_counted(row["indikator"]):
                period = read_period(node["period"], "slut")
                yield RowKey(row["insats"], Gender(row["gender"]), period, row["indikator"]), value
        return
    if isinstance(node.get("insats"), dict) and "kod" in node["insats"]:
        insats = node["insats"]["kod"]
    elif isinstance(node.get("target"), dict):
        insats = node["target"]["insats"] or None
    elif "series" in node:
        insats = node["insats"]
    elif node.get("key") in codes:
        insats = node["key"]
    value, period = node.get("value"), node.get("period") or node.get("measured") or node.get("year")
    if isinstance(value, dict) and value.get("status") in ("matt", "dold") and isinstance(period, dict):
        found = RowKey(*describe(node, codes, insats), read_period(period), node_indicator(node))
        if is_counted(found.indikator) and not node.get("klass"):
            yield found, value
    for part in node.values():
        yield from find_values(part, codes, insats)


def describe(node: dict[str, Any], codes: set[str], insats: str | None) -> tuple[str | None, Gender]:
    if "subject" in node:
        return node["subject"], Gender(node["gender"])
    if "target" in node and isinstance(node["target"], dict):
        return node["target"]["insats"] or None, Gender.ALLA
    if "key" in node:
        name, _, gender = node["key"].partition("/")
        if name in codes:
            return name, Gender(gender or "alla")
        return None, Gender(name) if name in list(Gender) else Gender.ALLA
    return insats, Gender.ALLA


def node_indicator(node: dict[str, Any]) -> str:
    if "target" in node and isinstance(node["target"], dict):
        return node["target"]["indikator"]
    return node.get("indikator", SHARE)


def is_counted(indikator: str) -> bool:
    return not indikator.startswith(("kostnad", "forbruk"))


def read_period(node: dict[str, str], end: str = "end") -> Period:
    return Period(date.fromisoformat(node["start"]), date.fromisoformat(node[end]))


# What he works out


def find_secrets(store, publications: list[tuple[list[str], dict, set]], threshold: int = 5) -> set:
    """What can be worked out of all that was published; a count that changed is two unknowns and a change.

    Each publication is its documents, the true counts, and the names of those that the plan lets out.
    """
    texts_by_version, counts_by_version, open_by_version = zip(*publications, strict=True)
    codes = {insats.kod for insats in load_figure_set(store, "provet").insatser}
    latest = counts_by_version[-1]
    seen: dict = {}
    sums, limits, guarded, signed = [], [], set(), set()

    def name_of(name, version):
        value = counts_by_version[version][name]
        return name if latest.get(name) == value else (*name, value)

    for version, (texts, counts) in enumerate(zip(texts_by_version, counts_by_version, strict=True)):
        own_sums, own_limits = domain_knowledge(counts)
        # A stock that does not follow from the flows, as after a late exit, is no knowledge.
        own_sums = [terms for terms in own_sums if not sum(counts[name] * f for name, f in terms.items())]
        sums += [{name_of(name, version): factor for name, factor in terms.items()} for terms in own_sums]
        limits += [({name_of(n, version): f for n, f in terms.items()}, most) for terms, most in own_limits]
        for name, count in read_numbers(texts, codes).items():
            if name in counts:
                assert counts[name] == count, name
                seen[name_of(name, version)] = count
        for name in counts:
            if name[0] not in ("known", "completed") and name not in open_by_version[version]:
                guarded.add(name_of(name, version))
    for name, before in counts_by_version[0].items():
        after = latest.get(name)
        if after is not None and 0 < abs(after - before) < threshold and name[0] not in ("known", "completed"):
            change = ("change", *name)
            sums.append({name_of(name, 0): -1, name: 1, change: -1})
            signed.add(change)
            guarded.add(change)
    return find_disclosed(seen, sums, limits, guarded, threshold, signed)


def publication_of(store) -> tuple[list[str], dict, set]:
    """The documents, the true counts behind them, and those that the plan lets out, printed here or not."""
    figures = load_figure_set(store, "provet")
    counts = true_counts(build_grid(figures, load_settings(store, "provet").publishing_grid))
    return publish(store), counts, {name for row in load_plan(store, "provet").shown for name in unknowns_of(row)}


@pytest.mark.parametrize(("seed", "insatser", "mean"), [(11, 3, 3), (12, 4, 2), (13, 2, 1.5)])
def test_reports_and_json_of_two_publications_withstand_the_attacker(seed, insatser, mean):
    figures = random_forbund(seed, insatser, 12, mean)
    store = make_store(figures)
    first = publication_of(store)
    record_publication(store, "provet", "Delårsrapport", YEAR, ME)
    late = [
        (subject, matt, gender, period, value + 1)
        for subject, matt, gender, period, value in list_rows(figures)
        if subject == "i0" and period == "2024-11" and matt in ("avslutade", "till_arbete_studier", "till_arbete")
    ]
    deliver(store, *late, known_from=date(2025, 2, 1))
    second = publication_of(store)
    codes = {insats.kod for insats in figures.insatser}
    for texts, _, allowed in (first, second):
        assert set(read_numbers(texts, codes)) <= allowed
    assert find_secrets(store, [first]) == set()
    assert find_secrets(store, [first, second]) == set()
    shown = [value for text in second[0] for _, value in find_values(json.loads(text), set())]
    assert any(value.get("value") is not None for value in shown)


def test_without_the_record_the_second_publication_gives_persons_away():
    """The attack itself works: the same two publications, the first never recorded."""
    figures = random_forbund(12, 4, 12, 6)
    store = make_store(figures)
    first = publication_of(store)
    late = [
        (subject, matt, gender, period, value + 1)
        for subject, matt, gender, period, value in list_rows(figures)
        if period == "2024-11" and gender == "kvinna" and matt == "avslutade" and subject == "i0"
    ]
    deliver(store, *late, known_from=date(2025, 2, 1))
    assert find_secrets(store, [first, publication_of(store)])


def test_a_hidden_value_carries_nothing_anywhere():
    store = make_store(random_forbund(11, 3, 12, 2))
    hidden = [
        value
        for text in publish(store)
        for _, value in find_values(json.loads(text), {"i0", "i1", "i2"})
        if value.get("status") == "dold"
    ]
    assert hidden
    assert all(set(value) == {"status", "refused"} for value in hidden)


# Mutations: what a careless change would let out must be caught


def leak_interval(value):
    return {"status": "dold", "value": None, "lower": value["lower"], "upper": value["upper"]}


def leak_denominator(value):
    return {"status": "dold", "value": None, "denominator": value["denominator"]}


def list_hidden(store, texts: list[str], indikator: str) -> list[tuple[dict, int, dict]]:
    """The year's document with each hidden row of the indicator, and what the row really says."""
    document = next(json.loads(text) for text in texts if '"rows"' in text)
    intern = json.loads(to_json(build_report(store, "provet", YEAR, lage=Lage.INTERN, as_of=AS_OF)))["rows"]
    true = {(row["subject"], row["gender"]): row["value"] for row in intern if row["indikator"] == indikator}
    return [
        (document, place, true[row["subject"], row["gender"]])
        for place, row in enumerate(document["rows"])
        if row["indikator"] == indikator and row["value"]["status"] == "dold"
    ]


def spoil(document: dict, place: int, value: dict) -> str:
    mutant = json.loads(json.dumps(document))
    mutant["rows"][place]["value"] = value
    return json.dumps(mutant)


@pytest.mark.parametrize("leak", [leak_interval, leak_denominator])
def test_a_hidden_share_that_is_not_quite_hidden_is_caught(leak):
    store = make_store(random_forbund(12, 4, 12, 2))
    texts, _, allowed = publication_of(store)
    codes = {"i0", "i1", "i2", "i3"}
    assert set(read_numbers(texts, codes)) <= allowed
    hidden = [found for found in list_hidden(store, texts, SHARE) if found[2]["status"] == "matt"]
    assert hidden
    for document, place, true in hidden:
        assert set(read_numbers([spoil(document, place, leak(true))], codes)) - allowed


def test_one_complementary_cell_that_is_shown_gives_another_away():
    """The count that is put back is not small itself: what he wins is another one."""
    store = make_store(random_forbund(12, 4, 12, 2))
    texts, counts, allowed = publication_of(store)
    reasons = load_plan(store, "provet").hidden
    won = []
    for document, place, true in list_hidden(store, texts, "till_arbete_studier"):
        row = document["rows"][place]
        key = RowKey(row["subject"], Gender(row["gender"]), YEAR, row["indikator"])
        if reasons[key] is HidingReason.COMPLEMENTARY:
            mutant = [*texts, spoil(document, place, true)]
            won.append(find_secrets(store, [(mutant, counts, allowed | set(unknowns_of(key)))]))
    assert won
    assert any(won)


def test_the_order_of_rows_never_follows_the_values(monkeypatch):
    store = make_store(random_forbund(12, 4, 12, 3))
    codes = tuple(insats.kod for insats in load_figure_set(store, "provet").insatser)
    assert orders(publish(store)) == {codes}
    whole = building.build_overview

    def build_ordered_by_value(*args, **kwargs):
        found = whole(*args, **{**kwargs, "cut": lambda row: row})
        order = [dot.key for dot in sorted(found.dots, key=lambda dot: getattr(dot.value, "value", 0))]
        cut = whole(*args, **kwargs)
        return replace(cut, dots=tuple(sorted(cut.dots, key=lambda dot: order.index(dot.key))))

    monkeypatch.setattr(building, "build_overview", build_ordered_by_value)
    assert orders(publish(store)) != {codes}


def orders(texts: list[str]) -> set[tuple[str, ...]]:
    """The orders in which documents list the insatser on Översikt."""
    documents = [json.loads(text) for text in texts]
    return {
        tuple(dot["key"] for dot in document["overview"]["dots"]) for document in documents if document.get("overview")
    }


def test_a_lower_threshold_after_a_publication_does_not_undo_it():
    """What was hidden before stays hidden, though the new setting alone would show it."""
    store = make_store(random_forbund(12, 4, 12, 3))
    settings = load_settings(store, "provet")
    save_settings(store, "provet", replace(settings, threshold=8), ME)
    first = publication_of(store)
    record_publication(store, "provet", "Delårsrapport", YEAR, ME)
    save_settings(store, "provet", settings, ME)
    assert find_secrets(store, [first, publication_of(store)], threshold=3) == set()
