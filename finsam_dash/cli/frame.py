"""What every command shares: the store, the voice, the answer and the day."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from finsam_dash.deliveries import RefusedDeliveryError, prepare_store
from finsam_dash.model import Actor, Lage
from finsam_dash.report.content import Report
from finsam_dash.report.protection import find_plan
from finsam_dash.store import Store, StoreError
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.periods import STOCKHOLM
from finsam_dash.wording.protection import MAKING, format_protection
from finsam_dash.wording.store import format_refused_delivery, format_store_error, format_store_warning

ACTOR = Actor()
FILLING = "Databasen fylls med det som följer med programmet: publicerade uppgifter och ett exempel. Vänta lite."


def refuse(*sentences: str) -> NoReturn:
    """Say why on stderr and exit 1."""
    for sentence in sentences:
        tell(sentence)
    raise click.exceptions.Exit(1)


def tell(sentence: str) -> None:
    """Progress, warnings and first-start messages go to stderr."""
    click.echo(format_plain(sentence), err=True)


def print_json(content: Any) -> None:
    """Write one JSON document to stdout in UTF-8, whatever the console's own encoding is."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
        sys.stdout.buffer.flush()
    except (AttributeError, OSError):
        # What the command did is done; only its answer is lost.
        refuse("Svaret gick inte att skriva ut. Är disken full, eller är utmatningen stängd?")


def print_answer(as_json: bool, content: Callable[[], dict[str, Any]], lines: Callable[[], Iterable[str]]) -> None:
    """Write what a command found: its JSON and nothing else, or its lines."""
    if as_json:
        print_json(content())
        return
    for line in lines():
        click.echo(format_plain(line))


def check_file(what: str, place: Path) -> None:
    """Refuse a file that is not there; `what` is its word in definite form."""
    if not place.is_file():
        refuse(f"{what} ”{place}” finns inte. Kontrollera namnet och mappen.")


def write_file(place: Path, content: bytes) -> None:
    """Write the file, whole or not at all, and the folder it stands in, or say why it cannot be written."""
    unfinished = place.with_name(f"{place.name}.ofardig")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(content)
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            refuse(f"”{place}” kan inte skrivas: disken är full. Frigör plats och försök igen.")
        refuse(f"”{place}” kan inte skrivas. Är filen öppen i ett annat program, eller saknas rättigheter till mappen?")


def announce_protection(store: Store, forbund: str, lage: Lage) -> None:
    """Say that the first cut of a data version takes longer than the next."""
    if lage is Lage.PUBLICERING and find_plan(store, forbund) is None:
        tell(MAKING)


def tell_protection(report: Report) -> None:
    """Say why a cut that publicering refuses is all hidden."""
    for sentence in format_protection(report)[1:]:
        tell(sentence)


def today() -> date:
    """Stockholm's today; the only clock of the command line."""
    return datetime.now(STOCKHOLM).date()


def answer_in_swedish(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what store and deliveries refuse into a sentence on stderr and exit 1, or 2 if no address is understood."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except StoreError as error:
            if error.code == "ogiltig_adress":
                raise click.UsageError(format_store_error(error)) from error
            refuse(format_store_error(error))
        except RefusedDeliveryError as error:
            refuse(format_refused_delivery(error))

    return wrapped


class App:
    """What the global options say; the store is opened when a command first asks for it."""

    def __init__(self, url: str | None, *, empty: bool) -> None:
        self.url, self.empty = url, empty
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The store, created, migrated and filled on first use; what that takes is told on stderr."""
        if self._store is None:
            told = False

            def progress(share: float) -> None:
                nonlocal told
                if not told:
                    tell(FILLING)
                    told = True

            self._store = prepare_store(self.url, empty=self.empty, progress=progress)
            for warning in self._store.warnings:
                tell(format_store_warning(warning))
        return self._store
