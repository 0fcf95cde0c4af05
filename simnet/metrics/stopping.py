"""When replications are enough: the half widths that were asked are reached, and stay reached for a while.

Sequential rule with look-ahead of Hoad, Robinson and Davies (2010), "Automated selection of the number of
replications for a discrete-event simulation", Journal of the Operational Research Society 61, 1632-1644, on the
fixed-precision procedure of Law (2015), Simulation Modeling and Analysis, 5th ed., section 9.4.1. Stopping at the
first number that happens to do covers the true value too rarely, because small samples often look less variable
than they are; looking ahead mends that.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from simnet.metrics.intervals import half_width

FEWEST = 5
"""Replications before anything is judged."""
LOOK_AHEAD = 5
"""Further replications, or per cent of them beyond a hundred, over which the precision must hold."""


@dataclass
class Wanted:
    """A series of values, one a replication, and the half width that its mean is to have at most."""

    name: str
    """What it is, in words."""
    amount: float
    """In the unit of the values; of a relative half width, a share of the mean of `reference`."""
    values: list[float | None] = field(default_factory=list)
    reference: list[float | None] | None = None
    """The level that a relative half width is a share of; None: `amount` is absolute."""

    def asked(self, count: int) -> float:
        """The half width asked of the first replications."""
        if self.reference is None:
            return self.amount
        known = [value for value in self.reference[:count] if value is not None]
        return self.amount * abs(math.fsum(known) / len(known)) if known else 0.0

    def half(self, count: int) -> float | None:
        """The half width of the first replications; None where fewer than two have a value."""
        return half_width([value for value in self.values[:count] if value is not None])

    def met(self, count: int) -> bool:
        """Whether the first replications are enough."""
        half = self.half(count)
        return half is not None and half <= self.asked(count)

    def needed(self, count: int) -> float:
        """About how many replications it takes, by what the first ones show."""
        half, asked = self.half(count), self.asked(count)
        if half is None or (half > 0 and asked <= 0):
            return math.inf
        return count * (half / asked) ** 2 if half > asked else float(count)


def look_ahead(count: int) -> int:
    """How many further replications must agree that `count` are enough."""
    return LOOK_AHEAD if count <= 100 else LOOK_AHEAD * count // 100


def next_stop(met: Callable[[int], bool], fewest: int, done: int, most: int) -> int:
    """`done` where it is enough, else the number of replications before which it cannot be.

    Enough is: for some n of at least `fewest`, all of n to n + look_ahead(n) replications are enough.
    """
    since = None
    for count in range(fewest, done + 1):
        if not met(count):
            since = None
        elif since is None:
            since = count
        if since is not None and count >= since + look_ahead(since):
            return done
    start = max(since or done + 1, fewest)
    return max(done, min(start + look_ahead(start), most))


def add_until(met: Callable[[int], bool], add: Callable[[int, int], None], fewest: int, most: int) -> int:
    """Add replications until they are enough or there are `most`; how many there are then.

    `add(first, last)` runs those replications; `met(count)` says whether the first `count` are precise enough.
    """
    fewest = max(fewest, FEWEST)
    once, most, done = cache(met), max(most, fewest), 0
    while (goal := next_stop(once, fewest, done, most)) != done:
        add(done, goal)
        done = goal
    return done
