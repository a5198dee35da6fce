"""A stupid reader, cell by cell, as the oracle of the vectorised one: the same figures, the same faults."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import CONTEXT, HEADER, INSATSER, figures_of, read_lines

MATT = ("pagaende", "nya", "avslutade", "till_arbete_studier", "bortfall")
NAMES = {name.casefold(): insats.kod for insats in INSATSER for name in (insats.namn, insats.kod)}
GENDERS = {"kvinna": "kvinna", "k": "kvinna", "man": "man", "m": "man", "alla": "alla", "totalt": "alla"}
REASONS = {"": "uppgift_saknas", "-": "ej_redovisat", "..": "dolt_hos_kallan", ".": "ej_tillampligt"}
GOOD_COUNTS = st.integers(0, 12).map(str)
ODD_COUNTS = st.sampled_from(["", "-", "..", ".", "1,5", "-4", "x", "2 000", "3,0", "#REF!", "12 %", "1e3"])
CELLS = (
    st.sampled_from(["Jobbspåret", "jobbsparet", "GRÖN VÄXTKRAFT", "Jobbspår", "Okänd insats", ""]),
    st.sampled_from(["2026-01", "2026-02", "mars 2026", "2026-13", "2026-09", "snart", ""]),
    st.sampled_from(["Kvinna", "K", "Man", "m", "Alla", "Totalt", "xyz", ""]),
    *[st.one_of(GOOD_COUNTS, GOOD_COUNTS, GOOD_COUNTS, ODD_COUNTS)] * 5,
)


def read_stupidly(rows: list[tuple[str, ...]]) -> tuple[dict[tuple[str, str, str, str], float | str], set[tuple]]:
    """Figures and faults (row, column, code) of the monthly form, one cell after another."""
    figures: dict[tuple[str, str, str, str], float | str] = {}
    faults = set()
    seen: dict[tuple[str, str, str], int] = {}
    columns = HEADER.split(";")
    for line, cells in enumerate(rows, 2):
        insats, month, gender, *counts = cells
        if not any(counts) and not month:
            continue
        when = {"2026-01": "2026-01", "2026-02": "2026-02", "mars 2026": "2026-03", "2026-09": "2026-09"}.get(month)
        if not any(counts) and when == "2026-09":
            continue
        kod = NAMES.get(insats.casefold())
        if kod is None:
            faults.add((line, "Insats", "okand_insats" if insats else "insats_saknas"))
        if when is None or when > f"{CONTEXT.today:%Y-%m}":
            code = {"": "manad_saknas", "2026-13": "omojligt_datum", "2026-09": "framtida_manad"}.get(
                month, "okand_manad"
            )
            faults.add((line, "Månad", code))
            when = None
        who = GENDERS.get(gender.casefold())
        if who is None:
            faults.add((line, "Kön", "okant_kon" if gender else "kon_saknas"))
        values: dict[str, float | str] = {}
        for column, matt, text in zip(columns[3:], MATT, counts, strict=True):
            if text in REASONS:
                values[matt] = REASONS[text]
            elif re.fullmatch(r"\d+|\d{1,3}( \d{3})+|\d+,0", text):
                values[matt] = float(text.replace(" ", "").replace(",", "."))
            else:
                code = "formelfel" if text.startswith("#") else "negativt" if text == "-4" else "inte_heltal"
                faults.add((line, column, code))
        if kod is None or when is None or who is None:
            continue
        whole = values.get("avslutade")
        for matt, column in (("till_arbete_studier", columns[6]), ("bortfall", columns[7])):
            part = values.get(matt)
            if isinstance(part, float) and isinstance(whole, float) and part > whole:
                faults.add((line, column, "fler_an"))
        if (kod, when, who) in seen:
            faults.add((line, "Månad", "manad_dubbel"))
        seen.setdefault((kod, when, who), line)
        figures |= {(kod, when, who, matt): value for matt, value in values.items()}
    return figures, faults


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(*CELLS), min_size=1, max_size=12))
def test_the_same_faults_and_the_same_figures(rows: list[tuple[str, ...]]) -> None:
    # Rows of sums and notes below the figures have tests of their own.
    rows = [row for row in rows if row[0] and row[2] and any(row[3:])] or [("Jobbspåret", "2026-01", "K", *"12345")]
    read = read_lines(HEADER, *(";".join(row) for row in rows))
    figures, faults = read_stupidly(rows)
    found = [(problem.row, problem.column, problem.code) for problem in read.problems]
    assert set(found) == faults
    assert len(found) == len(faults)
    assert [problem.row for problem in read.problems] == sorted(problem.row or 0 for problem in read.problems)
    if faults:
        assert read.figures.empty
    else:
        assert figures_of(read) == figures
