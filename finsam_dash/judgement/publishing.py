"""The narrow fail-closed rule of publicering: what may leave the house, everything else is hidden."""

from __future__ import annotations

from dataclasses import replace

from finsam_dash.model import DenominatorType, Gender, IndicatorRow, Measured, Period, Settings, Suppressed

PUBLISHABLE = ("avslutade", "till_arbete_studier", "andel_arbete_studier")


def hide(row: IndicatorRow) -> IndicatorRow:
    """The row with nothing left that could tell its value: no numbers, coverage, sources or remarks."""
    return replace(row, value=Suppressed(), coverage=None, sources=(), codes=())


def protect_rows(rows: tuple[IndicatorRow, ...], period: Period, settings: Settings) -> tuple[IndicatorRow, ...]:
    """Hide every measured row but the förbund's headline share and its two counts, in one calendar year, kön alla.

    Those three are shown together or not at all: only where k, n − k and n are nobody or at least the threshold and
    the denominator is all avslutade. Missing rows stay as they are.
    """
    headline = next(
        (
            row
            for row in rows
            if row.subject is None and row.gender is Gender.ALLA and row.indikator == "andel_arbete_studier"
        ),
        None,
    )
    avslutade = next(
        (row for row in rows if row.subject is None and row.gender is Gender.ALLA and row.indikator == "avslutade"),
        None,
    )
    shown = (
        period.is_calendar_year
        and headline is not None
        and avslutade is not None
        and headline.coverage is None
        and headline.namnare_typ is DenominatorType.AVSLUTADE
        and isinstance(headline.value, Measured)
        and isinstance(avslutade.value, Measured)
        and headline.value.denominator == avslutade.value.value
        and is_publishable_share(headline.value, settings)
    )
    return tuple(
        row
        if not isinstance(row.value, Measured)
        or (shown and row.subject is None and row.gender is Gender.ALLA and row.indikator in PUBLISHABLE)
        else hide(row)
        for row in rows
    )


def is_publishable_share(value: Measured, settings: Settings) -> bool:
    """Whether k, n − k and n are each at least the threshold, or zero where the settings let zero be shown."""
    if value.numerator is None or value.denominator is None:
        return False
    k, n = value.numerator, value.denominator
    return all(count >= settings.threshold or (count == 0 and settings.show_zero) for count in (k, n - k, n))
