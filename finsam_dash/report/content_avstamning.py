"""The Avstämning section of the Report: printed results beside what their stored parts give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finsam_dash.model import Document, PrintedResult


class AvstamningStatus(StrEnum):
    """Whether the printed result is what its parts give."""

    STAMMER = "stammer"
    AVVIKER = "avviker"
    KAN_EJ_RAKNAS = "kan_ej_raknas"


class Ground(StrEnum):
    """Why a row stämmer: as printed, because the document hedges, or because its parts are rounded."""

    LIKA = "lika"
    UNGEFAR = "ungefar"
    AVRUNDNING = "avrundning"
    INGEN = ""


@dataclass(frozen=True)
class AvstamningRow:
    """One printed result and what its parts give. `recomputed` is None where nothing can be computed.

    `tokens` is the expression with every reference replaced by its number (plain digits, decimal point), and `ratio`
    its numerator and denominator worked out, where it is a division. `lacking` is the reference that names no stored
    figure, or the text that is no expression.
    """

    result: PrintedResult
    status: AvstamningStatus
    recomputed: Decimal | None = None
    tokens: tuple[str, ...] = ()
    ratio: tuple[str, str] | None = None
    ground: Ground = Ground.INGEN
    lacking: str = ""


@dataclass(frozen=True)
class Avstamning:
    """Printed results in the documents' order, and the documents that they are printed in."""

    rows: tuple[AvstamningRow, ...]
    documents: tuple[Document, ...]
