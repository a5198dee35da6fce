"""What must agree within a file: counts in a row, months given once, periods apart, totals and their parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from finsam_dash.intake.delivery import GENDERS, Reading
from finsam_dash.intake.headers import COUNTS
from finsam_dash.intake.monthly import Block, MonthlyTable, TotalRow
from finsam_dash.model import Gender, GenderScope, Period, SubjectKind

_PARTS = ("till_arbete", "till_studier", "eget_foretag")
NOT_MORE_THAN = (
    ("till_arbete_studier", "avslutade"),
    ("bortfall", "avslutade"),
    ("avslutade_utan_uppgift", "avslutade"),
    *((part, "till_arbete_studier") for part in _PARTS),
)
"""A count and the count that it is a part of."""


def check_monthly(tables: Sequence[MonthlyTable], reading: Reading) -> None:
    """Run every check of the monthly form over the whole file."""
    blocks = [block for table in tables for block in table.blocks]
    for block in blocks:
        check_counts(block, reading)
    check_once(blocks, reading)
    check_overlaps(blocks, reading)
    if reading.findings.problems:
        return  # sums of rows at fault would only add noise
    check_genders(blocks, reading)
    for table in tables:
        for total in table.totals:
            check_total_row(table, total, reading)


def check_registered(figures: pd.DataFrame, reading: Reading) -> None:
    """Warn of an insats with figures outside the time that it is registered for, or that moves its start.

    One warning an insats.
    """
    for kod, spans in sorted(_list_spans(figures).items()):
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        insats = reading.insatser.get(kod)
        if insats is None or any(
            str(part.start) <= first and (part.end is None or last <= str(part.end)) for part in insats.periods
        ):
            continue
        periods = (Period(date.fromisoformat(start), date.fromisoformat(end)) for start, end in spans)
        outside = [period for period in periods if not insats.is_active(period)]
        if outside:
            span = Period(min(period.start for period in outside), max(period.end for period in outside))
            if kod in reading.context.unstated_starts:
                reading.findings.warn("starten_flyttas", insats=insats.namn, kod=kod, period=span.code)
            else:
                reading.findings.warn("utanfor_insatsperiod", insats=insats.namn, kod=kod, period=span.code)


def _list_spans(figures: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The first and last days of the figures of each insats, each span once."""
    columns = [figures[name].cat for name in ("subject", "start", "end")]
    sizes = [max(1, len(column.categories)) for column in columns]
    own = (figures["kind"] == SubjectKind.INSATS).to_numpy()
    # One number a span: sorting whole numbers is quick, even of millions of figures.
    numbers = np.ravel_multi_index([column.codes.to_numpy(np.int64)[own] for column in columns], sizes)
    spans: dict[str, list[tuple[str, str]]] = {}
    for places in zip(*np.unravel_index(np.unique(numbers), sizes), strict=True):
        kod, start, end = (column.categories[place] for column, place in zip(columns, places, strict=True))
        spans.setdefault(kod, []).append((start, end))
    return spans


def check_counts(block: Block, reading: Reading) -> None:
    """Refuse a row where a part is more than its whole: one problem a cell, the first that it breaks."""
    told: dict[str, NDArray[np.bool_]] = {}
    for part, whole in NOT_MORE_THAN:
        _refuse_more(block, part, whole, told, reading)
    # Where the joint outcome is not given, its parts must still fit in those who left.
    for part in _PARTS:
        _refuse_more(block, part, "avslutade", told, reading)
    measures = block.measures
    joint, unknown, ended = map(measures.get, ("till_arbete_studier", "avslutade_utan_uppgift", "avslutade"))
    if joint and unknown and ended:
        too_many = block.live & (joint.value + unknown.value > ended.value)
        too_many &= ~told["till_arbete_studier"] & ~told["avslutade_utan_uppgift"]
        for index in np.flatnonzero(too_many).tolist():
            reading.findings.refuse(
                "summa_fler_an", block.table.sheet, int(block.table.lines[index]), unknown.column.name,
                _whole(unknown.value[index]), annan=joint.column.name, annat_varde=_whole(joint.value[index]),
                hel=ended.column.name, helt_varde=_whole(ended.value[index]),
            )  # fmt: skip


def _refuse_more(block: Block, part: str, whole: str, told: dict[str, NDArray[np.bool_]], reading: Reading) -> None:
    smaller, larger = block.measures.get(part), block.measures.get(whole)
    if smaller is None or larger is None:
        return
    more = block.live & (smaller.value > larger.value) & ~told.get(part, np.zeros(len(block.live), dtype=bool))
    told[part] = told.get(part, np.zeros(len(block.live), dtype=bool)) | more
    for index in np.flatnonzero(more).tolist():
        reading.findings.refuse(
            "fler_an", block.table.sheet, int(block.table.lines[index]), smaller.column.name,
            _whole(smaller.value[index]), annan=larger.column.name, annat_varde=_whole(larger.value[index]),
        )  # fmt: skip


def _whole(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")


def _rows_frame(blocks: Sequence[Block]) -> pd.DataFrame:
    """The live rows of the blocks: place in the file, subject, period and gender as numbers."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "block": number,
                    "index": np.flatnonzero(block.live),
                    "subject": block.subject[block.live],
                    "period": block.period[block.live],
                    "gender": block.gender[block.live],
                }
            )
            for number, block in enumerate(blocks)
        ],
        ignore_index=True,
    )


def _place(blocks: Sequence[Block], frame: pd.DataFrame, at: int) -> tuple[str, int]:
    table = blocks[frame["block"].iat[at]].table
    return table.sheet, int(table.lines[frame["index"].iat[at]])


def _period_name(block: Block) -> str:
    key = next((key for key in ("manad", "period", "insatsperiod", "fran") if block.table.find(key)), "manad")
    return block.table.name(key)


def check_once(blocks: Sequence[Block], reading: Reading) -> None:
    """Refuse the second row for the same insats, period and kön."""
    frame = _rows_frame(blocks)
    key = ["subject", "period", "gender"]
    repeated = frame.duplicated(key)
    if not repeated.any():
        return
    first = frame.assign(at=frame.index).groupby(key)["at"].transform("min")
    for at in np.flatnonzero(repeated).tolist():
        sheet, line = _place(blocks, frame, at)
        subject, period, gender = (int(frame[name].iat[at]) for name in key)
        other_sheet, other_line = _place(blocks, frame, first.iat[at])
        reading.findings.refuse(
            "manad_dubbel", sheet, line, _period_name(blocks[frame["block"].iat[at]]),
            insats=reading.subject_name(subject), period=reading.periods.things[period].code, kon=GENDERS[gender],
            annat_blad=other_sheet if other_sheet != sheet else "", annan_rad=other_line,
        )  # fmt: skip


def check_overlaps(blocks: Sequence[Block], reading: Reading) -> None:
    """Refuse rows whose period overlaps, in part or nested, the period of an earlier row for the same insats."""
    frame = _rows_frame(blocks)
    periods = reading.periods.things
    starts = np.array([period.start.toordinal() for period in periods], dtype=np.int64)
    ends = np.array([period.end.toordinal() for period in periods], dtype=np.int64)
    pairs = frame.drop_duplicates(["subject", "period"])
    pairs = pairs.assign(start=starts[pairs["period"]], end=ends[pairs["period"]])
    pairs = pairs.sort_values(["subject", "start", "end"])
    reached = pairs.groupby("subject")["end"].cummax().shift()
    same = pairs["subject"].eq(pairs["subject"].shift())
    suspects = set(pairs.loc[same & (pairs["start"] <= reached), "subject"])
    for subject in suspects:
        earlier: list[tuple[int, int]] = []
        own = pairs[pairs["subject"] == subject].sort_index()
        for place, number in zip(own.index, own["period"], strict=True):
            period = periods[number]
            clash = next((other for other, other_number in earlier if periods[other_number].overlaps(period)), None)
            earlier.append((place, number))
            if clash is None:
                continue
            other_sheet, other_line = _place(blocks, frame, clash)
            other = periods[frame["period"].iat[clash]]
            rows = frame.index[(frame["subject"] == subject) & (frame["period"] == number)]
            for at in rows:
                sheet, line = _place(blocks, frame, at)
                reading.findings.refuse(
                    "perioder_overlappar", sheet, line, _period_name(blocks[frame["block"].iat[at]]),
                    insats=reading.subject_name(subject), period=period.code, annan_period=other.code,
                    annat_blad=other_sheet if other_sheet != sheet else "", annan_rad=other_line,
                )  # fmt: skip


def check_genders(blocks: Sequence[Block], reading: Reading) -> None:
    """Warn of a lacking row for one kön, a stated total that is not its parts, and a kön that the insats is not for."""
    frame = _rows_frame(blocks)
    if frame.empty:
        return
    wide = (
        frame.assign(at=frame.index)
        .drop_duplicates(["subject", "period", "gender"])
        .pivot(index=["subject", "period"], columns="gender", values="at")
        .reindex(columns=range(len(GENDERS)))
    )
    total, women, men = (wide[GENDERS.index(gender)] for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN))
    _warn_lacking(blocks, frame, wide, total, women, men, reading)
    stated = wide[total.notna() & women.notna() & men.notna()]
    for matt in COUNTS:
        _warn_total(blocks, frame, stated, matt, reading)
    _warn_scope(blocks, frame, reading)


def _warn_lacking(
    blocks: Sequence[Block], frame: pd.DataFrame, wide: pd.DataFrame,
    total: pd.Series, women: pd.Series, men: pd.Series, reading: Reading,
) -> None:  # fmt: skip
    for lacking, present, gender, scope in (
        (women, men, Gender.KVINNA, GenderScope.MAN),
        (men, women, Gender.MAN, GenderScope.KVINNOR),
    ):
        gap = wide.index[lacking.isna() & present.notna() & total.isna()]
        for subject, period in gap:
            insats = reading.insatser.get(reading.subjects.things[subject])
            if insats is not None and insats.gender_scope == scope:
                continue
            sheet, line = _place(blocks, frame, int(present[(subject, period)]))
            reading.findings.warn(
                "rad_for_kon_saknas", sheet, line, kon=gender,
                insats=reading.subject_name(subject), period=reading.periods.things[period].code,
                kod=reading.subjects.things[subject],
            )  # fmt: skip


def _values(blocks: Sequence[Block], frame: pd.DataFrame, places: pd.Series, matt: str) -> NDArray[np.float64]:
    """The values of a mått at places in the frame; NaN where the row or the column is lacking."""
    every = np.full(len(frame) + 1, np.nan)
    for number, block in enumerate(blocks):
        if measure := block.measures.get(matt):
            rows = np.flatnonzero(frame["block"].to_numpy() == number)
            every[rows] = measure.value[frame["index"].to_numpy()[rows]]
    return every[places.fillna(len(frame)).to_numpy(dtype=np.intp)]


def _warn_total(
    blocks: Sequence[Block], frame: pd.DataFrame, stated: pd.DataFrame, matt: str, reading: Reading
) -> None:
    if stated.empty:
        return
    value = {gender: _values(blocks, frame, stated[number], matt) for number, gender in enumerate(GENDERS)}
    parts = value[Gender.KVINNA] + value[Gender.MAN] + np.nan_to_num(value[Gender.ANNAT_OKANT])
    differ = np.abs(value[Gender.ALLA] - parts) > 0
    for at in np.flatnonzero(differ).tolist():
        place = int(stated[GENDERS.index(Gender.ALLA)].iloc[at])
        sheet, line = _place(blocks, frame, place)
        measure = blocks[frame["block"].iat[place]].measures[matt]
        reading.findings.warn(
            "total_avviker", sheet, line, measure.column.name, _whole(value[Gender.ALLA][at]), summa=_whole(parts[at])
        )


def _warn_scope(blocks: Sequence[Block], frame: pd.DataFrame, reading: Reading) -> None:
    """A figure for a kön that the insats is not registered for.

    Only a warning: the registration may be what is wrong, and a file must not have to lie to be read.
    """
    outside = {GenderScope.KVINNOR: Gender.MAN, GenderScope.MAN: Gender.KVINNA}
    wrong = np.full(max(len(reading.subjects.things), 1), -1)
    for number, kod in enumerate(reading.subjects.things):
        insats = reading.insatser.get(kod)
        if insats is not None and insats.gender_scope in outside:
            wrong[number] = GENDERS.index(outside[insats.gender_scope])
    suspects = frame[wrong[frame["subject"]] == frame["gender"]]
    for at in suspects.index:
        block, index = blocks[frame["block"].iat[at]], frame["index"].iat[at]
        if any(measure.value[index] > 0 for measure in block.measures.values()):
            sheet, line = _place(blocks, frame, at)
            subject = int(frame["subject"].iat[at])
            reading.findings.warn(
                "kon_utanfor_insats",
                sheet,
                line,
                insats=reading.subject_name(subject),
                kon=GENDERS[frame["gender"].iat[at]],
            )


def check_total_row(table: MonthlyTable, total: TotalRow, reading: Reading) -> None:
    """Compare a row of sums with the rows it sums: one warning that tells it is not stored, one a sum that differs.

    A row of sums may count the rows of the parts, the rows of stated totals or all rows: any of them will do.
    """
    first = table.blocks[0].table
    line = int(first.lines[total.index])
    agreed = True
    for block in table.blocks:
        rows = block.live.copy()
        for name in ("subject", "period", "gender"):
            if (wanted := getattr(total, name)) is not None:
                rows &= getattr(block, name) == wanted
        is_total = block.gender == GENDERS.index(Gender.ALLA)
        for measure in block.measures.values():
            stated = measure.value[total.index]
            if np.isnan(stated):
                continue
            cuts = [rows & cut for cut in (~is_total, is_total, np.True_) if (rows & cut).any()]
            sums = [np.nansum(measure.value[cut]) for cut in cuts]
            if sums and stated not in sums:
                agreed = False
                reading.findings.warn(
                    "summarad_avviker", first.sheet, line, measure.column.name, _whole(stated), summa=_whole(sums[0])
                )
    if agreed:
        reading.findings.warn("summarad_stammer", first.sheet, line)
