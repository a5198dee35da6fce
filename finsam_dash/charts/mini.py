"""A target and an outcome in one table cell: a small picture as a data URI.

Streamlit strips inline SVG, so it is an <img alt="">; the row beside it has the words. Nothing in it is text: a
picture inside <img> cannot use the page's font.
"""

from __future__ import annotations

from collections.abc import Callable

from finsam_dash.charts.theme import SCREEN, Theme
from finsam_dash.model import Measured, Missing, Reason, Suppressed, Value

_HEIGHTS = {"screen": 24, "slide": 44, "print": 20}


def build_goal_svg(
    *, value: Value, target: float | None = None, look_here: bool = False, width: int = 176, theme: Theme = SCREEN
) -> str:
    """The SVG of one goal on a scale of 0-100 %: a line with end ticks, interval, target and point.

    Hidden is two dots at the baseline, missing a dash, not applicable one dot; then neither interval nor point, and
    `look_here` says nothing. The target is drawn all the same: the plan prints it.
    """
    medium, palette = theme.medium, theme.palette
    height = _HEIGHTS[medium.name]
    middle = height / 2
    inset = medium.point_look_here / 2 + medium.halo
    tick = medium.bar * 0.7

    def x(share: float) -> str:
        return f"{inset + min(1.0, max(0.0, share)) * (width - 2 * inset):.1f}"

    base_line = medium.axis if theme.is_slide else max(1.5, medium.axis * 0.7)
    base_colour = palette.axis if theme.is_slide else palette.rule
    parts = [
        f'<path d="M{x(0)} {middle}H{x(1)}M{x(0)} {middle - tick}v{2 * tick}M{x(1)} {middle - tick}v{2 * tick}" '
        f'stroke="{base_colour}" stroke-width="{base_line:g}" fill="none"/>'
    ]
    if isinstance(value, Measured) and value.lower is not None and value.upper is not None:
        parts.append(
            f'<path d="M{x(value.lower)} {middle}H{x(value.upper)}" stroke="{palette.uncertainty}" '
            f'stroke-width="{medium.bar:g}" fill="none"/>'
        )
    if target is not None:
        parts.append(
            f'<path d="M{x(target)} {medium.target / 2:g}V{height - medium.target / 2:g}" stroke="{palette.target}" '
            f'stroke-width="{medium.target:g}" fill="none"/>'
        )
    parts.append(
        _point(value, x, middle, look_here, theme) if isinstance(value, Measured) else _sign(value, x, middle, theme)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{''.join(parts)}</svg>"
    )


def _point(value: Measured, x: Callable[[float], str], middle: float, look_here: bool, theme: Theme) -> str:
    medium, palette = theme.medium, theme.palette
    colour = palette.look_here if look_here else palette.data
    place = x(value.value)
    if value.denominator is None:
        radius = (medium.point - medium.ring) / 2
        return (
            f'<circle cx="{place}" cy="{middle}" r="{radius:g}" fill="{palette.background}" stroke="{colour}" '
            f'stroke-width="{medium.ring:g}"/>'
        )
    size = medium.point_look_here if look_here else medium.point
    return (
        f'<circle cx="{place}" cy="{middle}" r="{(size + medium.halo) / 2:g}" fill="{colour}" '
        f'stroke="{palette.background}" stroke-width="{medium.halo:g}"/>'
    )


def _sign(value: Suppressed | Missing, x: Callable[[float], str], middle: float, theme: Theme) -> str:
    palette, unit = theme.palette, theme.medium.bar / 6
    start = float(x(0)) + 8 * unit
    if isinstance(value, Missing) and value.reason is not Reason.EJ_TILLAMPLIGT:
        return (
            f'<path d="M{start:.1f} {middle}h{6 * unit:g}" stroke="{palette.background}" stroke-width="{5 * unit:g}"/>'
            f'<path d="M{start:.1f} {middle}h{6 * unit:g}" stroke="{palette.text_2}" stroke-width="{1.6 * unit:g}"/>'
        )
    dots = 2 if isinstance(value, Suppressed) else 1
    return "".join(
        f'<circle cx="{start + index * 4.5 * unit:.1f}" cy="{middle + 3.5 * unit:g}" r="{1.3 * unit:g}" '
        f'fill="{palette.text_2}"/>'
        for index in range(dots)
    )
