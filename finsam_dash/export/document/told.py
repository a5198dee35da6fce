"""What stands under tables, said once: the writers of Word, pdf and html ask here what a table has to say anew."""

from __future__ import annotations

from typing import Final

_SOURCE: Final = "Källa: "


class Told:
    """What has been said since the last heading.

    A note is said once. A source line is said again where another source has come between: a table without one is
    read as from the source above it.
    """

    def __init__(self) -> None:
        self._notes: set[str] = set()
        self._source = ""

    def forget(self) -> None:
        """Begin anew, at a heading."""
        self._notes.clear()
        self._source = ""

    def list_new(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the notes that are not said already."""
        return tuple(note for note in notes if note != self._source and (_SOURCE in note or note not in self._notes))

    def say(self, notes: tuple[str, ...]) -> None:
        """Remember the notes as said."""
        self._notes.update(notes)
        self._source = next((note for note in reversed(notes) if _SOURCE in note), self._source)
