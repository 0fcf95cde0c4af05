"""Colors of fill on a map: no finer than the intervals of the sites, so that what differs in color differs in truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

COLORS = 5
"""Of fill, at most."""
STEPS = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""To which the ends of a color are rounded, the first that can be."""
MOST_VALUES = 200
"""Different shares that are told apart for that."""
OF_SPREAD = 0.05
"""Of all that the shares span, that a color spans at least."""


@dataclass(frozen=True)
class Fill:
    """What a site served at once."""

    share: float | None
    """Of the lines asked of it by anyone; None where nobody asked, or where customers find no shelf."""
    lines: float
    """Lines asked, the mean over replications."""
    half: float | None = None
    """Half of the 95 % interval; None of one replication."""

    @property
    def noise(self) -> float:
        """Half of its interval; of one replication that of as many lines that know nothing of each other."""
        if self.half is not None or self.share is None:
            return self.half or 0.0
        return float(1.96 * (self.share * (1 - self.share) / max(self.lines, 1.0)) ** 0.5)


def levels_of(shares: Sequence[float], noise: Sequence[float] = ()) -> tuple[float, ...]:
    """Where colors of fill change: between groups of shares that are most alike (Jenks 1967), at round numbers; groups
    that the noise of their sites, half of an interval, may explain are one."""
    order = np.argsort(np.asarray(shares, np.float64), kind="stable")
    found = np.round(np.asarray(shares, np.float64)[order], 4)
    spread = np.zeros(len(found)) if not len(noise) else np.asarray(noise, np.float64)[order]
    if len(found) > MOST_VALUES:
        kept = np.linspace(0, len(found) - 1, MOST_VALUES).round().astype(int)
        found, spread = found[kept], spread[kept]
    values, start, counts = np.unique(found, return_index=True, return_counts=True)
    parts = merged([int(start[first]) for first in groups(values, counts)], found, spread)
    levels: list[float] = []
    for first in parts[1:]:
        level = roundest(float(found[first - 1]), float(found[first]))
        if not levels or level > levels[-1]:
            levels.append(level)
    return tuple(levels)


def merged(starts: Sequence[int], shares: Floats, noise: Floats) -> list[int]:
    """Where groups of sorted shares begin, neighbors as one until the means of any two are further apart than the
    intervals of their sites reach."""
    left = list(starts)
    least = OF_SPREAD * float(shares[-1] - shares[0]) if len(shares) else 0.0
    while len(left) > 1:
        ends = [*left[1:], len(shares)]
        means = [float(shares[a:b].mean()) for a, b in zip(left, ends, strict=True)]
        reach = [float(np.sqrt((noise[a:b] ** 2).mean())) for a, b in zip(left, ends, strict=True)]
        apart = [means[at + 1] - means[at] - max(reach[at] + reach[at + 1], least) for at in range(len(left) - 1)]
        at = int(np.argmin(apart))
        if apart[at] > 0:
            break
        del left[at + 1]
    return left


def groups(values: Floats, counts: Integers) -> list[int]:
    """Where each of at most COLORS groups of sorted values begins, so that squares about their means are least."""
    size = len(values)
    sums = [np.concatenate([[0.0], np.cumsum(counts * values**power)]) for power in (0, 1, 2)]

    def spread(start: Any, stop: int) -> Any:
        count, total, squares = (each[stop] - each[start] for each in sums)
        return squares - total**2 / count

    best = np.array([0.0, *(spread(0, stop) for stop in range(1, size + 1))])
    cuts = []
    for group in range(1, min(COLORS, size)):
        before, best, cut = best, np.full(size + 1, np.inf), np.zeros(size + 1, np.int64)
        for stop in range(group + 1, size + 1):
            starts = np.arange(group, stop)
            costs = before[starts] + spread(starts, stop)
            cut[stop], best[stop] = starts[np.argmin(costs)], costs.min()
        cuts.append(cut)
    found = [size]
    for cut in reversed(cuts):
        found.insert(0, int(cut[found[0]]))
    return [0, *found[:-1]] if size else []


def roundest(low: float, high: float) -> float:
    """The roundest number above one share, up to another."""
    middle = (low + high) / 2
    for step in STEPS:
        level = round(round(middle / step) * step, 6)
        if low < level <= high:
            return level
    return round(high, 3)
