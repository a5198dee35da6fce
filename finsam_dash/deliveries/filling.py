"""A store that is ready for use: created, migrated, and holding the published data and the example förbund.

A folder of data holds forbund.csv, grupper.csv, insatser.csv, insatsperioder.csv and dokument.csv, and one file of
figures for every document: `<förbund>-<name>.csv`, or the file that dokument.csv itself names.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from finsam_dash.deliveries.preview import build_preview, read_file, save_read
from finsam_dash.deliveries.registers import save_published_registers
from finsam_dash.model import (
    Actor,
    ComparisonValue,
    CountingMode,
    Forbund,
    Gender,
    GenderScope,
    Insats,
    InsatsPeriod,
    Period,
    Purpose,
)
from finsam_dash.store import (
    Delivery,
    DeliveryState,
    Store,
    load_all_forbund,
    load_content,
    load_deliveries,
    load_grupper,
    open_store,
    save_comparison_values,
    save_content,
    save_forbund,
    save_grupp,
    save_new_insatser,
)

DATA = Path(__file__).resolve().parents[2] / "data"
FOLDERS = (DATA / "publicerat", DATA / "exempel")
COMPARISON_VALUES = DATA / "referens" / "jamforelsevarden.csv"

PROGRAM = Actor("program", "finsam_dash")
"""Who delivers what comes with the program."""

Row = dict[str, str]


class PublishedDataError(Exception):
    """A file that comes with the program cannot be read; a fault of the program, never of the user."""


@dataclass(frozen=True)
class Document:
    """A file of figures that comes with the program, and the day from which its content was known."""

    path: Path
    forbund: str
    name: str
    known_from: date


def prepare_store(
    url: str | None = None,
    *,
    empty: bool = False,
    progress: Callable[[float], None] | None = None,
    folders: tuple[Path, ...] = FOLDERS,
    comparison_values: Path = COMPARISON_VALUES,
) -> Store:
    """Open the store; a new one is filled unless `empty`, one process at a time, and an interrupted filling goes on.

    What a later version of the program brings reaches a store that was filled, except what was undone there and
    figures that others have delivered since. `progress` is called with the share done. Raises the StoreErrors of
    open_store, and PublishedDataError.
    """

    def prepare(store: Store) -> None:
        content = load_content(store)
        if content == "nytt" and empty:
            content = "tomt"
            save_content(store, content, PROGRAM)
        if content == "tomt":
            return
        digest = _digest(folders, comparison_values)
        if content == digest:
            return
        for folder in folders:
            _register(store, folder)
        documents = sorted(
            (document for folder in folders for document in _list_documents(folder)),
            key=lambda document: (document.known_from, document.path.name),
        )
        deliveries = {forbund.kod: load_deliveries(store, forbund.kod) for forbund in load_all_forbund(store)}
        for place, document in enumerate(documents):
            _deliver(store, document, deliveries[document.forbund])
            if progress is not None:
                progress((place + 1) / len(documents))
        for folder in folders:
            save_published_registers(store, folder, PROGRAM)
        _register_comparison_values(store, comparison_values)
        save_content(store, digest, PROGRAM)

    return open_store(url, prepare=prepare)


def _digest(folders: tuple[Path, ...], comparison_values: Path) -> str:
    """One text for all that comes with the program; another as soon as one byte of it is."""
    digest = hashlib.sha256()
    for path in (*(path for folder in folders for path in sorted(folder.glob("*.csv"))), comparison_values):
        if path.is_file():
            digest.update(f"{path.parent.name}/{path.name}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read_rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _register(store: Store, folder: Path) -> None:
    """Add the förbund, grupper and insatser that the store lacks; what it has is the user's by now."""
    known = {forbund.kod for forbund in load_all_forbund(store)}
    for row in _read_rows(folder / "forbund.csv"):
        if row["kod"] not in known:
            save_forbund(store, Forbund(row["kod"], row["namn"], row["pahittad"] == "ja"), PROGRAM)
    for row in _read_rows(folder / "grupper.csv"):
        if row["kod"] not in load_grupper(store, row["forbund"]):
            save_grupp(store, row["forbund"], row["kod"], row["namn"], PROGRAM)
    insatser: dict[str, dict[str, Insats]] = {}
    for row in _read_rows(folder / "insatser.csv"):
        insatser.setdefault(row["forbund"], {})[row["kod"]] = _to_insats(row)
    for row in _read_rows(folder / "insatsperioder.csv"):
        own = insatser[row["forbund"]]
        part = InsatsPeriod(
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["slut"]) if row["slut"] else None,
            row["etikett"],
            row["notering"],
        )
        own[row["insats"]] = replace(own[row["insats"]], periods=(*own[row["insats"]].periods, part))
    for forbund, own in insatser.items():
        save_new_insatser(store, forbund, own.values(), PROGRAM)


def _to_insats(row: Row) -> Insats:
    return Insats(
        kod=row["kod"],
        namn=row["namn"],
        kortnamn=row["kortnamn"],
        purpose=Purpose(row["syfte_typ"]) if row["syfte_typ"] else None,
        form=row["form"],
        counting_mode=CountingMode(row["raknesatt"]),
        gender_scope=GenderScope(row["kon"]),
        huvudman=row["huvudman"],
        parter=row["parter"],
        malgrupp=row["malgrupp"],
        syfte=row["syfte"],
        ort=row["ort"],
        kommun=row["kommun"],
        grupp=row["grupp"],
        predecessors=tuple(kod.strip() for kod in row["foregangare"].split(",") if kod.strip()),
        order=int(row["ordning"] or 0),
    )


def _list_documents(folder: Path) -> Iterator[Document]:
    """The files of figures in a folder, each with the document that it holds."""
    by_document = {row["dokument"]: row for row in _read_rows(folder / "dokument.csv")}
    codes = [row["kod"] for row in _read_rows(folder / "forbund.csv")]
    for path in sorted(folder.glob("*.csv")):
        row = by_document.get(path.name)
        if row is None:
            if not any(path.name.startswith(f"{kod}-") for kod in codes):
                continue
            row = by_document[_read_rows(path)[0]["Dokument"]]
        yield Document(path, row["forbund"], row["kort"], date.fromisoformat(row["datum"]))


def _deliver(store: Store, document: Document, deliveries: tuple[Delivery, ...]) -> None:
    """Deliver one file, unless it is there already or the user has undone it."""
    data = document.path.read_bytes()
    own = [delivery for delivery in deliveries if delivery.fil == document.path.name and delivery.actor == PROGRAM]
    if own and own[-1].state is DeliveryState.ANGRAD:
        return
    if any(delivery.sha256 == hashlib.sha256(data).hexdigest() for delivery in own):
        return
    # What a document says of the years to come was known when it was printed.
    read = read_file(store, document.forbund, data, document.path.name, today=date.max)
    if read.problems:
        found = ", ".join(f"{problem.code} (rad {problem.row})" for problem in read.problems[:5])
        raise PublishedDataError(f"{document.path.name}: {found}")
    others = [delivery.id for delivery in deliveries if delivery.actor != PROGRAM]
    preview = build_preview(store, document.forbund, read, judge=False, keep=others)
    save_read(
        store,
        read,
        preview,
        PROGRAM,
        filename=document.path.name,
        known_from=document.known_from,
        name=document.name,
        replace=True,
    )


def _register_comparison_values(store: Store, path: Path) -> None:
    save_comparison_values(store, [_to_comparison_value(row) for row in _read_rows(path)], PROGRAM)


def _to_comparison_value(row: Row) -> ComparisonValue:
    return ComparisonValue(
        indikator=row["indikator"],
        gender=Gender(row["kon"]),
        kind=row["slag"],
        name=row["namn"],
        period=Period(date.fromisoformat(row["start"]), date.fromisoformat(row["slut"])),
        value=_number(row["varde"]) or 0.0,
        source=row["kalla"],
        numerator=_number(row["taljare"]),
        denominator=_number(row["namnare"]),
        extracted=date.fromisoformat(row["uttagsdatum"]) if row["uttagsdatum"] else None,
        note=row["notering"],
    )


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None
