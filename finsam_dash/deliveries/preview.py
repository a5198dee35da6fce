"""What a read file would change, and saving it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from finsam_dash.deliveries.changes import ChangedFigure, Changes, read_period
from finsam_dash.deliveries.plausibility import judge_delivery
from finsam_dash.deliveries.questions import DeliveryWarning
from finsam_dash.indicators.registry import load_registry
from finsam_dash.intake import IntakeContext, ReadDelivery, Warning_, read_delivery
from finsam_dash.model import Actor, Insats, Period
from finsam_dash.store import (
    NEW,
    SAME,
    CodedFigures,
    Comment,
    DeliveryMeta,
    Progress,
    Store,
    code_figures,
    load_coded,
    load_diff,
    load_grupper,
    load_insatser,
    load_unstated_starts,
    save_delivery,
)

__all__ = ["ChangedFigure", "Preview", "RefusedDeliveryError", "build_preview", "read_file", "save_read"]


class RefusedDeliveryError(Exception):
    """A delivery is not saved. Codes: "problem" (the file has problems), "andrar" (it changes stored figures)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, eq=False)
class Preview:
    """What saving a read file would do to the store at one data version; for intern surfaces only.

    `new` and `unchanged` count figures. An empty cell where nothing is stored counts as neither and leaves nothing.
    """

    forbund: str
    data_version: int
    new: int
    unchanged: int
    changes: Changes
    warnings: tuple[DeliveryWarning, ...]
    new_insatser: tuple[Insats, ...]
    figures: CodedFigures = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the store already says what the file says: "inga ändringar"."""
        return not self.new and not self.changes


def read_file(
    store: Store, forbund: str, data: bytes, filename: str, *, today: date, create_insatser: bool = False
) -> ReadDelivery:
    """Read a delivered file against what is registered about the förbund. Raises UnknownForbundError."""
    registry = load_registry()
    units = {kod: one.unit for part in (registry.matt, registry.indikatorer) for kod, one in part.items()}
    context = IntakeContext(
        forbund=forbund,
        insatser=load_insatser(store, forbund),
        today=today,
        grupper=load_grupper(store, forbund),
        create_insatser=create_insatser,
        matt_codes=frozenset(units),
        matt_units=units,
        unstated_starts=load_unstated_starts(store, forbund),
    )
    return _without_stored_rows(store, forbund, read_delivery(data, filename, context))


def _without_stored_rows(store: Store, forbund: str, read: ReadDelivery) -> ReadDelivery:
    """Leave out the question about a lacking row for one kön where all that it would say is stored already.

    A corrected file may hold the changed rows alone: an absent row leaves what is stored.
    """
    lacking = [one for one in read.warnings if one.code == "rad_for_kon_saknas"]
    if not lacking or read.problems:
        return read
    coded = load_coded(store, forbund, subjects={one.part("kod") for one in lacking}, undivided=True)
    stored: dict[tuple[str, Period, str], set[str]] = {}
    for subject, series, when in zip(coded.subject, coded.series, coded.period, strict=True):
        matt, _, _, gender = coded.all_series[series]
        key = (coded.subjects[subject][1], read_period(*coded.periods[when]), gender)
        stored.setdefault(key, set()).add(matt)
    # The template's columns are all there, and those that the insats does not use are empty in both rows.
    said = read.figures[read.figures["value"].notna()]
    columns = said[["subject", "start", "end", "matt"]].astype(str).drop_duplicates()
    wanted: dict[tuple[str, Period], set[str]] = {}
    for kod, start, end, matt in columns.itertuples(index=False):
        wanted.setdefault((kod, read_period(start, end)), set()).add(matt)

    def is_stored(one: Warning_) -> bool:
        kod, when = one.part("kod"), Period.parse(one.part("period"))
        return wanted.get((kod, when), set()) <= stored.get((kod, when, one.part("kon")), set())

    told = tuple(one for one in read.warnings if one.code != "rad_for_kon_saknas" or not is_stored(one))
    return replace(read, warnings=told)


def build_preview(
    store: Store, forbund: str, read: ReadDelivery, *, judge: bool = True, keep: Collection[int] = ()
) -> Preview:
    """Compare a read file with what is stored; unless `judge`, without asking whether it is likely.

    Changes of figures that are current from one of the deliveries in `keep` are left out, as if not in the file.

    Raises UnknownForbundError, and RefusedDeliveryError "problem" for a file with problems.
    """
    if read.problems:
        raise RefusedDeliveryError("problem")
    coded = code_figures(read.figures)
    diff = load_diff(store, forbund, coded)
    kept = np.isin(diff.leverans, list(keep))
    changes = Changes(coded, diff, np.flatnonzero(~kept))
    fresh = diff.status == NEW
    fresh[diff.changed[~kept]] = True
    wanted = fresh | (diff.status == SAME)
    return Preview(
        forbund=forbund,
        data_version=diff.data_version,
        new=diff.count(NEW),
        unchanged=diff.count(SAME),
        changes=changes,
        warnings=(
            judge_delivery(store, forbund, coded, fresh, changes, totals_told=read.form == "manad") if judge else ()
        ),
        new_insatser=read.new_insatser,
        figures=coded if wanted.all() else coded.take(wanted),
    )


def save_read(
    store: Store,
    read: ReadDelivery,
    preview: Preview,
    actor: Actor,
    *,
    filename: str,
    known_from: date,
    name: str = "",
    replace: bool = False,
    progress: Progress | None = None,
) -> int | None:
    """Save what was previewed, whole or not at all; the delivery's number, None when nothing would change.

    The delivery holds every figure of the file, the unchanged too, so that they stay when an earlier one is undone.
    `known_from` is the uttagsdatum, or the day of import. Raises RefusedDeliveryError "andrar" when stored figures
    would change and `replace` does not say so, and StoreError "andrad_under_tiden" when the store has changed since
    the preview.
    """
    if preview.is_empty:
        return None
    if preview.changes and not replace:
        raise RefusedDeliveryError("andrar")
    return save_delivery(
        store,
        preview.forbund,
        preview.figures,
        DeliveryMeta(filename, read.sha256, read.row_count, read.form, known_from, name),
        actor,
        new_insatser=preview.new_insatser,
        comments=[Comment(comment.text, comment.insats, comment.period) for comment in read.comments],
        counts={"nya": preview.new, "andrade": len(preview.changes), "oforandrade": preview.unchanged},
        expected_version=preview.data_version,
        progress=progress,
    )
