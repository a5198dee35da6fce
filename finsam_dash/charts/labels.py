"""Where a point's label may stand without touching lines, points or other labels; all in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from finsam_dash.charts.text_width import text_width


class Spot(NamedTuple):
    """A point in pixels from the plot's upper left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, spot: Spot, margin: float) -> bool:
        return self.left - margin < spot.x < self.right + margin and self.top - margin < spot.y < self.bottom + margin


@dataclass(frozen=True)
class PlacedLabel:
    """A label's offset from its point in pixels, how it is anchored there, and whether it needs a leader.

    `on_line`: no free place was found, and a line runs behind the text.
    """

    dx: float
    dy: float
    anchor: Literal["left", "center", "right"]
    leader: bool
    on_line: bool = False


_NEAR = (("left", 1, 0), ("right", -1, 0), ("center", 0, -1), ("center", 0, 1))
_FAR = tuple(
    (dx * step, dy * step) for step in (1.0, 1.6, 2.3, 3.2) for dx in (1.6, -1.6, 0.7, -0.7) for dy in (-2.4, 2.4)
)


def place_labels(
    spots: Sequence[Spot],
    texts: Sequence[str],
    *,
    lines: Sequence[Sequence[Spot]],
    size: float,
    radius: float,
    bold: Sequence[bool],
    width: float,
    height: float,
    occupied: Sequence[Box] = (),
) -> list[PlacedLabel]:
    """Place each label beside its point, else farther off with a leader; the least crowded place if none is free.

    `lines` are polylines dense enough that two of their points never stand farther apart than a label is high,
    `occupied` what else is written in the plot.
    """
    points = [Box(spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius) for spot in spots]
    taken: list[Box] = list(occupied)
    leaders: list[tuple[Spot, Spot]] = []
    placed: list[PlacedLabel] = []
    for index, (spot, text) in enumerate(zip(spots, texts, strict=True)):
        label_width, label_height = text_width(text, size, bold[index]), size * 1.15
        best: tuple[float, PlacedLabel, Box] | None = None
        for label in _candidates(radius, label_height):
            box = _box(spot, label, label_width, label_height)
            cost = 3.0 * sum(box.meets(other) for other in taken)
            cost += 3.0 * sum(box.meets(point) for other, point in enumerate(points) if other != index)
            on_line = any(box.holds(line_spot, 2) for line in lines for line_spot in line)
            cost += 2.0 * on_line
            cost += 10.0 * (box.left < 0 or box.right > width or box.top < 0 or box.bottom > height)
            if label.leader:
                leader = (spot, Spot(spot.x + label.dx, spot.y + label.dy))
                cost += 1.0 * sum(_cross(leader, other) for other in leaders)
                cost += 1.0 * sum(_passes(leader, other) for other in taken)
                cost += 1.0 * sum(_passes(leader, point) for other, point in enumerate(points) if other != index)
            else:
                cost += 1.0 * sum(_passes(other, box) for other in leaders)
            if best is None or cost < best[0]:
                best = (cost, replace(label, on_line=on_line), box)
            if cost == 0:
                break
        assert best is not None
        placed.append(best[1])
        taken.append(best[2])
        if best[1].leader:
            leaders.append((spot, Spot(spot.x + best[1].dx, spot.y + best[1].dy)))
    return placed


def _passes(leader: tuple[Spot, Spot], box: Box) -> bool:
    start, end = leader
    steps = [index / 10 for index in range(1, 10)]
    return any(
        box.holds(Spot(start.x + (end.x - start.x) * step, start.y + (end.y - start.y) * step), 1) for step in steps
    )


def _cross(one: tuple[Spot, Spot], other: tuple[Spot, Spot]) -> bool:
    def side(a: Spot, b: Spot, c: Spot) -> float:
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

    return side(*one, other[0]) * side(*one, other[1]) < 0 and side(*other, one[0]) * side(*other, one[1]) < 0


def _candidates(radius: float, label_height: float) -> list[PlacedLabel]:
    side, over = radius + 6, radius + label_height * 0.5 + 3
    near = [
        PlacedLabel(dx * side, dy * over, anchor, False)  # type: ignore[arg-type]
        for anchor, dx, dy in _NEAR
    ]
    far = [PlacedLabel(dx * label_height, dy * label_height, "left" if dx > 0 else "right", True) for dx, dy in _FAR]
    return near + far


def _box(spot: Spot, label: PlacedLabel, width: float, height: float) -> Box:
    x, y = spot.x + label.dx, spot.y + label.dy
    left = {"left": x, "center": x - width / 2, "right": x - width}[label.anchor]
    return Box(left, y - height / 2, left + width, y + height / 2)


def spread(places: Sequence[float], distance: float) -> list[float]:
    """The places moved as little as needed to stand `distance` apart, in the order given; smaller stays smaller."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[tuple[list[int], float]] = []
    for index in order:
        members, middle = [index], places[index]
        while groups and middle - distance * (len(members) - 1) / 2 < (
            groups[-1][1] + distance * (len(groups[-1][0]) - 1) / 2 + distance
        ):
            members = groups.pop()[0] + members
            middle = sum(places[member] for member in members) / len(members)
        groups.append((members, middle))
    moved = list(places)
    for members, middle in groups:
        for position, index in enumerate(members):
            moved[index] = middle + (position - (len(members) - 1) / 2) * distance
    return moved
