"""Exact sums beyond 64 bits, as pairs of 64-bit integers: `high` x 2**32 + `low`.

A pair is in one form only: `low` is at least 0 and below 2**32. So equal sums are equal arrays, and adding is exact in
any order, up to 2**95.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simnet.integers import Integers

BITS = 32
MASK = (1 << BITS) - 1
SAFE = 1 << 62
HALF = 20

Limbs = tuple[Integers, Integers]
Table = dict[str, Integers]
"""Sums by name, each an array [high | low, ...]; what is zero everywhere is left out."""


def largest(values: Integers) -> int:
    """The largest size of any of the integers; 0 of none."""
    return max(int(values.max()), -int(values.min())) if values.size else 0


class Cells:
    """The cell of each value, of so many: values are put in the order of their cells, and added up stretch by stretch.

    Integers all the way; and unlike `np.bincount`, nothing that keeps other threads from the interpreter meanwhile.
    """

    def __init__(self, cell: Integers, count: int) -> None:
        narrow = cell.astype(np.uint16) if count <= 1 << 16 else cell  # which numpy sorts digit by digit
        self.order = np.argsort(narrow, kind="stable")
        sorted_cells = cell[self.order]
        fresh = np.ones(len(cell), dtype=bool)
        fresh[1:] = sorted_cells[1:] != sorted_cells[:-1]
        self.start = np.flatnonzero(fresh)
        self.used = sorted_cells[self.start]
        self.cell, self.count, self.room = cell, count, np.empty(len(cell), np.int64)

    def sums(self, values: Integers) -> Integers:
        """Sums by cell, which must not outgrow 64 bits."""
        found = np.zeros(self.count, np.int64)
        if len(values):
            found[self.used] = np.add.reduceat(values.take(self.order, out=self.room, mode="clip"), self.start)
        return found


def segments(values: Integers, cells: Cells, bound: int | None = None) -> Limbs:
    """Sums by cell, not yet in the one form; `bound` is the largest size, where it is known."""
    bound = largest(values) if bound is None else bound
    if bound * len(values) < SAFE:
        sums = cells.sums(values)
        return sums >> BITS, sums & MASK
    return cells.sums(values >> BITS), cells.sums(values & MASK)


def products(values: Integers, weight: Integers, cells: Cells, room: Integers | None = None) -> Limbs:
    """The same of values that are each multiplied by a weight; `room` is an array of their size that may be written to:
    to ask for new memory takes longer than to multiply."""
    size, heaviest = largest(values), largest(weight)
    if size * heaviest < SAFE:
        return segments(np.multiply(values, weight, out=room), cells, size * heaviest)
    if (size >> HALF) * heaviest < SAFE and heaviest << HALF < SAFE:
        high, low = carried(*segments((values >> HALF) * weight, cells))
        rest = segments((values & ((1 << HALF) - 1)) * weight, cells)
        return (high << HALF) + (low >> BITS - HALF) + rest[0], (low << HALF & MASK) + rest[1]
    exact = np.zeros(cells.count, object)
    np.add.at(exact, cells.cell, values.astype(object) * weight.astype(object))
    return limbs(exact)


def limbs(exact: np.ndarray) -> Limbs:
    """Python's integers as limbs; `OverflowError` beyond 2**95."""
    return (exact >> BITS).astype(np.int64), (exact & MASK).astype(np.int64)


def carried(high: Integers, low: Integers) -> Integers:
    """Limbs in their one form, as an array [high | low, ...]."""
    return np.stack([high + (low >> BITS), low & MASK])


def total(values: Integers) -> int:
    """The sum of an array [high | low, ...], however large."""
    return (int(values[0].sum()) << BITS) + int(values[1].sum())


def added(left: Mapping[str, Integers], right: Mapping[str, Integers]) -> Table:
    """The sums of two tables, name by name."""
    found = {name: left[name] if name in left else right[name] for name in sorted({*left, *right})}
    for name in left.keys() & right.keys():
        found[name] = carried(*(left[name] + right[name]))
    return {name: values for name, values in found.items() if values.any()}


def same(left: Mapping[str, Integers], right: Mapping[str, Integers]) -> bool:
    """Whether two tables hold the same sums."""
    return left.keys() == right.keys() and all(np.array_equal(left[name], right[name]) for name in left)
