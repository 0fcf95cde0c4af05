"""Levels known from before: slices of one catalog ask for the same steps again and again.

Of points with one size of line, one lead time, review and lot (see `steps`), a level holds from one rate to another.
What a process has worked out is kept as these ends; who lies between two of the same level needs no work. What is kept
changes how long it takes, never what is found.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.item import Size
from simnet.planning.points import Points
from simnet.planning.steps import FEW, grouped, rated, ratios

MOST = 1 << 20
"""Ends kept: some 16 MB."""

Ends = tuple[Floats, Ints]
"""Rates, rising, and the level of each."""


class Known:
    """The ends of the steps that were worked out last, by what the levels of a group depend on but its rate."""

    def __init__(self) -> None:
        self.ends: OrderedDict[Any, Ends] = OrderedDict()
        self.count = 0
        self.lock = Lock()

    def of(self, points: Points, sizes: Sequence[Size], target: float, work: Callable[[Points], Ints]) -> Ints:
        """What `work` gives for these points, asked for as few of them as will do."""
        if len(points) < FEW or np.any(points.gap > 1) or np.any(points.chance > 0):
            return work(points)
        order, start = grouped(points)
        groups = [order[low:high] for low, high in zip(start, [*start[1:], len(order)], strict=True)]
        ratio, rate = ratios(points), rated(points)
        first = [int(rows[0]) for rows in groups]
        keys = [(target, sizes[points.size[at]], ratio[at], points.cv[at], points.lot[at]) for at in first]
        found = np.full(len(points), -1, dtype=np.int64)
        for key, rows in zip(keys, groups, strict=True):
            found[rows] = between(self.ends.get(key), rate[rows])
        left = np.flatnonzero(found < 0)
        if len(left):
            fresh = np.zeros(len(points), dtype=bool)
            fresh[left] = True
            found[left] = work(points.take(left))
            for key, rows in zip(keys, groups, strict=True):
                new = rows[fresh[rows]]
                if len(new):
                    self.keep(key, rate[new], found[new])
        return found

    def keep(self, key: Any, rate: Floats, level: Ints) -> None:
        """Remember levels of one group; what was learned longest ago is forgotten."""
        with self.lock:
            old = self.ends.pop(key, None)
            if old is not None:
                rate, level = np.concatenate([old[0], rate]), np.concatenate([old[1], level])
            self.ends[key] = ends = ends_of(rate, level)
            self.count += len(ends[0]) - (0 if old is None else len(old[0]))
            while self.count > MOST:
                self.count -= len(self.ends.popitem(last=False)[1][0])

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.ends.clear()
            self.count = 0


def between(ends: Ends | None, rate: Floats) -> Ints:
    """The level of each rate that lies between two of one level; -1 for others."""
    if ends is None:
        return np.full(len(rate), -1, dtype=np.int64)
    rates, levels = ends
    low, high = np.searchsorted(rates, rate, side="right") - 1, np.searchsorted(rates, rate)
    inside = (low >= 0) & (high < len(rates))
    level = levels[np.maximum(low, 0)]
    return np.where(inside & (level == levels[np.minimum(high, len(levels) - 1)]), level, -1)


def ends_of(rate: Floats, level: Ints) -> Ends:
    """Where each level begins and ends."""
    order = np.lexsort((level, rate))
    rate, level = rate[order], level[order]
    edge = np.ones(len(rate), dtype=bool)
    edge[1:-1] = (level[1:-1] != level[:-2]) | (level[1:-1] != level[2:])
    return rate[edge], level[edge]


known = Known()
