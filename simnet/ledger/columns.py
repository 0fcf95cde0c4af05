"""A tally turned on its side: the counts of all points one after the other, name by name.

Records are what the rules write. Whoever reads one count of all points walks through the memory of all counts, and
several do: the audit, the sums and the rows a point. So records are turned once, a cacheful of rows at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.tally import Tally, numbers

BLOCK, WIDE = 1024, 64
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
    point: Fields
    """POINT: [point]."""
    flow: Fields
    """FLOW: [point, order class], each order class in one piece."""

    @classmethod
    def of(cls, tally: Tally, classes: int) -> Columns:
        """The columns of a tally of so many order classes."""
        points = len(tally.point)
        point = {name: column[0] for name, column in turned(tally.point, 1).items()}
        flow = {name: column.T for name, column in turned(tally.flow, classes).items()}
        return cls(tally, Fields(point, (points,)), Fields(flow, (points, classes)))


def turned(rows: Rows, classes: int) -> dict[str, Integers]:
    """Records of row x classes + class as [class, row] by name, without the names that are zero everywhere."""
    names = rows.dtype.names or ()
    table = numbers(rows).reshape(-1, classes, len(names))
    used = somewhere(table.reshape(len(table), classes * len(names))).reshape(classes, len(names)).any(axis=0)
    found = {name: np.empty((classes, len(table)), np.int64) for name, here in zip(names, used, strict=True) if here}
    wanted = [(names.index(name), column) for name, column in found.items()]
    for start in range(0, len(table), BLOCK):
        some = table[start : start + BLOCK].T
        for at, column in wanted:
            column[:, start : start + BLOCK] = some[at]
    return found


def somewhere(table: Integers) -> Any:
    """Which columns of [row, column] are not zero everywhere (bool)."""
    many = len(table) // WIDE * WIDE  # numpy is fast along long rows
    wide = np.bitwise_or.reduce(table[:many].reshape(-1, WIDE * table.shape[1]), axis=0).reshape(WIDE, -1)
    return (np.bitwise_or.reduce(wide, axis=0) | np.bitwise_or.reduce(table[many:], axis=0)) != 0
