"""Twins: förbund that differ only in what röjandekontroll hides. Whatever prints them alike tells them not apart.

Written apart from the product, as the attacker is: months of persons are moved about, in whole persons, so that every
count in sight stays what it was.
"""

import random

import highspy
import numpy as np
from attacker import ENDLESS
from build_figures import figure, figure_set

FLOWS = ("nya", "avslutade", "avslutade_utan_uppgift", "till_arbete_studier", "till_arbete", "till_studier", "bortfall")
MEASURES = {
    "known": {"avslutade": 1, "avslutade_utan_uppgift": -1},
    "completed": {"avslutade": 1, "avslutade_utan_uppgift": -1, "bortfall": -1},
    **{matt: {matt: 1} for matt in FLOWS},
}
REACH = 15
"""No month differs by more persons than this between twins."""


def base_counts(figures):
    """{(mått, insats, kön, month): persons}: what the förbund delivers."""
    return {
        (one.matt, kod, str(one.gender), one.period.code): int(one.value)
        for kod in (insats.kod for insats in figures.insatser)
        for one in figures.subject_figures(("insats", kod))
    }


def expand(name, base):
    """A printed count (measure, subject, kön, period) as delivered ones: {base count: coefficient}."""
    measure, subject, gender, period = name
    own = [
        (kod, kon)
        for kod in sorted({key[1] for key in base})
        for kon in ("kvinna", "man")
        if subject in (None, kod) and gender in ("alla", kon)
    ]
    months = [month.code for month in period.months()]
    terms = {}
    if measure in ("pagaende", "deltaganden"):
        terms |= {("pagaende", kod, kon, months[0]): 1 for kod, kon in own}
    flows = {"nya": 1} if measure == "deltaganden" else MEASURES.get(measure, {})
    for matt, factor in flows.items():
        terms |= {(matt, kod, kon, month): factor for kod, kon in own for month in months}
    return {key: factor for key, factor in terms.items() if key in base}


def rules(base):
    """What every month of persons keeps: ({base count: coefficient}, least, most)."""
    months = sorted({key[3] for key in base})
    for kod, kon in sorted({key[1:3] for key in base}):
        for month, following in zip(months, [*months[1:], None], strict=True):
            one = {matt: (matt, kod, kon, month) for matt in (*FLOWS, "pagaende")}
            yield {one["till_arbete_studier"]: -1, one["till_arbete"]: 1, one["till_studier"]: 1}, 0, 0
            parts = ("avslutade_utan_uppgift", "till_arbete_studier", "bortfall")
            yield {one["avslutade"]: -1} | {one[part]: 1 for part in parts}, -ENDLESS, 0
            yield {one["avslutade"]: 1, one["pagaende"]: -1, one["nya"]: -1}, -ENDLESS, 0
            if following:
                after = ("pagaende", kod, kon, following)
                yield {after: -1, one["pagaende"]: 1, one["nya"]: 1, one["avslutade"]: -1}, 0, 0


def find_twin(figures, seen, hidden, seed, wanted=None):
    """A förbund whose `seen` counts are the same and whose `hidden` ones are others, and those that really are.

    Both are names (measure, subject, kön, period). `wanted` are counts that the twin has, by name. None where no twin
    is found.
    """
    base = base_counts(figures)
    keys = list(base)
    place = {key: number for number, key in enumerate(keys)}
    true = np.array([base[key] for key in keys], float)
    rows = [(terms, least, most) for terms, least, most in rules(base)]
    for name in sorted(seen, key=repr):  # in one order, so that the twin is the same every time
        terms = expand(name, base)
        count = sum(base[key] * factor for key, factor in terms.items())
        rows.append((terms, count, count))
    rows += [(expand(name, base), count, count) for name, count in (wanted or {}).items()]
    draw = random.Random(seed)
    cost = np.zeros(len(keys))
    for name in sorted(hidden, key=repr):
        weight = draw.uniform(0.5, 1.5) * draw.choice([-1, 1])
        for key, factor in expand(name, base).items():
            cost[place[key]] += weight * factor / len(base)
    fixed = np.array([key[0] == "avslutade_utan_uppgift" for key in keys])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(keys), len(rows)
    model.col_cost_ = cost
    model.col_lower_ = np.where(fixed, true, np.maximum(true - REACH, 0))
    model.col_upper_ = np.where(fixed, true, true + REACH)
    model.row_lower_ = np.array([least for _, least, _ in rows], float)
    model.row_upper_ = np.array([most for _, _, most in rows], float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in rows)])
    model.a_matrix_.index_ = np.array([place[key] for terms, _, _ in rows for key in terms], np.int32)
    model.a_matrix_.value_ = np.array([factor for terms, _, _ in rows for factor in terms.values()], float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(keys)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("mip_max_nodes", 1000), ("mip_rel_gap", 0.2)):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    answer = dict(zip(keys, np.rint(solver.getSolution().col_value).astype(int).tolist(), strict=True))

    def count(name, counts):
        return sum(counts[key] * factor for key, factor in expand(name, base).items())

    assert all(count(name, answer) == count(name, base) for name in seen)
    rows = [figure(kod, matt, kon, month, answer[matt, kod, kon, month]) for matt, kod, kon, month in keys]
    return figure_set(rows, *figures.insatser), {name for name in hidden if count(name, answer) != count(name, base)}


def swap_persons(base, seen, rounds, seed):
    """Other counts that agree with all that is seen: {base count: persons}, by swaps of one person at a time.

    A quicker twin for a förbund too large to solve for. `base` are counts by (mått, insats, kön, month), `seen` sums of
    them as {base count: coefficient}. A swap takes a person from one count of an insats to another, and the other way
    in another insats: kön for kön, month for month, or the one insats's for the other's.
    """
    draw, counts = random.Random(seed), dict(base)
    within = {key: [] for key in base}
    for number, terms in enumerate(seen):
        for key, factor in terms.items():
            within[key].append((number, factor))
    measures, names, months = (sorted({key[place] for key in base}) for place in (0, 1, 3))
    for _ in range(rounds):
        matt, (one, other) = draw.choice(measures), draw.sample(names, 2)
        month, kon = draw.choice(months), draw.choice(["kvinna", "man"])
        across = {"kvinna": "man", "man": "kvinna"}[kon]
        steps = draw.choice(
            [
                {(one, kon, month): 1, (one, across, month): -1, (other, kon, month): -1, (other, across, month): 1},
                {(one, kon, month): 1, (other, kon, month): -1},
                {(one, kon, month): 1, (one, kon, draw.choice(months)): -1},
            ]
        )
        change = {(matt, *key): step for key, step in steps.items()}
        if any(key not in counts or counts[key] + step < 0 for key, step in change.items()):
            continue
        effect = {}
        for key, step in change.items():
            for number, factor in within[key]:
                effect[number] = effect.get(number, 0) + factor * step
        if any(effect.values()):
            continue
        before = {key: counts[key] for key in change}
        counts |= {key: before[key] + step for key, step in change.items()}
        if not all(_is_possible(counts, key[1:]) for key in change):
            counts |= before
    return counts


def _is_possible(counts, place):
    """Whether not more of those who left an insats in a month went to something than left."""
    parts = ("till_arbete_studier", "bortfall", "avslutade_utan_uppgift")
    return sum(counts.get((part, *place), 0) for part in parts) <= counts.get(("avslutade", *place), 0)
