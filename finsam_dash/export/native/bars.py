"""Numbers of persons as bars: in and out, before and after, the way in."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_dash.export.native.parts import PALETTE, BarChart, BarSeries
from finsam_dash.model import Measured, Unit, Value
from finsam_dash.report.content_insats import FlowCategory, FlowMonth, RecruitmentStep
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.numbers import format_value
from finsam_dash.wording.periods import format_month_short


def _number(value: Value) -> float | None:
    return value.value if isinstance(value, Measured) else None


def build_flow_chart(months: Sequence[FlowMonth]) -> BarChart | None:
    """New up, left down, pågående as a line, month by month; None where no month is known."""
    if not any(isinstance(month.nya, Measured) or isinstance(month.avslutade, Measured) for month in months):
        return None
    left = [_number(month.avslutade) for month in months]
    soft = tuple(index for index, month in enumerate(months) if month.preliminary)
    return BarChart(
        # Three letters: LibreOffice writes every label and breaks a longer one in two.
        tuple(
            f"{format_month_short(month.period.start.month)[:3]} {month.period.start.year % 100:02d}"
            for month in months
        ),
        (
            BarSeries("Nya", tuple(_number(month.nya) for month in months), PALETTE.data, hatched=soft),
            BarSeries(
                "Avslutade", tuple(None if value is None else -value for value in left), PALETTE.context, hatched=soft
            ),
        ),
        (BarSeries("Pågående vid månadens början", tuple(_number(month.pagaende) for month in months), PALETTE.text),),
        stacked=True,
    )


def build_forsorjning_chart(categories: Sequence[FlowCategory]) -> BarChart | None:
    """Persons in each försörjning before and after, lying bars; None where none is known."""
    if not any(isinstance(one.before, Measured) or isinstance(one.after, Measured) for one in categories):
        return None
    return BarChart(
        tuple(category.label for category in categories),
        (
            BarSeries(
                "Före",
                tuple(_number(category.before) for category in categories),
                PALETTE.context,
                tuple(format_value(category.before, Unit.ANTAL) for category in categories),
            ),
            BarSeries(
                "Efter",
                tuple(_number(category.after) for category in categories),
                PALETTE.data,
                tuple(format_value(category.after, Unit.ANTAL) for category in categories),
            ),
        ),
        lying=True,
    )


def build_recruitment_chart(steps: Sequence[RecruitmentStep]) -> BarChart | None:
    """Persons in each step, lying bars from above; None where none is known."""
    if not any(isinstance(step.count, Measured) for step in steps):
        return None
    return BarChart(
        tuple(capitalise(step.label) for step in steps),
        (
            BarSeries(
                "Antal personer",
                tuple(_number(step.count) for step in steps),
                PALETTE.data,
                tuple(format_value(step.count, Unit.ANTAL) for step in steps),
            ),
        ),
        lying=True,
    )
