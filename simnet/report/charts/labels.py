"""Names beside their marks, where there is room for them: on no other name, no other mark, and within the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from simnet.report.charts.style import columns

LETTER, LINE = 0.58, 1.2
"""Width of a letter and height of a line, as shares of the size of a wide font."""
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Where a name may stand, as seen from its mark, the best first."""
FAR = (9.0, 18.0, 30.0)
"""Points that a name may stand further off."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True)
class Mark:
    """Something with a name, in points."""

    x: float
    y: float
    radius: float
    name: str = ""
    far: bool = False
    """Whether the name may stand apart, joined by a line, where there is no room beside the mark."""
    sides: Sequence[tuple[int, int]] = SIDES


@dataclass(frozen=True)
class Label:
    """A name with its place: that of its left edge and middle line."""

    x: float
    y: float
    name: str
    line: tuple[float, float, float, float] | None = None
    """From the mark to a name that stands apart: x, y, x, y."""


def width(text: str, size: float) -> float:
    """About how wide a text is in points."""
    return LETTER * size * columns(text)


def labels(
    marks: Sequence[Mark], frame: Box, size: float, taken: Sequence[Box] = (), most: int = 1000, lines: Any = ()
) -> list[Label]:
    """Names of the marks, the first ones first, each where it fits; those that fit nowhere are left out.

    `taken` are boxes that no name may stand on beside the marks; `lines` are points (x, y) of lines that had better not
    run through a name.
    """
    crossed = np.asarray(lines, dtype=np.float64).reshape(-1, 2)
    used = [*taken, *((m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks)]
    found: list[Label] = []
    for mark in marks:
        if len(found) == most:
            break
        if not mark.name:
            continue
        long = width(mark.name, size)
        for away in (0.0, *(FAR if mark.far else ())):
            boxes = [beside(mark, side, long, LINE * size, away) for side in mark.sides]
            fitting = [box for box in boxes if free(box, frame, used)]
            box = min(fitting, key=partial(struck, crossed), default=None)
            if box is not None:
                used.append(box)
                found.append(Label(box[0], (box[1] + box[3]) / 2, mark.name, joined(mark, box) if away else None))
                break
    return found


def struck(points: Any, box: Box) -> int:
    """How many points of lines lie in a box."""
    x, y = points.T
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def free(box: Box, frame: Box, used: Sequence[Box]) -> bool:
    """Whether a name may stand here."""
    return within(box, frame) and not any(meet(box, other) for other in used)


def joined(mark: Mark, box: Box) -> tuple[float, float, float, float]:
    """From a mark to the nearest place at the edge of a box."""
    x, y = min(max(mark.x, box[0]), box[2]), min(max(mark.y, box[1]), box[3])
    return mark.x, mark.y, x, y


def beside(mark: Mark, side: tuple[int, int], long: float, high: float, away: float = 0.0) -> Box:
    """The box of a name on one side of its mark, so many points further off than it would be."""
    across, up = side
    off = away + (mark.radius + 2.0 if not (across and up) else max(0.7 * mark.radius + 1.0, mark.radius + 0.05))
    left = mark.x + (off if across > 0 else -off - long if across < 0 else -long / 2)
    bottom = mark.y + (off if up > 0 else -off - high if up < 0 else -high / 2)
    return left, bottom, left + long, bottom + high


def within(box: Box, frame: Box) -> bool:
    """Whether a box is wholly in another."""
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
