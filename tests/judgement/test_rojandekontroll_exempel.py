"""The example förbund's own Reports, read by an attacker: every number in them, over five years and two publications.

He knows how counts of persons hang together (kön, time and insatser add up, k of n, stock and flow) and reads the
serialised Reports of every year, half-year and month, with all their sections, and `indikatorer --json`. A number that
he cannot say what it is of is a number nobody has protected, so it fails the test by itself.
"""

import json
import random
import re
import shutil
from collections import defaultdict
from copy import copy
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest
from attacker import find_disclosed
from twin import FLOWS, swap_persons

from finsam_dash.export.contract import to_indicator_json
from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.indicators.figures import FigureSet
from finsam_dash.judgement.protection.grid import build_grid
from finsam_dash.judgement.protection.places import RowKey
from finsam_dash.judgement.protection.protect import HidingReason
from finsam_dash.judgement.protection.publish import COSTS, MONEY, plan_publishing
from finsam_dash.model import (
    Actor,
    Enkat,
    Event,
    Gender,
    InsatsText,
    Lage,
    Lotsarende,
    Period,
    SamverkanFigure,
    Unit,
)
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.serialise import to_json
from finsam_dash.store import load_entries, load_figures, load_settings, open_store, save_entries

THEN, NOW = date(2025, 9, 20), date(2026, 2, 20)
SHARE = "andel_arbete_studier"
THRESHOLD = 5
WHOLE = (
    "overview", "targets", "avstamning", "comparison", "comparison_detail", "case_mix", "riket", "economy", "samverkan",
    "support", "follow_up", "accounts", "over_time", "attention",
)  # fmt: skip
OF_A_MONTH = ("overview", "targets", "comparison", "case_mix", "economy", "samverkan")
OF_ONE = ("insats", "over_time")
NATIONAL = {("riket", "riket"), ("riket", "others")}
KRONOR_OF_KRONOR = {*MONEY, ""}
KRONOR = {"cost", "measure", "measures"}


class Name(NamedTuple):
    """A count as the attacker calls it: `quantity` is a sum of mått as text; `variant` tells apart two of one name."""

    quantity: str
    subject: str | None
    gender: Gender
    period: Period
    variant: str = ""


@pytest.fixture(scope="module")
def store(filled_store, tmp_path_factory):
    return open_store(f"sqlite:///{shutil.copy(filled_store, tmp_path_factory.mktemp('store') / 'exempel.db')}")


class Published:
    """One publication: the figures behind it, what the plan lets out, and the grid's counts by the attacker's names."""

    def __init__(self, store, known_by, earlier=()):
        self.store, self.known_by = store, known_by
        self.figures = load_figure_set(store, "exempel", known_by)
        self.plan = plan_publishing(self.figures, load_settings(store, "exempel"), earlier)
        grid = build_grid(self.figures)
        value = {cell.id: cell.value for cell in grid.system.cells}
        self.rows, self.counts = {}, {}
        for row, cells in grid.rows.items():
            self.rows[row] = tuple(Name(c.quantity, c.subject, c.gender, c.period, c.variant) for c in cells)
            self.counts |= {name: value[cell] for name, cell in zip(self.rows[row], cells, strict=True)}
        self.allowed = {name for row in self.plan.shown for name in self.rows[row]}

    def print(self, periods):
        """Every Report of the periods as JSON: the förbund's with all sections, and that of each insats.

        The series and small multiples of five years are the same in every month, so one year's months print them.
        """
        for period in periods:
            is_early_month = period.month_count == 1 and period.start.year < self.known_by.year - 1
            whole = self.build(period, OF_A_MONTH if is_early_month else WHOLE)
            yield to_json(whole)
            yield json.dumps(to_indicator_json(whole))
            for insats in self.figures.insatser if period.month_count > 1 else ():
                if insats.is_active(period):
                    yield to_json(self.build(period, OF_ONE, insats.kod))

    def build(self, period, sections, insats=None):
        return build_report(
            self.store, "exempel", period, lage=Lage.PUBLICERING, as_of=self.known_by, sections=sections, insats=insats,
            insatser=None if insats is None else (insats,), with_forbund=insats is None, figures=self.figures,
            plan=self.plan, known_by=self.known_by,
        )  # fmt: skip


@pytest.fixture(scope="module")
def first(store):
    return Published(store, THEN)


@pytest.fixture(scope="module")
def second(store, first):
    return Published(store, NOW, [first.plan.record])


# What he reads


def find_numbers(node, where, path=()):
    """(path, what it is of, value) of every measured value in a Report's JSON, wherever it stands."""
    if isinstance(node, list):
        for part in node:
            yield from find_numbers(part, where, path)
        return
    if not isinstance(node, dict):
        return
    if node.get("status") == "matt":
        yield path, where, node
        return
    where = where | describe(node, where["codes"])
    for name, part in node.items():
        own = {"women": {"gender": Gender.KVINNA}, "men": {"gender": Gender.MAN}}.get(name, {})
        yield from find_numbers(part, where | own, (*path, name))


def describe(node, codes):
    """What a node says of the values below it."""
    found = {}
    if "kod" in (node.get("insats") or ()) and isinstance(node["insats"], dict):
        found["subject"] = node["insats"]["kod"]
    if "series" in node:
        found["subject"] = node["insats"]
    if isinstance(node.get("target"), dict):
        target = node["target"]
        found |= {"subject": target["insats"] or None, "indikator": target["indikator"], "klass": target["klass"]}
    if "subject" in node:
        found |= {"subject": node["subject"], "gender": Gender(node["gender"])}
    if "key" in node:
        name, _, gender = node["key"].partition("/")
        if name in codes:
            found |= {"subject": name, "gender": Gender(gender or "alla")}
        elif name in list(Gender):
            found |= {"subject": None, "gender": Gender(name)}
    found |= {name: node[name] for name in ("indikator", "klass") if isinstance(node.get(name), str)}
    for name in ("period", "measured", "year"):
        if isinstance(node.get(name), dict):
            found["period"] = Period(*(date.fromisoformat(node[name][end]) for end in ("start", "end")))
    return found


def read_reports(published, texts):
    """{name: count} of all that the documents print; a number of unknown origin is a failure of its own."""
    codes = {insats.kod for insats in published.figures.insatser}
    seen = {}
    for text in texts:
        document = json.loads(text)
        found = read_indicator_rows(document) if "rader" in document else read_values(published, document, codes)
        for row, counts in found:
            assert len(counts) == len(published.rows[row]), row
            for name, count in zip(published.rows[row], counts, strict=True):
                assert seen.setdefault(name, count) == count, name
    return seen


def read_values(published, document, codes):
    where = {"codes": codes, "subject": None, "gender": Gender.ALLA, "indikator": SHARE, "klass": ""}
    for path, what, value in find_numbers(document, where):
        row = RowKey(what["subject"], what["gender"], what["period"], what["indikator"])
        if path[-1] in KRONOR or path[:2] in NATIONAL or row.indikator in KRONOR_OF_KRONOR:
            continue
        assert not what["klass"], (path, row)
        if path[-1] == "standardised":
            continue  # of shown strata alone: see the twin
        if row.indikator in COSTS:
            # What a förbund pays is known, so a cost per person tells how many they are.
            for code in COSTS[row.indikator]:
                behind = row._replace(indikator=code)
                yield behind, [published.counts[name] for name in published.rows[behind]]
            continue
        yield row, [value["value"]] if value["numerator"] is None else [value["numerator"], value["denominator"]]


def read_indicator_rows(document):
    period = Period(*(date.fromisoformat(document["period"][end]) for end in ("start", "slut")))
    for row in document["rader"]:
        if row["status"] == "matt" and row["indikator"] not in {*MONEY, *COSTS}:
            counts = [row["varde"]] if row["taljare"] is None else [row["taljare"], row["namnare"]]
            yield RowKey(row["insats"], Gender(row["gender"]), period, row["indikator"]), counts


# What he knows


def split_quantity(quantity):
    """{mått: sign} of a sum of mått as text."""
    return {word: -1 if sign == "-" else 1 for sign, word in re.findall(r"([+-] )?(\S+)", quantity)}


def is_flow(quantity):
    return not any(
        word.startswith(("pagaende", "deltagare")) and "utan" not in word for word in split_quantity(quantity)
    )


def know_domain(published):
    """All that an outsider knows of the counts, as sums that are 0 and limits: (sums, limits, what is left of n)."""
    counts, rows = dict(published.counts), published.rows
    sums, limits, rests = [], [], {}
    for row, names in rows.items():
        if len(names) == 2:
            rest = Name(f"rest {row.indikator}", *row[:3])
            counts[rest] = rests[rest] = counts[names[1]] - counts[names[0]]
            sums.append({names[1]: -1, names[0]: 1, rest: 1})
    for name in list(counts):
        terms = split_quantity(name.quantity)
        parts = {name._replace(quantity=word, variant=""): sign for word, sign in terms.items()}
        if len(terms) > 1 and all(part in counts for part in parts):
            sums.append({name: -1} | parts)
    groups = defaultdict(dict)
    for name in counts:
        groups[name.quantity, name.variant][name[1:4]] = name
    for (quantity, _), found in groups.items():
        for (subject, gender, period), name in found.items():
            kon = [found.get((subject, one, period)) for one in (Gender.KVINNA, Gender.MAN)]
            if gender is Gender.ALLA and None not in kon:
                sums.append({name: -1} | dict.fromkeys(kon, 1))
            if subject is None:
                sums += sum_over_insatser(published, name, groups[quantity, ""])
            for length in (12, 6, 1) if is_flow(quantity) else ():
                parts = [found[key] for key in found if key[:2] == (subject, gender) and fits(key[2], period, length)]
                if len(parts) * length == period.month_count:
                    sums.append({name: -1} | dict.fromkeys(parts, 1))
            if quantity == "pagaende":
                sums += follow_stock(found, groups, name)
    for name in list(counts):
        if name.quantity == "till_arbete_studier":
            parts = [name._replace(quantity=one) for one in ("till_arbete", "till_studier")]
            if all(part in counts for part in parts):
                limits += [({part: 1, name: -1}, 0) for part in parts]
                limits.append(({name: 1} | dict.fromkeys(parts, -1), 0))
    sums = [terms for terms in sums if not sum(counts[name] * factor for name, factor in terms.items())]
    limits = [(terms, m) for terms, m in limits if sum(counts[name] * factor for name, factor in terms.items()) <= m]
    return counts, sums, limits, rests


def fits(part, period, length):
    return part.month_count == length < period.month_count and period.contains(part)


def sum_over_insatser(published, name, found):
    """A förbund figure over the insatser that have the count, or only over those that have a row that prints it."""
    everybody = [part for (kod, *rest), part in found.items() if kod is not None and rest == [name.gender, name.period]]
    yield {name: -1} | dict.fromkeys(everybody, 1)
    for row, names in published.rows.items():
        if row.subject is None and name in names:
            within = [part for part in everybody if row._replace(subject=part.subject) in published.rows]
            yield {name: -1} | dict.fromkeys(within, 1)


def follow_stock(found, groups, name):
    """The stock at a start is one count whatever the period, and leads to the next by what came and went."""
    for (subject, gender, period), other in found.items():
        if (subject, gender) == (name.subject, name.gender) and period != name.period:
            if period.start == name.period.start:
                yield {name: 1, other: -1}
            flows = [groups[flow, ""].get(name[1:4]) for flow in ("nya", "avslutade")]
            if (period.start - name.period.end).days == 1 and None not in flows:
                yield {other: -1, name: 1, flows[0]: 1, flows[1]: -1}


def attack(*publications):
    """What he works out of publications, oldest first: each is what is published, and {name: count} that he saw.

    A count that changed between them is two unknowns, and the change is one too.
    """
    known = [know_domain(published) for published, _ in publications]
    latest = known[-1][0]
    seen, sums, limits, guarded, signed = {}, [], [], set(), set()
    for (published, read), (counts, own_sums, own_limits, rests) in zip(publications, known, strict=True):

        def call(name, counts=counts):
            return name if latest.get(name) == counts[name] else (*name, counts[name])

        sums += [{call(name): factor for name, factor in terms.items()} for terms in own_sums]
        limits += [({call(name): factor for name, factor in terms.items()}, most) for terms, most in own_limits]
        seen |= {call(name): count for name, count in read.items()}
        # A denominator alone is not guarded: it is often printed elsewhere, as avslutade where no outcome is unknown.
        guarded |= {call(names[0]) for names in published.rows.values() if names and names[0] not in published.allowed}
        guarded |= {call(rest) for rest, count in rests.items() if 0 < count < THRESHOLD}
        for name, count in counts.items():
            change = latest.get(name, count) - count
            if 0 < abs(change) < THRESHOLD and not name.quantity.startswith("rest"):
                sums.append({call(name): -1, name: 1, ("change", *name): -1})
                signed.add(("change", *name))
    return find_disclosed(seen, sums, limits, (guarded - set(seen)) | signed, THRESHOLD, signed)


# Tests


YEARS = tuple(Period.year(number) for number in range(2021, 2026))
HALVES = tuple(Period.parse(f"{year.code}-H{half}") for year in YEARS for half in (1, 2))
MONTHS = tuple(month for year in YEARS for month in year.months())


@pytest.fixture(scope="module")
def read(second):
    """What all the documents of the second publication print."""
    return read_reports(second, second.print((*YEARS, *HALVES, *MONTHS)))


def test_nothing_is_printed_but_what_the_plan_lets_out(second, read):
    assert len(read) > 2000
    assert read.keys() <= second.allowed
    assert all(second.counts[name] == count for name, count in read.items())


def test_the_reports_of_five_years_withstand_the_attacker(second, read):
    assert attack((second, read)) == set()


def test_two_publications_with_a_late_delivery_between_withstand_the_attacker(first, second, read):
    before = read_reports(first, first.print((YEARS[-1], HALVES[-2])))
    assert before.keys() <= first.allowed
    told = {name: first.counts[name] for name in first.allowed}  # printed here or not
    assert attack((first, told), (second, read)) == set()


def test_without_the_record_of_the_first_the_second_gives_persons_away(store, first):
    told = [(one, {name: one.counts[name] for name in one.allowed}) for one in (first, Published(store, NOW))]
    assert attack(*told)


def test_a_complementary_row_that_is_shown_gives_another_away(second, read):
    hidden = [row for row, why in second.plan.hidden.items() if why is HidingReason.COMPLEMENTARY]
    rows = [row for row in hidden if row.indikator == "avslutade" and row.subject is not None][:4]
    assert rows
    assert any(attack((second, read | {name: second.counts[name] for name in second.rows[row]})) for row in rows)


# A twin that differs only in what is hidden


def make_twin(published):
    """The same publication of another förbund: other persons behind every figure that is hidden."""
    figures = load_figures(published.store, "exempel", known_by=published.known_by)
    monthly = {
        (one.matt, one.subject, str(one.gender), one.period.code): place
        for place, one in enumerate(figures)
        if one.matt in FLOWS and not one.indelning and one.period.month_count == 1 and one.value is not None
        if one.subject != "navet"  # whose latest figures are late: it is in some sums and not in others
    }
    base = {key: int(figures[place].value) for key, place in monthly.items()}
    seen = [terms for name in sorted(published.allowed, key=repr) for terms in expand_name(name, base)]
    for key, count in swap_persons(base, seen, 200_000, 1).items():
        figures[monthly[key]] = figures[monthly[key]]._replace(value=float(count))
    draw = random.Random(2)
    figures = [one._replace(value=one.value + draw.randint(1, 9)) if is_outside(one) else one for one in figures]
    other = copy(published)
    own = published.figures
    other.figures = FigureSet(figures, own.insatser, own.registry, own.economy)
    return other


def expand_name(name, base):
    """A count as the monthly ones that it is made of; one of classes is not made of them.

    Those of the förbund are over all insatser, or over those that tell how it went: both are kept as they are.
    """
    terms = split_quantity(name.quantity)
    months = {month.code for month in name.period.months()}
    telling = {key[1] for key in base if key[0] == "till_arbete_studier"}
    for chosen in ({name.subject},) if name.subject else ({key[1] for key in base}, telling):
        yield {
            key: terms[key[0]]
            for key in base
            if key[0] in terms and key[1] in chosen and name.gender in ("alla", key[2]) and key[3] in months
        }


def is_outside(figure):
    """Whether no figure of the grid is made of it: a class, a follow-up, persons on public support."""
    in_grid = f"{figure.indelning}:{figure.klass}" in ("alder:under_30", "fodelseland:utrikes")
    in_grid |= figure.klass == "over_3_ar"
    is_count = figure.value is not None and figure.unit is Unit.ANTAL and figure.matt != "befolkning_18_64"
    return is_count and bool(figure.indelning) and not in_grid


def list_other_entries(store):
    """Other numbers, cases, answers, notes and texts under the same names."""

    def load(kind):
        return load_entries(store, "exempel", kind)

    yield from (replace(one, value=one.value + 1) for one in load(SamverkanFigure))
    yield from (replace(one, opened=date(2024, 5, 5), kind="annat", solved=True) for one in load(Lotsarende))
    yield from (replace(one, answers=one.answers[::-1], before=(), sent=None) for one in load(Enkat))
    yield from (replace(one, text="En annan händelse") for one in load(Event))
    yield from (replace(one, text="En annan text") for one in load(InsatsText))


def test_a_twin_that_differs_in_what_is_hidden_prints_the_very_same(second):
    """Every order, sentence, verdict, limit and gap of the Reports follows from what is shown."""
    twin = make_twin(second)
    moved = sum(count_row(twin, row) != count_row(second, row) for row in second.plan.hidden)
    assert moved > len(second.plan.hidden) / 4
    periods = [Period.parse(code) for code in ("2025", "2023-H1", "2024-08")]
    texts = list(second.print(periods))
    save_entries(second.store, "exempel", list_other_entries(second.store), Actor("provet", "provet"))
    for one, other in zip(texts, twin.print(periods), strict=True):
        assert strip_version(one) == strip_version(other)


def strip_version(text):
    return re.sub(r'"data_?version": ?\d+', "", text)


def count_row(published, row):
    """What a row really says, hidden or not."""
    indikator = published.figures.registry.indikatorer.get(row.indikator)
    return None if indikator is None else compute_indicator(published.figures, indikator, *row[:3]).value
