"""A tally turned on its side: the counts of all points one after the other, name by name.

Records are what the rules write. Whoever reads one count of all points walks through the memory of all counts, and
several do: the audit, the sums and the rows a point. So records are turned once, a cacheful of rows at a time; those of
a slice as soon as a block of its points has been replayed, while they are near the processor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.tally import FLOW, POINT, Tally, numbers

BLOCK = 4096
"""Rows at a time."""


class Fields(dict[str, Integers]):
    """Counts by name; one that is zero everywhere is not in it, and reads as zeros."""

    def __init__(self, found: dict[str, Integers], shape: tuple[int, ...]) -> None:
        super().__init__(found)
        self.zeros = np.zeros(shape[::-1], np.int64).T
        self.zeros.flags.writeable = False

    def __missing__(self, name: str) -> Integers:
        return self.zeros


@dataclass(frozen=True, eq=False)
class Columns:
    """A tally and its counts by name, as they were when it was turned."""

    tally: Tally
    """What it counts of no point: months, waits and the rest."""
    point: Fields
    """POINT: [point]."""
    flow: Fields
    """FLOW: [point, order class], each order class in one piece."""

    @classmethod
    def of(cls, tally: Tally, classes: int) -> Columns:
        """The columns of a tally of so many order classes."""
        turning = Turning(len(tally.point), classes)
        turning.add(0, tally.point, tally.flow)
        return turning.columns(replace(tally, point=np.zeros(0, POINT), flow=np.zeros(0, FLOW)))


class Turning:
    """The counts of so many points by name, as far as they are known."""

    def __init__(self, points: int, classes: int) -> None:
        self.points, self.classes = points, classes
        self.point: dict[str, Integers] = {}
        self.flow: dict[str, Integers] = {}

    def add(self, first: int, point: Rows, flow: Rows) -> None:
        """Take in the records of some points, the first of which is `first`; they may have more fields."""
        self.turn(self.point, POINT.names or (), 1, first, point)
        self.turn(self.flow, FLOW.names or (), self.classes, first, flow)

    def turn(self, found: dict[str, Integers], names: tuple[str, ...], classes: int, first: int, rows: Rows) -> None:
        """Write records of row x classes + class into [class, point] by name, but of counts that are all zero."""
        own = rows.dtype.names or ()
        table = numbers(rows).reshape(-1, classes, len(own))
        wanted = [(own.index(name), name) for name in names]
        for start in range(0, len(table), BLOCK):
            some = table[start : start + BLOCK]
            told = np.bitwise_or.reduce(np.bitwise_or.reduce(some, axis=0), axis=0).tolist()
            for at, name in wanted:
                if told[at]:  # memory that nothing is written to is never taken
                    if name not in found:
                        found[name] = np.zeros((classes, self.points), np.int64)
                    found[name][:, first + start : first + start + len(some)] = some[:, :, at].T

    def columns(self, rest: Tally) -> Columns:
        """The columns, beside what a tally counts of no point."""
        point = {name: self.point[name][0] for name in POINT.names or () if name in self.point}
        flow = {name: self.flow[name].T for name in FLOW.names or () if name in self.flow}
        return Columns(rest, Fields(point, (self.points,)), Fields(flow, (self.points, self.classes)))
