"""Names of designs beside their marks: on no mark, no interval and no other name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.report.charts.labels import Box, Label, Mark, labels, width
from simnet.report.charts.room import LINE, fitted, height_of, width_of
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, columns, cut, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARK, THIN, SIDE = 4.5, 1.0, 46.0
"""Points: half of a mark, half of an interval's line, and the room for names at each side of the axes."""
WIDE_SMALL = 1.08 * SMALL
"""Of names, as the widest font has them."""
SIDES_OF = {
    1: ((1, 0), (1, -1), (0, -1), (1, 1), (0, 1), (-1, -1), (-1, 0), (-1, 1)),
    -1: ((-1, 0), (-1, 1), (0, 1), (-1, -1), (0, -1), (1, 1), (1, 0), (1, -1)),
}
"""Where a name may stand, the best first: of marks whose empty side is on the right (1) or on the left."""
SHORT = 14
"""Letters of a name for which there is no room."""
STEP = 3.0
"""Points of a piece of the line that joins marks."""
AXIS = 62.0
"""Points that the numbers and the label of the upright axis take."""


@dataclass(frozen=True)
class Name:
    """A name at a mark."""

    at: tuple[float, float]
    half: tuple[float, float]
    """Of its intervals."""
    name: str
    on_line: bool


def label(ax: Axes, chosen: Sequence[Name], marks: Sequence[Name], empty: int) -> None:
    """Names beside their marks, on no mark, interval or other name: of those on the frontier on the side where no mark
    can be, of others across from it. `marks` are all that there are."""
    box, ticks = (ax.get_xlim(), ax.get_ylim()), (list(ax.get_xticks()), list(ax.get_yticks()))
    drawn: list[Any] = []

    def set_names(ax: Axes) -> None:
        for each in drawn:
            each.remove()
        (left, right), (low, high) = box
        wide, tall = max(80.0, width_of(ax) - AXIS), height_of(ax)
        across, up = min(SIDE, 0.3 * wide) / wide * (right - left), LINE / tall * (high - low)
        ax.set_xlim(left - across, right + across)
        ax.set_ylim(low - up, high + up)
        ax.set_xticks([tick for tick in ticks[0] if left <= tick <= right])
        ax.set_yticks([tick for tick in ticks[1] if low <= tick <= high])
        drawn[:] = written(ax, chosen, Points(ax, wide, tall), marks, empty)

    fitted(ax, set_names)


class Points:
    """Places of an axis in points, about."""

    def __init__(self, ax: Axes, wide: float, tall: float) -> None:
        (self.left, right), (self.low, high) = ax.get_xlim(), ax.get_ylim()
        self.wide, self.tall = wide, tall
        self.across, self.up = wide / (right - self.left), tall / (high - self.low)

    def of(self, x: float, y: float) -> tuple[float, float]:
        """The points of a value."""
        return (x - self.left) * self.across, (y - self.low) * self.up

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The value at points."""
        return self.left + x / self.across, self.low + y / self.up

    def along(self, line: Sequence[Name]) -> list[Box]:
        """The line that joins marks, in small pieces."""
        at = sorted(self.of(*each.at) for each in line)
        found = []
        for (x, y), (end, up) in zip(at, at[1:], strict=False):
            steps = 1 + int(hypot(end - x, up - y) / STEP)
            places = ((x + (end - x) * n / steps, y + (up - y) * n / steps) for n in range(steps + 1))
            found += [(a - STEP / 2, b - STEP / 2, a + STEP / 2, b + STEP / 2) for a, b in places]
        return found

    def bars(self, mark: Name) -> list[Box]:
        """The intervals of a mark."""
        (x, y), across, up = self.of(*mark.at), mark.half[0] * self.across, mark.half[1] * self.up
        return [(x - across, y - THIN, x + across, y + THIN), (x - THIN, y - up, x + THIN, y + up)]


def written(ax: Axes, chosen: Sequence[Name], points: Points, marks: Sequence[Name], empty: int) -> list[Any]:
    """The names, those on the frontier first; where no side is free of intervals, on one of them."""
    order = sorted(chosen, key=lambda each: (not each.on_line, -each.at[1]))
    frame = (0.0, 0.0, points.wide, points.tall)
    others = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in (points.of(*each.at) for each in marks)]
    bars = [bar for each in marks for bar in points.bars(each)] + points.along([each for each in marks if each.on_line])
    bars += across(ax, points)
    made: list[Any] = []
    used: list[Box] = []
    for each in order:
        sides = SIDES_OF[empty if each.on_line else -empty]
        x, y = points.of(*each.at)
        taken = [*others, *used]
        tries = (
            labels([Mark(x, y, MARK, cut(each.name, most), True, sides)], frame, WIDE_SMALL, boxes)
            for most in (columns(each.name), SHORT)
            for boxes in ([*taken, *bars], taken)
        )
        for place in next(filter(None, tries), []):
            long = width(place.name, WIDE_SMALL)
            used.append((place.x, place.y - LINE / 2, place.x + long, place.y + LINE / 2))
            made += name_at(ax, each, place, points)
    return made


def across(ax: Axes, points: Points) -> list[Box]:
    """The lines that somebody drew from edge to edge: what was promised, what may be spent."""
    found: list[Box] = []
    for line in ax.lines:
        x, y = (float(next(iter(np.ravel(values)), 0.0)) for values in line.get_data())
        if line.get_transform() == ax.get_yaxis_transform(which="grid"):
            up = points.of(0, y)[1]
            found.append((0.0, up - THIN, points.wide, up + THIN))
        elif line.get_transform() == ax.get_xaxis_transform(which="grid"):
            along = points.of(x, 0)[0]
            found.append((along - THIN, 0.0, along + THIN, points.tall))
    return found


def name_at(ax: Axes, each: Name, place: Label, points: Points) -> list[Any]:
    """A name in its place, its nearer end at the mark, with a line to it where it stands apart."""
    made: list[Any] = []
    if place.line is not None:
        x, y, end, up = place.line
        pairs = [points.back(x, y), points.back(end, up)]
        made += ax.plot(*zip(*pairs, strict=True), color=SOFT, linewidth=0.6, zorder=2)
    long, mine = width(place.name, WIDE_SMALL), points.of(*each.at)[0]
    aside = "left" if place.x >= mine else "right" if place.x + long <= mine else "center"
    anchor = {"left": place.x, "right": place.x + long, "center": place.x + long / 2}[aside]
    made.append(
        ax.text(*points.back(anchor, place.y), plain(place.name), fontsize=SMALL, zorder=6, va="center", ha=aside,
                color=INK if each.on_line else SOFT, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3})
    )  # fmt: skip
    return made
