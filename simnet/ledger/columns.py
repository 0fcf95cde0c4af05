"""A tally turned on its side: the counts of all points one after the other, name by name.

Records are what the rules write. Whoever reads one count of all points walks through the memory of all counts, and
several do: the audit, the sums and the rows a point. So records are turned once, a cacheful of rows at a time.
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
        points = len(tally.point)
        point = {name: column[0] for name, column in turned(tally.point, POINT, 1).items()}
        flow = {name: column.T for name, column in turned(tally.flow, FLOW, classes).items()}
        rest = replace(tally, point=np.zeros(0, POINT), flow=np.zeros(0, FLOW))
        return cls(rest, Fields(point, (points,)), Fields(flow, (points, classes)))


def turned(rows: Rows, fields: np.dtype[np.void], classes: int) -> dict[str, Integers]:
    """Records of row x classes + class as [class, row] by name: those of `fields` that are not zero everywhere."""
    names, own = fields.names or (), rows.dtype.names or ()
    table = numbers(rows).reshape(-1, classes, len(own))
    wanted = [(own.index(name), name) for name in names]
    found: dict[str, Integers] = {}
    for start in range(0, len(table), BLOCK):
        some = table[start : start + BLOCK]
        told = np.bitwise_or.reduce(np.bitwise_or.reduce(some, axis=0), axis=0).tolist()
        for at, name in wanted:
            if told[at]:  # memory that nothing is written to is never taken
                if name not in found:
                    found[name] = np.zeros((classes, len(table)), np.int64)
                found[name][:, start : start + BLOCK] = some[:, :, at].T
    return {name: found[name] for name in names if name in found}
