"""Numbers of the parts of stacked bars: within the parts that are wide enough, above those that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simnet.report.charts.room import fitted, width_of
from simnet.report.charts.style import INK, LETTER, columns, on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

THICK, ABOVE = 0.6, 0.16
"""Of a row: a bar, and the room above the first for numbers that stand on it."""
DIGIT, ASIDE = 5.2, 9.0
"""Points: a digit of SMALL points in a wide font, and how far a number may stand from the middle of its part."""


@dataclass(frozen=True)
class Part:
    """The number of a part of a bar."""

    text: Text
    row: int
    start: float
    size: float
    paint: str
    """On which it stands."""

    @property
    def middle(self) -> float:
        """Of the part."""
        return self.start + self.size / 2

    @property
    def wide(self) -> float:
        """Points of its words."""
        words = self.text.get_text()
        return DIGIT * (len(words) - 0.5 * sum(map(words.count, ".,"))) + 3.0


def placed(ax: Axes, found: Sequence[Part], ends: tuple[float, int]) -> None:
    """All numbers in the room there is; `ends` are the longest bar and the letters behind it."""

    def set_parts(ax: Axes) -> None:
        beside = LETTER * max((columns(each.get_text()) for each in ax.get_yticklabels()), default=0)
        wide = max(60.0, width_of(ax) - beside - 20)
        ax.set_xlim(0, ends[0] * wide / max(wide / 3, wide - 5.2 * ends[1] - 8))
        ax.set_xticks(ticks(ends[0], ax.get_xlim()[1] / wide * 62))
        a_point = ax.get_xlim()[1] / wide
        narrow: dict[int, list[Part]] = {}
        for part in found:
            if part.size < part.wide * a_point:
                narrow.setdefault(part.row, []).append(part)
            else:
                within(part)
        for row in narrow.values():
            over(row, a_point)

    fitted(ax, set_parts)


def ticks(longest: float, apart: float) -> list[float]:
    """Round numbers up to the longest bar, so far apart."""
    from matplotlib.ticker import MaxNLocator

    found: Any = MaxNLocator(nbins=max(1, min(4, int(longest / apart))), steps=[1, 2, 2.5, 5, 10])
    return [value for value in found.tick_values(0, longest).tolist() if value <= 1.02 * longest]


def within(part: Part) -> None:
    """The number in the middle of its part."""
    part.text.set(visible=True, position=(part.middle, part.row), va="center", color=on(part.paint))


def over(narrow: Sequence[Part], a_point: float) -> None:
    """Numbers above parts too narrow for them, the larger ones first, where they stand near their part and apart from
    each other; the others are in the table."""
    chosen: list[Part] = []
    for part in sorted(narrow, key=lambda part: -part.size):
        tried = sorted([*chosen, part], key=lambda part: part.start)
        places = spread([each.middle for each in tried], [each.wide * a_point for each in tried])
        if all(abs(place - each.middle) <= ASIDE * a_point for place, each in zip(places, tried, strict=True)):
            chosen = tried
        part.text.set_visible(False)
    places = spread([each.middle for each in chosen], [each.wide * a_point for each in chosen])
    for part, place in zip(chosen, places, strict=True):
        top = part.row - THICK / 2 - 0.03
        part.text.set(visible=True, position=(place, top), va="bottom", color=INK)


def spread(middles: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Middles, from left to right, moved apart so that neighbors do not touch: each knot of them about its own mean."""
    knots: list[tuple[list[int], float]] = []
    for at, middle in enumerate(middles):
        knots.append(([at], middle))
        while len(knots) > 1 and reach(knots[-2], widths)[1] > reach(knots[-1], widths)[0]:
            (first, _), (second, _) = knots[-2:]
            both = [*first, *second]
            knots[-2:] = [(both, sum(middles[each] for each in both) / len(both))]
    made = [0.0] * len(middles)
    for members, _ in knots:
        left = reach((members, sum(middles[each] for each in members) / len(members)), widths)[0]
        for each in members:
            made[each] = left + widths[each] / 2
            left += widths[each]
    return made


def reach(knot: tuple[list[int], float], widths: Sequence[float]) -> tuple[float, float]:
    """Where a knot of words begins and ends."""
    half = sum(widths[each] for each in knot[0]) / 2
    return knot[1] - half, knot[1] + half
