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


def segments(values: Integers, starts: Integers, bound: int | None = None) -> Limbs:
    """Sums from each start to the next, not yet in the one form; `bound` is the largest size, where it is known."""
    bound = largest(values) if bound is None else bound
    if bound * len(values) < SAFE:
        sums = np.add.reduceat(values, starts)
        return sums >> BITS, sums & MASK
    return np.add.reduceat(values >> BITS, starts), np.add.reduceat(values & MASK, starts)


def products(values: Integers, weight: Integers, starts: Integers, room: Integers | None = None) -> Limbs:
    """The same of values that are each multiplied by a weight; `room` is an array of their size that may be written to:
    to ask for new memory takes longer than to multiply."""
    size, heaviest = largest(values), largest(weight)
    if size * heaviest < SAFE:
        return segments(np.multiply(values, weight, out=room), starts, size * heaviest)
    if (size >> HALF) * heaviest < SAFE and heaviest << HALF < SAFE:
        high, low = carried(*segments((values >> HALF) * weight, starts))
        rest = segments((values & ((1 << HALF) - 1)) * weight, starts)
        return (high << HALF) + (low >> BITS - HALF) + rest[0], (low << HALF & MASK) + rest[1]
    return limbs(np.add.reduceat(values.astype(object) * weight.astype(object), starts))


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
