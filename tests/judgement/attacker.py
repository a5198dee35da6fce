"""An attacker's solver, written apart from the product: nothing is imported from finsam_dash.

He sees some counts, knows how they add up and what can be at most what, and asks for the least and greatest value of
each count he does not see. Fractions of persons are allowed, so his ranges are if anything too wide; a range that is
too narrow is a disclosure for sure.
"""

import highspy
import numpy as np
from scipy.sparse import csr_array

ENDLESS = highspy.kHighsInf


class Unseen:
    """What is left to know once the seen counts are put into the sums and limits."""

    def __init__(self, seen, sums, limits, signed, wanted):
        terms = [*sums, *(part for part, _ in limits)]
        names = {cell for part in terms for cell in part} | set(wanted or ())
        self.cells = sorted(names - set(seen), key=repr)
        self.place = {cell: i for i, cell in enumerate(self.cells)}
        data, columns, starts, self.lower, self.upper = [], [], [0], [], []
        bounds = [(0, 0)] * len(sums) + [(-ENDLESS, most) for _, most in limits]
        for part, (least, most) in zip(terms, bounds, strict=True):
            told = sum(factor * seen[cell] for cell, factor in part.items() if cell in seen)
            free = [(self.place[cell], factor) for cell, factor in part.items() if cell in self.place]
            if free:
                columns += [place for place, _ in free]
                data += [float(factor) for _, factor in free]
                starts.append(len(columns))
                self.lower.append(least - told if least > -ENDLESS else least)
                self.upper.append(most - told)
        self.matrix = csr_array((data, columns, starts), shape=(len(starts) - 1, len(self.cells)))
        self.least = np.array([-ENDLESS if cell in set(signed) else 0.0 for cell in self.cells])

    def solver(self):
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cells), self.matrix.shape[0]
        model.col_cost_ = np.zeros(len(self.cells))
        model.col_lower_, model.col_upper_ = self.least, np.full(len(self.cells), ENDLESS)
        model.row_lower_, model.row_upper_ = np.array(self.lower, float), np.array(self.upper, float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = self.matrix.indptr, self.matrix.indices
        model.a_matrix_.value_ = self.matrix.data
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        # Only the costs change between questions, so the last answer is a start for the primal simplex.
        solver.setOptionValue("simplex_strategy", 0)
        solver.passModel(model)
        return solver


def find_ranges(seen, sums, limits=(), signed=(), wanted=None, enough=None):
    """Give {cell: (least, greatest)} for each cell not in `seen`.

    `seen`: {cell: count}. `sums`: dicts {cell: coefficient} that add up to 0. `limits`: (dict, most). `signed` cells
    may be negative. With `enough(cell, least, greatest)` a cell whose range is already known to be wide enough is not
    asked about further, and its range is only a part of the true one. `wanted` limits the cells asked about.
    """
    unseen = Unseen(seen, sums, limits, signed, wanted)
    if not unseen.cells:
        return {}
    solver, size = unseen.solver(), len(unseen.cells)
    columns = np.arange(size, dtype=np.int32)
    low, high = np.full(size, np.inf), np.full(size, -np.inf)

    def ask(costs):
        solver.changeColsCost(size, columns, costs)
        solver.run()
        status = solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        answer = np.array(solver.getSolution().col_value)
        np.minimum(low, answer, out=low)
        np.maximum(high, answer, out=high)
        return float(costs @ answer)

    asked = [cell for cell in unseen.cells if wanted is None or cell in wanted]

    def left():
        return [place for cell in asked for place in [unseen.place[cell]] if not enough(cell, low[place], high[place])]

    if enough is not None:
        draw, before = np.random.default_rng(0), size + 1
        while left() and len(left()) < before:  # as long as asking for many at once settles some
            before = len(left())
            costs = np.zeros(size)
            costs[left()] = draw.uniform(0.5, 1, before)
            ask(-costs)
            ask(costs)
    ranges = {}
    for cell in asked:
        place = unseen.place[cell]
        if enough is not None and enough(cell, low[place], high[place]):
            ranges[cell] = low[place], high[place]
            continue
        costs = np.zeros(size)
        costs[place] = -1
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
