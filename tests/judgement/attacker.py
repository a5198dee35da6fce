"""An attacker's solver, written apart from the product: nothing is imported from finsam_dash.

He sees some counts, knows how they add up and what can be at most what, and asks scipy for the least and greatest
value of each count he does not see. Fractions of persons are allowed, so his ranges are if anything too wide; a range
that is too narrow is a disclosure for sure.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array


def find_ranges(seen, sums, limits=(), signed=(), wanted=None, enough=None):
    """Give {cell: (least, greatest)} for each cell not in `seen`.

    `seen`: {cell: count}. `sums`: dicts {cell: coefficient} that add up to 0. `limits`: (dict, most). `signed` cells
    may be negative. With `enough(cell, least, greatest)` a cell whose range is already known to be wide enough is not
    asked about further, and its range is only a part of the true one. `wanted` limits the cells asked about.
    """
    names = (
        {cell for terms in sums for cell in terms} | {cell for terms, _ in limits for cell in terms} | set(wanted or ())
    )
    unknown = sorted(names - set(seen), key=repr)
    place = {cell: i for i, cell in enumerate(unknown)}
    equal, equal_to, upper, upper_to = [], [], [], []
    for terms, most, left, right in [(t, 0, equal, equal_to) for t in sums] + [
        (t, most, upper, upper_to) for t, most in limits
    ]:
        free = {place[cell]: factor for cell, factor in terms.items() if cell in place}
        if free:
            left.append(free)
            right.append(most - sum(factor * seen[cell] for cell, factor in terms.items() if cell in seen))
    bounds = [(None, None) if cell in set(signed) else (0, None) for cell in unknown]
    known = {}

    def ask(costs):
        answer = linprog(
            costs,
            A_eq=sparse(equal, len(unknown)),
            b_eq=equal_to or None,
            A_ub=sparse(upper, len(unknown)),
            b_ub=upper_to or None,
            bounds=bounds,
            method="highs",
        )
        if answer.status == 3:
            return None
        assert answer.status == 0, answer.message
        for cell, i in place.items():
            low, high = known.get(cell, (np.inf, -np.inf))
            known[cell] = min(low, answer.x[i]), max(high, answer.x[i])
        return answer.fun

    if not unknown:
        return {}
    draw = np.random.default_rng(0)
    if enough is not None:
        for _ in range(4):
            ask(draw.uniform(0, 1, len(unknown)))
    ranges = {}
    for cell in unknown if wanted is None else [cell for cell in unknown if cell in wanted]:
        if enough is not None and cell in known and enough(cell, *known[cell]):
            ranges[cell] = known[cell]
            continue
        costs = np.zeros(len(unknown))
        costs[place[cell]] = -1
        highest = ask(costs)
        lowest = ask(-costs)
        ranges[cell] = (
            -np.inf if lowest is None else lowest,
            np.inf if highest is None else -highest,
        )
    return ranges


def find_disclosed(seen, sums, limits, guarded, threshold, signed=()):
    """Give the `guarded` cells whose range is narrower than 3 or stays below the threshold."""

    def is_safe(cell, least, greatest):
        far = max(abs(least), abs(greatest)) if cell in signed else greatest
        return greatest - least >= 3 - 1e-6 and far >= threshold - 1e-6

    ranges = find_ranges(seen, sums, limits, signed, set(guarded), is_safe)
    return {cell for cell in guarded if cell in seen or not is_safe(cell, *ranges[cell])}


def sparse(rows, width):
    if not rows:
        return None
    data = [(factor, i, j) for i, row in enumerate(rows) for j, factor in row.items()]
    values, row, column = zip(*data, strict=True)
    return csr_array((np.array(values, float), (row, column)), shape=(len(rows), width))
