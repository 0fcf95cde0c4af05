"""Demand by periods: at most one line in each, with a chance, at a minute of the period drawn evenly.

A new line looks back over `w` periods. Its own period holds no other line; of the periods before, `w` covers
some whole ones and a part of one. With `m` the whole periods in w and h the rest, z -> E[z^X] averaged over
the minute of the line is, for a chance p and g = E[z^Z] - 1,

    (1 + p g)^(m-1) (1 + p g / 2 + p g h + (p g h)^2 / 2),    and 1 + p g h^2 / 2 if m = 0.

It is linear in the moments of h on each stretch m <= w < m+1, so a lead time that varies and a review that
falls at any phase of the cycle only change these moments.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.points import Points

NODES = 12
"""Lead times that stand for a gamma lead time (Gauss's rule)."""
SLAB = 1 << 12
"""Points times frequencies worked on together: three arrays of them fit the nearer cache."""


def seen(points: Points, g: Waves) -> Waves:
    """Pieces asked in the lead time, and since the review if there is one, as a new line sees them."""
    step: Waves = points.chance[:, None] * g
    start, within, moments = _moments(points)
    waves = np.empty_like(step)
    slab = max(1, SLAB // step.shape[1])
    for first in range(0, len(points), slab):
        some = slice(first, first + slab)
        waves[some] = _summed(step[some], start[some], moments[:, some])
    waves += within[0][:, None] + within[2][:, None] * step / 2
    return waves


def _summed(step: Waves, start: Ints, moments: Floats) -> Waves:
    """The sum over stretches from `start` of what the module's formula says, by Horner's rule in 1 + p g."""
    full, sums = 1.0 + step, np.zeros((3, *step.shape), dtype=np.complex128)
    used = np.flatnonzero(moments[0].any(axis=0))
    for stretch in range(int(used.max(initial=-1)), -1, -1):
        sums *= full
        sums += moments[:, :, stretch, None]
    found = sums[0] * (1.0 + step / 2) + sums[1] * step + sums[2] * step**2 / 2
    waves: Waves = found * whole_power(full, start[:, None] - 1)
    return waves


def window(periods: Floats, chance: Floats, g: Waves) -> Waves:
    """Pieces asked in a window of `periods` periods that starts at any phase alike."""
    whole = np.floor(periods + 1e-9)
    part = np.maximum(periods - whole, 0.0)
    full, step = 1.0 + chance * g, chance * g
    across = part + step * part**2 + step**2 * part**3 / 6
    bend = (1 + part) * (1 - part**2) / 2 - (1 - part**3) / 3
    beyond = (1 - part) + step * (1 - part**2) + step**2 * bend
    inside = across + (1 - part) * (1 + step * part)
    outside: Waves = whole_power(full, np.maximum(whole - 1, 0)) * (full * across + beyond)
    found: Waves = np.where(whole > 0, outside, inside)
    return found


def whole_power(base: Waves, exponent: Floats | Ints) -> Waves:
    """`base` to a whole exponent, by squaring: exact at a base of 0, where logarithms are not."""
    left, power, result = exponent.astype(np.int64), base, np.ones_like(base)
    while np.any(left > 0):
        result = np.where(left & 1 == 1, result * power, result)
        left, power = left >> 1, power * power
    return result


def gamma_nodes(cv: Floats) -> tuple[Floats, Floats]:
    """Lead times of mean 1 and their weights, a row a cv, that stand for gamma ones (Golub, Welsch 1969)."""
    if not np.any(cv):
        return np.ones((len(cv), 1)), np.ones((len(cv), 1))
    each, twin = np.unique(cv, return_inverse=True)
    shape, order = 1.0 / np.where(each > 0, each, 1.0)[:, None] ** 2, np.arange(NODES)
    matrix = np.zeros((len(each), NODES, NODES))
    matrix[:, order, order] = 2 * order + shape
    beside = np.sqrt(order[1:] * (order[1:] + shape - 1.0))
    matrix[:, order[1:], order[:-1]] = beside  # eigh reads the lower half
    values, vectors = np.linalg.eigh(matrix)
    nodes, weights = np.maximum(values, 0.0) / shape, vectors[:, 0, :] ** 2
    nodes[each == 0] = 1.0
    return nodes[twin.reshape(-1)], weights[twin.reshape(-1)]


def _moments(points: Points) -> tuple[Ints, Floats, Floats]:
    """Moments 0, 1, 2 of h: first stretch of each row (1 or more), those of stretch 0, those from the first.

    Shapes: (rows,), (3, rows), (3, rows, stretches).
    """
    nodes, weights = gamma_nodes(points.cv)
    low = points.lead_periods[:, None] * nodes
    high = low + points.cycle_periods[:, None]
    first = np.floor(low + 1e-9).astype(np.int64)
    last = np.maximum(np.ceil(high - 1e-9).astype(np.int64) - 1, first)
    start, rows = np.maximum(first.min(axis=1), 1), np.arange(len(points))[:, None]
    table = np.zeros((3, len(points), int((last.max(axis=1) - start).max()) + 2))
    for step in range(int((last - first).max()) + 1):
        stretch = np.minimum(first + step, last)
        share = np.where(first + step <= last, weights, 0.0)
        for power, value in enumerate(_stretch_moments(low - stretch, high - stretch)):
            np.add.at(table[power], (rows, stretch - start[:, None] + 1), share * value)
    within = np.where(start == 1, table[:, :, 0], 0.0)
    return start, within, table[:, :, 1:]


def _stretch_moments(low: Floats, high: Floats) -> list[Floats]:
    """Moments 0, 1, 2 of h where h is even on low .. high, counting what lies in 0 .. 1 only."""
    length = high - low
    point = length <= 0
    at = np.clip(low, 0.0, 1.0)
    above, divisor = np.clip(high, 0.0, 1.0), np.where(point, 1.0, length)
    return [
        np.where(point, at**power, (above ** (power + 1) - at ** (power + 1)) / ((power + 1) * divisor))
        for power in range(3)
    ]
