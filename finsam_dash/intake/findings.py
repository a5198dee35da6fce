"""What intake finds: problems that refuse a file, warnings that do not. Codes with their parts, never sentences.

The Swedish sentences are made by `finsam_dash.wording.problems`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing found in a file: a code, where it is, what stands there and the parts of its sentence.

    `sheet` is "" for csv, `row` the row number of the sheet or the line of the csv file (None for the whole sheet or
    file), `column` the header as the file writes it, or the column's letter. `value` is the cell's own text; it is
    always empty where the content may be a person's.
    """

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str:
        """The named part; "" if the finding has none of that name."""
        return dict(self.parts).get(name, "")


@dataclass(frozen=True)
class Problem(Finding):
    """A finding that refuses the whole file."""


@dataclass(frozen=True)
class Warning_(Finding):  # noqa: N801  (the builtin's name is taken)
    """A finding that is shown, while the file is saved."""


@dataclass
class Findings:
    """Collects problems and warnings while one file is read, and hands them out in the order of the file."""

    sheets: list[str] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)

    def refuse(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", value: str = "", **parts: object
    ) -> None:
        self.found.append(Problem(code, sheet, row, column, value, _as_parts(parts)))

    def warn(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", value: str = "", **parts: object
    ) -> None:
        self.found.append(Warning_(code, sheet, row, column, value, _as_parts(parts)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(finding for finding in self._in_order() if isinstance(finding, Problem))

    @property
    def warnings(self) -> tuple[Warning_, ...]:
        return tuple(finding for finding in self._in_order() if isinstance(finding, Warning_))

    def _in_order(self) -> list[Finding]:
        order = {sheet: index for index, sheet in enumerate(self.sheets)}
        return sorted(self.found, key=lambda finding: (order.get(finding.sheet, -1), finding.row or 0))


def _as_parts(parts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in parts.items())
