"""docs/TACKNING.md: every goal, table and numeric result of the documents, and where it lives in the product.

Made from data/publicerat alone. Write it with `python -m finsam_dash.wording.coverage_page docs/TACKNING.md`.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from finsam_dash.deliveries.filling import DATA
from finsam_dash.model import Period, TableKind
from finsam_dash.wording.method_page import format_table
from finsam_dash.wording.names import format_name
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.samverkan import format_field, format_kind, format_measure
from finsam_dash.wording.targets import format_level

FOLDER: Final = DATA / "publicerat"
Row = Mapping[str, str]
_HEAD: Final = (
    "# Täckning\n\n"
    "Varje mål, tabell och tryckt tal i de fem dokumenten och var det finns i programmet. Sidan är gjord av\n"
    "programmet ur data/publicerat. Ändra där, inte här, och skriv sedan om sidan. Ett test jämför.\n"
)
PLACES: Final = (
    ("Mål med utfall", "mal.csv, malutfall.csv", "Mål, Insats", "malbild"),
    ("Siffror om deltagare", "<förbund>-<dokument>.csv", "Översikt, Insats, Jämförelse", "indikatorer"),
    ("Uppföljningar", "<förbund>-<dokument>.csv, indelning uppfoljning", "Försörjning", "uppfoljning"),
    ("Belopp", "ekonomi.csv", "Ekonomi", "ekonomi"),
    ("Samverkan", "samverkan.csv", "Samverkan", "samverkan"),
    ("Beslut och öden", "beslut.csv", "Insats, Samverkan", "rapport"),
    ("Texter", "insatstexter.csv", "Insats, Samverkan", "rapport"),
    ("Tryckta resultat mot omräknade", "avstamning.csv", "Avstämning", "avstamning"),
)


def read_rows(name: str) -> list[Row]:
    """The rows of one file of data/publicerat."""
    text = (FOLDER / name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def read_figures() -> list[Row]:
    """Every figure of the documents, with the column names of the other files."""
    rows: list[Row] = []
    for path in sorted(FOLDER.glob("*-*.csv")):
        for row in read_rows(path.name):
            rows.append({**row, "dokument": row["Dokument"], "rubrik": row["Rubrik"], "uttryck": row["Uttryck"]})
    return rows


def format_coverage_page() -> str:
    """The whole page as Markdown."""
    tables = {
        "mal": read_rows("mal.csv"),
        "malutfall": read_rows("malutfall.csv"),
        "siffror": read_figures(),
        "belopp": read_rows("ekonomi.csv"),
        "samverkan": read_rows("samverkan.csv"),
        "beslut": read_rows("beslut.csv"),
        "texter": read_rows("insatstexter.csv"),
        "avstamning": read_rows("avstamning.csv"),
    }
    documents = read_rows("dokument.csv")
    parts = [
        _HEAD,
        "## Var uppgifterna finns\n",
        format_table(("Slag", "Fil", "Sida", "Kommando"), list(PLACES)),
        "## Antal per dokument\n",
        format_table(
            ("Dokument", "Mål", "Siffror", "Belopp", "Samverkan", "Beslut", "Texter", "Tryckta resultat", "Omräknade"),
            [_count_document(document, tables) for document in documents],
        ),
    ]
    for document in documents:
        parts += _format_document(document, tables)
    return "\n".join(parts)


def _of(rows: Iterable[Row], document: Row) -> list[Row]:
    return [row for row in rows if row["dokument"] == document["dokument"]]


def _count_document(document: Row, tables: Mapping[str, list[Row]]) -> tuple[str, ...]:
    names = ("mal", "siffror", "belopp", "samverkan", "beslut", "texter", "avstamning")
    counts = [str(len(_of(tables[name], document))) for name in names]
    computed = sum(bool(row["delar"]) for row in _of(tables["avstamning"], document))
    return document["namn"], *counts, str(computed)


def _format_document(document: Row, tables: Mapping[str, list[Row]]) -> Iterator[str]:
    yield f"## {document['namn']}\n"
    yield "### Rubrik för rubrik\n"
    yield format_table(
        ("Rubrik", "Mål", "Siffror", "Belopp", "Samverkan", "Beslut", "Texter", "Tryckta resultat"),
        list(_count_headings(document, tables)),
    )
    described = _of(read_rows("ekonomitabeller.csv"), document)
    if described:
        yield "### Tabeller med belopp\n"
        amounts = Counter(row["tabell"] for row in _of(tables["belopp"], document))
        yield format_table(
            ("Tabell", "Vad den är", "Belopp", "Notering"),
            [
                (row["tabell"], format_name(TableKind(row["slag"])), str(amounts[row["tabell"]]), row["notering"])
                for row in described
            ],
        )
    if goals := _of(tables["mal"], document):
        yield "### Mål\n"
        outcomes = Counter(row["mal"] for row in tables["malutfall"])
        yield format_table(
            ("Kod", "Nivå", "Målet", "Uppgifter om utfall"),
            [(row["kod"], format_level(row["niva"]), row["text"], str(outcomes[row["kod"]])) for row in goals],
        )
    if printed := _of(tables["avstamning"], document):
        yield "### Tryckta resultat\n"
        lives = _find_places(document, tables)
        yield format_table(
            ("Rubrik", "Tryckt", "Kolumn", "Räknas om", "Finns i"),
            [
                (
                    row["rubrik"],
                    row["uttryck"],
                    row["kolumn"],
                    "ja" if row["delar"] else "nej",
                    "; ".join(lives.get((row["rubrik"], row["uttryck"]), ())) or "Avstämning",
                )
                for row in printed
            ],
        )
    yield from _format_words(document, tables)


def _count_headings(document: Row, tables: Mapping[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    names = ("mal", "siffror", "belopp", "samverkan", "beslut", "texter", "avstamning")
    counts = {name: Counter(row["rubrik"] for row in _of(tables[name], document)) for name in names}
    for row in _of(read_rows("rubriker.csv"), document):
        found = [counts[name][row["rubrik"]] for name in names]
        if any(found):
            yield row["rubrik"], *(str(count) if count else "" for count in found)


def _find_places(document: Row, tables: Mapping[str, list[Row]]) -> dict[tuple[str, str], list[str]]:
    """(heading, printed expression) -> every stored figure, amount, number and outcome that it gave."""
    places: dict[tuple[str, str], list[str]] = {}

    def add(row: Row, place: str) -> None:
        found = places.setdefault((row["rubrik"], row["uttryck"]), [])
        if place not in found:
            found.append(place)

    for row in _of(tables["siffror"], document):
        subject = row["Insats/Grupp"] or "förbundet"
        klass = f", {row['Indelning']} {row['Klass']}" if row["Klass"] else ""
        add(row, f"siffra {subject} {row['Mått']}{klass}, {_format_span(row['Från'], row['Till'])}")
    for row in _of(tables["belopp"], document):
        add(row, f"belopp {row['tabell']}: {row['post']}, {row['slut'][:4]} {row['tillstand']}")
    for row in _of(tables["samverkan"], document):
        add(row, f"samverkan {row['namn']}: {format_measure(row['matt'])}")
    for row in _of(tables["malutfall"], document):
        add(row, f"utfall {row['mal']}")
    return places


def _format_span(start: str, end: str) -> str:
    return format_period(Period.parse(f"{start}/{end}"))


def _format_words(document: Row, tables: Mapping[str, list[Row]]) -> Iterator[str]:
    samverkan = _of(tables["samverkan"], document)
    if samverkan:
        yield "### Samverkan\n"
        yield format_table(
            ("Slag", "Vad", "Räknat", "Tryckt"),
            [(format_kind(row["slag"]), row["namn"], format_measure(row["matt"]), row["uttryck"]) for row in samverkan],
        )
    texts = _of(tables["texter"], document)
    if texts:
        yield "### Texter\n"
        counts = Counter((row["insats"] or "hela förbundet", row["falt"]) for row in texts)
        yield format_table(
            ("Insats", "Fält", "Antal"),
            [(insats, format_field(field), str(count)) for (insats, field), count in counts.items()],
        )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(format_coverage_page().encode("utf-8"))
