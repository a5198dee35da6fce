"""A linear programme over changes of cells, solved by HiGHS with a warm start between questions."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array

UNBOUNDED = highspy.kHighsInf


class Programme:
    """Rows with bounds over columns with bounds and costs; the least cost is sought again after every change.

    Arrays are float64, one entry a column or a row; `rows` is a sparse matrix, row by row.
    """

    def __init__(
        self,
        rows: csr_array,
        row_lower: np.ndarray,
        row_upper: np.ndarray,
        lower: np.ndarray,
        upper: np.ndarray,
        cost: np.ndarray,
    ) -> None:
        self.size = len(cost)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, rows.shape[0]
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
        model.row_lower_, model.row_upper_ = row_lower, row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.indptr
        model.a_matrix_.index_ = rows.indices
        model.a_matrix_.value_ = rows.data.astype(float)
        self.solver = highspy.Highs()
        # Every question but the first starts from the answer before it, which presolve would throw away.
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("presolve", "off")):
            self.solver.setOptionValue(option, value)
        self.solver.passModel(model)
        self.columns = np.arange(self.size, dtype=np.int32)

    def change_costs(self, cost: np.ndarray) -> None:
        self.solver.changeColsCost(self.size, self.columns, cost)

    def change_bounds(self, column: int, lower: float, upper: float) -> None:
        self.solver.changeColBounds(column, lower, upper)

    def change_upper(self, upper: np.ndarray) -> None:
        """New upper bounds of all columns; the lower ones are 0."""
        self.solver.changeColsBounds(self.size, self.columns, np.zeros(self.size), upper)

    def solve(self) -> np.ndarray | None:
        """The columns at the least cost; None where nothing is possible or the solver gave up."""
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self.solver.getSolution().col_value)

    def solve_in_whole_numbers(self, seconds: float) -> np.ndarray | None:
        """Any possible solution in whole numbers, within about `seconds`; None where none was found in time."""
        kinds = [highspy.HighsVarType.kInteger] * self.size
        self.solver.changeColsIntegrality(self.size, self.columns, np.array(kinds))
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.setOptionValue("mip_max_improving_sols", 1)
        self.solver.setOptionValue("presolve", "choose")
        self.solver.run()
        found = self.solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        answer = np.array(self.solver.getSolution().col_value) if found else None
        self.solver.changeColsIntegrality(
            self.size, self.columns, np.array([highspy.HighsVarType.kContinuous] * self.size)
        )
        self.solver.setOptionValue("time_limit", UNBOUNDED)
        self.solver.setOptionValue("presolve", "off")
        return answer
